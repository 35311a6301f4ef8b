-- SPDX-License-Identifier: MIT
-- The time axis of a Gantt chart: which moments get a tick, what is written at them (D3's tokens),
-- and that no two labels touch.
local calendar = require "gantt.calendar"
local text = require "text"

local axis = { FONT = 12 }

local SLACK = require("chart").SLACK
local GAP = 10 -- least room between two labels
local MOST = 1000 -- ticks

-- Steps that a reader can count in, from fine to coarse: unit and number.
local STEPS = {}
for unit, numbers in ([[millisecond=1,2,5,10,20,50,100,200,500 second=1,2,5,10,15,30
minute=1,2,5,10,15,30 hour=1,2,3,6,12 day=1,2 week=1,2 month=1,2,3,6
year=1,2,5,10,20,50,100,200,500,1000,2000]]):gmatch("(%a+)=(%S+)") do
  for number in numbers:gmatch("%d+") do
    STEPS[#STEPS + 1] = { unit = unit, number = tonumber(number) }
  end
end

local RANK = { millisecond = 1, second = 2, minute = 3, hour = 4, day = 5, week = 6, month = 7,
  year = 8 }
local LENGTH = { millisecond = 1, second = calendar.SECOND, minute = calendar.MINUTE,
  hour = calendar.HOUR, day = calendar.DAY, week = calendar.WEEK, month = 30 * calendar.DAY,
  year = 365 * calendar.DAY }

-- First tick not before `from`, and a function from one tick to the next.
local function walk(step, from, week_start)
  local n, unit = step.number, step.unit
  if unit == "month" or unit == "year" then
    local count = unit == "year" and 12 * n or n
    local f = calendar.fields(from)
    local index = (f.year * 12 + f.month - 1) // count * count
    local first = calendar.time(index // 12, index % 12 + 1, 1)
    local function follow(t) return calendar.add_months(t, count) end
    return first < from and follow(first) or first, follow
  end
  local length = LENGTH[unit] * n
  -- Day 4 after the epoch's Thursday is a Sunday of 1970.
  local origin = unit == "week" and ((week_start or 0) - 4) * calendar.DAY
    or unit == "day" and from // calendar.DAY * calendar.DAY or 0
  return origin + -((origin - from) // length) * length, function(t) return t + length end
end

local function ticks_of(step, from, to, week_start)
  if (to - from) / (LENGTH[step.unit] * step.number) > MOST then return nil end
  local list = {}
  local time, follow = walk(step, from, week_start)
  while time <= to and #list <= MOST do
    list[#list + 1] = time
    time = follow(time)
  end
  return list
end

local function week_of_year(f, first)
  local start = calendar.days(f.year, 1, 1)
  return (f.days - start + 7 - (f.weekday - first) % 7) // 7
end

-- Year and number of the week as ISO 8601 counts them.
local function iso_week(f)
  local thursday = f.days - (f.weekday + 6) % 7 + 3
  local year = calendar.date(thursday)
  return year, (thursday - calendar.days(year, 1, 1)) // 7 + 1
end

local function hour12(f)
  return f.hour % 12 == 0 and 12 or f.hour % 12
end

-- Letter -> value; with a width it is padded: "0" or " ".
local LETTERS = {
  a = function(f) return calendar.WEEKDAYS[f.weekday]:sub(1, 3) end,
  A = function(f) return calendar.WEEKDAYS[f.weekday] end,
  b = function(f) return calendar.MONTHS[f.month]:sub(1, 3) end,
  B = function(f) return calendar.MONTHS[f.month] end,
  d = function(f) return f.day, 2 end,
  e = function(f) return f.day, 2, " " end,
  f = function(f) return f.ms * 1000, 6 end,
  g = function(f) return (iso_week(f)) % 100, 2 end,
  G = function(f) return (iso_week(f)), 4 end,
  H = function(f) return f.hour, 2 end,
  I = function(f) return hour12(f), 2 end,
  j = function(f) return f.days - calendar.days(f.year, 1, 1) + 1, 3 end,
  L = function(f) return f.ms, 3 end,
  m = function(f) return f.month, 2 end,
  M = function(f) return f.minute, 2 end,
  p = function(f) return f.hour < 12 and "AM" or "PM" end,
  q = function(f) return (f.month + 2) // 3, 1 end,
  Q = function(f) return f.time, 1 end,
  s = function(f) return f.time // 1000, 1 end,
  S = function(f) return f.second, 2 end,
  u = function(f) return (f.weekday + 6) % 7 + 1, 1 end,
  U = function(f) return week_of_year(f, 0), 2 end,
  V = function(f) return select(2, iso_week(f)), 2 end,
  w = function(f) return f.weekday, 1 end,
  W = function(f) return week_of_year(f, 1), 2 end,
  y = function(f) return f.year % 100, 2 end,
  Y = function(f) return f.year, 4 end,
  Z = function() return "+0000" end,
}
local SHORT = { c = "%x, %X", x = "%-m/%-d/%Y", X = "%-I:%M:%S %p" }
local PADS = { ["-"] = "", ["_"] = " ", ["0"] = "0" }

function axis.write(time, pattern)
  local f = calendar.fields(time)
  f.time = time
  pattern = pattern:gsub("%%([cxX])", SHORT)
  return (pattern:gsub("%%([-_0]?)([%a%%])", function(mark, letter)
    if letter == "%" then return "%" end
    local writer = LETTERS[letter]
    if not writer then return nil end
    local value, width, pad = writer(f)
    if type(value) == "string" then return value end
    local digits, fill = tostring(value), PADS[mark] or pad or "0"
    return (fill == "" and "" or fill:rep(width - #digits)) .. digits
  end))
end

-- The finest step at which labels of this pattern differ.
local FINEST = { { "[LfQ]", "millisecond" }, { "[SsXc]", "second" }, { "M", "minute" },
  { "[HIp]", "hour" }, { "[deaAjuwx]", "day" }, { "[UVW]", "week" }, { "[mbBq]", "month" } }

local function finest(pattern)
  for _, row in ipairs(FINEST) do
    if pattern:find("%%[-_0]?" .. row[1]) then return row[2] end
  end
  return pattern:find("%%[-_0]?[yYgG]") and "year" or "millisecond"
end

-- Without an axisFormat: what is written at each tick, and below it when it changes.
local OWN = { millisecond = { "%S.%L", "%H:%M" }, second = { "%H:%M:%S", "%-d %b %Y" },
  minute = { "%H:%M", "%-d %b %Y" }, hour = { "%H:%M", "%-d %b %Y" }, day = { "%-d %b", "%Y" },
  week = { "%-d %b", "%Y" }, month = { "%b", "%Y" }, year = { "%Y" } }

local function labels_of(step, times, about)
  local own = OWN[step.unit]
  local main = about.pattern or own[1]
  local below = not about.pattern and own[2]
  if below and not about.has_date and RANK[step.unit] < RANK.day then below = nil end
  local list, last = {}, nil
  for i, time in ipairs(times) do
    local item = { time = time, x = about.x(time), label = text.trim(axis.write(time, main)) }
    local context = below and axis.write(time, below)
    if context ~= last then item.below, last = context or nil, context end
    item.width = math.max(text.width(item.label, axis.FONT),
      item.below and text.width(item.below, axis.FONT) or 0) * SLACK
    list[i] = item
  end
  return list
end

-- Whether each label has its room.
local function fits(list)
  for i = 2, #list do
    local a, b = list[i - 1], list[i]
    if b.x - a.x < (a.width + b.width) / 2 + GAP then return false end
  end
  return true
end

-- Leaves out labels that would touch the one before or say the same again, and moves the last ones
-- so that they end within `right`.
local function thin(list, right)
  local edge, last = -math.huge, nil
  for _, item in ipairs(list) do
    item.label_x = math.min(item.x, right - item.width / 2)
    if item.label_x - item.width / 2 < edge + GAP or item.label == last and not item.below then
      item.label = nil
    else
      edge, last = item.label_x + item.width / 2, item.label
    end
  end
  return list
end

local function wished(about)
  local number, unit = (about.interval or ""):match("^([1-9]%d*)(%l+)$")
  if not RANK[unit] or unit == "year" or #number > 6 then return nil end
  local step = { unit = unit, number = tonumber(number) }
  local times = ticks_of(step, about.from, about.to, about.week_start)
  return times and #times <= about.room / 3 and labels_of(step, times, about)
end

-- Ticks finer than the dates themselves tell nothing.
local COARSE = { [calendar.DAY] = RANK.day, [calendar.MINUTE] = RANK.minute,
  [calendar.SECOND] = RANK.second }

-- List of {x, label or nil, below or nil, label_x}. `about` {from, to (times), x (time -> x), room,
-- right, pattern, interval, week_start, has_date, precision}.
function axis.ticks(about)
  local list = wished(about)
  if list and #list > 0 then return thin(list, about.right) end
  local least = about.pattern and RANK[finest(about.pattern)] or COARSE[about.precision] or 1
  for _, step in ipairs(STEPS) do
    local times = RANK[step.unit] >= least and ticks_of(step, about.from, about.to,
      about.week_start)
    if times and #times <= about.room / 20 then
      list = labels_of(step, times, about)
      if fits(list) then break end
    end
  end
  return thin(list or {}, about.right)
end

return axis
