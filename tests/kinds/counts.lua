-- counts.lua QUOIN - the four founding documents and four filled specs, record by record.
--
-- Each row says how many records of a kind a page has, with these fields. The numbers for the
-- founding documents were counted with cmark-gfm and a script, those of the filled specs by hand;
-- none of them comes from Quoin.
local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path
local lib = require "lib"

local root = here .. "/../.."
local quoin = arg[1] or root .. "/build/quoin"
local founding = root .. "/../shared/kinds"
local KINDS = { "refinement", "design", "specification", "architecture" }
local PLUGINS = { "completeness", "crosslinks", "progress", "requirements", "risks", "endpoints",
  "elements", "decisions", "governance", "glossary", "questions", "fields", "traceability" }

-- { plugin, page, kind, fields, count }
local FOUNDING = {
  { "completeness", "refinement", "section", { label = false }, 11 },
  { "completeness", "refinement", "section", { concept = "security" }, 1 },
  { "completeness", "refinement", "section", { concept = "performance" }, 2 },
  { "completeness", "refinement", "gap", { gap = "missing" }, 0 },
  { "completeness", "refinement", "gap", { gap = "extra" }, 0 },
  { "completeness", "refinement", "gap", { gap = "order" }, 0 },
  { "completeness", "refinement", "completeness", { scope = "page", placeholders = 38 }, 1 },
  { "questions", "refinement", "placeholder", { style = "bracket" }, 38 },
  { "fields", "refinement", "field", {}, 28 },
  { "progress", "refinement", "task", {}, 0 },
  { "risks", "refinement", "risk", {}, 0 },
  { "endpoints", "refinement", "endpoint", {}, 0 },
  { "governance", "refinement", "approval", {}, 0 },

  { "completeness", "design", "section", {}, 16 },
  { "completeness", "design", "section", { state = "empty" }, 16 },
  { "completeness", "design", "gap", { gap = "missing" }, 0 },
  { "completeness", "design", "gap", { gap = "extra" }, 0 },
  { "completeness", "design", "completeness", { scope = "page", placeholders = 48 }, 1 },
  { "completeness", "design", "completeness", { scope = "page", score = 0 }, 1 },
  { "questions", "design", "placeholder", { style = "bracket" }, 48 },
  { "questions", "design", "placeholder", { place = "path" }, 4 },
  { "questions", "design", "placeholder", { place = "label" }, 7 },
  { "questions", "design", "placeholder", { place = "fence" }, 1 },
  { "questions", "design", "placeholder", { place = "heading" }, 1 },
  { "endpoints", "design", "endpoint", {}, 4 },
  { "endpoints", "design", "endpoint", { path = "/{resource}" }, 4 },
  { "elements", "design", "milestone", {}, 3 },
  { "elements", "design", "component", {}, 0 },
  { "progress", "design", "task", {}, 0 },
  { "risks", "design", "risk", {}, 0 },

  { "completeness", "specification", "section", {}, 19 },
  { "completeness", "specification", "gap", { gap = "missing" }, 0 },
  { "completeness", "specification", "gap", { gap = "extra" }, 0 },
  { "completeness", "specification", "gap", { gap = "order" }, 0 },
  { "questions", "specification", "placeholder", { style = "bracket" }, 0 },
  { "questions", "specification", "placeholder", { style = "angle" }, 4 },
  { "requirements", "specification", "requirement", { functional = true }, 4 },
  { "requirements", "specification", "requirement", { functional = true, level = "shall" }, 4 },
  { "requirements", "specification", "requirement", { functional = false }, 6 },
  { "endpoints", "specification", "endpoint", { external = false }, 4 },
  { "endpoints", "specification", "endpoint", { external = true }, 1 },
  { "risks", "specification", "risk", {}, 4 },
  { "risks", "specification", "risk", { mitigation = "*" }, 4 },
  { "governance", "specification", "approval", {}, 4 },
  { "governance", "specification", "approval", { state = "approved", date = "2025-06-25" }, 2 },
  { "governance", "specification", "approval", { state = "approved", date = "2025-06-24" }, 2 },
  { "governance", "specification", "revision", {}, 4 },
  { "governance", "specification", "revision", { version = "1.0", date = "2025-07-01" }, 1 },
  { "governance", "specification", "person", { _section = "Stakeholders & Contributors" }, 5 },
  { "governance", "specification", "person", { _section = "Approval & Sign-off" }, 4 },
  { "elements", "specification", "dependency", {}, 1 },
  { "progress", "specification", "task", {}, 0 },

  { "progress", "architecture", "task", {}, 119 },
  { "progress", "architecture", "task", { state = "choose-one" }, 4 },
  { "progress", "architecture", "task", { state = "open" }, 115 },
  { "progress", "architecture", "progress", { scope = "page", total = 116 }, 1 },
  { "completeness", "architecture", "section", {}, 43 },
  { "completeness", "architecture", "section", { state = "empty" }, 43 },
  { "completeness", "architecture", "gap", { gap = "missing" }, 0 },
  { "completeness", "architecture", "gap", { gap = "extra" }, 0 },
  { "completeness", "architecture", "completeness", { scope = "page", placeholders = 5 }, 1 },
  { "questions", "architecture", "placeholder", { style = "bracket" }, 5 },
  { "fields", "architecture", "field", { empty = true }, 21 },
  { "governance", "architecture", "revision", {}, 0 },
  { "governance", "architecture", "approval", {}, 0 },
  { "risks", "architecture", "risk", {}, 0 },
  { "endpoints", "architecture", "endpoint", {}, 0 },
}

