-- SPDX-License-Identifier: MIT
-- Diagrams: fenced blocks of mermaid and dot become inline SVG while the site is built.
-- What draws is loaded by the first block that needs it: most portals have few.
local pre = require "pre"

local function block_id(block)
  return ("dg-%s-%d"):format(quoin.hash(block.text):sub(1, 8), block.number)
end

-- Links of participants that may stand on a page; the others are reported and forgotten.
local function safe_links(model, block)
  local list = {}
  for _, actor in ipairs(model.actors) do
    local safe = {}
    for _, link in ipairs(actor.links) do
      local href = quoin.safe_url(link.url)
      if href then
        safe[#safe + 1] = { of = actor.show, label = link.label, href = href }
        list[#list + 1] = safe[#safe]
      else
        block:report { code = "unsafe-link", line = link.line,
          message = ("the link '%s' leads to an address that a page must not link to"):format(
            link.label), hint = "use https, mailto or a relative path" }
      end
    end
    actor.links = safe
  end
  return list
end

local types = {}

function types.sequenceDiagram(doc, block, opt)
  local sequence, words = require "sequence", require "words"
  local draw_sequence, figure = require "sequence_draw", require "figure"
  local model, problem = sequence.parse(doc, opt.max_events)
  if not model then return nil, problem end
  local list = safe_links(model, block)
  local title, description = words.sequence_name(model, block.heading)
  return figure(draw_sequence(model), { kind = "sequence", id = block_id(block), title = title,
    description = description, links = list,
    words = opt.text_version and function(out) words.sequence_text(out, model) end })
end

local function too_long(block, opt)
  if #block.text <= opt.max_bytes then return false end
  block:report { code = "too-large", line = 1,
    message = ("a diagram may have %d bytes, this one has %d"):format(opt.max_bytes, #block.text) }
  return true
end

local function mermaid(block, _, opt)
  if too_long(block, opt) then return nil end
  local doc = pre.read(block.text)
  local draw = doc.type and types[doc.type]
  if not draw then return nil end
  local html, problem = draw(doc, block, opt)
  if problem then block:report(problem) end
  return html
end

local function graphviz(block, page, opt)
  if too_long(block, opt) then return nil end
  local dot, figure = require "dot", require "figure"
  local picture, model = dot.draw(block, page)
  if not picture then return nil end
  return figure(picture, { kind = "dot", id = block_id(block),
    title = dot.title(model, block.heading), description = dot.description(model),
    words = opt.text_version and function(out) dot.words(out, model) end })
end

return {
  name = "diagrams",
  api = 1,
  summary = "Mermaid and Graphviz blocks as SVG",
  programs = { "dot" },
  assets = { "diagrams.css" },
  options = {
    text_version = { type = "boolean", default = true,
      help = "Put a text version with every label under each diagram." },
    max_bytes = { type = "integer", default = 50000, help = "Longest diagram that is drawn." },
    max_events = { type = "integer", default = 1000,
      help = "Most messages, notes and blocks in a sequence diagram." },
  },
  blocks = { mermaid = mermaid, dot = graphviz, graphviz = graphviz },
}
