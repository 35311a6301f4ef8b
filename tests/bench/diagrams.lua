-- SPDX-License-Identifier: MIT
-- diagrams.lua QUOIN FOLDER - the real diagrams of the reference set: CPU of reading and drawing each,
-- and bytes of the pictures, by type, beside what the project promises.
local here = arg[0]:match("^(.*)/[^/]*$")
package.path = here .. "/../diagrams/?.lua;" .. package.path
local program = require "program"
local lib = program.lib
local quoin, folder = arg[1], arg[2]

local function files()
  local list, kinds = {}, {}
  for line in lib.read(folder .. "/index.tsv"):gmatch("[^\n]+") do
    local id, kind, valid = line:match("^(real%-%x+)\t(%w+)\t(%a+)\t")
    if valid == "True" then
      list[#list + 1] = ("%s/%s/%s.mmd"):format(folder, kind, id)
      kinds[id] = kind
    end
  end
  return list, kinds
end

local function at(sorted, share)
  return sorted[math.max(1, math.ceil(#sorted * share))]
end

local function print_row(name, times, bytes)
  table.sort(times)
  table.sort(bytes)
  print(("  %-12s %5d %10.2f %10.2f %10.2f %12d %12d"):format(name, #times, at(times, 0.5),
    at(times, 0.99), times[#times], at(bytes, 0.5), bytes[#bytes]))
end

local function main()
  local list, kinds = files()
  local all, by_kind, names = { ms = {}, bytes = {} }, {}, {}
  for _, answer in ipairs(program.diagram(quoin, "svg", list)) do
    if answer.ok then
      local kind = kinds[answer.id]
      if not by_kind[kind] then
        by_kind[kind] = { ms = {}, bytes = {} }
        names[#names + 1] = kind
      end
      for _, sums in ipairs { all, by_kind[kind] } do
        table.insert(sums.ms, answer.ms)
        table.insert(sums.bytes, #answer.svg)
      end
    end
  end
  table.sort(names)
  print(("  %-12s %5s %10s %10s %10s %12s %12s"):format("real", "count", "median ms", "p99 ms", "max ms",
    "median bytes", "max bytes"))
  for _, kind in ipairs(names) do print_row(kind, by_kind[kind].ms, by_kind[kind].bytes) end
  print_row("all", all.ms, all.bytes)
  local median, p99, bytes = at(all.ms, 0.5), at(all.ms, 0.99), at(by_kind.flowchart.bytes, 0.5)
  print(("CPU a diagram: median %.2f ms (promised: at most 2), p99 %.2f ms (at most 25)%s"):format(median,
    p99, (median > 2 or p99 > 25) and "  <-- BROKEN" or ""))
  print(("bytes of a flowchart: median %d (promised: at most 4,096)%s"):format(bytes,
    bytes > 4096 and "  <-- BROKEN" or ""))
end

main()
