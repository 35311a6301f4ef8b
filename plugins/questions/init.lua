-- SPDX-License-Identifier: MIT
-- What a spec leaves open: questions (TBD, TODO, ...) and placeholders that nobody has filled.
local blocks = require "blocks"
local brackets = require "brackets"
local forms = require "forms"
local mark = require "mark"
local markers = require "markers"

local LIKELY_FROM = 3 -- this many certain placeholders make a page a form: the likely ones count

-- What stands in brackets in the template of a kind, and its whole blocks; kept for each kind.
local templates = {}

local function template_of(page)
  local schema = page.schema
  if not schema then return nil end
  local set = templates[schema.name]
  if set then return set end
  set = {}
  templates[schema.name] = set
  for _, section in ipairs(schema.template or {}) do
    for inner in section.title:gmatch("%[([^%[%]]+)%]") do set[inner] = true end
    for _, text in ipairs(section.blocks or {}) do
      if #text > 24 then set[text] = true end
      for inner in text:gmatch("%[([^%[%]]+)%]") do
        if #inner > 1 then set[inner] = true end
      end
    end
  end
  return set
end

local function collect_placeholders(page, emit, opt)
  local template, found = template_of(page), { certain = 0 }
  brackets.read(page, found, template)
  brackets.read_angles(page, found)
  local is_form = template or found.certain >= LIKELY_FROM
  if is_form then forms.read(page, found, template, opt) end
  for _, one in ipairs(found) do
    if one.sure == "certain" or is_form then
      emit.record("placeholder", { title = blocks.shorten(one.title, 160), at = one.node,
        line = one.line, column = one.column, fields = { style = one.style, place = one.place } })
    end
  end
end

return {
  name = "questions",
  api = 1,
  summary = "Open questions and placeholders that nobody has filled",
  emits = {
    question = { fields = { marker = "string", text = "string" } },
    placeholder = { fields = { style = "string", place = "string" } },
  },
  options = {
    words = { type = "list", default = { "TBD", "TODO" },
      help = "Words that mark an open question, as they are written." },
    placeholders = { type = "boolean", default = true,
      help = "Look for placeholders such as [Insert name]." },
    keys = { type = "boolean", default = true,
      help = "On forms, count \"Key:\" with nothing behind it as a placeholder." },
    guidance = { type = "boolean", default = true,
      help = "On forms, count italic instructions as placeholders." },
  },

  collect = function(page, emit, opt)
    markers.collect(page, emit, opt)
    if opt.placeholders then collect_placeholders(page, emit, opt) end
  end,
  transform = mark.page,
}
