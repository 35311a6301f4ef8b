-- SPDX-License-Identifier: MIT
-- Draws the model of a sequence diagram: goes through the events once, from the top down, and puts
-- each thing on its layer. The layers make the picture when joined.
local svg = require "svg"
local chart = require "chart"
local text = require "text"
local colour = require "colour"
local style = require "style"
local layout = require "sequence.layout"
local items = require "sequence.items"

local LINE = layout.LINE
local FOOTER_FROM = 420 -- taller pictures repeat the names at the bottom
local MARGIN = 10

local function user_fill(fill, most)
  local c = fill and colour.parse(fill)
  if not c or c.a == 0 then return nil end
  if most then c.a = math.min(c.a, most) end
  local drawn, tone = style.ground { fill = c }
  local hex, opacity = colour.attributes(drawn)
  return { hex = hex, opacity = opacity, tone = tone }
end

local function current_fill(d)
  for i = #d.blocks, 1, -1 do
    if d.blocks[i].fill_used then return d.blocks[i].fill_used end
  end
end

-- Texts over a fill of the author's take a palette that is readable there, whatever the scheme.
local function open_tone(out, fill)
  if fill and fill.tone then
    out:open("g", { "class", fill.tone, "stroke", fill.hex })
    return true
  end
end

-- Does a life line or the border of a box run through these columns?
local function is_crossed(d, x1, x2)
  local function is_between(x) return x and x > x1 and x < x2 end
  for _, x in ipairs(d.x) do
    if is_between(x) then return true end
  end
  for _, box in ipairs(d.model.boxes) do
    if is_between(box.x1) or is_between(box.x2) then return true end
  end
  return false
end

-- What runs through the text of a condition ends beside it.
local function section_text(d, event, x, middle)
  if #event.lines == 0 then return end
  local out, fill = d.layers.frame, current_fill(d)
  local toned = open_tone(out, fill)
  if not (fill and fill.opacity) and is_crossed(d, x - 3, x + event.width + 3) then
    out:element("rect", { "class", fill and "dg-ground dg-user" or "dg-ground", "x", x - 3, "y",
      middle - LINE / 2, "width", event.width + 6, "height", #event.lines * LINE, "fill",
      fill and fill.hex })
  end
  out:lines(event.lines, x, middle, LINE, { "class", "dg-condition", "text-anchor", "start" })
  if toned then out:close() end
end

local handlers = {}

local TAGS = { par_over = "par" }

