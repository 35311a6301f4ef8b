-- SPDX-License-Identifier: MIT
-- Colours as authors write them (names, #hex, rgb(), hsl(), with alpha): read into numbers, never
-- passed through as text. Also says whether black or white text is readable on a colour.
local colour = {}

local NAMES = {}
for name, hex in ([[
aliceblue=f0f8ff antiquewhite=faebd7 aqua=00ffff aquamarine=7fffd4 azure=f0ffff beige=f5f5dc
bisque=ffe4c4 black=000000 blanchedalmond=ffebcd blue=0000ff blueviolet=8a2be2 brown=a52a2a
burlywood=deb887 cadetblue=5f9ea0 chartreuse=7fff00 chocolate=d2691e coral=ff7f50
cornflowerblue=6495ed cornsilk=fff8dc crimson=dc143c cyan=00ffff darkblue=00008b darkcyan=008b8b
darkgoldenrod=b8860b darkgray=a9a9a9 darkgreen=006400 darkgrey=a9a9a9 darkkhaki=bdb76b
darkmagenta=8b008b darkolivegreen=556b2f darkorange=ff8c00 darkorchid=9932cc darkred=8b0000
darksalmon=e9967a darkseagreen=8fbc8f darkslateblue=483d8b darkslategray=2f4f4f
darkslategrey=2f4f4f darkturquoise=00ced1 darkviolet=9400d3 deeppink=ff1493 deepskyblue=00bfff
dimgray=696969 dimgrey=696969 dodgerblue=1e90ff firebrick=b22222 floralwhite=fffaf0
forestgreen=228b22 fuchsia=ff00ff gainsboro=dcdcdc ghostwhite=f8f8ff gold=ffd700 goldenrod=daa520
gray=808080 green=008000 greenyellow=adff2f grey=808080 honeydew=f0fff0 hotpink=ff69b4
indianred=cd5c5c indigo=4b0082 ivory=fffff0 khaki=f0e68c lavender=e6e6fa lavenderblush=fff0f5
lawngreen=7cfc00 lemonchiffon=fffacd lightblue=add8e6 lightcoral=f08080 lightcyan=e0ffff
lightgoldenrodyellow=fafad2 lightgray=d3d3d3 lightgreen=90ee90 lightgrey=d3d3d3 lightpink=ffb6c1
lightsalmon=ffa07a lightseagreen=20b2aa lightskyblue=87cefa lightslategray=778899
lightslategrey=778899 lightsteelblue=b0c4de lightyellow=ffffe0 lime=00ff00 limegreen=32cd32
linen=faf0e6 magenta=ff00ff maroon=800000 mediumaquamarine=66cdaa mediumblue=0000cd
mediumorchid=ba55d3 mediumpurple=9370db mediumseagreen=3cb371 mediumslateblue=7b68ee
mediumspringgreen=00fa9a mediumturquoise=48d1cc mediumvioletred=c71585 midnightblue=191970
mintcream=f5fffa mistyrose=ffe4e1 moccasin=ffe4b5 navajowhite=ffdead navy=000080 oldlace=fdf5e6
olive=808000 olivedrab=6b8e23 orange=ffa500 orangered=ff4500 orchid=da70d6 palegoldenrod=eee8aa
palegreen=98fb98 paleturquoise=afeeee palevioletred=db7093 papayawhip=ffefd5 peachpuff=ffdab9
peru=cd853f pink=ffc0cb plum=dda0dd powderblue=b0e0e6 purple=800080 rebeccapurple=663399
red=ff0000 rosybrown=bc8f8f royalblue=4169e1 saddlebrown=8b4513 salmon=fa8072 sandybrown=f4a460
seagreen=2e8b57 seashell=fff5ee sienna=a0522d silver=c0c0c0 skyblue=87ceeb slateblue=6a5acd
slategray=708090 slategrey=708090 snow=fffafa springgreen=00ff7f steelblue=4682b4 tan=d2b48c
teal=008080 thistle=d8bfd8 tomato=ff6347 turquoise=40e0d0 violet=ee82ee wheat=f5deb3 white=ffffff
whitesmoke=f5f5f5 yellow=ffff00 yellowgreen=9acd32
]]):gmatch("(%a+)=(%x+)") do
  NAMES[name] = hex
end

local function clamp(n, low, high)
  return n < low and low or n > high and high or n
end

local function from_hex(hex)
  if #hex == 3 or #hex == 4 then hex = hex:gsub("%x", "%0%0") end
  if #hex ~= 6 and #hex ~= 8 then return nil end
  local function part(i) return tonumber(hex:sub(i, i + 1), 16) end
  return { r = part(1), g = part(3), b = part(5), a = #hex == 8 and part(7) / 255 or 1 }
end

-- "12", "50%", ".5", "120deg" -> number; percentages are of `whole`.
local function number(text, whole)
  local digits, unit = text:match("^([+-]?%d*%.?%d+)(%D*)$")
  local n = tonumber(digits)
  if not n then return nil end
  if unit == "%" then return n * whole / 100 end
  if unit == "" or unit == "deg" then return n end
  return nil
end

local function from_hsl(h, s, l)
  h = h % 360 / 360
  local q = l < 0.5 and l * (1 + s) or l + s - l * s
  local p = 2 * l - q
  local function channel(t)
    t = t % 1
    if t < 1 / 6 then return p + (q - p) * 6 * t end
    if t < 1 / 2 then return q end
    if t < 2 / 3 then return p + (q - p) * (2 / 3 - t) * 6 end
    return p
  end
  return channel(h + 1 / 3) * 255, channel(h) * 255, channel(h - 1 / 3) * 255
end

local function from_function(name, arguments)
  local parts = {}
  for part in arguments:gmatch("[^%s,/]+") do parts[#parts + 1] = part end
  if #parts < 3 or #parts > 4 then return nil end
  local alpha = parts[4] and number(parts[4], 1) or 1
  local is_rgb = name:sub(1, 3) == "rgb"
  local x = number(parts[1], is_rgb and 255 or 360)
  local y = number(parts[2], is_rgb and 255 or 1)
  local z = number(parts[3], is_rgb and 255 or 1)
  if not (x and y and z) then return nil end
  if not is_rgb then x, y, z = from_hsl(x, clamp(y, 0, 1), clamp(z, 0, 1)) end
  local function channel(n) return math.floor(clamp(n, 0, 255) + 0.5) end
  return { r = channel(x), g = channel(y), b = channel(z), a = clamp(alpha, 0, 1) }
end

-- {r, g, b in 0-255, a in 0-1}, or nil when the text is no colour.
function colour.parse(text)
  if #text > 64 then return nil end
  local t = text:lower():gsub("^%s+", ""):gsub("%s+$", "")
  if t == "transparent" then return { r = 0, g = 0, b = 0, a = 0 } end
  if NAMES[t] then return from_hex(NAMES[t]) end
  local hex = t:match("^#(%x+)$")
  if hex then return from_hex(hex) end
  local name, arguments = t:match("^(%a+)%s*%(([^()]*)%)$")
  if name == "rgb" or name == "rgba" or name == "hsl" or name == "hsla" then
    return from_function(name, arguments)
  end
  return nil
end

-- "#rrggbb" and the opacity as text, nil when it is opaque.
function colour.attributes(c)
  local hex = ("#%02x%02x%02x"):format(c.r, c.g, c.b)
  if c.a >= 1 then return hex end
  local hundredths = math.floor(c.a * 100 + 0.5)
  return hex, ("%d.%02d"):format(hundredths // 100, hundredths % 100)
end

-- Relative luminance of an opaque colour, 0 to 1.
function colour.luminance(c)
  local function linear(n)
    n = n / 255
    return n <= 0.03928 and n / 12.92 or ((n + 0.055) / 1.055) ^ 2.4
  end
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b)
end

-- Contrast of two opaque colours, 1 to 21.
function colour.contrast(a, b)
  local x, y = colour.luminance(a), colour.luminance(b)
  return (math.max(x, y) + 0.05) / (math.min(x, y) + 0.05)
end

-- "dg-on-light" or "dg-on-dark": which palette is readable on this fill. At the threshold both
-- black and white have a contrast of 4.58. Nil for weak tints: there the page's colours stay.
function colour.tone(c)
  if c.a < 0.5 then return nil end
  return colour.luminance(c) > 0.179 and "dg-on-light" or "dg-on-dark"
end

return colour
