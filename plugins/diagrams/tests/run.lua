-- SPDX-License-Identifier: MIT
-- Tests of the plugin alone, without the host: lua5.4 plugins/diagrams/tests/run.lua
local here = (arg[0]:match("^(.*)[^/]*$"):match("^(.*/)[^/]*$") or "./") .. ".."
package.path = here .. "/?.lua;" .. here .. "/tests/?.lua;" .. package.path
quoin = require "mock"

local plugin = require "init"
local names = require "names"
local text = require "text"
local colour = require "colour"
local svg = require "svg"
local check_xml = require "xml"
local samples = require "samples"

local OPTIONS = { text_version = true, max_bytes = 50000, max_events = 1000 }
local passed, failed = 0, 0

local function check(ok, name, why)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print("FAILED " .. name .. (why and ": " .. tostring(why) or ""))
  end
  return ok
end

local function equal(name, got, expected)
  return check(got == expected, name, ("got %s, expected %s"):format(tostring(got),
    tostring(expected)))
end

local function render(source, language, number)
  local block = quoin.block(source, language, number)
  local html = plugin.blocks[block.language](block, { path = "page.md", links = {} }, OPTIONS)
  local told = block.language == "mermaid" and names.read(source, "mermaid", OPTIONS).findings or {}
  return html, table.move(block.findings, 1, #block.findings, #told + 1, told)
end

-- What `run` returns when it ends within so many million steps of Lua's machine: a bound that does
-- not depend on the machine below. Steps inside of patterns are not seen.
local function bounded(name, millions, run, ...)
  local count = 0
  debug.sethook(function()
    count = count + 1
    if count > millions * 10 then error("too many steps", 0) end
  end, "", 100000)
  local results = table.pack(pcall(run, ...))
  debug.sethook()
  if os.getenv("VERBOSE") then print(("%s: %.1f million steps"):format(name, count / 10)) end
  check(results[1], ("%s ends within %d million steps"):format(name, millions), results[2])
  return table.unpack(results, 2)
end

-- Rows of {source, line, column, part of the message or hint}: reported once, not drawn.
local function broken(kind, rows)
  for i, row in ipairs(rows) do
    local html, findings = render(row[1])
    local f = findings[1]
    local name = kind .. ": broken diagram " .. i
    if check(not html and f and #findings == 1, name .. " is reported once") then
      equal(name .. " line", f.line, row[2])
      equal(name .. " column", f.column, row[3])
      check((f.message .. (f.hint or "")):find(row[4], 1, true), name .. " says why", f.message)
    end
  end
end

-- Puts every hostile text where a template has %s: drawn or reported, never harmful.
local function attack_with(kind, templates)
  for t, template in ipairs(templates) do
    for h, attack in ipairs(samples.hostile) do
      local source = template:gsub("%%%%", "\3"):gsub("%%s", (attack:gsub("%%", "%%%%")))
        :gsub("\3", "%%")
      local name = ("%s: attack %d in template %d"):format(kind, h, t)
      local ok, html, findings = pcall(render, source)
      if check(ok, name .. " does not raise", html) then
        check(html or #findings > 0, name .. " is drawn or reported")
        local problem = html and check_xml(html)
        check(not problem, name .. " is harmless", problem)
      end
    end
  end
end

local function links()
  for _, url in ipairs { "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x",
    "#106;avascript:x", "java\tscript:x" } do
    local html, findings = render("sequenceDiagram\nlink A: x @ " .. url .. "\nA->>B: y")
    check(html and not html:find("href", 1, true), "no link to " .. url)
    equal(url .. " is reported", findings[1] and findings[1].code, "unsafe-link")
  end
  local html = render("sequenceDiagram\nlink A: Wiki @ https://x.example/?a=1&b=2\nA->>B: y")
  check(html:find('href="https://x.example/?a=1&amp;b=2"', 1, true), "a good link stays")
end

-- Random bytes out of the notation's own pieces: never an error, always well-formed.
local function fuzz()
  local pieces = { "sequenceDiagram\n", "A", "B", "->>", "-->>", "+", "-", ":", " text", "\n", ";",
    "#", "loop x\n", "end\n", "alt y\n", "else z\n", "Note over A,B: n\n", "activate A\n",
    "deactivate A\n", "create participant C\n", "destroy A\n", "box red q\n", "rect #fff\n", "()",
    "autonumber 1 2\n", "participant ", "actor ", " as ", "@{ \"type\": \"queue\" }", "<br>", "<",
    "\xff", "#lt;", "%%", "%%{", "}%%", "---\n", "accDescr {", "}", "(", ")", "x", "<<->>", "//-",
    "A->>B: ok\n", "A->>+B: ok\n", "B-->>-A: ok\n", "B->>B: self\n", "par p\n", "and q\n" }
  local seed, good, bad, drawn = 42, 0, nil, 0
  local function random(n)
    seed = (seed * 1103515245 + 12345) % 0x80000000
    return (seed >> 8) % n + 1
  end
  for _ = 1, 4000 do
    local parts = { "sequenceDiagram\n" }
    for i = 2, 3 + random(25) do parts[i] = pieces[random(#pieces)] end
    local source = table.concat(parts)
    local ok, html = pcall(render, source)
    local problem = not ok and html or html and check_xml(html)
    if problem then bad = ("%s in %q"):format(problem, source) else good = good + 1 end
    if ok and html then drawn = drawn + 1 end
  end
  check(not bad, "4000 random diagrams", bad)
  check(drawn > 100, "random diagrams are also drawn", drawn)
end

local function limits()
  local many = { "sequenceDiagram" }
  for i = 1, 1500 do many[#many + 1] = "A->>B: m" .. i end
  local html, findings = render(table.concat(many, "\n"))
  check(not html and findings[1].code == "too-large", "too many messages are refused")
  html, findings = render("sequenceDiagram\nA->>B: " .. ("x"):rep(60000))
  check(not html and findings[1].code == "too-large", "too long a text is refused")
  html, findings = render("sequenceDiagram\n" .. ("loop x\n"):rep(60) .. ("end\n"):rep(60))
  check(not html and findings[1].message:find("nested"), "deep nesting is refused")
  html = render("sequenceDiagram\n" .. ("loop x\n"):rep(40) .. "A->>B: x\n" .. ("end\n"):rep(40))
  check(html and not check_xml(html), "forty levels are drawn")
  html = render("sequenceDiagram\nA->>B: " .. ("word"):rep(10000))
  check(html and not check_xml(html), "a word of 40,000 letters is drawn")
  html = render("sequenceDiagram")
  check(html and not check_xml(html), "an empty diagram is drawn")
  html, findings = render("flowchrt TD\nA-->B")
  check(not html and #findings == 1 and findings[1].hint:find("flowchart"),
    "an unknown type is named, with the nearest")
end

local function units()
  equal("number", svg.number(-0.04), "0")
  equal("number with a decimal", svg.number(12.34), "12.3")
  equal("negative number", svg.number(-12.25), "-12.2")
  equal("width of Arial", text.width("Hello", 1000), 2278)
  equal("width of CJK", text.width("漢字", 10), 20)
  equal("combining marks have none", text.width("e\u{301}", 1000), 556)
  equal("entities", text.display("\1lt\2b\1gt\2 \0019829\2\1quot\2"), "<b> ♥\"")
  equal("decimal entity", text.display("\0019829\2"), "♥")
  equal("tags for looks go", text.display("a <b>b</b><br/>c <vm-name>"), "a b\nc <vm-name>")
  equal("in facts all tags go", text.label("a <b>b</b> <vm-name>"), "a b")
  local c = colour.parse("rgba(255, 0, 0, .5)")
  equal("rgba", c.r .. " " .. c.g .. " " .. c.a, "255 0 0.5")
  equal("hsl", colour.attributes(colour.parse("hsl(120, 100%, 50%)")), "#00ff00")
  equal("short hex", colour.attributes(colour.parse("#abc")), "#aabbcc")
  equal("name", colour.attributes(colour.parse("RebeccaPurple")), "#663399")
  equal("no colour", colour.parse("url(#x)"), nil)
  for name in ("white black gold navy gray teal"):gmatch("%a+") do
    local fill = colour.parse(name)
    local on = colour.parse(colour.tone(fill) == "dg-on-light" and "black" or "white")
    check(colour.contrast(fill, on) >= 4.5, "text is readable on " .. name)
  end
  local a, b = render("sequenceDiagram\nA->>B: x", nil, 1), render("sequenceDiagram\nA->>B: x", nil, 2)
  check(a:match(' id="([^"]*)"') ~= b:match(' id="([^"]*)"'), "two equal blocks have other ids")
  check(not pcall(function() svg.new():open("script", {}) end), "no element off the list")
  check(not pcall(function() svg.new():open("g", { "onload", "x" }) end), "no attribute off the list")
end

local function dot()
  local harmless = require("dot.source").harmless
  local unsafe = 'digraph { a [image="x.png" "ima" + "ge"="y" "shape\\\nfile"="z" label=<<IMG SRC="q"/>>]'
    .. ' fontpath=p; _background="v"; b [label="image=keep"] /* image=c */ }'
  local safe = harmless(unsafe)
  check(not safe:find("x.png\"", 1, true) or safe:find('comment="x.png"', 1, true), "image goes")
  check(not safe:find("fontpath", 1, true) and not safe:find("_background", 1, true), "paths go")
  check(not safe:find("SRC", 1, true) and not safe:find("shape\\", 1, true), "hidden names go")
  check(safe:find('label="image=keep"', 1, true), "labels stay")
  quoin.programs = false
  local html, first = render("digraph { a -> b }", "dot", 3)
  local _, second = render("digraph { a -> b }", "graphviz", 4)
  local _, again = render("digraph { a -> b }", "dot", 3)
  check(not html and #first == 1 and first[1].severity == "info" and #second == 0,
    "without the program there is one notice a page")
  check(#again == 1, "a page that is rendered again has its notice again")
  quoin.programs = true
  if not os.execute("command -v dot >/dev/null 2>&1") then
    print("skipped: drawing of DOT (the program dot is not there)")
    return
  end
  local findings
  html, findings = render([[digraph G { rankdir=LR; label="All <of> it"
    a [label="Start\nhere" shape=box style=filled fillcolor="#202060" URL="https://x.example/a"]
    b [shape=cylinder label=<<b>Bold</b> x> href="javascript:x"]
    subgraph cluster_x { label="Grp"; c [style="rounded,dashed" shape=box]; d [shape=record label="{l|<p>r}"] }
    a -> b [label="go & come" style=dashed color=red]; b -> c; c -> d [dir=both arrowhead=odot] }]], "dot")
  if check(html, "a graph is drawn", findings[1] and findings[1].message) then
    local problem, content = check_xml(html)
    check(not problem, "the graph is well formed", problem)
    for _, label in ipairs { "Start", "here", "Bold", "Grp", "go &amp; come", "All &lt;of&gt; it" } do
      check((content or ""):find(label, 1, true), "the graph shows " .. label)
    end
    check(html:find('href="https://x.example/a"', 1, true) and not html:find("javascript", 1, true),
      "links of the graph are safe")
    equal("the unsafe link is reported", findings[1] and findings[1].code, "unsafe-link")
    check(html:find("dg-on-dark", 1, true), "dark fills take light text")
    html = render("digraph { h [shape=plaintext label=<<table><tr><td>cell</td></tr></table>>] }", "dot")
    check(html:find('class="dg-bare"', 1, true), "cells of tables do not cover their texts")
  end
  html, findings = render("digraph {\n a -> \n}", "dot")
  check(not html and findings[1].line == 3, "a broken graph is reported", findings[1]
    and findings[1].line)
  for i, attack in ipairs(samples.hostile) do
    local quoted = attack:gsub('[\\"%z]', " ")
    html = render('digraph { a [label="' .. quoted .. '" URL="' .. quoted .. '"] }', "dot")
    local problem = html and check_xml(html)
    check(not problem, "attack " .. i .. " in a graph", problem)
  end
end

-- tests/<folder>.lua of each type returns function(t): t.check(ok, name, why), t.equal(name, got,
-- expected), t.render(source) -> html, findings; t.xml(html) -> problem, content;
-- t.broken(kind, rows), t.attack(kind, templates), t.hostile (list of texts).
local function types_of_diagrams()
  local t = { check = check, equal = equal, render = render, xml = check_xml,
    hostile = samples.hostile, broken = broken, attack = attack_with, bounded = bounded }
  local folders, done = { box = "box", graph_drawer = "graph", shared = "shared", tree = "tree" }, {}
  for word, folder in pairs(require "types") do folders[word] = folder end
  for _, folder in quoin.sorted(folders) do
    local file = not done[folder] and (os.getenv("TYPE") or folder) == folder
      and io.open(here .. "/tests/" .. folder .. ".lua")
    done[folder] = true
    if file then
      file:close()
      require("tests." .. folder)(t)
    end
  end
end

units()
broken("sequence", samples.broken)
attack_with("sequence", samples.templates)
links()
limits()
fuzz()
dot()
types_of_diagrams()
-- The whole reference set is looked at through the program: tests/diagrams/reference.lua.
if os.getenv("TYPE") then require "corpus"(check, render) end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)
