-- SPDX-License-Identifier: MIT
-- Elements: components, entities, milestones and dependencies, from bullets and tables in sections
-- and below labels that say what they are.
local titles = require "titles"
local names = require "names"
local Finder = require "find"

-- Parts of the words that labels are known by.
local LABELS = { "euse", "odif", "Required", "ntegration", "ependenc", "ata Model", "ntities" }
local KINDS = { component = true, entity = true, milestone = true, dependency = true }

local function own_titles(map)
  local own = {}
  for title, kind in pairs(map) do
    if KINDS[kind] then own[titles.plain(title)] = kind end
  end
  return own
end

local function read_headings(page, finder, opt)
  for heading in page:nodes("heading") do
    local title = heading.text
    local kind = titles.kind(title, opt.own)
    if kind then
      finder:section(heading, kind, opt)
    elseif names.phase(title) then
      local parent = heading.section and heading.section.parent
      if parent and titles.kind(parent.title, opt.own) == "milestone" then
        finder:phase_heading(heading)
      end
    end
  end
end

local function read_labels(page, finder, opt, word)
  for node in page:nodes("text", word) do
    local parent = node.parent
    if parent.type == "strong" and not parent.previous and parent.parent.type == "paragraph" then
      local kind, action = titles.label(parent.text, opt.own)
      if kind then finder:label(parent, kind, action, opt.own) end
    end
    if word == "ependenc" and node.literal:find("^%s*Dependency") then
      finder:marked_dependency(node)
    end
  end
end

return {
  name = "elements",
  api = 1,
  summary = "Components, entities, milestones and dependencies",
  emits = {
    component = { fields = { action = "string", layer = "string", description = "string" } },
    entity = { fields = { description = "string" } },
    milestone = { fields = { phase = "string", date = "string", description = "string" } },
    dependency = { fields = { description = "string" } },
  },
  options = {
    sections = { type = "map", default = {},
      help = "Further titles of sections and labels: {Bausteine: component}; the kinds are "
        .. "component, entity, milestone and dependency." },
  },

  collect = function(page, emit, opt)
    local finder = Finder.new(emit)
    local own = { own = own_titles(opt.sections) }
    read_headings(page, finder, own)
    for _, word in ipairs(LABELS) do read_labels(page, finder, own, word) end
    for title in pairs(opt.sections) do read_labels(page, finder, own, title) end
    for block in page:nodes("table") do finder:table(block, nil, {}) end
  end,
}
