-- SPDX-License-Identifier: MIT
-- The small drawings of a sequence diagram: heads of arrows, figures of participants.
local svg = require "svg"

local shapes = {}
local number = svg.number

-- Path text from words and numbers.
local function path(...)
  local parts = { ... }
  for i, part in ipairs(parts) do
    if type(part) == "number" then parts[i] = number(part) end
  end
  return (table.concat(parts, " "):gsub(" *(%a) *", "%1"):gsub(" %-", "-"))
end
shapes.path = path

-- Name of an arrow -> how the line and both ends look.
function shapes.style(arrow)
  local half, place = arrow:match("^(%a+)_arrow_(%a+)_reverse")
  local style = { dotted = arrow:find("dotted", 1, true) ~= nil }
  if half then
    style.tail = half .. "_" .. place
    return style
  end
  half, place = arrow:match("^(%a+)_(%a+)")
  if half then
    style.head = half .. "_" .. place
    return style
  end
  local ending = arrow:match("%-(%a+)$")
  if ending == "both" then style.head, style.tail = "full", "full"
  elseif ending ~= "open" then style.head = ending or "full" end
  return style
end

-- How far the line stops before the tip.
function shapes.inset(head)
  return (head == "full" and 8) or (head == "cross" and 9) or 0
end

-- A head with its tip at x, y; `way` is 1 when it points right, -1 left.
function shapes.head(out, head, x, y, way)
  local back = x - 10 * way
  if head == "full" then
    out:element("path", { "class", "dg-head", "d", path("M", x, y, "l", -10 * way, "-5v10z") })
  elseif head == "cross" then
    local middle = x - 8 * way
    out:element("path", { "class", "dg-mark", "d", path("M", middle - 5, y - 5, "l 10 10 m 0 -10",
      "l -10 10") })
  elseif head == "point" then
    out:element("path", { "class", "dg-mark", "d", path("M", back, y - 5, "L", x, y, back, y + 5) })
  elseif head then
    local up = head:find("top", 1, true) and -1 or 1
    if head:find("^solid") then
      out:element("path", { "class", "dg-head", "d", path("M", x, y, "L", back, y + 6 * up, back, y,
        "Z") })
    else
      out:element("path", { "class", "dg-mark", "d", path("M", x, y, "L", back, y + 6 * up) })
    end
  end
end

local figures = {}

function figures.actor(out, x, y)
  out:element("circle", { "cx", x, "cy", y + 8, "r", 7 })
  out:element("path", { "d", path("M", x, y + 15, "v 12 m -13 -8 h 26 M", x - 11, y + 38, "L", x,
    y + 27, x + 11, y + 38) })
end

function figures.boundary(out, x, y)
  out:element("circle", { "cx", x + 5, "cy", y + 20, "r", 14 })
  out:element("path", { "d", path("M", x - 20, y + 8, "v 24 m 0 -12 h 11") })
end

function figures.control(out, x, y)
  out:element("circle", { "cx", x, "cy", y + 22, "r", 14 })
  out:element("path", { "d", path("M", x + 6, y + 3, "l -6 5 6 5") })
end

function figures.entity(out, x, y)
  out:element("circle", { "cx", x, "cy", y + 18, "r", 14 })
  out:element("path", { "d", path("M", x - 14, y + 36, "h 28 m -14 0 v -4") })
end

function figures.database(out, x, y)
  out:element("path", { "d", path("M", x - 15, y + 8, "v 24 c 0 7 30 7 30 0 v -24") })
  out:element("ellipse", { "cx", x, "cy", y + 8, "rx", 15, "ry", 5 })
end

local function box(out, x, y, width, height)
  out:element("rect", { "x", x, "y", y, "width", width, "height", height, "rx", 4 })
end

local frames = {}

function frames.participant(out, left, y, width, height)
  box(out, left, y, width, height)
  return left + width / 2
end

function frames.queue(out, left, y, width, height)
  local h = height / 2
  out:element("path", { "d", path("M", left + 8, y, "H", left + width - 8, "c -10 0 -10", height,
    "0", height, "H", left + 8, "c -10 0 -10", -height, "0", -height, "Z") })
  out:element("path", { "d", path("M", left + width - 8, y, "c 10 0 10", height, "0", height) })
  return left + width / 2 - 3, h
end

function frames.collections(out, left, y, width, height)
  box(out, left + 6, y, width - 6, height - 6)
  box(out, left, y + 6, width - 6, height - 6)
  return left + width / 2 - 3
end

-- The name of a participant with its figure, centred on x, from y down.
function shapes.actor(out, actor, head, x, y, line_height)
  out:open("g", { "class", "dg-node" })
  local lines, middle = head.lines, x
  local text_y
  if head.has_icon then
    figures[actor.type](out, x, y)
    text_y = y + head.height - #lines * line_height + line_height / 2 - 2
  else
    local left, height = x - head.width / 2, head.height
    local draw = frames[actor.type] or frames.participant
    middle = draw(out, left, y, head.width, height)
    local drop = actor.type == "collections" and 3 or 0
    text_y = y + drop + height / 2 - (#lines - 1) * line_height / 2
  end
  out:lines(lines, middle, text_y, line_height, {})
  out:close()
end

return shapes
