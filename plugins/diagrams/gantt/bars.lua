-- SPDX-License-Identifier: MIT
-- The marks of a Gantt chart: bars and diamonds. States are told apart without colour: what is done
-- has a tick, what is critical is hatched within a thick border, what is active is solid.
local path = require "path"
local chart = require "chart"

local bars = { HEIGHT = 14, RADIUS = 7.5 }

local LEAST = 3

local function class_of(flags)
  local classes = { "dg-gantt-task" }
  for _, flag in ipairs { "active", "done", "crit" } do
    if flags[flag] then classes[#classes + 1] = "dg-gantt-" .. flag end
  end
  return table.concat(classes, " ")
end
bars.class = class_of

local function tick(out, x, y)
  out:element("path", { "class", "dg-gantt-tick", "d", path.join("M", x, y, "l3 3 6-7") })
end

-- Where there is no room for lines.
local function exclamation(out, x, y)
  out:element("path", { "class", "dg-gantt-hatch", "d", path.join("M", x, y - 5, "v6m0 2.5v2") })
end

-- Slanted lines within the box, at most forty. False when none fits.
local function hatch(out, x, y, width, height)
  local step = math.max(8, width / 40)
  local parts = {}
  local at = x + step / 2
  while at + height / 2 <= x + width - 1 do
    parts[#parts + 1] = path.join("M", at, y + height - 2, "l", height / 2 - 1, -(height - 4))
    at = at + step
  end
  if #parts == 0 then return false end
  out:element("path", { "class", "dg-gantt-hatch", "d", table.concat(parts) })
  return true
end

-- A bar from x to x2 around the middle y.
function bars.bar(out, flags, x, x2, y, height)
  height = height or bars.HEIGHT
  local width = math.max(LEAST, x2 - x)
  local top = y - height / 2
  out:element("rect", { "class", "dg-gantt-bar", "x", x, "y", top, "width", width, "height", height,
    "rx", math.min(3, width / 2) })
  if flags.crit and not flags.done and not hatch(out, x, top, width, height) then
    out:open("g", { "class", "dg-gantt-beside" })
    exclamation(out, x + width + 5, y)
    out:close()
  end
  if flags.done then
    local is_inside = width >= 17
    tick(out, is_inside and x + 4 or x + width + 4, y)
  end
end

function bars.diamond(out, flags, x, y, radius)
  local r = radius or bars.RADIUS
  out:element("path", { "class", "dg-gantt-bar dg-gantt-diamond", "d", path.join("M", x, y - r, "l",
    r, r, "l", -r, r, "l", -r, -r, "z") })
  if flags.done then tick(out, x + r + 3, y) end
  if flags.crit and not flags.done then
    out:element("path", { "class", "dg-gantt-hatch", "d", path.join("M", x, y - 3.5, "v4m0 2v1") })
  end
end

-- What the marks mean, side by side from x; only those that are used.
local NAMES = { { "done", "done" }, { "active", "active" }, { "crit", "critical" },
  { "milestone", "milestone" } }

function bars.legend(out, used, x, y)
  for _, item in ipairs(NAMES) do
    local flag, name = item[1], item[2]
    if used[flag] then
      local flags = { [flag] = true }
      out:open("g", { "class", class_of(flags) })
      if flag == "milestone" then
        bars.diamond(out, {}, x + 7, y, 6)
        x = x + 18
      else
        bars.bar(out, flags, x, x + 26, y, 12)
        x = x + 32
      end
      out:close()
      out:lines({ name }, x, y, 0, { "class", "dg-faint", "text-anchor", "start" }, 12)
      x = x + chart.room(name, 12) + 16
    end
  end
end

return bars
