-- SPDX-License-Identifier: MIT
-- The types of links and what they are called from the other end.
local types = {}

local DEFAULTS = { ["satisfies"] = "satisfied by", ["supersedes"] = "superseded by",
  ["depends on"] = "needed by", ["tests"] = "tested by", ["mitigates"] = "mitigated by",
  ["implements"] = "implemented by", ["refines"] = "refined by" }

-- "Depends-On" -> "depends on"
function types.normalise(name)
  return (name:lower():gsub("[%s_%-]+", " "):match("^ ?(.-) ?$"))
end

local function add(names, name, inverse)
  names[name] = { type = name, inverse = inverse, is_active = true }
  names[inverse] = { type = inverse, inverse = name, is_active = false }
end

local known = {}
for name, inverse in pairs(DEFAULTS) do add(known, name, inverse) end

-- From a name, as it is written in small letters, to {type, inverse, is_active}.
function types.of(opt)
  if next(opt.types) == nil then return known end
  local names = {}
  for name, entry in pairs(known) do names[name] = entry end
  for name, inverse in pairs(opt.types) do
    if type(inverse) == "string" then
      add(names, types.normalise(name), types.normalise(inverse))
    end
  end
  return names
end

return types
