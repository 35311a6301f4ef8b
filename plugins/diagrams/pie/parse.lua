-- SPDX-License-Identifier: MIT
-- Reads a Mermaid pie chart into its model: a title and slices "label" : value.
local labels = require "label"
local text = require "text"
local accessible = require "accessible"

local SHAPE = "a slice reads '\"Label\" : 12.5'"

local function lenient(state, column, why, hint)
  table.insert(state.model.findings, { code = "lenient", severity = "info", line = state.line,
    column = column, message = "works here, fails on GitHub: " .. why, hint = hint })
end

local function set_title(model, rest)
  rest = rest:gsub("%%%%.*$", "")
  model.title, model.title_show = text.label(rest), text.display(rest)
end

local ESCAPES = { n = "\n", t = " " }

-- The label in quotes at `at` and where it ends; without quotes all up to the last colon.
local function read_label(state, line, at)
  local quote = line:match("^[\"']", at)
  if not quote then
    local label, behind = line:match("^([^:]-)%s*():", at)
    if not label or label == "" then return nil, "this is no statement of a pie chart", at end
    lenient(state, at, "a label without quotes", "write \"" .. label .. "\"")
    return label, behind
  end
  local i = at + 1
  while line:sub(i, i) ~= quote do
    if i > #line then return nil, "this label is not closed", at end
    i = i + (line:sub(i, i) == "\\" and 2 or 1)
  end
  local label = line:sub(at + 1, i - 1):gsub("\\(.)", function(c) return ESCAPES[c] or c end)
  return label, i + 1
end

-- "12", "12.5"; leniently also ".5", "05", "12%" and "1,200".
local function read_value(state, raw, column)
  local number = raw:match("^%-?%d+%.%d+$") or raw:match("^%-?[1-9]%d*$") or raw:match("^%-?0$")
  if #raw > 40 then return nil end
  if number then return tonumber(number) end
  local digits = raw:gsub("%%$", ""):gsub("(%d),(%d%d%d)", "%1%2")
  local value = digits:find("^[+-]?%d*%.?%d+$") and tonumber(digits)
  if value then
    lenient(state, column, ("'%s' as a value"):format(raw), ("write %s"):format(digits))
  end
  return value
end

local function add_slice(state, label, raw, column, at)
  local model = state.model
  local value = read_value(state, raw, column)
  if not value then
    return ("'%s' is no number"):format(raw), column, SHAPE
  elseif value < 0 then
    return "a slice cannot be negative", column, "leave it out, or draw the values as bars"
  end
  local key = text.label(label)
  if model.by_label[key] then
    table.insert(model.findings, { code = "duplicate", severity = "warning", line = state.line,
      column = at, message = ("'%s' stands here for the second time; the first value counts")
        :format(key), hint = "give each slice a label of its own" })
    return nil
  end
  model.by_label[key] = true
  model.slices[#model.slices + 1] = { label = key, show = labels.display(label), value = value,
    line = state.line, raw = raw:match("^[%d.]+$") and raw or ("%.6g"):format(value) }
end

-- What is wrong, its column and a hint; nothing when the line is fine.
local function read_slice(state, line, at)
  local label, behind, column = read_label(state, line, at)
  if not label then return behind, column, SHAPE end
  local colon = line:match("^%s*():", behind)
  if not colon then return "a colon and a value are missing behind the label", behind, SHAPE end
  local column_of_value, raw = line:match("^%s*()(.-)%s*$", colon + 1)
  raw = raw:gsub("%s*%%%%.*$", "")
  if raw == "" then return "the value of this slice is missing", colon, SHAPE end
  return add_slice(state, label, raw, column_of_value, at)
end

local function read_line(state, line, at)
  at = line:match("^[%s;]*()", at)
  if at > #line or line:find("^%%%%", at) then return nil end
  local model = state.model
  if line:find("^showData%f[%W]", at) then
    if state.line ~= state.first then lenient(state, at, "showData on a line of its own",
      "write 'pie showData'") end
    model.show_data = true
    return read_line(state, line, at + 8)
  end
  local rest = line:match("^title%f[%W](.*)$", at)
  if rest then return set_title(model, rest) end
  return read_slice(state, line, at)
end

-- The model, or nil and a finding.
return function(doc, limit)
  local model = { slices = {}, by_label = {}, findings = {} }
  accessible.take(doc, model)
  local state = { model = model, first = doc.first }
  local _, behind = doc.lines[doc.first]:find("pie", 1, true)
  for i = doc.first, #doc.lines do
    state.line = i
    local message, column, hint = read_line(state, doc.lines[i], i == doc.first and behind + 1 or 1)
    if message then
      return nil, { code = "syntax", line = i, column = column, message = message, hint = hint }
    elseif #model.slices > limit then
      return nil, { code = "too-large", line = i, column = 1,
        message = ("a diagram may have %d slices"):format(limit) }
    end
  end
  return model
end
