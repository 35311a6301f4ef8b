-- SPDX-License-Identifier: MIT
-- The table of one entity: its name, and a row for each attribute with type, name, keys, comment.
local frames = require "frames"
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
  return { text.display(a.type), text.display(a.name),
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

local CELLS = { "dg-quiet", false, false, "dg-quiet" }

local function cell_attributes(k, look)
  local list = style.text(look)
  local has_class = list[1] == "class"
  if CELLS[k] and not has_class then list[#list + 1], list[#list + 2] = "class", CELLS[k] end
  if k == 3 then
    for _, item in ipairs { "font-size", KEY_FONT, "font-weight", "bold" } do list[#list + 1] = item end
  end
  return list
end

local function draw_rows(out, box, d)
  local y = box.y + d.top
  for i, row in ipairs(d.rows) do
    if i % 2 == 0 and not (d.look and d.look.fill) then
      local height = row.height - (i == #d.rows and 1 or 0)
      out:element("path", { "class", "dg-row", "d", path.join("M", box.x + 1, y, "h",
        box.width - 2, "v", height, "h", 2 - box.width, "z") })
    end
    y = y + row.height
  end
end

local function draw_texts(out, box, d)
  out:open("g", { "text-anchor", "start", "font-size", FONT })
  local y = box.y + d.top
  for _, row in ipairs(d.rows) do
    for k, lines in ipairs(row.cells) do
      for i, line in ipairs(lines) do
        local list = { "x", box.x + d.columns[k], "y", y + ROW + (i - 0.5) * LINE + 4.5 }
        for _, item in ipairs(cell_attributes(k, d.look)) do list[#list + 1] = item end
        if line ~= "" then out:leaf("text", list, line) end
      end
    end
    y = y + row.height
  end
  out:close()
end

local function draw(out, box, d)
  frames.draw(out, box, d.top, {}, d.look)
  label.draw(out, d.name, box.x + box.width / 2, box.y + d.top / 2, style.text(d.look))
  if #d.rows == 0 then return end
  draw_rows(out, box, d)
  draw_texts(out, box, d)
end

-- A node for graph.lua.
return function(entity, definitions)
  local d = { name = label.new("\14" .. entity.show .. "\15", 260),
    look = frames.look(definitions, entity.css, entity.styles) }
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
