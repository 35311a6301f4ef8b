-- records.lua JSONL SOURCE COUNTS NAME - what `quoin list records --format json` finds in real specs:
-- as many of each kind as COUNTS says (a reviewed table: look at the records before you change it),
-- and each at a line of its page where the first word of its title stands.
local jsonl, source, counts, name = table.unpack(arg)

-- Made from whole pages or from other records: their titles stand on no line.
local DERIVED = { progress = true, related = true, completeness = true, gap = true, section = true,
  decision = true, kind = true }

local files = {}
local function lines_of(path)
  if not files[path] then
    local lines = {}
    for line in io.lines(source .. "/" .. path) do lines[#lines + 1] = line:lower() end
    files[path] = lines
  end
  return files[path]
end

-- On its line or further down in its block, which ends at a blank line.
local function stands_there(path, line, word)
  local lines = lines_of(path)
  for at = line, #lines do
    if lines[at]:find(word, 1, true) then return true end
    if not lines[at]:find("%S") then return false end
  end
  return false
end

local found, problems = {}, 0
local function complain(...)
  problems = problems + 1
  print(...)
end

for text in io.lines(jsonl) do
  local kind = text:match('^{"kind":"([^"]*)"')
  found[kind] = (found[kind] or 0) + 1
  local title, path = text:match('"title":"(.-)","path":"([^"]*)"')
  local line = tonumber(text:match('"line":(%d+)'))
  local word = title and title:match("%w[%w]+")
  if kind == "question" then -- a bare TBD has its section's title
    word = text:match('"text":"[^"]*%?%?%?') and "???" or text:match('"marker":"(%w+)"')
  end
  if kind == "diagram" then word = "mermaid" end -- most have no title of their own
  if not DERIVED[kind] and path and word and line > 0 and not title:find("\\", 1, true)
    and not stands_there(path, line, word:lower()) then
    complain(("%s:%d: %s `%s` is not there"):format(path, line, kind, title))
  end
end

local wanted = {}
for text in io.lines(counts) do
  local corpus, kind, count = text:match("^(%S+)\t(%S+)\t(%d+)$")
  if corpus == name then wanted[kind] = tonumber(count) end
end
for kind, count in pairs(wanted) do
  if found[kind] ~= count then complain(("%s: %d wanted, %d found"):format(kind, count, found[kind] or 0)) end
end
for kind, count in pairs(found) do
  if not wanted[kind] then complain(("%s: %d found, none in the table"):format(kind, count)) end
end
os.exit(problems == 0)
