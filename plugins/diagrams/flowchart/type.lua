-- SPDX-License-Identifier: MIT
-- Flowcharts: nodes of many shapes in groups, joined by arrows.
local links = require "links"
local model = require "flowchart.model"
local parse = require "flowchart.parse"
local words = require "flowchart.words"

-- Links that may stand on a page; the others are reported and forgotten.
local function keep_safe_links(m)
  for _, list in ipairs { m.nodes, m.groups } do
    for _, part in ipairs(list) do
      if part.link then
        links.put(m, part, part.link, part.show ~= "" and part.show or part.id, part.link_line)
      end
    end
  end
end

local function read(doc)
  local m, problem = parse(doc)
  if m then keep_safe_links(m) end
  return m, problem
end

local function mentions(m)
  local list = {}
  for _, node in ipairs(m.nodes) do
    list[#list + 1] = { name = node.id, line = node.line }
    if node.show ~= node.id and node.show ~= "" then
      list[#list + 1] = { name = node.show, line = node.line }
    end
  end
  return list
end

return {
  noun = "flowchart",
  parse = read,
  facts = model.facts,
  draw = function(m, context) return require "flowchart.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
