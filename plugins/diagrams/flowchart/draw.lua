-- SPDX-License-Identifier: MIT
-- Gives the model of a flowchart to the drawer of graphs.
local label = require "label"
local style = require "style"
local shapes = require "shapes"
local graph = require "graph"
local model = require "flowchart.model"

local NODE_WIDTH, EDGE_WIDTH, TITLE_WIDTH = 200, 160, 260

local function new_label(part, width, look)
  return label.new(part.rich, width, look and look.is_bold and { is_bold = true } or nil)
end

-- What a node shows: its label; of an icon or a picture without one, its id.
local function node_label(node, look)
  if node.show == "" and (node.icon or node.img) then return label.new(node.id, NODE_WIDTH) end
  if shapes.is_sign(node.shape or "squareRect") and node.raw == node.id then
    return label.new("", NODE_WIDTH)
  end
  return new_label(node, NODE_WIDTH, look)
end

local function add_node(g, m, node, look, link)
  local shape = node.shape or "squareRect"
  local l = node_label(node, look)
  local direction = m.owner[node.id] and m.group_by_id[m.owner[node.id]].dir or m.dir
  local width, height, border = shapes.size(shape, l, direction)
  local hides_label = #l.lines == 0 and node.show ~= ""
  g:node(node.id, { width = width, height = height, border = border, group = m.owner[node.id],
    tone = style.tone(look), href = node.href or link(node),
    title = node.tooltip or hides_label and node.show or nil,
    draw = function(out, box) shapes.node(out, shape, box, l, look, direction) end })
end

local function edge_look(m, i, edge)
  local list = {}
  local function add(more)
    for _, declaration in ipairs(more or {}) do list[#list + 1] = declaration end
  end
  add(m.edge_styles.default)
  for _, class in ipairs(edge.classes) do add(m.classes[class]) end
  add(m.edge_styles[i - 1])
  local look = #list > 0 and style.read(list) or nil
  if look then look.fill = nil end
  return look
end

-- Equal declarations give one look: most nodes share a class.
local function looks(m)
  local known = {}
  return function(part, is_group)
    local list = model.declarations(m, part, is_group)
    if #list == 0 then return nil end
    local key = table.concat(list, "\n")
    if known[key] == nil then known[key] = style.read(list) or false end
    return known[key] or nil
  end
end

-- The picture; `context` as in types.lua.
return function(m, context)
  local look_of = looks(m)
  local function link(part)
    return context.href(part.id) or part.show ~= "" and context.href(part.show) or nil
  end
  local g = graph.new { direction = m.dir, max_width = 1000, title = m.caption }
  for _, group in ipairs(model.shown_groups(m)) do
    local look = look_of(group, true)
    g:group(group.id, { label = new_label(group, TITLE_WIDTH, look), parent = m.owner[group.id],
      direction = group.dir, style = look, href = group.href or link(group),
      title = group.tooltip })
  end
  for _, node in ipairs(m.nodes) do add_node(g, m, node, look_of(node), link) end
  for i, edge in ipairs(m.edges) do
    g:edge(edge.from, edge.to, { label = edge.show ~= "" and new_label(edge, EDGE_WIDTH) or nil,
      line = edge.line, head = edge.head, tail = edge.tail, length = edge.length,
      style = edge_look(m, i, edge), class = edge.is_animated and "dg-animated" or nil })
  end
  return g:picture()
end
