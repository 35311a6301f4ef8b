-- SPDX-License-Identifier: MIT
-- Reads a Mermaid git graph: one command a line, strings in quotes may run over several lines.
local text = require "text"
local history = require "gitGraph.history"
local accessible = require "accessible"

local MAX_COMMITS = 1000
local TYPES = { NORMAL = true, REVERSE = true, HIGHLIGHT = true }

-- "abc" or 'abc' at `at`: the value and where it ends; nil when nothing like that stands there.
local function quoted(s, at)
  local mark = s:match("^[\"']", at)
  local close = mark and s:find(mark, at + 1, true)
  if not close then return nil end
  return s:sub(at + 1, close - 1), close + 1
end

local function note(state, column, what, hint)
  table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. what, hint = hint })
end

-- The value of an option; words without quotes are taken up to the next blank.
local function value(state, s, at, key)
  local v, stop = quoted(s, at)
  if v then return v, stop end
  if s:find("^[\"']", at) then return nil end
  v, stop = s:match("^([^%s\"']+)()", at)
  if v then note(state, at, ("the %s has no quotes"):format(key), "quote this label") end
  return v, stop
end

-- The name of a branch: quoted, or letters, digits and - . / _
local function name(state, s, at)
  local v, stop = quoted(s, at)
  if v then return v, stop end
  v, stop = s:match("^([^%s\"']+)()", at)
  if v and not (v:find("^[%w_][%w_./-]*$") and v:find("[%w_-]$")) then
    note(state, at, ("the branch '%s' has letters that need quotes"):format(v),
      "quote this label")
  end
  return v, stop
end

local OPTIONS = {
  commit = { id = true, msg = true, tag = true, type = true },
  merge = { id = true, tag = true, type = true },
  ["cherry-pick"] = { id = true, tag = true, parent = true },
  branch = { order = true },
}

local function list_of(command)
  local list = {}
  for key in quoin.sorted(OPTIONS[command]) do list[#list + 1] = "'" .. key .. ":'" end
  return table.concat(list, ", ")
end

-- One "key: value" into `o`. Returns where it ends; or nil, what is wrong, column, hint.
local function option(state, command, s, at, o)
  local v, stop = quoted(s, at)
  if v and command == "commit" then
    o.msg = v
    return stop
  end
  local key, value_at = s:match("^(%a+)%s*:%s*()", at)
  if not (key and OPTIONS[command][key]) then
    if s:find("^[\"']", at) then return nil, "this string is not closed", at, "add a quote" end
    return nil, ("'%s' is no option of '%s'"):format(s:match("^%S+", at), command), at,
      "the options are " .. list_of(command)
  end
  if key == "type" or key == "order" then
    v, stop = s:match("^([%w_]+)()", value_at)
    local ok = v and (key == "type" and TYPES[v] or key == "order" and v:find("^%d+$"))
    if not ok then
      return nil, key == "type" and "a type is NORMAL, REVERSE or HIGHLIGHT"
        or "an order is a whole number", value_at
    end
    o[key] = key == "order" and tonumber(v) or v
    return stop
  end
  v, stop = value(state, s, value_at, key)
  if not v then
    return nil, ("'%s:' needs a text in quotes"):format(key), value_at, "add the quotes"
  end
  if key == "tag" then o.tags[#o.tags + 1] = v else o[key] = v end
  return stop
end

local function options(state, command, s, at)
  local o = { tags = {}, line = state.line }
  while true do
    at = s:match("^%s*()", at)
    if at > #s or s:find("^%%%%", at) or s:find("^;%s*$", at) then return o end
    local stop, problem, column, hint = option(state, command, s, at, o)
    if not stop then return nil, problem, column, hint end
    at = stop
  end
end

-- Handlers: (state, statement, where its words behind the command begin). They return nil, or what
-- is wrong, the column, the hint.
local handlers = {}

function handlers.commit(state, s, at)
  local o, problem, column, hint = options(state, "commit", s, at)
  if not o then return problem, column, hint end
  local _, _, is_repeated = history.commit(state.history, o)
  if is_repeated then
    table.insert(state.model.findings, { code = "duplicate-id", severity = "info",
      line = state.line, column = 1, message = ("there are two commits '%s'"):format(o.id),
      hint = "give each commit its own id" })
  end
end

handlers["cherry-pick"] = function(state, s, at)
  local o, problem, column, hint = options(state, "cherry-pick", s, at)
  if not o then return problem, column, hint end
  problem, hint = history.pick(state.history, o)
  return problem, nil, hint
end

local function with_name(command, act)
  return function(state, s, at)
    local branch, stop = name(state, s, at)
    if not branch then
      local is_open = s:find("^[\"']", at)
      return is_open and "this string is not closed"
        or ("'%s' needs the name of a branch"):format(command), at
    end
    local o, problem, column, hint = options(state, command, s, stop)
    if not o then return problem, column, hint end
    problem, hint = act(state.history, branch, o)
    return problem, problem and at, hint
  end
end

OPTIONS.checkout, OPTIONS.switch = {}, {}
handlers.branch = with_name("branch", function(h, branch, o)
  return history.branch(h, branch, o.order)
end)

-- Mermaid 12 reads the commands before it knows the name that settings give the main branch.
local function checkout(state, s, at)
  local problem, column, hint = with_name("checkout", history.checkout)(state, s, at)
  local current, main = state.history.current, state.history.main
  if not problem and current == main and main.name ~= "main" and not state.has_told_name then
    state.has_told_name = true
    table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
      column = at, message = "works here, Mermaid 12 refuses to return to a main branch that "
        .. "settings name", hint = "call the main branch 'main'" })
  end
  return problem, column, hint
