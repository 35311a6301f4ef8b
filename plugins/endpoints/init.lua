-- SPDX-License-Identifier: MIT
-- Endpoints: methods and paths in code, in bold, in headings, bullets and tables.
local path = require "path"
local find = require "find"
local conflicts = require "conflicts"

local function says_external(text, words)
  text = text:lower()
  for _, word in ipairs(words) do
    if type(word) == "string" and text:find(word:lower(), 1, true) then return true end
  end
  return false
end

-- The words before a list: "We call these external APIs:".
local function lead_of(item)
  local list = item.parent
  local before = list and list.type == "list" and list.previous
  return before and before.type == "paragraph" and before.text or ""
end

-- "The worker calls `POST /crm/v3/customers` of the CRM": the path begins with the name of the
-- system whose endpoint is called.
local function is_of_named(text, written)
  local first = written:match("^/([%w-]+)/")
  if not first or not text:find("%f[%a][Cc]all") then return false end
  for name in text:gmatch("%f[%a]of the (%u[%w-]*)") do
    if name:lower() == first:lower() then return true end
  end
  return false
end

local function is_external(entry, host, opt)
  if host then
    local name = host:gsub(":%d+$", "")
    for _, own in ipairs(opt.own_hosts) do
      if own == host or own == name then return false end
    end
    return true
  end
  local at, words = entry.at, opt.external_words
  local section = at.section
  if section and says_external(section.path, words) then return true end
  if entry.is_mention then
    local text = at.text
    return says_external(text, words) or is_of_named(text, entry.written)
  end
  return at.type == "item" and says_external(lead_of(at), words)
end

local function emit_entry(emit, entry, method, known, opt)
  local normal, host = path.normal(entry.written)
  local key = method .. " " .. normal
  if entry.is_mention and known[key] then return end
  known[key] = true
  local place = host and entry.written or normal
  emit.record("endpoint", { id = method .. " " .. place, title = method .. " " .. place, at = entry.at,
    fields = { method = method, path = normal, written = entry.written,
      external = is_external(entry, host, opt), description = entry.description or nil } })
end

-- Every place that may name an endpoint, cheapest test first.
local function collect_found(page, found)
  local seen, spans = {}, {}
  local function look(node)
    local entry, block = find.definition(node)
    if not block then return end
    local line = block.line * 4096 + block.column
    if entry then
      if not seen[line] then
        found[#found + 1] = entry
      elseif node.type == "code" then
        spans[#spans + 1] = { node, block }
      end
      seen[line] = true
    elseif node.type == "text" and node.parent.type == "strong" then
      entry = find.bold(node.parent)
      if entry and not seen[line] then found[#found + 1] = entry end
      seen[line] = seen[line] or entry ~= nil
    elseif node.type == "code" then
      spans[#spans + 1] = { node, block }
    end
  end
  for node in page:nodes("code", "/") do
    local text = node.literal
    if text:find("^%s*%u%u[%u/|, ]*%s+[/hH$%[{]") then
      look(node)
    elseif text:find("^[/$h]") and node.previous
      and node.previous.text:find("^%s*%u%u[%u/|, ]*%s*$") then
      look(node)
    end
  end
  for node in page:nodes("text", "/") do
    local text = node.literal
    if text:find(" /", 1, true) and text:find("%u%s+/") then look(node) end
  end
  return spans
end

return {
  name = "endpoints",
  api = 1,
  summary = "Endpoints of APIs, and whether pages describe them alike",
  emits = {
    endpoint = { fields = { method = "string", path = "string", written = "string",
      external = "boolean", description = "string" } },
  },
  options = {
    external_words = { type = "list",
      default = { "external system", "external service", "external api", "external endpoint",
        "third party", "third-party" },
      help = "An endpoint under such a section or label belongs to somebody else." },
    own_hosts = { type = "list", default = {},
      help = "Hosts whose full URLs are our own endpoints, e.g. [api.example.org]." },
    conflicts = { type = "string", default = "info",
      choices = { "info", "warning", "error", "off" },
      help = "How loudly differing descriptions within a project are reported." },
  },

  collect = function(page, emit, opt)
    local found, known = {}, {}
    local spans = collect_found(page, found)
    for table_node in page:nodes("table") do find.table(table_node, found) end
    for _, entry in ipairs(found) do
      for _, method in ipairs(entry.methods) do emit_entry(emit, entry, method, known, opt) end
    end
    for _, span in ipairs(spans) do
      local entry = find.span(span[1], span[2])
      if entry then
        entry.is_mention = true
        for _, method in ipairs(entry.methods) do emit_entry(emit, entry, method, known, opt) end
      end
    end
  end,

  check = function(site, report, opt)
    if opt.conflicts ~= "off" then conflicts(site, report, opt.conflicts) end
  end,
}
