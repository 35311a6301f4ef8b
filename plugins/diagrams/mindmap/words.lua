-- SPDX-License-Identifier: MIT
-- Mindmaps in words: the tree as nested lists.
local label = require "label"

local words = {}

local function flat(node)
  return (label.plain(label.markdown(node.show)):gsub("\n", " "))
end

function words.describe(model)
  local count = #model.root.children
  local names = {}
  for i, child in ipairs(model.root.children) do names[i] = flat(child) end
  local about = ("%s: %d node%s in %d branch%s"):format(flat(model.root), model.count,
    model.count == 1 and "" or "s", count, count == 1 and "" or "es")
  return count > 0 and about .. ": " .. table.concat(names, ", ") .. "." or about .. "."
end

-- "fa fa-book" is an icon of a font that is not here; its name tells what it shows.
local function icon(node)
  local name = node.icon and node.icon:match("([%w-]+)%s*$")
  return name and (" (icon %s)"):format((name:gsub("^%l+%-", ""))) or ""
end

local function write(out, node)
  out:open("li"):text(flat(node) .. icon(node))
  if #node.children > 0 then
    out:open("ul")
    for _, child in ipairs(node.children) do write(out, child) end
    out:close()
  end
  out:close()
end

function words.write(out, model)
  out:open("ul")
  write(out, model.root)
  out:close()
end

return words
