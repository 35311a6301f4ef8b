-- SPDX-License-Identifier: MIT
-- Tells text that somebody wrote from what a template left behind.
local guidance = {}

local MARKERS = { "^NEEDS CLARIFICATION", "^TBD", "^TODO", "^P%d", "^US%d" }

-- "[do something]" but not "[x]", "[0, 100]", "[NEEDS CLARIFICATION: …]".
local function has_placeholder(block, text)
  if not text:find("[", 1, true) then return false end
  local parts = {}
  for node in block:nodes("text") do parts[#parts + 1] = node.literal end
  for inner in table.concat(parts):gsub("%[%[.-%]%]", ""):gmatch("%[([^%[%]]+)%]") do
    local is_marker = false
    for _, pattern in ipairs(MARKERS) do is_marker = is_marker or inner:find(pattern) ~= nil end
    if not is_marker and inner:find("%a%a") and not inner:find("^%u[%u%d%-]*%-%d+$") then
      return true
    end
  end
  return text:find("^%s*%[ID%-%d+%]") ~= nil
end

-- All of it in one pair of asterisks.
local function is_italic(block)
  local first = block.first
  if first and first.type == "text" and first.literal:find("^%s*$") then first = first.next end
  if not first or first.type ~= "emphasis" then return nil end
  local rest = first.next
  while rest do
    if rest.type ~= "text" or not rest.literal:find("^[%s.]*$") then return nil end
    rest = rest.next
  end
  return first
end

-- Is it the same as a text of the kind's template?
local function is_of_template(page, text)
  local schema = page.kind and page.schema
  for _, section in ipairs(schema and schema.template or {}) do
    for _, block in ipairs(section.blocks or {}) do
      if block == text then return true end
    end
  end
  return false
end

-- Italics are guidance, unless it is an item of a page with one of the words in bold in it, as in
-- "*The system **shall** send a mail.*", and the template does not say the same.
function guidance.is_guidance(block, text, page)
  if has_placeholder(block, text) then return true end
  local italic = is_italic(block)
  if not italic then return false end
  local parent = block.parent
  if not page or not parent or parent.type ~= "item" then return true end
  for node in italic:nodes("strong") do
    local bold = node.text:lower()
    if bold:find("^shall") or bold:find("^must") or bold:find("^should") or bold:find("^may") then
      return is_of_template(page, text)
    end
  end
  return true
end

return guidance
