-- SPDX-License-Identifier: MIT
-- Reads a block diagram into its model: a tree of blocks in order, and edges. As in Mermaid the
-- first mention of an id makes the block where it stands; later ones change its shape or label.
local labels = require "label"
local text = require "text"
local read_node = require "block.node"
local read_edge = require "block.edge"

local MAX_DEPTH = 40

-- Both forms of a label; the id stands in for a missing one.
local function set_label(block, raw)
  local label = text.trim((text.label(raw):gsub("\u{A0}", " ")))
  block.raw = raw
  block.label = label ~= block.id and label ~= "" and label or nil
  block.shown = labels.display(raw)
end

local function add_block(state, node)
  local model, parent = state.model, state.stack[#state.stack]
  local block = model.by_id[node.id]
  if not block then
    block = { id = node.id, type = node.type, parent = parent, line = state.src:place(node.at) }
    set_label(block, node.raw or node.id)
    parent.children[#parent.children + 1], model.by_id[node.id] = block, block
    model.count = model.count + 1
  else
    if node.type ~= "na" then block.type = node.type end
    if node.raw and node.raw ~= node.id then set_label(block, node.raw) end
  end
  block.directions = node.directions or block.directions
  return block
end

local function add_edge(state, from, to, edge)
  local edges = state.model.edges
  edge.from, edge.to = from.id, to.id
  if edge.raw then edge.label, edge.shown = text.label(edge.raw), labels.display(edge.raw) end
  edges[#edges + 1] = edge
end

-- A block, or a chain of blocks and edges.
local function blocks(state, at)
  local src = state.src
  local node, behind = read_node(src, at)
  if not node then return nil, behind end
  local edge, after = read_edge(src, src.text:match("^%s*()", behind))
  if not edge and after then return nil, after end
  local block = add_block(state, node)
  if not edge then
    block.span = block.span or node.size
    return behind
  end
  local links = 0
  while edge do
    links = links + 1
    local next_node, stop = read_node(src, src.text:match("^%s*()", after))
    if not next_node then return nil, stop end
    local to = add_block(state, next_node)
    to.span = to.span or next_node.size
    add_edge(state, block, to, edge)
    if links == 2 then src:lenient(at, "a chain of edges", "write each edge on its own line") end
    block, behind = to, stop
    edge, after = read_edge(src, src.text:match("^%s*()", stop))
    if not edge and after then return nil, after end
  end
  return behind
end

local function open(state, block, at)
  if #state.stack > MAX_DEPTH then
    return state.src:problem(at, ("blocks may be nested %d deep"):format(MAX_DEPTH))
  end
  block.type, block.children = "composite", block.children or {}
  block.opened_at = at
  state.stack[#state.stack + 1] = block
  return true
end

local function open_anonymous(state, at, behind)
  local parent = state.stack[#state.stack]
  local block = { parent = parent, shown = "" }
  parent.children[#parent.children + 1] = block
  state.model.count = state.model.count + 1
  local ok, problem = open(state, block, at)
  if not ok then return nil, problem end
  return behind
end

local function open_named(state, at, behind)
  local node, stop = read_node(state.src, behind)
  if not node then return nil, stop end
  local block = add_block(state, node)
  for _, outer in ipairs(state.stack) do
    if outer == block then
      return state.src:problem(at, ("'%s' stands inside of itself"):format(node.id))
    end
  end
  if not node.raw then block.shown = "" end
  block.span = block.span or node.size
  local ok, problem = open(state, block, at)
  if not ok then return nil, problem end
  return stop
end

local function close(state, at, behind)
  local block = state.stack[#state.stack]
  if #state.stack == 1 then
    return state.src:problem(at, "this 'end' closes nothing", "take it out")
  end
  if #block.children == 0 then state.src:lenient(at, "an empty block", "put a block into it") end
  state.stack[#state.stack] = nil
  return behind
end

local function columns(state, _, behind, count)
  local block = state.stack[#state.stack]
  block.columns = count == "auto" and -1 or math.max(1, math.min(tonumber(count), 1000))
  return behind
end

local function space(state, _, behind, count)
  local parent, model = state.stack[#state.stack], state.model
  count = math.min(tonumber(count) or 1, 100000)
  model.count = model.count + count
  if model.count > state.limit then return behind end -- reported by the caller
  for _ = 1, count do
    parent.children[#parent.children + 1] = { type = "space", parent = parent }
  end
  return behind
end

local function trim_style(css)
  return text.trim((css:gsub(";%s*$", "")))
end

local function class_def(state, _, behind, name, css)
  state.model.classes[name] = trim_style(css)
  return behind
end

-- "style a, b fill:…" and "class a, b name" count for what is there at the end.
local function styling(kind)
  return function(state, at, behind, ids, value)
    for id in ids:gmatch("[^,%s]+") do
      table.insert(state.model.styles, { kind = kind, id = id, value = trim_style(value), at = at })
    end
    return behind
  end
end

local function refused(state, at, behind, word)
  state.src:lenient(at, ("'%s' in a block diagram"):format(word), "take it out")
  return behind
end

-- Statements by their pattern, tried in order; captures: the place behind, then what it says.
local STATEMENTS = {
  { "^block:()", open_named },
  { "^block%-beta%f[^%w_]()", open_anonymous },
  { "^block%f[^%w_]()", open_anonymous },
  { "^end%f[^%w_]()", close },
  { "^columns%s+()(auto)%f[^%w_]", columns, behind = "^columns%s+auto()" },
  { "^columns%s+()(%d+)", columns, behind = "^columns%s+%d+()" },
  { "^space:()(%d+)", space, behind = "^space:%d+()" },
  { "^space%f[^%w_]()", space },
  { "^classDef%s+()([%w_]+)[ \t]+([^\n]*)", class_def, behind = "^[^\n]*()" },
  { "^class%s+()([%w_]+[%w_, \t]*)[ \t]+([^\n]-)[ \t]*%f[\n\0]", styling "class",
    behind = "^[^\n]*()" },
  { "^style%s+()([%w_]+[%w_, \t]-)[ \t]+([^,%s][^\n]*)", styling "style", behind = "^[^\n]*()" },
  { "^()(linkStyle)%f[^%w_]", refused, behind = "^[^\n]*()" },
  { "^()(direction)%s+%u%u%f[^%w_]", refused, behind = "^[^\n]*()" },
}

local function statement(state, at)
  local s = state.src.text
  for _, known in ipairs(STATEMENTS) do
    local behind, first, second = s:match(known[1], at)
    if behind then
      if known.behind then behind = s:match(known.behind, at) end
      return known[2](state, at, behind, first, second)
    end
  end
  return blocks(state, at)
end

-- Fills `model` {root, by_id, edges, classes, styles} from `src`. True, or nil and a finding.
return function(src, model, limit)
  local state = { src = src, model = model, stack = { model.root }, limit = limit }
  local at = 1
  while true do
    at = src.text:match("^%s*()", at)
    if at > #src.text then break end
    local behind, problem = statement(state, at)
    if not behind then return nil, problem end
    if model.count + #model.edges > limit then
      return nil, { code = "too-large", line = src:place(at), column = 1,
        message = ("a diagram may have %d blocks and edges"):format(limit) }
    end
    at = behind
  end
  if #state.stack > 1 then
    return src:problem(state.stack[#state.stack].opened_at, "this 'block' is not closed",
      "add a line 'end'")
  end
  if #model.root.children == 0 then
    return src:problem(1, "there is no block in this diagram", 'write one: a["Label"]')
  end
  return true
end
