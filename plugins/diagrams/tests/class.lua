-- SPDX-License-Identifier: MIT
-- Tests of class diagrams: broken ones, members, names, attacks, and input that is made to be slow.
local member = require "class.member"
local random = require "random"

local BROKEN = {
  { "classDiagram\nclass A {\n +x\n", 2, 9, "not closed" },
  { "classDiagram\nA -> B", 2, 3, "write '-->'" },
  { "classDiagram\nA --> ", 2, 7, "the class at the end" },
  { "classDiagram\n}", 2, 1, "closes nothing" },
  { "classDiagram\nnamespace N {\nclass A", 2, 11, "not closed" },
  { "classDiagram\nnamespace N\nclass A", 2, 11, "'{'" },
  { "classDiagram\nclass", 2, 6, "name of a class is missing" },
  { 'classDiagram\nnote "x\ny', 2, 6, "not closed" },
  { "classDiagram\nnote x", 2, 6, "a note reads" },
  { "classDiagram\nclass A\nclass `B", 3, 7, "backtick" },
  { "classDiagram\nA --> B : x\nfoo bar(baz)", 3, 8, "cannot stand here" },
  { "classDiagram\n&lt;&lt;interface&gt;&gt; A", 2, 1, "<<interface>>" },
  { "classDiagram\nclass A\nlink A", 3, 7, "a link reads" },
  { "classDiagram\nclass A\nclick A foo", 3, 12, "a click reads" },
  { 'classDiagram\nA "1" B', 2, 7, "a relation is missing" },
  { "classDiagram\nclass A~int", 2, 8, "no second one" },
  { "classDiagram\n  [*] --> B", 2, 3, "backticks" },
  { "classDiagram\nclass A[\"x\"", 2, 8, "no ']'" },
  { "classDiagram\nstyle", 2, 6, "a style reads" },
  { "classDiagram\ncssClass A b", 2, 10, "cssClass" },
}

-- Member -> as facts have it.
local MEMBERS = {
  { "+int age", "+int age" }, { "-   gender : String", "- gender : String" },
  { "List~int~ ids", "List<int> ids" }, { "#size()$", "#size()" }, { "+a string*", "+a string" },
  { "run(List~T~, List~OT~) List~List~int~~", "run(List<T>, List<OT>) : List<List<int>>" },
  { "m(f(x)) bool", "m(f(x)) : bool" }, { "get() : int", "get() : : int" }, { "a)", "a)" },
  { "Map~K, V~ m", "Map<K, V> m" }, { "~x~", "~x~" }, { "~List~int~ x", "~List<int> x" },
  { "stop()* void", "stop() : void" }, { "stop() void$", "stop() : void" }, { "x &lt; y", "x < y" },
}

local SHOWN = {
  { "List~Map~String, int~~ weights", "List<Map<String, int>> weights" },
  { "+get() : int", "get(): int" }, { "f(List~A~, B~C~) D", "f(List<A>, B<C>): D" },
  { "a ~ b", "a ~ b" },
}

local TEMPLATES = { "classDiagram\nclass A[\"%s\"]", "classDiagram\nclass `%s`",
  "classDiagram\nclass A {\n%s\n}", "classDiagram\nA : %s", "classDiagram\nA --> B : %s",
  "classDiagram\nA \"%s\" --> B", "classDiagram\nnote \"%s\"", "classDiagram\nclass A~%s~",
  "classDiagram\nclass A\nnote for A \"%s\"", "classDiagram\nclass A\nlink A \"%s\"",
  "classDiagram\nclass A\nclick A href \"https://x.example\" \"%s\"",
  "classDiagram\nclass A\nstyle A fill:%s,color:%s", "classDiagram\n<<%s>> A",
  "classDiagram\nnamespace `%s` {\nclass A\n}", "classDiagram\nclass A:::b\nclassDef b %s",
  "classDiagram\nclass A\nclick A call %s()", "classDiagram\n`%s` ()-- B", "classDiagram\n%s" }

