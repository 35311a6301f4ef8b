-- SPDX-License-Identifier: MIT
-- From the statements of a state diagram to its states, transitions and notes. Follows Mermaid in
-- what a second mention changes: a state keeps the shape it got first, the last composite state
-- that mentions it holds it, and each text is one more line of its description.
local accessible = require "accessible"
local labels = require "label"
local links = require "links"
local looks = require "state.looks"
local parse = require "state.parse"
local text = require "text"

local model = {}

-- Shapes that show no text.
local MUTE = { stateStart = true, stateEnd = true, choice = true, fork = true, join = true,
  divider = true }

-- A label as Mermaid has it: there a tag that is not closed is none.
local function label(s)
  return text.label((s:gsub("</?%a[^<>]*$", "")))
end

local function new_state(m, id, at)
  local state = { id = id, classes = {}, styles = {}, at = at }
  m.states[#m.states + 1], m.by_id[id] = state, state
  return state
end

-- A state cannot stand in itself, whatever the diagram says.
local function put_into(b, state, parent, at)
  if not parent then return end
  local above = parent
  while above and above ~= state do above = above.parent and b.m.by_id[above.parent] end
  if not above then
    state.parent = parent.id
  else
    b.p:lenient(at, ("'%s' stands in itself"):format(state.id), "give one of both another name")
  end
end

-- The id of "[*]": of the document's state, and whether transitions come from it or lead to it.
local function resolve(s, parent, is_target)
  if s.id ~= "[*]" then return s.id, s.kind or "rect" end
  local owner = parent and parent.id or "root"
  if is_target then return owner .. "_end", "stateEnd" end
  return owner .. "_start", "stateStart"
end

local function describe(b, state, s)
  state.descr = state.descr or {}
  for _, line in ipairs(s.descr) do state.descr[#state.descr + 1] = line end
  if state.is_group then
    if #state.descr > 1 then
      b.p:lenient(s.at, "a composite state has one text only", "put the second into a note")
    end
  else
    state.shape = #state.descr > 1 and "rectWithTitle" or "rect"
  end
end

-- The last direction that a document names.
local function find_direction(doc)
  local direction
  for _, s in ipairs(doc) do
    if s.k == "direction" then direction = s.value end
  end
  return direction
end

local read_document

local function read_state(b, s, parent, is_target)
  local id, shape = resolve(s, parent, is_target)
  local state = b.m.by_id[id] or new_state(b.m, id, s.at)
  if s.kind and state.shape and state.shape ~= s.kind then
    b.p:tell(s.at, { code = "ignored", message = ("'%s' is mentioned before, so it is no %s")
      :format(id, s.kind), hint = "move this line up" })
  end
  state.shape = state.shape or shape
  if s.descr then describe(b, state, s) end
  if s.doc and not state.is_group then
    state.is_group, state.shape = true, "roundedWithTitle"
    state.direction = find_direction(s.doc)
  end
  put_into(b, state, parent, s.at)
  if s.class then table.insert(state.classes, s.class) end
  if s.note then
    table.insert(b.m.notes, { state = state, side = s.note.side, at = s.note.at,
      label = label(s.note.label), show = labels.display(s.note.show) })
  end
  if s.doc then read_document(b, s.doc, state) end
  return state
end

local function read_edge(b, s, parent)
  local edge = { at = s.at, label = label(s.label or ""), show = labels.display(s.label or "") }
  edge.from = read_state(b, s.from, parent)
  edge.to = read_state(b, s.to, parent, true)
  b.m.edges[#b.m.edges + 1] = edge
end

local function read_statement(b, s, parent)
  if s.k == "state" then
    read_state(b, s, parent)
  elseif s.k == "edge" then
    read_edge(b, s, parent)
  elseif s.k == "note" then
    table.insert(b.m.floating, { show = labels.display(s.text), at = s.at })
  end
end

-- The parts between "--", each a document; nil when there is no "--".
local function regions(doc)
  local list, current = {}, {}
  for _, s in ipairs(doc) do
    if s.k == "divider" then
      list[#list + 1], current = current, {}
    else
      current[#current + 1] = s
    end
  end
  if #list == 0 then return nil end
  if #current > 0 then list[#list + 1] = current end
  return list
end

local function read_region(b, doc, parent, number)
  b.region_count = b.region_count + 1
  local state = new_state(b.m, "~region" .. b.region_count, parent and parent.at or 1)
  state.shape, state.is_group, state.is_region = "divider", true, true
  state.parent, state.number = parent and parent.id, number
  state.direction = find_direction(doc)
  for _, s in ipairs(doc) do read_statement(b, s, state) end
end

function read_document(b, doc, parent)
  local parts = regions(doc)
  if not parts then
    for _, s in ipairs(doc) do read_statement(b, s, parent) end
    return
  end
  for i, part in ipairs(parts) do read_region(b, part, parent, i) end
end

local function name_state(state, p)
  local first = state.descr and state.descr[1] or state.id
  state.line = p:line(state.at)
  if MUTE[state.shape] then return end
  state.label, state.show = label(first), labels.display(first)
  if not state.descr or #state.descr < 2 then return end
  local more = table.concat(state.descr, "\n", 2)
  state.more, state.show_more = label(more), labels.display(more)
end

-- Classes, styles and links that statements of their own give.
local function apply_looks(m, p)
  for _, step in ipairs(p.looks.steps) do
    local state = m.by_id[step.id]
    local list = state and (step.class and state.classes or state.styles)
    if list then list[#list + 1] = step.class or step.css end
  end
  for _, click in ipairs(p.looks.clicks) do
    local state = m.by_id[click.id]
    if state then
      links.put(m, state, click.url, click.id, p:line(click.at))
      state.title = click.tip ~= "" and text.display(click.tip) or nil
    end
  end
  for _, state in ipairs(m.states) do state.style = looks.declarations(p.looks, state) end
end

-- "state A" alone: Mermaid draws no A.
local function note_silent(m, p)
  for _, s in ipairs(p.silent) do
    local state = m.by_id[s.id]
    if state and s.class then
      table.insert(state.classes, s.class)
    elseif not state then
      p:tell(s.at, { code = "ignored", message = ("'state %s' alone draws nothing"):format(s.id),
        hint = ("write '%s' in a line of its own"):format(s.id) })
    end
  end
end

-- The model, or nil and a finding.
function model.parse(doc)
  local m = { states = {}, by_id = {}, edges = {}, notes = {}, floating = {} }
  accessible.take(doc, m)
  local document, problem, p = parse(doc)
  if not document then return nil, problem end
  m.findings = p.findings
  m.direction = find_direction(document) or "TB"
  read_document({ m = m, p = p, region_count = 0 }, document)
  note_silent(m, p)
  apply_looks(m, p)
  for _, state in ipairs(m.states) do name_state(state, p) end
  return m
end

local function state_facts(state)
  return { id = state.id, label = state.label, descr = state.more, shape = state.shape,
    group = state.is_group, parent = state.parent ~= "root" and state.parent or nil }
end

function model.facts(m)
  local facts = { dir = m.direction, states = {}, edges = {}, notes = {}, accTitle = m.accTitle,
    accDescr = m.accDescr }
  for _, state in ipairs(m.states) do
    if state.id ~= "root" then table.insert(facts.states, state_facts(state)) end
  end
  for i, edge in ipairs(m.edges) do
    facts.edges[i] = { from = edge.from.id, to = edge.to.id, label = edge.label }
  end
  for i, note in ipairs(m.notes) do
    facts.notes[i] = { state = note.state.id, text = note.label }
  end
  return facts
end

return model
