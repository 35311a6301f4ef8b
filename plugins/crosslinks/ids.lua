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

-- The bold beginning of an item.
local function from_bold(strong)
  local text = strong.text
  local id = text:find("[%u%d]%-%d") and split(text)
  local block = id and not strong.previous and strong.parent
  if not block or block.type ~= "paragraph" or block.previous then return nil end
  local item = block.parent
  if item.type == "item" then return id, select(2, split(block.text)), item end
end

local function emit_id(emit, node, id, title, anchor)
  emit.record("id", { id = id, title = title ~= "" and title or id, at = node, anchor = anchor })
end

-- Asking the sections costs less than asking the headings.
local function has_title(page)
  for _, section in ipairs(page.sections) do
    if section.title:find("^%u[%u%d]+[%u%d%-]*%-%d") then return true end
  end
  return false
end

function ids.collect(page, emit)
  if has_title(page) then
    for node in page:nodes("heading") do
      local id, title, anchor = from_heading(node)
      if id then emit_id(emit, node, id, title, anchor) end
    end
  end
  for strong in page:nodes("strong") do
    local id, title, item = from_bold(strong)
    if id then emit_id(emit, item, id, title) end
  end
end

return ids
