-- crawl.lua - reads every page of built portals and follows every link that stays inside.
--
--   lua5.4 tests/crawl.lua FOLDER...
--
-- A portal must work from a disk, in a sub-folder and behind a strict Content-Security-Policy:
-- links lead to files and anchors that are there, nothing starts at the server's root (but on the
-- page 404.html), ids are unique, tags are nested, nothing is inline that the policy forbids, and
-- the navigation stays small however many pages there are. Needs nothing but Lua.

local MAX_NAV_BYTES = 32 * 1024 -- all <nav> of a page
local MAX_SHOWN = 100           -- problems that are printed

local VOID = {}
for name in ("area base br col embed hr img input link meta source track wbr"):gmatch("%S+") do
  VOID[name] = true
end
local RAW_TEXT = { script = true, style = true, textarea = true, title = true }

-- Attributes with ids of this page.
local ID_LISTS = { ["aria-labelledby"] = true, ["aria-describedby"] = true,
                   ["aria-controls"] = true, ["for"] = true, headers = true }

local problems, shown_problems, link_count = 0, 0, 0

local function problem(page, format, ...)
  problems = problems + 1
  if shown_problems < MAX_SHOWN then
    shown_problems = shown_problems + 1
    print(page .. ": " .. format:format(...))
  end
end

-- Text --------------------------------------------------------------------------------------

local ENTITIES = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'", nbsp = "\u{A0}" }

local function decode_entities(text)
  if not text:find("&", 1, true) then return text end
  text = text:gsub("&#[xX](%x+);", function(hex) return utf8.char(tonumber(hex, 16)) end)
  text = text:gsub("&#(%d+);", function(number) return utf8.char(tonumber(number)) end)
  return (text:gsub("&(%a+);", ENTITIES))
end

