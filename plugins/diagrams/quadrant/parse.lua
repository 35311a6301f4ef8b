-- SPDX-License-Identifier: MIT
-- Reads a Mermaid quadrant chart: axes, names of quadrants, points with their styles and classes.
-- Handlers get (state, the words behind, their column) and return what is wrong, column and hint.
local text = require "text"
local colour = require "colour"
local accessible = require "accessible"

local MAX_POINTS = 300
local WIDEST = 12 -- of a stroke, in pixels

local function lenient(state, column, what, hint)
  table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. what, hint = hint })
end

local function named(raw)
  raw = raw:match('^"`(.*)`"$') or raw
  return { label = text.label(raw), show = text.display(raw) }
end

-- One text: in quotes, or plain words.
local function read_text(state, s, column)
  s = text.trim(s)
  local inside = s:match('^"([^"]*)"$')
  if inside then return named(inside:match("^`(.*)`$") or inside) end
  if s:find('^"') then return nil, "this string is not closed", column, "add a quote" end
  local bad = s:find("[(){}<>|@^~%[%]:]")
  if bad then
    lenient(state, column + bad - 1, ("'%s' stands outside of quotes"):format(s:sub(bad, bad)),
      "quote this label")
  end
  return named(s)
end

local handlers = {}

function handlers.title(state, s)
  state.model.title = text.label(s)
  state.model.title_show = text.display(s)
end

-- "A --> B", "A -->", "A"; an arrow inside of quotes is none.
local function split_axis(s)
  local quoted_end = s:match('^%s*"[^"]*"()') or 1
  local from, to = s:find("-->", quoted_end, true)
  if not from then return s end
  while s:sub(from - 1, from - 1) == "-" do from = from - 1 end
  return s:sub(1, from - 1), s:sub(to + 1), to + 1
end

local function axis(key)
  return function(state, s, column)
    local before, behind, at = split_axis(s)
    if not before:find("%S") then return "the text of the axis is missing", column end
    local first, problem, place, hint = read_text(state, before, column)
    if not first then return problem, place, hint end
    local second
    if behind and behind:find("%S") then
      second, problem, place, hint = read_text(state, behind, column + at - 1)
      if not second then return problem, place, hint end
    elseif behind then
      first.label, first.show = first.label .. " ⟶", first.show .. " ⟶"
    end
    local axes = state.model.axes
    axes[key] = { first, second or axes[key] and axes[key][2] }
  end
end

handlers["x-axis"], handlers["y-axis"] = axis "x", axis "y"

for i = 1, 4 do
  handlers["quadrant-" .. i] = function(state, s, column)
    if not s:find("%S") then return "the name of the quadrant is missing", column end
    local name, problem, place, hint = read_text(state, s, column)
    if not name then return problem, place, hint end
    state.model.quadrants[i] = name
  end
end

local readers = {}

function readers.radius(look, value)
  local n = tonumber(value)
  if not n then return "a radius is a number", "for example 'radius: 10'" end
  look.radius = math.max(2, math.min(n, 30))
end

local function color_reader(key)
  return function(look, value)
    look[key] = colour.parse(value) or colour.parse("#" .. value)
    if not look[key] then
      return ("'%s' is no colour"):format(value), "for example '#ff0000'"
    end
  end
end

readers.color, readers["stroke-color"] = color_reader "fill", color_reader "stroke"

readers["stroke-width"] = function(look, value)
  local n = tonumber(value:match("^([%d.]+)px$") or value)
  if not n then return "a stroke is measured in pixels", "for example 'stroke-width: 3px'" end
  look.width = math.min(n, WIDEST)
end

-- "radius: 12, color: #f00" into `look`. What is wrong, where, hint.
local function read_styles(s, column, look)
  for at, piece in s:gmatch("()([^,]*)") do
    if piece:find("%S") then
      local name, value = piece:match("^%s*([%a-]+)%s*:%s*(.-)%s*$")
      local place = column + at - 1 + #piece:match("^%s*")
      local reader = name and readers[name:lower()]
      if not reader then
        return ("'%s' is no style of a point"):format(text.trim(name or piece)), place,
          "the styles are radius, color, stroke-color and stroke-width"
      end
      local problem, hint = reader(look, (value:gsub("\1", "#"):gsub("\2", "")))
      if problem then return problem, place, hint end
    end
  end
end

