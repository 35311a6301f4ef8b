-- SPDX-License-Identifier: MIT
-- What `quoin diagram` shows of a Mermaid block, by the name of the stage.
local block = require "block"
local mermaid = require "mermaid"

local stages = {}

function stages.facts(b, opt)
  local read = block.read_mermaid(b, opt)
  return read and quoin.json(read.kind.facts(read.model))
end

function stages.svg(b, opt)
  local read = block.read_mermaid(b, opt)
  return read and mermaid.svg(read, block.context(b, opt))
end

function stages.text(b, opt)
  local read = block.read_mermaid(b, opt)
  return read and mermaid.text(read)
end

-- The graph given to quoin.layout and where its parts came to stand; nil for types without a graph.
function stages.layout(b, opt)
  local read = block.read_mermaid(b, opt)
  local graph = read and read.kind.draw(read.model, block.context(b, opt)).graph
  return graph and quoin.json(graph)
end

return stages
