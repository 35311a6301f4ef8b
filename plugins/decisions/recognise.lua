-- SPDX-License-Identifier: MIT
-- Is a page a decision? By its kind, its headings, its folder with its metadata, or its title.
local fields = require "fields"
local recognise = {}

local KINDS = { decision = true, adr = true, rfc = true, enhancement = true, kep = true }
local FOLDERS = { adr = "ADR", adrs = "ADR", decisions = "ADR", ["decision-records"] = "ADR",
  ["architecture-decision-records"] = "ADR", ["architecture-decisions"] = "ADR", rfcs = "",
  rfc = "", keps = "", enhancements = "", proposals = "" }

local function has(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

-- The prefix of ids in the folder ("" for none), or nil when no folder on the path is one of
-- decisions.
function recognise.folder(page, opt)
  local found
  for name in page.path:lower():gmatch("([^/]+)/") do
    found = FOLDERS[name] or has(opt.folders, name) and "" or found
  end
  return found
end

-- "Context", "Decision", "Consequences", or the names that MADR gives them.
local function has_headings(page)
  local context, decision, consequences = false, false, false
  for _, section in ipairs(page.sections) do
    local text = section.title:lower()
    if text:find("context", 1, true) then
      context = context or text:find("^[%d.%s]*context") ~= nil
    end
    if text:find("decision", 1, true) and text:find("^[%d.%s]*decision") then
      local is_madr = text:find("decision outcome", 1, true) ~= nil
      decision = decision or is_madr or text:find("decision%s*$") ~= nil
      consequences = consequences or is_madr
    end
    if text:find("consequences", 1, true) then
      consequences = consequences or text:find("^[%d.%s]*consequences") ~= nil
    end
  end
  return context and decision and consequences
end

local function any(meta, keys)
  for _, key in ipairs(keys) do
    if meta[key] ~= nil and meta[key] ~= "" then return true end
  end
  return false
end

local KEYS = { "deciders", "decision-makers", "decision", "decided", "date", "approvers",
  "creation-date", "start-date", "supersedes", "superseded-by" }

local function is_template(name)
  name = name:lower()
  return name:find("template", 1, true) ~= nil and not name:find("^0*[1-9]")
end

-- The page's metadata when it is a decision, else nil.
function recognise.decision(page, opt)
  local kind, name = page.kind, fields.name(page)
  if is_template(name) then return nil end
  if kind and (KINDS[kind] or has(opt.kinds, kind)) then return page.meta end
  local folder = recognise.folder(page, opt)
  local is_numbered = name:find("^%d%d%d+[-_]") ~= nil
  if folder or is_numbered then
    local meta = page.meta
    local status = meta.status
    if meta["rfc-pr"] then return meta end
    if status and status ~= "" then
      if folder and any(meta, KEYS) then return meta end
      if is_numbered and page.title:find("%f[%w]%u%u+[ -]%d+%f[%W]") then return meta end
      if is_numbered and any(meta, { "rfc", "adr", "kep-number", "rfc-pr", "start-date" }) then
        return meta
      end
    end
  end
  return has_headings(page) and page.meta or nil
end

return recognise
