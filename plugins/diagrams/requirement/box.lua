-- SPDX-License-Identifier: MIT
-- The box of a requirement or an element: kind and name on top, a table of its rows below.
local frames = require "frames"
local label = require "label"
local style = require "style"

local FONT, SIDE, GAP, ABOVE, BETWEEN = 13, 12, 10, 8, 3
local LIMIT = 240 -- of a row's text

local ROWS = {
  requirement = { { "id", "Id" }, { "text", "Text" }, { "risk", "Risk" },
    { "verify", "Verification" } },
  element = { { "kind", "Type" }, { "docref", "Doc ref" } },
}

local function rows_of(box, document)
  local rows, keys, values, height = {}, 0, 0, 0
  for _, row in ipairs(ROWS[box.group]) do
    local value = box[row[1]]
    if value and value ~= "" then
      local key = label.new(row[2], LIMIT, { size = FONT })
      local l = label.new(label.display(value), LIMIT, { size = FONT, markdown = true })
      rows[#rows + 1] = { key = key, value = l, href = row[1] == "docref" and document }
      keys, values = math.max(keys, frames.room(key.width)), math.max(values, frames.room(l.width))
      height = height + l.height + BETWEEN
    end
  end
  return rows, keys, values, height
end

local function left(list, class)
  list[#list + 1], list[#list + 2] = "text-anchor", "start"
  if class and list[1] ~= "class" then list[#list + 1], list[#list + 2] = "class", class end
  return list
end

local function draw_rows(out, place, d)
  local y = place.y + d.top + ABOVE
  for _, row in ipairs(d.rows) do
    label.draw(out, row.key, place.x + SIDE, y + row.key.height / 2,
      left(style.text(d.look), "dg-quiet"))
    if row.href then out:open("a", { "href", row.href }) end
    label.draw(out, row.value, place.x + SIDE + d.indent, y + row.value.height / 2,
      left(style.text(d.look)))
    if row.href then out:close() end
    y = y + row.value.height + BETWEEN
  end
end

local function draw(out, place, d)
  frames.draw(out, place, d.top, {}, d.look)
  local middle, y = place.x + place.width / 2, place.y + 8
  frames.aside(out, label.draw, out, d.kind, middle, y + d.kind.height / 2, style.text(d.look))
  y = y + d.kind.height + 1
  label.draw(out, d.name, middle, y + d.name.height / 2, style.text(d.look))
  if #d.rows > 0 then frames.aside(out, draw_rows, out, place, d) end
end

-- A node for graph.lua; `document` is the address of what an element's docRef names, or nil.
return function(box, document)
  local kind = box.is_unknown and "not declared" or box.type or "Element"
  local d = { kind = label.new("«" .. kind .. "»", 260, { size = 12 }),
    name = label.new("\14" .. label.display(box.name) .. "\15", 260, { markdown = true }),
    look = style.read(box.style) }
  local keys, values, height
  d.rows, keys, values, height = rows_of(box, document)
  d.top, d.indent = d.kind.height + d.name.height + 17, keys + GAP
  local width = math.max(110, frames.room(d.name.width) + 2 * SIDE,
    frames.room(d.kind.width) + 2 * SIDE)
  if d.look and d.look.is_bold then d.indent, values = d.indent * 1.1, values * 1.1 end
  if #d.rows > 0 then width = math.ceil(math.max(width, d.indent + values + 2 * SIDE)) end
  return { width = width, height = d.top + (#d.rows > 0 and height + 2 * ABOVE - BETWEEN or 0),
    tone = style.tone(d.look), draw = function(out, place) draw(out, place, d) end }
end
