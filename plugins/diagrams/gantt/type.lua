-- SPDX-License-Identifier: MIT
-- Gantt charts: tasks as bars over a time axis.
local calendar = require "gantt.calendar"
local parse = require "gantt.parse"
local schedule = require "gantt.schedule"

-- What a format without a date (HH:mm) counts from when the facts are told; pictures take today.
local FACTS_TODAY = "2025-01-01"

local function remark(model, task, message, hint)
  table.insert(model.findings, { code = "no-date", severity = "warning", line = task.line,
    column = task.start_column or task.column, message = message, hint = hint })
end

local function warn(model)
  for _, task in ipairs(model.tasks) do
    if task.odd_finish then
      remark(model, task, ("'%s' is neither a duration nor a date like %s, so this task ends where "
        .. "it begins"):format(task.finish,
          model.format ~= "" and model.format or "the dateFormat"),
        model.format == "" and "add the line 'dateFormat YYYY-MM-DD'"
        or "write a duration like 5d, or a date as the dateFormat line says")
    end
    if task.unknown then
      remark(model, task, ("no task has the id '%s', so today is taken"):format(task.unknown),
        "give a task this id: 'Name : id, start, end'")
    elseif not model.times[task].finish then
      remark(model, task, ("the dates of '%s' depend on themselves"):format(task.show),
        "give every task an id of its own")
    end
  end
end

local function read(doc, limits)
  local model, bad = parse.read(doc, limits.max_events or 1000)
  if not model then return nil, bad end
  model.format = (model.date_format or ""):match("^%s*(.-)%s*$")
  model.is_unix = model.format == "x" or model.format == "X"
  model.today = FACTS_TODAY
  model.times, bad = schedule.run(model, calendar.read(model.today))
  if not model.times then return nil, bad end
  warn(model)
  return model
end

local function flags_of(task)
  local flags = {}
  for _, tag in ipairs(parse.TAGS) do
    if task.flags[tag] then flags[#flags + 1] = tag end
  end
  return flags
end

local function iso(time)
  return time and calendar.iso(time)
end

local function facts(model)
  local out = { title = model.title, axisFormat = model.axis_format, excludes = model.excludes,
    includes = model.includes, accTitle = model.accTitle, accDescr = model.accDescr,
    dateFormat = model.date_format, sections = {}, tasks = {} }
  for i, section in ipairs(model.sections) do out.sections[i] = section.label end
  for i, task in ipairs(model.tasks) do
    local times = model.times[task]
    out.tasks[i] = { label = task.label, section = task.section and task.section.label,
      start = iso(times.start), ["end"] = iso(times.finish), renderEnd = iso(times.bar),
      flags = flags_of(task) }
  end
  return out
end

local function mentions(model)
  local list = {}
  for _, task in ipairs(model.tasks) do
    list[#list + 1] = { name = task.show, line = task.line }
    if task.has_id then list[#list + 1] = { name = task.id, line = task.line } end
  end
  return list
end

-- The same model with dates counted from the day of the build.
local function draw(model, context)
  local today = calendar.read(context.today or FACTS_TODAY)
  if context.today and context.today ~= model.today then
    model.times, model.today = schedule.run(model, today) or model.times, context.today
  end
  return require "gantt.draw"(model, today, context)
end

return {
  noun = "Gantt chart",
  parse = read,
  facts = facts,
  draw = draw,
  describe = function(model) return require("gantt.words").describe(model) end,
  words = function(out, model) require("gantt.words").write(out, model) end,
  mentions = mentions,
}
