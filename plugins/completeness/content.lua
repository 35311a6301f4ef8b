-- SPDX-License-Identifier: MIT
-- Walks a page once and counts what stands under each heading, in units: a paragraph, a list item,
-- a table row, a code block. A unit is content, a hole (nothing but placeholder, guidance or an
-- empty key), or partly filled. Boxes of the template that nobody ticked are neither.
local names = require "names"
local holes = require "holes"
local content = {}

local Reader = {}
Reader.__index = Reader

local COUNTED = { "content", "partial", "holes", "boxes", "placeholders", "guidance", "keys" }

local function add_counts(sum, counts)
  for _, key in ipairs(COUNTED) do sum[key] = sum[key] + counts[key] end
end

local function new_counts()
  return { content = 0, partial = 0, holes = 0, boxes = 0, placeholders = 0, guidance = 0,
    keys = 0, first = {} }
end

function Reader:count(what, node, amount)
  local counts = self.counts
  counts[what] = counts[what] + (amount or 1)
  if node and not counts.first[what] then counts.first[what] = node.line end
end

function Reader:placeholder(node, count, is_all)
  self:count("placeholders", node, count)
  self:count(is_all and "holes" or "partial")
end

-- A paragraph, or the paragraph of an item. `has_more`: the item goes on below it.
function Reader:paragraph(node, is_item, has_more)
  local text = node.text
  if is_item then text = holes.without_box(text) end
  if text:match("^%s*$") then
    if node:nodes("image")() or node:nodes("code")() then self:count("content") end
    return
  end
  local count, is_all = holes.placeholders(node, text, self.told)
  if count > 0 then return self:placeholder(node, count, is_all) end
  local is_key = is_item and holes.is_empty_key(text) and node.last.type ~= "link"
  if is_key and has_more then return end
  if is_key then
    self:count("keys", node)
    self:count("holes")
  elseif holes.is_guidance(node, text, self.told, self.schema, is_item) then
    self:count("guidance", node)
    self:count("holes")
  else
    self:count("content")
  end
end

-- A box is content when it is ticked, or when the author wrote it.
function Reader:task(item, paragraph)
  local text = paragraph and paragraph.type == "paragraph" and paragraph.text or ""
  text = holes.without_box(text)
  local count, is_all = holes.placeholders(paragraph or item, text, self.told)
  if count > 0 then
    self:placeholder(item, count, is_all)
  elseif item.task ~= " " or not holes.is_told(text, self.told)
    or item:nodes("strike")() then
    self:count("content")
  else
    self:count("boxes")
  end
end

-- The counts of a label that stands for a concept ("Security Requirements").
function Reader:label(paragraph)
  local wanted = self.label_concepts
  if not wanted or not self.heading then return nil end
  local label = paragraph.text:match("^([^:]+)")
  return label and wanted[(self.heading.key or "") .. " " .. names.plain(label)]
end

function Reader:item(item, next_block)
  local first = item.first
  if not first then return end
  local before = self.counts
  local label = first.type == "paragraph" and self:label(first)
  if label then self.counts = new_counts() end
  if item.task then
    self:task(item, first)
  elseif first.type == "paragraph" then
    self:paragraph(first, true, first.next ~= nil or next_block ~= nil)
  else
    self:block(first)
  end
  local node = first.next
  while node do
    self:block(node)
    node = node.next
  end
  if label then self:close_label(label, item, before) end
end

function Reader:close_label(label, item, before)
  local own = self.counts
  self.labels[#self.labels + 1] = { label = label, line = item.line, counts = own,
    heading = self.heading }
  add_counts(before, own)
  for key, line in pairs(own.first) do before.first[key] = before.first[key] or line end
  self.counts = before
end

-- A fence or table right behind a list belongs to its last key: "- Architecture diagram:".
function Reader:list(list)
  local behind = list.next
  behind = behind and (behind.type == "code_block" or behind.type == "table") and behind or nil
  for item in list:children() do
    self:item(item, not item.next and behind or nil)
  end
end

