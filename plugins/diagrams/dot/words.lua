-- SPDX-License-Identifier: MIT
-- Graphviz graphs in words and as facts, from what the program printed.
local say = require "say"

local words = {}

local function label_of(object)
  local parts = {}
  for _, key in ipairs { "_ldraw_", "_hldraw_", "_tldraw_" } do
    for _, op in ipairs(object[key] or {}) do
      if op.op == "T" then parts[#parts + 1] = op.text end
    end
  end
  return table.concat(parts, " ")
end

local function is_cluster(object)
  return object.bb ~= nil
end

function words.title(model, heading)
  local label = label_of(model)
  local subject = label ~= "" and label or heading
  return subject and subject ~= "" and subject .. " (graph)" or "Graph"
end

-- What the program read, as plain tables; groups hold the ids of their nodes.
function words.facts(model)
  local facts, ids = { nodes = {}, edges = {}, groups = {} }, {}
  for _, object in ipairs(model.objects or {}) do ids[object._gvid] = object.name end
  for _, object in ipairs(model.objects or {}) do
    local label = label_of(object)
    local fact = { id = object.name, label = label ~= "" and label or nil, shape = object.shape,
      link = object.URL or object.href, nodes = is_cluster(object) and {} or nil }
    for i, id in ipairs(fact.nodes and object.nodes or {}) do fact.nodes[i] = ids[id] or id end
    table.insert(fact.nodes and facts.groups or facts.nodes, fact)
  end
  for i, edge in ipairs(model.edges or {}) do
    local label = label_of(edge)
    facts.edges[i] = { from = ids[edge.tail], to = ids[edge.head],
      label = label ~= "" and label or nil }
  end
  return facts
end

local function nodes(model)
  local list, by_id = {}, {}
  for _, object in ipairs(model.objects or {}) do
    if not is_cluster(object) then
      local label = label_of(object)
      by_id[object._gvid] = label ~= "" and label or object.name
      list[#list + 1] = by_id[object._gvid]
    end
  end
  return list, by_id
end

function words.describe(model)
  local list, edges = nodes(model), #(model.edges or {})
  return ("%s, %s: %s."):format(say.plural(#list, "node"), say.plural(edges, "edge"),
    table.concat(list, ", "))
end

-- Groups, nodes and edges as lists.
function words.write(out, model)
  local list, by_id = nodes(model)
  out:leaf("p", {}, "Nodes: " .. table.concat(list, ", "))
  for _, object in ipairs(model.objects or {}) do
    if is_cluster(object) then
      local inside = {}
      for i, id in ipairs(object.nodes or {}) do inside[i] = by_id[id] or "" end
      out:leaf("p", {}, ("Group %s: %s"):format(label_of(object), table.concat(inside, ", ")))
    end
  end
  if not model.edges then return end
  out:open("ul")
  local joint = model.directed and " to " or " and "
  for _, edge in ipairs(model.edges) do
    local label = label_of(edge)
    out:leaf("li", {}, (by_id[edge.tail] or "") .. joint .. (by_id[edge.head] or "")
      .. (label ~= "" and ": " .. label or ""))
  end
  out:close()
end

return words
