-- SPDX-License-Identifier: MIT
-- Governance: who approved what and when, which revisions there were, when the next review is due,
-- and where these contradict each other.
local approvals = require "approvals"
local checks = require "checks"
local head = require "head"
local lines = require "lines"
local tables = require "tables"

local function stale_names(page)
  local names
  for _, record in ipairs(page:records("approval")) do
    if record.fields.stale then
      names = names or {}
      names[#names + 1] = record.fields.person or record.fields.role
    end
  end
  return names
end

return {
  name = "governance",
  api = 1,
  summary = "Approvals, revisions and reviews, and what contradicts them",
  assets = { "governance.css" },
  emits = {
    approval = { fields = { role = "string", person = "string", job = "string", state = "string",
      date = "string", fingerprint = "string", stale = "boolean" } },
    revision = { fields = { version = "string", date = "string", description = "string",
      author = "string", approver = "string" } },
    review = { fields = { last = "string", next = "string", owner = "string",
      version = "string" } },
    person = { fields = { role = "string", organisation = "string", job = "string" } },
  },
  options = {
    two_titles = { type = "boolean", default = true,
      help = "Find people who have different titles or organisations in different places." },
    open_boxes = { type = "string", default = "info", choices = { "off", "info", "warning" },
      help = "How to report open tasks on a page whose status says that it is done." },
  },

  collect = function(page, emit)
    local list = {}
    tables.collect(page, emit, list)
    lines.collect(page, emit, list)
    if #list > 0 then approvals.emit(page, emit, list) end
    head.check_status(page, emit)
    head.check_date(page, emit)
  end,

  check = checks.run,

  slots = {
    ["page-head"] = function(page)
      local names = stale_names(page)
      return names and ('<p class="approval-stale"><strong>Approval out of date.</strong> '
        .. "This page has changed since it was approved by %s.</p>\n"):format(
        quoin.escape(table.concat(names, ", "))) or nil
    end,
  },
}
