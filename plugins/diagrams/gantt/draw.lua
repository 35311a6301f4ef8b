-- SPDX-License-Identifier: MIT
-- Draws a Gantt chart: names on the left in bands by section, bars on the right over a time axis.
local svg = require "svg"
local path = require "path"
local text = require "text"
local chart = require "chart"
local calendar = require "gantt.calendar"
local axis = require "gantt.axis"
local bars = require "gantt.bars"
local dates = require "gantt.dates"
local moments = require "gantt.moments"
local rows = require "gantt.rows"
local schedule = require "gantt.schedule"

local PAD = 9 -- between the frame and the first moment: half a diamond
local AXIS, BELOW = 22, 15
local TALL = 460 -- taller charts have the axis at the top as well
local LEAST_DAY = 2 -- pixels; narrower excluded days are not shown

local middle_of = dates.middle

-- First and last moment; never the same.
local function domain(model)
  local from, to
  for _, task in ipairs(model.tasks) do
    local times = model.times[task]
    if times.finish then
      local stop = math.max(times.start, times.bar or times.finish)
      if task.flags.milestone then stop = math.max(stop, middle_of(times)) end
      from = math.min(from or times.start, times.start)
      to = math.max(to or stop, stop)
    end
  end
  if not from then return nil end
  if from == to then
    local pad = dates.has_date(model) and calendar.DAY or calendar.SECOND
    from, to = from - pad, to + pad
  end
  return from, to
end

local function scale_of(model, left, right)
  local from, to = domain(model)
  local room = right - left - 2 * PAD
  local scale = { from = from, to = to, left = left, right = right, room = room }
  function scale.x(time)
    return from and left + PAD + (time - from) / (to - from) * room or left
  end
  -- In compact rows: from where to where bar and label reach.
  function scale.extent(task)
    local times = model.times[task]
    if not times.finish then return left, left + task.block.width end
    local x1, x2 = scale.x(times.start), scale.x(times.bar or times.finish)
    if task.flags.milestone then
      x1 = scale.x(middle_of(times)) - bars.RADIUS
      x2 = x1 + 2 * bars.RADIUS
    end
    task.label_x = math.max(left, math.min(x1, right - task.block.width))
    return math.min(x1, task.label_x), math.max(x2, task.label_x + task.block.width) + 12
  end
  return scale
end

local function draw_bands(d)
  for _, group in ipairs(d.groups) do
    if group.section and group.index % 2 == 1 then
      d.back:element("rect", { "class", "dg-gantt-band", "x", 0, "y", group.y, "width", d.width,
        "height", group.height })
    end
    if group.section then
      local block = group.section.block
      chart.draw_block(d.front, block, 4, group.heading, "start", "dg-kind")
    end
  end
end

local function draw_excluded(d)
  local is_excluded = schedule.exclusion(d.model)
  local scale = d.scale
  local day = scale.room / ((scale.to - scale.from) / calendar.DAY)
  if not is_excluded or day < LEAST_DAY then return end
  local from
  local first, last = scale.from // calendar.DAY, (scale.to - 1) // calendar.DAY + 1
  for i = first, last do
    local is_out = i < last and is_excluded(i * calendar.DAY)
    if is_out and not from then from = i end
    if from and not is_out then
      local x1 = math.max(scale.x(from * calendar.DAY), scale.left)
      local x2 = math.min(scale.x(i * calendar.DAY), scale.right)
      d.back:element("rect", { "class", "dg-gantt-off", "x", x1, "y", d.top, "width",
        math.max(0, x2 - x1), "height", d.bottom - d.top })
      from = nil
    end
  end
end

local function draw_labels(d, ticks, y)
  for _, tick in ipairs(ticks) do
    if tick.label then
      chart.line(d.front, tick.label, tick.label_x, y, axis.FONT, nil, "dg-faint")
      if tick.below then
        chart.line(d.front, tick.below, tick.label_x, y + BELOW, axis.FONT, nil, "dg-faint")
      end
    end
  end
end

