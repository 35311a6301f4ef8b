-- SPDX-License-Identifier: MIT
-- Tests of state diagrams: broken ones, what only we accept, odd corners that follow Mermaid.
local random = require "random"

local HEAD = "stateDiagram-v2\n"

local BROKEN = {
  { HEAD .. "a -->", 2, 6, "behind the arrow" },
  { HEAD .. "  --> b", 2, 3, "cannot stand here" },
  { HEAD .. ": text", 2, 1, "name is missing" },
  { HEAD .. "a\nstate B {\nc\n", 3, 9, "not closed" },
  { HEAD .. "state B {\nstate C {\nd\n}\n", 2, 9, "not closed" },
  { HEAD .. "state {\na\n}", 2, 7, "name of a state" },
  { HEAD .. "{", 2, 1, "state A {" },
  { HEAD .. "a\n note left of a\ntext", 3, 2, "end note" },
  { HEAD .. "note beside a : text", 2, 1, "a note reads" },
  { HEAD .. 'state "a', 2, 7, "not closed" },
  { HEAD .. "a -- b", 2, 3, "cannot stand here" },
  { "---\ntitle: T\n---\n%%{init: {}}%%\n" .. HEAD .. "a --> {", 6, 7, "behind the arrow" },
}

-- A diagram and its facts in short: id[shape:label|description in parent], from>to:label,
-- "note state:text".
local FACTS = {
  { "a-->b:x", "a[rect:a] b[rect:b] a>b:x" },
  { "a --> b : x: y", "a[rect:a] b[rect:b] a>b:x: y" },
  { "a b c", "a[rect:a] b[rect:b] c[rect:c]" },
  { "a : one\na : two\na : three", "a[rectWithTitle:one|two\nthree]" },
  { "[*] --> a\na --> [*]", "root_start[stateStart] a[rect:a] root_end[stateEnd] "
    .. "root_start>a a>root_end" },
  { "state a {\n[*] --> b\nstate c {\nb --> [*]\n}\n}", "a[roundedWithTitle:a] "
    .. "a_start[stateStart in a] b[rect:b in c] c[roundedWithTitle:c in a] c_end[stateEnd in c] "
    .. "a_start>b b>c_end" },
  { "state a {\n[*] --> b\n--\n[*] --> c\n}", "a[roundedWithTitle:a] ~region1[divider in a] "
    .. "~region1_start[stateStart in ~region1] b[rect:b in ~region1] ~region2[divider in a] "
    .. "~region2_start[stateStart in ~region2] c[rect:c in ~region2] ~region1_start>b "
    .. "~region2_start>c" },
  { "STATE a <<FORK>>\nstate b [[join]]\nstate c <<choice>>", "a[fork] b[join] c[choice]" },
  { "a --> f\nstate f <<fork>>", "a[rect:a] f[rect:f] a>f" },
  { 'state "Long name" as a : more\nstate "B" as b {\nc\n}',
    "a[rectWithTitle:Long name|more] b[roundedWithTitle:B] c[rect:c in b]" },
  { "state a", "" },
  { "state a : text\na", "a[rect:a]" },
  { "state a\n{\nb\n}", "a[roundedWithTitle:a] b[rect:b in a]" },
  { "a:::x --> b ::: y : t", "a[rect:a] b[rect:b] a>b:t" },
  { "a --> b; c", "a[rect:a] b;[rect:b;] c[rect:c] a>b;" },
  { "a --> b : x; c", "a[rect:a] b[rect:b] ;[rect:;] c[rect:c] a>b:x" },
  { "a --> b : x#59; y %% z", "a[rect:a] b[rect:b] a>b:x; y %% z" },
  { "a %% comment\n# comment\nb%%c", "a[rect:a] b[rect:b]" },
  { "a\nNote right of a : x\nnote LEFT OF a\ny\n  z\nEND NOTE\nb",
    "a[rect:a] b[rect:b] note a:x note a:y\nz" },
  { "hide empty description\nscale 350 width\na", "a[rect:a]" },
  { 'note "floats" as n\na', "a[rect:a]" },
  { "state a {\ndirection LR\nb}", "a[roundedWithTitle:a] b[rect:b in a]" },
}

local LENIENT = {
  { "my-state --> b", "my-state[rect:my-state] b[rect:b] my-state>b" },
  { "a --> b --> c : x", "a[rect:a] b[rect:b] c[rect:c] a>b b>c:x" },
  { "a -> b", "a[rect:a] b[rect:b] a>b" },
  { "a --> b :", "a[rect:a] b[rect:b] a>b" },
  { "a --> b : x: y::z", "a[rect:a] b[rect:b] a>b:x: y::z" },
  { '"two words" --> b', "two words[rect:two words] b[rect:b] two words>b" },
  { 'state "two words"', "two words[rect:two words]" },
  { 'state a as "A long name"', "a[rect:A long name]" },
  { "note over a : x: y", "a[rect:a] note a:x: y" },
  { "a\n--\nb", "~region1[divider] a[rect:a in ~region1] ~region2[divider] b[rect:b in ~region2]" },
  { "state a {\nstate b {\na\n}\n}", "a[roundedWithTitle:a] b[roundedWithTitle:b in a]" },
  { "direction TD\na", "a[rect:a]" },
  { "default --> class", "default[rect:default] class[rect:class] default>class" },
  { "note --> b", "note[rect:note] b[rect:b] note>b" },
}

