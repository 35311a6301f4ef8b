-- SPDX-License-Identifier: MIT
-- Tests of C4 diagrams: arguments, what GitHub refuses, broken ones, attacks, slow input.
local random = require "random"

local BROKEN = {
  { "C4Context\n  Sistem(a, \"A\")", 2, 3, "'Sistem' begins no statement" },
  { "C4Context\nSystem(a, \"A)\nSystem(b, \"B\")", 3, 12, "',' or ')' is missing" },
  { "C4Context\nSystem(a, \"A", 2, 11, "not closed" },
  { "C4Context\nSystem(a, \"A\"", 2, 13, "',' or ')' is missing" },
  { "C4Context\nSystem(a, \"A\" \"B\")", 2, 15, "',' or ')' is missing" },
  { "C4Context\nSystem(a", 2, 8, "',' or ')' is missing" },
  { "C4Context\nSystem(", 2, 7, "not closed" },
  { "C4Context\nSystem()", 2, 7, "first argument of System" },
  { "C4Context\nSystem a", 2, 7, "behind System comes '('" },
  { "C4Context\nBoundary(b, \"B\") {\nSystem(a, \"A\")", 2, 1, "not closed" },
  { "C4Context\nSystem(a, \"A\")\n}", 3, 1, "closes nothing" },
  { "C4Context\nSystem(a, \"A\", $tags)", 2, 16, "$name" },
  { "C4Context\nRel(a)", 2, 1, "two elements" },
  { "C4Context\nBoundary(b, \"B\") {\nBoundary(b, \"B\") {\n}\n}", 3, 1, "inside of itself" },
  { "C4Context\nalt x", 2, 1, "'alt' begins no statement" },
  { "C4Context\n→", 2, 1, "'→' begins no statement" },
}

local LENIENT = {
  'Person(a, Ann)', 'Person(a, "Ann" )', 'Person(a,\n"Ann")', 'Person(a, "A", $tags=x)',
  'Person(a, "A") Person(b, "B")', 'Person(a, "A") %% note', 'Boundary(b, "B") { Person(a, "A")\n}',
  'Deployment_Node(n, "N")', 'Person(a, "A")\nRel(a, b, "x")', 'Person(a, "A")\nRel(a, a)',
  'LAYOUT_WITH_LEGEND()', 'Person(a, "A")\nRel_Neighbor(a, a, "x")',
}

local TEMPLATES = { 'C4Context\nPerson(a, "%s", "%s")', "C4Context\nPerson(%s)",
  'C4Container\nContainer(a, "A", "%s", "%s", $link="%s")', 'C4Context\nPerson(a, %s, "x")',
  'C4Context\nSystem(a, "A")\nRel(a, a, "%s", "%s")', "C4Context\ntitle %s\nPerson(a, \"A\")",
  'C4Context\nBoundary(b, "%s", "%s") {\nSystem(a, "A")\n}', "C4Context\n%s",
  'C4Context\nSystem(a, "A")\nUpdateElementStyle(a, $bgColor="%s", $fontColor="%s")',
  'C4Context\nSystem(a, "A", $tags="%s")\nAddElementTag("%s", $bgColor="red")',
  'C4Context\nSystem("%s", "A")\nRel("%s", "%s", "x")', 'C4Dynamic\nRelIndex("%s", a, b, "%s")',
  'C4Deployment\nNode(n, "N", "%s", "%s") {\nContainer(c, "C")\n}',
  "C4Context\naccTitle: %s\naccDescr { %s }\nPerson(a, \"A\")" }

local PIECES = { "Person(", "a", ", ", '"A"', '"', ")", "\n", "\n", "\n", "}", '$tags="v"', "=",
  "Rel(a, b, \"x\")\n", "BiRel(b, a, \"y\", \"z\")\n", "Person(a, \"A\")\n", "}\n", "title T\n",
  "SystemDb_Ext(b, \"B\")\n", "System(e, E)\n", "Rel(a, e, \"w\")\n", "Boundary(c, \"C\") {\n",
  "Node_L(d, \"D\") {\n",
  "Rel_U(a, c, \"u\")\n", "Rel_Back(c, d, \"v\")\n", "UpdateRelStyle(a, b, $lineColor=\"red\")\n",
  "\xff", "#35;", "%% c\n", "direction LR\n", "accDescr {", "RelIndex(1, a, b, \"i\")\n", "<br>", ";" }

local function read(source)
  local r = require("mermaid").read(source, { max_events = 1000 })
  return r and r.kind.facts(r.model), r and r.model
end

local function lenient(t)
  for _, source in ipairs(LENIENT) do
    local html, findings = t.render("C4Context\n" .. source)
    t.check(html, "drawn though GitHub refuses it: " .. source)
    t.equal(source .. " is told", findings[1] and findings[1].code, "lenient")
  end
