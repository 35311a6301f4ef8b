-- SPDX-License-Identifier: MIT
-- Elements: components, entities, milestones and dependencies, from bullets and tables in sections
-- and below labels that say what they are.
local titles = require "titles"
local names = require "names"
local Finder = require "find"

local KINDS = { component = true, entity = true, milestone = true, dependency = true }

local function own_titles(map)
  local own = {}
  for title, kind in pairs(map) do
    if KINDS[kind] then own[titles.plain(title)] = kind end
  end
  return own
end

-- Most pages have no such section, and asking the sections costs less than asking the headings.
local function has_section(page, own)
  local list = {}
  for i, section in ipairs(page.sections) do list[i] = section.title end
  if next(own) == nil and not titles.may_be_ours(list) then return false end
  for _, title in ipairs(list) do
    if titles.kind(title, own) then return true end
  end
  return false
end

local function read_headings(page, finder, opt)
  for heading in page:nodes("heading") do
    local title = heading.text
    local kind = titles.kind(title, opt.own)
    if kind then
      finder:section(heading, kind, opt)
    elseif title:find("^[PMSIW]%l+ [%dIVX]") and names.phase(title) then
      local parent = heading.section and heading.section.parent
      if parent and titles.kind(parent.title, opt.own) == "milestone" then
        finder:phase_heading(heading)
      end
    end
  end
end

local function read_labels(page, finder, opt)
  for strong in page:nodes("strong") do
    if not strong.previous then
      local kind, action = titles.label(strong.text, opt.own)
      if kind and strong.parent.type == "paragraph" then
        finder:label(strong, kind, action, opt.own)
      end
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
    if has_section(page, own.own) then read_headings(page, finder, own) end
    read_labels(page, finder, own)
    for block in page:nodes("table") do finder:table(block, nil, {}) end
  end,
}
