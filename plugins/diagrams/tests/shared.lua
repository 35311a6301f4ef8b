-- SPDX-License-Identifier: MIT
-- What holds for all types: emphasis, formulas, and no tag that is seen.

-- Diagrams with a bold word in a label; those of charts whose texts are plain stand in `PLAIN`.
local BOLD = {
  'flowchart TD\nA["one <b>two</b>"]', "sequenceDiagram\nA->>B: one <b>two</b>",
  "sequenceDiagram\nparticipant A as one <b>two</b>\nA->>A: x",
  "sequenceDiagram\nloop one <b>two</b>\nA->>B: x\nend",
  "stateDiagram-v2\na: one <b>two</b>", 'classDiagram\nA --> B : one <b>two</b>',
  'classDiagram\nclass A["one <b>two</b>"]', 'classDiagram\nclass A\nnote for A "one <b>two</b>"',
  'erDiagram\nA ||--o{ B : "one <b>two</b>"', 'erDiagram\nA["one <b>two</b>"] {\nint x\n}',
  "gantt\none <b>two</b> : a, 2024-01-01, 3d", 'C4Context\nSystem(a, "one <b>two</b>")',
  'pie\n"one <b>two</b>": 3', "timeline\none <b>two</b> : x", "timeline\nx : one <b>two</b>",
  "journey\none <b>two</b>: 3: Me", "mindmap\n  one <b>two</b>", "kanban\n  a\n    b[one <b>two</b>]",
  'block\n  a["one <b>two</b>"]', 'requirementDiagram\nelement a {\ntype: "one <b>two</b>"\n}',
}
local PLAIN = {
  'gitGraph\ncommit id: "one <b>two</b>"', "quadrantChart\none <b>two</b>: [0.3, 0.4]",
  'xychart\nbar "one <b>two</b>" [1]',
}

local function emphasis(t)
  for _, source in ipairs(BOLD) do
    local name = "bold in " .. source:match("^[^\n]*") .. " " .. source:sub(-12)
    local html, findings = t.render(source)
    if t.check(html, name .. " is drawn", findings[1] and findings[1].message) then
      t.check(html:find('<tspan[^>]*font%-weight="bold"[^>]*>two'), name .. " is bold")
      t.check(not html:find("[\14-\19]") and not html:find("&lt;b", 1, true), name .. " has no tag")
    end
  end
  for _, source in ipairs(PLAIN) do
    local html = t.render(source)
    t.check(html and html:find("one two", 1, true), "plain: " .. source)
  end
  local read = require("mermaid").read(BOLD[2], { max_events = 9 })
  t.check(not require("mermaid").text(read):find("[\14-\19]"), "text versions have no marks")
end

local function formulas(t)
  for _, source in ipairs { 'flowchart TD\nA["$$x^2$$"]', "sequenceDiagram\nA->>B: $$x^2$$",
    "stateDiagram-v2\na: $$x^2$$", 'pie\n"$$x^2$$": 3' } do
    local _, findings = t.render(source)
    local f = findings[1] or {}
    t.check(f.code == "formula" and f.severity == "info" and f.line == 2 and f.column,
      "a formula is told: " .. source, f.message)
  end
  local _, findings = t.render "sequenceDiagram\nA->>B: costs $$ and $"
  t.equal("two signs are no formula", #findings, 0)
end

return function(t)
  emphasis(t)
  formulas(t)
end
