-- SPDX-License-Identifier: MIT
-- The small parts of a class diagram's statements: names, quoted texts, relations. All take a
-- cursor and give nil when their thing does not stand there.
local generics = require "generics"

local names = {}

-- Words behind the name of a `click` statement, which are no part of the name.
local ENDS_NAME = { href = true, call = true }

-- "`any text`"; over several lines too.
local function literal(c)
  local at = c.at
  local inside = c:take("`([^`]+)`")
  if inside then return inside end
  return c:fail("this name begins with a backtick and has no second one", "close it with '`'", at)
end

-- "~T~", or a type inside a type, which GitHub refuses here.
local function generic(c)
  local at = c.at
  local plain = c:take("~([^~\n]*)~")
  if not plain then return c:fail("this '~' has no second one", "a type reads 'List~int~'", at) end
  if not c:sees("[%w_]") then return "~" .. plain .. "~" end
  c.at = at
  local nested = generics.read(c:take("~[%w_~, .?%[%]]*~"))
  c:lenient("a type inside a type in the name of a class",
    'write the type in a label, as in class Name["Name<T<int>>"]', at)
  return "~" .. nested:sub(2, -2):gsub("~", "") .. "~"
end

-- "o--": the circle of an aggregation, not a letter.
local function is_circle(c)
  return c:sees("o%-%-") or c:sees("o%.%.")
end

local function piece(c, is_first)
  if c:sees("[%w_\128-\255]") then
    if is_circle(c) and not is_first then return nil end
    if ENDS_NAME[c.text:match("^%a+", c.at)] and not is_first then return nil end
    return c:take("[%w_\128-\255]+")
  end
  if c:sees("%-") and not c:sees("%-%-") then return c:take("%-") end
  if c:sees("%.[%w_`\128-\255-]") and not is_first then return c:take("%.") end
  return nil
end

-- The name of a class: words, "-" and "." (blanks between words do not count), or a text between
-- backticks; with a generic type "Name~T~".
function names.class(c)
  local parts = {}
  while not c.problem do
    c:skip_blanks()
    if c:sees("`") then
      parts[#parts + 1] = literal(c)
      if c:sees("~") then parts[#parts + 1] = generic(c) end
      break
    elseif c:sees("~") and #parts > 0 then
      parts[#parts + 1] = generic(c)
      break
    end
    local word = piece(c, #parts == 0)
    if not word then break end
    parts[#parts + 1] = word
  end
  return #parts > 0 and not c.problem and table.concat(parts) or nil
end

-- A text between quotation marks; over several lines too.
function names.quoted(c)
  c:skip_blanks()
  if not c:sees('"') then return nil end
  local at = c.at
  local inside = c:take('"([^"]*)"')
  return inside or c:fail("this text is not closed", "close it with '\"'", at)
end

local ENDS = { -- what stands at an end of a line
  { "<|", "extension" }, { "|>", "extension" }, { "<", "dependency" }, { ">", "dependency" },
  { "*", "composition" }, { "()", "lollipop" },
}

local function relation_end(c)
  c:skip_blanks()
  for _, row in ipairs(ENDS) do
    if c.text:sub(c.at, c.at + #row[1] - 1) == row[1] then
      c.at = c.at + #row[1]
      return row[2]
    end
  end
  if c:take("o%f[^%w_]") then return "aggregation" end
  return nil
end

-- {tail, head, line}, or nil when no line follows; then the cursor stays.
function names.relation(c)
  local start = c.at
  local tail = relation_end(c)
  c:skip_blanks()
  local line = c:take("%-%-") and "solid" or c:take("%.%.") and "dotted"
  if not line then
    c.at = start
    return nil
  end
  if c:sees("%-+[>|*o]") or c:sees("%.+[>|*o]") then
    c:lenient("a line of more than two marks", "write '-->' or '..>'")
    c:take("[-.]+")
  elseif c:sees("%-+%s") then
    c:doubt("the third '-' of this line begins the name of the class", "write '--'")
  end
  return { tail = tail, head = relation_end(c), line = line }
end

-- The class that a statement is about; GitHub knows only those that stand above.
function names.known_class(c, state)
  local at = c.at
  local name = names.class(c)
  if not name then return c:fail("the name of a class is missing here", nil, at) end
  local class = state.model:find(name)
  if class then return class end
  c:lenient(("'%s' is declared below, or not at all"):format(name), "move this behind the class",
    at)
  return state.model:class(name, c:line(at))
end

return names
