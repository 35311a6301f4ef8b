-- SPDX-License-Identifier: MIT
-- Tests of quadrant charts: points and styles, labels that keep apart, broken ones, attacks.
local random = require "random"

local BROKEN = {
  { "quadrantChart\n  A: [0.3, 1.6]", 2, 12, "from 0 to 1" },
  { "quadrantChart\n  A: [0.3 0.6]", 2, 7, "two numbers" },
  { "quadrantChart\n  A: [x, 0.6]", 2, 7, "two numbers" },
  { "quadrantChart\n  A: [0.3, 0.6", 2, 7, "']'" },
  { "quadrantChart\n  A: [0.3, 0.6] size: 3", 2, 17, "radius" },
  { "quadrantChart\n  A: [0.3, 0.6] radius: big", 2, 17, "number" },
  { "quadrantChart\n  A: [0.3, 0.6] color: nothing", 2, 17, "no colour" },
  { "quadrantChart\n  A: [0.3, 0.6] stroke-width: 3em", 2, 17, "pixels" },
  { "quadrantChart\n  x-axis", 2, 9, "missing" },
  { "quadrantChart\n  x-axis \"A --> B", 2, 10, "not closed" },
  { "quadrantChart\n  quadrant-5 X", 2, 3, "no statement" },
  { "quadrantChart\n  classDef a", 2, 12, "classDef name" },
}

local TEMPLATES = { "quadrantChart\n%s: [0.2, 0.3]", 'quadrantChart\n"%s": [0.2, 0.3]',
  "quadrantChart\ntitle %s\nx-axis %s --> %s\ny-axis \"%s\"", "quadrantChart\nquadrant-1 %s",
  "quadrantChart\nA: [0.2, 0.3] color: %s, radius: %s", "quadrantChart\nclassDef x color: %s",
  "quadrantChart\nA:::%s: [0.2, 0.3]", "quadrantChart\n%s",
  "---\nconfig:\n  quadrantChart:\n    chartWidth: %s\n---\nquadrantChart\nA: [1,1]" }

local PIECES = { "x-axis ", "y-axis ", "A", "B b", " --> ", "-->", "\n", "\n", "quadrant-1 ",
  "quadrant-4 x\n", "A: [0.2, 0.3]", "[0,", "1]", ": [", "0.5", ",", "\"", ":::c", "classDef c ",
  "color: #f00", "radius: 9", "stroke-width: 2px", "title ", ";", "#35;", "\xff", "%%", "<br>" }

local function model_of(source)
  local read = require("mermaid").read(source, {})
  return read and read.model
end

local function parts(t)
  local m = model_of('quadrantChart; x-axis "a --> b" --> C ; y-axis D --->\n'
    .. "classDef big radius: 20, color: #f00\nP q:::big: [0.5, 1] radius : 3\nQUADRANT-2 Yes")
  t.equal("an arrow in quotes", m.axes.x[1].label, "a --> b")
  t.equal("the other end", m.axes.x[2].label, "C")
  t.equal("an open end", m.axes.y[1].label, "D ⟶")
  t.equal("own styles win", m.points[1].look.radius, 3)
  t.equal("styles of the class", m.points[1].look.fill.r, 255)
  t.equal("letters of any size", m.quadrants[2].label, "Yes")
  local _, findings = t.render("quadrantChart\nA (b): [.5, 0.3]")
  t.equal("two things fail elsewhere", #findings, 2)
end

local function overlap(a, b)
  return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height
    and b.y < a.y + a.height
end

local function labels(t)
  local lines = { "quadrantChart" }
  for i = 1, 40 do
    lines[#lines + 1] = ("Initiative %d: [%.2f, %.2f]"):format(i, i * 0.37 % 1, i * i * 0.11 % 1)
  end
  local m = model_of(table.concat(lines, "\n"))
  local picture = require "quadrant.draw"(m)
  local clashes, outside = 0, 0
  for i, p in ipairs(m.points) do
    local a = p.label_box
    if a then
      if a.x < 0 or a.y < 0 or a.x + a.width > 460 or a.y + a.height > 460 then
        outside = outside + 1
      end
      for j, q in ipairs(m.points) do
        if i ~= j and (q.label_box and overlap(a, q.label_box) or overlap(a, q.box)) then
          clashes = clashes + 1
        end
      end
    end
  end
  t.equal("labels that meet", clashes, 0)
  t.equal("labels outside", outside, 0)
  t.check(picture.width < 560, "as wide as wished", picture.width)
end

local function limits(t)
  local lines = { "quadrantChart" }
  for i = 1, 300 do lines[#lines + 1] = ("Some name %d: [0.5, 0.5]"):format(i) end
  local html = t.bounded("300 points", 300, t.render, table.concat(lines, "\n"))
  t.check(html and not t.xml(html), "300 points in one place are drawn")
  lines[#lines + 1] = "One: [0, 0]"
  local _, findings = t.render(table.concat(lines, "\n"))
  t.equal("more are refused", findings[1].code, "too-large")
end

return function(t)
  t.broken("quadrant", BROKEN)
  parts(t)
  labels(t)
  limits(t)
  t.attack("quadrant", TEMPLATES)
  random(t, "quadrant", "quadrantChart\n", PIECES, 2000)
end
