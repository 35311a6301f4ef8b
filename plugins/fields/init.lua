-- SPDX-License-Identifier: MIT
-- Fields: labels with their values, filled or empty, as specs of a kind have them.
local labels = require "labels"

-- In a spec of a kind every bold label at the start of a line or item is a field.
local function read_bold(page, emit)
  for strong in page:nodes("strong") do
    local parent = strong.parent
    local key = parent.type == "paragraph" and labels.bold_key(strong)
    local item = key and parent.parent
    if item and item.type == "item" and not item.task then
      local value = labels.inline_value(strong)
      if value == "" and not parent.previous then value = labels.nested_value(item) end
      labels.emit(emit, item, key, value)
    elseif key and item.type == "document" then
      labels.emit(emit, strong, key, labels.inline_value(strong))
    end
  end
end

-- "Owner: Ann": up to five words before the colon, no code or links in them.
local function plain_key(item)
  local paragraph = item.first
  local first = paragraph and paragraph.type == "paragraph" and not item.task and paragraph.first
  if not first or first.type ~= "text" then return nil end
  local key, rest = first.literal:match("^(%a[^:%[%]()<>.!?]*):(.*)$")
  if not key or #key > 50 or (rest ~= "" and not rest:find("^%s")) then return nil end
  local _, spaces = key:gsub("%s+", "")
  if spaces > 4 then return nil end
  return key, paragraph
end

local function read_item(item)
  local key, paragraph = plain_key(item)
  if key then
    local value = labels.trim(paragraph.text:sub(#key + 2))
    if value == "" then value = labels.nested_value(item) end
    return key, value
  end
  paragraph = item.first
  local first = paragraph and paragraph.type == "paragraph" and not item.task and paragraph.first
  key = first and first.type == "strong" and labels.bold_key(first)
  if not key then return nil end
  local value = labels.inline_value(first)
  return key, value ~= "" and value or labels.nested_value(item), true
end

-- Whether a list may be one of labels, by its first item that is no task. Few accesses: this is
-- asked of every list.
local function begins_with_label(list)
  local item = list.first
  while item do
    local block = item.first
    local first = block and block.first
    if not first then return false end
    local type = first.type
    if type ~= "text" then return type == "strong" end
    local text = first.literal
    if text:find("^%a[^:]*:") then return true end
    if not item.task then return false end
    item = item.next
  end
  return false
end

-- The list at the head of a page: metadata that the page has already.
local function is_head(list)
  local before = list.previous
  return not before or before.type == "heading" and before.level == 1 and not before.previous
end

-- A list in which every item is a label, but for tasks; `max` bytes of a value at most.
local function read_list(emit, list, max, with_bold)
  local found = {}
  for item in list:children() do
    if not item.task then
      local key, value, is_bold = read_item(item)
      if not key or #value > max then return end
      found[#found + 1] = { item, key, value, is_bold }
    end
  end
  if #found < 2 and not (found[1] and found[1][3] == "") then return end
  for _, field in ipairs(found) do
    if with_bold or not field[4] then labels.emit(emit, field[1], field[2], field[3]) end
  end
end

return {
  name = "fields",
  api = 1,
  summary = "Labels and their values, filled or empty",
  emits = {
    field = { fields = { key = "string", value = "string", empty = "boolean",
      placeholder = "boolean" } },
  },
  options = {
    all_pages = { type = "boolean", default = true,
      help = "Read lists of labels on pages without a kind, too." },
    max_value = { type = "integer", default = 160,
      help = "Longest value in bytes of a list of labels on a page without a kind." },
  },

  collect = function(page, emit, opt)
    local kind = page.schema
    if not kind and not opt.all_pages then return end
    if kind then read_bold(page, emit) end
    for list in page:nodes("list") do
      if begins_with_label(list) and (kind or not is_head(list)) then
        read_list(emit, list, kind and math.huge or opt.max_value, not kind)
      end
    end
  end,
}
