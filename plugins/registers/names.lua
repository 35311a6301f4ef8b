-- SPDX-License-Identifier: MIT
-- Names of people as specs write them: "Ann Lee, Bo", "Ann Lee <ann@example.org>", "@ann".
local names = {}

local PLAIN = { ["à"] = "a", ["á"] = "a", ["â"] = "a", ["ã"] = "a", ["ä"] = "a", ["å"] = "a",
  ["ą"] = "a", ["ć"] = "c", ["č"] = "c", ["ç"] = "c", ["ď"] = "d", ["è"] = "e", ["é"] = "e",
  ["ê"] = "e", ["ë"] = "e", ["ě"] = "e", ["ę"] = "e", ["ğ"] = "g", ["ì"] = "i", ["í"] = "i",
  ["î"] = "i", ["ï"] = "i", ["ı"] = "i", ["ł"] = "l", ["ñ"] = "n", ["ń"] = "n", ["ň"] = "n",
  ["ò"] = "o", ["ó"] = "o", ["ô"] = "o", ["õ"] = "o", ["ö"] = "o", ["ø"] = "o", ["ő"] = "o",
  ["ř"] = "r", ["ś"] = "s", ["š"] = "s", ["ş"] = "s", ["ß"] = "ss", ["ť"] = "t", ["ù"] = "u",
  ["ú"] = "u", ["û"] = "u", ["ü"] = "u", ["ů"] = "u", ["ű"] = "u", ["ý"] = "y", ["ÿ"] = "y",
  ["ź"] = "z", ["ż"] = "z", ["ž"] = "z",
  ["Á"] = "a", ["Ä"] = "a", ["Å"] = "a", ["Č"] = "c", ["Ç"] = "c", ["É"] = "e", ["Í"] = "i",
  ["Ł"] = "l", ["Ó"] = "o", ["Ö"] = "o", ["Ø"] = "o", ["Ř"] = "r", ["Š"] = "s", ["Ü"] = "u",
  ["Ú"] = "u", ["Ž"] = "z" }

local NOBODY = { tbd = true, tba = true, todo = true, none = true, ["n/a"] = true, na = true,
  name = true, unknown = true, ["-"] = true, ["–"] = true, ["—"] = true }

-- Letters without their marks, in lower case.
function names.fold(text)
  return (text:gsub(utf8.charpattern, PLAIN):lower())
end

-- An anchor for a name.
function names.anchor(name)
  local slug = names.fold(name):gsub("[^%w\128-\255]+", "-"):gsub("^%-+", ""):gsub("%-+$", "")
  return "person-" .. slug
end

local function clean(name)
  name = name:gsub("%b<>", ""):gsub("%b()", ""):match("^%s*(.-)%s*$")
  if name == "" or #name > 60 or NOBODY[name:lower()] or name:find("[%[%]{}<>|*]")
    or not name:find("[%a\128-\255]") then
    return nil
  end
  return name
end

-- The single names in a text or a list of texts.
function names.split(value)
  local list = {}
  if type(value) == "table" then
    for _, item in ipairs(value) do
      if type(item) == "string" then
        for _, name in ipairs(names.split(item)) do list[#list + 1] = name end
      end
    end
    return list
  end
  if type(value) ~= "string" then return list end
  local text = value:gsub("%s+and%s+", ","):gsub("%s*[;&\n]%s*", ",")
  for part in text:gmatch("[^,]+") do
    list[#list + 1] = clean(part)
  end
  return list
end

-- Knows full names and finds whom a handle means: "ann" and "@ann.lee" are Ann Lee as long as nobody
-- else could be meant.
function names.directory()
  local full, by_handle = {}, {}
  local directory = {}

  local function claim(handle, name)
    local owner = by_handle[handle]
    if owner == nil then by_handle[handle] = name end
    if owner and owner ~= name then by_handle[handle] = false end
  end

  function directory.add(name)
    local key = names.fold(name)
    if full[key] or not name:find(" ") then return end
    full[key] = name
    local words = {}
    for word in key:gmatch("[^%s.]+") do words[#words + 1] = word end
    local first, last = words[1], words[#words]
    claim(first, name)
    claim(first .. last, name)
    claim(first:sub(1, 1) .. last, name)
    claim(last .. first, name)
  end

  -- The name under which a person is listed.
  function directory.find(name)
    local key = names.fold(name)
    if full[key] then return full[key] end
    local handle = key:gsub("^@", ""):gsub("[%s._-]", "")
    return by_handle[handle] or name
  end

  return directory
end

return names
