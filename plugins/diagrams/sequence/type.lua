-- SPDX-License-Identifier: MIT
-- Sequence diagrams: participants in columns, messages from the top down.
local model = require "sequence.model"
local words = require "sequence.words"

-- Links that may stand on a page; the others are reported and forgotten.
local function keep_safe_links(m)
  m.links, m.findings = {}, m.findings or {}
  for _, actor in ipairs(m.actors) do
    local safe = {}
    for _, link in ipairs(actor.links) do
      local href = quoin.safe_url(link.url)
      if href then
        safe[#safe + 1] = { of = actor.show, label = link.label, href = href }
        m.links[#m.links + 1] = safe[#safe]
      else
        m.findings[#m.findings + 1] = { code = "unsafe-link", line = link.line,
          message = ("the link '%s' leads to an address that a page must not link to"):format(
            link.label), hint = "use https, mailto or a relative path" }
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
