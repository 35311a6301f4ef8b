-- SPDX-License-Identifier: MIT
-- Draws a user journey as a dot plot: tasks from the top down, a face at each score, and who takes
-- part. The line through the faces is how the mood goes.
local svg = require "svg"
local path = require "path"
local chart = require "chart"
local say = require "say"

local FONT, SMALL = 13, 12
local INDENT = 10
local ROW, HEADING, HEADER = 28, 26, 26
local SCALE = 210 -- width of the scores
local FACE = 9
local LABEL_LIMIT = 230
local GAP = 24
local MOOD = { sad = "dg-c4", even = "dg-c7", happy = "dg-c3" }

local MOST = 100 -- what is beyond is drawn there

local function place_of(task)
  return task.score and math.max(-MOST, math.min(MOST, task.score))
end

-- Lowest and highest score: 1 to 5, unless the author goes beyond.
local function range(model)
  local low, high = 1, 5
  for _, task in ipairs(model.tasks) do
    local score = place_of(task)
    if score then low, high = math.min(low, score), math.max(high, score) end
  end
  return math.floor(low), math.ceil(high)
end

-- Names as items {x, y, block} that flow into lines of `limit`, with width and height of all.
local function flow(task, limit)
  local items, x, y, widest, tallest = {}, 0, 0, 0, 0
  for i, name in ipairs(task.shown) do
    if name ~= "" then
      local block = chart.block(name, limit - 14, SMALL)
      if x > 0 and x + 14 + block.width > limit then x, y, tallest = 0, y + tallest, 0 end
      items[#items + 1] = { x = x, y = y, block = block, index = i }
      x = x + 14 + block.width + 12
      widest, tallest = math.max(widest, x - 12), math.max(tallest, block.height + 2)
    end
  end
  return { items = items, width = widest, height = y + tallest }
end

-- Everybody's number, in the order of their first appearance.
local function number_people(model)
  local numbers, count = {}, 0
  for _, task in ipairs(model.tasks) do
    for _, name in ipairs(task.people) do
      if name ~= "" and not numbers[name] then
        count = count + 1
        numbers[name] = count
      end
    end
  end
  return numbers
end

local function measure(model)
  local l = { label = 60, people = 0 }
  for _, task in ipairs(model.tasks) do
    task.block = chart.block(task.show, LABEL_LIMIT, FONT)
    l.label = math.max(l.label, task.block.width)
  end
  l.score_x = INDENT + l.label + GAP
  l.people_x = l.score_x + SCALE + GAP
  for _, task in ipairs(model.tasks) do
    task.flow = flow(task, chart.WIDTH - l.people_x - 6)
    task.height = math.max(ROW, task.block.height + 8, task.flow.height + 8)
    l.people = math.max(l.people, task.flow.width)
  end
  l.width = l.people_x + l.people + (l.people > 0 and 6 or -GAP + 14)
  l.low, l.high = range(model)
  function l.x(score) return l.score_x + (score - l.low) / (l.high - l.low) * SCALE end
  return l
end

-- A mouth that bends with the score.
local function face(out, x, y, score)
  local mood = score > 3 and "happy" or score < 3 and "sad" or "even"
  local bend = math.max(-1, math.min(1, (score - 3) / 2)) * 4
  out:open("g", { "class", "dg-face " .. MOOD[mood] })
  out:element("circle", { "cx", x, "cy", y, "r", FACE })
  out:element("path", { "d", path.join("M", x - 4, y + 3.5 - bend / 3, "q", 4, bend, 8, 0, "M",
    x - 3.5, y - 3, "v1.5M", x + 3.5, y - 3, "v1.5") })
  out:close()
end

local function draw_header(d, y)
  local l = d.l
  local step = math.max(1, math.ceil((l.high - l.low) / 10))
  if #d.points > 0 then
    chart.line(d.front, "score", l.score_x - 14, y + 10, SMALL, "end", "dg-faint")
  end
  local parts = {}
  for score = l.low, l.high, step do
    chart.line(d.front, ("%d"):format(score), l.x(score), y + 10, SMALL, nil, "dg-faint")
    parts[#parts + 1] = path.join("M", l.x(score), y + 20, "V", d.bottom)
  end
  d.grid:element("path", { "class", "dg-gantt-grid", "d", table.concat(parts) })
end

local function draw_people(d, task, y)
  local top = y + (task.height - task.flow.height) / 2
  for _, item in ipairs(task.flow.items) do
    local x = d.l.people_x + item.x
    local middle = top + item.y + (item.block.height + 2) / 2
    local number = d.numbers[task.people[item.index]] or 1
    d.front:element("circle", { "class", "dg-person " .. chart.colour(number), "cx", x + 4, "cy",
      middle - (#item.block.lines - 1) * item.block.line / 2, "r", 4 })
    chart.draw_block(d.front, item.block, x + 14, middle, "start")
  end
end

local function draw_task(d, task, y)
  local middle = y + task.height / 2
  d.has_links = chart.linked(d.front, chart.href(d.context, task.show), function()
    chart.draw_block(d.front, task.block, INDENT, middle, "start")
  end) or d.has_links
  if task.score then
    local x = d.l.x(place_of(task))
    d.points[#d.points + 1] = path.join(#d.points == 0 and "M" or "L", x, middle)
    face(d.faces, x, middle, task.score)
  else
    chart.line(d.front, "no score", d.l.score_x + SCALE / 2, middle, SMALL, nil, "dg-faint")
  end
  draw_people(d, task, y)
end

local function draw_band(d, y, height, index)
  if index % 2 == 0 then return end
  d.back:element("rect", { "class", "dg-gantt-band", "x", 0, "y", y, "width", d.l.width, "height",
    height })
end

-- Runs of tasks of one section.
local function groups_of(model)
  local groups = {}
  for _, task in ipairs(model.tasks) do
    local last = groups[#groups]
    if not last or last.section ~= task.section then
      last = { section = task.section, tasks = {} }
      groups[#groups + 1] = last
    end
    table.insert(last.tasks, task)
  end
  return groups
end

local function draw_groups(d, y)
  for i, group in ipairs(groups_of(d.model)) do
    local top = y
    if group.section then
      local block = chart.block(group.section.show, d.l.score_x - 12, FONT, true)
      local height = math.max(HEADING, block.height + 8)
      chart.draw_block(d.front, block, 4, y + height / 2, "start", "dg-kind")
      y = y + height
    end
    for _, task in ipairs(group.tasks) do
      draw_task(d, task, y)
      y = y + task.height
    end
    y = y + 4
    draw_band(d, top, y - top, i)
  end
  return y
end

return function(model, context)
  local l = measure(model)
  local d = { model = model, l = l, context = context, numbers = number_people(model), points = {},
    back = svg.new(), grid = svg.new(), faces = svg.new(), front = svg.new() }
  local y = chart.title(d.front, model, l.width)
  d.bottom = draw_groups(d, y + HEADER)
  draw_header(d, y)
  if #model.tasks == 0 then
    for _, section in ipairs(model.sections) do
      chart.line(d.front, say.flat(section.show), 4, d.bottom + 12, FONT, "start", "dg-kind")
      d.bottom = d.bottom + HEADING
      l.width = math.max(l.width, chart.room(say.flat(section.show), FONT, true))
    end
  end
  if #d.points > 1 then
    d.grid:element("path", { "class", "dg-mood", "d", table.concat(d.points) })
  end
  local out = svg.new()
  out:add(d.back):add(d.grid):add(d.faces):add(d.front)
  return chart.picture(out, l.width, d.bottom, { has_links = d.has_links })
end
