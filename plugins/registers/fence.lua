-- SPDX-License-Identifier: MIT
-- The fenced block `records`: a small query becomes a table on the page.
--
--     kind: risk
--     project: billing
--     where: status=open, impact=high|critical
--     columns: title, owner, due
--     sort: -due
--     limit: 10
--     title: Risks to look at
--     view: table            (or graph, gantt, state: drawn as a diagram)
local html_table = require "html_table"
local kinds = require "kinds"
local near = require "near"
local people = require "people"
local decisions = require "decisions"
local places = require "places"
local query = require "query"
local rows = require "rows"
local views = require "views"
local fence = {}

local function register_of(kind)
  for _, register in ipairs(kinds) do
    if register.kind == kind then return register end
  end
  return nil
end

local function known_kinds(site)
  local seen, list = {}, {}
  local function note(kind)
    if not seen[kind] then
      seen[kind] = true
      list[#list + 1] = kind
    end
  end
  for _, register in ipairs(kinds) do note(register.kind) end
  for _, record in ipairs(site:records()) do note(record.kind) end
  return list
end

-- Fields that records of the kind have or that its register shows.
local function known_fields(list, register)
  local seen, names = {}, {}
  local function note(field)
    if not seen[field] then
      seen[field] = true
      names[#names + 1] = field
    end
  end
  for field in pairs(rows.own) do note(field) end
  for _, column in ipairs(register and register.columns or {}) do note(column.field) end
  for _, row in ipairs(list) do
    for field in pairs(row.fields) do note(field) end
  end
  return names, seen
end

local function header_of(field)
  return field:sub(1, 1):upper() .. field:sub(2):gsub("[_-]", " ")
end

local function column_of(field, register)
  for _, column in ipairs(register and register.columns or {}) do
    if column.field == field then return column end
  end
  if field == "title" or field == "id" then
    return { field = field, header = header_of(field), show = "link" }
  end
  if field == "page" or field == "project" or field == "section" then
    return { field = field, header = header_of(field), show = field }
  end
  return { field = field, header = header_of(field) }
end

local function columns_of(wanted, list, register)
  local columns = {}
  if #wanted.columns > 0 then
    for _, item in ipairs(wanted.columns) do columns[#columns + 1] = column_of(item.field, register) end
    return columns
  end
  if register then return register.columns end
  columns[1] = column_of("title")
  local names = known_fields(list, nil)
  table.sort(names)
  for _, field in ipairs(names) do
    if not rows.own[field] then columns[#columns + 1] = column_of(field) end
  end
  columns[#columns + 1] = column_of("page")
  return columns
end

local function names_people(columns)
  for _, column in ipairs(columns) do
    if column.show == "person" or column.show == "people" then return true end
  end
  return false
end

-- True when every field that the query names is one.
local function fields_are_known(block, wanted, list, register)
  local names, seen = known_fields(list, register)
  for _, item in ipairs(wanted.fields) do
    if not seen[item.field] and #list > 0 then
      query.report(block, item, ("records of kind %s have no field `%s`"):format(wanted.kind.text,
        item.field), near.hint(item.field, names))
      return false
    end
  end
  return true
end

local function find_project(block, wanted, site)
  if not wanted.project then return true, nil end
  local ids = {}
  for _, project in ipairs(site.projects) do
    if project.id == wanted.project.text or project.title == wanted.project.text then
      return true, project
    end
    ids[#ids + 1] = project.id
  end
  query.report(block, wanted.project, ("there is no project `%s`"):format(wanted.project.text),
    near.hint(wanted.project.text, ids))
  return false
end

local function select(list, wanted, today)
  local found = {}
  for _, row in ipairs(list) do
    if query.fits(row, wanted.where, today) then found[#found + 1] = row end
  end
  return found
end

local function sort_fields(wanted, register)
  if #wanted.sort == 0 then return register and register.sort end
  local fields = {}
  for _, item in ipairs(wanted.sort) do fields[#fields + 1] = (item.down and "-" or "") .. item.field end
  return fields
end

local function draw(found, wanted, register, columns, view, number)
  local out = quoin.buffer()
  local title = wanted.title and wanted.title.text
  local many = register and register.many or "records of kind " .. wanted.kind.text
  if #found == 0 then
    out:add('<p class="records-none">'):escape(title and title .. ": none" or "No " .. many)
    return out:add(".</p>\n"):text()
  end
  local limit = wanted.limit or 200
  local shown = #found > limit and table.move(found, 1, limit, 1, {}) or found
  html_table.add(out, { label = (title or header_of(many)) .. ", table " .. number,
    caption = title, columns = columns, groups = { { rows = shown } } },
    view)
  local url = register and view.place.register(register.name)
  if #shown < #found then
    out:add('<p class="records-more">', #found - #shown, " more")
    if url then out:add(' in <a href="'):escape(url):add('">'):escape(register.title):add("</a>") end
    out:add("</p>\n")
  end
  return out:text()
end

local function gather(store, wanted, register)
  if not register then return rows.of_kind(store, wanted.kind.text) end
  return rows.gather(store, { kind = register.kind,
    rows = register.kind == "review" and "reviews" or nil })
end

-- The records as a diagram; nil when nobody draws Mermaid here: then they are a table.
local function draw_diagram(block, page, site, wanted, found)
  local name = wanted.view and wanted.view.text
  if not name or name == "table" then return nil end
  local text, note = views.mermaid(found, { name = name, kind = wanted.kind.text, page = page,
    site = site, today = site.today })
  if not text then
    query.report_info(block, wanted.view, name == "gantt" and "none of these records has a date"
      or "there is nothing to draw")
    return nil
  end
  if wanted.title then text = "---\ntitle: " .. wanted.title.text .. "\n---\n" .. text end
  local html = block:draw("mermaid", text)
  if not html then
    query.report_info(block, wanted.view, "no plugin draws diagrams here, this becomes a table")
  end
  return html and note and html .. '<p class="records-more">' .. quoin.escape(note) .. "</p>\n"
    or html
end

function fence.html(block, page, _, site)
  local wanted = query.parse(block)
  if not wanted then return nil end
  local is_good, project = find_project(block, wanted, site)
  if not is_good then return nil end
  local register = register_of(wanted.kind.text)
  local list = gather(rows.store(site, project), wanted, register)
  if #list == 0 and not register and #site:records(wanted.kind.text) == 0 then
    query.report(block, wanted.kind, ("there are no records of kind `%s`"):format(wanted.kind.text),
      near.hint(wanted.kind.text, known_kinds(site)))
    return nil
  end
  if not fields_are_known(block, wanted, list, register) then return nil end
  local found = select(list, wanted, site.today)
  rows.sort(found, sort_fields(wanted, register))
  local drawn = draw_diagram(block, page, site, wanted, found)
  if drawn then return drawn end
  local columns = columns_of(wanted, found, register)
  local view = { site = site, today = site.today, place = places.on_page(page, site) }
  -- Names and chains go beyond the project.
  if names_people(columns) then view.people = people.gather(rows.store(site)) end
  if wanted.kind.text == "decision" then
    view.decisions = decisions.index(rows.of_kind(rows.store(site), "decision"))
  end
  return draw(found, wanted, register, columns, view, block.number)
end

return fence
