-- SPDX-License-Identifier: MIT
-- User journeys in words: every task with its score and who takes part, by section.
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

local function number(n)
  return (("%.2f"):format(n):gsub("0+$", ""):gsub("%.$", ""))
end

function words.describe(model)
  local sum, count = 0, 0
  for _, task in ipairs(model.tasks) do
    if task.score then sum, count = sum + task.score, count + 1 end
  end
  local tasks = plural(#model.tasks, "task")
  if count == 0 then return tasks .. "." end
  return ("%s with a score from 1 to 5, on average %s."):format(tasks, number(sum / count))
end

local function line(task)
  local who = {}
  for _, name in ipairs(task.shown) do
    if name ~= "" then who[#who + 1] = flat(name) end
  end
  local score = task.score and "score " .. number(task.score) or "no score"
  return ("%s: %s%s"):format(flat(task.show), score,
    #who > 0 and ", " .. table.concat(who, ", ") or "")
end

function words.write(out, model)
  if model.title_show then out:leaf("p", {}, flat(model.title_show)) end
  local section
  out:open("ul")
  for _, task in ipairs(model.tasks) do
    if task.section ~= section then
      if section then out:close():close() end
      section = task.section
      out:open("li"):text(flat(section.show)):open("ul")
    end
    out:leaf("li", {}, line(task))
  end
  if section then out:close():close() end
  out:close()
end

return words
