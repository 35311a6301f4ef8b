-- SPDX-License-Identifier: MIT
-- Tests of kanban boards: cards and what is known of them, broken ones, attacks, slow input.
local random = require "random"

local BROKEN = {
  { "kanban\n", 1, 1, "no column" },
  { "kanban\n  a\n b\n  c", 3, 2, "further left" },
  { "kanban\na\n  b[\"x", 3, 5, "what closes this label" },
  { "kanban\na\n  b[x", 3, 5, "what closes this label" },
  { "kanban\na\n  b[x]@{ ticket: 1", 3, 8, "not closed" },
  { "kanban\na\n  b[x]@{ ?: 1 }", 3, 10, "no property" },
  { "kanban\na\n  b[x]@{ ticket: 'x }", 3, 18, "not closed" },
  { "kanban\na\n  [x] y", 3, 7, "ends with its line" },
}

local LENIENT = { "a\n  Fix (b) now", "a\n  x[Fix (b) now]", "a\n  ask @ann",
  "a\n  b[x] @{ ticket: 1 }",
  "a\n  b[x]@{ ticket:MC }", "accTitle: x\na" }

local TEMPLATES = { "kanban\n%s\n  %s", 'kanban\na["%s"]\n  b["%s"]', "kanban\na[%s]\n  b(%s)",
  "kanban\na\n  b[x]@{ ticket: '%s', assigned: \"%s\", priority: %s }",
  "kanban\na\n  b@{ label: '%s' }", "kanban\na\n  ::icon(%s)\n  :::%s",
  "---\nconfig:\n  kanban:\n    ticketBaseUrl: '%s#TICKET#'\n---\nkanban\na\n  b@{ ticket: '%s' }" }

local PIECES = { "a", "b", " ", "  ", "\n", "\n  ", "\n", "[x]", '["y"]', "(z)", "((q))", "{{r}}",
  "@{ ticket: 1 }", "@{", "}", "priority: 'High'", ", ", '"', "'", "::icon(i)", ":::c", "%% d\n",
  "[", "]", "(", ")", "@", "\xff", "#35;", "<br>", "todo\n", "  card\n", ":", "-" }

local function facts_of(source)
  local read = require("mermaid").read(source, { max_events = 1000 })
  return read and read.kind.facts(read.model), read and read.model
end

local function lenient(t)
  for _, source in ipairs(LENIENT) do
    local html, findings = t.render("kanban\n" .. source)
    t.check(html, "drawn though GitHub refuses it: " .. source)
    t.equal(source .. " is told", findings[1] and findings[1].code, "lenient")
  end
end

local function cards(t)
  local facts = facts_of "kanban\nroot\n A\n  leaf\n \n\n B\nDone %% no comment\n [x]  %% comment"
  t.equal("deeper ones are cards of the column", #facts.cards, 4)
  t.equal("the card's column", facts.cards[2].column, "root")
  t.equal("a column", facts.columns[2], "Done %% no comment")
  t.equal("a comment behind a card", facts.cards[4].label, "x")
  facts = facts_of("kanban\na\n  b[x]@{\n    ticket: MC-1, 2\n    assigned: 'it''s'\n"
    .. "    priority: \"Very\n  High\"\n    label: New name\n  }\n"
    .. "  c[y]@{ ticket: 2037, priority: 0 }")
  t.equal("lines of properties", facts.cards[1].ticket, "MC-1, 2")
  t.equal("quotes in quotes", facts.cards[1].assigned, "it's")
  t.equal("lines in quotes", facts.cards[1].priority, "Very\nHigh")
  t.equal("a label among the properties", facts.cards[1].label, "New name")
  t.equal("a number", facts.cards[2].ticket, 2037)
  t.equal("nothing", facts.cards[2].priority, nil)
end

local function tickets(t)
  local head = "---\nconfig:\n  kanban:\n    ticketBaseUrl: '%s'\n---\nkanban\na\n"
    .. "  b[x]@{ ticket: M 1 }"
  local html = t.render(head:format("https://x.example/#TICKET#?a"))
  t.check(html:find('href="https://x.example/M%201?a"', 1, true), "tickets are links")
  local _, findings = t.render(head:format("javascript:#TICKET#"))
  t.equal("unsafe links are told", findings[1] and findings[1].code, "unsafe-link")
end

local function slow(t)
  for name, source in quoin.sorted { brackets = "a[" .. ("("):rep(48000),
    at = "a" .. ("@x"):rep(24000),
    cards = "a\n" .. (" b\n"):rep(16000), quotes = "a@{ x: " .. ("''"):rep(20000) .. " }",
    blanks = (" "):rep(48000), braces = "a@{" .. ("{"):rep(40000) .. "}" } do
    t.bounded(name, 60, t.render, "kanban\n" .. source)
  end
end

return function(t)
  t.broken("kanban", BROKEN)
  lenient(t)
  cards(t)
  tickets(t)
  t.attack("kanban", TEMPLATES)
  slow(t)
  random(t, "kanban", "kanban\n", PIECES, 1500)
end
