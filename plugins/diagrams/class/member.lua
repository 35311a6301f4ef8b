-- SPDX-License-Identifier: MIT
-- One line of a class: "+setPoints(List~int~ points) bool$". Reads it as Mermaid does.
local text = require "text"

local member = {}

-- Makes the pairs of "~" of one argument into brackets, from the outside in.
local function angle_brackets(s)
  local _, count = s:gsub("~", "")
  if count < 2 then return s end
  local lead = ""
  if count % 2 == 1 and s:sub(1, 1) == "~" then
    lead, s = "~", s:sub(2)
  end
  local from, to, bytes = 1, #s, {}
  for i = 1, #s do bytes[i] = s:sub(i, i) end
  while true do
    while from <= to and bytes[from] ~= "~" do from = from + 1 end
    while to >= from and bytes[to] ~= "~" do to = to - 1 end
    if from >= to then break end
    bytes[from], bytes[to] = "<", ">"
  end
  return lead .. table.concat(bytes)
end

local function tildes(s)
  return select(2, s:gsub("~", ""))
end

-- "List~List~int~~" -> "List<List<int>>". A comma separates arguments, but for one pair around it.
function member.generics(s)
  if not s:find("~", 1, true) then return s end
  local pieces, out = {}, {}
  for piece in (s .. ","):gmatch("([^,]*),") do pieces[#pieces + 1] = piece end
  local i = 1
  while i <= #pieces do
    local piece = pieces[i]
    if pieces[i + 1] and tildes(piece) == 1 and tildes(pieces[i + 1]) == 1 then
      piece = piece .. "," .. pieces[i + 1]
      i = i + 1
    end
    out[#out + 1] = angle_brackets(piece)
    i = i + 1
  end
  return table.concat(out, ",")
end

-- What is drawn nests over commas, too: a "~" in front of a word opens, any other closes. Where that
-- does not come out even, it is read as Mermaid does.
function member.show_generics(s)
  if not s:find("~", 1, true) then return s end
  local depth = 0
  local shown = s:gsub("~()", function(behind)
    local opens = s:find("^[%w_?\128-\255]", behind)
    if opens then depth = depth + 1 elseif depth > 0 then depth = depth - 1 else return "~" end
    return opens and "<" or ">"
  end)
  return depth == 0 and shown or member.generics(s)
end

local function one_blank(s)
  return (s:find("^%s") and " " or "") .. text.trim(s)
end

local function read_attribute(raw)
  local visibility, name = raw:match("^([#+~-]?)(.*)$")
  local mark = name:match("[$*]$")
  return { visibility = visibility, name = one_blank(mark and name:sub(1, -2) or name),
    mark = mark }
end

-- The parameters stand between the last "(" that has a ")" behind it and the last ")".
local function read_method(raw)
  local close = raw:match("^.*()%)")
  local open = raw:sub(1, close):match("^.+()%(")
  if not open then return nil end
  local head, parameters, behind = raw:sub(1, open - 1), raw:sub(open + 1, close - 1),
    raw:sub(close + 1)
  local visibility, name = head:match("^([#+~-])(.+)$")
  local mark, result = behind:match("^([%s$*]?)(.*)$")
  mark, result = text.trim(mark), text.trim(result)
  if mark == "" and result:find("[$*]$") then
    mark, result = result:sub(-1), result:sub(1, -2)
  end
  return { visibility = visibility or "", name = one_blank(name or head),
    parameters = text.trim(parameters), result = result, mark = mark ~= "" and mark or nil,
    is_method = true }
end

local function facts_of(m)
  local function clean(s) return member.generics(text.label(s)) end
  local all = m.visibility .. (m.name:find("^%s") and " " or "") .. clean(m.name)
  if m.is_method then
    all = all .. "(" .. clean(m.parameters) .. ")"
    if m.result ~= "" then all = all .. " : " .. clean(m.result) end
  end
  return text.trim(all)
end

local function shown(m)
  local function clean(s) return member.show_generics(text.display(s)):gsub("\n", " ") end
  local all = clean(m.name)
  if m.is_method then
    local result = m.result:gsub("^:%s*", "")
    all = all .. "(" .. clean(m.parameters) .. ")"
    if result ~= "" then all = all .. ": " .. clean(result) end
  end
  return text.trim(all)
end

-- {visibility, is_method, is_static, is_abstract, label (of facts), show (without the visibility)}
function member.read(raw)
  raw = text.trim(raw)
  local m = (raw:find(")", 2, true) and read_method(raw)) or read_attribute(raw)
  m.label, m.show = facts_of(m), shown(m)
  m.is_static, m.is_abstract = m.mark == "$" or nil, m.mark == "*" or nil
  return m
end

return member
