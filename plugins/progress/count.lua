-- SPDX-License-Identifier: MIT
-- Adds tasks up. What does not apply is not counted; a choose-one group counts as one task, which
-- is done when one of its choices is checked.
local count = {}

local function new_sum()
  return { done = 0, total = 0 }
end

local function add(sum, done, total)
  sum.done = sum.done + done
  sum.total = sum.total + total
end

-- The tasks of a page as units that count: {section, done, total}.
local function units(records)
  local list, groups = {}, {}
  for _, record in ipairs(records) do
    local fields = record.fields
    local done = fields.state == "done" and 1 or 0
    local group = fields.choice and groups[fields.choice]
    if group then
      group.done = math.max(group.done, done)
    elseif fields.state ~= "not-applicable" then
      local unit = { section = record.section, done = done, total = 1 }
      list[#list + 1] = unit
      if fields.choice then groups[fields.choice] = unit end
    end
  end
  return list
end

-- Each unit counts for its section and all that it stands in.
local function by_section(list)
  local sums, order = {}, {}
  for _, unit in ipairs(list) do
    local section = unit.section
    while section do
      local key = section.line
      if not sums[key] then
        sums[key] = new_sum()
        order[#order + 1] = section
      end
      add(sums[key], unit.done, unit.total)
      section = section.parent
    end
  end
  return sums, order
end

local function emit_sum(emit, scope, title, sum, place)
  if sum.total == 0 then return end
  emit.record("progress", { title = title, page = place.page, section = place.section,
    fields = { scope = scope, done = sum.done, total = sum.total,
      percent = sum.done * 100 // sum.total } })
end

local function count_page(page, emit)
  local list, sum = units(page:records("task")), new_sum()
  if #list == 0 then return sum end
  local sums, order = by_section(list)
  for _, section in ipairs(order) do
    emit_sum(emit, "section", section.title, sums[section.line], { section = section })
  end
  for _, unit in ipairs(list) do add(sum, unit.done, unit.total) end
  emit_sum(emit, "page", page.title, sum, { page = page })
  return sum
end

function count.rollup(site, emit)
  local portal, projects = new_sum(), {}
  for _, page in ipairs(site.pages) do
    local sum, project = count_page(page, emit), page.project
    add(portal, sum.done, sum.total)
    if project then
      projects[project.id] = projects[project.id] or new_sum()
      add(projects[project.id], sum.done, sum.total)
    end
  end
  for _, project in ipairs(site.projects) do
    local sum = projects[project.id]
    if sum then emit_sum(emit, "project", project.title, sum, { page = project.home }) end
  end
  emit_sum(emit, "portal", site.title, portal, {})
end

return count
