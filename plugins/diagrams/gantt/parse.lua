-- SPDX-License-Identifier: MIT
-- Reads a Mermaid Gantt chart into its model: settings, sections and tasks in order. A line is one
-- statement, known by its first word, or a task "Name : tags, id, start, end".
local label = require "label"
local text = require "text"
local accessible = require "accessible"
local links = require "links"

local TAGS = { "active", "done", "crit", "milestone", "vert" }
local IS_TAG = {}
for _, tag in ipairs(TAGS) do IS_TAG[tag] = true end

local SHAPE = "a task reads 'Name : tags, id, start, end', for example "
  .. "'Review : crit, r1, 2026-03-02, 5d'"
-- Mermaid's own words; a task whose name begins like this does not get through there.
local RESERVED = { "gantt", "click%s", "href%s+\"", "call%s", "%d%d%d%d%-%d%d%-%d%d" }

local function problem(state, column, message, hint)
  return { code = "syntax", line = state.line, column = column, message = message, hint = hint }
end

local function lenient(state, column, why, hint)
  table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. why, hint = hint })
end

local function words_of(s)
  local list = {}
  for word in s:lower():gmatch("[^%s,]+") do list[#list + 1] = word end
  return list
end

-- Statements "word text": what is done with the text.
local settings = {}

function settings.title(model, rest)
  model.title, model.title_show = text.label(rest), text.display(rest)
end

function settings.section(model, rest)
  local section = { label = text.label(rest), show = label.display(rest) }
  section.index = #model.sections + 1
  model.sections[section.index] = section
end

function settings.dateformat(model, rest) model.date_format = rest end
function settings.axisformat(model, rest) model.axis_format = rest end
function settings.tickinterval(model, rest) model.tick_interval = text.trim(rest) end
function settings.todaymarker(model, rest) model.today_marker = text.trim(rest) end
function settings.includes(model, rest) model.includes = words_of(rest) end

function settings.excludes(model, rest, state)
  model.excludes, model.excludes_line = words_of(rest), state.line
end

-- Whether the text of a statement goes on to the end of the line, or stops at "#" and ";".
local WHOLE_LINE = { title = true, section = true }
local UP_TO = { todaymarker = "^[^;]*" }

local WEEKDAYS = { sunday = 0, monday = 1, tuesday = 2, wednesday = 3, thursday = 4, friday = 5,
  saturday = 6 }

-- Words that stand alone, and those with one of a few words behind.
local function flag_statement(model, line, at)
  local lower = line:lower()
  for word, field in pairs { inclusiveenddates = "inclusive", topaxis = "top_axis" } do
    if lower:find("^" .. word, at) then -- at most one fits: the order cannot show
      model[field] = true
      return at + #word
    end
  end
  local word, day, behind = lower:match("^(week%a+)%s+(%a+)()", at)
  if word == "weekday" and WEEKDAYS[day] then
    model.week_start = WEEKDAYS[day]
    return behind
  elseif word == "weekend" and (day == "friday" or day == "saturday") then
    model.weekend = day
    return behind
  end
end

-- The last comma separated parts of a task: where each begins and what it is.
local function parts_of(line, at, stop)
  local parts = {}
  for from, part in line:sub(1, stop):gmatch("()([^,]*)", at) do
    local before = #part:match("^%s*")
    parts[#parts + 1] = { column = from + before, text = text.trim(part) }
  end
  return parts
end

local function take_tags(parts, task)
  while parts[1] and IS_TAG[parts[1].text] do
    task.flags[table.remove(parts, 1).text] = true
  end
end

local function new_id(model)
  model.unnamed = model.unnamed + 1
  return "task" .. model.unnamed
end

-- "Name : done, id, start, end" with 1 to 3 parts behind the tags.
local function add_task(state, name, column, parts)
  local model = state.model
  local task = { label = text.label(name), show = label.display(name), flags = {},
    section = #model.sections > 0 and model.sections[#model.sections] or nil, line = state.line,
    column = column, previous = state.last_id }
  local first = parts[1].column
  take_tags(parts, task)
  if #parts == 0 then return problem(state, first, "this task has tags but no dates", SHAPE) end
  if #parts > 3 then
    return problem(state, parts[4].column, "a task has at most an id, a start and an end behind "
      .. "its tags; this is one part too many", SHAPE)
  end
  task.id = #parts == 3 and parts[1].text or new_id(model)
  local start = parts[#parts - 1]
  if start then task.start, task.start_column = start.text, start.column end
  task.finish = parts[#parts].text
  task.has_id = #parts == 3
  model.tasks[#model.tasks + 1], model.by_id[task.id] = task, task
  state.last_id = task.id
end

-- "click a,b href "https://…"" and "click a call f()": only the link is kept.
local function click(state, line, at)
  local ids, rest = line:match("^[cC][lL][iI][cC][kK]%s+(%S+)%s*(.*)$", at)
  if not ids or rest:find("^:") then return false end
  local url = rest:match('href%s+"([^"]*)"')
  if not url and not rest:find("^call%s") then return false end
  for id in ids:gmatch("[^,]+") do
    if url then table.insert(state.model.clicks, { id = id, url = url, line = state.line }) end
  end
  return true
end

local function setting_at(line, at)
  local word, behind = line:match("^(%a+)()", at)
  word = word and word:lower()
  if not settings[word] then return nil end
  if not line:find("^%s", behind) and behind <= #line then return nil end
  local rest = line:match(WHOLE_LINE[word] and "^.*" or UP_TO[word] or "^[^#;]*", behind)
  return word, rest:sub(2), behind + #rest
end

local function warn_of_name(state, line, at)
  local lower = line:lower()
  for _, pattern in ipairs(RESERVED) do
    local from, to = lower:find("^" .. pattern, at)
    if from then
      return lenient(state, at, ("a task whose name begins with '%s'"):format(
        text.trim(line:sub(from, to))), "begin the name with another word")
    end
  end
end

local function read_task(state, line, at)
  local colon = line:find(":", at, true)
  if not colon then
    local first = line:match("^[#;]", at)
    if first then
      lenient(state, at, ("'%s' in this place"):format(first), "remove it and what stands behind")
      return #line + 1
    end
    return nil, problem(state, at, "this is no statement of a Gantt chart", SHAPE)
  end
  local stop = (line:find("[#;]", colon + 1) or #line + 1) - 1
  if not line:find("%S", colon + 1) or stop == colon then
    return nil, problem(state, colon, "the dates of this task are missing", SHAPE)
  end
  warn_of_name(state, line, at)
  local bad = add_task(state, line:sub(at, colon - 1), at, parts_of(line, colon + 1, stop))
  return not bad and stop + 1 or nil, bad
end

-- One statement at `at`: where the next begins, or nil and a finding.
local function statement(state, line, at)
  local word, rest, behind = setting_at(line, at)
  if word then
    settings[word](state.model, rest, state)
    return behind
  end
  behind = flag_statement(state.model, line, at)
  if behind then return behind end
  if click(state, line, at) then return #line + 1 end
  return read_task(state, line, at)
end

local function is_comment(line, at)
  return line:find("^%%", at) or line:find("^[^}]%%", at)
end

local function read_line(state, line)
  local at = line:match("^%s*()")
  while at <= #line and not is_comment(line, at) do
    local next_at, bad = statement(state, line, at)
    if not next_at then return bad end
    at = line:match("^%s*()", next_at)
  end
end

local function keep_links(model)
  for _, item in ipairs(model.clicks) do
    local task = model.by_id[item.id]
    if task then links.put(model, task, item.url, task.show, item.line) end
  end
end

local parse = { TAGS = TAGS }

-- The model without dates, or nil and a finding.
function parse.read(doc, limit)
  local model = { sections = {}, tasks = {}, by_id = {}, clicks = {}, findings = {}, unnamed = 0,
    settings = doc.settings }
  accessible.take(doc, model)
  local state = { model = model }
  local _, behind = doc.lines[doc.first]:find("gantt", 1, true)
  for i = doc.first, #doc.lines do
    local line = doc.lines[i]
    if i == doc.first then line = (" "):rep(behind) .. line:sub(behind + 1) end
    state.line = i
    local bad = read_line(state, line)
    if bad then return nil, bad end
    if #model.tasks > limit then
      return nil, { code = "too-large", line = i, column = 1,
        message = ("a diagram may have %d tasks"):format(limit) }
    end
  end
  keep_links(model)
  return model
end

return parse
