-- SPDX-License-Identifier: MIT
-- reference.lua QUOIN FOLDER - every diagram of the reference set through the program: facts against
-- those of Mermaid, as compare.py of that set compares them; pictures; text versions; what is said
-- of those that Mermaid refuses. VERBOSE=1 names what differs.
local here = arg[0]:match("^(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local program = require "program"
local lib = program.lib
local markup = require "markup"
local labels = require "labels"
local source_line = require "source_lines"
local quoin, folder = arg[1], arg[2]

-- Parts that must have identical facts: of real diagrams, of Mermaid's own.
local REQUIRED = { flowchart = { 0.99, 0.95 }, sequence = { 0.99, 0.95 }, state = { 0.97, 0.95 },
  class = { 0.97, 0.95 }, er = { 0.97, 0.95 }, gantt = { 0.90, 0.95 }, c4 = { 0.90, 0.95 } }
for kind in ("pie timeline journey gitGraph quadrant mindmap kanban requirement xychart block")
  :gmatch("%a+") do
  REQUIRED[kind] = { 0.90, 0.95 }
end

local SETS = {}
for name in ("nodes groups edges states classes relations entities notes namespaces shapes "
  .. "boundaries rels services junctions requirements elements created destroyed links points")
  :gmatch("%a+") do
  SETS[name] = true
end

local canonical

local function canonical_list(list, name)
  local parts = {}
  for i, item in ipairs(list) do parts[i] = canonical(item) or "{}" end
  if SETS[name] then table.sort(parts) end
  return "[" .. table.concat(parts, ",") .. "]"
end

-- The same text for equal facts, nil for what counts as nothing.
function canonical(value, name)
  if value == "" or value == false or value == 0 then return nil end
  if type(value) ~= "table" then
    return type(value) == "number" and ("%.14g"):format(value) or ("%q"):format(tostring(value))
  end
  if value[1] ~= nil then return canonical_list(value, name) end
  local parts = {}
  for key, item in pairs(value) do
    local text = canonical(item, key)
    if text then parts[#parts + 1] = key .. "=" .. text end
  end
  table.sort(parts)
  return #parts > 0 and "{" .. table.concat(parts, ",") .. "}" or nil
end

-- --- what there is -------------------------------------------------------------------------------

local function read_reference()
  local list, by_id = {}, {}
  for line in lib.read(folder .. "/index.tsv"):gmatch("[^\n]+") do
    local id, kind = line:match("^(%a+%-%x+)\t(%w+)\t")
    if id then
      local entry = { id = id, kind = kind, path = ("%s/%s/%s.mmd"):format(folder, kind, id) }
      list[#list + 1], by_id[id] = entry, entry
    end
  end
  local has_facts = {}
  for _, entry in ipairs(list) do
    local text = not has_facts[entry.kind] and lib.read(folder .. "/" .. entry.kind
      .. "/facts.jsonl")
    has_facts[entry.kind] = true
    for line in (text or ""):gmatch("[^\n]+") do
      local answer = lib.parse_json(line)
      if by_id[answer.id] then by_id[answer.id].reference = answer end
    end
  end
  return list, by_id
end

-- Puts the answers of one stage into the entries.
local function run(stage, list, by_id)
  local files = {}
  for i, entry in ipairs(list) do files[i] = entry.path end
  for _, answer in ipairs(program.diagram(quoin, stage,
    files)) do by_id[answer.id][stage] = answer end
end

-- --- facts ---------------------------------------------------------------------------------------

-- The reference was made on one page, and Mermaid keeps the accDescr of a C4 diagram for those that
-- come after it: what the source does not say is no fact of the diagram.
local function without_leak(entry, facts)
  if entry.kind == "c4" and not lib.read(entry.path):find("accDesc", 1, true) then
    facts.accDescr = nil
  end
  return facts
end

local function compare(entry, count)
  local expected = entry.reference.facts
  if not expected then return end
  local origin = entry.id:match("^%a+")
  local kind = count[entry.kind] or { real = { 0, 0 }, own = { 0, 0 } }
  count[entry.kind] = kind
  kind[origin][1] = kind[origin][1] + 1
  local got = entry.facts.ok and canonical(entry.facts.facts)
  if got == canonical(without_leak(entry, expected)) then
    kind[origin][2] = kind[origin][2] + 1
  elseif os.getenv("VERBOSE") then
    print("differs: " .. entry.kind .. "/" .. entry.id)
  end
end

local function print_facts(count)
  local kinds = {}
  for kind in pairs(count) do kinds[#kinds + 1] = kind end
  table.sort(kinds)
  print("identical facts      real          Mermaid's own")
  for _, kind in ipairs(kinds) do
    local real, own = count[kind].real, count[kind].own
    print(("  %-13s %4d of %4d      %4d of %4d"):format(kind, real[2], real[1], own[2], own[1]))
    lib.check(real[2] >= REQUIRED[kind][1] * real[1], kind .. ": facts of real diagrams")
    lib.check(own[2] >= REQUIRED[kind][2] * own[1], kind .. ": facts of Mermaid's own diagrams")
  end
end

-- --- pictures and words --------------------------------------------------------------------------

local function look_at(entry, sums)
  if not lib.check(not markup(entry.svg.svg), entry.id .. ": "
    .. (markup(entry.svg.svg) or "")) then
    return
  end
  local _, content = markup(entry.svg.svg)
  local facts = entry.facts.facts
  local lost = labels.missing(facts, labels.content(table.concat(content)))
  lib.check(not lost, ("%s: the picture does not show %q"):format(entry.id, lost or ""))
  lost = labels.missing(facts, labels.content(entry.text.text))
  lib.check(not lost, ("%s: the text version does not say %q"):format(entry.id, lost or ""))
  local edges, without = labels.connections(entry.kind, facts, entry.text.text)
  lib.check(not without, ("%s: no line of the text version for %s"):format(entry.id, without or ""))
  sums.edges = sums.edges + edges
end

local function look_at_valid(list)
  local sums, count, drawn, told = { edges = 0 }, {}, 0, 0
  local valid = 0
  for _, entry in ipairs(list) do
    if entry.reference.ok and REQUIRED[entry.kind] then
      valid = valid + 1
      compare(entry, count)
      if entry.svg.ok and entry.facts.ok and entry.text.ok then
        drawn = drawn + 1
        look_at(entry, sums)
      else
        print(("not drawn: %s/%s: %s"):format(entry.kind, entry.id, entry.svg.error or "?"))
      end
      for _, finding in ipairs(entry.svg.findings) do
        if finding.code == "diagrams.lenient" and not entry.reference.render_error then
          told = told + 1
          print(("Mermaid takes it, a note says it would not: %s/%s:%d"):format(entry.kind,
            entry.id,
            finding.line))
        end
      end
    elseif entry.reference.ok then
      lib.check(not entry.svg.ok and #entry.svg.findings == 1,
        entry.id .. ": a type that is not drawn has one finding")
    end
  end
  print_facts(count)
  print(("drawn: %d of %d valid diagrams (%d edges in words)"):format(drawn, valid, sums.edges))
  lib.check(drawn >= 0.995 * valid, "not enough of the valid diagrams are drawn")
  lib.check(told <= 0.001 * valid, "wrong notes about GitHub")
end

-- --- what Mermaid refuses ------------------------------------------------------------------------

local function distance(entry)
  local text = lib.read(entry.path)
  local line, _, count = source_line(text, entry.reference.error), text:gsub("\n", "")
  local least
  for _, finding in ipairs(entry.svg.findings) do
    lib.check(finding.line >= 1 and finding.line <= count + 1 and finding.column >= 1,
      entry.id .. ": a finding outside of the text")
    local d = line and math.abs(finding.line - line)
    if d and (not least or d < least) then least = d end
  end
  return least, line
end

local function look_at_invalid(list)
  local invalid, told, with_line, exact, near = 0, 0, 0, 0, 0
  for _, entry in ipairs(list) do
    if not entry.reference.ok then
      invalid = invalid + 1
      local is_told = #entry.svg.findings > 0
      lib.check(is_told, ("%s/%s: nothing is said, Mermaid refuses it: %s"):format(entry.kind,
        entry.id, entry.reference.error:sub(1, 90):gsub("\n", " ")))
      told = told + (is_told and 1 or 0)
      local by, line = distance(entry)
      if by and REQUIRED[entry.kind] then
        with_line = with_line + 1
        exact = exact + (by == 0 and 1 or 0)
        near = near + (by <= 1 and 1 or 0)
        if by > 0 and os.getenv("VERBOSE") then
          print(("another line: %s/%s: %d, Mermaid %d"):format(entry.kind, entry.id,
            entry.svg.findings[1].line, line))
        end
      end
    end
  end
  print(("refused by Mermaid: %d, with a finding: %d; of %d whose error names a line: %d on that line, "
    .. "%d within one line"):format(invalid, told, with_line, exact, near))
  lib.check(near >= 0.9 * with_line, "findings on other lines than Mermaid's")
end

local list, by_id = read_reference()
for _, stage in ipairs { "facts", "svg", "text" } do run(stage, list, by_id) end
look_at_valid(list)
look_at_invalid(list)
lib.finish()
