-- SPDX-License-Identifier: MIT
-- Reads a Mermaid timeline into its model: sections, and periods "1990 : event : event". A line
-- that begins with a colon goes on with the events of the last period.
local label = require "label"
local text = require "text"
local accessible = require "accessible"

local DIRECTIONS = { LR = "LR", TD = "TD", TB = "TD" }
local SHAPE = "a period reads '2004 : first event : second event'"

local function lenient(state, column, why, hint)
  table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. why, hint = hint })
end

local function add_period(state, raw, column)
  local model = state.model
  local period = { label = text.label(raw), show = label.display(raw), events = {},
    line = state.line, column = column, section = model.sections[#model.sections] }
  model.periods[#model.periods + 1] = period
end

local function add_event(state, raw)
  if not raw:find("%S") then return end
  local events = state.model.periods[#state.model.periods].events
  events[#events + 1] = { label = text.label(raw), show = label.display(raw) }
end

-- Where the next colon stands that parts events: white space is behind it. The first one of a line
-- may have white space only before it as well, though not for Mermaid.
local function next_colon(state, line, at, is_first)
  while true do
    at = line:find(":", at, true)
    if not at then return nil end
    if line:find("^:%s", at) or at == #line then return at end
    if is_first and (line:find("^%s:[^:]", at - 1) or at == line:match("^%s*()")) then
      lenient(state, at, "a colon without a blank behind it", "write ': '")
      return at
    end
    at = at + 1
  end
end

local function read_events(state, line, at)
  while at do
    local stop = next_colon(state, line, at)
    add_event(state, line:sub(at, (stop or #line + 1) - 1))
    at = stop and stop + 1
  end
end

-- The text of a period ends at "#", where a comment begins, also for Mermaid.
local function read_period(state, line, at)
  local colon = next_colon(state, line, at, true)
  local hash = line:find("#", at, true)
  if hash and (not colon or hash < colon) then
    table.insert(state.model.findings, { code = "comment", severity = "warning", line = state.line,
      column = hash, message = "what is behind '#' is a comment and not shown",
      hint = "write #35; for the sign itself" })
    line, colon = line:sub(1, hash - 1), nil
  end
  local period = line:sub(at, (colon or #line + 1) - 1)
  local inner = period:find(":", 1, true)
  if inner then lenient(state, at + inner - 1, "a colon in a period", "write #58; for it") end
  add_period(state, period, at)
  if colon then read_events(state, line, colon + 1) end
end

local function read_section(state, line, behind)
  local colon = next_colon(state, line, behind)
  local raw = line:sub(behind, (colon or #line + 1) - 1)
  local sections = state.model.sections
  sections[#sections + 1] = { label = text.label(raw), show = label.display(raw) }
  if not colon then return nil end
  if #state.model.periods == 0 then return "this event has no period", colon, SHAPE end
  read_events(state, line, colon + 1)
end

-- What is wrong, its column and a hint; nothing when the line is fine.
local function read_line(state, line, at)
  at = line:match("^[%s;]*()", at)
  if at > #line or line:find("^.?%%", at) or line:find("^#", at) then return nil end
  local word, behind = line:match("^(%a+)%s()", at)
  word = word and word:lower()
  if word == "title" then
    local rest = line:sub(behind)
    state.model.title, state.model.title_show = text.label(rest), text.display(rest)
  elseif word == "section" then
    return read_section(state, line, behind)
  elseif line:find("^:", at) then
    if #state.model.periods == 0 then return "this event has no period", at, SHAPE end
    read_events(state, line, next_colon(state, line, at, true) + 1)
  else
    read_period(state, line, at)
  end
end

-- Behind the keyword of the first line stands the direction.
local function read_direction(state, line, behind)
  local word, after = line:match("^%s+(%u%u)%f[%W]()", behind + 1)
  if not DIRECTIONS[word] then return behind + 1 end
  state.model.dir = DIRECTIONS[word]
  if word ~= state.model.dir then
    lenient(state, after - 2, ("the direction '%s'"):format(word), "write TD")
  end
  return after
end

-- The model, or nil and a finding.
return function(doc, limit)
  local model = { dir = "LR", sections = {}, periods = {}, findings = {} }
  accessible.take(doc, model)
  local state = { model = model, line = doc.first }
  local _, behind = doc.lines[doc.first]:find("timeline", 1, true)
  local at = read_direction(state, doc.lines[doc.first], behind)
  for i = doc.first, #doc.lines do
    state.line = i
    local message, column, hint = read_line(state, doc.lines[i], i == doc.first and at or 1)
    if message then
      return nil, { code = "syntax", line = i, column = column, message = message, hint = hint }
    elseif #model.periods > limit then
      return nil, { code = "too-large", line = i, column = 1,
        message = ("a diagram may have %d periods"):format(limit) }
    end
  end
  return model
end
