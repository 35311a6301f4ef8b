-- SPDX-License-Identifier: MIT
-- Every diagram of the reference set: its facts against those of Mermaid, and whether its picture
-- and its words are complete and well formed. VERBOSE=1 lists what differs, TYPE=flowchart looks at
-- one type only.
local types = require "types"
local mermaid = require "mermaid"
local check_xml = require "xml"

-- How many of the real diagrams and of Mermaid's own must have identical facts, in parts of 1.
-- Types of which the reference holds only `texts` are not compared.
local REQUIRED = {
  flowchart = { 0.99, 0.95 }, sequence = { 0.99, 0.95 }, state = { 0.97, 0.95 },
  class = { 0.97, 0.95 }, er = { 0.97, 0.95 }, gantt = { 0.90, 0.95 }, c4 = { 0.90, 0.95 },
}
local OTHERS = { 0.90, 0.95 }

local LIMITS = { max_events = 5000, max_bytes = 50000 }

-- Lists without order, as compare.py of the reference has them.
local SETS = {}
for name in ("nodes groups edges states classes relations entities notes namespaces shapes "
  .. "boundaries rels services junctions requirements elements created destroyed links points")
  :gmatch("%a+") do
  SETS[name] = true
end

local function read_file(path)
  local file = io.open(path)
  if not file then return nil end
  local s = file:read("a")
  file:close()
  return s
end

-- The same text for equal facts; empty values do not count (but in lists they keep their place).
local function canonical(v, key)
  if type(v) ~= "table" then
    return type(v) == "number" and ("%.6g"):format(v) or ("%q"):format(tostring(v))
  end
  local parts = {}
  if v[1] ~= nil then
    for i, item in ipairs(v) do parts[i] = canonical(item) or "{}" end
    if SETS[key] then table.sort(parts) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for k, item in quoin.sorted(v) do
    if item ~= "" and item ~= false then
      local s = canonical(item, k)
      if s then parts[#parts + 1] = k .. "=" .. s end
    end
  end
  return #parts > 0 and "{" .. table.concat(parts, ",") .. "}" or nil
end

local function first_difference(a, b)
  local at = 1
  while at <= #a and a:byte(at) == b:byte(at) do at = at + 1 end
  local from = math.max(1, at - 60)
  return ("\n    expected …%s\n    got      …%s"):format(a:sub(from, at + 60), b:sub(from, at + 60))
end

local function squeeze(s)
  return (s:gsub("&lt;", "<"):gsub("&gt;", ">"):gsub("&quot;", '"'):gsub("&#39;", "'")
    :gsub("&amp;", "&"):gsub("\u{A0}", ""):gsub("[%s*_`]+", ""))
end

-- A label of the facts that does not stand in `content`, white space and emphasis aside. Facts have
-- lost what looks like a tag (<order-id>), so `content` also counts without that.
-- Names of icons, which have no picture here, do not count.
local ICON = "%f[%w]fa[bklrs]?:fa%-[%w-]*"
local LABELS = { label = true, text = true, descr = true, techn = true }
local function squeeze_content(s)
  s = squeeze(s or "")
  return s .. "\n" .. s:gsub("</?%a[^<>]*>", "") .. "\n" .. s:gsub("</?%a[^>]*>", "")
end

local function missing_label(facts, content)
  if type(facts) ~= "table" then return nil end
  for key, value in quoin.sorted(facts) do
    local lost = type(value) == "table" and missing_label(value, content)
      or type(value) == "string" and LABELS[key]
        and not content:find(squeeze((value:gsub(ICON, ""))), 1, true)
        and value
    if lost then return lost end
  end
end

local function draws_well(check, render, id, source, read)
  local html, findings = render(source)
  if not check(html, id .. " is drawn", findings[1] and findings[1].message) then return end
  local problem, content = check_xml(html)
  if not check(not problem, id .. " is well formed", problem) then return end
  local facts = read.kind.facts(read.model)
  local lost = missing_label(facts, squeeze_content(content:match("^(.*)Text version")))
  check(not lost, id .. " shows every label", lost)
  lost = missing_label(facts, squeeze_content(content:match("Text version(.*)$")))
  check(not lost, id .. " has every label in its text version", lost)
  check((render(source)) == html, id .. " is the same twice")
end

-- The reference was made on one page, and Mermaid keeps the accDescr of a C4 diagram for those that
-- come after it: what the source does not say is no fact of the diagram.
local function drop_leaks(folder, facts, source)
  if folder == "c4" and facts and not source:find("accDesc", 1, true) then facts.accDescr = nil end
end

local function one_type(check, render, folder, files)
  local count, same = { real = 0, own = 0 }, { real = 0, own = 0 }
  for line in files:gmatch("[^\n]+") do
    local expected = assert(quoin.parse_json(line))
    local source = read_file(folder.path .. expected.id .. ".mmd")
    drop_leaks(folder.name, expected.facts, source)
    local ok, read, problem = pcall(mermaid.read, source, LIMITS)
    if not check(ok, expected.id .. " raises nothing", read) then
      read, problem = nil, { message = "raised" }
    end
    if expected.ok then
      local origin = expected.id:match("^%a+")
      if expected.facts then
        count[origin] = count[origin] + 1
        local got = read and canonical(read.kind.facts(read.model)) or "nothing"
        local wished = canonical(expected.facts) or "nothing"
        if got == wished then
          same[origin] = same[origin] + 1
        elseif os.getenv("VERBOSE") then
          print("differs: " .. folder.name .. "/" .. expected.id,
            problem and ("%d: %s"):format(problem.line, problem.message)
              or first_difference(wished, got))
        end
      end
      if read then draws_well(check, render, expected.id, source, read) end
    elseif os.getenv("VERBOSE") and read then
      print("accepted, refused by Mermaid: " .. folder.name .. "/" .. expected.id .. " "
        .. expected.error:sub(1, 100):gsub("\n", " "))
    elseif problem then
      check(problem.line and problem.column, expected.id .. " reports its error", problem.message)
    end
  end
  print(("%-11s identical facts: real %d of %d, Mermaid's own %d of %d"):format(folder.name,
    same.real, count.real, same.own, count.own))
  local required = REQUIRED[folder.name] or OTHERS
  check(same.real >= count.real * required[1], folder.name .. ": facts of real diagrams")
  check(same.own >= count.own * required[2], folder.name .. ": facts of Mermaid's tests")
end

return function(check, render)
  local reference = arg[0]:match("^(.*)/[^/]*$") .. "/../../../../shared/mermaid/"
  local done = {}
  for _, name in quoin.sorted(types) do
    local path = reference .. name .. "/"
    local files = read_file(path .. "facts.jsonl")
    if not files and not done[name] then
      print("skipped: the reference set of " .. name .. " (../shared/mermaid) is not there")
    elseif files and not done[name] and (os.getenv("TYPE") or name) == name then
      one_type(check, render, { name = name, path = path }, files)
    end
    done[name] = true
  end
end
