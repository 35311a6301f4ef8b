-- SPDX-License-Identifier: MIT
-- labels.lua - are the labels and the connections of a diagram's facts in a text?
local labels = {}

-- Without blanks and emphasis, which are drawn, and without what only markup has.
function labels.squeeze(s)
  return (s:gsub("&lt;", "<"):gsub("&gt;", ">"):gsub("&quot;", '"'):gsub("&#39;", "'")
    :gsub("&amp;", "&"):gsub("\u{A0}", ""):gsub("[%s*_`]+", ""))
end

-- Facts have lost what looks like a tag (<order-id>): `content` counts without that, too.
function labels.content(s)
  s = labels.squeeze(s)
  return s .. "\n" .. s:gsub("</?%a[^<>]*>", "") .. "\n" .. s:gsub("</?%a[^>]*>", "")
end

local ICON = "%f[%w]fa[bklrs]?:fa%-[%w-]*" -- a name of an icon, which has no picture here
local NAMES = { label = true, text = true, descr = true, techn = true }

local function wanted(s)
  return labels.squeeze((s:gsub(ICON, "")))
end

-- A label of the facts that is not in `content`, or nil.
function labels.missing(facts, content)
  for key, value in pairs(facts) do
    local lost
    if type(value) == "table" then
      lost = labels.missing(value, content)
    elseif NAMES[key] and type(value) == "string" then
      lost = not content:find(wanted(value), 1, true) and value
    end
    if lost then return lost end
  end
end

-- Where the connections of a type stand in its facts: list, keys of the ends, lists of what they
-- join with the keys of id and label.
local JOINED = {
  flowchart = { "edges", "from", "to", { "nodes", "groups" } },
  state = { "edges", "from", "to", { "states" } },
  class = { "relations", "from", "to", { "classes", "notes", "namespaces" } },
  er = { "relations", "a", "b", { "entities" } },
  requirement = { "relations", "from", "to", {} },
  c4 = { "rels", "from", "to", { "shapes", "boundaries" } },
  block = { "edges", "from", "to", { "blocks" } },
  sequence = { "events", "from", "to", { "actors" } },
}

local function collect_names(list, names)
  for _, item in ipairs(list or {}) do
    local id = item.id or item.alias
    if id then names[id] = item.label and item.label ~= "" and item.label or names[id] or "" end
    if id and names[id] == "" and not item.shape then names[id] = id end
    collect_names(item.children, names)
  end
end

-- Ends that have no name of their own: starts and ends of states, circles of interfaces.
local function name_of(names, id)
  return wanted(names[id] or not id:find("^interface%d+$") and id or "")
end

-- {texts that one line must hold} for each connection.
local function connections(kind, facts)
  local how, names, out = JOINED[kind], {}, {}
  if not how then return out end
  for _, list in ipairs(how[4]) do collect_names(facts[list], names) end
  for _, edge in ipairs(facts[how[1]] or {}) do
    local from, to = edge[how[2]], edge[how[3]]
    if from and to and edge.line ~= "invisible" and (kind ~= "sequence" or edge.k == "msg") then
      out[#out + 1] = { name_of(names, from), from ~= to and name_of(names, to) or "",
        wanted(edge.label or edge.text or "") }
    end
  end
  return out
end

local function holds(line, texts)
  for _, text in ipairs(texts) do
    if not line:find(text, 1, true) then return false end
  end
  return true
end

-- Gives connection `c` a line of its own; others may have to take another one.
local function match(list, c, lines, owners, tried)
  for i, line in ipairs(lines) do
    if not tried[i] and holds(line, list[c]) then
      tried[i] = true
      if not owners[i] or match(list, owners[i], lines, owners, tried) then
        owners[i] = c
        return true
      end
    end
  end
  return false
end

-- How many connections the facts have, and the first that has no line of its own in `text`.
function labels.connections(kind, facts, text)
  local lines, owners = {}, {}
  for line in text:gmatch("[^\n]+") do lines[#lines + 1] = labels.content(line) end
  local list = connections(kind, facts)
  for c, texts in ipairs(list) do
    if not match(list, c, lines, owners, {}) then return #list, table.concat(texts, " | ") end
  end
  return #list, nil
end

return labels
