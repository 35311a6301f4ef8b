-- SPDX-License-Identifier: MIT
-- What `quoin diagram` shows of a block, by the name of the stage.
local block = require "block"

-- What is empty says nothing, and as JSON it could be a list or a map.
local function without_empty(facts)
  local out = {}
  for key, value in pairs(facts) do
    if type(value) ~= "table" or next(value) ~= nil then out[key] = value end
  end
  return out
end

local mermaid_stages, dot_stages = {}, {}

function mermaid_stages.facts(read) return without_empty(read.kind.facts(read.model)) end

function mermaid_stages.svg(read, context)
  local picture, problem = require("mermaid").svg(read, context)
  return picture and require "standalone"(picture, "dg-" .. read.folder) or nil, problem
end

function mermaid_stages.text(read) return require("mermaid").text(read) end

-- The graph given to quoin.layout and where its parts came to stand; nil for types without a graph.
function mermaid_stages.layout(read, context)
  local picture, problem = read.kind.draw(read.model, context)
  return picture and picture.graph, problem
end

local function show_mermaid(stage, b, opt)
  local read, problem, more = require("mermaid").read(b.text, opt)
  local shown
  if read then shown, problem = mermaid_stages[stage](read, block.context(b, opt)) end
  if problem then b:report(problem) end
  for _, finding in ipairs(read and read.model.findings or more or {}) do b:report(finding) end
  return shown
end

function dot_stages.svg(b, picture, model)
  local dot, svg = require "dot.draw", require "svg"
  local out = svg.new()
  require("figure").svg(out, picture, { id = block.id(b), title = dot.title(model, b.heading),
    description = dot.description(model) })
  return require "standalone"(out:result(), "dg-dot")
end

function dot_stages.text(_, _, model)
  local out = require("plain").new()
  require("dot.draw").words(out, model)
  return out:result()
end

local function show_dot(stage, b, opt)
  local show = dot_stages[stage]
  if not show then return nil end
  local picture, model = require("dot.draw").draw(b, { path = "" }, block.context(b, opt))
  return picture and show(b, picture, model)
end

local LANGUAGES = { mermaid = show_mermaid, dot = show_dot, graphviz = show_dot }

return function(stage, b, opt)
  local show = LANGUAGES[b.language]
  if not show or block.is_too_long(b, opt) then return nil end
  return show(stage, b, opt)
end
