-- SPDX-License-Identifier: MIT
-- Box drawings as a grid: each cell is text, the head of an arrow, or lines with arms to the north,
-- east, south and west. In ASCII drawings the neighbours decide what is a line: "-" in a word is none.
local text = require "text"

local grid = { NORTH = 1, EAST = 2, SOUTH = 3, WEST = 4 }
local N, E, S, W = grid.NORTH, grid.EAST, grid.SOUTH, grid.WEST
grid.OPPOSITE = { S, W, N, E }
grid.STEP = { { -1, 0 }, { 0, 1 }, { 1, 0 }, { 0, -1 } } -- row, column

-- Characters by their arms (letters n e s w), then how they look.
local UNICODE = {}
local function fill(look, list)
  for arms, characters in list:gmatch("(%a+)=(%S+)") do
    for _, code in utf8.codes(characters) do
      local cell = { look = look }
      for way, letter in ipairs { "n", "e", "s", "w" } do cell[way] = arms:find(letter) ~= nil end
      UNICODE[utf8.char(code)] = cell
    end
  end
end
fill("light", [[ew=─╴╶ ns=│╵╷ es=┌ sw=┐ ne=└ nw=┘ nes=├ nsw=┤ esw=┬ new=┴ nesw=┼╳ ]])
fill("round", [[es=╭ sw=╮ nw=╯ ne=╰ ]])
fill("dashed", [[ew=┄┅┈┉╌╍ ns=┆┇┊┋╎╏ ]])
fill("heavy", [[ew=━╸╺╼╾ ns=┃╹╻╽╿ es=┍┎┏ sw=┑┒┓ ne=┕┖┗ nw=┙┚┛ nes=┝┞┟┠┡┢┣ nsw=┥┦┧┨┩┪┫ esw=┭┮┯┰┱┲┳
  new=┵┶┷┸┹┺┻ nesw=┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋ ]])
fill("double", [[ew=═ ns=║ es=╒╓╔ sw=╕╖╗ ne=╘╙╚ nw=╛╜╝ nes=╞╟╠ nsw=╡╢╣ esw=╤╥╦ new=╧╨╩ nesw=╪╫╬ ]])

-- Heads of arrows and where they point.
local HEADS = {}
for way, characters in pairs { [N] = "▲△↑⇑^", [E] = "►▶▷→⇒➔➤>", [S] = "▼▽↓⇓vV", [W] = "◄◀◁←⇐<" } do
  for _, code in utf8.codes(characters) do HEADS[utf8.char(code)] = way end
end

local function split(source)
  local rows, columns = {}, 0
  for line in (source:gsub("%s+$", "") .. "\n"):gmatch("([^\n]*)\n") do
    local row, c = {}, 0
    for _, code in utf8.codes(line) do
      local char = utf8.char(code)
      local cells = char == "\t" and 8 - c % 8 or text.width(char, 1) >= 1 and 2
        or text.width(char, 1) == 0 and 0 or 1
      if UNICODE[char] or HEADS[char] then cells = 1 end
      if cells == 0 and c > 0 then
        row[c].char = row[c].char .. char
      elseif cells > 0 then
        c = c + 1
        row[c] = { char = char == "\t" and " " or char }
        for _ = 2, cells do
          c = c + 1
          row[c] = { char = "" }
        end
      end
    end
    rows[#rows + 1] = row
    columns = math.max(columns, c)
  end
  return { rows = rows, columns = columns }
end

function grid.cell(g, r, c)
  return g.rows[r] and g.rows[r][c]
end

local function char_at(g, r, c)
  local cell = grid.cell(g, r, c)
  return cell and cell.char or " "
end

local FLAT = { ["-"] = true, ["="] = true }
local JOINT = { ["+"] = true, ["."] = true, ["'"] = true, ["`"] = true, ["*"] = true }

-- A run of "-" is a line when it is long or ends at a joint, an upright or a head.
local function is_flat_line(g, r, c)
  local char = char_at(g, r, c)
  if not FLAT[char] then return false end
  local first, last = c, c
  while char_at(g, r, first - 1) == char do first = first - 1 end
  while char_at(g, r, last + 1) == char do last = last + 1 end
  local before, behind = char_at(g, r, first - 1), char_at(g, r, last + 1)
  local function ends(s, head)
    return s == "+" or s == "|" or s == head or UNICODE[s]
      or (s == "." or s == "'" or s == "`") and last - first > 0
  end
  local touches_word = before:find("^%w") or behind:find("^[%w_]")
  return (ends(before, "<") or ends(behind, ">")) and last > first and not touches_word
    or last - first >= 3 and not touches_word
end

local function is_upright(g, r, c)
  return char_at(g, r, c) == "|"
end

local function joins_flat(g, r, c)
  local char = char_at(g, r, c)
  return char == "+" or is_flat_line(g, r, c)
end

local function joins_upright(g, r, c)
  local char = char_at(g, r, c)
  return JOINT[char] or char == "|"
end

-- Arms of "+", "." and "'" follow from what stands around.
local function ascii_joint(g, r, c)
  local char = char_at(g, r, c)
  if not JOINT[char] or char == "*" then return nil end
  local cell = { look = char == "+" and "light" or "round" }
  cell[E] = joins_flat(g, r, c + 1) or char_at(g, r, c + 1) == ">" and char == "+"
  cell[W] = joins_flat(g, r, c - 1) or char_at(g, r, c - 1) == "<" and char == "+"
  local below, above = char_at(g, r + 1, c), char_at(g, r - 1, c)
  cell[S] = char ~= "'" and char ~= "`" and (joins_upright(g, r + 1, c) or below == "v") or false
  cell[N] = char ~= "." and (joins_upright(g, r - 1, c) or above == "^") or false
  local arms = 0
  for way = N, W do arms = arms + (cell[way] and 1 or 0) end
  return (char == "+" and arms >= 2 or arms == 2 and (cell[E] or cell[W]) and (cell[N] or cell[S]))
    and cell or nil
end

local function ascii(g, r, c)
  if is_flat_line(g, r, c) then
    local look = char_at(g, r, c) == "=" and "double" or "light"
    return { look = look, false, true, false, true }
  end
  if is_upright(g, r, c) then return { look = "light", true, false, true, false } end
  return ascii_joint(g, r, c)
end

-- A head counts when a line leads into it from behind. Letters are heads only below a line.
local function read_heads(g)
  for r, row in ipairs(g.rows) do
    for c, cell in ipairs(row) do
      local way = not cell.look and HEADS[cell.char]
      if way then
        local step = grid.STEP[grid.OPPOSITE[way]]
        local behind = grid.cell(g, r + step[1], c + step[2])
        local is_word = cell.char:find("^%a") and (char_at(g, r, c - 1):find("^%w")
          or char_at(g, r, c + 1):find("^%w"))
        if behind and behind.look and behind[way] and not is_word then cell.head = way end
      end
    end
  end
end

-- {rows of cells {char, look, is_ascii, [1..4] arms, head}, columns}
function grid.read(source)
  local g = split(source)
  for r, row in ipairs(g.rows) do
    for c, cell in ipairs(row) do
      local arms = UNICODE[cell.char] or ascii(g, r, c)
      if arms then cell.arms, cell.is_ascii = arms, not UNICODE[cell.char] end
    end
  end
  for _, row in ipairs(g.rows) do -- only now: what is a line was asked by characters alone
    for _, cell in ipairs(row) do
      if cell.arms then
        cell.look = cell.arms.look
        for way = N, W do cell[way] = cell.arms[way] end
      end
    end
  end
  read_heads(g)
  return g
end

return grid
