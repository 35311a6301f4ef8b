-- SPDX-License-Identifier: MIT
-- The heat-map: specs down, concepts across. A table of words with links, coloured by class.
local names = require "names"
local score = require "score"
local register = {}

local PATH = "registers/completeness.md"
local ORDER = { "overview", "stakeholders", "requirements", "architecture", "data", "api", "frontend",
  "security", "performance", "testing", "operations", "rollout", "risks", "cost", "documentation",
  "questions", "approval", "revision" }
local NAMES = { api = "API" }

local function plain(text) -- every mark of punctuation stands for itself
  return (text:gsub("[%p\n]", function(mark) return mark == "\n" and " " or "\\" .. mark end))
end

local function destination(path, anchor)
  local url = ("/" .. path):gsub("[%%<>#?\\\n]", function(c) return ("%%%02X"):format(c:byte()) end)
  return "<" .. url .. (anchor ~= "" and "#" .. anchor or "") .. ">"
end

local function add_part(concepts, name, share, weight, anchor)
  local cell = concepts[name]
  if not cell then
    cell = { share = 0, weight = 0, is_missing = true }
    concepts[name] = cell
  end
  cell.share, cell.weight = cell.share + share * weight, cell.weight + weight
  if anchor then
    cell.is_missing = false
    -- The first place that still wants work, else the first one.
    if not cell.anchor or share < 1 and cell.is_done then
      cell.anchor, cell.is_done = anchor, share == 1
    end
  end
end

-- By concept: how far its sections are, all together. Sections inside one of the same concept are
-- counted with it.
local function concepts_of(page)
  local concepts, seen = {}, {}
  for _, record in ipairs(page:records("section")) do
    local own = record.fields
    local above = own.section:match("^(.*) / [^/]*$")
    if own.concept and not (above and seen[above] == own.concept) then
      add_part(concepts, own.concept, own.share, math.max(own.total, 1), record.anchor)
    end
    seen[own.section] = own.concept
  end
  for _, section in ipairs(names.sections(page.schema)) do
    local concept = section.concept
    if concept and not concepts[concept] and section.required then add_part(concepts, concept, 0, 1) end
  end
  return concepts
end

local function cell_text(cell, path)
  if not cell then return "–" end
  if cell.is_missing then return "missing" end
  local share = cell.share / cell.weight
  local text = share == 0 and "empty" or share > 0.9999 and "filled"
    or ("partial %d %%"):format(math.floor(100 * share))
  return ("[%s](%s)"):format(text, destination(path, cell.anchor))
end

local function columns_of(rows)
  local used, columns, rest = {}, {}, {}
  for _, row in ipairs(rows) do
    for name in pairs(row.concepts) do used[name] = true end
  end
  for _, name in ipairs(ORDER) do
    if used[name] then columns[#columns + 1] = name end
    used[name] = nil
  end
  for name in pairs(used) do rest[#rest + 1] = name end
  table.sort(rest)
  return table.move(rest, 1, #rest, #columns + 1, columns)
end

local function add_table(out, rows)
  local columns = columns_of(rows)
  out:add("| Spec | Kind | Status | Score |")
  for _, name in ipairs(columns) do
    out:add(" ", plain(NAMES[name] or name:sub(1, 1):upper() .. name:sub(2)), " |")
  end
  out:add("\n|---|---|---|---:|", ("---|"):rep(#columns), "\n")
  for _, row in ipairs(rows) do
    local page = row.page
    out:add("| [", plain(page.title), "](", destination(page.path, ""), ") | ",
      plain(names.kind(page.schema)), " | ", plain(page.status or ""), " | ", row.score, " % |")
    for _, name in ipairs(columns) do
      out:add(" ", cell_text(row.concepts[name], page.path), " |")
    end
    out:add("\n")
  end
  out:add("\n")
end

local function rows_of(pages)
  local rows = {}
  for _, page in ipairs(pages) do
    local fields = not page.is_generated and score.of(page:records("completeness"), "page")
    if fields then
      rows[#rows + 1] = { page = page, score = fields.score, concepts = concepts_of(page) }
    end
  end
  return rows
end

local function groups_of(site)
  local groups, others = {}, { title = "Other pages", pages = {} }
  for _, project in ipairs(site.projects) do
    groups[#groups + 1] = { title = project.title, pages = project.pages }
  end
  for _, page in ipairs(site.pages) do
    if not page.project then table.insert(others.pages, page) end
  end
  groups[#groups + 1] = others
  return groups
end

function register.pages(site, add, opt)
  if not opt.register then return end
  local out, has_rows, shown = quoin.buffer(), false, 0
  out:add("How far each spec is, by what its sections are about. A cell says **filled**, **partial** ",
    "with the share that is written, **empty** (a heading and nothing of its author's) or **missing** ",
    "(required, and not there), and leads to the section; – means that this kind of spec has no such ",
    "section, or needs none. The score counts all sections.\n\n")
  for _, group in ipairs(groups_of(site)) do
    local rows = rows_of(group.pages)
    if #rows > 0 then
      has_rows = true
      out:add("## ", plain(group.title), "\n\n")
      local room = math.max(0, opt.max_rows - shown)
      if #rows > room then
        -- The least complete are what a reader looks for.
        table.sort(rows, function(one, other) return one.score < other.score end)
        out:add("The ", room, " least complete of ", #rows, " specs.\n\n")
        rows = table.move(rows, 1, room, 1, {})
      end
      shown = shown + #rows
      if #rows > 0 then add_table(out, rows) end
    end
  end
  if not has_rows then return end
  add { path = PATH, title = "Completeness", markdown = out:text(), layout = "register", order = 910 }
end

-- Colours come from classes; the words are there without them.
function register.transform(page)
  if page.path ~= PATH or not page.is_generated then return end
  for cell in page:nodes("table_cell") do
    local state = cell.text:match("^%a+")
    if state == "filled" or state == "partial" or state == "empty" or state == "missing" then
      cell:set_class("state-" .. state)
    end
  end
end

return register
