-- SPDX-License-Identifier: MIT
-- The axes of an xy chart: finds the room for the plot between its texts and draws those. Sets
-- d.left, d.top, d.right, d.v_length, d.slot (pixels of a category), d.bottom and d.outer_right.
local svg = require "svg"
local path = require "path"
local text = require "text"
local frame = require "xychart.frame"

local axes = {}

local LINE = frame.LINE
local SLANT = math.sqrt(0.5)

local function shows(d, axis, what)
  return frame.setting(d.model, axis .. "." .. what) ~= "false"
end

local function widest(list, key)
  local most = 0
  for _, item in ipairs(list) do
    for line in (item[key] .. "\n"):gmatch("([^\n]*)\n") do
      most = math.max(most, frame.width(line))
    end
  end
  return most
end

local function fits(names, room)
  for _, name in ipairs(names) do
    if name.u and frame.width((name.show:gsub("\n", " "))) > room then return false end
  end
  return true
end

-- Words of a name may stand below each other when the longest fits.
local function wraps(names, room)
  for _, name in ipairs(names) do
    for word in name.show:gmatch("%S+") do
      if frame.width(word) > room then return false end
    end
  end
  return true
end

-- Names under a vertical chart: level, wrapped, slanted or upright, whatever comes first.
local function arrange(names, room)
  if fits(names, room) then return "level", LINE end
  if wraps(names, room) and room > 34 then
    local most = 1
    for _, name in ipairs(names) do
      name.lines = text.fit(name.show, frame.FONT, room / 1.12)
      most = math.max(most, #name.lines)
    end
    if most <= 3 then return "level", most * LINE end
  end
  local limit, most, tall = 150, 0, 1
  for _, name in ipairs(names) do
    name.lines = text.fit(name.show, frame.FONT, limit)
    tall = math.max(tall, #name.lines)
    for _, line in ipairs(name.lines) do most = math.max(most, frame.width(line)) end
  end
  if room + 6 >= tall * LINE / SLANT then return "slanted", (most + tall * LINE) * SLANT + 4 end
  return "upright", most + 6, tall
end

local function draw_name(d, name, how, x, y)
  local lines = name.lines or { (name.show:gsub("\n", " ")) }
  if how == "level" then
    d.out:lines(lines, x, y + LINE / 2, LINE, {})
    return
  end
  local first = -(#lines - 1) * LINE / 2
  d.out:lines(lines, 0, first, LINE, { "text-anchor", "end", "transform",
    ("translate(%s %s) rotate(%d)"):format(svg.number(x + (how == "slanted" and 4 or 0)),
      svg.number(y + 4), how == "slanted" and -45 or -90) })
end

local function title_lines(d, axis, title, room)
  if not title or title == "" or not shows(d, axis, "showTitle") then return {} end
  return text.fit(title, frame.FONT, room / 1.12)
end

-- A title above the axis that runs up: read level, not with the head tilted.
local function draw_top_title(d, axis, title)
  local lines = title_lines(d, axis, title, d.width)
  d.out:lines(lines, 0, d.y + 8, LINE, { "class", "dg-axis-title", "font-size", "13",
    "text-anchor", "start" })
  if #lines > 0 then d.y = d.y + #lines * LINE + 8 end
end

local function draw_bottom_title(d, axis, title)
  local lines = title_lines(d, axis, title, d.right - d.left)
  if #lines == 0 then return end
  d.out:lines(lines, (d.left + d.right) / 2, d.bottom + 16, LINE, { "class", "dg-axis-title",
    "font-size", "13" })
  d.bottom = d.bottom + #lines * LINE + 10
end

-- One line and one number for each tick.
local function draw_ticks(d, size, anchor, line, place)
  local lines = {}
  for i, tick in ipairs(d.f.ticks) do lines[i] = line(tick) end
  if shows(d, "yAxis", "showTick") then
    d.out:element("path", { "class", "dg-grid", "d", table.concat(lines) })
  end
  if not shows(d, "yAxis", "showLabel") then return end
  d.out:open("g", { "font-size", size, "text-anchor", anchor })
  for _, tick in ipairs(d.f.ticks) do
    local x, y = place(tick)
    d.out:leaf("text", { "x", x, "y", y }, tick.text)
  end
  d.out:close()
end

local function vertical(d, value_at)
  local f, model = d.f, d.model
  local has_ticks, has_names = shows(d, "yAxis", "showLabel"), shows(d, "xAxis", "showLabel")
  draw_top_title(d, "yAxis", model.y.title)
  d.left = has_ticks and widest(f.ticks, "text") + 10 or 0
  local least = has_names and model.x.categories and LINE * #f.names * math.max(1, f.columns * 0.7)
    or 0
  d.slot = math.max(d.width - d.left, least) / f.slots
  d.right = d.left + d.slot * f.slots
  d.outer_right = math.max(d.right, d.width)
  local room = (d.right - d.left) / math.max(1, f.slots, f.numbers and #f.names or 0) - 6
  local how, below = arrange(f.names, room)
  d.top = d.y + (d.shows_values and 20 or has_ticks and 8 or 0)
  d.v_length = math.max(math.min(d.height, 40), d.height - d.top - (has_names and below or 0))
  d.bottom = d.top + d.v_length
  local function y_of(tick) return d.top + d.v_length - value_at(d, tick.n) end
  draw_ticks(d, "13", "end", function(tick)
    return path.join("M", d.left, y_of(tick), "H", d.right)
  end, function(tick) return d.left - 7, y_of(tick) + 4.5 end)
  d.plot_bottom = d.bottom
  d.out:open("g", { "font-size", "13" })
  for _, name in ipairs(has_names and f.names or {}) do
    draw_name(d, name, how, d.left + name.u * d.slot, d.bottom + 7)
  end
  d.out:close()
  if has_names then d.bottom = d.bottom + below + 8 end
  draw_bottom_title(d, "xAxis", model.x.title)
end

-- Horizontal charts: names to the left of their bars, ticks below.
local function wrapped_names(names)
  local most = 0
  for _, name in ipairs(names) do
    name.lines = text.fit(name.show, frame.FONT, 180)
    for _, line in ipairs(name.lines) do most = math.max(most, frame.width(line)) end
  end
  return most
end

local function tallest(names)
  local most = 1
  for _, name in ipairs(names) do most = math.max(most, #name.lines) end
  return most * LINE + 4
end

local function horizontal(d, value_at)
  local f, model = d.f, d.model
  local has_ticks, has_names = shows(d, "yAxis", "showLabel"), shows(d, "xAxis", "showLabel")
  draw_top_title(d, "xAxis", model.x.title)
  d.left = has_names and wrapped_names(f.names) + 10 or 0
  d.top = d.y + 4
  local wish = (d.height - d.y - 40) / f.slots
  local least = has_names and not f.numbers and tallest(f.names) or 2
  d.slot = math.max(wish, least, f.columns * (d.shows_values and 15 or 4))
  d.right = d.width - (d.shows_values and 56 or has_ticks and widest(f.ticks, "text") / 2 or 0)
  d.v_length, d.outer_right = math.max(20, d.right - d.left), d.width
  d.right = d.left + d.v_length
  d.bottom = d.top + d.slot * f.slots
  local is_crowded = widest(f.ticks, "text") + 6 > d.v_length / #f.ticks
  draw_ticks(d, is_crowded and "11" or "13", "middle", function(tick)
    return path.join("M", d.left + value_at(d, tick.n), d.top, "V", d.bottom)
  end, function(tick) return d.left + value_at(d, tick.n), d.bottom + 17 end)
  d.plot_bottom = d.bottom
  d.out:open("g", { "font-size", "13", "text-anchor", "end" })
  for _, name in ipairs(has_names and f.names or {}) do
    local y = d.top + name.u * d.slot - (#name.lines - 1) * LINE / 2
    d.out:lines(name.lines, d.left - 8, y, LINE, {})
  end
  d.out:close()
  if has_ticks then d.bottom = d.bottom + 24 end
  draw_bottom_title(d, "yAxis", model.y.title)
end

function axes.draw(d, value_at)
  return (d.is_horizontal and horizontal or vertical)(d, value_at)
end

local function wants(d, axis, what)
  return frame.setting(d.model, axis .. "." .. what) == "true"
end

-- A line along the values and marks at the names: only where they are asked for, as the grid and
-- the names say the same.
local function draw_wanted(d)
  local parts = {}
  if wants(d, "yAxis", "showAxisLine") then
    parts[1] = d.is_horizontal and path.join("M", d.left, d.plot_bottom, "H", d.right)
      or path.join("M", d.left, d.top, "V", d.plot_bottom)
  end
  for _, name in ipairs(wants(d, "xAxis", "showTick") and d.f.names or {}) do
    parts[#parts + 1] = d.is_horizontal
      and path.join("M", d.left, d.top + name.u * d.slot, "h-5")
      or path.join("M", d.left + name.u * d.slot, d.plot_bottom, "v5")
  end
  if #parts > 0 then
    d.out:element("path", { "class", "dg-axis", "d", table.concat(parts) })
  end
end

-- The line that bars stand on: zero where it is in the chart.
local function draw_base(d, value_at)
  if not shows(d, "xAxis", "showAxisLine") then return end
  local v = value_at(d, 0)
  d.out:element("path", { "class", "dg-axis", "d", d.is_horizontal
    and path.join("M", d.left + v, d.top, "v", d.slot * d.f.slots)
    or path.join("M", d.left, d.top + d.v_length - v, "H", d.right) })
end

-- Above the bars.
function axes.draw_lines(d, value_at)
  draw_base(d, value_at)
  draw_wanted(d)
end

return axes
