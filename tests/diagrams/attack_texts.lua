-- SPDX-License-Identifier: MIT
-- attack_texts.lua - texts that try to become markup, an address that runs, a style, another
-- statement, or no text at all; and places in every notation where a text can stand (%s).
local attacks = {}

attacks.texts = {
  -- markup, whole and in pieces
  "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>",
  "</text><script>x</script><text>", "</tspan></text></svg><script>x</script>", "<svg onload=x>",
  "<a href=\"javascript:x\">y</a>", "<a xlink:href=\"javascript:x\"><text>y</text></a>",
  "<style>*{background:url(http://x.example)}</style>", "<foreignObject><iframe src=x/></foreignObject>",
  "<img src=x onerror=alert(1)//", "<br onclick=x>", "<b style=\"position:fixed\">x</b>",
  "<i onmouseover=x>y</i>", "<code><script>x</script></code>", "</title><script>x</script>",
  "</desc></svg>", "</details></figure><script>x</script>", "</summary>", "<!--", "-->", "--><x>",
  "<![CDATA[<script>]]>", "]]>", "<?xml version=\"1.0\"?>", "<!DOCTYPE x [<!ENTITY e \"y\">]>&e;",
  "<use href=\"#x\"/>", "<animate attributeName=href to=javascript:x>", "<set onbegin=x>", "<x/onx=1 y",
  -- entities in all spellings
  "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "&#x3c;script&#x3E;", "&#X3C;b&#X3E;",
  "&LT;script&GT;", "#lt;script#gt;", "#60;script#62;", "#x3c;script#x3e;", "#colon;#lpar;", "&lt",
  "&#60", "&#0;&#1;&#8;&#127;", "&#xD800;&#xDFFF;&#xFFFE;&#xFFFF;", "&#1114112;&#99999999999999999999;",
  "#0;#1;#xD800;#1114112;#99999999999999999999;", "&amp;lt;b&amp;gt;", "&&&&", "&;", "&#;", "&#x;",
  "#quot; onload=#quot;x", "&quot; onload=&quot;x", "&NewLine;&Tab;", "&apos;>", "\1lt\2b\1gt\2",
  -- addresses
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:x", " javascript:x", "\u{1}javascript:x",
  "javascript&colon;x", "javascript&#58;x", "&#106;avascript:x", "#106;avascript:x", "\u{A0}javascript:x",
  "data:text/html,<script>x</script>", "vbscript:x", "file:///etc/passwd", "blob:x", "//evil.example/x",
  "\\\\evil.example\\x", "/\\evil.example", "view-source:x", "https:javascript:x", "http://[x", "jav\u{AD}ascript:x",
  "%6aavascript:x", "javascript%3Ax", "https://x.example/\"onload=x", "https://x.example/'><script>",
  -- styles and classes
  "red;} * {x", "url(javascript:x)", "url(#x)", "expression(alert(1))", "#fff\" onload=\"x", "var(--x)",
  "-moz-binding:url(x)", "fill:url(x);stroke:red", "red'/><script>x</script>", "calc(1px)", "1e999", "-1",
  "nan", "inf", "0x10", "1/0", "99999999999999999999", "#12345678", "@import 'x'", "\\66 ill",
  -- the notations themselves
  "%%{init: {\"themeCSS\": \"*{}\"}}%%", "%% comment", "---", "end", "}", "{", "]", "[", ")", "(", "((", "{{", "\"",
  "'", "`", "``", "\"`x`\"", "|", "||", ";", ":", ":::", "::", "->>", "-->", "==>", "<|--", "%s", "%d%n", "$1", "${x}",
  "{{7*7}}", "{% raw %}", "__proto__", "constructor", "toString", "__index", "nil", "return", "\\", "\\\"", "\\n",
  "fa:fa-x\"><b>", "**<b>**", "_<i>_", "`<code>`", "$$<math>$$", "@{ shape: \"><x\" }", "@{ img: \"javascript:x\" }",
  -- characters
  "\0", "\7\8\11\12\14\27\31\127", "\u{80}\u{9F}", "\xff\xfe", "\xc0\xbc\x73", "\xed\xa0\x80", "\xf4\x90\x80\x80",
  "\u{202E}evil\u{202C}", "\u{200B}\u{FEFF}", "\u{FFFE}\u{FFFF}", "\u{2028}\u{2029}\u{85}", "\u{1F468}\u{200D}\u{1F469}",
  ("e" .. ("\u{301}"):rep(200)), ("W"):rep(3000), (" "):rep(500) .. "x", "", " ", "\r", "\r\nx", "a\n\nb",
}

