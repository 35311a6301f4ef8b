-- SPDX-License-Identifier: MIT
-- Requirements: explicit ids (headings, list items, tables) and sentences with shall, must, should
-- or may under sections that are about requirements become records.
local sections = require "sections"
local find = require "find"

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
  },

  collect = function(page, emit, opt)
    local is_likely, has_ids = sections.may_hold(page, opt)
    if is_likely then find.all(page, emit, opt, has_ids) end
  end,
}
