-- SPDX-License-Identifier: MIT
-- XY charts: bars and lines over categories or numbers.
local words = require "xychart.words"

local function axis_facts(axis)
  return { title = axis.title, categories = axis.categories, from = axis.range and axis.range.from,
    to = axis.range and axis.range.to }
end

local function facts(model)
  local f = { title = model.title, accTitle = model.accTitle, accDescr = model.accDescr,
    horizontal = model.is_horizontal, x = axis_facts(model.x), y = axis_facts(model.y),
    series = {} }
  for i, s in ipairs(model.series) do
    f.series[i] = { kind = s.kind, name = s.name ~= "" and s.name or nil, values = s.values }
  end
  return f
end

local function mentions(model)
  local list = {}
  for _, s in ipairs(model.series) do
    if s.name ~= "" then list[#list + 1] = { name = s.name, line = s.line } end
  end
  return list
end

return {
  noun = "chart",
  parse = function(doc) return require "xychart.parse"(doc) end,
  facts = facts,
  draw = function(model, context) return require "xychart.draw"(model, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
