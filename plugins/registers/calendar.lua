-- SPDX-License-Identifier: MIT
-- registers/reviews.ics: the reviews as a calendar (RFC 5545). Nothing in it comes from a clock, so
-- the same specs give the same file, and calendars that subscribe to it know each event again.
local rows = require "rows"
local calendar = {}

local LINE_BYTES = 75

local function escape(text)
  return (text:gsub("[\\;,]", "\\%0"):gsub("\r?\n", "\\n"))
end

-- Lines are folded after 75 bytes, never inside of a letter.
local function add_line(out, text)
  local limit = LINE_BYTES
  while #text > limit do
    local cut = limit
    while cut > 1 and text:byte(cut + 1) & 0xC0 == 0x80 do cut = cut - 1 end
    out:add(text:sub(1, cut), "\r\n ")
    text = text:sub(cut + 1)
    limit = LINE_BYTES - 1
  end
  out:add(text, "\r\n")
end

local function digits(date)
  return (date:sub(1, 10):gsub("-", ""))
end

-- When the entry was last changed, as far as the spec says: its last review.
local function stamp(fields)
  local last = fields.last and quoin.days(fields.last) and fields.last or fields.next
  return digits(last) .. "T000000Z"
end

local function add_event(out, row, site)
  local fields, page = row.fields, row.page
  add_line(out, "BEGIN:VEVENT")
  local url = site.url ~= "" and site.url:gsub("/*$", "/") .. site.home:href(row.record) or nil
  add_line(out, "UID:" .. quoin.hash(site.url .. "\n" .. page.path .. "\n" .. row.record.anchor)
    .. "@quoin")
  add_line(out, "DTSTAMP:" .. stamp(fields))
  add_line(out, "DTSTART;VALUE=DATE:" .. digits(fields.next))
  add_line(out, "SUMMARY:" .. escape("Review: " .. page.title))
  local about = { rows.value(row, "project") }
  if fields.owner then about[#about + 1] = "Owner: " .. fields.owner end
  if fields.version then about[#about + 1] = "Version: " .. fields.version end
  add_line(out, "DESCRIPTION:" .. escape(table.concat(about, "\n")))
  if url then add_line(out, "URL:" .. url) end
  add_line(out, "TRANSP:TRANSPARENT")
  add_line(out, "END:VEVENT")
end

-- The text of the file; nil when no review has a date.
function calendar.text(site)
  local list = rows.sort(rows.gather(rows.store(site), { kind = "review" }), { "next" })
  local out, count = quoin.buffer(), 0
  add_line(out, "BEGIN:VCALENDAR")
  add_line(out, "VERSION:2.0")
  add_line(out, "PRODID:-//Quoin//Reviews//EN")
  add_line(out, "X-WR-CALNAME:" .. escape(site.title .. ": reviews"))
  for _, row in ipairs(list) do
    if row.fields.next and quoin.days(row.fields.next) then
      add_event(out, row, site)
      count = count + 1
    end
  end
  add_line(out, "END:VCALENDAR")
  return count > 0 and out:text() or nil
end

return calendar
