-- SPDX-License-Identifier: MIT
-- Decisions in time: which one took the place of which, and a timeline.
local cells = require "cells"
local rows = require "rows"
local decisions = {}

local function trailing_number(text)
  return tonumber(tostring(text):match("(%d+)%D*$"))
end

local function is_near(a, b)
  return a.project == b.project or a.project and b.project and a.project.id == b.project.id
end

-- Finds decisions by id, title, file or number; numbers count within a project.
function decisions.index(list)
  local by_name, by_number = {}, {}
  local function note(name, row)
    if name and not by_name[name:lower()] then by_name[name:lower()] = row end
  end
  for _, row in ipairs(list) do
    note(row.record.id, row)
    note(row.record.title, row)
    note(row.page.path:match("[^/]+$"), row)
    local number = row.fields.number
    if number then
      by_number[number] = by_number[number] or {}
      table.insert(by_number[number], row)
    end
  end
  return { find = function(name, from)
    local text = tostring(name):gsub("#.*$", "")
    local found = by_name[text:lower()] or by_name[(text:match("[^/]+$") or ""):lower()]
    if found then return found ~= from and found or nil end
    for _, row in ipairs(by_number[trailing_number(text) or false] or {}) do
      if row ~= from and is_near(row, from) then return row end
    end
    return nil
  end }
end

-- From each decision to those that replaced it: {old row -> list of new rows}.
local function successors(list, index)
  local next_of, has_older = {}, {}
  local function join(old, new)
    next_of[old] = next_of[old] or {}
    for _, known in ipairs(next_of[old]) do
      if known == new then return end
    end
    table.insert(next_of[old], new)
    has_older[new] = true
  end
  for _, row in ipairs(list) do
    for _, name in ipairs(row.fields.supersedes or {}) do
      local other = index.find(name, row)
      if other then join(other, row) end
    end
    for _, name in ipairs(row.fields.superseded_by or {}) do
      local other = index.find(name, row)
      if other then join(row, other) end
    end
  end
  return next_of, has_older
end

local function add_name(out, row, view)
  local record = row.record
  cells.add_link(out, view.place.to(record), record.id and record.id .. " " .. record.title
    or record.title)
end

-- One line from the oldest to the newest; where several replaced one, the first line goes on.
local function add_chain(out, row, next_of, view, seen)
  out:add("<li>")
  add_name(out, row, view)
  local new = next_of[row]
  while new and not seen[new[1]] do
    seen[new[1]] = true
    out:add(' <span class="arrow">was replaced by</span> ')
    add_name(out, new[1], view)
    new = next_of[new[1]]
  end
  out:add("</li>\n")
end

function decisions.add_chains(out, list, view)
  local next_of, has_older = successors(list, view.decisions)
  if next(next_of) == nil then return end
  out:add('<h2 id="chains">What replaced what</h2>\n<ul class="chains">\n')
  local seen = {}
  for _, row in ipairs(list) do
    if next_of[row] and not has_older[row] then add_chain(out, row, next_of, view, seen) end
  end
  out:add("</ul>\n")
end

local function add_entry(out, row, view)
  local fields = row.fields
  out:add("<li>")
  out:add("<span>")
  if fields.date then cells.add_time(out, fields.date) else out:add("No date") end
  out:add("</span> <div><p>")
  add_name(out, row, view)
  if fields.status then
    out:add(" ")
    cells.badge(out, fields.status)
  end
  out:add('</p><p class="note">')
  out:escape(rows.value(row, "project"))
  if rows.value(row, "deciders") then
    out:add(" · ")
    cells.people(out, fields.deciders, row, view)
  end
  out:add("</p></div></li>\n")
end

-- `list` is sorted, the newest first.
function decisions.add_timeline(out, list, view)
  out:add('<h2 id="timeline">Timeline</h2>\n<ol class="timeline" reversed>\n')
  for _, row in ipairs(list) do add_entry(out, row, view) end
  out:add("</ol>\n")
end

return decisions
