-- SPDX-License-Identifier: MIT
-- Tells what an author wrote from what the template left: placeholders, guidance, keys without a
-- value, tasks that nobody ticked.
local names = require "names"
local holes = {}

local SKIPPED = { code = true, link = true, image = true, footnote_ref = true, html = true }
local known = setmetatable({}, { __mode = "k" })

-- How instructions to an author begin. Brackets in running text are more often links, editors' words
-- or notation than placeholders: there, they must begin like one or be the template's.
local ASKS = {}
for word in ([[add, attach, choose, define, delete, describe, detail, document, enter, explain, fill,
  give, highlight, identify, include, insert, link, list, mention, name, outline, provide, put,
  replace, say, select, specify, state, summarize, summarise, write, your]]):gmatch("%a+") do
  ASKS[word] = true
end

local function asks(text)
  return ASKS[(text:lower():match("^%s*(%a+)"))] == true
end

local function words(text)
  local _, count = text:gsub("%S+", "")
  return count
end

function holes.without_box(text)
  return (text:gsub("^%s*%[[ xX/~-]%]%s*", ""))
end

local function first_word(text)
  return (text:match("%w+") or ""):lower()
end

-- What the kind's page.md says, made comparable. Most text is told apart by its first word.
local function read_template(schema)
  local told = { blocks = {}, brackets = {}, starts = {} }
  for _, section in ipairs(schema.template or {}) do
    for inner in section.title:gmatch("%[([^%[%]]+)%]") do told.brackets[names.plain(inner)] = true end
    for _, block in ipairs(section.blocks) do
      for inner in block:gmatch("%[([^%[%]]+)%]") do told.brackets[names.plain(inner)] = true end
      if not block:find("{{", 1, true) then
        local text = holes.without_box(block)
        told.blocks[names.plain(text)] = true
        told.starts[first_word(text)] = true
      end
    end
  end
  return told
end

function holes.template(schema)
  known[schema] = known[schema] or read_template(schema)
  return known[schema]
end

-- Does the template say this, word for word?
function holes.is_told(text, told)
  return told.starts[first_word(text)] ~= nil and told.blocks[names.plain(text)] == true
end

-- The text without code, links and pictures: brackets in those are none of ours.
local function own_text(node, into)
  for child in node:children() do
    local kind = child.type
    if kind == "text" then
      into[#into + 1] = child.literal
    elseif kind == "soft_break" or kind == "line_break" then
      into[#into + 1] = " "
    elseif SKIPPED[kind] then
      into[#into + 1] = "\1"
    else
      own_text(child, into)
    end
  end
  return into
end

local MARKS = { optional = true, deprecated = true, required = true, mandatory = true,
  recommended = true, experimental = true }

local function is_mark(inner)
  return MARKS[inner:lower()] or inner:match("^%s*$") or inner:match("^[xX/~-]$") or inner:match("^%^") or inner:match("^%u$")
    or inner:match("^%u+%d+$") or inner:match("^[%d%s.,:;+-]*$") or inner:match("^NEEDS CLARIFICATION")
    or inner:match("^TBD") or inner:match("^TODO") or inner:match("^/?UNRESOLVED")
end

local function is_phrase(inner)
  return words(inner) >= 2 and inner:match("%a%a%a") and not inner:match("[=;{}\"|\1]")
end

-- The placeholders of a text: how many, and what is left without them.
local function find(text, told)
  local count, left = 0, text
  if text:find("[", 1, true) then
    text = text:gsub("%[%[[^%[%]]*%]%]", "\1") -- a wiki link
    left = text
    local value = text:gsub("%[[^%[%]]*%]", ""):gsub("^[^:]*:", "")
    local is_alone = value:match("^[%s%p]*$") ~= nil
    left = left:gsub("%[([^%[%]]+)%]", function(inner)
      if is_mark(inner) then return nil end
      if told.brackets[names.plain(inner)] or is_alone and #inner >= 3 and inner:match("%a")
        or asks(inner) and is_phrase(inner) then
        count = count + 1
        return ""
      end
    end)
  end
  if left:find("<", 1, true) then
    left = left:gsub("<(%u[^<>]*)>", function(inner)
      if not inner:find(" ", 1, true) and inner ~= inner:upper() then return nil end
      count = count + 1
      return ""
    end)
  end
  return count, left
end

-- Placeholders of a block and whether they are all of it; a label before them does not count.
function holes.placeholders(node, text, told)
  if not text:find("[", 1, true) and not text:find("<", 1, true) then return 0, false end
  local count, left = find(table.concat(own_text(node, {})), told)
  if count == 0 then return 0, false end
  left = left:match("^[^:]*:(.*)$") or left
  return count, left:match("^[%s%p\1]*$") ~= nil or holes.is_told(text, told)
end

-- In code, a placeholder is one of the template's, or a whole line with an instruction in it.
function holes.in_code(text, told)
  local count = 0
  for inner in text:gmatch("%[(%a[^%[%]\n]*)%]") do
    if inner:find(" ", 1, true) then
      if told.brackets[names.plain(inner)] then
        count = count + 1
      elseif #inner < 200 and inner:match("^%u") and is_phrase(inner) then
        local line = "\n%s*[-/#;%*]*%s*%[" .. inner:gsub("%p", "%%%0") .. "%]%s*[-/*]*%s*\n"
        if ("\n" .. text .. "\n"):find(line) then count = count + 1 end
      end
    elseif told.brackets[inner:lower()] then
      count = count + 1
    end
  end
  return count
end

-- The first child when it is in italics.
local function opening_italics(paragraph)
  local node = paragraph.first
  while node and node.type == "text" and node.literal:match("^%s*$") do node = node.next end
  return node and node.type == "emphasis" and node or nil
end

-- Italics to the last word.
local function is_all_italic(node, text)
  node = node.next
  while node do
    local kind = node.type
    if kind ~= "emphasis" and kind ~= "soft_break" and kind ~= "line_break"
      and not (kind == "text" and node.literal:match("^[%s%p]*$")) then
      return false
    end
    node = node.next
  end
  return words(text) >= 4
end

-- Whole italics are guidance where the kind says so, and elsewhere when they talk to the author.
local function talks_to_author(text)
  if asks(text) then return true end
  return text:find("his section", 1, true) and (text:find("must be", 1, true)
    or text:find("should be", 1, true) or text:find("is required", 1, true)
    or text:find("is encouraged", 1, true) or text:find("is optional", 1, true)) ~= nil
end

-- Is this paragraph what the template says to its author?
function holes.is_guidance(paragraph, text, told, schema, is_item)
  if holes.is_told(text, told) and words(text) >= 4 then return true end
  local is_italic_kind = schema.guidance == "italic"
  if not is_italic_kind and (is_item or not talks_to_author(text)) then return false end
  local italics = opening_italics(paragraph)
  if not italics then return false end
  if is_italic_kind then
    local first = italics.text
    if words(first) >= 5 and first:match("[.?!:]$") then return true end
  end
  return is_all_italic(italics, text)
end

-- "Framework:" is a key without a value; a sentence that ends in a colon is none.
function holes.is_empty_key(text)
  if not text:find(":", -3, true) then return false end
  local key = text:match("^%s*(%S.-):%s*$")
  return key ~= nil and words(key) <= 5 and key:match("^%u") ~= nil and not key:find("[.:!?(]")
end

return holes
