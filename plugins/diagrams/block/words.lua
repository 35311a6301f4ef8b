-- SPDX-License-Identifier: MIT
-- Block diagrams in words: the blocks as they are nested, then every edge.
local say = require "say"

local plural = say.plural

local words = {}

local function flat(s)
  return (s:gsub("\n", " "):gsub("\u{A0}", " "))
end

local function count_blocks(block)
  local count = 0
  for _, child in ipairs(block.children or {}) do
    count = count + (child.type ~= "space" and child.id and 1 or 0) + count_blocks(child)
  end
  return count
end

function words.describe(m)
  return ("Block diagram with %s and %s."):format(plural(count_blocks(m.root), "block"),
    plural(#m.edges, "edge"))
end

-- What a block is called: its label, or its id when that says nothing.
function words.name(block)
  local shown = flat(block.shown or "")
  if shown:find("%S") then return shown end
  return block.id or "group"
end

local function name_of(block)
  local name = words.name(block)
  if not block.directions then return name end
  return ("%s (arrow: %s)"):format(name, table.concat(block.directions, ", "))
end

local function members(out, block)
  local is_open = false
  for _, child in ipairs(block.children) do
    if child.type ~= "space" then
      if not is_open then out:open("ul") end
      is_open = true
      out:open("li"):text(name_of(child))
      if child.children then members(out, child) end
      out:close()
    end
  end
  if is_open then out:close() end
end

local function edge_line(m, edge)
  local both = edge.head and edge.drawn_tail
  local joins = both and "and" or edge.head and "to" or edge.drawn_tail and "from" or "with"
  local line = ("%s %s %s"):format(words.name(m.by_id[edge.from]), joins,
    words.name(m.by_id[edge.to]))
  return (edge.shown or "") ~= "" and line .. ": " .. flat(edge.shown) or line
end

function words.write(out, m)
  members(out, m.root)
  if #m.edges == 0 then return end
  out:leaf("p", {}, "Edges:"):open("ul")
  for _, edge in ipairs(m.edges) do out:leaf("li", {}, edge_line(m, edge)) end
  out:close()
end

return words
