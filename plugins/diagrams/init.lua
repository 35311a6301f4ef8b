-- SPDX-License-Identifier: MIT
-- Diagrams: fenced blocks of mermaid and dot become inline SVG while the site is built.
-- What draws is loaded by the first block that needs it: most portals have few.
local block = require "block"
local fences = require "fences"
local names = require "names"

local function graphviz(b, page, opt)
  if block.is_too_long(b, opt) then return nil end
  local dot, words, figure = require "dot.draw", require "dot.words", require "figure"
  local context = block.context(b, opt, block.links(b, page))
  local picture, model = dot.draw(b, page, context)
  if not picture then return nil end
  local html = figure(picture, { kind = "dot", id = context.id, file = context.file,
    title = words.title(model, b.heading), description = words.describe(model),
    words = opt.text_version and function(out) words.write(out, model) end })
  return block.with_file(b, page, html, context.file)
end

-- A tree or a box drawing by its fence's word, wherever it stands.
local function file_tree(b)
  return require("tree").html(b.text)
end

local function stage(name)
  return function(b, opt) return require("stages")(name, b, opt) end
end

return {
  name = "diagrams",
  api = 1,
  summary = "Mermaid, Graphviz and box drawings as SVG, file trees as lists",
  emits = { diagram = { fields = { type = "string" } } },
  programs = { "dot" },
  assets = { "diagrams.css" },
  options = {
    text_version = { type = "boolean", default = true,
      help = "Put a text version with every label under each diagram." },
    standalone = { type = "boolean", default = true,
      help = "Write each picture as a file of its own, too, with a link under the diagram." },
    file_trees = { type = "boolean", default = true,
      help = "Turn trees of files (├──) in plain fences into lists." },
    plain_boxes = { type = "boolean", default = false,
      help = "Draw box drawings (┌──┐, +--+) in plain fences, too, when every box closes." },
    max_bytes = { type = "integer", default = 50000, help = "Longest diagram that is drawn." },
    max_events = { type = "integer", default = 1000,
      help = "Most messages, notes and blocks in a sequence diagram." },
  },
  collect = names.collect,
  check = names.check,
  transform = fences.transform,
  blocks = { mermaid = block.mermaid, box = block.box, tree = file_tree, dot = graphviz,
    graphviz = graphviz },
  stages = { facts = stage "facts", svg = stage "svg", text = stage "text",
    layout = stage "layout" },
}
