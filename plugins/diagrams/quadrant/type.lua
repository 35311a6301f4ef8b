-- SPDX-License-Identifier: MIT
-- Quadrant charts: points between two axes, four named quadrants.
local words = require "quadrant.words"

local function facts(model)
  local f = { title = model.title, accTitle = model.accTitle, accDescr = model.accDescr,
    quadrants = {}, axes = {}, points = {} }
  for i = 1, 4 do f.quadrants[i] = model.quadrants[i] and model.quadrants[i].label or "" end
  for _, key in ipairs { "x", "y" } do
    for _, name in ipairs(model.axes[key] or {}) do
      if name.label ~= "" then f.axes[#f.axes + 1] = name.label end
    end
  end
  for i, point in ipairs(model.points) do f.points[i] = point.label end
  return f
end

local function mentions(model)
  local list = {}
  for i, point in ipairs(model.points) do list[i] = { name = point.show, line = point.line } end
  return list
end

return {
  noun = "quadrant chart",
  parse = function(doc) return require "quadrant.parse"(doc) end,
  facts = facts,
  draw = function(model, context) return require "quadrant.draw"(model, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
