-- SPDX-License-Identifier: MIT
-- The things on the lifelines of a sequence diagram: names, messages, notes, bars. Each is drawn at
-- d.y, moves d.y down, and goes to one of the layers of `d` (sequence/draw.lua makes it).
local text = require "text"
local layout = require "sequence.layout"
local shapes = require "sequence.shapes"

local LINE, BAR = layout.LINE, layout.BAR

local function number_text(n)
  local thousandths = math.floor(n * 1000 + 0.5)
  local digits = ("%d.%03d"):format(thousandths // 1000, thousandths % 1000)
  return (digits:gsub("0+$", ""):gsub("%.$", ""))
end

local function depth(d, id)
  return d.bars[id] and #d.bars[id] or 0
end

local function open_bar(d, id, y)
  d.bars[id] = d.bars[id] or {}
  local actor = d.model.by_id[id]
  table.insert(d.bars[id], math.max(y, actor and d.starts[actor.index] or y))
end

local function close_bar(d, id, y)
  local bars = d.bars[id]
  if not bars or #bars == 0 then return end
  local level, top = #bars, table.remove(bars)
  local actor = d.model.by_id[id]
  if not actor then return end
  d.layers.bar[#d.layers.bar + 1] = { top = top, order = #d.layers.bar, x = d.x[actor.index]
    - BAR + (level - 1) * BAR, height = math.max(y - top, 14) }
end

-- Where a message touches a lifeline: the edge of its bar. `way` is 1 for the right side.
local function edge(d, id, way, bars)
  local x = d.x[d.model.by_id[id].index]
  if bars == 0 then return x end
  return way > 0 and x + BAR * bars or x - BAR
end

local function draw_head(d, actor, y)
  local head = d.columns.heads[actor.index]
  local out = d.layers.head
  local link = #actor.links == 1 and actor.links[1].href or d.href(actor.show)
  if link then out:open("a", { "href", link }) end
  shapes.actor(out, actor, head, d.x[actor.index], y, LINE)
  if link then
    out:close()
    d.has_links = true
  end
end

local function draw_number(d, x, y)
  local label = number_text(d.number)
  d.number = d.number + d.step
  local width = math.max(18, math.ceil(text.width(label, 11)) + 8)
  local out = d.layers.main
  out:open("g", { "class", "dg-number" })
  out:element("rect", { "x", x - width / 2, "y", y - 9, "width", width, "height", 18, "rx", 9 })
  out:leaf("text", { "x", x, "y", y + 4, "font-size", "11" }, label)
  out:close()
end

local function line_class(style)
  return style.dotted and "dg-edge dg-dotted" or "dg-edge"
end

local function draw_port(out, x, y)
  out:element("circle", { "class", "dg-port", "cx", x, "cy", y, "r", 4 })
end

local function draw_self(d, m, bars)
  local out, style = d.layers.main, shapes.style(m.arrow)
  local height = math.max(24, #m.lines * LINE)
  local top = d.y + 10
  local x = edge(d, m.from, 1, bars)
  local right, bottom = x + layout.LOOP, top + height
  out:element("path", { "class", line_class(style), "d", shapes.path("M", x, top, "H", right - 6,
    "q 6 0 6 6 V", bottom - 6, "q 0 6 -6 6 H", x + shapes.inset(style.head)) })
  shapes.head(out, style.head, x, bottom, -1)
  shapes.head(out, style.tail, d.numbered and x + 9 or x, top, -1)
  out:lines(m.lines, right + 8, top + height / 2 - (#m.lines - 1) * LINE / 2, LINE,
    { "class", "dg-label", "text-anchor", "start" })
  if m.circle_from then draw_port(out, d.numbered and x + 13 or x, top) end
  if m.circle_to then draw_port(out, x, bottom) end
  if d.numbered then draw_number(d, x, top) end
  d.anchor, d.y = bottom, bottom + 8
  d.first = top
end

-- The end of a line at a created or destroyed participant.
local function special_end(d, id, x, way)
  if d.creating == id then
    local head = d.columns.heads[d.model.by_id[id].index]
    return x - way * (head.has_icon and 24 or head.width / 2)
  elseif d.destroying == id then
    return x - way * 8
  end
  return x
end

local function draw_line(d, m, y, from_bars, to_bars)
  local out, style = d.layers.main, shapes.style(m.arrow)
  local lanes = d.model.by_id
  local way = lanes[m.to].index > lanes[m.from].index and 1 or -1
  local start = special_end(d, m.from, edge(d, m.from, way, from_bars), -way)
  local stop = special_end(d, m.to, edge(d, m.to, -way, to_bars), way)
  local port = d.numbered and start + 13 * way or start -- beside the number
  if m.circle_from then draw_port(out, port, y) end
  if m.circle_to then draw_port(out, stop, y) end
  local tip = m.circle_to and stop - 4 * way or stop
  local tail = m.circle_from and port + 4 * way or start
  if style.tail and d.numbered and not m.circle_from then tail = start + 9 * way end
  out:element("path", { "class", line_class(style), "d", shapes.path("M",
    tail + way * shapes.inset(style.tail), y, "H", tip - way * shapes.inset(style.head)) })
  shapes.head(out, style.head, tip, y, way)
  shapes.head(out, style.tail, tail, y, -way)
  out:lines(m.lines, (start + stop) / 2, y - 10 - (#m.lines - 1) * LINE, LINE,
    { "class", "dg-label" })
  if d.numbered then draw_number(d, start, y) end
end

-- Bars that begin with this message: the arrow ends at their edge.
local function opens_after(d, index, id)
  local count = 0
  for i = index + 1, #d.model.events do
    local e = d.model.events[i]
    if e.k == "activate" and e.a == id then count = count + 1
    elseif e.k ~= "activate" then break end
  end
  return count
end

local function end_life(d, y)
  local id = d.destroying
  local actor = d.model.by_id[id]
  while depth(d, id) > 0 do close_bar(d, id, y) end
  d.ends[actor.index] = y
  local x = d.x[actor.index]
  d.layers.main:element("path", { "class", "dg-mark dg-end", "d", shapes.path("M", x - 8, y - 8,
    "l 16 16 m 0 -16 l -16 16") })
  d.destroying, d.y = nil, d.y + 10
end

local function draw_message(d, m, index)
  if m.from == m.to then
    draw_self(d, m, depth(d, m.from))
    if d.destroying == m.from then end_life(d, d.anchor) end
    return
  end
  local half = d.creating and d.columns.heads[d.model.by_id[d.creating].index].height / 2 or 0
  local y = d.y + math.max(#m.lines * LINE + 8, half + 6, d.numbered and 12 or 10)
  draw_line(d, m, y, depth(d, m.from), depth(d, m.to) + opens_after(d, index, m.to))
  if d.creating then
    local actor = d.model.by_id[d.creating]
    draw_head(d, actor, y - half)
    d.starts[actor.index], d.creating = y + half, nil
  end
  d.anchor, d.y = y, y + math.max(half + 4, 10)
  d.first = y
  if d.destroying then end_life(d, y) end
end

local function draw_note(d, note)
  local out = d.layers.main
  local height = #note.lines * LINE + 12
  local top = d.y + 4
  out:open("g", { "class", "dg-note" })
  out:element("rect", { "x", note.x, "y", top, "width", note.box_width, "height", height, "rx", 3 })
  out:lines(note.lines, note.x + note.box_width / 2, top + 6 + LINE / 2, LINE, {})
  out:close()
  d.y = top + height + 6
  d.anchor = top + height
end

return { open_bar = open_bar, close_bar = close_bar, name = draw_head, message = draw_message,
  note = draw_note }
