-- SPDX-License-Identifier: MIT
-- Pie charts in words.
local shares = require "pie.shares"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

function words.describe(model)
  local list = shares.of(model)
  local largest
  for _, slice in ipairs(list) do
    if not largest or slice.share > largest.share then largest = slice end
  end
  if not largest then return "A pie chart without slices." end
  return ("%s, the largest is %s with %s."):format(plural(#list, "slice"),
    flat(largest.show), largest.percent)
end

function words.write(out, model)
  if model.title_show then out:leaf("p", {}, flat(model.title_show)) end
  out:open("ul")
  for _, slice in ipairs((shares.of(model))) do
    out:leaf("li", {}, ("%s: %s (%s)"):format(flat(slice.show), slice.raw, slice.percent))
  end
  out:close()
end

return words
