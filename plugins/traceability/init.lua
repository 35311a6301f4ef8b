-- SPDX-License-Identifier: MIT
-- Traceability: typed links in plain Markdown ("Satisfies: REQ-12") lead both ways, are checked,
-- and make a matrix of the requirements of each project.
local collect = require "collect"
local rollup = require "rollup"
local check = require "check"
local matrix = require "matrix"
local foot = require "foot"

return {
  name = "traceability",
  api = 1,
  summary = "Typed links between requirements, designs and tests",
  assets = { "traceability.css" },
  emits = {
    relation = { fields = { type = "string", inverse = "string", target = "string",
      reviewed = "string", source = "string" } },
    related = { fields = { links = "list" } },
  },
  options = {
    types = { type = "map", default = {},
      help = "Further types of links and what they are called from the other end, e.g. {verifies: verified by}." },
    matrix = { type = "boolean", default = true,
      help = "Make the page traceability.md of each project that has requirements with ids." },
    max_rows = { type = "integer", default = 1000,
      help = "List all requirements of a project up to this number; above it, only those with gaps." },
    gaps = { type = "string", default = "off", choices = { "off", "info", "warning" },
      help = "Report requirements that nothing satisfies or tests." },
  },

  collect = collect.page,
  rollup = rollup,

  pages = function(site, add, opt)
    if opt.matrix then matrix(site, add, opt) end
  end,

  check = check.site,

  slots = {
    ["page-foot"] = foot,
  },
}
