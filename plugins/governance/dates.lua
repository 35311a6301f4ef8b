-- SPDX-License-Identifier: MIT
-- Finds a date in text and writes it as 2026-11-20: "2026/11/20", "20.11.2026", "Nov 20th, 2026",
-- "20 November 2026", "11/20/2026" when only one order is possible.
local dates = {}

local MONTHS = { jan = 1, feb = 2, mar = 3, apr = 4, may = 5, jun = 6, jul = 7, aug = 8, sep = 9,
  oct = 10, nov = 11, dec = 12 }

local function iso(year, month, day)
  local text = ("%04d-%02d-%02d"):format(year, month, day)
  return quoin.days(text) and text or nil
end

local function month_of(word)
  return #word >= 3 and MONTHS[word:sub(1, 3):lower()] or nil
end

local function with_names(text)
  for word, day, year in text:gmatch("(%a+)%.?%s+(%d%d?)%a*,?%s+(%d%d%d%d)") do
    if month_of(word) then return iso(year, month_of(word), day) end
  end
  for day, word, year in text:gmatch("(%d%d?)%a*%.?%s+(%a+)%.?,?%s+(%d%d%d%d)") do
    if month_of(word) then return iso(year, month_of(word), day) end
  end
  return nil
end

function dates.find(text)
  text = text:sub(1, 300) -- the patterns below are for short texts
  if not text:find("%d%d%d%d") then return nil end
  local year, month, day = text:match("%f[%d](%d%d%d%d)[-/.](%d%d?)[-/.](%d%d?)%f[%D]")
  if year then return iso(year, month, day) end
  day, month, year = text:match("%f[%d](%d%d?)%.%s?(%d%d?)%.%s?(%d%d%d%d)%f[%D]")
  if year then return iso(year, month, day) end
  month, day, year = text:match("%f[%d](%d%d?)/(%d%d?)/(%d%d%d%d)%f[%D]")
  if year and tonumber(month) > 12 then return iso(year, day, month) end
  if year and (tonumber(day) > 12 or day == month) then return iso(year, month, day) end
  return with_names(text)
end

return dates
