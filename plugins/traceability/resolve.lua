-- SPDX-License-Identifier: MIT
-- What a relation leads from and to. An end is {page, record, anchor, key, text}.
local targets = require "targets"

local resolve = {}

local MAX_MISSES = 100
local NOTHING = {}

local function end_of(page, record, anchor)
  anchor = anchor or record and record.anchor or ""
  local path = page.path
  return { page = page, path = path, record = record, anchor = anchor, key = path .. "#" .. anchor }
end

-- "../a/./b.md" seen from "x/y/z.md" -> "x/a/b.md"
local function join(from, path)
  local parts = {}
  if path:sub(1, 1) ~= "/" then
    for part in (from:match("^(.*)/[^/]*$") or ""):gmatch("[^/]+") do parts[#parts + 1] = part end
  end
  for part in path:gmatch("[^/]+") do
    if part == ".." then
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  return table.concat(parts, "/")
end

local function page_by_path(site, page, target)
  local path = join(page.path, (target:gsub("#.*$", "")))
  for _, tail in ipairs { "", ".md", "/README.md", "/index.md" } do
    local found = site:page(path .. tail)
    if found then return found end
  end
end

-- Links in the text of a page, by line and target.
local function links_of(page, cache)
  local links = cache[page.path]
  if not links then
    links = {}
    for _, link in ipairs(page.links) do
      if link.form == "text" or link.form == "name" then
        links[link.line .. "\n" .. link.target] = link
      end
    end
    cache[page.path] = links
  end
  return links
end

-- The first record with an id at an anchor. Looked up in a table: a page may have thousands of both.
local function record_at(page, anchor, cache)
  if anchor == "" then return nil end
  local records = cache[page.path]
  if not records then
    records = {}
    for _, record in ipairs(page:records()) do
      if record.id then records[record.anchor] = records[record.anchor] or record end
    end
    cache[page.path] = records
  end
  return records[anchor]
end

-- A relation's target may be a link of the text: found by the core, which also reports it when it
-- is broken.
local function by_link(page, relation, target, cache)
  local link = links_of(page, cache.links)[relation.line .. "\n" .. target]
  if not link then return nil end
  if link.page then
    local record = link.record or record_at(link.page, link.anchor, cache.records)
    return end_of(link.page, record, link.anchor), true
  end
  return nil, true
end

-- The end of an id that is used once in the portal: most are. Kept, since many relations share it.
local function unique(site, id, cache)
  local known = cache.ids[id]
  if known == nil then
    local record = site:record(id)
    local page = record and record.page
    known = page and end_of(page, record) or false
    cache.ids[id] = known
  end
  return known or nil
end

local function add_name(names, name)
  if type(name) == "string" then names[name:lower()] = true end
end

-- All that an id can be the name of: records and pages.
local function names_of(site)
  local names = {}
  for _, record in ipairs(site:records()) do add_name(names, record.id) end
  for _, page in ipairs(site.pages) do
    local path, aliases = page.path, page.meta.aliases
    add_name(names, page.title)
    add_name(names, path:match("([^/]*)%.[^./]*$"))
    add_name(names, path:match("([^/]*)/[^/]*$"))
    for _, alias in ipairs(type(aliases) == "table" and aliases or { aliases }) do
      add_name(names, alias)
    end
  end
  return names
end

-- What a name leads to. A name that is none is compared with all names for a suggestion: after so
-- many, ids that nothing is called are not asked for any more.
local function find(site, name, page, cache)
  if cache.misses >= MAX_MISSES and targets.id_at(name) == name then
    cache.names = cache.names or names_of(site)
    if not cache.names[name:lower()] then return NOTHING end
  end
  local found = site:find(name, page)
  if not found.page then cache.misses = cache.misses + 1 end
  return found
end

-- The end that a relation leads to; else nil, whether somebody else reports that, a suggestion.
function resolve.target(site, relation, fields, cache)
  local target = fields.target
  local known = unique(site, target, cache)
  if known then return known end
  local page = relation.page
  local linked, is_link = by_link(page, relation, target, cache)
  if is_link then return linked, true end
  local other = target:find("[/.#]") and page_by_path(site, page, target)
  if other then return end_of(other, nil, "") end
  local found = find(site, target, page, cache)
  if found.page then return end_of(found.page, found.record, found.anchor) end
  return nil, false, found.suggestion
end

-- Where a relation comes from: the record that it says something about, else its page.
function resolve.source(site, relation, fields, cache)
  local id = fields.source
  local known = id and unique(site, id, cache)
  if known then return known end
  local page = relation.page
  local found = id and find(site, id, page, cache)
  return found and found.page and found.record and end_of(found.page, found.record) or
    end_of(page, nil, "")
end

-- Sections of a page by anchor; that of "" is the first.
local function sections_of(page, cache)
  local sections = cache[page.path]
  if not sections then
    sections = {}
    for i, section in ipairs(page.sections) do
      if i == 1 then sections[""] = section end
      sections[section.anchor] = sections[section.anchor] or section
    end
    cache[page.path] = sections
  end
  return sections
end

-- The fingerprint of what stands at an end.
function resolve.fingerprint(place, cache)
  local record = place.record
  if record and record.fingerprint ~= "00000000" then return record.fingerprint end
  local section = sections_of(place.page, cache.sections)[place.anchor]
  return section and section.fingerprint or nil
end

function resolve.new_cache()
  return { ids = {}, links = {}, records = {}, sections = {}, misses = 0 }
end

-- "REQ-12 Find leads"; the title of a page.
function resolve.title(place)
  place.title = place.title or resolve.new_title(place)
  return place.title
end

function resolve.new_title(place)
  local record = place.record
  if not record then return place.page.title end
  local id, title = record.id, record.title
  if not id then return title end
  return title ~= id and id .. " " .. title or id
end

return resolve
