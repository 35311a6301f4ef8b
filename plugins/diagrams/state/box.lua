-- SPDX-License-Identifier: MIT
-- The shapes of states: rounded boxes, boxes with a description below the name, and the signs for
-- start, end, choice, fork and join. Each gives a node for graph.lua.
local frames = require "frames"
local label = require "label"
local path = require "path"
local shapes = require "shapes"
local style = require "style"

local RADIUS = 10
local LIMIT = 200
local BAR, BAR_LENGTH, PER_EDGE = 8, 70, 34

-- Circles {radius, class}, one in the other.
local function rings(size, list)
  return function()
    return { width = size, height = size, border = "ellipse", draw = function(out, box)
      for _, ring in ipairs(list) do
        out:element("circle", { "class", ring[2] or false, "cx", box.x + size / 2, "cy",
          box.y + size / 2, "r", ring[1] })
      end
    end }
  end
end

local function choice(state)
  local look, size = style.read(state.style), 32
  return { width = size, height = size, border = "diamond", tone = style.tone(look),
    draw = function(out, box)
      local list, half = style.shape(look), size / 2
      list[#list + 1] = "d"
      list[#list + 1] = path.join("M", box.x + half, box.y, "l", half, half, "l", -half, half, "l",
        -half, -half, "z")
      out:element("path", list)
    end }
end

-- Lies across the direction that transitions run in, and is as long as they need.
local function bar(state, direction)
  local length = math.max(BAR_LENGTH, PER_EDGE * math.max(state.count_in, state.count_out))
  local is_upright = direction == "LR" or direction == "RL"
  local width, height = is_upright and BAR or length, is_upright and length or BAR
  return { width = width, height = height, draw = function(out, box)
    out:element("rect", { "class", "dg-solid", "x", box.x, "y", box.y, "width", width, "height",
      height, "rx", 3 })
  end }
end

local function outline(out, box, look)
  local list = style.shape(look)
  for _, item in ipairs { "x", box.x, "y", box.y, "width", box.width, "height", box.height, "rx",
    look and look.radius or RADIUS } do
    list[#list + 1] = item
  end
  out:element("rect", list)
end

-- Bold letters are wider.
local function widened(width, look)
  return look and look.is_bold and math.ceil(width * 1.1) or width
end

local function plain(state)
  local look = style.read(state.style)
  local l = label.new(state.show, LIMIT, { markdown = state.descr ~= nil })
  local width, height = shapes.size("rounded", l)
  return { width = math.max(50, widened(width, look)), height = height,
    tone = style.tone(look), draw = function(out, box)
      outline(out, box, look)
      label.draw(out, l, box.x + box.width / 2, box.y + box.height / 2, style.text(look))
    end }
end

local function with(attributes, ...)
  for _, item in ipairs { ... } do attributes[#attributes + 1] = item end
  return attributes
end

-- The name above a line, the description below it.
local function described(state)
  local look = style.read(state.style)
  local name = label.new(state.show, LIMIT + 40, { markdown = true })
  local more = label.new(state.show_more, LIMIT + 60, { markdown = true, size = 13 })
  local top = name.height + 14
  local width = math.max(60, frames.room(name.width) + 24, frames.room(more.width) + 24)
  return { width = widened(width, look), height = top + more.height + 14, tone = style.tone(look),
    draw = function(out, box)
      outline(out, box, look)
      out:element("path", with(style.line(look), "d", path.join("M", box.x, box.y + top, "h",
        box.width)))
      label.draw(out, name, box.x + box.width / 2, box.y + top / 2, style.text(look))
      frames.aside(out, label.draw, out, more, box.x + 12, box.y + top + 7 + more.height / 2,
        with(style.text(look), "text-anchor", "start"))
    end }
end

local SHAPES = { stateStart = rings(16, { { 8, "dg-solid" } }),
  stateEnd = rings(22, { { 11 }, { 6.5, "dg-solid" } }), choice = choice, fork = bar, join = bar }

-- `direction` of what the state stands in.
return function(state, direction)
  local shape = SHAPES[state.shape]
  if shape then return shape(state, direction) end
  if (state.show_more or "") ~= "" then return described(state) end
  return plain(state)
end
