-- SPDX-License-Identifier: MIT
-- Reads the words of a requirement: its id, its label, its level, a short title.
local words = {}

words.PREFIXES = { "REQ", "FR" } -- "NFR-" holds "FR-"

local SEGMENTS = { REQ = true, FR = true, NFR = true, NFREQ = true, FREQ = true, RQ = true }
local LEVELS = { "shall", "must", "should", "may" }
local TITLE_BYTES = 120

local QUALITIES = {}
for name in ([[performance scalability reliability availability security maintainability usability
  accessibility compliance portability compatibility observability monitoring privacy safety
  localization localisation internationalization interoperability capacity recoverability
  resilience testability operability efficiency supportability auditability extensibility latency
  throughput durability legal regulatory quality robustness stability]]):gmatch("%a+") do
  QUALITIES[name] = true
end

-- What stands before "Requirements" without saying what sort they are.
local NO_CATEGORIES = { added = true, modified = true, renamed = true, key = true, general = true,
  other = true, detailed = true, core = true, main = true, all = true, product = true }

function words.one_line(text)
  return (text:gsub("%s+", " "):match("^ ?(.-) ?$"))
end

-- How many bytes at the start part an id from its title. Dashes – and — have three bytes, so they
-- are no part of a set of characters.
local function separator_length(text)
  local at = 1
  while true do
    local behind = text:match("^[%s:.)|%-]+()", at) or text:match("^\xE2\x80[\x93\x94]()", at)
    if not behind then return at - 1 end
    at = behind
  end
end

-- "REQ-12: Filters" -> "REQ-12", "Filters", true when something separates them.
function words.split_id(text)
  local id, rest = text:match("^%s*%[?(%u[%u%d]+[%u%d%-]*%-%d+[%d.]*)(.*)$")
  if not id then
    id, rest = text:match("^%s*%[?(N?FR%d+)(.*)$")
    if not id then id, rest = text:match("^%s*%[?(REQ%d+)(.*)$") end
  end
  if not id then return nil end
  local dots = id:match("%.+$") or ""
  id, rest = id:sub(1, #id - #dots), dots .. rest
  if rest:find("^[%w_%-][%w_]") then return nil end
  local title = rest:gsub("^%]", "", 1)
  local length = separator_length(title)
  local is_separated = title:sub(1, length):find("%S") ~= nil or rest:sub(1, 1) == "]"
  return id, title:sub(length + 1), is_separated
end

function words.prefix(id)
  return id:match("^(.-)%-?%d[%d.]*$")
end

-- REQ-12, PAY-REQ-3, NFR-1, FR7: ids that say what they are.
function words.says_requirement(id)
  for segment in words.prefix(id):gmatch("[^%-]+") do
    if SEGMENTS[segment] then return true end
  end
  return false
end

-- "Requirement: Sign-in", "Requirement 3: Sign-in" -> "Sign-in"
function words.named_requirement(title)
  local rest = title:match("^%s*[Rr]equirement%s+%d+(.*)$")
  return rest and rest:sub(separator_length(rest) + 1)
    or title:match("^%s*[Rr]equirement%s*:%s*(.+)$")
end

-- "2. Security Requirements" -> "Security"; nil when nothing is left.
function words.category(title)
  local text = words.one_line(title):gsub("^[%d.]+%s+", ""):gsub(":$", "")
  text = text:gsub("%s*[%(%[].-[%)%]]%s*$", ""):gsub("%s+[Rr]equirements?$", "")
    :gsub("%s+[Tt]argets?$", ""):gsub("%s+[Nn]eeds?$", ""):gsub("^[Rr]equirements?$", "")
    :gsub("%s+[Rr]ules$", "")
  return text ~= "" and not NO_CATEGORIES[text:lower()] and text or nil
end

function words.is_quality(label)
  local first = label and label:lower():match("^%a+")
  return first ~= nil and QUALITIES[first] == true
end

-- "Performance: it answers fast" and "(Performance): …" -> "Performance", "it answers fast"
function words.split_label(text)
  local label, rest = text:match("^%(([%u][^()]*)%)%s*:?%s*(.+)$")
  if label then return label, rest end
  label, rest = text:match("^(%u[%w &/,%-]*)%s?:%s+(.+)$")
  if label and #label <= 40 and select(2, label:gsub("%s+", "")) <= 4 then return label, rest end
end

-- Position of a whole word.
local function whole(text, word)
  return (text:find("%f[%w_]" .. word .. "%f[^%w_]"))
end

local function first_of(text, change, from)
  local level, best
  for i = from or 1, #LEVELS do
    local at = whole(text, change(LEVELS[i]))
    if at and (not best or at < best) then level, best = LEVELS[i], at end
  end
  return level
end

local function same(word) return word end

-- Bold words count in any case; others in capitals, and small ones when not `is_prose`.
function words.level(block, text, is_prose)
  local small = text:lower()
  if not (small:find("shall", 1, true) or small:find("must", 1, true) or
      small:find("should", 1, true) or small:find("may", 1, true)) then
    return nil
  end
  for node in block:nodes("strong") do
    local level = first_of(node.text:lower(), same)
    if level then return level end
  end
  local level = first_of(text, string.upper)
  if level or is_prose then return level end
  return first_of((text:gsub("%f[%w]may%f[^%w]", "")), same)
end

-- The level that a cell such as "Must" or "Should have" names.
function words.level_of_cell(text)
  local word = text:lower():match("^%a+")
  if word == "could" then return "may" end
  for _, level in ipairs(LEVELS) do
    if word == level then return level end
  end
end

-- The first sentence, at most TITLE_BYTES long.
function words.shorten(text)
  local at = 1
  text = text:gsub("^[Rr]equirement%s*:%s*", "")
  while true do
    local stop = text:find("[.!?;] ", at)
    if not stop then break end
    local before = text:sub(1, stop)
    if stop > 20 and not before:find("e%.g%.$") and not before:find("i%.e%.$")
        and not before:find("etc%.$") then
      text = text:sub(1, stop - 1)
      break
    end
    at = stop + 1
  end
  text = text:gsub("[.;]$", "")
  if #text <= TITLE_BYTES then return text end
  local cut = text:sub(1, TITLE_BYTES):match("^(.*)%s") or ""
  if #cut < TITLE_BYTES / 2 then cut = text:sub(1, utf8.offset(text, 0, TITLE_BYTES + 1) - 1) end
  return (cut:gsub("[,:;%s]+$", "")) .. "…"
end

return words
