-- SPDX-License-Identifier: MIT
-- Reads what a decision says of itself: from metadata, from the section "Status", from its names.
local fields = {}

local KEYS = {
  status = { "status" },
  date = { "date", "decided", "decision-date", "date-decided", "start-date", "creation-date",
    "created", "last-updated" },
  deciders = { "deciders", "decision-makers", "decision-maker", "decided-by", "approvers",
    "decision-owner" },
  supersedes = { "supersedes", "replaces", "obsoletes", "supercedes" },
  superseded_by = { "superseded-by", "replaced-by", "obsoleted-by", "superceded-by" },
  number = { "number", "adr", "kep-number", "rfc", "id" },
}

local EMPTY = {}

local NOTHING = { ["n/a"] = true, na = true, none = true, ["-"] = true, ["–"] = true, tbd = true,
  no = true, todo = true, null = true, nothing = true }

local function trim(text)
  local first = text:find("%S")
  return first and text:match(".*%S", first) or ""
end

-- "N/A", "[date]", "{proposed | accepted}", "(link to it)", "insert date": nobody filled it in.
local function is_empty(text)
  local rest = trim(text)
  return rest == "" or NOTHING[rest:lower()] or rest:find("^%b[]$") or rest:find("^%b{}$")
    or rest:find("^%b<>$") or rest:find("^%b()$") or rest:lower():find("^insert ") ~= nil
    or rest:find("|", 1, true) ~= nil or rest:find("^YYYY") ~= nil
end
fields.is_empty = is_empty

