-- SPDX-License-Identifier: MIT
-- Finds places for the labels of points: beside the point where there is room, else a little away
-- with a line to it. No label covers another, a point, or leaves the chart.
local place = {}

local GAP = 4
local REACH = 64 -- how far a label may stand from its point

local function overlap(a, b)
  return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height
    and b.y < a.y + a.height
end

local function is_free(box, room, taken)
  if box.x < room.x or box.y < room.y or box.x + box.width > room.x + room.width
    or box.y + box.height > room.y + room.height then
    return false
  end
  for _, other in ipairs(taken) do
    if other ~= box.own and overlap(box, other) then return false end
  end
  return true
end

-- The eight sides in the order of preference: dx, dy in halves of the label's size.
local SIDES = { { 1, 0 }, { -1, 0 }, { 0, -1 }, { 0, 1 }, { 1, -1 }, { 1, 1 }, { -1, -1 },
  { -1, 1 } }

local function candidate(point, side, away)
  local r = point.r + GAP + away
  local dx, dy = side[1], side[2]
  local slack = dx ~= 0 and dy ~= 0 and 0.7 or 1
  return { x = point.cx + dx * (r * slack + point.width / 2) - point.width / 2,
    y = point.cy + dy * (r * slack + point.height / 2) - point.height / 2,
    width = point.width, height = point.height, own = point.box, is_away = away > 0 }
end

local function crosses(box, lines)
  for _, line in ipairs(lines) do
    if overlap(box, line) then return true end
  end
  return false
end

-- A label that a line runs through is better than one further away.
local function find(point, room, taken, lines)
  for away = 0, REACH, 8 do
    local crossed
    for _, side in ipairs(SIDES) do
      local box = candidate(point, side, away)
      if is_free(box, room, taken) then
        if not crosses(box, lines) then return box end
        crossed = crossed or box
      end
    end
    if crossed then return crossed end
  end
end

-- Every point keeps its place free. `points` {cx, cy, r}, `taken` a list of boxes.
function place.points(points, taken)
  for _, point in ipairs(points) do
    point.box = { x = point.cx - point.r - 1, y = point.cy - point.r - 1,
      width = 2 * point.r + 2, height = 2 * point.r + 2 }
    taken[#taken + 1] = point.box
  end
end

-- `points` have width and height of their labels, too; `room` and `taken` are boxes {x, y, width,
-- height}, `lines` those that labels better stay clear of. Each point gets `label_box`, or none where
-- there is no room.
function place.labels(points, room, taken, lines)
  for _, point in ipairs(points) do
    point.label_box = find(point, room, taken, lines)
    if point.label_box then taken[#taken + 1] = point.label_box end
  end
end

return place
