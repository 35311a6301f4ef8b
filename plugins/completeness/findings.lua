-- SPDX-License-Identifier: MIT
-- Reports gaps as loudly as a spec's status asks for, and names the kind that a page looks like.
local names = require "names"
local findings = {}

local LEVELS = { off = true, info = true, warning = true, error = true }
local MIN_ALIKE, ALIKE = 4, 0.7
local NOTHING = {}

local MESSAGES = {
  missing = function(title, _, kind)
    return ("section \"%s\" is missing"):format(title),
      ("%s has it; write it, or say in it why it does not apply"):format(kind)
  end,
  empty = function(title, fields)
    if (fields.boxes or 0) > 0 and fields.placeholders == 0 then
      return ("nothing is ticked in section \"%s\""):format(title),
        "tick what is done, and strike through what does not apply: - [ ] ~~text~~"
    end
    return ("section \"%s\" is empty"):format(title), fields.placeholders > 0
      and "replace its placeholders" or "write it, or say in it why it does not apply"
  end,
  order = function(title, fields, kind)
    local place = fields.after and ("behind \"" .. fields.after .. "\"") or "first"
    return ("section \"%s\" is out of order"):format(title),
      ("in %s it stands %s"):format(kind, place)
  end,
  extra = function(title, _, kind)
    return ("section \"%s\" is not in the template"):format(title),
      ("is it one of the sections of %s under another name? The kind can list that as an alias")
        :format(kind)
  end,
  placeholder = function(title)
    return title, "replace the [brackets]"
  end,
  guidance = function(title)
    return title, "delete what the template says to its authors"
  end,
  field = function(title, fields)
    if fields.key then
      return ("metadata `%s` is missing"):format(title),
        ("add `%s: ...` to the front matter"):format(title)
    end
    return title, "write a value behind the colon, or delete the key"
  end,
}

-- What the site does not set stays as it is by default.
findings.levels = { Draft = "off", ["In Review"] = "info", Approved = "warning",
  Implemented = "warning" }

local function find_level(levels, wanted)
  for name, level in pairs(levels) do
    if names.plain(tostring(name)) == wanted then
      return level == false and "off" or LEVELS[level] and level or "warning"
    end
  end
  return nil
end

local function level_of(status, opt)
  local wanted = names.plain(status or "")
  return find_level(opt.levels, wanted) or find_level(findings.levels, wanted) or "info"
end

-- What is inside a missing section is missing with it: one finding will do.
local function is_inside(path, missing)
  local above = path and path:match("^(.*) / ")
  while above do
    if missing[above] then return true end
    above = above:match("^(.*) / ")
  end
  return false
end

local function report_gaps(page, schema, level, report)
  local gaps, missing, has_missing = page:records("gap"), {}, false
  for _, record in ipairs(gaps) do
    local fields = record.fields
    if fields.gap == "missing" then missing[fields.section], has_missing = true, true end
  end
  for _, record in ipairs(gaps) do
    local fields = record.fields
    local gap = fields.gap
    -- Another heading is worth a word when it may be the one that is missing.
    if gap == "extra" and has_missing or gap ~= "extra" and gap ~= "missing"
      or gap == "missing" and not is_inside(fields.section, missing) then
      local message, hint = MESSAGES[gap](record.title, fields, names.with_article(schema))
      report { code = gap, at = record, message = message, hint = hint,
        severity = (gap == "extra" or gap == "order") and "info" or level }
    end
  end
end

-- By heading: the sections that are called so; and the first letters of all of them, since most
-- headings are none.
local function index_kinds(site)
  local index, starts = {}, {}
  for _, schema in ipairs(site.kinds) do
    local required, by_name = 0, {}
    for _, entry in ipairs(names.sections(schema)) do
      if entry.required then
        required = required + 1
        for _, key in ipairs(entry.keys) do by_name[key] = entry end
      end
    end
    if required >= MIN_ALIKE then
      for key, entry in pairs(by_name) do
        index[key] = index[key] or {}
        table.insert(index[key], { schema = schema, entry = entry, required = required })
        starts[names.start(key)] = true
      end
    end
  end
  return { sections = index, starts = starts }
end

local function hits_of(title, index)
  if #title > 80 or not index.starts[names.start(title)] then return NOTHING end
  return index.sections[names.heading(title)] or NOTHING
end

-- The kind whose required sections this page has, most of them.
local function resembling(page, index)
  local seen, counts, best = {}, {}, nil
  for _, section in ipairs(page.sections) do
    for _, hit in ipairs(hits_of(section.title, index)) do
      local count = counts[hit.schema] or { of = hit, found = 0 }
      counts[hit.schema] = count
      if not seen[hit.entry] then
        seen[hit.entry] = true
        count.found = count.found + 1
      end
      if count.found >= MIN_ALIKE and count.found / hit.required >= ALIKE
        and (not best or count.found / hit.required > best.found / best.of.required) then
        best = count
      end
    end
  end
  return best
end

local function suggest(page, index, report)
  local best = resembling(page, index)
  if not best then return end
  local schema = best.of.schema
  report { code = "kind-suggested", severity = "info", page = page, line = 1,
    message = ("looks like %s: it has %d of the %d sections that one needs"):format(
      names.with_article(schema), best.found, best.of.required),
    hint = ("add `kind: %s` to the front matter, or a pattern under `kinds` to quoin.yaml")
      :format(schema.name) }
end

function findings.check(site, report, opt)
  local index = opt.suggest and index_kinds(site)
  for _, page in ipairs(site.pages) do
    local schema = page.schema
    if schema then
      local level = level_of(page.status, opt)
      if level ~= "off" then report_gaps(page, schema, level, report) end
    elseif index and not page.kind and not page.is_generated then
      suggest(page, index, report)
    end
  end
end

return findings
