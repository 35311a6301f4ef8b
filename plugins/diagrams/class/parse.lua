-- SPDX-License-Identifier: MIT
-- Reads a Mermaid class diagram into its model, statement by statement.
local accessible = require "accessible"
local cursor = require "cursor"
local extras = require "class.extras"
local model = require "class.model"
local names = require "class.names"

local MAX_DEPTH = 40 -- of namespaces

local handlers = {} -- by the first word of a statement
for word, handler in pairs(extras) do handlers[word] = handler end -- a set: the order cannot show

-- What stands behind ":" up to the end of the line. GitHub stops at ":" and ";".
local function label(c)
  c:skip_blanks()
  if not c:sees(":[^:]") then return nil end
  local at = c.at
  c.at = at + 1
  local raw = c:rest_of_line()
  local bad = raw:find("[:;]")
  if bad then
    c:lenient(("a '%s' in the text behind ':'"):format(raw:sub(bad, bad)), raw:sub(bad, bad) == ":"
      and "write the type in front of the name, or the members in { }" or "leave the ';' out",
      at + bad)
  end
  return (raw:gsub(";$", ""))
end

local function css_name(c)
  c:skip_blanks()
  if not c:take(":::") then return nil end
  return c:take("[%w_-]+") or c:fail("the name of a style class is missing here")
end

-- "<<interface>>"
local function annotation(c)
  c:skip_blanks()
  if not c:sees("<<") then return nil end
  local at = c.at
  local inside = c:take("<<([^\n]-)>>")
  if not inside then return c:fail("this '<<' has no '>>'", nil, at) end
  if inside:find("[^%w_\128-\255]") then
    c:lenient("an annotation of several words outside of { }",
      "write it as the first line between { and }", at)
  end
  return inside
end

-- Lines between { and }. Pairs of brackets inside belong to their line.
local function members(c, class, into)
  local start, depth = c.at, 1
  c.at = c.at + 1
  local line_start = c.at
  while depth > 0 do
    local at = c.text:find("[{}\n]", c.at)
    if not at then
      return c:fail(("the members of '%s' are not closed"):format(class.show),
        "add a line with '}'", start)
    end
    local mark = c.text:sub(at, at)
    if mark == "{" then
      depth = depth + 1
      c:lenient("a '{' among the members of a class", "write '#123;' and '#125;'", at)
    elseif mark == "}" then
      depth = depth - 1
    end
    if mark == "\n" or depth == 0 then
      into.add_member(class, c.text:sub(line_start, at - 1))
      line_start = at + 1
    end
    c.at = at + 1
  end
end

local function bracket_label(c)
  c:skip_blanks()
  if not c:sees("%[") then return nil end
  local at = c.at
  local inside = c:take('%[%s*"([^"]*)"%s*%]')
  if inside then return inside end
  inside = c:take("%[([^%]\n]*)%]")
  if not inside then return c:fail("this '[' has no ']'", nil, at) end
  c:lenient("a label without quotation marks", 'write ["…"]', at)
  return inside
end