function handlers.classdef(state, s, column)
  local name, styles, at = s:match("^([%w_-]+)%s+()(.*)$")
  styles, at = at, styles
  if not name then
    return "a class reads 'classDef name color: #ff0000'", column
  end
  local look = {}
  local problem, place, hint = read_styles(styles, column + at - 1, look)
  if problem then return problem, place, hint end
  state.model.classes[name] = look
end

-- A coordinate; GitHub takes only "1", "0" and "0.5".
local function coordinate(state, s, column)
  local n = s:find("^[+-]?%d*%.?%d*$") and tonumber(s)
  if not n then return nil, "a point needs two numbers", column, "write '[0.3, 0.6]'" end
  if n < 0 or n > 1 then
    return nil, ("%s is outside of the chart"):format(s), column, "points go from 0 to 1"
  end
  if not (s == "0" or s == "1" or s:find("^0%.%d+$")) then
    lenient(state, column, ("the number '%s'"):format(s), "write 0, 1 or 0.5")
  end
  return n
end

local function read_point(state, s, column)
  local colon, from = s:match("():%s*%[()")
  local before = text.trim(s:sub(1, colon - 1))
  local inside, behind = s:match("^([^%]]*)%]()", from)
  if not inside then
    return "the ']' behind the point is missing", column + from - 1, "write '[0.3, 0.6]'"
  end
  local x_text, y_at, y_text = inside:match("^%s*([^,]-)%s*,%s*()([^,]-)%s*$")
  if not x_text then return "a point needs two numbers", column + from - 1, "write '[0.3, 0.6]'" end
  local name, class = before:match("^(.-):::%s*([%w_-]+)$")
  local label, problem, place, hint = read_text(state, name or before, column)
  if not label then return problem, place, hint end
  local x, y
  x, problem, place, hint = coordinate(state, x_text, column + from - 1)
  if not x then return problem, place, hint end
  y, problem, place, hint = coordinate(state, y_text, column + from + y_at - 2)
  if not y then return problem, place, hint end
  local look = {}
  problem, place, hint = read_styles(s:sub(behind), column + behind - 1, look)
  if problem then return problem, place, hint end
  table.insert(state.model.points, { label = label.label, show = label.show, x = x, y = y,
    class = class, look = look, line = state.line })
end

local function statement(state, s, column)
  local word, at = s:match("^([%a]+%-?%w*)%s*()")
  local handler = word and handlers[word:lower()]
  if handler and not s:find("^%s*:", #word + 1) then
    return handler(state, s:sub(at), column + at - 1)
  end
  if s:find(":%s*%[") then return read_point(state, s, column) end
  return "this is no statement of a quadrant chart", column,
    "a point reads 'Name: [0.3, 0.6]'"
end

-- Where the statement that begins at `at` ends: at a ";" outside of quotes. A title takes all.
local function statement_end(line, at)
  if line:lower():find("^title", at) then return #line + 1 end
  local open = false
  for place, mark in line:gmatch('()([";])', at) do
    if mark == '"' then open = not open elseif not open then return place end
  end
  return #line + 1
end

local function read_line(state, line, at)
  while true do
    at = line:match("^[%s;]*()", at)
    if at > #line or line:find("^%%%%", at) then return nil end
    local stop = statement_end(line, at)
    local s = text.trim((line:sub(at, stop - 1):gsub("%s%%%%[^{].*$", "")))
    local problem, column, hint = statement(state, s, at)
    if problem then
      return { code = "syntax", line = state.line, column = column or at, message = problem,
        hint = hint }
    end
    at = stop
  end
end

-- Styles of the class stand below those of the point itself.
local function resolve_classes(model)
  for _, point in ipairs(model.points) do
    local look = {}
    for key, value in pairs(point.class and model.classes[point.class] or {}) do
      look[key] = value
    end
    for key, value in pairs(point.look) do look[key] = value end
    point.look = look
  end
end

-- The model, or nil and a finding. `doc` is from pre.read.
return function(doc)
  local model = { axes = {}, quadrants = {}, points = {}, classes = {}, findings = {},
    settings = doc.settings }
  local state = { model = model }
  accessible.take(doc, model)
  for i = doc.first, #doc.lines do
    state.line = i
    local at = i == doc.first and doc.lines[i]:match("^%s*[%w_-]+()") or 1
    local problem = read_line(state, doc.lines[i], at)
    if problem then return nil, problem end
    if #model.points > MAX_POINTS then
      return nil, { code = "too-large", line = i, column = 1,
        message = ("a quadrant chart may have %d points"):format(MAX_POINTS) }
    end
  end
  resolve_classes(model)
  return model
end
