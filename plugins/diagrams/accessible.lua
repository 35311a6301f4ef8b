-- SPDX-License-Identifier: MIT
-- accTitle and accDescr, which every type of diagram may hold: a name and a description for those
-- who hear the page.
local text = require "text"

local accessible = {}

-- The lines of "accDescr { … }" from line i on; nil when no "}" follows.
local function read_block(lines, i, rest)
  local parts = {}
  local last = i
  while not rest:find("}", 1, true) do
    parts[#parts + 1] = rest
    last = last + 1
    rest = lines[last]
    if not rest then return nil end
  end
  local before, behind = rest:match("^([^}]*)}(.*)$")
  parts[#parts + 1] = before
  return table.concat(parts, "\n"), last, behind
end

-- Takes these lines out of doc.lines and puts their texts into `model`. Columns and line numbers of
-- what stays do not change.
function accessible.take(doc, model)
  local lines = doc.lines
  local i = doc.first or 1
  while i <= #lines do
    local line = lines[i]
    local key, value = line:match("^%s*(acc%a+)%s*:(.*)$")
    if key == "accTitle" or key == "accDescr" then
      model[key] = text.display(value)
      lines[i] = ""
    else
      local rest = line:match("^%s*accDescr%s*{(.*)$")
      local value_block, last, behind
      if rest then value_block, last, behind = read_block(lines, i, rest) end
      if value_block then
        model.accDescr = text.display(value_block)
        for at = i, last do lines[at] = "" end
        lines[last] = behind
        i = last
      end
    end
    i = i + 1
  end
end

return accessible
