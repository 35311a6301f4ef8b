-- SPDX-License-Identifier: MIT
-- Draws a grid: closed boxes as filled rectangles, all other lines as one path a look, text where it
-- stood, in a font of one width.
local grid = require "box.grid"
local svg = require "svg"

local CELL_WIDTH, CELL_HEIGHT = 8.5, 18
local N, E, S, W = grid.NORTH, grid.EAST, grid.SOUTH, grid.WEST

local function x_of(c) return (c - 0.5) * CELL_WIDTH end
local function y_of(r) return (r - 0.5) * CELL_HEIGHT end

-- Borders of boxes are drawn with the boxes: those arms are taken off the cells.
local function take_borders(g, box)
  for c = box.left, box.right do
    for _, r in ipairs { box.top, box.bottom } do
      local cell = grid.cell(g, r, c)
      if cell and cell.look then
        cell.in_border = true
        if c < box.right then cell[E] = false end
        if c > box.left then cell[W] = false end
      end
    end
  end
  for r = box.top, box.bottom do
    for _, c in ipairs { box.left, box.right } do
      local cell = grid.cell(g, r, c)
      cell.in_border = true
      if r < box.bottom then cell[S] = false end
      if r > box.top then cell[N] = false end
    end
  end
end

local LOOKS = { dashed = " dg-dotted", heavy = " dg-thick", double = " dg-thick" }

local function draw_box(out, g, box, depth)
  local look = grid.cell(g, box.top, box.left).look
  out:element("rect", { "class", (depth % 2 == 0 and "dg-box-even" or "dg-box-odd")
    .. (LOOKS[look] or ""), "x", x_of(box.left), "y", y_of(box.top),
    "width", x_of(box.right) - x_of(box.left), "height", y_of(box.bottom) - y_of(box.top),
    "rx", look == "round" and 7 or 2 })
end

local function depth_of(boxes, i)
  local depth, inner = 0, boxes[i]
  for j, outer in ipairs(boxes) do
    if j ~= i and outer.top <= inner.top and outer.left <= inner.left
      and outer.bottom >= inner.bottom and outer.right >= inner.right then depth = depth + 1 end
  end
  return depth
end

-- Half a cell further when the neighbour is a line that does not answer: up to its middle.
local function reach(g, r, c, way)
  local step = grid.STEP[way]
  local cell = grid.cell(g, r + step[1], c + step[2])
  return cell and (cell.look or cell.in_border) and not cell[grid.OPPOSITE[way]] and 1 or 0.5
end

-- Runs of cells that are joined in one direction, as one stroke each.
local function strokes(g, paths)
  local function add(look, x1, y1, x2, y2)
    local key = LOOKS[look] or ""
    paths[key] = paths[key] or {}
    table.insert(paths[key], ("M%s %s%s"):format(svg.number(x1), svg.number(y1),
      x1 == x2 and "V" .. svg.number(y2) or "H" .. svg.number(x2)))
  end
  for r, row in ipairs(g.rows) do
    for c, cell in ipairs(row) do
      if cell.look then
        local west, north = grid.cell(g, r, c - 1), grid.cell(g, r - 1, c)
        if cell[E] and not (cell[W] and west and west[E]) or cell[W] and not cell[E]
          and not (west and west[E]) then
          local first, last = c, c
          while cell[E] and grid.cell(g, r, last + 1) and grid.cell(g, r, last)[E]
            and grid.cell(g, r, last + 1)[W] do last = last + 1 end
          add(cell.look, x_of(first) - (cell[W] and reach(g, r, first, W) or 0) * CELL_WIDTH, y_of(r),
            x_of(last) + (grid.cell(g, r, last)[E] and reach(g, r, last, E) or 0) * CELL_WIDTH, y_of(r))
        end
        if cell[S] and not (cell[N] and north and north[S]) or cell[N] and not cell[S]
          and not (north and north[S]) then
          local first, last = r, r
          while cell[S] and grid.cell(g, last + 1, c) and grid.cell(g, last, c)[S]
            and grid.cell(g, last + 1, c)[N] do last = last + 1 end
          add(cell.look, x_of(c), y_of(first) - (cell[N] and reach(g, first, c, N) or 0) * CELL_HEIGHT,
            x_of(c), y_of(last) + (grid.cell(g, last, c)[S] and reach(g, last, c, S) or 0) * CELL_HEIGHT)
        end
      end
    end
  end
