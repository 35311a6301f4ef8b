-- SPDX-License-Identifier: MIT
-- What `quoin diagram` shows of a block: by language, then by the name of the stage. Each takes what
-- was read of the block and the block's context; it gives text or a table, or nil and a finding.
local block = require "block"

-- What is empty says nothing, and as JSON it could be a list or a map.
local function without_empty(facts)
  local out = {}
  for key, value in pairs(facts) do
    if type(value) ~= "table" or next(value) ~= nil then out[key] = value end
  end
  return out
end

local function in_words(write, ...)
  local out = require("plain").new()
  write(out, ...)
  return out:result()
end

local function standalone(picture, about, class)
  local out = require("svg").new()
  require("figure").svg(out, picture, about)
  return require "standalone"(out:result(), class)
end

local mermaid = { noun = "diagram" }

function mermaid.read(b, opt)
  local read, problem, more = require("mermaid").read(b.text, opt)
  return read, problem, read and read.model.findings or more
end

function mermaid.facts(read) return without_empty(read.kind.facts(read.model)) end

function mermaid.svg(read, context)
  local picture, problem = require("mermaid").svg(read, context)
  return picture and require "standalone"(picture, "dg-" .. read.folder) or nil, problem
end

function mermaid.text(read) return require("mermaid").text(read) end

-- The graph given to quoin.layout and where its parts came to stand.
function mermaid.layout(read, context)
  local picture, problem = read.kind.draw(read.model, context)
  if picture and not picture.graph then
    problem = { code = "no-stage", line = 1, severity = "error",
      message = ("a %s has no layout: it is not made of boxes and edges"):format(read.kind.noun),
      hint = "use --facts for what was read, --svg for where it stands" }
  end
  return picture and picture.graph, problem
end

local dot = { noun = "graph" }

function dot.read(b, opt)
  local picture, model = require("dot.draw").draw(b, { path = "" }, block.context(b, opt))
  return picture and { picture = picture, model = model }
end

function dot.facts(read) return without_empty(require("dot.words").facts(read.model)) end

function dot.svg(read, context)
  local words = require "dot.words"
  return standalone(read.picture, { id = context.id, title = words.title(read.model,
    context.heading), description = words.describe(read.model) }, "dg-dot")
end

function dot.text(read) return in_words(require("dot.words").write, read.model) end

local box = { noun = "box drawing" }

function box.read(b) return require("box.type").read(b.text) end

function box.svg(read, context)
  local draw = require "box.type"
  return standalone(draw.draw(read), { id = context.id, title = draw.title(context.heading),
    description = draw.describe(read) }, "dg-box")
end

function box.text(read) return in_words(require("box.type").words, read) end

local tree = { noun = "tree of files" }

function tree.read(b)
  local read = require("tree").read(b.text)
  if read then return read end
  return nil, { code = "no-tree", line = 1, message = "this is no tree of files",
    hint = "write ├── or └── in front of the names" }
end

function tree.text(read) return in_words(require("tree").words, read) end

local LANGUAGES = { mermaid = mermaid, dot = dot, graphviz = dot, box = box, tree = tree }
local STAGES = { "svg", "facts", "text", "layout" }

-- Says what there is instead.
local function report_missing(b, language, stage)
  local list = {}
  for _, name in ipairs(STAGES) do
    if language[name] then list[#list + 1] = "--" .. name end
  end
  b:report { code = "no-stage", line = 1, severity = "error",
    message = ("a %s has no `%s`"):format(language.noun, stage),
    hint = "there is " .. table.concat(list, ", ") }
end

return function(stage, b, opt)
  local language = LANGUAGES[b.language]
  if not language or block.is_too_long(b, opt) then return nil end
  if not language[stage] then
    report_missing(b, language, stage)
    return nil
  end
  local read, problem, findings = language.read(b, opt)
  local shown
  if read then shown, problem = language[stage](read, block.context(b, opt)) end
  if problem then b:report(problem) end
  for _, finding in ipairs(findings or {}) do b:report(finding) end
  return shown
end
