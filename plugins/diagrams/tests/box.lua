-- SPDX-License-Identifier: MIT
-- Box drawings: what counts as a whole drawing, and that no text is lost.
local box = require "box.type"
local figure = require "figure"

local WHOLE = {
  { "round and double boxes, titles in borders, labels in lines", 3, [[
╭── Browser ──╮  HTTPS   ╔═════════╗      ┌──────┐
│  user 漢字  │─────────►║   API   ║─ ok ▶│ DB   │
╰─────────────╯          ╚════╤════╝      └──────┘
                              └── queue ──►
]] },
  { "boxes in boxes", 2, [[
┌─────────────┐
│ ┌───┐       │
│ │ a │ outer │
│ └───┘       │
└─────────────┘
]] },
  { "a grid", 4, [[
┌───┬───┐
│ a │ b │
├───┼───┤
│ c │ d │
└───┴───┘
]] },
  { "ASCII with heads in four directions", 4, [[
.---------.        +-----------+
| Client  |------->|  Server   |
'----+----'  HTTP  +-----+-----+
     |                   ^
     v                   |
+---------+        +-----+-----+
| Cache   |<------>|  Store    |
+---------+        +-----------+
]] },
}

-- source, line, column
local BROKEN = {
  { "no box at all", 1, 1 },
  { "┌───┐\n│ a │\n└───┘──\n", 3, 7 },
  { "┌───┐\n│ a  │\n└───┘\n", 1, 1 },
  { "+---+   -----\n| a |\n+---+\n", 1, 9 },
}

local function words_of(source)
  local list = {}
  for word in source:gmatch("%w+") do list[#list + 1] = word end
  list[#list + 1] = source:match("漢字")
  return list
end

return function(t)
  for _, row in ipairs(WHOLE) do
    local name, count, source = table.unpack(row)
    local read, problem = box.read(source)
    if t.check(read, name .. " is drawn", problem and problem.message) then
      t.check(#read.boxes >= count, name .. ": boxes", #read.boxes)
      local html = figure(box.draw(read), { kind = "box", id = "b", title = "T", description = "D" })
      local broken, content = t.xml(html)
      t.check(not broken, name .. " is well formed", broken)
      for _, word in ipairs(words_of(source)) do
        t.check((content or ""):find(word, 1, true), name .. " shows " .. word)
      end
    end
  end
  for i, row in ipairs(BROKEN) do
    local read, problem = box.read(row[1])
    if t.check(not read and problem, "box: broken drawing " .. i .. " is reported") then
      t.equal("box: line of " .. i, problem.line, row[2])
    end
  end
  for i, attack in ipairs(t.hostile) do
    local read = box.read("┌─────┐\n│ " .. attack .. " │\n└─────┘\n")
    local html = read and figure(box.draw(read), { kind = "box", id = "b", title = "T",
      description = "D" })
    local broken = html and t.xml(html)
    t.check(not broken, "box: attack " .. i, broken)
  end
  local comb = ("┬"):rep(390) .. "\n" .. (("│"):rep(390) .. "\n"):rep(290)
  t.check(not box.read(comb), "box: many corners that close nothing end soon")
end
