-- Where ids are defined: a heading that starts with one (### REQ-12 Filters) or a list item that
-- starts with one in bold (- **FR-001**: Users filter by region).
local ids = {}

-- What stands behind a colon, a dash or the like. Dashes have three bytes, so they are no part of a
-- set of characters.
local function behind_separators(text)
  local at = text:match("^%s*()")
  while true do
    local behind = text:match("^[:.)%-]+()", at) or text:match("^\xE2\x80[\x93\x94]()", at)
    if not behind then return text:match("^%s*(.*)$", at) end
    at = behind
  end
end

-- "REQ-12: Filters" -> "REQ-12", "Filters"
local function split(text)
  local id, rest = text:match("^%s*(%u[%u%d]+[%u%d%-]*%-%d+)%f[^%w%-](.*)$")
  return id, rest and behind_separators(rest)
end

local function from_heading(node)
  local id, rest = split(node.text)
  if id then return id, rest, node.anchor end
end

local function from_item(item)
  local block = item.first
  local label = block and block.type == "paragraph" and block.first
  if label and label.type == "strong" then
    local id = split(label.text)
    if id then return id, select(2, split(block.text)), nil end
  end
end

local function emit_id(emit, node, id, title, anchor)
  emit.record("id", { id = id, title = title ~= "" and title or id, at = node, anchor = anchor })
end

function ids.collect(page, emit)
  for node in page:nodes("heading") do
    local id, title, anchor = from_heading(node)
    if id then emit_id(emit, node, id, title, anchor) end
  end
  for item in page:nodes("item") do
    local id, title = from_item(item)
    if id then emit_id(emit, item, id, title) end
  end
end

return ids
