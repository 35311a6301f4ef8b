-- SPDX-License-Identifier: MIT
-- Approvals and stakeholders in lists, and the lines "Last Review:" and "Next Review:".
local approvals = require "approvals"
local dates = require "dates"
local words = require "words"
local lines = {}

-- Takes the part that says "Approved on 2025-06-25" out of the parts; returns state and date.
local function take_state(parts)
  for i = #parts, 1, -1 do
    local state, date = words.state(parts[i]), dates.find(parts[i])
    if state or date then
      table.remove(parts, i)
      return state or "approved", date, true
    end
  end
  return "pending", nil, false
end

local function item_text(item)
  local paragraph = item.first
  if not paragraph or paragraph.type ~= "paragraph" then return "" end
  return (words.cut(paragraph.text, 400):gsub("^%[[ xX/~-]%]%s*", ""))
end

-- "[Name – Title] – Approved on [date]" is a placeholder, not an approval.
local function has_placeholder(text)
  return text:find("%[[^%[%]]+%]") ~= nil or text:find("<[^<>]+>") ~= nil
end

-- {name, job, role, state, date} of "Role: Name – Title – Approved on DATE", or nil.
local function read_approval(item, is_listed)
  local text = item_text(item)
  if text == "" or #text > 300 or has_placeholder(text) then return nil end
  local role, rest = text:match("^([^:]+):%s+(.+)$")
  local parts = words.split(rest or text)
  if #parts == 1 then
    parts = {}
    for part in (rest or text):gmatch("[^,]+") do parts[#parts + 1] = words.trim(part) end
  end
  local state, date, is_said = take_state(parts)
  if not is_said and item.task then
    state = item.task:lower() == "x" and "approved" or "pending"
    is_said = true
  end
  local name, job = words.fact(parts[1] or ""), words.fact(parts[2] or "")
  if not name or not words.is_name(name) or #parts > 3 then return nil end
  if not (is_said and (role or is_listed)) and not (is_listed and role) then return nil end
  return { name = name, job = job, role = role and words.fact(role), state = state, date = date }
end

-- "Name – Role (Organisation)"
local function emit_person(emit, item)
  local text = item_text(item)
  if #text > 160 or has_placeholder(text) then return end
  local parts = words.split(text)
  local name = words.fact(parts[1])
  if #parts < 2 or #parts > 3 or not name or not words.is_name(name) then return end
  local role, organisation = words.parenthesis(parts[2])
  local _, spaces = role:gsub("%s+", "")
  if spaces > 5 then return end -- a sentence
  emit.record("person", { title = name, at = item, fields = { role = words.fact(role),
    organisation = organisation or parts[3] and words.fact(parts[3]) } })
end

-- The block that holds an inline node.
local function block_of(node)
  local block = node.parent
  while block do
    local type = block.type
    if type == "heading" or type == "paragraph" or type == "table_cell" then return block end
    block = block.parent
  end
  return nil
end

local function add_range(list, section)
  list = list or {}
  list[#list + 1] = { section.line, section.last_line }
  return list
end

-- What the headings promise: first and last lines of the sections about approvals and about
-- people, and whether one is about reviews. Most pages have none of them.
local WORDS = { "pprov", "akeholder", "ontributors", "Review" }

-- One look at all titles costs less than one at each.
local function may_be_ours(list)
  local all = table.concat(list, "\n")
  for _, word in ipairs(WORDS) do
    if all:find(word, 1, true) then return true end
  end
  return all:find("[Ss]ign%-?%s?[Oo]ff") ~= nil
end

local function read_headings(page)
  local approving, people, reviewing
  local sections, list = page.sections, {}
  for i, section in ipairs(sections) do list[i] = section.title end
  if not may_be_ours(list) then return end
  for i, section in ipairs(sections) do
    local title = list[i]
    if title:find("pprov", 1, true) or title:find("[Ss]ign%-?%s?[Oo]ff") then
      if section.level > 1 and not title:lower():find("checklist", 1, true) then
        approving = add_range(approving, section)
      end
    elseif title:find("takeholder", 1, true) or title:find("ontributors", 1, true) then
      if section.level > 1 then people = add_range(people, section) end
    elseif title:find("Review", 1, true) then
      reviewing = true
    end
  end
  return approving, people, reviewing
end

local function is_within(ranges, line)
  if not ranges then return false end
  for _, range in ipairs(ranges) do
    if line >= range[1] and line <= range[2] then return true end
  end
  return false
end

local function collect_listed(page, emit, list, approving, people)
  local seen = {}
  for item in page:nodes("item") do
    local line = item.line
    if is_within(approving, line) then
      local approval = read_approval(item, true)
      if approval then
        seen[line] = true
        approvals.add(list, item, approval)
      end
    elseif is_within(people, line) then
      emit_person(emit, item)
    end
  end
  return seen
end

-- "Approved on" in a list under any other heading.
local function collect_unlisted(page, list, seen)
  for node in page:nodes("text", "pproved on ") do
    local block = block_of(node)
    local item = block and block.type == "paragraph" and block.parent
    if item and item.type == "item" and not seen[item.line] then
      seen[item.line] = true
      local approval = read_approval(item, false)
      if approval and approval.role then approvals.add(list, item, approval) end
    end
  end
end

-- --- reviews ------------------------------------------------------------------------------------

local function plain_line(page, number)
  return (words.cut(page:line(number), 300):gsub("[*_`|]", " "):gsub("%s+", " "))
end

-- "- Owner: Ann" near the review lines: the lines around them up to a blank one.
local function read_around(page, number, found)
  for _, step in ipairs { -1, 1 } do
    for at = number + step, number + step * 8, step do
      if at < 1 or at > page.line_count then break end
      local text = plain_line(page, at)
      local key, value = text:match("^[%s>+-]*(%a+) ?: ?(.*)$")
      key = key and key:lower()
      if not text:find("%S") then break end
      if (key == "owner" or key == "version") and not found[key] then
        found[key] = words.fact(value)
      end
    end
  end
end

local function from_meta(page, meta, found)
  local next_review, last_review = meta["next-review"], meta["last-review"] or meta["last-reviewed"]
  found.next = found.next or next_review and dates.find(tostring(next_review)) or nil
  found.last = found.last or last_review and dates.find(tostring(last_review)) or nil
  local owner, version = page.owner, meta.version
  found.owner = found.owner or owner and words.fact(owner) or nil
  found.version = found.version or version and words.fact(tostring(version)) or nil
end

local function read_review(page, emit, is_written)
  local meta = page.meta
  local has_head = (meta["next-review"] or meta["last-review"] or meta["last-reviewed"]) ~= nil
  if not (is_written or has_head) then return end
  local found, place = {}, nil
  for node in page:nodes("text", "t Review") do
    local line = plain_line(page, node.line)
    local which, date = line:match("^[%s>+-]*(%a+) Review[%a ]*:?%s(.*)$")
    which = which and which:lower()
    if (which == "next" or which == "last") and not found[which] and dates.find(date) then
      found[which] = dates.find(date)
      place = which == "next" and node or place or node
    end
  end
  if place then read_around(page, place.line, found) end
  if has_head or place then from_meta(page, meta, found) end
  if found.next or found.last then
    emit.record("review", { title = "Review of " .. page.title, at = place,
      line = not place and 1 or nil, fields = { last = found.last, next = found.next,
        owner = found.owner, version = found.version } })
  end
end

function lines.collect(page, emit, list)
  local approving, people, reviewing = read_headings(page)
  local seen, kind = {}, page.schema
  if approving or people then seen = collect_listed(page, emit, list, approving, people) end
  if approving or kind then collect_unlisted(page, list, seen) end
  read_review(page, emit, reviewing or kind)
end

return lines
