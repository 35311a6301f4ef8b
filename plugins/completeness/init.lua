-- SPDX-License-Identifier: MIT
-- Completeness: a spec is compared with the kind it is of: which sections are there, which are
-- filled, what the template left behind.
local score = require "score"
local register = require "register"
local findings = require "findings"

return {
  name = "completeness",
  api = 1,
  summary = "Compares specs with the templates of their kinds",
  assets = { "completeness.css" },
  emits = {
    gap = { fields = { gap = "string", section = "string", count = "integer", key = "string",
      after = "string", placeholders = "integer", boxes = "integer" } },
    section = { fields = { section = "string", concept = "string", state = "string",
      share = "number", total = "integer", label = "boolean" } },
    completeness = { fields = { scope = "string", score = "integer", specs = "integer",
      sections = "integer", filled = "integer", partial = "integer", empty = "integer",
      required = "integer", missing = "integer", placeholders = "integer", guidance = "integer",
      fields = "integer" } },
  },
  options = {
    levels = { type = "map", default = findings.levels,
      help = "By status: how loudly gaps are reported: off, info, warning or error. Other statuses: info." },
    suggest = { type = "boolean", default = true,
      help = "Say which kind a page without one looks like." },
    register = { type = "boolean", default = true,
      help = "Make the page registers/completeness.md." },
    max_rows = { type = "integer", default = 2000, help = "Specs that the register shows." },
  },

  collect = require "collect",
  rollup = score.rollup,
  pages = register.pages,
  check = findings.check,
  transform = register.transform,
  slots = require("show").slots,
}
