-- SPDX-License-Identifier: MIT
-- Finds the sections of a kind among the headings of a page.
local names = require "names"
local match = {}

-- Headings that any page may have besides those of its kind.
local ALWAYS_FINE = { ["table of contents"] = true, contents = true, references = true,
  appendix = true, glossary = true, links = true, notes = true, changelog = true }

-- The headings as plain tables: a field of a handle costs a call each time. Only those that start
-- like a section of the kind have a key.
local function outline(page, starts)
  local list, open = {}, {}
  for i, section in ipairs(page.sections) do
    local level = section.level
    for j = level, 6 do open[j] = nil end
    local parent
    for j = level - 1, 1, -1 do parent = parent or open[j] end
    local title = section.title
    list[i] = { title = title, level = level, line = section.line, index = i,
      anchor = section.anchor, parent = parent,
      key = starts[names.start(title)] and names.heading(title) or nil }
    open[level] = list[i]
  end
  return list
end

local function by_key(list)
  local index = {}
  for _, heading in ipairs(list) do
    local key = heading.key
    if key then
      index[key] = index[key] or {}
      table.insert(index[key], heading)
    end
  end
  return index
end

local function is_below(heading, above)
  local parent = heading.parent
  while parent and parent ~= above do parent = parent.parent end
  return parent ~= nil
end

-- The title of a page is above all sections: the only heading of level 1.
local function is_top(heading)
  return not heading.parent or heading.parent.level == 1 and not heading.parent.parent
end

local function fits(heading, entry, found)
  if entry.parent then
    return found[entry.parent] ~= nil and is_below(heading, found[entry.parent])
  end
  return is_top(heading)
end

local function pick(entry, index, found, used, is_strict)
  for _, key in ipairs(entry.keys) do
    for _, heading in ipairs(index[key] or {}) do
      if not used[heading] and (not is_strict or fits(heading, entry, found)) then
        found[entry], used[heading] = heading, entry
        return
      end
    end
  end
end

-- A heading of level 1 that is the page's title is nobody's section.
local function mark_title(list, used)
  if list[1] and list[1].level == 1 and (not list[2] or list[2].level > 1) then
    used[list[1]] = true
  end
end

-- Headings at the height of the kind's outermost sections that the kind does not know under any
-- name.
local function find_extra(list, used, entries)
  local extra, height, is_known = {}, 7, {}
  for _, entry in ipairs(entries) do
    for _, key in ipairs(entry.keys) do is_known[key] = true end
  end
  for _, heading in ipairs(list) do
    local entry = used[heading]
    if entry and entry ~= true and not entry.parent then height = math.min(height, heading.level) end
  end
  for _, heading in ipairs(list) do
    if not used[heading] and heading.level == height and not is_known[heading.key or ""]
      and not ALWAYS_FINE[names.heading(heading.title)] then
      extra[#extra + 1] = heading
    end
  end
  return extra
end

-- Finds for each section of the kind its heading: first where it belongs, then anywhere.
-- Returns all headings, a table from section of the kind to heading, and the extra headings.
function match.page(page, schema)
  local entries, found, used = names.sections(schema), {}, {}
  local list = outline(page, entries.starts)
  local index = by_key(list)
  mark_title(list, used)
  for _, entry in ipairs(entries) do pick(entry, index, found, used, true) end
  for _, entry in ipairs(entries) do
    if not found[entry] then pick(entry, index, found, used, false) end
  end
  return list, found, find_extra(list, used, entries)
end

-- The longest run of siblings whose lines increase; what is not in it was moved.
local function moved_in(siblings, found)
  local best, previous, last = {}, {}, nil
  for i, entry in ipairs(siblings) do
    best[i] = 1
    for j = 1, i - 1 do
      if found[siblings[j]].line < found[entry].line and best[j] + 1 > best[i] then
        best[i], previous[i] = best[j] + 1, j
      end
    end
    if not last or best[i] > best[last] then last = i end
  end
  local stays = {}
  while last do
    stays[last], last = true, previous[last]
  end
  return stays
end

-- Sections that stand elsewhere than in the kind: { {entry, the one it should follow} }.
function match.moved(schema, found)
  local groups, order, moved = {}, {}, {}
  for _, entry in ipairs(names.sections(schema)) do
    local parent = entry.parent or "top"
    if found[entry] and (parent == "top" or found[parent]) then
      if not groups[parent] then
        groups[parent] = {}
        order[#order + 1] = groups[parent]
      end
      table.insert(groups[parent], entry)
    end
  end
  for _, siblings in ipairs(order) do
    local stays = moved_in(siblings, found)
    for i, entry in ipairs(siblings) do
      if not stays[i] then moved[#moved + 1] = { entry, siblings[i - 1] } end
    end
  end
  return moved
end

return match
