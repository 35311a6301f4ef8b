-- SPDX-License-Identifier: MIT
-- Reads terms and their definitions: glossary tables, definition lists under headings such as
-- "Terminology", and the headings of a page called "Glossary".
local terms = {}

local MAX_DEFINITION = 400
local MAX_TITLE = 60

local function set(text)
  local words = {}
  for word in text:gmatch("[^,]+") do words[word:match("^%s*(.-)%s*$")] = true end
  return words
end

local TERM_COLUMNS = set [[term, terms, abbreviation, abbreviations, acronym, acronyms, abbr, abbr.,
  term/acronym, term or acronym, term / acronym, acronym/term, glossary term]]
local DEFINITION_COLUMNS = set [[definition, definitions, meaning, description, stands for,
  explanation, expansion, full form, full name, full term, what it means]]
local TITLES = set [[glossary, terminology, definitions, terms, terms and definitions,
  definitions and terms, definition of terms, glossary of terms, key terms, acronyms, abbreviations,
  acronyms and abbreviations, abbreviations and acronyms, definitions and acronyms,
  definitions & acronyms, terms & definitions, terminology and notation, glossary and acronyms,
  glossary and terminology, key concepts and terminology, definitions and abbreviations,
  terms and abbreviations, ubiquitous language]]
local NO_TERMS = set [[note, notes, example, examples, e.g., warning, important, todo, tbd,
  see also, optional, references, source, overview, introduction, purpose, scope, contents,
  table of contents]]

-- Without spaces at both ends and runs of spaces inside; linear in any text.
local function trim(text)
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- All of them begin with one of a few letters: most titles are told apart by that.
local function is_title(title)
  if #title > MAX_TITLE or not title:find("^[%d.%s]*[TtGgDdAaKkUu][EeLlCcBb]") then return false end
  return TITLES[title:lower():gsub("^[%d.]+%s+", ""):gsub("[:%s]+$", "")] == true
end

-- A page that is a glossary as a whole, by its title or its name.
function terms.is_glossary(page)
  local title = page.title:lower()
  return is_title(title) or title:find("glossary") ~= nil
    or page.path:lower():match("[^/]*$") == "glossary.md"
end

local function shorten(text)
  text = trim(text)
  if #text <= MAX_DEFINITION then return text end
  return (text:sub(1, utf8.offset(text, 0, MAX_DEFINITION - 2) - 1):gsub("%s+%S*$", "")) .. " …"
end

-- Up to seven words, not a sentence.
local function is_term(text)
  if #text > 70 or NO_TERMS[text:lower()] or not text:find("^[%w@.#\x80-\xFF]") then
    return false
  end
  if text:find("[.!?;]%s") or text:find("[.!?;,]$") or text:find("[%[%]<>|{}]") then
    return false
  end
  local _, spaces = text:gsub("%s+", "")
  return spaces <= 6
end

-- Two letters, or one of another script; E2 begins dashes, quotes and signs.
local function says_something(text)
  return text:find("%a%a") ~= nil or text:find("[\xC3-\xE1\xE3-\xF4]") ~= nil
end

local function emit_term(emit, node, name, definition)
  if #name > 200 then return end
  name = trim(name):gsub("^[\"']+", ""):gsub("[\"']+$", "")
  name = name:gsub("^\u{201C}", ""):gsub("\u{201D}$", "")
  definition = shorten(definition)
  if not is_term(name) or #definition < 3 or not says_something(definition) then return end
  emit.record("term", { title = name, at = node, fields = { definition = definition } })
end

-- --- tables -------------------------------------------------------------------------------------

local function header_columns(row)
  local term, definition, number = nil, nil, 0
  for cell in row:children() do
    number = number + 1
    local text = cell.text
    text = #text <= 60 and trim(text):lower() or ""
    if not term and TERM_COLUMNS[text] then
      term = number
    elseif not definition and DEFINITION_COLUMNS[text] then
      definition = number
    end
    if number == 6 then break end
  end
  return term, definition
