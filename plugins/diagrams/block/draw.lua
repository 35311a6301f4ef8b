-- SPDX-License-Identifier: MIT
-- Draws a block diagram: composites as areas, then lines, blocks, titles and texts of edges.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local label = require "label"
local shapes = require "shapes"
local style = require "style"
local heads = require "heads"
local layout = require "block.layout"
local router = require "block.router"
local arrow = require "block.arrow"

local MARGIN = 8
local GAP, EDGE_GAP = 12, 30 -- between blocks without and with edges
local LINES = { dotted = "dg-dotted", thick = "dg-thick" }

-- Fills of areas are weak: lines and texts of the page's own colours cross them in both schemes.
local function look_of(block)
  local look = block.css and style.read(block.css)
  if look and look.fill and block.children then look.fill.a = math.min(look.fill.a, 0.25) end
  return look
end

-- All blocks with a box, outer ones first, and those that hold no others.
local function collect(block, all, leaves)
  for _, child in ipairs(block.children) do
    if child.type ~= "space" then
      all[#all + 1] = child
      child.order = #all
      child.look = look_of(child)
      if child.children then collect(child, all, leaves) else leaves[#leaves + 1] = child end
    end
  end
end

local function measure_edges(model)
  for _, edge in ipairs(model.edges) do
    edge.text = (edge.shown or "") ~= "" and label.new(edge.shown, 130, { size = 13 }) or nil
  end
end

-- How much longer the gap between the blocks must be for the text of this edge to stand in it.
local function lacking(edge, from, to)
  local a, b = from.box, to.box
  local dx = math.max(a.x, b.x) - math.min(a.x + a.width, b.x + b.width)
  local dy = math.max(a.y, b.y) - math.min(a.y + a.height, b.y + b.height)
  if dx >= 0 and dx >= dy then return edge.text.width + 36 - dx, 0 end
  if dy >= 0 then return 0, edge.text.height + 28 - dy end
  return 0, 0
end

-- Lays out, and once more when the text of an edge has too little room.
local function place(model)
  local gap = #model.edges > 0 and EDGE_GAP or GAP
  local gaps = { x = gap, y = gap }
  local width, height = layout.place(model, gaps)
  local more_x, more_y = 0, 0
  for _, edge in ipairs(model.edges) do
    if edge.text then
      local x, y = lacking(edge, model.by_id[edge.from], model.by_id[edge.to])
      more_x, more_y = math.max(more_x, x), math.max(more_y, y)
    end
  end
  if more_x + more_y > 0 then
    gaps.x, gaps.y = gaps.x + more_x, gaps.y + more_y
    width, height = layout.place(model, gaps)
  end
  return width, height, gaps
end

local function with_link(out, block, draw)
  local tone = style.tone(block.look)
  if block.href then out:open("a", { "href", block.href }) end
  if tone then out:open("g", { "class", tone }) end
  draw()
  if tone then out:close() end
  if block.href then out:close() end
end

local function draw_area(out, block)
  local list, box = style.shape(block.look), block.box
  for _, item in ipairs { "x", box.x, "y", box.y, "width", box.width, "height", box.height, "rx",
    block.look and block.look.radius or 6 } do
    list[#list + 1] = item
  end
  with_link(out, block, function() out:element("rect", list) end)
end

local function draw_title(out, block)
  if not block.text then return end
  with_link(out, block, function()
    label.draw(out, block.text, block.box.x + block.box.width / 2, block.box.y + block.top / 2,
      style.text(block.look))
  end)
end

local function draw_leaf(out, block)
  with_link(out, block, function()
    if block.type ~= "block_arrow" then
      return shapes.node(out, layout.shape(block), block.box, block.text, block.look)
    end
    local list = style.shape(block.look)
    list[#list + 1], list[#list + 2] = "d", arrow.path(block.box, block.directions)
    out:element("path", list)
    local x, y = arrow.text(block.box, block.directions)
    label.draw(out, block.text, x, y, style.text(block.look))
  end)
end

-- Draws a head at one end and takes the line back by what the head covers.
local function draw_head(out, kind, points, last, before)
  if not kind then return end
  local x, y = points[last], points[last + 1]
  local dx, dy = x - points[before], y - points[before + 1]
  local length = math.sqrt(dx * dx + dy * dy)
  if length < 0.01 then return end
  dx, dy = dx / length, dy / length
  heads.draw(out, kind, x, y, dx, dy)
  local cut = math.min(heads.cut(kind), length)
  points[last], points[last + 1] = x - dx * cut, y - dy * cut
end

-- The middle of a line by its length.
local function middle_of(points)
  local total, lengths = 0, {}
  for i = 1, #points - 3, 2 do
    lengths[i] = math.sqrt((points[i + 2] - points[i]) ^ 2 + (points[i + 3] - points[i + 1]) ^ 2)
    total = total + lengths[i]
  end
  local rest = total / 2
  for i = 1, #points - 3, 2 do
    if rest <= lengths[i] then
      local t = lengths[i] > 0 and rest / lengths[i] or 0
      return points[i] + (points[i + 2] - points[i]) * t,
        points[i + 1] + (points[i + 3] - points[i + 1]) * t
    end
    rest = rest - lengths[i]
  end
  return points[1], points[2]
end

local function draw_edge(layers, edge, points)
  if edge.line == "invisible" then return end
  edge.text_x, edge.text_y = middle_of(points)
  draw_head(layers.heads, edge.head, points, #points - 1, #points - 3)
  draw_head(layers.heads, edge.drawn_tail, points, 1, 3)
  layers.lines:element("path", { "class", LINES[edge.line] or false, "d", path.rounded(points, 8) })
end

local function draw_text(out, edge)
  local l = edge.text
  if not l or not edge.text_x then return end
  out:element("rect", { "x", edge.text_x - l.width / 2 - 3, "y", edge.text_y - l.height / 2 - 1,
    "width", l.width + 6, "height", l.height + 2, "rx", 2 })
  label.draw(out, l, edge.text_x, edge.text_y)
end

local function layer(out, class, list, draw)
  if #list == 0 then return end
  out:open("g", { "class", class })
  for _, item in ipairs(list) do draw(out, item) end
  out:close()
end

-- How far lines reach beyond the blocks.
local function extent(routes, width, height)
  local x1, y1, x2, y2 = 0, 0, width, height
  for _, points in ipairs(routes) do
    for i = 1, #points, 2 do
      x1, x2 = math.min(x1, points[i]), math.max(x2, points[i])
      y1, y2 = math.min(y1, points[i + 1]), math.max(y2, points[i + 1])
    end
  end
  return x1, y1, x2, y2
end

local function draw_lines(out, model, routes)
  local layers = { lines = svg.new(), heads = svg.new() }
  for i, edge in ipairs(model.edges) do draw_edge(layers, edge, routes[i]) end
  if #model.edges == 0 then return end
  out:open("g", { "class", "dg-edge" }):add(layers.lines):close():add(layers.heads)
end

local function draw_caption(out, model, x1, x2, y1)
  local title = chart.heading(model.caption, 560)
  if not title then return x1, x2, y1 end
  local x, half = (x1 + x2) / 2, title.width / 2
  chart.draw_heading(out, title, x, y1 - title.room)
  return math.min(x1, x - half), math.max(x2, x + half), y1 - title.room
end

return function(model, context)
  local all, leaves, areas = {}, {}, {}
  collect(model.root, all, leaves)
  measure_edges(model)
  local width, height, gaps = place(model)
  local has_links = false
  for _, block in ipairs(all) do
    if block.children then areas[#areas + 1] = block end
    block.href = block.id and (context.href(block.id) or context.href(block.shown)) or nil
    has_links = has_links or block.href ~= nil
  end
  local routes, state = {}, router.new(leaves, all, gaps)
  for i, edge in ipairs(model.edges) do
    routes[i] = router.route(state, model.by_id[edge.from], model.by_id[edge.to])
  end
  local x1, y1, x2, y2 = extent(routes, width, height)
  local out = svg.new()
  layer(out, "dg-area", areas, draw_area)
  draw_lines(out, model, routes)
  layer(out, "dg-node", leaves, draw_leaf)
  layer(out, "dg-block-titles", areas, draw_title)
  layer(out, "dg-labels", model.edges, draw_text)
  x1, x2, y1 = draw_caption(out, model, x1, x2, y1)
  return { body = out, x = x1 - MARGIN, y = y1 - MARGIN, width = x2 - x1 + 2 * MARGIN,
    height = y2 - y1 + 2 * MARGIN, has_links = has_links }
end