-- A row without a word is a form that is not filled in: it does not count.
function Reader:row(row)
  local count, is_all, text = 0, true, {}
  for cell in row:children() do
    local here = cell.text
    text[#text + 1] = here
    local found, all = holes.placeholders(cell, here, self.told)
    count = count + found
    is_all = is_all and (all or here:match("^%s*$") ~= nil)
  end
  if count > 0 then
    self:placeholder(row, count, is_all)
  elseif table.concat(text):match("%S") or row:nodes("image")() then
    self:count("content")
  end
end

function Reader:code(node)
  local text = node.literal
  if text:match("^%s*$") then return end
  local count = holes.in_code(text, self.told)
  if holes.is_told(text, self.told) then
    if count > 0 then self:count("placeholders", node, count) else self:count("guidance", node) end
    self:count("holes")
  elseif count > 0 then
    self:placeholder(node, count, text:gsub("%[[^%[%]]*%]", ""):match("^[%s%p]*$") ~= nil)
  else
    self:count("content")
  end
end

local function only_comments(html)
  local at = 1
  while true do
    local open = html:find("<!--", at, true)
    if html:sub(at, (open or 0) - 1):match("%S") then return false end
    local _, close = html:find("-->", (open or #html) + 4, true)
    if not open or not close then return true end
    at = close + 1
  end
end

function Reader:block(node)
  local kind = node.type
  if kind == "paragraph" then
    self:paragraph(node)
  elseif kind == "list" then
    self:list(node)
  elseif kind == "code_block" then
    self:code(node)
  elseif kind == "table" then
    for row in node:children() do
      if not row.is_header then self:row(row) end
    end
  elseif kind == "html_block" then
    if not only_comments(node.literal) then self:count("content") end
  elseif kind == "quote" or kind == "alert" or kind == "footnote" then
    for child in node:children() do self:block(child) end
  end
end

function Reader:open(node)
  local heading = self.by_line[node.line]
  if not heading then return end
  self.heading, self.counts = heading, new_counts()
  self.own[heading.index] = self.counts
  local count = holes.placeholders(node, heading.title, self.told)
  if count > 0 then self:placeholder(node, count, true) end
end

local known = setmetatable({}, { __mode = "k" })

-- "Section / Label" of the kind, by what a page says there.
local function label_concepts(schema)
  local wanted = schema.label_concepts
  if type(wanted) ~= "table" then return nil end
  if not known[schema] then
    known[schema] = {}
    for path, concept in pairs(wanted) do
      local section, label = tostring(path):match("([^/]*)/%s*([^/]+)$")
      if section then
        known[schema][names.heading(section) .. " " .. names.plain(label)] =
          { path = path, title = label, concept = tostring(concept) }
      end
    end
  end
  return known[schema]
end

-- Counts by index of heading (0: above the first), and those of labels.
function content.read(page, schema, headings)
  local reader = setmetatable({ schema = schema, told = holes.template(schema), by_line = {},
    own = { [0] = new_counts() }, labels = {}, label_concepts = label_concepts(schema) }, Reader)
  reader.counts = reader.own[0]
  for _, heading in ipairs(headings) do
    reader.by_line[heading.line] = heading
    reader.own[heading.index] = new_counts()
  end
  for node in page:root():children() do
    if node.type == "heading" then reader:open(node) else reader:block(node) end
  end
  return reader.own, reader.labels
end

local function nothing_in(counts)
  return counts.content + counts.partial + counts.holes + counts.boxes == 0
end

-- A heading with those inside it: { state, share, total, ... }. A heading without a word
-- under it is a hole of its own.
function content.sum(headings, own, heading)
  local sum, last = new_counts(), heading.index
  while headings[last + 1] and headings[last + 1].level > heading.level do last = last + 1 end
  for i = heading.index, last do
    local counts, next_one = own[i], headings[i + 1]
    local is_leaf = i == last or next_one.level <= headings[i].level
    add_counts(sum, counts)
    if is_leaf and nothing_in(counts) then sum.holes = sum.holes + 1 end
  end
  return content.grade(sum)
end

function content.grade(sum)
  local total = sum.content + sum.partial + sum.holes
  local filled = sum.content + sum.partial / 2
  sum.total = total
  if filled == 0 then
    sum.state, sum.share = "empty", 0
  else
    sum.share = filled / total
    sum.state = sum.share == 1 and "filled" or "partial"
  end
  return sum
end

return content
