-- SPDX-License-Identifier: MIT
-- The outlines behind shapes.lua. Each has: size (label width, height) -> width, height; border (of
-- quoin.layout, default rect); shift (width, height) -> where the text's middle stands off the
-- box's; draw (pen, x, y, w, h). Signs, which hold no text, have sign (is_turned) -> width, height.
local outlines = {}

local SIDE, ABOVE = 28, 20 -- room around a text, both sides together
local WIDER = 1.08 -- long texts have more room: not every font is as narrow as Arial

local function around(dw, dh)
  return function(w, h) return w * WIDER + dw, h + dh end
end

local box_size = around(SIDE, ABOVE)

-- Outlines whose sides lean by a quarter of the height.
local function leaning(w, h)
  h = h + ABOVE
  return w * WIDER + 16 + h / 2, h
end

-- A line across inside an outline has no area, so one path can hold both.
outlines.rect = { size = box_size, draw = function(pen, x, y, w, h) pen:rect(x, y, w, h) end }
outlines.rounded = { size = box_size,
  draw = function(pen, x, y, w, h) pen:rect(x, y, w, h, 10) end }
outlines.stadium = { border = "stadium",
  size = function(w, h) return w * WIDER + 18 + (h + ABOVE) / 2, h + ABOVE end,
  draw = function(pen, x, y, w, h) pen:rect(x, y, w, h, h / 2) end }
outlines.subroutine = { size = around(SIDE + 14, ABOVE), draw = function(pen, x, y, w, h)
  pen:path("M", x, y, "h", w, "v", h, "h", -w, "zm8 0v", h, "m", w - 16, 0, "v", -h)
end }
outlines.text = { size = around(4, 4), least = 8, draw = function() end }

local function lid(w) return math.min(12, 4 + w / 20) end

local function cylinder(pen, x, y, w, h)
  local ry = lid(w)
  pen:path("M", x, y + ry, "a", w / 2, ry, " 0 0 1 ", w, " 0v", h - 2 * ry, "a", w / 2, ry,
    " 0 0 1 ", -w, " 0zm", w, 0, "a", w / 2, ry, " 0 0 1 ", -w, " 0")
end

outlines.cylinder = { size = function(w, h) return w * WIDER + SIDE, h + 14 + 3 * lid(w + SIDE) end,
  shift = function(w) return 0, lid(w) * 0.6 end, draw = cylinder }
outlines.lined_cylinder = {
  size = function(w, h) return w * WIDER + SIDE, h + 18 + 4 * lid(w + SIDE) end,
  shift = function(w) return 0, lid(w) end,
  draw = function(pen, x, y, w, h)
    cylinder(pen, x, y, w, h)
    local ry = lid(w)
    pen:as("dg-bare"):path("M", x, y + ry + 7, "a", w / 2, ry, " 0 0 0 ", w, " 0")
    pen:as()
  end }
outlines.lying_cylinder = {
  size = function(w, h) return w * WIDER + 18 + (h + ABOVE) * 0.6, h + ABOVE end,
  shift = function(_, h) return -h * 0.12, 0 end,
  draw = function(pen, x, y, w, h)
    local rx = h * 0.25
    pen:path("M", x + w - rx, y, "h", 2 * rx - w, "a", rx, h / 2, " 0 0 0 0 ", h, "h", w - 2 * rx,
      "a", rx, h / 2, " 0 0 0 0 ", -h, "zm0 0a", rx, h / 2, " 0 0 0 0 ", h)
  end }

local function circle_size(w, h)
  w = w * WIDER
  local d = math.sqrt(w * w + h * h) + 14
  return d, d
end

outlines.circle = { size = circle_size, border = "ellipse", draw = function(pen, x, y, w)
  pen:circle(x + w / 2, y + w / 2, w / 2)
end }
outlines.ellipse = { border = "ellipse",
  size = function(w, h) return w * WIDER * 1.3 + 24, h * 1.4 + 20 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y + h / 2, "a", w / 2, h / 2, " 0 1 0 ", w, " 0a", w / 2, h / 2, " 0 1 0 ", -w,
      " 0z")
  end }
