-- SPDX-License-Identifier: MIT
-- The arrows of a flowchart: "-->", "<-.->", "x==x", "~~~", and the two halves around a text
-- ("-- text -->").
local arrow = {}

local HEADS = { x = "cross", o = "circle", [">"] = "arrow", ["<"] = "arrow" }
local OTHER_END = { x = "x", o = "o", [">"] = "<" }

-- Where the arrow that begins at `at` ends, and whether it is only the first half; nil when none
-- begins there. `at` is behind blanks.
local function extent(s, at)
  local line_at = s:find("^[xo<]", at) and at + 1 or at
  local mark = s:match("^[-=]", line_at)
  if mark then
    local behind = s:match(mark == "-" and "^%-+()" or "^=+()", line_at)
    local count = behind - line_at
    if count >= 2 then
      if s:find("^[xo>]", behind) then return behind + 1 end
      return behind, count == 2
    end
  end
  local behind = s:match("^%-?%.+%-[xo>]?()", line_at)
  if behind then return behind end
  if s:find("^%-%.", line_at) then return line_at + 2, true end
  return s:match("^~~~+()", at)
end

local function line_of(str)
  if str:find("~", 1, true) then return "invisible" end
  if str:find(".", 1, true) then return "dotted" end
  return str:find("=", 1, true) and "thick" or "solid"
end

-- {line, head, tail, length} of a whole arrow.
local function whole(str)
  local last, line = str:sub(-1), str:sub(1, -2)
  local edge = { line = line_of(str), head = HEADS[last] or "none" }
  if OTHER_END[last] and str:sub(1, 1) == OTHER_END[last] then
    edge.tail, line = edge.head, line:sub(2)
  end
  local _, dots = line:gsub("%.", "")
  edge.length = math.min(10, dots > 0 and dots or #line - 1)
  return edge
end

-- The edge that begins at `at`, or nil; where it ends; and whether a text must follow, as in
-- "-- text -->".
function arrow.read(s, at)
  local behind, is_half = extent(s, at)
  if not behind then return nil end
  local str = s:sub(at, behind - 1)
  if is_half then
    return { line = line_of(str), tail = HEADS[str:sub(1, 1)] }, behind, true
  end
  return whole(str), behind
end

local ENDS = { solid = "()%-%-+()[xo>]?()", thick = "()==+()[xo>]?()",
  dotted = "()%-?%.+%-()[xo>]?()" }

-- The second half: {line, head, tail, length}, where the text ends, and where the arrow does. A
-- letter x or o in front of it belongs to it, even when it was meant to end the text; then
-- `swallowed` is that letter.
function arrow.find_end(s, at, line)
  local from = at
  while true do
    local first, behind, stop = s:match(ENDS[line], from)
    if not first then return nil end
    local quote = s:find('"', from, true)
    if quote and quote < first then
      local closing = s:find('"', quote + 1, true)
      from = (closing or quote) + 1
    elseif line ~= "dotted" and behind - first == 2 and stop == behind then
      from = behind -- two dashes alone end nothing
    else
      local text_end = first
      if first > at and s:find("^[xo<]", first - 1) then text_end = first - 1 end
      local edge = whole(s:sub(text_end, stop - 1))
      local letter = s:match("^%w()[xo]", text_end - 1)
      if letter and text_end > at and not edge.tail then
        edge.swallowed = s:sub(text_end, text_end)
        edge.is_odd = line == "thick" -- Mermaid takes it for no arrow at all
      end
      return edge, text_end, stop
    end
  end
end

-- Both halves as one edge. `facts` holds what Mermaid makes of halves that do not fit each other:
-- it forgets what they said.
function arrow.join(first, second)
  local edge = { line = first.line, head = second.head, tail = second.tail or first.tail,
    length = second.length }
  if second.is_odd or first.tail and first.tail ~= second.head then
    edge.facts = { line = "solid", head = "arrow" }
  end
  return edge
end

local LONGEST_ID = 200

-- The id of an edge at `at` ("e1@-->") and where its arrow begins, or nil.
function arrow.read_id(s, at)
  local id = s:sub(at, at + LONGEST_ID):match('^([^%s"{}@]+)@')
  if id and extent(s, at + #id + 1) then return id, at + #id + 1 end
end

-- Does an arrow, perhaps with an id, begin behind the blanks at `at`?
function arrow.follows(s, at)
  at = s:match("^%s*()", at)
  return extent(s, at) ~= nil or arrow.read_id(s, at) ~= nil
end

return arrow
