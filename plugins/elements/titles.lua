-- SPDX-License-Identifier: MIT
-- What a heading or a label is about: its words tell the kind of the bullets below it.
local titles = {}

local MAX_TITLE = 60

-- A title without one of these words is about nothing of ours: the cheap test.
local KEYWORDS = {} -- with what they are replaced by
for word in ([[component components block blocks api apis service services entity entities model
  models milestone milestones phase phases phasing rollout release roadmap timeline implementation
  delivery plan dependency dependencies integration integrations external assumptions
  constraints]]):gmatch("%a+") do
  KEYWORDS[word] = "\n"
end

local PATTERNS = {
  { "entity", "^key entities", "^entities", "^data entities", "^data models?$", "^domain model$",
    "^data model and ", " data model$" },
  { "dependency", "^integration points?$", "^integrations$", "^external systems?$",
    "^external services?$", "^external integrations?$", "^dependency$", "^dependencies$",
    "^dependencies [&a/,]", "^%a+ dependencies$", "^[%a-]+ party dependencies$",
    "^integrations? and dependencies$" },
  { "milestone", "^milestones?", "%f[%w]milestones$", "^implementation strategy",
    "^implementation plan", "^implementation roadmap", "^phases$", "^project phases$",
    "^delivery phases$", "^release phases$", "^implementation phases$", "^migration phases$",
    "^phasing", "%f[%w]rollout", "^release plan", "^release schedule", "roadmap$", "^timeline$",
    "^project timeline", "^delivery plan", "^project plan" },
  { "component", "^components?$", "^components [&ato(]", "^components required",
    "^[%w/-]+ components?$", "^[%w/-]+ [%w/-]+ components?$", "components to %a+$",
    "components required$", "^component overview$", "^component list$",
    "^component responsibilities$", "^building blocks$" },
}

local function plain(title)
  local text = title:sub(1, 200):lower():gsub("^[%d.%s]+", ""):gsub("%s*%b()", ""):gsub("[*_]", "")
  return (text:gsub("[:%s]+$", ""))
end
titles.plain = plain

local function has_keyword(title)
  if #title > MAX_TITLE then return false end
  local lower = title:lower()
  return lower:gsub("%a+", KEYWORDS) ~= lower -- faster than a loop over its words
end

-- Each of PATTERNS has one of these; "(" since what stands in parentheses does not count. They begin
-- with rare letters, which are found fastest, and are no part of words that many titles have.
local PARTS = { "mponent", "building blocks", "key entit", "entities", "data model", "main model",
  "milestone", "phas", "rollout", "release pl", "release sc", "roadmap", "meline",
  "mplementation str", "mplementation pl", "delivery pl", "ct plan", "pendenc", "gration po",
  "integrations", "xternal s", "xternal i", "umption", "constraint", "(" }

-- May one of these titles be ours? One look at all of them costs less than one at each.
function titles.may_be_ours(list)
  local all = table.concat(list, "\n"):lower()
  for _, part in ipairs(PARTS) do
    if all:find(part, 1, true) then return true end
  end
  return false
end

local function find_kind(text)
  if text:find("constraint", 1, true) or text:find("assumption", 1, true) then return "mixed" end
  for _, entry in ipairs(PATTERNS) do
    for i = 2, #entry do
      if text:find(entry[i]) then return entry[1] end
    end
  end
  return false
end

-- Answers by title, for those with a keyword: the same titles stand on many pages.
local known, known_count = {}, 0

-- "1. Key Components" -> "component"; nil for titles that are about something else. Sections about
-- assumptions or constraints are of the kind "mixed": single bullets there are dependencies.
function titles.kind(title, own)
  local answer = known[title]
  if answer == nil and has_keyword(title) then
    if known_count == 1000 then known, known_count = {}, 0 end
    answer = find_kind(plain(title))
    known[title], known_count = answer, known_count + 1
  end
  if next(own) ~= nil then answer = own[plain(title)] or answer end
  return answer or nil
end

-- "New APIs/Services Required" -> "new"
function titles.action(text)
  if text:find("reuse", 1, true) then return "reuse" end
  if text:find("modif", 1, true) or text:find("to change", 1, true) then return "modify" end
  if text:find("to create$") or text:find("to build$") or text:find("to add$")
    or text:find("^new%f[%W]") and (text:find("required$") or text:find("components$")
    or text:find("apis$") or text:find("services$")) then
    return "new"
  end
  return nil
end

-- The layer that a label, or else its section, belongs to.
function titles.layer(text, section_title)
  for _, source in ipairs { text, section_title } do
    if source:find("design system", 1, true) then return "design-system" end
    if source:find("%f[%w]apis?%f[%W]") or source:find("%f[%w]services?%f[%W]") then
      return "api"
    end
    if source:find("%f[%w]ui%f[%W]") or source:find("application", 1, true) then
      return "application"
    end
  end
  return nil
end

-- A label in bold: "APIs/Services to Modify:" -> "component", "modify"; "Integration Points:" ->
-- "dependency".
function titles.label(label, own)
  if not has_keyword(label) and next(own) == nil then return nil end
  local text = plain(label)
  local action = titles.action(text)
  if action and (text:find("component", 1, true) or text:find("%f[%w]apis?%f[%W]")
    or text:find("%f[%w]services?%f[%W]")) then
    return "component", action
  end
  local kind = titles.kind(label, own)
  return (kind == "dependency" or kind == "entity" or own[text]) and kind or nil, nil
end

-- Is a name in bold no name but a label, read elsewhere?
function titles.is_label(name, own)
  local kind, action = titles.label(name, own)
  return action ~= nil or kind == "dependency"
end

return titles
