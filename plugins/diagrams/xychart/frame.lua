-- SPDX-License-Identifier: MIT
-- Sizes of an xy chart: which part of the numbers it shows, and where categories and values stand.
-- `u` runs along the categories, `v` along the values; the drawing turns them into x and y.
local text = require "text"
local scale = require "xychart.scale"

local frame = { FONT = 13, LINE = 16 }

local WIDER = 1.12 -- the widest of common fonts against Arial

function frame.width(s, size)
  return math.ceil(text.width(s, size or frame.FONT) * WIDER)
end

function frame.setting(model, key)
  return model.settings["xyChart." .. key]
end

-- Values without a category are not shown.
local function cut(model)
  local count = 0
  for _, s in ipairs(model.series) do
    local most = model.x.categories and #model.x.categories or #s.values
    s.shown = table.move(s.values, 1, math.min(most, #s.values), 1, {})
    count = math.max(count, #s.shown)
  end
  return model.x.categories and #model.x.categories or count
end

-- Series of one group stand on each other: from where to where each of their values reaches.
local function stack(model)
  local sums = {}
  for _, s in ipairs(model.series) do
    s.base, s.top = {}, {}
    local sum = s.group and (sums[s.group] or {}) or nil
    if sum then sums[s.group] = sum end
    for i, value in ipairs(s.shown) do
      local side = value < 0 and -i or i -- what is below zero piles up downwards
      s.base[i] = sum and sum[side] or 0
      s.top[i] = s.base[i] + value
      if sum then sum[side] = s.top[i] end
    end
  end
end

-- The range of values: as the author says, else all there are; bars begin at zero, or their lengths
-- would lie.
local function value_range(model)
  local r = model.y.range
  if r then return r.from, r.to end
  local low, high
  for _, s in ipairs(model.series) do
    if s.kind == "bar" and #s.top > 0 then
      low, high = math.min(low or 0, 0), math.max(high or 0, 0)
    end
    for _, value in ipairs(s.top) do
      low, high = math.min(low or value, value), math.max(high or value, value)
    end
  end
  return low or 0, high or 1
end

local function ticks_of(from, to)
  local list = {}
  for i, n in ipairs(scale.ticks(from, to)) do list[i] = { n = n, text = scale.text(n) } end
  return list
end

-- Names under the axis: of categories, or numbers.
local function category_axis(model, f)
  local x = model.x
  if x.categories then
    f.names = {}
    for i, name in ipairs(x.categories) do f.names[i] = { u = i - 0.5, show = name } end
    f.slots = math.max(1, #x.categories)
    return
  end
  local from, to = 1, math.max(1, f.count)
  if x.range then from, to = x.range.from, x.range.to end
  f.numbers = { from = from, to = to }
  f.slots = math.max(1, f.count)
  f.names = {}
  for i, tick in ipairs(ticks_of(from, to)) do
    f.names[i] = { u = frame.place(f, tick.n), show = tick.text }
  end
end

-- The place of a number on the category axis, in slots. Half a slot stays free at both ends.
function frame.place(f, n)
  local numbers = f.numbers
  if numbers.from == numbers.to then return f.slots / 2 end
  return 0.5 + (n - numbers.from) / (numbers.to - numbers.from) * (f.slots - 1)
end

-- The place of the i-th of `count` values in slots.
function frame.slot(f, model, i, count)
  if not f.numbers then return i - 0.5 end
  local range = model.x.range
  if not range then return frame.place(f, i) end
  if count < 2 then return frame.place(f, range.from) end
  return frame.place(f, range.from + (range.to - range.from) * (i - 1) / (count - 1))
end

-- Bars side by side: each group has its own column in a slot.
local function columns(model)
  local order, count = {}, 0
  for _, s in ipairs(model.series) do
    if s.group and not order[s.group] then
      count = count + 1
      order[s.group] = count
    end
    s.column = s.group and order[s.group]
  end
  return count
end

-- Colours go round; series of the same name in stacks share one.
local function colours(model)
  local used, by_name = 0, {}
  for _, s in ipairs(model.series) do
    local known = s.kind == "bar" and s.name ~= "" and by_name[s.name]
    if not known then
      used = used + 1
      known = (used - 1) % 8 + 1
      if s.name ~= "" then by_name[s.name] = known end
    else
      s.is_known = true
    end
    s.colour = known
  end
end

function frame.of(model)
  local f = { count = cut(model) }
  stack(model)
  colours(model)
  f.columns = columns(model)
  f.low, f.high = value_range(model)
  f.ticks = ticks_of(f.low, f.high)
  category_axis(model, f)
  return f
end

return frame