end

local function read_table(emit, node)
  local term, definition = header_columns(node.first)
  if not (term and definition) then return end
  for row in node:children() do
    if not row.is_header then
      local cells = {}
      for cell in row:children() do cells[#cells + 1] = cell.text end
      emit_term(emit, row, cells[term] or "", cells[definition] or "")
    end
  end
end

-- --- lists and paragraphs -----------------------------------------------------------------------

local SEPARATORS = { ":%s+", "%s+\u{2013}%s+", "%s+\u{2014}%s+", "%s+%-%-?%s+", "%s+=%s+" }

-- "Term: definition" at the first separator; after a bold or italic beginning behind that.
local function split(paragraph)
  local first, text = paragraph.first, trim(paragraph.text)
  local type = first and first.type
  local from = 1
  if type == "strong" or type == "emphasis" or type == "code" or type == "link" then
    local name = trim(type == "code" and first.literal or first.text)
    if text:sub(1, #name) == name then
      local rest = text:sub(#name + 1)
      if name:find(":$") then return name:sub(1, -2), rest end
      local paren = rest:match("^%s*%b()") or ""
      for _, separator in ipairs(SEPARATORS) do
        local _, last = rest:sub(#paren + 1):find("^%s*" .. separator)
        if last then return name .. paren, rest:sub(#paren + last + 1) end
      end
      local _, last = rest:find("^:%s*")
      if last then return name, rest:sub(last + 1) end
      return nil
    end
  end
  local best, best_last
  for _, separator in ipairs(SEPARATORS) do
    local start, last = text:find(separator, from)
    if start and (not best or start < best) then best, best_last = start, last end
  end
  if not best then return nil end
  return text:sub(1, best - 1), text:sub(best_last + 1)
end

local function read_item(emit, item)
  local paragraph = item.first
  if not paragraph or paragraph.type ~= "paragraph" or item.task then return end
  local name, definition = split(paragraph)
  if not name then return end
  if not definition:find("%S") and paragraph.next then definition = paragraph.next.text end
  emit_term(emit, item, name, definition)
end

-- "**Term**: definition" as a paragraph of its own.
local function read_paragraph(emit, paragraph)
  local first, parent = paragraph.first, paragraph.parent
  if parent.type ~= "document" or not first or first.type ~= "strong" then return end
  local name, definition = split(paragraph)
  if name then emit_term(emit, paragraph, name, definition) end
end

-- --- headings -----------------------------------------------------------------------------------

-- "### Term" with a paragraph right behind it.
local function read_heading(emit, heading)
  local behind = heading.next
  if heading.level == 1 then return end
  if behind and behind.type == "paragraph" then
    emit_term(emit, heading, heading.text, behind.text)
  end
end

local function is_within(ranges, line)
  for _, range in ipairs(ranges) do
    if line > range[1] and line <= range[2] then return true end
  end
  return false
end

local function read_ranges(page, emit, ranges)
  for item in page:nodes("item") do
    if is_within(ranges, item.line) then read_item(emit, item) end
  end
  for paragraph in page:nodes("paragraph") do
    if is_within(ranges, paragraph.line) then read_paragraph(emit, paragraph) end
  end
  for heading in page:nodes("heading") do
    local line = heading.line
    if is_within(ranges, line) and not is_title(heading.text) then read_heading(emit, heading) end
  end
end

function terms.collect(page, emit)
  for node in page:nodes("table") do read_table(emit, node) end
  if terms.is_glossary(page) then
    read_ranges(page, emit, { { 0, page.line_count } })
    return
  end
  local ranges
  for _, section in ipairs(page.sections) do
    local title = section.title
    if is_title(title) then
      ranges = ranges or {}
      ranges[#ranges + 1] = { section.line, section.last_line }
    end
  end
  if ranges then read_ranges(page, emit, ranges) end
end

return terms
