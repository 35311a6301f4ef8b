-- SPDX-License-Identifier: MIT
-- Reads "GET /api/v1/leads/:id" and gives paths one spelling.
local path = {}

local MAX_TEXT = 4000 -- an endpoint and its description are shorter

-- Long texts end before a character that would be cut in two.
function path.cut(text)
  if #text <= MAX_TEXT then return text end
  return (text:sub(1, MAX_TEXT):gsub("[\xC0-\xFF][\x80-\xBF]*$", ""))
end

function path.trim(text)
  local first = text:find("%S")
  return first and text:match(".*%S", first) or ""
end

local METHODS = { GET = true, POST = true, PUT = true, PATCH = true, DELETE = true, HEAD = true,
  OPTIONS = true }

-- "GET", "PUT/PATCH", "GET, POST" -> the methods; nil when a word is none.
function path.methods(text)
  local list = {}
  for word in text:gmatch("[^%s/|,&]+") do
    if METHODS[word] then
      list[#list + 1] = word
    elseif word ~= "and" and word ~= "or" then
      return nil
    end
  end
  return #list > 0 and list or nil
end

-- How many bytes of `text` are a path: up to white space outside of brackets.
local function path_length(text)
  local at = 1
  while at <= #text do
    local c = text:sub(at, at)
    local group = c == "{" and text:match("^%b{}()", at) or c == "[" and text:match("^%b[]()", at)
      or c == "<" and text:match("^%b<>()", at)
    if group then
      at = group
    elseif c:find("%s") then
      break
    else
      at = at + 1
    end
  end
  return at - 1
end

local function is_path(text)
  return text:find("^/") or text:find("^https?://[%w%[{<]") or text:find("^%$?%b{}/")
    or text:find("^%[[%w _-]*[Uu][Rr][Ll]%]/") or false
end

-- "GET /leads: a list" -> { "GET" }, "/leads", ": a list"; `is_loose` takes a bare "/", too.
function path.split(text, is_loose)
  text = path.cut(text)
  local first, words, rest_at = text:match("^%s*()(%u[%u/|, ]*%u)%s+()")
  if not first then return nil end
  local methods = path.methods(words)
  local rest = text:sub(rest_at)
  if not methods or not is_path(rest) then return nil end
  local written = rest:sub(1, path_length(rest)):gsub("[.,;:]+$", ""):gsub("%)$", "")
  if written == "/" and not is_loose then return nil end
  return methods, written, rest:sub(#written + 1)
end

-- A path alone, as in a table's column.
function path.alone(text)
  if #text > MAX_TEXT then return nil end
  local trimmed = path.trim(text)
  if not is_path(trimmed) or path_length(trimmed) < #trimmed then return nil end
  return trimmed
end

local function parameter(name)
  return "{" .. name:gsub("^[%s:*]+", ""):gsub("%s+$", "") .. "}"
end

-- One spelling: parameters as {name}, no query, no slash at the end. Also gives the host.
function path.normal(written)
  local host, rest = written:match("^https?://([^/?#]+)(.*)$")
  local text = host and rest or written
  text = text:gsub("^%$?%b{}/", "/"):gsub("^%[[%w _-]*[Uu][Rr][Ll]%]/", "/")
  text = text:gsub("[?#].*$", "")
  text = text:gsub("%$(%b{})", "%1")
  text = text:gsub("%b[]", function(group) return parameter(group:sub(2, -2)) end)
  text = text:gsub("%b<>", function(group) return parameter(group:sub(2, -2)) end)
  text = text:gsub("/:([%w_-]+)", function(name) return "/" .. parameter(name) end)
  text = text:gsub("//+", "/"):gsub("(.)/$", "%1")
  return text == "" and "/" or text, host
end

return path