attacks.places = {
  flowchart = { "A[%s] --> B", "A[\"%s\"] --> B", "%s --> B", "A -->|%s| B", "A -- %s --> B", "A(%s)", "A{%s}",
    "A((%s))", "A>%s]", "A[/%s/]", "A[\"`%s`\"]", "subgraph %s\nA\nend\nA --> B", "subgraph S[%s]\nA\nend",
    "A@{ shape: %s }", "A@{ shape: rect, label: \"%s\" }", "A@{ img: \"%s\", w: \"%s\" }", "A@{ icon: \"%s\" }",
    "A --> B\nclick A \"%s\" \"tip\"", "A\nclick A href \"%s\" _blank", "A\nclick A href \"https://x.example\" \"%s\"",
    "A\nclick A call f(%s)", "A\nclick A %s", "A\nstyle A %s", "A\nstyle A fill:%s,stroke:%s,color:%s", "A:::%s",
    "A\nclassDef k fill:%s\nclass A k", "A\nclassDef %s fill:red\nclass A %s", "A --> B\nlinkStyle 0 stroke:%s",
    "A --> B\nlinkStyle %s stroke:red", "A e1@--> B\ne1@{ animation: %s }", "direction %s", "accTitle: %s\nA",
    "accDescr: %s\nA", "accDescr {\n%s\n}\nA", "A --> B %%%% %s", "A & %s --> B", "A[x]\n%s" },
  sequence = { "A->>B: %s", "%s->>B: x", "participant %s", "participant A as %s", "actor %s as %s", "title %s",
    "participant A@{ \"type\": \"%s\", \"alias\": \"%s\" }", "Note over A,B: %s", "Note right of %s: x",
    "loop %s\nA->>B: x\nend", "alt %s\nA->>B: x\nelse %s\nB->>A: y\nend", "rect %s\nA->>B: x\nend",
    "box %s\nparticipant A\nend", "link A: %s @ https://x.example\nA->>B: x", "link A: x @ %s\nA->>B: x",
    "links A: {\"%s\": \"%s\"}\nA->>B: x", "properties A: {\"class\": \"%s\"}\nA->>B: x", "autonumber %s\nA->>B: x",
    "create participant %s\nA->>B: x", "A->>B: x\ndestroy %s", "accTitle: %s\naccDescr: %s\nA->>B: x" },
  state = { "s1 : %s", "state \"%s\" as s1", "s1 --> s2 : %s", "%s --> s2", "note right of s1 : %s",
    "note left of s1\n%s\nend note", "state %s {\na --> b\n}", "state c <<%s>>", "classDef k fill:%s\nclass s1 k\ns1 --> s2",
    "s1:::%s --> s2", "style s1 %s\ns1 --> s2", "click s1 href \"%s\"\ns1 --> s2", "click s1 \"%s\" \"%s\"\ns1",
    "direction %s\ns1", "accTitle: %s\ns1", "s1 --> s2\n%s" },
  class = { "class A[\"%s\"]", "class %s", "class `%s`", "A : %s", "class A {\n%s\n}", "class A~%s~", "A --> B : %s",
    "A \"%s\" --> \"%s\" B", "<<%s>> A", "note \"%s\"", "note for A \"%s\"", "namespace %s {\nclass A\n}",
    "class A\nlink A \"%s\" \"tip\"", "class A\nclick A href \"%s\" \"%s\"", "class A\ncallback A \"%s\"",
    "class A:::%s", "class A\nstyle A fill:%s", "classDef k fill:%s\nclass A:::k", "direction %s", "title %s" },
  er = { "A ||--o{ B : %s", "A ||--o{ B : \"%s\"", "%s ||--o{ B : x", "\"%s\" ||--o{ B : x", "A[%s]", "A[\"%s\"]",
    "A {\nstring %s\n}", "A {\n%s name\n}", "A {\nstring name PK \"%s\"\n}", "A:::%s", "style A fill:%s\nA",
    "classDef k fill:%s\nA:::k", "title %s", "A }|..|{ B : %s\ndirection %s" },
  gantt = { "title %s\nx : 2025-01-01, 1d", "section %s\nx : 2025-01-01, 1d", "%s : 2025-01-01, 1d", "x : %s, 2025-01-01, 1d",
    "x : 2025-01-01, %s", "dateFormat %s\nx : 2025-01-01, 1d", "axisFormat %s\nx : 2025-01-01, 1d", "tickInterval %s\nx : 1d",
    "excludes %s\nx : 2025-01-01, 1d", "todayMarker %s\nx : 2025-01-01, 1d", "x : a, 2025-01-01, 1d\nclick a href \"%s\"",
    "x : a, 2025-01-01, 1d\nclick a call f(%s)", "x : a, 2025-01-01, 1d\ny : after %s, 1d", "weekday %s" },
  c4 = { "Person(a, \"%s\", \"%s\")", "Person(%s, x)", "System(a, \"x\", $link=\"%s\")", "System(a, \"x\", $sprite=\"%s\")",
    "System(a, \"x\", $tags=\"%s\")", "Person(a, \"x\")\nPerson(b, \"y\")\nRel(a, b, \"%s\", \"%s\")", "title %s",
    "Boundary(b, \"%s\", \"%s\") {\nPerson(a, \"x\")\n}", "Person(a, \"x\")\nUpdateElementStyle(a, $bgColor=\"%s\", $fontColor=\"%s\")",
    "Person(a, \"x\")\nUpdateRelStyle(a, a, $textColor=\"%s\", $offsetX=\"%s\")", "Container(a, %s)", "UpdateLayoutConfig($c4ShapeInRow=\"%s\")" },
  pie = { "title %s\n\"a\" : 1", "\"%s\" : 1", "\"a\" : %s", "showData %s\n\"a\" : 1", "accTitle: %s\n\"a\" : 1" },
  timeline = { "title %s\n2000 : x", "section %s\n2000 : x", "%s : x", "2000 : %s", "2000 : x : %s" },
  journey = { "title %s\nx: 3: Me", "section %s\nx: 3: Me", "%s: 3: Me", "x: %s: Me", "x: 3: %s, You" },
  gitGraph = { "commit id: \"%s\"", "commit tag: \"%s\"", "commit msg: \"%s\"", "commit type: %s", "commit\nbranch %s",
    "commit\nbranch \"%s\" order: %s", "commit\ncheckout %s", "commit\nmerge %s", "commit id:\"a\"\ncherry-pick id:\"%s\"", "title %s" },
  quadrant = { "title %s", "x-axis %s --> %s", "quadrant-1 %s", "%s: [0.3, 0.4]", "A: [%s, 0.4]", "A: [0.3, 0.4] color: %s",
    "A: [0.3, 0.4] radius: %s, stroke-width: %s", "A:::k: [0.1, 0.2]\nclassDef k color: %s", "\"%s\": [0.1, 0.9]" },
  mindmap = { "  %s", "  root((%s))", "  a[%s]\n    b{{%s}}", "  a\n  ::icon(%s)", "  a\n  :::%s", "  a))%s((", "  a(\"`%s`\")" },
  kanban = { "a[%s]\n  b[%s]", "%s\n  %s", "a[x]\n  b[y]@{ assigned: \"%s\", ticket: \"%s\", priority: \"%s\" }", "a[x]\n  b[y]@{ %s }" },
  requirement = { "requirement %s {\nid: 1\n}", "requirement r {\nid: %s\ntext: %s\nrisk: %s\n}", "element e {\ntype: %s\ndocref: %s\n}",
    "requirement \"%s\" {\nid: 1\n}", "requirement a {\nid: 1\n}\nelement b {\ntype: x\n}\nb - %s -> a",
    "requirement a {\nid: 1\n}\nstyle a fill:%s", "requirement a:::%s {\nid: 1\n}", "element e {\ntype: x\ndocref: \"%s\"\n}" },
  xychart = { "title \"%s\"\nbar [1, 2]", "x-axis [\"%s\", %s]\nbar [1, 2]", "x-axis \"%s\" 0 --> 9\nline [1, 2]", "y-axis %s 0 --> 10\nbar [1]",
    "bar \"%s\" [1, 2]", "bar [%s, 2]", "line [1, %s]" },
  block = { "columns %s\na", "a[\"%s\"]", "%s", "a:%s", "block:%s\na\nend", "a --> b\na -- \"%s\" --> b", "a<[\"%s\"]>(right)", "a\nstyle a fill:%s",
    "a\nclassDef k fill:%s\nclass a k", "a{\"%s\"} b((\"%s\"))", "space:%s" },
}

