-- SPDX-License-Identifier: MIT
-- Pie charts: parts of a whole, as a ring with a legend.
local parse = require "pie.parse"

local function facts(model)
  local sections = {}
  for i, slice in ipairs(model.slices) do sections[i] = { slice.label, slice.value } end
  return { title = model.title, showData = model.show_data, sections = sections,
    accTitle = model.accTitle, accDescr = model.accDescr }
end

local function mentions(model)
  local list = {}
  for i, slice in ipairs(model.slices) do list[i] = { name = slice.show, line = slice.line } end
  return list
end

return {
  noun = "pie chart",
  parse = function(doc, limits) return parse(doc, limits.max_events or 1000) end,
  facts = facts,
  draw = function(model, context) return require "pie.draw"(model, context) end,
  describe = function(model) return require("pie.words").describe(model) end,
  words = function(out, model) require("pie.words").write(out, model) end,
  mentions = mentions,
}
