-- SPDX-License-Identifier: MIT
-- geometry_dot.lua - the same boxes laid out by Graphviz' dot, read back as a picture for
-- geometry_measure.lua. Labels and titles become tables of a fixed size, so that no font counts.
local lib = require "lib"

local function table_label(width, height)
  return ('<<TABLE BORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="%d" HEIGHT="%d">'
    .. "<TR><TD></TD></TR></TABLE>>"):format(math.ceil(width), math.ceil(height))
end

local SHAPES = { ellipse = "ellipse", diamond = "diamond", hexagon = "hexagon" }

local function write_node(out, i, node)
  out[#out + 1] = ('n%d [shape=%s width=%.4f height=%.4f fixedsize=true label=""];'):format(i,
    SHAPES[node.border] or "box", node.width / 72, node.height / 72)
end

-- A node somewhere inside a group: what an edge to the group is tied to.
local function some_node(graph, group)
  for i, node in ipairs(graph.nodes) do
    local g = node.group
    while g do
      if g == group then return i end
      g = graph.groups[g].parent
    end
  end
end

local function write_group(out, graph, g)
  local group = graph.groups[g]
  out[#out + 1] = ("subgraph cluster_%d { margin=12;"):format(g)
  if (group.title_width or 0) > 0 then
    out[#out + 1] = "label=" .. table_label(group.title_width, group.title_height) .. ";"
  end
  for i, node in ipairs(graph.nodes) do
    if node.group == g then write_node(out, i, node) end
  end
  for h, other in ipairs(graph.groups) do
    if other.parent == g then write_group(out, graph, h) end
  end
  if not some_node(graph, g) then
    out[#out + 1] = ('e%d [label="" fixedsize=true width=0.5 height=0.3];'):format(g)
  end
  out[#out + 1] = "}"
end

local function end_name(graph, node, group, key)
  if node then return "n" .. node, "" end
  local inner = some_node(graph, group)
  return inner and "n" .. inner or "e" .. group, (" %s=cluster_%d"):format(key, group)
end

local function write_graph(graph)
  local out = { ("digraph { compound=true; rankdir=%s; nodesep=0.5; ranksep=0.5; edge [dir=none];")
    :format(graph.direction or "TB") }
  for i, node in ipairs(graph.nodes) do
    if not node.group then write_node(out, i, node) end
  end
  for g, group in ipairs(graph.groups or {}) do
    if not group.parent then write_group(out, graph, g) end
  end
  for i, edge in ipairs(graph.edges or {}) do
    local from, tail = end_name(graph, edge.from, edge.from_group, "ltail")
    local to, head = end_name(graph, edge.to, edge.to_group, "lhead")
    out[#out + 1] = ("%s -> %s [id=%d minlen=%d%s%s%s];"):format(from, to, i, edge.length or 1,
      tail, head, (edge.label_width or 0) > 0
        and " label=" .. table_label(edge.label_width, edge.label_height) or "")
  end
  out[#out + 1] = "}"
  return table.concat(out, "\n")
end

local function numbers(text)
  local list = {}
  for word in (text or ""):gmatch("-?[%d.]+e?[-+]?%d*") do list[#list + 1] = tonumber(word) end
  return list
end

-- Control points of cubic curves -> a polyline with a point about every 8 px.
local function sample(p, top)
  local out = { p[1], top - p[2] }
  for i = 1, #p - 7, 6 do
    local length = math.abs(p[i + 6] - p[i]) + math.abs(p[i + 7] - p[i + 1])
    local steps = math.max(4, math.ceil(length / 8))
    for s = 1, steps do
      local t = s / steps
      local a, b, c, d = (1 - t) ^ 3, 3 * t * (1 - t) ^ 2, 3 * t * t * (1 - t), t ^ 3
      out[#out + 1] = a * p[i] + b * p[i + 2] + c * p[i + 4] + d * p[i + 6]
      out[#out + 1] = top - (a * p[i + 1] + b * p[i + 3] + c * p[i + 5] + d * p[i + 7])
    end
  end
  return out
end

local function run(text)
  local name = os.tmpname()
  local file = assert(io.open(name, "w"))
  file:write(text)
  file:close()
  local pipe = assert(io.popen("timeout 20 dot -Tjson0 " .. name .. " 2>/dev/null"))
  local answer = pipe:read("a")
  pipe:close()
  os.remove(name)
  return answer:find("^%s*{") and lib.parse_json(answer) or nil
end

local function read_objects(answer, picture, graph, top)
  for _, object in ipairs(answer.objects or {}) do
    local kind, index = object.name:match("^(%a+)_?(%d+)$")
    index = tonumber(index)
    if kind == "n" then
      local at = numbers(object.pos)
      local width, height = tonumber(object.width) * 72, tonumber(object.height) * 72
      picture.nodes[index] = { x = at[1] - width / 2, y = top - at[2] - height / 2, width = width,
        height = height, border = graph.nodes[index].border, group = graph.nodes[index].group }
    elseif kind == "cluster" then
      local box = numbers(object.bb)
      picture.groups[index] = { x = box[1], y = top - box[4], width = box[3] - box[1],
        height = box[4] - box[2], parent = graph.groups[index].parent }
    end
  end
end

local function read_edges(answer, picture, graph, top)
  for _, edge in ipairs(answer.edges or {}) do
    local index = tonumber(edge.id)
    local given = graph.edges[index]
    local label
    if edge.lp then
      local at = numbers(edge.lp)
      label = { x = at[1] - given.label_width / 2, y = top - at[2] - given.label_height / 2,
        width = given.label_width, height = given.label_height }
    end
    picture.edges[index] = { from = given.from, to = given.to, from_group = given.from_group,
      to_group = given.to_group, label = label,
      points = sample(numbers((edge.pos or ""):gsub("^[es],%S+ ", "")), top) }
  end
end

return function(graph)
  local answer = run(write_graph(graph))
  if not answer then return nil end
  local box = numbers(answer.bb)
  local picture = { width = box[3] - box[1], height = box[4] - box[2], nodes = {}, groups = {},
    edges = {}, is_foreign = true }
  read_objects(answer, picture, graph, box[4])
  read_edges(answer, picture, graph, box[4])
  for i = 1, #(graph.edges or {}) do
    if not picture.edges[i] or #picture.edges[i].points < 4 then return nil end
  end
  return picture
end
