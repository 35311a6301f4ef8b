-- SPDX-License-Identifier: MIT
-- Which task of a Gantt chart stands in which row: one each below the name of its section, or, with
-- displayMode compact, as many in a row as have room. Heights and widths only; nothing is drawn.
local chart = require "chart"

local rows = { FONT = 13, INDENT = 10 }

local HEADING, ROW, COMPACT_BAR = 26, 24, 12
local LABEL_LIMIT = 220

-- Runs of tasks of one section, in order; sections without tasks stand where they are named.
local function groups_of(model)
  local groups, seen, current = {}, {}, nil
  local function open(section)
    current = { section = section, tasks = {} }
    groups[#groups + 1] = current
    if section then seen[section] = true end
  end
  local function open_empty(before)
    for _, section in ipairs(model.sections) do
      if section == before then return end
      if not seen[section] then open(section) end
    end
  end
  for _, task in ipairs(model.tasks) do
    if not current or current.section ~= task.section then
      open_empty(task.section or model.sections[1])
      open(task.section)
    end
    if not task.flags.vert then table.insert(current.tasks, task) end
  end
  open_empty()
  return groups
end

local function add_rows(group, y)
  for _, task in ipairs(group.tasks) do
    local height = math.max(ROW, task.block.height + 7)
    group.rows[#group.rows + 1] = { y = y, height = height, middle = y + height / 2, task = task }
    task.middle = y + height / 2
    y = y + height
  end
  return y
end

-- Every row keeps where its last bar or label ends; a task goes to the first that has room.
local function add_compact_rows(group, y, scale)
  local ends, tallest, of = {}, {}, {}
  for _, task in ipairs(group.tasks) do
    local from, to = scale.extent(task)
    local level = 1
    while ends[level] and ends[level] > from - 8 do level = level + 1 end
    ends[level] = to
    tallest[level] = math.max(tallest[level] or 0, task.block.height)
    of[task] = level
  end
  local tops = {}
  for level = 1, #ends do
    tops[level] = y + 4
    y = y + tallest[level] + COMPACT_BAR + 10
  end
  for _, task in ipairs(group.tasks) do
    local top = tops[of[task]] + tallest[of[task]]
    task.label_y = top - task.block.height / 2
    task.middle = top + 2 + COMPACT_BAR / 2
  end
  return y
end

-- Labels of all tasks and sections, wrapped. Returns how wide the column on the left must be; in
-- compact rows the names of tasks stand at their bars.
function rows.measure(model, is_compact, width)
  local column = 0
  for _, section in ipairs(model.sections) do
    section.block = chart.block(section.show, LABEL_LIMIT, rows.FONT, true)
    column = math.max(column, section.block.width)
  end
  local limit = is_compact and width - column - 3 * rows.INDENT or LABEL_LIMIT
  for _, task in ipairs(model.tasks) do
    task.block = chart.block(task.show, limit, rows.FONT)
    if not (is_compact or task.flags.vert) then column = math.max(column, task.block.width) end
  end
  return column > 0 and column + rows.INDENT or 0
end

-- Sets `middle` of every task. Returns the groups {section, y, height, heading (its middle)} and
-- the height of all.
function rows.place(model, is_compact, scale, top)
  local y = top
  local groups = groups_of(model)
  for i, group in ipairs(groups) do
    group.index, group.y, group.rows = i, y, {}
    local heading = group.section and math.max(HEADING, group.section.block.height + 8) or 0
    if is_compact then
      y = math.max(add_compact_rows(group, y, scale), y + heading) + 4
      group.heading = (group.y + y) / 2
    else
      group.heading = y + heading / 2 + 1
      y = add_rows(group, y + heading) + 4
    end
    group.height = y - group.y
  end
  return groups, y
end

return rows
