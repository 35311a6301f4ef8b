-- SPDX-License-Identifier: MIT
-- Finds the requirements of a page: headings, list items, paragraphs. Tables are in tables.lua.
local words = require "words"
local sections = require "sections"
local measures = require "measures"
local guidance = require "guidance"
local tables = require "tables"

local find = {}

local BODY_BLOCKS = 6

-- May this id be a requirement here? `is_marked`: it stands in bold or in a heading.
local function is_wanted(id, info, opt, is_marked, title)
  if info.is_stop or not info.is_about and sections.is_never(title) then return false end
  if #opt.ids > 0 then
    for _, prefix in ipairs(opt.ids) do
      if words.prefix(id) == prefix then return true end
    end
    return false
  end
  return info.is_about or info.is_single or is_marked and words.says_requirement(id)
end

local function functional_of(id, info, category)
  if info.functional ~= nil then return info.functional end
  if words.is_quality(category) then return false end
  for segment in (id and words.prefix(id) or ""):gmatch("[^%-]+") do
    if segment == "NFR" or segment == "NFREQ" then return false end
    if segment == "FR" or segment == "FREQ" then return true end
  end
  return nil
end

-- `what`: {id, text, title, level, category, at, info}
local function emit_requirement(emit, what)
  local info, text, category = what.info, what.text, what.category
  local label, rest = words.split_label(text)
  if label and not category and (info.functional == false or words.is_quality(label)) then
    category, text = words.category(label), rest
  end
  category = category or info.category
  local title = what.title or words.shorten(text)
  emit.record("requirement", { id = what.id, title = title ~= "" and title or what.id,
    at = what.at, fields = { level = what.level, category = category,
      functional = functional_of(what.id, info, category), measures = measures(what.measured or text) } })
end

-- The text of a list item's own first paragraph, without a task's box.
local function item_text(item)
  local block = item.first
  if not block or block.type ~= "paragraph" then return nil end
  local text = words.one_line(block.text)
  if item.task then text = text:gsub("^%[.%]%s*", "") end
  return text, block
end

local function starts_with(block, kind)
  local node = block.first
  if node and node.type == "text" and node.literal:find("^%s*$") then node = node.next end
  return node ~= nil and node.type == kind
end

-- Text, level and measures of what stands under a heading, up to the next one.
local function body_of(heading)
  local node, all, level, first = heading.next, {}, nil, nil
  for _ = 1, BODY_BLOCKS do
    if not node or node.type == "heading" then break end
    if node.type == "paragraph" then
      local text = words.one_line(node.text)
      if not guidance.is_guidance(node, text) then
        first = first or text
        level = level or words.level(node, text)
        all[#all + 1] = text
      end
    elseif node.type == "list" then
      for item in node:children() do
        local text, block = item_text(item)
        if text and not guidance.is_guidance(block, text) then
          level = level or words.level(block, text)
          all[#all + 1] = text
        end
      end
    end
    node = node.next
  end
  return first or "", level, table.concat(all, ". ")
end

local function read_heading(heading, map, emit, opt)
  local _, text, info, line = sections.at(map, heading.line)
  if line ~= heading.line then return end
  local id, title = words.split_id(text)
  local name = not id and words.named_requirement(text)
  if not id and not name then return end
  if id and not is_wanted(id, info, opt, true) or starts_with(heading, "link") or info.is_stop
      or guidance.is_guidance(heading, text) then
    return
  end
  local first, level, all = body_of(heading)
  title = words.one_line(id and title or name)
  local label, rest = words.split_label(first)
  local category
  if label and (info.functional == false or words.is_quality(label)) then
    category, first = words.category(label), rest
  end
  emit_requirement(emit, { id = id, at = heading, info = info, level = level, category = category,
    text = title ~= "" and title or first, title = title ~= "" and words.shorten(title) or nil,
    measured = all ~= "" and all or text })
end

local function parent_item(item)
  local list = item.parent
  local outer = list and list.parent
  return outer and outer.type == "item" and outer or nil
end

-- "Security Requirements:" with its bullets below: the label of the outer bullet.
local function outer_label(outer)
  if not outer or parent_item(outer) then return nil end
  local text = item_text(outer)
  return text and text:match("^(.-)%s*:$")
end

local function read_plain_item(item, text, block, outer, info)
  local level = words.level(block, text)
  if outer and info.functional == false or outer and info.takes_all then
    local label = outer_label(outer)
    if label then return { text = text, level = level, category = words.category(label) } end
  end
  if item.task or text:find(":$") then return nil end
  if level then return { text = text, level = level } end
  if info.takes_all and not outer then
    local label, rest = words.split_label(text)
    if label then return { text = rest, category = words.category(label) } end
    return { text = text }
  end
  return nil
end

local function read_id_item(what, block, text, rest, is_separated)
  local is_bold = starts_with(block, "strong")
  if rest == "" or not is_wanted(what.id, what.info, what.opt, is_bold, what.section_title)
      or guidance.is_guidance(block, text, what.page) or what.is_below and not is_bold then
    return nil
  end
  local level = words.level(block, rest)
  if not is_bold and not is_separated and not level then return nil end
  return { id = what.id, text = rest, level = level }
end

local function read_item(item, info, title, page, opt, taken)
  local text, block = item_text(item)
  if not text or text == "" or starts_with(block, "link") or starts_with(block, "strike") then
    return nil
  end
  local id, rest, is_separated = words.split_id(text)
  local outer = parent_item(item)
  local is_below = outer and taken[outer.line]
  if id then
    return read_id_item({ id = id, info = info, opt = opt, page = page, section_title = title,
      is_below = is_below }, block, text, rest, is_separated)
  end
  if not info.is_about or is_below then return nil end
  local what = read_plain_item(item, text, block, outer, info)
  return what and not guidance.is_guidance(block, text, page) and what or nil
end

-- "The system **shall** …" in a paragraph of its own.
local function read_paragraph(node, page)
  local parent = node.parent
  if not parent or parent.type ~= "document" then return nil end
  local text = words.one_line(node.text)
  local level = words.level(node, text, true)
  if level and not text:find(":$") and not guidance.is_guidance(node, text, page) then
    return { text = text, level = level }
  end
end

function find.all(page, emit, opt, has_ids)
  local map, taken = sections.read(page, opt), {}
  local function take(what, node, info)
    what.at, what.info = what.at or node, info
    emit_requirement(emit, what)
  end
  for heading in page:nodes("heading") do read_heading(heading, map, emit, opt) end
  for item in page:nodes("item") do
    local line = item.line
    local info, title = sections.at(map, line)
    if info.is_about or info.is_single or has_ids then
      local what = read_item(item, info, title, page, opt, taken)
      if what then
        taken[line] = true
        take(what, item, info)
      end
    end
  end
  for node in page:nodes("paragraph") do
    local info = sections.at(map, node.line)
    local what = info.is_about and read_paragraph(node, page)
    if what then take(what, node, info) end
  end
  for node in page:nodes("table") do
    local info, title = sections.at(map, node.line)
    if info.is_about or has_ids and not info.is_stop then
      tables.read(node, info, function(id, is_about)
        return is_wanted(id, is_about and { is_about = true } or info, opt, true, title)
      end, function(what) take(what, nil, info) end)
    end
  end
end

return find