end
handlers.checkout, handlers.switch = checkout, checkout
handlers.merge = with_name("merge", history.merge)

function handlers.title(state, s, at)
  state.model.title = text.label(s:sub(at))
end

-- "gitGraph", "gitGraph:", "gitGraph TB:"; statements may follow. Where they begin, or nil.
local function header(state, line)
  local direction, colon, stop = line:match("^%s*gitGraph%s+([LTB][RBT])%s*(:?)()")
  if direction then
    state.model.direction = direction
    if colon == "" then
      note(state, stop, "a ':' is missing behind the direction", "write 'gitGraph TB:'")
    end
    return stop
  end
  return line:match("^%s*gitGraph%s*:?()")
end

local function statement(state, s, at)
  local word, stop = s:match("^([%a][%w-]*)%s*()", at)
  local handler = word and handlers[word]
  if not handler then
    return ("'%s' is no command"):format(s:match("^%S+", at)), at,
      "commands are commit, branch, checkout, switch, merge and cherry-pick"
  end
  local problem, column, hint = handler(state, s, stop)
  return problem, problem and (column or at), hint
end

-- A string that is open at the end of line `i` takes in the next ones. Returns the statement and
-- the last line it took.
local function whole_statement(lines, i, s)
  local parts, open, last = { s }, nil, i
  local part = s
  while true do
    for mark in part:gmatch("[\"']") do
      if not open then open = mark elseif open == mark then open = nil end
    end
    if not open or last >= #lines then break end
    last = last + 1
    part = lines[last]
    parts[#parts + 1] = part
  end
  if open then return s, i end
  return table.concat(parts, "\n"), last
end

local function setting(doc, key)
  return doc.settings["gitGraph." .. key]
end

local function new_state(doc)
  local main = setting(doc, "mainBranchName")
  if not main or main == "" then main = "main" end
  local model = { direction = "LR", findings = {} }
  for _, key in ipairs { "showBranches", "showCommitLabel", "rotateCommitLabel",
    "parallelCommits" } do
    model[key] = setting(doc, key)
  end
  model.history = history.new(main, tonumber(setting(doc, "mainBranchOrder") or "") or 0)
  return { model = model, history = model.history }
end

local function read(state, doc)
  local i = doc.first
  accessible.take(doc, state.model)
  while i <= #doc.lines do
    state.line = i
    local at = i == doc.first and header(state, doc.lines[i]) or 1
    local s, last = whole_statement(doc.lines, i, doc.lines[i])
    at = s:match("^[%s;]*()", at)
    if at <= #s and not s:find("^%%%%", at) then
      local problem, column, hint = statement(state, s, at)
      if problem then
        return { code = "syntax", line = i, column = column, message = problem, hint = hint }
      end
    end
    if #state.history.commits > MAX_COMMITS then
      return { code = "too-large", line = i, column = 1,
        message = ("a git graph may have %d commits"):format(MAX_COMMITS) }
    end
    i = last + 1
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
return function(doc)
  local state = new_state(doc)
  local problem = read(state, doc)
  if problem then return nil, problem end
  local model = state.model
  model.commits = state.history.commits
  model.branches = history.sorted(state.history, "drawn_order")
  return model
end
