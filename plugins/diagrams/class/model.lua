-- SPDX-License-Identifier: MIT
-- What a class diagram holds: classes, relations, namespaces and notes; and its plain facts.
local labels = require "label"
local text = require "text"
local member = require "class.member"

local model = {}
model.__index = model

function model.new()
  return setmetatable({ dir = "TB", classes = {}, by_id = {}, relations = {}, notes = {},
    namespaces = {}, namespace_by_id = {}, interfaces = {}, class_defs = {} }, model)
end

-- "List~T~" -> "List", "T"
local function split_name(name)
  if not name:find("~", 2, true) then return name, nil end
  return name:match("^([^~]*)~([^~]*)")
end

-- The class of that name, made by the first mention. `line` is where that is.
function model:class(name, line)
  local id, generic = split_name(name)
  local class = self.by_id[id]
  if class then return class end
  class = { id = id, label = text.label(id), show = text.display(id), generic = generic,
    annotations = {}, attributes = {}, methods = {}, css = {}, styles = {}, line = line }
  self.classes[#self.classes + 1], self.by_id[id] = class, class
  return class
end

-- The class, or nil when nothing has named it yet.
function model:find(name)
  return self.by_id[(split_name(name))]
end

function model.set_label(class, label)
  class.label, class.show = text.label(label), labels.display(label)
end

function model.add_annotation(class, raw)
  local list = class.annotations
  list[#list + 1] = { label = text.label(raw), show = labels.display(raw) }
end

-- "<<…>>" is an annotation, what holds a ")" is a method, all else an attribute.
function model.add_member(class, raw)
  raw = text.trim(raw)
  local annotation = raw:match("^<<(.*)>>$")
  if annotation then return model.add_annotation(class, annotation) end
  if raw == "" then return end
  local list = raw:find(")", 2, true) and class.methods or class.attributes
  list[#list + 1] = member.read(raw)
end

-- The namespace of a dotted name inside `parent` (its id or nil), with all that stand above it.
function model:namespace(name, label, parent)
  local whole = parent and parent .. "." .. name or name
  local above, id
  for part in (whole .. "."):gmatch("([^.]*)%.") do
    id = id and id .. "." .. part or part
    if not self.namespace_by_id[id] then
      local made = { id = id, label = text.label(part), show = text.display(part), parent = above }
      self.namespaces[#self.namespaces + 1], self.namespace_by_id[id] = made, made
    end
    above = id
  end
  local space = self.namespace_by_id[id]
  if label then space.label, space.show = text.label(label), labels.display(label) end
  return space
end

local function cardinality(raw)
  local label = raw and text.label(raw) or ""
  return label ~= "none" and label ~= "" and label or nil
end

local function interface(self, name)
  local id = "interface" .. #self.interfaces
  self.interfaces[#self.interfaces + 1] = { id = id, show = text.display((split_name(name))) }
  return id
end

-- `r` {from, to (names), tail, head, line, label, card1, card2 (raw texts), at_line}. A lollipop's
-- end is no class but an interface, one for each relation.
function model:add_relation(r)
  local from, to
  if r.tail == "lollipop" and not r.head then
    to = self:class(r.to, r.at_line).id
    from = interface(self, r.from)
  elseif r.head == "lollipop" and not r.tail then
    from = self:class(r.from, r.at_line).id
    to = interface(self, r.to)
  else
    from, to = self:class(r.from, r.at_line).id, self:class(r.to, r.at_line).id
  end
  self.relations[#self.relations + 1] = { from = from, to = to, tail = r.tail, head = r.head,
    line = r.line, label = r.label and text.label(r.label), show = r.label and
    labels.display(r.label), card1 = cardinality(r.card1), card2 = cardinality(r.card2),
    at_line = r.at_line }
end

function model:add_note(raw, of, space)
  local id = of and split_name(of)
  self.notes[#self.notes + 1] = { text = text.label(raw), show = labels.display(raw), class = id,
    namespace = space }
end

-- Addresses of the web as browsers write them: "https://x.example" -> "https://x.example/".
local function normal_link(url)
  local scheme, host, rest = url:match("^(%a+)://([^/?#]*)(.*)$")
  scheme = scheme and scheme:lower()
  if scheme ~= "http" and scheme ~= "https" then return url end
  if not rest:find("^/") then rest = "/" .. rest end
  return scheme .. "://" .. host:lower() .. rest
end

local function labels_of(list)
  local out = {}
  for i, item in ipairs(list) do out[i] = item.label end
  return out
end

local function class_facts(class)
  return { id = text.label(class.id), label = class.label, generic = class.generic
    and text.label(class.generic), annotations = labels_of(class.annotations),
    attrs = labels_of(class.attributes), methods = labels_of(class.methods), ns = class.namespace,
    link = class.url and normal_link(class.url) }
end

-- The plain facts: what tools compare.
function model:facts()
  local facts = { dir = self.dir, accTitle = self.accTitle, accDescr = self.accDescr,
    classes = {}, relations = {}, notes = {}, namespaces = {} }
  for i, class in ipairs(self.classes) do facts.classes[i] = class_facts(class) end
  for i, r in ipairs(self.relations) do
    facts.relations[i] = { from = text.label(r.from), to = text.label(r.to), tail = r.tail,
      head = r.head, line = r.line, label = r.label, card1 = r.card1, card2 = r.card2 }
  end
  for i, note in ipairs(self.notes) do
    facts.notes[i] = { text = note.text, class = note.class }
  end
  for i, space in ipairs(self.namespaces) do facts.namespaces[i] = space.id end
  return facts
end

return model
