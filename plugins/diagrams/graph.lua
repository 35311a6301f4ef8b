-- SPDX-License-Identifier: MIT
-- Draws graphs: takes nodes, groups and edges by key, has quoin.layout place them, and writes them
-- in layers: areas of groups, lines, nodes, texts of edges.
--
--   local g = graph.new { direction = "TB", max_width = 900, title = label }
--   g:group(key, { label, parent = key, direction, style, href, title, is_bare })
--   g:node(key, { width, height, border, group = key, draw = function(out, box), tone, href, title })
--   g:edge(from, to, { label, from_label, to_label, line = "solid|dotted|thick|invisible",
--     head = "arrow…" (heads.lua), tail, length, style, is_weak, class })
--   local picture, finding = g:picture()
--
-- Labels are from label.new, styles from style.read; `title` of a part is its tooltip, `tone` the
-- class of a palette (style.tone), `is_bare` a group without a frame.
local svg = require "svg"
local label = require "label"
local style = require "style"
local heads = require "heads"
local lines = require "lines"

local graph = {}
graph.__index = graph

local MARGIN = 8
local TITLE = { x = 10, y = 6 } -- where a group's title begins
local PADDING = 14

-- `settings` {direction, max_width, node_gap, rank_gap, title}
function graph.new(settings)
  return setmetatable({ settings = settings or {}, nodes = {}, groups = {}, edges = {},
    node_index = {}, group_index = {} }, graph)
end

