-- SPDX-License-Identifier: MIT
-- Reads a Mermaid state diagram into a tree of statements: a document (the whole, or the inside of
-- a composite state) is a list of
--   { k = "state", id, descr = {text …}?, kind = "fork|join|choice"?, doc = document?, note? }
--   { k = "edge", from = state, to = state, label }  { k = "divider" }  { k = "direction", value }
-- each with `at`, its position. model.lua makes states of it. What a reader returns is a problem,
-- or nil when all is well.
local declare = require "state.declare"
local looks = require "state.looks"
local names = require "state.names"
local scan = require "state.scan"

local MAX_DEPTH = 40
local ARROWS = { "^%-%->", "^<?%-+[%.%-]*>", "^<?[=~]+>" }
local DIRECTIONS = { TB = "TB", BT = "BT", LR = "LR", RL = "RL", TD = "TB" }

local function add(p, statement)
  p.doc[#p.doc + 1] = statement
  return nil
end

local function unknown(p)
  local c = p:peek("^[%z\1-\127\194-\244][\128-\191]*") or ""
  if c == ":" then
    return p:problem(p.at, "a name is missing before ':'", "a state's text reads 'A : text'")
  end
  return p:problem(p.at, ("'%s' cannot stand here"):format(c),
    "a transition reads 'A --> B : text', a composite state 'state A { … }'")
end

-- Behind ":" up to the end of the line; Mermaid also ends it at ";", "::" and a last ":".
local function description(p)
  local at = p.at
  p:skip("^:")
  local from = p.at
  repeat until not (p:skip("^[^:\n;]+") or p:skip("^:[^:\n;]"))
  local mark = p.text:sub(p.at, p.at)
  if mark == ":" then
    p:lenient(p.at, "the text ends at this ':'", "write #58; for it")
    p:skip_line()
  elseif p.at == from then
    p:lenient(at, "no text follows ':'", "remove the colon")
  elseif mark == ";" then
    p:tell(p.at, { code = "semicolon", hint = "write #59; for it",
      message = "the text ends at ';': what follows is read as names of states" })
  end
  return names.trim(p.text:sub(from, p.at - 1))
end

local function arrow(p)
  local at = p.at
  for i, pattern in ipairs(ARROWS) do
    if p:skip(pattern) then
      if i > 1 then p:lenient(at, "this is no arrow of state diagrams", "write '-->'") end
      return true
    end
  end
end

local function skip_to_sign(p)
  if p:peek("^%s*[:%-=~<]") then p:skip("^%s+") end
end

local function target(p)
  p:skip("^%s+")
  local state = names.reference(p)
  if state then return state end
  return nil, p:problem(p.at, "the state behind the arrow is missing",
    "a transition reads 'A --> B' or 'A --> B : text'")
end

-- Behind a state: "--> B", "--> B : text", and a chain "--> B --> C".
local function transitions(p, from)
  while arrow(p) do
    local to, problem = target(p)
    if problem then return problem end
    local edge = { k = "edge", from = from, to = to, at = from.at }
    add(p, edge)
    skip_to_sign(p)
    if p:peek("^:") then
      edge.label = description(p)
    elseif p:peek("^<?%-+[%.%-]*>") then
      p:lenient(p.at, "one line holds one transition", "write two lines")
    end
    from = { k = "state", id = to.id, at = p.at }
  end
  return nil
end

-- "A", "A : text" or a transition.
local function state_or_transition(p)
  local from = names.reference(p)
  if not from then return unknown(p) end
  skip_to_sign(p)
  if p:peek("^<?[%-=~]+[%.%-]*>") then return transitions(p, from) end
  if p:peek("^:") then from.descr = { description(p) } end
  return add(p, from)
end

-- In a composite state "--" may stand anywhere, elsewhere (more than Mermaid allows) alone.
local function is_divider(p)
  return p:peek(p.depth > 0 and "^%-%-+[^%->]" or "^%-%-+[ \t]*\n") ~= nil
end

local function divider(p)
  local at = p.at
  p:skip("^%-+")
  if p.depth == 0 then
    p:lenient(at, "'--' may only stand in a composite state", "put the parts into 'state A { … }'")
  end
  return add(p, { k = "divider", at = at })
end

local function direction(p)
  local at = p.at
  local word = p:peek("^%a+%s+(%a%a)"):upper()
  if not DIRECTIONS[word] then return state_or_transition(p) end
  p:skip_line()
  if word == "TD" then
    p:lenient(at, "'TD' is no direction of state diagrams", "write 'direction TB'")
  end
  return add(p, { k = "direction", value = DIRECTIONS[word], at = at })
end

local function note(p)
  local statement, problem = declare.note(p)
  return problem or add(p, statement)
end

local read_document

-- The inside of a composite state: behind "{".
local function body(p, opened_at)
  if p.depth >= MAX_DEPTH then
    return nil, p:problem(opened_at, "states are nested too deeply here")
  end
  local outer = p.doc
  p.depth = p.depth + 1
  local doc, problem = read_document(p, opened_at)
  p.depth, p.doc = p.depth - 1, outer
  return doc, problem
end

local function state(p)
  local statement, problem = declare.state(p)
  if not statement then return problem end
  local brace = p:take("^%s*(){()")
  if brace then
    statement.doc, problem = body(p, brace)
    if problem then return problem end
  elseif statement.is_silent then
    if statement.descr then
      p:tell(statement.at, { code = "ignored", message = "Mermaid takes no notice of a text here",
        hint = ("write '%s : %s'"):format(statement.id, statement.descr[1]) })
    end
    p.silent[#p.silent + 1] = statement
    return nil
  end
  return add(p, statement)
end

local function ignore(p)
  p:skip_line()
end

-- What reads a statement that begins with a word, and what must follow that word; else it is the
-- name of a state.
local WORDS = {
  state = { state, "^%a+%s+[^%s:%-]", is_reserved = true },
  note = { note, "^%a+%s+[^%s:%-]", is_reserved = true },
  direction = { direction, "^%a+%s+[TtBbLlRr][BbTtRrLlDd]" },
  classdef = { looks.define, "^%a+%s+[%w_]", is_reserved = true },
  class = { looks.apply, "^%a+%s+[%w_%[]", is_reserved = true },
  style = { looks.style, "^%a+%s+[%w_]", is_reserved = true },
  click = { looks.click, "^%a+%s+[^%s:%-]" },
  hide = { ignore, "^%a+%s+empty%s+description" },
  scale = { ignore, "^%a+%s+%d", is_reserved = true },
}
local AT_ROOT = { click = true, default = true, href = true } -- no names there in Mermaid

local function statement(p)
  if is_divider(p) then return divider(p) end
  local word = p:peek("^(%a+)%f[^%w_]")
  local key = word and word:lower()
  local reader = WORDS[key]
  if reader and p:peek(reader[2]) then return reader[1](p) end
  if reader and reader.is_reserved and p:peek("^%a+%s") or p.depth == 0 and AT_ROOT[key] then
    p:lenient(p.at, ("'%s' as the name of a state"):format(word), "choose another name")
  end
  return state_or_transition(p)
end

-- The statements up to the end of the text, or up to "}" when one was opened.
function read_document(p, opened_at)
  local doc = {}
  while true do
    p:skip_space()
    if p:is_done() then
      if not opened_at then return doc end
      return nil, p:problem(opened_at, "this '{' is not closed", "close the state with '}'")
    end
    if opened_at and p:skip("^}") then return doc end
    p.doc = doc
    local problem = statement(p)
    if problem then return nil, problem end
  end
end

-- The document of a block, or nil and a problem; and the parser, which knows findings, looks and
-- positions.
return function(doc)
  local p = scan.new(doc)
  p.depth, p.silent, p.looks = 0, {}, looks.new()
  local document, problem = read_document(p)
  return document, problem, p
end
