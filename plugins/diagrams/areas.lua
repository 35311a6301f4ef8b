-- SPDX-License-Identifier: MIT
-- Draws the groups of a graph: areas behind everything, titles at the left of their top.
local label = require "label"
local style = require "style"

local areas = { TITLE = { x = 10, y = 6 } } -- where a title begins

-- Numbers of the groups (see graph.lua), outer ones first: what is inside is drawn later.
function areas.order(groups, index)
  local depths, order = {}, {}
  for i, group in ipairs(groups) do
    local depth, parent = 0, group.parent
    while parent and depth < 100 do
      depth = depth + 1
      parent = groups[index[parent]].parent
    end
    depths[i], order[i] = depth, i
  end
  table.sort(order, function(a, b)
    if depths[a] ~= depths[b] then return depths[a] < depths[b] end
    return a < b
  end)
  return order
end

local function rect(out, attributes, x, y, width, height, rx)
  for _, item in ipairs { "x", x, "y", y, "width", width, "height", height, "rx", rx } do
    attributes[#attributes + 1] = item
  end
  out:element("rect", attributes)
end

-- The area. An author's fill is veiled in schemes in which lines and texts of the page could not
-- be seen on it.
function areas.draw(out, group, box)
  if group.is_bare then return end
  local radius = group.style and group.style.radius or 6
  rect(out, style.shape(group.style), box.x, box.y, box.width, box.height, radius)
  local veil = style.veil(group.style)
  if veil then rect(out, { "class", veil }, box.x, box.y, box.width, box.height, radius) end
end

-- Boxes of the groups without a fill of the author's.
function areas.plain(groups, boxes)
  local list = {}
  for i, group in ipairs(groups) do
    local has_fill = group.style and group.style.fill
    if not group.is_bare and not has_fill then list[#list + 1] = boxes[i] end
  end
  return list
end

-- Right ends of the pieces of lines that run through this rectangle. Pieces are checked by their
-- bounding boxes: most are level or upright.
local function crossings(routes, x, y, width, height)
  local list = {}
  for _, route in ipairs(routes) do
    local p = route.points
    for i = 1, #p - 3, 2 do
      local right = math.max(p[i], p[i + 2])
      if math.min(p[i], p[i + 2]) < x + width and right > x
        and math.min(p[i + 1], p[i + 3]) < y + height and math.max(p[i + 1], p[i + 3]) > y then
        list[#list + 1] = right
      end
    end
  end
  return list
end

-- Lines of the title that a line runs through: {y, width} …
local function crossed_lines(l, x, y, routes)
  local list = {}
  for i in ipairs(l.lines) do
    local top, width = y + (i - 1) * l.line, label.line_width(l, i)
    if #crossings(routes, x - 3, top, width + 6, l.line) > 0 then
      list[#list + 1] = { y = top, width = width }
    end
  end
  return list
end

local MOST_PLACES = 8 -- of a title that are tried

-- Where the title stands: at the left of the top, or behind a line that runs through it there. When
-- there is no free place it stays. Returns x and the lines of the title that need a ground.
local function place(l, box, routes)
  local left, y = box.x + areas.TITLE.x, box.y + areas.TITLE.y
  local crossed = crossed_lines(l, left, y, routes)
  if #crossed == 0 then return left, crossed end
  local last = box.x + box.width - areas.TITLE.x - l.width * 1.06
  local places = crossings(routes, left, y, box.width, l.height)
  table.sort(places)
  for i = 1, math.min(#places, MOST_PLACES) do
    local x = places[i] + 8
    if x > left and x <= last and #crossed_lines(l, x, y, routes) == 0 then return x, {} end
  end
  return left, crossed
end

function areas.title(out, group, box, routes)
  local l = group.label
  if not l or #l.lines == 0 then return end
  if group.href then out:open("a", { "href", group.href }) end
  local x, crossed = place(l, box, routes)
  for _, line in ipairs(crossed) do
    rect(out, {}, x - 3, line.y, line.width + 6, l.line, 2)
  end
  local look = group.style
  label.draw(out, l, x, box.y + areas.TITLE.y + l.height / 2, { "text-anchor", "start",
    "font-weight", look and look.is_bold and "bold" or false, "font-style",
    look and look.is_italic and "italic" or false })
  if group.href then out:close() end
end

return areas