local function decode_percent(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- "a/b/../c" -> "a/c"; nil when it leads above the top.
local function normalise(path)
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." then
      if #parts == 0 then return nil end
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  return table.concat(parts, "/")
end

-- HTML --------------------------------------------------------------------------------------

-- Attributes of the tag that starts before `at`; gives them and the offset behind ">".
local function read_attributes(html, at)
  local attributes = {}
  while true do
    at = html:match("^[%s/]*()", at)
    if html:sub(at, at) == ">" then return attributes, at + 1 end
    local name, next_at = html:match("^([^%s=>/]+)%s*()", at)
    if not name then return attributes, nil end
    at = next_at
    local value = ""
    if html:sub(at, at) == "=" then
      at = html:match("^=%s*()", at)
      local quote = html:sub(at, at)
      if quote == '"' or quote == "'" then
        local stop = html:find(quote, at + 1, true)
        if not stop then return attributes, nil end
        value, at = html:sub(at + 1, stop - 1), stop + 1
      else
        value, at = html:match("^([^%s>]*)()", at)
      end
    end
    attributes[#attributes + 1] = { name = name:lower(), value = decode_entities(value) }
  end
end

-- Calls visit(kind, name, attributes, at, is_closed) for each tag: kind "open" or "close".
local function each_tag(html, visit, fail)
  local at = 1
  while true do
    local start = html:find("<", at, true)
    if not start then return end
    if html:sub(start, start + 3) == "<!--" then
      local _, stop = html:find("-->", start + 4, true)
      if not stop then return fail("a comment is not closed") end
      at = stop + 1
    elseif html:find("^<![dD]", start) then
      at = (html:find(">", start, true) or #html) + 1
    elseif html:find("^</%a", start) then
      local name, stop = html:match("^</([%w-]+)%s*>()", start)
      if not name then return fail("an end tag is broken: " .. html:sub(start, start + 30)) end
      visit("close", name:lower(), nil, start)
      at = stop
    elseif html:find("^<%a", start) then
      local name, behind = html:match("^<([%w:-]+)()", start)
      local attributes, stop = read_attributes(html, behind)
      if not stop then return fail("a tag is broken: " .. html:sub(start, start + 30)) end
      name = name:lower()
      visit("open", name, attributes, start, html:sub(stop - 2, stop - 2) == "/")
      at = stop
      if RAW_TEXT[name] and html:sub(stop - 2, stop - 2) ~= "/" then
        at = html:find("</" .. name, stop, true) or #html + 1
      end
    else
      return fail("a bare `<` in the text: " .. html:sub(start, start + 30))
    end
  end
end

-- Reads one page: its ids, its links with what wrote them, its problems.
local function read_page(name, html)
  local page = { name = name, ids = {}, links = {}, references = {} }
  local stack, svg_depth, nav_start, nav_bytes = {}, 0, nil, 0
  local function note_id(id)
    if page.ids[id] == "id" then problem(name, "the id `%s` is there twice", id) end
    page.ids[id] = "id"
  end
  local function read_attribute(tag, attribute, all)
    local key, value = attribute.name, attribute.value
    if key == "id" then
      note_id(value)
    elseif key == "name" and tag == "a" then
      page.ids[value] = page.ids[value] or "name"
    elseif key == "href" or key == "src" or key == "xlink:href" or key == "poster" then
      page.links[#page.links + 1] = { tag = tag, key = key, url = value, attributes = all }
    elseif key == "srcset" then
      for url in value:gmatch("([^%s,]+)[^,]*") do
        page.links[#page.links + 1] = { tag = tag, key = key, url = url, attributes = all }
      end
    elseif key == "style" then
      problem(name, "<%s> has an inline style", tag)
    elseif key:find("^on") then
      problem(name, "<%s> has the handler %s", tag, key)
    elseif ID_LISTS[key] then
      for id in value:gmatch("%S+") do page.references[#page.references + 1] = id end
    end
    for id in value:gmatch("url%(#([^)]+)%)") do page.references[#page.references + 1] = id end
  end
  each_tag(html, function(kind, tag, attributes, at, is_closed)
    if kind == "open" then
      local seen = {}
      for _, attribute in ipairs(attributes) do
        if seen[attribute.name] then problem(name, "<%s> has %s twice", tag, attribute.name) end
        seen[attribute.name] = true
        read_attribute(tag, attribute, seen)
      end
      for _, attribute in ipairs(attributes) do seen[attribute.name] = attribute.value end
      if tag == "style" then problem(name, "there is a <style>") end
      if tag == "script" and not seen.src then problem(name, "there is a script without src") end
      if tag == "base" then problem(name, "there is a <base>") end
      if tag == "nav" and not nav_start then nav_start = at end
      if tag == "svg" then svg_depth = svg_depth + 1 end
      local is_leaf = VOID[tag] or (is_closed and svg_depth > 0)
      if is_closed and not is_leaf then problem(name, "<%s/> does not close itself", tag) end
      if not is_leaf then stack[#stack + 1] = tag end
      if is_closed and tag == "svg" then svg_depth = svg_depth - 1 end
      return
    end
    if stack[#stack] == tag then
      stack[#stack] = nil
    else
      problem(name, "</%s> where <%s> is open", tag, stack[#stack] or "nothing")
      for i = #stack, 1, -1 do -- go on where it fits, so that one mistake is one problem
        if stack[i] == tag then
          for k = #stack, i, -1 do stack[k] = nil end
          break
        end
      end
    end
    if tag == "svg" then svg_depth = svg_depth - 1 end
    if tag == "nav" and nav_start then
      nav_bytes = nav_bytes + at - nav_start
      nav_start = nil
    end
  end, function(what) problem(name, "%s", what) end)
  if #stack > 0 then problem(name, "<%s> is not closed", stack[#stack]) end
  -- A whole project on paper has the contents of all its pages.
  if nav_bytes > MAX_NAV_BYTES and not name:find("print%.html$") then
    problem(name, "the navigation takes %d bytes", nav_bytes)
  end
  page.nav_bytes = nav_bytes
  return page
end

-- Portals -----------------------------------------------------------------------------------

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function quote(path) return "'" .. path:gsub("'", "'\\''") .. "'" end

-- Site paths of all files below the folder, sorted.
local function list_files(folder)
  local files, pipe = {}, assert(io.popen("find " .. quote(folder) .. " -type f"))
  for path in pipe:lines() do files[#files + 1] = path:sub(#folder + 2) end
  pipe:close()
  table.sort(files)
  return files
end

-- A link of 404.html starts at the server's root, where the portal may have a folder of its own.
local function find_from_root(site, path)
  local rest = normalise(path)
  while rest do
    if site.files[rest] then return rest end
    rest = rest:match("^[^/]*/(.+)$")
  end
end

local function check_fragment(site, page, link, path, fragment)
  local target = site.pages[path]
  if fragment == "" or not target then return end
  if not target.ids[decode_percent(fragment)] then
    problem(page.name, "%s has no anchor for `%s`", path, link.url)
  end
end

-- Addresses of other hosts may be followed by a reader, never loaded by the page. Pictures that
-- authors took from elsewhere are their own decision.
local function check_outside(page, link)
  local scheme = link.url:match("^%s*([%a][%w+.-]*):")
  if scheme and (scheme:lower() == "javascript" or scheme:lower() == "vbscript") then
    problem(page.name, "a link runs a script: %s", link.url)
  elseif link.tag ~= "a" and link.tag ~= "img" and link.tag ~= "source" and
      not (link.tag == "link" and (link.attributes.rel or ""):find("canonical")) then
    problem(page.name, "<%s> loads %s", link.tag, link.url)
  end
end

local function check_link(site, page, link)
  local url = link.url:gsub("[\t\r\n]", "")
  link_count = link_count + 1
  if url:find("^%s*[%a][%w+.-]*:") or url:find("^//") then return check_outside(page, link) end
  local path, fragment = url:match("^([^?#]*)[^#]*#?(.*)$")
  path = decode_percent(path)
  if path == "" then return check_fragment(site, page, link, page.name, fragment) end
  local target
  if path:sub(1, 1) == "/" then
    if page.name ~= "404.html" then
      return problem(page.name, "`%s` starts at the server's root", link.url)
    end
    target = find_from_root(site, path)
  else
    target = normalise((page.name:match("^(.*/)") or "") .. path)
  end
  if not target and path:sub(1, 1) ~= "/" then
    problem(page.name, "`%s` leads out of the portal", link.url)
  elseif not site.files[target or ""] then
    problem(page.name, "`%s` leads to nothing", link.url)
  else
    check_fragment(site, page, link, target, fragment)
  end
end

local function crawl(folder)
  local site = { files = {}, pages = {}, names = {} }
  for _, path in ipairs(list_files(folder)) do
    site.files[path] = true
    if path:find("%.html$") then
      site.names[#site.names + 1] = path
      site.pages[path] = read_page(path, read_file(folder .. "/" .. path))
    end
  end
  for _, name in ipairs(site.names) do
    local page = site.pages[name]
    for _, link in ipairs(page.links) do check_link(site, page, link) end
    for _, id in ipairs(page.references) do
      if page.ids[id] ~= "id" then problem(name, "an attribute refers to the id `%s`", id) end
    end
  end
  if #site.names == 0 then problem(folder, "there are no pages") end
  return #site.names
end

if #arg == 0 then
  io.stderr:write("usage: lua5.4 crawl.lua FOLDER...\n")
  os.exit(2)
end
local pages = 0
for _, folder in ipairs(arg) do pages = pages + crawl((folder:gsub("/+$", ""))) end
if problems > shown_problems then print(("... and %d more"):format(problems - shown_problems)) end
print(("%d pages, %d links, %d problems"):format(pages, link_count, problems))
os.exit(problems == 0 and 0 or 1)
