-- SPDX-License-Identifier: MIT
-- The arguments of a C4 statement: (alias, "Label, with commas", $tags="v1").
local trim = require("text").trim

-- The end of a bare argument: the "," or ")" that is not inside of parentheses, or the end of line.
local function bare_end(s, at)
  local depth = 0
  while true do
    local place, mark = s:match("()([(),\n])", at)
    if not place then return #s + 1 end
    if mark == "(" then depth = depth + 1 end
    if mark == "\n" or (mark == "," or mark == ")") and depth == 0 then return place end
    if mark == ")" then depth = depth - 1 end
    at = place + 1
  end
end

-- Quoted text that begins with the quote at `at`: its content and the place behind it.
local function quoted(src, at)
  local content, behind = src.text:match('^"([^"]*)"()', at)
  if content then return content, behind end
  return src:problem(at, "this text is not closed", "add a '\"' at its end")
end

local function named(src, at)
  local s = src.text
  local name, value_at = s:match("^%$([%w_]+)%s*=%s*()", at)
  if not name then
    return src:problem(at, "a named argument reads $name=\"value\"", "or put the text in quotes")
  end
  if s:sub(value_at, value_at) == '"' then
    local value, behind = quoted(src, value_at)
    if not value then return nil, behind end
    return { name = name, value = trim(value), at = at }, behind
  end
  local stop = bare_end(s, value_at)
  src:lenient(value_at, "the value of a named argument without quotes", "put it in quotes")
  return { name = name, value = trim(s:sub(value_at, stop - 1)), at = at }, stop
end

local function bare(src, at)
  local s = src.text
  local stop = bare_end(s, at)
  local mark = s:sub(stop, stop)
  if mark == ")" then
    src:lenient(at, "the last argument without quotes", "put it in quotes")
  end
  return { value = trim(s:sub(at, stop - 1)), at = at }, stop
end

local function one(src, at)
  local first = src.text:sub(at, at)
  if first == "$" then return named(src, at) end
  if first ~= '"' then return bare(src, at) end
  local value, behind = quoted(src, at)
  if not value then return nil, behind end
  return { value = trim(value), at = at }, behind
end

-- Behind an argument comes "," or ")". Returns where it stands.
local function after(src, at)
  local stop = src.text:match("^%s*()", at)
  local mark = src.text:sub(stop, stop)
  if mark ~= "," and mark ~= ")" then
    return src:problem(math.min(stop, #src.text), "here ',' or ')' is missing",
      "texts that hold a '\"' write it as #quot;")
  end
  if stop > at then
    src:lenient(at, "blanks between an argument and what follows", "take them out")
  end
  return stop
end

local function skip_comma(s, at)
  return s:sub(at, at) == "," and at + 1 or at
end

-- Reads from the "(" at `at`: a list of {value, at, name (of a named one)} and the place behind
-- ")"; or nil and a finding.
return function(src, at)
  local s, list = src.text, {}
  local open = at
  at = at + 1
  while true do
    local stop = s:match("^%s*()", at)
    if s:sub(at, stop - 1):find("\n", 1, true) then
      src:lenient(stop, "an argument on a line of its own", "write the statement on one line")
    end
    local mark = s:sub(stop, stop)
    if mark == ")" then return list, stop + 1 end
    if mark == "" then return src:problem(open, "this '(' is not closed", "add a ')'") end
    if mark == "," then -- between two commas, or first: left out
      list[#list + 1] = { value = "", at = stop }
      at = skip_comma(s, stop + 1)
    else
      local argument, behind = one(src, stop)
      if not argument then return nil, behind end
      list[#list + 1] = argument
      local problem
      at, problem = after(src, behind)
      if not at then return nil, problem end
      at = skip_comma(s, at)
    end
  end
end
