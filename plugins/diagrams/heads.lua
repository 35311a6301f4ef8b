-- SPDX-License-Identifier: MIT
-- Ends of edges: small paths with their tip at a point, turned to where the edge comes from.
local path = require "path"

local heads = {}

-- Each head in its own coordinates: the tip is 0 0, the edge comes along -x. `cut` is how far from
-- the tip the line ends, `room` how long a straight piece looks right, `width` the room across (10 if
-- it is not there). A part has a kind (solid,
-- open: filled with the background, line) and points {x, y, …}, or a circle {x, r}.
local KINDS = {
  none = { cut = 0, room = 6, width = 4 },
  arrow = { cut = 8, room = 16, { "solid", 0, 0, -10, -5, -10, 5 } },
  open = { cut = 0, room = 16, { "line", -10, -5, 0, 0, -10, 5 } },
  circle = { cut = 10, room = 18, { "solid", circle = { -5.5, 5 } } },
  cross = { cut = 8, room = 20, { "line", -13, -5, -3, 5 }, { "line", -13, 5, -3, -5 } },
  triangle = { cut = 14, room = 24, width = 16, { "open", 0, 0, -14, -8, -14, 8 } },
  diamond = { cut = 17, room = 26, { "solid", 0, 0, -9, -6, -18, 0, -9, 6 } },
  aggregation = { cut = 18, room = 26, { "open", 0, 0, -9, -6, -18, 0, -9, 6 } },
  lollipop = { cut = 14, room = 24, { "open", circle = { -7, 7 } } },
  -- crow's feet: the mark next to the box is the greatest number, the one behind it the least
  one_one = { cut = 0, room = 24, { "line", -8, -7, -8, 7 }, { "line", -13, -7, -13, 7 },
    { "line", -13, 0, 0, 0 } },
  zero_one = { cut = 0, room = 30, { "line", -8, -7, -8, 7 }, { "line", -13, 0, 0, 0 },
    { "open", circle = { -18, 5 } } },
  one_many = { cut = 0, room = 30, { "line", 0, -7, -13, 0, 0, 7 }, { "line", -19, -7, -19, 7 },
    { "line", -19, 0, 0, 0 } },
  zero_many = { cut = 0, room = 32, { "line", 0, -7, -13, 0, 0, 7 }, { "line", -13, 0, 0, 0 },
    { "open", circle = { -18, 5 } } },
  contains = { cut = 16, room = 26, { "open", circle = { -8, 8 } }, { "line", -16, 0, 0, 0 },
    { "line", -8, -8, -8, 8 } },
}

local CLASSES = { solid = "dg-head", open = "dg-port", line = "dg-mark" }

function heads.cut(kind) return (KINDS[kind] or KINDS.none).cut end
function heads.room(kind) return (KINDS[kind] or KINDS.none).room end
function heads.width(kind) return (KINDS[kind] or KINDS.none).width or 10 end
function heads.is_known(kind) return KINDS[kind] ~= nil end

local function circle_path(x, y, r)
  return path.join("M", x - r, y, "a", r, r, " 0 1 1 ", 2 * r, " 0", "a", r, r, " 0 1 1 ", -2 * r,
    " 0z")
end

local function points_path(part, x, y, ux, uy)
  local list = {}
  for i = 2, #part, 2 do
    list[i - 1] = x + part[i] * ux - part[i + 1] * uy
    list[i] = y + part[i] * uy + part[i + 1] * ux
  end
  return path.rounded(list, 0) .. (part[1] ~= "line" and "z" or "")
end

-- List of {class, path}: the head at x, y of an edge that arrives in direction ux, uy (length 1).
-- `scale` makes it larger for thick lines.
function heads.paths(kind, x, y, ux, uy, scale)
  local list = {}
  ux, uy = ux * (scale or 1), uy * (scale or 1)
  for i, part in ipairs(KINDS[kind] or KINDS.none) do
    local circle = part.circle
    list[i] = { CLASSES[part[1]], circle
      and circle_path(x + circle[1] * ux, y + circle[1] * uy, circle[2] * (scale or 1))
      or points_path(part, x, y, ux, uy) }
  end
  return list
end

-- Draws the head at once; `attributes` of the author's colour or nil.
function heads.draw(out, kind, x, y, ux, uy, attributes)
  for _, part in ipairs(heads.paths(kind, x, y, ux, uy)) do
    local list = { "class", part[1], "d", part[2] }
    for _, item in ipairs(attributes or {}) do list[#list + 1] = item end
    out:element("path", list)
  end
end

return heads