local function open_frame(d, event)
  local block = { event = event, top = d.y + 6, dividers = {} }
  local tag = TAGS[event.k] or event.k
  block.tag = tag
  block.tag_width = math.ceil(text.width(tag, 13) * 1.1) + 18
  d.blocks[#d.blocks + 1] = block
  local x = event.x1 + block.tag_width + 8
  local room = event.x2 - x - 8
  local shown = event.show ~= "" and event.show and "[" .. event.show .. "]" or ""
  event.lines, event.width = layout.wrap(shown, room, true)
  section_text(d, event, x, block.top + 12)
  d.y = block.top + math.max(24, #event.lines * LINE + 4) + 2
  d.anchor = d.y
end

for _, kind in ipairs { "loop", "alt", "opt", "par", "par_over", "critical", "break" } do
  handlers[kind] = open_frame
end

local function open_section(d, event)
  local block = d.blocks[#d.blocks]
  local frame = block.event
  d.y = d.y + 6
  block.dividers[#block.dividers + 1] = d.y
  local room = frame.x2 - frame.x1 - 24
  local shown = event.show ~= "" and event.show and "[" .. event.show .. "]" or ""
  event.lines, event.width = layout.wrap(shown, room, true)
  section_text(d, event, frame.x1 + 12, d.y + 12)
  d.y = d.y + math.max(8, #event.lines * LINE + 6)
  d.anchor = d.y
end

handlers["else"], handlers["and"], handlers.option = open_section, open_section, open_section

function handlers.rect(d, event)
  local block = { event = event, top = d.y + 5, fill_used = user_fill(event.fill), is_rect = true,
    order = #d.rects + 1 }
  d.rects[block.order] = block
  d.blocks[#d.blocks + 1] = block
  block.toned = open_tone(d.layers.main, block.fill_used)
  d.y = block.top + 6
  d.anchor = d.y
end

local function close_frame(d, block)
  local out, e = d.layers.frame, block.event
  local toned = open_tone(out, current_fill(d))
  out:open("g", { "class", "dg-group" })
  out:element("rect", { "x", e.x1, "y", block.top, "width", e.x2 - e.x1, "height", d.y - block.top,
    "rx", 3 })
  for _, y in ipairs(block.dividers) do
    out:element("line", { "x1", e.x1, "y1", y, "x2", e.x2, "y2", y })
  end
  local w = block.tag_width
  out:element("path", { "class", "dg-tag", "d", ("M %s %s h %s v 12 l -7 8 h -%s Z"):format(
    svg.number(e.x1), svg.number(block.top), w, w - 7) })
  out:leaf("text", { "class", "dg-kind", "x", e.x1 + 8, "y", block.top + 14.5, "font-size", "13",
    "text-anchor", "start" }, block.tag)
  out:close()
  if toned then out:close() end
end

handlers["end"] = function(d)
  local block = table.remove(d.blocks)
  d.y = d.y + 6
  block.bottom = d.y
  if block.is_rect then
    if block.toned then d.layers.main:close() end
  else
    close_frame(d, block)
  end
  d.y = d.y + 6
  d.anchor = d.y
end

function handlers.activate(d, event) items.open_bar(d, event.a, d.anchor) end
function handlers.deactivate(d, event) items.close_bar(d, event.a, d.anchor) end
function handlers.create(d, event) d.creating = event.a end
function handlers.destroy(d, event) d.destroying = event.a end
function handlers.note(d, event) items.note(d, event) end
function handlers.msg(d, event, index) items.message(d, event, index) end

function handlers.autonumber(d, event)
  d.numbered = not event.off
  if event.start then d.number, d.step = event.start, event.step end
end

local function draw_rects(d, out)
  for _, block in ipairs(d.rects) do
    local e, fill = block.event, block.fill_used
    out:element("rect", { "class", fill and "dg-tint dg-user" or "dg-tint", "x", e.x1, "y",
      block.top, "width", e.x2 - e.x1, "height", block.bottom - block.top, "rx", 3,
      "fill", fill and fill.hex, "fill-opacity", fill and fill.opacity or false })
  end
end

-- Boxes are tinted weakly, so that the page's own text colours stay readable on them.
local function draw_boxes(d, out, top, bottom)
  for _, box in ipairs(d.model.boxes) do
    if box.x1 then
      local fill = user_fill(box.fill, 0.25)
      out:open("g", { "class", "dg-box" })
      out:element("rect", { "class", fill and "dg-tint dg-user" or "dg-tint", "x", box.x1, "y", top,
        "width", box.x2 - box.x1, "height", bottom - top, "rx", 6, "fill", fill and fill.hex,
        "fill-opacity", fill and fill.opacity or false, "stroke", fill and fill.hex })
      out:lines(box.lines, (box.x1 + box.x2) / 2, top + 14, LINE,
        { "class", "dg-box-name" })
      out:close()
    end
  end
end

local function draw_lives(d, top, bottom)
  for i in ipairs(d.model.actors) do
    local from, to = d.starts[i] or top, d.ends[i] or bottom
    if not d.hidden[i] then
      d.layers.life:element("path", { "class", "dg-life", "d", ("M%s %sV%s"):format(
        svg.number(d.x[i]), svg.number(from), svg.number(to)) })
    end
  end
end

local function draw_bars(d)
  local bars = d.layers.bar
  table.sort(bars, function(a, b)
    if a.x ~= b.x then return a.x < b.x end
    return a.order < b.order
  end)
  local out = svg.new()
  for _, bar in ipairs(bars) do
    out:element("rect", { "class", "dg-bar", "x", bar.x, "y", bar.top, "width", 2 * layout.BAR,
      "height", bar.height })
  end
  d.layers.bar = out
end

local function start(model, context)
  local columns = layout.columns(model)
  local d = { model = model, href = context.href, columns = columns, x = columns.x, y = 0,
    anchor = 0, bars = {}, blocks = {}, rects = {}, starts = {}, ends = {}, hidden = {},
    number = 1, step = 1,
    layers = { back = svg.new(), life = svg.new(), frame = svg.new(), bar = {}, main = svg.new(),
      head = svg.new() } }
  for _, id in ipairs(model.created) do d.hidden[model.by_id[id].index] = true end
  return d
end

-- Title, titles of boxes, the row of names.
local function draw_top(d)
  local model, columns = d.model, d.columns
  local title = chart.heading(model.caption or model.title, math.max(160, columns.x2 - columns.x1))
  if title then
    chart.draw_heading(d.layers.head, title, (columns.x1 + columns.x2) / 2, d.y)
    d.y = d.y + title.room
  end
  d.box_top = d.y
  local rows = 0
  for _, box in ipairs(model.boxes) do rows = math.max(rows, box.lines and #box.lines or 0) end
  if #model.boxes > 0 then d.y = d.y + rows * LINE + 10 end
  for i, actor in ipairs(model.actors) do
    if not d.hidden[i] then
      items.name(d, actor, d.y + columns.row - columns.heads[i].height)
    end
  end
  d.y = d.y + columns.row
  d.body_top = d.y
  d.y = d.y + 8
  d.anchor = d.y
end

local function draw_bottom(d)
  for _, actor in ipairs(d.model.actors) do
    while d.bars[actor.id] and #d.bars[actor.id] > 0 do items.close_bar(d, actor.id, d.y + 4) end
  end
  for i in ipairs(d.model.actors) do d.hidden[i] = d.hidden[i] and not d.starts[i] end
  d.y = d.y + 10
  draw_lives(d, d.body_top, d.y)
  if d.y - d.body_top < FOOTER_FROM then return end
  local tallest = 0
  for i, actor in ipairs(d.model.actors) do
    if not d.ends[i] and not d.hidden[i] then
      items.name(d, actor, d.y)
      tallest = math.max(tallest, d.columns.heads[i].height)
    end
  end
  d.y = d.y + tallest
end

-- {body (markup inside <svg>), x, y, width, height, has_links}
local function draw(model, context)
  local d = start(model, context)
  draw_top(d)
  for index, event in ipairs(model.events) do
    local handler = handlers[event.k]
    if handler then handler(d, event, index) end
  end
  draw_bottom(d)
  local bottom = d.y + (#model.boxes > 0 and 8 or 0)
  local out = svg.new()
  draw_boxes(d, out, d.box_top, bottom)
  draw_rects(d, out)
  draw_bars(d)
  for _, name in ipairs { "life", "frame", "bar", "main", "head" } do out:add(d.layers[name]) end
  local x1 = math.floor(d.columns.x1) - MARGIN
  local x2 = math.ceil(d.columns.x2) + MARGIN
  return { body = out, x = x1, y = -MARGIN, width = x2 - x1,
    height = math.ceil(bottom) + 2 * MARGIN, has_links = d.has_links }
end

return draw
