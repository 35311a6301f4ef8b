-- SPDX-License-Identifier: MIT
-- Draws a timeline. From left to right the periods are columns under a line that goes on in the
-- next row when there are many; from the top down they stand beside one upright line.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local say = require "say"

local GAP = 18 -- between columns
local LEAST, MOST = 112, 200 -- width of a column with its gap
local EVENT_GAP = 7
local DOT = 5
local FONT = 13
local SECTION = 24 -- height of a section's name

local function colour_of(model, period)
  for i, section in ipairs(model.sections) do
    if section == period.section then return chart.colour(i) end
  end
  return "dg-c1"
end

-- The events of a period below each other, with a rule on their left. Returns the height.
local function events_height(period, limit)
  local height = 0
  for _, event in ipairs(period.events) do
    event.block = chart.block(event.show, limit, FONT)
    height = height + event.block.height + EVENT_GAP
  end
  return height
end

-- A label that is a link when it names a record. `links` {context, found}.
local function draw_label(out, links, item, x, y, anchor, class)
  links.found = chart.linked(out, chart.href(links.context, item.show), function()
    chart.draw_block(out, item.block, x, y, anchor, class)
  end) or links.found
end

local function draw_events(out, links, period, x, y)
  for _, event in ipairs(period.events) do
    out:element("circle", { "class", "dg-time-event", "cx", x, "cy", y + event.block.line / 2, "r",
      2.5 })
    draw_label(out, links, event, x + 11, y + event.block.height / 2, "start")
    y = y + event.block.height + EVENT_GAP
  end
end

-- Columns of one row: how wide they are and how high their parts.
local function measure_row(row, width)
  row.head, row.body, row.width = 0, 0, width
  for _, period in ipairs(row.periods) do
    period.block = chart.block(period.show, width - GAP, 14, true)
    row.head = math.max(row.head, period.block.height)
    row.body = math.max(row.body, events_height(period, width - GAP - 11))
  end
end

