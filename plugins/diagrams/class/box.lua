-- SPDX-License-Identifier: MIT
-- The box of one class: annotations and name, attributes, methods. Marks of visibility stand in a
-- column of their own; static members are underlined, abstract ones italic.
local frames = require "frames"
local label = require "label"
local style = require "style"
local text = require "text"

local FONT, LINE = 13, 18
local SIDE, GAP = 12, 6 -- beside the texts, above and below a compartment
local MARK = 14 -- width of the column of marks
local LIMIT = 380 -- of members

local MARKS = { ["-"] = "\u{2212}" } -- a hyphen is too short beside a plus

local function title(class)
  local is_abstract = false
  for _, a in ipairs(class.annotations) do
    if a.show:lower() == "abstract" then is_abstract = true end
  end
  local generic = class.generic
  local name = class.show .. (generic and generic ~= "" and "<" .. text.display(generic) .. ">" or "")
  name = "\14" .. name .. "\15"
  return label.new(is_abstract and "\16" .. name .. "\17" or name, 260)
end

local function notes_above(class)
  if #class.annotations == 0 then return nil end
  local list = {}
  for i, a in ipairs(class.annotations) do list[i] = "«" .. a.show .. "»" end
  return label.new(table.concat(list, "\n"), 260, { size = 12 })
end

-- {rows {mark, lines, member}, height}; `has_marks` when any has a visibility.
local function compartment(members)
  local part = { rows = {}, height = 2 * GAP, width = 0 }
  for i, m in ipairs(members) do
    local lines, width = text.fit(m.show, FONT, LIMIT)
    part.rows[i] = { mark = MARKS[m.visibility] or m.visibility, lines = lines, member = m }
    part.height = part.height + #lines * LINE
    part.width = math.max(part.width, width)
    part.has_marks = part.has_marks or m.visibility ~= ""
  end
  return part
end

-- How the text of a member looks, not its mark.
local function look_of(m)
  return { "class", m.is_static and "dg-static" or false, "font-style",
    m.is_abstract and "italic" or false }
end

local function append(list, more)
  return table.move(more, 1, #more, #list + 1, list)
end

local function draw_row(out, row, x, y, has_marks, attributes)
  local text_x = has_marks and x + MARK or x
  local look = look_of(row.member)
  for i, line in ipairs(row.lines) do
    local mark = i == 1 and row.mark ~= "" and row.mark
    local at = mark and x or text_x + (i > 1 and 10 or 0)
    out:open("text", append({ "x", at, "y", y + (i - 1) * LINE }, attributes))
    if mark then out:text(mark) end
    if mark or look[2] or look[4] then
      out:leaf("tspan", append({ "x", mark and text_x }, look), line)
    else
      out:text(line)
    end
    out:close()
  end
end

local function draw_rows(out, part, x, y, look)
  for _, row in ipairs(part.rows) do
    draw_row(out, row, x, y, part.has_marks, style.text(look))
    y = y + #row.lines * LINE
  end
end

local function draw(out, box, d)
  local rules = {}
  local at = d.top
  for i, part in ipairs(d.parts) do
    if i > 1 then rules[#rules + 1] = at end
    at = at + part.height
  end
  frames.draw(out, box, d.top, rules, d.look)
  local middle, y = box.x + box.width / 2, box.y + (d.top - d.head) / 2
  if d.above then
    frames.aside(out, label.draw, out, d.above, middle, y + d.above.height / 2,
      style.text(d.look))
    y = y + d.above.height + 1
  end
  label.draw(out, d.name, middle, y + d.name.height / 2, style.text(d.look))
  if #d.parts == 0 then return end
  out:open("g", { "class", "dg-rows", "text-anchor", "start", "font-size", FONT })
  y = box.y + d.top
  for _, part in ipairs(d.parts) do
    draw_rows(out, part, box.x + SIDE, y + GAP + LINE / 2 + 4.5, d.look)
    y = y + part.height
  end
  out:close()
end

-- Which compartments there are: those with members; both when the author wants empty ones.
local function compartments(class, shows_empty)
  local parts = {}
  for _, list in ipairs { class.attributes, class.methods } do
    if #list > 0 or shows_empty then parts[#parts + 1] = compartment(list) end
  end
  return parts
end

-- A node for graph.lua.
return function(class, definitions, shows_empty)
  local d = { name = title(class), above = notes_above(class),
    parts = compartments(class, shows_empty),
    look = frames.look(definitions, class.css, class.styles) }
  d.head = d.name.height + (d.above and d.above.height + 1 or 0)
  d.top = d.head + 14
  local width = math.max(90, frames.room(d.name.width) + 2 * SIDE,
    d.above and frames.room(d.above.width) + 2 * SIDE or 0)
  local height = d.top
  for _, part in ipairs(d.parts) do
    local marks = part.has_marks and MARK or 0
    width = math.max(width, frames.room(part.width) + marks + 2 * SIDE)
    height = height + part.height
  end
  if #d.parts == 0 then
    height = math.max(height, 38)
    d.top = height
  end
  return { width = width, height = height, tone = style.tone(d.look),
    draw = function(out, box) draw(out, box, d) end }
end
