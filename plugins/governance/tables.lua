-- SPDX-License-Identifier: MIT
-- Tables whose header reads like a revision history or like a list of approvals.
local dates = require "dates"
local words = require "words"
local approvals = require "approvals"
local tables = {}

local COLUMNS = {
  version = { "version", "ver", "ver.", "rev", "rev.", "revision", "release", "version no",
    "version number", "document version", "doc version" },
  date = { "date", "when", "date of change", "change date", "release date", "revision date",
    "date approved", "approval date", "approved on", "signed on", "sign-off date", "review date",
    "reviewed on", "date reviewed", "updated", "date of approval" },
  change = { "change", "changes", "change description", "description of change",
    "description of changes", "description of the change", "what changed", "changes made",
    "summary of changes", "summary of change", "change summary", "modification",
    "modifications", "amendment", "reason for change", "reason", "revision description" },
  text = { "description", "summary", "notes", "note", "comment", "comments", "remarks", "remark",
    "details" },
  author = { "author", "authors", "author/editor", "author / editor", "editor", "author(s)",
    "changed by", "updated by", "modified by", "revised by", "made by", "by", "prepared by",
    "edited by" },
  approver = { "approved by", "approver", "approver name", "approvers", "signed by",
    "signed off by", "signatory", "accepted by" },
  reviewer = { "reviewed by", "reviewer", "reviewers", "reviewer name" },
  name = { "name", "person", "who", "stakeholder" },
  role = { "role", "function", "group", "team", "area", "department", "responsibility" },
  job = { "title", "job title", "position", "job" },
  organisation = { "organisation", "organization", "company", "org" },
  state = { "status", "decision", "approval", "approved", "approved?", "sign-off", "signoff",
    "sign off", "verdict", "vote", "signature", "state", "approval status" },
}

local MEANING = {}
for meaning, list in pairs(COLUMNS) do
  for _, text in ipairs(list) do MEANING[text] = meaning end
end

-- What the columns mean: {version = 1, date = 2, ...}; nil when it is no table of ours.
local function read_header(row)
  local columns, number, known = {}, 0, 0
  for cell in row:children() do
    number = number + 1
    if number > 12 then return nil end
    local text = words.trim(words.cut(cell.text, 60)):lower():gsub("%s+", " "):gsub(":$", "")
    local meaning = MEANING[text]
    if meaning and not columns[meaning] then
      columns[meaning] = number
      known = known + 1
    end
  end
  return known >= 2 and columns or nil
end

local function title_like(section, patterns)
  for _ = 1, 6 do
    if not section then return false end
    local title = section.title:lower()
    for _, pattern in ipairs(patterns) do
      if title:find(pattern) then return true end
    end
    section = section.level > 2 and section.parent or nil
  end
  return false
end

local REVISION_TITLES = { "revision", "change%s?log", "history", "document control", "versions" }
local APPROVAL_TITLES = { "approv", "sign%-?%s?off", "reviews?$", "reviewers" }
local PEOPLE_TITLES = { "stakeholder", "contributor", "participants", "people" }

local function is_revision(columns, section)
  if not columns.date or columns.state then return false end
  local who = columns.author or columns.approver
  if columns.version then return (columns.change or columns.text or who) ~= nil end
  if columns.change and who then return true end
  return (columns.change or columns.text) and title_like(section, REVISION_TITLES)
end

local function is_approval(columns, section)
  if columns.approver or columns.reviewer then return (columns.date or columns.state) ~= nil end
  if not (columns.name or columns.role or columns.job) then return false end
  if not (columns.state or columns.date) then return false end
  if columns.name and columns.role and columns.state and columns.date then return true end
  return title_like(section, APPROVAL_TITLES)
end

local function read_cells(row)
  local cells = {}
  for cell in row:children() do cells[#cells + 1] = words.cut(cell.text, 1000) end
  return cells
end

local function fact(cells, columns, meaning)
  local text = cells[columns[meaning] or 0]
  return text and words.fact(text) or nil
end

local function shorten(text)
  return #text <= 120 and text or words.trim(words.cut(text, 117)) .. " …"
end

local function emit_revision(emit, row, cells, columns)
  local written = cells[columns.date]
  local description = fact(cells, columns, "change") or fact(cells, columns, "text")
  local version, date = fact(cells, columns, "version"), dates.find(written)
  if not (version or date) or not (date or description) then return end
  emit.record("revision", { at = row,
    title = shorten(version and description and version .. ": " .. description
      or description or version or date),
    fields = { version = version, date = date, description = description,
      author = fact(cells, columns, "author"),
      approver = fact(cells, columns, "approver") } })
end

-- Without a column that says so, who reviewed and gave a date has approved.
local function state_of(cells, columns, date)
  local written = cells[columns.state or 0]
  if written then
    return words.state(written) or (dates.find(written) and "approved") or "pending"
  end
  local said = words.state(cells[columns.text or 0] or "")
  return said ~= "pending" and said or date and "approved" or "pending"
end

local function add_approval(found, row, cells, columns)
  local name = fact(cells, columns, "approver") or fact(cells, columns, "reviewer")
    or fact(cells, columns, "name")
  local role = fact(cells, columns, "role")
  if not (name or role) then return end
  local date = dates.find(cells[columns.date or 0] or "")
    or dates.find(cells[columns.state or 0] or "")
  approvals.add(found, row, { name = name, role = role, date = date,
    job = fact(cells, columns, "job"), state = state_of(cells, columns, date) })
end

local function emit_person(emit, row, cells, columns)
  local name = fact(cells, columns, "name")
  if name and words.is_name(name) then
    emit.record("person", { title = name, at = row, fields = { role = fact(cells, columns, "role"),
      organisation = fact(cells, columns, "organisation"), job = fact(cells, columns, "job") } })
  end
end

local function read_table(emit, found, node)
  local columns = read_header(node.first)
  if not columns then return end
  local section, kind = node.section, nil
  if is_revision(columns, section) then
    kind = "revision"
  elseif is_approval(columns, section) then
    kind = "approval"
  else
    local is_person = columns.name and (columns.role or columns.organisation or columns.job)
      and title_like(section, PEOPLE_TITLES)
    if not is_person then return end
  end
  for row in node:children() do
    if not row.is_header then
      local cells = read_cells(row)
      if kind == "revision" then
        emit_revision(emit, row, cells, columns)
      elseif kind == "approval" then
        add_approval(found, row, cells, columns)
      else
        emit_person(emit, row, cells, columns)
      end
    end
  end
end

function tables.collect(page, emit, found)
  for node in page:nodes("table") do read_table(emit, found, node) end
end

return tables
