-- SPDX-License-Identifier: MIT
-- Records as a diagram: the `records` fence with `view: graph`, `gantt` or `state` becomes Mermaid
-- text, which the plugin that draws Mermaid draws (block:draw). Nothing is placed here.
local rows = require "rows"
local views = {}

local MAX_NODES = 150

-- Text for a quoted label: no character of the notation is left in it.
local ENTITY = { ['"'] = "#quot;", ["#"] = "#35;", ["<"] = "#lt;", [">"] = "#gt;", ["`"] = "#96;",
  [":"] = "#58;", [";"] = "#59;", ["\n"] = " ", ["%"] = "#37;", ["{"] = "#123;", ["}"] = "#125;",
  ["*"] = "#42;", ["_"] = "#95;", [","] = "#44;", ["["] = "#91;", ["]"] = "#93;", ["\\"] = "#92;" }
local function label(s)
  return (tostring(s):gsub('["#<>`:;\n%%{}*_,%[%]\\]', ENTITY))
end

local function link_line(out, id, url)
  out:add('  click ', id, ' href "', url:gsub('"', "%%22"), '"\n')
end

-- --- graph ---------------------------------------------------------------------------------------

-- A node for each thing once, in the order of first use.
local function graph_of(view)
  return { view = view, ids = {}, count = 0, nodes = {}, edges = {}, seen = {}, groups = {},
    group_ids = {} }
end

