-- SPDX-License-Identifier: MIT
-- Types with parameters, which Mermaid writes between "~": "List~int~" is List<int>.
local generics = {}

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

-- As Mermaid reads it: a comma separates arguments, but for one pair around it.
function generics.read(s)
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

-- As it is meant and drawn, nested over commas, too: a "~" in front of a word opens, any other
-- closes. Where that does not come out even, it is read as Mermaid does.
function generics.show(s)
  if not s:find("~", 1, true) then return s end
  local depth = 0
  local shown = s:gsub("~()", function(behind)
    local opens = s:find("^[%w_?\128-\255]", behind)
    if not opens and depth == 0 then return "~" end
    depth = depth + (opens and 1 or -1)
    return opens and "<" or ">"
  end)
  return depth == 0 and shown or generics.read(s)
end

return generics
