-- SPDX-License-Identifier: MIT
-- Quadrant charts in words: axes, names of quadrants, every point with its place.
local say = require "say"

local flat = say.flat

local words = {}

local PLACES = { "Top right", "Top left", "Bottom left", "Bottom right" }

-- The number of the quadrant that holds a point.
local function quadrant_of(point)
  if point.y >= 0.5 then return point.x >= 0.5 and 1 or 2 end
  return point.x >= 0.5 and 4 or 3
end

local function name_of(model, i)
  local name = model.quadrants[i]
  return name and name.show ~= "" and flat(name.show) or PLACES[i]:lower()
end

function words.describe(model)
  local count, names = #model.points, {}
  for i = 1, 4 do names[#names + 1] = name_of(model, i) end
  return ("%d point%s in four quadrants: %s."):format(count, count == 1 and "" or "s",
    table.concat(names, ", "))
end

local function axis(out, label, texts)
  if not texts then return end
  local s = flat(texts[1].show)
  if texts[2] then s = ("from %s to %s"):format(s, flat(texts[2].show)) end
  out:leaf("p", {}, label .. ": " .. s)
end

-- "0.3": at most three decimals, without needless zeros.
local function number(n)
  local thousandths = math.floor(n * 1000 + 0.5)
  local digits = ("%d.%03d"):format(thousandths // 1000, thousandths % 1000)
  return (digits:gsub("0+$", ""):gsub("%.$", ""))
end

function words.write(out, model)
  if model.title_show then out:leaf("p", {}, flat(model.title_show)) end
  axis(out, "Horizontal axis", model.axes.x)
  axis(out, "Vertical axis", model.axes.y)
  out:open("ul")
  for i = 1, 4 do
    local name = model.quadrants[i]
    if name then out:leaf("li", {}, ("%s: %s"):format(PLACES[i], flat(name.show))) end
  end
  for _, point in ipairs(model.points) do
    out:leaf("li", {}, ("%s: %s across, %s up (%s)"):format(flat(point.show), number(point.x),
      number(point.y), name_of(model, quadrant_of(point))))
  end
  out:close()
end

return words
