-- SPDX-License-Identifier: MIT
-- Edges that stand so close at one side of a box that their heads would cover each other become one
-- line before they reach it, with one head.
local heads = require "heads"

local LEAST = 4 -- pixels that a piece before the joint must keep

-- A list of numbers x1, y1, x2, y2 … from the end at `is_start` on: the place of point i.
local function index(points, i, is_start)
  return is_start and 2 * i - 1 or #points - 2 * i + 1
end

local function same(a, b) return math.abs(a - b) < 0.01 end

-- How an edge stands at one of its ends: {side, at (its place along that side), tip (across it), from
-- (where the piece before the last one begins, along the side), along (0 for x, 1 for y)}; nil when
-- its last piece is slanted.
local function stand(points, is_start)
  local a, b = index(points, 1, is_start), index(points, 2, is_start)
  local x1, y1, x2, y2 = points[a], points[a + 1], points[b], points[b + 1]
  local is_level = same(y1, y2)
  if is_level == same(x1, x2) then return nil end
  local along = is_level and 1 or 0
  local side = is_level and (x2 > x1 and "r" or "l") or (y2 > y1 and "d" or "u")
  local stands = { side = side, at = points[a + along], tip = points[a + 1 - along], along = along,
    is_start = is_start }
  if #points < 6 then return stands end
  local c = index(points, 3, is_start)
  if same(points[c + 1 - along], points[b + 1 - along]) then stands.from = points[c + along] end
  return stands
end

-- Does the label stand on the piece that would be moved?
local function holds_label(edge, route, stands)
  if not (edge.label and route.label_x) then return false end
  return math.abs((stands.along == 0 and route.label_x or route.label_y) - stands.at) < 1
end

-- Ends that look the same may be joined.
local function kind(edge, head)
  if edge.style or edge.from_label or edge.to_label or edge.line == "invisible" then return nil end
  return ("%s %s %s"):format(head or "none", edge.line or "", edge.class or "")
end

local function add(sides, key, edge, i, route, is_start)
  local end_stands = #route.points >= 4 and stand(route.points, is_start)
  if not end_stands then return end
  local head = is_start and edge.tail or not is_start and edge.head or "none"
  end_stands.kind, end_stands.width, end_stands.edge = kind(edge, head), heads.width(head), i
  if holds_label(edge, route, end_stands) then end_stands.from = nil end
  local name = key .. "\n" .. end_stands.side
  if not sides[name] then
    sides[name] = {}
    sides[#sides + 1] = sides[name]
  end
  table.insert(sides[name], end_stands)
end

local function can_reach(stands, at)
  if not stands.from then return same(stands.at, at) end
  local before, after = stands.at - stands.from, at - stands.from
  return before * after > 0 and math.abs(after) >= LEAST or same(stands.at, at)
end

-- The end where all of a run can meet: one that cannot be moved, for it is straight or its last piece
-- holds a label; else the middle one. Nil when there is none.
local function meeting(run)
  local found, fixed = run[(#run + 1) // 2], 0
  for _, stands in ipairs(run) do
    if not stands.from then found, fixed = stands, fixed + 1 end
  end
  if fixed > 1 then return nil end
  for _, stands in ipairs(run) do
    if not can_reach(stands, found.at) then return nil end
  end
  return found
end

local function is_crowded(run)
  for i = 2, #run do
    if run[i].at - run[i - 1].at < run[i].width then return true end
  end
  return false
end

local function join(run, routes)
  local middle = #run > 1 and is_crowded(run) and meeting(run)
  if not middle then return end
  for i, stands in ipairs(run) do
    local route = routes[stands.edge]
    local points = table.move(route.points, 1, #route.points, 1, {})
    local last, along = index(points, 1, stands.is_start), stands.along
    points[last + along], points[last + 1 - along] = middle.at, middle.tip
    points[index(points, 2, stands.is_start) + along] = middle.at
    local copy = setmetatable({ points = points }, { __index = route })
    if i > 1 then copy[stands.is_start and "hides_tail" or "hides_head"] = true end
    routes[stands.edge] = copy
  end
end

-- The routes of edges (graph.lua), in their order; those that are joined are copies.
return function(edges, placed)
  local routes, sides = table.move(placed, 1, #placed, 1, {}), {}
  for i, edge in ipairs(edges) do
    if edge.from ~= edge.to then
      add(sides, edge.from, edge, i, placed[i], true)
      add(sides, edge.to, edge, i, placed[i], false)
    end
  end
  for _, side in ipairs(sides) do
    table.sort(side, function(a, b)
      if a.at ~= b.at then return a.at < b.at end
      return a.edge < b.edge
    end)
    local run = {}
    for _, stands in ipairs(side) do
      if run[1] and (not stands.kind or stands.kind ~= run[1].kind) then
        join(run, routes)
        run = {}
      end
      run[#run + 1] = stands
    end
    join(run, routes)
  end
  return routes
end
