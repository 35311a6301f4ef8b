-- SPDX-License-Identifier: MIT
-- Dates in the author's `dateFormat`: the tokens of Day.js (YYYY-MM-DD, HH:mm, X …), written and
-- read. Reading is strict as Mermaid's: what is read must give the same text when written again.
local calendar = require "gantt.calendar"

local format = {}

local function ordinal(n)
  local tens, ones = n // 10 % 10, n % 10
  local ending = tens ~= 1 and ({ "st", "nd", "rd" })[ones] or "th"
  return n .. ending
end

local function pad(length, value)
  return ("%0" .. length .. "d"):format(value)
end

local function hour12(f)
  return f.hour % 12 == 0 and 12 or f.hour % 12
end

-- Token -> its text for fields of a time.
local WRITE = {
  YYYY = function(f) return pad(4, f.year) end,
  YY = function(f) return pad(2, f.year % 100) end,
  Q = function(f) return tostring((f.month + 2) // 3) end,
  M = function(f) return tostring(f.month) end,
  MM = function(f) return pad(2, f.month) end,
  MMM = function(f) return calendar.MONTHS[f.month]:sub(1, 3) end,
  MMMM = function(f) return calendar.MONTHS[f.month] end,
  D = function(f) return tostring(f.day) end,
  DD = function(f) return pad(2, f.day) end,
  Do = function(f) return ordinal(f.day) end,
  d = function(f) return tostring(f.weekday) end,
  dd = function(f) return calendar.WEEKDAYS[f.weekday]:sub(1, 2) end,
  ddd = function(f) return calendar.WEEKDAYS[f.weekday]:sub(1, 3) end,
  dddd = function(f) return calendar.WEEKDAYS[f.weekday] end,
  H = function(f) return tostring(f.hour) end,
  HH = function(f) return pad(2, f.hour) end,
  h = function(f) return tostring(hour12(f)) end,
  hh = function(f) return pad(2, hour12(f)) end,
  a = function(f) return f.hour < 12 and "am" or "pm" end,
  A = function(f) return f.hour < 12 and "AM" or "PM" end,
  m = function(f) return tostring(f.minute) end,
  mm = function(f) return pad(2, f.minute) end,
  s = function(f) return tostring(f.second) end,
  ss = function(f) return pad(2, f.second) end,
  SSS = function(f) return pad(3, f.ms) end,
  Z = function() return "+00:00" end,
  ZZ = function() return "+0000" end,
  X = function(f) return tostring(f.time // 1000) end,
  x = function(f) return tostring(f.time) end,
}

local LONGEST = 4

-- The longest token of `known` that begins at `at`.
local function token_at(pattern, at, known)
  for length = LONGEST, 1, -1 do
    local token = pattern:sub(at, at + length - 1)
    if #token == length and known[token] then return token end
  end
end

function format.write(time, pattern)
  local f, out, at = calendar.fields(time), {}, 1
  f.time = time
  while at <= #pattern do
    local literal, behind = pattern:match("^%[([^%]]+)%]()", at)
    local token = not literal and token_at(pattern, at, WRITE)
    if literal then
      out[#out + 1], at = literal, behind
    elseif token then
      out[#out + 1], at = WRITE[token](f), at + #token
    else
      out[#out + 1], at = pattern:sub(at, at), at + 1
    end
  end
  return table.concat(out)
end

local WORD = "%d*[^%-_:/,()%s%d]+"

local function keep(field, pattern, change)
  return { pattern = pattern, take = function(into, value)
    into[field] = change and change(value) or tonumber(value)
    return into[field] ~= nil
  end }
end

local function month_by(length)
  return function(value)
    for i, name in ipairs(calendar.MONTHS) do
      if value == (length and name:sub(1, length) or name) then return i end
    end
  end
end

local function half(am, pm)
  return keep("is_afternoon", WORD, function(value)
    if value == am or value == pm then return value == pm and 1 or 0 end
  end)
end

-- Token -> where its value stands in the rest of the text, and how it is taken.
local READ = {
  YYYY = keep("year", "%d%d%d%d"),
  YY = keep("year", "%d%d", function(v)
    return tonumber(v) + (tonumber(v) > 68 and 1900 or 2000)
  end),
  Q = keep("month", "%d", function(v) return (tonumber(v) - 1) * 3 + 1 end),
  M = keep("month", "%d%d?"), MM = keep("month", "%d%d"),
  MMM = keep("month", WORD, month_by(3)), MMMM = keep("month", WORD, month_by()),
  D = keep("day", "%d%d?"), DD = keep("day", "%d%d"),
  Do = keep("day", WORD, function(v) return tonumber(v:match("^%d+")) end),
  H = keep("hour", "%d%d?"), HH = keep("hour", "%d%d?"),
  h = keep("hour", "%d%d?"), hh = keep("hour", "%d%d?"),
  m = keep("minute", "%d%d?"), mm = keep("minute", "%d%d?"),
  s = keep("second", "%d%d?"), ss = keep("second", "%d%d?"),
  S = keep("ms", "%d", function(v) return tonumber(v) * 100 end),
  SS = keep("ms", "%d%d", function(v) return tonumber(v) * 10 end),
  SSS = keep("ms", "%d%d%d"),
  A = half("AM", "PM"), a = half("am", "pm"),
  Z = keep("offset", "[+-]%d%d:?%d%d", function() return 0 end),
  ZZ = keep("offset", "[+-]%d%d:?%d%d", function() return 0 end),
}

-- The fields that stand in `s`. As in Day.js, each value is looked for behind the marks read so far
-- and then cut out; letters of the pattern that mean nothing are passed over.
local function read_fields(s, pattern)
  local into, skipped, at = {}, 0, 1
  while at <= #pattern do
    local marks = pattern:match("^[-_:/.,()%s]+", at)
    local literal, behind = pattern:match("^%[([^%[%]]*)%]()", at)
    local token = token_at(pattern, at, READ)
    if marks then
      skipped, at = skipped + #marks, at + #marks
    elseif literal then
      skipped, at = skipped + #literal, behind
    elseif token then
      local from, to = s:find(READ[token].pattern, skipped + 1)
      if not from or not READ[token].take(into, s:sub(from, to)) then return nil end
      s, at = s:sub(1, from - 1) .. s:sub(to + 1), at + #token
    else
      at = at + 1
    end
  end
  return into
end

local function hour_of(f)
  local hour = f.hour or 0
  if f.is_afternoon == 1 and hour < 12 then return hour + 12 end
  if f.is_afternoon == 0 and hour == 12 then return 0 end
  return hour
end

-- What a format leaves out is taken from `today`, or is the first.
local function to_time(f, today)
  local now = calendar.fields(today)
  local year = f.year ~= 0 and f.year or nil
  local month = f.month ~= 0 and f.month or nil
  local day = f.day ~= 0 and f.day or nil
  day = day or (not year and not month and now.day or 1)
  if not month then month = year and 1 or now.month end
  year = year or now.year
  if year < 100 then year = year + 1900 end
  return calendar.time(year, month, day, hour_of(f), f.minute, f.second, f.ms)
end

local UNIX = { X = 1000, x = 1 }

-- Milliseconds, or nil when `s` is no date in this format.
function format.read(s, pattern, today)
  if pattern == "" or #s > 64 or #pattern > 64 then return nil end
  local time
  if UNIX[pattern] then
    local number = tonumber(s:match("^[+-]?%d+%.?%d*$"))
    if not number or math.abs(number) > 8.64e15 / UNIX[pattern] then return nil end
    time = math.tointeger(math.floor(number * UNIX[pattern]))
  else
    local fields = read_fields(s, pattern)
    time = fields and to_time(fields, today)
  end
  return time and format.write(time, pattern) == s and time or nil
end

return format
