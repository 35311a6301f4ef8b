-- SPDX-License-Identifier: MIT
-- Glossary: terms with their definitions; where a page uses one, it is linked and shows the
-- definition on hover. Terms that are defined twice and differently are found.
local link = require "link"
local matcher = require "matcher"
local terms = require "terms"

local built -- made at the first page that a worker renders

local function plain(definition)
  return (definition:lower():gsub("[%s%p]+", " "):match("^%s*(.-)%s*$"))
end

local function check(site, report)
  local first = {}
  for _, term in ipairs(site:records("term")) do
    local name = term.title:lower():gsub("%s*%b()$", "")
    local other = first[name]
    if not other then
      first[name] = term
    elseif plain(other.fields.definition) ~= plain(term.fields.definition) then
      report { code = "conflict", at = term,
        message = ("\"%s\" is defined differently in another place"):format(term.title),
        hint = ("%s, line %d: %s"):format(other.page.path, other.line, other.fields.definition) }
    end
  end
end

return {
  name = "glossary",
  api = 1,
  summary = "Terms and their definitions, linked where they are used",
  assets = { "glossary.css" },
  emits = { term = { fields = { definition = "string" } } },
  options = {
    link = { type = "boolean", default = true,
      help = "Link terms at their first use in each section." },
    everywhere = { type = "boolean", default = false,
      help = "Link all terms on all pages: those of other projects and those that a spec defines for "
        .. "itself, too." },
    min_length = { type = "integer", default = 3,
      help = "Do not link terms that are shorter." },
    max_terms = { type = "integer", default = 500,
      help = "Link at most this many terms of the portal." },
  },

  collect = terms.collect,
  check = check,

  transform = function(page, site, opt)
    if not opt.link or page.is_generated then return end
    built = built or matcher.build(site, opt)
    link.page(page, site, built, opt)
  end,
}
