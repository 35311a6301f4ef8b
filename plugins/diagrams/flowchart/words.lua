-- SPDX-License-Identifier: MIT
-- Flowcharts in words: the description for assistive technology and the text version.
local model = require "flowchart.model"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

local function name(part)
  local shown = flat(part.show)
  return shown ~= "" and shown or part.icon or part.id
end

local MOST_NAMES = 30

function words.describe(m)
  local names = {}
  for i, node in ipairs(m.nodes) do
    if i > MOST_NAMES then
      names[i] = "…"
      break
    end
    names[i] = name(node)
  end
  local counts = { plural(#m.nodes, "node"), plural(#m.edges, "edge") }
  if #m.groups > 0 then counts[#counts + 1] = plural(#m.groups, "group") end
  local list = table.concat(counts, ", ")
  return #names > 0 and ("%s: %s."):format(list, table.concat(names, ", ")) or list .. "."
end

local function members(m)
  local inside = {}
  local function add(part)
    local owner = m.owner[part.id] or ""
    inside[owner] = inside[owner] or {}
    table.insert(inside[owner], part)
  end
  for _, group in ipairs(model.shown_groups(m)) do add(group) end
  for _, node in ipairs(m.nodes) do add(node) end
  return inside
end

local function write_list(out, m, inside, owner)
  local list = inside[owner]
  if not list then return end
  out:open("ul")
  for _, part in ipairs(list) do
    out:open("li")
    if m.group_by_id[part.id] == part then
      out:text("Group " .. name(part))
      write_list(out, m, inside, part.id)
    else
      out:text(name(part))
      if part.tooltip then out:text(" (" .. flat(part.tooltip) .. ")") end
    end
    out:close()
  end
  out:close()
end

local function edge_words(m, edge)
  local from = m.group_by_id[edge.from] or m.by_id[edge.from]
  local to = m.group_by_id[edge.to] or m.by_id[edge.to]
  local is_both = edge.tail == edge.head and edge.head ~= "none"
  local joint = (is_both or edge.head == "none") and " and " or " to "
  local label = flat(edge.show)
  return name(from) .. joint .. name(to) .. (label ~= "" and ": " .. label or "")
end

-- Nodes and groups as nested lists, then every edge.
function words.write(out, m)
  local inside = members(m)
  write_list(out, m, inside, "")
  if #m.edges == 0 then return end
  out:leaf("p", {}, "Connections:")
  out:open("ul")
  for _, edge in ipairs(m.edges) do out:leaf("li", {}, edge_words(m, edge)) end
  out:close()
end

return words
