-- SPDX-License-Identifier: MIT
-- Kanban boards in words: every column with its cards.
local say = require "say"

local plural = say.plural

local words = {}

local function flat(s)
  return (tostring(s):gsub("\n", " "))
end

function words.describe(m)
  local cards = 0
  for _, column in ipairs(m.columns) do cards = cards + #column.cards end
  return ("Kanban board with %s in %s."):format(plural(cards, "card"),
    plural(#m.columns, "column"))
end

-- "Write the manual (ticket MC-1; assigned to ann; priority High)"
local function card_line(card)
  local more = {}
  if card.ticket then more[#more + 1] = "ticket " .. flat(card.ticket) end
  if card.assigned then more[#more + 1] = "assigned to " .. flat(card.assigned) end
  if card.priority then more[#more + 1] = "priority " .. flat(card.priority) end
  if #more == 0 then return flat(card.shown) end
  return ("%s (%s)"):format(flat(card.shown), table.concat(more, "; "))
end

function words.write(out, m)
  out:open("ul")
  for _, column in ipairs(m.columns) do
    out:open("li"):text(("%s: %s"):format(flat(column.shown), plural(#column.cards, "card")))
    if #column.cards > 0 then
      out:open("ul")
      for _, card in ipairs(column.cards) do out:leaf("li", {}, card_line(card)) end
      out:close()
    end
    out:close()
  end
  out:close()
end

return words
