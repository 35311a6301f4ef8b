-- SPDX-License-Identifier: MIT
-- Reads a C4 diagram into its model: elements, boundaries around them, relations. A handler returns
-- the place behind its statement; or nil and a finding.
local label = require "label"
local text = require "text"
local macros = require "c4.macros"
local read_arguments = require "c4.arguments"

local MAX_DEPTH = 40

-- Arguments by name. A named one takes the place of a positional one but not its meaning.
local function bind(names, list)
  local fields = {}
  for i, argument in ipairs(list) do
    local name = argument.name or names[i]
    if name then fields[name] = argument.value end
  end
  return fields
end

-- Both forms of the texts that are there; what an earlier declaration said stays otherwise.
local function set_texts(to, fields)
  for _, name in ipairs { "label", "techn", "descr" } do
    if fields[name] then
      to[name], to[name .. "_shown"] = text.label(fields[name]), label.display(fields[name])
    end
  end
  to.tags, to.link = fields.tags or to.tags, fields.link or to.link
  return to
end

local function find_or_add(list, by_alias, alias)
  local item = by_alias[alias]
  if not item then
    item = { id = alias }
    list[#list + 1], by_alias[alias] = item, item
  end
  return item
end

local does = {}

function does.element(state, macro, fields)
  local shape = find_or_add(state.model.shapes, state.model.by_alias, fields.alias)
  fields.label = fields.label or ""
  set_texts(shape, fields)
  shape.kind, shape.line = macro.kind, state.line
  shape.parent = state.stack[#state.stack]
end

function does.boundary(state, macro, fields)
  local model = state.model
  local boundary = find_or_add(model.boundaries, model.boundary_by_alias, fields.alias)
  for _, open in ipairs(state.stack) do
    if open == boundary then return ("'%s' stands inside of itself"):format(fields.alias) end
  end
  fields.label = fields.label or ""
  set_texts(boundary, fields)
  local kind = fields.type or macro.kind or macro.default
  boundary.kind = text.label(kind)
  boundary.kind_shown = fields.type and text.display(kind) or kind:lower()
  boundary.is_node, boundary.line = macro.is_node, state.line
  boundary.parent = state.stack[#state.stack]
  state.opened = boundary
end

function does.relation(state, macro, fields)
  if not fields.to then return "a relation needs two elements", 'Rel(from, to, "label")' end
  if not fields.label then
    state.src:lenient(state.at, "a relation without a label", "write a third argument, if empty")
  end
  local rels = state.model.rels
  rels[#rels + 1] = set_texts({ from = fields.from, to = fields.to, kind = macro.kind,
    index = fields.index, line = state.line, at = state.at }, fields)
end

function does.style(state, _, fields)
  table.insert(state.model.styles, fields)
end

function does.tag(state, _, fields)
  local tags = state.model.tags
  tags[fields.alias] = tags[fields.alias] or {}
  for _, name in ipairs { "bgColor", "fontColor", "borderColor" } do
    tags[fields.alias][name] = fields[name] or tags[fields.alias][name]
  end
end

function does.rel_style(state, _, fields)
  table.insert(state.model.rel_styles, fields)
end

function does.rel_tag(state, _, fields)
  state.model.rel_tags[fields.alias] = fields
end

function does.ignored(state, macro)
  state.model.direction = macro.direction or state.model.direction
end

-- "{" behind a boundary, on its line or on the next.
local function open_boundary(state, at)
  local src, boundary = state.src, state.opened
  state.opened = nil
  local brace = src.text:match("^%s*(){", at)
  if not brace then
    src:lenient(state.at, "a boundary without '{'", "add '{', what stands in it, and '}'")
    return at
  end
  if #state.stack >= MAX_DEPTH then
    return src:problem(state.at, ("boundaries may be nested %d deep"):format(MAX_DEPTH))
  end
  if src.text:find("^[ \t]*[^%s]", brace + 1) then
    src:lenient(brace + 1, "a statement on the line of '{'", "begin a new line")
  end
  state.stack[#state.stack + 1] = boundary
  state.open_at[#state.stack] = state.at
  return brace + 1
end

local function close_boundary(state, at)
  local depth = #state.stack
  if depth == 0 then
    return state.src:problem(at, "this '}' closes nothing", "take it out")
  end
  state.stack[depth] = nil
  return at + 1
end

local function call(state, word, at)
  local src, macro = state.src, macros[word]
  local list, behind = read_arguments(src, at)
  if not list then return nil, behind end
  local fields = bind(macro.arguments, list)
  local first = macro.arguments[1]
  if first and (fields[first] or "") == "" and first ~= "index" then
    return src:problem(at, ("the first argument of %s is missing"):format(word),
      ("write %s(%s, …)"):format(word, first))
  end
  if macro.is_foreign then
    src:lenient(state.at, ("Mermaid does not know '%s'"):format(word), "take it out")
  end
  local problem, hint = does[macro.does](state, macro, fields)
  if problem then return src:problem(state.at, problem, hint) end
  if state.opened then return open_boundary(state, behind) end
  return behind
end

-- Words that take the rest of their line.
local lines = {}

function lines.title(model, rest)
  model.title_label, model.title = text.label(rest), text.display(rest)
end

function lines.accDescription(model, rest)
  model.accDescr = text.display(rest)
end

function lines.direction(model, rest)
  model.direction = ({ TB = "TB", BT = "BT", LR = "LR", RL = "RL" })[rest] or model.direction
end

local function unknown(state, at)
  local word = state.src.text:match("^[%a_][%w_]*", at)
  if word and macros[word] then
    return state.src:problem(at + #word, ("behind %s comes '('"):format(word),
      ("write %s(alias, \"label\")"):format(word))
  end
  local what = word or state.src.text:match("^" .. utf8.charpattern, at) or ""
  return state.src:problem(at, ("'%s' begins no statement of a C4 diagram"):format(what),
    'elements read System(alias, "label"), relations Rel(from, to, "label")')
end

-- One statement at `at`, which is no blank.
local function statement(state, at)
  local s = state.src.text
  state.at = at
  if s:sub(at, at) == "}" then return close_boundary(state, at) end
  local word, behind = s:match("^([%a_][%w_]*)()", at)
  if lines[word] then
    local rest, stop = s:match("^[ \t]+([^\n]*)()", behind)
    if rest then
      lines[word](state.model, rest)
      return stop
    end
  end
  local open = macros[word] and s:match("^[ \t]*()%(", behind)
  if not open then return unknown(state, at) end
  return call(state, word, open)
end

-- Follows the lines, so that every statement knows its own.
local function count_lines(state, from, to)
  local _, newlines = state.src.text:sub(from, to - 1):gsub("\n", "")
  state.line = state.line + newlines
end

-- Over blanks and comments.
local function next_statement(src, at, is_first)
  local s = src.text
  local start = s:match("^[%s;]*()", at)
  if s:find("^%%%%", start) then
    src:lenient(start, "a comment behind a statement", "give it a line of its own")
    return next_statement(src, s:find("\n", start, true) or #s + 1, true)
  end
  if is_first or start > #s or s:find("^}", start) or s:find("^{", at - 1) then return start end
  if not s:sub(at, start):find("\n", 1, true) then
    src:lenient(start, "two statements on one line", "begin a new line")
  end
  return start
end

-- Fills `model` from `src`. True, or nil and a finding.
return function(src, model, limit)
  local state = { src = src, model = model, stack = {}, open_at = {}, line = src.first, count = 0 }
  local at = 1
  while true do
    local start = next_statement(src, at, state.count == 0)
    count_lines(state, at, start)
    if start > #src.text then break end
    local behind, problem = statement(state, start)
    if not behind then return nil, problem end
    count_lines(state, start, behind)
    at, state.count = behind, state.count + 1
    if state.count > limit then
      return nil, { code = "too-large", line = state.line, column = 1,
        message = ("a diagram may have %d statements"):format(limit) }
    end
  end
  if #state.stack > 0 then
    return src:problem(state.open_at[#state.stack], "this boundary is not closed", "add a '}'")
  end
  return true
end
