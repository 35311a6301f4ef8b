-- SPDX-License-Identifier: MIT
-- Reads a Mermaid requirement diagram. Mermaid's lexer stops at "-", ":", "," and at its keywords
-- in texts without quotes; here such texts may stand as they are. A reader gives true, or nil when
-- the cursor has noted what is wrong.
local text = require "text"
local cursor = require "cursor"
local accessible = require "accessible"
local looks = require "requirement.looks"

local KINDS = { requirement = "Requirement", functionalrequirement = "Functional Requirement",
  interfacerequirement = "Interface Requirement",
  performancerequirement = "Performance Requirement",
  physicalrequirement = "Physical Requirement", designconstraint = "Design Constraint" }
local RELATIONS = { contains = true, copies = true, derives = true, satisfies = true,
  verifies = true, refines = true, traces = true }
local RISKS = { low = "Low", medium = "Medium", high = "High" }
local METHODS = { analysis = "Analysis", demonstration = "Demonstration",
  inspection = "Inspection", test = "Test" }
local DIRECTIONS = { TB = "TB", BT = "BT", LR = "LR", RL = "RL", TD = "TB" }

-- A text that begins with one of these needs quotes in Mermaid.
local KEYWORDS = { id = true, text = true, risk = true, verifymethod = true, element = true,
  type = true, docref = true, style = true, class = true, classdef = true }
for _, words in ipairs { KINDS, RELATIONS, RISKS, METHODS } do
  for word in pairs(words) do KEYWORDS[word] = true end -- fills a set: the order cannot show
end

-- A name or a text as it stands at `at`, without its quotes.
local function plain(c, s, at)
  s = text.trim(s)
  local inner = s:match('^"([^"]*)"$')
  if inner then return inner end
  local word = s:match("^%w+%f[^%w_]")
  if word and KEYWORDS[word:lower()] then
    c:lenient(("'%s' begins a statement"):format(word), "put the text into quotes", at)
  elseif s:find("[:,{<>=%-]") or not s:find("^[%w_]") then
    c:lenient("this text stands without quotes", ('write "%s"'):format(s), at)
  end
  return s
end

local function skip_space(c)
  repeat
    c:take("%s+")
  until not (c:take("#[^\n]*") or c:take("%%%%[^\n]*"))
end

-- The rest of the line, or of the braces when those are on one line.
local function rest(c)
  if not c.close or c.at > c.close then return c:rest_of_line() end
  local s = c.text:sub(c.at, c.close - 1)
  c.at = c.close
  return text.trim(s)
end

-- The text behind "key:": in quotes it may have several lines.
local function value(c)
  local at = c.at
  local quoted = c:take('"([^"]*)"[ \t]*')
  if quoted then return quoted end
  return plain(c, rest(c), at)
end

local function one_of(words, name)
  return function(c)
    local at = c.at
    local s = rest(c):gsub('^"(.*)"$', "%1")
    local known = words[s:lower()]
    if not known then c:lenient(("'%s' is no %s"):format(s, name), nil, at) end
    return known or s
  end
end

local ROWS = {
  requirement = { id = { "id", value }, text = { "text", value },
    risk = { "risk", one_of(RISKS, "risk (low, medium, high)") },
    verifymethod = { "verify", one_of(METHODS,
      "verification method (analysis, demonstration, inspection, test)") },
    hint = "a requirement has id, text, risk and verifyMethod" },
  element = { type = { "kind", value }, docref = { "docref", value },
    hint = "an element has type and docRef" },
}

local function row(c, box, rows)
  local at = c.at
  local key = c:take("(%a+)[ \t]*:[ \t]*")
  local reader = key and rows[key:lower()]
  if not reader then
    return c:fail(("'%s' cannot stand here"):format(key or c:take("%S+")), rows.hint, at)
  end
  local read = reader[2](c)
  box[reader[1]] = box[reader[1]] or read -- the first of several, as in Mermaid
  if reader[1] == "docref" then box.docref_line = box.docref_line or c:line(at) end
  return true
end

-- Names of classes behind ":::", then "{".
local function open_box(c, box)
  c:skip_blanks()
  if c:take(":::") then box.classes = looks.split(c:take("[^{\n]*")) end
  local at = c.at
  if not c:take("%s*{") then
    return c:fail("'{' is missing here", "write 'requirement name {' and the rows below", at)
  end
  -- "element e { type: x }": the last "}" of the line closes
  local close = c.text:match("^[ \t]*[^%s}][^\n]*()}[ \t]*%f[\n\0]", c.at)
  if close then
    c:lenient("'{' and '}' stand on one line", "put each row on its own line", close)
    c.close = close
  end
  return true
