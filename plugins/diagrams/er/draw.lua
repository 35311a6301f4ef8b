-- SPDX-License-Identifier: MIT
-- Draws an entity-relationship diagram: entities are nodes, relations edges of a graph.
local graph = require "graph"
local label = require "label"
local make_table = require "er.table"

local HEADS = { ONLY_ONE = "one_one", ZERO_OR_ONE = "zero_one", ONE_OR_MORE = "one_many",
  ZERO_OR_MORE = "zero_many", MD_PARENT = "diamond" }

local function add_relation(g, r)
  g:edge(r.a, r.b, { line = r.line, tail = HEADS[r.card_a], head = HEADS[r.card_b],
    label = r.show ~= "" and label.new(r.show, 170, { size = 13, markdown = true }) or nil })
end

return function(model, context)
  local g = graph.new { direction = model.dir, max_width = 900, title = model.caption }
  for _, entity in ipairs(model.entities) do
    local node = make_table(entity, model.class_defs)
    node.href = context.href(entity.id) or context.href(entity.show) or nil
    g:node(entity.id, node)
  end
  for _, r in ipairs(model.relations) do add_relation(g, r) end
  return g:picture()
end
