-- SPDX-License-Identifier: MIT
-- Flowcharts: what is wrong and where, what is lenient, attacks, shapes, labels, styles, arrows.
local label = require "label"
local shapes = require "shapes"
local outlines = require "outlines"
local style = require "style"
local heads = require "heads"
local path = require "path"
local svg = require "svg"
local mermaid = require "mermaid"

-- Source, line, column, part of the message or hint.
local BROKEN = {
  { "flowchart TD\nA[one", 2, 2, "does not end" },
  { "flowchart TD\nA --> B[two\nC --> D", 2, 8, "does not end" },
  { "flowchart TD\nform[Form --> api[API]", 2, 5, "close its bracket" },
  { "flowchart TD\na(Form --> b(API) --> c(X)", 2, 2, "does not end" },
  { "flowchart TD\na{x? -->|yes| b{y}", 2, 2, "does not end" },
  { "flowchart TD\na[Form & b[API]", 2, 2, "does not end" },
  { "flowchart XY\nA", 1, 11, "no direction" },
  { "flowchart TD\nA -> B", 2, 3, "write '-->'" },
  { "flowchart TD\nA => B", 2, 3, "write '==>'" },
  { "flowchart TD\nA -->", 2, 3, "leads nowhere" },
  { "flowchart TD\nA --> B -->\n", 2, 9, "leads nowhere" },
  { "flowchart TD\n--> B", 2, 1, "-" },
  { "flowchart TD\nA --|text| B", 2, 3, "-->|text| B" },
  { "flowchart TD\nA -->|text B\nC", 2, 6, "does not end" },
  { "flowchart TD\nA B", 2, 3, "'B' cannot stand here" },
  { "flowchart TD\n// a comment", 2, 4, "comments begin with" },
  { "flowchart TD\nA] --> B", 2, 2, "closes nothing" },
  { "flowchart TD\nA[x] </pre", 2, 6, "cannot stand behind" },
  { "flowchart TD\nsubgraph one\nA --> B", 2, 1, "write 'end'" },
  { "flowchart TD\nA\nend", 3, 1, "closes nothing" },
  { "flowchart TD\nsubgraph a[b\nA\nend", 2, 11, "does not end" },
  { "flowchart TD\nA\ngraph TD\nB", 3, 1, "second diagram" },
  { "flowchart TD\nA@{ shape: rect", 2, 2, "do not end" },
  { "flowchart TD\nA@{ rect }", 2, 5, "key: value" },
  { "flowchart TD\nA:::", 2, 5, "name of a class" },
  { "flowchart TD\nA\nstyle A", 3, 1, "style A fill" },
  { "flowchart TD\nclassDef warm", 2, 1, "classDef warm" },
  { "flowchart TD\nA --> B\nlinkStyle one stroke:red", 3, 1, "no number" },
  { "flowchart TD\nsubgraph A\ndirection up\nend", 3, 1, "TB, BT, LR or RL" },
  { "flowchart TD\nA\nclick A", 3, 1, "click A \"https" },
  { "---\ntitle: x\n---\n%% c\nflowchart LR\n\n  A --> B ) C", 7, 11, "closes nothing" },
}

