-- SPDX-License-Identifier: MIT
-- Registers: the facts of all specs as tables, dashboards, a fence for live tables, and a calendar.
local calendar = require "calendar"
local concepts = require "concepts"
local dashboards = require "dashboards"
local fence = require "fence"
local pages = require "pages"

return {
  name = "registers",
  api = 1,
  summary = "Tables and dashboards of what specs say",
  assets = { "registers.css", "tables.js" },
  emits = { concept = { fields = { concept = "string", excerpt = "list" } } },
  options = {
    max_rows = { type = "integer", default = 2000, help = "Rows of one register." },
    hide = { type = "list", default = {}, help = "Registers to leave out, e.g. [people]." },
    concepts = { type = "list", default = {},
      help = "Subjects that get a page, e.g. [security, data]. Empty: all of two specs or more." },
    tiles = { type = "boolean", default = true,
      help = "Show numbers on the home page and on the pages of projects." },
  },

  collect = concepts.collect,
  pages = pages.make,
  blocks = { records = fence.html },

  slots = {
    ["home-head"] = function(page, site, opt)
      return opt.tiles and dashboards.home(page, site) or nil
    end,
    ["page-foot"] = function(page, site, opt)
      if page.path == "registers/index.md" then return dashboards.others(page, site) end
      local project = page.project
      if not opt.tiles or not project or project.home ~= page then return nil end
      return dashboards.project(page, site, project)
    end,
    ["project-card"] = function(page, site, opt, project)
      return opt.tiles and project and dashboards.card(page, site, project) or nil
    end,
  },

  finish = function(site, write)
    local reviews = calendar.text(site)
    if reviews then write("registers/reviews.ics", reviews) end
  end,
}
