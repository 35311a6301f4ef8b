-- SPDX-License-Identifier: MIT
-- Draws an xy chart: faint lines at the ticks, bars, lines with dots, a legend of named series.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local frame = require "xychart.frame"
local scale = require "xychart.scale"
local axes = require "xychart.axes"

local MARGIN = 10

local function clamp(n, low, high)
  return math.max(low, math.min(high, n))
end

-- The place of a value on its axis in pixels from its beginning; what is outside stands at the rim.
local function value_at(d, n)
  local f = d.f
  if f.low == f.high then return d.v_length / 2 end
  return clamp((n - f.low) / (f.high - f.low), 0, 1) * d.v_length
end

local function point(d, u, v)
  if d.is_horizontal then return d.left + v, d.top + u * d.slot end
  return d.left + u * d.slot, d.top + d.v_length - v
end

local function color(s)
  return "dg-c" .. s.colour
end

-- The bar of value i as a box {x, y, width, height}, and where it ends.
local function bar_box(d, s, i)
  local share = 0.72 / d.f.columns
  local middle = frame.slot(d.f, d.model, i, #s.shown)
  local u = middle - 0.36 + (s.column - 1) * share
  local gap = d.f.columns > 1 and share * 0.06 or 0
  local v1, v2 = value_at(d, s.base[i]), value_at(d, s.top[i])
  local x1, y1 = point(d, u + gap, v1)
  local x2, y2 = point(d, u + share - gap, v2)
  return { x = math.min(x1, x2), y = math.min(y1, y2), width = math.abs(x2 - x1),
    height = math.abs(y2 - y1), x_end = x2, y_end = y2, is_back = v2 < v1 }
end

local function draw_bars(d, s)
  d.out:open("g", { "class", "dg-series " .. color(s) })
  for i = 1, #s.shown do
    local b = bar_box(d, s, i)
    d.out:element("rect", { "x", b.x, "y", b.y, "width", b.width, "height", b.height })
  end
  d.out:close()
end

local function draw_line(d, s)
  local parts = {}
  d.out:open("g", { "class", "dg-line " .. color(s) })
  for i, value in ipairs(s.shown) do
    local x, y = point(d, frame.slot(d.f, d.model, i, #s.shown), value_at(d, value))
    parts[#parts + 1] = path.join(i == 1 and "M" or "L", x, y)
  end
  local way = table.concat(parts)
  d.out:element("path", { "class", "dg-line-ground", "d", way })
  d.out:element("path", { "d", way })
  if #s.shown <= 40 and d.slot > 12 then
    for i, value in ipairs(s.shown) do
      local x, y = point(d, frame.slot(d.f, d.model, i, #s.shown), value_at(d, value))
      d.out:element("circle", { "cx", x, "cy", y, "r", 3.5 })
    end
  end
  d.out:close()
end

-- Values stand level when all of them fit that way.
local function values_fit(d)
  local room = d.slot * 0.96 / math.max(1, d.f.columns)
  for _, s in ipairs(d.model.series) do
    for _, value in ipairs(s.kind == "bar" and s.shown or {}) do
      if frame.width(scale.text(value), 12) > room then return false end
    end
  end
  return true
end

local function label_above(d, b, s)
  local y = b.is_back and b.y_end + 14 or b.y_end - 5
  d.out:leaf("text", { "class", "dg-label", "x", b.x + b.width / 2, "y", y }, s)
end

-- A value along its bar: inside when it fits.
local function label_upright(d, b, s)
  local wide, x = frame.width(s, 12), b.x + b.width / 2
  local is_inside = b.height >= wide + 8
  local y = b.is_back == is_inside and b.y_end - 5 or b.y_end + 5
  local anchor = b.is_back == is_inside and "start" or "end"
  d.out:leaf("text", { "class", is_inside and "dg-on-series" or "dg-label", "x", x + 4, "y", y,
    "text-anchor", anchor, "transform", ("rotate(-90 %s %s)"):format(svg.number(x + 4), svg.number(y)) }, s)
end

local function label_level(d, b, s)
  local x = b.is_back and b.x_end - 5 or b.x_end + 5
  d.out:leaf("text", { "class", "dg-label", "x", x, "y", b.y + b.height / 2 + 4.5,
    "text-anchor", b.is_back and "end" or "start" }, s)
end

-- Values of bars that stand on others go into their own part, where they fit.
local function label_inside(d, b, s)
  if frame.width(s, 12) > b.width - 4 or b.height < 15 then return end
  d.out:leaf("text", { "class", "dg-on-series", "x", b.x + b.width / 2, "y",
    b.y + b.height / 2 + 4.5 }, s)
end

local function is_stacked(d, s)
  for _, other in ipairs(d.model.series) do
    if other ~= s and other.group and other.group == s.group then return true end
  end
end

local function draw_values(d)
  if not d.shows_values then return end
  local beside = d.is_horizontal and label_level or values_fit(d) and label_above or label_upright
  d.out:open("g", { "font-size", "12" })
  for _, s in ipairs(d.model.series) do
    local draw = is_stacked(d, s) and label_inside or beside
    for i, value in ipairs(s.kind == "bar" and s.shown or {}) do
      draw(d, bar_box(d, s, i), scale.text(value))
    end
  end
  d.out:close()
end

-- Labels that the author gave single points.
local function draw_point_labels(d)
  for _, s in ipairs(d.model.series) do
    for i, value in ipairs(s.shown) do
      local label = s.labels[i]
      if label and label ~= "" then
        local x, y = point(d, frame.slot(d.f, d.model, i, #s.shown), value_at(d, value))
        local half = frame.width(label, 12) / 2
        x = clamp(x, d.left + half, math.max(d.left + half, d.right - half))
        d.out:leaf("text", { "class", "dg-label", "x", x, "y", y - 8, "font-size", "12" }, label)
      end
    end
  end
end

-- Named series in a row under the title. Returns nothing; moves d.y down.
local function draw_legend(d)
  local x = 0
  for _, s in ipairs(d.model.series) do
    if s.name ~= "" and not s.is_known then
      local wide = frame.width(s.name) + 44
      if x > 0 and x + wide > d.width then x, d.y = 0, d.y + 22 end
      d.out:open("g", { "class", (s.kind == "bar" and "dg-series " or "dg-line ") .. color(s) })
      if s.kind == "bar" then
        d.out:element("rect", { "x", x, "y", d.y + 3, "width", 14, "height", 12 })
      else
        d.out:element("path", { "d", path.join("M", x, d.y + 9, "h16") })
        d.out:element("circle", { "cx", x + 8, "cy", d.y + 9, "r", 3.5 })
      end
      d.out:close()
      local name = { "x", x + 21, "y", d.y + 13.5, "font-size", "13", "text-anchor", "start" }
      d.has_links = chart.linked(d.out, chart.href(d.context, s.name), function()
        d.out:leaf("text", name, s.name)
      end) or d.has_links
      x = x + wide
    end
  end
  if x > 0 then d.y = d.y + 28 end
end

local function draw_title(d)
  local model = d.model
  local title = model.title and model.title ~= "" and model.title or model.caption
  local block = frame.setting(model, "showTitle") ~= "false" and chart.heading(title, d.width)
  if not block then return end
  chart.draw_heading(d.out, block, d.width / 2, d.y)
  d.y = d.y + block.room
end

local function size(model, key, least, normal)
  local n = tonumber(frame.setting(model, key) or "")
  return n and clamp(n, least, 1400) or normal
end

return function(model, context)
  local f = frame.of(model)
  local d = { model = model, context = context, f = f, out = svg.new(), y = 0,
    is_horizontal = model.is_horizontal,
    width = size(model, "width", 60, 700), height = size(model, "height", 16, 420),
    shows_values = frame.setting(model, "showDataLabel") == "true"
      or frame.setting(model, "showDataLabelOutsideBar") == "true" }
  draw_title(d)
  draw_legend(d)
  axes.draw(d, value_at)
  for _, s in ipairs(model.series) do
    if s.kind == "bar" then draw_bars(d, s) end
  end
  axes.draw_lines(d, value_at)
  for _, s in ipairs(model.series) do
    if s.kind == "line" then draw_line(d, s) end
  end
  draw_values(d)
  draw_point_labels(d)
  local bottom = math.max(d.bottom, d.y)
  return { body = d.out, x = -MARGIN, y = -MARGIN, width = math.ceil(d.outer_right) + 2 * MARGIN,
    height = math.ceil(bottom) + 2 * MARGIN, has_links = d.has_links }
end
