-- SPDX-License-Identifier: MIT
-- Reads a Mermaid user journey into its model: sections, and tasks "Name : score : people".
local label = require "label"
local text = require "text"
local accessible = require "accessible"

local SHAPE = "a task reads 'Name : 4 : Ann, Ben' with a score from 1 to 5"

local function remark(state, code, severity, column, message, hint)
  table.insert(state.model.findings, { code = code, severity = severity, line = state.line,
    column = column, message = message, hint = hint })
end

-- Facts keep the blanks inside a name, so only what needs decoding is decoded.
local function person(s)
  s = text.trim(s)
  return s:find("[<&\1\\]") and text.label(s) or s
end

local function people_of(s)
  local people, shown = {}, {}
  for name in (s .. ","):gmatch("([^,]*),") do
    people[#people + 1] = person(name)
    shown[#shown + 1] = text.display(name)
  end
  return people, shown
end

local function score_of(s)
  s = text.trim(s)
  if s == "" then return 0 end
  local score = #s < 32 and s:find("^[%d.+-]") and tonumber(s)
  return score and math.abs(score) < math.huge and score or nil
end

local function statements_of(model)
  local take = {}

  function take.title(rest)
    model.title, model.title_show = text.label(rest), text.display(rest)
  end

  function take.section(rest)
    model.sections[#model.sections + 1] = { label = text.label(rest), show = label.display(rest) }
  end

  return take
end

local function add_task(state, name, column, data, data_column)
  local model = state.model
  local pieces = {}
  for piece in (data .. ":"):gmatch("([^:]*):") do pieces[#pieces + 1] = piece end
  local score = score_of(pieces[1])
  if not score or pieces[1]:find("^%s*$") then
    remark(state, "no-score", "warning", data_column,
      ("'%s' is no score"):format(text.trim(pieces[1])), SHAPE)
  end
  local people, shown = {}, {}
  if pieces[2] then people, shown = people_of(pieces[2]) end
  model.tasks[#model.tasks + 1] = { label = text.label(name), show = label.display(name),
    score = score, people = people, shown = shown, line = state.line, column = column,
    section = model.sections[#model.sections] }
end

-- What is behind "#" is a comment; ";" means nothing to Mermaid and fails there.
local function cut_rest(state, line, at)
  local stop = line:find("[#;]", at)
  if not stop then return #line + 1 end
  if line:find("^;", stop) then
    remark(state, "lenient", "info", stop, "works here, fails on GitHub: ';' in this place",
      "remove it, or write #59;")
  end
  return stop
end

local function read_line(state, line, at)
  at = line:match("^[%s;]*()", at)
  if at > #line or line:find("^.?%%", at) or line:find("^#", at) then return nil end
  local stop = cut_rest(state, line, at)
  local word, behind = line:match("^(%a+)%s()", at)
  local take = word and state.take[word:lower()]
  if take then
    take(line:sub(behind, stop - 1))
    return nil
  end
  local colon = line:find(":", at, true)
  if not colon or colon > stop then
    return { code = "syntax", line = state.line, column = at, hint = SHAPE,
      message = "the score of this task is missing" }
  elseif not line:sub(colon + 1, stop - 1):find("%S") then
    return { code = "syntax", line = state.line, column = colon, hint = SHAPE,
      message = "the score is missing behind this colon" }
  end
  add_task(state, line:sub(at, colon - 1), at, line:sub(colon + 1, stop - 1), colon + 1)
end

-- The model, or nil and a finding.
return function(doc, limit)
  local model = { sections = {}, tasks = {}, findings = {} }
  accessible.take(doc, model)
  local state = { model = model, take = statements_of(model) }
  local _, behind = doc.lines[doc.first]:find("journey", 1, true)
  for i = doc.first, #doc.lines do
    state.line = i
    local bad = read_line(state, doc.lines[i], i == doc.first and behind + 1 or 1)
    if bad then return nil, bad end
    if #model.tasks > limit then
      return nil, { code = "too-large", line = i, column = 1,
        message = ("a diagram may have %d tasks"):format(limit) }
    end
  end
  return model
end
