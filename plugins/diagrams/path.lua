-- SPDX-License-Identifier: MIT
-- Text of paths, as short as it can be: letters and numbers are joined without needless blanks.
local svg = require "svg"

local path = {}
local number = svg.number

-- path.join("M", 10, 20, "h", 5, "v", -3, "z") -> "M10 20h5v-3z". A string may hold a piece that is
-- ready: "l5 5-5 5".
function path.join(...)
  local parts = {}
  local after_number = false
  for i = 1, select("#", ...) do
    local part = select(i, ...)
    if type(part) == "number" then
      part = number(part)
      parts[i] = after_number and part:byte() ~= 45 and " " .. part or part
      after_number = true
    else
      parts[i] = part
      after_number = part:find("%d$") ~= nil
    end
  end
  return table.concat(parts)
end

-- "h5", "v5" or "l5 5": from one point to the next, both rounded as they will be written.
local function step(dx, dy)
  if dy == 0 then return path.join("h", dx) end
  if dx == 0 then return path.join("v", dy) end
  return path.join("l", dx, dy)
end

local function tenth(n)
  return math.floor(n * 10 + 0.5) / 10
end

-- A line through the points {x1, y1, x2, y2, …} with its corners rounded by at most `radius` and at
-- most half of the shorter side.
function path.rounded(points, radius)
  local parts = { path.join("M", points[1], points[2]) }
  local x, y = tenth(points[1]), tenth(points[2])
  local function go(to_x, to_y)
    to_x, to_y = tenth(to_x), tenth(to_y)
    if to_x == x and to_y == y then return end
    parts[#parts + 1] = step(to_x - x, to_y - y)
    x, y = to_x, to_y
  end
  for i = 3, #points - 3, 2 do
    local px, py, cx, cy, nx, ny = table.unpack(points, i - 2, i + 3)
    local before = math.sqrt((cx - px) ^ 2 + (cy - py) ^ 2)
    local after = math.sqrt((nx - cx) ^ 2 + (ny - cy) ^ 2)
    local r = math.min(radius, before / 2, after / 2)
    if r >= 0.5 then
      go(cx - (cx - px) / before * r, cy - (cy - py) / before * r)
      local end_x, end_y = tenth(cx + (nx - cx) / after * r), tenth(cy + (ny - cy) / after * r)
      parts[#parts + 1] = path.join("q", tenth(cx) - x, tenth(cy) - y, end_x - x, end_y - y)
      x, y = end_x, end_y
    else
      go(cx, cy)
    end
  end
  go(points[#points - 1], points[#points])
  return table.concat(parts)
end

return path
