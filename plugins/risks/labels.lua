-- SPDX-License-Identifier: MIT
-- Cuts a paragraph at its labels: "**Risk:** It fails. **Mitigation:** Try again." has two parts.
local words = require "words"
local labels = {}

local MAX_TEXT = 4000 -- longer pieces in bold are no labels

-- "Risk: it fails" -> "risk", "it fails"; a bare "Risk" is a label when `follows` says so.
local function read_label(text, follows, extra)
  if #text > MAX_TEXT then return nil end
  local word, rest = text:match("^%s*([^:]-)%s*:%s*(.*)$")
  if word then
    local field = words.field(word, extra)
    if field then return field, rest, word end
  elseif follows and follows:find("^%s*:") or follows and words.dash_end(follows) then
    return words.field(text, extra), nil, text
  end
end

local function add(parts, text)
  local part = parts[#parts]
  part.text = part.text .. text
end

local function start(parts, field, word)
  parts[#parts + 1] = { field = field, word = words.trim(word):lower(), text = "" }
end

local function add_text(parts, literal, is_line_start, after_label, extra)
  if after_label then
    literal = literal:gsub("^%s*:%s*", "")
    literal = literal:sub((words.dash_end(literal) or 0) + 1)
  elseif is_line_start then
    local word, rest = literal:match("^%s*(%a[%a ]*):%s*(.*)$")
    local field = word and words.field(word, extra)
    if field then
      start(parts, field, word)
      literal = rest
    end
  end
  add(parts, literal)
end

-- Parts of a paragraph or cell: {field = nil or "risk", "mitigation", ...; text =}. The first may
-- be empty.
function labels.split(block, extra)
  local parts, is_line_start, after_label = { { text = "" } }, true, false
  for node in block:children() do
    local type = node.type
    if type == "soft_break" or type == "line_break" then
      add(parts, " ")
      is_line_start, after_label = true, false
    elseif type == "text" then
      add_text(parts, node.literal, is_line_start, after_label, extra)
      is_line_start, after_label = false, false
    elseif type ~= "html" then
      local text, following = node.text, node.next
      local field, rest, word
      if type == "strong" or type == "emphasis" then
        field, rest, word = read_label(text, following and following.literal, extra)
      end
      if field then
        start(parts, field, word)
        add(parts, rest or "")
        after_label = rest == nil
      else
        add(parts, text)
      end
      is_line_start = false
    end
  end
  for _, part in ipairs(parts) do part.text = words.trim(part.text:gsub("%s+", " ")) end
  if parts[1].text == "" and #parts > 1 then table.remove(parts, 1) end
  return parts
end

-- "**Technical Risks:**" and nothing else: its words without the colon.
function labels.alone(paragraph)
  local first = paragraph.first
  while first and first.type == "text" and not first.literal:find("%S") do first = first.next end
  if not first or first.type ~= "strong" then return nil end
  local text, following = first.text, first.next
  if following and following.type == "text" and following.literal:find("^%s*:?%s*$") then
    text = text .. following.literal
    following = following.next
  end
  if following then return nil end
  return text:match("^%s*(.-)%s*:%s*$")
end

-- "**Scope creep:** how do we decide" starts with a label in bold.
function labels.starts_with_label(paragraph)
  local first = paragraph.first
  if not first or first.type ~= "strong" then return false end
  local following = first.next
  return following ~= nil and (first.text:find(":%s*$") ~= nil
    or following.literal:find("^%s*:") ~= nil or following.literal:find("^%s+" .. words.DASH .. "%s") ~= nil)
end

return labels
