-- SPDX-License-Identifier: MIT
-- Names of states as a state diagram writes them: "A", "[*]", with a class "A:::important". Mermaid
-- reads neither "-" nor quotes in a name; here they may stand.
local names = {}

function names.trim(s)
  return (s:gsub("^%s+", ""):gsub("%s+$", ""))
end

local function quoted(p)
  local at = p.at
  local name = p:take('^"([^"\n]*%S[^"\n]*)"()')
  if not name then return nil end
  p:lenient(at, "a name in quotes", 'write \'state "long text" as name\' first')
  return names.trim(name)
end

-- "my-state": all of it, where Mermaid stops.
local function with_hyphens(p, first, at)
  local parts = { first }
  while p:peek("^%-[%w_]") do parts[#parts + 1] = p:take("^(%-[^:%s%-{]+)()") end
  if #parts > 1 then
    p:lenient(at, "a name with '-'", "use '_' in the name and write the text behind ':'")
  end
  return table.concat(parts)
end

-- A name, or nil; what begins a comment ends it.
function names.id(p)
  local name = quoted(p)
  if name then return name end
  local at = p.at
  name = p:take("^([^:%s%-{]+)()")
  if not name then return nil end
  local comment = name:find("%%", 1, true)
  if comment then
    p.at = at + comment - 1
    return comment > 1 and name:sub(1, comment - 1) or nil
  end
  name = with_hyphens(p, name, at)
  local before = p.depth > 0 and name:match("^([^}]+)}+$")
  if before then
    p.at = at + #before
    p:lenient(p.at, "'}' belongs to the name before it", "put '}' on its own line")
    return before
  end
  return name
end

-- A state where a statement mentions it, or nil.
function names.reference(p)
  local at = p.at
  local id = p:skip("^%[%*%]") and "[*]" or names.id(p)
  if not id then return nil end
  local class
  if p:skip("^[ \t]*:::[ \t]*") then class = (names.id(p) or ""):gsub(";+$", "") end
  return { k = "state", id = id, class = class, at = at }
end

return names
