-- SPDX-License-Identifier: MIT
-- Tests of requirement diagrams: broken ones, what only we accept, boxes and relations.
local random = require "random"

local HEAD = "requirementDiagram\n"

local BROKEN = {
  { HEAD .. "requirement a\nid: 1", 2, 14, "'{' is missing" },
  { HEAD .. "requirement a {\nid: 1\n", 2, 15, "not closed" },
  { HEAD .. "element a {\n  risk: low\n}", 3, 3, "type and docRef" },
  { HEAD .. "requirement a {\n  owner: me\n}", 3, 3, "verifyMethod" },
  { HEAD .. "a - fulfils -> b", 2, 5, "satisfies" },
  { HEAD .. "a -> b", 2, 1, "a - satisfies -> b" },
  { HEAD .. "- satisfies -> b", 2, 1, "both ends" },
  { HEAD .. "\n nonsense", 3, 2, "no statement" },
  { HEAD .. "requirement \"\" {\n}\n}", 4, 1, "no statement" },
}

-- A diagram and its facts: the requirements, elements and relations in short.
local FACTS = {
  { "FunctionalRequirement r {\nid: 1.a\nTEXT: \"two\nlines\"\nrisk: HIGH\nverifyMethod: test\n}",
    "r(Functional Requirement,1.a,two\nlines,High,Test)" },
  { 'requirement "a, b" {\n}\nelement e {\ntype: "word doc"\ndocRef: x/y\n}\n'
    .. 'e - satisfies -> "a, b"',
    "a, b(Requirement) e(word doc,x/y) e satisfies a, b" },
  { "designConstraint d:::x {\n}\nelement e:::x,y {\n}\nd <- Copies - e\ne:::z\n"
    .. "classDef x fill:red",
    "d(Design Constraint) e() e copies d" },
  { "requirement a b {\n}\nrequirement a b {\nid: 2\n}\na b - contains -> a b",
    "a b(Requirement) a b contains a b" },
  { "requirement a {\nid: 1\nid: 2\n}\n# comment\n%% comment\ndirection LR", "a(Requirement,1)" },
}

local LENIENT = { "requirement REQ-1 {\n}", "requirement a {\nid: REQ-1\n}",
  "requirement a {\ntext: one, two: three\n}", "requirement a {\ntext: test it\n}",
  "requirement a {\nrisk: severe\n}", "requirement a {\nverifymethod: review\n}",
  "element e { type: x }", "direction TD", "title T", "requirement é {\n}" }

local TEMPLATES = { HEAD .. "%s", HEAD .. "requirement \"%s\" {\n}", HEAD .. "element %s {\n}",
  HEAD .. "requirement a {\nid: %s\n}", HEAD .. "requirement a {\ntext: \"%s\"\n}",
  HEAD .. "requirement a {\nrisk: %s\n}", HEAD .. "element a {\ndocref: %s\n}",
  HEAD .. "%s - traces -> b", HEAD .. "element a {\n}\nstyle a fill:%s", HEAD .. "a:::%s",
  HEAD .. "accTitle: %s\naccDescr: %s", HEAD .. "element a {\ndocref: \"https://%s\"\n}" }

local PIECES = { "a", "b", " ", "\n", "\n", "requirement ", "element ", "{\n", "}\n", "{", "}",
  "id: 1\n", "text: x\n", 'text: "y\nz"\n', "risk: low\n", "verifymethod: test\n", "type: t\n",
  "docref: d\n", " - satisfies -> ", " <- copies - ", "-", "->", "<-", ":::", "x", ",", ":", '"',
  "classDef x fill:red\n", "class a x\n", "style a fill:blue\n", "direction LR\n",
  "a - traces -> b\n",
  "requirement a {\nid: 1\n}\n", "element b {\n}\n", "\xff", "#35;", "#", "%%", "accDescr {", "é" }

local function short(source)
  local read, problem = require("mermaid").read(HEAD .. source, {})
  if not read then return problem.message end
  local facts, parts = read.kind.facts(read.model), {}
  local function box(name, ...)
    local list = {}
    for _, value in ipairs { ... } do
      if value ~= "" then list[#list + 1] = value end
    end
    parts[#parts + 1] = ("%s(%s)"):format(name, table.concat(list, ","))
  end
  for _, r in ipairs(facts.requirements) do
    box(r.name, r.kind, r.id, r.text, r.risk or "", r.verify or "")
  end
  for _, e in ipairs(facts.elements) do box(e.name, e.kind, e.docref) end
  for _, r in ipairs(facts.relations) do
    parts[#parts + 1] = ("%s %s %s"):format(r.from, r.kind, r.to)
  end
  return table.concat(parts, " ")
end

local function drawn(t)
  local html, findings = t.render(HEAD .. "requirement a {\nid: 1\n}\na - verifies -> b")
  t.check(html and html:find("«verifies»", 1, true), "relations have their names")
  t.check(html and html:find("not declared", 1, true), "an unknown name is a box")
  t.equal("an unknown name is told", findings[1] and findings[1].code, "unknown-name")
  t.equal("with its line", findings[1] and findings[1].line, 5)
  html = t.render(HEAD .. 'element e {\ndocref: "https://x.example/a"\n}')
  t.check(html and html:find('href="https://x.example/a"', 1, true),
    "an element leads to its document")
  html = t.render(HEAD .. 'element e {\ndocref: "javascript:x"\n}')
  t.check(html and not html:find("href", 1, true), "but nowhere unsafe")
  html = t.render(HEAD .. "requirement a {\n}\nclassDef default fill:#102030\nstyle a stroke:red")
  t.check(html and html:find("dg-on-dark", 1, true) and html:find("#ff0000", 1, true),
    "styles colour")
end

local function slow(t)
  for name, source in quoin.sorted {
    boxes = ("requirement a {\n}\n"):rep(2700), dashes = ("- "):rep(24000),
    lines = ("a\n"):rep(24000),
    relations = ("a - traces -> b\n"):rep(1400),
    rows = "element a {\n" .. ("type: x\n"):rep(5000) .. "}",
    braces = ("element a { "):rep(4000), quotes = ("a:::" .. '"'):rep(9000),
    steps = ("a:::b\n"):rep(8000),
    arrows = ("- a "):rep(12000), styles = ("style a,b fill:red\n"):rep(2500),
  } do
    t.bounded(name, 60, t.render, HEAD .. source)
  end
end

return function(t)
  t.broken("requirement", BROKEN)
  for _, row in ipairs(FACTS) do
    t.equal("requirement facts of " .. row[1], short(row[1]), row[2])
  end
  for _, source in ipairs(LENIENT) do
    local html, findings = t.render(HEAD .. source)
    t.check(html, "drawn though GitHub refuses it: " .. source, findings[1] and findings[1].message)
    t.equal(source .. " is told", findings[1] and findings[1].code, "lenient")
  end
  drawn(t)
  t.attack("requirement", TEMPLATES)
  slow(t)
  random(t, "requirement", HEAD, PIECES, 2000)
end
