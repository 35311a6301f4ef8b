-- SPDX-License-Identifier: MIT
-- Graphviz blocks: the optional dot program lays the graph out, its JSON is read back and drawn
-- with our own elements and classes. Nothing that it prints reaches the page as markup.
local svg = require "svg"
local colour = require "colour"
local links = require "links"
local source = require "dot.source"

local dot = {}
local number = svg.number

-- A colour of the output; nil for black and light grey, which mean that the author chose none.
local function user_colour(op)
  local value = op.color or (op.stops and op.stops[1] and op.stops[1].color)
  local c = type(value) == "string" and colour.parse(value)
  if not c then return nil end
  local hex, opacity = colour.attributes(c)
  if hex == "#000000" or hex == "#d3d3d3" then return nil end
  return { hex = hex, opacity = opacity, value = c }
end

local function point(d, p)
  return number(p[1] - d.left), number(d.top - p[2])
end

local function points(d, list)
  local out = {}
  for i, p in ipairs(list) do
    local x, y = point(d, p)
    out[i] = x .. "," .. y
  end
  return table.concat(out, " ")
end

local function curve(d, list)
  local out = {}
  for i, p in ipairs(list) do
    local x, y = point(d, p)
    out[i] = (i == 1 and "M" or i == 2 and "C" or "") .. x .. " " .. y
  end
  return table.concat(out, " ")
end

local DASHES = { dashed = "6 4", dotted = "2 3" }

