-- SPDX-License-Identifier: MIT
-- The cheapest way along the lines of a grid (Dijkstra's algorithm, E. W. Dijkstra 1959): by length,
-- bends, and what the caller adds.
local BEND = 40 -- a corner costs as much as this many pixels

local STEPS = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } }

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

local function nearest(list, n)
  local best = 1
  for i, value in ipairs(list) do
    if math.abs(value - n) < math.abs(list[best] - n) then best = i end
  end
  return best
end

-- A state is a crossing and the direction one came in: 4 * index + direction.
local function index_of(search, x, y)
  return (nearest(search.ys, y) - 1) * #search.xs + nearest(search.xs, x)
end

local function place_of(search, index)
  local w = #search.xs
  return (index - 1) % w + 1, (index - 1) // w + 1
end

local function offer(search, state, cost, from)
  if cost >= (search.best[state] or math.huge) then return end
  search.best[state], search.before[state] = cost, from
  push(search.heap, { cost, state })
end

-- From a crossing to the one beside it in direction `d`, counted from 0.
local function go(search, state, cost, d)
  local xs, ys = search.xs, search.ys
  local ix, iy = place_of(search, state // 4)
  local nx, ny = ix + STEPS[d + 1][1], iy + STEPS[d + 1][2]
  if not (xs[nx] and ys[ny]) then return end
  local x1, y1, x2, y2 = xs[ix], ys[iy], xs[nx], ys[ny]
  local price = search.price(x1, y1, x2, y2)
  if not price then return end
  local length = math.abs(x2 - x1) + math.abs(y2 - y1)
  offer(search, ((ny - 1) * #xs + nx) * 4 + d,
    cost + length + price + (d ~= state % 4 and BEND or 0), state)
end

local function trace(search, state)
  local points = {}
  while state do
    local ix, iy = place_of(search, state // 4)
    table.insert(points, 1, { search.xs[ix], search.ys[iy] })
    state = search.before[state]
  end
  return points
end

-- `xs`, `ys`: the lines in order; from one point to another, each on the lines next to it.
-- `price(x1, y1, x2, y2)`: what a piece costs besides its length; nil when no way leads there.
-- A list of crossings {x, y}, or nil.
return function(xs, ys, from, to, price)
  local search = { xs = xs, ys = ys, price = price, best = {}, before = {}, heap = {} }
  local start, goal = index_of(search, from.x, from.y), index_of(search, to.x, to.y)
  for d = 0, 3 do offer(search, start * 4 + d, 0, nil) end
  while #search.heap > 0 do
    local cost, state = table.unpack(pop(search.heap))
    if state // 4 == goal then return trace(search, state) end
    if cost == search.best[state] then
      for d = 0, 3 do go(search, state, cost, d) end
    end
  end
end
