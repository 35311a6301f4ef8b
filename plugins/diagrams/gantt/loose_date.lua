-- SPDX-License-Identifier: MIT
-- Dates that are not in the author's dateFormat. Mermaid hands those to the browser, which reads
-- "2024-1-5", "Mar 5 2024" or "1/15/2024" in its own way; charts in the wild rely on it. This
-- follows what Chromium does: ISO 8601 first, then numbers and words in any order.
local calendar = require "gantt.calendar"

local KEYWORDS = { am = { half = 0 }, pm = { half = 12 }, z = { zone = 0 }, ut = { zone = 0 },
  utc = { zone = 0 }, gmt = { zone = 0 }, est = { zone = -5 }, edt = { zone = -4 },
  cst = { zone = -6 }, cdt = { zone = -5 }, mst = { zone = -7 }, mdt = { zone = -6 },
  pst = { zone = -8 }, pdt = { zone = -7 }, t = { separator = true } }
local MONTHS = {}
for i, name in ipairs(calendar.MONTHS) do MONTHS[name:sub(1, 3):lower()] = i end

local function keyword(word)
  local lower = word:lower()
  local month = #word >= 3 and MONTHS[lower:sub(1, 3)]
  return month and { month = month } or KEYWORDS[lower] or {}
end

local NONE = {}

-- Tokens {number, length} | {word} | {mark}; white space is { space = true }.
local function tokens(s)
  local list, at = {}, 1
  while at <= #s do
    local digits = s:match("^%d+", at)
    local word = not digits and s:match("^[A-Za-z\128-\255%[%]\\^_`{|}~]+", at)
    local space = not digits and not word and s:match("^%s+", at)
    local item = digits or word or space or s:sub(at, at)
    list[#list + 1] = digits and { number = math.tointeger(tonumber(digits:gsub("^0+", "")
      :sub(1, 9))) or 0, length = #digits } or word and { word = keyword(word) }
      or space and { space = true } or { mark = item }
    at = at + #item
  end
  return list
end

local function is_between(n, low, high)
  return n ~= nil and n >= low and n <= high
end

