-- SPDX-License-Identifier: MIT
-- Marks placeholders in the text of their page, so that readers see what is not filled yet.
local blocks = require "blocks"
local mark = {}

local function titles_of(page)
  local titles, any = {}, false
  for _, record in ipairs(page:records("placeholder")) do
    if record.fields.style == "bracket" then
      titles[record.title], any = true, true
    end
  end
  return any and titles or nil
end

-- The text itself stays text: other plugins, labels and anchors read it.
local function add_marked(pieces, text)
  pieces[#pieces + 1] = { html = '<mark class="placeholder">' }
  pieces[#pieces + 1] = text
  pieces[#pieces + 1] = { html = "</mark>" }
end

local function pieces_of(text, titles)
  local pieces, at = {}, 1
  for first, inner, last in text:gmatch("()%[([^%[%]]+)%]()") do
    if titles[blocks.shorten(inner, 160)] then
      if first > at then pieces[#pieces + 1] = text:sub(at, first - 1) end
      add_marked(pieces, text:sub(first, last - 1))
      at = last
    end
  end
  if #pieces > 0 and at <= #text then pieces[#pieces + 1] = text:sub(at) end
  return pieces
end

function mark.page(page)
  if page.is_generated then return end
  local titles = titles_of(page)
  if not titles then return end
  for node in page:nodes("text", "[") do
    local pieces = pieces_of(node.literal, titles)
    if #pieces > 0 then node:replace(pieces) end
  end
end

return mark