end

local function draw_lines(out, g)
  local paths = {}
  strokes(g, paths)
  for look, parts in quoin.sorted(paths) do
    out:element("path", { "class", "dg-edge" .. look, "d", table.concat(parts) })
  end
end

local HEADS = {
  [N] = "M%s %sl-5 10h10z", [S] = "M%s %sl-5 -10h10z", [E] = "M%s %sl-10 -5v10z",
  [W] = "M%s %sl10 -5v10z",
}

-- A head's tip reaches the far side of its cell, or the border that stands there; a line joins it
-- with the cell behind.
local function draw_heads(out, g)
  for r, row in ipairs(g.rows) do
    for c, cell in ipairs(row) do
      if cell.head then
        local step, far = grid.STEP[cell.head], reach(g, r, c, cell.head)
        local x, y = x_of(c) + step[2] * far * CELL_WIDTH, y_of(r) + step[1] * far * CELL_HEIGHT
        local from_x, from_y = x_of(c) - step[2] * CELL_WIDTH / 2,
          y_of(r) - step[1] * CELL_HEIGHT / 2
        out:element("path", { "class", "dg-edge", "d", ("M%s %sL%s %s"):format(svg.number(from_x),
          svg.number(from_y), svg.number(x - 8 * step[2]), svg.number(y - 8 * step[1])) })
        out:element("path", { "class", "dg-head", "d",
          HEADS[cell.head]:format(svg.number(x), svg.number(y)) })
      end
    end
  end
end

local function stands_in_border(boxes, r)
  for _, box in ipairs(boxes) do
    if box.top == r or box.bottom == r then return true end
  end
  return false
end

-- Words that stand together are one text; two blanks or a line end it.
local function draw_text(out, g, boxes)
  for r, row in ipairs(g.rows) do
    local class = stands_in_border(boxes, r) and "dg-mono dg-label" or "dg-mono"
    local start, parts = nil, {}
    local function flush()
      local s = table.concat(parts):gsub("%s+$", "")
      if start and s ~= "" then
        out:leaf("text", { "class", class, "x", (start - 1) * CELL_WIDTH, "y", y_of(r) + 5 }, s)
      end
      start, parts = nil, {}
    end
    for c, cell in ipairs(row) do
      local is_blank = cell.char == " "
      local next_cell = row[c + 1]
      if cell.look or cell.head or is_blank and (not next_cell or next_cell.char == " ") then
        flush()
      elseif start or not is_blank then
        start = start or c
        parts[#parts + 1] = cell.char
      end
    end
    flush()
  end
end

return function(g, boxes)
  local out = svg.new()
  for i, box in ipairs(boxes) do box.depth = depth_of(boxes, i) end
  table.sort(boxes, function(a, b)
    if a.depth ~= b.depth then return a.depth < b.depth end
    if a.top ~= b.top then return a.top < b.top end
    return a.left < b.left
  end)
  for _, box in ipairs(boxes) do draw_box(out, g, box, box.depth) end
  for _, box in ipairs(boxes) do take_borders(g, box) end
  draw_lines(out, g)
  draw_heads(out, g)
  out:open("g", { "text-anchor", "start" })
  draw_text(out, g, boxes)
  out:close()
  return { body = out, x = -6, y = -4, width = math.ceil(g.columns * CELL_WIDTH) + 12,
    height = #g.rows * CELL_HEIGHT + 8 }
end