-- What Mermaid refuses and we draw: source, line, column of the finding, the label to be seen.
local LENIENT = {
  { "flowchart TD\nA[some (text)] --> B", 2, 8, "some (text)" },
  { "flowchart TD\nA(some {text})", 2, 8, "some {text}" },
  { "flowchart TD\nA[/admin/me page] --> B", 2, 3, "/admin/me page" },
  { "flowchart TD\nA{a [b] c} -->|yes (1)| B", 2, 5, "a [b] c" },
  { "flowchart TD\nA -->|yes (1)| B", 2, 11, "yes (1)" },
  { 'flowchart TD\nA[say "hi" to] --> B', 2, 7, 'say &quot;hi&quot; to' },
  { 'flowchart TD\nA["say "hi" to"] --> B', 2, 3, 'say &quot;hi&quot; to' },
  { "flowchart TD\nA --> end\nB", 2, 7, "end" },
  { "flowchart TD\nA[x] --> B %% why", 2, 12, "x" },
  { "flowchart TD\nA [text] --> B", 2, 3, "text" },
  { "flowchart TD\nA@{ shape: spaceship, label: \"Ship\" }", 2, 4, "Ship" },
  { "flowchart TD\nsubgraph Things (all)\nA\nend", 2, 17, "Things (all)" },
  { "flowchart TD\nA -- moto--> B", 2, 9, "moto" },
  { 'flowchart TD\nA["`x` is `y` here"]', 2, 4, "x is y here" },
  { 'flowchart TD\nA["`one `two` three`"]', 2, 4, "one two three" },
  { "flowchart TD\nA[say \"hi\"] --> B", 2, 7, "say &quot;hi&quot;" },
  { "%% words\n%%\nflowchart TD\nA", 2, 1, "A" },
  { "flowchart TD\nA --> B\nlinkStyle 3 stroke:red", 3, 1, "A" },
  { "flowchart TD\nA[Form (x]", 2, 8, "Form (x" },
}

