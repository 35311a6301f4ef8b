-- SPDX-License-Identifier: MIT
-- Finds formulas in running text, by GitHub's rules: $a$ with no blank inside the dollars and no
-- letter or digit outside, $`a`$, and $$a$$. Markdown was read before, so that marks of emphasis and
-- backslashes are gone from the tree: what stands between the dollars is taken from the source.
local find = {}

local function char_at(s, at) return at >= 1 and at <= #s and s:sub(at, at) or "" end

local function may_open(before, behind)
  return not before:find("[%w\\$]") and behind ~= "" and not behind:find("[%s$]")
end

local function may_close(before, behind)
  return before ~= "" and not before:find("%s") and not behind:find("[%w$]")
end

-- Formulas in a piece of source, in order. Code spans are skipped, but for $`a`$.
local function in_source(raw)
  local list, at, open = {}, 1, nil
  while true do
    at = raw:find("[$`\\]", at)
    if not at then return list end
    local c = raw:sub(at, at)
    if c == "\\" then
      at = at + 1
    elseif c == "`" then
      local ticks = raw:match("^`+", at)
      local _, stop = raw:find(ticks, at + #ticks, true)
      if char_at(raw, at - 1) == "$" and stop and char_at(raw, stop + 1) == "$" then
        list[#list + 1], open = raw:sub(at + #ticks, stop - #ticks), nil
        stop = stop + 1
      end
      at = stop or at + #ticks - 1
    elseif c == "$" then
      local wide = raw:sub(at, at + 1) == "$$" and 2 or 1
      local before, behind = char_at(raw, at - 1), char_at(raw, at + wide)
      if open and open.wide == wide and (wide == 2 or may_close(before, behind)) then
        list[#list + 1], open = raw:sub(open.at + wide, at - 1), nil
      else
        open = (wide == 2 or may_open(before, behind)) and { at = at, wide = wide } or nil
      end
      at = at + wide - 1
    end
    at = at + 1
  end
end

-- Where formulas begin and end among the children of a node: {first, from, last, to, wide, text}.
-- `from` and `to` are the bytes of the dollars in the texts of those children.
local function in_children(children)
  local list, open = {}, nil
  for i, child in ipairs(children) do
    local s, at = child.type == "text" and child.literal or "", 1
    while true do
      at = s:find("$", at, true)
      if not at then break end
      local wide = s:sub(at, at + 1) == "$$" and 2 or 1
      local before, behind = char_at(s, at - 1), char_at(s, at + wide)
      local other = children[i + 1]
      if behind == "" and other then behind = other.type == "soft_break" and " " or "x" end
      if open and open.wide == wide and at == 1 and open.first < i then before = "x" end
      if open and open.wide == wide and (wide == 2 or may_close(before,
        char_at(s, at + wide))) then
        open.last, open.to = i, at + wide - 1
        list[#list + 1], open = open, nil
      else
        open = (wide == 2 or may_open(before, behind)) and { first = i, from = at, wide = wide } or nil
      end
      at = at + wide
    end
  end
  return list
end

local function text_between(children, span)
  local parts = {}
  for i = span.first, span.last do
    local child = children[i]
    local s = child.type == "soft_break" and "\n" or child.literal ~= "" and child.literal or child.text
    local from = i == span.first and span.from + span.wide or 1
    local to = i == span.last and span.to - span.wide or #s
    parts[#parts + 1] = s:sub(from, to)
  end
  return table.concat(parts)
end

local BLOCKS = { paragraph = true, heading = true, table_cell = true, item = true }

local function block_of(node)
  while node.parent and not BLOCKS[node.type] do node = node.parent end
  return node
end

local function source_of(page, block)
  local lines = {}
  for number = block.line, math.min(block.end_line, block.line + 200) do
    lines[#lines + 1] = page:line(number)
  end
  return table.concat(lines, "\n")
end

-- The formula of the source that reads like this text of the tree, where marks are gone. None when
-- the dollars were written with a backslash.
local function take(written, text)
  local wanted = text:gsub("[\\*_~`%s]", "")
  for i, source in ipairs(written) do
    if source and source:gsub("[\\*_~`%s]", "") == wanted then
      written[i] = false
      return source
    end
  end
end

local function formulas_in(page, parent)
  local children = {}
  for child in parent:children() do children[#children + 1] = child end
  local spans = in_children(children)
  if #spans == 0 then return nil end
  local written, kept = in_source(source_of(page, block_of(parent))), {}
  for _, span in ipairs(spans) do
    span.source = take(written, text_between(children, span))
    span.line, span.column = children[span.first].line, children[span.first].column + span.from - 1
    if span.source then kept[#kept + 1] = span end
  end
  return #kept > 0 and { children = children, spans = kept } or nil
end

-- A paragraph that is one $$ … $$: the formula, and whether it is.
local function whole_paragraph(page, parent)
  local first = parent.type == "paragraph" and parent.first
  if not first or first.literal:sub(1, 2) ~= "$$" then return nil end
  local raw = source_of(page, parent):match("^%s*%$%$(.-)%$%$%s*$")
  return raw and not raw:find("$$", 1, true) and raw or nil
end

-- Calls visit(parent, found) for every node that holds formulas: `found` is {children, spans} or
-- {block = formula}.
function find.each(page, visit)
  local parents, seen = {}, {}
  for node in page:nodes("text", "$") do
    local parent = node.parent
    local key = ("%s:%d:%d"):format(parent.type, parent.line, parent.column)
    if not seen[key] then
      seen[key] = true
      parents[#parents + 1] = parent
    end
  end
  for _, parent in ipairs(parents) do
    local block = whole_paragraph(page, parent)
    local found = block and { block = block, line = parent.line } or formulas_in(page, parent)
    if found then visit(parent, found) end
  end
end

return find
