-- SPDX-License-Identifier: MIT
-- Targets that do not exist, things that depend on themselves, reviews that are out of date, and
-- requirements that nothing satisfies or tests.
local types = require "types"
local resolve = require "resolve"
local coverage = require "coverage"

local check = {}

-- Names of standards have the shape of ids.
local STANDARDS = { RFC = true, ISO = true, IEC = true, IEEE = true, UTF = true, TLS = true,
  SHA = true, CVE = true, NIST = true, PEP = true, ECMA = true, BCP = true, FIPS = true }

-- Words that other tools use for tickets, too: an id of a family that nobody here uses is no
-- mistake behind them.
local LOOSE = { ["depends on"] = true, ["needed by"] = true, ["implements"] = true,
  ["implemented by"] = true, ["supersedes"] = true, ["superseded by"] = true,
  ["refers to"] = true }

local ONE_WAY = { ["supersedes"] = "supersedes", ["depends on"] = "depends on" }

local function families_of(site)
  local families = {}
  for _, record in ipairs(site:records()) do
    local id = record.id
    local family = id and id:match("^(.-)%-?%d[%d.]*$")
    if family then families[family] = true end
  end
  return families
end

local function report_unknown(site, report, relation, fields, suggestion, state)
  local family = fields.target:match("^(%u[%u%d%-]*)%-%d[%d.]*$")
  if family and not suggestion then
    state.families = state.families or families_of(site)
    if not state.families[family] and (STANDARDS[family] or LOOSE[fields.type]) then return end
  end
  report { code = "unknown", at = relation, page = relation.page, target = fields.target,
    length = #fields.target,
    message = ("`%s: %s` leads nowhere: nothing is called that"):format(fields.type,
      fields.target),
    hint = suggestion and ("did you mean `%s`?"):format(suggestion) or nil }
end

local function report_suspect(report, relation, fields, to, cache)
  local written = fields.reviewed
  local now = written and resolve.fingerprint(to, cache)
  if not now or written == now then return end
  local is_new = written == "?"
  report { code = "suspect", at = relation, page = relation.page, target = fields.target,
    length = #fields.target,
    message = (is_new and "`%s` has not been reviewed yet" or
      "`%s` has changed since this reference to it was reviewed"):format(fields.target),
    hint = ("read it again, then accept it with `quoin review %s`, or write `reviewed: %s`"):format(
      relation.page.path, now),
    fix = { line = relation.line, from = "reviewed: " .. written, to = "reviewed: " .. now } }
end

-- The name of the graph that a relation belongs to, if it is one that must not have cycles.
local function graph_of(names, fields)
  local entry = names[fields.type]
  return entry and ONE_WAY[entry.is_active and entry.type or entry.inverse], entry
end

-- An edge from what comes later to what comes before.
local function add_edge(graphs, name, relation, from, to)
  local graph = graphs[name] or { order = {}, edges = {} }
  graphs[name] = graph
  local edges = graph.edges[from.key]
  if not edges then
    edges = {}
    graph.edges[from.key] = edges
    graph.order[#graph.order + 1] = from.key
  end
  edges[#edges + 1] = { from = from, to = to, relation = relation }
end

local function report_cycle(report, name, path, first, edge)
  local titles = {}
  for i = first, #path do titles[#titles + 1] = resolve.title(path[i].place) end
  titles[#titles + 1] = resolve.title(edge.to)
  local place = (path[first + 1] or {}).relation or edge.relation
  report { code = "cycle", at = place, page = place.page,
    message = ("a cycle of `%s`: %s"):format(name, table.concat(titles, " → ")),
    hint = "one of them must come first" }
end

-- Depth first without recursion; each cycle that closes is told once.
local function find_cycles(report, name, graph)
  local state = {}
  for _, start in ipairs(graph.order) do
    if not state[start] then
      local first = graph.edges[start][1]
      local path = { { place = first.from, next = 1 } }
      local depth_of = { [start] = 1 }
      state[start] = "open"
      while #path > 0 do
        local top = path[#path]
        local key, edges = top.place.key, graph.edges[top.place.key]
        local edge = edges and edges[top.next]
        top.next = top.next + 1
        if not edge then
          state[key], depth_of[key] = "done", nil
          path[#path] = nil
        elseif state[edge.to.key] == "open" then
          report_cycle(report, name, path, depth_of[edge.to.key], edge)
        elseif not state[edge.to.key] then
          path[#path + 1] = { place = edge.to, next = 1, relation = edge.relation }
          state[edge.to.key], depth_of[edge.to.key] = "open", #path
        end
      end
    end
  end
end

local function report_gaps(site, report, severity)
  for _, row in ipairs(coverage.rows(site:records("requirement"), coverage.index(site))) do
    local lacks
    if #row.designs == 0 and #row.tests == 0 then
      lacks = "nothing satisfies or tests %s"
    elseif #row.designs == 0 then
      lacks = "nothing satisfies %s"
    elseif #row.tests == 0 then
      lacks = "nothing tests %s"
    end
    if lacks then
      local record = row.record
      report { code = "gap", severity = severity, at = record, page = record.page,
        message = lacks:format(record.id) }
    end
  end
end

function check.site(site, report, opt)
  local names, cache, graphs, state = types.of(opt), resolve.new_cache(), {}, {}
  for _, relation in ipairs(site:records("relation")) do
    local fields = relation.fields
    local to, is_reported, suggestion = resolve.target(site, relation, fields, cache)
    if to then
      report_suspect(report, relation, fields, to, cache)
      local name, entry = graph_of(names, fields)
      if name then
        local from = resolve.source(site, relation, fields, cache)
        if not entry.is_active then from, to = to, from end
        add_edge(graphs, name, relation, from, to)
      end
    elseif not is_reported then
      report_unknown(site, report, relation, fields, suggestion, state)
    end
  end
  for name, graph in pairs(graphs) do find_cycles(report, name, graph) end
  if opt.gaps ~= "off" then report_gaps(site, report, opt.gaps) end
end

return check
