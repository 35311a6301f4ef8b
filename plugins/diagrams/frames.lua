-- SPDX-License-Identifier: MIT
-- Boxes with a name on top and compartments below: classes and entities; and notes with a folded
-- corner. Coordinates are those of the box that the layout gave.
local label = require "label"
local path = require "path"
local style = require "style"

local frames = {}

local CORNER = 4
local FOLD = 8

-- A font that is wider than Arial must still find room: texts that begin at the left have it at
-- their right.
function frames.room(width)
  return math.ceil(width * 1.13)
end

local function with(attributes, d)
  attributes[#attributes + 1], attributes[#attributes + 2] = "d", d
  return attributes
end

-- The band of the name, as high as `top`, and the body below with rules at `lines` (heights from
-- the top of the box); no body when the band is the whole box. `look` is from style.read or nil.
function frames.draw(out, box, top, lines, look)
  local x, y, w, h = box.x, box.y, box.width, box.height
  if top >= h then
    local attributes = style.shape(look)
    for _, item in ipairs { "x", x, "y", y, "width", w, "height", h, "rx", CORNER } do
      attributes[#attributes + 1] = item
    end
    out:element("rect", attributes)
    return
  end
  local c = CORNER
  local corner = path.join("q", c, 0, c, c)
  out:element("path", with(style.shape(look), path.join("M", x, y + top, "v", c - top, "q", 0, -c, c,
    -c, "h", w - 2 * c, corner, "v", top - c, "z")))
  local body = { path.join("M", x, y + top, "h", w, "v", h - top - c, "q", 0, c, -c, c, "h",
    2 * c - w, "q", -c, 0, -c, -c, "z") }
  for _, at in ipairs(lines) do body[#body + 1] = path.join("M", x, y + at, "h", w) end
  out:element("path", with(style.shape(look, "dg-body"), table.concat(body)))
end

-- What `draw` writes beside the name of a box: in a linked box only the name looks like a link.
-- `out` is false for the name.
function frames.aside(out, draw, ...)
  local is_linked = out and out:is_in "a"
  if is_linked then out:open("g", { "class", "dg-rows" }) end
  draw(...)
  if is_linked then out:close() end
end

-- The size of a note with this label.
function frames.note_size(l)
  return frames.room(l.width) + 16 + FOLD, l.height + 16
end

function frames.note(out, box, l)
  local x, y, w, h = box.x, box.y, box.width, box.height
  out:element("path", { "class", "dg-paper", "d", path.join("M", x, y, "h", w - FOLD, "l", FOLD,
    FOLD, "v", h - FOLD, "h", -w, "z", "M", x + w - FOLD, y, "v", FOLD, "h", FOLD) })
  label.draw(out, l, x + 8, y + h / 2, { "text-anchor", "start" })
end

-- Look of something with style classes: those called "default" and its own, then its own styles.
function frames.look(definitions, css, styles)
  local all = {}
  local function add(list)
    for _, declaration in ipairs(list or {}) do all[#all + 1] = declaration end
  end
  add(definitions.default)
  for _, name in ipairs(css) do add(definitions[name]) end
  add(styles)
  return #all > 0 and style.read(all) or nil
end

return frames
