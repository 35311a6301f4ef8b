-- SPDX-License-Identifier: MIT
-- The text of a block as one line, with what it came from: code and links are opaque, so that
-- nothing is read in them, and each byte knows its node.
local blocks = {}

local CODE, LINK = "\1", "\2"
local HOLDERS = { heading = true, paragraph = true, table_cell = true }

-- The heading, paragraph or cell around an inline node; nil inside a link.
function blocks.around(node)
  local block = node.parent
  while block do
    local type = block.type
    if HOLDERS[type] then return block end
    if type == "link" or type == "image" then return nil end
    block = block.parent
  end
  return nil
end

local function add(flat, text, node)
  flat.spans[#flat.spans + 1] = { flat.size + 1, node }
  flat.parts[#flat.parts + 1] = text
  flat.size = flat.size + #text
end

local function walk(flat, parent)
  for node in parent:children() do
    local type = node.type
    if type == "text" then
      add(flat, node.literal, node)
    elseif type == "soft_break" or type == "line_break" then
      add(flat, " ", node)
    elseif type == "code" then
      add(flat, CODE, node)
    elseif type == "emphasis" or type == "strong" or type == "strike" then
      walk(flat, node)
    else
      add(flat, LINK, node)
    end
  end
end

-- {text, spans, block, label}: `label` is the last byte of a bold beginning that is a label.
function blocks.flatten(block)
  local flat = { block = block, parts = {}, spans = {}, size = 0 }
  local first = block.first
  walk(flat, block)
  flat.text = table.concat(flat.parts)
  flat.type = block.type
  local item = flat.type == "paragraph" and block.parent
  flat.is_item = item and item.type == "item" and not block.previous
  if first and first.type == "strong" and flat.type ~= "heading" then
    local bold = #first.text
    if flat.text:find("^%s*:", bold + 1) then
      flat.label = flat.text:find(":", bold + 1, true)
    elseif flat.text:find("^.-:%s*$") and flat.text:sub(bold, bold) == ":" or
        flat.text:sub(1, bold):find(":%s*$") then
      flat.label = bold
    end
  end
  if not flat.label and flat.is_item then -- "Last Review: [Date]"
    local colon = flat.text:find(":%s")
    if colon and colon <= 60 and not flat.text:sub(1, colon):find("[%[%].!?\1\2]") then
      flat.label = colon
    end
  end
  return flat
end

-- The node, line and column of a byte of the text.
function blocks.place(flat, at)
  local found = flat.spans[1]
  for _, span in ipairs(flat.spans) do
    if span[1] > at then break end
    found = span
  end
  local node = found[2]
  return node, node.line, node.column + at - found[1]
end

-- Bytes that the opaque parts stand for do not show in titles.
function blocks.plain(text)
  return (text:gsub("[\1\2]", "…"):gsub("%s+", " "):match("^%s*(.-)%s*$"))
end

function blocks.shorten(text, most)
  text = blocks.plain(text)
  if #text <= most then return text end
  local cut = utf8.offset(text, 0, most - 2)
  return (text:sub(1, cut - 1):gsub("%s+%S*$", "")) .. " …"
end

return blocks
