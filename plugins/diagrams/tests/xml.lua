-- SPDX-License-Identifier: MIT
-- A small checker: is this markup well formed, with allowed elements and attributes only?
local svg = require "svg"

local NEVER = { script = true, style = true, foreignObject = true, image = true, use = true }

local function check_attributes(raw, name)
  local at, seen = 1, {}
  while true do
    at = raw:match("^%s*()", at)
    if at > #raw then return nil end
    local key, value, behind = raw:match('^([%a][%w:-]*)="([^"<>]*)"()', at)
    if not key then return "bad attribute in " .. name end
    if not svg.ATTRIBUTES[key] or key:find("^on") or key == "style" then
      return "attribute " .. key
    end
    if seen[key] then return "attribute twice: " .. key end
    if value:gsub("&%a+;", ""):gsub("&#%d+;", ""):find("&") then return "bare & in " .. key end
    if key == "href" and value:gsub("[%c%s]", ""):lower():find("^%a[%w+.-]*:")
      and not value:lower():find("^https?:") and not value:lower():find("^mailto:") then
      return "href " .. value
    end
    if (key == "width" or key == "height" or key == "r" or key == "rx" or key == "ry")
      and value:find("^-") then return "negative " .. key .. " in " .. name end
    if value:find("nan") and key ~= "aria-label" or value:find("inf") and key == "d" then
      return "no number in " .. key
    end
    seen[key] = true
    at = behind
  end
end

local function check_text(s)
  if s:find(">") then return "bare > in text" end
  if s:gsub("&%a+;", ""):gsub("&#%d+;", ""):find("&") then return "bare & in text" end
  if s:find("[%z\1-\8\11\12\14-\31]") then return "control character" end
  if not utf8.len(s) then return "broken UTF-8" end
end

-- nil when it is fine; else what is wrong. Gives back the text content as well.
return function(html)
  local stack, at, content = {}, 1, {}
  while at <= #html do
    local lt = html:find("<", at, true)
    local between = html:sub(at, (lt or #html + 1) - 1)
    local problem = check_text(between)
    if problem then return problem end
    content[#content + 1] = between
    if not lt then break end
    local close, name, raw, mark, behind = html:match("^<(/?)([%a][%w]*)([^<>]-)(/?)>()", lt)
    if not name then return "broken tag at " .. lt end
    if NEVER[name] or not svg.ELEMENTS[name] then return "element " .. name end
    if close == "/" then
      if table.remove(stack) ~= name then return "wrong end of " .. name end
    else
      problem = check_attributes(raw, name)
      if problem then return problem end
      if mark ~= "/" then stack[#stack + 1] = name end
    end
    at = behind
  end
  if #stack > 0 then return "not closed: " .. stack[#stack] end
  return nil, table.concat(content)
end
