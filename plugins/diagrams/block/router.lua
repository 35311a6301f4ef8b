-- SPDX-License-Identifier: MIT
-- Lines between blocks. A straight one where it meets no other block; else one that goes along the
-- gaps of the grid: the cheapest way by length and number of bends (Dijkstra's algorithm).
local borders = require "block.borders"

local router = {}

local BEND = 40 -- a corner costs as much as this many pixels
local SHARED = 60 -- and so does a piece of way that another edge has
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

local function nearest(list, n)
  local best = 1
  for i, value in ipairs(list) do
    if math.abs(value - n) < math.abs(list[best] - n) then best = i end
  end
  return best
end

-- A heap of {cost, state}; equal costs by state, so that the result does not depend on luck.
local function is_less(a, b)
  if a[1] ~= b[1] then return a[1] < b[1] end
  return a[2] < b[2]
end

local function push(heap, item)
  local i = #heap + 1
  heap[i] = item
  while i > 1 and is_less(item, heap[i // 2]) do
    heap[i], i = heap[i // 2], i // 2
    heap[i] = item
  end
end

local function pop(heap)
  local top, last = heap[1], table.remove(heap)
  if #heap == 0 then return top end
  local i = 1
  while true do
    local child = 2 * i
    if child > #heap then break end
    if heap[child + 1] and is_less(heap[child + 1], heap[child]) then child = child + 1 end
    if not is_less(heap[child], last) then break end
    heap[i], i = heap[child], child
  end
  heap[i] = last
  return top
end

local STEPS = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } }

-- States are crossings with the direction one came in: 4 * index + direction.
local function trace(before, state, w)
  local list = {}
  while state do
    table.insert(list, 1, state // 4 - 1)
    state = before[state]
  end
  for i, index in ipairs(list) do list[i] = { index % w + 1, index // w + 1 } end
  return list
end

local function find_way(xs, ys, start, goal, boxes, used)
  local w = #xs
  local function index(ix, iy) return (iy - 1) * w + ix - 1 end
  local best, before, heap, free = {}, {}, {}, {}
  local function is_free(a, b)
    local key = math.min(a, b) * 4 * w + math.max(a, b)
    if free[key] == nil then
      free[key] = is_clear(xs[a % w + 1], ys[a // w + 1], xs[b % w + 1], ys[b // w + 1], boxes)
    end
    return free[key]
  end
  local goal_index = index(goal[1], goal[2])
  for d = 0, 3 do
    local state = (index(start[1], start[2]) + 1) * 4 + d
    best[state] = 0
    push(heap, { 0, state })
  end
  while #heap > 0 do
    local cost, state = table.unpack(pop(heap))
    local at, d = state // 4 - 1, state % 4
    if at == goal_index then return trace(before, state, w) end
    local ix, iy = at % w + 1, at // w + 1
    if cost == best[state] then
      for turn, step in ipairs(STEPS) do
        local nx, ny = ix + step[1], iy + step[2]
        if nx >= 1 and nx <= w and ny >= 1 and ny <= #ys and is_free(at, index(nx, ny)) then
          local next_state = (index(nx, ny) + 1) * 4 + turn - 1
          local length = math.abs(xs[nx] - xs[ix]) + math.abs(ys[ny] - ys[iy])
          local total = cost + length + (turn - 1 ~= d and BEND or 0)
            + (used(xs[ix], ys[iy], xs[nx], ys[ny]) and SHARED or 0)
          if total < (best[next_state] or math.huge) then
            best[next_state], before[next_state] = total, state
            push(heap, { total, next_state })
          end
        end
      end
    end
  end
end

-- Corners alone, both ends cut at the borders.
local function corners(way, xs, ys, from, to)
  local points = {}
  for i, place in ipairs(way) do
    local last, next_place = way[i - 1], way[i + 1]
    local is_end = not (last and next_place)
    if is_end or (last[1] == place[1]) ~= (place[1] == next_place[1]) then
      points[#points + 1], points[#points + 2] = xs[place[1]], ys[place[2]]
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

-- A way through the gaps. Pieces that other edges with other ends have are used last.
local function detour(state, from, to, boxes)
  if state.detours >= MAX_DETOURS then return nil end
  state.detours = state.detours + 1
  local xs, ys = grid_lines(state.blocks, from, to, state.gaps)
  if #xs * #ys > MAX_CROSSINGS then return nil end
  local ax, ay = center(from)
  local bx, by = center(to)
  local function used(x1, y1, x2, y2)
    local owner = state.used[piece_key(x1, y1, x2, y2)]
    return owner and owner.from ~= from and owner.to ~= to
  end
  local way = find_way(xs, ys, { nearest(xs, ax), nearest(ys, ay) },
    { nearest(xs, bx), nearest(ys, by) }, boxes, used)
  if not way then return nil end
  for i = 2, #way do
    local a, b = way[i - 1], way[i]
    state.used[piece_key(xs[a[1]], ys[a[2]], xs[b[1]], ys[b[2]])] = { from = from, to = to }
  end
  return corners(way, xs, ys, from, to)
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
