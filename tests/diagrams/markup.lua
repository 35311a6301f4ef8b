-- SPDX-License-Identifier: MIT
-- markup.lua - is this text well-formed XML of the elements and attributes that a diagram may have?
-- The lists are this test's own: whoever widens those of the plugin has to come here as well.
local function set(words)
  local s = {}
  for word in words:gmatch("%S+") do s[word] = true end
  return s
end

local ELEMENTS = set [[svg g path rect circle ellipse line polygon polyline text tspan title desc a
  figure div details summary ul ol li p span pre]]
local ATTRIBUTES = set [[class id role aria-labelledby aria-label aria-hidden viewBox width height
  x y x1 y1 x2 y2 dx dy cx cy r rx ry d points text-anchor fill fill-opacity stroke stroke-opacity
  stroke-width stroke-dasharray font-family font-size font-weight font-style href rel transform tabindex xmlns dir]]
local ENTITIES = set "amp lt gt quot #39"

-- What the value of an attribute looks like; those that are not named here are any text.
local NUMBER, COLOUR = "^-?%d+%.?%d*$", "^#%x%x%x%x%x%x$"
local VALUES = { d = "^[MLHVCSQTAZmlhvcsqtaz%d%s.,-]*$", points = "^[%d%s.,-]*$",
  viewBox = "^[%d%s.-]+$", class = "^[%w%s_-]+$", id = "^[%w_-]+$", transform = "^[%l%d%s().,-]+$",
  ["stroke-dasharray"] = "^[%d%s.]+$", ["aria-labelledby"] = "^[%w%s_-]+$",
    ["font-weight"] = "^%l+$",
  ["font-style"] = "^%l+$", ["text-anchor"] = "^%l+$", role = "^%l+$", rel = "^%l+$",
    dir = "^%l+$" }
for name in pairs(set "x y x1 y1 x2 y2 dx dy cx cy r rx ry width height font-size") do
  VALUES[name] = NUMBER
end
for name in pairs(set "fill-opacity stroke-opacity stroke-width tabindex") do VALUES[name] = NUMBER end
local NEVER_NEGATIVE = set "r rx ry width height"
local SCHEMES = set "http https mailto"

local function bad_text(s)
  if s:find("[%z\1-\8\11\12\14-\31\127]") then return "a control character" end
  if not utf8.len(s) then return "broken UTF-8" end
  if s:find("\u{FFFE}", 1, true) or s:find("\u{FFFF}", 1,
    true) then return "no character of XML" end
  if s:find(">", 1, true) then return "a bare >" end
  for entity in s:gmatch("&([^;&]*;?)") do
    if not ENTITIES[entity:sub(1, -2)] or entity:sub(-1) ~= ";" then return "a bare &" end
  end
end

-- An address as a browser reads it: entities decoded, control characters and blanks gone.
local function bad_address(value)
  local url = value:gsub("&#39;", "'"):gsub("&quot;", '"'):gsub("&amp;", "&"):gsub("[%c%s]", "")
  local scheme = url:match("^(%a[%w+.-]*):")
  if scheme and not SCHEMES[scheme:lower()] then return "an address with " .. scheme end
end

local function bad_value(key, value)
  local pattern = VALUES[key]
  if pattern and not value:find(pattern) then return ("%s=%q"):format(key, value:sub(1, 60)) end
  if (key == "fill" or key == "stroke") and value ~= "none" and not value:find(COLOUR) then
    return ("%s=%q"):format(key, value:sub(1, 60))
  end
  if NEVER_NEGATIVE[key] and value:find("^-") then return "a negative " .. key end
  return bad_text(value) or key == "href" and bad_address(value) or nil
end

local function bad_attributes(raw)
  local at, seen = 1, {}
  while raw:find("%S", at) do
    local key, value, behind = raw:match('^%s+([%a][%w:-]*)="([^"<]*)"()', at)
    if not key then return "an attribute that is none" end
    if not ATTRIBUTES[key] then return "the attribute " .. key end
    if seen[key] then return "an attribute twice: " .. key end
    local problem = bad_value(key, value)
    if problem then return problem end
    seen[key] = true
    at = behind
  end
end

-- nil when all is well, else what is wrong; then the texts between the tags, `ids` (set).
return function(markup)
  local stack, at, content, ids = {}, 1, {}, {}
  while at <= #markup do
    local lt = markup:find("<", at, true)
    local between = markup:sub(at, (lt or #markup + 1) - 1)
    local problem = bad_text(between)
    if problem then return problem .. " in a text" end
    content[#content + 1] = between
    if not lt then break end
    local close, name, raw, alone, behind = markup:match('^<(/?)(%a%w*)([^<>]-)(/?)>()', lt)
    if not name or not ELEMENTS[name] then return "the element " .. markup:sub(lt, lt + 20) end
    if close == "/" then
      if table.remove(stack) ~= name then return "a wrong end of " .. name end
    else
      problem = bad_attributes(raw)
      if problem then return ("%s at <%s>"):format(problem, name) end
      local id = raw:match(' id="([^"]*)"')
      if id and ids[id] then return "an id twice: " .. id end
      if id then ids[id] = true end
      if name == "a" then
        for _, outer in ipairs(stack) do if outer == "a" then return "a link in a link" end end
      end
      if alone ~= "/" then stack[#stack + 1] = name end
    end
    at = behind
  end
  if #stack > 0 then return "not closed: " .. stack[#stack] end
  return nil, content, ids
end
