-- SPDX-License-Identifier: MIT
-- Finds typed links on a page: label lines, columns of tables, keys of the front matter.
local types = require "types"
local targets = require "targets"

local collect = {}

local LABEL_BYTES = 40

local NOTHING = { ["none"] = true, ["n/a"] = true, ["-"] = true, ["–"] = true, [""] = true,
  ["tbd"] = true, ["no"] = true }

local function starts_line(node)
  local before = node.previous
  if not before then return true end
  local kind = before.type
  return kind == "soft_break" or kind == "line_break" or
    kind == "text" and before.literal:find("^%s*$") ~= nil and not before.previous
end

local function lookup(names, label)
  label = label:match("^%s*(.-)%s*$"):lower()
  return names[label] or label:find("[-_]") and names[types.normalise(label)] or nil
end

-- "**Satisfies:** REQ-1" and "Satisfies: REQ-1": the type, the node behind the label, its rest.
local function read_inside(node, literal, colon, names)
  local label = literal:sub(1, colon - 1)
  local entry = label:find("^%s*%a[%a%s_-]*$") and lookup(names, label)
  if not entry then return nil end
  local parent, rest = node.parent, literal:match("^%s*(.*)$", colon + 1)
  if parent.type == "strong" or parent.type == "emphasis" then
    if rest ~= "" or node.previous or not starts_line(parent) then return nil end
    return entry, parent.next, nil
  end
  if starts_line(node) then return entry, node, rest end
end

-- "**Satisfies**: REQ-1": the text begins with the colon.
local function read_behind(node, literal, colon, names)
  local before = node.previous
  local kind = before and before.type
  if kind ~= "strong" and kind ~= "emphasis" then return nil end
  local entry = lookup(names, before.text)
  if entry and starts_line(before) then return entry, node, literal:match("^%s*(.*)$", colon + 1) end
end

local function read_label(node, names)
  local literal = node.literal
  local colon = literal:find(":", 1, true)
  if colon > LABEL_BYTES then return nil end
  if literal:find("^%s*:") then return read_behind(node, literal, colon, names) end
  return read_inside(node, literal, colon, names)
end

local function block_of(node)
  while node and node.type ~= "paragraph" and node.type ~= "table_cell" and
      node.type ~= "heading" do
    node = node.parent
  end
  return node
end

-- "- REQ-12: …" -> REQ-12
local function id_of_block(block)
  if not block or block.type ~= "paragraph" then return nil end
  return (targets.id_at((block.text:gsub("^%s*%[.%]%s*", ""):gsub("^%s*%[?", ""))))
end

-- The id of what a line says something about: the item or the section that it stands in.
local function source_of(node)
  local block = block_of(node)
  if not block then return nil end
  local around = block.parent
  while around do
    if around.type == "item" then
      local id = id_of_block(around.first)
      if id then return id end
    end
    around = around.parent
  end
  local section = node.section
  while section do
    local id = targets.id_at(section.title)
    if id then return id end
    section = section.parent
  end
  return nil
end

local function new_emitter(emit)
  local seen = {}
  return function(entry, found, source, node, line, column)
    local key = table.concat({ entry.type, found.target, source or "" }, "\n")
    if seen[key] then return end
    seen[key] = true
    if node and node.type == "text" then
      local offset = node.literal:find(found.target, 1, true)
      column = offset and node.column + offset - 1
    end
    emit.record("relation", { title = entry.type .. " " .. found.target, at = node, line = line,
      column = column, fields = { type = entry.type, inverse = entry.inverse, target = found.target,
        reviewed = found.reviewed, source = source } })
  end
end