attacks.heads = { flowchart = "flowchart TD", sequence = "sequenceDiagram", state = "stateDiagram-v2", class = "classDiagram",
  er = "erDiagram", gantt = "gantt", c4 = "C4Context", pie = "pie", timeline = "timeline", journey = "journey", gitGraph = "gitGraph",
  quadrant = "quadrantChart", mindmap = "mindmap", kanban = "kanban", requirement = "requirementDiagram", xychart = "xychart-beta",
  block = "block-beta" }

-- What stands around every diagram: front matter, directives, the first word.
attacks.around = { "---\ntitle: %s\n---\nflowchart TD\nA", "---\ntitle: \"%s\"\nconfig:\n  theme: %s\n  themeCSS: \"%s\"\n---\npie\n\"a\" : 1",
  "---\n%s\n---\nflowchart TD\nA --> B", "%%%%{init: {\"theme\": \"%s\", \"themeVariables\": {\"fontFamily\": \"%s\"}}}%%%%\nsequenceDiagram\nA->>B: x",
  "%%%%{init: %s}%%%%\nflowchart TD\nA", "%%%%{%s}%%%%\nflowchart TD\nA", "%s\nflowchart TD\nA", "%s", "flowchart %s\nA --> B", "pie %s\n\"a\" : 1",
  "%%%%{wrap}%%%% %%%%{init: {'gitGraph': {'mainBranchName': '%s'}}}%%%%\ngitGraph\ncommit", "gitGraph %s:\ncommit", "mindmap %s\n  a" }

