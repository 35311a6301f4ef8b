-- SPDX-License-Identifier: MIT
-- One edge between nodes: its id, its arrow and its text in either form.
local arrow = require "flowchart.arrow"

local edges = {}

-- "|text|" behind an arrow: the text, whether it is Markdown; nil and true when it is broken.
local function read_pipe(c)
  local from = c.text:match("^%s*|()", c.at)
  if not from then return nil end
  local raw, behind = c.text:match('^%s*"`([^`"]*)`"%s*|()', from)
  if raw then
    c.at = behind
    return raw, true
  end
  raw, behind = c.text:match('^%s*"([^"]*)"%s*|()', from)
  if not raw then
    raw, behind = c.text:match("^([^|\n]*)|()", from)
    if not raw then raw, behind = c.text:match("^([^|]*)|()", from) end
    if not raw then
      c:fail("the text of this edge does not end", "write '|' behind it", from - 1)
      return nil, true
    end
    local bad = raw:find('[%[%](){}"]')
    if bad then
      c:lenient("a bracket or quotation mark in the text of an edge",
        'quote this label: |"…"|', from + bad - 1)
      raw = raw:gsub('^%s*"', ""):gsub('"%s*$', "")
    end
  end
  c.at = behind
  return raw
end

local function read_between(c, edge, at)
  local second, text_end, behind = arrow.find_end(c.text, c.at, edge.line)
  if not second then
    return c:fail("a text begins behind this arrow, but no arrow ends it",
      "write A -- text --> B or A -->|text| B", at)
  end
  local raw = c.text:sub(c.at, text_end - 1)
  c.at = behind
  local joined = arrow.join(edge, second)
  local markdown = raw:match('^%s*"`(.*)`"%s*$')
  joined.is_markdown = markdown ~= nil
  joined.raw = markdown or raw:match('^%s*"(.*)"%s*$') or raw
  if second.swallowed then
    joined.shown_raw = joined.raw .. second.swallowed
    c:lenient(("the '%s' in front of the arrow belongs to the arrow there"):format(
      second.swallowed), "put a blank between text and arrow", text_end)
  end
  return joined
end

-- The arrow behind a node, with its id and its text; nil when none stands here.
function edges.read(c)
  local at = c.text:match("^%s*()", c.at)
  local id, behind_id = arrow.read_id(c.text, at)
  local edge, behind, is_half = arrow.read(c.text, behind_id or at)
  if not edge then return nil end
  c.at = behind
  if is_half then
    edge = read_between(c, edge, at)
    if not edge then return nil end
  end
  edge.id = id
  local raw, is_markdown = read_pipe(c)
  if raw then
    edge.raw, edge.is_markdown = raw, is_markdown
  elseif is_markdown then
    return nil
  end
  c.at = c.text:match("^%s*()", c.at)
  return edge, at
end

return edges
