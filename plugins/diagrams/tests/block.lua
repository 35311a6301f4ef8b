-- SPDX-License-Identifier: MIT
-- Tests of block diagrams: blocks as they are written, places, lines, broken ones, attacks.
local random = require "random"

local BROKEN = {
  { "block\n", 1, 1, "no block" },
  { "block\na b\nend", 3, 1, "closes nothing" },
  { "block\na\nblock:x\nb", 3, 1, "not closed" },
  { "block\na[\"x\"", 2, 6, "what closes '['" },
  { "block\na[x", 2, 3, "does not end on its line" },
  { "block\na<[\"x\"]>", 2, 7, "directions of this arrow" },
  { "block\na<[\"x\"]>(north)", 2, 7, "'north' is no direction" },
  { "block\na<[\"x\"]>()", 2, 7, "no direction" },
  { "block\na -- \"x\" b", 2, 10, "end of this edge" },
  { "block\na -->", 2, 6, "a block, an edge or 'end'" },
  { "block\n  )", 2, 3, "a block, an edge or 'end'" },
  { "block\nblock:a\nblock:a\nb\nend\nend", 3, 1, "inside of itself" },
}

local LENIENT = { "a[x y]", "a-b", 'a[""]', 'a["`x`"]', "a ==> b", "a ~~~ b", "a -- x --> b",
  "a --> b --> c", "block:x\nend", "a\nlinkStyle 0 stroke:red", "a\nstyle z fill:red",
  "a\naccTitle: x", "a -->|x| b" }

local TEMPLATES = { 'block\na["%s"]', "block\n%s", 'block\na -- "%s" --> b', "block\na[%s]",
  'block\na<["%s"]>(x)', 'block\na\nstyle a fill:%s,stroke:%s,color:%s', "block\n%s --> %s",
  'block\nblock:g["%s"]\na\nend', "block\na\nclassDef c %s\nclass a c",
  "---\ntitle: %s\n---\nblock\na",
  "block\ncolumns %s\na b", "block\nspace:%s\na", 'block\na(("%s")) b{"%s"} c{{"%s"}}' }

local PIECES = { "a", "b", "c", " ", "\n", "\n", "-->", "--", "<-.->", '"', '["x"]', '(("y"))',
  ":2",
  "space", "space:3", "columns 2\n", "columns auto\n", "block:g\n", "block\n", "end\n", "a --> b\n",
  'a -- "l" --> c\n', 'd<["e"]>(right)', "(x, down)", "style a fill:red\n", "class a b\n", "x", "o",
  "classDef b fill:#333\n", "==>", "~~~", "\xff", "#35;", "[", "]", "{", "}", "<", ">", "|", "end" }

local function model_of(source)
  local read = require("mermaid").read(source, { max_events = 1000 })
  return read and read.model, read and read.kind.facts(read.model)
end

local function lenient(t)
  for _, source in ipairs(LENIENT) do
    local html, findings = t.render("block\n" .. source)
    t.check(html, "drawn though GitHub refuses it: " .. source)
    t.equal(source .. " is told", findings[1] and findings[1].code, "lenient")
  end
end

local SHAPES = { ['a["x"]'] = "square", ['a("x")'] = "round", ['a(["x"])'] = "stadium",
  ['a[["x"]]'] = "subroutine", ['a[("x")]'] = "cylinder", ['a(("x"))'] = "circle",
  ['a((("x")))'] = "doublecircle", ['a{"x"}'] = "diamond", ['a{{"x"}}'] = "hexagon",
  ['a>"x"]'] = "rect_left_inv_arrow", ['a[/"x"/]'] = "lean_right", ['a[\\"x"\\]'] = "lean_left",
  ['a[/"x"\\]'] = "trapezoid", ['a[\\"x"/]'] = "inv_trapezoid", ["a"] = "na",
  ['a<["x"]>(right)'] = "block_arrow", ['a("x"]'] = "na" }

