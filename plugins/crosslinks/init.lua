-- SPDX-License-Identifier: MIT
-- Cross-links: [[names]] and ids in running text become links, names that lead nowhere are found,
-- and each page lists who refers to it.
local ids = require "ids"
local wiki = require "wiki"
local references = require "references"

local MAX_SUGGESTIONS = 200 -- each is a comparison with all names

-- What the links of one form lead to, by what was written; nil when there are none.
local function by_target(links, form)
  local found
  for _, link in ipairs(links) do
    if link.form == form then
      found = found or {}
      found[link.target] = link
    end
  end
  return found
end

local function link_piece(page, link, text)
  local record = link.record
  return { url = page:href(link), text = text, class = record and "record-ref" or "wiki",
    title = record and record.title or nil }
end

local function broken_piece(text, target)
  return { html = ('<span class="wiki link-broken" title="%s">%s</span>'):format(
    quoin.escape("Nothing is called " .. target), quoin.escape(text)) }
end

-- Puts `parts` ({first, last, piece}, in order) in the place of their bytes in the node's text.
local function replace_parts(node, parts)
  local text, at, pieces = node.literal, 1, {}
  for _, part in ipairs(parts) do
    if part.first > at then pieces[#pieces + 1] = text:sub(at, part.first - 1) end
    pieces[#pieces + 1] = part.piece
    at = part.last + 1
  end
  if at <= #text then pieces[#pieces + 1] = text:sub(at) end
  node:replace(pieces)
end

local function link_names(page, names)
  for node in page:nodes("text", "[[") do
    local parts = {}
    for _, name in ipairs(wiki.find(page, node)) do
      local link = names[name.target]
      if link then
        parts[#parts + 1] = { first = name.first, last = name.last,
          piece = link.page and link_piece(page, link, name.text)
            or broken_piece(name.text, name.target) }
      end
    end
    if #parts > 0 then replace_parts(node, parts) end
  end
end

-- An id does not lead to itself.
local function is_definition(page, node, record)
  return record.page == page and record.line == node.line
end

local function link_ids(page, mentions)
  local current, parts = nil, nil
  local function flush()
    if current and #parts > 0 then replace_parts(current, parts) end
  end
  for node, id, first, last in page:ids() do
    if node ~= current then
      flush()
      current, parts = node, {}
    end
    local link = mentions[id]
    if link and link.record and not is_definition(page, node, link.record) then
      parts[#parts + 1] = { first = first, last = last, piece = link_piece(page, link, id) }
    end
  end
  flush()
end

local function known(mentions)
  for _, link in pairs(mentions or {}) do
    if link.record then return true end
  end
  return false
end

return {
  name = "crosslinks",
  api = 1,
  summary = "Links by name and id, and who refers to a page",
  assets = { "crosslinks.css" },
  emits = { id = { fields = {} } },
  options = {
    mentions = { type = "boolean", default = true,
      help = "Link ids such as REQ-12 in running text to the requirement, risk or decision." },
    backlinks = { type = "boolean", default = true,
      help = "List at the foot of a page which pages refer to it." },
  },

  collect = function(page, emit, opt)
    ids.collect(page, emit)
    for node in page:nodes("text", "[") do -- one byte is looked for much faster than two
      if node.literal:find("[[", 1, true) then
        for _, name in ipairs(wiki.find(page, node)) do
          emit.link { form = "name", target = name.target, text = name.text, at = node,
            line = name.line, column = name.column, length = name.length }
        end
      end
    end
    if not opt.mentions then return end
    for node, id, first in page:ids() do
      if not wiki.holds(page, node, first) then
        emit.link { form = "mention", target = id, at = node, line = node.line,
          column = node.column + first - 1, length = #id }
      end
    end
  end,

  check = function(site, report)
    local count = 0
    for _, page in ipairs(site.pages) do
      for _, link in ipairs(page.links) do
        if link.form == "name" and link.state ~= "ok" then
          count = count + 1
          local near = count <= MAX_SUGGESTIONS and link.suggestion
          report { code = "broken", at = link, target = link.target,
            message = ("nothing is called `%s`"):format(link.target),
            hint = near and ("did you mean `%s`?"):format(near) or nil }
        end
      end
    end
  end,

  transform = function(page)
    local links = page.links
    local names, mentions = by_target(links, "name"), by_target(links, "mention")
    if names then link_names(page, names) end
    if known(mentions) then link_ids(page, mentions) end
  end,

  slots = {
    ["page-foot"] = function(page, _, opt)
      return opt.backlinks and references(page) or nil
    end,
  },
}
