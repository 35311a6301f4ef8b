-- SPDX-License-Identifier: MIT
-- The edge between two blocks as it is written:  -->  --x  <-.->  -- "label" -->
local text = require "text"

-- What is a whole edge, and what begins one with a label. GitHub knows neither == nor ~~~ here.
local WHOLE = { "^<?%-%-+[%-xo>]", "^<?%-?%.+%-[xo>]?", "^<?==+[=xo>]", "^~~~+" }
local BEGIN = { "^<?%-%-", "^<?%-%.", "^<?==" }
local ENDS = { [">"] = "arrow", ["<"] = "arrow", x = "cross", o = "circle" }

local function find_first(s, at, patterns)
  for _, pattern in ipairs(patterns) do
    local _, stop = s:find(pattern, at)
    if stop then return s:sub(at, stop), stop + 1 end
  end
end

local function line_of(mark)
  if mark:find("=", 1, true) then return "thick" end
  if mark:find("~", 1, true) then return "invisible" end
  return mark:find(".", 1, true) and "dotted" or "solid"
end

-- "label" and the mark that ends the edge. Without quotes the label ends at that mark.
local function labelled(src, at)
  local raw, behind = src.text:match('^%s*"([^"]*)"%s*()', at)
  if raw then
    local mark, stop = find_first(src.text, behind, WHOLE)
    if mark then return raw, mark, stop end
    return src:problem(behind, "the end of this edge is missing", 'write A -- "label" --> B')
  end
  local line_end = src.text:find("\n", at, true) or #src.text + 1
  for place in src.text:sub(at, line_end - 1):gmatch("()[%-<=]") do
    local mark, stop = find_first(src.text, at + place - 1, WHOLE)
    if mark then
      raw = text.trim(src.text:sub(at, at + place - 2))
      src:lenient(at, "the label of an edge without quotes", ('quote this label: "%s"'):format(raw))
      return raw, mark, stop
    end
  end
  return src:problem(at, "the end of this edge is missing", 'write A -- "label" --> B')
end

-- {raw (label), head, tail, line} and the place behind; nil when no edge stands at `at`; nil and a
-- finding when it is broken.
return function(src, at)
  local s = src.text
  local mark, behind = find_first(s, at, WHOLE)
  local raw, start
  if not mark then
    start, behind = find_first(s, at, BEGIN)
    if not start then return nil end
    raw, mark, behind = labelled(src, behind)
    if not raw then return nil, mark end
  end
  local line = line_of(mark)
  if line == "thick" or line == "invisible" then
    src:lenient(at, ("'%s' between blocks"):format(mark), "write -->")
  end
  if s:find("^%s*|[^|\n]*|", behind) then
    src.findings[#src.findings + 1] = { code = "lenient", severity = "info", line = src:place(at),
      column = select(2, src:place(at)), message = "what stands between '|' is a block of its own",
      hint = 'write A -- "label" --> B' }
  end
  return { raw = raw, line = line, at = at, head = ENDS[mark:sub(-1)],
    tail = ENDS[mark:match("^[<]")], drawn_tail = ENDS[(start or mark):match("^[<]")] }, behind
end
