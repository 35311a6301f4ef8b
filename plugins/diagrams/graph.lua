-- SPDX-License-Identifier: MIT
-- Draws graphs: takes nodes, groups and edges by key, has quoin.layout place them, and writes them
-- in layers: areas of groups, lines, nodes, texts of edges.
--
--   local g = graph.new { direction = "TB", max_width = 900, title = "Text" }
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
local areas = require "areas"
local heads = require "heads"
local joints = require "joints"
local lines = require "lines"
local style = require "style"

local graph = {}
graph.__index = graph

local MARGIN = 8
local PADDING = 14

-- `settings` {direction, max_width, node_gap, rank_gap, title}
function graph.new(settings)
  local title = settings.title
  title = title and title ~= "" and label.new(title, 500, { size = 16 }) or nil
  return setmetatable({ settings = settings, title = title, nodes = {}, groups = {}, edges = {},
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

-- A little more than measured: not every font is as narrow as Arial.
local function room_for(l)
  if not l or #l.lines == 0 then return nil end
  return math.ceil(l.width * 1.06) + 8, l.height + 4
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
      title_width = has_title and l.width + 2 * areas.TITLE.x or nil,
      title_height = has_title and l.height + 2 * areas.TITLE.y or nil }
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

local function draw_text(out, t)
  local l, x, y = t.label, t.x, t.y
  local ink, tone = style.ink(t.look)
  if tone then out:open("g", { "class", tone }) end
  out:element("rect", { "x", x - l.width / 2 - 3, "y", y - l.height / 2 - 1, "width", l.width + 6,
    "height", l.height + 2, "rx", 2 })
  label.draw(out, l, x, y, ink)
  if tone then out:close() end
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

local function layer(out, class, draw)
  local inner = svg.new()
  draw(inner)
  if #inner.parts == 0 then return end
  out:open("g", { "class", class }):add(inner):close()
end

-- Texts of edges with their middles: {label, x, y, look} …
local function edge_texts(self, placed)
  local list = {}
  local function put(l, x, y, look)
    if l and #l.lines > 0 and x then
      list[#list + 1] = { label = l, x = x, y = y, look = look }
    end
  end
  for i, edge in ipairs(self.edges) do
    local route = placed.edges[i]
    put(edge.label, route.label_x, route.label_y, edge.style)
    put(edge.from_label, route.from_label_x, route.from_label_y)
    put(edge.to_label, route.to_label_x, route.to_label_y)
  end
  return list
end

local function is_inside(t, box)
  return t.x > box.x and t.x < box.x + box.width and t.y > box.y and t.y < box.y + box.height
end

-- Texts inside groups stand on the colour of groups, the others on that of the page.
local function draw_texts(out, texts, boxes)
  for _, is_area in ipairs { false, true } do
    layer(out, is_area and "dg-labels dg-inner" or "dg-labels", function(inner)
      for _, t in ipairs(texts) do
        local found = false
        for _, box in ipairs(boxes) do found = found or is_inside(t, box) end
        if found == is_area then draw_text(inner, t) end
      end
    end)
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

local function draw_all(self, placed, texts)
  local out, routes = svg.new(), joints(self.edges, placed.edges)
  local order = areas.order(self.groups, self.group_index)
  layer(out, "dg-area", function(inner)
    for _, i in ipairs(order) do
      local group = self.groups[i]
      local frame = { title = group.title, tone = group.tone } -- the link has the title's words
      open_link(inner, frame)
      areas.draw(inner, group, placed.groups[i])
      close_link(inner, frame)
    end
  end)
  lines(out, self.edges, routes)
  layer(out, "dg-node", function(inner) draw_nodes(self, inner, placed) end)
  layer(out, "dg-area dg-names", function(inner)
    for _, i in ipairs(order) do
      areas.title(inner, self.groups[i], placed.groups[i], routes)
    end
  end)
  draw_texts(out, texts, areas.plain(self.groups, placed.groups))
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

-- What all things cover: left, top, right, bottom.
local function extent(placed, texts)
  local x1, y1, x2, y2 = 0, 0, placed.width, placed.height
  for _, t in ipairs(texts) do
    local w, h = t.label.width / 2 + 2, t.label.height / 2
    x1, x2 = math.min(x1, t.x - w), math.max(x2, t.x + w)
    y1, y2 = math.min(y1, t.y - h), math.max(y2, t.y + h)
  end
  return x1, y1, x2, y2
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
  local texts = edge_texts(self, placed)
  local out = draw_all(self, placed, texts)
  local x1, y1, x2, y2 = extent(placed, texts)
  local title = self.title
  if title then
    local middle, half = (x1 + x2) / 2, title.width * 1.15 / 2 -- bold, and fonts differ
    label.draw(out, title, middle, y1 - 6 - title.height / 2, { "class", "dg-title" })
    x1, x2, y1 = math.min(x1, middle - half), math.max(x2, middle + half), y1 - title.height - 12
  end
  x1, y1 = math.floor(x1) - MARGIN, math.floor(y1) - MARGIN
  return { body = out, x = x1, y = y1, width = math.ceil(x2) + MARGIN - x1,
    height = math.ceil(y2) + MARGIN - y1, has_links = has_links(self),
    graph = { graph = input, layout = placed } }
end

return graph
