-- SPDX-License-Identifier: MIT
-- One node of a statement: id, brackets, class, attributes: "A[Text]:::warm@{ shape: cyl }".
local shapes = require "shapes"
local bracket = require "flowchart.bracket"
local attributes = require "flowchart.attributes"
local model = require "flowchart.model"

local node = {}

local LETTERS = "^[%w_!#$%%&'*+.`?\\/\1\2\128-\255]+()"

-- Behind the id that begins at `at`; `at` itself when none does. "-" and "=" may stand in an id,
-- unless an arrow begins with them.
local function id_end(s, at)
  local from = at
  while true do
    local behind = s:match(LETTERS, at)
    if behind then at = behind end
    local c, following = s:sub(at, at), s:sub(at + 1, at + 1)
    if c == "-" and not following:find("^[->.]") or c == "=" and following ~= "="
      or c == "," and at > from and following:find("^[%w_]")
      or c == ":" and at > from and s:sub(at, at + 2) ~= ":::" then
      at = at + 1
    else
      return at
    end
  end
end

-- Words that Mermaid reads as such wherever an id begins.
local WORDS = {}
for word in ("end graph subgraph flowchart style linkStyle classDef class href call interpolate "
  .. "_self _blank _parent _top"):gmatch("%S+") do
  WORDS[word] = true
end

-- The id at the cursor, or nil.
function node.read_id(c)
  local stop = id_end(c.text, c.at)
  if stop == c.at then return nil end
  local id, at = c.text:sub(c.at, stop - 1), c.at
  c.at = stop
  if id:find("=", 1, true) then
    c:lenient("'=' in an id", "give the node another id and the text in brackets", at)
  end
  local word = id:match("^[%w_]+")
  if WORDS[word] then
    c:lenient(("the id '%s' begins with the word '%s' of the notation"):format(id, word),
      "give the node another id and the text in brackets", at)
  end
  return id
end

local function set_label(target, read)
  target.raw, target.is_markdown = read.text, read.is_markdown
  target.shape = read.shape
end

local function read_shape(c, target)
  local from = c.at
  local gap = c.text:match("^[ \t]+()[%[({]", from)
  local read, broken = bracket.read(c.text, gap or from)
  if broken then
    return c:fail("this label does not end", 'close its bracket, or quote the text: ["…"]',
      broken)
  end
  if not read then return true end
  if gap then c:lenient("a blank between a node and its label", "write A[Text]", gap) end
  if read.swallows then
    c:doubt("this label holds an arrow, as if its bracket were not closed",
      'close its bracket, or quote the text: ["…"]', gap or from, "warning")
  elseif read.lenient_at then
    c:lenient(read.what, read.hint, read.lenient_at)
  end
  set_label(target, read)
  c.at = read.stop
  return true
end

local FORMS = { circle = "iconCircle", square = "iconSquare", rounded = "iconRounded" }

local function set_shape(c, target, name, at)
  if not shapes.is_known(name) or name:find("[%u_]") then
    local better = name:lower():gsub("_", "-")
    c:lenient(("there is no shape '%s'"):format(name), shapes.is_known(better)
      and ("write '%s'"):format(better) or "use rect, rounded, stadium, cyl, diam, hex, doc …", at)
  end
  target.shape = name
end

local function apply(c, target, values, at)
  if values.shape then set_shape(c, target, values.shape, at) end
  if values.label and values.label ~= "" then
    target.raw, target.is_markdown = values.label, nil
  end
  local has_label = (values.label or ""):find("%S") or target.raw ~= target.id
  if values.icon or values.img then
    if not has_label then target.raw = "" end
    target.icon, target.img = values.icon or target.icon, values.img or target.img
  end
  if target.img then
    target.shape = "imageSquare"
  elseif target.icon then
    target.shape = FORMS[values.form] or "icon"
  end
end

-- "@{ … }" of a node, or of an edge when the id is one's.
local function read_attributes(c, m, id)
  local from = c.text:match("^[ \t]*@{()", c.at)
  if not from then return true end
  local stop = attributes.find_end(c.text, from)
  if not stop then
    return c:fail("these attributes do not end", "write '}' behind them", from - 2)
  end
  local values, bad = attributes.read(c.text:sub(from, stop - 1))
  if bad then
    return c:fail("attributes read 'key: value', with ',' between them",
      'A@{ shape: rect, label: "Text" }',
      from + bad - 1)
  end
  c.at = stop + 1
  local edge = m.edge_by_id[id]
  if edge then
    edge.is_animated = values.animate == "true" or values.animation ~= nil or edge.is_animated
    return true
  end
  apply(c, model.node(m, id, from), values, from)
  return true
end

local function read_class(c, m, id)
  local from = c.text:match("^:::()", c.at)
  if not from then return true end
  c.at = id_end(c.text, from)
  if c.at == from then return c:fail("the name of a class is missing here", "A:::warm") end
  model.set_class(m, id, c.text:sub(from, c.at - 1))
  return true
end

-- The node at the cursor: its id; nil with c.problem set, or nil alone when there is none.
function node.read(c, m)
  local at = c.at
  local id = node.read_id(c)
  if not id then return nil end
  local edge = m.edge_by_id[id]
  if edge and c.text:find("^[ \t]*@{", c.at) then
    return read_attributes(c, m, id) and id or nil, true
  end
  local target = model.node(m, id, at)
  if not read_shape(c, target) then return nil end
  for _ = 1, 3 do
    if not read_class(c, m, id) or not read_attributes(c, m, id) then return nil end
  end
  return id
end

return node
