-- SPDX-License-Identifier: MIT
-- From a fenced block to its drawing: limits, ids, what is kept for later builds, the file of the
-- picture alone. What reads and draws is loaded when there is something to draw.
local names = require "names"

local block = {}

function block.id(b)
  return ("dg-%s-%d"):format(quoin.hash(b.text):sub(1, 8), b.number)
end

function block.is_too_long(b, opt)
  if #b.text <= opt.max_bytes then return false end
  b:report { code = "too-large", line = 1,
    message = ("a diagram may have %d bytes, this one has %d"):format(opt.max_bytes, #b.text) }
  return true
end

-- `links` as names.links gives them; nil outside of a page, where addresses stay as they are.
function block.context(b, opt, links, today)
  local id = block.id(b)
  return { id = id, heading = b.heading, text_version = opt.text_version, today = today,
    file = opt.standalone and id .. ".svg" or nil,
    href = function(name) return links and links.labels[names.bare(name)] end,
    resolve = links and function(url) return links.addresses[url] end or nil }
end

-- Everything that a drawing depends on but the plugin itself and its options. A day more changes
-- nothing but charts with today in them.
local function key(b, links, today)
  return quoin.json { text = b.text, id = block.id(b), heading = b.heading, links = links,
    today = today }
end

-- {html, finding} of a block. What is wrong with its text was said when the page was read.
local function draw(b, opt, context)
  local mermaid = require "mermaid"
  local read = mermaid.read(b.text, opt)
  if not read then return {} end
  local html, finding = mermaid.figure(read, context)
  return { html = html, finding = finding }
end

-- Writes that file and puts its address into the link to it.
function block.with_file(b, page, html, file)
  if not file then return html end
  local kind = html:match('<figure class="diagram ([%w-]+)')
  local style = page:href("assets/plugins/diagrams/diagrams.css")
  local picture = html:match("<svg.*</svg>")
  local url = b:file(file, require "standalone"(picture, kind, style))
  local from, to = html:find('href="' .. file .. '"', 1, true)
  return url and from and html:sub(1, from - 1) .. 'href="' .. quoin.escape(url) .. '"'
    .. html:sub(to + 1) or html
end

-- HTML of a box drawing; what is wrong with it was said when the page was read.
function block.box(b, page, opt)
  if block.is_too_long(b, opt) then return nil end
  local box = require "box.type"
  local read = box.read(b.text)
  if not read then return nil end
  local context = block.context(b, opt)
  return block.with_file(b, page, box.html(read, context), context.file)
end

-- The links of a block that stands on a page.
function block.links(b, page)
  local _, lines = b.text:gsub("\n", "")
  return names.links(page, b.line, b.line + lines)
end

-- HTML of a Mermaid block, drawn or kept by an earlier build; nil after saying why there is none.
function block.mermaid(b, page, opt, site)
  if block.is_too_long(b, opt) then return nil end
  local links = block.links(b, page)
  local today = b.text:find("gantt", 1, true) and site and site.today or nil
  local context = block.context(b, opt, links, today)
  local kept = quoin.parse_json(quoin.cached(key(b, links, today), function()
    return quoin.json(draw(b, opt, context))
  end))
  if kept.finding then b:report(kept.finding) end
  return kept.html and block.with_file(b, page, kept.html, context.file)
end

return block
