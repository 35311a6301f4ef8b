-- SPDX-License-Identifier: MIT
-- geometry.lua QUOIN FILE…: how well the layout places real flowcharts, beside Graphviz' `dot` over
-- the same boxes where that program is there. Counts, not times: crossings of edges without a common
-- end, edges through foreign nodes, overlaps of labels, nodes and groups, sizes.
-- WORST=10 names the diagrams where dot crosses least in comparison, and every fault.
local here = arg[0]:match("^(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. here .. "/../kinds/?.lua;" .. package.path
local lib = require "lib"
local measure = require "geometry_measure"
local dot = require "geometry_dot"

local function quote(s)
  return "'" .. s:gsub("'", "'\\''") .. "'"
end

local function lines_of(command)
  local pipe = assert(io.popen(command))
  local out = {}
  for line in pipe:lines() do out[#out + 1] = line end
  pipe:close()
  return out
end

-- What `quoin diagram --layout` printed of one diagram, as measure.lua wants it.
local function from_quoin(answer)
  local graph, layout = answer.layout.graph, answer.layout.layout
  local picture = { width = layout.width, height = layout.height, nodes = {}, groups = {},
    edges = {} }
  for i, node in ipairs(graph.nodes) do
    local box = layout.nodes[i]
    picture.nodes[i] = { x = box.x, y = box.y, width = box.width, height = box.height,
      border = node.border, group = node.group }
  end
  for i, group in ipairs(graph.groups or {}) do
    local box = layout.groups[i]
    picture.groups[i] = { x = box.x, y = box.y, width = box.width, height = box.height,
      parent = group.parent }
  end
  for i, edge in ipairs(graph.edges or {}) do
    local route = layout.edges[i]
    local label = (edge.label_width or 0) > 0 and { x = route.label_x - edge.label_width / 2,
      y = route.label_y - edge.label_height / 2, width = edge.label_width,
      height = edge.label_height } or nil
    picture.edges[i] = { from = edge.from, to = edge.to, from_group = edge.from_group,
      to_group = edge.to_group, points = route.points, label = label }
  end
  return graph, picture
end

local COLUMNS = { "crossings", "through nodes", "label overlaps", "labels", "node overlaps",
  "group faults", "ends off", "fits 760", "fits 1000", "area" }

local function add(sums, found)
  for _, name in ipairs(COLUMNS) do sums[name] = (sums[name] or 0) + (found[name] or 0) end
end

local function print_row(name, sums, count)
  io.write(("%-12s"):format(name))
  for _, column in ipairs(COLUMNS) do
    local value = sums[column] or 0
    io.write((" %14s"):format(column == "area" and ("%.2f Mpx"):format(value / 1e6)
      or ("%d"):format(value)))
  end
  io.write(("  of %d\n"):format(count))
end

local FAULTS = { "through nodes", "label overlaps", "node overlaps", "group faults", "ends off" }

local function main()
  local quoin, files = arg[1], {}
  for i = 2, #arg do files[#files + 1] = quote(arg[i]) end
  local answers = lines_of(quote(quoin) .. " diagram --layout --timing -q "
    .. table.concat(files, " ") .. " 2>/dev/null")
  local has_dot = os.execute("command -v dot >/dev/null 2>&1")
  local ours, theirs, count, compared, worst = {}, {}, 0, 0, {}
  local ours_too = {}
  for _, line in ipairs(answers) do
    local answer = lib.parse_json(line)
    if answer.ok and answer.layout then
      local graph, picture = from_quoin(answer)
      local found = measure(picture)
      count = count + 1
      add(ours, found)
      for _, fault in ipairs(FAULTS) do
        if os.getenv("WORST") and found[fault] > 0 then
          print(("%s: %d %s"):format(answer.id, found[fault], fault))
        end
      end
      local other = has_dot and dot(graph)
      if other then
        local measured = measure(other)
        compared = compared + 1
        add(theirs, measured)
        add(ours_too, found)
        worst[#worst + 1] = { id = answer.id, by = found.crossings - measured.crossings,
          ours = found.crossings, theirs = measured.crossings }
      end
    end
  end
  io.write(("%-12s"):format(""))
  for _, column in ipairs(COLUMNS) do io.write((" %14s"):format(column)) end
  io.write("\n")
  print_row("quoin", ours, count)
  if compared > 0 then
    print_row("dot", theirs, compared)
    if compared < count then print_row("quoin, same", ours_too, compared) end
  else
    print("(the program dot is not there: nothing to compare with)")
  end
  table.sort(worst, function(a, b) return a.by > b.by or a.by == b.by and a.id < b.id end)
  for i = 1, math.min(tonumber(os.getenv("WORST") or 0), #worst) do
    print(("  %s: %d crossings, dot %d"):format(worst[i].id, worst[i].ours, worst[i].theirs))
  end
end

main()
