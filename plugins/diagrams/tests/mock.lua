-- SPDX-License-Identifier: MIT
-- A stand-in for the host's `quoin` table, just large enough to run this plugin alone under lua5.4.
local mock = {}

local function json_value(s, at)
  at = s:match("^%s*()", at)
  local c = s:sub(at, at)
  if c == "{" or c == "[" then
    local out, is_list = {}, c == "["
    at = s:match("^%s*()", at + 1)
    if s:find("^[%]}]", at) then return out, at + 1 end
    while true do
      local key
      if not is_list then
        key, at = json_value(s, at)
        at = s:match("^%s*:()", at)
      end
      local value
      value, at = json_value(s, at)
      out[is_list and #out + 1 or key] = value
      local mark
      mark, at = s:match("^%s*([,%]}])()", at)
      if mark ~= "," then return out, at end
    end
  elseif c == '"' then
    local i = at + 1
    while s:sub(i, i) ~= '"' do
      assert(i <= #s, "unclosed string")
      i = i + (s:sub(i, i) == "\\" and 2 or 1)
    end
    local escapes = { n = "\n", t = "\t", r = "\r", b = "\b", f = "\f" }
    local raw = s:sub(at + 1, i - 1)
    return raw:gsub("\\(.)(%x?%x?%x?%x?)", function(e, hex)
      if e == "u" then return utf8.char(tonumber(hex, 16)) end
      return (escapes[e] or e) .. hex
    end), i + 1
  end
  local word = assert(s:match("^[%w.+-]+", at), "no value")
  local values = { ["true"] = true, ["false"] = false }
  local value = values[word]
  if value == nil and word ~= "null" then value = assert(tonumber(word), "no number") end
  return value, at + #word
end

function mock.parse_json(s)
  local ok, value = pcall(json_value, s, 1)
  if ok then return value end
  return nil, tostring(value)
end

local function write_json(value, out)
  if type(value) == "string" then
    out[#out + 1] = '"' .. value:gsub('[%c"\\]', function(c)
      return ("\\u%04x"):format(c:byte())
    end) .. '"'
  elseif type(value) ~= "table" then
    out[#out + 1] = tostring(value)
  elseif value[1] ~= nil then
    out[#out + 1] = "["
    for i, item in ipairs(value) do
      out[#out + 1] = i > 1 and "," or ""
      write_json(item, out)
    end
    out[#out + 1] = "]"
  else
    out[#out + 1] = "{"
    for key, item in mock.sorted(value) do
      out[#out + 1] = out[#out] ~= "{" and "," or ""
      write_json(key, out)
      out[#out + 1] = ":"
      write_json(item, out)
    end
    out[#out + 1] = "}"
  end
end

function mock.json(value)
  local out = {}
  write_json(value, out)
  return table.concat(out)
end

-- Nothing is kept here.
function mock.cached(_, make) return make() end

function mock.sorted(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys)
  local i = 0
  return function()
    i = i + 1
    return keys[i], t[keys[i]]
  end
end

function mock.escape(s)
  return (s:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

function mock.hash(s)
  local h = 5381
  for i = 1, #s do h = (h * 33 + s:byte(i)) % 0x100000000 end
  return ("%08x"):format(h):rep(4)
end

function mock.safe_url(url)
  local bare = url:gsub("[%c%s]", "")
  local scheme = bare:match("^([%a][%w+.-]*):")
  scheme = scheme and scheme:lower()
  if not scheme or scheme == "http" or scheme == "https" or scheme == "mailto" then return url end
end

mock.layout = require "grid"

mock.programs = true

function mock.run(program, arguments, input)
  if not mock.programs then return nil, "missing" end
  local name = os.tmpname()
  local file = assert(io.open(name, "w"))
  file:write(input)
  file:close()
  local parts = { program }
  for _, a in ipairs(arguments) do parts[#parts + 1] = "'" .. a .. "'" end
  local errors = name .. ".err"
  local pipe = io.popen(table.concat(parts, " ") .. " < " .. name .. " 2> " .. errors)
  local out = pipe:read("a")
  local ok = pipe:close()
  local said_file = io.open(errors)
  local said = said_file and said_file:read("a") or ""
  if said_file then said_file:close() end
  os.remove(name)
  os.remove(errors)
  if said:find("not found") then return nil, "missing", said end
  if not ok then return nil, "failed", said end
  return out, nil, said
end

-- A block as the host hands it over; `findings` collects what it reports.
function mock.block(text, language, number)
  local block = { text = text, language = language or "mermaid", info = language or "mermaid",
    line = 1, number = number or 1, findings = {} }
  function block:report(finding) self.findings[#self.findings + 1] = finding end
  function block:file(name) return self.language .. "." .. name end
  return block
end

return mock
