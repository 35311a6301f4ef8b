-- SPDX-License-Identifier: MIT
-- The words of C4 diagrams: what each makes, and the names of its arguments in order. An argument
-- with a name of its own ($tags="…") may stand anywhere behind the first.
local macros = {}

local function names(list)
  local out = {}
  for name in list:gmatch("%a+") do out[#out + 1] = name end
  return out
end

local PERSON = names "alias label descr sprite tags link"
local CONTAINER = names "alias label techn descr sprite tags link"
local BOUNDARY = names "alias label tags link"
local NODE = names "alias label type descr sprite tags link"
local REL = names "from to label techn descr sprite tags link"

local function element(word, kind, arguments)
  for suffix, more in pairs { [""] = "", Db = "_db", Queue = "_queue" } do -- a set
    macros[word .. suffix] = { does = "element", kind = kind .. more, arguments = arguments }
    macros[word .. suffix .. "_Ext"] = { does = "element", kind = "external_" .. kind .. more,
      arguments = arguments }
  end
end

element("System", "system", PERSON)
element("Container", "container", CONTAINER)
element("Component", "component", CONTAINER)
macros.Person = { does = "element", kind = "person", arguments = PERSON }
macros.Person_Ext = { does = "element", kind = "external_person", arguments = PERSON }

local function boundary(word, kind)
  macros[word .. "Boundary"] = { does = "boundary", kind = kind,
    arguments = kind and BOUNDARY or names "alias label type tags link", default = "system" }
end

boundary("", nil)
boundary("Enterprise_", "ENTERPRISE")
boundary("System_", "SYSTEM")
boundary("Container_", "CONTAINER")
for _, word in ipairs { "Deployment_Node", "Node", "Node_L", "Node_R" } do
  macros[word] = { does = "boundary", is_node = true, arguments = NODE, default = "node" }
end

-- Behind Rel: where the second element stands, seen from the first. Words that only C4-PlantUML
-- knows are drawn too, but GitHub refuses them.
local function relation(word, kind, is_foreign)
  macros[word] = { does = "relation", kind = kind, arguments = REL, is_foreign = is_foreign }
end

for suffix, side in pairs { U = "u", Up = "u", D = "d", Down = "d", L = "l", Left = "l", R = "r",
  Right = "r", Back = "b" } do -- a set
  relation("Rel_" .. suffix, "rel_" .. side)
  relation("BiRel_" .. suffix, "birel", true)
end
relation("Rel", "rel")
relation("BiRel", "birel")
relation("Rel_Neighbor", "rel_r", true)
relation("Rel_Back_Neighbor", "rel_b", true)
relation("BiRel_Neighbor", "birel", true)
macros.RelIndex = { does = "relation", kind = "rel",
  arguments = names "index from to label techn descr sprite tags link" }

local COLOURS = "bgColor fontColor borderColor shadowing shape sprite techn legendText legendSprite"
macros.UpdateElementStyle = { does = "style", arguments = names("alias " .. COLOURS) }
macros.UpdateBoundaryStyle = { does = "style", arguments = names("alias " .. COLOURS),
  is_foreign = true }
macros.AddElementTag = { does = "tag", arguments = names("alias " .. COLOURS) }
macros.UpdateRelStyle = { does = "rel_style",
  arguments = names "from to textColor lineColor offsetX offsetY" }
macros.AddRelTag = { does = "rel_tag", arguments = names "alias textColor lineColor" }
macros.UpdateLayoutConfig = { does = "ignored", arguments = {} }
macros.SHOW_LEGEND = { does = "ignored", arguments = {} }

-- What C4-PlantUML says about looks: without meaning here.
for _, word in ipairs { "LAYOUT_TOP_DOWN", "LAYOUT_LEFT_RIGHT", "LAYOUT_LANDSCAPE",
  "LAYOUT_WITH_LEGEND", "LAYOUT_AS_SKETCH", "SHOW_FLOATING_LEGEND", "LEGEND", "HIDE_STEREOTYPE",
  "SHOW_PERSON_OUTLINE", "SHOW_PERSON_PORTRAIT", "SHOW_PERSON_SPRITE", "SET_SKETCH_STYLE",
  "HIDE_PERSON_SPRITE", "AddBoundaryTag", "AddPersonTag", "AddSystemTag", "AddContainerTag",
  "AddComponentTag", "AddNodeTag", "AddProperty", "SetPropertyHeader", "WithoutPropertyHeader",
  "Lay_U", "Lay_Up", "Lay_D", "Lay_Down", "Lay_L", "Lay_Left", "Lay_R", "Lay_Right",
  "Lay_Distance" } do
  macros[word] = { does = "ignored", arguments = {}, is_foreign = true,
    direction = (word == "LAYOUT_LEFT_RIGHT" or word == "LAYOUT_LANDSCAPE") and "LR" or nil }
end

return macros
