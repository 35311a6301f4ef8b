-- SPDX-License-Identifier: MIT
-- Tables of requirements: a column with ids and one with the text.
local words = require "words"
local guidance = require "guidance"

local tables = {}

local TEXTS = { "requirement", "statement", "description", "specification", "shall", "text",
  "title", "summary", "name" }

local function is_id_header(text)
  return text == "id" or text == "#" or text == "no" or text == "no." or text == "nr" or
    text == "ref" or text == "key" or text:find("^req[%a.]* ?i?d$") ~= nil or
    text:find("^requirement%s?[%-]?%s?id$") ~= nil or text:find("^requirement no") ~= nil or
    text:find("^requirement #") ~= nil or text:find("^ids?%s") ~= nil or text:find("%sid$") ~= nil
end

local function text_column(headers, id_column)
  for _, wanted in ipairs(TEXTS) do
    for i, header in ipairs(headers) do
      if i ~= id_column and header:find(wanted, 1, true) and not header:find("by$") and
          not header:find("%sid$") then
        return i
      end
    end
  end
end

local function column(headers, names)
  for i, header in ipairs(headers) do
    for _, name in ipairs(names) do
      if header == name then return i end
    end
  end
end

local function read_headers(row)
  local headers = {}
  for cell in row:children() do headers[#headers + 1] = words.one_line(cell.text):lower() end
  return headers
end

local function layout(row)
  local headers = read_headers(row)
  local shape = { count = #headers }
  for i, header in ipairs(headers) do
    if is_id_header(header) then
      shape.id = i
      break
    end
  end
  if not shape.id and headers[1] and headers[1]:find("^requirements?$") then shape.id = 1 end
  shape.text = shape.id and text_column(headers, shape.id)
  shape.category = column(headers, { "category", "area", "quality", "quality attribute" })
  shape.level = column(headers, { "priority", "level", "moscow", "obligation" })
  for _, header in ipairs(headers) do
    shape.is_about = shape.is_about or header:find("requirement", 1, true) ~= nil
  end
  return shape
end

local function cell_text(cell)
  return cell and words.one_line(cell.text) or ""
end

local function read_row(row, shape, info, is_wanted, take)
  local cells = {}
  for cell in row:children() do cells[#cells + 1] = cell end
  local id_cell, text_cell = cells[shape.id], cells[shape.text]
  if not id_cell or not text_cell or id_cell:nodes("link")() then return end
  local id = words.split_id(cell_text(id_cell))
  local text = cell_text(text_cell)
  if text == "" or guidance.is_guidance(text_cell, text) then return end
  local level = words.level(text_cell, text) or shape.level and
    words.level_of_cell(cell_text(cells[shape.level])) or nil
  local is_taken = level ~= nil and info.is_about
  if id then is_taken = is_wanted(id, shape.is_about) end
  if not is_taken then return end
  local category = shape.category and words.category(cell_text(cells[shape.category])) or nil
  take { id = id, text = text, level = level, category = category, at = row }
end

function tables.read(node, info, is_wanted, take)
  local header = node.first
  if not header or not header.is_header then return end
  local shape = layout(header)
  if not shape.id or not shape.text then return end
  for row in node:children() do
    if not row.is_header then read_row(row, shape, info, is_wanted, take) end
  end
end

return tables
