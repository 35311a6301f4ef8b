-- SPDX-License-Identifier: MIT
-- Statements of a flowchart that begin with a word: style, class, classDef, linkStyle, click,
-- direction. Each handler gets the parser's state {c = cursor, m = model} with the cursor behind
-- the word, and reads to the end of its line.
local text = require "text"
local style = require "style"
local model = require "flowchart.model"

local statements = {}

-- The rest of the line up to a ";" that ends the statement. Colours before a ";" look like entities
-- by now ("#f9f;"): here they are colours.
local function rest(c)
  local line = c.text:match("^[^\n]*", c.at):gsub("\1(%w+)\2", "#%1;")
  local stop = line:find(";", 1, true)
  while stop and line:find("^;%s*[%a-]+%s*:%s*[^:%s]", stop) do
    stop = line:find(";", stop + 1, true)
  end
  c.at = c.at + (stop or #line)
  return text.trim(line:sub(1, (stop or #line + 1) - 1))
end

local handlers = {}

function handlers.style(state, at)
  local c = state.c
  local id, css = rest(c):match("^(%S+)%s+(.+)$")
  if not id then
    return c:fail("'style' needs a node and what it shall look like", "style A fill:#f9f", at)
  end
  for name in id:gmatch("[^,]+") do model.set_style(state.m, name, style.split(css), at) end
  return true
end

function handlers.classDef(state, at)
  local c = state.c
  local names, css = rest(c):match("^(%S+)%s+(.+)$")
  if not names then
    return c:fail("'classDef' needs a name and what it shall look like",
      "classDef warm fill:#fda,stroke:#b60", at)
  end
  model.define_class(state.m, names, style.split(css))
  return true
end

handlers["class"] = function(state, at)
  local c = state.c
  local ids, name = rest(c):match("^(.-)%s+(%S+)$")
  if not ids then
    return c:fail("'class' needs nodes and the name of a class", "class A,B warm", at)
  end
  model.set_class(state.m, ids, name)
  return true
end

local function edge_numbers(state, list, at)
  local c, count, numbers = state.c, #state.m.edges, {}
  for word in list:gmatch("[^,%s]+") do
    local n = word == "default" and "default" or math.tointeger(tonumber(word))
    if n == nil or type(n) == "number" and n < 0 then
      return c:fail(("'%s' is no number of an edge"):format(word),
        "linkStyle 0,1 stroke:red: edges count from 0", at)
    elseif n ~= "default" and n >= count then
      c:lenient(("there is no edge %d yet"):format(n),
        count == 0 and "put 'linkStyle' behind the edges"
        or ("edges count from 0 to %d; put 'linkStyle' behind them"):format(count - 1), at)
    else
      numbers[#numbers + 1] = n
    end
  end
  return numbers
end

function handlers.linkStyle(state, at)
  local c = state.c
  local raw = rest(c)
  local list, css = raw:match("^([%d%s,]+)%s+(%a.*)$")
  if not list then list, css = raw:match("^(default)%s+(.+)$") end
  if not list then list, css = raw:match("^(%S+)%s+(.+)$") end
  if not list then
    return c:fail("'linkStyle' needs numbers of edges and what they shall look like",
      "linkStyle 0,1 stroke:red", at)
  end
  local numbers = edge_numbers(state, list, at)
  if not numbers then return nil end
  css = css:gsub("^interpolate%s+%w+%s*", "")
  for _, n in ipairs(numbers) do
    local known = state.m.edge_styles[n] or {}
    for _, declaration in ipairs(style.split(css)) do known[#known + 1] = declaration end
    state.m.edge_styles[n] = known
  end
  return true
end

local function split_click(raw)
  local id, behind = raw:match("^(%S+)%s+(.*)$")
  if not id then return raw end
  local is_href = behind:match("^href%s+(.*)$")
  behind = is_href or behind
  local url, tail = behind:match('^"([^"]*)"(.*)$')
  if not url and is_href then url, tail = behind:match("^(%S+)(.*)$") end
  if url then return id, url, tail:match('"([^"]*)"') end
  local called = behind:match("^call%s+([^%s(]+)") or behind:match("^([^%s(\"]+)")
  return id, nil, behind:match('"([^"]*)"%s*[%w_]*%s*$'), called
end

function handlers.click(state, at)
  local c, m = state.c, state.m
  local id, url, tooltip, called = split_click(rest(c))
  local node = m.by_id[id]
  if called then
    m.findings[#m.findings + 1] = { code = "no-callback", severity = "info", line = m.line_of(at),
      message = ("'%s' is not called when '%s' is clicked: pages have no scripts"):format(called,
        id), hint = ('write click %s "https://…" for a link'):format(id) }
  elseif not url then
    return c:fail("'click' needs a node and an address", 'click A "https://example.org"', at)
  end
  if not node then
    m.findings[#m.findings + 1] = { code = "unknown-node", severity = "info", line = m.line_of(at),
      message = ("there is no node '%s' yet, so 'click' does nothing"):format(id),
      hint = "put 'click' behind the node" }
    return true
  end
  if url then node.link, node.link_line = text.display(url), m.line_of(at) end
  if tooltip then node.tooltip = text.display(tooltip) end
  return true
end

local DIRECTIONS = { TB = "TB", TD = "TB", BT = "BT", LR = "LR", RL = "RL" }

function handlers.direction(state, at)
  local c = state.c
  local word = c.text:match("^%s*(%a*)", c.at)
  c.at = c.text:match("^[^\n]*()", c.at)
  if not DIRECTIONS[word] then
    return c:fail(("'%s' is no direction"):format(word), "TB, BT, LR or RL", at)
  end
  local scope = state.scopes[#state.scopes]
  if scope then scope.dir, scope.dir_word = DIRECTIONS[word], word end
  return true
end

statements.handlers = handlers
return statements
