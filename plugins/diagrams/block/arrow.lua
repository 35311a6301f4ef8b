-- SPDX-License-Identifier: MIT
-- Block arrows: boxes that point to one or several sides.
local path = require "path"

local arrow = {}

local HEAD = 16 -- depth of a head
local SIDE, ABOVE = 14, 8 -- between text and border

local SIDES = { right = { "right" }, left = { "left" }, up = { "up" }, down = { "down" },
  x = { "left", "right" }, y = { "up", "down" } }

-- Set of the sides it points to.
local function sides_of(directions)
  local sides = {}
  for _, direction in ipairs(directions or { "right" }) do
    for _, side in ipairs(SIDES[direction]) do sides[side] = true end
  end
  return sides
end

local function axes(sides)
  return sides.left or sides.right or false, sides.up or sides.down or false
end

-- Room for the text `l`.
function arrow.size(l, directions)
  local sides = sides_of(directions)
  local is_wide, is_tall = axes(sides)
  local w, h = math.max(l.width, 24) + 2 * SIDE, math.max(l.height, 18) + 2 * ABOVE
  for side in pairs(sides) do -- sums: the order cannot show
    if side == "left" or side == "right" then w = w + HEAD else h = h + HEAD end
  end
  if is_wide and not is_tall then h = h + 14 end
  if is_tall and not is_wide then w = w + 22 end
  return math.ceil(w), math.ceil(h)
end

-- The rectangle of the text inside of `box`.
local function body(box, sides)
  local is_wide, is_tall = axes(sides)
  local b = { x1 = box.x, y1 = box.y, x2 = box.x + box.width, y2 = box.y + box.height }
  if sides.left then b.x1 = b.x1 + HEAD end
  if sides.right then b.x2 = b.x2 - HEAD end
  if sides.up then b.y1 = b.y1 + HEAD end
  if sides.down then b.y2 = b.y2 - HEAD end
  if is_wide and not is_tall then
    b.y1, b.y2 = b.y1 + math.min(7, box.height / 5), b.y2 - math.min(7, box.height / 5)
  elseif is_tall and not is_wide then
    local inset = math.min(box.width / 5, 40)
    b.x1, b.x2 = b.x1 + inset, b.x2 - inset
  end
  return b
end

-- The outline clockwise from the top left corner of the body. Heads are as broad as the box when
-- the arrow has one axis, as broad as the body when it has two.
function arrow.path(box, directions)
  local sides = sides_of(directions)
  local is_wide, is_tall = axes(sides)
  local b = body(box, sides)
  local points = { b.x1, b.y1 }
  local function add(...)
    for _, n in ipairs { ... } do points[#points + 1] = n end
  end
  local x, y = box.x + box.width / 2, box.y + box.height / 2
  local flare_x, flare_y = not is_wide, not is_tall
  local left, right = flare_x and box.x or b.x1, flare_x and box.x + box.width or b.x2
  local top, bottom = flare_y and box.y or b.y1, flare_y and box.y + box.height or b.y2
  if sides.up then add(left, b.y1, x, box.y, right, b.y1) end
  add(b.x2, b.y1)
  if sides.right then add(b.x2, top, box.x + box.width, y, b.x2, bottom) end
  add(b.x2, b.y2)
  if sides.down then add(right, b.y2, x, box.y + box.height, left, b.y2) end
  add(b.x1, b.y2)
  if sides.left then add(b.x1, bottom, box.x, y, b.x1, top) end
  add(b.x1, b.y1)
  return path.rounded(points, 0) .. "z"
end

-- The middle of the text.
function arrow.text(box, directions)
  local b = body(box, sides_of(directions))
  return (b.x1 + b.x2) / 2, (b.y1 + b.y2) / 2
end

return arrow
