-- SPDX-License-Identifier: MIT
-- When each task of a Gantt chart begins and ends: dates, durations, "after" and "until" other
-- tasks, days that are excluded. Tasks may refer to later ones, so all are gone through again until
-- each has its dates, as often as Mermaid does.
local calendar = require "gantt.calendar"
local format = require "gantt.format"
local loose_date = require "gantt.loose_date"

local PASSES = 11
local MAX_DAYS_LATER = 10000
-- Excluded days are looked for one by one; no honest chart asks for more of them than this.
local MAX_STEPS = 400000

local schedule = {}

-- The task among `ids` (separated by blanks) whose `field` is the largest (way 1) or smallest (-1);
-- one without a date yet keeps its place when it is the first.
local function choose(state, ids, field, way)
  local best
  for id in ids:gmatch("[^ ]+") do
    local task = state.model.by_id[id]
    local times = task and state.times[task]
    if times then
      local a, b = times[field], best and best[field]
      if not best or a and b and (a - b) * way > 0 then best = times end
    end
  end
  return best
end

local function reference(s, word)
  return s:match("^" .. word .. "%s+([%w_ -]+)")
end

local UNITS = { ms = 1, s = calendar.SECOND, m = calendar.MINUTE, h = calendar.HOUR }
local DAYS = { d = 1, w = 7 }
local MONTHS = { M = 1, y = 12 }

-- `start` plus "2w", "1.5h"; nil when it is no duration.
local function add_duration(start, s)
  local digits, unit = s:match("^(%d+%.?%d*)(%a+)$")
  local number = digits and not digits:find("%.$") and #digits < 12 and tonumber(digits)
  if not number then return nil end
  if UNITS[unit] then return start + math.tointeger(math.floor(number * UNITS[unit])) end
  if DAYS[unit] then
    return start + math.tointeger(math.floor(number * DAYS[unit] + 0.5)) * calendar.DAY
  end
  if MONTHS[unit] then
    return calendar.add_months(start, math.tointeger(math.floor(number)) * MONTHS[unit])
  end
end

local function start_of(state, task)
  if not task.start then
    local previous = task.previous and state.model.by_id[task.previous]
    if not previous then
      return nil, { code = "syntax", line = task.line, column = task.column,
        message = "the first task has nothing that it could follow",
        hint = "give it a start: 'Name : 2026-03-02, 5d'" }
    end
    return state.times[previous].finish
  end
  local ids = reference(task.start, "after")
  if ids then
    local latest = choose(state, ids, "finish", 1)
    if latest then return latest.finish end
    task.unknown = ids
    return state.today
  end
  local model, s = state.model, task.start
  if model.is_unix and s:find("^%d+$") and #s < 16 then return math.tointeger(tonumber(s)) end
  local time = format.read(s, model.format, state.today) or loose_date(s)
  if time then return time end
  local shape = model.format ~= "" and model.format or "YYYY-MM-DD"
  return nil, { code = "syntax", line = task.line, column = task.start_column,
    message = s == "" and "the start of this task is missing"
      or ("'%s' is no date like %s and no 'after …'"):format(s, shape),
    hint = ("write a date as the dateFormat line says, here for example %s"):format(
      format.write(state.today, shape)) }
end

local function finish_of(state, task, start)
  local s, model = task.finish, state.model
  local ids = reference(s, "until")
  if ids then
    local earliest = choose(state, ids, "start", -1)
    if earliest then return earliest.start end
    task.unknown = ids
    return state.today
  end
  local time = format.read(s, model.format, state.today)
  if time then return model.inclusive and time + calendar.DAY or time end
  local finish = add_duration(start, s)
  task.odd_finish = not finish and s ~= "0"
  return finish or start
end

local function set(list)
  local s = {}
  for _, word in ipairs(list or {}) do s[word] = true end
  return s
end

local WEEKENDS = { friday = { [5] = true, [6] = true }, saturday = { [6] = true, [0] = true } }

-- A function that tells of a time whether its day is left out; nil when no day is.
local function exclusion(model)
  if not model.excludes or #model.excludes == 0 then return nil end
  local out, back = set(model.excludes), set(model.includes)
  local weekend = out.weekends and WEEKENDS[model.weekend or "saturday"] or {}
  local known = {}
  local function find(time)
    local days = time // calendar.DAY
    local date = ("%04d-%02d-%02d"):format(calendar.date(days))
    local written = #model.format <= 64 and format.write(time, model.format) or date
    if back[date] or back[written] then return false end
    local weekday = calendar.weekday(days)
    return weekend[weekday] or out[calendar.WEEKDAYS[weekday]:lower()] or out[date]
      or out[written] or false
  end
  return function(time)
    if known[time] == nil then known[time] = find(time) end
    return known[time]
  end
end
schedule.exclusion = exclusion

-- Moves the end behind the days that are left out. The bar ends where the last working day does.
local function stretch(state, start, finish)
  local is_excluded = state.is_excluded
  local day, bar, was_excluded, latest = start + calendar.DAY, nil, false,
    finish + MAX_DAYS_LATER * calendar.DAY
  while day <= finish do
    if not was_excluded then bar = finish end
    was_excluded = is_excluded(day)
    if was_excluded then finish = finish + calendar.DAY end
    day = day + calendar.DAY
    state.steps = state.steps + 1
    if finish > latest or state.steps > MAX_STEPS then return nil end
  end
  return finish, bar
end

local function is_plain_date(s)
  return s:find("^%d%d%d%d%-%d%d%-%d%d$") and format.read(s, "YYYY-MM-DD", 0) ~= nil
end

-- Dates of one task as far as they can be told now. A finding when they cannot be at all.
local function compile(state, task)
  local times = state.times[task]
  local start, bad = start_of(state, task)
  if bad then return bad end
  times.start = start or times.start
  if not times.start then return nil end
  times.finish = finish_of(state, task, times.start)
  if not times.finish then return nil end
  times.is_known = true
  if not state.is_excluded or is_plain_date(task.finish) then return nil end
  local finish, bar = stretch(state, times.start, times.finish)
  if not finish then
    return { code = "syntax", line = state.model.excludes_line, column = 1,
      message = "with these days excluded a task finds no end", hint = "exclude fewer days" }
  end
  times.finish, times.bar = finish, bar
end

-- { [task] = {start, finish, bar (where its bar ends, when days are excluded)} }, or nil and a
-- finding. `today` is midnight of the day that "today" means.
function schedule.run(model, today)
  local state = { model = model, today = today, times = {}, steps = 0,
    is_excluded = exclusion(model) }
  for _, task in ipairs(model.tasks) do state.times[task] = {} end
  for _ = 1, PASSES do
    local is_complete = true
    for _, task in ipairs(model.tasks) do
      local bad = compile(state, task)
      if bad then return nil, bad end
      is_complete = is_complete and state.times[task].is_known
    end
    if is_complete then break end
  end
  return state.times
end

return schedule
