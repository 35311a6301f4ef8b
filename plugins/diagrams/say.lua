-- SPDX-License-Identifier: MIT
-- Small phrases of descriptions and text versions.
local say = {}

-- On one line.
function say.flat(s)
  return ((s or ""):gsub("\n", " "))
end

-- "1 node", "2 nodes"; `many` where that is not `one` with an s.
function say.plural(count, one, many)
  return ("%d %s"):format(count, count == 1 and one or many or one .. "s")
end

-- ": Order, Item" of things with a text to show; nothing when there are none.
function say.names(list)
  local names = {}
  for i, item in ipairs(list) do names[i] = say.flat(item.show) end
  return #names > 0 and ": " .. table.concat(names, ", ") or ""
end

return say
