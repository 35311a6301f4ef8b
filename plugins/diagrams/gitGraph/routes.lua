-- SPDX-License-Identifier: MIT
-- The lines of a git graph: from commit to commit, past the texts of both and through no other.
local path = require "path"
local layout = require "gitGraph.layout"

local routes = {}

local GUTTER = 18 -- lines that find no free lane run this far above the lower one
local STEP = 24 -- the least length of a change of lanes
local FAR = 90 -- the longest
local SLANTED = 16 -- room beside a slanted label

-- From along and across to x and y.
function routes.points_of(model, l)
  if not l.is_upright then return function(u, v) return u, v end end
  if model.direction == "BT" then return function(u, v) return v, -u end end
  return function(u, v) return v, u end
end

function routes.at(d, commit)
  return d.l.at[commit.column], commit.branch.across
end

-- A smooth step from one lane to another.
local function step(d, parts, u1, v1, u2, v2)
  local m = (u1 + u2) / 2
  local x1, y1 = d.point(m, v1)
  local x2, y2 = d.point(m, v2)
  local x, y = d.point(u2, v2)
  parts[#parts + 1] = path.join("C", x1, y1, " ", x2, y2, " ", x, y)
end

local function run(d, parts, u, v)
  local x, y = d.point(u, v)
  parts[#parts + 1] = path.join("L", x, y)
end

-- How far a line keeps to the lane of a commit so that it passes the commit's texts: the label when
-- it comes from below or goes there, the tags above.
local function clearance(d, commit, is_below, is_end)
  if d.l.is_upright then return 0 end
  local width = 0
  if is_below and commit.label then
    if d.l.is_slanted then return is_end and SLANTED or 0 end
    width = commit.label.width
  end
  for _, pill in ipairs(not is_below and commit.pills or {}) do
    width = math.max(width, pill.width)
  end
  return width > 0 and width / 2 + 2 or 0
end

-- Along the lane of `from`, then over to that of `to`.
local function late(d, parts, w, last_u)
  local turn = math.max(w.leave, last_u, w.arrive - FAR)
  turn = math.max(w.u1, math.min(turn, w.u2 - STEP))
  local stop = math.min(w.u2, math.max(w.arrive, turn + STEP))
  if turn > w.u1 then run(d, parts, turn, w.v1) end
  step(d, parts, turn, w.v1, stop, w.v2)
  if stop < w.u2 then run(d, parts, w.u2, w.v2) end
end

local function early(d, parts, w, next_u)
  local turn = math.min(w.arrive, next_u, w.leave + FAR)
  turn = math.min(w.u2, math.max(turn, w.u1 + STEP))
  local start = math.max(w.u1, math.min(w.leave, turn - STEP))
  if start > w.u1 then run(d, parts, start, w.v1) end
  step(d, parts, start, w.v1, turn, w.v2)
  if turn < w.u2 then run(d, parts, w.u2, w.v2) end
end

-- `before` is the commit before the end, whose label the line passes, too.
local function over(d, parts, w, next_u, last_u, before)
  local v = math.max(w.v1, w.v2) - GUTTER
  local clear = before and w.v1 > w.v2 and d.l.at[before.column] + clearance(d, before, true) or 0
  local turn = math.max(next_u, last_u, math.min(clear, w.u2 - STEP))
  step(d, parts, w.u1, w.v1, next_u, v)
  if turn > next_u then run(d, parts, turn, v) end
  step(d, parts, turn, v, w.u2, w.v2)
end

-- A line changes lanes behind its start, before its end, or both where either lane has commits
-- between: so it runs through no commit that is none of its ends. `is_branch` when it belongs to the
-- branch of its end.
function routes.between(d, from, to, is_branch)
  local u1, v1 = routes.at(d, from)
  local u2, v2 = routes.at(d, to)
  local w = { u1 = u1, v1 = v1, u2 = u2, v2 = v2, leave = u1 + clearance(d, from, v2 > v1),
    arrive = u2 - clearance(d, to, v1 > v2, true) }
  local parts = { path.join("M", d.point(u1, v1)) }
  local next_u, last_u = d.l.at[from.column + 1], d.l.at[to.column - 1]
  local is_late = not from.behind or from.behind.column >= to.column
  local is_early = not to.before or to.before.column <= from.column
  if v1 == v2 then
    run(d, parts, u2, v2)
  elseif is_early and (is_branch or not is_late) then
    early(d, parts, w, next_u)
  elseif is_late then
    late(d, parts, w, last_u)
  else
    over(d, parts, w, next_u, last_u, to.before)
  end
  return table.concat(parts)
end

-- To the lane of a branch without commits.
function routes.stub(d, origin, branch)
  local u, v = routes.at(d, origin)
  local parts = { path.join("M", d.point(u, v)) }
  step(d, parts, u, v, u + layout.STEP * 0.75, branch.across)
  return table.concat(parts)
end

return routes