local function add_node(g, key, node)
  local id = g.ids[key]
  if id then return id end
  if g.count >= MAX_NODES then
    g.is_cut = true
    return nil
  end
  g.count = g.count + 1
  id = "n" .. g.count
  g.ids[key], node.id = id, id
  local group = node.group
  if group and not g.group_ids[group.path] then
    g.group_ids[group.path] = {}
    g.groups[#g.groups + 1] = group
  end
  table.insert(group and g.group_ids[group.path] or g.nodes, node)
  return id
end

local function add_edge(g, from, to, text)
  local key = from and to and from .. " " .. to .. " " .. (text or "")
  if not key or g.seen[key] or from == to then return end
  g.seen[key] = true
  g.edges[#g.edges + 1] = { from = from, to = to, text = text }
end

local function key_of(path, anchor)
  return path .. "#" .. (anchor or "")
end

local function record_title(record)
  local id, title = record.id, record.title
  if id and id ~= "" and title:sub(1, #id) ~= id then return id .. " " .. title end
  return title
end

local function add_row(g, row)
  local record = row.record
  return add_node(g, key_of(row.page.path, record.anchor), { title = record_title(record),
    group = row.page, url = g.view.page:href(record) })
end

local function write_node(out, node)
  out:add("  ", node.id, '["', label(node.title), '"]\n')
  link_line(out, node.id, node.url)
end

local function write_graph(g)
  local out = quoin.buffer():add("flowchart LR\n")
  for i, group in ipairs(g.groups) do
    out:add("  subgraph p", i, '["', label(group.title), '"]\n')
    for _, node in ipairs(g.group_ids[group.path]) do write_node(out, node) end
    out:add("  end\n")
  end
  for _, node in ipairs(g.nodes) do write_node(out, node) end
  for _, edge in ipairs(g.edges) do
    out:add("  ", edge.from, edge.text and ' -- "' .. label(edge.text) .. '" --> ' or " --> ",
      edge.to, "\n")
  end
  return out:text()
end

-- What leads to a page or a record on it, as traceability told: `visit(link, page)`.
local function each_relation(site, visit)
  for _, related in ipairs(site:records("related")) do
    for _, link in ipairs(related.fields.links) do visit(link, related.page) end
  end
end

-- A whole page stands for itself, a record on it in the group of the page.
local function add_end(g, key, page, anchor, title)
  local is_page = (anchor or "") == ""
  return add_node(g, key, { title = title, group = not is_page and page or nil,
    url = is_page and g.view.page:href(page) or g.view.page:href(page, anchor) })
end

local function add_relations(g, site, shown)
  each_relation(site, function(link, page)
    local from, to = key_of(link.path, link.anchor), key_of(page.path, link.to)
    if not (shown[from] or shown[to]) then return end
    local from_page = site:page(link.path)
    local from_id = from_page and add_end(g, from, from_page, link.anchor, link.title)
    local to_id = add_end(g, to, page, link.to, link.of or page.title)
    add_edge(g, from_id, to_id, link.forward)
  end)
end

-- Things outside of a page (what it depends on) are one node, however many pages name them.
local function outside_graph(g, found)
  for _, row in ipairs(found) do
    local page, record = row.page, row.record
    local from = add_node(g, page.path, { title = page.title, url = g.view.page:href(page) })
    local to = add_node(g, "=" .. record.title:lower(), { title = record.title,
      url = g.view.page:href(record) })
    add_edge(g, from, to, nil)
  end
end

local IS_OUTSIDE = { dependency = true, integration = true }

local function graph(found, view)
  local g = graph_of(view)
  if IS_OUTSIDE[view.kind] then
    outside_graph(g, found)
  else
    local shown = {}
    for _, row in ipairs(found) do
      if row.record.kind == "relation" then
        shown[key_of(row.page.path, row.record.anchor)] = true
        shown[key_of(row.page.path, "")] = true
      else
        shown[key_of(row.page.path, row.record.anchor)] = true
        add_row(g, row)
      end
    end
    add_relations(g, view.site, shown)
  end
  if g.count == 0 then return nil end
  return write_graph(g), g.is_cut and ("only the first %d nodes are drawn"):format(MAX_NODES) or nil
end

-- --- gantt ---------------------------------------------------------------------------------------

local STARTS = { "start", "from", "begin", "since" }
local ENDS = { "end", "until", "due", "next", "target", "date" }

local function first_date(row, fields)
  for _, field in ipairs(fields) do
    local value = row.fields[field]
    local date = type(value) == "string" and value:match("^%d%d%d%d%-%d%d%-%d%d")
    if date and quoin.days(date) then return date end
  end
end

local function task_line(row, n, from, to, today)
  local tags = {}
  if rows.is_closed(row) then tags[1] = "done"
  elseif to < today then tags[1] = "crit" end
  if not from or from >= to then tags[#tags + 1] = "milestone" end
  tags[#tags + 1] = "t" .. n
  tags[#tags + 1] = from and from < to and from or to
  tags[#tags + 1] = from and from < to and to or "0d"
  return ("  %s :%s\n"):format(label(record_title(row.record)), table.concat(tags, ", "))
end

local function gantt(found, view)
  local out, section, count, missing = quoin.buffer(), nil, 0, 0
  out:add("gantt\n  dateFormat YYYY-MM-DD\n")
  for _, row in ipairs(found) do
    local from, to = first_date(row, STARTS), first_date(row, ENDS)
    if not to then to, from = from, nil end
    if to and count < MAX_NODES then
      local name = row.project and row.project.title or row.page.title
      if name ~= section then
        out:add("  section ", label(name), "\n")
        section = name
      end
      count = count + 1
      out:add(task_line(row, count, from, to, view.today))
      link_line(out, "t" .. count, view.page:href(row.record))
    elseif not to then
      missing = missing + 1
    end
  end
  local note = missing > 0 and ("%d without a date"):format(missing) or nil
  return count > 0 and out:text() or nil, note
end

-- --- state ---------------------------------------------------------------------------------------

-- States in the order in which things pass them; others follow as they come.
local ORDER = { "proposed", "provisional", "draft", "open", "new", "pending", "requested",
  "in progress", "in review", "final comment", "implementable", "approved", "accepted",
  "implemented", "done", "mitigated", "closed", "superseded", "deprecated", "rejected", "withdrawn" }
local POSITION = {}
for i, name in ipairs(ORDER) do POSITION[name] = i end

local function state_of(row)
  local value = row.fields.state or row.fields.status or row.page.status
  return type(value) == "string" and value ~= "" and value or "no status"
end

local function state_lists(found)
  local states, by_name = {}, {}
  for _, row in ipairs(found) do
    local name = state_of(row)
    local state = by_name[name:lower()]
    if not state then
      state = { name = name, rows = {}, at = (POSITION[name:lower()] or 100) + #states / 1000 }
      by_name[name:lower()] = state
      states[#states + 1] = state
    end
    table.insert(state.rows, row)
  end
  table.sort(states, function(a, b) return a.at < b.at end)
  return states
end

local function state(found)
  local out = quoin.buffer():add("stateDiagram-v2\n  direction LR\n")
  local states = state_lists(found)
  for i, s in ipairs(states) do
    local names = {}
    for n = 1, math.min(5, #s.rows) do
      local record = s.rows[n].record
      names[n] = label(record.id and record.id ~= "" and record.id or record.title)
    end
    if #s.rows > 5 then names[6] = ("and %d more"):format(#s.rows - 5) end
    out:add('  state "', label(s.name), " (", #s.rows, ')" as s', i, "\n")
    out:add("  s", i, " : ", table.concat(names, "<br>"), "\n")
    if i > 1 then out:add("  s", i - 1, " --> s", i, "\n") end
  end
  return #states > 0 and out:text() or nil
end

-- --- -------------------------------------------------------------------------------------------

local MAKERS = { graph = graph, gantt = gantt, state = state }

-- Mermaid text and a note on what it leaves out; nil when there is nothing to show.
-- `view` {name, kind, page, site, today}.
function views.mermaid(found, view)
  return MAKERS[view.name](found, view)
end

return views