-- Reads "2024", "2024-01", "2024-01-05" and "…T10:00:00.5" at the start. How many tokens it took;
-- the second value says whether that was everything up to a time or the end.
local function read_iso_day(list, day)
  local function two(at, low, high)
    local t = list[at]
    return t and t.length == 2 and is_between(t.number, low, high)
  end
  if not (list[1] and list[1].length == 4) then return 1 end
  day[1] = list[1].number
  local at = 2
  for _, high in ipairs { 12, 31 } do
    if (list[at] or NONE).mark ~= "-" then break end
    if not two(at + 1, 1, high) then return at + 1 end
    day[#day + 1] = list[at + 1].number
    at = at + 2
  end
  local next_token = list[at]
  local is_done = not next_token or next_token.word and next_token.word.separator
  return is_done and next_token and at + 1 or at, is_done
end

local State = {}
State.__index = State

function State:mark_at(offset, mark)
  local t = self.list[self.at + offset]
  return t ~= nil and t.mark == mark
end

local TIME_LIMITS = { 24, 59, 59, 999 }

function State:expects_time(n)
  local count = #self.time
  return count > 0 and count < 4 and not self.is_time_done and n <= TIME_LIMITS[count + 1]
end

local function milliseconds(t)
  local n, length = t.number, t.length
  while length < 3 do n, length = n * 10, length + 1 end
  while length > 3 do n, length = n // 10, length - 1 end
  return n
end

-- One number: a part of a time of day, of a zone or of a date. False when it cannot stand here.
function State:number(t)
  self.has_number = true
  if self:mark_at(1, ":") then
    if #self.time >= 4 then return false end
    self.time[#self.time + 1] = t.number
    self.at = self.at + 1
  elseif self:mark_at(1, ".") and self:expects_time(t.number) then
    local fraction = self.list[self.at + 2]
    if not (fraction and fraction.number) then return false end
    self.time[#self.time + 1] = t.number
    while #self.time < 3 do self.time[#self.time + 1] = 0 end
    self.time[4], self.is_time_done = milliseconds(fraction), true
    self.at = self.at + 2
  elseif self.zone and self.zone_minutes == false and t.number <= 59 then
    self.zone_minutes = t.number
  elseif self:expects_time(t.number) then
    self.time[#self.time + 1], self.is_time_done = t.number, true
    local behind = self.list[self.at + 1] or { space = true }
    if not (behind.space or behind.mark == "+" or behind.mark == "-"
      or behind.word and behind.word.zone == 0) then return false end
  else
    if #self.day >= 3 then return false end
    self.day[#self.day + 1] = t.number
    if self:mark_at(1, "-") or self:mark_at(1, ".") then self.at = self.at + 1 end
  end
  return true
end

function State:word(word)
  if word.half and #self.time > 0 then
    self.half = word.half
  elseif word.month then
    self.month = word.month
    if self:mark_at(1, "-") then self.at = self.at + 1 end
  elseif word.zone and self.has_number then
    self.zone, self.zone_minutes = word.zone, 0
  else
    if self.has_number then return false end
    local behind = self.list[self.at + 1]
    if behind and behind.number then return false end
  end
  return true
end

function State:offset(sign)
  local t = self.list[self.at + 1]
  local n, length = 0, 0
  if t and t.number then
    n, length = t.number, t.length
    self.at = self.at + 1
  end
  local way = sign == "-" and -1 or 1
  self.has_number = true
  if self:mark_at(1, ":") then
    self.zone, self.zone_minutes, self.zone_way = way * n, false, way
  elseif length == 1 or length == 2 then
    self.zone, self.zone_minutes = way * n, 0
  elseif length == 3 or length == 4 then
    self.zone, self.zone_minutes, self.zone_way = way * (n // 100), n % 100, way
  else
    return false
  end
  return true
end

function State:skip_parentheses()
  local depth = 0
  repeat
    local t = self.list[self.at]
    depth = depth + (t.mark == "(" and 1 or t.mark == ")" and -1 or 0)
    self.at = self.at + 1
  until depth == 0 or not self.list[self.at]
  self.at = self.at - 1
end

function State:step(t)
  if t.number then return self:number(t) end
  if t.word then return self:word(t.word) end
  local is_sign = t.mark == "+" or t.mark == "-"
  if is_sign and (self.zone == 0 or #self.time > 0) then return self:offset(t.mark) end
  if (is_sign or t.mark == ")") and self.has_number then return false end
  if t.mark == "(" then self:skip_parentheses() end
  return true
end

-- Year, month and day in the order that their sizes suggest.
function State:date()
  local day = self.day
  if #day < 1 then return nil end
  while #day < 3 do day[#day + 1] = 1 end
  local a, b, c = day[1], day[2], day[3]
  local year, month, of_month
  if self.month then
    month = self.month
    if is_between(a, 1, 31) then year, of_month = b, a else year, of_month = a, b end
  elseif self.is_iso or not is_between(a, 1, 31) then
    year, month, of_month = a, b, c
  else
    year, month, of_month = c, a, b
  end
  if not self.is_iso and year <= 99 then year = year + (year <= 49 and 2000 or 1900) end
  if year > 99999 then return nil end
  if is_between(month, 1, 12) and is_between(of_month, 1, 31) then return year, month, of_month end
end

function State:result()
  local year, month, day = self:date()
  if not year then return nil end
  local t = self.time
  local hour = t[1] or 0
  if self.half then
    if hour > 12 then return nil end
    hour = hour % 12 + self.half
  end
  if hour > 24 or (t[2] or 0) > 59 or (t[3] or 0) > 59 then return nil end
  local zone = (self.zone or 0) * 60 + (self.zone_way or 1) * (self.zone_minutes or 0)
  return calendar.time(year, month, day, hour, t[2], t[3], t[4]) - zone * calendar.MINUTE
end

-- Milliseconds, or nil when no browser would read this as a date between the years 0 and 10000.
return function(s)
  if #s > 80 then return nil end
  local self = setmetatable({ list = tokens(s), day = {}, time = {}, at = 1 }, State)
  self.at, self.is_iso = read_iso_day(self.list, self.day)
  self.has_number = #self.day > 0
  if self.is_iso and self.list[self.at] == nil and (self.list[self.at - 1] or NONE).word then
    return nil -- "2024-01-01T"
  end
  while self.at <= #self.list do
    if not self:step(self.list[self.at]) then return nil end
    self.at = self.at + 1
  end
  local time = self:result()
  if time and calendar.date(time // calendar.DAY) <= 10000 then return time end
end
