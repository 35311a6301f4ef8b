-- SPDX-License-Identifier: MIT
-- Draws a C4 diagram: boundaries are groups, elements nodes, relations edges of a graph.
local graph = require "graph"
local label = require "label"
local names = require "c4.names"
local make_element = require "c4.element"

local function bold(s)
  return "\14" .. s .. "\15"
end

local function boundary_label(boundary)
  local lines = { bold(names.shown(boundary)), "[" .. names.boundary_kind(boundary) .. "]" }
  local techn, descr = boundary.techn_shown or "", boundary.descr_shown or ""
  if techn ~= "" then lines[#lines + 1] = "[" .. techn .. "]" end
  if descr ~= "" then lines[#lines + 1] = descr end
  return label.new(table.concat(lines, "\n"), 260, { size = 13 })
end

local function boundary_look(boundary)
  local c = boundary.colours or {}
  return { fill = c.bgColor, stroke = c.borderColor, color = c.fontColor,
    dash = not boundary.is_node and "7 4" or nil }
end

local function add_lines(lines, rel)
  local shown = names.relation(rel)
  if shown ~= "" then lines[#lines + 1] = shown end
  for _, more in ipairs { "techn_shown", "descr_shown" } do
    if (rel[more] or "") ~= "" then lines[#lines + 1] = "\16[" .. rel[more] .. "]\17" end
  end
end

local function bundle_label(bundle)
  if #bundle.lines == 0 then return nil end
  local limit = #bundle.lines > 2 and 220 or 150
  return label.new(table.concat(bundle.lines, "\n"), limit, { size = 13 })
end

-- Relations of one kind between the same two elements share an arrow: their labels stand below
-- each other.
local function bundles(rels)
  local list, by_ends = {}, {}
  for _, rel in ipairs(rels) do
    local key = rel.from .. "\n" .. rel.to .. "\n" .. rel.kind
    local bundle = by_ends[key]
    if not bundle then
      bundle = { rel = rel, lines = {} }
      list[#list + 1], by_ends[key] = bundle, bundle
    end
    add_lines(bundle.lines, rel)
  end
  for _, bundle in ipairs(list) do bundle.label = bundle_label(bundle) end
  return list
end

-- Relations that point against the way the diagram goes are laid out the other way round, so that
-- the second element of Rel_U stands above the first.
local AGAINST = { TB = "rel_u", BT = "rel_d", LR = "rel_l", RL = "rel_r" }

-- What an element says to itself stands beside it, so it is as tall as that.
local function make_room(nodes, list)
  for _, bundle in ipairs(list) do
    local node = bundle.rel.from == bundle.rel.to and nodes[bundle.rel.from]
    if node and bundle.label then node.height = math.max(node.height, bundle.label.height + 12) end
  end
end

local function add_relation(g, bundle, direction)
  local rel = bundle.rel
  local colours = rel.colours
  local spec = { label = bundle.label, head = "arrow",
    tail = rel.kind == "birel" and "arrow" or nil,
    style = colours and { stroke = colours.lineColor, color = colours.textColor } }
  local from, to = rel.from, rel.to
  if rel.kind == AGAINST[direction] then
    from, to = to, from
    spec.head, spec.tail = "none", "arrow"
  elseif rel.kind == "rel_b" then
    spec.head, spec.tail = "none", "arrow"
  end
  g:edge(from, to, spec)
end

-- A boundary may have the alias of an element: relations mean the element, as in Mermaid.
local function group_key(model, boundary)
  return model.by_alias[boundary.id] and boundary.id .. "\nboundary" or boundary.id
end

local function href_of(item, context)
  return item.href or context.href(item.id) or context.href(names.shown(item)) or nil
end

return function(model, context)
  local direction = model.direction or "TB"
  local g = graph.new { direction = direction, max_width = 900,
    title = model.title or model.caption }
  for _, boundary in ipairs(model.boundaries) do
    g:group(group_key(model, boundary), { label = boundary_label(boundary),
      parent = boundary.parent and group_key(model, boundary.parent),
      style = boundary_look(boundary), href = href_of(boundary, context) })
  end
  local list, nodes = bundles(model.rels), {}
  for _, shape in ipairs(model.shapes) do nodes[shape.id] = make_element(shape) end
  make_room(nodes, list)
  for _, shape in ipairs(model.shapes) do
    local node = nodes[shape.id]
    node.group = shape.parent and group_key(model, shape.parent)
    node.href = href_of(shape, context)
    g:node(shape.id, node)
  end
  for _, bundle in ipairs(list) do add_relation(g, bundle, direction) end
  return g:picture()
end
