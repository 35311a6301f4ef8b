-- SPDX-License-Identifier: MIT
-- Reads a flowchart into its model: the heading with the direction, then statements between line
-- ends and ";": chains of nodes and arrows, subgraphs, and the statements of statements.lua.
local cursor = require "cursor"
local accessible = require "accessible"
local arrow = require "flowchart.arrow"
local edges = require "flowchart.edges"
local groups = require "flowchart.groups"
local model = require "flowchart.model"
local node = require "flowchart.node"
local statements = require "flowchart.statements"

local MOST_NODES, MOST_EDGES, MOST_GROUPS = 1000, 1500, 200 -- what the layout takes
local MERMAID_EDGES = 500

-- "A & B": ids, or nil.
local function read_nodes(state, members)
  local c, ids = state.c, {}
  while true do
    local id, is_edge = node.read(c, state.m)
    if not id then return nil end
    if is_edge then return ids, true end
    ids[#ids + 1] = id
    members[#members + 1] = id
    local behind = c.text:match("^[ \t]*&[ \t]*()", c.at)
    if not behind then return ids end
    c.at = behind
  end
end

local function too_large(c, what, count, most)
  return { code = "too-large", line = c:line(), message = ("a flowchart may have %d %s, this one "
    .. "has at least %d"):format(most, what, count), hint = "split it into several diagrams" }
end

local function check_size(state)
  local m, c = state.m, state.c
  if #m.nodes > MOST_NODES then
    c.problem = too_large(c, "nodes", #m.nodes, MOST_NODES)
  elseif #m.edges > MOST_EDGES then
    c.problem = too_large(c, "edges", #m.edges, MOST_EDGES)
  elseif #m.groups > MOST_GROUPS then
    c.problem = too_large(c, "subgraphs", #m.groups, MOST_GROUPS)
  elseif #m.edges > MERMAID_EDGES then
    c:lenient(("a flowchart there has at most %d edges"):format(MERMAID_EDGES),
      "split it into several diagrams")
  end
  return not c.problem
end

local WRONG = { -- pattern, what is wrong, the cure
  { "^%-[>%s]", "'-' is no arrow of a flowchart", "write '-->'" },
  { "^=>", "'=>' is no arrow of a flowchart", "write '==>'" },
  { "^%.+>", "this is no arrow of a flowchart", "write '-.->'" },
  { "^[%])}]", "this bracket closes nothing", 'quote the label: ["…"]' },
  { "^|", "a text between '|' stands behind an arrow", "write A -->|text| B" },
  { '^"', "a text cannot stand here", 'write A["text"]' },
  { "^<", "this cannot stand behind a node", "quote the label, or write '&lt;' for '<'" },
  { "^//", "this cannot stand here", "comments begin with '%%'" },
}

local function fail_here(c, what)
  for _, row in ipairs(WRONG) do
    if c.text:find(row[1], c.at) then return c:fail(row[2], row[3]) end
  end
  local piece = c.text:match("^[%w_]+", c.at) or c.text:match("^" .. utf8.charpattern, c.at) or ""
  if piece == "" or piece == "\n" then return c:fail(what .. " is missing here") end
  local line = c.text:sub(1, c.at - 1):match("([^\n]*)$")
  return c:fail(("'%s' cannot stand here"):format(piece), line:find("^%s*//")
    and "comments begin with '%%'" or "begin a new line, or quote the label: [\"…\"]")
end

local function ends_here(c)
  c:skip_blanks()
  if c:is_done() or c:sees("[\n;]") then return true end
  local comment = c.text:match("^%%%%[^\n]*()", c.at)
  if not comment then return false end
  c:lenient("a comment behind a statement", "give the comment its own line")
  c.at = comment
  return true
end

-- A --> B & C -- text --> D
local function read_chain(state)
  local c, m = state.c, state.m
  local scope = state.scopes[#state.scopes]
  local members = scope and scope.members or {}
  local from, is_edge = read_nodes(state, members)
  if not from then return c.problem == nil and fail_here(c, "a node") end
  while not is_edge do
    local edge, at = edges.read(c)
    if not edge then break end
    local to = read_nodes(state, members)
    if not to then
      return not c.problem and c:fail("this arrow leads nowhere", "write a node behind it", at)
    end
    model.connect(m, from, to, edge)
    from = to
    if not check_size(state) then return nil end
  end
  if c.problem then return nil end
  if not ends_here(c) then return fail_here(c, "the end of the line") end
  return check_size(state)
end

-- A word of the notation is an id when brackets or an arrow follow.
local function is_statement(c, behind)
  return not c.text:find("^[%[({@:&]", behind) and not c.text:find("^%-[%w_]", behind)
    and not arrow.follows(c.text, c.text:match("^[ \t]*()", behind))
end

local function second_diagram(state, at)
  return state.c:fail("a second diagram begins here", "give each diagram its own block", at)
end

-- The heading of a subgraph ends its line.
local function begin_group(state, at)
  if not groups.begin(state, at) then return nil end
  return ends_here(state.c) or fail_here(state.c, "the end of the line")
end

local WORDS = { subgraph = begin_group, ["end"] = groups.finish, graph = second_diagram,
  flowchart = second_diagram }

local function read_statement(state)
  local c = state.c
  local at = c.at
  local word = c.text:match("^([%a]+)%f[^%w_]", at)
  local handler = word and (WORDS[word] or statements.handlers[word])
  if handler and is_statement(c, at + #word) then
    c.at = at + #word
    return handler(state, at)
  end
  return read_chain(state)
end

local DIRECTIONS = { TB = "TB", TD = "TB", BT = "BT", LR = "LR", RL = "RL", ["<"] = "RL",
  [">"] = "LR", ["^"] = "BT", v = "TB" }

local function read_heading(c, m)
  c:skip_blanks()
  if ends_here(c) then return true end
  local at = c.at
  local word = c:take("[<>^]") or c:take("%a+%f[^%w_]")
  if not DIRECTIONS[word] then
    return c:fail(("'%s' is no direction"):format(word or c:take(utf8.charpattern)),
      "write flowchart TB, BT, LR or RL", at)
  end
  m.dir = DIRECTIONS[word]
  if not ends_here(c) then
    c:lenient("a statement on the line of the direction", "begin a new line")
  end
  return true
end

local function read_all(state)
  local c = state.c
  if not read_heading(c, state.m) then return nil end
  while true do
    c.at = c.text:match("^[%s;]*()", c.at)
    if c:is_done() then break end
    if not read_statement(state) then return nil end
  end
  local open = state.scopes[#state.scopes]
  if open then return c:fail("this subgraph does not end", "write 'end' behind it", open.at) end
  return true
end

-- The model, or nil and a finding.
return function(doc)
  local about = {}
  accessible.take(doc, about)
  local c = cursor.new(doc)
  c.text = c.text:gsub("\u{A0}", "  ") -- separates words as a blank does; columns stay
  local m = model.new(c.text, doc.first)
  m.accTitle, m.accDescr = about.accTitle, about.accDescr
  c.findings = m.findings
  c.source.findings = m.findings
  if doc.empty_comment then
    m.findings[1] = { code = "lenient", severity = "info", line = doc.empty_comment, column = 1,
      message = "works here, fails on GitHub: a comment without words", hint = "remove this line" }
  end
  local state = { c = c, m = m, scopes = {} }
  if not read_all(state) then return nil, c.problem end
  model.finish(m)
  return m
end
