-- SPDX-License-Identifier: MIT
-- The drawer of graphs: edges that meet at a box, titles beside lines, links and their underlines.
local areas = require "areas"
local joints = require "joints"
local label = require "label"
local svg = require "svg"

local function edge(y, from_x, from_y)
  return { points = { from_x, from_y, 50, from_y, 50, y, 100, y } }
end

local function meeting(t)
  local edges = { { from = "a", to = "x", head = "arrow" }, { from = "b", to = "x", head = "arrow" },
    { from = "c", to = "x", head = "arrow" } }
  local placed = { edge(-5, 0, -60), { points = { 0, 0, 100, 0 } }, edge(5, 0, 60) }
  local routes = joints(edges, placed)
  t.equal("crowded ends meet at the straight one", routes[1].points[8] .. " " .. routes[3].points[8],
    "0 0")
  t.check(not routes[1].hides_head and routes[2].hides_head and routes[3].hides_head, "one head")
  t.equal("what was laid out stays", placed[1].points[8], -5)
  routes = joints(edges, { edge(-20, 0, -60), placed[2], edge(20, 0, 60) })
  t.check(not routes[2].hides_head and not routes[3].hides_head, "there is room: each has a head")
  edges[2].style = {}
  routes = joints(edges, placed)
  t.check(not routes[3].hides_head, "an edge with looks of its own stands between")
  edges[2].style, edges[2].head = nil, "cross"
  t.check(not joints(edges, placed)[3].hides_head, "so does another head")
  edges[2].head, edges[1].label = "arrow", label.new("x")
  placed[1].label_x, placed[1].label_y = 75, -5
  routes = joints(edges, placed)
  t.equal("two that cannot be moved stay", routes[1].points[8], -5)
end

local function titles(t)
  local box = { x = 0, y = 0, width = 300, height = 100 }
  local function x_of(text, routes)
    local out = svg.new()
    areas.title(out, { label = label.new(text) }, box, routes)
    local drawn = out:result()
    return tonumber(drawn:match('<text x="([%d.]+)"')), select(2, drawn:gsub("<rect", ""))
  end
  local line = { points = { 20, -20, 20, 80 } }
  t.equal("a title begins at the left", x_of("Title", {}), 10)
  t.equal("or behind the line that runs there", x_of("Title", { line }), 28)
  local x, grounds = x_of(("W"):rep(20), { { points = { 100, -20, 100, 80 } },
    { points = { 200, -20, 200, 80 } } })
  t.equal("a wide one stays and covers it", x .. " " .. grounds, "10 2")
  x, grounds = x_of("A title", { { points = { 30, -20, 30, 80 } }, { points = { 60, -20, 60, 80 } },
    { points = { 200, -20, 200, 80 } } })
  t.check(x > 60 and grounds == 0, "between two lines", x)
end

local function underlines(t)
  local out = svg.new()
  out:open("a", { "href", "x" }):lines({ "one", "two" }, 0, 0, 18, { "class", "dg-label" }):close()
  t.check(out:result():find('class="dg%-label dg%-lines"'), "linked lines say so", out:result())
  out = svg.new()
  out:lines({ "one", "two" }, 0, 0, 18, {})
  t.check(not out:result():find("dg-lines", 1, true), "others do not")
end

return function(t)
  meeting(t)
  titles(t)
  underlines(t)
end
