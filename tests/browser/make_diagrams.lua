-- SPDX-License-Identifier: MIT
-- make_diagrams.lua REFERENCE SITE - a portal with some diagrams of every type, real ones first, and
-- a page of diagrams whose authors chose colours. Without the reference set there is only that page.
local reference, site = arg[1], arg[2]
local EACH = tonumber(os.getenv("EACH") or "4") -- of a type
local PER_PAGE = math.max(17, EACH)

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function write(name, parts)
  local file = assert(io.open(site .. "/" .. name, "wb"))
  file:write(table.concat(parts, "\n"), "\n")
  file:close()
end

local function fence(title, source)
  return ("## %s\n\n~~~~~~mermaid\n%s\n~~~~~~\n"):format(title, source)
end

-- Evenly out of those that Mermaid takes: real ones, then Mermaid's own.
local function chosen()
  local by_kind, kinds = {}, {}
  for line in (read(reference .. "/index.tsv") or ""):gmatch("[^\n]+") do
    local id, kind, valid, size = line:match("^(%a+%-%x+)\t(%w+)\t(%a+)\t.*\t(%d+)$")
    if valid == "True" and tonumber(size) > 120 and tonumber(size) < 4000 then
      if not by_kind[kind] then
        by_kind[kind] = { real = {}, own = {} }
        kinds[#kinds + 1] = kind
      end
      table.insert(by_kind[kind][id:match("^%a+")], id)
    end
  end
  table.sort(kinds)
  local list = {}
  for _, kind in ipairs(kinds) do
    local left = EACH
    for _, origin in ipairs { "real", "own" } do
      local ids = by_kind[kind][origin]
      local count = math.min(left, #ids)
      for i = 1, count do
        local id = ids[(i * #ids) // (count + 1) + 1]
        list[#list + 1] = { kind = kind, id = id, text = read(("%s/%s/%s.mmd"):format(reference,
          kind, id)) }
      end
      left = left - count
    end
  end
  return list
end

local DRAWN = {}
for kind in ("flowchart sequence state class er gantt c4 pie timeline journey gitGraph quadrant "
  .. "mindmap kanban requirement xychart block"):gmatch("%a+") do
  DRAWN[kind] = true
end

local function reference_pages()
  local page, number, count = {}, 0, 0
  for _, diagram in ipairs(chosen()) do
    if DRAWN[diagram.kind] then
      if count % PER_PAGE == 0 then
        if number > 0 then write(("page%d.md"):format(number), page) end
        number = number + 1
        page = { ("# Diagrams %d\n"):format(number) }
      end
      count = count + 1
      page[#page + 1] = fence(diagram.kind .. " " .. diagram.id, diagram.text)
    end
  end
  if number > 0 then write(("page%d.md"):format(number), page) end
end

-- --- colours of authors --------------------------------------------------------------------------

local COLOURS = { "#fff", "#000", "#777", "#888", "#f9f", "#bbf", "#ff0", "#00f", "red", "green",
  "navy",
  "gold", "teal", "transparent", "none", "rgba(255,0,0,.2)", "rgba(0,0,0,.5)",
    "rgba(120,120,120,.6)",
  "rgba(255,255,255,.8)", "hsl(200, 60%, 45%)", "#1168bd", "#e8e8e8", "#2d2d2d", "#ffc0cb" }

local function colours()
  local page = { "# Colours\n" }
  local nodes, groups, classes, states, c4, rects = {}, {}, {}, {}, {}, {}
  for i, colour in ipairs(COLOURS) do
    local text = COLOURS[i % #COLOURS + 1]
    nodes[#nodes + 1] = ("n%d[Text on %d] -->|label %d| m%d[Own colour]\nstyle n%d fill:%s\n"
      .. "style m%d fill:%s,color:%s,stroke:%s"):format(i, i, i, i, i, colour, i, colour, text,
        text)
    groups[#groups + 1] = ("subgraph g%d[Group %d]\na%d[Inside] -->|says| b%d\nend\nstyle g%d fill:%s,stroke:%s")
      :format(i, i, i, i, i, colour, text)
    classes[#classes + 1] = ("class C%d {\n  +field\n  +method()\n}\nstyle C%d fill:%s,color:%s"):format(i, i, colour, text)
    states[#states + 1] = ("classDef k%d fill:%s,color:%s\ns%d --> t%d : goes\nclass s%d k%d"):format(i,
      colour:gsub(", ", ","), text:gsub(", ", ","), i, i, i, i)
    c4[#c4 + 1] = ("System(s%d, \"System %d\", \"words\")\nUpdateElementStyle(s%d, $bgColor=\"%s\", $fontColor=\"%s\")")
      :format(i, i, i, colour, text)
    rects[#rects + 1] = ("rect %s\nA->>B: message %d\nNote over A: note %d\nend"):format(
      colour:find("^#") and "rgb(" .. tonumber(colour:sub(2, 2), 16) * 17 .. ", 90, 120)" or colour,
        i, i)
  end
  page[#page + 1] = fence("Nodes", "flowchart LR\n" .. table.concat(nodes, "\n"))
  page[#page + 1] = fence("Groups", "flowchart LR\n" .. table.concat(groups, "\n"))
  page[#page + 1] = fence("Nested groups",
    "flowchart TB\nsubgraph o[Outer]\nsubgraph i[Inner]\na[Deep] -->|text| b\nend\n"
    .. "end\nstyle o fill:#123456\nstyle i fill:#ffe\nlinkStyle 0 stroke:red,color:blue")
  page[#page + 1] = fence("Classes", "classDiagram\n" .. table.concat(classes, "\n"))
  page[#page + 1] = fence("States", "stateDiagram-v2\n" .. table.concat(states, "\n"))
  page[#page + 1] = fence("Systems", "C4Context\n" .. table.concat(c4, "\n"))
  page[#page + 1] = fence("Messages",
    "sequenceDiagram\nbox rgb(40, 60, 90) Dark\nparticipant A\nend\nbox yellow Light\n"
    .. "participant B\nend\n" .. table.concat(rects, "\n"))
  page[#page + 1] = fence("Links",
    "flowchart LR\na[Linked] --> b[On dark]\nstyle b fill:#123\nclick a \"https://example.org\"\n"
    .. "click b \"https://example.org\" \"tip\"")
  page[#page + 1] = fence("Points",
    "quadrantChart\nA: [0.2, 0.3] color: #ff0, radius: 12\nB: [0.7, 0.6] color: #006\nC: [0.5, 0.9]")
  page[#page + 1] = fence("Requirements",
    "requirementDiagram\nrequirement a {\nid: 1\ntext: words\n}\nelement b {\ntype: x\n}\n"
    .. "b - satisfies -> a\nstyle a fill:#222,color:#333\nstyle b fill:#fafafa,color:#eee")
  page[#page + 1] = "## Box\n\n~~~~~~box\n┌──────┐    ┌──────┐\n│ one  │───▶│ two  │\n└──────┘    └──────┘\n~~~~~~\n"
  write("colours.md", page)
end

write("quoin.yaml", { "title: Diagrams" })
write("index.md", { "# Diagrams", "", "All pages." })
reference_pages()
colours()
