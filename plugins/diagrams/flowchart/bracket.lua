-- SPDX-License-Identifier: MIT
-- Shapes by brackets: "[text]", "((text))", "{{text}}", ">text]", with the text between them. What
-- Mermaid refuses in a text without quotation marks (brackets, mostly) is read as long as it is
-- plain which bracket ends the label.
local arrow = require "flowchart.arrow"

local bracket = {}

-- Longer openings first. A list of ends: {text, shape}.
local SHAPES = {
  { "(((", { ")))", "doublecircle" } }, { "((", { "))", "circle" } },
  { "([", { "])", "stadium" } }, { "(-", { "-)", "ellipse" } }, { "(", { ")", "roundedRect" } },
  { "[[", { "]]", "subroutine" } }, { "[(", { ")]", "cylinder" } },
  { "[/", { "/]", "lean_right" }, { "\\]", "trapezoid" } },
  { "[\\", { "\\]", "lean_left" }, { "/]", "inv_trapezoid" } },
  { "[", { "]", "squareRect" } }, { "{{", { "}}", "hexagon" } }, { "{", { "}", "diamond" } },
  { ">", { "]", "odd" } },
}

-- How many bytes the end of a label is searched for: on its line, and behind that.
local MOST, MOST_BELOW = 2000, 300

