-- SPDX-License-Identifier: MIT
-- The list "Relations" at the foot of a page: what it and the records on it lead to, and what leads
-- to them.
local resolve = require "resolve"

local SHOWN = 100

-- Lines {of, type, links}: grouped by what the relation is about, then by type.
local function new_groups()
  return { list = {}, by_key = {}, count = 0, left = 0 }
end

local function add(groups, of, name, text, url)
  if groups.count >= SHOWN then
    groups.left = groups.left + 1
    return
  end
  local key = of .. "\n" .. name
  local group = groups.by_key[key]
  if not group then
    group = { of = of, name = name, links = {}, seen = {} }
    groups.by_key[key] = group
    groups.list[#groups.list + 1] = group
  end
  if group.seen[url .. text] then return end
  group.seen[url .. text] = true
  groups.count = groups.count + 1
  group.links[#group.links + 1] = { text = text, url = url }
end

local function add_outgoing(groups, page, site, cache)
  for _, relation in ipairs(page:records("relation")) do
    local fields = relation.fields
    local to = resolve.target(site, relation, fields, cache)
    if to then
      local from = resolve.source(site, relation, fields, cache)
      add(groups, from.record and resolve.title(from) or "", fields.type,
        resolve.title(to), page:href(to.page, to.anchor ~= "" and to.anchor or nil))
    end
  end
end

local function add_incoming(groups, page)
  for _, related in ipairs(page:records("related")) do
    for _, link in ipairs(related.fields.links) do
      add(groups, link.of or "", link.type, link.title,
        page:href(link.path, link.anchor ~= "" and link.anchor or nil))
    end
  end
end

local function capital(text)
  return text:sub(1, 1):upper() .. text:sub(2)
end

local function add_group(out, group, is_new)
  if is_new and group.of ~= "" then
    out:add("<dt>"):escape(group.of):add("</dt>\n")
  end
  out:add("<dd><span>"):escape(capital(group.name)):add(":</span> ")
  for i, link in ipairs(group.links) do
    out:add(i > 1 and ", " or "", '<a href="'):escape(link.url):add('">'):escape(link.text)
      :add("</a>")
  end
  out:add("</dd>\n")
end

-- Groups of one subject stand together, subjects in the order in which they came; the page's own
-- come first.
local function in_order(groups)
  local subjects, by_subject = { "" }, { [""] = {} }
  for _, group in ipairs(groups.list) do
    if not by_subject[group.of] then
      by_subject[group.of] = {}
      subjects[#subjects + 1] = group.of
    end
    table.insert(by_subject[group.of], group)
  end
  return subjects, by_subject
end

return function(page, site)
  local groups = new_groups()
  add_outgoing(groups, page, site, resolve.new_cache())
  add_incoming(groups, page)
  if groups.count == 0 then return nil end
  local out = quoin.buffer()
  out:add('<section class="relations" aria-label="Relations"><h2>Relations</h2>\n<dl>\n')
  local subjects, by_subject = in_order(groups)
  for _, subject in ipairs(subjects) do
    if subject == "" and #by_subject[""] > 0 then out:add("<dt>This page</dt>\n") end
    for i, group in ipairs(by_subject[subject]) do add_group(out, group, i == 1) end
  end
  out:add("</dl>\n")
  if groups.left > 0 then out:add("<p>and ", groups.left, " more</p>\n") end
  return out:add("</section>\n"):text()
end
