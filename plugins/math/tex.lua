-- SPDX-License-Identifier: MIT
-- A formula in TeX's notation -> MathML (MathML Core, W3C). Reads the subset that specs use; what it
-- does not know is named with its place, and nothing is shown half.
local symbols = require "symbols"

local MAX_DEPTH = 40

local tex = {}

local escape = quoin.escape

local function fail(at, message, hint)
  error({ at = at, message = message, hint = hint }, 0)
end

-- --- tokens --------------------------------------------------------------------------------------

-- {kind, text, at}: "command", "letter", "number", "sign".
local function tokens(s)
  local list, at = {}, 1
  while true do
    at = s:match("^[ \t\r\n~]*()", at)
    if at > #s then return list end
    local kind, text
    if s:sub(at, at) == "\\" then
      kind, text = "command", s:match("^\\(%a+%*?)", at) or s:match("^\\(.[\128-\191]*)", at)
      if not text then fail(at, "a backslash at the end") end
      list[#list + 1] = { kind = kind, text = text, at = at, stop = at + #text }
      at = at + 1 + #text
    elseif s:sub(at, at) == "%" then
      at = s:match("^[^\n]*()", at)
    else
      text = s:match("^%d+%.?%d*", at) or s:match("^%.%d+", at)
      kind = text and "number"
      text = text or s:match("^[%z\1-\127\194-\244][\128-\191]*", at) or s:sub(at, at)
      kind = kind or (text:find("^%a$") or #text > 1) and "letter" or "sign"
      list[#list + 1] = { kind = kind, text = text, at = at, stop = at + #text - 1 }
      at = at + #text
    end
  end
end

-- --- pieces of MathML ----------------------------------------------------------------------------

local function element(name, content, attributes)
  return "<" .. name .. (attributes or "") .. ">" .. content .. "</" .. name .. ">"
end

local function mo(text, attributes) return element("mo", escape(text), attributes) end
local function mi(text, attributes) return element("mi", escape(text), attributes) end

local function row(items)
  if #items == 1 then return items[1] end
  return element("mrow", table.concat(items))
end

-- --- the parser ----------------------------------------------------------------------------------

local Parser = {}
Parser.__index = Parser

function Parser:peek() return self.list[self.i] end

function Parser:next()
  local token = self.list[self.i]
  self.i = self.i + 1
  return token
end

function Parser:is(text, kind)
  local token = self:peek()
  return token ~= nil and token.text == text and token.kind == (kind or "sign")
end

function Parser:place()
  local token = self:peek()
  return token and token.at or #self.source
end

function Parser:deeper(token)
  self.depth = self.depth + 1
  if self.depth > MAX_DEPTH then fail(token and token.at or 1, "this formula is nested too deeply") end
end

local parse_atom

-- Items up to a token that `ends` accepts (not taken), or the end.
function Parser:items(ends)
  local items = {}
  while self:peek() and not ends(self:peek()) do
    local item = self:scripted()
    if item then items[#items + 1] = item end
  end
  return items
end

local function is_close(token) return token.kind == "sign" and token.text == "}" end

-- One argument: a group or a single thing.
function Parser:argument(of)
  local token = self:peek()
  if not token then fail(of.at, ("`\\%s` lacks what it applies to"):format(of.text)) end
  if self:is("{") then return self:group() end
  return parse_atom(self, self:next()) or element("mrow", "")
end

function Parser:group()
  local open = self:next()
  self:deeper(open)
  local items = self:items(is_close)
  if not self:is("}") then fail(open.at, "this `{` is not closed") end
  self:next()
  self.depth = self.depth - 1
  return row(items)
end

-- The plain text of a group, for \text and its like.
function Parser:raw_group(of)
  if not self:is("{") then fail(of.at, ("`\\%s` wants its text in braces"):format(of.text)) end
  local open, depth = self:next(), 1
  local last = open
  while depth > 0 do
    last = self:next()
    if not last then fail(open.at, "this `{` is not closed") end
    if last.kind == "sign" and last.text == "{" then depth = depth + 1 end
    if last.kind == "sign" and last.text == "}" then depth = depth - 1 end
  end
  return (self.source:sub(open.at + 1, last.at - 1):gsub("\\([{}$%%&#_ ])", "%1"))
end

-- Base with what hangs on it: scripts, primes, limits.
function Parser:scripted()
  local token = self:next()
  local is_script = token.kind == "sign" and (token.text == "^" or token.text == "_")
  local base, takes_limits
  if is_script then
    base, self.i = element("mrow", ""), self.i - 1
  else
    base, takes_limits = parse_atom(self, token)
  end
  local above, below, primes = nil, nil, 0
  while true do
    if self:is("limits", "command") then self:next() takes_limits = true
    elseif self:is("nolimits", "command") then self:next() takes_limits = false
    elseif self:is("'") then self:next() primes = primes + 1
    elseif self:is("^") and not above then above = self:argument(self:next())
    elseif self:is("_") and not below then below = self:argument(self:next())
    elseif self:is("^") or self:is("_") then
      fail(self:place(), "two scripts at the same place", "put the first with its base in braces")
    else break end
  end
  if not base then return nil end
  if primes > 0 then
    local marks = mo(("′"):rep(primes))
    above = above and row { marks, above } or marks
  end
  if not above and not below then return base end
  local names = takes_limits and { "munder", "mover", "munderover" } or { "msub", "msup", "msubsup" }
  local name = above and below and names[3] or above and names[2] or names[1]
  return element(name, base .. (below or "") .. (above or ""))
end

-- --- commands ------------------------------------------------------------------------------------

local commands = {}

function commands.frac(p, of) local a = p:argument(of) return element("mfrac", a .. p:argument(of)) end
commands.dfrac, commands.tfrac, commands.cfrac = commands.frac, commands.frac, commands.frac

function commands.binom(p, of)
  local a = p:argument(of)
  return element("mrow", mo("(") .. element("mfrac", a .. p:argument(of), ' linethickness="0"')
    .. mo(")"))
end

function commands.sqrt(p, of)
  local root
  if p:is("[") then
    p:next()
    root = row(p:items(function(t) return t.kind == "sign" and t.text == "]" end))
    if not p:next() then fail(of.at, "the `[` behind `\\sqrt` is not closed") end
  end
  local base = p:argument(of)
  return root and element("mroot", base .. root) or element("msqrt", base)
end

for _, name in ipairs { "text", "textrm", "textit", "textbf", "texttt", "textsf", "mbox", "mathrm" } do
  commands[name] = function(p, of)
    local words = p:raw_group(of)
    if name == "mathrm" then return mi(words, #words == 1 and ' mathvariant="normal"' or nil) end
    return element("mtext", escape((words:gsub("^ ", "\u{A0}"):gsub(" $", "\u{A0}"))))
  end
end

function commands.operatorname(p, of) return mi(p:raw_group(of)) end
commands["operatorname*"] = function(p, of) return mi(p:raw_group(of)), true end

local function over(p, of)
  local top = p:argument(of)
  return element("mover", p:argument(of) .. top)
end
commands.overset, commands.stackrel = over, over

function commands.underset(p, of)
  local below = p:argument(of)
  return element("munder", p:argument(of) .. below)
end

function commands.boxed(p, of) return element("mrow", p:argument(of), ' class="math-boxed"') end

function commands.pmod(p, of)
  return element("mrow", mo("(") .. mi("mod") .. element("mspace", "", ' width="0.333em"')
    .. p:argument(of) .. mo(")"))
end
function commands.bmod() return mo("mod") end
commands.mod = commands.bmod

-- A fence behind \left, \right or \middle; "." is none.
local function fence(p, of)
  local token = p:next()
  if not token then fail(of.at, ("`\\%s` lacks its bracket"):format(of.text)) end
  if token.text == "." then return "" end
  local text = token.kind == "command" and (symbols.fences[token.text] or symbols.operators[token.text]
    or ({ ["{"] = "{", ["}"] = "}", ["|"] = "‖" })[token.text]) or token.kind ~= "command" and token.text
  if text == "<" then text = "⟨" elseif text == ">" then text = "⟩" end
  if not text then fail(token.at, ("`\\%s` is no bracket"):format(token.text)) end
  return mo(text, ' stretchy="true"')
end

function commands.left(p, of)
  p:deeper(of)
  local items = { fence(p, of) }
  local function ends(t) return t.kind == "command" and (t.text == "right" or t.text == "middle") end
  while true do
    for _, item in ipairs(p:items(ends)) do items[#items + 1] = item end
    local close = p:next()
    if not close then fail(of.at, "this `\\left` has no `\\right`") end
    items[#items + 1] = fence(p, close)
    if close.text == "right" then break end
  end
  p.depth = p.depth - 1
  return element("mrow", table.concat(items))
end

for _, name in ipairs { "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr" } do
  commands[name] = function(p, of) return fence(p, of) end
end

-- --- environments --------------------------------------------------------------------------------

local function is_cell_end(t)
  return t.kind == "sign" and t.text == "&" or t.kind == "command" and (t.text == "\\" or t.text == "end")
end

local function cell_attributes(environment, column)
  if environment.align == "pairs" then
    return column % 2 == 1 and ' class="math-right"' or ' class="math-left"'
  end
  return environment.align == "left" and ' class="math-left"' or nil
end

local function table_rows(p, environment)
  local rows, cells = {}, {}
  local function end_cell(items)
    cells[#cells + 1] = element("mtd", row(items), cell_attributes(environment, #cells + 1))
  end
  local function end_row()
    rows[#rows + 1] = element("mtr", table.concat(cells))
    cells = {}
  end
  while true do
    local items = p:items(is_cell_end)
    local token = p:next()
    if not token or token.text == "end" then
      if #items > 0 or #cells > 0 then end_cell(items) end_row() end
      return rows, token
    end
    end_cell(items)
    if token.text == "\\" then end_row() end
  end
end

function commands.begin(p, of)
  local name = p:raw_group(of)
  local environment = symbols.environments[name]
  if not environment then
    fail(of.at, ("the environment `%s` is not known here"):format(name))
  end
  p:deeper(of)
  if name == "array" then p:raw_group(of) end
  local rows, stop = table_rows(p, environment)
  if not stop then fail(of.at, ("`\\begin{%s}` has no `\\end{%s}`"):format(name, name)) end
  local closed = p:raw_group(stop)
  if closed ~= name then
    fail(stop.at, ("`\\end{%s}` closes `\\begin{%s}`"):format(closed, name))
  end
  p.depth = p.depth - 1
  local body = element("mtable", table.concat(rows))
  local open = environment[1] and mo(environment[1], ' stretchy="true"') or ""
  local close = environment[2] and mo(environment[2], ' stretchy="true"') or ""
  return open == "" and close == "" and body or element("mrow", open .. body .. close)
end

-- --- what a name means ---------------------------------------------------------------------------

local NOTHING = { displaystyle = true, textstyle = true, scriptstyle = true, limits = true,
  nolimits = true, nonumber = true, notag = true, hline = true }
local CHARACTERS = { ["{"] = "{", ["}"] = "}", ["%"] = "%", ["$"] = "$", ["&"] = "&", ["#"] = "#",
  ["_"] = "_", ["|"] = "‖" }

local function styled(p, of, style)
  local words = p:raw_group(of)
  if words:find("[\\{}^_]") then
    fail(of.at, ("`\\%s` takes letters and digits here"):format(of.text))
  end
  local out = {}
  for _, code in utf8.codes(words) do
    local c = utf8.char(code)
    if c ~= " " then out[#out + 1] = style(c) end
  end
  return mi(table.concat(out))
end

local function named(p, token)
  local name = token.text
  local s = symbols
  if s.identifiers[name] then return mi(s.identifiers[name]) end
  if s.operators[name] then return mo(s.operators[name]) end
  if s.fences[name] then return mo(s.fences[name], ' stretchy="false"') end
  if s.big[name] then return mo(s.big[name], ' movablelimits="true"'), true end
  if s.integrals[name] then return mo(s.integrals[name]) end
  if s.functions[name] then return mo(s.functions[name], ' lspace="0.167em" rspace="0.167em"') end
  if s.limits[name] then return mo(s.limits[name], ' movablelimits="true"'), true end
  if s.spaces[name] then return element("mspace", "", (' width="%s"'):format(s.spaces[name])) end
  if CHARACTERS[name] then return mo(CHARACTERS[name], ' stretchy="false"') end
  if s.styles[name] then return styled(p, token, s.styles[name]) end
end

function parse_atom(p, token)
  if token.kind == "number" then return element("mn", token.text) end
  if token.kind == "letter" then return mi(token.text) end
  if token.kind == "sign" then
    if token.text == "{" then p.i = p.i - 1 return p:group() end
    if token.text == "}" then fail(token.at, "this `}` closes nothing") end
    if token.text == "&" then fail(token.at, "`&` stands outside of rows") end
    if token.text == "-" then return mo("−") end
    return mo(token.text, token.text:find("[%[%]()|]") and ' stretchy="false"' or nil)
  end
  local name = token.text
  if NOTHING[name] then return nil end
  if name == "\\" then return element("mspace", "", ' linebreak="newline"') end
  local item, takes_limits = named(p, token)
  if item then return item, takes_limits end
  if commands[name] then return commands[name](p, token) end
  local mark = symbols.accents[name]
  if mark then
    local base = p:argument(token)
    local is_wide = name:find("^wide") or name:find("^over")
    return element("mover", base .. mo(mark, is_wide and ' stretchy="true"' or ' stretchy="false"'),
      ' accent="true"'), name == "overbrace"
  end
  mark = symbols.under[name]
  if mark then
    return element("munder", p:argument(token) .. mo(mark, ' stretchy="true"'),
      ' accentunder="true"'), name == "underbrace"
  end
  fail(token.at, ("`\\%s` is not known here"):format(name))
end

-- MathML of a formula; nil and {at (byte), message, hint} when it cannot be read.
function tex.mathml(source, is_block)
  local ok, result = pcall(function()
    local p = setmetatable({ source = source, list = tokens(source), i = 1, depth = 0 }, Parser)
    local items = p:items(function() return false end)
    return element("math", row(items), (is_block and ' display="block"' or "")
      .. ' alttext="' .. escape(source) .. '"')
  end)
  if ok then return result end
  if type(result) ~= "table" then error(result, 0) end
  return nil, result
end

return tex
