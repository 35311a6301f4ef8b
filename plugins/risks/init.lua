-- SPDX-License-Identifier: MIT
-- Risks: what may go wrong and what is done about it, from labels, lists and tables.
local words = require "words"
local Finder = require "find"

local FIELDS = { "mitigation", "owner", "likelihood", "impact", "status" }

-- Texts of the kind's template: nobody wrote them here.
local function template_texts(page)
  local schema = page.schema
  local template = schema and schema.template
  if not template then return nil end
  local texts = {}
  for _, section in ipairs(template) do
    for _, text in ipairs(section.blocks or {}) do texts[text] = true end
  end
  return texts
end

local function is_new(seen, node)
  local line = node.line
  if seen[line] then return false end
  seen[line] = true
  return true
end

-- The places of a page that speak of risks, by the words in it: headings, labels, tables.
local function places(page, opt, extra)
  local sections, blocks, tables = {}, {}, {}
  local seen = { heading = {}, label = {}, table = {} }
  local function look(word)
    for node in page:nodes("text", word) do
      local parent = node.parent
      local type = parent.type
      if type == "heading" then
        if is_new(seen.heading, parent) and words.is_risk_title(parent.text, opt.sections) then
          sections[#sections + 1] = parent
        end
      elseif type == "strong" or type == "emphasis" then
        local block = parent.parent
        local label = parent.text:match("^[^:]*")
        if block.type == "paragraph" and words.strict_field(label, extra) == "risk" then
          if is_new(seen.label, block) then blocks[#blocks + 1] = block end
        end
      elseif type == "table_cell" and parent.parent.is_header then
        local block = parent.parent.parent
        if is_new(seen.table, block) then tables[#tables + 1] = block end
      end
    end
  end
  look("isk")
  for word, field in pairs(opt.words) do
    if field == "risk" then look(word) end
  end
  for _, title in ipairs(opt.sections) do
    if type(title) == "string" then look(title) end
  end
  return sections, blocks, tables
end

local function emit_drafts(emit, drafts, opt)
  for _, draft in ipairs(drafts) do
    local fields = {}
    for _, field in ipairs(FIELDS) do fields[field] = draft[field] end
    emit.record("risk", { id = draft.id, title = words.title(draft.title), at = draft.at,
      fields = fields })
    if not draft.mitigation and opt.without_mitigation ~= "off" then
      emit.report { code = "no-mitigation", at = draft.at, severity = opt.without_mitigation,
        message = "this risk has no mitigation",
        hint = "add \"**Mitigation:** ...\" behind it, or a column Mitigation" }
    end
  end
end

return {
  name = "risks",
  api = 1,
  summary = "Risks and their mitigations, from labels, lists and tables",
  emits = {
    risk = { fields = { mitigation = "string", owner = "string", likelihood = "string",
      impact = "string", status = "string" } },
  },
  options = {
    sections = { type = "list", default = {},
      help = "Further titles of sections whose bullets are risks, e.g. [Gefahren]." },
    words = { type = "map", default = {},
      help = "Further labels and columns: {Risiko: risk, Maßnahme: mitigation}." },
    without_mitigation = { type = "string", default = "info",
      choices = { "info", "warning", "error", "off" },
      help = "How loudly a risk without a mitigation is reported." },
  },

  collect = function(page, emit, opt)
    local extra = words.extra(opt.words)
    local sections, blocks, tables = places(page, opt, extra)
    if #sections + #blocks + #tables == 0 then return end
    local finder = Finder.new(extra, template_texts(page))
    for _, heading in ipairs(sections) do finder:section(heading) end
    for _, block in ipairs(blocks) do finder:labelled(block) end
    for _, block in ipairs(tables) do finder:table(block, false) end
    emit_drafts(emit, finder.drafts, opt)
  end,
}
