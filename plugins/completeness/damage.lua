-- SPDX-License-Identifier: MIT
-- What copying a text from elsewhere leaves behind: talk before the title, blanks and empty links
-- where a picture stood.

-- A blank written as an entity, alone or before a caption. It is where a picture was.
local BLANKS = { "&#x20;", "&#32;", "&#xA0;", "&#160;", "&nbsp;" }
local CAPTION = "^%s*[*_]+%s*[Ff]ig[u.]"

local SIGNS = { "![]", "]()", "](<>)", table.unpack(BLANKS) }

local function says_something(paragraph)
  for node in paragraph:nodes("text") do
    if node.parent.type ~= "image" and node.literal:find("[%w\x80-\xFF]") then return true end
  end
  return false
end

-- The first block before the only heading of level 1 that is more than a comment or a badge.
local function preamble(page)
  local count = 0
  for _, section in ipairs(page.sections) do
    if section.level == 1 then count = count + 1 end
  end
  if count ~= 1 then return nil end
  local first
  for node in page:root():children() do
    local kind = node.type
    if kind == "heading" then return node.level == 1 and first or nil end
    if not first and (kind == "paragraph" or kind == "list" or kind == "quote")
        and says_something(node) then
      first = node
    end
  end
end

local function without_blanks(text)
  local is_there = false
  for _, blank in ipairs(BLANKS) do
    local rest, count = text:gsub(blank, "")
    text, is_there = rest, is_there or count > 0
  end
  return text, is_there
end

local function lost_picture(page, paragraph)
  local first = paragraph.first
  if not first then return false end
  if first == paragraph.last and first.type == "image" then return not first.url:find("%S") end
  if paragraph.text:find("^%s*!%[[^%[%]]*%]%(?%s*%)?%s*$") then return true end
  if first.type ~= "text" or first.literal:find("%S") then return false end
  local rest, is_there = without_blanks(page:line(paragraph.line))
  return is_there and (not paragraph.text:find("%S") or rest:find(CAPTION) ~= nil)
end

return function(page, emit)
  local before = preamble(page)
  if before then
    emit.report { code = "content-before-title", severity = "info", at = before,
      message = "text stands before the title", hint = "delete it, or move it below the title" }
  end
  if not page:contains(table.unpack(SIGNS)) then return end
  for paragraph in page:nodes("paragraph") do
    if lost_picture(page, paragraph) then
      emit.report { code = "lost-figure", severity = "info", at = paragraph,
        message = "a picture seems to have been lost here",
        hint = "add it again, or delete what is left of it" }
    end
  end
end
