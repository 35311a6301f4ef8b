-- SPDX-License-Identifier: MIT
-- The Gregorian calendar in UTC, by arithmetic alone: a time is a whole number of milliseconds
-- since 1970-01-01. No clock and no time zone of the machine comes in.
local calendar = { SECOND = 1000, MINUTE = 60000, HOUR = 3600000, DAY = 86400000, WEEK = 604800000 }

calendar.MONTHS = { "January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December" }
calendar.WEEKDAYS = { [0] = "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
  "Saturday" }

-- Days since 1970-01-01. Months and days beyond their range count on into the next or the last.
function calendar.days(year, month, day)
  year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
  -- Years begin in March here, so that the leap day is the last of a year.
  if month <= 2 then year, month = year - 1, month + 12 end
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month - 3) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

-- Year, month, day of a day number.
function calendar.date(days)
  local z = days + 719468
  local era = z // 146097
  local of_era = z - era * 146097
  local years = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * years + years // 4 - years // 100)
  local shifted = (5 * of_year + 2) // 153
  local month = shifted < 10 and shifted + 3 or shifted - 9
  local year = years + era * 400 + (month <= 2 and 1 or 0)
  return year, month, of_year - (153 * shifted + 2) // 5 + 1
end

-- 0 for Sunday.
function calendar.weekday(days)
  return (days + 4) % 7
end

function calendar.time(year, month, day, hour, minute, second, ms)
  return calendar.days(year, month, day) * calendar.DAY + (hour or 0) * calendar.HOUR
    + (minute or 0) * calendar.MINUTE + (second or 0) * calendar.SECOND + (ms or 0)
end

-- {year, month, day, hour, minute, second, ms, weekday, days}
function calendar.fields(time)
  local days = time // calendar.DAY
  local rest = time - days * calendar.DAY
  local year, month, day = calendar.date(days)
  return { year = year, month = month, day = day, days = days, weekday = calendar.weekday(days),
    hour = rest // calendar.HOUR, minute = rest // calendar.MINUTE % 60,
    second = rest // 1000 % 60, ms = rest % 1000 }
end

-- The same day of another month; the last one when that month is shorter.
function calendar.add_months(time, count)
  local f = calendar.fields(time)
  local first = calendar.days(f.year, f.month + count, 1)
  local length = calendar.days(f.year, f.month + count + 1, 1) - first
  return (first + math.min(f.day, length) - 1) * calendar.DAY + time % calendar.DAY
end

-- "2025-01-01T00:00:00Z"; milliseconds only when there are any.
function calendar.iso(time)
  local f = calendar.fields(time)
  local year = ("%04d"):format(f.year)
  if f.year < 0 or f.year > 9999 then
    year = ("%s%06d"):format(f.year < 0 and "-" or "+", math.abs(f.year))
  end
  local ms = f.ms > 0 and (".%03d"):format(f.ms) or ""
  return ("%s-%02d-%02dT%02d:%02d:%02d%sZ"):format(year, f.month, f.day, f.hour, f.minute, f.second,
    ms)
end

-- Midnight of "2025-01-01"; nil for another text.
function calendar.read(date)
  local year, month, day = date:match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  if not year then return nil end
  return calendar.time(tonumber(year), tonumber(month), tonumber(day))
end

return calendar
