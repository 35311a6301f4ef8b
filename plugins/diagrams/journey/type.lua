-- SPDX-License-Identifier: MIT
-- User journeys: what somebody does, in order, and how well it goes.
local parse = require "journey.parse"

local function facts(model)
  local out = { title = model.title, accTitle = model.accTitle, accDescr = model.accDescr,
    sections = {}, tasks = {} }
  for i, section in ipairs(model.sections) do out.sections[i] = section.label end
  for i, task in ipairs(model.tasks) do
    out.tasks[i] = { label = task.label, section = task.section and task.section.label,
      score = task.score, people = task.people }
  end
  return out
end

local function mentions(model)
  local list = {}
  for i, task in ipairs(model.tasks) do list[i] = { name = task.show, line = task.line } end
  return list
end

return {
  noun = "user journey",
  parse = function(doc, limits) return parse(doc, limits.max_events or 1000) end,
  facts = facts,
  draw = function(model, context) return require "journey.draw"(model, context) end,
  describe = function(model) return require("journey.words").describe(model) end,
  words = function(out, model) require("journey.words").write(out, model) end,
  mentions = mentions,
}
