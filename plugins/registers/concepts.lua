-- SPDX-License-Identifier: MIT
-- Subjects: the chapters of all specs on security, data, testing ... side by side. A kind says in
-- kind.yaml which of its sections are about which concept.
local cells = require "cells"
local rows = require "rows"
local concepts = {}

local MAX_LINES = 6    -- of an excerpt
local MAX_BYTES = 180  -- of one of its lines

local TITLES = { api = "Interfaces", approval = "Approvals", requirements = "Requirements" }

local function title_of(name)
  local title = TITLES[name] or name:sub(1, 1):upper() .. name:sub(2):gsub("%-", " ")
  return title
end

-- "7. Risks &  Constraints" -> "risks and constraints"
local function plain_title(title)
  return (title:lower():gsub("^%s*%d+[%d.]*%s+", ""):gsub("&", "and"):gsub("%s*%(optional%)%s*$", "")
    :gsub("[%s%p]+", " "):match("^%s*(.-)%s*$"))
end

local function concepts_by_title(schema)
  local by_title = {}
  local function note(title, concept)
    if type(title) == "string" then by_title[plain_title(title)] = concept end
  end
  local sections = type(schema.sections) == "table" and schema.sections or {}
  for _, wanted in ipairs(sections) do
    if type(wanted) == "table" and type(wanted.concept) == "string" then
      for _, alias in ipairs(type(wanted.aliases) == "table" and wanted.aliases or {}) do
        note(alias, wanted.concept)
      end
    end
  end
  for _, wanted in ipairs(sections) do
    if type(wanted) == "table" and type(wanted.concept) == "string" then
      note(wanted.title, wanted.concept)
    end
  end
  return by_title
end

-- {"section / label" -> concept}, both plain; nil when the kind has none.
local function concepts_by_label(schema)
  if type(schema.label_concepts) ~= "table" then return nil end
  local by_label
  for path, concept in pairs(schema.label_concepts) do
    local section, label = tostring(path):match("^(.-)%s*/%s*([^/]+)$")
    if section and type(concept) == "string" then
      by_label = by_label or {}
      by_label[plain_title(section:match("[^/]+$")) .. "/" .. plain_title(label)] = concept
    end
  end
  return by_label
end

-- The sections of a page that are about something, without those inside of one on the same: by the
-- line of their heading.
local function wanted_sections(page, by_title)
  local by_line, concept_of, found = {}, {}, false
  for _, section in ipairs(page.sections) do
    local concept, up = by_title[plain_title(section.title)], section.parent
    while concept and up do
      if concept_of[up.line] == concept then concept = nil end
      up = up and up.parent
    end
    if concept then
      concept_of[section.line] = concept
      by_line[section.line] = { section = section, concept = concept, lines = {} }
      found = true
    end
  end
  return found and by_line or nil
end

local function shorten(text)
  text = text:gsub("%s+", " "):match("^%s*(.-)%s*$")
  if #text <= MAX_BYTES then return text end
  local cut = text:sub(1, MAX_BYTES):gsub("[\xC2-\xF4][\x80-\xBF]*$", ""):gsub("%s+%S*$", "")
  return cut .. " …"
end

local function add_line(lines, text)
  text = shorten(text)
  if #lines < MAX_LINES and text ~= "" then lines[#lines + 1] = text end
end

-- A block as lines: items begin with "- ", headings with "# ".
local function add_block(lines, node)
  local kind = node.type
  if #lines >= MAX_LINES then return end
  if kind == "paragraph" then
    add_line(lines, node.text)
  elseif kind == "heading" then
    add_line(lines, "# " .. node.text)
  elseif kind == "list" then
    for item in node:children() do
      if item.first then add_line(lines, "- " .. item.first.text) end
      if #lines >= MAX_LINES then return end
    end
  elseif kind == "quote" or kind == "alert" then
    for child in node:children() do add_block(lines, child) end
  end
end

-- "- **Security Requirements:** text" with what is nested in it.
local function emit_label(item, section, by_label, emit)
  local first = item.first
  if not first or first.type ~= "paragraph" then return end
  local title, text = first.text:match("^%s*(.-)%s*:%s*(.*)$")
  local concept = title and by_label[plain_title(section.title) .. "/" .. plain_title(title)]
  if not concept then return end
  local lines, block = {}, first.next
  add_line(lines, text)
  while block do
    add_block(lines, block)
    block = block.next
  end
  emit.record("concept", { title = title, at = item, fields = { concept = concept, excerpt = lines } })
