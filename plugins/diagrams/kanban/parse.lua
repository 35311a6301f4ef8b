-- SPDX-License-Identifier: MIT
-- Reads a kanban board: what stands as far left as the first item is a column, all that stands
-- deeper is a card of the column above it.
local labels = require "label"
local text = require "text"
local read_metadata = require "kanban.metadata"

local CLOSERS = { ["["] = "%]", ["("] = "%)", ["(("] = "%)%)", ["{{"] = "}}", [")"] = "%(",
  ["))"] = "%(%(", ["(-"] = "%-?%)", ["-)"] = "%(%-?" }
local OPENERS = { "((", "{{", "(-", "-)", "))", "[", "(", ")" } -- longer first

local function opener_at(s, at)
  for _, opener in ipairs(OPENERS) do
    if s:sub(at, at + #opener - 1) == opener then return opener end
  end
end

-- A label with brackets in it, read up to the last bracket of its line that may close it.
local function lenient_label(src, at, closer)
  local line = src.text:match("^[^\n]*", at)
  local before = line:find("@{", 1, true)
  local part = before and line:sub(1, before - 1) or line
  local label, behind = part:match("^(.*)" .. closer .. "()")
  if not label then
    return src:problem(at, "what closes this label is missing", 'quote the label: ["…"]')
  end
  src:lenient(at, "a label with brackets and no quotes",
    ('quote this label: ["%s"]'):format(text.trim(label)))
  return label, at + behind - 1
end

-- The label behind an opening bracket and the place behind its end.
local function label_at(src, at, opener)
  local s, closer = src.text, CLOSERS[opener]
  local quoted, behind = s:match('^"([^"]*)"()', at)
  if quoted then
    local stop = s:match("^" .. closer .. "()", behind)
    if not stop then
      return src:problem(behind, "what closes this label is missing", 'write ["label"]')
    end
    return quoted:match("^`(.*)`$") or quoted, stop
  end
  local label, stop = s:match("^([^%)%]%(}]+)" .. closer .. "()", at)
  if label then return label, stop end
  return lenient_label(src, at, closer)
end

-- What stands before a bracket: an id, or the label itself when no bracket follows. "@" may be part
-- of a label here, but not on GitHub.
local function word_at(src, at)
  local s = src.text
  local word, behind = s:match("^([^%(%[\n%){}@]+)()", at)
  if not word then return nil, at end
  while s:find("^@[^{\n]", behind) do
    local more, stop = s:match("^(@[^%(%[\n%){}@]*)()", behind)
    src:lenient(behind, "'@' in a label without quotes", 'write ["label"]')
    word, behind = word .. more, stop
  end
  return word, behind
end

-- Raw label and the place behind; or nil and a finding.
local function item_at(src, at)
  local word, behind = word_at(src, at)
  local opener = opener_at(src.text, behind)
  if not opener then
    if word then return word, behind end
    return src:problem(at, "this is no card", "write [label], or id[label]")
  end
  local label, stop = label_at(src, behind + #opener, opener)
  if not label then return nil, stop end
  if word and not src.text:find("^[ \t]*[@\n]", stop) and src.text:find("^[ \t]*[^%s%%]", stop) then
    local line_end = src.text:find("\n", at, true) or #src.text + 1
    src:lenient(at, "brackets within a text",
      ('quote this label: ["%s"]'):format(text.trim(src.text:sub(at, line_end - 1))))
    return src.text:sub(at, line_end - 1), line_end
  end
  return label, stop
end

local function set_label(item, raw)
  item.label, item.shown = text.label(raw), labels.display(raw)
end

-- Mermaid refuses an item further left than the columns as soon as another one follows.
local function check_levels(state)
  local last = state.last
  if last and last.level < state.level then
    return state.src:problem(last.at, "this stands further left than the columns",
      "indent it like a column, or deeper like a card")
  end
  return true
end

local function add(state, item)
  local model = state.model
  local column = model.columns[#model.columns]
  state.level = state.level or item.level
  if item.level == state.level then
    item.cards = {}
    model.columns[#model.columns + 1] = item
  else
    column.cards[#column.cards + 1] = item
  end
  state.last = item
  model.count = model.count + 1
end

local PROPERTIES = { "ticket", "assigned", "priority", "icon" }

local function set_properties(item, data)
  if data.label then set_label(item, tostring(data.label)) end
  for _, name in ipairs(PROPERTIES) do
    local value = data[name]
    if type(value) == "string" then value = text.display(value) end
    item[name] = value
  end
end

-- Icons and classes belong to the item above; neither is drawn. Returns the end of the line.
local function decoration(state, at)
  local s = state.src.text
  local icon, behind = s:match("^::icon%(([^)\n]*)%)[^\n]*()", at)
  if icon and state.last then state.last.icon = icon end
  return behind or s:match("^:::[^\n]*()", at)
end

-- One item with its metadata. Returns the place behind it; or nil and a finding.
local function item(state, at, level)
  local src = state.src
  local ok, problem = check_levels(state)
  if not ok then return nil, problem end
  local raw, behind = item_at(src, at)
  if not raw then return nil, behind end
  local new = { level = level, at = at, line = src:place(at) }
  set_label(new, raw)
  add(state, new)
  local blanks, open = src.text:match("^([ \t]*)@(){", behind)
  if open then
    if blanks ~= "" then src:lenient(open, "blanks before '@{'", "take them out") end
    local data
    data, behind = read_metadata(src, open)
    if not data then return nil, behind end
    set_properties(new, data)
  end
  local rest = src.text:match("^[ \t]*()[^%s]", behind)
  if rest and not src.text:find("^%%%%", rest) then
    return src:problem(rest, "a card ends with its line", 'quote the label: ["…"]')
  end
  return src.text:find("\n", behind, true) or #src.text + 1
end

-- Fills `model` {columns, count} from `src`. True, or nil and a finding.
return function(src, model, limit)
  local state = { src = src, model = model }
  local at, s = 1, src.text
  while at <= #s do
    local blanks, start = s:match("^([ \t]*)()", at)
    local behind, problem = start, nil
    if s:find("^%%%%", start) then
      behind = s:find("\n", start, true) or #s + 1
    elseif s:find("^[^\n]", start) then
      behind = decoration(state, start)
      if not behind then behind, problem = item(state, start, #blanks) end
    end
    if problem then return nil, problem end
    if model.count > limit then
      return nil, { code = "too-large", line = src:place(at), column = 1,
        message = ("a board may have %d cards"):format(limit) }
    end
    at = behind + 1
  end
  if model.count == 0 then
    return src:problem(1, "there is no column on this board", "write its name on a line of its own")
  end
  return true
end