local function rows_of(model)
  local count = #model.periods
  local per_row = math.max(1, math.min(count, chart.WIDTH // LEAST))
  local rows_needed = math.ceil(count / per_row)
  per_row = rows_needed > 0 and math.ceil(count / rows_needed) or 1
  local width = math.min(MOST, (chart.WIDTH - 12) // per_row)
  local rows = {}
  for i, period in ipairs(model.periods) do
    local index = (i - 1) // per_row + 1
    rows[index] = rows[index] or { periods = {} }
    table.insert(rows[index].periods, period)
  end
  for _, row in ipairs(rows) do measure_row(row, width) end
  return rows, width * per_row + 12
end

-- Runs of columns of one section: {section, from, to (columns)}.
local function runs_of(row)
  local runs = {}
  for i, period in ipairs(row.periods) do
    local last = runs[#runs]
    if last and last.section == period.section then
      last.to = i
    else
      runs[#runs + 1] = { section = period.section, from = i, to = i, period = period }
    end
  end
  return runs
end

local function measure_sections(row, runs)
  row.sections = 0
  for _, run in ipairs(runs) do
    if run.section then
      local room = (run.to - run.from + 1) * row.width - GAP - 12
      run.block = chart.block(run.section.show, room, FONT, true)
      row.sections = math.max(row.sections, run.block.height + SECTION - 17 + 4)
    end
  end
end

local function draw_section(out, run, x, width, y, height)
  out:open("g", { "class", "dg-chip" })
  out:element("rect", { "x", x, "y", y, "width", width, "height", height, "rx", 4 })
  chart.draw_block(out, run.block, x + 8, y + height / 2, "start", "dg-kind")
  out:close()
end

local function draw_line(out, row, run, y, is_last)
  local x1 = (run.from - 1) * row.width
  local x2 = run.to * row.width
  if is_last then x2 = x2 + 2 end
  out:element("path", { "class", "dg-time-line", "d", path.join("M", x1, y, "H", x2) })
  if is_last then
    out:element("path", { "class", "dg-time-head", "d", path.join("M", x2 + 9, y, "l-10-5v10z") })
  end
end

local function draw_row(out, model, links, row, y, is_last)
  local runs = runs_of(row)
  measure_sections(row, runs)
  local line = y + row.sections + (row.sections > 0 and 8 or 0) + row.head + 12
  for i, run in ipairs(runs) do
    out:open("g", { "class", colour_of(model, run.period) })
    draw_line(out, row, run, line, is_last and i == #runs)
    if run.block then
      local width = (run.to - run.from + 1) * row.width - GAP + 4
      draw_section(out, run, (run.from - 1) * row.width, width, y, row.sections)
    end
    for column = run.from, run.to do
      local period, x = row.periods[column], (column - 1) * row.width + DOT
      draw_label(out, links, period, x - DOT, line - 12 - period.block.height / 2, "start",
        "dg-kind")
      if #period.events > 0 then
        local stop = line + 20 + period.height - EVENT_GAP
        out:element("path", { "class", "dg-time-rule", "d",
          path.join("M", x, line, "V", stop - 4) })
      end
      out:element("circle", { "class", "dg-time-dot", "cx", x, "cy", line, "r", DOT })
      draw_events(out, links, period, x, line + 20)
    end
    out:close()
  end
  return line + 20 + row.body
end

local function empty(model)
  local out = svg.new()
  local height = chart.title(out, model, 300)
  out:element("path", { "class", "dg-time-line dg-c1", "d",
    path.join("M", 0, height + 10, "H", 300) })
  local y = height + 32
  for _, section in ipairs(model.sections) do
    chart.line(out, say.flat(section.show), 0, y, FONT, "start", "dg-kind")
    y = y + SECTION
  end
  return chart.picture(out, 300, y)
end

local function set_heights(model)
  for _, period in ipairs(model.periods) do
    period.height = 0
    for _, event in ipairs(period.events) do
      period.height = period.height + event.block.height + EVENT_GAP
    end
  end
end

local function draw_across(model, links)
  local rows, width = rows_of(model)
  width = math.max(width, 260)
  set_heights(model)
  local out = svg.new()
  local y = chart.title(out, model, width)
  for i, row in ipairs(rows) do
    y = draw_row(out, model, links, row, y, i == #rows) + 14
  end
  return chart.picture(out, width, y - 14, { has_links = links.found })
end

-- Widths of the three columns of an upright timeline.
local function measure_upright(model)
  local left, right = 0, 0
  for _, period in ipairs(model.periods) do
    period.block = chart.block(period.show, 170, 14, true)
    left = math.max(left, period.block.width)
    period.body = events_height(period, 420)
    for _, event in ipairs(period.events) do right = math.max(right, event.block.width) end
  end
  return left + 4, right
end

local function draw_period(out, links, period, x, y)
  local height = math.max(period.block.height, period.body - EVENT_GAP, 20)
  out:element("circle", { "class", "dg-time-dot", "cx", x, "cy", y + 9, "r", DOT })
  draw_label(out, links, period, x - 16, y + period.block.height / 2, "end", "dg-kind")
  draw_events(out, links, period, x + 20, y)
  return y + height + 18
end

local function draw_down(model, links)
  local left, right = measure_upright(model)
  local x = left + 16
  local width = math.max(x + 31 + right, 260)
  local out, dots = svg.new(), svg.new()
  local y = chart.title(out, model, width)
  local section, from = nil, y
  local function close_run(period, stop)
    out:element("path", { "class", "dg-time-line " .. colour_of(model, period), "d",
      path.join("M", x, from, "V", stop) })
    from = stop
  end
  for i, period in ipairs(model.periods) do
    if period.section ~= section then
      if i > 1 then close_run(model.periods[i - 1], y - 6) end
      section = period.section
      local block = chart.block(section.show, width - 12, FONT, true)
      dots:open("g", { "class", colour_of(model, period) })
      draw_section(dots, { block = block }, 0, width, y, block.height + 8)
      dots:close()
      y = y + block.height + 20
    end
    dots:open("g", { "class", colour_of(model, period) })
    y = draw_period(dots, links, period, x, y)
    dots:close()
  end
  local last = model.periods[#model.periods]
  close_run(last, y - 4)
  dots:element("path", { "class", "dg-time-head " .. colour_of(model, last), "d", path.join("M", x,
    y + 4, "l-5-10h10z") })
  return chart.picture(out:add(dots), width, y + 4, { has_links = links.found })
end

return function(model, context)
  if #model.periods == 0 then return empty(model) end
  local draw = model.dir == "TD" and draw_down or draw_across
  return draw(model, { context = context, found = false })
end
