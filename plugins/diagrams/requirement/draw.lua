-- SPDX-License-Identifier: MIT
-- Draws a requirement diagram: requirements and elements are nodes, relations edges of a graph.
local graph = require "graph"
local label = require "label"
local make_box = require "requirement.box"

local function key(box)
  return box.group .. " " .. box.name
end

-- To the record that the id or the name is.
local function record_of(box, context)
  return context.href(label.plain(box.id or "")) or context.href(box.name) or nil
end

-- The crosshair of "contains" stands at the container.
local function edge_of(relation)
  local spec = { label = label.new("«" .. relation.kind .. "»", 180, { size = 13 }) }
  if relation.kind == "contains" then
    spec.tail = "contains"
  else
    spec.line, spec.head = "dotted", "open"
  end
  return spec
end

return function(m, context)
  local g = graph.new { direction = m.direction, max_width = 900, title = m.caption }
  local has_links = false
  for _, box in ipairs(m.boxes) do
    local record = record_of(box, context)
    local document = not record and box.document and box.document.href or nil
    local node = make_box(box, document)
    node.href, has_links = record, has_links or document ~= nil
    g:node(key(box), node)
  end
  for _, relation in ipairs(m.relations) do
    g:edge(key(m.by_name[relation.from]), key(m.by_name[relation.to]), edge_of(relation))
  end
  local picture, problem = g:picture()
  if picture and has_links then picture.has_links = true end
  return picture, problem
end
