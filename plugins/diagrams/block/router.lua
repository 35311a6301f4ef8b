-- SPDX-License-Identifier: MIT
-- Lines between blocks. A straight one where it meets no other block; else one that goes along the
-- gaps of the grid.
local borders = require "block.borders"
local find_way = require "block.way"

local router = {}

local SHARED = 60 -- a piece of way that another edge has costs as much as this many pixels
local CLEARANCE = 3
local MAX_CROSSINGS = 3000 -- of the lines of the gaps; beyond, all edges are straight
local MAX_DETOURS = 80

local function center(block)
  local b = block.box
  return b.x + b.width / 2, b.y + b.height / 2
end

local function is_within(block, outer)
  while block do
    if block == outer then return true end
    block = block.parent
  end
  return false
end

-- Blocks that a line between `from` and `to` must not touch.
local function obstacles(leaves, from, to)
  local list = {}
  for _, leaf in ipairs(leaves) do
    if not is_within(leaf, from) and not is_within(leaf, to) then list[#list + 1] = leaf.box end
  end
  return list
end

local function is_clear(x1, y1, x2, y2, boxes)
  for _, box in ipairs(boxes) do
    if borders.crosses(x1, y1, x2, y2, box, CLEARANCE) then return false end
  end
  return true
end

-- Where two ranges overlap: the middle, moved by `shift` within; nil when they do not.
local function shared(a1, a2, b1, b2, shift)
  local low, high = math.max(a1, b1) + 6, math.min(a2, b2) - 6
  if low > high then return nil end
  return math.max(low, math.min(high, (low + high) / 2 + shift))
end

local function cut(from, to, x1, y1, x2, y2)
  local ax, ay = borders.leave(from, x1, y1, x2, y2)
  local bx, by = borders.leave(to, x2, y2, x1, y1)
  return { ax, ay, bx, by }
end

-- Upright or level where the blocks face each other, else from middle to middle.
local function straight(from, to, shift, boxes)
  local a, b = from.box, to.box
  local ax, ay = center(from)
  local bx, by = center(to)
  local x = shared(a.x, a.x + a.width, b.x, b.x + b.width, shift)
  local y = shared(a.y, a.y + a.height, b.y, b.y + b.height, shift)
  if x and not y and is_clear(x, ay, x, by, boxes) then return cut(from, to, x, ay, x, by) end
  if y and not x and is_clear(ax, y, bx, y, boxes) then return cut(from, to, ax, y, bx, y) end
  if is_clear(ax, ay, bx, by, boxes) then return cut(from, to, ax, ay, bx, by) end
end

local function sorted_lines(list)
  table.sort(list)
  local out = {}
  for _, n in ipairs(list) do
    if #out == 0 or n - out[#out] > 2 then out[#out + 1] = n end
  end
  return out
end

-- The middles of the gaps around all blocks, and the middles of the two ends.
local function grid_lines(blocks, from, to, gaps)
  local xs, ys = {}, {}
  for _, block in ipairs(blocks) do
    local b = block.box
    xs[#xs + 1], xs[#xs + 2] = b.x - gaps.x / 2, b.x + b.width + gaps.x / 2
    ys[#ys + 1], ys[#ys + 2] = b.y - gaps.y / 2, b.y + b.height + gaps.y / 2
  end
  for _, block in ipairs { from, to } do
    local x, y = center(block)
    xs[#xs + 1], ys[#ys + 1] = x, y
  end
  return sorted_lines(xs), sorted_lines(ys)
end

-- Into and out of a block only along its middle lines.
local function is_middle(block, x1, y1, x2, y2)
  if not borders.crosses(x1, y1, x2, y2, block.box, -1) then return true end
  local x, y = center(block)
  return math.abs(x1 - x) + math.abs(x2 - x) < 8 or math.abs(y1 - y) + math.abs(y2 - y) < 8
end

-- Corners alone, both ends cut at the borders.
local function corners(way, from, to)
  local points = {}
  for i, place in ipairs(way) do
    local last, next_place = way[i - 1], way[i + 1]
    local is_end = not (last and next_place)
    if is_end or (last[1] == place[1]) ~= (place[1] == next_place[1]) then
      points[#points + 1], points[#points + 2] = place[1], place[2]
    end
  end
  local n = #points
  if n < 4 then return nil end
  local bx, by, before_x, before_y = points[n - 1], points[n], points[n - 3], points[n - 2]
  points[1], points[2] = borders.leave(from, points[1], points[2], points[3], points[4])
  points[n - 1], points[n] = borders.leave(to, bx, by, before_x, before_y)
  return points
end

local function piece_key(x1, y1, x2, y2)
  if x1 > x2 or y1 > y2 then x1, y1, x2, y2 = x2, y2, x1, y1 end
  return ("%.0f %.0f %.0f %.0f"):format(x1, y1, x2, y2)
end

-- What a piece of way costs an edge, nil when it cannot lead there. Pieces that other edges with
-- other ends have are used last.
local function price_for(state, from, to, boxes)
  local known = {}
  return function(x1, y1, x2, y2)
    local key = piece_key(x1, y1, x2, y2)
    if known[key] == nil then
      local owner = state.used[key]
      known[key] = is_clear(x1, y1, x2, y2, boxes) and is_middle(from, x1, y1, x2, y2)
        and is_middle(to, x1, y1, x2, y2)
        and (owner and owner.from ~= from and owner.to ~= to and SHARED or 0)
    end
    return known[key]
  end
end

-- A way through the gaps.
local function detour(state, from, to, boxes)
  if state.detours >= MAX_DETOURS then return nil end
  state.detours = state.detours + 1
  local xs, ys = grid_lines(state.blocks, from, to, state.gaps)
  if #xs * #ys > MAX_CROSSINGS then return nil end
  local ax, ay = center(from)
  local bx, by = center(to)
  local way = find_way(xs, ys, { x = ax, y = ay }, { x = bx, y = by },
    price_for(state, from, to, boxes))
  if not way then return nil end
  for i = 2, #way do
    state.used[piece_key(way[i - 1][1], way[i - 1][2], way[i][1], way[i][2])] = { from = from,
      to = to }
  end
  return corners(way, from, to)
end

local function loop(block, count)
  local b = block.box
  local right, y, r = b.x + b.width, b.y + b.height / 2, 16 + 10 * count
  local x1, y1 = borders.leave(block, b.x + b.width / 2, y - 8, right + 9, y - 8)
  local x2, y2 = borders.leave(block, b.x + b.width / 2, y + 8, right + 9, y + 8)
  return { x1, y1, right + r, y - 8, right + r, y + 8, x2, y2 }
end

-- From a block inside to the border of a block around it: straight down.
local function to_outer(inner, outer)
  local x = center(inner)
  local bottom = inner.box.y + inner.box.height
  return { x, bottom, x, outer.box.y + outer.box.height }
end

local function reversed(points)
  local out = {}
  for i = #points - 1, 1, -2 do out[#out + 1], out[#out + 2] = points[i], points[i + 1] end
  return out
end

-- `leaves` are what edges must go around, `blocks` all that has a box; `gaps` {x, y}.
function router.new(leaves, blocks, gaps)
  return { leaves = leaves, blocks = blocks, gaps = gaps, used = {}, detours = 0, pairs = {} }
end

-- The points {x1, y1, …} of an edge between two blocks.
function router.route(state, from, to)
  local key = math.min(from.order, to.order) * 100000 + math.max(from.order, to.order)
  local count = state.pairs[key] or 0
  state.pairs[key] = count + 1
  if from == to then return loop(from, count) end
  if is_within(from, to) then return to_outer(from, to) end
  if is_within(to, from) then return reversed(to_outer(to, from)) end
  local shift = (count % 2 == 0 and 1 or -1) * ((count + 1) // 2) * 18
  local boxes = obstacles(state.leaves, from, to)
  local points = straight(from, to, shift, boxes) or detour(state, from, to, boxes)
  if points then return points end
  local ax, ay = center(from)
  local bx, by = center(to)
  return cut(from, to, ax, ay, bx, by)
end

return router
