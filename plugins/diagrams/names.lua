-- SPDX-License-Identifier: MIT
-- What diagrams say about the portal: their labels that are names of records or pages become links
-- of the page (so that what they name knows where it is shown), and what is wrong with a diagram is
-- found while reading, whether or not the page is rendered.
local names = {}

local MAX_NAMES = 200 -- of one diagram
local MAX_LENGTH = 100

-- A label as it is compared: on one line, without marks of emphasis (label.lua).
function names.bare(label)
  return (label:gsub("[\14-\19]", ""):gsub("%s+", " "))
end

-- "REQ-12: fast" speaks of REQ-12, "Billing" of itself.
local function target_of(label)
  local id = label:match("^%u[%u%d]*[%u%d%-]*%-%d+%f[^%w]") or label:match(
    "%f[%w]%u[%u%d]+[%u%d%-]*%-%d+%f[^%w]")
  return id or label
end
names.target_of = target_of

-- A column says more than a line: where the address stands in it.
local function column_of(text, line, url)
  local at = 1
  for row in (text .. "\n"):gmatch("([^\n]*)\n") do
    if at == line then return row:find(url, 1, true) end
    at = at + 1
  end
end

local function addresses_of(list, text)
  local out, seen = {}, {}
  for _, item in ipairs(list) do
    if not seen[item.url] and #out < MAX_NAMES then
      seen[item.url] = true
      local line = item.line or 1
      out[#out + 1] = { url = item.url, of = item.of, line = line,
        column = column_of(text, line, item.url) }
    end
  end
  return out
end

local READERS = {}

function READERS.mermaid(text, opt)
  local read, problem, more = require("mermaid").read(text, opt)
  if not read then return { findings = { problem, table.unpack(more or {}) }, names = {} } end
  local list, seen = {}, {}
  for _, mention in ipairs(read.kind.mentions(read.model)) do
    local name = names.bare(mention.name or "")
    if #name > 1 and #name <= MAX_LENGTH and not seen[name] and #list < MAX_NAMES then
      seen[name] = true
      list[#list + 1] = { name = name, line = mention.line or 1 }
    end
  end
  return { findings = read.model.findings or {}, names = list, title = read.model.caption
    or read.model.title, noun = read.kind.noun,
    addresses = addresses_of(require("links").relative(read.model), text) }
end

function READERS.dot(text)
  local list = require("dot.source").addresses(text)
  return { findings = {}, names = {}, addresses = addresses_of(list, text) }
end
READERS.graphviz = READERS.dot

function READERS.box(text)
  local read, problem = require("box.type").read(text)
  return { findings = { problem }, names = {}, noun = read and "drawing" }
end

-- {findings, names {name, line}, addresses {url, of, line, column}, title, noun} of a block; kept
-- for later builds.
function names.read(text, language, opt)
  local kept = quoin.cached(quoin.json { "names", language, text, opt.max_bytes, opt.max_events },
    function() return quoin.json(READERS[language](text, opt)) end)
  return quoin.parse_json(kept)
end

local function emit_block(node, emit, opt)
  local text, language = node.literal, node.language
  if #text > opt.max_bytes then return end -- reported where it would be drawn
  local found = names.read(text, language, opt)
  local fence = node.line
  for _, finding in ipairs(found.findings) do
    finding.line, finding.column = fence + (finding.line or 1), finding.column or 1
    emit.report(finding)
  end
  if found.noun then
    emit.record("diagram", { title = found.title ~= "" and found.title or found.noun, at = node,
      fields = { type = found.noun } })
  end
  for _, mention in ipairs(found.names) do
    emit.link { form = "label", target = target_of(mention.name), text = mention.name, at = node,
      line = fence + mention.line, column = 1 }
  end
  for _, address in ipairs(found.addresses or {}) do
    emit.link { form = "text", target = address.url, text = address.of, at = node,
      line = fence + address.line, column = address.column or 1,
      length = address.column and #address.url or nil }
  end
end

function names.collect(page, emit, opt)
  if not page:contains("mermaid", "```box", "~~~box", "```dot", "~~~dot", "```graphviz",
    "~~~graphviz") then return end
  for node in page:nodes("code_block") do
    if READERS[node.language] then emit_block(node, emit, opt) end
  end
end

-- What leads where in the diagram that stands in these lines of the page: `labels` by what they
-- say, `addresses` by how they are written. A dead end has no URL.
function names.links(page, first, last)
  local labels, addresses = {}, {}
  for _, link in ipairs(page.links) do
    local is_here = link.line >= first and link.line <= last
    if is_here and link.form == "text" then
      local url = page:href(link)
      addresses[link.target] = url ~= "" and url or nil
    elseif is_here and link.form == "label" and link.state == "ok"
      and (link.page ~= page or link.anchor ~= "") then
      labels[link.text] = page:href(link)
    end
  end
  return { labels = labels, addresses = addresses }
end

local function prefix_of(id)
  return id:match("^(%u[%u%d%-]*)%-%d+$")
end

-- An id that nothing has, where its like exist: REQ-99 among requirements REQ-1 to REQ-20.
function names.check(site, report)
  local pages, compared = {}, 0
  for _, diagram in ipairs(site:records("diagram")) do
    local page = diagram.page
    if page and not pages[page.path] then
      pages[page.path] = true
      for _, link in ipairs(page.links) do
        local prefix = link.form == "label" and link.state ~= "ok" and prefix_of(link.target)
        local near = prefix and compared < 200 and link.suggestion
        if prefix then compared = compared + 1 end
        if near and prefix_of(near) == prefix then
          report { code = "unknown-id", at = link, target = link.target,
            message = ("nothing is called `%s`, which this diagram shows"):format(link.target),
            hint = ("did you mean `%s`?"):format(near) }
        end
      end
    end
  end
end

return names
