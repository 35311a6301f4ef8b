-- SPDX-License-Identifier: MIT
-- What to say of a block whose first word names no type that is drawn here.
local types = require "types"

-- Types that Mermaid has and this plugin leaves as text.
local NOT_DRAWN = {}
for word, noun in ([[
architecture=architecture architecture-beta=architecture sankey=Sankey sankey-beta=Sankey
packet=packet packet-beta=packet radar=radar radar-beta=radar treemap=treemap treemap-beta=treemap
treeView=tree treeView-beta=tree zenuml=ZenUML venn=Venn venn-beta=Venn wardley=Wardley
wardley-beta=Wardley ishikawa=Ishikawa ishikawa-beta=Ishikawa eventmodeling=event-modelling
swimlane=swimlane swimlane-beta=swimlane info=info railroad=railroad railroad-beta=railroad
]]):gmatch("(%S+)=(%S+)") do
  NOT_DRAWN[word] = noun
end

-- Number of single changes from one word to another, at most 3.
local function distance(a, b)
  if math.abs(#a - #b) > 2 then return 3 end
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do
      local change = a:byte(i) == b:byte(j) and 0 or 1
      diagonal, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, diagonal + change)
    end
  end
  return math.min(row[#b], 3)
end

local function nearest(word)
  local best, least = nil, 3
  for name in quoin.sorted(types) do
    local d = distance(word:lower(), name:lower())
    if d < least then best, least = name, d end
  end
  return best
end

return function(doc)
  local word, line = doc.type, doc.first or 1
  local column = word and doc.lines[line]:find(word, 1, true) or 1
  if not word then
    return { code = "no-type", line = 1, column = 1,
      message = "this block does not say which diagram it is",
      hint = "begin with a type, such as `flowchart LR` or `sequenceDiagram`" }
  elseif NOT_DRAWN[word] then
    return { code = "unsupported", line = line, column = column, length = #word,
      message = ("%s diagrams are not drawn, the source is shown"):format(NOT_DRAWN[word]) }
  end
  local near = #word <= 40 and nearest(word)
  return { code = "unknown-type", line = line, column = column, length = #word,
    message = ("there is no diagram type `%s`"):format(word:sub(1, 40)),
    hint = near and ("did you mean `%s`?"):format(near) or nil }
end
