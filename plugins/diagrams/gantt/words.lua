-- SPDX-License-Identifier: MIT
-- Gantt charts in words: every task with its dates, by section.
local dates = require "gantt.dates"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

function words.describe(model)
  local from, to
  for _, task in ipairs(model.tasks) do
    local times = model.times[task]
    if times.finish then
      from = math.min(from or times.start, times.start)
      to = math.max(to or times.finish, times.finish)
    end
  end
  local count = plural(#model.tasks, "task")
  if #model.sections > 0 then
    count = count .. " in " .. plural(#model.sections, "section")
  end
  if not from then return count .. "." end
  return ("%s, from %s to %s."):format(count, dates.show(model, from), dates.show(model, to))
end

local function references(model, task)
  local list = {}
  for _, part in ipairs { task.start or "", task.finish } do
    local word, ids = part:match("^(%a+)%s+(.*)$")
    if word == "after" or word == "until" then
      local names = {}
      for id in ids:gmatch("%S+") do
        local other = model.by_id[id]
        names[#names + 1] = other and flat(other.show) or id
      end
      list[#list + 1] = (", %s %s"):format(word, table.concat(names, " and "))
    end
  end
  return table.concat(list)
end

function words.write(out, model)
  if model.title_show then out:leaf("p", {}, flat(model.title_show)) end
  local section
  out:open("ul")
  for _, task in ipairs(model.tasks) do
    if task.section ~= section then
      if section then out:close():close() end
      section = task.section
      if section then out:open("li"):text(flat(section.show)):open("ul") end
    end
    out:leaf("li", {}, dates.sentence(model, task) .. references(model, task))
  end
  if section then out:close():close() end
  out:close()
  if model.excludes and #model.excludes > 0 then
    out:leaf("p", {}, "Not counted: " .. table.concat(model.excludes, ", "))
  end
end

return words
