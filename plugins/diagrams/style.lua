-- SPDX-License-Identifier: MIT
-- Styles that authors write ("fill:#f9f,stroke:#333,stroke-width:4px,color:#fff"), read into
-- numbers and colours and written back as checked attributes. What is not known here is dropped.
local svg = require "svg"
local colour = require "colour"

local style = {}

local WHITE = { r = 255, g = 255, b = 255, a = 1 }
local DARK = { r = 0x12, g = 0x16, b = 0x1c, a = 1 } -- the page in the dark scheme

local function length(value, most)
  local n = tonumber(value:match("^%s*(%d*%.?%d+)"))
  return n and math.min(n, most) or nil
end

local readers = {}

function readers.fill(look, value)
  look.fill = value:match("^%s*none%s*$") and colour.parse("transparent") or colour.parse(value)
end
readers.background, readers["background-color"] = readers.fill, readers.fill

function readers.stroke(look, value)
  look.stroke = colour.parse(value)
  look.has_no_stroke = value:match("^%s*none%s*$") and true or nil
end

function readers.border(look, value)
  for word in value:gmatch("%S+") do
    look.stroke = colour.parse(word) or look.stroke
    if word:find("^[%d.]+px$") then look.width = length(word, 12) end
  end
end

function readers.color(look, value)
  look.color = colour.parse(value)
end

readers["stroke-width"] = function(look, value) look.width = length(value, 12) end
readers["fill-opacity"] = function(look, value) look.fill_opacity = length(value, 1) end
readers["stroke-opacity"] = function(look, value) look.stroke_opacity = length(value, 1) end
readers.opacity = function(look, value) look.fill_opacity = length(value, 1) end
readers.rx = function(look, value) look.radius = length(value, 30) end
readers.ry = readers.rx

readers["stroke-dasharray"] = function(look, value)
  local parts, sum = {}, 0
  for n in value:gmatch("%d*%.?%d+") do
    n = math.min(tonumber(n), 100)
    if #parts < 8 then parts[#parts + 1], sum = svg.number(n), sum + n end
  end
  look.dash = sum > 0 and table.concat(parts, " ") or nil
end

readers["font-weight"] = function(look, value)
  look.is_bold = value:find("bold", 1, true) ~= nil or (tonumber(value) or 0) >= 600 or nil
end
readers["font-style"] = function(look, value)
  look.is_italic = value:find("italic", 1, true) ~= nil or value:find("oblique", 1, true) ~= nil
    or nil
end

-- `declarations` is a list of "name:value" (later ones win) or one text with "," or ";" between
-- them. {fill, stroke, color (colours), width, dash, radius, is_bold, …}, or nil when nothing of it
-- can be drawn.
function style.read(declarations)
  if type(declarations) == "string" then declarations = style.split(declarations) end
  local look = {}
  for _, declaration in ipairs(declarations or {}) do
    local name, value = declaration:match("^%s*([%w-]+)%s*:%s*(.-)%s*$")
    local reader = name and readers[name:lower()]
    if reader and #value <= 200 then
      reader(look, (value:gsub("%s*!important$", "")))
    end
  end
  if look.fill and look.fill_opacity then look.fill.a = look.fill.a * look.fill_opacity end
  if look.stroke and look.stroke_opacity then look.stroke.a = look.stroke_opacity end
  return next(look) and look or nil
end