outlines.doublecircle = { border = "ellipse",
  size = function(w, h)
    local d = circle_size(w, h) + 10
    return d, d
  end,
  draw = function(pen, x, y, w)
    pen:circle(x + w / 2, y + w / 2, w / 2)
    pen:circle(x + w / 2, y + w / 2, w / 2 - 5)
  end }

-- The text's corners touch the sides: w / width + h / height = 1.
outlines.diamond = { border = "diamond",
  size = function(w, h)
    local height = 2 * h + 22
    return (w * WIDER + 4) / (1 - (h + 2) / height), height
  end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x + w / 2, y, "l", w / 2, h / 2, -w / 2, h / 2, -w / 2, -h / 2, "z")
  end }
outlines.hexagon = { border = "hexagon", size = leaning, draw = function(pen, x, y, w, h)
  local d = h / 4
  pen:path("M", x + d, y, "h", w - 2 * d, "l", d, h / 2, -d, h / 2, "h", 2 * d - w, "l", -d, -h / 2,
    "z")
end }

-- Four corners: how far each stands in from its side.
local function four(border, top_left, top_right, bottom_right, bottom_left)
  return { border = border, size = leaning, draw = function(pen, x, y, w, h)
    local d = h / 4
    pen:path("M", x + top_left * d, y, "L", x + w - top_right * d, y, x + w - bottom_right * d,
      y + h, x + bottom_left * d, y + h, "z")
  end }
end

outlines.lean_right = four("lean_right", 1, 0, 1, 0)
outlines.lean_left = four("lean_left", 0, 1, 0, 1)
outlines.trapezoid = four("trapezoid", 1, 1, 0, 0)
outlines.inv_trapezoid = four("trapezoid_up", 0, 0, 1, 1)

outlines.odd = { size = function(w, h) return w * WIDER + 22 + (h + ABOVE) / 4, h + ABOVE end,
  shift = function(_, h) return h / 8, 0 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y, "h", w, "v", h, "h", -w, "l", h / 4, -h / 2, "z")
  end }
outlines.notched = { size = box_size, draw = function(pen, x, y, w, h)
  pen:path("M", x + 10, y, "h", w - 10, "v", h, "h", -w, "v", 10 - h, "z")
end }
outlines.lined = { size = around(SIDE + 8, ABOVE), shift = function() return 4, 0 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y, "h", w, "v", h, "h", -w, "zm8 0v", h)
  end }
outlines.divided = { size = around(SIDE, ABOVE + 10), shift = function() return 0, 5 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y, "h", w, "v", h, "h", -w, "zm0 10h", w)
  end }
outlines.window = { size = around(SIDE + 8, ABOVE + 8), shift = function() return 4, 4 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y, "h", w, "v", h, "h", -w, "zm0 8h", w, "M", x + 8, y, "v", h)
  end }
outlines.stack = { size = around(SIDE + 8, ABOVE + 8), shift = function() return -4, 4 end,
  draw = function(pen, x, y, w, h)
    for i = 2, 0, -1 do pen:rect(x + 4 * i, y + 8 - 4 * i, w - 8, h - 8) end
  end }
outlines.datastore = { size = box_size, draw = function(pen, x, y, w, h)
  pen:as("dg-no-line"):rect(x, y, w, h)
  pen:as("dg-bare"):path("M", x, y, "h", w, "m0 ", h, "h", -w)
  pen:as()
end }
outlines.tagged = { size = around(SIDE, ABOVE), draw = function(pen, x, y, w, h)
  pen:path("M", x, y, "h", w, "v", h, "h", -w, "zm", w - 12, h, "l12-12")
end }

local WAVE = 6 -- how far the foot of a document swings to both sides

local function document(pen, x, y, w, h, more, ...)
  pen:path("M", x, y, "h", w, "v", h - WAVE, "c", -w / 3, -3.2 * WAVE, -w * 2 / 3, 3.2 * WAVE, -w,
    0, "z", more or "", ...)
end

