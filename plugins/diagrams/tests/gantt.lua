-- SPDX-License-Identifier: MIT
-- Gantt charts: what is wrong is told where it stands, and dates are what they should be.
local calendar = require "gantt.calendar"
local format = require "gantt.format"
local loose_date = require "gantt.loose_date"
local axis = require "gantt.axis"
local mermaid = require "mermaid"

local BROKEN = {
  { "gantt\nsome words", 2, 1, "no statement" },
  { "gantt\n  Task :", 2, 8, "dates of this task are missing" },
  { "gantt\nTask : 3d", 2, 1, "nothing that it could follow" },
  { "gantt\nTask : done, crit", 2, 8, "tags but no dates" },
  { "gantt\nTask : a, 2024-01-01, 3d, 4d", 2, 27, "one part too many" },
  { "gantt\ndateFormat YYYY-MM-DD\nTask : a1, 3d", 3, 8, "'a1' is no date like YYYY-MM-DD" },
  { "gantt\ndateFormat YYYY-MM-DD\nTask : a1, , 3d", 3, 12, "start of this task is missing" },
  { "gantt\nexcludes sunday monday tuesday wednesday thursday friday saturday\n"
    .. "A : 2024-01-01, 3d", 2, 1, "finds no end" },
}

local LENIENT = {
  { "gantt\nA : 2024-01-01, 3d;", 2, 19, "';' in this place" },
  { "gantt\nA : 2024-01-01, 3d # note", 2, 20, "'#' in this place" },
  { "gantt\nClick here : 2024-01-01, 3d", 2, 1, "begins with 'Click'" },
  { "gantt\ndateFormat YYYY-MM-DD\nA : a, 2024-01-01, soon", 3, 8, "ends where it begins" },
  { "gantt\nA : after x, 3d", 2, 5, "no task has the id 'x'" },
  { "gantt\nA : a, after b, 3d\nB : b, after a, 3d", 2, 8, "depend on themselves" },
  { "gantt\nA : a, 2024-01-01, 3d\nclick a href \"javascript:x\"", 3, nil, "must not link to" },
}

local TEMPLATES = {
  "gantt\ntitle %s\nA : 2024-01-01, 3d", "gantt\nsection %s\nA : 2024-01-01, 3d",
  "gantt\n%s : 2024-01-01, 3d", "gantt\nA : %s, 2024-01-01, 3d", "gantt\nA : 2024-01-01, %s",
  "gantt\nA : %s, 3d", "gantt\ndateFormat %s\nA : 2024-01-01, 3d",
  "gantt\naxisFormat %s\nA : 2024-01-01, 3d", "gantt\ntickInterval %s\nA : 2024-01-01, 3d",
  "gantt\ntodayMarker %s\nA : 2024-12-01, 90d", "gantt\nexcludes %s\nA : 2024-01-01, 3d",
  "gantt\nA : a, 2024-01-01, 3d\nclick a href \"%s\"", "gantt\nV %s : vert, 2024-01-01, 3d",
  "---\ndisplayMode: compact\n---\ngantt\n%s : 2024-01-01, 3d\n%s : 2024-01-01, 3d",
}

local function days(t)
  for _, day in ipairs { -800000, -1, 0, 59, 60, 11016, 19782, 800000 } do
    t.equal("day " .. day, calendar.days(calendar.date(day)), day)
  end
  t.equal("leap day", calendar.iso(calendar.time(2024, 2, 30)), "2024-03-01T00:00:00Z")
  t.equal("weekday", calendar.weekday(calendar.days(2024, 2, 28)), 3)
  t.equal("end of a month", calendar.iso(calendar.add_months(calendar.time(2024, 1, 31), 1)),
    "2024-02-29T00:00:00Z")
  t.equal("years before the first", calendar.iso(calendar.time(-1, 3, 1)),
    "-000001-03-01T00:00:00Z")
end

