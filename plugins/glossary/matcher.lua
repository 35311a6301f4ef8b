-- SPDX-License-Identifier: MIT
-- Finds the terms that a page uses. The list of terms is made once for each worker.
local terms = require "terms"
local matcher = {}

-- "Credential Service Provider (CSP)" is known by both names.
local function names_of(title)
  local long, short = title:match("^(.-)%s*%(([^()]+)%)$")
  if not long then return { title } end
  if short:find("%s") then return { long } end
  return { long, short }
end

local function add_names(list, record, opt)
  local page, fields = record.page, record.fields
  for _, name in ipairs(names_of(record.title)) do
    local is_exact = name:find("^[%u%d][%u%d%p]*$") ~= nil
    if #name >= opt.min_length and name:find("^%w") then
      list[#list + 1] = { name = name, is_exact = is_exact, needle = is_exact and name
        or name:lower(), is_common = name:find("^.%U*$") ~= nil, path = page.path, anchor = record.anchor, line = record.line,
        definition = fields.definition }
    end
  end
end

local function by_length(a, b)
  if #a.name ~= #b.name then return #a.name > #b.name end
  if a.name ~= b.name then return a.name < b.name end
  if a.path ~= b.path then return a.path < b.path end
  return a.line < b.line
end

-- Terms of glossaries hold in their project, those at the portal's top everywhere; others on the
-- page that defines them.
function matcher.build(site, opt)
  local everywhere, own, count, glossaries = {}, {}, 0, {}
  for _, record in ipairs(site:records("term")) do
    local page = record.page
    local path = page.path
    if glossaries[path] == nil then glossaries[path] = terms.is_glossary(page) end
    if glossaries[path] or opt.everywhere then
      if count < opt.max_terms then add_names(everywhere, record, opt) end
      count = count + 1
    else
      own[path] = own[path] or {}
      add_names(own[path], record, opt)
    end
  end
  table.sort(everywhere, by_length)
  for _, list in pairs(own) do table.sort(list, by_length) end
  return { everywhere = everywhere, own = own, by_folder = {} }
end

-- One entry for each name, the longest first: the page's own before those of its project and of
-- the portal. The words of one project mean nothing in another.
local function choose(built, own, folder, opt)
  local list, seen = {}, {}
  local function add(source, fits)
    for _, term in ipairs(source) do
      if not seen[term.needle] and (not fits or fits(term.path)) then
        seen[term.needle] = true
        list[#list + 1] = term
      end
    end
  end
  add(own)
  if folder ~= "" then
    add(built.everywhere, function(path) return path:sub(1, #folder) == folder end)
  end
  add(built.everywhere, not opt.everywhere and function(path) return not path:find("/", 1, true) end)
  table.sort(list, by_length)
  return list
end

local function relevant(built, page, opt)
  local path = page.path
  local folder, own = path:match("^[^/]*/") or "", built.own[path]
  if own then return choose(built, own, folder, opt) end
  local list = built.by_folder[folder]
  if not list then
    list = choose(built, {}, folder, opt)
    built.by_folder[folder] = list
  end
  return list
end

-- A word of its own; a plural "s" belongs to it. `text` is in lower case but for exact terms.
-- Returns first and last byte.
function matcher.find(haystack, term, at)
  while true do
    local first, last = haystack:find(term.needle, at, true)
    if not first then return nil end
    if haystack:find("^s%f[^%w_]", last + 1) then last = last + 1 end
    local before, after = haystack:byte(first - 1), haystack:byte(last + 1)
    if not (before and first > 1 and matcher.in_word[before])
        and not (after and matcher.in_word[after]) then
      return first, last
    end
    at = last + 1
  end
end

matcher.in_word = {}
for byte = 0, 255 do
  matcher.in_word[byte] = byte >= 0x80 or string.char(byte):find("[%w_-]") ~= nil
end

-- What the text nodes that have the term have in common, as far as that is one string: "odule" for
-- "Module" and "module"; nil when there are more spellings.
local function common_part(text, lower, term)
  local needle, part = term.needle, nil
  local first, last = lower:find(needle, 1, true)
  for _ = 1, 1000 do
    if not first then return part end
    local written = text:sub(first, last)
    if not part then
      part = written
    elseif written ~= part and written:sub(2) ~= part then
      if written:sub(2) ~= part:sub(2) then return nil end
      part = part:sub(2)
    end
    first, last = lower:find(needle, last + 1, true)
  end
  return nil
end

-- Terms of the page that its text has at all, each with what to look for.
function matcher.present(built, page, opt)
  local found = {}
  if #built.everywhere == 0 and not built.own[page.path] then return found end
  local text = page:root().text
  local lower = text:lower()
  for _, term in ipairs(relevant(built, page, opt)) do
    if (term.is_exact and text or lower):find(term.needle, 1, true) then
      found[#found + 1] = { term = term,
        part = term.is_exact and term.needle or common_part(text, lower, term) }
    end
  end
  return found
end

return matcher