-- Values of a key as a list of texts; empty when it has none.
local function values(meta, key)
  local value = meta[key]
  if value == nil or value == "" then return EMPTY end
  local list = type(value) == "table" and value or { value }
  local found = {}
  for _, item in ipairs(list) do
    if type(item) ~= "table" and not is_empty(tostring(item)) then
      found[#found + 1] = trim(tostring(item))
    end
  end
  return found
end

-- The first key of `name` (or of the site's own words) that has a value.
local function find(meta, name, own)
  for _, key in ipairs(own[name] or {}) do
    local found = values(meta, key)
    if #found > 0 then return found end
  end
  for _, key in ipairs(KEYS[name]) do
    local found = values(meta, key)
    if #found > 0 then return found end
  end
  return {}
end

-- One text may name several: "ADR-3, ADR-4". Other texts stay whole.
local function split_names(list)
  local found = {}
  for _, text in ipairs(list) do
    local parts, are_names = {}, true
    for part in (text:gsub(" and ", ",") .. ","):gmatch("%s*(.-)%s*[,;]") do
      if part ~= "" then parts[#parts + 1] = part end
      are_names = are_names and (part == "" or part:find("^[%u]*[ -]?#?%d+$") ~= nil)
    end
    if are_names and #parts > 0 then
      table.move(parts, 1, #parts, #found + 1, found)
    else
      found[#found + 1] = (text:gsub("[.;,%s]+$", ""))
    end
  end
  return found
end

-- "Accepted – with changes" -> "Accepted", " with changes": what stands before the first mark.
local function cut_remark(text)
  local first, last = text:find("[(;,.]")
  local dash, dash_end = text:find("\xE2\x80[\x93\x94]") -- – or —
  if dash and (not first or dash < first) then first, last = dash, dash_end end
  if first then return text:sub(1, first - 1), text:sub(last + 1) end
end

-- "Superseded by [ADR-5](...)" -> "Superseded", and the name goes to `out`.
local function read_status(text, out)
  local lower = text:lower()
  local _, by_end = lower:find("^supers?c?eded by:?%s*")
  if not by_end then _, by_end = lower:find("^replaced by:?%s*") end
  if by_end then
    local name = text:sub(by_end + 1)
    if not is_empty(name) then
      for _, part in ipairs(split_names { name }) do table.insert(out.superseded_by, part) end
    end
    return text:match("^%S+")
  end
  local _, supersedes_end = lower:find("^supersedes:?%s*")
  if supersedes_end then
    local name = text:sub(supersedes_end + 1)
    for _, part in ipairs(split_names { name }) do table.insert(out.supersedes, part) end
    return nil
  end
  local word, rest = cut_remark(text)
  if not word then word, rest = text:match("^(.-)%s+%-%s+(.*)$") end
  if rest and rest:lower():find("superseded by", 1, true) then read_status(
    rest:sub(rest:lower():find("superseded by", 1, true), -1):gsub("%)$", ""), out) end
  word = trim(word or text)
  if is_empty(word) or #word > 40 or select(2, word:gsub("%S+", "")) > 4 then return nil end
  return word
end

-- The line of the heading "Status", which stands near the top.
local function status_heading(page)
  for i, section in ipairs(page.sections) do
    if i > 15 then break end
    local title = section.title
    if #title < 40 and title:lower():find("^[%d.%s]*status%s*$") and section.level > 1 then
      return section.line
    end
  end
end

-- Lines of the section "Status".
local function status_lines(page)
  local line = status_heading(page)
  if not line then return {} end
  for heading in page:nodes("heading") do
    if heading.line == line then
      local lines, block = {}, heading.next
      while block and block.type ~= "heading" and #lines < 12 do
        for node in block:nodes("paragraph") do lines[#lines + 1] = node.text end
        if block.type == "paragraph" then lines[#lines + 1] = block.text end
        block = block.next
      end
      return lines
    end
  end
  return {}
end

-- "Date: 2016-02-12" alone is prose for the core; in a decision it is the date.
local function written_date(page)
  local paragraph = page:nodes("paragraph")()
  return paragraph and paragraph.text:match("^%s*Date:%s*(%d[%d-]+)%s*$")
end

local MONTHS = {}
do
  local number = 0
  for month in ([[jan feb mar apr may jun jul aug sep oct nov dec]]):gmatch("%a+") do
    number = number + 1
    MONTHS[month] = number
  end
end

-- "2018-12-24 (about)", "December 11, 2025" and "11-April-2023" become 2018-12-24 and so on; other
-- dates stay as they are written.
local function normal_date(text)
  local iso = text and text:match("%f[%d]%d%d%d%d%-%d%d%-%d%d%f[%D]")
  if not text or iso then return iso end
  local month, day, year = text:match("(%a+)%.? (%d%d?)%a*, *(%d%d%d%d)")
  if not month then day, month, year = text:match("(%d%d?)[%. -]+(%a+)[%. -]+(%d%d%d%d)") end
  local number = month and MONTHS[month:sub(1, 3):lower()]
  return number and ("%s-%02d-%02d"):format(year, number, math.tointeger(tonumber(day, 10))) or text
end

local function add_all(list, more)
  local seen = {}
  for _, text in ipairs(list) do seen[text] = true end
  for _, text in ipairs(more) do
    if not seen[text] then list[#list + 1] = text end
  end
end

-- Everything but the number. `meta` is the page's.
function fields.read(page, meta, own)
  local out = { supersedes = {}, superseded_by = {} }
  local status = find(meta, "status", own)[1]
  if status then
    out.status = read_status(status, out)
  else
    for _, text in ipairs(status_lines(page)) do
      for line in text:gmatch("[^\n]+") do
        local word = read_status(trim(line), out)
        out.status = out.status or word
      end
    end
  end
  out.date = normal_date(find(meta, "date", own)[1] or written_date(page))
  local deciders = find(meta, "deciders", own)
  out.deciders = #deciders > 0 and table.concat(deciders, ", ") or nil
  add_all(out.supersedes, split_names(find(meta, "supersedes", own)))
  add_all(out.superseded_by, split_names(find(meta, "superseded_by", own)))
  return out
end

-- File or folder name that tells the number: "adr/0007-queue.md", "features/0017-x/README.md".
function fields.name(page)
  local path = page.path
  if page.is_index then return path:match("([^/]+)/[^/]*$") or "" end
  return (path:match("[^/]*$"):gsub("%.md$", ""))
end

function fields.number(meta, name, title)
  local written = name:match("^(%d+)[-_ .]") or name:match("^%d+$") or name:match("^%a[%a_-]*[-_](%d%d%d+)%f[%D]")
    or name:match("^%a[%a_-]*[-_](%d+)$") or title:match("%f[%w]%u%u+[ -]#?(%d+)%f[%W]")
    or title:match("^(%d+)[.:]%s")
  if not written then
    for _, key in ipairs(KEYS.number) do
      local value = values(meta, key)[1]
      written = written or value and value:match("^#?0*(%d+)$")
    end
  end
  return written and #written < 10 and math.tointeger(tonumber(written, 10)) or nil
end

fields.KEYS = KEYS
return fields
