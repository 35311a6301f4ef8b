-- SPDX-License-Identifier: MIT
-- Reads the tasks of a page.
local tasks = {}

local STATES = { [" "] = "open", ["/"] = "open", x = "done", X = "done",
  ["-"] = "not-applicable", ["~"] = "not-applicable" }

-- "~~all of it~~"
local function is_struck(paragraph)
  local first = paragraph.first
  if not first then return false end
  if first.type == "text" and first.literal:match("^%s*$") then first = first.next end
  return first and first.type == "strike" and
    (not first.next or first.next.type == "text" and first.next.literal:match("^%s*$") ~= nil
      and not first.next.next)
end

-- The words of a task, and what is said in them about owner and date.
local function read_text(item)
  local paragraph = item.first
  if not paragraph or paragraph.type ~= "paragraph" then return "", nil, nil, false end
  local text = paragraph.text
  local due = text:match("%(due:?%s+(%d%d%d%d%-%d%d%-%d%d)%)")
  local owner = (" " .. text):match("[%s(]@([%w][%w_.-]*)")
  text = text:gsub("%s*%(due:?%s+%d%d%d%d%-%d%d%-%d%d%)", "")
  if owner then
    owner = owner:gsub("[.-]+$", "")
    text = (" " .. text):gsub("%s@" .. owner:gsub("%p", "%%%0"), "", 1)
  end
  text = text:gsub("^%[[ xX/~-]%]%s*", ""):match("^%s*(.-)%s*$")
  return text, owner, due, is_struck(paragraph)
end

local function without_number(title)
  return (title:gsub("^%d+[%d.]*%s+", ""))
end

-- "Title / 1. System Overview / Architecture Style" fits "System Overview / Architecture Style".
local function path_fits(section, wanted)
  local path = {}
  while section do
    table.insert(path, 1, without_number(section.title))
    section = section.parent
  end
  local joined = table.concat(path, " / "):lower()
  wanted = wanted:lower()
  return joined == wanted or joined:sub(-#wanted - 3) == " / " .. wanted
end

-- The choose-one group that a section is, or nil.
local function choice_of(section, groups, known)
  local key = section.line
  if known[key] == nil then
    known[key] = false
    for _, wanted in ipairs(groups) do
      if type(wanted) == "string" and path_fits(section, wanted) then
        known[key] = { path = section.path, checked = {} }
      end
    end
  end
  return known[key] or nil
end

local function emit_task(emit, item, choice)
  local text, owner, due, struck = read_text(item)
  local state = struck and "not-applicable" or STATES[item.task] or "open"
  if choice and state == "done" then choice.checked[#choice.checked + 1] = { item, text } end
  if choice and state == "open" then state = "choose-one" end
  emit.record("task", { title = text ~= "" and text or "(a task without a text)", at = item,
    fields = { state = state, owner = owner, due = due, choice = choice and choice.path } })
end

local function report_choices(emit, known)
  for _, choice in pairs(known) do
    if choice and #choice.checked > 1 then
      local second = choice.checked[2]
      emit.report { code = "choice", at = second[1],
        message = ("%d choices are checked in \"%s\", which wants one"):format(#choice.checked,
          choice.path:match("[^/]+$"):match("^%s*(.*)")),
        hint = ("keep \"%s\" or \"%s\""):format(choice.checked[1][2], second[2]) }
    end
  end
end

function tasks.collect(page, emit)
  local groups, known
  for item in page:nodes("item") do
    if item.task then
      if not groups then
        local schema = page.schema
        groups, known = schema and schema.choose_one or {}, {}
      end
      local section = #groups > 0 and item.section
      emit_task(emit, item, section and choice_of(section, groups, known) or nil)
    end
  end
  if known then report_choices(emit, known) end
end

return tasks
