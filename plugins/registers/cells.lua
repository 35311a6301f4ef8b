-- SPDX-License-Identifier: MIT
-- How a value is shown in a cell. Each function appends HTML to `out`; `view` has place, today,
-- people and decisions.
local names = require "names"
local rows = require "rows"
local cells = {}

local function text_of(value)
  if type(value) == "table" then
    local parts = {}
    for _, item in ipairs(value) do parts[#parts + 1] = text_of(item) end
    return table.concat(parts, ", ")
  end
  if type(value) == "boolean" then return value and "yes" or "no" end
  return tostring(value)
end
cells.text_of = text_of

local function link(out, url, text)
  out:add('<a href="'):escape(url):add('">'):escape(text):add("</a>")
end
cells.add_link = link

function cells.text(out, value) out:escape(text_of(value)) end

function cells.link(out, value, row, view) link(out, view.place.to(row.record), text_of(value)) end

function cells.page_link(out, value, row, view)
  link(out, view.place.to(row.record), text_of(value))
end

function cells.page(out, value, row, view) link(out, view.place.to(row.page), text_of(value)) end

function cells.project(out, value, row, view)
  if not row.project then return out:escape(text_of(value)) end
  link(out, view.place.to(row.project), text_of(value))
end

function cells.section(out, value, row, view)
  link(out, view.place.to(row.record.section), text_of(value))
end

function cells.badge(out, value)
  local text = text_of(value)
  out:add('<span class="badge" data-status="'):escape((quoin.slug(text))):add('">')
  out:escape(text):add("</span>")
end

function cells.degree(out, value)
  local rank = rows.rank(value)
  local tone = rank and (rank >= 4 and "bad" or rank == 3 and "care" or "good") or "none"
  out:add('<span class="badge" data-tone="', tone, '">'):escape(text_of(value)):add("</span>")
end

function cells.method(out, value, row, view)
  out:add('<a class="method" href="'):escape(view.place.to(row.record)):add('"><code>')
  out:escape(text_of(value)):add("</code></a>")
end

function cells.path(out, value, row, view)
  out:add('<a href="'):escape(view.place.to(row.record)):add('"><code>')
  for piece in text_of(value):gmatch("/?[^/]*") do out:escape(piece):add("<wbr>") end
  out:add("</code></a>")
end

function cells.yes(out, value) out:add(value and "yes" or "no") end

local function add_time(out, date)
  local day = date:sub(1, 10)
  if not quoin.days(day) then return out:escape(date) end
  out:add('<time datetime="'):escape(day):add('">'):escape(date):add("</time>")
end
cells.add_time = add_time

function cells.date(out, value) add_time(out, text_of(value)) end

local function days_in_words(count)
  return count == 1 and "1 day" or count .. " days"
end

-- A date and how far away it is.
function cells.due(out, value, _, view)
  local date = text_of(value)
  add_time(out, date)
  local day, today = quoin.days(date), quoin.days(view.today)
  if not day or not today then return end
  local left = day - today
  if left < 0 then
    out:add(' <span class="badge" data-tone="bad">', days_in_words(-left), " overdue</span>")
  elseif left == 0 then
    out:add(' <span class="badge" data-tone="care">today</span>')
  elseif left <= 30 then
    out:add(' <span class="badge" data-tone="care">in ', days_in_words(left), "</span>")
  end
end

local function add_person(out, name, view)
  local known = view.people and view.people.find(name) or name
  local url = view.people and view.people.has[known]
    and view.place.register("people", names.anchor(known))
  if url then link(out, url, known) else out:escape(known) end
end

function cells.people(out, value, _, view)
  local list = names.split(value)
  if #list == 0 then return out:escape(text_of(value)) end
  for index, name in ipairs(list) do
    if index > 1 then out:add(", ") end
    add_person(out, name, view)
  end
end
cells.person = cells.people

-- "≤ 1.5 s (95 %)": measures are lists of { comparator, value, unit, text }.
function cells.measures(out, value)
  if type(value) ~= "table" then return out:escape(text_of(value)) end
  for index, measure in ipairs(value) do
    if index > 1 then out:add("<br>") end
    if type(measure) ~= "table" then
      out:escape(text_of(measure))
    elseif measure.text then
      out:escape(measure.text)
    else
      local parts = {}
      for _, key in ipairs { "comparator", "value", "unit" } do
        if measure[key] ~= nil then parts[#parts + 1] = text_of(measure[key]) end
      end
      out:escape(table.concat(parts, " "))
    end
  end
end

-- Names of other decisions become links to them.
function cells.decisions(out, value, row, view)
  local list = type(value) == "table" and value or { value }
  for index, name in ipairs(list) do
    if index > 1 then out:add(", ") end
    local other = view.decisions and view.decisions.find(name, row)
    if other then
      link(out, view.place.to(other.record), other.record.id or other.record.title)
    else
      out:escape(text_of(name))
    end
  end
end

return cells
