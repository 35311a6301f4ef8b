-- SPDX-License-Identifier: MIT
-- Class diagrams in words: counts for the description, and the text version with every class, its
-- members, and every relation as a sentence.
local text = require "text"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

function words.describe(model)
  return ("%s, %s%s."):format(plural(#model.classes, "class", "classes"),
    plural(#model.relations, "relation"), say.names(model.classes))
end

local VISIBILITY = { ["+"] = "public", ["-"] = "private", ["#"] = "protected", ["~"] = "package" }

local function member(m)
  local about = {}
  about[#about + 1] = VISIBILITY[m.visibility]
  if m.is_static then about[#about + 1] = "static" end
  if m.is_abstract then about[#about + 1] = "abstract" end
  return m.show .. (#about > 0 and " (" .. table.concat(about, ", ") .. ")" or "")
end

local function member_list(out, name, list)
  if #list == 0 then return end
  out:open("li"):text(name):open("ul")
  for _, m in ipairs(list) do out:leaf("li", {}, member(m)) end
  out:close():close()
end

local function class_name(class)
  local name = flat(class.show)
  if (class.generic or "") ~= "" then name = name .. "<" .. flat(text.display(class.generic)) .. ">" end
  for _, a in ipairs(class.annotations) do name = name .. " «" .. flat(a.show) .. "»" end
  return name
end

local function space_name(model, id)
  local names = {}
  local space = model.namespace_by_id[id]
  while space do
    table.insert(names, 1, flat(space.show))
    space = model.namespace_by_id[space.parent]
  end
  return table.concat(names, " / ")
end

local function namespaces(out, model)
  if #model.namespaces == 0 then return end
  local list = {}
  for i, space in ipairs(model.namespaces) do list[i] = space_name(model, space.id) end
  out:leaf("p", {}, "Namespaces: " .. table.concat(list, ", "))
end

local function classes(out, model)
  if #model.classes == 0 then return end
  out:leaf("p", {}, "Classes:"):open("ul")
  for _, class in ipairs(model.classes) do
    out:open("li"):text(class_name(class))
    if class.namespace then out:text(" in " .. space_name(model, class.namespace)) end
    if #class.attributes + #class.methods > 0 then
      out:open("ul")
      member_list(out, "Attributes", class.attributes)
      member_list(out, "Methods", class.methods)
      out:close()
    end
    out:close()
  end
  out:close()
end

-- What an end says of the class at the other end: "<other> extends <this>".
local VERBS = { extension = { solid = "extends", dotted = "implements" },
  lollipop = { solid = "provides the interface", dotted = "provides the interface" } }
-- What a mark says of the class that it stands at: "<this> consists of <other>".
local OWN_VERBS = { composition = "consists of", aggregation = "has" }
local ARROWS = { solid = "refers to", dotted = "depends on" }
local PLAIN = { solid = "is linked with", dotted = "is weakly linked with" }

-- One sentence for the mark at `here`; nil without one.
local function half(mark, here, there, line)
  if VERBS[mark] then return ("%s %s %s"):format(there, VERBS[mark][line], here) end
  if OWN_VERBS[mark] then return ("%s %s %s"):format(here, OWN_VERBS[mark], there) end
  if mark == "dependency" then return ("%s %s %s"):format(there, ARROWS[line], here) end
end

local function with_card(name, card)
  return card and ("%s (%s)"):format(name, flat(card)) or name
end

local function relation(r, shown)
  local from = with_card(shown[r.from] or r.from, r.card1)
  local to = with_card(shown[r.to] or r.to, r.card2)
  local first, second = half(r.tail, from, to, r.line), half(r.head, to, from, r.line)
  local s = first and second and first .. ", and " .. second or first or second
    or ("%s %s %s"):format(from, PLAIN[r.line], to)
  return (r.show or "") ~= "" and s .. ": " .. flat(r.show) or s
end

local function relations(out, model)
  if #model.relations == 0 then return end
  local shown = {}
  for _, class in ipairs(model.classes) do shown[class.id] = flat(class.show) end
  for _, interface in ipairs(model.interfaces) do shown[interface.id] = flat(interface.show) end
  out:leaf("p", {}, "Relations:"):open("ul")
  for _, r in ipairs(model.relations) do out:leaf("li", {}, relation(r, shown)) end
  out:close()
end

function words.write(out, model)
  namespaces(out, model)
  classes(out, model)
  relations(out, model)
  for _, note in ipairs(model.notes) do
    local class = note.class and model.by_id[note.class]
    local of = class and " for " .. flat(class.show) or ""
    out:leaf("p", {}, ("Note%s: %s"):format(of, flat(note.show)))
  end
end

return words
