-- SPDX-License-Identifier: MIT
-- Draws a class diagram: classes are nodes, namespaces groups, relations edges of a graph.
local frames = require "frames"
local graph = require "graph"
local label = require "label"
local make_box = require "class.box"

local HEADS = { extension = "triangle", composition = "diamond", aggregation = "aggregation",
  dependency = "open", lollipop = "lollipop" }

-- Keys of the graph: a class and a namespace may have the same name.
local function class_key(id) return "class " .. id end
local function space_key(id) return id and "namespace " .. id end

local function add_namespaces(g, model)
  for _, space in ipairs(model.namespaces) do
    g:group(space_key(space.id), { label = label.new("\14" .. space.show .. "\15", 300,
      { size = 13 }), parent = space_key(space.parent), direction = space.dir })
  end
end

local function href_of(class, context)
  return class.href or context.href(class.id) or context.href(class.show) or nil
end

local function add_classes(g, model, context)
  local shows_empty = (model.settings or {})["class.hideEmptyMembersBox"] == "false"
  for _, class in ipairs(model.classes) do
    local node = make_box(class, model.class_defs, shows_empty)
    node.group = space_key(class.namespace)
    node.href, node.title = href_of(class, context), class.tooltip
    g:node(class_key(class.id), node)
  end
  for _, interface in ipairs(model.interfaces) do
    local l = label.new(interface.show, 200, { size = 13 })
    g:node(class_key(interface.id), { width = l.width + 12, height = l.height + 4,
      draw = function(out, box)
        label.draw(out, l, box.x + box.width / 2, box.y + box.height / 2)
      end })
  end
end

local function small(s, limit, size)
  return s and s ~= "" and label.new(s, limit, { size = size, markdown = size == 13 }) or nil
end

-- A loop has one text beside it: what stands at its upper end, its label, what stands at the lower.
local function loop_label(r)
  local lines = {}
  for _, part in ipairs { r.card1 or "", r.show or "", r.card2 or "" } do
    if part ~= "" then lines[#lines + 1] = part end
  end
  return small(table.concat(lines, "\n"), 170, 13)
end

local function add_relations(g, model)
  for _, r in ipairs(model.relations) do
    local is_loop = r.from == r.to
    g:edge(class_key(r.from), class_key(r.to), { line = r.line, tail = HEADS[r.tail],
      head = HEADS[r.head] or "none", label = is_loop and loop_label(r) or small(r.show, 170, 13),
      from_label = not is_loop and small(r.card1, 120, 12) or nil,
      to_label = not is_loop and small(r.card2, 120, 12) or nil })
  end
end

local function add_notes(g, model)
  for i, note in ipairs(model.notes) do
    local l = label.new(note.show, 220, { size = 13, markdown = true })
    local width, height = frames.note_size(l)
    local key = "note " .. i
    g:node(key, { width = width, height = height, group = space_key(note.namespace),
      draw = function(out, box) frames.note(out, box, l) end })
    if note.class and model.by_id[note.class] then
      g:edge(key, class_key(note.class), { line = "dotted", head = "none" })
    end
  end
end

return function(model, context)
  local g = graph.new { direction = model.dir, max_width = 900, title = model.caption }
  add_namespaces(g, model)
  add_classes(g, model, context)
  add_notes(g, model)
  add_relations(g, model)
  return g:picture()
end
