-- SPDX-License-Identifier: MIT
-- C4 diagrams: from the lines of a document to a model, and from a model to its plain facts.
local source = require "source"
local accessible = require "accessible"
local colour = require "colour"
local links = require "links"
local names = require "c4.names"
local parse = require "c4.parse"

local c4 = {}

-- Elements that relations name but nobody declared stand as boxes of their own.
local function add_unknown(model, src)
  for _, rel in ipairs(model.rels) do
    for _, alias in ipairs { rel.from, rel.to } do
      if not model.by_alias[alias] and not model.boundary_by_alias[alias] then
        local shape = { id = alias, kind = "unknown", label = "", label_shown = alias,
          line = rel.line, is_unknown = true }
        model.by_alias[alias] = shape
        model.shapes[#model.shapes + 1] = shape
        src:lenient(rel.at, ("'%s' is declared nowhere"):format(alias),
          ('declare it: System(%s, "…")'):format(alias))
      end
    end
  end
end

local COLOURS = { "bgColor", "fontColor", "borderColor", "textColor", "lineColor" }

local function paint(item, fields)
  for _, name in ipairs(COLOURS) do
    local c = fields[name] and colour.parse(fields[name])
    if c then
      item.colours = item.colours or {}
      item.colours[name] = c
    end
  end
end

local function paint_tags(list, tags)
  for _, item in ipairs(list) do
    for tag in (item.tags or ""):gmatch("[^+,%s]+") do
      if tags[tag] then paint(item, tags[tag]) end
    end
  end
end

-- Styles count wherever they stand; those of an element are stronger than those of its tags.
local function apply_styles(model)
  paint_tags(model.shapes, model.tags)
  paint_tags(model.boundaries, model.tags)
  paint_tags(model.rels, model.rel_tags)
  for _, style in ipairs(model.styles) do
    local item = model.by_alias[style.alias] or model.boundary_by_alias[style.alias]
    if item then paint(item, style) end
  end
  local pairs_of = {}
  for _, rel in ipairs(model.rels) do
    local key = rel.from .. "\n" .. rel.to
    pairs_of[key] = pairs_of[key] or {}
    table.insert(pairs_of[key], rel)
  end
  for _, style in ipairs(model.rel_styles) do
    local named = pairs_of[(style.from or "") .. "\n" .. (style.to or "")]
    for _, rel in ipairs(named or {}) do paint(rel, style) end
  end
end

local function element_links(model)
  for _, list in ipairs { model.shapes, model.boundaries } do
    for _, item in ipairs(list) do
      if (item.link or "") ~= "" then
        links.put(model, item, item.link, item.label_shown or item.id, item.line)
      end
    end
  end
end

-- Links of relations stand below the picture: a line is hard to hit.
local function relation_links(model)
  model.links = {}
  for _, rel in ipairs(model.rels) do
    if (rel.link or "") ~= "" then
      local from = model.by_alias[rel.from] or model.boundary_by_alias[rel.from]
      local label = (rel.label_shown or "") ~= "" and rel.label_shown or rel.to
      local entry = { of = names.shown(from), label = label }
      if links.put(model, entry, rel.link, label, rel.line) then
        table.insert(model.links, entry)
      end
    end
  end
end

-- Interactions of a dynamic diagram have numbers: that of RelIndex, or the next; none when the
-- author has numbered labels by hand.
local function number_relations(model)
  local counts = model.kind == "C4Dynamic"
  for _, rel in ipairs(model.rels) do
    if (rel.label_shown or ""):find("^%d+[%d.]*[.:)]") then counts = false end
  end
  for i, rel in ipairs(model.rels) do
    local index = rel.index ~= "" and rel.index
    rel.number = index or counts and tostring(i) or nil
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
function c4.parse(doc, limits)
  local model = { kind = doc.type, shapes = {}, by_alias = {}, boundaries = {},
    boundary_by_alias = {}, rels = {}, styles = {}, tags = {}, rel_styles = {}, rel_tags = {} }
  accessible.take(doc, model)
  local src = source.new(doc)
  model.findings = src.findings
  local ok, problem = parse(src, model, limits.max_events)
  if not ok then return nil, problem end
  add_unknown(model, src)
  apply_styles(model)
  element_links(model)
  relation_links(model)
  number_relations(model)
  return model
end

local function pick(from, ...)
  local to = {}
  for _, key in ipairs { ... } do to[key] = from[key] end
  to.parent = from.parent and from.parent.id
  return to
end

-- Mermaid keeps one relation from one element to another: the last that is declared.
local function relations(model)
  local list, by_ends = {}, {}
  for _, rel in ipairs(model.rels) do
    local key = rel.from .. "\n" .. rel.to
    if rel.label then
      local fact = by_ends[key]
      if not fact then
        fact = {}
        list[#list + 1], by_ends[key] = fact, fact
      end
      for _, name in ipairs { "from", "to", "kind", "label", "techn" } do
        fact[name] = rel[name] or fact[name]
      end
    end
  end
  return list
end

-- The plain facts: what tools compare.
function c4.facts(model)
  local facts = { kind = model.kind, title = model.title_label or model.accTitle,
    accDescr = model.accDescr, shapes = {}, boundaries = {}, rels = relations(model) }
  for _, shape in ipairs(model.shapes) do
    if not shape.is_unknown then
      table.insert(facts.shapes, pick(shape, "id", "kind", "label", "techn", "descr"))
    end
  end
  for i, boundary in ipairs(model.boundaries) do
    facts.boundaries[i] = pick(boundary, "id", "label", "kind")
  end
  return facts
end

return c4
