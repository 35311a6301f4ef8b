-- SPDX-License-Identifier: MIT
-- Draws a pie chart: a ring, its parts clockwise from the top, and beside it the legend in the same
-- order with each share.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local say = require "say"
local shares = require "pie.shares"

local OUTER, INNER = 104, 58
local MIDDLE = (OUTER + INNER) / 2
local GAP, SWATCH = 30, 14
local LABEL_LIMIT = 300
local ROW_GAP = 8
local FONT = 13
local FULL = 2 * math.pi

local function point(angle, radius)
  return radius * math.sin(angle), -radius * math.cos(angle)
end

-- A part of the ring between two angles, clockwise from the top.
local function ring(from, to)
  if to - from > FULL - 1e-6 then
    local half = from + math.pi
    return ring(from, half) .. ring(half, to - 1e-5)
  end
  local large = to - from > math.pi and 1 or 0
  local x1, y1 = point(from, OUTER)
  local x2, y2 = point(to, OUTER)
  local x3, y3 = point(to, INNER)
  local x4, y4 = point(from, INNER)
  return path.join("M", x1, y1, "A", OUTER, OUTER, " 0 ", large, " 1 ", x2, y2, "L", x3, y3, "A",
    INNER, INNER, " 0 ", large, " 0 ", x4, y4, "z")
end

-- Inside of the ring where there is room, else beside it, unless the last one stands there.
local function draw_share(d, slice, from, to)
  local middle = (from + to) / 2
  local width = chart.room(slice.percent, FONT)
  local has_room = to - from > 0.22 and (to - from) * MIDDLE > width * 0.75 + 8
  local is_inside = has_room and not slice.is_again
  local radius = is_inside and MIDDLE or OUTER + 9 + width / 2 * math.abs(math.sin(middle))
  local x, y = point(middle, radius)
  if not is_inside then
    local near = d.last and math.abs(d.last.x - x) < (d.last.width + width) / 2 + 2
      and math.abs(d.last.y - y) < 14
    if near then return end
    d.last = { x = x, y = y, width = width }
  end
  local out = is_inside and d.inside or d.outside
  out:open("text", { "x", x, "y", y + FONT * 0.35, "font-size", FONT })
  out:leaf("tspan", { "class", "dg-pie-number" }, tostring(slice.number))
  out:leaf("tspan", { "class", "dg-pie-share" }, slice.percent):close()
end

local function draw_ring(out, list)
  local d = { inside = svg.new(), outside = svg.new() }
  local at = 0
  for i, slice in ipairs(list) do
    local to = at + slice.share * FULL
    slice.is_again, slice.number = i > 8, i
    if slice.share > 0 then
      out:open("g", { "class", chart.colour(i) .. (i > 8 and " dg-pie-again" or "") })
      out:open("path", { "class", "dg-pie-slice", "d", ring(at, to) })
      out:leaf("title", {}, ("%s: %s (%s)"):format(say.flat(slice.show), slice.raw,
        slice.percent))
      out:close():close()
      draw_share(d, slice, at, to)
    end
    at = to
  end
  out:open("g", { "class", "dg-chip" }):add(d.inside):close():add(d.outside)
end

local function draw_total(out, model, total)
  if not model.show_data then return end
  chart.line(out, shares.number(total), 0, -7, 16, nil, "dg-title")
  chart.line(out, "total", 0, 12, chart.SMALL, nil, "dg-faint")
end

-- Labels with their sizes, and how wide each column is.
local function measure(model, list)
  local l = { rows = {}, label = 0, percent = 0, value = 0, height = -ROW_GAP }
  for i, slice in ipairs(list) do
    local block = chart.block(slice.show, LABEL_LIMIT)
    l.rows[i] = { block = block, height = math.max(18, block.height) }
    l.label = math.max(l.label, block.width)
    l.percent = math.max(l.percent, chart.room(slice.percent, 14))
    if model.show_data then l.value = math.max(l.value, chart.room(slice.raw, 14)) end
    l.height = l.height + l.rows[i].height + ROW_GAP
  end
  l.width = SWATCH + 8 + l.label + 20 + l.percent + (l.value > 0 and 20 + l.value or 0)
  return l
end

local function draw_legend(out, model, list, l, x, y, context)
  local has_links = false
  for i, slice in ipairs(list) do
    local row = l.rows[i]
    local middle = y + row.height / 2
    out:open("g", { "class", chart.colour(i) .. (i > 8 and " dg-pie-again" or "") })
    out:element("rect", { "class", "dg-pie-slice", "x", x, "y", middle - SWATCH / 2, "width",
      SWATCH, "height", SWATCH, "rx", 3 })
    out:close()
    out:open("g", { "class", "dg-chip dg-pie-number" })
    chart.line(out, tostring(i), x + SWATCH / 2, middle, 10)
    out:close()
    has_links = chart.linked(out, chart.href(context, slice.show), function()
      chart.draw_block(out, row.block, x + SWATCH + 8, middle, "start")
    end) or has_links
    local right = x + SWATCH + 8 + l.label + 20 + l.percent
    chart.line(out, slice.percent, right, middle, 14, "end")
    if model.show_data then
      chart.line(out, slice.raw, right + 20 + l.value, middle, 14, "end", "dg-faint")
    end
    y = y + row.height + ROW_GAP
  end
  return has_links
end

return function(model, context)
  local list, total = shares.of(model)
  local l = measure(model, list)
  local ring_size = 2 * OUTER + 2 * 24
  local width = math.max(ring_size + GAP + l.width, 300)
  local out = svg.new()
  local top = chart.title(out, model, width)
  local height = math.max(ring_size, l.height)
  out:open("g", { "transform", ("translate(%s %s)"):format(svg.number(ring_size / 2),
    svg.number(top + height / 2)) })
  if total > 0 then
    draw_ring(out, list)
  else
    out:element("circle", { "class", "dg-pie-none", "r", MIDDLE })
  end
  draw_total(out, model, total)
  out:close()
  local has_links = draw_legend(out, model, list, l, ring_size + GAP, top + (height - l.height) / 2,
    context)
  return chart.picture(out, width, top + height, { has_links = has_links })
end
