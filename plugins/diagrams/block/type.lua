-- SPDX-License-Identifier: MIT
-- Block diagrams: blocks in columns, as the author places them, and edges between them.
local model = require "block.model"
local words = require "block.words"

local function mentions(m)
  local list = {}
  for id, block in quoin.sorted(m.by_id) do
    list[#list + 1] = { name = words.name(block), line = block.line }
    if id ~= words.name(block) then list[#list + 1] = { name = id, line = block.line } end
  end
  return list
end

return {
  noun = "block diagram",
  parse = model.parse,
  facts = model.facts,
  draw = function(m, context) return require "block.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