-- "- **Satisfies:**" with a list below it.
local function below_label(node)
  local block = block_of(node)
  local list = block and block.type == "paragraph" and block.next
  local found = {}
  if not list or list.type ~= "list" then return found end
  for item in list:children() do
    local first = item.first
    if first and first.type == "paragraph" then
      for _, target in ipairs(targets.read(first.first)) do found[#found + 1] = target end
    end
  end
  return found
end

local function read_labels(page, names, take, used)
  for node in page:nodes("text", ":") do
    local entry, from, rest = read_label(node, names)
    if entry then
      used[entry.type] = true
      local found = from and targets.read(from, rest ~= "" and rest or rest and " " or nil) or {}
      if #found == 0 then found = below_label(node) end
      local source = #found > 0 and source_of(node) or nil
      for _, target in ipairs(found) do take(entry, target, source, target.at) end
    end
  end
end

local function read_row(row, columns, take)
  local cells, source = {}, nil
  for cell in row:children() do
    cells[#cells + 1] = cell
    if not source and not columns[#cells] then
      source = targets.id_at((cell.text:gsub("^%s*%[?", "")))
    end
  end
  for i, entry in pairs(columns) do
    local cell = cells[i]
    for _, target in ipairs(cell and cell.first and targets.read(cell.first) or {}) do
      take(entry, target, source or source_of(cell), target.at)
    end
  end
end

local function read_tables(page, names, take)
  for node in page:nodes("table") do
    local header, columns, count = node.first, {}, 0
    for cell in header:children() do
      count = count + 1
      columns[count] = names[types.normalise(cell.text)]
    end
    if next(columns) then
      for row in node:children() do
        if not row.is_header then read_row(row, columns, take) end
      end
    end
  end
end

-- The line of a key in the front matter, and the last line of what belongs to it.
local function find_key(page, wanted)
  local number, found, last = 2, nil, nil
  while number <= page.line_count do
    local line = page:line(number)
    if line:find("^%-%-%-%s*$") or line:find("^%.%.%.%s*$") then break end
    local key = line:match("^([%w_ %-]+):")
    if found and key then break end
    if key and types.normalise(key) == wanted then found = number end
    if found then last = number end
    number = number + 1
  end
  return found, last
end

local function line_of(page, first, last, target)
  for number = first or 1, first and last or 0 do
    local column = page:line(number):find(target, 1, true)
    if column then return number, column end
  end
  return first or 1, 1
end

-- `is_strict`: the value may be prose, so only ids and paths count.
local function add_values(list, value, is_strict)
  if type(value) == "table" then
    for _, inner in ipairs(value) do add_values(list, inner, is_strict) end
  elseif type(value) == "string" then
    for piece in value:gmatch("[^,;]+") do
      local target = piece:gsub("^[%s%[]+", ""):gsub("[%s%]]+$", "")
      local id = targets.id_at(target)
      local is_path = target:find("^[%w_./-]+$") and target:find("[/.]")
      target = id or target
      if not NOTHING[target:lower()] and not target:find("^%a[%w+.-]+://") and
          (id or is_path or not is_strict) then
        list[#list + 1] = target
      end
    end
  end
end

local function read_meta(page, names, take, used, emit)
  for key, value in pairs(page.meta) do
    local entry = names[types.normalise(key)]
    local first, last
    if entry and page:line(1):find("^%-%-%-%s*$") then first, last = find_key(page, entry.type) end
    if entry and (first or not used[entry.type]) then -- else it is a label of the text
      local list = {}
      add_values(list, value, first == nil)
      for _, target in ipairs(list) do
        local line, column = line_of(page, first, last, target)
        take(entry, { target = target }, nil, nil, line, column)
        emit.link { form = "mention", target = target, at = page:root(), line = line,
          column = column, length = #target }
      end
    end
  end
end

-- A fingerprint behind a link in running text: it refers to something, no more.
local REFERS = { type = "refers to", inverse = "referred to by", is_active = true }

local function read_reviewed(page, take)
  for node in page:nodes("html", "reviewed: ") do
    local print, before = targets.fingerprint(node.literal), node.previous
    if print and before and before.type == "text" and before.literal:find("^%s*$") then
      before = before.previous
    end
    local target
    if print and before and before.type == "link" then
      target = before.url
    elseif print and before and before.type == "text" then
      local text = before.literal:match("^(.-)%s*$")
      target = text:match("%[%[([^%[%]|]+)|?[^%[%]]*%]%]$") or
        text:match("%f[%w](%u[%u%d]+[%u%d%-]*%-%d+)$")
    end
    if target then
      take(REFERS, { target = target, reviewed = print }, source_of(node), before)
    end
  end
end

function collect.page(page, emit, opt)
  local names, used, reviewed = types.of(opt), {}, {}
  local emit_relation = new_emitter(emit)
  local function take(entry, found, source, node, line, column)
    if found.reviewed then
      local key = found.target .. "\n" .. (node and node.line or line)
      if entry == REFERS and reviewed[key] then return end
      reviewed[key] = true
    end
    emit_relation(entry, found, source, node, line, column)
  end
  read_labels(page, names, take, used)
  read_tables(page, names, take)
  read_meta(page, names, take, used, emit)
  read_reviewed(page, take)
end

return collect
