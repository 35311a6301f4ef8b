-- SPDX-License-Identifier: MIT
-- Timelines in words: every period with its events, by section.
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

function words.describe(model)
  local events = 0
  for _, period in ipairs(model.periods) do events = events + #period.events end
  local first, last = model.periods[1], model.periods[#model.periods]
  if not first then return "A timeline without periods." end
  return ("%s with %s, from %s to %s."):format(plural(#model.periods, "period"),
    plural(events, "event"), flat(first.show), flat(last.show))
end

local function write_period(out, period)
  out:open("li"):text(flat(period.show))
  if #period.events == 1 then
    out:text(": " .. flat(period.events[1].show))
  elseif #period.events > 1 then
    out:open("ul")
    for _, event in ipairs(period.events) do out:leaf("li", {}, flat(event.show)) end
    out:close()
  end
  out:close()
end

function words.write(out, model)
  if model.title_show then out:leaf("p", {}, flat(model.title_show)) end
  local section
  out:open("ul")
  for _, period in ipairs(model.periods) do
    if period.section ~= section then
      if section then out:close():close() end
      section = period.section
      out:open("li"):text(flat(section.show)):open("ul")
    end
    write_period(out, period)
  end
  if section then out:close():close() end
  out:close()
end

return words
