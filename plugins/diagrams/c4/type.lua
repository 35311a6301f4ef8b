-- SPDX-License-Identifier: MIT
-- C4 diagrams: persons, systems, containers and components in boundaries, and their relations.
local model = require "c4.model"
local words = require "c4.words"
local names = require "c4.names"

local function mentions(m)
  local list = {}
  for _, items in ipairs { m.shapes, m.boundaries } do
    for _, item in ipairs(items) do
      local shown = names.shown(item)
      list[#list + 1] = { name = shown, line = item.line }
      if item.id ~= shown then list[#list + 1] = { name = item.id, line = item.line } end
    end
  end
  return list
end

return {
  noun = "C4 diagram",
  parse = model.parse,
  facts = model.facts,
  draw = function(m, context) return require "c4.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
