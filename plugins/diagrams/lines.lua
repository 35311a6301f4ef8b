-- SPDX-License-Identifier: MIT
-- Draws the edges of a graph: lines with rounded corners, cut where their heads begin, and the
-- heads turned to where they come from.
local svg = require "svg"
local path = require "path"
local style = require "style"
local heads = require "heads"
local colour = require "colour"

local RADIUS = 8 -- of the corners

-- Moves the end of a line back by `cut`; returns the way it arrives in.
local function shorten(points, last, before, cut)
  local x, y = points[last], points[last + 1]
  local dx, dy = x - points[before], y - points[before + 1]
  local length = math.sqrt(dx * dx + dy * dy)
  if length < 0.01 then return 0, 1 end
  local ux, uy = dx / length, dy / length
  cut = math.min(cut, length)
  points[last], points[last + 1] = x - ux * cut, y - uy * cut
  return ux, uy
end

local CLASSES = { dotted = "dg-dotted", thick = "dg-thick" }

local function head_attributes(class, look)
  if not (look and look.stroke) then return { "class", class } end
  local hex = colour.attributes(look.stroke)
  if class == "dg-head" then return { "class", "dg-head dg-user", "fill", hex } end
  return { "class", class .. " dg-pen", "stroke", hex }
end

-- Heads without a colour of their own are joined into one path a class.
local function put_head(layers, kind, points, last, before, edge)
  if not kind or kind == "none" then return end
  local scale = edge.line == "thick" and 1.3 or 1
  local x, y = points[last], points[last + 1]
  local ux, uy = shorten(points, last, before, heads.cut(kind) * scale)
  for _, part in ipairs(heads.paths(kind, x, y, ux, uy, scale)) do
    local class, d = part[1], part[2]
    if edge.style and edge.style.stroke then
      local list = head_attributes(class, edge.style)
      list[#list + 1], list[#list + 2] = "d", d
      layers.heads[#layers.heads + 1] = list
    else
      local joined = layers.joined[class]
      joined[#joined + 1] = d
    end
  end
end

local function draw_edge(layers, edge, route)
  if edge.line == "invisible" then return end
  local points = table.move(route.points, 1, #route.points, 1, {})
  local n = #points
  if n < 4 then return end
  if not route.hides_head then put_head(layers, edge.head, points, n - 1, n - 3, edge) end
  if not route.hides_tail then put_head(layers, edge.tail, points, 1, 3, edge) end
  local class = CLASSES[edge.line]
  if edge.class then class = class and class .. " " .. edge.class or edge.class end
  local list = style.line(edge.style, class)
  list[#list + 1], list[#list + 2] = "d", path.rounded(points, RADIUS)
  layers.lines:element("path", list)
end

-- All edges (see graph.lua) along their routes, both lists in the same order. Heads stand above all
-- lines.
return function(out, edges, routes)
  local layers = { lines = svg.new(), heads = {},
    joined = { ["dg-head"] = {}, ["dg-port"] = {}, ["dg-mark"] = {} } }
  for i, edge in ipairs(edges) do draw_edge(layers, edge, routes[i]) end
  if #layers.lines.parts > 0 then
    out:open("g", { "class", "dg-edge" }):add(layers.lines):close()
  end
  for _, class in ipairs { "dg-port", "dg-mark", "dg-head" } do -- a cross stands on a circle
    local joined = layers.joined[class]
    if #joined > 0 then
      out:element("path", { "class", class, "d", table.concat(joined) })
    end
  end
  for _, list in ipairs(layers.heads) do out:element("path", list) end
end
