-- SPDX-License-Identifier: MIT
-- Links terms at their first use in each section.
local matcher = require "matcher"
local link = {}

local MAX_COVERED = 20 -- places in one text that are looked at for a free one

local CLOSED = { link = true, heading = true, image = true, footnote_ref = true }
local DEFINING = { item = true, table_row = true, paragraph = true }

-- Not in links and headings, and not where the term itself is defined.
local function is_open(node, term, is_home)
  local above = node.parent
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

local function find_free(text, term, longer)
  local lower = text:lower()
  local haystack = term.is_exact and text or lower
  local first, last = matcher.find(haystack, term, 1)
  for _ = 1, MAX_COVERED do
    if not first or not is_covered(text, lower, first, last, longer)
        and not is_in_name(text, term, first, last) then
      return first, last
    end
    first, last = matcher.find(haystack, term, last + 1)
  end
  return nil
end

local function replace(node, text, first, last, url, term)
  local pieces = {}
  if first > 1 then pieces[1] = text:sub(1, first - 1) end
  pieces[#pieces + 1] = { url = url, text = text:sub(first, last), class = "term",
    title = term.definition }
  if last < #text then pieces[#pieces + 1] = text:sub(last + 1) end
  node:replace(pieces)
end

local function link_term(page, target, entry, longer)
  local term = entry.term
  local seen, is_home = {}, term.path == page.path
  local url
  for node in page:nodes("text", entry.part) do
    local text = node.literal
    local first, last = find_free(text, term, longer)
    if first then
      local section = node.section
      local key = section and section.line or 0
      local is_own = is_home and section and section.anchor == term.anchor
      if not seen[key] and not is_own and is_open(node, term, is_home) then
        seen[key] = true
        url = url or page:href(target, term.anchor)
        replace(node, text, first, last, url, term)
      end
    end
  end
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

function link.page(page, site, built)
  local list = matcher.present(built, page)
  for i, entry in ipairs(list) do
    local target = site:page(entry.term.path)
    if target then
      link_term(page, target, entry, containing(list, i - 1, entry.term.needle))
    end
  end
end

return link
