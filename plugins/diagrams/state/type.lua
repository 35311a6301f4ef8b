-- SPDX-License-Identifier: MIT
-- State diagrams: states, transitions between them, composite states, notes.
local label = require "label"
local model = require "state.model"
local words = require "state.words"

local function mentions(m)
  local list = {}
  for _, state in ipairs(m.states) do
    if state.show then
      local show = label.plain(state.show)
      list[#list + 1] = { name = show, line = state.line }
      if show ~= state.id then list[#list + 1] = { name = state.id, line = state.line } end
    end
  end
  return list
end

return {
  noun = "state diagram",
  parse = model.parse,
  facts = model.facts,
  draw = function(m, context) return require "state.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
