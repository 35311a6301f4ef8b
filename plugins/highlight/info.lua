-- SPDX-License-Identifier: MIT
-- What stands behind the backticks: a language and options. `rust {3,5-7} title="src/main.rs"`,
-- `rust:src/main.rs`, `{.rust numbers}`. What is not known is left alone.
local languages = require "languages"

local NUMBERS = { numbers = true, linenos = true, numberlines = true, showlinenumbers = true,
  ["line-numbers"] = true }
local LARGEST = 1000000

-- "3,5-7" -> { 3, 3, 5, 7 }, in order and without overlaps; nil for anything else.
local function read_ranges(text)
  local list = {}
  for part in text:gmatch "[^,%s]+" do
    local first, last = part:match "^(%d+)%-(%d+)$"
    first = tonumber(first or part:match "^%d+$")
    last = tonumber(last) or first
    if not first or first > last or last > LARGEST or #list > 200 then return nil end
    list[#list + 1] = { first, last }
  end
  table.sort(list, function(a, b) return a[1] < b[1] end)
  local flat = {}
  for _, range in ipairs(list) do
    local n = #flat
    if n > 0 and range[1] <= flat[n] + 1 then
      flat[n] = math.max(flat[n], range[2])
    else
      flat[n + 1], flat[n + 2] = range[1], range[2]
    end
  end
  return #flat > 0 and flat or nil
end

local function unquote(value)
  return value:match '^"(.*)"$' or value:match "^'(.*)'$" or value
end

local function set(options, key, value)
  key = key:lower()
  if key == "title" or key == "filename" then
    options.title = value ~= "" and value or nil
  elseif key == "hl_lines" then
    options.marked = read_ranges(value) or options.marked
  elseif NUMBERS[key] then
    options.numbers = value ~= "false"
  end
end

-- The words behind the language.
local function read_options(options, rest)
  local at = 1
  while true do
    at = rest:find("[^%s,}]", at)
    if not at then return end
    local key, value, stop = rest:match("^([%w_.-]+)=(\"[^\"]*\")()", at)
    if not key then key, value, stop = rest:match("^([%w_.-]+)=('[^']*')()", at) end
    if not key then key, value, stop = rest:match("^([%w_.-]+)=([^%s}]*)()", at) end
    local inner, behind = rest:match("^{([^{}]*)}()", at)
    if key then
      set(options, key, unquote(value))
    elseif inner then
      local ranges = read_ranges(inner)
      if ranges then options.marked = ranges else read_options(options, inner) end
    end
    local word, next_at = rest:match("^%.?([^%s,{}]+)()", at)
    if not key and not inner and word then
      set(options, word, "")
      options.words[#options.words + 1] = word:lower()
    end
    at = stop or behind or next_at or at + 1
  end
end

local function finish(options)
  local word = options.word:lower()
  options.language = languages.find(word)
  if options.language == "diff" and options.words[1] and languages.find(options.words[1]) then
    options.language = "diff-" .. languages.find(options.words[1])
  end
  local is_diff = options.language and options.language:find "^diff%-"
  options.lines = (options.marked or options.numbers or is_diff) and true or false
  local is_bare = not options.title and not options.lines
  options.is_plain = is_bare and (not options.language or options.language == "text")
  options.near = not options.language and languages.near(word) or nil
  return options
end

-- What the info string says.
return function(text)
  local options = { words = {} }
  local word, rest = text:match "^[{.%s]*([^%s,{}=:]*)(.*)$"
  if rest:sub(1, 1) == "=" then -- no language: `title="x"`
    word, rest = "", text:gsub("^[{%s]+", "")
  elseif rest:sub(1, 1) == ":" then
    options.title, rest = rest:match "^:([^%s{}]*)(.*)$"
    if options.title == "" then options.title = nil end
  elseif NUMBERS[word:lower()] then
    word, rest = "text", text
  end
  options.word = word ~= "" and word or "text"
  read_options(options, rest)
  return finish(options)
end
