-- SPDX-License-Identifier: MIT
-- Where the nodes of a mindmap stand: to the right of the root, or to both sides of it.
local label = require "label"
local shapes = require "shapes"
local tree = require "mindmap.tree"

local FIT, MOST = 740, 980 -- widths that a page shows whole, and scaled down a little
local TALL = 480 -- from this height on, two sides are worth a wider picture
local WIDER = 1.12 -- the widest of common fonts against Arial
local BOLD = 1.2 -- the same for the root's letters
local SIZES = { leaf_gap = 8, gap = 18, level = 38 }

local function measure(node, depth, limits)
  local size = depth == 0 and 16 or 14
  node.depth = depth
  local l = label.new(node.show, depth == 0 and limits[1] or limits[2],
    { markdown = true, size = size })
  node.text = l
  if node.shape == "default" and depth > 1 then
    -- Words on a line.
    node.width, node.height = math.ceil(l.width * WIDER) + 12, l.height + 8
  elseif node.shape == "default" then
    local wide = math.ceil(l.width * (depth == 0 and BOLD or WIDER))
    node.width, node.height = wide + 28, l.height + (depth == 0 and 22 or 14)
  else
    l.width = math.ceil(l.width * (depth == 0 and BOLD or 1.06))
    node.width, node.height = shapes.size(node.shape, l)
  end
  for _, child in ipairs(node.children) do measure(child, depth + 1, limits) end
end

-- One side: a root of no size with these children, placed to the right of x.
local function side(root, children, x)
  local stem = { width = root.width, height = 0, children = children }
  tree.put(stem, x, SIZES)
  local bounds = { x1 = 0, x2 = 0, y1 = 0, y2 = 0 }
  tree.settle(stem, 0, bounds)
  return bounds
end

local function mirror(node, root)
  node.is_left = true
  node.x = 2 * root.x + root.width - node.x - node.width
  for _, child in ipairs(node.children) do mirror(child, root) end
end

local function extent(bounds, root)
  return math.max(0, bounds.x2 - root.width)
end

-- How many children go to the right, so that both sides are about equally tall.
local function split(root)
  local heights, sum = {}, 0
  for i, child in ipairs(root.children) do
    local bounds = side(root, { child }, 0)
    heights[i] = bounds.y2 - bounds.y1 + SIZES.gap
    sum = sum + heights[i]
  end
  local best, least, right = #heights, math.huge, 0
  for i, height in ipairs(heights) do
    right = right + height
    local difference = math.abs(sum - 2 * right)
    if difference < least then best, least = i, difference end
  end
  return best, sum
end

local function both_sides(root, count)
  local children = root.children
  local right = table.move(children, 1, count, 1, {})
  local left = table.move(children, count + 1, #children, 1, {})
  local a, b = side(root, right, 0), side(root, left, 0)
  local width = extent(a, root) + root.width + extent(b, root)
  for _, child in ipairs(left) do mirror(child, root) end
  return width, { x1 = math.min(0, root.width - b.x2), x2 = math.max(a.x2, root.width),
    y1 = math.min(a.y1, b.y1, -root.height / 2), y2 = math.max(a.y2, b.y2, root.height / 2) }
end

local function clear(node)
  node.is_left = nil
  for _, child in ipairs(node.children) do clear(child) end
end

-- Both sides where the root has enough children and the page is wide enough for them.
local function place(model)
  local root = model.root
  clear(root)
  root.x, root.y = 0, 0
  if #root.children > 3 then
    local count, height = split(root)
    local width, bounds = both_sides(root, count)
    if width <= FIT or height > TALL and width <= MOST or height > 2 * FIT then return bounds end
    clear(root)
  end
  local bounds = side(root, root.children, 0)
  bounds.x2 = math.max(bounds.x2, root.width)
  bounds.y1 = math.min(bounds.y1, -root.height / 2)
  bounds.y2 = math.max(bounds.y2, root.height / 2)
  return bounds
end

-- Sets x, y (the middle), width, height of every node; returns the box {x1, y1, x2, y2}.
return function(model)
  local bounds
  for _, limits in ipairs { { 200, 190 }, { 150, 130 }, { 120, 100 } } do
    measure(model.root, 0, limits)
    bounds = place(model)
    if bounds.x2 - bounds.x1 <= FIT then return bounds end
  end
  return bounds
end
