-- SPDX-License-Identifier: MIT
-- One element of a C4 diagram: its kind, name, technology and description below each other, in a
-- shape that tells databases, queues and persons apart. External elements have a dashed border.
local frames = require "frames"
local label = require "label"
local shapes = require "shapes"
local style = require "style"
local path = require "path"
local names = require "c4.names"

local LIMIT = 190 -- the wished width of texts
local LEAST = 110
local FIGURE = 30 -- height of a person's figure with the gap below it
local GAP = 5
local NAME = 15 -- size of the name
local SPARE = 1.08 -- other fonts than the measured one may be wider, bold ones most

local OUTLINES = { db = "cylinder", queue = "h-cyl" }

local function bold(s)
  return "\14" .. s .. "\15"
end

local function texts_of(element)
  local list = {}
  local function add(s, size, before)
    if s == "" then return end
    local l = label.new(s, LIMIT, { size = size })
    l.before, l.is_name = #list > 0 and before or 0, size == NAME
    list[#list + 1] = l
  end
  add("«" .. names.kind(element.kind) .. "»", 12, 0)
  add(bold(names.shown(element)), NAME, 2)
  if (element.techn_shown or "") ~= "" then add("[" .. element.techn_shown .. "]", 12, 1) end
  add(element.descr_shown or "", 13, GAP)
  return list
end

local function look_of(element)
  local c = element.colours
  if not c then return nil end
  return { fill = c.bgColor, stroke = c.borderColor, color = c.fontColor }
end

local function draw_figure(out, x, y)
  out:element("circle", { "class", "dg-solid", "cx", x, "cy", y + 7, "r", 7 })
  out:element("path", { "class", "dg-solid", "d", path.join("M", x - 13, y + 26,
    "c0-13 26-13 26 0z") })
end

local function draw(out, element, box)
  local attributes = style.shape(element.look)
  if element.is_dashed then
    table.insert(attributes, "stroke-dasharray")
    table.insert(attributes, "6 4")
  end
  shapes.draw(out, element.outline, box, attributes)
  local x, middle = shapes.text(element.outline, box)
  local y = middle - element.content.height / 2
  if element.is_person then
    draw_figure(out, x, y)
    y = y + FIGURE
  end
  for _, l in ipairs(element.texts) do
    y = y + l.before
    frames.aside(not l.is_name and out, label.draw, out, l, x, y + l.height / 2,
      style.text(element.look))
    y = y + l.height
  end
end

-- {width, height, border, draw, tone}: what graph.lua's node takes.
return function(shape)
  local kind = shape.kind:gsub("^external_", "")
  local base, more = kind:match("^(%a+)_?(%a*)$")
  local element = { texts = texts_of(shape), look = look_of(shape), is_person = base == "person",
    outline = OUTLINES[more] or "rounded", is_dashed = kind ~= shape.kind or shape.is_unknown }
  local width, height = LEAST, element.is_person and FIGURE or 0
  for _, l in ipairs(element.texts) do
    width, height = math.max(width, math.ceil(l.width * SPARE)), height + l.before + l.height
  end
  element.content = { width = width, height = height, lines = { "" } }
  local w, h, border = shapes.size(element.outline, element.content)
  local class = "dg-c4-" .. (element.is_dashed and "external" or base)
  local tone = style.tone(element.look)
  return { width = w, height = h, border = border, tone = tone and tone .. " " .. class or class,
    draw = function(out, box) draw(out, element, box) end }
end
