-- lib.lua - what the tests of the spec kinds share: temporary sites, the program, JSON lines, and
-- counting records against expectations.
local lib = { passed = 0, failed = 0 }

local ESCAPES = { n = "\n", t = "\t", r = "\r", b = "\b", f = "\f" }

local function unescape(text)
  text = text:gsub("\\u([dD][89abAB]%x%x)\\u([dD][c-fC-F]%x%x)", function(high, low)
    return utf8.char(0x10000 + ((tonumber(high, 16) & 0x3FF) << 10) + (tonumber(low, 16) & 0x3FF))
  end)
  text = text:gsub("\\u(%x%x%x%x)", function(hex) return utf8.char(tonumber(hex, 16)) end)
  return (text:gsub("\\(.)", function(c) return ESCAPES[c] or c end))
end

local read_value

local function read_text(text, at)
  local stop = at + 1
  while true do
    stop = assert(text:find('["\\]', stop), "a string that does not end")
    if text:sub(stop, stop) == '"' then break end
    stop = stop + 2
  end
  return unescape(text:sub(at + 1, stop - 1)), stop + 1
end

local function read_many(text, at, close, add)
  at = text:match("^%s*()", at + 1)
  while text:sub(at, at) ~= close do
    at = text:match("^[%s,]*()", add(at))
    assert(at <= #text, "a list that does not end")
  end
  return at + 1
end

function read_value(text, at)
  at = text:match("^%s*()", at)
  local first, value = text:sub(at, at), {}
  if first == '"' then return read_text(text, at) end
  if first == "{" then
    return value, read_many(text, at, "}", function(from)
      local key, after = read_text(text, from)
      value[key], after = read_value(text, text:match("^%s*:()", after))
      return after
    end)
  elseif first == "[" then
    return value, read_many(text, at, "]", function(from)
      local item, after = read_value(text, from)
      value[#value + 1] = item
      return after
    end)
  end
  local word, after = text:match("^([%w.+-]+)()", at)
  assert(word, "no JSON at byte " .. at)
  if word == "true" or word == "false" then return word == "true", after end
  return tonumber(word), after
end

function lib.parse_json(text)
  return (read_value(text, 1))
end

function lib.read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

function lib.write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- What a command prints; its messages go where ours go.
function lib.output(...)
  local words = {}
  for i, word in ipairs({ ... }) do words[i] = quote(word) end
  local pipe = assert(io.popen(table.concat(words, " "), "r"))
  local text = pipe:read("a")
  pipe:close()
  return text
end

function lib.lines(...)
  local list = {}
  for line in lib.output(...):gmatch("[^\n]+") do
    if line:sub(1, 1) == "{" then list[#list + 1] = lib.parse_json(line) end
  end
  return list
end

-- A folder that is removed at the end.
local folders = {}
function lib.folder()
  local path = lib.output("mktemp", "-d"):match("^[^\n]+")
  folders[#folders + 1] = path
  return path
end

function lib.finish()
  for _, path in ipairs(folders) do os.execute("rm -rf " .. quote(path)) end
  print(("%d passed, %d failed"):format(lib.passed, lib.failed))
  os.exit(lib.failed == 0 and 0 or 1)
end

function lib.check(is_right, words)
  if is_right then
    lib.passed = lib.passed + 1
  else
    lib.failed = lib.failed + 1
    print("FAIL " .. words)
  end
  return is_right
end

local function has_fields(record, wanted)
  for key, value in pairs(wanted or {}) do
    local own = key == "_section" and record.section or record.fields[key]
    if value == false and own == nil then own = false end
    if value == "*" and own ~= nil then own = "*" end
    if own ~= value then return false end
  end
  return true
end

-- How many records of a kind on a page have these fields ("*": any value; false: false or none;
-- `_section`: the title of the section).
function lib.count(records, path, kind, fields)
  local count = 0
  for _, record in ipairs(records) do
    if record.path == path and record.kind == kind and has_fields(record, fields) then
      count = count + 1
    end
  end
  return count
end

return lib