end

local function emit_labels(list, by_label, emit)
  local section = list.section
  if not section then return end
  for item in list:children() do emit_label(item, section, by_label, emit) end
end

function concepts.collect(page, emit)
  local schema = page.schema
  if not schema then return end
  local by_line, by_label = wanted_sections(page, concepts_by_title(schema)), concepts_by_label(schema)
  if not by_line and not by_label then return end
  by_line = by_line or {}
  local open = {}
  for node in page:root():children() do
    local line = node.line
    for index = #open, 1, -1 do
      if open[index].section.last_line < line then table.remove(open, index) end
    end
    for _, entry in ipairs(open) do add_block(entry.lines, node) end
    if node.type == "heading" and by_line[line] then
      local entry = by_line[line]
      entry.at = node
      open[#open + 1] = entry
    elseif by_label and node.type == "list" then
      emit_labels(node, by_label, emit)
    end
  end
  for _, entry in pairs(by_line) do
    if entry.at then
      emit.record("concept", { title = entry.section.title, at = entry.at,
        fields = { concept = entry.concept, excerpt = entry.lines } })
    end
  end
end

local function is_wanted(name, opt)
  if #opt.concepts == 0 then return true end
  for _, wanted in ipairs(opt.concepts) do
    if wanted == name then return true end
  end
  return false
end

-- Concepts that at least two pages have, by title: { name, title, rows, pages }.
function concepts.views(store, opt)
  local by_name, views = {}, {}
  for _, row in ipairs(rows.of_kind(store, "concept")) do
    local name = row.fields.concept
    local safe = name:match("^[%w][%w_-]*$") and is_wanted(name, opt)
    if safe then
      by_name[name] = by_name[name] or { name = name, title = title_of(name), rows = {}, pages = {} }
      local concept = by_name[name]
      if #concept.rows < opt.max_rows then table.insert(concept.rows, row) end
      if concept.pages[#concept.pages] ~= row.page.path then
        table.insert(concept.pages, row.page.path)
      end
    end
  end
  for _, concept in pairs(by_name) do
    if #concept.pages > 1 then views[#views + 1] = concept end
  end
  table.sort(views, function(a, b) return a.title < b.title end)
  return views
end

local function add_excerpt(out, lines)
  local in_list = false
  for _, line in ipairs(lines) do
    local mark, text = line:match("^([-#]) (.*)$")
    if mark ~= "-" and in_list then out:add("</ul>") end
    if mark == "-" and not in_list then out:add("<ul>") end
    in_list = mark == "-"
    out:add(mark == "-" and "<li>" or mark == "#" and '<p class="sub">' or "<p>")
    out:escape(text or line):add(mark == "-" and "</li>\n" or "</p>\n")
  end
  if in_list then out:add("</ul>\n") end
end

local function add_article(out, row, view)
  local page = row.page
  out:add('<article class="excerpt">\n<h3>')
  cells.add_link(out, view.place.to(row.record), row.record.title)
  out:add('</h3>\n<p class="from">')
  cells.add_link(out, view.place.to(page), page.title)
  if page.kind then out:escape(" · ", rows.kind_title(page)) end
  if page.status then
    out:add(" ")
    cells.badge(out, page.status)
  end
  out:add("</p>\n")
  if #(row.fields.excerpt or {}) == 0 then
    out:add('<p class="note">This section has no text of its own.</p>\n')
  end
  add_excerpt(out, row.fields.excerpt or {})
  out:add("</article>\n")
end

function concepts.html(concept, view)
  local out = quoin.buffer()
  out:add('<p class="register-lead">What the specs say on this subject: ', #concept.rows,
    " sections of ", #concept.pages, " specs, each with its first lines. ",
    '<a href="index.html#subjects">All subjects</a></p>\n')
  for _, group in ipairs(rows.by_project(view.site, concept.rows)) do
    out:add('<h2 id="'):escape(group.id):add('">'):escape(group.title):add("</h2>\n")
    out:add('<div class="excerpts">\n')
    for _, row in ipairs(group.rows) do add_article(out, row, view) end
    out:add("</div>\n")
  end
  return out:text()
end

return concepts
