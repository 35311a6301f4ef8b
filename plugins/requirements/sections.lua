-- SPDX-License-Identifier: MIT
-- Which sections are about requirements, and what their titles say about those.
local words = require "words"

local sections = {}

-- Titles under which nothing is a requirement, even when they name them.
local NEVER = { "traceab", "coverage", "matrix", "non%-requirement", "out of scope", "example",
  "checklist", "monitoring requirement", "acceptance", "user stor",
  "^removed ", "%?$" }

-- Titles that end a section about requirements further up.
local OTHERS = { "scenario", "edge case", "key entit", "open question", "rationale", "background",
  "motivation", "alternative", "introduction", "overview", "glossary", "definition", "reference",
  "appendix", "assumption", "risk", "history", "stakeholder", "approval", "success criteria",
  "test", "graduation", "skew", "upgrade", "context", "purpose", "scope", "implementation" }

local ABOUT = { "requirements?$", "^requirements? ?[&/,:(%-]", "^requirements? ?\xE2\x80[\x93\x94]",
  "^requirements? and ",
  "^requirements? for ", "requirements? specification$", "requirements? document$",
  "requirements? %(" }

-- "2.1 Functional Requirements *(mandatory)*" -> "functional requirements"
local function plain(title)
  title = title:lower():gsub("^[%d.]+%s+", ""):gsub("%s*[%(%[*][^%(%[]*[%)%]]%*?%s*$", "")
  return (title:match("^%s*(.-)%s*:?$"))
end

local function matches(title, patterns)
  for _, pattern in ipairs(patterns) do
    if title:find(pattern) then return true end
  end
  return false
end

local function is_listed(title, list)
  for _, wanted in ipairs(list) do
    if type(wanted) == "string" and plain(wanted) == title then return true end
  end
  return false
end

local function functional(title)
  if title:find("non%-?%s?functional") or title:find("^quality") then return false end
  if title:find("functional") then return true end
  return nil
end

-- Titles of the sections of the page's kind that are about requirements.
local function of_kind(page)
  local titles, schema = {}, page.kind and page.schema
  for _, section in ipairs(schema and schema.sections or {}) do
    if type(section) == "table" and section.concept == "requirements" and
        type(section.title) == "string" then
      titles[plain(section.title)] = true
    end
  end
  return titles
end

-- What a title says: {is_about, functional, category, takes_all, is_stop}, or nil: ask the parent.
local function read_title(title, known, opt)
  local text = plain(title)
  local is_about = is_listed(text, opt.sections) or matches(text, ABOUT)
  if matches(text, NEVER) or not is_about and not known[text] and matches(text, OTHERS) then
    return { is_about = false, is_stop = true }
  end
  if not is_about and not known[text] then return nil end
  local kind = functional(text)
  local category = kind == nil and words.category(title) or nil
  if category and (#category > 40 or is_about and not text:find("requirements?$")) then
    category = nil
  end
  if kind == nil and words.is_quality(category) then kind = false end
  local takes_all = known[text] and (not is_about or text:find("^key ") ~= nil)
  return { is_about = true, functional = kind, category = category,
    takes_all = takes_all or nil }
end

local NONE = { is_about = false }

-- A subsection of a section about requirements is a category: "Performance".
local function below(parent, title)
  if not parent.is_about then return parent end
  local kind, category = parent.functional, words.category(title)
  if words.is_quality(category) then kind = false end
  local text = plain(title)
  if functional(text) ~= nil then kind, category = functional(text), nil end
  if category and #category > 40 then category = nil end
  return { is_about = true, functional = kind, category = category or parent.category,
    takes_all = parent.takes_all }
end

local function read_section(title, parent, known, opt)
  local is_single = words.split_id(title) or words.named_requirement(title)
  local may_be_about = #opt.sections > 0 or next(known) ~= nil or
    title:lower():find("quirement", 1, true)
  local info = not is_single and (parent.is_about or may_be_about) and
    read_title(title, known, opt) or nil
  if info then return info end
  if not parent.is_about then return NONE end
  if not is_single then return below(parent, title) end
  return { is_single = true, functional = parent.functional, category = parent.category }
end

-- Ids under "Traceability" are references.
function sections.is_never(title)
  return title ~= nil and matches(plain(title), NEVER)
end

-- The sections of a page, for `sections.at`: lines and titles, what each says, what its parent says.
function sections.read(page, opt)
  local known, path = of_kind(page), {}
  local map = { lines = {}, titles = {}, infos = {}, parents = {}, cursor = 0 }
  for i, section in ipairs(page.sections) do
    local level, title, parent = section.level, section.title, NONE
    for outer = level - 1, 1, -1 do
      if path[outer] then
        parent = path[outer]
        break
      end
    end
    for inner = level, 6 do path[inner] = nil end
    local info = read_section(title, parent, known, opt)
    path[level] = info
    map.lines[i], map.titles[i], map.infos[i], map.parents[i] = section.line, title, info, parent
  end
  return map
end

-- What the section at a line says, its title, what its parent says. Lines come in rising order.
function sections.at(map, line)
  local lines, i = map.lines, map.cursor
  if i > 0 and lines[i] > line then i = 0 end
  while lines[i + 1] and lines[i + 1] <= line do i = i + 1 end
  map.cursor = i
  if i == 0 then return NONE end
  return map.infos[i], map.titles[i], map.parents[i], lines[i]
end

local function is_named(id, prefixes)
  for _, prefix in ipairs(prefixes) do
    if words.prefix(id) == prefix then return true end
  end
  return #prefixes == 0 and words.says_requirement(id)
end

local function has_title(page, prefixes)
  for _, section in ipairs(page.sections) do
    local text = section.title
    if text:find("quirement", 1, true) or text:find("QUIREMENT", 1, true) then
      if not matches(plain(text), NEVER) then return true end
    elseif text:find("^%[?%u[%u%d]") then
      local id = words.split_id(text)
      if id and is_named(id, prefixes) then return true end
    end
  end
  return false
end

local function has_id(page, prefixes)
  local is_any = #prefixes == 0
  for _, id in page:ids() do
    if (not is_any or id:find("FR", 1, true) or id:find("RE?Q")) and is_named(id, prefixes) then
      return true
    end
  end
  return false
end

-- May the page hold requirements; does its text have their ids? Most have none: this must be cheap.
function sections.may_hold(page, opt)
  local has_ids = has_id(page, opt.ids)
  return has_ids or page.kind ~= nil or #opt.sections > 0 or has_title(page, opt.ids), has_ids
end

return sections
