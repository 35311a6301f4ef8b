-- SPDX-License-Identifier: MIT
-- Tests of entity-relationship diagrams: broken ones, cardinalities in signs and words, attacks.
local random = require "random"

local BROKEN = {
  { "erDiagram\nA ||--o{ : x", 2, 10, "second entity" },
  { "erDiagram\nA ||-- B : x", 2, 8, "mark of the second entity" },
  { "erDiagram\nA || B : x", 2, 6, "the line between" },
  { "erDiagram\nA {\n string x\n", 2, 3, "not closed" },
  { "erDiagram\nA {\n string\n}", 3, 2, "type name" },
  { "erDiagram\nA {\n string x \"y\n}", 3, 11, "not closed" },
  { "erDiagram\nA ||--o{ B :\n", 2, 12, "label behind ':'" },
  { "erDiagram\n  (A)", 2, 3, "quotation marks" },
  { "erDiagram\nA[x", 2, 2, "no ']'" },
  { "erDiagram\nA:::", 2, 5, "style class" },
  { "erDiagram\n\"A", 2, 1, "cannot stand here" },
}

-- Between A and B -> card of A, of B, line
local CARDINALITIES = {
  { "||--||", "ONLY_ONE", "ONLY_ONE", "solid" }, { "|o--o|", "ZERO_OR_ONE", "ZERO_OR_ONE", "solid" },
  { "}o..o{", "ZERO_OR_MORE", "ZERO_OR_MORE", "dotted" },
  { "}|.-|{", "ONE_OR_MORE", "ONE_OR_MORE", "dotted" }, { "u--o{", "MD_PARENT", "ZERO_OR_MORE", "solid" },
  { "one to many", "ONLY_ONE", "ZERO_OR_MORE", "solid" },
  { "only one optionally to zero or one", "ONLY_ONE", "ZERO_OR_ONE", "dotted" },
  { "one or more to zero or many", "ONE_OR_MORE", "ZERO_OR_MORE", "solid" },
  { "One Or Many TO many(1)", "ONE_OR_MORE", "ONE_OR_MORE", "solid" },
  { "1+ to 0+", "ONE_OR_MORE", "ZERO_OR_MORE", "solid" },
  { "1 to 1", "ONLY_ONE", "ONLY_ONE", "solid" }, { "many(0)--1", "ZERO_OR_MORE", "ONLY_ONE", "solid" },
  { "1--1", "ONLY_ONE", "ONLY_ONE", "solid" }, { "one or zero-.one", "ZERO_OR_ONE", "ONLY_ONE", "dotted" },
}

local TEMPLATES = { "erDiagram\n\"%s\"", "erDiagram\nA[\"%s\"]", "erDiagram\nA ||--|| B : \"%s\"",
  "erDiagram\nA ||--|| B : %s", "erDiagram\nA {\nstring x \"%s\"\n}", "erDiagram\nA {\n%s x\n}",
  "erDiagram\nA {\nint %s\n}", "erDiagram\nA\nstyle A fill:%s", "erDiagram\nA:::b\nclassDef b %s",
  "erDiagram\naccTitle: %s\nA", "erDiagram\n%s", "erDiagram\nclass A %s\nA" }

local PIECES = { "A", "B", " ", " ", "\n", "\n", "||", "--", "o{", "}|", "..", " : x\n", ":", ":::",
  "{", "}", "string a\n", "int b PK, FK\n", '"c"', '"', "[", "]", "one", " to ", "many", "only one ",
  "A ||--o{ B : has\n", "C { int x }\n", "style A fill:red\n", "classDef c fill:blue\n", "class A c\n",
  "direction LR\n", "1", "0+", "u", "~T~", "decimal(10,2) x\n", ",", ";", "%% c\n", "\xff", "#35;",
  "accDescr {", "-", ".", "*", "(", ")", "title x\n" }

local function facts_of(source)
  local read = require("mermaid").read(source, {})
  return read and read.kind.facts(read.model)
end

local function lenient(t)
  for _, source in ipairs { "A ||--o{ B", "A {\ndecimal(10,2) price\n}", "A[two words]",
    "A ||--o{ B : has many", "A ||--o{ B : 'quoted'", "class ||--o{ B : x",
    "A {\nenum('a','b') kind\n}", "A {\npublic.id key\n}" } do
    local html, findings = t.render("erDiagram\n" .. source)
    t.check(html, "drawn though GitHub refuses it: " .. source, findings[1] and findings[1].message)
    t.equal(source .. " is told", findings[1] and findings[1].code, "lenient")
  end
  local _, findings = t.render("erDiagram\nA ||--o{ B : places orders")
  t.equal("words behind a label", findings[1] and findings[1].code, "doubtful")
  local facts = facts_of("erDiagram\nA {\ndecimal(10,2) price PK\nint n\n}")
  t.equal("the whole type", facts.entities[1].attrs[1].type, "decimal(10,2)")
  t.equal("and its name", facts.entities[1].attrs[1].name, "price")
  t.equal("and what follows", facts.entities[1].attrs[2].name, "n")
  t.equal("the whole label", facts_of("erDiagram\nA ||--o{ B : has many").relations[1].label, "has many")
end

local function slow(t)
  for name, source in quoin.sorted {
    tildes = "A {\n" .. ("~"):rep(48000) .. "\n}", words = ("a "):rep(24000),
    labels = ("A ||--|| B : x y\n"):rep(2500), blanks = "A" .. (" "):rep(48000) .. "||",
    brackets = "A {\n" .. ("("):rep(48000) .. "\n}", ones = ("1 "):rep(24000),
    attributes = "A {\n" .. ("int x\n"):rep(7000) .. "}", opened = "A " .. ("["):rep(40000),
  } do
    t.bounded(name, 100, t.render, "erDiagram\n" .. source)
  end
end

return function(t)
  t.broken("er", BROKEN)
  for _, row in ipairs(CARDINALITIES) do
    local facts = facts_of("erDiagram\nA " .. row[1] .. " B : x")
    local r = facts and facts.relations[1]
    t.equal("cardinality " .. row[1], r and ("%s %s %s"):format(r.cardA, r.cardB, r.line),
      ("%s %s %s"):format(row[2], row[3], row[4]))
  end
  lenient(t)
  t.attack("er", TEMPLATES)
  slow(t)
  random(t, "er", "erDiagram\n", PIECES, 2000)
  local text = require("mermaid").text(require("mermaid").read(
    "erDiagram\nCUSTOMER ||--o{ ORDER : places\nORDER { int id PK \"number\" }", {}))
  t.check(text:find("Exactly one CUSTOMER places zero or more ORDER", 1, true), "relations in words",
    text)
  t.check(text:find("id: int (primary key) – number", 1, true), "attributes in words", text)
end