local function draw_grid(d)
  local parts = {}
  for _, tick in ipairs(d.ticks) do
    parts[#parts + 1] = path.join("M", tick.x, d.top, "V", d.bottom)
  end
  if #parts > 0 then
    d.back:element("path", { "class", "dg-gantt-grid", "d", table.concat(parts) })
  end
  d.back:element("path", { "class", "dg-gantt-frame", "d", path.join("M", d.scale.left, d.bottom,
    "H", d.scale.right) })
end

local function draw_mark(d, task)
  local times, out = d.model.times[task], d.main
  if not times.finish then
    chart.line(out, "no date", d.scale.left + PAD + 6, task.middle, chart.SMALL, "start",
      "dg-faint")
    return
  end
  out:open("g", { "class", bars.class(task.flags) })
  out:leaf("title", {}, dates.sentence(d.model, task))
  if task.flags.milestone then
    bars.diamond(out, task.flags, d.scale.x(middle_of(times)), task.middle)
  else
    bars.bar(out, task.flags, d.scale.x(times.start), d.scale.x(times.bar or times.finish),
      task.middle, d.is_compact and 12)
  end
  out:close()
end

local function draw_name(d, task)
  local out = d.front
  local x, y = rows.INDENT, task.middle
  if d.is_compact then x, y = task.label_x or d.scale.left, task.label_y end
  d.has_links = chart.linked(out, task.link, function()
    chart.draw_block(out, task.block, x, y, "start")
  end) or d.has_links
end

-- A thin line from the end of a task to the start of one that comes after it.
local function draw_link(d, task, before)
  local a, b = d.model.times[before], d.model.times[task]
  local has_dates = a.finish and b.finish
  if not has_dates or before.flags.vert or before.middle == task.middle then return end
  local x1 = d.scale.x(before.flags.milestone and middle_of(a) or a.bar or a.finish)
  local x2 = d.scale.x(task.flags.milestone and middle_of(b) or b.start)
  local way = task.middle > before.middle and 1 or -1
  local half = task.flags.milestone and bars.RADIUS or bars.HEIGHT / 2
  local y = task.middle - way * (half + 1)
  d.lines:element("path", { "class", "dg-gantt-link", "d", path.join("M", x1, before.middle, "H",
    x2, "V", y, "m", -3, -4 * way, "l", 3, 4 * way, "l", 3, -4 * way) })
end

local function draw_links(d)
  if d.is_compact then return end
  for _, task in ipairs(d.model.tasks) do
    local ids = task.start and not task.flags.vert and task.start:match("^after%s+(.*)$")
    for id in (ids or ""):gmatch("%S+") do
      local before = d.model.by_id[id]
      if before and before ~= task then draw_link(d, task, before) end
    end
  end
end

local function used_flags(model)
  local used, is_any = {}, false
  for _, task in ipairs(model.tasks) do
    for flag in pairs(task.flags) do -- fills a set: the order cannot show
      used[flag], is_any = true, is_any or flag ~= "vert"
    end
  end
  return is_any and used or nil
end

local function has_below(ticks)
  for _, tick in ipairs(ticks) do
    if tick.below and tick.label then return true end
  end
end

local function ticks_of(model, scale, width)
  if not scale.from then return {} end
  local pattern = model.axis_format or model.settings["gantt.axisFormat"]
  return axis.ticks { from = scale.from, to = scale.to, x = scale.x, room = scale.room,
    right = width, pattern = pattern and text.trim(pattern),
    interval = model.tick_interval or model.settings["gantt.tickInterval"],
    week_start = model.week_start,
    has_date = dates.has_date(model), precision = dates.precision(model) }
end

local function start(model, context)
  local d = { model = model, context = context, width = chart.WIDTH, back = svg.new(),
    lines = svg.new(), main = svg.new(), front = svg.new() }
  d.is_compact = model.settings["gantt.displayMode"] == "compact"
  local left = rows.measure(model, d.is_compact, d.width) + 10
  d.scale = scale_of(model, left, d.width)
  d.ticks = ticks_of(model, d.scale, d.width)
  d.axis_height = AXIS + (has_below(d.ticks) and BELOW or 0)
  return d
end

local function draw_rows(d)
  draw_bands(d)
  if d.scale.from then
    draw_excluded(d)
    draw_grid(d)
  end
  draw_links(d)
  for _, task in ipairs(d.model.tasks) do
    if not task.flags.vert then
      task.link = task.href or chart.href(d.context, task.show, task.has_id and task.id or "")
      draw_mark(d, task)
      draw_name(d, task)
    end
  end
end

-- `today` is midnight of the day that the site is built for.
return function(model, today, context)
  local d = start(model, context)
  local scale = d.scale
  local y = chart.title(d.front, model, d.width)
  d.shows_today = model.today_marker ~= "off" and scale.from and dates.has_date(model)
    and today >= scale.from and today <= scale.to
  if d.shows_today then y = y + 16 end
  local _, height = rows.place(model, d.is_compact, scale, 0)
  local wants_top = model.top_axis or model.settings["gantt.topAxis"] == "true" or height > TALL
  local has_top = wants_top and #d.ticks > 0
  if has_top then
    draw_labels(d, d.ticks, y + 6 + (d.shows_today and -16 or 0))
    y = y + d.axis_height
  end
  d.top = y
  d.groups, d.bottom = rows.place(model, d.is_compact, scale, y)
  draw_rows(d)
  moments.today(d, today)
  y = d.bottom
  draw_labels(d, d.ticks, y + 14)
  if #d.ticks > 0 then y = y + d.axis_height + 4 end
  y = moments.verticals(d, y)
  local used = used_flags(model)
  if used then
    bars.legend(d.front, used, scale.left + PAD, y + 14)
    y = y + 26
  end
  local out = svg.new()
  out:add(d.back):add(d.lines):add(d.main):add(d.front)
  return chart.picture(out, d.width, y, { has_links = d.has_links })
end