-- Attributes of one shape from the pen's state. `class` is nil inside a group that has one.
local function look(state, filled, class)
  local classes, list = class or "", {}
  local fill, pen = filled and state.fill, state.pen
  if fill then classes = classes .. " dg-user" end
  if pen then classes = classes .. " dg-pen" end
  list[1], list[2] = "class", classes ~= "" and classes:gsub("^ ", "") or false
  local function add(name, value) list[#list + 1], list[#list + 2] = name, value or false end
  if fill then
    add("fill", fill.hex)
    add("fill-opacity", fill.opacity)
  elseif not filled and class ~= "dg-edge" then
    add("fill", false)
  end
  add("stroke", pen and pen.hex)
  add("stroke-dasharray", state.dash)
  add("stroke-width", state.width)
  return list
end

local function with(list, ...)
  local more = { ... }
  for i = 1, #more do list[#list + 1] = more[i] end
  return list
end

local draw_ops = {}

function draw_ops.ellipse(d, op, list)
  local x, y = point(d, op.rect)
  d.out:element("ellipse", with(list, "cx", x, "cy", y, "rx", op.rect[3], "ry", op.rect[4]))
end

function draw_ops.polygon(d, op, list)
  d.out:element("polygon", with(list, "points", points(d, op.points)))
end

function draw_ops.polyline(d, op, list)
  d.out:element("polyline", with(list, "points", points(d, op.points)))
end

function draw_ops.spline(d, op, list)
  d.out:element("path", with(list, "d", curve(d, op.points)))
end

local SHAPES = { e = "ellipse", E = "ellipse", p = "polygon", P = "polygon", L = "polyline",
  b = "spline", B = "spline" }
local ANCHORS = { l = "start", r = "end" }

local function draw_text(d, op, state)
  local x, y = point(d, op.pt)
  local pen = state.pen
  local on = d.surface
  local readable = pen and on and colour.contrast(pen.value, on) >= 4.5
  d.out:leaf("text", { "class", readable and "dg-user" or false, "x", x, "y", y, "text-anchor",
    ANCHORS[op.align] or false, "font-size", number(state.size), "fill",
    readable and pen.hex or false }, op.text)
end

-- All operations of one list; `class` is for shapes, or nil where the group has one. Tables in labels
-- are drawn over their texts, so only what the author fills is filled there.
local function draw_list(d, list, class, is_label)
  local state = { size = 14 }
  for _, op in ipairs(list or {}) do
    local kind = op.op
    if kind == "c" then state.pen = user_colour(op)
    elseif kind == "C" then state.fill = user_colour(op)
    elseif kind == "F" then state.size = op.size
    elseif kind == "S" then
      state.dash = DASHES[op.style] or state.dash
      local width = op.style:match("^setlinewidth%(([%d.]+)%)$")
      state.width = width and number(math.min(12, tonumber(width) or 1))
        or (op.style == "bold" and "2.5") or state.width
    elseif kind == "T" then draw_text(d, op, state)
    elseif SHAPES[kind] then
      local filled = kind == "E" or kind == "P" or kind == "B" and class ~= "dg-edge"
      if is_label then class = filled and "" or "dg-bare" end
      draw_ops[SHAPES[kind]](d, op, look(state, filled, class))
    end
  end
end

-- The fill that texts of an object stand on.
local function surface(object)
  for _, op in ipairs(object._draw_ or {}) do
    if op.op == "C" then
      local c = user_colour(op)
      return c and c.value.a >= 0.5 and c.value or nil
    end
  end
end

-- The address of a node, an edge or a cluster, as a page may have it.
local function href_of(d, object)
  local url = object.URL or object.href
  if not url then return nil end
  local part, told = {}, {}
  links.put(told, part, url, object.name or "an edge", 1)
  for _, finding in ipairs(told.findings or {}) do d.block:report(finding) end
  if d.resolve then links.resolve(told, d.resolve) end
  return part.href
end

local function in_link(d, object, draw)
  local href = href_of(d, object)
  if href then
    d.has_links = true
    d.out:open("a", { "href", href })
  end
  draw()
  if href then d.out:close() end
end

local function draw_object(d, object, class)
  in_link(d, object, function()
    d.surface = surface(object)
    local tone = d.surface and colour.tone(d.surface)
    d.out:open("g", { "class", tone and class .. " " .. tone or class })
    draw_list(d, object._draw_)
    draw_list(d, object._ldraw_, nil, true)
    d.out:close()
    d.surface = nil
  end)
end

local function draw_edge(d, edge)
  in_link(d, edge, function()
    d.out:open("g", {})
    draw_list(d, edge._draw_, "dg-edge")
    draw_list(d, edge._hdraw_, "dg-head")
    draw_list(d, edge._tdraw_, "dg-head")
    draw_list(d, edge._ldraw_)
    draw_list(d, edge._hldraw_)
    draw_list(d, edge._tldraw_)
    d.out:close()
  end)
end

local function is_cluster(object)
  return object.bb ~= nil
end

local function picture(model, block, context)
  local x1, y1, x2, y2 = (model.bb or ""):match("^([-%d.e+]+),([-%d.e+]+),([-%d.e+]+),([-%d.e+]+)$")
  x1, y1, x2, y2 = tonumber(x1), tonumber(y1), tonumber(x2), tonumber(y2)
  if not (x1 and y1 and x2 and y2) then return nil end
  local d = { out = svg.new(), left = x1, top = y2, block = block,
    resolve = context.resolve }
  for _, object in ipairs(model.objects or {}) do
    if is_cluster(object) then draw_object(d, object, "dg-group") end
  end
  for _, edge in ipairs(model.edges or {}) do draw_edge(d, edge) end
  for _, object in ipairs(model.objects or {}) do
    if not is_cluster(object) then draw_object(d, object, "dg-node") end
  end
  draw_list(d, model._ldraw_)
  return { body = d.out, x = -8, y = -8, width = math.ceil(x2 - x1) + 16,
    height = math.ceil(y2 - y1) + 16, has_links = d.has_links }
end

local noted, noted_number -- page and block that had the notice; a lower number is a new rendering

local function report_failure(block, page, why, said)
  if why == "missing" or why == "forbidden" then
    if noted == page.path and block.number > noted_number then return end
    noted, noted_number = page.path, block.number
    block:report { code = "no-dot", line = 1, severity = "info",
      message = ("Graphviz diagrams are shown as text: the program 'dot' is %s"):format(
        why == "missing" and "not there" or "not allowed here"),
      hint = "install Graphviz and allow 'dot' under allow_programs" }
    return
  end
  said = said or ""
  local line = tonumber(said:match("in line (%d+)")) or 1
  local near = said:match("near '([^'\n]*)'")
  block:report { code = "syntax", line = line,
    message = near and near ~= "" and ("dot cannot read this near '%s'"):format(near)
      or "dot cannot read this graph" }
end

-- A picture and the graph as read; nil when there is none to show. `context` is block.context's.
function dot.draw(block, page, context)
  local out, why, said = quoin.run("dot", { "-Tjson", "-Gfontname=Arial", "-Nfontname=Arial",
    "-Efontname=Arial", "-Nmargin=0.18,0.09" }, source.harmless(block.text))
  if not out then
    report_failure(block, page, why, said)
    return nil
  end
  local model = quoin.parse_json(out)
  local drawn = type(model) == "table" and picture(model, block, context)
  if not drawn then
    report_failure(block, page, "failed", said)
    return nil
  end
  return drawn, model
end

return dot
