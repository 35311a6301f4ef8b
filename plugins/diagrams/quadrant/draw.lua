-- SPDX-License-Identifier: MIT
-- Draws a quadrant chart: the square, its names, the points with labels that stay apart.
local svg = require "svg"
local path = require "path"
local text = require "text"
local chart = require "chart"
local colour = require "colour"
local place = require "quadrant.place"

local WIDER = 1.12 -- the widest of common fonts against Arial
local LINE, MARGIN = 18, 12

local function measure(s, size, limit)
  local lines, width = text.fit(s, size, limit)
  return { lines = lines, width = math.ceil(width * WIDER), height = #lines * LINE }
end

local function size_setting(model, key)
  local n = tonumber(model.settings["quadrantChart." .. key] or "")
  return n and math.max(300, math.min(n, 1200)) - 40 or 460
end

local function position(model, key, other)
  return model.settings["quadrantChart." .. key] == other
end

-- Left, top of each quadrant in parts of the square.
local CORNERS = { { 0.5, 0 }, { 0, 0 }, { 0, 0.5 }, { 0.5, 0.5 } }

-- The names of the quadrants: in the middle, or at the top where points need the room. Returns the
-- boxes they take.
local function draw_quadrants(d)
  local taken = {}
  for i, corner in ipairs(CORNERS) do
    local x, y = corner[1] * d.width, corner[2] * d.height
    if i % 2 == 1 then
      d.out:element("rect", { "class", "dg-tint", "x", x, "y", y, "width", d.width / 2, "height",
        d.height / 2 })
    end
    local name = d.model.quadrants[i]
    if name and name.show ~= "" then
      local m = measure(name.show, 14, (d.width / 2 - 24) / WIDER)
      local middle = #d.model.points > 0 and y + 10 + m.height / 2 or y + d.height / 4
      d.out:lines(m.lines, x + d.width / 4, middle - (#m.lines - 1) * LINE / 2, LINE,
        { "class", "dg-quadrant-name" })
      taken[#taken + 1] = { x = x + d.width / 4 - m.width / 2, y = middle - m.height / 2,
        width = m.width, height = m.height }
    end
  end
  d.out:element("path", { "class", "dg-quadrant-cross", "d", path.join("M", d.width / 2, 0, "v",
    d.height, "M", 0, d.height / 2, "h", d.width) })
  d.out:element("rect", { "class", "dg-quadrant-frame", "x", 0, "y", 0, "width", d.width, "height",
    d.height })
  return taken
end

-- Texts of an axis with their place from 0 to 1 and how they are anchored there.
local function axis_texts(axis, length)
  local list = {}
  if axis[2] then
    list[1] = { axis[1], 0, "start" }
    list[2] = { axis[2], length, "end" }
  else
    list[1] = { axis[1], length / 2, "middle" }
  end
  for _, item in ipairs(list) do
    item.m = measure(item[1].show, 14, (length / #list - 24) / WIDER)
  end
  return list
end

local function tallest(texts)
  local height = 0
  for _, item in ipairs(texts) do height = math.max(height, item.m.height) end
  return height
end

-- The free space between two texts shows which way the values grow.
local function arrow_between(texts, length)
  local from, to = texts[1].m.width + 12, length - (texts[2] and texts[2].m.width or 0) - 12
  if not texts[2] or to - from < 24 then return nil end
  return from, to
end

local function draw_x_axis(d)
  local texts = axis_texts(d.model.axes.x, d.width)
  local height = tallest(texts)
  local is_top = position(d.model, "xAxisPosition", "top")
  local middle = is_top and -8 - height / 2 or d.height + 10 + height / 2
  for _, item in ipairs(texts) do
    d.out:lines(item.m.lines, item[2], middle - (#item.m.lines - 1) * LINE / 2, LINE,
      { "text-anchor", item[3] })
  end
  local from, to = arrow_between(texts, d.width)
  if from then
    d.out:element("path", { "class", "dg-arrow-line", "d",
      path.join("M", from, middle, "H", to, "m-5-4l5 4-5 4") })
  end
  if is_top then d.top = d.top - height - 12 else d.bottom = d.bottom + height + 14 end
end

local function draw_y_axis(d)
  local texts = axis_texts(d.model.axes.y, d.height)
  local height = tallest(texts)
  local is_right = position(d.model, "yAxisPosition", "right")
  local middle = is_right and d.width + 10 + height / 2 or -10 - height / 2
  for _, item in ipairs(texts) do
    local y = d.height - item[2]
    local first = -(#item.m.lines - 1) * LINE / 2
    d.out:lines(item.m.lines, 0, first, LINE, { "text-anchor", item[3],
      "transform", ("translate(%s %s) rotate(-90)"):format(svg.number(middle), svg.number(y)) })
  end
  local from, to = arrow_between(texts, d.height)
  if from then
    d.out:element("path", { "class", "dg-arrow-line", "d", path.join("M", middle, d.height - from,
      "V", d.height - to, "m-4 5l4-5 4 5") })
  end
  if is_right then d.right = d.right + height + 14 else d.left = d.left - height - 14 end
end

local function look_attributes(look)
  local classes = { "dg-point" }
  local list = { "class", false }
  if look.fill then
    classes[#classes + 1] = "dg-user"
    local hex, opacity = colour.attributes(look.fill)
    table.move({ "fill", hex, "fill-opacity", opacity or false }, 1, 4, #list + 1, list)
  end
  if look.stroke then
    classes[#classes + 1] = "dg-pen"
    table.move({ "stroke", (colour.attributes(look.stroke)) }, 1, 2, #list + 1, list)
  end
  if look.width then table.move({ "stroke-width", look.width }, 1, 2, #list + 1, list) end
  list[2] = table.concat(classes, " ")
  return list
end

local function draw_dot(d, point)
  local list = look_attributes(point.look)
  table.move({ "cx", point.cx, "cy", point.cy, "r", point.dot }, 1, 6, #list + 1, list)
  d.out:element("circle", list)
end

local function leader(d, point)
  local b = point.label_box
  local x = math.max(b.x, math.min(point.cx, b.x + b.width))
  local y = math.max(b.y, math.min(point.cy, b.y + b.height))
  d.out:element("path", { "class", "dg-leader dg-c8", "d", path.join("M", point.cx, point.cy, "L",
    x, y) })
end

local function measure_points(d)
  for _, point in ipairs(d.model.points) do
    point.dot = point.look.radius or 5
    point.r = point.dot + (point.look.width or 0) / 2
    point.cx, point.cy = point.x * d.width, (1 - point.y) * d.height
    point.m = measure(point.show, 13, 130)
    point.width, point.height = point.m.width, #point.m.lines * 16
  end
end

-- The lines between the quadrants.
local function cross(d)
  return { { x = d.width / 2, y = 0, width = 1, height = d.height },
    { x = 0, y = d.height / 2, width = d.width, height = 1 } }
end

-- Points whose label found no room carry a number; the list under the chart tells their names.
local function number_points(d, room, taken)
  local numbered = {}
  for _, point in ipairs(d.model.points) do
    if not point.label_box and point.show ~= "" then
      numbered[#numbered + 1] = point
      point.number = #numbered
      point.m = measure(tostring(point.number), 11, 40)
      point.width, point.height = point.m.width + 2, 13
    end
  end
  place.labels(numbered, room, taken, cross(d))
  return numbered
end

-- Where even the number finds no room, it stands in the point.
local function draw_number(d, point)
  local fill = point.look.fill
  local tone = fill and colour.tone(fill)
  if tone then d.out:open("g", { "class", tone }) end
  d.out:leaf("text", { "class", not fill and "dg-on-point", "x", point.cx, "y",
    point.cy + 3.5, "font-size", "10" }, tostring(point.number))
  if tone then d.out:close() end
end

-- What `draw` draws, a link where the point's name is a record's or a page's.
local function link(d, point, draw)
  d.has_links = chart.linked(d.out, chart.href(d.context, point.show), draw) or d.has_links
end

local function draw_list(d, numbered)
  local wide, items = 0, {}
  for i, point in ipairs(numbered) do
    items[i] = ("%d: %s"):format(point.number, (point.show:gsub("\n", " ")))
    wide = math.max(wide, text.width(items[i], 13) * WIDER + 16)
  end
  local columns = math.max(1, math.min(4, math.floor(d.width / wide)))
  local rows = math.ceil(#items / columns)
  for column = 0, columns - 1 do
    local y = d.bottom + 8
    for i = column * rows + 1, math.min(#items, (column + 1) * rows) do
      local lines = text.fit(items[i], 13, d.width / columns / WIDER - 8)
      local x, top = column * d.width / columns, y
      link(d, numbered[i], function()
        d.out:lines(lines, x, top, 17, { "text-anchor", "start", "font-size", "13" })
      end)
      y = y + #lines * 17
    end
    d.list_bottom = math.max(d.list_bottom or 0, y)
  end
  if #items > 0 then d.bottom = d.list_bottom end
end

local function draw_point_label(d, point)
  local b = point.label_box
  if not b then
    if point.number then draw_number(d, point) end
    return
  end
  local function draw()
    d.out:lines(point.m.lines, b.x + b.width / 2, b.y + (point.number and 6.5 or 8), 16,
      { "class", "dg-label", "font-size", point.number and "11" or "13" })
  end
  if point.number then draw() else link(d, point, draw) end
end

local function draw_points(d, taken)
  local points = d.model.points
  measure_points(d)
  local room = { x = 2, y = 2, width = d.width - 4, height = d.height - 4 }
  place.points(points, taken)
  place.labels(points, room, taken, cross(d))
  local numbered = number_points(d, room, taken)
  for _, point in ipairs(points) do
    if point.number and not point.label_box then point.dot = math.max(point.dot, 8) end
    if point.label_box and point.label_box.is_away then leader(d, point) end
  end
  for _, point in ipairs(points) do draw_dot(d, point) end
  for _, point in ipairs(points) do draw_point_label(d, point) end
  return numbered
end

local function draw_title(d)
  local block = chart.heading(d.model.caption or d.model.title_show, d.width)
  if not block then return end
  d.top = d.top - block.room
  chart.draw_heading(d.out, block, d.width / 2, d.top)
end

return function(model, context)
  local width, height = size_setting(model, "chartWidth"), size_setting(model, "chartHeight")
  local d = { model = model, context = context, out = svg.new(), width = width,
    height = height, left = 0, top = 0, right = width, bottom = height }
  local taken = draw_quadrants(d)
  if model.axes.x then draw_x_axis(d) end
  if model.axes.y then draw_y_axis(d) end
  draw_list(d, draw_points(d, taken))
  draw_title(d)
  local x, y = math.floor(d.left) - MARGIN, math.floor(d.top) - MARGIN
  return { body = d.out, x = x, y = y, width = math.ceil(d.right) + MARGIN - x,
    height = math.ceil(d.bottom) + MARGIN - y, has_links = d.has_links }
end