end

local function arguments(t)
  local facts = read 'C4Container\nContainer(a, "A, b (c)",, "D", $tags="x, y", $techn="T")'
  t.equal("commas in quotes", facts.shapes[1].label, "A, b (c)")
  t.equal("an argument left out", facts.shapes[1].descr, "D")
  t.equal("a named argument", facts.shapes[1].techn, "T")
  facts = read 'C4Container\nContainer(a, A (old), "T", "D", "", "", "")'
  t.equal("parentheses in a bare argument", facts.shapes[1].label, "A (old)")
  facts = read 'C4Context\nPerson(a, "", "D")\nPerson(a, "Ann")'
  t.equal("a second declaration adds", facts.shapes[1].label .. facts.shapes[1].descr, "AnnD")
  t.equal("and makes no second element", #facts.shapes, 1)
end

local function relations(t)
  local facts, model = read('C4Dynamic\nSystem(a, "A")\nRel(a, a, "x")\nRel(a, a, "y", "T")\n'
    .. 'RelIndex(7, a, a, "z")')
  t.equal("Mermaid keeps the last of a pair", #facts.rels, 1)
  t.equal("that is this", facts.rels[1].label .. facts.rels[1].techn, "zT")
  t.equal("all are drawn", #model.rels, 3)
  t.equal("dynamic diagrams count", model.rels[2].number, "2")
  t.equal("an index is a number", model.rels[3].number, "7")
  model = select(2, read 'C4Dynamic\nSystem(a, "A")\nRel(a, a, "x")\nRel(a, a, "1. y")')
  t.equal("not when labels have numbers", model.rels[1].number, nil)
  local html = t.render 'C4Context\nSystem(a, "A")\nRel(a, nobody, "x")'
  t.check(html:find("nobody", 1, true) and html:find("not declared", 1, true), "unknown ends stay")
end

local function looks(t)
  local html = t.render('C4Context\nSystem_Ext(a, "A")\n'
    .. 'SystemDb(b, "B", $link="https://x.example")\n'
    .. 'UpdateElementStyle(b, $bgColor="#202060", $fontColor="white")\nAddElementTag(v, "yellow")\n'
    .. 'System(c, "C", "d", "", "v+w")')
  t.check(html:find('stroke-dasharray="6 4"', 1, true), "external elements have a dashed border")
  t.check(html:find("external system", 1, true), "and say so")
  t.check(html:find('href="https://x.example"', 1, true), "links are links")
  t.check(html:find("dg-on-dark", 1, true), "dark fills take light text")
  t.check(html:find('fill="#ffff00"', 1, true), "tags have styles")
  html = t.render 'C4Context\nSystem(a, "A")\nRel(a, a, "x", $link="https://y.example")'
  t.check(html:find('href="https://y.example"', 1, true), "relations have links, too")
  html = t.render('C4Context\nSystem(a, "A")\nSystem(b, "B")\nRel(a, b, "x <b>y</b>")\n'
    .. 'UpdateRelStyle(a, b, $textColor="#a00000", $lineColor="blue")')
  t.check(html:find('class="dg-user" fill="#a00000"', 1, true), "texts of relations have a colour")
  t.check(html:find('font-weight="bold">y<', 1, true), "and emphasis")
  html = t.render('C4Context\nSystem(a, "A")\nSystem(b, "B")\nRel(a, b, "x")\n'
    .. 'UpdateRelStyle(a, b, $textColor="yellow")')
  t.check(not html:find("#ffff00", 1, true), "where it can be read")
  local _, findings = t.render 'C4Context\nSystem(a, "A", $link="javascript:x")'
  t.equal("unsafe links are told", findings[1] and findings[1].code, "unsafe-link")
end

local function slow(t)
  local deep = ('Boundary(b%d, "B") {\n'):rep(50)
  local i = 0
  deep = deep:gsub("%%d", function() i = i + 1 return tostring(i) end)
  local html, findings = t.render("C4Context\n" .. deep .. ("}\n"):rep(50))
  t.check(not html and findings[1].message:find("nested"), "deep nesting is refused")
  for name, source in quoin.sorted { parentheses = "System(a, " .. ("("):rep(48000),
    commas = "System(a" .. (","):rep(48000) .. ")", blanks = (" \n"):rep(24000) .. "x",
    quotes = "System(a, " .. ('"x",'):rep(12000) .. ")", comments = ("%% x\n;"):rep(8000) } do
    t.bounded(name, 60, t.render, "C4Context\n" .. source)
  end
end

return function(t)
  t.broken("c4", BROKEN)
  lenient(t)
  arguments(t)
  relations(t)
  looks(t)
  t.attack("c4", TEMPLATES)
  slow(t)
  random(t, "c4", "C4Context\n", PIECES, 1500)
end
