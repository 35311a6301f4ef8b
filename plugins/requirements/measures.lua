-- SPDX-License-Identifier: MIT
-- Numbers that can be measured: "at least 100 concurrent users", "under 2 seconds", "99.9% uptime".

local MAX_MEASURES = 20

-- What stands before a number, in small letters.
local COMPARATORS = {
  ["no more than"] = "<=", ["not more than"] = "<=", ["no longer than"] = "<=",
  ["no less than"] = ">=", ["not less than"] = ">=", ["no fewer than"] = ">=",
  ["not exceed"] = "<=", ["a maximum of"] = "<=", ["maximum of"] = "<=", ["a minimum of"] = ">=",
  ["minimum of"] = ">=", ["at least"] = ">=", ["at most"] = "<=", ["up to"] = "<=",
  ["less than or equal to"] = "<=",
  ["greater than or equal to"] = ">=", ["within"] = "<=", ["more than"] = ">", ["greater than"] = ">",
  ["longer than"] = ">", ["above"] = ">", ["over"] = ">", ["less than"] = "<",
  ["fewer than"] = "<", ["shorter than"] = "<", ["faster than"] = "<", ["under"] = "<",
  ["below"] = "<", ["max."] = "<=", ["min."] = ">=", ["max"] = "<=", ["min"] = ">=",
  ["exactly"] = "=",
}
local SIGNS = { ["<="] = "<=", [">="] = ">=", ["≤"] = "<=", ["≥"] = ">=", ["<"] = "<", [">"] = ">" }
local LONGEST = 26

local UNITS = {}
for unit in ([[% ms s sec secs min mins h hr hrs millisecond milliseconds microsecond microseconds
  second seconds minute minutes hour hours day days week weeks month months year years percent
  byte bytes b kb mb gb tb kib mib gib tib kbit mbit gbit mbps gbps kbps bit bits hz khz mhz ghz
  fps rps tps qps px users user requests request transactions messages events records rows pages
  files connections sessions operations queries calls items characters times x attempts retries
  percentile nines]]):gmatch("%S+") do
  UNITS[unit] = true
end

local STOPS = {}
for word in ([[with of in and or per for the a an at by to on from as is are be when while that
  which must shall should may can will after before than it its if not during without each every
  between but until within under over above below least most more less up]]):gmatch("%a+") do
  STOPS[word] = true
end

-- Letters of words. Those of two bytes begin with C3 to DF; what is longer is not among them, so a
-- run of these bytes is a run of whole characters.
local WORD = "[%a\xC3-\xDF\x80-\xBF]+"

-- The comparator in front of a number, and where it starts.
local function comparator_before(text, first)
  local before = text:sub(math.max(1, first - LONGEST), first - 1):lower()
  if before:sub(-4) == "sub-" then return "<", first - 4 end
  if before:find("[<>\xE2]") then
    local sign, blank = before:match("([<>=\xE2\x89\xA4\xA5]+)(%s*)$")
    if sign and SIGNS[sign] then return SIGNS[sign], first - #sign - #blank end
  end
  local list, places = {}, {}
  for from, word in before:gmatch("()(%S+)%s") do
    list[#list + 1] = word
    places[#list] = from
  end
  local name, best, start
  for i = #list, math.max(1, #list - 4), -1 do -- the longest of one to five words
    name = name and list[i] .. " " .. name or list[i]
    if COMPARATORS[name] then best, start = COMPARATORS[name], first - #before + places[i] - 1 end
  end
  return best, start
end

-- Where a number may start: not inside words, ids, versions, dates, section marks.
local function is_free(text, first, last)
  local before, after = text:sub(first - 1, first - 1), text:sub(last + 1, last + 2)
  if first > 1 and before:find("[%w_./#%-:]") and text:sub(math.max(1, first - 4), first - 1):lower() ~= "sub-"
      or first > 2 and text:sub(first - 2, first - 1) == "§" then
    return false
  end
  return not after:find("^%-%d") and not after:find("^/%d") and not after:find("^:%d")
    and not after:find("^%.%d") and not after:find("^,%d")
end

-- "concurrent users", "requests per second", "%" : the unit behind a number and where it ends.
local function unit_after(text, last, has_comparator)
  local percent = text:match("^%s?%%()", last + 1)
  if percent then return "%", percent - 1, true end
  local count, unit, finish, is_known = 0, nil, last, false
  local at = last + 1
  while count < 3 do
    local space, word, stop = text:match("^([%s%-]*)(\xC2\xB5" .. WORD .. ")()", at)
    if not word then space, word, stop = text:match("^([%s%-]*)(" .. WORD .. ")()", at) end
    if not word or (count > 0 and space == "") or STOPS[word:lower()] then break end
    local known = UNITS[word:lower()]
    if count == 0 and not known and not has_comparator then break end
    if count > 0 and is_known then break end
    count, at, finish = count + 1, stop, stop - 1
    is_known = is_known or known == true
    unit = unit and unit .. " " .. word or word
  end
  if not unit then return nil, last, false end
  local rate, stop = text:match("^%s+(per " .. WORD .. ")()", finish + 1)
  if not rate then rate, stop = text:match("^(/" .. WORD .. ")()", finish + 1) end
  if rate then unit, finish = unit .. (rate:find("^/") and "" or " ") .. rate, stop - 1 end
  return unit, finish, is_known
end

local function noun_after_percent(text, finish)
  local noun, stop = text:match("^ (" .. WORD .. ")()", finish + 1)
  if noun and not STOPS[noun:lower()] then return stop - 1 end
  return finish
end

-- "within five minutes": numbers in words, read only behind a comparator.
local NUMBERS = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten" }

local function add_words(text, list)
  for value, word in ipairs(NUMBERS) do
    local first, last = text:find(" " .. word .. " ", 1, true)
    local comparator, start
    if first then comparator, start = comparator_before(text, first + 1) end
    if comparator then
      local unit, finish, is_known = unit_after(text, last - 1, true)
      if unit and is_known and #list < MAX_MEASURES then
        list[#list + 1] = { comparator = comparator, value = value, unit = unit,
          text = text:sub(start, finish) }
      end
    end
  end
end

-- All measures of a text, in order: {comparator, value, unit, text}; nil when there are none.
return function(text)
  local list, at = {}, 1
  add_words(text, list)
  while #list < MAX_MEASURES do
    local first, last = text:find("%d[%d,]*%.?%d*", at)
    if not first then break end
    while text:sub(last, last):find("[,.]") do last = last - 1 end
    at = last + 1
    local value = tonumber((text:sub(first, last):gsub(",", "")))
    if value and is_free(text, first, last) then
      local comparator, start = comparator_before(text, first)
      local unit, finish, is_known = unit_after(text, last, comparator ~= nil)
      if unit and (is_known or comparator) then
        local shown = unit == "%" and noun_after_percent(text, finish) or finish
        list[#list + 1] = { comparator = comparator, value = value, unit = unit,
          text = text:sub(start or first, shown) }
        at = finish + 1
      end
    end
  end
  return #list > 0 and list or nil
end
