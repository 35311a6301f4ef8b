-- SPDX-License-Identifier: MIT
-- Draws a state diagram: states are nodes, composite states and their regions groups, transitions
-- and the threads of notes edges of a graph.
local frames = require "frames"
local graph = require "graph"
local label = require "label"
local make_box = require "state.box"
local rules = require "state.rules"
local style = require "style"

-- Marks composite states whose border a transition crosses: they run as what they stand in does.
local function mark_crossed(m, a, b)
  local around = {}
  local state = m.by_id[a.parent]
  while state do around[state], state = true, m.by_id[state.parent] end
  state = m.by_id[b.parent]
  while state and not around[state] do state.is_crossed, state = true, m.by_id[state.parent] end
  local shared = state
  state = m.by_id[a.parent]
  while state ~= shared do state.is_crossed, state = true, m.by_id[state.parent] end
end

-- The direction inside a composite state; as in Mermaid one that names none runs down.
local function direction_in(m, state)
  while state and state.is_crossed do state = m.by_id[state.parent] end
  return state and (state.direction or "TB") or m.direction
end

-- What the ends of transitions say about states.
local function look_at_ends(m)
  for _, state in ipairs(m.states) do state.count_in, state.count_out = 0, 0 end
  for _, edge in ipairs(m.edges) do
    local from, to = edge.from, edge.to
    from.count_out, to.count_in = from.count_out + 1, to.count_in + 1
    if from == to then from.has_loop = true end
    mark_crossed(m, from, to)
  end
end

local function group_label(state)
  if not state.show or state.is_region then return nil end
  local name = "\14" .. state.show .. "\15"
  if (state.show_more or "") ~= "" then name = name .. "\n" .. state.show_more end
  return label.new(name, 300, { markdown = state.descr ~= nil })
end

local function href_of(state, context)
  if state.shape == "stateStart" or state.shape == "stateEnd" then return nil end
  local name = state.show and label.plain(state.show)
  return state.href or context.href(state.id) or name and context.href(name) or nil
end

local function add_group(g, state, context)
  g:group(state.id, { label = group_label(state), parent = state.parent,
    direction = state.direction or "TB", is_bare = state.is_region,
    style = not state.is_region and style.read(state.style) or nil,
    href = href_of(state, context), title = state.title })
end

-- The states with each start before all that stands beside it, wherever the text mentions it.
local function starts_first(m)
  local starts, list, is_listed = {}, {}, {}
  for _, state in ipairs(m.states) do
    if state.shape == "stateStart" then starts[state.parent or ""] = state end
  end
  local function put(state)
    if not state or is_listed[state] then return end
    is_listed[state] = true
    put(m.by_id[state.parent])
    put(starts[state.parent or ""])
    list[#list + 1] = state
  end
  for _, state in ipairs(m.states) do put(state) end
  return list
end

local function add_states(g, m, context)
  for _, state in ipairs(starts_first(m)) do
    if state.is_group then
      add_group(g, state, context)
    else
      local node = make_box(state, direction_in(m, m.by_id[state.parent]))
      node.group, node.title = state.parent, state.title
      node.href = href_of(state, context)
      g:node(state.id, node)
    end
  end
end

-- Texts of transitions; narrower ones where they lie along the line.
local function limit_of(m, edge)
  local direction = direction_in(m, m.by_id[edge.from.parent])
  return (direction == "LR" or direction == "RL") and 130 or 180
end

local function add_edges(g, m)
  for _, edge in ipairs(m.edges) do
    g:edge(edge.from.id, edge.to.id, { head = "arrow", label = edge.show ~= ""
      and label.new(edge.show, limit_of(m, edge), { size = 13, markdown = true }) or nil })
  end
end

local function add_note(g, key, note, group)
  local l = label.new(note.show, 220, { size = 13 })
  local width, height = frames.note_size(l)
  g:node(key, { width = width, height = height, group = group,
    draw = function(out, box) frames.note(out, box, l) end })
end

-- Notes stand beside their states, but where a loop has that place, below or above.
local function add_notes(g, m)
  for i, note in ipairs(m.notes) do
    local key, id = "\0note " .. i, note.state.id
    add_note(g, key, note, note.state.parent)
    local from, to = id, key
    if note.side == "left" then from, to = key, id end
    g:edge(from, to, { line = "dotted", head = "none", is_weak = true })
  end
  for i, note in ipairs(m.floating) do add_note(g, "\0floating " .. i, note) end
end

return function(m, context)
  look_at_ends(m)
  local g = graph.new { direction = m.direction, max_width = 900, title = m.caption }
  add_states(g, m, context)
  add_notes(g, m)
  add_edges(g, m)
  local picture, problem = g:picture()
  if not picture then return nil, problem end
  rules(m, g, picture)
  return picture
end
