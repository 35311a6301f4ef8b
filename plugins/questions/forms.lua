-- SPDX-License-Identifier: MIT
-- What only forms have: fences that wait for content, "Key:" with nothing behind it, and italic
-- guidance. Looked for in specs of a kind and where brackets were found.
local vocabulary = require "vocabulary"
local forms = {}

local LEADERS = { "", "%-%-%s+", "//%s*", "#%s+", ";%s+", "%%%%%s*", "/%*%s*", "<!%-%-%s*" }
local TRAILERS = { "", "%s*%*/", "%s*%-%->" }

-- "-- [Tables and keys]": a line that is nothing but a placeholder, perhaps in a comment.
local function line_placeholder(line)
  for _, leader in ipairs(LEADERS) do
    for _, trailer in ipairs(TRAILERS) do
      local inner = line:match("^%s*" .. leader .. "%[([^%[%]]+)%]" .. trailer .. "%s*$")
      if inner then return inner end
    end
  end
  return nil
end

local function add(found, node, line, title, style, place)
  found[#found + 1] = { sure = "certain", node = node, line = line, column = 1, title = title,
    style = style, place = place }
end

local function is_placeholder(inner, template)
  return template and template[inner]
    or vocabulary.judge(inner) == "certain" and inner:find("%s") ~= nil
end

-- Placeholders of code blocks; returns the blocks that are nothing else, by line.
local function read_fences(page, found, template)
  local empty = {}
  for node in page:nodes("code_block", "[") do
    local number = page:line(node.line):find("^[%s>]*[`~][`~][`~]") and node.line or node.line - 1
    local count, others = 0, 0
    for line in (node.literal):gmatch("[^\n]*\n?") do
      number = number + 1
      local inner = line:find("[", 1, true) and line_placeholder(line:gsub("\n$", ""))
      if inner and is_placeholder(inner, template) then
        add(found, node, number, inner, "bracket", "fence")
        count = count + 1
      elseif line:find("%S") then
        others = others + 1
      end
    end
    if count > 0 and others == 0 then empty[node.line] = true end
  end
  return empty
end

-- --- "Framework:" -------------------------------------------------------------------------------

-- A list that ends with "Diagram:" may have its value right behind it.
local function has_value_behind(item, empty)
  if item.next then return false end
  local list = item.parent
  local behind = list.next
  if not behind then return false end
  local type = behind.type
  if type == "code_block" then return not empty[behind.line] end
  return type == "table" or type == "quote" or type == "html_block" or type == "alert"
end

local function empty_key(item, empty)
  local paragraph = item.first
  if not paragraph or paragraph.type ~= "paragraph" or paragraph.next or item.task then
    return nil
  end
  local text = paragraph.text
  local key = #text <= 80 and text:match("^%s*([^:%[%]<>]+):%s*$")
  if not key or has_value_behind(item, empty) then return nil end
  return key
end

local function read_keys(page, found, empty)
  for item in page:nodes("item") do
    local key = empty_key(item, empty)
    if key then add(found, item, item.line, key, "key", "label") end
  end
end

-- --- italic guidance ----------------------------------------------------------------------------

local function guidance_of(paragraph, template)
  local first = paragraph.first
  if not first or first.type ~= "emphasis" then return nil end
  local text = first.text
  if template and template[paragraph.text] then return text end
  if not text:find("[.:)]$") and first.next then return nil end
  return vocabulary.is_instruction(text) and text or nil
end

local function read_guidance(page, found, template)
  for paragraph in page:nodes("paragraph") do
    local text = guidance_of(paragraph, template)
    if text then add(found, paragraph, paragraph.line, text, "guidance", "text") end
  end
end

function forms.read(page, found, template, opt)
  local empty = read_fences(page, found, template)
  if opt.keys then read_keys(page, found, empty) end
  if opt.guidance then read_guidance(page, found, template) end
end

return forms
