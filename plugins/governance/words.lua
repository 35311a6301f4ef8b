-- SPDX-License-Identifier: MIT
-- What single words and short texts mean: states of an approval, texts that say nothing, names.
local words = {}

local APPROVED = { "approved", "accepted", "accept", "signed", "agreed", "granted", "confirmed",
  "yes", "ok", "okay", "lgtm", "done" }
local REJECTED = { "rejected", "declined", "denied", "objected", "vetoed", "refused", "no",
  "not approved", "changes requested" }
local PENDING = { "pending", "awaiting", "waiting", "requested", "open", "in review",
  "under review", "tbd", "tba", "outstanding", "not yet", "neutral", "abstained", "?" }
local SIGNS = { ["+1"] = "approved", ["-1"] = "rejected", ["✅"] = "approved",
  ["✓"] = "approved",
  ["✔"] = "approved", ["✔️"] = "approved", ["❌"] = "rejected", ["⏳"] = "pending" }
local NOTHING = { [""] = true, ["-"] = true, ["–"] = true, ["—"] = true, ["?"] = true,
  ["…"] = true, ["..."] = true, ["n/a"] = true, ["na"] = true, ["none"] = true, ["tbd"] = true,
  ["tba"] = true, ["todo"] = true, ["name"] = true, ["date"] = true, ["x.y"] = true }

local STARTS = {}
for state, list in pairs { approved = APPROVED, rejected = REJECTED, pending = PENDING } do
  for _, word in ipairs(list) do STARTS[#STARTS + 1] = { word, state } end
end
table.sort(STARTS, function(a, b) -- the longest first: "not approved" is no "no"
  if #a[1] ~= #b[1] then return #a[1] > #b[1] end
  return a[1] < b[1]
end)

-- Without spaces at both ends; linear in any text.
function words.trim(text)
  local first = text:find("%S")
  return first and text:match("^.*%S", first) or ""
end

-- At most so many bytes, whole characters: what is read for its meaning is short.
function words.cut(text, most)
  return #text <= most and text or text:sub(1, utf8.offset(text, 0, most + 1) - 1)
end

-- "approved", "rejected" or "pending" when the text begins with such a word, else nil.
function words.state(text)
  text = words.trim(text):lower()
  if SIGNS[text] then return SIGNS[text] end
  for _, entry in ipairs(STARTS) do
    local word = entry[1]
    if text:sub(1, #word) == word and not text:match("^%w", #word + 1) then return entry[2] end
  end
  return nil
end

-- The text, or nil when it says nothing: empty, "TBD", a placeholder in brackets.
function words.fact(text)
  text = words.trim(text)
  if NOTHING[text:lower()] or text:match("^%[[^%]]*%]$") or text:match("^<[^>]*>$") then
    return nil
  end
  return text
end

local SMALL = { of = true, van = true, de = true, der = true, den = true, von = true, da = true,
  dos = true, la = true, le = true, bin = true, al = true, y = true, ["and"] = true, ["&"] = true }

-- "Jane Doe", "Marek Dvořák", "Ludwig van B.", "Project Team", "@jane": one to five words that
-- begin with a capital.
function words.is_name(text)
  if #text > 60 or text:find("[%[%]<>:;!?|=%d,/]") then return text:find("^@[%w_-]+$") ~= nil end
  if text:find("^@[%w_-]+$") then return true end
  local count = 0
  for word in text:gmatch("%S+") do
    count = count + 1
    if word:match("^%l") and not SMALL[word] then return false end
  end
  return count > 0 and count <= 5 and text:find("^[%u\xC3-\xF4]") ~= nil
end

-- Dashes with spaces around them, of all three lengths, separate.
function words.split(text)
  text = text:gsub("%s\u{2013}%s", " - "):gsub("%s\u{2014}%s", " - ")
  local parts, at = {}, 1
  while true do
    local first, last = text:find("%s%-%-?%s", at)
    parts[#parts + 1] = words.trim(text:sub(at, (first or 0) - 1))
    if not first then return parts end
    at = last + 1
  end
end

-- "Technical Lead (Engineering)" -> "Technical Lead", "Engineering"
function words.parenthesis(text)
  local before, inside = text:match("^(.-)%s*%(([^()]*)%)%s*$")
  if not before or before == "" then return text, nil end
  return before, words.fact(inside)
end

return words
