-- SPDX-License-Identifier: MIT
-- The only way to make markup here: elements and attributes must be on a list, and all text and
-- every value is escaped. So no label can become markup, whatever it holds.
local svg = {}
svg.__index = svg

local function set(words)
  local s = {}
  for word in words:gmatch("%S+") do s[word] = true end
  return s
end

svg.ELEMENTS = set [[svg g path rect circle ellipse line polygon polyline text tspan title desc a
  figure figcaption div details summary ul ol li p span pre]]
svg.ATTRIBUTES = set [[class id role aria-labelledby aria-label aria-hidden viewBox width height x y
  x1 y1 x2 y2 dx dy cx cy r rx ry d points text-anchor fill fill-opacity stroke stroke-opacity
  stroke-width stroke-dasharray font-size font-weight font-style href rel transform tabindex xmlns
  dir]]

local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;",
  ["'"] = "&#39;" }

-- XML has no control characters, nor U+FFFE and U+FFFF.
local function escape(s)
  if s:find("\xEF\xBF[\xBE\xBF]") then s = s:gsub("\xEF\xBF[\xBE\xBF]", "\u{FFFD}") end
  return (s:gsub("[%z\1-\8\11\12\14-\31\127]", ""):gsub("[&<>\"']", ESCAPES))
end

-- At most one decimal, never an exponent, never "-0": the same on every machine.
function svg.number(n)
  local tenths = math.floor(n * 10 + 0.5)
  local sign = tenths < 0 and "-" or ""
  tenths = math.abs(tenths)
  if tenths % 10 == 0 then return ("%s%d"):format(sign, tenths // 10) end
  return ("%s%d.%d"):format(sign, tenths // 10, tenths % 10)
end

function svg.new()
  return setmetatable({ parts = {}, stack = {} }, svg)
end

-- `attributes` is a list: name, value, name, value. A value of false is left out.
local function tag(self, name, attributes, close)
  assert(svg.ELEMENTS[name], "element not allowed")
  local p = self.parts
  p[#p + 1] = "<" .. name
  for i = 1, #attributes, 2 do
    local key, value = attributes[i], attributes[i + 1]
    assert(svg.ATTRIBUTES[key], "attribute not allowed")
    if value then
      if type(value) == "number" then value = svg.number(value) end
      p[#p + 1] = ' ' .. key .. '="' .. escape(value) .. '"'
    end
  end
  p[#p + 1] = close
end

function svg:open(name, attributes)
  tag(self, name, attributes or {}, ">")
  self.stack[#self.stack + 1] = name
  return self
end

function svg:close()
  local name = table.remove(self.stack)
  self.parts[#self.parts + 1] = "</" .. name .. ">"
  return self
end

-- An element without content.
function svg:element(name, attributes)
  tag(self, name, attributes or {}, "/>")
  return self
end

function svg:text(s)
  self.parts[#self.parts + 1] = escape(s)
  return self
end

-- An element that holds only text.
function svg:leaf(name, attributes, s)
  return self:open(name, attributes):text(s):close()
end

-- A line is a text, or a list of runs {text, bold, italic, code}.
local function write_line(self, line)
  if type(line) == "string" then return self:text(line) end
  for _, run in ipairs(line) do
    if run.bold or run.italic or run.code then
      self:leaf("tspan", { "class", run.code and "dg-code" or false, "font-weight",
        run.bold and "bold" or false, "font-style", run.italic and "italic" or false }, run.text)
    else
      self:text(run.text)
    end
  end
  return self
end

-- Behind a line stands a blank, which moves what is centred by half of its width.
local HALF_BLANK = 2

local function is_centred(attributes)
  for i = 1, #attributes, 2 do
    if attributes[i] == "text-anchor" and attributes[i + 1] then return false end
  end
  return true
end

-- In a link the lines are underlined, not the blanks between them: a class says so.
local function mark_lines(list)
  for i = 1, #list, 2 do
    if list[i] == "class" then
      list[i + 1] = list[i + 1] and list[i + 1] .. " dg-lines" or "dg-lines"
      return
    end
  end
  list[#list + 1], list[#list + 2] = "class", "dg-lines"
end

-- Lines of text; `y` is the middle of the first line, `size` the font's when it is not 14.
function svg:lines(lines, x, y, line_height, attributes, size)
  if #lines == 0 then return self end
  local base = y + (size and size ~= 14 and size * 0.35 or 5)
  local shifted = #lines > 1 and is_centred(attributes) and x + HALF_BLANK or x
  local list = { "x", shifted, "y", base }
  for _, item in ipairs(attributes) do list[#list + 1] = item end
  if size and size ~= 14 then
    list[#list + 1], list[#list + 2] = "font-size", size
  end
  if #lines > 1 and self:is_in "a" then mark_lines(list) end
  self:open("text", list)
  if #lines == 1 then return write_line(self, lines[1]):close() end
  for i, line in ipairs(lines) do
    local place = { "x", i < #lines and shifted or x, "y", base + (i - 1) * line_height }
    -- The first line stands where the text begins.
    self:open("tspan", i > 1 and place or {})
    write_line(self, line):close()
    -- A space between lines, for those who copy the text or hear it read.
    if i < #lines then self:text(" ") end
  end
  return self:close()
end

-- Is such an element open?
function svg:is_in(name)
  for _, open in ipairs(self.stack) do
    if open == name then return true end
  end
  return false
end

-- Appends what another builder made.
function svg:add(other)
  assert(#other.stack == 0, "unclosed element")
  self.parts[#self.parts + 1] = table.concat(other.parts)
  return self
end

function svg:result()
  assert(#self.stack == 0, "unclosed element")
  return table.concat(self.parts)
end

return svg
