-- SPDX-License-Identifier: MIT
-- Numbers on axes: round ticks as people know them from d3, and numbers as text.
local scale = {}

local function round(n)
  return math.floor(n + 0.5)
end

-- The step between ticks is 1, 2 or 5 times a power of ten, whichever comes nearest to `count`
-- ticks. Fractions are counted in whole parts, so that 0.3 stays 0.3.
local function step_of(from, to, count)
  local step = (to - from) / count
  local power = math.floor(math.log(step, 10) + 1e-12)
  local rest = step / 10.0 ^ power
  local factor = rest >= math.sqrt(50) and 10 or rest >= math.sqrt(10) and 5
    or rest >= math.sqrt(2) and 2 or 1
  return power, factor
end

-- About ten ticks between `from` and `to`.
function scale.ticks(from, to)
  if from == to then return { from } end
  if from > to then from, to = to, from end
  local power, factor = step_of(from, to, 10)
  local is_fraction = power < 0
  local unit = is_fraction and 10.0 ^ -power / factor or 10.0 ^ power * factor
  local function value(i) return is_fraction and i / unit or i * unit end
  local first = round(is_fraction and from * unit or from / unit)
  local last = round(is_fraction and to * unit or to / unit)
  if value(first) < from then first = first + 1 end
  if value(last) > to then last = last - 1 end
  local list = {}
  for i = first, math.min(last, first + 50) do list[#list + 1] = value(i) end
  return list
end

-- The shortest text that stands for the number: "0.1", "12000".
function scale.text(n)
  if n == math.floor(n) and math.abs(n) < 1e15 then return ("%d"):format(math.floor(n)) end
  for digits = 6, 17 do
    local s = ("%." .. digits .. "g"):format(n)
    if tonumber(s) == n then return (s:gsub("e([+-])0*", "e%1")) end
  end
end

return scale
