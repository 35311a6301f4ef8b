-- SPDX-License-Identifier: MIT
-- Draws a mindmap: curved branches in the colour of their main branch, nodes above them.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local label = require "label"
local shapes = require "shapes"
local layout = require "mindmap.layout"

local MARGIN, COVER = 12, 8

local WIDTHS = { "3.5", "2.5" } -- of branches, by depth

-- Words on a line meet their branch at the line, others at their middle.
local function port_y(node)
  if node.shape == "default" and node.depth > 1 then return node.y + node.height / 2 - 2 end
  return node.y
end

local function draw_branch(d, parent, child)
  local sign = child.is_left and -1 or 1
  local x1 = parent.x + (child.is_left and 0 or parent.width)
  local x2 = child.x + (child.is_left and child.width or 0)
  local y1, y2 = port_y(parent), port_y(child)
  if parent.depth == 0 then x1 = parent.x + parent.width / 2 end
  -- Shapes cover the ends of their branches, so that no gap shows at round ones.
  if parent.depth > 0 and parent.shape ~= "default" then x1 = x1 - sign * COVER end
  if child.shape ~= "default" then x2 = x2 + sign * COVER end
  local reach = math.max(20, math.abs(x2 - x1) / 2)
  local parts = { path.join("M", x1, y1, "C", x1 + sign * reach, y1, " ", x2 - sign * reach, y2,
    " ", x2, y2) }
  if child.shape == "default" and child.depth > 1 then
    parts[2] = path.join("h", sign * child.width)
  end
  d.out:element("path", { "class", "dg-branch", "stroke-width",
    WIDTHS[child.depth] or "1.75", "d", table.concat(parts) })
end

local function draw_branches(d, node)
  for i, child in ipairs(node.children) do
    if node.depth == 0 then
      child.colour = (i - 1) % 8 + 1
      d.out:open("g", { "class", "dg-c" .. child.colour })
    end
    draw_branch(d, node, child)
    draw_branches(d, child)
    if node.depth == 0 then d.out:close() end
  end
end

local function draw_box(d, node)
  local box = { x = node.x, y = node.y - node.height / 2, width = node.width, height = node.height }
  local x, y = node.x + node.width / 2, node.y
  if node.shape ~= "default" then
    d.out:open("g", { "class", node.depth == 0 and "dg-core" or "dg-leaf" })
    shapes.draw(d.out, node.shape, box)
    x, y = shapes.text(node.shape, box)
  elseif node.depth > 1 then
    label.draw(d.out, node.text, x, y - 2, { "class", "dg-label" })
    return
  else
    d.out:open("g", { "class", node.depth == 0 and "dg-core" or "dg-chip" })
    d.out:element("rect", { "x", box.x, "y", box.y, "width", box.width, "height", box.height, "rx",
      node.depth == 0 and 12 or 6 })
  end
  label.draw(d.out, node.text, x, y)
  d.out:close()
end

local function draw_node(d, node)
  local href = chart.href(d.context, label.plain(node.show))
  d.has_links = chart.linked(d.out, href, function() draw_box(d, node) end) or d.has_links
end

local function draw_nodes(d, node)
  for _, child in ipairs(node.children) do
    if node.depth == 0 then d.out:open("g", { "class", "dg-c" .. child.colour }) end
    draw_node(d, child)
    draw_nodes(d, child)
    if node.depth == 0 then d.out:close() end
  end
end

local function draw_title(d, bounds)
  local block = chart.heading(d.model.caption, math.max(200, bounds.x2 - bounds.x1))
  if not block then return end
  local x, half = (bounds.x1 + bounds.x2) / 2, block.width / 2
  bounds.x1, bounds.x2 = math.min(bounds.x1, x - half), math.max(bounds.x2, x + half)
  bounds.y1 = bounds.y1 - block.room
  chart.draw_heading(d.out, block, x, bounds.y1)
end

return function(model, context)
  local bounds = layout(model)
  local d = { model = model, context = context, out = svg.new() }
  draw_branches(d, model.root)
  draw_node(d, model.root)
  draw_nodes(d, model.root)
  draw_title(d, bounds)
  local x, y = math.floor(bounds.x1) - MARGIN, math.floor(bounds.y1) - MARGIN
  return { body = d.out, x = x, y = y, width = math.ceil(bounds.x2) + MARGIN - x,
    height = math.ceil(bounds.y2) + MARGIN - y, has_links = d.has_links }
end
