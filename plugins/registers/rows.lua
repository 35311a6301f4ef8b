-- SPDX-License-Identifier: MIT
-- Rows: records with what registers ask about them. A row has record, fields, page and project;
-- `value` reads any field of it.
local rows = {}

local OTHER = "Other pages"

-- Words of degree, so that "high" sorts above "low".
local RANKS = { ["very high"] = 5, critical = 5, severe = 5, high = 4, major = 4, likely = 4,
  medium = 3, moderate = 3, possible = 3, low = 2, minor = 2, unlikely = 2, ["very low"] = 1,
  rare = 1, negligible = 1, shall = 4, must = 4, should = 3, may = 2 }

local CLOSED = { closed = true, resolved = true, done = true, retired = true, obsolete = true,
  accepted = true, mitigated = true, rejected = true, ["not applicable"] = true }

function rows.rank(value)
  return type(value) == "string" and RANKS[value:lower()] or nil
end

-- The fields that every record has, besides its own.
local OWN = {
  id = function(row) return row.record.id end,
  title = function(row) return row.title or row.record.title end,
  kind = function(row) return row.record.kind end,
  line = function(row) return row.record.line end,
  page = function(row) return row.page and row.page.title end,
  project = function(row) return row.project and row.project.title or OTHER end,
  section = function(row)
    local section = row.record.section
    return section and section.title
  end,
}
rows.own = OWN

function rows.value(row, field)
  local value = row.fields[field]
  if value == nil and OWN[field] then value = OWN[field](row) end
  if value == "" or type(value) == "table" and next(value) == nil then return nil end
  return value
end

-- Records of pages that people wrote, with their place; those of the portal itself are left out.
local function row_of(record, pages)
  local page = record.page
  if not page then return nil end
  local known = pages[page.path]
  if known == nil then
    known = { page = page, project = page.project, is_generated = page.is_generated }
    pages[page.path] = known
  end
  if known.is_generated then return nil end
  return { record = record, fields = record.fields, page = page, project = known.project }
end

-- What one hook call has gathered already, of the portal or of one project.
function rows.store(site, project)
  return { site = site, source = project or site, lists = {}, pages = {} }
end

