-- SPDX-License-Identifier: MIT
-- Lines of a Gantt chart across all rows: today, and tasks that are tagged "vert".
local path = require "path"
local style = require "style"
local colour = require "colour"
local chart = require "chart"
local dates = require "gantt.dates"

local moments = {}

-- Line and label of a moment that concerns all rows; the label stays within the picture.
local function draw_moment(d, x, class, extra)
  local list = { "class", class, "d", path.join("M", x, d.top, "V", d.bottom) }
  for _, item in ipairs(extra or {}) do list[#list + 1] = item end
  d.lines:element("path", list)
end

function moments.today(d, today)
  local marker = d.model.today_marker
  if not d.shows_today then return end
  local look = marker and style.read(marker)
  local extra, class = {}, "dg-gantt-today"
  if look and look.stroke then
    local hex, opacity = colour.attributes(look.stroke)
    extra, class = { "stroke", hex, "stroke-opacity", opacity or false }, class .. " dg-pen"
  end
  if look and look.width then
    extra[#extra + 1], extra[#extra + 2] = "stroke-width", look.width
  end
  local x = d.scale.x(today)
  draw_moment(d, x, class, extra)
  chart.line(d.front, "today", math.max(16, math.min(x, d.width - 16)), d.top - 8, chart.SMALL, nil,
    "dg-gantt-now")
end

-- Labels of the vertical lines from left to right.
local function labels_of(d)
  local list = {}
  for _, task in ipairs(d.model.tasks) do
    local times = d.model.times[task]
    if task.flags.vert and times.finish then
      local block = chart.block(task.show, 160, chart.SMALL, true)
      local x = d.scale.x(dates.middle(times))
      local from = math.max(0, math.min(x - block.width / 2, d.width - block.width))
      list[#list + 1] = { task = task, block = block, x = x, from = from, order = #list }
    end
  end
  table.sort(list, function(a, b)
    if a.from ~= b.from then return a.from < b.from end
    return a.order < b.order
  end)
  return list
end

-- Vertical lines with their labels below the axis, on as many levels as they need. Returns y.
function moments.verticals(d, y)
  local ends, tallest, list = {}, {}, labels_of(d)
  for _, item in ipairs(list) do
    local level = 1
    while ends[level] and ends[level] > item.from - 8 do level = level + 1 end
    ends[level], item.level = item.from + item.block.width, level
    tallest[level] = math.max(tallest[level] or 0, item.block.height)
  end
  for _, item in ipairs(list) do
    draw_moment(d, item.x, "dg-gantt-vertical")
    local top = y
    for level = 1, item.level - 1 do top = top + tallest[level] + 2 end
    chart.draw_block(d.front, item.block, item.from + item.block.width / 2,
      top + item.block.height / 2, nil, "dg-gantt-now")
  end
  for _, height in ipairs(tallest) do y = y + height + 2 end
  return y
end

return moments
