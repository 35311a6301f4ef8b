-- SPDX-License-Identifier: MIT
-- Requirements: explicit ids (headings, list items, tables) and sentences with shall, must, should
-- or may under sections that are about requirements become records.
local sections = require "sections"
local find = require "find"

-- The same id on two pages of a project: specs may number from 1 each, but an id means only the
-- nearest one then, and from elsewhere none.
local function report_same_ids(site, report, severity)
  local first = {}
  for _, record in ipairs(site:records("requirement")) do
    local id, page = record.id, record.page
    local project = page and page.project
    local key = id and page and (project and project.id or "") .. "\n" .. id
    if key and not first[key] then
      first[key] = record
    elseif key and first[key].page ~= page then
      local other = first[key]
      report { code = "same-id", severity = severity, at = record,
        message = ("%s is also defined on %s, line %d"):format(id, other.page.path, other.line),
        hint = "give one of them another id, or refer to them by page and heading" }
    end
  end
end

return {
  name = "requirements",
  api = 1,
  summary = "Requirements, with category, level and measures",
  emits = {
    requirement = { fields = { level = "string", category = "string", functional = "boolean",
      measures = "list" } },
  },
  options = {
    ids = { type = "list", default = {},
      help = "Prefixes of ids that count, e.g. [REQ, NFR]. Empty: all in sections about "
        .. "requirements, and those with REQ, FR or NFR elsewhere." },
    sections = { type = "list", default = {},
      help = "Further section titles under which requirements stand, e.g. [Rules, Must haves]." },
    same_id = { type = "string", default = "info", choices = { "off", "info", "warning", "error" },
      help = "How loud it is when two pages of a project define the same id." },
  },

  collect = function(page, emit, opt)
    local is_likely, has_ids = sections.may_hold(page, opt)
    if is_likely then find.all(page, emit, opt, has_ids) end
  end,

  check = function(site, report, opt)
    if opt.same_id ~= "off" then report_same_ids(site, report, opt.same_id) end
  end,
}
