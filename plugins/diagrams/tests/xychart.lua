-- SPDX-License-Identifier: MIT
-- Tests of xy charts: ticks, every text of the reference in the picture, broken ones, attacks.
local random = require "random"

local BROKEN = {
  { "xychart\n  bar [1, x, 3]", 2, 11, "no number" },
  { "xychart\n  bar [1, 2", 2, 7, "']'" },
  { "xychart\n  line", 2, 7, "missing" },
  { "xychart\n  title \"T\"", 1, 1, "no values" },
  { "xychart\n  y-axis [a, b]\n  bar [1]", 2, 10, "range" },
  { "xychart\n  x-axis [a, b\n  bar [1]", 2, 10, "']'" },
  { "xychart\n  x-axis 1 --> b\n  bar [1]", 2, 16, "no number" },
  { "xychart\n  pie [1]", 2, 3, "x-axis" },
  { "xychart\n  bar [1e99]", 2, 8, "unit" },
  { "xychart\n  bar \"A\" {1, 2}", 2, 12, "stack" },
}

local TEMPLATES = { 'xychart\ntitle "%s"\nbar [1]', "xychart\ntitle %s\nbar [1]",
  "xychart\nx-axis [%s, \"%s\"]\nbar [1, 2]", 'xychart\ny-axis "%s" 0 --> 4\nline "%s" [1, 2]',
  "xychart\nbar [%s]", "xychart\nline [1 \"%s\"]", 'xychart\nbar "x" {"%s": [1], "b": [2]}',
  "xychart\n%s", "---\nconfig:\n  xyChart:\n    width: %s\n---\nxychart\nbar [1]" }

local PIECES = { "\nbar ", "\nline ", "[", "]", "1", ",", "2.5, ", "-3", "\nx-axis ", "\ny-axis ",
  "\"a\"", "[a, b, c]", "0 --> 10", "-->", "\ntitle x\"", "\nbar [1, 2, 3]", "\nline [3, -2]",
  "\nbar \"n\" [4, 5]", "\nline [1 \"p\"]", "\nx-axis m [a, b]", "\ny-axis 1 --> 4", "\n", "\n",
  "\nbar [1]\n", "\nx-axis 3 --> -1", "\nbar {\"a\": [1], \"b\": [2]}", "\n;", "\n%% x\n",
  "horizontal\n", "{", "}", "\"s\": [1]", ";", "%%", "\xff", "#35;", "<br>", "1e5", "+" }

local function ticks(t)
  local scale = require "xychart.scale"
  for _, row in ipairs { { 0, 100, "0 10 20 30 40 50 60 70 80 90 100" }, { 5, 5, "5" },
    { 0, 1, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1" }, { 0, 0.0000005,
      "0 5e-8 1e-7 1.5e-7 2e-7 2.5e-7 3e-7 3.5e-7 4e-7 4.5e-7 5e-7" }, { -2.4, 3.5,
      "-2 -1.5 -1 -0.5 0 0.5 1 1.5 2 2.5 3 3.5" }, { 11000, 4000, "4000 4500 5000 5500 6000 6500 "
      .. "7000 7500 8000 8500 9000 9500 10000 10500 11000" } } do
    local list = {}
    for i, n in ipairs(scale.ticks(row[1], row[2])) do list[i] = scale.text(n) end
    t.equal(("ticks from %s to %s"):format(row[1], row[2]), table.concat(list, " "), row[3])
  end
  t.equal("a number as text", scale.text(7.50), "7.5")
  t.equal("a third", scale.text(1 / 3), "0.3333333333333333")
end

