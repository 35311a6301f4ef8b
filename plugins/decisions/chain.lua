-- SPDX-License-Identifier: MIT
-- Which decision supersedes which, and where they disagree.
local chain = {}

local SERIES = { [""] = true, ADR = true, RFC = true, KEP = true }

-- Folder of the series: that of the file, or for a decision with a folder of its own the one above.
local function series(page)
  local folder = page.path:match("^(.*/)[^/]*$") or ""
  return page.is_index and (folder:match("^(.*/)[^/]+/$") or "") or folder
end

local function build_index(records)
  local index = { path = {}, number = {}, page = {} }
  for _, record in ipairs(records) do
    local page = record.page
    index.page[page.path] = record
    index.path[page.path:gsub("%.md$", ""):gsub("/[^/]*$", page.is_index and "" or "%0")] = record
    local number = record.fields.number
    if number then
      local key = series(page) .. number
      index.number[key] = index.number[key] == nil and record or false -- false: ambiguous
    end
  end
  return index
end

-- Links of the record's page whose text is part of what was written.
local function by_link(record, name, index)
  for _, link in ipairs(record.page.links) do
    local page = link.page
    if page and #link.text > 2 and name:find(link.text, 1, true) and index.page[page.path] then
      return index.page[page.path]
    end
  end
end

-- The decision that `name`, written on the record's page, means; nil when it is not known.
local function resolve(site, record, name, index)
  local found = by_link(record, name, index)
  if found then return found end
  local path = name:gsub("^/+", ""):gsub("/+$", ""):gsub("%.md$", "")
  found = index.path[path] or index.path["keps/" .. path]
  if found then return found end
  local prefix, number = name:match("^(%u*)[ -]?#?0*(%d+)$")
  if not prefix then prefix, number = name:match("^(%u+)[ -]#?0*(%d+)%f[%W]") end
  if not SERIES[prefix] then number = nil end -- somebody else's number
  local key = number and #number < 10 and series(record.page) .. math.tointeger(tonumber(number, 10))
  if key and index.number[key] then return index.number[key] end
  if name:find("[%[%]|#/\n]") or #name > 100 then return nil end -- no name: a path or a sentence
  local target = site:find(name, record.page)
  return target.page and index.page[target.page.path] or nil
end

local function targets(site, record, field, index)
  local found = {}
  for _, name in ipairs(record.fields[field] or {}) do
    local target = resolve(site, record, name, index)
    if target and target.page ~= record.page then found[#found + 1] = target end
  end
  return found
end

local function name_of(record)
  return record.id or record.page.path
end

local function names(list, wanted)
  for _, record in ipairs(list) do
    if record.page == wanted.page then return true end
  end
  return false
end

-- Follows "superseded by" from each decision; a chain that comes back is reported once.
local function report_loops(records, superseded_by, report)
  local done = {}
  for _, start in ipairs(records) do
    local path, seen, record = {}, {}, start
    while record and not seen[record.page.path] and not done[record.page.path] do
      seen[record.page.path] = #path + 1
      path[#path + 1] = record
      record = superseded_by[record.page.path][1]
    end
    local from = record and seen[record.page.path]
    if from then
      local steps = {}
      for i = from, #path do steps[#steps + 1] = name_of(path[i]) end
      steps[#steps + 1] = name_of(record)
      report { code = "loop", at = record,
        message = "the chain of what supersedes what comes back: " .. table.concat(steps, ", ") }
    end
    for _, step in ipairs(path) do done[step.page.path] = true end
  end
end

function chain.check(site, report, severity)
  local records = {}
  for _, record in ipairs(site:records("decision")) do
    if not record.page.is_generated then records[#records + 1] = record end
  end
  local index, superseded_by, supersedes = build_index(records), {}, {}
  for _, record in ipairs(records) do
    local path = record.page.path
    superseded_by[path] = targets(site, record, "superseded_by", index)
    supersedes[path] = targets(site, record, "supersedes", index)
  end
  report_loops(records, superseded_by, report)
  if severity == "off" then return end
  for _, record in ipairs(records) do
    for _, other in ipairs(superseded_by[record.page.path]) do
      if not names(supersedes[other.page.path], record) then
        report { code = "one-sided", at = record, severity = severity,
          message = ("superseded by %s, which does not say so"):format(name_of(other)),
          hint = ("add to %s: Supersedes: %s"):format(other.page.path, name_of(record)) }
      end
    end
    for _, other in ipairs(supersedes[record.page.path]) do
      if not names(superseded_by[other.page.path], record) then
        report { code = "one-sided", at = record, severity = severity,
          message = ("supersedes %s, which does not say so"):format(name_of(other)),
          hint = ("add to %s: Superseded by: %s"):format(other.page.path, name_of(record)) }
      end
    end
  end
end

return chain
