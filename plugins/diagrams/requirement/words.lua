-- SPDX-License-Identifier: MIT
-- Requirement diagrams in words: counts for the description, and the text version with every
-- requirement, element and relation.
local label = require "label"
local say = require "say"

local words = {}

local function flat(s)
  return (label.plain(label.markdown(label.display(s))):gsub("\n", " "))
end

function words.describe(m)
  local count, names = { requirement = 0, element = 0 }, {}
  for i, box in ipairs(m.boxes) do
    count[box.group] = count[box.group] + 1
    names[i] = flat(box.name)
  end
  local list = #names > 0 and ": " .. table.concat(names, ", ") or ""
  return ("%s, %s, %s%s."):format(say.plural(count.requirement, "requirement"),
    say.plural(count.element, "element"), say.plural(#m.relations, "relation"), list)
end

local ROWS = { { "id", "Id" }, { "text", "Text" }, { "risk", "Risk" },
  { "verify", "Verification" }, { "kind", "Type" }, { "docref", "Doc ref" } }

local function write_box(out, box)
  local kind = box.is_unknown and "not declared" or box.type or "Element"
  out:open("li"):text(("%s (%s)"):format(flat(box.name), kind))
  local has_rows = false
  for _, row in ipairs(ROWS) do
    local value = box[row[1]]
    if value and value ~= "" then
      if not has_rows then out:open("ul") end
      has_rows = true
      out:leaf("li", {}, ("%s: %s"):format(row[2], flat(value)))
    end
  end
  if has_rows then out:close() end
  out:close()
end

function words.write(out, m)
  if #m.boxes > 0 then
    out:open("ul")
    for _, box in ipairs(m.boxes) do write_box(out, box) end
    out:close()
  end
  if #m.relations == 0 then return end
  out:leaf("p", {}, "Relations:"):open("ul")
  for _, r in ipairs(m.relations) do
    out:leaf("li", {}, ("%s %s %s"):format(flat(r.from), r.kind, flat(r.to)))
  end
  out:close()
end

return words
