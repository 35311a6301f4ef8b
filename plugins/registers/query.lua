-- SPDX-License-Identifier: MIT
-- The lines of a `records` block: "key: value", with the place of every word for findings.
local near = require "near"
local rows = require "rows"
local query = {}

local KEYS = { "kind", "project", "where", "columns", "sort", "limit", "title", "view" }

function query.report(block, item, message, hint)
  block:report { code = "query", message = message, hint = hint, line = item.line,
    column = item.column, length = item.length, severity = "error" }
end

function query.report_info(block, item, message)
  block:report { code = "view", message = message, line = item.line, column = item.column,
    length = item.length, severity = "info" }
end

local function item_at(text, line, column)
  return { text = text, line = line, column = column, length = #text }
end

-- The parts of a value that commas separate, with their places.
local function parts(value)
  local list, at = {}, 1
  for part in (value.text .. ","):gmatch("([^,]*),") do
    local before = part:match("^%s*")
    local text = part:match("^%s*(.-)%s*$")
    if text ~= "" then list[#list + 1] = item_at(text, value.line, value.column + at - 1 + #before) end
    at = at + #part + 1
  end
  return list
end

local OPERATORS = { "!=", "<=", ">=", "=", "<", ">" }

local function condition(block, part)
  for _, operator in ipairs(OPERATORS) do
    local from = part.text:find(operator, 1, true)
    if from then
      local field = part.text:sub(1, from - 1):match("^%s*(.-)%s*$")
      local value = part.text:sub(from + #operator):match("^%s*(.-)%s*$")
      local item = item_at(field, part.line, part.column)
      item.field, item.operator, item.values = field, operator, {}
      for word in (value .. "|"):gmatch("([^|]*)|") do
        item.values[#item.values + 1] = word:match("^%s*(.-)%s*$"):lower()
      end
      if field:match("^[%w_-]+$") then return item end
      break
    end
  end
  query.report(block, part, "a condition is written field=value",
    "also !=, <, >, <=, >=; status=open|new for one of several; owner= for none")
  return nil
end

local READ = {}

function READ.kind(_, wanted, value) wanted.kind = value return true end
function READ.project(_, wanted, value) wanted.project = value return true end
function READ.title(_, wanted, value) wanted.title = value return true end

local VIEWS = { "table", "graph", "gantt", "state" }

function READ.view(block, wanted, value)
  wanted.view = value
  for _, name in ipairs(VIEWS) do
    if value.text == name then return true end
  end
  query.report(block, value, ("there is no view `%s`"):format(value.text),
    near.hint(value.text, { table.unpack(VIEWS) }))
  return false
end

function READ.limit(block, wanted, value)
  wanted.limit = math.tointeger(tonumber(value.text))
  if wanted.limit and wanted.limit > 0 then return true end
  query.report(block, value, "`limit` wants a number above 0")
  return false
end

function READ.columns(_, wanted, value)
  for _, part in ipairs(parts(value)) do
    part.field = part.text
    table.insert(wanted.columns, part)
    table.insert(wanted.fields, part)
  end
  return true
end

function READ.sort(_, wanted, value)
  for _, part in ipairs(parts(value)) do
    part.down = part.text:sub(1, 1) == "-"
    part.field = part.text:gsub("^%-", "")
    table.insert(wanted.sort, part)
    table.insert(wanted.fields, part)
  end
  return true
end

function READ.where(block, wanted, value)
  for _, part in ipairs(parts(value)) do
    local item = condition(block, part)
    if not item then return false end
    table.insert(wanted.where, item)
    table.insert(wanted.fields, item)
  end
  return true
end

local function read_line(block, wanted, text, line)
  local indent, key, gap, value = text:match("^(%s*)([%w_-]+)(%s*:%s*)(.-)%s*$")
  if not key then
    local start = #text:match("^%s*") + 1
    query.report(block, item_at(text:sub(start), line, start), "a line is written key: value",
      "keys are " .. table.concat(KEYS, ", "))
    return false
  end
  if not READ[key] then
    query.report(block, item_at(key, line, #indent + 1), ("unknown key `%s`"):format(key),
      near.hint(key, { table.unpack(KEYS) }))
    return false
  end
  return READ[key](block, wanted, item_at(value, line, #indent + #key + #gap + 1))
end

-- The query, or nil after reporting what is wrong with it.
function query.parse(block)
  local wanted = { where = {}, columns = {}, sort = {}, fields = {} }
  local number, is_good = 0, true
  for text in (block.text:gsub("\n$", "") .. "\n"):gmatch("([^\n]*)\n") do
    number = number + 1
    if text:match("%S") and not text:match("^%s*#") then
      is_good = read_line(block, wanted, text, number) and is_good
    end
  end
  if is_good and (not wanted.kind or wanted.kind.text == "") then
    query.report(block, { line = 1, column = 1, length = 1 }, "which records? `kind` is missing",
      "for example kind: risk")
    return nil
  end
  return is_good and wanted or nil
end

local function as_text(value)
  if type(value) == "boolean" then return value and "true" or "false" end
  return value == nil and "" or tostring(value):lower()
end

local function any_is(value, word)
  if type(value) ~= "table" then return as_text(value) == word end
  for _, item in ipairs(value) do
    if as_text(item) == word then return true end
  end
  return word == "" and #value == 0
end

local function is_less(left, right)
  local a, b = tonumber(left), tonumber(right)
  if a and b then return a < b end
  return left < right
end

local COMPARE = {
  ["<"] = function(left, right) return is_less(left, right) end,
  [">"] = function(left, right) return is_less(right, left) end,
  ["<="] = function(left, right) return not is_less(right, left) end,
  [">="] = function(left, right) return not is_less(left, right) end,
}

local function condition_fits(row, item, today)
  local value = rows.value(row, item.field)
  if item.operator == "=" or item.operator == "!=" then
    local found = false
    for _, word in ipairs(item.values) do found = found or any_is(value, word) end
    return found == (item.operator == "=")
  end
  local bound = item.values[1] == "today" and today or item.values[1]
  return value ~= nil and type(value) ~= "table" and COMPARE[item.operator](as_text(value), bound)
end

function query.fits(row, where, today)
  for _, item in ipairs(where) do
    if not condition_fits(row, item, today) then return false end
  end
  return true
end

return query
