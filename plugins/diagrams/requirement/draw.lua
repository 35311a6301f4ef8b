-- SPDX-License-Identifier: MIT
-- Draws a requirement diagram: requirements and elements are nodes, relations edges of a graph.
local graph = require "graph"
local label = require "label"
local make_box = require "requirement.box"

local function key(box)
  return box.group .. " " .. box.name
end

-- To the record that the id or the name is, or to the document that the element names.
local function href_of(box, context)
  local docref = box.docref
  return context.href(label.plain(box.id or "")) or context.href(box.name)
    or docref and docref:find("^https?://") and quoin.safe_url(docref) or nil
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
  local title = m.caption
  local g = graph.new { direction = m.direction, max_width = 900,
    title = title and title ~= "" and label.new("\14" .. title .. "\15", 560, { size = 16 }) or nil }
  for _, box in ipairs(m.boxes) do
    local node = make_box(box)
    node.href = href_of(box, context)
    g:node(key(box), node)
  end
  for _, relation in ipairs(m.relations) do
    g:edge(key(m.by_name[relation.from]), key(m.by_name[relation.to]), edge_of(relation))
  end
  return g:picture()
end
