-- SPDX-License-Identifier: MIT
-- The lines that a state diagram has beside those of its graph: under the names of composite states
-- and between the regions of one.
local path = require "path"
local svg = require "svg"

local function line(out, x1, y1, x2, y2)
  out:element("line", { "x1", x1, "y1", y1, "x2", x2, "y2", y2 })
end

-- Boxes whose heights overlap stand in one row; rows from the top, in a row from the left.
local function rows_of(boxes)
  table.sort(boxes, function(a, b) return a.y ~= b.y and a.y < b.y or a.y == b.y and a.x < b.x end)
  local rows = {}
  for _, box in ipairs(boxes) do
    local row = rows[#rows]
    if not row or box.y >= row.bottom then
      row = { top = box.y, bottom = 0 }
      rows[#rows + 1] = row
    end
    row[#row + 1] = box
    row.bottom = math.max(row.bottom, box.y + box.height)
  end
  for _, row in ipairs(rows) do table.sort(row, function(a, b) return a.x < b.x end) end
  return rows
end

-- Dashed lines between the regions of one composite state, which is `frame`.
local function separate(out, frame, top, boxes)
  local rows = rows_of(boxes)
  for i, row in ipairs(rows) do
    local next_row = rows[i + 1]
    local bottom = next_row and (row.bottom + next_row.top) / 2 or frame.y + frame.height
    if next_row then line(out, frame.x, bottom, frame.x + frame.width, bottom) end
    for k = 2, #row do
      local x = (row[k - 1].x + row[k - 1].width + row[k].x) / 2
      line(out, x, top, x, bottom)
    end
    top = bottom
  end
end

-- Under the names of composite states, and between their regions.
return function(m, g, picture)
  local boxes = picture.graph.layout.groups
  local regions, out = {}, svg.new()
  for i, group in ipairs(g.groups) do
    local state = m.by_id[group.key]
    if state.is_region then
      local owner = state.parent or ""
      regions[owner] = regions[owner] or {}
      table.insert(regions[owner], boxes[i])
    end
  end
  for i, group in ipairs(g.groups) do
    local frame, l = boxes[i], group.label
    local top = frame.y + (l and l.height + 12 or 0)
    if l and frame.height > l.height + 20 then
      out:element("path", { "d", path.join("M", frame.x, top, "h", frame.width) })
    end
    if regions[group.key] then separate(out, frame, top, regions[group.key]) end
  end
  if regions[""] then
    separate(out, { x = 0, y = 0, width = picture.graph.layout.width,
      height = picture.graph.layout.height }, 0, regions[""])
  end
  if #out.parts > 0 then picture.body:open("g", { "class", "dg-group" }):add(out):close() end
end
