-- compare.lua - links that Quoin reports against those of an independent checker, both ways.
--
--   lua5.4 compare.lua EXPECTED.jsonl FOUND.jsonl DIFFERENCES.md NAME
--
-- A reference link may be reported where it is used or where it is defined. DIFFERENCES.md is a
-- table of pages that may differ: | corpus | file | target | why |. An entry that is not needed is
-- a failure too.

-- The parts of a JSON object of one line that are strings or numbers.
local function read_object(line)
  local object = {}
  local escapes = { n = "\n", t = "\t", r = "\r", b = "\b", f = "\f" }
  local function unescape(text)
    text = text:gsub("\\u([dD][89abAB]%x%x)\\u([dD][c-fC-F]%x%x)", function(high, low)
      return utf8.char(0x10000 + ((tonumber(high, 16) & 0x3FF) << 10) + (tonumber(low, 16) & 0x3FF))
    end)
    text = text:gsub("\\u(%x%x%x%x)", function(hex) return utf8.char(tonumber(hex, 16)) end)
    return (text:gsub("\\(.)", function(c) return escapes[c] or c end))
  end
  local at = 1
  while true do -- "key": "value" with escaped quotation marks, or "key": number
    local key, colon = line:match('"([%w_]+)"%s*:%s*()', at)
    if not key then return object end
    if line:sub(colon, colon) == '"' then
      local stop = colon + 1
      while line:sub(stop, stop) ~= '"' do
        stop = stop + (line:sub(stop, stop) == "\\" and 2 or 1)
      end
      object[key] = unescape(line:sub(colon + 1, stop - 1))
      at = stop + 1
    else
      object[key] = tonumber(line:match("^[%d.-]+", colon))
      at = colon + 1
    end
  end
end

local function read_lines(path)
  local objects = {}
  for line in io.lines(path) do
    if line ~= "" then objects[#objects + 1] = read_object(line) end
  end
  return objects
end

local function decode(url)
  return (url:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function key(file, line, target) return file .. "\0" .. line .. "\0" .. decode(target) end

local expected_path, found_path, differences_path, corpus = table.unpack(arg)
local allowed, used = {}, {}
for line in io.lines(differences_path) do
  local name, file, target = line:match("^| *(%S+) *| *`([^`]+)` *| *`([^`]+)` *|")
  if name == corpus then allowed[file .. "\0" .. decode(target)] = true end
end
local function is_allowed(file, target)
  local name = file .. "\0" .. decode(target)
  used[name] = allowed[name]
  return allowed[name]
end

local expected, found, known, seen = read_lines(expected_path), {}, {}, {}
for _, finding in ipairs(read_lines(found_path)) do
  if finding.code:find("^link%.") then found[#found + 1] = finding end
end
for _, link in ipairs(expected) do
  known[key(link.file, link.line, link.target)] = true
  if link.def then known[key(link.file, link.def, link.target)] = true end
end
for _, link in ipairs(found) do seen[key(link.file, link.line, link.target)] = true end

local missing, extra = 0, 0
for _, link in ipairs(expected) do
  local is_seen = seen[key(link.file, link.line, link.target)] or
    (link.def and seen[key(link.file, link.def, link.target)])
  if not is_seen and not is_allowed(link.file, link.target) then
    missing = missing + 1
    print(("missing %s:%d %s (%s)"):format(link.file, link.line, link.target, link.kind))
  end
end
for _, link in ipairs(found) do
  if not known[key(link.file, link.line, link.target)] and not is_allowed(link.file, link.target) then
    extra = extra + 1
    print(("extra %s:%d %s (%s)"):format(link.file, link.line, link.target, link.code))
  end
end
local unused = 0
for name in pairs(allowed) do
  if not used[name] then
    unused = unused + 1
    print("not needed in " .. differences_path .. ": " .. name:gsub("\0", " "))
  end
end
print(("%s: %d expected, %d found, %d missing, %d extra"):format(corpus, #expected, #found, missing,
  extra))
os.exit(missing + extra + unused == 0 and #expected > 0 and 0 or 1)
