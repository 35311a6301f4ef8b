-- SPDX-License-Identifier: MIT
-- A Mermaid block: from its text to a model, and from there to each stage that can be shown.
local pre = require "pre"
local links = require "links"
local types = require "types"
local figure = require "figure"
local svg = require "svg"

local mermaid = {}

-- Findings quote the text as it was written: with the entities that parsers do not see, without
-- halves of characters.
local function readable(s)
  return s and pre.clean((s:gsub("\1", "#"):gsub("\2", ";"))):gsub("%s+", " ")
end

local function make_readable(findings)
  for _, finding in ipairs(findings) do
    finding.message, finding.hint = readable(finding.message), readable(finding.hint)
  end
end

-- Formulas are not set: their source is shown.
local function formula_in(doc)
  for i = doc.first, #doc.lines do
    local column = doc.lines[i]:find("%$%$[^$]+%$%$")
    if column then
      return { code = "formula", severity = "info", line = i, column = column,
        message = "formulas in diagrams are shown as they are written" }
    end
  end
end

local function with_more(findings, more)
  return table.move(more or {}, 1, #(more or {}), #findings + 1, findings)
end

-- {kind (module of the type), folder, model}; or nil, the finding that says why, and what else
-- there is to say.
function mermaid.read(source, limits)
  local doc = pre.read(source)
  local folder = doc.type and types[doc.type]
  if not folder then return nil, require "unknown"(doc) end
  local kind = require(folder .. ".type")
  local model, problem = kind.parse(doc, limits)
  if not model then
    make_readable { problem }
    return nil, problem, doc.findings
  end
  if doc.findings[1] then model.findings = with_more(doc.findings, model.findings) end
  model.findings = with_more(model.findings or {}, { formula_in(doc) })
  make_readable(model.findings)
  if not model.caption and doc.title then model.caption = require("text").display(doc.title) end
  return { kind = kind, folder = folder, model = model }
end

-- Name and description for assistive technology; `heading` is the section's title.
local function names(read, heading)
  local model, noun = read.model, read.kind.noun
  local subject = model.accTitle or model.caption or model.title or heading
  local title = subject and subject ~= "" and ("%s (%s)"):format(subject:gsub("\n", " "), noun)
    or noun:sub(1, 1):upper() .. noun:sub(2)
  return title, model.accDescr or read.kind.describe(model)
end

local function draw(read, context)
  if context.resolve then links.resolve(read.model, context.resolve) end
  return read.kind.draw(read.model, context)
end

-- `context` as in types.lua with `heading`, `text_version` and `file` (address of the picture alone,
-- or nil). Returns HTML; nil and a finding when the type cannot draw this.
function mermaid.figure(read, context)
  local title, description = names(read, context.heading)
  local picture, problem = draw(read, context)
  if not picture then return nil, problem end
  return figure(picture, { kind = read.folder, id = context.id, title = title,
    description = description, links = read.model.links, file = context.file,
    words = context.text_version and function(out) read.kind.words(out, read.model) end })
end

-- The <svg> alone; nil and a finding when the type cannot draw this.
function mermaid.svg(read, context)
  local title, description = names(read, context.heading)
  local out = svg.new()
  local picture, problem = draw(read, context)
  if not picture then return nil, problem end
  figure.svg(out, picture, { id = context.id, title = title, description = description })
  return out:result()
end

-- Plain text with every label and every connection.
function mermaid.text(read)
  local out = require("plain").new()
  read.kind.words(out, read.model)
  return out:result()
end

return mermaid
