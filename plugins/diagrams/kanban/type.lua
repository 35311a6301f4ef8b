-- SPDX-License-Identifier: MIT
-- Kanban boards: columns of cards.
local model = require "kanban.model"
local words = require "kanban.words"

local function mentions(m)
  local list = {}
  for _, column in ipairs(m.columns) do
    for _, card in ipairs(column.cards) do
      list[#list + 1] = { name = card.shown, line = card.line }
      if card.ticket then list[#list + 1] = { name = tostring(card.ticket), line = card.line } end
    end
  end
  return list
end

return {
  noun = "kanban board",
  parse = model.parse,
  facts = model.facts,
  draw = function(m, context) return require "kanban.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
