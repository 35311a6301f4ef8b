-- SPDX-License-Identifier: MIT
-- One block as it is written: its id, shape and label, and how many columns it takes.
--   id  id["label"]  id(("label")):2  id<["label"]>(right, down)
local text = require "text"

-- Opening brackets, longer ones first, with what may close them and the type that both make.
local SHAPES = {
  { "(((", { [")))"] = "doublecircle" } },
  { "((", { ["))"] = "circle" } },
  { "([", { ["])"] = "stadium" } },
  { "(", { [")"] = "round" } },
  { "{{", { ["}}"] = "hexagon" } },
  { "{", { ["}"] = "diamond" } },
  { ">", { ["]"] = "rect_left_inv_arrow" } },
  { "[[", { ["]]"] = "subroutine" } },
  { "[(", { [")]"] = "cylinder" } },
  { "[/", { ["/]"] = "lean_right", ["\\]"] = "trapezoid" } },
  { "[\\", { ["\\]"] = "lean_left", ["/]"] = "inv_trapezoid" } },
  { "[", { ["]"] = "square" } },
}
local CLOSERS = { ")))", "))", "}}", "}", "]]", "])", "\\]", "/]", ")]", ")", "]" } -- longer first
local DIRECTIONS = { right = true, left = true, up = true, down = true, x = true, y = true }
local ARROW_HINT = 'a block arrow reads id<["label"]>(right), with right, left, up, down, x or y'

local function starts_with(s, at, part)
  return s:sub(at, at + #part - 1) == part
end

local function opener_at(s, at)
  for _, shape in ipairs(SHAPES) do
    if starts_with(s, at, shape[1]) then return shape[1], shape[2] end
  end
end

local function closer_at(s, at)
  for _, closer in ipairs(CLOSERS) do
    if starts_with(s, at, closer) then return closer end
  end
end

-- Without quotes the label ends at the first thing on its line that closes the shape.
local function bare_label(src, at, closers)
  local line_end = src.text:find("\n", at, true) or #src.text + 1
  for place = at, line_end - 1 do
    local closer = closer_at(src.text, place)
    if closer and closers[closer] then
      local raw = src.text:sub(at, place - 1)
      src:lenient(at, "a label without quotes", ('quote this label: "%s"'):format(
        text.trim(raw)))
      return raw, place
    end
  end
  return src:problem(at, "this label does not end on its line", "quote the label")
end

-- "label" or `label` in quotes; returns the raw text and the place behind.
local function label_at(src, at, closers)
  local raw, behind = src.text:match('^%s*"([^"]*)"()', at)
  if not raw then return bare_label(src, at, closers) end
  local markdown = raw:match("^`(.*)`$")
  if markdown then
    src:lenient(at, "Markdown in a label of a block", "take the backticks out")
    return markdown, behind
  end
  if raw == "" then src:lenient(at, "an empty label", 'write one blank: " "') end
  return raw, behind
end

local function arrow(src, at, node)
  local raw, behind = label_at(src, at + 2, { ["]"] = true })
  if not raw then return nil, behind end
  local list, stop = src.text:match("^%s*%]>%s*%(([^()\n]*)%)()", behind)
  if not list then
    return src:problem(behind, "the directions of this arrow are missing", ARROW_HINT)
  end
  node.directions = {}
  for word in list:gmatch("[^%s,]+") do
    if not DIRECTIONS[word] then
      return src:problem(behind, ("'%s' is no direction"):format(word), ARROW_HINT)
    end
    node.directions[#node.directions + 1] = word
  end
  if #node.directions == 0 then return src:problem(behind, "no direction is given", ARROW_HINT) end
  node.type, node.raw = "block_arrow", raw
  return stop
end

local function shape(src, at, node)
  local s = src.text
  if starts_with(s, at, "<[") then return arrow(src, at, node) end
  local opener, closers = opener_at(s, at)
  if not opener then return nil end
  local raw, behind = label_at(src, at + #opener, closers)
  if not raw then return nil, behind end
  local stop = s:match("^%s*()", behind)
  local closer = closer_at(s, stop)
  if not closer then
    return src:problem(stop, ("what closes '%s' is missing here"):format(opener),
      "quotes inside of a label are written #quot;")
  end
  node.type, node.raw = closers[closer] or "na", raw
  return stop + #closer
end

-- An id ends at what begins a shape, an edge or a size. A single "-" inside is read as part of it.
local function id_at(src, at)
  local id, behind = src.text:match("^([^%(%[%-%){}%s<>:]+)()", at)
  if not id then return nil end
  while true do
    local more, stop = src.text:match("^(%-[^%(%[%-%){}%s<>:.][^%(%[%-%){}%s<>:]*)()", behind)
    if not more then return id, behind end
    src:lenient(at, "'-' in the id of a block", "write '_'")
    id, behind = id .. more, stop
  end
end

-- {id, type, raw (label as written, or nil), directions, size} and the place behind; or nil and a
-- finding.
return function(src, at)
  local id, behind = id_at(src, at)
  if not id then
    return src:problem(at, "here a block, an edge or 'end' is expected", "ids begin with a letter")
  end
  local node = { id = id, type = "na", at = at }
  local stop, problem = shape(src, src.text:match("^%s*()", behind), node)
  if problem then return nil, problem end
  behind = stop or behind
  local size, after = src.text:match("^%s*:(%d+)()", behind)
  if size then node.size, behind = math.max(1, math.min(tonumber(size), 1000)), after end
  return node, behind
end
