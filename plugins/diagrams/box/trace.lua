-- SPDX-License-Identifier: MIT
-- Finds the closed boxes of a grid, and the first line that leads nowhere: what is not a whole
-- drawing stays text.
local grid = require "box.grid"

local N, E, S, W = grid.NORTH, grid.EAST, grid.SOUTH, grid.WEST
local trace = {}

local MAX_STEPS = 400000 -- hostile grids are full of corners that close nothing

local function has(g, r, c, way)
  local cell = grid.cell(g, r, c)
  return cell and cell.look and cell[way] or false
end

-- Text in a border ("┌─ Title ─┐") does not open it: the next column where the line goes on.
local function over_title(g, r, c)
  for column = c + 1, math.min(c + 60, g.columns) do
    local cell = grid.cell(g, r, column)
    if not cell then return nil end
    if cell.look then return has(g, r, column, W) and has(g, r, column, E) and column or nil end
  end
end

-- Down the sides and along the bottom of a box whose top runs from c1 to c2 in row r1.
local function close_box(g, r1, c1, c2)
  local r = r1 + 1
  while g.steps < MAX_STEPS and has(g, r, c1, N) and has(g, r, c2, N) do
    g.steps = g.steps + 1
    if has(g, r, c1, E) and has(g, r, c2, W) then
      local c, whole = c1 + 1, true
      while c < c2 and whole do
        local cell = grid.cell(g, r, c)
        if not (cell and cell.look and cell[W] and cell[E]) then
          c = over_title(g, r, c)
          whole = c ~= nil and c < c2
        end
        c = (c or c2) + 1
      end
      if whole then return { top = r1, left = c1, bottom = r, right = c2 } end
    end
    if not (has(g, r, c1, S) and has(g, r, c2, S)) then return nil end
    r = r + 1
  end
end

local function box_from(g, r, c)
  local column = c + 1
  while column <= g.columns do
    g.steps = g.steps + 1
    if has(g, r, column, W) and has(g, r, column, S) then
      local box = close_box(g, r, c, column)
      if box then return box end
    end
    if not (has(g, r, column, W) and has(g, r, column, E)) then
      column = over_title(g, r, column)
      if not column then return nil end
    end
    column = column + 1
  end
end

-- In reading order of their top left corners: outer boxes come before what is in them. Few or none
-- when looking for them would take too long.
function trace.boxes(g)
  local list = {}
  g.steps = 0
  for r, row in ipairs(g.rows) do
    for c in ipairs(row) do
      if g.steps < MAX_STEPS and has(g, r, c, E) and has(g, r, c, S) then
        local box = box_from(g, r, c)
        if box then list[#list + 1] = box end
      end
    end
  end
  return list
end

local function line_behind_label(g, r, c, way)
  local step = grid.STEP[way][2]
  for column = c + step, c + 60 * step, step do
    local cell = grid.cell(g, r, column)
    if not cell then return false end
    if cell.look then return cell[way] and cell[grid.OPPOSITE[way]] end
  end
  return false
end

-- An arm may meet another arm, a border to run into, a head, or text (a label). In ASCII drawings,
-- where words and lines are made of the same characters, text must stand within the line.
local function meets(g, r, c, way)
  local step = grid.STEP[way]
  local cell = grid.cell(g, r + step[1], c + step[2])
  local is_flat = way == E or way == W
  if cell and (cell.look or cell.head) then return true end
  if grid.cell(g, r, c).is_ascii then return is_flat and line_behind_label(g, r, c, way) end
  if cell and (cell.char:find("%S") or cell.char == "") then return true end
  local beyond = is_flat and grid.cell(g, r, c + 2 * step[2])
  return beyond and beyond.char:find("%S") ~= nil or false -- "── label ──"
end

-- Row and column of the first arm that meets nothing; nil when all do.
function trace.loose_end(g)
  for r, row in ipairs(g.rows) do
    for c, cell in ipairs(row) do
      for way = N, W do
        if cell.look and cell[way] and not meets(g, r, c, way) then return r, c end
      end
    end
  end
end

return trace
