-- SPDX-License-Identifier: MIT
-- Reads the bullets, paragraphs and tables of a section or below a label into records.
local names = require "names"
local titles = require "titles"

local Finder = {}
Finder.__index = Finder

function Finder.new(emit)
  return setmetatable({ emit = emit, taken = {} }, Finder)
end

-- A record, unless its place has one or its name is a placeholder.
function Finder:add(kind, title, at, fields)
  local key = kind .. at.line
  title = names.trim(names.without_brackets(title):gsub("%s+", " "))
  if self.taken[key] or names.is_empty(title) then return end
  self.taken[key] = true
  self.emit.record(kind, { title = title, at = at, fields = fields })
end

function Finder:component(title, description, at, context)
  self:add("component", title, at, { action = context.action or "none", layer = context.layer,
    description = names.described(description) })
end

function Finder:milestone(name, description, at, is_free)
  local all = (name or "") .. " " .. description
  local phase, date = names.phase(all), names.date(all)
  if not (phase or date or is_free and name) then return false end
  local title = name or all
  if name and date == name and description:find("%S") then
    title, description = description, ""
  elseif not name and phase then
    title = all:match("^%s*(%u%l+%s+%w+)") or all
    description = names.without_separators(all:sub(#title + 2))
  elseif not name then
    title, description = #all <= 120 and all or all:match("^%s*(.-[.;])%s") or all, ""
  end
  self:add("milestone", title, at, { phase = phase, date = date,
    description = names.described(description) })
  return true
end

-- One bullet of a section or label.
function Finder:item(item, context)
  local paragraph = item.first
  if not paragraph or paragraph.type ~= "paragraph" or item.task then return end
  local kind = context.kind
  local name, description, mark = names.split(paragraph)
  if kind == "milestone" then
    return self:milestone(name, description, item, context.is_free and mark == "strong")
  end
  if name and (name:find("%?$") or #name > 120) then return end
  if name and not context.is_label and titles.is_label(name, context.own) then return end
  if not context.is_label then -- in a section a name must look like one
    local is_plain = mark ~= "strong"
    if not name or is_plain and (kind ~= "dependency" and mark ~= "code" or description == "") then
      return
    end
  elseif kind == "entity" and not name then
    return
  end
  local title = name or description
  if not name then description = "" end
  if kind == "component" then return self:component(title, description, item, context) end
  self:add(kind, title, item, { description = names.described(description) })
end

function Finder:list(list, context)
  for item in list:children() do self:item(item, context) end
end

local NAME = { component = true, name = true, entity = true, system = true, dependency = true,
  service = true, milestone = true, phase = true, release = true, stage = true, iteration = true,
  table = true, model = true, module = true, wave = true }
local DATE = { date = true, when = true, from = true, start = true, target = true, due = true,
  ["target date"] = true, ["due date"] = true, deadline = true, quarter = true, eta = true,
  planned = true, ["start date"] = true, timeline = true, ["end"] = true, until_ = true }
local TEXT = { description = true, responsibility = true, responsibilities = true, scope = true,
  purpose = true, goal = true, goals = true, content = true, deliverables = true, what = true,
  role = true, who = true, notes = true, properties = true, attributes = true,
  deliverable = true }
local OF_MILESTONE = { milestone = true, phase = true, release = true, stage = true,
  iteration = true, wave = true }

local function columns_of(header)
  local columns, index = {}, 0
  for cell in header:children() do
    index = index + 1
    local word = names.trim(cell.text:lower())
    if NAME[word] and not columns.name then columns.name, columns.word = index, word end
    if DATE[word] and not columns.date then columns.date = index end
    if TEXT[word] and not columns.text then columns.text = index end
  end
  return columns
end

-- A table of the section's kind; milestones are also known by their header alone.
function Finder:table(block, kind, context)
  local columns = columns_of(block.first)
  if not columns.name then return end
  local is_milestone = OF_MILESTONE[columns.word] and columns.word ~= "release"
  if is_milestone and (columns.date or kind == "milestone") then kind = "milestone" end
  if not kind or kind ~= "milestone" and (is_milestone or not columns.text) then return end
  for row in block:children() do
    if not row.is_header then
      local cells = {}
      for cell in row:children() do cells[#cells + 1] = names.trim(cell.text) end
      local title, text = cells[columns.name] or "", cells[columns.text] or ""
      if kind == "milestone" then
        local date = cells[columns.date] or ""
        self:add(kind, title, row, { description = names.described(text),
          phase = names.phase(title) or columns.word == "phase" and title or nil,
          date = names.date(date) or names.described(date) })
      elseif kind == "component" then
        self:component(title, text, row, context)
      else
        self:add(kind, title, row, { description = names.described(text) })
      end
    end
  end
end

-- "**Phase 1: Pilot** eight people" as a paragraph in a section about milestones.
function Finder:paragraph(block)
  local first = block.first
  if not first or first.type ~= "strong" or not names.phase(first.text) then return end
  local name, description = names.split(block)
  self:milestone(name, description, block, false)
end

-- "Dependency: the CRM's new interface" among assumptions and constraints.
function Finder:marked_dependencies(list)
  for item in list:children() do
    local paragraph = item.first
    local rest = paragraph and paragraph.type == "paragraph"
      and paragraph.text:match("^%s*Dependency:%s*(.+)$")
    if rest then self:add("dependency", rest, item, {}) end
  end
end

-- What stands directly below a heading of the given kind.
function Finder:section(heading, kind, opt)
  local text = titles.plain(heading.text)
  local context = { kind = kind, action = titles.action(text), own = opt.own,
    is_free = text:find("milestone", 1, true) or text:find("timeline", 1, true)
      or text:find("roadmap", 1, true) or opt.own[text] ~= nil }
  if kind == "component" then context.layer = titles.layer(text, "") end
  local block = heading.next
  while block and block.type ~= "heading" do
    if block.type == "list" and kind == "mixed" then
      self:marked_dependencies(block)
    elseif block.type == "list" then
      self:list(block, context)
    elseif block.type == "table" and kind ~= "mixed" then
      self:table(block, kind, context)
    elseif block.type == "paragraph" and kind == "milestone" then
      self:paragraph(block)
    end
    block = block.next
  end
end

-- "### Phase 1: Pilot" below a heading about milestones.
function Finder:phase_heading(heading)
  local title, following = heading.text, heading.next
  local text = following and following.type == "paragraph" and following.text or ""
  self:add("milestone", title, heading, { phase = names.phase(title),
    date = names.date(title), description = names.described(text) })
end

-- "- **Components to Reuse:**" with bullets below it or a text behind it.
function Finder:label(strong, kind, action, own)
  local paragraph = strong.parent
  local item = paragraph.parent
  local label, rest = names.split(paragraph)
  if not label or item.type ~= "item" then return end
  local section = item.section
  local context = { kind = kind, action = action, is_label = true, own = own,
    layer = kind == "component" and titles.layer(titles.plain(label),
      section and titles.plain(section.title) or "") or nil }
  local list = paragraph.next
  if list and list.type == "list" then return self:list(list, context) end
  if not rest:find("%S") or kind == "entity" then return end
  if kind == "component" then return self:component(rest, "", item, context) end
  self:add(kind, rest, item, {})
end

return Finder
