-- SPDX-License-Identifier: MIT
-- Reads a Mermaid sequence diagram into its model: actors, boxes and the events in order. A line
-- holds statements between ";"; every statement is known by its first word, or is a message.
-- Handlers return nothing, or what is wrong, the column and a hint.
local labels = require "label"
local text = require "text"
local message = require "sequence.message"
local colour = require "colour"

local MAX_DEPTH = 40
local TYPES = { participant = true, actor = true, boundary = true, control = true, entity = true,
  database = true, queue = true, collections = true }
local SECTIONS = { ["else"] = { alt = true }, ["and"] = { par = true, par_over = true },
  option = { critical = true } }

local function set_text(to, raw)
  raw = raw:gsub("^%s*:?[nN]?[oO]?[wW][rR][aA][pP]:", "")
  local facts, shown = text.label(raw), labels.display(raw)
  if facts ~= "" then to.text = facts end
  to.show = shown
  return to
end

local function push(state, event)
  event.line = state.line
  state.model.events[#state.model.events + 1] = event
  return event
end

-- Follows Mermaid: the first mention makes the actor; only a description changes it later.
local function add_actor(state, id, label, kind)
  local model, box = state.model, state.box
  local actor = model.by_id[id]
  if actor then
    if box and actor.box_index and actor.box_index ~= box.index then
      return ("'%s' stands in two boxes"):format(id)
    end
    if box then actor.box_index = actor.box_index or box.index end
    if not label then return nil end
  else
    actor = { id = id, index = #model.actors + 1, links = {}, box_index = box and box.index }
    model.actors[actor.index], model.by_id[id] = actor, actor
  end
  actor.type = kind or actor.type or "participant"
  actor.label = label and text.label(label) or text.label(id)
  actor.show = labels.display(label or id)
  if box then box.actors[#box.actors + 1] = id end
end

local function check_id(id)
  if id == "" then return "the name of a participant is missing here" end
  local bad = id:match("[>:,]")
  if bad then
    return ("a participant's id cannot hold '%s'"):format(bad), nil,
      "give it a short id and the full name behind 'as'"
  end
end

-- "Ann", "A as Ann", 'A@{ "type": "database", "alias": "Ann" } as Ann'
local function declare(state, rest, kind, is_new)
  local id, label = rest, nil
  local before, config, behind = rest:match("^(.-)@(%b{})(.*)$")
  if before then
    id = before
    kind = config:match('"?type"?%s*:%s*"?(%a+)') or kind
    label = config:match('"?alias"?%s*:%s*"([^"]*)"') or config:match("alias%s*:%s*([^,}\"]+)")
    label = behind:match("^%s+[aA][sS]%s+(.*)$") or label
    if not TYPES[kind] then return ("'%s' is no type of participant"):format(kind) end
  else
    local name, alias = rest:match("^(.-)%s+[aA][sS]%s+(.*)$")
    if name then id, label = name, alias end
  end
  id = text.trim(id)
  local problem, column, hint = check_id(id)
  if problem then return problem, column, hint end
  if is_new then
    if state.model.by_id[id] then
      return ("'%s' exists already"):format(id), nil,
        "create it under another id with the same 'as'"
    end
    state.created, state.life_line = id, state.line
    table.insert(state.model.created, id)
    push(state, { k = "create", a = id })
  end
  if label then label = label:gsub("^%s*:?[nN]?[oO]?[wW][rR][aA][pP]:", "") end
  return add_actor(state, id, label, kind)
end

local handlers = {}

function handlers.participant(state, rest) return declare(state, rest, "participant") end
function handlers.actor(state, rest) return declare(state, rest, "actor") end

function handlers.create(state, rest)
  local word, name = rest:match("^(%a+)%s+(.*)$")
  word = word and word:lower()
  if word ~= "participant" and word ~= "actor" then
    return "'create' needs 'participant' or 'actor' and a name behind it"
  end
  return declare(state, name, word, true)
end

function handlers.destroy(state, rest)
  local problem, column, hint = check_id(rest)
  if problem then return problem, column, hint end
  state.destroyed, state.life_line = rest, state.line
  table.insert(state.model.destroyed, rest)
  push(state, { k = "destroy", a = rest })
end

local function activation(state, id, is_start)
  local count = state.active[id] or 0
  if not is_start and count < 1 then
    return ("'%s' is not active here, so it cannot be deactivated"):format(id), nil,
      "remove this, or activate it before"
  end
  state.active[id] = count + (is_start and 1 or -1)
  push(state, { k = is_start and "activate" or "deactivate", a = id })
end

function handlers.activate(state, rest) return activation(state, rest, true) end
function handlers.deactivate(state, rest) return activation(state, rest, false) end

function handlers.autonumber(state, rest)
  rest = rest:gsub("%%%%.*$", "")
  if rest == "" then push(state, { k = "autonumber" }) return end
  if rest:lower() == "off" then push(state, { k = "autonumber", off = true }) return end
  local start, step = rest:match("^(%S+)%s*(%S*)$")
  start, step = tonumber(start), step ~= "" and tonumber(step) or (step == "" and 1 or nil)
  if not (start and step) then return "'autonumber' takes a start and a step, both numbers" end
  if math.abs(start) > 1e9 or math.abs(step) > 1e9 then return "this number is too large" end
  push(state, { k = "autonumber", start = start, step = step })
end

function handlers.title(state, rest)
  state.model.title = text.label((rest:gsub("^:", "")))
end

local function open_block(kind)
  return function(state, rest, column)
    local stack = state.stack
    if #stack >= MAX_DEPTH then return "blocks are nested too deeply here" end
    stack[#stack + 1] = { kind = kind, line = state.line, column = column }
    if kind == "rect" then
      push(state, { k = "rect", fill = rest ~= "" and text.label(rest) or nil })
    else
      push(state, set_text({ k = kind }, rest))
    end
  end
end

for kind in ("loop alt opt par par_over critical break rect"):gmatch("%S+") do
  handlers[kind] = open_block(kind)
end

for kind, parents in pairs(SECTIONS) do -- fills a table: the order cannot show
  handlers[kind] = function(state, rest)
    local top = state.stack[#state.stack]
    if not (top and parents[top.kind]) then
      return ("'%s' has no block that it belongs to"):format(kind)
    end
    push(state, set_text({ k = kind }, rest))
  end
end

function handlers.box(state, rest)
  local model = state.model
  local fill, label = rest:match("^(%a+%s*%b())(.*)$")
  if not fill then fill, label = rest:match("^(%w*)(.*)$") end
  local parsed = fill ~= "" and colour.parse(fill)
  if not parsed then fill, label = nil, rest end
  state.box = { index = #model.boxes + 1, actors = {}, fill = fill, label = text.label(label),
    show = labels.display(label) }
  model.boxes[state.box.index] = state.box
  state.stack[#state.stack + 1] = { kind = "box", line = state.line, column = 1 }
end

handlers["end"] = function(state)
  local top = table.remove(state.stack)
  if not top then return "this 'end' closes nothing" end
  if top.kind == "box" then state.box = nil else push(state, { k = "end" }) end
end

function handlers.note(state, rest, column)
  local side, names, words = rest:match("^(%a+%s+[oO][fF])%s+(.-)%s*:(.*)$")
  if side then
    side = side:lower():match("^(%a+)")
  else
    side, names, words = rest:match("^([oO][vV][eE][rR])%s+(.-)%s*:(.*)$")
    side = side and "over"
  end
  if side ~= "left" and side ~= "right" and side ~= "over" then
    return "a note reads 'Note left of A: text', 'Note right of A: text' or 'Note over A,B: text'",
      column
  end
  local note = { k = "note", pos = side, a = {} }
  for name in (names .. ","):gmatch("%s*(.-)%s*,") do
    local problem, _, hint = message.check_id(name, column)
    if problem then return problem, column, hint end
    if note.a[1] ~= name then note.a[#note.a + 1] = name end
    problem = add_actor(state, name)
    if problem then return problem end
  end
  if #note.a > (side == "over" and 2 or 1) then return "a note stands over at most two names" end
  push(state, set_text(note, words))
end

local function link_target(rest)
  local id, words = rest:match("^(.-)%s*:(.*)$")
  return id, words
end

function handlers.link(state, rest)
  local id, words = link_target(rest)
  local label, url = (words or ""):match("^%s*(.-)%s*@%s*(.-)%s*$")
  if not label then return "a link reads 'link A: label @ https://…'" end
  local problem = add_actor(state, id)
  if problem then return problem end
  local links = state.model.by_id[id].links
  links[#links + 1] = { label = text.display(label), url = text.display(url),
    line = state.line }
end

function handlers.links(state, rest)
  local id, words = link_target(rest)
  local map = words and quoin.parse_json(text.display(words))
  if type(map) ~= "table" then return "'links' reads 'links A: {\"label\": \"https://…\"}'" end
  local problem = add_actor(state, id)
  if problem then return problem end
  local links = state.model.by_id[id].links
  for label, url in quoin.sorted(map) do
    if type(label) == "string" and type(url) == "string" then
      links[#links + 1] = { label = label, url = url, line = state.line }
    end
  end
end

local function ignored(state, rest)
  local id, words = link_target(rest)
  if not words then return "the text behind ':' is missing" end
  return add_actor(state, id)
end

handlers.properties, handlers.details = ignored, ignored

-- What follows a message about actors that come and go.
local function check_life(state, m)
  if state.created then
    local id = state.created
    state.created = nil
    if m.to ~= id then
      return ("the message behind 'create' must go to '%s'"):format(id)
    end
  elseif state.destroyed then
    local id = state.destroyed
    state.destroyed = nil
    if m.to ~= id and m.from ~= id then
      return ("the message behind 'destroy' must come from or go to '%s'"):format(id)
    end
  end
end

local function read_message(state, statement, column)
  local m, problem, at, hint = message.read(statement, column)
  if not m then return problem, at, hint end
  problem = add_actor(state, m.from) or add_actor(state, m.to)
  if problem then return problem end
  problem = check_life(state, m)
  if problem then return problem, 1, nil, state.life_line end
  local words = m.words
  m.words, m.sign = nil, nil
  push(state, set_text(m, words))
  state.messages = state.messages + 1
  if m.activates then return activation(state, m.to, true) end
  if m.deactivates then return activation(state, m.from, false) end
end

return { handlers = handlers, read_message = read_message }
