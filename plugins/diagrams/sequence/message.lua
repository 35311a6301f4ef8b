-- SPDX-License-Identifier: MIT
-- One message of a sequence diagram: "from", an arrow, "to", ":" and the text.
local text = require "text"

local message = {}

-- Longer ones first: the first that fits wins.
local ARROWS = {
  { "<<-->>", "dotted-both" }, { "<<->>", "solid-both" },
  { "-->>", "dotted" }, { "--|\\", "solid_top_dotted" }, { "--|/", "solid_bottom_dotted" },
  { "--\\\\", "stick_top_dotted" }, { "--//", "stick_bottom_dotted" },
  { "-->", "dotted-open" }, { "--x", "dotted-cross" }, { "--X", "dotted-cross" },
  { "--)", "dotted-point" },
  { "->>", "solid" }, { "-|\\", "solid_top" }, { "-|/", "solid_bottom" },
  { "-\\\\", "stick_top" }, { "-//", "stick_bottom" },
  { "->", "solid-open" }, { "-x", "solid-cross" }, { "-X", "solid-cross" },
  { "-)", "solid-point" },
  { "/|--", "solid_arrow_top_reverse_dotted" }, { "\\|--", "solid_arrow_bottom_reverse_dotted" },
  { "//--", "stick_arrow_top_reverse_dotted" }, { "\\\\--", "stick_arrow_bottom_reverse_dotted" },
  { "/|-", "solid_arrow_top_reverse" }, { "\\|-", "solid_arrow_bottom_reverse" },
  { "//-", "stick_arrow_top_reverse" }, { "\\\\-", "stick_arrow_bottom_reverse" },
}

-- Words that begin a statement wherever Mermaid meets them, so no id may begin with one.
local WORDS = {}
for word in ("activate actor alt and autonumber box break create critical deactivate destroy "
  .. "details else end link links loop note off opt option over par par_over participant "
  .. "properties rect"):gmatch("%S+") do
  WORDS[word] = true
end

local function arrow_at(s, i)
  for _, arrow in ipairs(ARROWS) do
    if s:sub(i, i + #arrow[1] - 1) == arrow[1] then return arrow[2], #arrow[1] end
  end
end

-- Nothing, or what is wrong with an id, the column and a hint.
function message.check_id(id, column)
  if id == "" then return "the name of a participant is missing here", column end
  local bad = id:match("^[/\\()<+]") or id:match("[<>+:,]")
  if bad then
    return ("'%s' cannot stand here in a participant's id"):format(bad), column,
      "declare 'participant P as " .. text.label(id) .. "' and use the id P"
  end
  local word = (id:match("^[%w_]+") or ""):lower()
  if WORDS[word] then
    return ("'%s' begins a statement, so no id may begin with it"):format(word), column,
      "declare 'participant P as " .. text.label(id) .. "' and use the id P"
  end
end

local NO_MESSAGE = "this is no statement: a message reads 'A->>B: text'"

local function find_arrow(s)
  for i = 1, #s do
    local c = s:sub(i, i)
    if c == ":" then return nil end
    if c == "-" or c == "<" or c == "/" or c == "\\" then
      local kind, length = arrow_at(s, i)
      if kind then return i, kind, length end
    end
  end
end

-- "() + B" -> sign, whether there is a circle, the rest
local function take_marks(s)
  local circle, sign = false, nil
  while true do
    s = s:gsub("^%s+", "")
    if s:sub(1, 2) == "()" then circle, s = true, s:sub(3)
    elseif not sign and s:find("^[+-]") then sign, s = s:sub(1, 1), s:sub(2)
    else return sign, circle, s end
  end
end

-- {k, from, to, arrow, words, circle_from, circle_to, activates, deactivates}; or nil, what is
-- wrong, the column and a hint.
function message.read(statement, column)
  local at, kind, length = find_arrow(statement)
  if not at then
    return nil, NO_MESSAGE, column,
      column > 1 and not statement:find("[-<>=]") and "a ';' ends a message: write '#59;' for one in the text" or nil
  end
  local from = text.trim(statement:sub(1, at - 1))
  local bare = from:gsub("%s*%(%)$", "")
  local sign, circle, rest = take_marks(statement:sub(at + length))
  local to, words = rest:match("^(.-)%s*:(.*)$")
  local behind = column + at + length - 1
  if not to then
    return nil, "the text of the message is missing", behind, "write ': text' behind the name"
  end
  local problem, where, hint = message.check_id(bare, column)
  if problem then return nil, problem, where, hint end
  if bare:find("%-$") then return nil, "there is no such arrow", column + at - 1 end
  problem, where, hint = message.check_id(to, behind)
  if problem then return nil, problem, where, hint end
  if find_arrow(to) then return nil, "there are two arrows in this message", behind end
  return { k = "msg", from = bare, to = to, arrow = kind, words = words,
    circle_from = bare ~= from or nil, circle_to = circle or nil,
    activates = sign == "+" or nil, deactivates = sign == "-" or nil }
end

return message
