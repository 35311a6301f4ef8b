-- SPDX-License-Identifier: MIT
-- The words that tell what a label, a column or a heading is about, and texts that say nothing.
local words = {}

local KNOWN = {
  risk = { "risk", "risks", "risk description", "risk name" },
  mitigation = { "mitigation", "mitigations", "mitigation strategy", "mitigation strategies",
    "mitigation plan", "mitigation / response", "mitigation/response", "response", "risk response",
    "contingency", "contingency plan", "countermeasure", "countermeasures", "remediation" },
  likelihood = { "likelihood", "probability" },
  impact = { "impact", "severity" },
  owner = { "owner", "risk owner", "responsible" },
  status = { "status", "state" },
}
local COLUMNS = {
  id = { "id", "#", "no", "no.", "ref", "risk id", "number" },
  description = { "description", "issue", "threat", "concern" },
}
local NOTHING = { ["n/a"] = true, na = true, none = true, no = true, tbd = true, tba = true,
  todo = true, ["-"] = true, ["–"] = true, ["—"] = true, ["?"] = true, ["..."] = true, ["…"] = true,
  ["not applicable"] = true, ["none known"] = true, ["none identified"] = true,
  ["to be defined"] = true, ["no risks"] = true }

local MAX_EMPTY = 1000 -- longer texts say something

local field_of, column_of = {}, {}
for field, list in pairs(KNOWN) do
  for _, word in ipairs(list) do field_of[word], column_of[word] = field, field end
end
for field, list in pairs(COLUMNS) do
  for _, word in ipairs(list) do column_of[word] = field end
end

function words.trim(text)
  local first = text:find("%S")
  return first and text:match(".*%S", first) or ""
end

-- Dashes – and — have three bytes, so they are no part of a set of characters.
words.DASH = "\xE2\x80[\x93\x94]"

-- Without the colons, dashes and the like that it begins with.
function words.without_separators(text)
  local at = 1
  while true do
    local behind = text:match("^[%s:.)-]+()", at) or text:match("^" .. words.DASH .. "()", at)
    if not behind then return text:sub(at) end
    at = behind
  end
end

-- Does it begin with a dash between spaces? Returns its last byte.
function words.dash_end(text)
  local _, last = text:find("^%s+%-+%s+")
  if not last then _, last = text:find("^%s+" .. words.DASH .. "%s+") end
  return last
end

-- The field that a label stands for: "Mitigation", "Risk 3"; `extra` is the site's own words.
function words.strict_field(label, extra)
  local word = words.trim(label):lower()
  return field_of[word] or extra[word] or word:find("^risk%s+[#%w.-]*%d[%w.-]*$") and "risk" or nil
end

-- The same where risks are the subject: "Security risk" is one, too.
function words.field(label, extra)
  return words.strict_field(label, extra)
    or words.trim(label):lower():find("^%a+ risk$") and "risk" or nil
end

function words.column(label, extra)
  local word = words.trim(label):lower()
  return column_of[word] or extra[word]
end

-- The site's own words, in lower case; values that are no field are left out.
function words.extra(map)
  local extra = {}
  for word, field in pairs(map) do
    if type(field) == "string" and KNOWN[field] then extra[word:lower()] = field end
  end
  return extra
end

-- "7. Risks and Constraints", "Technical risks", "Risk register"; not "Scope of the risk".
function words.is_risk_title(title, sections)
  if #title > 200 then return false end
  local text = title:lower():gsub("^[%d.%s]+", ""):gsub("%s*%b()%s*$", ""):gsub("[:%s]+$", "")
  for _, section in ipairs(sections) do
    if type(section) == "string" and section:lower() == text then return true end
  end
  if not text:find("risk", 1, true) or select(2, text:gsub("%S+", "")) > 6 then return false end
  local rest = text:match("^risks?%f[^%w](.*)$")
  if rest then
    return rest == "" or text:find("^risks%s*[&/,]") or text:find("^risks and ")
      or text:find("^risks? %(") or text:find("^risks? register$")
      or text:find("^risks? [%a&/ ]*mitigation") or text:find("^risks? assessment")
      or text:find("^risks? analysis") or text:find("^risks? management")
      or text:find("^risks? matrix$") or text:find("^risks? log$") or false
  end
  return text:find("%f[%w]risks$") ~= nil
end

-- "[What could happen]", "<risk>", "N/A": nothing that somebody wrote.
function words.is_empty(text)
  if #text > MAX_EMPTY then return false end
  local rest = words.trim(text):gsub("%[%[([^%[%]]+)%]%]", "%1")
  if NOTHING[rest:lower():gsub("[.!]+$", "")] or rest:lower():find("^n/a%f[%W]") then return true end
  rest = rest:gsub("%b[]", ""):gsub("^%b<>$", "")
  return not rest:find("[%w\128-\255]")
end

-- Long texts are cut after their first sentence.
function words.title(text)
  text = words.trim(text:gsub(":$", ""))
  if #text <= 200 then return text end
  for first, last in text:gmatch("()[.?!]%s()%u") do
    if first >= 40 then return text:sub(1, last - 2) end
  end
  return text
end

-- "To mitigate this:" announces what follows.
function words.announces_mitigation(text)
  return text:find(":%s*$") ~= nil and text:lower():find("mitig", 1, true) ~= nil
end

-- What a text says about mitigation without a label: from the sentence that has the word on.
function words.split_mitigation(text)
  local at = text:lower():find("mitigat", 1, true)
  if not at then return text, nil end
  local start = 1
  for stop in text:sub(1, at):gmatch("[.;?!]%s+()") do start = stop end
  local mitigation = words.trim(text:sub(start))
  if words.announces_mitigation(mitigation) then mitigation = nil end
  return start == 1 and text or words.trim(text:sub(1, start - 1)), mitigation
end

return words