local function add(list, index, key, spec)
  spec.key = key
  list[#list + 1] = spec
  index[key] = #list
end

function graph:group(key, spec)
  add(self.groups, self.group_index, key, spec)
end

function graph:node(key, spec)
  add(self.nodes, self.node_index, key, spec)
end

function graph:edge(from, to, spec)
  spec.from, spec.to = from, to
  self.edges[#self.edges + 1] = spec
end

local function room_for(l)
  if not l or #l.lines == 0 then return nil end
  return l.width + 8, l.height + 4
end

local function layout_nodes(self)
  local list = {}
  for i, node in ipairs(self.nodes) do
    list[i] = { width = node.width, height = node.height, border = node.border,
      group = node.group and self.group_index[node.group] }
  end
  return list
end

local function layout_groups(self)
  local list = {}
  for i, group in ipairs(self.groups) do
    local l = group.label
    local has_title = l and #l.lines > 0
    list[i] = { parent = group.parent and self.group_index[group.parent],
      direction = group.direction, padding = group.padding or PADDING,
      title_width = has_title and l.width + 2 * TITLE.x or nil,
      title_height = has_title and l.height + 2 * TITLE.y or nil }
  end
  return list
end

local function set_end(self, edge, side, key)
  local group = self.group_index[key]
  if group then
    edge[side .. "_group"] = group
  else
    edge[side] = assert(self.node_index[key], "an edge ends at an unknown node")
  end
end

local function layout_edges(self)
  local list = {}
  for i, spec in ipairs(self.edges) do
    local edge = { length = spec.length, is_weak = spec.is_weak,
      from_room = spec.tail and heads.room(spec.tail), to_room = heads.room(spec.head or "none") }
    edge.label_width, edge.label_height = room_for(spec.label)
    edge.from_label_width, edge.from_label_height = room_for(spec.from_label)
    edge.to_label_width, edge.to_label_height = room_for(spec.to_label)
    set_end(self, edge, "from", spec.from)
    set_end(self, edge, "to", spec.to)
    list[i] = edge
  end
  return list
end

-- What quoin.layout is given.
function graph:input()
  local s = self.settings
  return { direction = s.direction or "TB", max_width = s.max_width, node_gap = s.node_gap,
    rank_gap = s.rank_gap, nodes = layout_nodes(self), groups = layout_groups(self),
    edges = layout_edges(self) }
end

local function draw_text(out, l, x, y)
  if not l or #l.lines == 0 or not x then return end
  out:element("rect", { "x", x - l.width / 2 - 3, "y", y - l.height / 2 - 1, "width", l.width + 6,
    "height", l.height + 2, "rx", 2 })
  label.draw(out, l, x, y)
end

local function open_link(out, spec)
  if spec.href then out:open("a", { "href", spec.href }) end
  if spec.title or spec.tone then out:open("g", { "class", spec.tone or false }) end
  if spec.title then out:leaf("title", {}, spec.title) end
end

local function close_link(out, spec)
  if spec.title or spec.tone then out:close() end
  if spec.href then out:close() end
end

-- Does a line run through this rectangle? Lines are checked by their bounding boxes: most are
-- horizontal or vertical.
local function is_crossed(routes, x, y, width, height)
  for _, route in ipairs(routes) do
    local p = route.points
    for i = 1, #p - 3, 2 do
      if math.min(p[i], p[i + 2]) < x + width and math.max(p[i], p[i + 2]) > x
        and math.min(p[i + 1], p[i + 3]) < y + height and math.max(p[i + 1], p[i + 3]) > y then
        return true
      end
    end
  end
  return false
end

local function draw_area(out, group, box)
  if group.is_bare then return end
  open_link(out, group)
  local list = style.shape(group.style)
  for _, item in ipairs { "x", box.x, "y", box.y, "width", box.width, "height", box.height, "rx",
    group.style and group.style.radius or 6 } do
    list[#list + 1] = item
  end
  out:element("rect", list)
  close_link(out, group)
end

local function draw_title(out, group, box, routes)
  local l = group.label
  if not l or #l.lines == 0 then return end
  local x, y = box.x + TITLE.x, box.y + TITLE.y
  local tone = style.tone(group.style)
  if tone then out:open("g", { "class", tone }) end
  if group.href then out:open("a", { "href", group.href }) end
  if is_crossed(routes, x - 3, y, l.width + 6, l.height) then
    local list = style.shape(group.style and group.style.fill and { fill = group.style.fill })
    for _, item in ipairs { "x", x - 4, "y", y - 1, "width", l.width + 8, "height", l.height + 2 } do
      list[#list + 1] = item
    end
    out:element("rect", list)
  end
  local attributes = style.text(group.style)
  table.insert(attributes, "text-anchor")
  table.insert(attributes, "start")
  label.draw(out, l, x, y + l.height / 2, attributes)
  if group.href then out:close() end
  if tone then out:close() end
end

-- Groups by depth: what is inside is drawn later.
local function by_depth(self)
  local depths, order = {}, {}
  for i, group in ipairs(self.groups) do
    local depth, parent = 0, group.parent
    while parent and depth < 100 do
      depth = depth + 1
      parent = self.groups[self.group_index[parent]].parent
    end
    depths[i], order[i] = depth, i
  end
  table.sort(order, function(a, b)
    if depths[a] ~= depths[b] then return depths[a] < depths[b] end
    return a < b
  end)
  return order
end

local function layer(out, class, draw)
  local inner = svg.new()
  draw(inner)
  if #inner.parts == 0 then return end
  out:open("g", { "class", class }):add(inner):close()
end

local function draw_texts(self, out, placed)
  for i, edge in ipairs(self.edges) do
    local route = placed.edges[i]
    if edge.line ~= "invisible" or edge.label then
      draw_text(out, edge.label, route.label_x, route.label_y)
    end
    draw_text(out, edge.from_label, route.from_label_x, route.from_label_y)
    draw_text(out, edge.to_label, route.to_label_x, route.to_label_y)
  end
end

local function draw_nodes(self, out, placed)
  for i, node in ipairs(self.nodes) do
    if node.draw then
      open_link(out, node)
      node.draw(out, placed.nodes[i])
      close_link(out, node)
    end
  end
end

local function draw_all(self, placed)
  local out = svg.new()
  local order = by_depth(self)
  layer(out, "dg-area", function(inner)
    for _, i in ipairs(order) do draw_area(inner, self.groups[i], placed.groups[i]) end
  end)
  lines(out, self.edges, placed.edges)
  layer(out, "dg-node", function(inner) draw_nodes(self, inner, placed) end)
  layer(out, "dg-area dg-names", function(inner)
    for _, i in ipairs(order) do
      draw_title(inner, self.groups[i], placed.groups[i], placed.edges)
    end
  end)
  layer(out, "dg-labels", function(inner) draw_texts(self, inner, placed) end)
  return out
end

local function has_links(self)
  for _, list in ipairs { self.nodes, self.groups } do
    for _, spec in ipairs(list) do
      if spec.href then return true end
    end
  end
  return false
end

-- {body, x, y, width, height, has_links, graph {graph, layout}}; nil and a finding when there is
-- too much to lay out.
function graph:picture()
  local input = self:input()
  local placed, problem = quoin.layout(input)
  if not placed then
    return nil, { code = problem or "too-large", line = 1,
      message = ("this graph is too large to be drawn: %d nodes, %d edges"):format(#self.nodes,
        #self.edges), hint = "split it into several diagrams" }
  end
  local out = draw_all(self, placed)
  local title = self.settings.title
  local top = title and #title.lines > 0 and title.height + 12 or 0
  local width = placed.width
  if top > 0 then
    width = math.max(width, title.width * 1.15) -- bold, and fonts differ
    label.draw(out, title, placed.width / 2, -6 - title.height / 2, { "class", "dg-title" })
  end
  return { body = out, x = math.floor((placed.width - width) / 2) - MARGIN, y = -top - MARGIN,
    width = math.ceil(width) + 2 * MARGIN, height = math.ceil(placed.height) + top + 2 * MARGIN,
    has_links = has_links(self), graph = { graph = input, layout = placed } }
end

return graph
