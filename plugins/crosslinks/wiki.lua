-- SPDX-License-Identifier: MIT
-- Reads [[Name]], [[Name|text]], [[Name#Heading]] and [[#Heading]] in a text node.
local wiki = {}

-- Where `literal` stands in the source line, from byte `from`. Nil when it is written otherwise:
-- "\[[Name]]" is no link. In tables the bar is written "\|".
local function find_in_line(line, literal, from)
  local at = line:find(literal, from, true)
  local written = literal
  if not at and literal:find("|", 1, true) then
    written = literal:gsub("|", "\\|")
    at = line:find(written, from, true)
  end
  if not at or line:sub(at - 1, at - 1) == "\\" then return nil end
  return at, #written
end

-- All names of a node: target, text, their bytes in the literal, and their place in the file.
function wiki.find(page, node)
  local found, literal, number = {}, node.literal, node.line
  local line, from = page:line(number), math.max(node.column, 1)
  for first, inner, last in literal:gmatch("()%[%[([^%[%]]+)%]%]()") do
    local target, text = inner:match("^([^|]*)|(.*)$")
    target = (target or inner):match("^%s*(.-)%s*$")
    local at, length = find_in_line(line, literal:sub(first, last - 1), from)
    if at and target ~= "" and target ~= "#" then
      from = at + length
      text = text and text:match("^%s*(.-)%s*$")
      found[#found + 1] = { target = target, first = first, last = last - 1,
        text = text and text ~= "" and text or (target:gsub("^#", "")), line = number, column = at,
        length = length }
    end
  end
  return found
end

-- Is the byte `at` of the node's literal within a name?
function wiki.holds(page, node, at)
  if not node.literal:find("[[", 1, true) then return false end
  for _, name in ipairs(wiki.find(page, node)) do
    if at >= name.first and at <= name.last then return true end
  end
  return false
end

return wiki