local function parts(t)
  for source, shape in quoin.sorted(SHAPES) do
    local _, facts = model_of("block\n" .. source)
    t.equal(source, facts and facts.blocks[1].type, shape)
  end
  local _, facts = model_of('block\ncolumns 2\na["x"]:2 b\nblock:g:2\ncolumns auto\nc\nend\n'
    .. 'a("y") --x d')
  t.equal("a later mention changes the shape", facts.blocks[1].type, "round")
  t.equal("and the label", facts.blocks[1].label, "y")
  t.equal("not the span", facts.blocks[1].w, 2)
  t.equal("columns auto", facts.blocks[3].columns, -1)
  t.equal("edges add blocks", facts.blocks[4].id, "d")
  t.equal("heads", facts.edges[1].head, "cross")
  _, facts = model_of 'block\nendpoint spacer blocks a\nA <-.-> a\nA --- a'
  t.equal("words that only begin like keywords", #facts.blocks, 5)
  t.equal("two heads", facts.edges[1].tail, "arrow")
  t.equal("no head", facts.edges[2].head, nil)
end

-- Boxes after drawing.
local function boxes(source)
  local model = model_of(source)
  require "block.draw"(model, { href = function() end })
  return function(id) return model.by_id[id].box end, model
end

local function places(t)
  local box = boxes "block\ncolumns 3\na b c\nd:2 e\nf"
  t.equal("one row", box("a").y, box("c").y)
  t.equal("columns are equally wide", box("a").width, box("b").width)
  t.equal("a span covers columns and the gap", box("d").x + box("d").width,
    box("b").x + box("b").width)
  t.equal("rows begin at the left", box("f").x, box("a").x)
  t.check(box("f").y > box("e").y + box("e").height, "rows stand below each other")
  box = boxes "block\ncolumns 2\na space b:5 c"
  t.equal("a span ends with the row", box("c").y > box("b").y, true)
  box = boxes 'block\nblock:g\ncolumns 1\na b\nend\nc'
  t.check(box("a").x > box("g").x and box("b").y + box("b").height < box("g").y + box("g").height,
    "blocks stand inside of theirs")
end

-- Lines go around blocks that are not their ends.
local function lines(t)
  local borders = require "block.borders"
  local router = require "block.router"
  local box, model = boxes "block\ncolumns 3\na b c\nd e f\na --> c\na --> c\nb --> b\na --> f"
  local all = {}
  for _, id in ipairs { "a", "b", "c", "d", "e", "f" } do all[#all + 1] = model.by_id[id] end
  local state = router.new(all, all, { x = 30, y = 30 })
  for _, ends in ipairs { { "a", "c" }, { "a", "f" }, { "d", "c" }, { "c", "a" } } do
    local points = router.route(state, model.by_id[ends[1]], model.by_id[ends[2]])
    for _, id in ipairs { "a", "b", "c", "d", "e", "f" } do
      local hit = false
      for i = 1, #points - 3, 2 do
        local x1, y1, x2, y2 = table.unpack(points, i, i + 3)
        hit = hit or borders.crosses(x1, y1, x2, y2, box(id), -1)
      end
      t.check(not hit, ("%s to %s stays out of %s"):format(ends[1], ends[2], id))
    end
  end
  local diamond = { box = { x = 0, y = 0, width = 100, height = 60 }, border = "diamond" }
  local x, y = borders.leave(diamond, 50, 30, 150, 90)
  t.check(math.abs(x - 75) < 0.1 and math.abs(y - 45) < 0.1, "lines end on true borders", x)
end

local function slow(t)
  for name, source in quoin.sorted { arrows = ("a --> b\n"):rep(400), blocks = ("x "):rep(20000),
    dashes = "a " .. ("-"):rep(48000), brackets = "a" .. ("["):rep(48000),
    bare = "a -- " .. ("- "):rep(20000), open = ("block\n"):rep(8000), spaces = "space:99999999 a",
    columns = "columns 99999999\na b", span = "a:99999999 b" } do
    t.bounded(name, 60, t.render, "block\n" .. source)
  end
  local list = { "block\ncolumns 8" }
  for i = 1, 240 do list[#list + 1] = "n" .. i end
  for i = 1, 200 do list[#list + 1] = ("n%d --> n%d"):format(i, (i * 37) % 240 + 1) end
  t.check(t.bounded("many edges", 1000, t.render, table.concat(list, "\n")), "many edges are drawn")
end

return function(t)
  t.broken("block", BROKEN)
  lenient(t)
  parts(t)
  places(t)
  lines(t)
  t.attack("block", TEMPLATES)
  slow(t)
  random(t, "block", "block\n", PIECES, 1500)
end