local document_size = around(SIDE, ABOVE + 2 * WAVE - 4)
local function document_shift() return 0, -WAVE + 1 end
outlines.document = { size = document_size, shift = document_shift, draw = document }
outlines.lined_document = { size = around(SIDE + 8, ABOVE + 2 * WAVE - 4),
  shift = function() return 4, -WAVE + 1 end,
  draw = function(pen, x, y, w, h) document(pen, x, y, w, h, "m8 0v", h - 2.5) end }
outlines.tagged_document = { size = around(SIDE + 6, ABOVE + 2 * WAVE), shift = document_shift,
  draw = function(pen, x, y, w, h)
    document(pen, x, y, w, h, "m", w, h - WAVE - 14, "l-16 10")
  end }
outlines.documents = { size = around(SIDE + 8, ABOVE + 2 * WAVE + 4),
  shift = function() return -4, 4 - WAVE + 1 end,
  draw = function(pen, x, y, w, h)
    for i = 2, 0, -1 do document(pen, x + 4 * i, y + 8 - 4 * i, w - 8, h - 8) end
  end }
outlines.flag = { size = around(SIDE, ABOVE + 3 * WAVE - 2), draw = function(pen, x, y, w, h)
  local a, b, c = w / 3, w * 2 / 3, 3.2 * WAVE
  pen:path("M", x, y + WAVE, "c", a, c, b, -c, w, 0, "v", h - 2 * WAVE, "c", -a, -c, -b, c, -w, 0,
    "z")
end }

outlines.delay = { size = function(w, h) return w * WIDER + 18 + (h + ABOVE) / 3, h + ABOVE end,
  shift = function(_, h) return -h / 10, 0 end,
  draw = function(pen, x, y, w, h)
    local r = h / 2
    pen:path("M", x, y, "h", w - r, "a", r, r, " 0 0 1 0 ", h, "h", r - w, "z")
  end }
outlines.display = { size = function(w, h) return w * WIDER + 22 + (h + ABOVE) * 0.6, h + ABOVE end,
  draw = function(pen, x, y, w, h)
    local d, r = h / 3, h * 0.3
    pen:path("M", x, y + h / 2, "l", d, -h / 2, "h", w - d - r, "a", r, h / 2, " 0 0 1 0 ", h, "h",
      d + r - w, "z")
  end }
outlines.bow = { size = function(w, h) return w * WIDER + 18 + (h + ABOVE) * 0.5, h + ABOVE end,
  draw = function(pen, x, y, w, h)
    local r = h / 5
    pen:path("M", x + r, y, "h", w - r, "a", r, h / 2, " 0 0 0 0 ", h, "h", r - w, "a", r, h / 2,
      " 0 0 1 0 ", -h, "z")
  end }
outlines.sloped = { size = around(SIDE, ABOVE + 10), shift = function() return 0, 5 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y + 12, "l", w, -12, "v", h, "h", -w, "z")
  end }
outlines.pentagon = { size = box_size, draw = function(pen, x, y, w, h)
  pen:path("M", x + 10, y, "h", w - 20, "l10 10v", h - 10, "h", -w, "v", 10 - h, "z")
end }

-- The text stands in the wide half.
local function triangle_size(w, h)
  return (w + 16) * 1.6 + h / 2, (h + 10) * 2.2
end

outlines.triangle = { border = "triangle", size = triangle_size,
  shift = function(_, h) return 0, h * 0.22 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x + w / 2, y, "l", w / 2, h, "h", -w, "z")
  end }
outlines.flipped_triangle = { size = triangle_size, shift = function(_, h) return 0, -h * 0.22 end,
  draw = function(pen, x, y, w, h)
    pen:path("M", x, y, "h", w, "l", -w / 2, h, "z")
  end }

local function left_brace(pen, x, y, h)
  pen:path("M", x + 10, y, "c-8 0-5 ", h / 2, -10, h / 2, "c5 0 2 ", h / 2, 10, h / 2)
end

local function right_brace(pen, x, y, h)
  pen:path("M", x - 10, y, "c8 0 5 ", h / 2, 10, h / 2, "c-5 0-2 ", h / 2, -10, h / 2)
end

outlines.brace = { size = around(26, 12), shift = function() return 6, 0 end,
  draw = function(pen, x, y, _, h) left_brace(pen:as("dg-bare"), x, y, h) end }
