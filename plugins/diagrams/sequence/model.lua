-- SPDX-License-Identifier: MIT
-- Mermaid sequence diagrams: the lines of a document to a model, and a model to its plain facts.
local text = require "text"
local parse = require "sequence.parse"

local sequence = {}

-- Where the statement that begins at `at` ends, and where the next may begin. "#" begins a comment,
-- but for an id of a message it is a letter.
local function statement_end(line, at, is_keyword)
  local seen_colon = is_keyword
  for i = at, #line do
    local c = line:sub(i, i)
    if c == ";" then return i - 1, i + 1 end
    if c == ":" then seen_colon = true end
    if c == "#" and seen_colon then return i - 1, #line + 1 end
  end
  return #line, #line + 1
end

-- accTitle and accDescr take the whole line, or all up to "}".
local function accessible(state, line, at)
  local model = state.model
  local key, mark, rest = line:match("^(acc%a+)%s*([:{])%s*(.*)$", at)
  if key == "accTitle" and mark == ":" then
    model.accTitle = text.label(rest)
  elseif key == "accDescr" and mark == ":" then
    model.accDescr = text.label(rest)
  elseif key == "accDescr" then
    state.description = {}
    sequence.describe(state, rest)
  else
    return false
  end
  return true
end

function sequence.describe(state, line)
  local before = line:match("^(.-)}")
  table.insert(state.description, before or line)
  if before then
    state.model.accDescr = text.label(table.concat(state.description, "\n"))
    state.description = nil
  end
end

local IN_BOX = { participant = true, actor = true, create = true, destroy = true, ["end"] = true }

-- One statement at `at`. Returns where the next begins, or nil, what is wrong, column, hint and
-- line (when it is another than this one).
local function statement(state, line, at)
  local word = line:match("^[%a_][%w_]*", at)
  local key = word and word:lower()
  local handler = key and parse.handlers[key]
  if key == "title" and not line:find("^[%s:]", at + 5) then handler = nil end
  if key == "end" then
    local problem = handler(state)
    if problem then return nil, problem, at end
    local next_at = line:match("^%s*()", at + 3)
    return line:find("^%%%%", next_at) and #line + 1 or next_at
  end
  if state.box and not IN_BOX[key] then
    return nil, "only participants may stand in a box", at, "close the box with 'end' before this"
  end
  local keeps_hash = handler and (key == "note" or key == "link" or key == "links")
  local stop, next_at = statement_end(line, at, handler and not keeps_hash)
  local problem, column, hint, line_number
  if handler then
    problem, column, hint = handler(state, text.trim(line:sub(at + #word, stop)), at)
  else
    problem, column, hint, line_number = parse.read_message(state, line:sub(at, stop), at)
  end
  if problem then return nil, problem, column or at, hint, line_number end
  return next_at
end

local function read_line(state, line)
  if state.description then return sequence.describe(state, line) end
  local at = 1
  while true do
    at = line:match("^[%s;]*()", at)
    if at > #line or line:sub(at, at) == "#" then return nil end
    if accessible(state, line, at) then return nil end
    local next_at, problem, column, hint, line_number = statement(state, line, at)
    if not next_at then
      return { message = problem, line = line_number, column = column, hint = hint }
    end
    at = next_at
  end
end

-- The model, or nil and a finding. `doc` is from pre.read; `limit` the number of events allowed.
function sequence.parse(doc, limit)
  local model = { actors = {}, by_id = {}, boxes = {}, events = {}, created = {}, destroyed = {},
    caption = doc.title and text.display(doc.title) }
  local state = { model = model, stack = {}, active = {}, messages = 0 }
  local _, behind = doc.lines[doc.first]:find("sequenceDiagram", 1, true)
  for i = doc.first, #doc.lines do
    local line = doc.lines[i]
    if i == doc.first then line = (" "):rep(behind) .. line:sub(behind + 1) end
    state.line = i
    local problem = read_line(state, line)
    if problem then
      problem.code, problem.line = "syntax", problem.line or i
      return nil, problem
    end
    if #model.events > limit then
      return nil, { code = "too-large", line = i, column = 1,
        message = ("a diagram may have %d messages and notes"):format(limit) }
    end
  end
  local open = state.stack[#state.stack]
  if open then
    return nil, { code = "syntax", line = open.line, column = open.column,
      message = ("this '%s' is not closed"):format(open.kind), hint = "add a line 'end'" }
  end
  return model
end

local function pick(from, ...)
  local to = {}
  for _, key in ipairs { ... } do to[key] = from[key] end
  return to
end

-- The plain facts: what tools compare.
function sequence.facts(model)
  local facts = pick(model, "title", "accTitle", "accDescr", "created", "destroyed")
  facts.actors, facts.boxes, facts.events = {}, {}, {}
  for i, box in ipairs(model.boxes) do facts.boxes[i] = pick(box, "label", "fill", "actors") end
  for i, actor in ipairs(model.actors) do
    local fact = pick(actor, "id", "label")
    fact.type = actor.type ~= "participant" and actor.type or nil
    fact.box = actor.box_index
    facts.actors[i] = fact
  end
  for _, e in ipairs(model.events) do
    if e.k ~= "create" and e.k ~= "destroy" then
      local list = facts.events
      list[#list + 1] = pick(e, "k", "from", "to", "text", "arrow", "pos", "a", "start", "step",
        "off", "fill")
      if e.circle_to then
        list[#list + 1] = { k = "msg", from = e.to, arrow = "central_connection" }
      end
      if e.circle_from then
        list[#list + 1] = { k = "msg", from = e.from, arrow = "central_connection_reverse" }
      end
    end
  end
  return facts
end

return sequence
