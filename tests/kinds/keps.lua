-- keps.lua QUOIN - 102 real enhancements against a scanner of lines that shares nothing with Quoin:
-- tasks, required sections that are missing, and enhancements that are called implemented while
-- tasks are open. keps.md lists the pages that may differ, and why; what is not needed there fails.
local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. package.path
local lib = require "lib"

local root = here .. "/../.."
local quoin = arg[1] or root .. "/build/quoin"
local source = root .. "/../shared/corpora/keps/src"

-- The required sections of the kind, straight from the lines of its kind.yaml.
local function plain(title)
  title = title:lower():gsub("%s*[%(%[]optional[%)%]]%s*$", ""):gsub("^%s*%d[%d.]*%s+", "")
  return (title:gsub("&", " and "):gsub("%p", " "):gsub("%s+", " "):match("^%s*(.-)%s*$"))
end

local function names_in(list)
  local names = {}
  list = list:gsub('"([^"]*)"', function(name)
    names[#names + 1] = plain(name)
    return ""
  end)
  for name in list:gmatch("[^,]+") do
    if name:match("%S") then names[#names + 1] = plain(name) end
  end
  return names
end

local function required_sections()
  local sections, above = {}, nil
  for line in io.lines(root .. "/templates/enhancement/kind.yaml") do
    local title = line:match("{ title: ([^,]+),")
    if title then
      local is_inner = line:find("level: 3", 1, true) ~= nil
      if not is_inner then above = title end
      if line:find("required: true", 1, true) then
        local names = names_in(line:match("aliases: %[(.*)%]") or "")
        names[#names + 1] = plain(title)
        sections[#sections + 1] = { path = is_inner and above .. " / " .. title or title, names = names }
      end
    end
  end
  return sections
end

-- --- the scanner -----------------------------------------------------------------------------

-- Lines without fenced code and comments.
local function visible_lines(text)
  local lines, fence, in_comment = {}, nil, false
  for line in (text .. "\n"):gmatch("(.-)\r?\n") do
    local mark = line:match("^%s*(```+)") or line:match("^%s*(~~~+)")
      or line:match("^%s*[-*+%d.)]+%s+(```+)")
    if in_comment then
      in_comment = not line:find("-->", 1, true)
    elseif fence then
      if mark and mark:sub(1, #fence) == fence and line:match("^%s*[`~]+%s*$") then fence = nil end
    elseif mark and not line:match("^%s*```.*`") then
      fence = mark
    elseif line:match("^%s*<!%-%-") then
      in_comment = not line:find("-->", 1, true)
    else
      lines[#lines + 1] = line
    end
  end
  return lines
end

local function scan(text)
  local page = { tasks = 0, open = 0, headings = {} }
  local before = ""
  for _, line in ipairs(visible_lines(text)) do
    local box = line:match("^%s*[-*+]%s+%[([ xX])%]%s") or line:match("^%s*%d+[.)]%s+%[([ xX])%]%s")
    if box then
      page.tasks = page.tasks + 1
      if box == " " then page.open = page.open + 1 end
    end
    local title = line:match("^ ? ? ?#+%s+(.-)%s*#*%s*$")
    if not title and before:match("%S") and (line:match("^===+%s*$") or line:match("^%-%-%-+%s*$")) then
      title = before
    end
    if title then page.headings[plain((title:gsub("[`*_]", "")))] = true end
    before = line
  end
  return page
end

local function missing_in(page, sections)
  local missing = {}
  for _, section in ipairs(sections) do
    local is_there = false
    for _, name in ipairs(section.names) do is_there = is_there or page.headings[name] end
    if not is_there then missing[section.path] = true end
  end
  return missing
end

local function scanned_pages(sections)
  local pages = {}
  for path in lib.output("find", source .. "/keps", "-path", "*/sig-*/*/README.md"):gmatch("[^\n]+") do
    local page = scan(lib.read(path))
    page.missing = missing_in(page, sections)
    local sidecar = lib.read(path:gsub("README%.md$", "kep.yaml")) or ""
    page.status = ("\n" .. sidecar):match("\nstatus:%s*\"?([%a]+)") or ""
    pages[path:sub(#source + 2)] = page
  end
  return pages
end

-- --- what Quoin says -------------------------------------------------------------------------

local function quoin_pages()
  local site, pages = lib.folder(), {}
  lib.output("cp", "-R", source .. "/.", site)
  lib.output("chmod", "-R", "u+w", site)
  lib.write(site .. "/quoin.yaml", "metadata: {sidecar: kep.yaml}\n"
    .. "plugins: {completeness: true, progress: true}\n"
    .. "kinds: {enhancement: 'keps/sig-*/*/README.md'}\n")
  for _, page in ipairs(lib.lines(quoin, "list", "pages", site, "--format", "json")) do
    if page.kind == "enhancement" then
      pages[page.path] = { tasks = 0, open = 0, missing = {}, status = page.meta.status or "" }
    end
  end
  for _, record in ipairs(lib.lines(quoin, "list", "records", site, "--format", "json")) do
    local page, fields = pages[record.path], record.fields
    if page and record.kind == "task" then
      page.tasks = page.tasks + 1
      if fields.state == "open" then page.open = page.open + 1 end
    elseif page and record.kind == "gap" and fields.gap == "missing" then
      page.missing[fields.section] = true
    end
  end
  return pages
end

-- --- both ------------------------------------------------------------------------------------

-- | page | what | lines | Quoin | why |
local function read_differences()
  local known = {}
  for line in io.lines(here .. "/keps.md") do
    local page, what, lines, own = line:match("^| `([^`]+)` | ([^|]-) | ([^|]-) | ([^|]-) |")
    if page then known[page .. " " .. what] = { lines = lines, own = own, is_needed = false } end
  end
  return known
end

local known = read_differences()

local function same(path, what, lines, own)
  local entry = known[path .. " " .. what]
  if lines ~= own and entry and entry.lines == lines and entry.own == own then
    entry.is_needed = true
    return lib.check(true)
  end
  lib.check(lines == own, ("%s: %s: the lines say %s, Quoin says %s"):format(path, what, lines, own))
end

local function sorted(set)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list)
  return list
end

local function conflict(page)
  return page.status:lower() == "implemented" and page.open > 0 and "open" or "none"
end

local function compare(path, lines, own, totals)
  same(path, "tasks", tostring(lines.tasks), tostring(own.tasks))
  same(path, "open tasks", tostring(lines.open), tostring(own.open))
  same(path, "status", lines.status:lower(), own.status:lower())
  same(path, "implemented with open tasks", conflict(lines), conflict(own))
  local either = {}
  for name in pairs(lines.missing) do either[name] = true end
  for name in pairs(own.missing) do either[name] = true end
  for _, name in ipairs(sorted(either)) do
    same(path, "section " .. name, lines.missing[name] and "missing" or "there",
      own.missing[name] and "missing" or "there")
    if own.missing[name] then totals.missing = totals.missing + 1 end
  end
  totals.pages, totals.tasks = totals.pages + 1, totals.tasks + own.tasks
  if conflict(own) == "open" then totals.conflicts = totals.conflicts + 1 end
end

local function run()
  if not lib.read(source .. "/keps/NNNN-kep-template/README.md") then
    print("skipped: the corpora (../shared/corpora) are not here")
    return
  end
  local lines, own = scanned_pages(required_sections()), quoin_pages()
  local totals = { pages = 0, tasks = 0, missing = 0, conflicts = 0 }
  for _, path in ipairs(sorted(lines)) do
    lib.check(own[path] ~= nil, path .. ": Quoin has no such enhancement")
    if own[path] then compare(path, lines[path], own[path], totals) end
  end
  for key, entry in pairs(known) do lib.check(entry.is_needed, "keps.md: not needed: " .. key) end
  print(("%d enhancements, %d tasks, %d missing sections, %d implemented with open tasks"):format(
    totals.pages, totals.tasks, totals.missing, totals.conflicts))
end

run()
lib.finish()
