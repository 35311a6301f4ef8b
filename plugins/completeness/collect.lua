-- SPDX-License-Identifier: MIT
-- Compares a page with its kind: a record `section` for each section of the kind that the page has,
-- and a record `gap` for each thing that is not as it should be.
local names = require "names"
local match = require "match"
local content = require "content"
local damage = require "damage"

-- Gaps that are counted section by section, with their words.
local LEFT = {
  { gap = "placeholder", counts = "placeholders", one = "placeholder", many = "placeholders" },
  { gap = "guidance", counts = "guidance", one = "piece of guidance", many = "pieces of guidance" },
  { gap = "field", counts = "keys", one = "key without a value", many = "keys without a value" },
}

-- Of one sort on one page; more would help nobody.
local MAX_GAPS = 200

local function emit_gap(emit, gap, title, place, fields)
  fields.gap = gap
  emit.record("gap", { title = title, line = place.line, anchor = place.anchor, fields = fields })
end

local function emit_section(emit, heading, entry, sum)
  emit.record("section", { title = entry.title, line = heading.line, anchor = heading.anchor,
    fields = { section = entry.path, concept = entry.concept, state = sum.state,
      share = sum.share, total = sum.total } })
end

-- What was left over under each heading by itself, so that nothing is said twice. Under an empty
-- section the one gap "empty" says it all.
local function emit_left(emit, heading, counts, path)
  for _, left in ipairs(LEFT) do
    local count = counts[left.counts]
    if count > 0 then
      emit_gap(emit, left.gap, ("%d %s in \"%s\""):format(count, count == 1 and left.one or left.many,
        heading.title), { line = counts.first[left.counts], anchor = heading.anchor },
        { section = path, count = count })
    end
  end
end

local function place_of_missing(entry, found, headings)
  local parent = entry.parent
  while parent and not found[parent] do parent = parent.parent end
  return parent and found[parent] or headings[1] and { line = headings[1].line, anchor = "" }
    or { line = 1, anchor = "" }
end

local function has_left(counts)
  return counts.placeholders + counts.guidance + counts.keys > 0
end

-- Headings under an empty section: their leftovers are part of that gap.
local function mark_inside(headings, heading, inside, path)
  inside[heading] = path
  local i = heading.index + 1
  while headings[i] and headings[i].level > heading.level do
    inside[headings[i]] = path
    i = i + 1
  end
end

local function check_sections(emit, schema, headings, found, own)
  local inside, path_of = {}, {}
  for _, entry in ipairs(names.sections(schema)) do
    local heading = found[entry]
    if heading then
      local sum = content.sum(headings, own, heading)
      path_of[heading] = entry.path
      emit_section(emit, heading, entry, sum)
      if sum.state == "empty" then
        if not inside[heading] then
          emit_gap(emit, "empty", entry.title, heading, { section = entry.path,
            placeholders = sum.placeholders, boxes = sum.boxes })
        end
        mark_inside(headings, heading, inside, entry.path)
      end
    elseif entry.required then
      emit_gap(emit, "missing", entry.title, place_of_missing(entry, found, headings),
        { section = entry.path })
    end
  end
  return inside, path_of
end

local function check_left(emit, headings, own, inside, path_of)
  local emitted = 0
  for _, heading in ipairs(headings) do
    local counts = own[heading.index]
    local above = heading
    while above and not path_of[above] do above = above.parent end
    if not inside[heading] and has_left(counts) and emitted < MAX_GAPS then
      emitted = emitted + 1
      emit_left(emit, heading, counts, above and path_of[above] or heading.title)
    end
  end
end

local function has_value(meta, key)
  local value = meta[key]
  return value ~= nil and value ~= "" and not (type(value) == "table" and next(value) == nil)
end

-- Metadata that every spec of the kind should give.
local function check_fields(page, emit, schema)
  local meta, aliases = page.meta, type(schema.aliases) == "table" and schema.aliases or {}
  for _, key in ipairs(names.texts(schema.fields)) do
    local is_there = has_value(meta, key)
    for _, alias in ipairs(names.texts(aliases[key])) do is_there = is_there or has_value(meta, alias) end
    if not is_there then
      emit_gap(emit, "field", key, { line = 1, anchor = "" }, { count = 1, key = key })
    end
  end
end

local function check_order(emit, schema, found)
  if schema.ordered == false then return end
  for _, pair in ipairs(match.moved(schema, found)) do
    local entry, before = pair[1], pair[2]
    emit_gap(emit, "order", entry.title, found[entry], { section = entry.path,
      after = before and before.title })
  end
end

-- A label counts where it stands first.
local function emit_labels(emit, labels)
  local seen = {}
  for _, found in ipairs(labels) do
    local label, sum = found.label, content.grade(found.counts)
    if not seen[label] then
      seen[label] = true
      emit.record("section", { title = label.title, line = found.line, anchor = found.heading.anchor,
        fields = { section = label.path, concept = label.concept, state = sum.state,
          share = sum.share, total = sum.total, label = true } })
    end
  end
end

return function(page, emit)
  local schema = page.schema
  if schema then damage(page, emit) end
  if not schema or #names.sections(schema) == 0 then return end
  local headings, found, extra = match.page(page, schema)
  local own, labels = content.read(page, schema, headings)
  local inside, path_of = check_sections(emit, schema, headings, found, own)
  check_left(emit, headings, own, inside, path_of)
  for i = 1, math.min(#extra, MAX_GAPS) do
    emit_gap(emit, "extra", extra[i].title, extra[i], { section = extra[i].title })
  end
  check_order(emit, schema, found)
  check_fields(page, emit, schema)
  emit_labels(emit, labels)
end
