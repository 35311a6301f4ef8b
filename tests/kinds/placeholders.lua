-- placeholders.lua QUOIN - placeholders and fields of the four founding documents, with and without
-- a kind, against numbers that were counted by hand and with a script; and pages of other people,
-- where brackets are nearly never placeholders.
local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path
local lib = require "lib"

local root = here .. "/../.."
local quoin = arg[1] or root .. "/build/quoin"
local founding = root .. "/../shared/kinds/"
local corpora = root .. "/../shared/corpora/"

-- { page, style, records, distinct titles }
local PLACEHOLDERS = {
  { "refinement", "bracket", 38 }, { "design", "bracket", 48, 41 }, { "architecture", "bracket", 5 },
  { "specification", "bracket", 0 }, { "specification", "angle", 4, 4 },
  { "specification", "guidance", 36 }, { "architecture", "key", 21 }, { "refinement", "key", 0 },
  { "refinement", "angle", 0 }, { "design", "angle", 0 }, { "design", "guidance", 0 },
  { "refinement", "guidance", 0 }, { "architecture", "guidance", 0 }, { "design", "key", 0 },
}
-- { page, fields, of them empty, of them only a placeholder }: in specs of a kind.
local FIELDS = { { "refinement", 28, 0, 27 }, { "design", 28, 0, 28 }, { "architecture", 25, 21, 4 } }
-- Real specs: { corpus, bracket and angle placeholders that are there }. Read one by one.
local CORPORA = { { "rust-rfcs", 0 }, { "aries-rfcs", 0 }, { "odh-adrs", 0 }, { "keps", 2 } }

local CONFIG = "plugins: {questions: true, fields: true}\n"

local function records_of(site, kind)
  return lib.lines(quoin, "list", "records", site, "--kind", kind, "--format", "json")
end

local function distinct(records, path, style)
  local seen, count = {}, 0
  for _, record in ipairs(records) do
    if record.path == path and record.fields.style == style and not seen[record.title] then
      seen[record.title] = true
      count = count + 1
    end
  end
  return count
end

local function make_site(with_kind)
  local site = lib.folder()
  lib.write(site .. "/quoin.yaml", CONFIG)
  for _, kind in ipairs { "refinement", "design", "specification", "architecture" } do
    local head = with_kind and ("---\nkind: %s\n---\n"):format(kind) or ""
    lib.write(("%s/%s.md"):format(site, kind), head .. lib.read(founding .. kind .. ".md"))
  end
  return site
end

local function check_placeholders(records, name)
  local brackets = 0
  for _, row in ipairs(PLACEHOLDERS) do
    local page, style, wanted, titles = table.unpack(row)
    local found = lib.count(records, page .. ".md", "placeholder", { style = style })
    local words = ("%s, %s: %d placeholders in %s"):format(page, name, wanted, style)
    lib.check(found == wanted, words .. ", but there are " .. found)
    if style == "bracket" then brackets = brackets + found end
    if titles then
      local different = distinct(records, page .. ".md", style)
      lib.check(different == titles, words .. (": %d titles, not %d"):format(different, titles))
    end
  end
  lib.check(brackets == 91, name .. ": 91 in brackets, but there are " .. brackets)
end

local function check_fields(records)
  for _, row in ipairs(FIELDS) do
    local page, all, empty, waiting = table.unpack(row)
    local function count(fields) return lib.count(records, page .. ".md", "field", fields) end
    lib.check(count({}) == all, ("%s: %d fields, but there are %d"):format(page, all, count({})))
    lib.check(count({ empty = true }) == empty, page .. ": empty fields " .. count({ empty = true }))
    lib.check(count({ placeholder = true }) == waiting,
      page .. ": fields with a placeholder " .. count({ placeholder = true }))
  end
end

local function check_corpora()
  for _, row in ipairs(CORPORA) do
    local corpus, wanted = table.unpack(row)
    local folder = corpora .. corpus .. "/src"
    if lib.read(corpora .. corpus .. "/src/README.md") then
      local found = 0
      for _, record in ipairs(records_of(folder, "placeholder")) do
        local style = record.fields.style
        if style == "bracket" or style == "angle" then found = found + 1 end
      end
      lib.check(found == wanted, ("%s: %d placeholders, but there are %d"):format(corpus, wanted,
        found))
    else
      print("skipped: " .. corpus .. " (../shared/corpora) is not here")
    end
  end
end

if lib.read(founding .. "design.md") then
  local site = make_site(true)
  check_placeholders(records_of(site, "placeholder"), "of a kind")
  check_fields(records_of(site, "field"))
  check_placeholders(records_of(make_site(false), "placeholder"), "without a kind")
else
  print("skipped: the founding documents (../shared/kinds) are not here")
end
check_corpora()
lib.finish()
