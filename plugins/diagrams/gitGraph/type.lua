-- SPDX-License-Identifier: MIT
-- Git graphs: branches as lanes, commits as dots in their order.
local words = require "gitGraph.words"

local function mentions(model)
  local list = {}
  for _, commit in ipairs(model.commits) do
    if commit.show then list[#list + 1] = { name = commit.show, line = commit.line } end
  end
  return list
end

return {
  noun = "git graph",
  parse = function(doc) return require "gitGraph.parse"(doc) end,
  facts = function(model) return require "gitGraph.facts"(model) end,
  draw = function(model, context) return require "gitGraph.draw"(model, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
