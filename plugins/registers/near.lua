-- SPDX-License-Identifier: MIT
-- The name that was probably meant.
local near = {}

local function distance(a, b)
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local corner = row[0]
    row[0] = i
    for j = 1, #b do
      local above = row[j]
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      row[j] = math.min(above + 1, row[j - 1] + 1, corner + cost)
      corner = above
    end
  end
  return row[#b]
end

-- "did you mean `status`?", or what there is.
function near.hint(name, known)
  local best, least = nil, math.max(2, #name // 3) + 1
  table.sort(known)
  for _, other in ipairs(known) do
    local steps = distance(name:lower():sub(1, 60), other:lower():sub(1, 60))
    if steps < least then best, least = other, steps end
  end
  if best then return ("did you mean `%s`?"):format(best) end
  return #known > 0 and "there are " .. table.concat(known, ", ", 1, math.min(#known, 20)) or nil
end

return near
