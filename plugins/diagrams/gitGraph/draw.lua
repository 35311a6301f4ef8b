-- SPDX-License-Identifier: MIT
-- Draws a git graph: lanes, the lines between commits, the commits, and all text on top.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local layout = require "gitGraph.layout"
local marks = require "gitGraph.marks"
local routes = require "gitGraph.routes"

local MARGIN = 12

local function color(branch)
  return "dg-c" .. branch.colour
end

local function draw_edge(d, from, to, branch, is_picked)
  local class = "dg-lane " .. color(branch) .. (is_picked and " dg-dotted" or "")
  d.out:element("path", { "class", class, "d", routes.between(d, from, to, branch == to.branch) })
end

local function draw_edges(d)
  for _, commit in ipairs(d.model.commits) do
    local first, second = commit.parents[1], commit.parents[2]
    if second then
      draw_edge(d, second, commit, second.branch, commit.kind == "cherry-pick")
    end
    if first then draw_edge(d, first, commit, commit.branch) end
  end
end

-- A branch without commits still shows where it starts.
local function draw_stub(d, branch)
  local origin = branch.origin
  d.out:element("path", { "class", "dg-lane dg-dotted " .. color(branch), "d",
    routes.stub(d, origin, branch) })
end

local function draw_guides(d, u1, u2)
  for _, branch in ipairs(d.model.branches) do
    if branch.is_used or not d.l.is_close then
      local x1, y1 = d.point(u1, branch.across)
      local x2, y2 = d.point(u2, branch.across)
      d.out:element("path", { "class", "dg-guide", "d", path.join("M", x1, y1, "L", x2, y2) })
      if not branch.is_used and branch.origin then draw_stub(d, branch) end
    end
  end
end

local function draw_dots(d)
  for _, commit in ipairs(d.model.commits) do
    local x, y = d.point(routes.at(d, commit))
    d.out:open("g", { "class", color(commit.branch) })
    marks.commit(d.out, commit, x, y)
    d.out:close()
  end
end

local function grow(d, x1, y1, x2, y2)
  local b = d.bounds
  b[1], b[2] = math.min(b[1], x1), math.min(b[2], y1)
  b[3], b[4] = math.max(b[3], x2), math.max(b[4], y2)
end

