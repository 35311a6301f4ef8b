-- SPDX-License-Identifier: MIT
-- The name at the start of a bullet and the description behind it.
local names = {}

function names.trim(text)
  local first = text:find("%S")
  return first and text:match(".*%S", first) or ""
end

-- Dashes – and — have three bytes, so they are no part of a set of characters.
local DASH = "\xE2\x80[\x93\x94]"

-- Without the colons, dashes and spaces that it begins with.
function names.without_separators(text)
  local at = 1
  while true do
    local behind = text:match("^[%s:-]+()", at) or text:match("^" .. DASH .. "()", at)
    if not behind then return text:sub(at) end
    at = behind
  end
end

local NOTHING = { none = true, ["n/a"] = true, na = true, tbd = true, todo = true, no = true,
  nothing = true, tba = true }

-- "[[Lead inbox|the inbox]]" -> "the inbox"
function names.without_brackets(text)
  return (text:gsub("%[%[[^%[%]|]*|([^%[%]]+)%]%]", "%1"):gsub("%[%[([^%[%]]+)%]%]", "%1"))
end

-- "[Component 1]", "<name>", "None", "None: it is new": nobody has written anything.
function names.is_empty(text)
  if #text > 1000 then return false end
  local rest = names.trim(text):gsub("%.+$", "")
  local lower = rest:lower()
  if NOTHING[lower] or lower:find("^none%s*[:;,(-]") or lower:find("^none%s*" .. DASH) then
    return true
  end
  return not rest:gsub("%b[]", ""):gsub("^%b<>$", ""):find("[%w\128-\255]")
end

function names.described(text)
  text = names.trim(names.without_brackets(text):gsub("%s+", " "))
  return not names.is_empty(text) and text or nil
end

local function rest_of(node)
  local texts = {}
  while node do
    local type = node.type
    texts[#texts + 1] = (type == "soft_break" or type == "line_break") and " " or node.text
    node = node.next
  end
  return (table.concat(texts):gsub("%s+", " "))
end

-- What stands behind a separator, or nil when there is none.
local function behind_separator(text)
  return text:match("^%s*:%s*(.*)$") or text:find("^%s*" .. DASH) and names.without_separators(text)
    or text:match("^%s+%-+>?%s+(.*)$") or text:match("^%s*→%s*(.*)$")
end

local MARKED = { strong = true, code = true, emphasis = true, link = true }

-- First line of an item: name, description, how the name is marked ("strong", "code", "link",
-- "emphasis", "text"). A text without a name gives nil and itself.
function names.split(paragraph)
  local first = paragraph.first
  while first and first.type == "text" and not first.literal:find("%S") do first = first.next end
  if not first then return nil, "" end
  local type = first.type
  if MARKED[type] then
    local name, rest = names.trim(first.text), rest_of(first.next)
    local inside = name:match("^(.-)%s*:$")
    if inside then return inside, rest, type end
    local description = behind_separator(rest)
    if description then return name, description, type end
    if not rest:find("%S") then return name, "", type end
    if type == "strong" and names.phase(name) then return name, rest, type end
    if rest:find("^%s*%b()%s*:") or rest:find("^%s*%b()%s*" .. DASH) then -- "**Cache** (Redis): keeps sessions"
      return name, behind_separator(rest:gsub("^%s*%b()", "")), type
    end
  end
  local text = rest_of(first)
  local name, rest = text:match("^%s*([^:.?!]-)%s*:%s+(.+)$")
  if name and name ~= "" and #name <= 60 and select(2, name:gsub("%S+", "")) <= 6 then
    return name, rest, "text"
  end
  return nil, text, "text"
end

local MONTHS = {}
for month in ([[January February March April May June July August September October November
  December]]):gmatch("%a+") do
  MONTHS[month], MONTHS[month:sub(1, 3)] = true, true
end

-- The first date: 2026-12-01, 2026-12, Q3 2025, 2025 Q3, March 2026, 3 March 2026.
function names.date(text)
  local date = text:match("%f[%w]%d%d%d%d%-%d%d%-%d%d%f[%W]") or text:match("%f[%w]Q[1-4] %d%d%d%d%f[%W]")
    or text:match("%f[%w]Q[1-4]/%d%d%d%d%f[%W]") or text:match("%f[%w]%d%d%d%d[ -]Q[1-4]%f[%W]")
    or text:match("%f[%w]20%d%d%-[01]%d%f[^%w-]")
  if date then return date end
  for day, month, year in text:gmatch("(%d*%s*)(%u%l+)%.?%s+(20%d%d)%f[%W]") do
    if MONTHS[month] then return (day .. month .. " " .. year):match("^%s*(.*)$") end
  end
  local month, day, year = text:match("(%u%l+)%s+(%d%d?),%s+(20%d%d)")
  if month and MONTHS[month] then return ("%s %s, %s"):format(month, day, year) end
end

-- "Phase 2 - Beta" -> "2"
function names.phase(text)
  local word, number = text:match("^%s*(%u%l+)%s+(%d[%w.]*)")
  if not word then word, number = text:match("^%s*(%u%l+)%s+([IVX]+)%f[%W]") end
  if word == "Phase" or word == "Milestone" or word == "Stage" or word == "Iteration"
    or word == "Increment" or word == "Wave" or word == "Sprint" then
    return (number:gsub("%.$", ""))
  end
end

return names
