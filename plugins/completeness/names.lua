-- SPDX-License-Identifier: MIT
-- Compares names: headings with the sections of a kind, words with the template's words.
local names = {}

-- Behind a heading these say how much it matters, not what it is about.
local REMARKS = { optional = true, mandatory = true, required = true, recommended = true }

local function without_remark(title)
  if #title > 200 then return title end
  local before, remark = title:match("^(.-)%s*%*?[%(%[]([^()%[%]]*)[%)%]]%*?%s*$")
  local word = remark and remark:lower():match("^%a+")
  if before and before ~= "" and (REMARKS[word] or word == "if") then return before end
  return title
end

-- Only letters, digits and what is not ASCII, in lower case, words apart by one space.
function names.plain(text)
  return (text:lower():gsub("[%p%s]+", " "):match("^%s*(.-)%s*$"))
end

-- "6.1 Risks & Mitigations (Optional)" and "risks and mitigations" are the same heading.
function names.heading(title)
  title = without_remark(title):gsub("^%s*§%s*", ""):gsub("^%s*%d+[%d.]*[.):]?%s+", "")
  return names.plain((title:gsub("&", " and ")))
end

-- A list of texts of a kind.yaml, whatever its author made of it.
function names.texts(value)
  local list = {}
  for _, text in ipairs(type(value) == "table" and value or { value }) do
    if type(text) == "string" then list[#list + 1] = text end
  end
  return list
end

-- What people call a kind.
function names.kind(schema)
  return names.texts(schema.title)[1] or schema.name
end

-- "a feature design", "an RFC".
function names.with_article(schema)
  local kind = names.kind(schema)
  if kind ~= kind:upper() then
    kind = kind:lower()
    return (kind:match("^[aeiou]") and "an " or "a ") .. kind
  end
  return (kind:match("^[AEFHILMNORSX]") and "an " or "a ") .. kind
end

local function all_names(section)
  local keys = { names.heading(section.title) }
  for _, alias in ipairs(names.texts(section.aliases)) do keys[#keys + 1] = names.heading(alias) end
  return keys
end

-- A section of the kind belongs to the one before it that has a smaller level.
local function entries_of(schema)
  local list, open = {}, {}
  for _, section in ipairs(type(schema.sections) == "table" and schema.sections or {}) do
    if type(section) == "table" and type(section.title) == "string" then
      local level = math.min(6, math.max(1, math.tointeger(section.level) or 2))
      for i = level, 6 do open[i] = nil end
      local parent
      for i = level - 1, 1, -1 do parent = parent or open[i] end
      local title = section.title:gsub("^%d[%d.]*%s+", "")
      local entry = { title = title, keys = all_names(section),
        concept = names.texts(section.concept)[1],
        required = section.required == true, parent = parent, index = #list + 1,
        path = parent and parent.path .. " / " .. title or title }
      open[level] = entry
      list[#list + 1] = entry
    end
  end
  return list
end

-- The first letters of a name: most headings are told apart by them.
function names.start(title)
  return (title:match("%a+") or ""):lower()
end

local known = setmetatable({}, { __mode = "k" })

-- The sections of a kind in order: { title, keys, concept, required, parent, path, index }, and
-- `starts`: how their names start.
function names.sections(schema)
  local list = known[schema]
  if not list then
    list = entries_of(schema)
    list.starts = {}
    for _, entry in ipairs(list) do
      for _, key in ipairs(entry.keys) do list.starts[names.start(key)] = true end
    end
    known[schema] = list
  end
  return list
end

return names
