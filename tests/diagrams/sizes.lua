-- SPDX-License-Identifier: MIT
-- sizes.lua QUOIN - diagrams that are made to be slow or to nest deeply: 50,000 bytes of one kind,
-- thousands of statements, open brackets. All are drawn or refused, none raises or runs for ever:
-- `timeout` around the whole run is a safety net, and no time is judged. STRIDE=3 takes every third.
local here = arg[0]:match("^(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local program = require "program"
local attacks = require "attack_texts"
local lib = program.lib
local quoin = lib.output("realpath", arg[1]):match("[^\n]+")
local STRIDE = tonumber(os.getenv("STRIDE") or "1")
local BYTES = 49900

local PIECES = { "x", "X1", " ", "\t", "\n", "(", ")", "[", "]", "{", "}", "<", ">", "\"", "'", "`",
  "-", "--", "=", "~", ".",
  ":", "::", ";", ",", "&", "& ", "#", "#35;", "&amp;", "%", "%%", "%%{", "}%%", "|", "/", "\\",
    "@", "@{", "*", "**", "_", "^",
  "$", "$$", "<br>", "<b>", "</b>", "<!--", "é", "漢", "\u{1F468}\u{200D}", "\u{202E}", "\u{301}",
    "\xff", "\0", "\r", "[*]",
  "((", "[[", "[(", "{{", "-->", "--x", "==>", "-.-", "->>", "<|--", "||--o{", "x-->x\n", "a:b\n",
    "a[b]", "a b ", "1,", "a,",
  "- - ", "\"\"", "\"a\" ", "a:::b ", "end\n", "end ", "{ ", "}\n", "::", "\n\n", " \n", "\n ",
    "\n  x", "---\n", "<<", ">>", "+1" }

local function rep(piece, bytes)
  return piece:rep(bytes // #piece)
end

-- Every piece behind the first word, at the end of a statement and inside of a string.
local OPENINGS = { flowchart = { "A[", "A[\"", "A -- ", "A -->|", "subgraph ", "click A ",
  "style A ", "A@{ ", "A[\"`" },
  sequence = { "A->>B: ", "A", "Note over A: ", "links A: {", "rect ", "box " }, state = { "s : ",
    "state \"", "a --> b : ", "note right of a\n" },
  class = { "class A {\n", "A : ", "class A~", "A \"", "class `", "note \"" }, er = { "A {\n",
    "A ||--o{ B : ", "\"" },
  gantt = { "x : ", "excludes ", "title ", "x : 2025-01-01, " }, c4 = { "Person(a, \"", "Rel(",
    "Boundary(a) {\n", "Person(" }, pie = { "\"", "title " },
  timeline = { "2000 : ", "section " }, journey = { "x: 3: ", "section " },
    gitGraph = { "commit id: \"", "branch ", "commit " },
  quadrant = { "a: [", "x-axis ", "title " }, mindmap = { " a(", "  ", " a[\"`" }, kanban = { "a[",
    " a@{ " }, requirement = { "requirement a {\n", "element \"" },
  xychart = { "bar [", "x-axis [", "title \"" }, block = { "a[\"", "columns ", "block:", "a -- \"",
    "a<[\"" } }

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function one_kind_of_bytes(add)
  for _, kind in ipairs(sorted_keys(OPENINGS)) do
    local head = attacks.heads[kind] .. "\n"
    for _, piece in ipairs(PIECES) do add(kind .. " of " .. piece, head .. rep(piece,
      BYTES - #head)) end
    for _, opening in ipairs(OPENINGS[kind]) do
      for _, piece in ipairs(PIECES) do
        local start = head .. opening
        add(kind .. ": " .. opening .. piece, start .. rep(piece, BYTES - #start))
        add(kind .. ": " .. opening .. piece .. " x", start .. "x" .. rep(piece, BYTES - #start - 3)
          .. "x")
      end
    end
  end
  for _, start in ipairs { "", "---\n", "---\ntitle: ", "%%{init: ", "%%{init: {\"a\": ", "%%",
    "\u{FEFF}" } do
    for _, piece in ipairs(PIECES) do add("front " .. start .. piece, start .. rep(piece,
      BYTES - 10)) end
  end
end

local function many(count, line)
  local out = {}
  for i = 1, count do out[i] = line(i) end
  return table.concat(out, "\n")
end

local function nested(depth, open, inner, close)
  return many(depth, open) .. "\n" .. inner .. "\n" .. many(depth, function() return close end)
end

local function random(i, n) return (i * 7919 + i * i * 104729) % n + 1 end

local LARGE = {
  { "flowchart", "flowchart TD\n" .. many(5000, function(i) return "n" .. i end) },
  { "flowchart", "flowchart TD\nn1" .. (" & n2"):rep(9000) },
  { "flowchart", "flowchart TD\na" .. (" & a"):rep(10000) .. " --> b" },
  { "flowchart", "flowchart TD\n" .. many(40, function(i) return "a" .. i end):gsub("\n", " & ")
    .. " --> "
    .. many(40, function(i) return "b" .. i end):gsub("\n", " & ") },
  { "flowchart", "flowchart TD\n" .. many(1500, function(i) return ("n%d-->n%d"):format(random(i,
    400), random(i + 7, 400)) end) },
  { "flowchart", "flowchart LR\n" .. many(500,
    function(i) return ("n%d-->|l%d|n%d"):format(random(i, 60), i, random(i + 3, 60)) end) },
  { "flowchart", "flowchart TD\n" .. many(500, function(i) return "n" .. i .. "-->n"
    .. i + 1 end) },
  { "flowchart", "flowchart TD\n" .. many(480, function(i) return "n" .. i .. "-->n"
    .. i // 2 end) },
  { "flowchart", "flowchart TD\n" .. many(499, function() return "a-->a" end) },
  { "flowchart", "flowchart TD\n" .. many(499, function() return "a-->b" end) },
  { "flowchart", "flowchart TD\na" .. (" --> a"):rep(5000) },
  { "flowchart", "flowchart TD\n" .. nested(2000, function(i) return "subgraph s" .. i end, "a-->b",
    "end") },
  { "flowchart", "flowchart TD\n" .. nested(40, function(i) return "subgraph s" .. i end, "a-->b",
    "end") },
  { "flowchart", "flowchart TD\n" .. many(190,
    function(i) return ("subgraph s%d\nx%d-->y%d\nend\ns%d-->x%d"):format(i, i, i, i, random(i,
    190)) end) },
  { "flowchart", "flowchart TD\n" .. many(3000, function(i) return "classDef c" .. i
    .. " fill:red" end) },
  { "flowchart", "flowchart TD\na-->b\n" .. many(4000,
    function() return "linkStyle 0 stroke:red" end) },
  { "flowchart", "flowchart TD\nsubgraph a\nb\nend\nsubgraph b\na\nend" },
  { "flowchart", "flowchart TD\na-" .. ("-"):rep(49000) .. ">b" },
  { "sequence", "sequenceDiagram\n" .. many(900,
    function(i) return ("p%d->>p%d: m"):format(random(i, 400), random(i + 1, 400)) end) },
  { "sequence", "sequenceDiagram\n" .. many(3000, function(i) return "participant p" .. i end) },
  { "sequence", "sequenceDiagram\n" .. nested(3000, function() return "loop x" end, "a->>b: c",
    "end") },
  { "sequence", "sequenceDiagram\n" .. many(4000, function() return "activate a" end) },
  { "state", "stateDiagram-v2\n" .. many(2500, function(i) return "s" .. i .. "-->s"
    .. i + 1 end) },
  { "state", "stateDiagram-v2\n" .. nested(2500, function(i) return "state s" .. i .. " {" end,
    "a-->b", "}") },
  { "state", "stateDiagram-v2\nstate s {\n" .. many(9000, function() return "--" end) .. "\n}" },
  { "class", "classDiagram\n" .. many(2000, function(i) return "class C" .. i
    .. "{\n+x()\n}" end) },
  { "class", "classDiagram\n" .. many(3000, function(i) return "A : +m" .. i .. "()" end) },
  { "class", "classDiagram\n" .. many(900, function(i) return ("A%d <|-- A%d"):format(random(i,
    200), random(i + 5, 200)) end) },
  { "class", "classDiagram\nclass A~" .. ("List~"):rep(5000) },
  { "class", "classDiagram\n" .. nested(3000, function(i) return "namespace n" .. i .. " {" end,
    "class A", "}") },
  { "er", "erDiagram\nA {\n" .. many(4000, function(i) return "string f" .. i end) .. "\n}" },
  { "er", "erDiagram\n" .. many(1200, function(i) return ("A%d ||--o{ A%d : x"):format(random(i,
    300), random(i + 5, 300)) end) },
  { "gantt", "gantt\n" .. many(2000, function(i) return "t" .. i .. " : a" .. i .. ", after a"
    .. i - 1 .. ", 1d" end) },
  { "gantt", "gantt\na : a1, after a2, 1d\nb : a2, after a1, 1d" },
  { "gantt",
    "gantt\ndateFormat YYYY-MM-DD\na : 0001-01-01, 9999-12-31\ntickInterval 1millisecond" },
  { "gantt",
    "gantt\ndateFormat YYYY-MM-DD\nexcludes weekends monday tuesday wednesday thursday friday\na : 2025-01-01, 3000d" },
  { "gantt", "gantt\ndateFormat x\na : 0, 99999999999999999999y" },
  { "c4", "C4Context\n" .. nested(2000, function(i) return "Boundary(b" .. i .. ", x) {" end,
    "Person(a, b)", "}") },
  { "c4", "C4Context\n" .. many(1500, function(i) return ("Person(p%d, \"x\")"):format(i) end) },
  { "pie", "pie\n" .. many(4000, function(i) return ("\"s%d\" : 1"):format(i) end) },
  { "timeline", "timeline\n" .. many(4000, function(i) return i .. " : x" end) },
  { "timeline", "timeline\n2000" .. (" : x"):rep(10000) },
  { "journey", "journey\n" .. many(3000, function(i) return "x" .. i .. ": 3: p" .. i end) },
  { "gitGraph", "gitGraph\n" .. many(4000, function() return "commit" end) },
  { "gitGraph", "gitGraph\ncommit\n" .. many(1500, function(i) return "branch b" .. i
    .. "\ncommit" end) },
  { "quadrant", "quadrantChart\n" .. many(1500,
    function(i) return ("p%d: [0.5, 0.5]"):format(i) end) },
  { "mindmap", "mindmap\n" .. many(300, function(i) return (" "):rep(i) .. "n" end) },
  { "mindmap", "mindmap\n r\n" .. many(6000, function(i) return "  n" .. i end) },
  { "kanban", "kanban\n" .. many(3000, function(i) return "a" .. i .. "\n  b" end) },
  { "requirement", "requirementDiagram\n" .. many(1000, function(i) return "element e" .. i
    .. " {\n}" end) },
  { "requirement", "requirementDiagram\nelement a {\n}\nelement b {\n}\n" .. many(1600,
    function() return "a - traces -> b" end) },
  { "xychart", "xychart-beta\nbar [" .. ("1, "):rep(15000) .. "1]" },
  { "xychart", "xychart-beta\nbar [1e308, -1e308]\ny-axis -1e308 --> 1e308" },
  { "xychart", "xychart-beta\n" .. many(3000, function() return "line [1, 2]" end) },
  { "block", "block-beta\ncolumns 1000000000\na:999999999 b" },
  { "block", "block-beta\n" .. many(5000, function(i) return "b" .. i end) },
  { "block", "block-beta\n" .. nested(2000, function(i) return "block:b" .. i end, "a", "end") },
  { "block", "block-beta\ncolumns 3\n" .. many(60, function(i) return "b" .. i end) .. "\n"
    .. many(700, function(i) return ("b%d --> b%d"):format(random(i, 60), random(i + 3, 60)) end) },
}

local folder, files, names, count = lib.folder(), {}, {}, 0
local function add(name, source)
  count = count + 1
  if count % STRIDE ~= 0 and not name:find("^large") then return end
  files[#files + 1] = ("%s/%05d.mmd"):format(folder, #files + 1)
  names[#files] = ("%s (%q …)"):format(name:sub(1, 60), source:sub(1, 60)):gsub("\\\n", "\\n")
  lib.write(files[#files], source)
end

for i, entry in ipairs(LARGE) do add(("large %s %d"):format(entry[1], i), entry[2]) end
one_kind_of_bytes(add)
lib.write(folder .. "/quoin.yaml", "limits:\n  hook_seconds: 300\n")
local drawn, slowest = 0, {}
for i, answer in ipairs(program.diagram(quoin, "svg", files, folder)) do
  local problem = program.problem(answer, "svg")
  lib.check(not problem, ("%s: %s"):format(names[i], problem or ""))
  drawn = drawn + (answer.ok and 1 or 0)
  slowest[#slowest + 1] = { name = names[i], ms = answer.ms,
    bytes = answer.ok and #answer.svg or 0 }
end
print(("sizes: %d diagrams, %d drawn"):format(#files, drawn))
if os.getenv("VERBOSE") then
  table.sort(slowest, function(a, b) return a.ms > b.ms end)
  for i = 1, math.min(tonumber(os.getenv("VERBOSE")), #slowest) do
    print(("  %8.0f ms %9d bytes  %s"):format(slowest[i].ms, slowest[i].bytes, slowest[i].name))
  end
end
lib.finish()