-- What may follow the name of a class, in any order.
local function class_parts(c, m, class)
  while not c.problem do
    c:skip_blanks()
    local found = bracket_label(c)
    if found then
      m.set_label(class, found)
    elseif c:sees(":::") then
      class.css[#class.css + 1] = css_name(c)
    elseif c:sees("<<") then
      found = annotation(c)
      if found then m.add_annotation(class, found) end
    elseif c:sees("{") then
      members(c, class, m)
    elseif c:sees(":[^:]") then
      c:lenient("a member in the line that declares the class", "write it in a line of its own")
      m.add_member(class, label(c))
    else
      return
    end
  end
end

function handlers.class(c, state)
  local at = c.at
  local name = names.class(c)
  if not name then
    return c:fail("the name of a class is missing here",
      "names with other characters stand between backticks", at)
  end
  local class = state.model:class(name, c:line(at))
  if state.space then class.namespace = state.space.id end
  class_parts(c, state.model, class)
end

function handlers.namespace(c, state)
  local at = c.at
  local name = names.class(c)
  if not name then return c:fail("the name of a namespace is missing here") end
  local shown = bracket_label(c)
  c:skip_blanks()
  if c.problem then return nil end
  if not c:take("{") then return c:fail("the '{' of this namespace is missing", nil, at) end
  local _, dots = name:gsub("%.", "")
  if #state.spaces + dots >= MAX_DEPTH then
    return c:fail("namespaces are nested too deeply here")
  end
  state.space = state.model:namespace(name, shown, state.space and state.space.id)
  table.insert(state.spaces, { space = state.space, at = at })
  state.is_inside_line = true
end

local function close_namespace(c, state)
  if #state.spaces == 0 then return c:fail("this '}' closes nothing") end
  c.at = c.at + 1
  table.remove(state.spaces)
  local around = state.spaces[#state.spaces]
  state.space = around and around.space
end

-- A line that holds "direction LR" anywhere says nothing else.
local function direction(c, state)
  if c.at < (state.line_end or 0) then return false end -- this line is known
  local line = c.text:match("^[^\n]*", c.at)
  state.line_end = c.at + #line
  if not line:find("direction", 1, true) then return false end
  for _, dir in ipairs { "TB", "BT", "RL", "LR" } do
    if line:find("direction%s+" .. dir) then
      if state.space then
        c:lenient("a direction inside a namespace", "move it out")
        state.space.dir = dir
      else
        state.model.dir = dir
      end
      c.at = c.at + #line
      return true
    end
  end
  return false
end

local function annotate(c, state)
  local inside = annotation(c)
  local class = inside and names.known_class(c, state)
  if class then state.model.add_annotation(class, inside) end
end

local function no_statement(c)
  if c:sees("&lt;") then
    return c:fail("an annotation is written with real brackets", "write '<<interface>> Name'")
  end
  return c:fail("no statement of a class diagram begins like this",
    "names with other characters stand between backticks")
end

-- Behind a name that stands alone, which is right, or behind what looks like a relation.
local function no_relation(c, card)
  c:skip_blanks()
  local at = c.text:sub(c.at - 1, c.at - 1) == "-" and c.at - 1 or c.at
  if c:sees("[<>|*]") then
    return c:fail(("'%s' is no relation"):format(c.text:match("^[-<>|*.]+", at)),
      "write '-->', '..>', '<|--', '*--' or 'o--'", at)
  end
  if card then return c:fail("a relation is missing here", "write 'A \"1\" --> \"*\" B'") end
end

-- What begins with a name: a relation, a member, or the name alone, which says nothing.
local function named(c, state)
  local at = c.at
  local from = names.class(c)
  if not from then return not c.problem and no_statement(c) end
  local m = state.model
  if state.space then
    c:lenient("a relation or member line inside a namespace", "move it out", at)
  end
  if c:sees(":::") then
    c:lenient("':::' without 'class' in front", "write 'class " .. from .. ":::style'")
    local class = m:class(from, c:line(at))
    class.css[#class.css + 1] = css_name(c)
  end
  local member = label(c)
  if member then return m.add_member(m:class(from, c:line(at)), member) end
  local card1 = names.quoted(c)
  local relation = not c.problem and names.relation(c)
  if not relation then return not c.problem and no_relation(c, card1) end
  relation.card1, relation.card2 = card1, names.quoted(c)
  relation.from, relation.at_line = from, c:line(at)
  relation.to = names.class(c)
  if c.problem then return nil end
  if not relation.to then return c:fail("the class at the end of this relation is missing") end
  relation.label = label(c)
  m:add_relation(relation)
end

-- A word of this list begins a statement, unless it is the start of a longer name or a relation
-- follows, as after a class of that name.
local function keyword(c)
  local word, behind = c.text:match("^(%a+)()", c.at)
  local handler = word and handlers[word]
  if not handler or c.text:find("^[%w_.~\128-\255]", behind) or c.text:find("^%-", behind) then
    return nil
  end
  behind = c.text:match("^[ \t]*()", behind)
  if c.text:find("^[<>|*()o]*[-.][-.]", behind) then return nil end
  c.at = behind
  return handler
end

local function statement(c, state)
  if c:sees("}") then return close_namespace(c, state) end
  if direction(c, state) then return end
  if c:sees("<<") then return annotate(c, state) end
  local handler = keyword(c)
  if handler then return handler(c, state) end
  return named(c, state)
end

-- Behind a statement: the end of its line, a comment, or the "}" of a namespace.
local function statement_end(c, state)
  c:skip_blanks()
  if c:sees(";") then
    c:lenient("a ';' behind a statement", "leave it out")
    c:take("[; \t]+")
  end
  if c:is_done() or c:sees("[\n}]") or state.is_inside_line then
    state.is_inside_line = nil
  elseif c:sees("%%%%") then
    c:lenient("a comment behind a statement", "give it a line of its own")
    c:take("[^\n]*")
  elseif c:sees("[%a`]") and c.text:sub(c.at - 2, c.at - 1):find("}") then
    c:lenient("a second statement in a line", "begin a new line")
  else
    c:fail("this cannot stand here", "write one statement a line; names with other characters "
      .. "stand between backticks")
  end
end

local function skip_empty(c)
  repeat
    c:take("%s*")
  until not c:take("%%%%[^\n]*")
end

-- The model, or nil and a finding. `doc` is from pre.read.
return function(doc)
  local m = model.new()
  accessible.take(doc, m)
  local c = cursor.new(doc)
  local state = { model = m, spaces = {} }
  m.findings = c.findings
  if c:sees("[ \t]*[^%s%%]") and not c:sees("[^\n]*direction%s") then
    c:lenient("a statement in the line of the diagram's type", "begin a new line")
  end
  while not c.problem do
    skip_empty(c)
    if c:is_done() then break end
    statement(c, state)
    if not c.problem then statement_end(c, state) end
  end
  local open = state.spaces[#state.spaces]
  if open then c:fail("this namespace is not closed", "add a line with '}'", open.at) end
  if c.problem then return nil, c.problem end
  return m
end