-- Paths of all pages as a reader meets them: project by project, then the others.
local function reading_order(store)
  if store.paths then return store.paths end
  local paths, seen = {}, {}
  local function note(pages)
    for _, page in ipairs(pages) do
      local path = page.path
      if not seen[path] then
        seen[path] = true
        paths[#paths + 1] = path
      end
    end
  end
  if store.source == store.site then
    for _, project in ipairs(store.site.projects) do note(project.pages) end
  end
  note(store.source.pages)
  store.paths = paths
  return paths
end

function rows.of_kind(store, kind)
  local list = store.lists[kind]
  if list then return list end
  local by_path = {}
  for _, record in ipairs(store.source:records(kind)) do
    local row = row_of(record, store.pages)
    if row then
      local path = row.page.path
      by_path[path] = by_path[path] or {}
      table.insert(by_path[path], row)
    end
  end
  list = {}
  if next(by_path) then
    for _, path in ipairs(reading_order(store)) do
      local own = by_path[path]
      if own then table.move(own, 1, #own, #list + 1, list) end
    end
  end
  store.lists[kind] = list
  return list
end

-- Open tasks; a choose-one group without a choice is one.
function rows.open_tasks(store)
  if store.open_tasks then return store.open_tasks end
  local list, groups = {}, {}
  for _, row in ipairs(rows.of_kind(store, "task")) do
    local choice, state = row.fields.choice, row.fields.state
    if choice then
      local key = row.page.path .. "\n" .. choice
      local group = groups[key]
      if not group then
        group = { row = row, names = {} }
        groups[key] = group
        list[#list + 1] = row
      end
      group.names[#group.names + 1] = row.record.title
      group.is_done = group.is_done or state == "done"
      group.row.group = group
    elseif state == "open" then
      list[#list + 1] = row
    end
  end
  local open = {}
  for _, row in ipairs(list) do
    if row.group then row.title = "Choose one: " .. table.concat(row.group.names, ", ") end
    if not (row.group and row.group.is_done) then open[#open + 1] = row end
  end
  store.open_tasks = open
  return open
end

-- Reviews are of pages: the page's title says which.
function rows.reviews(store)
  local list = rows.of_kind(store, "review")
  for _, row in ipairs(list) do row.title = row.page.title end
  return list
end

function rows.always() return true end

function rows.is_open_risk(row)
  local status = row.fields.status
  return not (status and CLOSED[status:lower()])
end

function rows.is_closed(row)
  local status = row.fields.status or row.fields.state
  return type(status) == "string" and CLOSED[status:lower()] or false
end

function rows.is_pending(row) return row.fields.state == "pending" end

function rows.is_overdue(row, today)
  local next_review = row.fields.next
  return next_review ~= nil and quoin.days(next_review) ~= nil and next_review:sub(1, 10) < today
end

-- A list of its own: it may be sorted.
function rows.gather(store, register)
  local list = register.rows and rows[register.rows](store) or rows.of_kind(store, register.kind)
  return table.move(list, 1, #list, 1, {})
end

function rows.open(list, register, today)
  if not register.is_open then return {} end
  local open, is_open = {}, rows[register.is_open]
  for _, row in ipairs(list) do
    if is_open(row, today) then open[#open + 1] = row end
  end
  return open
end

-- In these, what is no date ("January, 2026") comes after all dates.
local DATES = { date = true, next = true, last = true, due = true }

-- A value as something that `<` can compare: numbers before text, text without case.
local function sort_key(row, field)
  local value = rows.value(row, field)
  if type(value) == "table" then value = value[1] end
  local rank = rows.rank(value)
  if rank then return rank end
  if DATES[field] and type(value) == "string" and not quoin.days(value) then return nil end
  if type(value) == "boolean" then return value and 1 or 0 end
  if type(value) == "string" then
    return (value:lower():gsub("%d+", function(digits)
      return ("0"):rep(9 - #digits) .. digits
    end))
  end
  return type(value) == "number" and value or nil
end

local function compare(a, b)
  if type(a) == type(b) then
    if a == b then return nil end
    return a < b
  end
  return type(a) == "number"
end

-- Sorts in place by fields ("-date": larger first). What has no value comes last, equal rows keep
-- their order.
function rows.sort(list, fields)
  if not fields or #fields == 0 then return list end
  local keys, orders = {}, {}
  for index, field in ipairs(fields) do
    local down = field:sub(1, 1) == "-"
    orders[index] = { field = down and field:sub(2) or field, down = down }
  end
  for place, row in ipairs(list) do
    local key = { place = place }
    for index, order in ipairs(orders) do key[index] = sort_key(row, order.field) or false end
    keys[row] = key
  end
  table.sort(list, function(left, right)
    local a, b = keys[left], keys[right]
    for index, order in ipairs(orders) do
      local x, y = a[index], b[index]
      if x ~= y then
        if not x or not y then return x and true or false end
        local less = compare(x, y)
        if less ~= nil then return less ~= order.down end
      end
    end
    return a.place < b.place
  end)
  return list
end

-- What people call the kind of a page; a broken kind.yaml may say anything.
function rows.kind_title(page)
  local schema = page.schema
  local title = schema and schema.title
  return type(title) == "string" and title ~= "" and title or page.kind
end

-- Where the rows of a project begin in a register.
function rows.project_anchor(project)
  return "project-" .. quoin.slug(project.id)
end

-- Rows by project, in the order of the projects: { title, id, rows }. Pages of none come last.
function rows.by_project(site, list)
  local groups, by_id, other = {}, {}, { title = OTHER, id = "other-pages", rows = {} }
  for _, project in ipairs(site.projects) do
    local group = { title = project.title, id = rows.project_anchor(project), rows = {} }
    by_id[project.id] = group
    groups[#groups + 1] = group
  end
  groups[#groups + 1] = other
  for _, row in ipairs(list) do
    local group = row.project and by_id[row.project.id] or other
    group.rows[#group.rows + 1] = row
  end
  local filled = {}
  for _, group in ipairs(groups) do
    if #group.rows > 0 then filled[#filled + 1] = group end
  end
  return filled
end

return rows
