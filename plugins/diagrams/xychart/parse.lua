-- SPDX-License-Identifier: MIT
-- Reads a Mermaid xy chart: title, axes, bars and lines. Handlers get (state, the words behind,
-- their column) and return what is wrong, column and hint.
local text = require "text"
local accessible = require "accessible"

local MAX_VALUES = 2000
local LARGEST = 1e12

local function lenient(state, column, what, hint)
  table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. what, hint = hint })
end

-- "text", "`text`" or plain words.
local function read_text(state, s, column)
  s = text.trim(s)
  local inside = s:match('^"([^"]*)"$')
  if inside then return text.display(inside:match("^`(.*)`$") or inside) end
  local bad = s:find('[^%w%s&+=*._#\1\2-]')
  if bad then
    lenient(state, column + bad - 1, ("'%s' stands outside of quotes"):format(
      s:match(utf8.charpattern, bad)), "quote this label")
  elseif s:find("%s") then
    lenient(state, column, "words without quotes lose their blanks", "quote this label")
  end
  return text.display((s:gsub('"', "")))
end

local function number(state, s, column)
  local n = s:find("^[+-]?[%d.]+[eE]?[+-]?%d*$") and tonumber(s)
  if not n then
    return nil, ("'%s' is no number"):format(s), column, "numbers read 12, -3 or 0.5"
  end
  if math.abs(n) > LARGEST or n ~= 0 and math.abs(n) < 1 / LARGEST then
    return nil, "this number cannot be drawn", column, "choose another unit"
  end
  if not (s:find("^[+-]?%d+$") or s:find("^[+-]?%d*%.%d+$")) then
    lenient(state, column, ("the number '%s'"):format(s), "write 12, -3 or 0.5")
  end
  return n
end

