-- SPDX-License-Identifier: MIT
-- Box drawings (┌──┐, +--+): drawn only when every box closes and no line leads nowhere.
local pre = require "pre"
local grid = require "box.grid"
local trace = require "box.trace"

local box = {}

local MAX_ROWS, MAX_COLUMNS = 300, 400

-- Columns of findings count bytes.
local function byte_of(row, column)
  local bytes = 1
  for c = 1, column - 1 do bytes = bytes + #row[c].char end
  return bytes
end

-- {grid, boxes} or nil and a finding.
function box.read(source)
  source = pre.clean(source)
  local g = grid.read(source)
  if #g.rows > MAX_ROWS or g.columns > MAX_COLUMNS then
    return nil, { code = "too-large", line = 1, column = 1,
      message = ("a drawing may have %d lines of %d characters"):format(MAX_ROWS, MAX_COLUMNS) }
  end
  local boxes = trace.boxes(g)
  if #boxes == 0 then
    return nil, { code = "no-box", line = 1, column = 1, message = "there is no closed box here",
      hint = "the sides of a box must stand exactly below its corners" }
  end
  local row, column = trace.loose_end(g)
  if row then
    return nil, { code = "loose-line", line = row, column = byte_of(g.rows[row], column),
      message = "this line leads nowhere", hint = "let it end at a box, an arrow or a word" }
  end
  return { grid = g, boxes = boxes, source = source }
end

function box.draw(read)
  return require "box.draw"(read.grid, read.boxes)
end

function box.describe(read)
  return ("A drawing of %d %s; its text stands below."):format(#read.boxes,
    #read.boxes == 1 and "box" or "boxes")
end

function box.title(heading)
  return heading and heading ~= "" and heading .. " (drawing)" or "Drawing"
end

-- `context` {id, heading, text_version, file}.
function box.html(read, context)
  return require "figure"(box.draw(read), { kind = "box", id = context.id, file = context.file,
    title = box.title(context.heading), description = box.describe(read),
    words = context.text_version and function(out) box.words(out, read) end })
end

-- The drawing as its author typed it: the text version that loses nothing.
function box.words(out, read)
  out:leaf("pre", {}, read.source)
end

return box