-- { plugin, page, code, count }: what the specification says against itself, and its damage.
local FINDINGS = {
  { "governance", "specification", "early-approval", 4 },
  { "governance", "specification", "two-titles", 2 },
  { "governance", "specification", "head-date", 1 },
  { "completeness", "specification", "content-before-title", 1 },
  { "completeness", "specification", "lost-figure", 1 },
}

local LEAD = "lead-dashboard/"
local FILLED = {
  { "completeness", "refinement-alerts", "section", { label = false, state = "filled" }, 11 },
  { "completeness", "design-inbox", "section", { state = "filled" }, 16 },
  { "completeness", "specification", "section", { state = "filled" }, 19 },
  { "completeness", "architecture", "section", { state = "filled" }, 43 },
  { "completeness", "refinement-alerts", "completeness", { scope = "page", score = 100 }, 1 },
  { "completeness", "design-inbox", "completeness", { scope = "page", score = 100 }, 1 },
  { "completeness", "specification", "completeness", { scope = "page", score = 100 }, 1 },
  { "completeness", "architecture", "completeness", { scope = "page", score = 100 }, 1 },
  { "completeness", "specification", "gap", {}, 0 },
  { "questions", "refinement-alerts", "placeholder", {}, 0 },
  { "questions", "design-inbox", "placeholder", {}, 0 },
  { "questions", "specification", "placeholder", {}, 0 },
  { "questions", "architecture", "placeholder", {}, 0 },
  { "fields", "architecture", "field", { empty = true }, 0 },
  { "progress", "architecture", "task", {}, 119 },
  { "progress", "design-inbox", "task", {}, 6 },
  { "progress", "design-inbox", "task", { state = "done" }, 3 },
  { "progress", "design-inbox", "task", { state = "not-applicable" }, 1 },
  { "progress", "refinement-alerts", "task", { owner = "*" }, 4 },
  { "requirements", "specification", "requirement", { functional = true }, 8 },
  { "requirements", "specification", "requirement", { functional = false }, 6 },
  { "endpoints", "design-inbox", "endpoint", {}, 5 },
  { "endpoints", "specification", "endpoint", { external = false }, 6 },
  { "endpoints", "specification", "endpoint", { external = true }, 2 },
  { "risks", "specification", "risk", { mitigation = "*" }, 4 },
  { "risks", "refinement-alerts", "risk", {}, 2 },
  { "elements", "design-inbox", "entity", {}, 3 },
  { "elements", "design-inbox", "milestone", {}, 3 },
  { "governance", "specification", "approval", { state = "approved" }, 4 },
  { "governance", "specification", "revision", {}, 4 },
  { "governance", "specification", "person", { _section = "Stakeholders & Contributors" }, 8 },
  { "governance", "architecture", "revision", {}, 4 },
  { "governance", "architecture", "review", { last = "2026-11-10", next = "2027-01-11" }, 1 },
}

local function show_fields(fields)
  local list = {}
  for key, value in pairs(fields) do list[#list + 1] = ("%s=%s"):format(key, tostring(value)) end
  table.sort(list)
  return #list > 0 and " with " .. table.concat(list, ", ") or ""
end

local function compare(records, rows, folder)
  for _, row in ipairs(rows) do
    local plugin, page, kind, fields, wanted = table.unpack(row)
    local found = lib.count(records, folder .. page .. ".md", kind, fields)
    local words = ("%s%s: %d %s%s"):format(folder, page, wanted, kind, show_fields(fields))
    lib.check(found == wanted, ("%s, but %s finds %d"):format(words, plugin, found))
  end
end

local function config()
  local lines = { "title: Kinds", "plugins:" }
  for _, name in ipairs(PLUGINS) do
    lines[#lines + 1] = "  " .. name .. ": true"
  end
  return table.concat(lines, "\n") .. "\n"
end

local function compare_findings(findings)
  for _, row in ipairs(FINDINGS) do
    local plugin, page, code, wanted = table.unpack(row)
    local found, wanted_code = 0, plugin .. "." .. code
    for _, finding in ipairs(findings) do
      if finding.code == wanted_code and finding.file == page .. ".md" then found = found + 1 end
    end
    lib.check(found == wanted, ("%s: %d findings %s, but there are %d"):format(page, wanted,
      wanted_code, found))
  end
end

local function check_founding()
  local site = lib.folder()
  lib.write(site .. "/quoin.yaml", config())
  for _, kind in ipairs(KINDS) do
    local text = lib.read(founding .. "/" .. kind .. ".md")
    if not text then
      print("skipped: the founding documents (../shared/kinds) are not here")
      return
    end
    lib.write(("%s/%s.md"):format(site, kind), ("---\nkind: %s\n---\n"):format(kind) .. text)
  end
  compare(lib.lines(quoin, "list", "records", site, "--format", "json"), FOUNDING, "")
  compare_findings(lib.lines(quoin, "check", "-v", "--format", "json", "--max-findings", "0", site))
end

local function check_filled()
  local site = lib.folder()
  lib.output("cp", "-R", root .. "/site-example/lead-dashboard", site)
  lib.write(site .. "/quoin.yaml", config())
  compare(lib.lines(quoin, "list", "records", site, "--format", "json"), FILLED, LEAD)
end

check_founding()
check_filled()
lib.finish()
