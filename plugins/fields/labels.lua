-- SPDX-License-Identifier: MIT
-- Labels and what stands behind them: "**Owner**: Ann", "**Owner:** Ann", "Owner: Ann".
local labels = {}

local MAX_VALUE = 400
local MAX_PARTS = 20 -- of a value that stands under its label

-- Without spaces at both ends and runs of spaces inside; linear in any text.
local function trim(text)
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end
labels.trim = trim

local function shorten(text)
  if #text <= MAX_VALUE then return text end
  return (text:sub(1, utf8.offset(text, 0, MAX_VALUE - 2) - 1):gsub("%s+%S*$", "")) .. " …"
end

-- The key when this bold text is a label: it stands at the start of its line, and a colon is its
-- last letter or follows it.
function labels.bold_key(strong)
  local before = strong.previous
  if before then
    local type = before.type
    if type == "text" then
      if not before.literal:find("^%[?[ xX/~-]?%]?%s*$") then return nil end
    elseif type ~= "soft_break" and type ~= "line_break" then
      return nil
    end
  end
  local key = trim(strong.text)
  if key:find(":$") then return trim(key:sub(1, -2)) end
  local behind = strong.next
  return behind and behind.type == "text" and behind.literal:find("^%s*:") and key or nil
end

-- What stands behind the label on its line, up to the next label.
function labels.inline_value(strong)
  local out, node = {}, strong.next
  while node do
    local type = node.type
    if type == "strong" and labels.bold_key(node) then break end
    if type == "soft_break" or type == "line_break" then
      out[#out + 1] = " "
    elseif type ~= "html" then
      out[#out + 1] = type == "text" and node.literal or node.text ~= "" and node.text
        or node.literal
    end
    node = node.next
  end
  return trim((table.concat(out):gsub("^%s*:", "")))
end

local function is_waiting(block)
  return block.literal:find("^%s*%[[^%[%]]*%]%s*$") ~= nil or not block.literal:find("%S")
end

-- What stands under an item: nested lists, paragraphs, code; behind the last item of a list also a
-- block that the list's end cut off.
function labels.nested_value(item)
  local out = {}
  local block = item.first and item.first.next
  while block do
    if block.type == "list" then
      for child in block:children() do
        out[#out + 1] = child.first and child.first.text or nil
        if #out >= MAX_PARTS then break end
      end
    else
      out[#out + 1] = block.type == "code_block" and block.literal or block.text
    end
    block = block.next
  end
  local behind = not item.next and item.parent.next
  if #out == 0 and behind and behind.type == "code_block" and not is_waiting(behind) then
    out[1] = behind.literal
  end
  return trim(table.concat(out, "; "))
end

-- "[Insert name]", "[a]; [b]", "<Version>": nothing but placeholders.
local function is_placeholder(value)
  local rest = value:gsub("%b[]", ""):gsub("%s*%(e%.g%.[^()]*%)", "")
  if rest ~= value or value:find("^<[^<>]+>") then
    rest = rest:gsub("^<[^<>]+>", "")
    return not rest:find("[^%s;,.:]")
  end
  return false
end

function labels.emit(emit, node, key, value)
  if key == "" or #key > 120 or key:find("^%u[%u%d-]*%-%d+$") then return end -- "FR-001" is an id
  value = shorten(value)
  emit.record("field", { title = key, at = node, fields = { key = key,
    value = value ~= "" and value or nil, empty = value == "",
    placeholder = is_placeholder(value) or nil } })
end

return labels
