-- SPDX-License-Identifier: MIT
-- Timelines: periods along a line, each with its events.
local parse = require "timeline.parse"

local function facts(model)
  local out = { title = model.title, dir = model.dir, accTitle = model.accTitle,
    accDescr = model.accDescr, sections = {}, tasks = {} }
  for i, section in ipairs(model.sections) do out.sections[i] = section.label end
  for i, period in ipairs(model.periods) do
    local events = {}
    for j, event in ipairs(period.events) do events[j] = event.label end
    out.tasks[i] = { label = period.label, section = period.section and period.section.label,
      events = events }
  end
  return out
end

local function mentions(model)
  local list = {}
  for _, period in ipairs(model.periods) do
    list[#list + 1] = { name = period.show, line = period.line }
    for _, event in ipairs(period.events) do
      list[#list + 1] = { name = event.show, line = period.line }
    end
  end
  return list
end

return {
  noun = "timeline",
  parse = function(doc, limits) return parse(doc, limits.max_events or 1000) end,
  facts = facts,
  draw = function(model, context) return require "timeline.draw"(model, context) end,
  describe = function(model) return require("timeline.words").describe(model) end,
  words = function(out, model) require("timeline.words").write(out, model) end,
  mentions = mentions,
}
