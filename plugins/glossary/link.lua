-- SPDX-License-Identifier: MIT
-- Links terms at their first use in each section.
local matcher = require "matcher"
local link = {}

local MAX_COVERED = 20 -- places in one text that are looked at for a free one

local CLOSED = { link = true, heading = true, image = true, footnote_ref = true }
local DEFINING = { item = true, table_row = true, paragraph = true }

-- Not in links and headings, and not where the term itself is defined.
local function is_open(node, term, is_home)
  local before, above = node.previous, node.parent
  if before and before.type == "raw" and before.literal:find("^<a[ >]") then return false end
  while above do
    local type = above.type
    if CLOSED[type] then return false end
    if is_home and DEFINING[type] and above.line == term.line then return false end
    above = above.parent
  end
  return true
end

-- Does a longer term cover this place? "module" is not linked in "module controller".
local function is_covered(text, lower, first, last, longer)
  for _, term in ipairs(longer) do
    local from, to = matcher.find(term.is_exact and text or lower, term,
      math.max(1, first - #term.needle))
    if from and from <= first and to >= last then return true end
  end
  return false
end

local ARTICLES = {}
for word in ([[the this that these those a an each every any no all some our your their its his her
  in on at of for to from by with as if when and or but]]):gmatch("%a+") do
  ARTICLES[word] = true
end

-- "Technical Lead" and "Lead Engineer" are names, not leads. Terms that are names themselves are
-- linked in any case.
local function is_in_name(text, term, first, last)
  if not term.is_common or not text:find("^%u", first) then return false end
  local before = text:sub(math.max(1, first - 40), first - 1):match("%f[%w](%u[%w-]*) $")
  return before ~= nil and not ARTICLES[before:lower()] or text:find("^ %u%l", last + 1) ~= nil
end

local function overlaps(parts, first, last)
  for _, part in ipairs(parts) do
    if first <= part.last and last >= part.first then return true end
  end
  return false
end

-- The first place of a term in a text that nothing else has taken.
local function find_free(place, term, longer)
  local text, lower = place.text, place.lower
  local haystack = term.is_exact and text or lower
  local first, last = matcher.find(haystack, term, 1)
  for _ = 1, MAX_COVERED do
    if not first or not overlaps(place.parts, first, last)
        and not is_covered(text, lower, first, last, longer)
        and not is_in_name(text, term, first, last) then
      return first, last
    end
    first, last = matcher.find(haystack, term, last + 1)
  end
  return nil
end

-- The texts of the page in which some term may be linked: each is changed once, at the end, since
-- the page's tree would have to be looked through again after every change.
local function place_of(places, node)
  local text = node.literal
  local key = node.line .. ":" .. node.column .. ":" .. text
  local place = places[key]
  if not place then
    local section = node.section
    place = { node = node, text = text, lower = text:lower(), parts = {}, section = section,
      line = section and section.line or 0 }
    places[key] = place
    places[#places + 1] = place
  end
  return place
end

local function link_term(page, target, entry, longer, places)
  local term = entry.term
  local seen, is_home = {}, term.path == page.path
  local url
  for node in page:nodes("text", entry.part) do
    local place = place_of(places, node)
    local section = place.section
    local is_own = is_home and section and section.anchor == term.anchor
    local first, last
    if not seen[place.line] and not is_own then first, last = find_free(place, term, longer) end
    if first and is_open(place.node, term, is_home) then
      seen[place.line] = true
      url = url or page:href(target, term.anchor)
      table.insert(place.parts, { first = first, last = last, url = url, term = term })
    end
  end
end

local function replace(place)
  local pieces, at = {}, 1
  table.sort(place.parts, function(one, other) return one.first < other.first end)
  for _, part in ipairs(place.parts) do
    if part.first > at then pieces[#pieces + 1] = place.text:sub(at, part.first - 1) end
    pieces[#pieces + 1] = { url = part.url, text = place.text:sub(part.first, part.last),
      class = "term", title = part.term.definition }
    at = part.last + 1
  end
  if at <= #place.text then pieces[#pieces + 1] = place.text:sub(at) end
  place.node:replace(pieces)
end

local function containing(list, count, needle)
  local longer = {}
  for i = 1, count do
    local other = list[i].term
    if #other.needle > #needle and other.needle:lower():find(needle:lower(), 1, true) then
      longer[#longer + 1] = other
    end
  end
  return longer
end

function link.page(page, site, built, opt)
  local list, places = matcher.present(built, page, opt), {}
  for i, entry in ipairs(list) do
    local target = site:page(entry.term.path)
    if target then
      link_term(page, target, entry, containing(list, i - 1, entry.term.needle), places)
    end
  end
  for _, place in ipairs(places) do
    if #place.parts > 0 then replace(place) end
  end
end

return link
