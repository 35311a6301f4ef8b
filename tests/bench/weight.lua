-- weight.lua OUTPUT [FOLDER] - what a browser loads with one page of a built portal, in bytes over
-- the wire (gzip as GitHub Pages does it) and in requests. Prints the page of median weight with its
-- parts, and heavy ones. FOLDER: pages of the output that count; default all.
local output, folder = arg[1], arg[2] or "."

local function read(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("a")
  file:close()
  return bytes
end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function lines(command)
  local found, pipe = {}, assert(io.popen(command))
  for line in pipe:lines() do found[#found + 1] = line end
  pipe:close()
  return found
end

-- One process for all files: "path bytes" on a line each.
local function weigh(list)
  local sizes, name = {}, os.tmpname()
  local file = assert(io.open(name, "wb"))
  file:write(table.concat(list, "\n"), "\n")
  file:close()
  local command = ("cd %s && while IFS= read -r f; do printf '%%s\\n' \"$(gzip -6 -nc \"$f\" | wc -c)\";"
    .. " done <%s"):format(quote(output), quote(name))
  for i, line in ipairs(lines(command)) do sizes[list[i]] = tonumber(line) end
  os.remove(name)
  return sizes
end

local function resolve(page, href)
  local parts = {}
  for part in ((page:match("^(.*/)") or "") .. href):gmatch("[^/]+") do
    if part == ".." then table.remove(parts) elseif part ~= "." then parts[#parts + 1] = part end
  end
  return table.concat(parts, "/")
end

-- The files that a page makes a browser load at once.
local function loaded(page)
  local html, list, seen = read(output .. "/" .. page), {}, {}
  local function add(href)
    if href:find("^%a+:") or href:find("^data:") then return end
    local path = resolve(page, href:gsub("[?#].*", ""))
    if not seen[path] then list[#list + 1] = path end
    seen[path] = true
  end
  for tag in html:gmatch("<link[^>]*>") do
    if tag:find('rel="stylesheet"') or tag:find('rel="icon"') then add(tag:match('href="([^"]*)"')) end
  end
  for src in html:gmatch('<script[^>]*src="([^"]*)"') do add(src) end
  for src in html:gmatch('<img[^>]*src="([^"]*)"') do add(src) end
  return list
end

local pages = lines(("cd %s && find %s -name '*.html' -type f | sed 's|^\\./||' | LC_ALL=C sort")
  :format(quote(output), quote(folder)))
local files, wanted, known = {}, {}, {}
for _, page in ipairs(pages) do
  files[page] = loaded(page)
  wanted[#wanted + 1] = page
  for _, file in ipairs(files[page]) do
    if not known[file] then wanted[#wanted + 1] = file end
    known[file] = true
  end
end
local sizes = weigh(wanted)

local rows = {}
for _, page in ipairs(pages) do
  local row = { page = page, bytes = sizes[page], requests = 1 + #files[page], script = 0 }
  for _, file in ipairs(files[page]) do
    row.bytes = row.bytes + sizes[file]
    if file:find("%.js$") then row.script = row.script + sizes[file] end
  end
  rows[#rows + 1] = row
end
table.sort(rows, function(a, b)
  if a.bytes ~= b.bytes then return a.bytes < b.bytes end
  return a.page < b.page
end)

local function show(name, row)
  print(("%-9s %s: %.1f KB gzip, %d requests, scripts %.1f KB"):format(name, row.page,
    row.bytes / 1000, row.requests, row.script / 1000))
end

local middle = rows[(#rows + 1) // 2]
show("median", middle)
for _, file in ipairs({ middle.page, table.unpack(files[middle.page]) }) do
  print(("  %6.1f KB  %s"):format(sizes[file] / 1000, file))
end
show("9 in 10", rows[(#rows * 9 + 9) // 10])
show("heaviest", rows[#rows])
local is_kept = middle.bytes <= 32000 and middle.requests <= 6 and middle.script <= 12000
print(("a page of %d: %.1f KB in %d requests, scripts %.1f KB (promised: at most 32 in 6, 12)%s")
  :format(#rows, middle.bytes / 1000, middle.requests, middle.script / 1000,
    is_kept and "" or "  <-- BROKEN"))
