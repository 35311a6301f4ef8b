-- SPDX-License-Identifier: MIT
-- How the dates of a Gantt chart are told to a reader.
local calendar = require "gantt.calendar"
local say = require "say"

local dates = {}

-- Where a milestone or a marker stands.
function dates.middle(times)
  return times.start + (times.finish - times.start) // 2
end

-- Whether the author's dates have a day: charts over "HH:mm" or plain seconds are of no day.
function dates.has_date(model)
  if model.is_unix then
    for _, task in ipairs(model.tasks) do
      local start = model.times[task].start
      if start and start > 366 * calendar.DAY then return true end
    end
    return false
  end
  return model.format == "" or model.format:find("[YMDQ]") ~= nil
end

local function precision(model)
  local finest = calendar.DAY
  for _, task in ipairs(model.tasks) do
    local times = model.times[task]
    for _, time in ipairs { times.start or 0, times.finish or 0, times.bar or 0 } do
      for _, unit in ipairs { calendar.DAY, calendar.MINUTE, calendar.SECOND, 1 } do
        if time % unit == 0 then
          finest = math.min(finest, unit)
          break
        end
      end
    end
  end
  return finest
end

-- The unit that all dates are whole numbers of: a day, a minute, a second or a millisecond.
function dates.precision(model)
  model.precision = model.precision or precision(model)
  return model.precision
end

function dates.show(model, time)
  local f, unit = calendar.fields(time), dates.precision(model)
  local day = ("%04d-%02d-%02d"):format(f.year, f.month, f.day)
  local clock = ("%02d:%02d"):format(f.hour, f.minute)
  if unit < calendar.MINUTE then clock = clock .. (":%02d"):format(f.second) end
  if unit < calendar.SECOND then clock = clock .. (".%03d"):format(f.ms) end
  if not dates.has_date(model) then return clock end
  return unit < calendar.DAY and day .. " " .. clock or day
end

local UNITS = { { calendar.DAY, "day" }, { calendar.HOUR, "hour" }, { calendar.MINUTE, "minute" },
  { calendar.SECOND, "second" }, { 1, "millisecond" } }

-- "3 days", "90 minutes": in the largest unit of which it is a whole number.
local function length(ms)
  for _, unit in ipairs(UNITS) do
    if ms % unit[1] == 0 then return say.plural(ms // unit[1], unit[2]) end
  end
end

local STATES = { { "done", "done" }, { "active", "active" }, { "crit", "critical" } }

local function states(task)
  local list = {}
  for _, state in ipairs(STATES) do
    if task.flags[state[1]] then list[#list + 1] = ", " .. state[2] end
  end
  return table.concat(list)
end

local function span(model, task, times)
  if task.flags.milestone or task.flags.vert then
    local moment = dates.middle(times)
    return ("%s on %s"):format(task.flags.milestone and "milestone" or "marker",
      dates.show(model, moment)):gsub(" on (%d+:)", " at %1")
  end
  local stop = times.bar or times.finish
  local way = stop - times.start
  if way <= 0 then return dates.show(model, times.start) end
  return ("%s to %s (%s)"):format(dates.show(model, times.start), dates.show(model, stop),
    length(way))
end

-- "Review: 2026-03-02 to 2026-03-05 (3 days), critical"
function dates.sentence(model, task)
  local times = model.times[task]
  local when = times.finish and span(model, task, times) or "no date"
  return ("%s: %s%s"):format(say.flat(task.show), when, states(task))
end

return dates
