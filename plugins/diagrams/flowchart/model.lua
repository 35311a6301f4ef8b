-- SPDX-License-Identifier: MIT
-- The model of a flowchart: nodes, groups, edges, classes; what a statement does to them; and the
-- facts, the structure alone.
local text = require "text"
local label = require "label"

local model = {}

-- Line of a place in `s`; places must be asked for in rising order.
local function line_counter(s, line)
  local at = 1
  return function(place)
    while true do
      local newline = s:find("\n", at, true)
      if not newline or newline >= place then return line end
      line, at = line + 1, newline + 1
    end
  end
end

-- For the text `s`, whose first line has the number `first`.
function model.new(s, first)
  return { line_of = line_counter(s, first), dir = "TB", nodes = {}, by_id = {}, groups = {},
    group_by_id = {}, group_count = 0, edges = {}, edge_by_id = {}, edge_counts = {}, classes = {},
    edge_styles = {}, findings = {}, owner = {} }
end

function model.node(m, id, at)
  local node = m.by_id[id]
  if not node then
    node = { id = id, line = m.line_of(at), raw = id, classes = {}, styles = {} }
    m.nodes[#m.nodes + 1] = node
    m.by_id[id] = node
  end
  return node
end

local function append(list, more)
  for _, item in ipairs(more) do list[#list + 1] = item end
end

-- Gives a class to nodes, edges and groups of these ids: to those that exist by now.
function model.set_class(m, ids, class)
  for id in ids:gmatch("[^,]+") do
    id = text.trim(id)
    for _, kind in ipairs { "by_id", "edge_by_id", "group_by_id" } do
      local part = m[kind][id]
      if part then part.classes[#part.classes + 1] = class end
    end
  end
end

function model.set_style(m, id, declarations, at)
  append(model.node(m, id, at).styles, declarations)
end

function model.define_class(m, names, declarations)
  for name in names:gmatch("[^,]+") do
    name = text.trim(name)
    m.classes[name] = m.classes[name] or {}
    append(m.classes[name], declarations)
  end
end

-- Mermaid's own name of the next edge between two nodes: "L_A_B_0", "L_A_B_2", …
local function generated_id(m, from, to)
  local id = ("L_%s_%s_"):format(from, to)
  local count = (m.edge_counts[id] or -1) + 1
  m.edge_counts[id] = count
  return id .. (count == 0 and 0 or count + 1)
end

-- Every node of `from` to every node of `to`. An id goes to the edge between the last of the first
-- and the first of the second.
function model.connect(m, from, to, edge)
  for i, a in ipairs(from) do
    for j, b in ipairs(to) do
      local e = { from = a, to = b, line = edge.line, head = edge.head, tail = edge.tail,
        length = edge.length, raw = edge.raw, shown_raw = edge.shown_raw, facts = edge.facts,
        is_markdown = edge.is_markdown, classes = {} }
      local id = generated_id(m, a, b)
      if edge.id and i == #from and j == 1 and not m.edge_by_id[edge.id] then id = edge.id end
      m.edge_by_id[id] = e
      m.edges[#m.edges + 1] = e
    end
  end
end

-- `scope` {id, raw, is_markdown, members (ids in order), dir, dir_word (as written: TD is TB), at}:
-- a subgraph that has ended. A node belongs to the first group that ends with it inside.
function model.add_group(m, scope)
  local group = { id = scope.id or "subGraph" .. m.group_count, raw = scope.raw or "",
    is_markdown = scope.is_markdown, dir = scope.dir, dir_word = scope.dir_word, at = scope.at,
    classes = {}, styles = {}, members = {} }
  m.group_count = m.group_count + 1
  for _, id in ipairs(scope.members) do
    if not m.owner[id] and id ~= group.id then
      m.owner[id] = group.id
      group.members[#group.members + 1] = id
    end
  end
  m.groups[#m.groups + 1] = group
  m.group_by_id[group.id] = group
  return group.id
end

local function compiled(m, names, list)
  for _, name in ipairs(names) do
    local declarations = m.classes[name] or {}
    append(list, declarations)
    for _, declaration in ipairs(declarations) do -- Mermaid keeps colours of texts twice
      if declaration:find("color", 1, true) then
        list[#list + 1] = (declaration:gsub("fill", "bgFill", 1))
      end
    end
  end
  return list
end

-- All declarations for a node or a group, later ones win.
function model.declarations(m, part, is_group)
  local list = is_group and {} or compiled(m, { "default", "node" }, {})
  compiled(m, part.classes, list)
  append(list, part.styles)
  return list
end

-- A group of the same id as a node takes what was said about the node.
local function merge(m)
  for _, group in ipairs(m.groups) do
    local node = m.by_id[group.id]
    if node then
      group.classes, group.styles, group.link = node.classes, node.styles, node.link
      group.tooltip = node.tooltip
    end
  end
end

-- A group may stand in itself only by a mistake of the author: such a circle is cut.
local function cut_circles(m)
  for _, group in ipairs(m.groups) do
    local seen, id = {}, group.id
    while id and not seen[id] do
      seen[id] = true
      local owner = m.owner[id]
      if owner and seen[owner] then m.owner[id] = nil end
      id = owner
    end
  end
end

-- A subgraph that is opened again is one group; the last title counts.
function model.shown_groups(m)
  local list = {}
  for _, group in ipairs(m.groups) do
    if m.group_by_id[group.id] == group then list[#list + 1] = group end
  end
  return list
end

local ICON = "%f[%w]fa[bklrs]?:fa%-[%w-]+"

-- Icons have no pictures here: beside words they go, alone their name stays.
local function without_icons(s)
  if not s:find(":fa-", 1, true) then return s end
  local rest = text.trim((s:gsub(ICON .. " *", "")))
  if rest ~= "" then return rest end
  return (s:gsub("fa[bklrs]?:fa%-", ""))
end

local function finish_label(part)
  part.label = text.label(part.raw or "")
  local shown = without_icons(label.display(part.shown_raw or part.raw or ""))
  if part.is_markdown then shown = label.markdown(shown) end
  part.rich, part.show = shown, label.plain(shown)
end

-- After the last line.
function model.finish(m)
  merge(m)
  cut_circles(m)
  local nodes = {}
  for _, node in ipairs(m.nodes) do
    if not m.group_by_id[node.id] then nodes[#nodes + 1] = node end
  end
  m.all, m.nodes = m.nodes, nodes
  for _, list in ipairs { m.nodes, m.groups, m.edges } do
    for _, part in ipairs(list) do finish_label(part) end
  end
end

local function css(list)
  local bare = {}
  for _, declaration in ipairs(list) do
    declaration = declaration:gsub("%s+", "")
    if declaration ~= "fill:none" then bare[#bare + 1] = declaration end -- as the reference has it
  end
  return #bare > 0 and bare or nil
end

local function edge_facts(edge)
  local odd = edge.facts
  return { from = edge.from, to = edge.to, label = edge.label, line = (odd or edge).line,
    head = (odd or edge).head, tail = not odd and edge.tail or nil,
    len = not odd and edge.length > 1 and edge.length or nil }
end

-- An address as browsers write it back: a host alone gets its "/".
local function normal_url(url)
  local bare = url:gsub("[%c%s]", ""):lower()
  if bare:find("^%W*javascript") or bare:find("^%W*data") or bare:find("^%W*vbscript") then
    return "about:blank"
  end
  local scheme, host, rest = url:match("^(%a[%w+.-]*)://([^/?#]*)(.*)$")
  if not scheme then return url end
  if rest == "" or rest:find("^[?#]") then rest = "/" .. rest end
  return ("%s://%s%s"):format(scheme:lower(), host:lower(), rest)
end

function model.facts(m)
  local facts = { dir = m.dir, nodes = {}, groups = {}, edges = {}, accTitle = m.accTitle,
    accDescr = m.accDescr }
  for i, node in ipairs(m.nodes) do
    facts.nodes[i] = { id = node.id, label = node.label, shape = node.shape or "squareRect",
      parent = m.owner[node.id], link = node.link and normal_url(node.link), icon = node.icon,
      img = node.img, css = css(model.declarations(m, node)) }
  end
  for i, group in ipairs(m.groups) do
    facts.groups[i] = { id = group.id, label = group.label, parent = m.owner[group.id],
      dir = group.dir_word, css = css(model.declarations(m, group, true)) }
  end
  for i, edge in ipairs(m.edges) do facts.edges[i] = edge_facts(edge) end
  return facts
end

return model