-- Pieces between commas outside of quotes: { text, column }.
local function pieces(s, column)
  local list, from, open = {}, 1, false
  for at, mark in (s .. ","):gmatch('()([",])') do
    if mark == '"' then
      open = not open
    elseif not open or at > #s then
      local piece = s:sub(from, at - 1)
      list[#list + 1] = { text.trim(piece), column + from - 1 + #piece:match("^%s*") }
      from = at + 1
    end
  end
  return list
end

-- Values of a series: numbers, each with a label in quotes behind it where wanted.
local function values(state, s, column)
  local list, labels = {}, {}
  for i, piece in ipairs(pieces(s, column)) do
    local digits, label = piece[1]:match('^([^%s"]*)%s*:?%s*"(.*)"$')
    local n, problem, place, hint = number(state, digits or piece[1], piece[2])
    if not n then return nil, problem, place, hint end
    list[i] = n
    labels[i] = label and text.display(label) or nil
  end
  return { values = list, labels = labels }
end

local handlers = {}

function handlers.title(state, s, column)
  state.model.title = read_text(state, s, column)
end

-- "title 0 --> 10": the words before the range, and the range.
local function range(state, s, column)
  local before, low, low_at, high, high_at
  low_at, low, high_at, high = s:match("()([+-]?[%d.]+)%s*%-%->%s*()(%S+)%s*$")
  if not low then return nil end
  before = s:sub(1, low_at - 1)
  local from, problem, place, hint = number(state, low, column + low_at - 1)
  if not from then return nil, problem, place, hint end
  local to
  to, problem, place, hint = number(state, high, column + high_at - 1)
  if not to then return nil, problem, place, hint end
  return { before = before, from = from, to = to }
end

handlers["x-axis"] = function(state, s, column)
  local axis = state.model.x
  local before, at, inside = s:match("^([^%[]*)%[()(.*)%]%s*$")
  if before then
    axis.categories = {}
    for i, piece in ipairs(pieces(inside, column + at - 1)) do
      axis.categories[i] = read_text(state, piece[1], piece[2])
    end
  else
    if s:find("[", 1, true) then
      return "the ']' of the categories is missing", column + s:find("[", 1, true) - 1
    end
    local r, problem, place, hint = range(state, s, column)
    if problem then return problem, place, hint end
    if s:find("-->", 1, true) and not r then
      return "a range reads '0 --> 10'", column + s:find("-->", 1, true) - 1
    end
    axis.range = r
    before = r and r.before or s
  end
  axis.title = read_text(state, before, column)
end

handlers["y-axis"] = function(state, s, column)
  local r, problem, place, hint = range(state, s, column)
  if problem then return problem, place, hint end
  if not r and s:find("-->", 1, true) then
    return "a range reads '0 --> 10'", column + s:find("-->", 1, true) - 1
  end
  if s:find("[", 1, true) then
    return "the y-axis takes a range only", column + s:find("[", 1, true) - 1, "write '0 --> 10'"
  end
  state.model.y.range = r or state.model.y.range
  state.model.y.title = read_text(state, r and r.before or s, column)
end

local function add_series(state, kind, name, group, data, stack)
  local model = state.model
  state.count = state.count + #data.values
  model.series[#model.series + 1] = { kind = kind, name = name, group = group,
    stack = stack, values = data.values, labels = data.labels, line = state.line }
end

-- bar "A" {"online": [1, 2], "store": [3, 4]}: series on top of each other.
local function stacked(state, s, column, name)
  local group = state.groups
  for key, at, inside in s:gmatch('"([^"]*)"%s*:%s*%[()([^%]%[]*)%]') do
    local data, problem, place, hint = values(state, inside, column + at - 1)
    if not data then return problem, place, hint end
    add_series(state, "bar", text.display(key), group, data, name)
  end
  if not s:find("%[") then
    return "a stack reads '{\"name\": [1, 2], \"other\": [3, 4]}'", column
  end
end

local function plot(kind)
  return function(state, s, column)
    state.groups = state.groups + (kind == "bar" and 1 or 0)
    local name, at, stack = s:match("^([^{%[]*){()(.*)}%s*$")
    if name and kind == "bar" then
      return stacked(state, stack, column + at - 1, read_text(state, name, column))
    end
    local inside
    name, at, inside = s:match("^([^%[]*)%[()(.*)%]%s*$")
    if not name then
      local open = s:find("[", 1, true)
      return open and "the ']' behind the values is missing" or "the values are missing",
        open and column + open - 1 or column, ("write '%s [10, 20, 30]'"):format(kind)
    end
    local data, problem, place, hint = values(state, inside, column + at - 1)
    if not data then return problem, place, hint end
    add_series(state, kind, read_text(state, name, column), kind == "bar" and state.groups, data)
  end
end

handlers.bar, handlers.line = plot "bar", plot "line"

function handlers.horizontal(state) state.model.is_horizontal = true end
function handlers.vertical(state) state.model.is_horizontal = nil end

local function statement(state, s, column)
  local word, at = s:match("^(%a+%-?%a*)%s*()")
  local handler = word and handlers[word:lower()]
  if not handler then
    return ("'%s' is no statement of a chart"):format(s:match("^%S+")), column,
      "statements are title, x-axis, y-axis, bar and line"
  end
  local problem, place, hint = handler(state, s:sub(at), column + at - 1)
  return problem, problem and (place or column), hint
end

-- Where the statement that begins at `at` ends: at a ";" outside of quotes.
local function statement_end(line, at)
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
    -- The orientation may stand before the first statement.
    local direction, behind = line:match("^(%a+)()%f[^%w-]", at)
    local is_direction = direction == "horizontal" or direction == "vertical"
    local stop = is_direction and behind or statement_end(line, at)
    local s = text.trim((line:sub(at, stop - 1):gsub("%s%%%%[^{].*$", "")))
    local problem, column, hint = statement(state, s, at)
    if problem then
      return { code = "syntax", line = state.line, column = column, message = problem,
        hint = hint }
    end
    at = stop
  end
end

-- A list that is open at the end of a line goes on in the next ones.
local function joined(state, lines, i)
  local line, last = lines[i], i
  local open, close = select(2, line:gsub("[%[{]", "")), select(2, line:gsub("[%]}]", ""))
  if open <= close or not line:find("[%[{,]%s*$") then return line, i end
  local parts = { line }
  while open > close and lines[last + 1] and last < i + 200 do
    last = last + 1
    parts[#parts + 1] = lines[last]
    open = open + select(2, lines[last]:gsub("[%[{]", ""))
    close = close + select(2, lines[last]:gsub("[%]}]", ""))
  end
  if open > close then return line, i end
  lenient(state, #line, "a list over several lines", "write it in one line")
  return table.concat(parts, " "), last
end

local function too_large(line)
  return { code = "too-large", line = line, column = 1,
    message = ("a chart may have %d values"):format(MAX_VALUES) }
end

-- The model, or nil and a finding. `doc` is from pre.read.
return function(doc)
  local model = { x = {}, y = {}, series = {}, findings = {}, settings = doc.settings }
  model.is_horizontal = doc.settings["xyChart.chartOrientation"] == "horizontal" or nil
  local state = { model = model, count = 0, groups = 0 }
  accessible.take(doc, model)
  local i = doc.first
  while i <= #doc.lines do
    state.line = i
    local line, last = joined(state, doc.lines, i)
    local problem = read_line(state, line, i == doc.first and line:match("^%s*[%w_-]+()") or 1)
    if problem then return nil, problem end
    if state.count > MAX_VALUES or #(model.x.categories or {}) > MAX_VALUES // 4 then
      return nil, too_large(i)
    end
    i = last + 1
  end
  if #model.series == 0 then
    return nil, { code = "syntax", line = doc.first, column = 1,
      message = "this chart has no values", hint = "add a line 'bar [10, 20, 30]'" }
  end
  return model
end
