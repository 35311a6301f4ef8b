-- SPDX-License-Identifier: MIT
-- Sequence diagrams: participants in columns, messages from the top down.
local links = require "links"
local model = require "sequence.model"
local words = require "sequence.words"

-- Links that may stand on a page; the others are reported and forgotten.
local function keep_safe_links(m)
  m.links = {}
  for _, actor in ipairs(m.actors) do
    local safe = {}
    for _, link in ipairs(actor.links) do
      local entry = { of = actor.show, label = link.label }
      if links.put(m, entry, link.url, link.label, link.line) then
        safe[#safe + 1], m.links[#m.links + 1] = entry, entry
      end
    end
    actor.links = safe
  end
end

local function parse(doc, limits)
  local m, problem = model.parse(doc, limits.max_events)
  if m then keep_safe_links(m) end
  return m, problem
end

local function mentions(m)
  local list = {}
  for _, actor in ipairs(m.actors) do list[#list + 1] = { name = actor.show, line = actor.line } end
  return list
end

return {
  noun = "sequence diagram",
  parse = parse,
  facts = model.facts,
  draw = function(m, context) return require "sequence.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
