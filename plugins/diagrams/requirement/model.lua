-- SPDX-License-Identifier: MIT
-- The model of a requirement diagram: what it holds beside what was read, and its facts.
local links = require "links"
local text = require "text"
local read = require "requirement.parse"

local model = {}

-- A relation may name what nothing declares: Mermaid fails, here it is a box with a name only.
local function end_of(m, name, relation)
  if m.by_name[name] then return end
  local box = { name = name, group = "element", classes = {}, styles = {}, is_unknown = true,
    line = relation.line }
  m.boxes[#m.boxes + 1], m.by_name[name] = box, box
  table.insert(m.findings, { code = "unknown-name", severity = "warning", line = relation.line,
    column = 1, message = ("'%s' is declared nowhere"):format(name),
    hint = ("write 'requirement %s { … }' or 'element %s { … }'"):format(name, name) })
end

-- A docRef is any text; one that is an address or a page of the portal is a link.
local function link_document(m, box)
  local ref = box.docref or ""
  if not (ref:find("^https?://") or ref:find("^%S+%.md%f[#%z]")) then return end
  box.document = {}
  links.put(m, box.document, ref, box.name, box.docref_line)
end

function model.parse(doc)
  local m, problem = read(doc)
  if not m then return nil, problem end
  for _, relation in ipairs(m.relations) do
    end_of(m, relation.from, relation)
    end_of(m, relation.to, relation)
  end
  for _, box in ipairs(m.boxes) do
    box.style = m.looks:declarations(box)
    link_document(m, box)
  end
  return m
end

local function requirement_facts(box)
  return { name = text.label(box.name), kind = box.type, id = text.label(box.id or ""),
    text = text.label(box.text or ""), risk = box.risk, verify = box.verify }
end

local function element_facts(box)
  return { name = text.label(box.name), kind = text.label(box.kind or ""),
    docref = text.label(box.docref or "") }
end

function model.facts(m)
  local facts = { dir = m.direction, requirements = {}, elements = {}, relations = {},
    accTitle = m.accTitle, accDescr = m.accDescr }
  for _, box in ipairs(m.boxes) do
    if box.group == "requirement" then
      table.insert(facts.requirements, requirement_facts(box))
    elseif not box.is_unknown then
      table.insert(facts.elements, element_facts(box))
    end
  end
  for i, relation in ipairs(m.relations) do
    facts.relations[i] = { from = text.label(relation.from), to = text.label(relation.to),
      kind = relation.kind }
  end
  return facts
end

return model