local TEMPLATES = { HEAD .. "%s", HEAD .. "a : %s", HEAD .. "a --> b : %s",
  HEAD .. 'state "%s" as a', HEAD .. "state %s {\na\n}", HEAD .. "note right of a : %s",
  HEAD .. "note right of a\n%s\nend note", HEAD .. "a\nstyle a fill:%s", HEAD .. "%s --> b",
  HEAD .. "classDef x %s\na:::x", HEAD .. 'a\nclick a "%s" "%s"', HEAD .. 'a\nclick a href "%s"',
  HEAD .. "class a %s\na", HEAD .. "accTitle: %s\naccDescr: %s\na", HEAD .. 'note "%s" as n',
  HEAD .. "a:::%s", "---\ntitle: %s\n---\n" .. HEAD .. "a", HEAD .. "state %s <<choice>>" }

local PIECES = { "a", "b", "c", " ", "\n", "\n", "-->", " --> ", ":", " : text\n", ":::", "[*]",
  "state ", "state a {\n", "}\n", "{", "--\n", "--", "note right of a : x\n", "note left of b\n",
  "end note\n", '"text"', " as ", "<<fork>>", "[[choice]]", "<<", "direction LR\n",
  "classDef x fill:red\n",
  "class a x\n", "style a fill:blue\n", 'click a "https://x.example"\n', ";", "#", "%%", "-",
  "<br>", "\xff", "#35;", "a --> b\n", "[*] --> a\n", "state a\n{\nb\n}\n",
  "hide empty description\n", ">", "}" }

local function short_state(s)
  local text = s.label and s.label ~= "" and ":" .. s.label or ""
  if s.descr then text = text .. "|" .. s.descr end
  return ("%s[%s%s%s]"):format(s.id, s.shape, text, s.parent and " in " .. s.parent or "")
end

local function short(source)
  local read, problem = require("mermaid").read(HEAD .. source, {})
  if not read then return problem.message, {} end
  local facts, parts = read.kind.facts(read.model), {}
  for _, s in ipairs(facts.states) do parts[#parts + 1] = short_state(s) end
  for _, e in ipairs(facts.edges) do
    parts[#parts + 1] = e.from .. ">" .. e.to .. (e.label ~= "" and ":" .. e.label or "")
  end
  for _, n in ipairs(facts.notes) do parts[#parts + 1] = ("note %s:%s"):format(n.state, n.text) end
  return table.concat(parts, " "), read.model.findings
end

local function drawn(t)
  local html = t.render(HEAD .. 'a\nclick a href "https://x.example/?a=1&b" "Tip <b>"\n[*] --> a')
  t.check(html and html:find('href="https://x.example/?a=1&amp;b"', 1, true), "a link stays", html)
  t.check(html and html:find("Text version.*start to a"), "the text version names pseudo-states")
  local findings
  html, findings = t.render(HEAD .. 'a\nclick a "javascript:x"')
  t.check(html and not html:find("href", 1, true), "an unsafe link goes")
  t.equal("an unsafe link is told", findings[1] and findings[1].code, "unsafe-link")
  html = t.render(HEAD .. "state a {\nb\n--\nc\n--\nd\n}\nnote right of b:xyz\n"
    .. "note \"floats\" as n")
  t.check(html and select(2, html:gsub("<line ", "")) == 2, "lines between three regions")
  t.check(html and html:find("xyz", 1, true) and html:find("floats", 1, true), "notes are shown")
  t.check(t.render("stateDiagram"), "an empty diagram is drawn")
  for source, part in quoin.sorted { ["a --> f\nstate f <<fork>>"] = "mentioned before",
    ["state a"] = "alone draws nothing", ["a\nstate a : text"] = "takes no notice",
    ["a\nstate b <<end>>"] = "no kind of state", ["a : x; y"] = "ends at ';'",
    ["note left of a : x; y"] = "ends at ';'", ["a\nclick a call f()"] = "no functions" } do
    local _, told = t.render(HEAD .. source)
    t.check(told[1] and told[1].message:find(part, 1, true), "told: " .. source,
      told[1] and told[1].message)
  end
  html = t.render(HEAD .. "a:::x;\nb\nclassDef x fill:#102030,color:red\nstyle b fill:#fff")
  t.check(html and html:find('class="dg-on-dark"', 1, true) and html:find("#102030", 1, true),
    "classes colour states")
end

local function slow(t)
  for name, source in quoin.sorted {
    nested = ("state a {\n"):rep(4000), hyphens = ("a-"):rep(24000), tags = ("<a"):rep(24000),
    colons = ("a:"):rep(24000), notes = ("note left of a\n"):rep(3000), dashes = ("-"):rep(48000),
    marks = "state " .. ("<<"):rep(24000), quotes = ('state "a"\n'):rep(4800),
    states = ("a b c\n"):rep(8000), chain = ("state a%d {\nb\n}\n"):rep(3000),
    spaces = (" "):rep(48000), breaks = ("\n"):rep(48000) .. "-",
    chains = "a" .. (" --> a"):rep(1400), brackets = ("[["):rep(24000),
  } do
    t.bounded(name, 60, t.render, HEAD .. source)
  end
end

return function(t)
  t.broken("state", BROKEN)
  for _, row in ipairs(FACTS) do
    local got = short(row[1])
    t.equal("state facts of " .. row[1], got, row[2])
  end
  for _, row in ipairs(LENIENT) do
    local got, findings = short(row[1])
    t.equal("state facts of " .. row[1], got, row[2])
    t.equal(row[1] .. " is told", findings[1] and findings[1].code, "lenient")
  end
  drawn(t)
  t.attack("state", TEMPLATES)
  slow(t)
  random(t, "state", HEAD, PIECES, 2000)
end
