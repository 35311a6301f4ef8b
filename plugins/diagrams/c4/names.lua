-- SPDX-License-Identifier: MIT
-- What C4 elements and relations are called, in the picture and in its text version.
local names = {}

local MORE = { db = "database", queue = "queue" }

-- "external_system_db" -> "external system, database"
function names.kind(kind)
  if kind == "unknown" then return "not declared" end
  local external, rest = kind:match("^(external_)(.*)$")
  local word, more = (rest or kind):match("^(%a+)_?(%a*)$")
  local name = (external and "external " or "") .. word
  return MORE[more] and name .. ", " .. MORE[more] or name
end

function names.shown(element)
  return element.label_shown ~= "" and element.label_shown or element.id
end

-- What a boundary calls itself: "enterprise", "Ubuntu 16.04 LTS".
function names.boundary_kind(boundary)
  return boundary.kind_shown
end

-- The label of a relation with its number: "2: Reads".
function names.relation(rel)
  local shown = rel.label_shown or ""
  if not rel.number then return shown end
  return shown ~= "" and rel.number .. ": " .. shown or rel.number
end

-- Where the arrow of a relation begins and ends: Rel_Back points at its first element.
function names.ends(rel)
  if rel.kind == "rel_b" then return rel.to, rel.from end
  return rel.from, rel.to
end

return names
