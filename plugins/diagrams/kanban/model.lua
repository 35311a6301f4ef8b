-- SPDX-License-Identifier: MIT
-- Kanban boards: from the lines of a document to a model, and from a model to its plain facts.
local source = require "source"
local text = require "text"
local accessible = require "accessible"
local links = require "links"
local parse = require "kanban.parse"

local model = {}

local function link_tickets(m, base)
  for _, column in ipairs(m.columns) do
    for _, card in ipairs(column.cards) do
      if card.ticket then
        local ticket = tostring(card.ticket):gsub("%s", "%%20"):gsub("%%", "%%%%")
        links.put(m, card, base:gsub("#TICKET#", ticket), card.shown, card.line)
      end
    end
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
function model.parse(doc, limits)
  local m = { columns = {}, count = 0, caption = doc.title and text.display(doc.title) }
  accessible.take(doc, m)
  local src = source.new(doc)
  m.findings = src.findings
  if m.accTitle or m.accDescr then
    src:lenient(1, "accTitle and accDescr on a kanban board", "take them out")
  end
  local ok, problem = parse(src, m, limits.max_events)
  if not ok then return nil, problem end
  local base = doc.settings["kanban.ticketBaseUrl"]
  if base and base ~= "" then link_tickets(m, base) end
  return m
end

-- The plain facts: what tools compare.
function model.facts(m)
  local facts = { columns = {}, cards = {} }
  for i, column in ipairs(m.columns) do
    facts.columns[i] = column.label
    for _, card in ipairs(column.cards) do
      facts.cards[#facts.cards + 1] = { label = card.label, column = column.label,
        ticket = card.ticket, assigned = card.assigned, priority = card.priority }
    end
  end
  return facts
end

return model
