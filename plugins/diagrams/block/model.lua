-- SPDX-License-Identifier: MIT
-- Block diagrams: from the lines of a document to a model, and from a model to its plain facts.
local source = require "source"
local text = require "text"
local accessible = require "accessible"
local parse = require "block.parse"

local model = {}

-- Gives every block the style that its classes and its own style lines make.
local function apply_styles(m, src)
  for _, entry in ipairs(m.styles) do
    local block = m.by_id[entry.id]
    if not block and entry.kind == "style" then
      src:lenient(entry.at, ("'%s' is no block"):format(entry.id), "take it out")
    elseif block and entry.kind == "class" then
      block.class_css = (block.class_css and block.class_css .. "," or "")
        .. (m.classes[entry.value] or "")
    elseif block then
      block.own_css = entry.value
    end
  end
  local default = m.classes.default
  for _, block in quoin.sorted(m.by_id) do
    local parts = {}
    for _, css in ipairs { default or "", block.class_css or "", block.own_css or "" } do
      if css ~= "" then parts[#parts + 1] = css end
    end
    block.css = #parts > 0 and table.concat(parts, ",") or nil
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
function model.parse(doc, limits)
  local m = { root = { type = "composite", children = {} }, by_id = {}, edges = {}, classes = {},
    styles = {}, count = 0, caption = doc.title and text.display(doc.title) }
  accessible.take(doc, m)
  local src = source.new(doc)
  m.findings = src.findings
  if m.accTitle or m.accDescr then
    src:lenient(1, "accTitle and accDescr in a block diagram", "take them out")
  end
  local ok, problem = parse(src, m, limits.max_events)
  if not ok then return nil, problem end
  apply_styles(m, src)
  return m
end

local function block_fact(block)
  local fact = { id = block.id, label = block.label, type = block.type, columns = block.columns,
    w = block.span and block.span > 1 and block.span or nil }
  if not block.children then return fact end
  fact.label = block.shown ~= "" and block.label or nil
  fact.children = {}
  for i, child in ipairs(block.children) do fact.children[i] = block_fact(child) end
  return fact
end

-- The plain facts: what tools compare.
function model.facts(m)
  local facts = { blocks = block_fact(m.root).children, edges = {} }
  for i, edge in ipairs(m.edges) do
    facts.edges[i] = { from = edge.from, to = edge.to, label = edge.label, head = edge.head,
      tail = edge.tail }
  end
  return facts
end

return model