-- Labels that seem to go on where the author forgot a bracket: drawn, but told as warnings.
local function swallowed_nodes(t)
  for i, source in ipairs { "a[Form --> b[API] --> c]", "a[Form --> b\nb --> c]" } do
    local html, findings = t.render("flowchart TD\n" .. source)
    local f = findings[1] or {}
    t.check(html and #findings == 1 and f.code == "doubtful" and f.severity == "warning"
      and f.line == 2 and f.column == 2, "swallowed node " .. i, f.message)
  end
  local _, findings = t.render("flowchart TD\na[x --> y] --> b[\"x --> b[y]\"]")
  t.check(#findings == 0, "an arrow alone in a label is nothing odd")
end

local TEMPLATES = {
  "flowchart TD\nA[%s]", 'flowchart TD\nA["%s"] --> B', "flowchart TD\n%s --> B",
  "flowchart TD\nA -->|%s| B", "flowchart TD\nA -- %s --> B", 'flowchart TD\nA -->|"%s"| B',
  'flowchart TD\nsubgraph %s\nA\nend', 'flowchart TD\nsubgraph g["%s"]\nA\nend',
  "flowchart TD\nA\nstyle A fill:%s,stroke:%s,stroke-width:%s,color:%s",
  "flowchart TD\nA:::c\nclassDef c %s", "flowchart TD\nA --> B\nlinkStyle 0 stroke:%s,%s",
  "flowchart TD\nA\nclassDef default stroke-dasharray:%s,rx:%s,opacity:%s",
  'flowchart TD\nA\nclick A "%s" "%s"', "flowchart TD\nA\nclick A href \"%s\" _blank",
  'flowchart TD\nA@{ shape: %s, label: "%s" }', 'flowchart TD\nA@{ icon: "%s", form: circle }',
  'flowchart TD\nA@{ img: "%s", label: "x" }', "flowchart TD\nA@{\n shape: rect\n label: %s\n}",
  'flowchart TD\nA["`%s`"]', "flowchart TD\naccTitle: %s\naccDescr { %s }\nA",
  "flowchart %s\nA", "---\ntitle: %s\n---\nflowchart TD\nA",
  "flowchart TD\nA:::%s --> B\nclass A %s", "flowchart TD\n%s@{ animate: true }\nA e1@--> B",
}

local function read(source)
  return mermaid.read(source, { max_bytes = 50000, max_events = 1000 })
end

local function facts(source)
  local r, problem = read(source)
  assert(r, problem and problem.message)
  return r.kind.facts(r.model)
end

local function lenient(t)
  for i, row in ipairs(LENIENT) do
    local html, findings = t.render(row[1])
    local name, f = "lenient flowchart " .. i, findings[1]
    if t.check(html and f, name .. " is drawn and told", f and f.message) then
      t.equal(name .. " line", f.line, row[2])
      t.equal(name .. " column", f.column, row[3])
      t.equal(name .. " is no error", f.severity, "info")
      local problem, content = t.xml(html)
      t.check(not problem and content:gsub("%s+", " "):find(row[4], 1, true), name .. " shows it",
        problem or content)
    end
  end
end

-- Arrow between A and B -> line, head, tail, length, label.
local ARROWS = {
  ["A --> B"] = "solid arrow  ", ["A --- B"] = "solid none  ", ["A ----> B"] = "solid arrow  3",
  ["A -.-> B"] = "dotted arrow  ", ["A -..-> B"] = "dotted arrow  2", ["A -.- B"] = "dotted none  ",
  ["A ==> B"] = "thick arrow  ", ["A === B"] = "thick none  ", ["A ====> B"] = "thick arrow  3",
  ["A ~~~ B"] = "invisible none  ", ["A --o B"] = "solid circle  ", ["A --x B"] = "solid cross  ",
  ["A o--o B"] = "solid circle circle ", ["A x--x B"] = "solid cross cross ",
  ["A <--> B"] = "solid arrow arrow ", ["A <-.-> B"] = "dotted arrow arrow ",
  ["A <==> B"] = "thick arrow arrow ", ["A---oB"] = "solid circle  2",
  ["A -- t --> B"] = "solid arrow   t", ["A == t ==> B"] = "thick arrow   t",
  ["A -. t .-> B"] = "dotted arrow   t", ["A <-- t --> B"] = "solid arrow arrow  t",
  ["A -->|t| B"] = "solid arrow   t", ['A -- "a --> b" --> B'] = "solid arrow   a --> b",
  ["A -- a-b --- B"] = "solid none   a-b", ["A e1@--> B"] = "solid arrow  ",
  ["A -->\n B"] = "solid arrow  ", ["A--> B"] = "solid arrow  ", ["A ------------------> B"]
    = "solid arrow  10",
}

local function arrows(t)
  for source, expected in quoin.sorted(ARROWS) do
    local e = facts("flowchart TD\n" .. source).edges[1]
    local got = ("%s %s %s %s"):format(e.line, e.head, e.tail or "", e.len or "")
    if e.label and e.label ~= "" then got = got .. " " .. e.label end
    t.equal("arrow " .. source, got, expected)
  end
end

-- Node as written -> id, label, shape.
local NODES = {
  ["A"] = "A A squareRect", ["A[x]"] = "A x squareRect", ["A(x)"] = "A x roundedRect",
  ["A([x])"] = "A x stadium", ["A[[x]]"] = "A x subroutine", ["A[(x)]"] = "A x cylinder",
  ["A((x))"] = "A x circle", ["A(((x)))"] = "A x doublecircle", ["A>x]"] = "A x odd",
  ["A{x}"] = "A x diamond", ["A{{x}}"] = "A x hexagon", ["A[/x/]"] = "A x lean_right",
  ["A[\\x\\]"] = "A x lean_left", ["A[/x\\]"] = "A x trapezoid", ["A[\\x/]"] = "A x inv_trapezoid",
  ["A[|p:v|x]"] = "A x rect", ["A(-x-)"] = "A x ellipse", ['A["(x)"]'] = "A (x) squareRect",
  ["A@{ shape: doc, label: \"y, z\" }"] = "A y, z doc", ["A[x]@{ shape: cyl }"] = "A x cyl",
  ["A:::k-.->B"] = "A A squareRect",
  ["A@{\n  shape: hex\n  label: two words\n}"] = "A two words hex",
  ["A@{\n  label: |\n    one\n    two\n  shape: hex\n}"] = "A one\ntwo hex",
  ["a-b.c/d_e"] = "a-b.c/d_e a-b.c/d_e squareRect", ["übung[x]"] = "übung x squareRect",
  ["A::b"] = "A::b A::b squareRect", ["default"] = "default default squareRect",
  ["send[x]"] = "send x squareRect", ["1"] = "1 1 squareRect",
  ['A["`**b** c`"]'] = "A **b** c squareRect", ["A[one<br>two]"] = "A one\ntwo squareRect",
  ["A[#quot;x#quot; #35;]"] = 'A "x" # squareRect', ["A[x];"] = "A x squareRect",
}

local function nodes(t)
  for source, expected in quoin.sorted(NODES) do
    local n = facts("flowchart TD\n" .. source .. "\n").nodes[1]
    t.equal("node " .. source, ("%s %s %s"):format(n.id, n.label, n.shape), expected)
  end
end

local function structure(t)
  local f = facts("flowchart TD\nA & B --> C & D\n")
  t.equal("& makes all pairs", #f.edges, 4)
  f = facts("graph LR\nsubgraph one\n a-->b\n subgraph two\n  c\n end\nend\none --> d\n")
  t.equal("inner groups know their outer one", f.groups[1].parent, "one")
  t.equal("a node's group is the first that ends", f.nodes[3].parent, "two")
  t.equal("a group is no node", #f.nodes, 4)
  f = facts("graph TD\nsubgraph My things\nA\nend\n")
  t.equal("a title of words makes no id", f.groups[1].id, "subGraph0")
  f = facts("graph TD\nA:::w --> B\nclassDef w fill:#f96;\nclassDef default color:red\nstyle B "
    .. "stroke-dasharray: 5 5\nlinkStyle default stroke:red\n")
  t.equal("default, class, own style", table.concat(f.nodes[1].css, ";"),
    "color:red;color:red;fill:#f96")
  t.equal("blanks go", f.nodes[2].css[3], "stroke-dasharray:55")
  t.equal("the dash is drawn", style.read({ "stroke-dasharray: 5 5" }).dash, "5 5")
  f = facts("graph TD\nA e1@--> B\ne1@{ animate: true }\n")
  t.equal("attributes of an edge make no node", #f.nodes, 2)
  f = facts('graph TD\nA\nclick A "https://x.example" "tip" _blank\n')
  t.equal("links", f.nodes[1].link, "https://x.example/")
  for _, pair in ipairs { "> LR", "< RL", "^ BT", "v TB", "TD TB" } do
    local mark, dir = pair:match("(%S+) (%S+)")
    t.equal("direction " .. mark, facts("graph " .. mark .. "\nA").dir, dir)
  end
end

local function links(t)
  local html, findings = t.render('graph TD\nA\nclick A "javascript:alert(1)"')
  t.check(html and not html:find("href", 1, true), "no unsafe link")
  t.equal("unsafe link is reported", findings[1] and findings[1].code, "unsafe-link")
  t.equal("at its line", findings[1] and findings[1].line, 3)
  html = t.render('graph TD\nA\nclick A "https://x.example/?a=1&b=2" "A tip"')
  t.check(html:find('href="https://x.example/?a=1&amp;b=2"', 1, true), "a good link stays")
  t.check(html:find("<title>A tip</title>", 1, true), "its tooltip is a title")
  findings = select(2, t.render("graph TD\nA\nclick A call run()"))
  t.equal("callbacks are told of", findings[1] and findings[1].code, "no-callback")
end

local function units(t)
  local l = label.new(label.display("a <b>bold</b> and <code>x</code>"))
  t.equal("runs", #l.lines[1], 4)
  t.check(l.lines[1][2].bold and l.lines[1][4].code, "runs know what they are")
  t.equal("plain text of runs", l.plain, "a bold and x")
  t.equal("markdown", label.plain(label.markdown("**a** *b* `c` snake_case_x")),
    "a b c snake_case_x")
  t.check(label.new("wide", 200, { is_bold = true }).width > label.new("wide").width,
    "bold is wider")
  local look = style.read("fill:#fff,stroke:#333,stroke-width:4px,color:#eee")
  t.equal("unreadable colours of texts go", #style.text(look), 0)
  t.equal("tone", style.tone(look), "dg-on-light")
  look = style.read("fill:#333,color:#fff")
  t.equal("readable colours stay", style.text(look)[4], "#ffffff")
  t.equal("half-transparent fills are readable in both schemes", style.shape(style.read(
    "fill:rgba(0,0,0,.5)"))[6], nil)
  t.equal("no url in a style", style.read("fill:url(#x)"), nil)
  t.equal("corners", path.rounded({ 0, 0, 0, 20, 30, 20 }, 8), "M0 0v12q0 8 8 8h22")
  t.equal("tight corners", path.rounded({ 0, 0, 0, 4, 30, 4 }, 8), "M0 0v2q0 2 2 2h28")
  for _, kind in ipairs { "arrow", "cross", "circle", "triangle", "diamond", "zero_many" } do
    t.check(#heads.paths(kind, 0, 0, 1, 0) > 0, "head " .. kind)
  end
end

-- Every outline is drawn, is large enough for its text, and stays in its box.
local function every_shape(t)
  for name in quoin.sorted(outlines) do
    local l = label.new("A label of some words that wraps into lines", 120)
    local width, height = shapes.size(name, l)
    local out = svg.new()
    shapes.node(out, name, { x = 10, y = 10, width = width, height = height }, l)
    local problem, content = t.xml("<svg>" .. out:result() .. "</svg>")
    t.check(not problem and content:find("wraps", 1, true), "shape " .. name, problem)
    t.check(width >= l.width and height >= l.height, "shape " .. name .. " holds its text")
  end
end

-- A hostile text takes no more than linear time.
local function patience(t)
  local pieces = { "A[", "A(", "A{", "A[[", "(((", "A-->", "A --", "A -- x ", "A -->|", "\"", "A@{",
    "subgraph a\n", "A & ", "A:::", "style A fill:", "e1@", "A --o", "[/", "\\]", "click A ", "-",
    "=", "~", ".", "A\n", "\1a\2", "**", "A[`", "<b>" }
  for _, piece in ipairs(pieces) do
    t.bounded("repeated " .. piece, 60, t.render, "flowchart TD\n" .. piece:rep(49000 // #piece))
  end
end

-- Random pieces of the notation: never an error, always well formed.
local function fuzz(t)
  local pieces = { "A", "B", "C1", "x", "o", "end", " ", "\n", ";", "-->", "---", "-.->", "==>",
    "~~~", "<-->", "x--x", "o--o", "--", "-.", "==", "|", "|text|", "-- text -->", "&", " & ", ":::",
    ":::k", "[", "]", "(", ")", "{", "}", "[text]", "(round)", "{yes?}", "((c))", "[[s]]", "[(d)]",
    "{{h}}",
    "[/l/]", "[\\r\\]", ">odd]", '["quoted"]', '["`**md**`"]', '"', "`", "subgraph G\n",
    "subgraph H[Title]\n", "end\n", "direction LR\n", "style A fill:#f9f\n", "class A k\n",
    "classDef k fill:red,color:#fff\n", "linkStyle 0 stroke:red\n", 'click A "https://x.example"\n',
    "@{ shape: cyl }", "@{", "e1@", "<br>", "#quot;", "%%", "%% c\n", "é", "\xff", "\\", "/", "$$",
    "A --> B\n", "B --> C\n", "G --> A\n", "A --> G\n" }
  local seed, bad, drawn = 7, nil, 0
  local function random(n)
    seed = (seed * 1103515245 + 12345) % 0x80000000
    return (seed >> 8) % n + 1
  end
  for _ = 1, 4000 do
    local parts = { "flowchart LR\n" }
    for i = 2, 3 + random(20) do parts[i] = pieces[random(#pieces)] end
    local source = table.concat(parts)
    local ok, html, findings = pcall(t.render, source)
    local problem = not ok and html or html and t.xml(html)
      or not html and #findings == 0 and "says nothing"
    if problem then bad = ("%s in %q"):format(problem, source) end
    if ok and html then drawn = drawn + 1 end
  end
  t.check(not bad, "4000 random flowcharts", bad)
  t.check(drawn > 40, "random flowcharts are also drawn", drawn)
end

return function(t)
  fuzz(t)
  t.broken("flowchart", BROKEN)
  lenient(t)
  swallowed_nodes(t)
  arrows(t)
  nodes(t)
  structure(t)
  links(t)
  units(t)
  every_shape(t)
  t.attack("flowchart", TEMPLATES)
  patience(t)
end
