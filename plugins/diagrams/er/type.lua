-- SPDX-License-Identifier: MIT
-- Entity-relationship diagrams: entities as tables of attributes, relations with crow's feet.
local parse = require "er.parse"
local words = require "er.words"

local function mentions(m)
  local list = {}
  for _, entity in ipairs(m.entities) do
    list[#list + 1] = { name = entity.show, line = entity.line }
    if entity.id ~= entity.show then list[#list + 1] = { name = entity.id, line = entity.line } end
  end
  return list
end

return {
  noun = "entity-relationship diagram",
  parse = function(doc) return parse(doc) end,
  facts = function(m) return m:facts() end,
  draw = function(m, context) return require "er.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
