-- SPDX-License-Identifier: MIT
-- What stands in @{ … } behind a card: ticket: MC-1, assigned: 'ann', priority: "High". One line
-- is read as a YAML flow mapping, several lines as one mapping a line; no more of YAML is needed.
local trim = require("text").trim

local HINT = "write @{ ticket: MC-1, assigned: 'name', priority: 'High' }"

-- Where the "}" stands that is not in double quotes, from `at` on.
local function closing(s, at)
  while true do
    local place, mark = s:match('()([}"])', at)
    if not place or mark == "}" then return place end
    place = s:find('"', place + 1, true)
    if not place then return nil end
    at = place + 1
  end
end

-- Plain scalars that YAML reads as numbers or as nothing.
local function plain(value)
  value = trim(value:gsub("%s#.*$", ""))
  if value == "" or value == "null" or value == "~" or value == "false" then return nil end
  local number = value:find("^[+-]?%d+%.?%d*$") and tonumber(value)
  if number == 0 then return nil end
  return number and (math.tointeger(number) or number) or value
end

-- One value at `at`: the value and the place behind.
local function value_at(s, at, is_flow)
  local quote = s:match("^['\"]", at)
  if not quote then
    local raw, behind = s:match(is_flow and "^([^,]*)()" or "^([^\n]*)()", at)
    return plain(raw), behind
  end
  local parts, from = {}, at + 1
  while true do
    local stop = s:find(quote, from, true)
    if not stop then return nil, nil end
    parts[#parts + 1] = s:sub(from, stop - 1)
    if quote == '"' or s:sub(stop + 1, stop + 1) ~= "'" then
      local content = table.concat(parts, "'"):gsub("\n%s*", "<br/>")
      return content ~= "" and content or nil, stop + 1
    end
    from = stop + 2 -- '' in single quotes is one quote
  end
end

-- Reads from the "{" at `open`: a table of values and the place behind "}"; or nil and a finding.
return function(src, open)
  local stop = closing(src.text, open + 1)
  if not stop then return src:problem(open, "this '{' is not closed", HINT) end
  local body = src.text:sub(open + 1, stop - 1)
  local is_flow = not body:gsub('"[^"]*"', ""):find("\n", 1, true)
  local data, at = {}, 1
  while true do
    at = body:match("^[%s,]*()", at)
    if at > #body then return data, stop + 1 end
    local key, blank, start = body:match("^[\"']?([%w_-]+)[\"']?[ \t]*:([ \t]*)()", at)
    if not key then
      return src:problem(open + at, "this is no property of a card", HINT)
    end
    if blank == "" and body:find("^[%w_]", start) then
      src:lenient(open + start, "a ':' without a blank behind it", HINT)
    end
    local value, behind = value_at(body, start, is_flow)
    if not behind then return src:problem(open + start, "this text is not closed", HINT) end
    data[key], at = value, behind
  end
end
