-- SPDX-License-Identifier: MIT
-- The table of one entity: its name, and a row for each attribute with type, name, keys, comment.
local frames = require "frames"
local generics = require "generics"
local label = require "label"
local path = require "path"
local style = require "style"
local text = require "text"

local FONT, KEY_FONT, LINE = 13, 11, 18
local SIDE, GAP = 12, 14 -- beside the table, between columns
local ROW = 5 -- above and below the texts of a row
local LIMITS = { 200, 240, 80, 260 } -- of columns

-- What stands in the columns of an attribute.
local function cells(a)
  return { generics.show(text.display(a.type)), text.display(a.name),
    table.concat(a.keys or {}, ", "), a.show }
end

local FONTS = { FONT, FONT, KEY_FONT, FONT }

-- Rows {cells {lines}, height} and the widths of the columns (0 for an empty one).
local function measure(entity)
  local rows, widths = {}, { 0, 0, 0, 0 }
  for i, a in ipairs(entity.attributes) do
    local row, count = {}, 1
    for k, cell in ipairs(cells(a)) do
      local lines, width = text.fit(cell, FONTS[k], LIMITS[k])
      row[k] = lines
      count = math.max(count, #lines)
      widths[k] = math.max(widths[k], frames.room(width * (k == 3 and 1.1 or 1)))
    end
    rows[i] = { cells = row, height = count * LINE + 2 * ROW }
  end
  return rows, widths
end

-- Left edges of the columns and the width of the whole.
local function columns(widths)
  local list, x = {}, SIDE
  for k = 1, 4 do
    list[k] = x
    if widths[k] > 0 then x = x + widths[k] + GAP end
  end
  return list, x - GAP + SIDE
end

-- What tells a column apart.
local COLUMN = {
  { "class", "dg-quiet" }, {}, { "font-size", KEY_FONT, "font-weight", "bold" },
  { "class", "dg-quiet" },
}

-- Every second row is tinted, where the author has not filled the box.
local function draw_stripes(out, box, d)
  if #d.rows < 2 or (d.look and d.look.fill) then return end
  local stripes = {}
  local y = box.y + d.top
  for i, row in ipairs(d.rows) do
    if i % 2 == 0 then
      local height = row.height - (i == #d.rows and 1 or 0)
      stripes[#stripes + 1] = path.join("M", box.x + 1, y, "h", box.width - 2, "v", height, "h",
        2 - box.width, "z")
    end
    y = y + row.height
  end
  out:element("path", { "class", "dg-row", "d", table.concat(stripes) })
end

-- One text a row, so that rows are read and copied as rows.
local function draw_row(out, box, d, row, base)
  out:open("text", table.move(d.text, 1, #d.text, 3, { "y", base }))
  local is_first, at_y = true, base
  for k, lines in ipairs(row.cells) do
    for i, line in ipairs(lines) do
      if line ~= "" then
        local y = base + (i - 1) * LINE
        local list = { "x", box.x + d.columns[k], "y", y ~= at_y and y or false }
        at_y = y
        if not is_first then out:text(" ") end
        out:leaf("tspan", table.move(COLUMN[k], 1, #COLUMN[k], 5, list), line)
        is_first = false
      end
    end
  end
  out:close()
end

local function draw_texts(out, box, d)
  out:open("g", { "class", "dg-rows", "text-anchor", "start", "font-size", FONT })
  local y = box.y + d.top
  for _, row in ipairs(d.rows) do
    draw_row(out, box, d, row, y + ROW + LINE / 2 + 4.5)
    y = y + row.height
  end
  out:close()
end

local function draw(out, box, d)
  frames.draw(out, box, d.top, {}, d.look)
  label.draw(out, d.name, box.x + box.width / 2, box.y + d.top / 2, d.text)
  if #d.rows == 0 then return end
  draw_stripes(out, box, d)
  draw_texts(out, box, d)
end

-- A node for graph.lua.
return function(entity, definitions)
  local d = { name = label.new("\14" .. entity.show .. "\15", 260),
    look = frames.look(definitions, entity.css, entity.styles) }
  d.text = style.text(d.look)
  local widths, width, height
  d.rows, widths = measure(entity)
  d.columns, width = columns(widths)
  d.top = d.name.height + 14
  height = d.top
  for _, row in ipairs(d.rows) do height = height + row.height end
  if #d.rows == 0 then
    width, height = 0, math.max(height, 44)
    d.top = height
  end
  return { width = math.max(width, 100, frames.room(d.name.width) + 2 * SIDE), height = height,
    tone = style.tone(d.look), draw = function(out, box) draw(out, box, d) end }
end