end

local function name_of(c)
  local at = c.at
  local quoted = c:take('"([^"]*)"')
  if quoted then return quoted end
  local raw = c.text:match("^[^{\n]*", at)
  local classes = raw:find(":::", 1, true)
  if classes then raw = raw:sub(1, classes - 1):match("^.*%S") or "" end
  c.at = at + #raw
  if not raw:find("%S") then return c:fail("a name is missing here", nil, at) end
  return plain(c, raw, at)
end

-- "requirement name { … }" and "element name { … }"
local function box(c, m, group, kind)
  local at = c.at
  c:take("%a+%s+")
  local name = name_of(c)
  local new = { name = name, group = group, type = kind, classes = {}, styles = {}, at = at }
  if not name or not open_box(c, new) then return nil end
  local opened_at = c.at - 1
  while true do
    skip_space(c)
    if c:take("}") then break end
    if c:is_done() then
      return c:fail("this '{' is not closed", "close it with '}'", opened_at)
    end
    if not row(c, new, ROWS[group]) then return nil end
  end
  c.close = nil
  if not m.by_group[group][name] then
    m.boxes[#m.boxes + 1], m.by_group[group][name] = new, new
    if group == "requirement" or not m.by_name[name] then m.by_name[name] = new end
  end
  return true
end

-- "a - satisfies -> b" and "b <- satisfies - a"
local function relation(c, m)
  local at = c.at
  local line = c:rest_of_line()
  local left, kind, right = line:match("^(.-)%-%s*(%a+)%s*%->%s*(.*)$")
  local is_back = not left
  if is_back then left, kind, right = line:match("^(.-)<%-%s*(%a+)%s*%-%s*(.*)$") end
  left = left and (left:match("^.*%S") or "")
  if not left then
    return c:fail(("'%s' is no statement of a requirement diagram"):format(line:match("^%S+")),
      "a relation reads 'a - satisfies -> b'", at)
  end
  if not RELATIONS[kind:lower()] then
    return c:fail(("'%s' is no relation"):format(kind),
      "there are contains, copies, derives, refines, satisfies, traces and verifies",
      at + (line:find(kind, #left + 1, true) or 1) - 1)
  end
  if left == "" or right == "" then
    return c:fail("a relation needs a name at both ends", "write 'a - satisfies -> b'", at)
  end
  left, right = plain(c, left, at), plain(c, right, at + #line - #right)
  m.relations[#m.relations + 1] = { kind = kind:lower(), from = is_back and right or left,
    to = is_back and left or right, at = at }
  return true
end

local function direction(c, m)
  local word = c:take("%a+%s+(%a%a)[^\n]*"):upper()
  if word == "TD" then c:lenient("'TD' is no direction here", "write 'direction TB'") end
  m.direction = DIRECTIONS[word] or m.direction
  return true
end

local function title(c, m)
  c:lenient("'title' stands in the front matter", "write '---', 'title: …', '---' at the top")
  c:take("%a+%s+")
  m.caption = text.display(c:rest_of_line())
  return true
end

local WORDS = { direction = direction, title = title, style = looks.style,
  classdef = looks.define, class = looks.apply_statement }

local function statement(c, m)
  local word = c.text:match("^(%a+)[ \t]+[%w_\"\128-\255]", c.at)
  local key = word and word:lower()
  if KINDS[key] then return box(c, m, "requirement", KINDS[key]) end
  if key == "element" then return box(c, m, "element") end
  if WORDS[key] then return WORDS[key](c, m) end
  local name, classes = c.text:match("^([^\n]-)[ \t]*:::([^\n]*)", c.at)
  if not name then return relation(c, m) end
  c:rest_of_line()
  m.looks:apply(looks.split(name), looks.split(classes))
  return true
end

-- The model, or nil and a finding.
return function(doc)
  local m = { boxes = {}, by_name = {}, by_group = { requirement = {}, element = {} },
    relations = {}, direction = "TB", looks = looks.new() }
  accessible.take(doc, m)
  local c = cursor.new(doc)
  m.findings = c.findings
  skip_space(c)
  while not c:is_done() do
    if not statement(c, m) then return nil, c.problem end
    skip_space(c)
  end
  for _, list in ipairs { m.boxes, m.relations } do
    for _, item in ipairs(list) do item.line = c:line(item.at) end
  end
  return m
end
