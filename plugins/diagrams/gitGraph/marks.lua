-- SPDX-License-Identifier: MIT
-- The small marks of a git graph: dots of commits by their kind, names of branches, tags.
local path = require "path"
local layout = require "gitGraph.layout"

local marks = {}

local R = 7

local function dot(out, x, y)
  out:element("circle", { "class", "dg-git-dot", "cx", x, "cy", y, "r", R })
end

local shapes = { normal = dot }

function shapes.reverse(out, x, y)
  dot(out, x, y)
  out:element("path", { "class", "dg-git-cut", "d", path.join("M", x - 4, y - 4, "l8 8m0-8l-8 8") })
end

function shapes.highlight(out, x, y)
  out:element("rect", { "class", "dg-git-ring", "x", x - 9, "y", y - 9, "width", 18, "height", 18,
    "rx", 2 })
  out:element("rect", { "class", "dg-git-dot", "x", x - 5, "y", y - 5, "width", 10, "height", 10 })
end

function shapes.merge(out, x, y)
  out:element("circle", { "class", "dg-git-ring", "cx", x, "cy", y, "r", R })
end

-- Two cherries on their stalks.
shapes["cherry-pick"] = function(out, x, y)
  out:element("circle", { "class", "dg-git-dot", "cx", x, "cy", y, "r", R + 2.5 })
  out:element("path", { "class", "dg-git-cut", "d",
    path.join("M", x - 3.2, y + 2.5, "q0-5 5-8q-1 4 1.5 8") })
  for _, dx in ipairs { -3.2, 3.3 } do
    out:element("circle", { "class", "dg-git-cherry", "cx", x + dx, "cy", y + 3.2, "r", 2.3 })
  end
end

function marks.commit(out, commit, x, y)
  shapes[commit.look or commit.kind](out, x, y)
end

-- Name of a branch; `x`, `y` is the middle.
function marks.branch(out, branch, x, y)
  local pill = branch.pill
  out:open("g", { "class", "dg-chip dg-c" .. branch.colour })
  out:element("rect", { "x", x - pill.width / 2, "y", y - pill.height / 2, "width", pill.width,
    "height", pill.height, "rx", 4 })
  out:lines(pill.lines, x, y - (#pill.lines - 1) * layout.LINE / 2, layout.LINE,
    { "font-size", "13" })
  out:close()
end

-- A tag like a label on a string; `x` is its left end, `y` its middle.
function marks.tag(out, pill, x, y)
  local w, h = pill.width, pill.height
  out:open("g", { "class", "dg-note dg-git-tag" })
  out:element("path", { "d", path.join("M", x, y, "l7", -h / 2, "h", w - 9, "q2 0 2 2v", h - 4,
    "q0 2-2 2h", -(w - 9), "z") })
  out:element("circle", { "cx", x + 7.5, "cy", y, "r", 1.7 })
  out:lines(pill.lines, x + w / 2 + 4, y - (#pill.lines - 1) * layout.LINE / 2, layout.LINE,
    { "font-size", "12" })
  out:close()
end

return marks
