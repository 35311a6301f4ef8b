-- SPDX-License-Identifier: MIT
-- The register of people: who owns, approves and decides, and who has open tasks. Gathered from the
-- owners of pages, projects and records; nobody has to be declared.
local cells = require "cells"
local names = require "names"
local rows = require "rows"
local people = {}

local MAX_SHOWN = 3    -- of a list, without a click
local MAX_ENTRIES = 50 -- the rest is a number

-- Where names stand: kind of record, its field, and the list that the record goes to.
local SOURCES = {
  { "person", nil, "is" },
  { "approval", "person", "approves" },
  { "decision", "deciders", "decides" },
  { "review", "owner", "reviews" },
  { "risk", "owner", "risks" },
  { "revision", "author", "wrote" },
  { "revision", "approver", "approves_revision" },
}

local function new_person(name)
  return { name = name, roles = {}, owns = {}, approves = {}, decides = {}, reviews = {},
    risks = {}, wrote = {}, approves_revision = {}, is = {}, tasks = {} }
end

-- Calls use(name, list, row) for everybody who is named anywhere.
local function walk(store, use)
  for _, page in ipairs(store.site.pages) do
    if not page.is_generated and page.owner then
      for _, name in ipairs(names.split(page.owner)) do use(name, "owns", { page = page }) end
    end
  end
  for _, source in ipairs(SOURCES) do
    for _, row in ipairs(rows.of_kind(store, source[1])) do
      local value = source[2] and row.fields[source[2]] or not source[2] and row.record.title
      for _, name in ipairs(names.split(value)) do use(name, source[3], row) end
    end
  end
  for _, row in ipairs(rows.open_tasks(store)) do
    for _, name in ipairs(names.split(row.fields.owner)) do use(name, "tasks", row) end
  end
end

local function note_role(person, row)
  for _, field in ipairs { "job", "role", "organisation" } do
    local role = row.fields and row.fields[field]
    local key = role and role:lower()
    if role and not person.roles[key] then
      person.roles[key] = true
      table.insert(person.roles, role)
    end
  end
end

-- The directory of the portal: `list` of persons by name, `find(name)`, `has[name]`.
function people.gather(store)
  local directory = names.directory()
  walk(store, function(name) directory.add(name) end)
  directory.has, directory.list = {}, {}
  local by_anchor = {} -- "Ann-Lee" and "ann lee" are one
  walk(store, function(name, list, row)
    local known = directory.find(name)
    local anchor = names.anchor(known)
    local person = by_anchor[anchor]
    if not person then
      person = new_person(known)
      by_anchor[anchor] = person
      table.insert(directory.list, person)
    end
    directory.has[known] = person
    table.insert(person[list], row)
    if list == "is" or list == "approves" then note_role(person, row) end
  end)
  table.sort(directory.list, function(a, b)
    local left, right = names.fold(a.name), names.fold(b.name)
    if left ~= right then return left < right end
    return a.name < b.name
  end)
  return directory
end

-- Entries of one page are one.
local function by_page(list)
  local pages, counts = {}, {}
  for _, row in ipairs(list) do
    local path = row.page.path
    if not counts[path] then pages[#pages + 1] = row end
    counts[path] = (counts[path] or 0) + 1
  end
  return pages, counts
end

-- Short lists are shown, longer ones open by a click.
local function add_list(out, count, what, add_item)
  local is_long = count > MAX_SHOWN
  if is_long then out:add("<details><summary>", count, " ", what, "</summary>") end
  out:add("<ul>")
  for index = 1, math.min(count, MAX_ENTRIES) do
    out:add("<li>")
    add_item(index)
    out:add("</li>")
  end
  if count > MAX_ENTRIES then out:add("<li>and ", count - MAX_ENTRIES, " more</li>") end
  out:add(is_long and "</ul></details>" or "</ul>")
end

local function add_pages(out, list, view)
  local pages, counts = by_page(list)
  add_list(out, #pages, "pages", function(index)
    local row = pages[index]
    cells.add_link(out, view.place.to(row.record or row.page), row.page.title)
    if counts[row.page.path] > 1 then out:add(" (", counts[row.page.path], ")") end
  end)
end

local function add_rows(out, list, view)
  add_list(out, #list, "items", function(index)
    cells.add_link(out, view.place.to(list[index].record), rows.value(list[index], "title"))
  end)
end

local COLUMNS = {
  { "Roles", "roles", function(out, list) out:escape(table.concat(list, "; ")) end },
  { "Owns", "owns", add_pages },
  { "Approves", "approves", add_pages },
  { "Decides", "decides", add_rows },
  { "Risks", "risks", add_rows },
  { "Open items", "tasks", add_rows },
  { "Revisions", "wrote", add_pages },
}

local function used_columns(list)
  local used = {}
  for _, column in ipairs(COLUMNS) do
    for _, person in ipairs(list) do
      if #person[column[2]] > 0 then
        used[#used + 1] = column
        break
      end
    end
  end
  return used
end

function people.add_table(out, list, view)
  local columns = used_columns(list)
  out:add('<div class="table-wrap" tabindex="0" role="region" aria-label="People">\n',
    '<table class="register-table" data-tools>\n<thead><tr><th scope="col">Name</th>')
  for _, column in ipairs(columns) do out:add('<th scope="col">', column[1], "</th>") end
  out:add("</tr></thead>\n<tbody>\n")
  for _, person in ipairs(list) do
    out:add('<tr id="'):escape(names.anchor(person.name)):add('"><th scope="row">')
    out:escape(person.name):add("</th>")
    for _, column in ipairs(columns) do
      local entries = person[column[2]]
      out:add('<td data-label="', column[1], '" data-sort="', #entries, '"')
      if #entries == 0 then out:add(' class="empty"') end
      out:add(">")
      if #entries > 0 then column[3](out, entries, view) end
      out:add("</td>")
    end
    out:add("</tr>\n")
  end
  out:add("</tbody>\n</table>\n</div>\n")
end

return people
