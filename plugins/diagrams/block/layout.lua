-- SPDX-License-Identifier: MIT
-- Where the blocks of a block diagram stand: every composite is a grid whose blocks fill it row by
-- row. Columns of one grid are equally wide while the picture stays as narrow as a page; in wider
-- ones each column is as wide as it must be.
local label = require "label"
local shapes = require "shapes"
local arrow = require "block.arrow"

local layout = { PAD = 12, TITLE = 8 }

local PAGE = 860 -- wider pictures are made narrower where they can
local EMPTY_ROW = 30 -- a row of spaces alone
local SPARE = 1.1 -- circles have no padding beside the text: other fonts may be wider
local MODES = {
  { is_even = true, limit = 170, empty = 40 },
  { is_even = false, limit = 150, empty = 24 },
  { is_even = false, limit = 104, empty = 6 },
}

local SHAPES = { na = "rect", square = "rect", round = "rounded",
  rect_left_inv_arrow = "odd" }
-- How a shape takes the room of its cell: in both directions, in its width, or not at all.
local FILLS = { na = "both", square = "both", round = "both", subroutine = "both",
  block_arrow = "both", circle = "none", doublecircle = "none", diamond = "none" }

function layout.shape(block)
  return SHAPES[block.type] or block.type
end

local function measure_leaf(block, mode)
  local is_bold = block.look and block.look.is_bold
  block.text = label.new(is_bold and "\14" .. block.shown .. "\15" or block.shown, mode.limit)
  if block.type == "block_arrow" then
    block.w0, block.h0 = arrow.size(block.text, block.directions)
  else
    local l = block.text
    local wider = FILLS[block.type] == "none" and math.ceil(l.width * SPARE) or l.width
    block.w0, block.h0, block.border = shapes.size(layout.shape(block),
      { width = wider, height = l.height, lines = l.lines })
  end
end

-- The cells of a grid {block, col, row, span}, and how many columns and rows there are.
local function cells_of(block)
  local count = block.columns or -1
  if count < 1 then
    count = 0
    for _, child in ipairs(block.children) do count = count + (child.span or 1) end
  end
  count = math.max(1, count)
  local cells, col, row, used = {}, 0, 1, 1
  for i, child in ipairs(block.children) do
    if col == count then col, row = 0, row + 1 end
    local span = math.min(child.span or 1, count - col)
    cells[i] = { block = child, col = col + 1, row = row, span = span }
    col = col + span
    used = math.max(used, col)
  end
  return cells, math.min(count, used), row
end

-- Cells over several columns need what those and the gaps between them do not have yet.
local function widen(widths, cell, gap)
  local have = (cell.span - 1) * gap
  for c = cell.col, cell.col + cell.span - 1 do have = have + widths[c] end
  local missing = cell.block.w0 - have
  if missing <= 0 then return end
  for c = cell.col, cell.col + cell.span - 1 do widths[c] = widths[c] + missing / cell.span end
end

local function even(widths)
  local widest = 0
  for _, width in ipairs(widths) do widest = math.max(widest, width) end
  for i = 1, #widths do widths[i] = widest end
end

local function tracks_of(grid, mode, gaps)
  local widths, heights, is_used = {}, {}, {}
  for c = 1, grid.columns do widths[c] = 0 end
  for r = 1, grid.rows do heights[r] = 0 end
  for _, cell in ipairs(grid.cells) do
    local block = cell.block
    if block.type ~= "space" then
      heights[cell.row] = math.max(heights[cell.row], block.h0)
      if cell.span == 1 then widths[cell.col] = math.max(widths[cell.col], block.w0) end
      for c = cell.col, cell.col + cell.span - 1 do is_used[c] = true end
    end
  end
  for _, cell in ipairs(grid.cells) do
    if cell.span > 1 and cell.block.type ~= "space" then widen(widths, cell, gaps.x) end
  end
  for c = 1, grid.columns do
    if not is_used[c] then widths[c] = math.max(widths[c], mode.empty) end
  end
  for r, height in ipairs(heights) do heights[r] = height > 0 and height or EMPTY_ROW end
  if mode.is_even then even(widths) end
  grid.widths, grid.heights = widths, heights
end

local function sum(list, gap)
  local total = -gap
  for _, n in ipairs(list) do total = total + n + gap end
  return math.max(0, total)
end

local measure

local function measure_grid(block, mode, gaps)
  for _, child in ipairs(block.children) do
    if child.type ~= "space" then measure(child, mode, gaps) end
  end
  local grid = {}
  grid.cells, grid.columns, grid.rows = cells_of(block)
  if #grid.cells == 0 then grid.rows = 0 end
  tracks_of(grid, mode, gaps)
  block.grid = grid
  local pad = block.is_root and 0 or layout.PAD
  block.pad, block.top = pad, pad
  block.w0 = sum(grid.widths, gaps.x) + 2 * pad
  block.h0 = sum(grid.heights, gaps.y) + 2 * pad
  if block.is_root or (block.shown or "") == "" then return end
  block.text = label.new("\14" .. block.shown .. "\15", math.max(160, block.w0 - 2 * pad))
  block.top = block.text.height + 2 * layout.TITLE
  block.w0 = math.max(block.w0, block.text.width + 2 * pad)
  block.h0 = block.h0 + block.top - pad
end

function measure(block, mode, gaps)
  if block.children then return measure_grid(block, mode, gaps) end
  measure_leaf(block, mode)
end

local function leaf_box(block, x, y, w, h)
  local fills = FILLS[block.type] or "width"
  local width = fills == "none" and block.w0 or w
  local height = fills == "both" and h or block.h0
  block.box = { x = x + (w - width) / 2, y = y + (h - height) / 2, width = width, height = height }
end

-- Starts of tracks, each `extra` longer than it must be.
local function starts(tracks, from, gap, extra)
  local list, at = {}, from
  for i, size in ipairs(tracks) do
    tracks[i] = size + extra
    list[i] = at
    at = at + tracks[i] + gap
  end
  return list
end

local function place(block, x, y, w, h, gaps)
  if not block.children then return leaf_box(block, x, y, w, h) end
  block.box = { x = x, y = y, width = w, height = h }
  local grid = block.grid
  local xs = starts(grid.widths, x + block.pad, gaps.x, (w - block.w0) / math.max(1, grid.columns))
  local ys = starts(grid.heights, y + block.top, gaps.y, (h - block.h0) / math.max(1, grid.rows))
  for _, cell in ipairs(grid.cells) do
    if cell.block.type ~= "space" then
      local last = cell.col + cell.span - 1
      place(cell.block, xs[cell.col], ys[cell.row], xs[last] + grid.widths[last] - xs[cell.col],
        grid.heights[cell.row], gaps)
    end
  end
end

-- Gives every block of `model` its box; `gaps` {x, y} between blocks. Returns width and height.
function layout.place(model, gaps)
  local root = model.root
  root.is_root = true
  for _, mode in ipairs(MODES) do
    measure(root, mode, gaps)
    if root.w0 <= PAGE then break end
  end
  place(root, 0, 0, root.w0, root.h0, gaps)
  return root.w0, root.h0
end

return layout
