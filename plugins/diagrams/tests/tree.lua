-- SPDX-License-Identifier: MIT
-- File trees: which texts are one, and that copying gives what was written.
local tree = require "tree"

local TREES = {
  { "unicode", 3, "src/\n├── a.c      # one\n│\n└── sub\n    ├── b.c\n    └── c.c\n" },
  { "ascii", 3, "root/\n|-- a.c   # one\n|        # more\n|   `-- b\n`-- c\n" },
  { "two roots", 3, "a/\n├── x\nb/\n└── y\n" },
  { "no root", 1, "├── x\n└── y\n" },
  { "narrow branches", 2, "a\n├ x\n└ y\n" },
}

local NONE = { "$ tree .\n.\n├── a\n└── b\n", "┌──┐\n│ a│\n└──┘\n", "plain text\nin two lines\n",
  "|--|--|\n| a | b |\n", "a\n└── b\n", "" }

return function(t)
  for _, row in ipairs(TREES) do
    local name, lists, source = table.unpack(row)
    local html = tree.html(source)
    if t.check(html, "tree: " .. name) then
      local broken, content = t.xml(html)
      t.check(not broken, "tree: " .. name .. " is well formed", broken)
      local _, count = html:gsub("<ul", "")
      t.equal("tree: lists of " .. name, count, lists)
      t.equal("tree: text of " .. name, ((content or ""):gsub("%s+", "")), (source:gsub("%s+", "")))
    end
  end
  for i, source in ipairs(NONE) do t.check(not tree.html(source), "tree: no tree " .. i) end
  for i, attack in ipairs(t.hostile) do
    local html = tree.html("a/\n├── " .. attack .. "\n└── y\n")
    local broken = html and t.xml(html)
    t.check(not broken, "tree: attack " .. i, broken)
  end
end
