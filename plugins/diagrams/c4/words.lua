-- SPDX-License-Identifier: MIT
-- C4 diagrams in words: elements by boundary, then every relation.
local names = require "c4.names"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

local KINDS = { C4Context = "system context", C4Container = "container", C4Component = "component",
  C4Dynamic = "dynamic", C4Deployment = "deployment" }

function words.describe(model)
  return ("C4 %s diagram with %s, %s and %s."):format(KINDS[model.kind],
    plural(#model.shapes, "element", "elements"),
    plural(#model.boundaries, "boundary", "boundaries"),
    plural(#model.rels, "relation", "relations"))
end

-- "API (container, Java): Answers requests"
local function element(item, kind)
  local parts = { kind }
  if (item.techn_shown or "") ~= "" then parts[2] = flat(item.techn_shown) end
  local line = ("%s (%s)"):format(flat(names.shown(item)), table.concat(parts, "; "))
  return (item.descr_shown or "") ~= "" and line .. ": " .. flat(item.descr_shown) or line
end

local function inside(list, parent)
  local out = {}
  for _, item in ipairs(list) do
    if item.parent == parent then out[#out + 1] = item end
  end
  return out
end

-- What stands in `parent` (nil: in no boundary), as a list.
local function members(out, model, parent)
  local shapes, boundaries = inside(model.shapes, parent), inside(model.boundaries, parent)
  if #shapes + #boundaries == 0 then return end
  out:open("ul")
  for _, shape in ipairs(shapes) do out:leaf("li", {}, element(shape, names.kind(shape.kind))) end
  for _, boundary in ipairs(boundaries) do
    out:open("li"):text(element(boundary, names.boundary_kind(boundary)))
    members(out, model, boundary)
    out:close()
  end
  out:close()
end

local function shown(model, alias)
  local item = model.by_alias[alias] or model.boundary_by_alias[alias]
  return flat(names.shown(item))
end

local function relation(model, rel)
  local from, to = names.ends(rel)
  local line = ("%s %s %s"):format(shown(model, from), rel.kind == "birel" and "and" or "to",
    shown(model, to))
  if from == to then line = shown(model, from) .. " to itself" end
  local label = flat(names.relation(rel))
  if label ~= "" then line = line .. ": " .. label end
  for _, more in ipairs { "techn_shown", "descr_shown" } do
    if (rel[more] or "") ~= "" then line = line .. " [" .. flat(rel[more]) .. "]" end
  end
  return line
end

function words.write(out, model)
  members(out, model, nil)
  if #model.rels == 0 then return end
  local is_ordered = model.kind == "C4Dynamic"
  out:leaf("p", {}, "Relations:"):open(is_ordered and "ol" or "ul")
  for _, rel in ipairs(model.rels) do out:leaf("li", {}, relation(model, rel)) end
  out:close()
end

return words
