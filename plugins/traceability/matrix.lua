-- SPDX-License-Identifier: MIT
-- The traceability matrix of each project: requirement × satisfied by × tested by.
local coverage = require "coverage"

local SHOWN_LINKS = 10

local function plain(text) -- every mark of punctuation stands for itself
  return (text:gsub("%p", "\\%0"))
end

local function destination(up, path, anchor)
  local url = (up .. path):gsub("[%%<>#?\\\n]", function(c) return ("%%%02X"):format(c:byte()) end)
  return "<" .. url .. (anchor ~= "" and "#" .. anchor or "") .. ">"
end

local function add_links(out, up, list)
  if #list == 0 then
    out:add("**gap**")
    return
  end
  for i = 1, math.min(#list, SHOWN_LINKS) do
    local entry = list[i]
    out:add(i > 1 and ", " or "", "[", plain(entry.title), "](",
      destination(up, entry.path, entry.anchor), ")")
  end
  if #list > SHOWN_LINKS then out:add(" and ", #list - SHOWN_LINKS, " more") end
end

local function add_row(out, up, row)
  local record = row.record
  local id, title = record.id, record.title
  out:add("| [", plain(id), "](", destination(up, record.page.path, record.anchor), ") | ",
    title ~= id and plain(title) or "", " | ")
  add_links(out, up, row.designs)
  out:add(" | ")
  add_links(out, up, row.tests)
  out:add(" |\n")
end

local function is_gap(row)
  return #row.designs == 0 or #row.tests == 0
end

local function count(rows)
  local satisfied, tested, neither = 0, 0, 0
  for _, row in ipairs(rows) do
    if #row.designs > 0 then satisfied = satisfied + 1 end
    if #row.tests > 0 then tested = tested + 1 end
    if #row.designs == 0 and #row.tests == 0 then neither = neither + 1 end
  end
  return satisfied, tested, neither
end

local function one_or(number, one, many)
  return number .. " " .. (number == 1 and one or many)
end

local function add_summary(out, rows, without)
  local satisfied, tested, neither = count(rows)
  out:add(one_or(#rows, "requirement", "requirements"), ": ", satisfied, " satisfied, ", tested,
    " tested, ", neither, " with neither.")
  if without > 0 then
    out:add(" ", one_or(without, "further one has", "further ones have"),
      " no id, so nothing can refer to it.")
  end
  if satisfied + tested == 0 then
    out:add(" Nothing says yet what satisfies or tests them: write `Satisfies: ",
      rows[1].record.id, "` on the page that does.")
  end
  out:add("\n\n")
end

local function markdown(rows, without, up, max_rows)
  local out, shown = quoin.buffer(), 0
  add_summary(out, rows, without)
  local only_gaps = #rows > max_rows
  if only_gaps then out:add("Too many to list them all: these have gaps.\n\n") end
  out:add("| Id | Requirement | Satisfied by | Tested by |\n|---|---|---|---|\n")
  for _, row in ipairs(rows) do
    if (not only_gaps or is_gap(row)) and shown < max_rows then
      add_row(out, up, row)
      shown = shown + 1
    end
  end
  return out:text()
end

local function add_matrix(site, add, opt, taken, group)
  local rows, without = coverage.rows(group.records, group.index)
  if #rows == 0 then return end
  local path = group.folder .. "traceability.md"
  if site:page(path) or taken[path] then path = group.folder .. "traceability-matrix.md" end
  if site:page(path) or taken[path] then return end
  taken[path] = true
  local up = group.folder:gsub("[^/]+/", "../")
  add { path = path, title = "Traceability", project = group.project, layout = "register",
    order = 950, markdown = markdown(rows, without, up, opt.max_rows) }
end

return function(site, add, opt)
  if #site:records("requirement") == 0 then return end
  local index, taken, rest = coverage.index(site), {}, {}
  for _, project in ipairs(site.projects) do
    add_matrix(site, add, opt, taken, { records = project:records("requirement"), index = index,
      folder = project.home.path:match("^(.*/)[^/]*$") or "", project = project })
  end
  for _, page in ipairs(site.pages) do
    if not page.project and not page.is_generated then
      for _, record in ipairs(page:records("requirement")) do rest[#rest + 1] = record end
    end
  end
  add_matrix(site, add, opt, taken, { records = rest, index = index, folder = "" })
end
