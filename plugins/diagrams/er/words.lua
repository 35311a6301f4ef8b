-- SPDX-License-Identifier: MIT
-- Entity-relationship diagrams in words: counts for the description, and the text version with
-- every entity, its attributes, and every relation as a sentence.
local generics = require "generics"
local text = require "text"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

function words.describe(model)
  return ("%s, %s%s."):format(plural(#model.entities, "entity", "entities"),
    plural(#model.relations, "relation"), say.names(model.entities))
end

local KEYS = { PK = "primary key", FK = "foreign key", UK = "unique key" }

local function attribute(a)
  local s = text.display(a.name) .. ": " .. generics.show(text.display(a.type))
  local keys = {}
  for i, key in ipairs(a.keys or {}) do keys[i] = KEYS[key] end
  if #keys > 0 then s = s .. " (" .. table.concat(keys, ", ") .. ")" end
  if a.show ~= "" then s = s .. " – " .. flat(a.show) end
  return s
end

local function entities(out, model)
  if #model.entities == 0 then return end
  out:leaf("p", {}, "Entities:"):open("ul")
  for _, entity in ipairs(model.entities) do
    out:open("li"):text(flat(entity.show))
    if #entity.attributes > 0 then
      out:open("ul")
      for _, a in ipairs(entity.attributes) do out:leaf("li", {}, attribute(a)) end
      out:close()
    end
    out:close()
  end
  out:close()
end

local COUNTS = { ONLY_ONE = "exactly one", ZERO_OR_ONE = "zero or one",
  ONE_OR_MORE = "one or more", ZERO_OR_MORE = "zero or more", MD_PARENT = "the parent" }

local function upper_first(s)
  return s:sub(1, 1):upper() .. s:sub(2)
end

-- "Exactly one CUSTOMER places zero or more ORDER"
local function relation(model, r)
  local a, b = flat(model.by_name[r.a].show), flat(model.by_name[r.b].show)
  local verb = r.show ~= "" and flat(r.show) or "has"
  local s = ("%s %s %s %s %s"):format(upper_first(COUNTS[r.card_a]), a, verb, COUNTS[r.card_b], b)
  return r.line == "dotted" and s .. " (non-identifying)" or s
end

local function relations(out, model)
  if #model.relations == 0 then return end
  out:leaf("p", {}, "Relations:"):open("ul")
  for _, r in ipairs(model.relations) do out:leaf("li", {}, relation(model, r)) end
  out:close()
end

function words.write(out, model)
  entities(out, model)
  relations(out, model)
end

return words
