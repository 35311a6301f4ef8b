-- SPDX-License-Identifier: MIT
-- Walks what may hold risks and makes drafts: {title =, at = node, mitigation =, ...}.
local words = require "words"
local labels = require "labels"

local Finder = {}
Finder.__index = Finder

function Finder.new(extra, template)
  return setmetatable({ extra = extra, template = template, drafts = {}, group = 1, taken = {} },
    Finder)
end

local IS_SHORT = { likelihood = true, impact = true, owner = true, status = true }

-- "**Impact:** high." says "high"; a mitigation is a sentence and keeps its full stop.
local function set(draft, field, text)
  if text and IS_SHORT[field] then text = text:gsub("([^.])%.$", "%1") end
  if text and text ~= "" and not words.is_empty(text) then
    draft[field] = draft[field] and draft[field] .. " " .. text or text
  end
end

-- "R-7: The import is late" -> "R-7", "The import is late"
local function split_id(text)
  local id, rest = text:match("^%[?(%u[%u%d]*%-[%u%d-]*%d+)%]?%f[^%w%-](.+)$")
  if id then return id, words.without_separators(rest) end
  id, rest = text:match("^%[?(%u%u?%u?%u?%d+)%]?%s*:%s*(.+)$")
  if not id then
    id, rest = text:match("^%[?(%u%u?%u?%u?%d+)%]?%s*" .. words.DASH .. "%s*(.+)$")
  end
  return id, rest or text
end

