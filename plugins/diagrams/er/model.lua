-- SPDX-License-Identifier: MIT
-- What an entity-relationship diagram holds: entities with their attributes, and relations.
local label = require "label"
local text = require "text"

local model = {}
model.__index = model

function model.new()
  return setmetatable({ dir = "TB", entities = {}, by_name = {}, relations = {}, class_defs = {} },
    model)
end

-- The entity of that name, made by the first mention. The first alias stays.
function model:entity(name, alias, line)
  local entity = self.by_name[name]
  if not entity then
    entity = { id = name, show = text.display(name), attributes = {}, css = {}, styles = {},
      line = line }
    self.entities[#self.entities + 1], self.by_name[name] = entity, entity
  end
  if alias and not entity.label then
    entity.label, entity.show = text.label(alias), label.display(alias)
  end
  return entity
end

-- `attribute` {type, name, keys, comment} of raw texts.
function model.add_attribute(entity, attribute)
  local list = entity.attributes
  local comment = attribute.comment or ""
  list[#list + 1] = { type = attribute.type, name = attribute.name, keys = attribute.keys,
    comment = text.label(comment), show = text.display(comment) }
end

function model:add_relation(r)
  self.relations[#self.relations + 1] = { a = r.a, b = r.b, card_a = r.card_a, card_b = r.card_b,
    line = r.line, label = text.label(r.role), show = label.display(r.role), at_line = r.at_line }
end

-- The plain facts: what tools compare.
function model:facts()
  local facts = { dir = self.dir, accTitle = self.accTitle, accDescr = self.accDescr,
    entities = {}, relations = {} }
  for i, entity in ipairs(self.entities) do
    local attributes = {}
    for k, a in ipairs(entity.attributes) do
      attributes[k] = { type = a.type, name = a.name, keys = a.keys, comment = a.comment }
    end
    facts.entities[i] = { id = entity.id, label = entity.label, attrs = attributes }
  end
  for i, r in ipairs(self.relations) do
    facts.relations[i] = { a = r.a, b = r.b, label = r.label, cardA = r.card_a, cardB = r.card_b,
      line = r.line }
  end
  return facts
end

return model