local PIECES = { "class ", "A", "B", "~T~", "{", "}", "\n", "\n", "+x\n", "m() int\n", "<<i>>", "--",
  "..", "<|", "|>", "*", "o", "()", "-->", " : text\n", '"1"', " ", "namespace N {", "note ", "for ",
  "A --> B\n", "A <|-- B : x\n", "class C { +a }\n", "click ", "href ", "link ", "style ", "`", "[",
  "]", '["l"]', ":::", ":", ";", "%%", "direction LR\n", "classDef d fill:red\n", "cssClass ", "-",
  ".", "\xff", "&lt;", "#35;", "<br>", "A ()-- B\n", "namespace P.Q { class D }\n", "accDescr {" }

local function facts_of(source)
  local read = require("mermaid").read(source, {})
  return read and read.kind.facts(read.model)
end

local function lenient(t)
  for _, source in ipairs { "A : x : int", "A --> B;", "class A { x: {y} }", "class A{} class B{}",
    "class A[no quotes]", "class A~B~C~~", "A ---> B", "<<two words>> A", "A:::css",
    "namespace N {\nA --> B\n}", 'link Z "https://x.example"' } do
    local html, findings = t.render("classDiagram\n" .. source)
    t.check(html, "drawn though GitHub refuses it: " .. source)
    t.equal(source .. " is told", findings[1] and findings[1].code, "lenient")
    t.equal(source .. " has its line", findings[1] and findings[1].line, source:find("\n") and 3 or 2)
  end
end

local function names(t)
  local facts = facts_of("classDiagram\nclass Foo-Bar.Baz\nclass Two Words\nclass Ärger~K, V~")
  t.equal("dashes and dots", facts.classes[1].id, "Foo-Bar.Baz")
  t.equal("blanks do not count", facts.classes[2].id, "TwoWords")
  t.equal("letters beyond ASCII", facts.classes[3].id, "Ärger")
  t.equal("generic type", facts.classes[3].generic, "K, V")
  facts = facts_of("classDiagram\nFoo o-- Bar\nFoo --o Bar\nlinks --> note\no --> order")
  t.equal("a circle is no letter", facts.relations[1].tail, "aggregation")
  t.equal("nor at the other end", facts.relations[2].head, "aggregation")
  t.equal("words that only begin like keywords", facts.relations[3].from, "links")
  t.equal("names that begin with o", facts.relations[4].to, "order")
  local _, findings = t.render("classDiagram\nA --- B")
  t.equal("three marks", findings[1] and findings[1].code, "doubtful")
  facts = facts_of("classDiagram\nnamespace A.B {\nnamespace C {\nclass X\n}\n}")
  t.equal("nested namespaces", facts.classes[1].ns, "A.B.C")
  t.equal("all of them are there", #facts.namespaces, 3)
end

local function slow(t)
  for name, source in quoin.sorted {
    brackets = "class A {\n" .. ("("):rep(24000) .. ")" .. ("("):rep(24000) .. "\n}",
    tildes = "class A {\n" .. ("~"):rep(48000) .. "\n}", names = ("a "):rep(24000),
    dashes = "A " .. ("-"):rep(48000), blanks = "A" .. (" "):rep(48000) .. "B",
    depth = ("namespace a {\n"):rep(3000), tags = 'note "' .. ("<a"):rep(20000) .. '"',
    generics = "class A" .. ("~a"):rep(20000) .. "~",
  } do
    t.bounded(name, 60, t.render, "classDiagram\n" .. source)
  end
end

return function(t)
  t.broken("class", BROKEN)
  for _, row in ipairs(MEMBERS) do
    t.equal("member " .. row[1], member.read(row[1]).label, row[2])
  end
  for _, row in ipairs(SHOWN) do t.equal("shown " .. row[1], member.read(row[1]).show, row[2]) end
  lenient(t)
  names(t)
  t.attack("class", TEMPLATES)
  slow(t)
  random(t, "class", "classDiagram\n", PIECES, 2000)
  local html = t.render("classDiagram\nclass A {\n -x\n +s()$\n a()*\n}")
  t.check(html:find('class="dg-static"', 1, true), "static members are marked")
  t.check(html:find('font-style="italic"', 1, true), "abstract members are italic")
  local _, findings = t.render("classDiagram\nclass A\nlink A \"javascript:x\"")
  t.equal("unsafe links are told", findings[1] and findings[1].code, "unsafe-link")
end
