-- SPDX-License-Identifier: MIT
-- What charts share: their title, texts in several lines, the width of the page's column.
local label = require "label"
local text = require "text"

-- Widths are measured with Arial's metrics; the widest font that readers may have instead needs
-- this much more room.
local SLACK = 1.14
local BOLD = 1.09

local chart = { WIDTH = 740, MARGIN = 10, LINE = 18, SMALL = 12, SLACK = SLACK }

-- The room that one line needs.
function chart.room(s, size, is_bold)
  return math.ceil(text.width(s, size) * SLACK * (is_bold and BOLD or 1))
end

-- A text wrapped to `limit`: {lines, width, height, size, line}; in any font it is no wider than
-- `width`.
function chart.block(s, limit, size, is_bold)
  local slack = is_bold and SLACK * BOLD or SLACK
  local block = label.new(s, limit / slack, { size = size, exact = true })
  block.width = math.ceil(block.width * slack)
  return block
end

-- Draws a block with its middle at `y`; `anchor` "start", "end" or nil for the middle.
function chart.draw_block(out, block, x, y, anchor, class)
  out:lines(block.lines, x, y - (#block.lines - 1) * block.line / 2, block.line,
    { "class", class or false, "text-anchor", anchor or false }, block.size)
end

-- A block for a title, with the gap below it as `room`; nil for none.
function chart.heading(title, limit)
  if not title or title == "" then return nil end
  local block = chart.block(title, limit, 16, true)
  block.room = block.height + 12
  return block
end

-- Draws that block around x, from y down.
function chart.draw_heading(out, block, x, y)
  chart.draw_block(out, block, x, y + block.height / 2, nil, "dg-title")
end

-- Draws the title of `model` centred over `width` from x = 0. Returns the height that it takes.
function chart.title(out, model, width)
  local block = chart.heading(model.title_show or model.caption, width)
  if not block then return 0 end
  chart.draw_heading(out, block, width / 2, 0)
  return block.room
end

-- One line of text with its middle at `y`.
function chart.line(out, s, x, y, size, anchor, class)
  out:lines({ s }, x, y, 0, { "class", class or false, "text-anchor", anchor or false }, size)
end

-- Where the first of the names that is a record's or a page's leads; nil when none is.
function chart.href(context, ...)
  for i = 1, select("#", ...) do
    local name = select(i, ...)
    local href = context and context.href and name ~= "" and context.href(name)
    if href then return href end
  end
end

-- What `draw` draws, inside a link when there is an address. True then.
function chart.linked(out, href, draw)
  if not href then
    draw()
    return false
  end
  out:open("a", { "href", href })
  draw()
  out:close()
  return true
end

-- The palette has eight colours; series beyond begin anew.
function chart.colour(index)
  return "dg-c" .. (index - 1) % 8 + 1
end

function chart.picture(body, width, height, extra)
  local picture = { body = body, x = -chart.MARGIN, y = -chart.MARGIN,
    width = math.ceil(width) + 2 * chart.MARGIN, height = math.ceil(height) + 2 * chart.MARGIN }
  for key, value in pairs(extra or {}) do picture[key] = value end -- a copy: no order shows
  return picture
end

return chart