outlines.brace_right = { size = around(26, 12), shift = function() return -6, 0 end,
  draw = function(pen, x, y, w, h) right_brace(pen:as("dg-bare"), x + w, y, h) end }
outlines.braces = { size = around(38, 12), draw = function(pen, x, y, w, h)
  pen:as("dg-bare")
  left_brace(pen, x, y, h)
  right_brace(pen, x + w, y, h)
end }

-- Points around an ellipse, even ones further out by `swing`.
local function ring(count, x, y, w, h, swing)
  local list = {}
  for i = 0, count - 1 do
    local a = 2 * math.pi * i / count
    local grow = i % 2 == 0 and 1 or swing
    list[i + 1] = { x + w / 2 + math.cos(a) * w / 2 * grow, y + h / 2 + math.sin(a) * h / 2 * grow }
  end
  return list
end

outlines.cloud = { border = "ellipse", size = function(w, h) return w * 1.3 + 40, h * 1.5 + 36 end,
  draw = function(pen, x, y, w, h)
    local points = ring(8, x + 6, y + 6, w - 12, h - 12, 1)
    local parts = { "M", points[1][1], points[1][2] }
    for i = 2, 9 do
      local a, b = points[i - 1], points[(i - 1) % 8 + 1]
      local r = math.sqrt((b[1] - a[1]) ^ 2 + (b[2] - a[2]) ^ 2) * 0.6
      for _, part in ipairs { "A", r, r, " 0 0 1 ", b[1], b[2] } do parts[#parts + 1] = part end
    end
    pen:path(table.unpack(parts))
  end }
outlines.bang = { border = "ellipse", size = function(w, h) return w * 1.5 + 44, h * 1.7 + 44 end,
  draw = function(pen, x, y, w, h)
    local points = ring(24, x, y, w, h, 0.84)
    local parts = { "M", points[1][1], points[1][2], "L" }
    for i = 2, 24 do
      parts[#parts + 1], parts[#parts + 2] = points[i][1], points[i][2]
    end
    parts[#parts + 1] = "z"
    pen:path(table.unpack(parts))
  end }

local function sign(w, h, border, draw)
  return { border = border, sign = function() return w, h end, draw = draw }
end

local function solid_circle(pen, x, y, w)
  pen:as("dg-solid"):circle(x + w / 2, y + w / 2, w / 2)
  pen:as()
end

outlines.dot = sign(14, 14, "ellipse", solid_circle)
outlines.small_circle = sign(18, 18, "ellipse", function(pen, x, y, w)
  pen:circle(x + w / 2, y + w / 2, w / 2)
end)
outlines.framed_circle = sign(20, 20, "ellipse", function(pen, x, y, w)
  pen:circle(x + w / 2, y + w / 2, w / 2)
  solid_circle(pen, x + 5, y + 5, w - 10)
end)
outlines.crossed_circle = sign(38, 38, "ellipse", function(pen, x, y, w)
  pen:circle(x + w / 2, y + w / 2, w / 2)
  local d = w / 2 * 0.7071
  pen:as("dg-bare"):path("M", x + w / 2 - d, y + w / 2 - d, "l", 2 * d, 2 * d, "m0 ", -2 * d, "l",
    -2 * d, 2 * d)
  pen:as()
end)
outlines.hourglass = sign(32, 36, "rect", function(pen, x, y, w, h)
  pen:path("M", x, y, "h", w, "l", -w, h, "h", w, "z")
end)
outlines.bolt = sign(30, 44, "rect", function(pen, x, y, w, h)
  pen:path("M", x + w * 0.62, y, "L", x, y + h * 0.56, "h", w * 0.5, "l", -w * 0.12, h * 0.44, "L",
    x + w, y + h * 0.42, "h", -w * 0.5, "z")
end)
outlines.bar = { border = "rect",
  sign = function(is_turned)
    if is_turned then return 8, 70 end
    return 70, 8
  end,
  draw = function(pen, x, y, w, h)
    pen:as("dg-solid"):rect(x, y, w, h, 3)
    pen:as()
  end }

return outlines
