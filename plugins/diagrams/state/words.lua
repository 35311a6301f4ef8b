-- SPDX-License-Identifier: MIT
-- State diagrams in words: counts for the description, and the text version with every state, note
-- and transition.
local label = require "label"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

-- What is written in Markdown, without its marks.
local function unmarked(s)
  return flat(label.markdown(s or ""))
end

local function title(state)
  return state.descr and unmarked(state.show) or flat(state.show)
end

local function is_state(state)
  return not state.is_region and state.shape ~= "stateStart" and state.shape ~= "stateEnd"
end

function words.describe(m)
  local count, names = 0, {}
  for _, state in ipairs(m.states) do
    if is_state(state) then
      count = count + 1
      if state.show then names[#names + 1] = title(state) end
    end
  end
  local list = #names > 0 and ": " .. table.concat(names, ", ") or ""
  return ("%s, %s%s."):format(plural(count, "state"), plural(#m.edges, "transition"), list)
end

local SIGNS = { choice = "Choice", fork = "Fork", join = "Join" }

-- How a sentence names a state: pseudo-states by what they are.
local function name(m, state)
  local owner = m.by_id[state.parent]
  while owner and owner.is_region do owner = m.by_id[owner.parent] end
  local of = owner and " of " .. title(owner) or ""
  if state.shape == "stateStart" then return "start" .. of end
  if state.shape == "stateEnd" then return "end" .. of end
  if SIGNS[state.shape] then return ("%s %s"):format(SIGNS[state.shape]:lower(), state.id) end
  return title(state)
end

local function place(m, state)
  local parent = m.by_id[state.parent]
  if not parent then return "" end
  if not parent.is_region then return " in " .. title(parent) end
  local owner = m.by_id[parent.parent]
  return (" in part %d%s"):format(parent.number, owner and " of " .. title(owner) or "")
end

local function state_text(m, state)
  local s = SIGNS[state.shape] and ("%s %s"):format(SIGNS[state.shape], state.id)
    or title(state)
  s = s .. place(m, state)
  return (state.show_more or "") ~= "" and s .. ": " .. unmarked(state.show_more) or s
end

local function list(out, name_of_list, items, write)
  if #items == 0 then return end
  out:leaf("p", {}, name_of_list):open("ul")
  for _, item in ipairs(items) do out:leaf("li", {}, write(item)) end
  out:close()
end

function words.write(out, m)
  local states = {}
  for _, state in ipairs(m.states) do
    if is_state(state) then states[#states + 1] = state end
  end
  list(out, "States:", states, function(state) return state_text(m, state) end)
  list(out, "Transitions:", m.edges, function(edge)
    local s = ("%s to %s"):format(name(m, edge.from), name(m, edge.to))
    return edge.show ~= "" and s .. ": " .. unmarked(edge.show) or s
  end)
  list(out, "Notes:", m.notes, function(note)
    return ("%s: %s"):format(name(m, note.state), flat(note.show))
  end)
  for _, note in ipairs(m.floating) do out:leaf("p", {}, "Note: " .. flat(note.show)) end
end

return words