local function opening(s, at)
  for _, row in ipairs(SHAPES) do
    if s:sub(at, at + #row[1] - 1) == row[1] then return row end
  end
end

local function end_at(s, at, row)
  for i = 2, #row do
    local mark = row[i][1]
    if s:sub(at, at + #mark - 1) == mark then return row[i][2], at + #mark end
  end
end

-- May this stand behind a node?
local function goes_on(s, at)
  return s:find("^[ \t]*[\n;&@]", at) or s:find("^[ \t]*:::", at) or s:find("^[ \t]*$", at)
    or s:find("^[ \t]*%%%%", at) or arrow.follows(s, at)
end

-- A text without any bracket in it.
local function read_plain(s, at, row)
  local stop = at
  while true do
    stop = s:find(row[2][1]:find("[/\\]") and '[%[%](){}|"/\\]' or row[1] == "(-"
      and '[%[%](){}|"-]' or '[%[%](){}|"]', stop)
    if not stop then return nil end
    local shape, behind = end_at(s, stop, row)
    if shape then return s:sub(at, stop - 1), shape, behind end
    if not s:find("^[/\\-]", stop) then return nil, nil, stop end
    stop = stop + 1
  end
end

-- A quoted text may go on without quotation marks: ["one" and two].
local function with_rest(s, from, to, behind, is_markdown, row)
  local rest, shape, stop = read_plain(s, behind, row)
  if rest then return s:sub(from, to) .. rest, is_markdown, shape, stop end
end

-- "text" or "`text`" that fills the brackets: text, whether it is Markdown, shape, where it ends.
local function read_quoted(s, at, row)
  local from = s:match('^%s*"()', at)
  if not from then return nil end
  if s:byte(from) == 96 then
    local stop = s:find('[`"]', from + 1)
    if stop and s:sub(stop, stop + 1) == '`"' then
      local shape, behind = end_at(s, s:match("^%s*()", stop + 2), row)
      if shape then return s:sub(from + 1, stop - 1), true, shape, behind end
      return with_rest(s, from + 1, stop - 1, stop + 2, true, row)
    end
  end
  local stop = s:find('"', from, true)
  if not stop then return nil end
  local shape, behind = end_at(s, s:match("^%s*()", stop + 1), row)
  if shape then return s:sub(from, stop - 1), false, shape, behind end
  return with_rest(s, from, stop - 1, stop + 1, false, row)
end

local DEPTH = { ["("] = 1, ["["] = 1, ["{"] = 1, [")"] = -1, ["]"] = -1, ["}"] = -1 }

-- The first end at which all brackets of the label are closed and something can follow, on this
-- line or below; else the first end on the line behind which something can follow: then one of the
-- label's own brackets is open.
local function read_lenient(s, at, row)
  local depth, p, line_end = 0, at, s:find("\n", at, true) or #s + 1
  local last = math.min(#s, at + MOST, line_end + MOST_BELOW)
  local fallback
  while true do
    p = s:find("[][(){}/\\-]", p)
    if not p or p > last then break end
    local shape, behind = end_at(s, p, row)
    if shape and p > at and goes_on(s, behind) then
      if depth <= 0 then return s:sub(at, p - 1), shape, behind end
      if not fallback and p < line_end then fallback = { s:sub(at, p - 1), shape, behind, true } end
    end
    if fallback and p > line_end then break end
    depth = depth + (DEPTH[s:sub(p, p)] or 0)
    p = p + 1
  end
  if fallback then return table.unpack(fallback) end
end

local ARROWS = { "%-%-[->ox]", "==[=>]", "%-%.+%-" }

-- Where an arrow stands in a label.
local function arrow_in(text)
  for _, pattern in ipairs(ARROWS) do
    local at = text:find(pattern)
    if at then return at end
  end
end

-- Has a label swallowed the nodes behind it, because its own bracket was forgotten? True when it
-- holds an arrow or one more node, "maybe" when its brackets are in order.
local function swallows(text, mark, is_open)
  local found = arrow_in(text)
  if is_open then return found ~= nil or text:find("[%w_]%" .. mark:sub(1, 1)) ~= nil end
  local line = found and (text:find("\n", 1, true) or text:find("[%w_][%[({]", found))
  return line and "maybe"
end

-- "[|name:value|text]"
local function read_properties(s, at)
  local from = s:match("^%[|[^|%]\n]*|()", at)
  return from
end

local function unquote(s)
  return s:match('^%s*"`(.*)`"%s*$') or s:match('^%s*"(.*)"%s*$') or s
end

-- At `at` stands a bracket: {text, is_markdown, shape, stop, lenient_at}; nil when none does; nil
-- and the place when its label does not end. When Mermaid refuses the label, `lenient_at`
-- is where, `what` is why and `hint` the cure. `swallows` when the label seems to hold what was to
-- stand behind it.
function bracket.read(s, at)
  local properties = read_properties(s, at)
  local row = properties and { "[|", { "]", "rect" } } or opening(s, at)
  if not row then return nil end
  local from = properties or at + #row[1]
  local text, is_markdown, shape, stop = read_quoted(s, from, row)
  if text then
    -- Between "` and `" no other backtick may stand; here they are marks of code.
    local has_backticks = not is_markdown and text:byte() == 96
    if has_backticks then text = text:match("^`([^`]*%s`%S.*)`%s*$") or text end
    return { text = text, is_markdown = is_markdown or has_backticks, shape = shape, stop = stop,
      lenient_at = has_backticks and from + 1 or nil, what = "a backtick in a Markdown text",
      hint = "begin the text with another character" }
  end
  local where
  text, shape, stop = read_plain(s, from, row)
  if text then
    return { text = text, shape = shape, stop = stop, swallows = swallows(text, row[1]) }
  end
  where = stop or from
  local is_open
  text, shape, stop, is_open = read_lenient(s, from, row)
  if not text and #row[1] > 1 then
    -- "[/path]" is no leaning box, "(-x)" no ellipse: the second character belongs to the text.
    row = opening(row[1]:sub(1, 1) .. " ", 1)
    text, shape, stop, is_open = read_lenient(s, at + 1, row)
    where = at + 1
  end
  local is_more = text and swallows(text, row[1], is_open)
  if not text or is_more == true then return nil, at end
  return { text = unquote(text), shape = shape, stop = stop, swallows = is_more,
    lenient_at = where,
    what = "a bracket or quotation mark in a label", hint = 'quote this label: ["…"]' }
end

return bracket
