-- SPDX-License-Identifier: MIT
-- Reads a Mermaid mindmap: a tree by indentation, one node a line; the text of a node may run over
-- several lines. Lines with ::icon(…) and :::class decorate the node before them.
local text = require "text"
local label = require "label"
local accessible = require "accessible"

local MAX_NODES = 1000

-- What opens a text. Longer ones first.
local OPENERS = { "((", "{{", "))", "(-", "-)", "(", ")", "[" }
local CLOSERS = { "))", "}}", "((", "(-", "-)", ")", "]", "(" }

local SHAPES = { ["["] = "rect", ["(("] = "circle", [")"] = "cloud", ["))"] = "bang",
  ["{{"] = "hexagon" }

local function starts_with(s, list, at)
  for _, mark in ipairs(list) do
    if s:sub(at, at + #mark - 1) == mark then return mark end
  end
end

local function shape_of(opener, closer)
  if opener == "(" then return closer == ")" and "rounded" or "cloud" end
  return SHAPES[opener] or "default"
end

local function note(state, column, what, hint)
  table.insert(state.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. what, hint = hint })
end

-- A reader over the lines that can go on into the next ones.
local function next_line(state)
  if state.line >= #state.lines then return nil end
  state.line = state.line + 1
  return state.lines[state.line]
end

-- The text up to `mark` (a pattern), from `at` in `s` over following lines. Returns it, the line in
-- which it ended and where; nil when it does not end.
local function up_to(state, s, at, mark)
  local parts, line = {}, state.line
  while true do
    local from, to = s:find(mark, at)
    if from then
      parts[#parts + 1] = s:sub(at, from - 1)
      return table.concat(parts, "\n"), s, mark == "[%)%]%(}]" and from or to + 1
    end
    parts[#parts + 1] = s:sub(at)
    s, at = next_line(state), 1
    if not s then
      state.line = line
      return nil
    end
  end
end

local function problem_at(line, column, message, hint)
  return { code = "syntax", line = line, column = column, message = message, hint = hint }
end

-- The text behind an opener, the closer, the rest of its line. Or nil and a finding.
local function read_body(state, s, at)
  local start_line, start = state.line, at
  local body, where
  local space = s:match("^%s*()", at)
  if s:find('^"`', space) then
    body, s, at = up_to(state, s, space + 2, '`"')
  elseif s:find('^"', space) then
    body, s, at = up_to(state, s, space + 1, '"')
  else
    body, s, at = up_to(state, s, at, "[%)%]%(}]")
  end
  if not body then
    return nil, problem_at(start_line, start, "the text of this node does not end",
      "add the bracket that closes it, or quotes around the text")
  end
  where = s:match("^%s*()", at)
  local closer = starts_with(s, CLOSERS, where)
  if not closer then
    return nil, problem_at(state.line, where, "a bracket that closes the node is missing here",
      "quote this label")
  end
  return { raw = body, closer = closer, rest = s:sub(where + #closer), line = start_line,
    column = where + #closer }
end

-- The last node before that stands less far to the right is the parent.
local function add(state, node)
  local path = state.path
  while #path > 0 and path[#path].level >= node.level do path[#path] = nil end
  local parent = path[#path]
  if not parent and state.root then
    return problem_at(node.line, node.column, "a mindmap has one root, this would be a second",
      "indent this line more than the root")
  end
  if parent then
    parent.children[#parent.children + 1] = node
  else
    state.root = node
  end
  path[#path + 1], state.last = node, node
  state.count = state.count + 1
  if state.count > MAX_NODES then
    return { code = "too-large", line = node.line, column = 1,
      message = ("a mindmap may have %d nodes"):format(MAX_NODES) }
  end
end

local function decorate(state, s, at)
  local icon, stop = s:match("^::icon%(([^%)]*)%)()", at)
  local class
  if not icon then class, stop = s:match("^:::(.*)()$", at) end
  if not stop then return nil end
  if not state.last then
    return problem_at(state.line, at, "there is no node before this line"), stop
  end
  if icon then
    state.last.icon = text.label(icon)
  else
    state.last.class = text.trim(class)
  end
  return nil, stop
end

-- What stands behind a node in its line: nothing, a comment, or what belongs into the next line.
local function read_rest(state, s, column)
  local at = s:match("^%s*()")
  if at > #s or s:find("^%%%%", at) then return nil end
  local problem, stop = decorate(state, s, at)
  if stop then
    note(state, column + at - 1, "something stands behind the node", "give it a line of its own")
    return problem
  end
  return problem_at(state.line, column + at - 1, "this stands behind the end of the node",
    "quote this label")
end

local function new_node(state, level, column, raw, shape)
  return { level = level, line = state.line, column = column, label = text.label(raw),
    show = label.display(raw), shape = shape, children = {} }
end

local function read_node(state, s, level)
  local at = level + 1
  local id, stop = s:match("^([^%(%[%)%{%}]*)()", at)
  if s:find("^%-%)", at) then id, stop = "", at end
  if stop > #s then
    return add(state, new_node(state, level, at, id, "default"))
  end
  local opener = starts_with(s, OPENERS, stop)
  if not opener then
    return problem_at(state.line, stop, ("'%s' cannot stand here"):format(s:sub(stop, stop)),
      "quote this label: id[\"…\"]")
  end
  local line = state.line
  local body, problem = read_body(state, s, stop + #opener)
  if not body then return problem end
  local node = new_node(state, level, at, body.raw, shape_of(opener, body.closer))
  node.line = line
  problem = add(state, node)
  if problem then return problem end
  return read_rest(state, body.rest, body.column)
end

local function read_line(state, s)
  local blanks = #s:match("^%s*")
  if blanks == #s or s:find("^%%%%", blanks + 1) then return nil end
  local problem, stop = decorate(state, s, blanks + 1)
  if stop then return problem or read_rest(state, s:sub(stop), stop) end
  return read_node(state, s, blanks)
end

-- On GitHub these lines would be nodes.
local function take_accessible(doc, model)
  local first
  for i = #doc.lines, doc.first, -1 do
    if doc.lines[i]:find("^%s*acc[TD]%l+%s*[:{]") then first = i end
  end
  accessible.take(doc, model)
  if first and (model.accTitle or model.accDescr) then
    note({ findings = model.findings, line = first }, 1, "accTitle and accDescr in a mindmap",
      "take them out")
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
return function(doc)
  local model = { findings = {} }
  take_accessible(doc, model)
  local state = { lines = doc.lines, line = doc.first, path = {}, count = 0,
    findings = model.findings }
  local first = doc.lines[doc.first]
  local behind = first:match("^%s*[%w_-]+()")
  local s = (" "):rep(behind - 1) .. first:sub(behind)
  while s do
    local problem = read_line(state, s)
    if problem then return nil, problem end
    s = next_line(state)
  end
  if not state.root then
    return nil, problem_at(doc.first, 1, "this mindmap has no nodes", "add a line 'Root'")
  end
  model.root, model.count = state.root, state.count
  return model
end