local function reading(t)
  local today = calendar.read("2025-01-01")
  for _, row in ipairs {
    { "17:49", "HH:mm", "2025-01-01T17:49:00Z" },
    { "05/03/2024", "DD/MM/YYYY", "2024-03-05T00:00:00Z" },
    { "2024-01-05T10:00", "YYYY-MM-DDTHH:mm", "2024-01-05T10:00:00Z" },
    { "3:05 PM", "h:mm A", "2025-01-01T15:05:00Z" }, { "1st Jan 2020", "Do MMM YYYY",
      "2020-01-01T00:00:00Z" }, { "120", "X", "1970-01-01T00:02:00Z" },
    { "2024-02-30", "YYYY-MM-DD", nil }, { "2024-1-5", "YYYY-MM-DD", nil }, { "x", "", nil },
  } do
    local time = format.read(row[1], row[2], today)
    t.equal(row[1] .. " as " .. row[2], time and calendar.iso(time), row[3])
  end
  for s, iso in pairs { ["2024-1-5"] = "2024-01-05T00:00:00Z", ["0"] = "2000-01-01T00:00:00Z",
    ["Mar 5 2024"] = "2024-03-05T00:00:00Z", ["1/15/2024 3:00 pm"] = "2024-01-15T15:00:00Z",
    ["2024-01-15T10:00:00+02:00"] = "2024-01-15T08:00:00Z" } do
    local time = loose_date(s)
    t.equal("loosely " .. s, time and calendar.iso(time), iso)
  end
  for _, s in ipairs { "a1", "15.01.2024", "", "3d", "2024-13-01", "99999999" } do
    t.equal("no date: " .. s, loose_date(s), nil)
  end
end

local function writing(t)
  local time = calendar.time(2024, 1, 5, 14, 3, 7, 45)
  t.equal("axis", axis.write(time, "%a %-d %b %Y %H:%M:%S.%L %I %p %j %U %V %y %% %_d %k"),
    "Fri 5 Jan 2024 14:03:07.045 02 PM 005 00 01 24 %  5 %k")
end

local function schedule_of(source)
  local read = mermaid.read(source, { max_events = 1000 })
  local out = {}
  for i, task in ipairs(read.kind.facts(read.model).tasks) do
    out[i] = (task.start or "?"):sub(1, 10) .. " " .. (task["end"] or "?"):sub(1, 10)
  end
  return table.concat(out, ", ")
end

local function schedules(t)
  local head = "gantt\ndateFormat YYYY-MM-DD\n"
  for _, row in ipairs {
    { "A : 2024-01-31, 1M\nB : 1.5d\nC : 1y", "2024-01-31 2024-02-29, 2024-02-29 2024-03-02, "
      .. "2024-03-02 2025-03-02" },
    { "inclusiveEndDates\nA : 2024-01-01, 2024-01-03", "2024-01-01 2024-01-04" },
    { "excludes weekends\nA : 2024-01-05, 2d", "2024-01-05 2024-01-09" },
    { "excludes weekends\nincludes 2024-01-06\nA : 2024-01-05, 2d", "2024-01-05 2024-01-08" },
    { "excludes weekends\nweekend friday\nA : 2024-01-04, 2d", "2024-01-04 2024-01-08" },
    { "A : a, 2024-01-01, until b\nB : b, after a, 1d", "2024-01-01 ?, ? ?" },
    { "A : a, 2024-01-01, until b\nB : b, 2024-02-01, 1d", "2024-01-01 2024-02-01, "
      .. "2024-02-01 2024-02-02" },
  } do
    t.equal(row[1], schedule_of(head .. row[1]), row[2])
  end
end

local function lenient(t)
  for _, row in ipairs(LENIENT) do
    local html, findings = t.render(row[1])
    local f = findings[1]
    t.check(html, "drawn: " .. row[1])
    t.check(f and f.line == row[2] and f.column == row[3] and f.message:find(row[4], 1, true),
      "told: " .. row[1], f and ("%d:%s %s"):format(f.line, f.column, f.message))
  end
end

local function large(t)
  local lines = { "gantt", "excludes weekends", "dateFormat YYYY-MM-DD" }
  for i = 1, 900 do lines[#lines + 1] = ("Task %d : t%d, after t%d, 9000d"):format(i, i, i + 1) end
  local html, findings = t.bounded("waiting tasks", 300, t.render, table.concat(lines, "\n"))
  t.check(html or #findings > 0, "900 tasks that wait for each other")
  lines = { "gantt" }
  for i = 1, 900 do lines[#lines + 1] = ("Task %d : 0001-01-01, %dy"):format(i, i) end
  html = t.bounded("centuries", 60, t.render, table.concat(lines, "\n"))
  t.check(html and not t.xml(html), "centuries")
  t.check(t.bounded("marks", 60, t.render, "gantt\n" .. (";"):rep(40000)), "a line of marks")
end

return function(t)
  days(t)
  reading(t)
  writing(t)
  schedules(t)
  t.broken("gantt", BROKEN)
  t.attack("gantt", TEMPLATES)
  lenient(t)
  large(t)
end
