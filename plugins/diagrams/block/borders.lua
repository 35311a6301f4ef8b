-- SPDX-License-Identifier: MIT
-- Where a line leaves a block: blocks have true borders, so lines end on circles and slopes.
local borders = {}

-- How far the left and the right side stand in at height `t` (0 top, 1 bottom) of a box of the
-- given width and height.
local INSETS = {
  ellipse = function(t, w)
    local inset = w / 2 * (1 - math.sqrt(math.max(0, 1 - (2 * t - 1) ^ 2)))
    return inset, inset
  end,
  diamond = function(t, w)
    local inset = w / 2 * math.abs(2 * t - 1)
    return inset, inset
  end,
  stadium = function(t, _, h)
    local inset = h / 2 * (1 - math.sqrt(math.max(0, 1 - (2 * t - 1) ^ 2)))
    return inset, inset
  end,
  hexagon = function(t, _, h)
    local inset = h / 4 * math.abs(2 * t - 1)
    return inset, inset
  end,
  lean_right = function(t, _, h) return h / 4 * (1 - t), h / 4 * t end,
  lean_left = function(t, _, h) return h / 4 * t, h / 4 * (1 - t) end,
  trapezoid = function(t, _, h) return h / 4 * (1 - t), h / 4 * (1 - t) end,
  trapezoid_up = function(t, _, h) return h / 4 * t, h / 4 * t end,
}

local function is_inside(block, x, y)
  local box = block.box
  local t = (y - box.y) / box.height
  if t < 0 or t > 1 then return false end
  local left, right = 0, 0
  local inset = INSETS[block.border]
  if inset then left, right = inset(t, box.width, box.height) end
  return x >= box.x + left and x <= box.x + box.width - right
end

-- The last point inside of `block` on the way from x, y (inside) to far_x, far_y (outside).
function borders.leave(block, x, y, far_x, far_y)
  local low, high = 0, 1
  for _ = 1, 20 do
    local middle = (low + high) / 2
    if is_inside(block, x + (far_x - x) * middle, y + (far_y - y) * middle) then
      low = middle
    else
      high = middle
    end
  end
  return x + (far_x - x) * low, y + (far_y - y) * low
end

-- Does the straight line run through `box`, made larger by `margin`?
function borders.crosses(x1, y1, x2, y2, box, margin)
  local low, high = 0, 1
  local function clip(from, delta, least, most)
    if math.abs(delta) < 1e-9 then return from > least and from < most end
    local a, b = (least - from) / delta, (most - from) / delta
    if a > b then a, b = b, a end
    low, high = math.max(low, a), math.min(high, b)
    return low < high
  end
  return clip(x1, x2 - x1, box.x - margin, box.x + box.width + margin)
    and clip(y1, y2 - y1, box.y - margin, box.y + box.height + margin)
end

return borders
