-- SPDX-License-Identifier: MIT
-- Sequence diagrams in words: the description that assistive technology reads, and the text version
-- that stands under each picture with every label and every message.
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

local function names(list)
  return table.concat(list, ", ")
end

-- One sentence with counts and names.
function words.describe(model)
  local messages, actors = 0, {}
  for i, actor in ipairs(model.actors) do actors[i] = flat(actor.show) end
  for _, e in ipairs(model.events) do
    if e.k == "msg" then messages = messages + 1 end
  end
  return ("%s between %s: %s."):format(plural(messages, "message"),
    plural(#actors, "participant"), names(actors))
end

local BLOCKS = { loop = "Loop", alt = "If", opt = "Optional", par = "In parallel",
  par_over = "In parallel", critical = "Critical", ["break"] = "Break", rect = "Highlighted",
  ["else"] = "Else", ["and"] = "And in parallel", option = "Option" }
local SIDES = { left = "left of", right = "right of", over = "over" }

local function shown(model, id)
  local actor = model.by_id[id]
  return actor and flat(actor.show) or id
end

local function message(model, e)
  local between = e.arrow:find("both") and "and" or "to"
  local who = ("%s %s %s"):format(shown(model, e.from), between, shown(model, e.to))
  if e.from == e.to then who = shown(model, e.from) .. " to itself" end
  local lost = e.arrow:find("cross") and " (lost)" or ""
  return (e.show or "") ~= "" and who .. lost .. ": " .. flat(e.show) or who .. lost
end

local function line(model, e)
  if e.k == "msg" then return message(model, e) end
  if e.k == "note" then
    local on = {}
    for i, id in ipairs(e.a) do on[i] = shown(model, id) end
    return ("Note %s %s: %s"):format(SIDES[e.pos], table.concat(on, " and "), flat(e.show))
  end
  if e.k == "create" then return shown(model, e.a) .. " is created" end
  if e.k == "destroy" then return shown(model, e.a) .. " is destroyed" end
end

local function heading(e)
  local label = flat(e.show)
  return label ~= "" and BLOCKS[e.k] .. ": " .. label or BLOCKS[e.k]
end

local IS_SECTION = { ["else"] = true, ["and"] = true, option = true }

local function participants(out, model)
  out:open("p"):text("Participants: ")
  for i, actor in ipairs(model.actors) do
    if i > 1 then out:text(", ") end
    out:text(flat(actor.show))
    if actor.type ~= "participant" then out:text(" (" .. actor.type .. ")") end
  end
  out:close()
  for _, box in ipairs(model.boxes) do
    local inside = {}
    for i, id in ipairs(box.actors) do inside[i] = shown(model, id) end
    out:leaf("p", {}, ("Group %s: %s"):format(flat(box.show), names(inside)))
  end
end

-- A nested list, into the builder.
function words.write(out, model)
  participants(out, model)
  out:open("ol")
  for _, e in ipairs(model.events) do
    if e.k == "end" then
      out:close():close()
    elseif IS_SECTION[e.k] then
      out:close():close():open("li"):text(heading(e)):open("ol")
    elseif BLOCKS[e.k] then
      out:open("li"):text(heading(e)):open("ol")
    else
      local s = line(model, e)
      if s then out:leaf("li", {}, s) end
    end
  end
  out:close()
end

return words