-- The text of a commit, a link where its id is a record's or a page's.
local function draw_text(d, commit, x, y, attributes)
  local list = table.move(attributes, 1, #attributes, 5, { "class", "dg-label", "font-size", "13" })
  local href = commit.show and chart.href(d.context, commit.show)
  d.has_links = chart.linked(d.out, href, function()
    d.out:lines(commit.label.lines, x, y, layout.LINE, list)
  end) or d.has_links
end

-- LR: the label below its dot, level or rising to it.
local function draw_label(d, commit, x, y)
  local label, is_slanted = commit.label, d.l.is_slanted
  if not is_slanted then
    draw_text(d, commit, x, y + 20, {})
    grow(d, x - label.width / 2, y, x + label.width / 2, y + label.height + 14)
    return
  end
  local first = y + 12 - (#label.lines - 1) * layout.LINE / 2
  draw_text(d, commit, x, first, { "text-anchor", "end", "transform",
    ("rotate(-45 %s %s)"):format(svg.number(x), svg.number(y + 12)) })
  local reach = (label.width + label.height / 2) * 0.72 + 4
  grow(d, x - reach, y, x + 20, y + 12 + reach)
end

local function draw_level_texts(d)
  for _, commit in ipairs(d.model.commits) do
    local x, y = d.point(routes.at(d, commit))
    grow(d, x - 12, y - 12, x + 12, y + 12)
    if commit.label then draw_label(d, commit, x, y) end
    local top = y - 13
    for _, pill in ipairs(commit.pills) do
      marks.tag(d.out, pill, x - pill.width / 2, top - pill.height / 2)
      grow(d, x - pill.width / 2, top - pill.height, x + pill.width / 2, top)
      top = top - pill.height - 3
    end
  end
end

local function draw_level(d)
  local l, model = d.l, d.model
  local start = -20
  local is_named = model.showBranches ~= "false"
  local stop = (l.at[l.columns - 1] or 0) + 26
  draw_guides(d, start, stop)
  draw_edges(d)
  draw_dots(d)
  draw_level_texts(d)
  -- Labels of first commits may reach to the left; the names stand before all of them.
  local names_x = math.min(start, d.bounds[1] - 6)
  for _, branch in ipairs(model.branches) do
    grow(d, start, branch.across - 12, stop, branch.across + 12)
    if is_named then
      local x = names_x - l.names + branch.pill.width / 2
      if names_x < start then
        d.out:element("path", { "class", "dg-guide", "d", path.join("M", names_x, branch.across,
          "H", start) })
      end
      marks.branch(d.out, branch, x, branch.across)
      grow(d, names_x - l.names, branch.across - branch.pill.height / 2, stop,
        branch.across + branch.pill.height / 2)
    end
  end
end

-- TB, BT: names of branches, label and tags of one commit in its row, from x on.
local function draw_row(d, commit, names, x, y)
  for _, branch in ipairs(names or {}) do
    marks.branch(d.out, branch, x + branch.pill.width / 2, y)
    x = x + branch.pill.width + 8
    grow(d, x, y - branch.pill.height / 2, x, y + branch.pill.height / 2)
  end
  local label = commit and commit.label
  if label then
    draw_text(d, commit, x, y - (#label.lines - 1) * layout.LINE / 2, { "text-anchor", "start" })
    x = x + label.width + 10
    grow(d, x, y - label.height / 2, x, y + label.height / 2)
  end
  for _, pill in ipairs(commit and commit.pills or {}) do
    marks.tag(d.out, pill, x, y)
    x = x + pill.width + 6
    grow(d, x, y - pill.height / 2, x, y + pill.height / 2)
  end
end

local function has_text(d, commit)
  return commit.label or #commit.pills > 0 or d.l.names and #(d.l.names[commit] or {}) > 0
end

local function draw_leaders(d)
  for _, commit in ipairs(d.model.commits) do
    if has_text(d, commit) then
      local x, y = d.point(routes.at(d, commit))
      local stop = d.l.text_x - 6
      d.out:element("path", { "class", "dg-leader " .. color(commit.branch), "d",
        path.join("M", x, y, "H", stop - 10, "L", stop, y + commit.text_at) })
    end
  end
end

local function draw_upright(d)
  local l, model = d.l, d.model
  local is_header = not l.is_close
  local stop = (l.at[l.columns - 1] or 0) + 22
  draw_guides(d, is_header and -30 or 0, stop)
  draw_leaders(d)
  draw_edges(d)
  draw_dots(d)
  for _, branch in ipairs(model.branches) do
    local x, y = d.point(-34, branch.across)
    y = y + (y > 0 and 1 or -1) * (l.names_height / 2 - 6)
    if is_header then
      marks.branch(d.out, branch, x, y)
      grow(d, x - branch.pill.width / 2, y - l.names_height / 2, x + branch.pill.width / 2,
        y + l.names_height / 2)
    end
    local x2, y2 = d.point(stop, branch.across)
    grow(d, x - 10, math.min(y2, 0) - 12, x2 + 10, math.max(y2, 0) + 12)
  end
  for _, commit in ipairs(model.commits) do
    local _, y = d.point(routes.at(d, commit))
    draw_row(d, commit, l.names and l.names[commit], l.text_x, y + commit.text_at)
  end
  if l.names and #l.names[0] > 0 then
    local _, y = d.point(-32, 0)
    draw_row(d, nil, l.names[0], 0, y)
  end
end

local function draw_title(d)
  local b = d.bounds
  local block = chart.heading(d.model.caption or d.model.title, math.max(220, b[3] - b[1]))
  if not block then return end
  local x, y, half = (b[1] + b[3]) / 2, b[2] - block.room, block.width / 2
  chart.draw_heading(d.out, block, x, y)
  grow(d, x - half, y, x + half, y)
end

return function(model, context)
  local l = layout.of(model)
  local d = { model = model, context = context, l = l, out = svg.new(), bounds = { 0, 0, 0, 0 },
    point = routes.points_of(model, l) }
  if l.is_upright then draw_upright(d) else draw_level(d) end
  draw_title(d)
  local b = d.bounds
  local x, y = math.floor(b[1]) - MARGIN, math.floor(b[2]) - MARGIN
  return { body = d.out, x = x, y = y, width = math.ceil(b[3]) + MARGIN - x,
    height = math.ceil(b[4]) + MARGIN - y, has_links = d.has_links }
end
