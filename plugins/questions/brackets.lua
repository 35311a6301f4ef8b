-- SPDX-License-Identifier: MIT
-- Placeholders in brackets and angles, in running text. A candidate is "certain", or "likely": what
-- is likely counts in a spec of a kind and on pages that have at least three certain ones.
local blocks = require "blocks"
local vocabulary = require "vocabulary"
local brackets = {}

local MAX_IN_BLOCK = 200 -- of one paragraph or cell

local function plain(text)
  return (text:gsub("%s+", " "):match("^%s*(.-)%s*$"))
end

-- What stands on both sides of it, without punctuation that means nothing.
local function context(flat, first, last)
  local text, label = flat.text, flat.label or 0
  local in_label = first <= label
  local from, to = in_label and 1 or label + 1, in_label and label or #text
  local before, after = text:sub(from, first - 1), text:sub(last + 1, to)
  if in_label then after = after:gsub(":%s*$", "") end
  return before, after, in_label
end

local function is_blank(text)
  return not text:find("[^%s.,;:*]")
end

-- "GET /" before it, or a slash in a path that a method begins.
local function is_path(before)
  return before:find("^%s*%u%u%u+%s+/[^%s]*$") ~= nil
end

local function judge_whole(flat, sure, verb, in_label)
  if flat.type == "heading" then return sure ~= "single" and sure end
  if sure == "certain" then
    return (flat.is_item or flat.type == "table_cell" or flat.label or verb) and sure
  end
  if sure == "likely" then return flat.label and not in_label and "certain" or sure end
  return nil
end

-- "certain", "likely" or nil, and the place.
local function judge(flat, first, last, inner, template)
  local text = flat.text
  local previous, next_char = text:sub(first - 1, first - 1), text:sub(last + 1, last + 1)
  local before, after, in_label = context(flat, first, last)
  local path = is_path(before)
  local place = flat.type == "heading" and "heading" or flat.type == "table_cell" and "table"
    or path and "path" or in_label and "label" or "text"
  if first > 1 and previous:find("^[%w%]%)\1\2$&#!\\]") then return nil end
  if next_char:find("^[%(%[]") then return nil end
  if template and template[plain(inner)] then return "certain", place end
  local sure, verb = vocabulary.judge(plain(inner))
  if not sure then return nil end
  if path then return "certain", place end
  if is_blank(before) and is_blank(after) then
    return judge_whole(flat, sure, verb, in_label), place
  end
  if verb == "strong" then return "certain", place end
  if verb and is_blank(before) then return "likely", place end
  local is_edge = is_blank(before) or is_blank(after) or before:find("%($")
  if flat.type == "heading" then return is_edge and sure ~= "single" and sure, place end
  if sure == "certain" and (flat.is_item or flat.type == "table_cell") and is_edge then
    return "likely", place
  end
  return nil
end

local function add(found, sure, flat, at, title, style, place)
  local node, line, column = blocks.place(flat, at)
  found[#found + 1] = { sure = sure, node = node, line = line, column = column, title = title,
    style = style, place = place }
  if sure == "certain" then found.certain = found.certain + 1 end
end

local function read_block(found, flat, template)
  local count = 0
  for first, inner, last in flat.text:gmatch("()%[([^%[%]]+)()%]") do
    count = count + 1
    if count > MAX_IN_BLOCK then return end
    local sure, place = judge(flat, first, last, inner, template)
    if sure then add(found, sure, flat, first, plain(inner), "bracket", place) end
  end
end

-- Only text that says something: not "[ ]", not "[x]".
local function may_hold(literal)
  return literal:find("%[[^%]%[%^!]?[^%]%[][^%]%[]") ~= nil
end

function brackets.read(page, found, template)
  local before
  for node in page:nodes("text", "[") do
    if may_hold(node.literal) then
      local block = blocks.around(node)
      if block and block ~= before then
        before = block
        read_block(found, blocks.flatten(block), template)
      end
    end
  end
end

-- --- *\<Version Number>* ------------------------------------------------------------------------

local function is_alone(node, text)
  local parent = node.parent
  local type = parent and parent.type
  return (type == "emphasis" or type == "strong" or type == "table_cell")
    and plain(parent.text) == text
end

local function add_angle(found, node, flat, first, inner)
  local written, label, kind = "<" .. inner .. ">", flat.label, flat.type
  local is_value = label and plain(flat.text:sub(label + 1)) == written
  if not is_value and not is_alone(node, written) then return end
  found[#found + 1] = { sure = "certain", node = node, line = node.line,
    column = node.column + first - 1, title = inner, style = "angle",
    place = kind == "heading" and kind or kind == "table_cell" and "table" or "text" }
  found.certain = found.certain + 1
end

function brackets.read_angles(page, found)
  local before, flat, count
  for node in page:nodes("text", "<") do
    for first, inner in (node.literal):gmatch("()<([^<>]+)>") do
      local block = vocabulary.judge_angle(inner) and blocks.around(node)
      if block and block ~= before then
        before, flat, count = block, blocks.flatten(block), 0
      end
      if block and count < MAX_IN_BLOCK then
        count = count + 1
        add_angle(found, node, flat, first, inner)
      end
    end
  end
end

return brackets
