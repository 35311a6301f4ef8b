-- SPDX-License-Identifier: MIT
-- What part of the whole each slice of a pie chart is.
local shares = {}

-- At most three decimals, without zeros at the end.
function shares.number(n)
  if math.abs(n) >= 1e15 then return ("%.6g"):format(n) end
  local s = ("%.3f"):format(n)
  return (s:gsub("0+$", ""):gsub("%.$", ""))
end

local function percent(share)
  if share > 0 and share < 0.005 then return "<1%" end
  return ("%d%%"):format(math.floor(share * 100 + 0.5))
end

-- List of {show, raw, share (0 to 1), percent}, and the sum of the values.
function shares.of(model)
  local total, list = 0, {}
  for _, slice in ipairs(model.slices) do total = total + slice.value end
  if total == math.huge then total = 0 end
  for i, slice in ipairs(model.slices) do
    local share = total > 0 and slice.value / total or 0
    list[i] = { show = slice.show, raw = slice.raw, share = share, percent = percent(share) }
  end
  return list, total
end

return shares