function Finder:start(text, at)
  self.current = nil
  if self.taken[at.line] or words.is_empty(text) or self.template and self.template[text] then
    return nil
  end
  local id, title = split_id(text)
  if words.is_empty(title) then return nil end
  self.taken[at.line] = true
  local draft = { id = id, title = title, at = at }
  self.drafts[#self.drafts + 1] = draft
  self.current = draft
  return draft
end

-- "Mitigations" after several risks is meant for all of them.
function Finder:apply(field, text, word)
  if field == "mitigation" and word:find("s$") and not word:find("strateg") then
    for i = self.group, #self.drafts do
      if not self.drafts[i].mitigation then set(self.drafts[i], field, text) end
    end
  elseif self.current then
    set(self.current, field, text)
  end
end

-- Parts from number `first` on belong to the risk that is being read, or start the next one.
function Finder:apply_parts(parts, first, at)
  for i = first, #parts do
    local part = parts[i]
    if part.field == "risk" then
      self:start(part.text, at)
    elseif part.field then
      self:apply(part.field, part.text, part.word)
    end
  end
end

-- What stands in an item below its first paragraph.
function Finder:details(item, is_mitigation)
  local block = item.first and item.first.next
  while block do
    if block.type == "paragraph" then
      local parts = labels.split(block, self.extra)
      if parts[1].field then
        self:apply_parts(parts, 1, block)
        local last = parts[#parts]
        is_mitigation = last.field == "mitigation" and last.text == ""
      elseif self.current then
        local _, mitigation = words.split_mitigation(parts[1].text)
        set(self.current, "mitigation", mitigation)
        self:apply_parts(parts, 2, block)
        is_mitigation = is_mitigation or words.announces_mitigation(parts[1].text)
      end
    elseif block.type == "list" and self.current then
      self:nested(block, is_mitigation)
    end
    block = block.next
  end
end

function Finder:nested(list, is_mitigation)
  for item in list:children() do
    local paragraph = item.first
    if paragraph and paragraph.type == "paragraph" then
      local parts = labels.split(paragraph, self.extra)
      if parts[1].field and parts[1].field ~= "risk" then
        self:apply_parts(parts, 1, paragraph)
        local last = parts[#parts]
        if last.field == "mitigation" and last.text == "" then self:details(item, true) end
      elseif is_mitigation or parts[1].text:lower():find("mitigat", 1, true) then
        set(self.current, "mitigation", parts[1].text)
      end
    end
  end
end

local function is_other(label)
  for _, word in ipairs { "constraint", "dependenc", "assumption", "question" } do
    if label:find(word, 1, true) then return true end
  end
  return false
end

-- "- **Technical Risks:**" with the risks nested below it.
function Finder:labelled_group(item, label, context)
  local list = item.first.next
  local lower = label:lower()
  if words.field(label, self.extra) == "mitigation" then
    if self.current then self:nested(list, true) end
  elseif lower:find("risk", 1, true) or words.field(label, self.extra) == "risk" then
    self:list(list, context)
  elseif not is_other(lower) and self:start(label, item) then
    self:details(item, context.says_mitigation)
  end
end

function Finder:item(item, context)
  local paragraph = item.first
  if not paragraph or paragraph.type ~= "paragraph" then return end
  local label = labels.alone(paragraph)
  if label and paragraph.next and paragraph.next.type == "list" then
    return self:labelled_group(item, label, context)
  end
  local parts = labels.split(paragraph, self.extra)
  if parts[1].field then
    self:apply_parts(parts, 1, item)
    local last = parts[#parts]
    self:details(item, last.field == "mitigation" and last.text == "")
  elseif context.is_section and not item.task then
    local title, mitigation = parts[1].text, nil
    if #parts == 1 then title, mitigation = words.split_mitigation(title) end
    local draft = self:start(title, item)
    if draft then
      set(draft, "mitigation", mitigation)
      self:apply_parts(parts, 2, item)
      self:details(item, context.says_mitigation or words.announces_mitigation(paragraph.text))
    end
  end
end

function Finder:list(list, context)
  for item in list:children() do self:item(item, context) end
end

-- What the words before a list make of it: "risk", "mitigation" or "other".
local function lead_of(text)
  if not text or not text:find(":%s*$") then return "risk" end
  local lower = text:lower()
  if lower:find("mitigat", 1, true) or lower:find("mitigr", 1, true) then return "mitigation" end
  for _, word in ipairs { "risk", "concern", "threat", "example", "issue", "e.g", "could go wrong" } do
    if lower:find(word, 1, true) then return "risk" end
  end
  return lower:find("^%W*following:%s*$") and "risk" or "other"
end

function Finder:section_list(list, paragraph, context)
  local about = lead_of(paragraph and paragraph.text)
  if about == "risk" then return self:list(list, context) end
  if about == "other" then return end
  local texts = {}
  for item in list:children() do
    local text = item.first
    if text and text.type == "paragraph" then texts[#texts + 1] = text.text end
  end
  local is_for_one = self.current and self.current.at.line == paragraph.line
  self:apply("mitigation", table.concat(texts, " "), is_for_one and "mitigation" or "mitigations")
end

function Finder:section_paragraph(paragraph)
  local parts = labels.split(paragraph, self.extra)
  if parts[1].field then
    self:apply_parts(parts, 1, paragraph)
  elseif labels.starts_with_label(paragraph) then
    local title, mitigation = parts[1].text, nil
    if #parts == 1 then title, mitigation = words.split_mitigation(title) end
    local draft = self:start(title, paragraph)
    if draft then
      set(draft, "mitigation", mitigation)
      self:apply_parts(parts, 2, paragraph)
    end
  elseif self.current and not self.current.mitigation then
    local _, mitigation = words.split_mitigation(parts[1].text)
    set(self.current, "mitigation", mitigation)
  end
end

-- A section about risks: what stands below its heading, up to the next heading.
function Finder:section(heading)
  self.group, self.current = #self.drafts + 1, nil
  local context = { is_section = true,
    says_mitigation = heading.text:lower():find("mitigation", 1, true) ~= nil }
  local block, lead = heading.next, nil
  while block and block.type ~= "heading" do
    if block.type == "paragraph" then
      self:section_paragraph(block)
      lead = block
    elseif block.type == "list" then
      self:section_list(block, lead, context)
      lead = nil
    elseif block.type == "table" then
      self:table(block, true)
    end
    block = block.next
  end
end

-- A label "Risk" that stands anywhere: its item or paragraph, and what follows at once.
function Finder:labelled(paragraph)
  self.group, self.current = #self.drafts + 1, nil
  local block = paragraph.parent
  if block.type == "item" then
    self:item(block, {})
  else
    block = paragraph
    self:section_paragraph(block)
  end
  block = block.next
  while self.current and block do
    local text = block.type == "item" and block.first or block
    if not text or text.type ~= "paragraph" then break end
    local parts = labels.split(text, self.extra)
    if not parts[1].field or parts[1].field == "risk" then break end
    self:apply_parts(parts, 1, block)
    block = block.next
  end
end

local function columns_of(row, extra)
  local columns, index = {}, 0
  for cell in row:children() do
    index = index + 1
    local field = words.column(cell.text, extra)
    if field and not columns[field] then columns[field] = index end
  end
  return columns
end

-- A table whose header names a risk and something that belongs to it.
function Finder:table(block, is_section)
  local header = block.first
  local columns = columns_of(header, self.extra)
  local has_more = columns.mitigation or columns.likelihood or columns.impact
  local title_at = columns.risk or has_more and is_section and (columns.description or
    columns.id ~= 1 and 1)
  if not title_at or not (has_more or columns.owner or columns.status) then return end
  self.group = #self.drafts + 1
  for row in block:children() do
    if not row.is_header then self:row(row, columns, title_at) end
  end
end

function Finder:row(row, columns, title_at)
  local cells = {}
  for cell in row:children() do cells[#cells + 1] = words.trim(cell.text) end
  local title = cells[title_at] or ""
  local id = columns.id and cells[columns.id]
  if title:find("^%u+%-?%d+$") and columns.description and columns.risk == title_at then
    id, title = title, cells[columns.description] or title
  end
  local draft = self:start(title, row)
  if not draft then return end
  if id and id:find("^%u[%w-]*%d$") then draft.id = id end
  for _, field in ipairs { "mitigation", "likelihood", "impact", "owner", "status" } do
    if columns[field] then set(draft, field, cells[columns[field]]) end
  end
end

return Finder
