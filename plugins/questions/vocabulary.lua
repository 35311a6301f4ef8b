-- SPDX-License-Identifier: MIT
-- The words by which text in brackets is told apart from citations, broken links and code.
local vocabulary = {}

local function set(text)
  local words = {}
  for word in text:gmatch("%S+") do words[word] = true end
  return words
end

-- First words of an instruction.
local VERBS = set [[insert describe list specify include detail details identify enter add provide
  define explain highlight fill replace write state summarize summarise document outline choose
  select put give your short brief optional link indicate mention discuss say tell attach paste
  note: e.g. example what how which who when where why]]

-- Those that are an instruction even in the middle of a sentence.
local STRONG_VERBS = set [[insert describe specify enter your fill replace list provide identify
  choose select]]

-- What a placeholder asks for.
local NOUNS = set [[name names title date number description descriptions requirement requirements
  reference version author owner team role department organisation organization email url link id
  reason summary goal goals step component entity feature approach strategy considerations
  definitions text value placeholder details properties relationships responsibility company
  project phase priority status yyyy-mm-dd dd/mm/yyyy resource]]

-- Nouns that stand alone as placeholders: "Owner: [Name]".
local SINGLE = set [[name date number title team role version owner author department organisation
  organization email url company project description summary resource status todo: yyyy-mm-dd
  department]]

-- Open questions have records of their own.
local function is_question(text)
  return text:find("^TODO") or text:find("^TBD") or text:find("^NEEDS CLARIFICATION")
    or text:find("^/?UNRESOLVED")
end

-- Footnotes, alerts, boxes, citations ("RFC 2119", "[1]", "Doe 2020"), addresses, story tags.
local function is_reference(text)
  return text:find("^[%^!@#/]") or text:find("^%A*$") or #text < 3 or text:find("^P%d*$")
    or text:find("^US%d+$") or text:find("^https?:") or text:find("[=;{}|\\]")
    or text:find("^%u[%u%d]+[%s-]*%d") or text:find("^%u%u+%s") or text:find("%s%d%d%d%d%a?$")
    or is_question(text)
end

-- "certain", "likely" or nil by its words alone; `verb`: it begins with an instruction, "strong"
-- when that is unmistakable.
function vocabulary.judge(text)
  if #text > 200 or is_reference(text) then return nil end
  local lower = text:lower()
  local first = lower:match("^%S+")
  if first == lower then
    return SINGLE[lower] and "certain" or lower:find("^[%a_-]+$") and "single" or nil, nil
  end
  local verb = STRONG_VERBS[first] and "strong" or VERBS[first] and "weak" or nil
  if verb then return "certain", verb end
  for word in lower:gmatch("[%w-]+") do
    if NOUNS[word] then return "certain", nil end
  end
  return text:find("%a") and "likely" or nil, nil
end

-- Text in angle brackets: "Version Number", "YYYY-MM-DD", "your name".
function vocabulary.judge_angle(text)
  if #text > 80 then return nil end
  if text:find("^[YMD][YMD/.-]+[YMD]$") then return "certain" end
  if not text:find("^%a[%w%s,'/-]*$") or text:find("^/") then return nil end
  local lower = text:lower()
  if not lower:find("%s") then return SINGLE[lower] and "likely" or nil end
  local _, spaces = lower:gsub("%s+", "")
  return spaces <= 6 and "certain" or nil
end

-- An italic sentence that tells what to write.
function vocabulary.is_instruction(text)
  local first, second = text:match("^%(?(%a+)%s+(%a+)")
  if not first then return false end
  local word = first:lower()
  if word == "also" then word = second:lower() end
  if word == "in" or word == "for" then word = text:match("^%a[%w%s]-, (%l+)") end
  return vocabulary.instructions[word] == true
end

vocabulary.instructions = set [[describe identify provide summarize summarise list detail define
  explain include outline discuss document track add specify say name give state write show note
  mention consider]]

return vocabulary