attacks.dot = { "digraph { a [label=\"%s\"] -> b }", "digraph { a [URL=\"%s\"] }", "digraph { a [href=\"%s\" target=\"%s\" tooltip=\"%s\"] }",
  "digraph { a [color=\"%s\" fillcolor=\"%s\" style=filled fontcolor=\"%s\"] }", "digraph { a [class=\"%s\" id=\"%s\"] }", "digraph { \"%s\" -> b [label=\"%s\"] }",
  "digraph \"%s\" { label=\"%s\"; a }", "digraph { a [label=<<b>%s</b>>] }", "digraph { a [shape=\"%s\" fontname=\"%s\"] }",
  "digraph { a [image=\"%s\" shapefile=\"%s\"]; _background=\"%s\"; stylesheet=\"%s\" }", "digraph { subgraph cluster_x { label=\"%s\" a } a -> b [headlabel=\"%s\" edgeURL=\"%s\"] }" }

attacks.plain = { box = { "┌──────────┐\n│ %s │\n└──────────┘", "+------+\n| %s |\n+------+", "┌───┐ %s ┌───┐\n│ a │───▶│ b │\n└───┘    └───┘" },
  text = { "%s/\n├── %s\n└── b", "src/ # %s\n|-- a\n`-- %s" } }

return attacks
