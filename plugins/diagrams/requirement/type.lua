-- SPDX-License-Identifier: MIT
-- Requirement diagrams: requirements and elements with their rows, relations between them.
local model = require "requirement.model"
local text = require "text"
local words = require "requirement.words"

local function mentions(m)
  local list = {}
  for _, box in ipairs(m.boxes) do
    list[#list + 1] = { name = text.display(box.name), line = box.line }
    if box.id and box.id ~= "" then
      list[#list + 1] = { name = text.display(box.id), line = box.line }
    end
  end
  return list
end

return {
  noun = "requirement diagram",
  parse = model.parse,
  facts = model.facts,
  draw = function(m, context) return require "requirement.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