local function texts_of(source)
  local mermaid = require "mermaid"
  local read = mermaid.read(source, {})
  local list = {}
  local drawn = read and mermaid.svg(read, { id = "x", href = function() end }) or ""
  for body in drawn:gmatch("<text[^>]*>(.-)</text>") do
    list[#list + 1] = body:gsub("<[^>]*>", ""):gsub("&amp;", "&"):gsub("&lt;", "<")
  end
  return list
end

local function missing(list, expected)
  local count = {}
  for _, s in ipairs(list) do count[s] = (count[s] or 0) + 1 end
  for _, s in ipairs(expected) do
    if not count[s] then return s end
  end
end

-- The picture has every text of the reference; which has a value twice where a bar has a name.
local function reference(t)
  local path = arg[0]:match("^(.*)/[^/]*$") .. "/../../../../shared/mermaid/xychart/"
  local file = io.open(path .. "facts.jsonl")
  if not file then return end
  for line in file:lines() do
    local expected = quoin.parse_json(line)
    local diagram = io.open(path .. expected.id .. ".mmd")
    local list = texts_of(diagram:read("a"))
    diagram:close()
    local lost = expected.ok and missing(list, expected.texts)
    t.check(not lost, expected.id .. " shows every text of the reference", lost)
    t.check(math.abs(#list - #expected.texts) <= 1, expected.id .. " shows no more", #list)
  end
  file:close()
end

local function model_of(source)
  local read = require("mermaid").read(source, {})
  return read and read.model, read
end

local function parts(t)
  local m = model_of('xychart-beta horizontal\nx-axis "a, b" [x, "y, z", w]; y-axis Year 2000 --> 3000'
    .. '\nbar "n" [+1, .5, -3]\nline [\n 1,\n 2 "top"\n]')
  t.check(m.is_horizontal, "an orientation behind the keyword")
  t.equal("a comma in quotes", m.x.categories[2], "y, z")
  t.equal("words before a range", m.y.title .. m.y.range.to, "Year3000")
  t.equal("signs and fractions", table.concat(m.series[1].values, " "), "1 0.5 -3")
  t.equal("a list over lines", #m.series[2].values, 2)
  t.equal("a label of a point", m.series[2].labels[2], "top")
  m = model_of 'xychart\nbar "A" {"on": [1, 2], "off": [3, 4]}\nbar "B" {"on": [5, 6]}'
  t.equal("stacks", #m.series, 3)
  local frame = require "xychart.frame".of(m)
  t.equal("stacks add up", frame.high, 6)
  t.equal("bars begin at zero", frame.low, 0)
  t.equal("one column a stack", frame.columns, 2)
  t.equal("the same name, the same colour", m.series[1].colour, m.series[3].colour)
end

-- What stands in the picture and what does not, by setting.
local function axes(t)
  local function drawn(settings)
    return t.render('---\nconfig:\n  xyChart:\n' .. settings .. '\n---\nxychart\nx-axis [a, b]\n'
      .. 'bar [1, 2, 77]')
  end
  local function count(html, what) return select(2, html:gsub(what, "")) end
  local plain, bare = drawn "    yAxis:\n      showTitle: true",
    drawn "    yAxis:\n      showTick: false\n    xAxis:\n      showAxisLine: false"
  t.equal("a grid and the line of the bars", count(plain, "dg%-grid") + count(plain, "dg%-axis\""), 2)
  t.equal("no grid, no line", count(bare, "dg%-grid") + count(bare, "dg%-axis\""), 0)
  for _, horizontal in ipairs { "", "    chartOrientation: horizontal\n" } do
    local full = drawn(horizontal
      .. "    yAxis:\n      showAxisLine: true\n    xAxis:\n      showTick: true")
    t.equal("a line along the values and marks", count(full, "dg%-axis\""), 2)
  end
  t.check(not plain:find("77<", 1, true), "no value beyond the categories, in words neither")
end

local function limits(t)
  local html, findings = t.render("xychart\nbar [" .. ("1,"):rep(2500) .. "1]")
  t.check(not html and findings[1].code == "too-large", "too many values are refused")
  for _, source in ipairs { "bar [1]", "line [5]", "line [5, 5, 5]", "x-axis 3 --> 3\nline [1, 2]",
    "y-axis 10 --> 0\nbar [1, 20, -4]", "x-axis [" .. ("a long name,"):rep(400) .. "x]\nbar [1]",
    "bar [" .. ("1,"):rep(1999) .. "1]", "x-axis [a]\nline [1, 2, 3]", "bar [0]", "bar [-1, -5]",
    "x-axis []\nbar [1]" } do
    local ok, drawn = pcall(t.render, "xychart\n" .. source)
    local problem = not ok and drawn or drawn and t.xml(drawn)
    t.check(drawn and not problem, "drawn: " .. source:sub(1, 30), problem)
  end
end

return function(t)
  t.broken("xychart", BROKEN)
  ticks(t)
  parts(t)
  axes(t)
  limits(t)
  reference(t)
  t.attack("xychart", TEMPLATES)
  random(t, "xychart", "xychart\n", PIECES, 2000)
end
