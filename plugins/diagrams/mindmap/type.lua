-- SPDX-License-Identifier: MIT
-- Mindmaps: a tree by indentation, growing out of its root.
local words = require "mindmap.words"

local function node_facts(node)
  local fact = { label = node.label, shape = node.shape, icon = node.icon, children = {} }
  for i, child in ipairs(node.children) do fact.children[i] = node_facts(child) end
  return fact
end

local function collect(node, list)
  list[#list + 1] = { name = require("label").plain(node.show), line = node.line }
  for _, child in ipairs(node.children) do collect(child, list) end
  return list
end

return {
  noun = "mindmap",
  parse = function(doc) return require "mindmap.parse"(doc) end,
  facts = function(model)
    return { accTitle = model.accTitle, accDescr = model.accDescr, root = node_facts(model.root) }
  end,
  draw = function(model, context) return require "mindmap.draw"(model, context) end,
  describe = words.describe,
  words = words.write,
  mentions = function(model) return collect(model.root, {}) end,
}
