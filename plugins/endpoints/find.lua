-- SPDX-License-Identifier: MIT
-- Finds endpoints: where a piece of text names a method and a path, and what is said about them.
local path = require "path"
local find = {}

-- Text of inline nodes from `node` on, with raw HTML kept: <id> is a parameter. A limit keeps long
-- paragraphs cheap.
local function inline_text(node, limit)
  local texts, length = {}, 0
  while node and length < limit do
    local type = node.type
    local text = type == "html" and node.literal or type == "soft_break" and " "
      or type == "line_break" and " " or node.first and inline_text(node.first, limit) or node.text
    texts[#texts + 1] = text
    length = length + #text
    node = node.next
  end
  return table.concat(texts)
end

-- The block that an inline node stands in.
local function block_of(node)
  local block = node.parent
  while block do
    local type = block.type
    if type == "paragraph" or type == "heading" or type == "table_cell" then return block, type end
    block = block.parent
  end
end

-- Without what parts an endpoint from its description. Dashes – and — have three bytes, so they are
-- no part of a set of characters.
local function without_separators(text)
  local at = text:match("^[%s:)]*()")
  while true do
    local behind = text:match("^%-+()", at) or text:match("^\xE2\x80[\x93\x94]()", at)
    if not behind then return text:sub(at) end
    at = behind
  end
end

-- "[what it returns]": nobody has described it yet.
local function described(text)
  text = without_separators(path.cut(text)):gsub("%s+", " ")
  text = path.trim(text):gsub("%[%[[^%[%]|]*|([^%[%]]+)%]%]", "%1"):gsub("%[%[([^%[%]]+)%]%]", "%1")
  if not text:gsub("%b[]", ""):find("[%w\128-\255]") then return nil end
  return text
end

local NAMES = { description = true, purpose = true, summary = true, notes = true, returns = true,
  what = true, action = true, operation = true, function_ = true, use = true, usage = true,
  meaning = true, details = true, effect = true }
local METHOD = { method = true, verb = true, ["http method"] = true, methods = true,
  ["http verb"] = true }
local PATH = { path = true, endpoint = true, url = true, uri = true, route = true, resource = true,
  ["url path"] = true, api = true, address = true }

-- Columns of a table by its header.
local function columns_of(table_node)
  local columns, index = {}, 0
  for cell in table_node.first:children() do
    index = index + 1
    local word = path.trim(cell.text:lower())
    local name = METHOD[word] and "method" or PATH[word] and "path"
      or NAMES[word] and "description"
    if name and not columns[name] then columns[name] = index end
  end
  return columns
end

local function cells_of(row)
  local cells = {}
  for cell in row:children() do cells[#cells + 1] = inline_text(cell.first, 500) end
  return cells
end

-- A table with a column of methods and one of paths.
function find.table(table_node, found)
  local columns = columns_of(table_node)
  if not columns.method or not columns.path then return end
  for row in table_node:children() do
    local cells = not row.is_header and cells_of(row)
    local methods = cells and path.methods(cells[columns.method] or "")
    local written = cells and path.alone(cells[columns.path] or "")
    if methods and written then
      found[#found + 1] = { at = row, methods = methods, written = written,
        description = columns.description and described(cells[columns.description] or "") }
    end
  end
end

-- A cell that starts with method and path; the table's column tells what it does.
local function in_cell(cell)
  local row = cell.parent
  if row.is_header then return nil end
  local methods, written = path.split(inline_text(cell.first, 500), true)
  if not methods then return nil end
  local columns = columns_of(row.parent)
  local text = columns.description and cells_of(row)[columns.description]
  return { at = row, methods = methods, written = written, description = text and described(text) }
end

local function in_heading(heading)
  local methods, written, rest = path.split(inline_text(heading.first, 500), true)
  if not methods then return nil end
  local following = heading.next
  local text = described(rest)
  if not text and following and following.type == "paragraph" then
    text = described(inline_text(following.first, 2000))
  end
  return { at = heading, methods = methods, written = written, description = text }
end

-- "- `GET /leads` – a list", "- **GET /leads**: a list", "- GET `/leads` a list"
local function in_item(paragraph)
  local methods, written, rest = path.split(inline_text(paragraph.first, 2000), false)
  if not methods then return nil end
  if rest:find("^%s*[,;&]?%s*`?%u+ /") then rest = "" end -- one of several
  return { at = paragraph.parent, methods = methods, written = written,
    description = described(rest) }
end

-- The definition that the block of `node` is, or nil.
function find.definition(node)
  local block, type = block_of(node)
  if not block then return nil end
  if type == "table_cell" then return in_cell(block), block end
  if type == "heading" then return in_heading(block), block end
  if block.parent.type == "item" and not block.previous then return in_item(block), block end
  return nil, block
end

-- "**GET /leads**: a list" as a paragraph.
function find.bold(strong)
  local block = strong.parent
  if strong.previous or block.type ~= "paragraph" then return nil end
  local methods, written, rest = path.split(inline_text(strong.first, 500), true)
  if not methods or described(rest) then return nil end
  local following = strong.next
  return { at = block, methods = methods, written = written,
    description = following and described(inline_text(following, 2000)) }
end

-- A code span with method and path alone, in running text.
function find.span(code, block)
  local methods, written, rest = path.split(code.literal, true)
  if not methods or rest:find("%S") and not rest:find("^%s+HTTP/%d") then return nil end
  return { at = block, methods = methods, written = written }
end

return find
