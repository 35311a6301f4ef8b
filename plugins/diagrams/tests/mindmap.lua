-- SPDX-License-Identifier: MIT
-- Tests of mindmaps: trees and shapes, boxes that keep apart, broken ones, attacks, hostile depths.
local random = require "random"

local BROKEN = {
  { "mindmap\n  a\n  b", 3, 3, "one root" },
  { "mindmap\n    a\n  b", 3, 3, "one root" },
  { "mindmap", 1, 1, "no nodes" },
  { "mindmap\n  a[text\n  more", 2, 5, "does not end" },
  { "mindmap\n  a[\"text]", 2, 5, "does not end" },
  { "mindmap\n  a[x] y", 3 - 1, 8, "behind the end" },
  { "mindmap\n  a {b}", 2, 5, "quote" },
  { "mindmap\n  ::icon(x)", 2, 3, "no node" },
  { "mindmap\n  :::x", 2, 3, "no node" },
  { "mindmap\n  a[\"x\"y]", 2, 8, "bracket" },
}

local TEMPLATES = { "mindmap\n%s", "mindmap\n  a[\"%s\"]\n    b((%s))", "mindmap\na\n ::icon(%s)",
  "mindmap\na\n :::%s", "mindmap\na))%s((", "mindmap\na[\"`**%s** _x_`\"]",
  "---\ntitle: %s\n---\nmindmap\na" }

local PIECES = { "a", "b c", "\n", "\n ", "\n  ", "\n    ", "[x]", "((y))", "))z((", ")w(", "{{v}}",
  "(u)", "[", "]", "(", ")", "\"", "`", "**b**", "::icon(fa fa-x)", ":::c d", "%% no", "{", "}", "-)",
  "(-", "\xff", "#35;", "<br>", "\t", "accTitle: x\n" }

local function model_of(source)
  local read = require("mermaid").read(source, {})
  return read and read.model
end

local function parts(t)
  local m = model_of("mindmap\n  r\n    a\n      b\n   c\n%% comment\n\n    d(\n  two\n  lines)"
    .. "\n    ::icon(fa fa-book)\n    :::big red")
  t.equal("deeper lines are children", m.root.children[1].children[1].label, "b")
  t.equal("a line between two depths", m.root.children[2].label, "c")
  local d = m.root.children[2].children[1]
  t.equal("a text over lines", d.label, "two\nlines")
  t.equal("a shape", d.shape, "rounded")
  t.equal("an icon", d.icon, "fa fa-book")
  t.equal("a class", d.class, "big red")
  m = model_of 'mindmap\nid["a (b) [c]"]'
  t.equal("brackets in quotes", m.root.label, "a (b) [c]")
  m = model_of "mindmap\n(no id)"
  t.equal("a shape without an id", m.root.label .. m.root.shape, "no idrounded")
  local _, findings = t.render("mindmap\na[x]:::y")
  t.equal("a class in the node's line is told", findings[1].code, "lenient")
  _, findings = t.render("mindmap\naccTitle: T\na")
  t.equal("accTitle is told at its line", findings[1].code .. findings[1].line, "lenient2")
end

local function boxes(node, list)
  list[#list + 1] = { x = node.x, y = node.y - node.height / 2, width = node.width,
    height = node.height }
  for _, child in ipairs(node.children) do boxes(child, list) end
  return list
end

-- No box of a tree touches another, whatever their sizes.
local function apart(t)
  local shapes, lines, depth = { "n%d", "n%d[A box %d]", "n%d((round))", "n%d))loud bang((",
    "n%d[\"many words that must wrap because they are long, %d\"]" }, { "mindmap", "root" }, 1
  for i = 1, 120 do
    depth = math.max(1, math.min(5, depth + ({ 1, 0, -1, 1, -3, 1, 0, -1 })[i * 7 % 8 + 1]))
    lines[#lines + 1] = (" "):rep(depth) .. shapes[i * 3 % 5 + 1]:format(i, i)
  end
  local m = model_of(table.concat(lines, "\n"))
  require "mindmap.layout"(m)
  local list, clashes = boxes(m.root, {}), 0
  for i = 1, #list do
    for j = i + 1, #list do
      local a, b = list[i], list[j]
      if a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height
        and b.y < a.y + a.height then
        clashes = clashes + 1
      end
    end
  end
  t.equal("boxes", #list, 121)
  t.equal("boxes that meet", clashes, 0)
end

local function limits(t)
  local deep, wide = { "mindmap", "r" }, { "mindmap", "r" }
  for i = 1, 300 do deep[#deep + 1] = (" "):rep(i) .. "n" end
  for i = 1, 998 do wide[#wide + 1] = (" "):rep(1 + i % 2) .. "node " .. i end
  for name, lines in quoin.sorted { deep = deep, wide = wide } do
    local html = t.bounded(name .. " tree", 60, t.render, table.concat(lines, "\n"))
    t.check(html and not t.xml(html), name .. " trees are drawn")
  end
  for i = 1, 10 do wide[#wide + 1] = " more " .. i end
  local _, findings = t.render(table.concat(wide, "\n"))
  t.equal("too many nodes are refused", findings[1].code, "too-large")
  t.bounded("open brackets", 60, t.render, "mindmap\na" .. ("["):rep(40000))
  t.bounded("open lines", 60, t.render, "mindmap\n" .. ("a[\n"):rep(15000))
end

return function(t)
  t.broken("mindmap", BROKEN)
  parts(t)
  apart(t)
  limits(t)
  t.attack("mindmap", TEMPLATES)
  random(t, "mindmap", "mindmap\n", PIECES, 2000)
end