-- Splits at "," and ";" outside of brackets; "\," is a comma of a value.
function style.split(s)
  local list, from, depth, at = {}, 1, 0, 1
  local function take(stop)
    local piece = s:sub(from, stop):gsub("\\,", ","):match("^%s*(.-)%s*$")
    if piece ~= "" then list[#list + 1] = piece end
  end
  while true do
    local found = s:find("[,;()\\]", at)
    if not found then break end
    local c = s:sub(found, found)
    at = found + 1
    if c == "\\" then at = at + 1
    elseif c == "(" then depth = depth + 1
    elseif c == ")" then depth = math.max(0, depth - 1)
    elseif depth == 0 or c == ";" then
      take(found - 1)
      from = at
    end
  end
  take(#s)
  return list
end

local function over(c, ground)
  local function mix(part) return c[part] * c.a + ground[part] * (1 - c.a) end
  return { r = mix "r", g = mix "g", b = mix "b", a = 1 }
end

-- The fill as it is drawn and the palette that is readable on it. A fill through which the page
-- shows must be readable in both schemes; where it cannot be, it is drawn as seen on white.
function style.ground(look)
  local c = look.fill
  if not c or c.a <= 0.25 then return c, nil end
  local light, dark = over(c, WHITE), over(c, DARK)
  local tone = colour.tone(light)
  if tone == colour.tone(dark) then return c, tone end
  light.r, light.g, light.b = light.r // 1, light.g // 1, light.b // 1
  return { r = math.tointeger(light.r), g = math.tointeger(light.g), b = math.tointeger(light.b),
    a = 1 }, tone
end

-- Class of the group around shape and text ("dg-on-light", "dg-on-dark"), or nil.
function style.tone(look)
  if not look then return nil end
  local _, tone = style.ground(look)
  return tone
end

-- Class of a veil over a large area of this fill, on which lines and texts of the page stand: in
-- the dark scheme, in the light one, in both; nil when they can be seen on it anyway.
function style.veil(look)
  local fill = look and style.ground(look)
  if not fill or fill.a <= 0.25 then return nil end
  local light = colour.luminance(over(fill, WHITE))
  if light > 0.3 then return "dg-veil-dark" end
  return light < 0.13 and "dg-veil-light" or "dg-veil-dark dg-veil-light"
end

local function append(list, ...)
  for i = 1, select("#", ...) do list[#list + 1] = (select(i, ...)) or false end
end

local function pen(list, look)
  if look.has_no_stroke then
    append(list, "stroke", "none")
  elseif look.stroke then
    local hex, opacity = colour.attributes(look.stroke)
    append(list, "stroke", hex)
    if opacity then append(list, "stroke-opacity", opacity) end
  end
  if look.width then append(list, "stroke-width", svg.number(look.width)) end
  if look.dash then append(list, "stroke-dasharray", look.dash) end
end

local function has_pen(look)
  return look.stroke or look.has_no_stroke
end

-- Attributes of a shape; `class` stands before the classes that say what the author chose.
function style.shape(look, class)
  if not look then return class and { "class", class } or {} end
  local fill = style.ground(look)
  local classes = { class }
  if fill then classes[#classes + 1] = "dg-user" end
  if has_pen(look) then classes[#classes + 1] = "dg-pen" end
  local list = {}
  if #classes > 0 then append(list, "class", table.concat(classes, " ")) end
  if fill then
    local hex, opacity = colour.attributes(fill)
    append(list, "fill", hex)
    if opacity then append(list, "fill-opacity", opacity) end
  end
  pen(list, look)
  return list
end

-- Attributes of a line.
function style.line(look, class)
  if not look then return class and { "class", class } or {} end
  local classes = { class }
  if has_pen(look) then classes[#classes + 1] = "dg-pen" end
  local list = {}
  if #classes > 0 then append(list, "class", table.concat(classes, " ")) end
  pen(list, look)
  return list
end

-- Attributes of the text on that shape: the author's colour where it is readable on the author's
-- fill (4.5:1); the theme's otherwise.
function style.text(look)
  local list = {}
  if not look then return list end
  local fill, tone = style.ground(look)
  if look.color and tone and fill.a == 1 and colour.contrast(look.color, fill) >= 4.5 then
    append(list, "class", "dg-user", "fill", (colour.attributes(look.color)))
  end
  if look.is_bold then append(list, "font-weight", "bold") end
  if look.is_italic then append(list, "font-style", "italic") end
  return list
end

-- A text on the page's own ground: the author's colour where it is readable on white, and the class
-- that makes the ground so; else nothing and nil.
function style.ink(look)
  local c = look and look.color
  if not c or c.a < 1 or colour.contrast(c, WHITE) < 4.5 then return {}, nil end
  return { "class", "dg-user", "fill", (colour.attributes(c)) }, "dg-on-light"
end

return style
