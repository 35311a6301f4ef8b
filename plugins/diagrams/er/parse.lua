-- SPDX-License-Identifier: MIT
-- Reads a Mermaid entity-relationship diagram into its model. Statements need no line of their own.
local accessible = require "accessible"
local attributes = require "er.attributes"
local cursor = require "cursor"
local lexer = require "er.lexer"
local model = require "er.model"
local style = require "style"

local DIRECTIONS = { "tb", "bt", "rl", "lr" }

-- A name of an entity, with or without quotation marks.
local function name(lex)
  local token = lex:take("quoted")
  if token then return (token.value:gsub('"', "")), token end
  token = lex:take("name")
  return token and token.value, token
end

-- "a,b" of style classes.
local function css_names(c, lex)
  local list = {}
  repeat
    local token = lex:take("name")
    if not token then return c:fail("the name of a style class is missing here") end
    list[#list + 1] = token.value
  until not lex:take(",")
  return list
end

local function add_css(c, lex, entity)
  if not lex:take(":::") then return end
  local list = css_names(c, lex) or {}
  table.move(list, 1, #list, #entity.css + 1, entity.css)
end

-- "[Label]" behind the name of an entity.
local function alias(c, lex)
  local open = lex:take("[")
  if not open then return nil end
  local shown = name(lex)
  if shown and lex:take("]") then return shown end
  c.at = open.stop
  shown = c:take("([^%]\n]*)%]")
  if not shown then return c:fail("this '[' has no ']'", nil, open.at) end
  c:lenient("a label of several words without quotation marks", 'write ["…"]', open.at)
  return (shown:gsub('"', ""))
end

-- What GitHub would read as entities, or not at all: the rest of the line behind a label of one
-- word. Gives the whole label where GitHub refuses the line.
local function long_label(c, lex, first)
  local at = c.at
  local rest = c.text:match("^[^\n]*", at)
  if not rest:find("%S") or rest:find("[{}|%[]") or rest:find("%%%%") then return first.value end
  local are_names = true
  while lex:is_in_line(lex:peek(), at) and lex:peek().kind ~= "end" do
    are_names = lex:take(lex:peek().kind).kind == "name" and are_names
  end
  local hint = ('write "%s%s"'):format(first.value, rest:gsub("%s+$", ""))
  if are_names then
    c:doubt("only the first word is the label, the others are entities of their own", hint, first.at)
    c.at = at
    return first.value
  end
  c:lenient("a label of several words without quotation marks", hint, first.at)
  c.at = at + #rest
  return first.value .. rest
end

local function role(c, lex)
  local colon = lex:take(":")
  if not colon then
    c:lenient("a relation without a label", 'end it with : "…"')
    return ""
  end
  local token = lex:take("quoted") or lex:take("words")
  if token then return (token.value:gsub('"', "")) end
  token = lex:take("name")
  if token then return long_label(c, lex, token) end
  local other = lex:peek()
  if other.kind == "end" or not lex:is_in_line(other, colon.stop) then
    return c:fail("the label behind ':' is missing", 'write "" for none', colon.at)
  end
  c.at = other.at
  c:lenient("this label without quotation marks", 'write "…"')
  return c:rest_of_line()
end

-- The line and its marks, when one follows.
local function relation(c, lex)
  if lex:peek().kind ~= "mark" then return nil end
  local from = lex:take("mark")
  local line = lex:take("line")
  if not line then
    return c:fail("the line between the two entities is missing", "write '--', '..' or 'to'",
      lex:peek().at)
  end
  local to = lex:take("mark")
  if not to then
    return c:fail("the mark of the second entity is missing here",
      "one of '||', 'o|', 'o{' and '|{', as in 'A ||--o{ B : has'", lex:peek().at)
  end
  return { card_a = from.value, card_b = to.value, line = line.value }
end

local function add_relation(c, lex, m, from, r)
  local other, token = name(lex)
  if not other then
    return c:fail("the second entity of this relation is missing", nil, lex:peek().at)
  end
  local to = m:entity(other, nil, c:line(token.at))
  local label = alias(c, lex)
  if label then
    c:lenient("a label of an entity inside a relation", "write it in a line of its own", token.at)
    m:entity(other, label)
  end
  add_css(c, lex, to)
  if c.problem then return nil end
  r.a, r.b, r.at_line, r.role = from.id, to.id, from.seen_in, role(c, lex)
  if not c.problem then m:add_relation(r) end
end

-- An entity, with its label, attributes or relation.
local function entity_statement(c, lex, m)
  local id, token = name(lex)
  if not id then
    local other = lex:peek()
    return c:fail(("'%s' cannot stand here"):format(other.value:match("^[^\n]*")),
      "names with blanks or other characters stand between quotation marks", other.at)
  end
  local line = c:line(token.at)
  local entity = m:entity(id, alias(c, lex), line)
  entity.seen_in = line
  if c.problem then return nil end
  add_css(c, lex, entity)
  local open = lex:take("{")
  if open then return attributes.read(c, m, entity, open.at) end
  local r = not c.problem and relation(c, lex)
  if r then add_relation(c, lex, m, entity, r) end
end

-- "A,B" and the rest of the line.
local function names_and_rest(c)
  local ids = {}
  c:skip_blanks()
  for id in (c:take("[^%s,]+[^%s]*") or ""):gmatch("[^,]+") do ids[#ids + 1] = id end
  return ids, c:rest_of_line()
end

local function each(m, ids, list, field)
  for _, id in ipairs(ids) do
    local entity = m.by_name[id]
    if entity then table.move(list, 1, #list, #entity[field] + 1, entity[field]) end
  end
end

local handlers = {}

function handlers.style(c, _, m)
  local ids, rest = names_and_rest(c)
  each(m, ids, style.split(rest), "styles")
end

function handlers.class(c, _, m)
  local ids, rest = names_and_rest(c)
  local list = {}
  for css in rest:gmatch("[^%s,;]+") do list[#list + 1] = css end
  each(m, ids, list, "css")
end

function handlers.classdef(c, _, m)
  local ids, rest = names_and_rest(c)
  for _, id in ipairs(ids) do
    m.class_defs[id] = m.class_defs[id] or {}
    local list = style.split(rest)
    table.move(list, 1, #list, #m.class_defs[id] + 1, m.class_defs[id])
  end
end

-- A line that holds "direction LR" anywhere says nothing else.
local function direction(c, lex, m)
  if c.at < (lex.line_end or 0) then return false end -- this line is known
  local line = c.text:match("^[^\n]*", c.at)
  lex.line_end = c.at + #line
  local lower = line:lower()
  if not lower:find("direction", 1, true) then return false end
  for _, dir in ipairs(DIRECTIONS) do
    if lower:find("direction%s+" .. dir) then
      m.dir = dir:upper()
      c.at = c.at + #line
      return true
    end
  end
  return false
end

local function statement(c, lex, m)
  if direction(c, lex, m) then return end
  local token = lex:peek()
  local handler = handlers[token.kind]
  if handler and c.text:find("^[ \t]+[%w_*\128-\255]", token.stop) then
    c.at = token.stop
    return handler(c, lex, m)
  end
  if handler then
    c:lenient(("an entity named '%s'"):format(token.value), "put it in quotation marks")
    token.kind = "name"
  end
  return entity_statement(c, lex, m)
end

local function skip_empty(c)
  c:take("%s*")
  while c:sees("%%%%") or c:sees(";") do
    c:lenient("a comment or ';' behind a statement", "begin a new line, without ';'")
    if not c:take(";") then c:take("[^\n]*") end
    c:take("%s*")
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
return function(doc)
  local m = model.new()
  accessible.take(doc, m)
  local c = cursor.new(doc)
  local lex = lexer.new(c)
  m.findings = c.findings
  while not c.problem do
    skip_empty(c)
    if c:is_done() then break end
    statement(c, lex, m)
  end
  if c.problem then return nil, c.problem end
  return m
end
