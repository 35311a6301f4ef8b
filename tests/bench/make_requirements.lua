-- SPDX-License-Identifier: MIT
-- Writes a portal of 500 pages into a folder that exists: 25 projects with 5,000 requirements,
-- typed links to them from designs and tests, and a register table on each project's first page.
-- Always the same bytes. Usage: lua make_requirements.lua FOLDER
local folder = assert(arg[1], "usage: lua make_requirements.lua FOLDER")

local PROJECTS, SPECS, DESIGNS, PER_SPEC = 25, 10, 9, 20
local VERBS = { "shall", "must", "should" }
local QUALITIES = { "Performance", "Security", "Reliability", "Scalability", "Compliance" }
local DEEDS = { "keep each lead with its source", "answer a search within %d ms",
  "carry at least %d concurrent users", "write every change to the audit log",
  "send a mail within %d minutes", "be available for 99.%d% of the year" }

local seed = 7
local function pick(count)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed // 65536 % count + 1
end

local function write(path, lines)
  local file = assert(io.open(folder .. "/" .. path, "wb"))
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end

local function id_of(project, number)
  return ("P%02d-REQ-%d"):format(project, number)
end

local function sentence(number)
  local deed = DEEDS[pick(#DEEDS)]:gsub("%%d", tostring(number))
  return ("The system **%s** %s, whatever else goes on."):format(VERBS[pick(#VERBS)], deed)
end

local function add_requirement(lines, project, number, is_heading)
  if is_heading then
    lines[#lines + 1] = ("### %s Rule number %d\n"):format(id_of(project, number), number)
    lines[#lines + 1] = ("*%s:* %s\n"):format(QUALITIES[pick(#QUALITIES)], sentence(number))
    if number > 1 then
      lines[#lines + 1] = ("Depends on: %s\n"):format(id_of(project, pick(number - 1)))
    end
  else
    lines[#lines + 1] = ("- **%s**: %s"):format(id_of(project, number), sentence(number))
  end
end

local function spec(project, number)
  local lines = { ("# Spec %d\n\nWhat the team agreed on.\n\n## Functional Requirements\n"):format(number) }
  local first = (number - 1) * PER_SPEC
  for i = 1, PER_SPEC // 2 do add_requirement(lines, project, first + i, false) end
  lines[#lines + 1] = "\n## Non-Functional Requirements\n"
  for i = PER_SPEC // 2 + 1, PER_SPEC do add_requirement(lines, project, first + i, true) end
  return lines
end

local function design(project, number)
  local lines = { "---", "kind: design", "satisfies:" }
  for _ = 1, 5 do
    lines[#lines + 1] = "  - " .. id_of(project, pick(SPECS * PER_SPEC))
  end
  lines[#lines + 1] = ("---\n# Design %d\n\n## Technical Overview\n"):format(number)
  for i = 1, 10 do
    lines[#lines + 1] = ("- **Part %d** does its work.\n  - Satisfies: %s, %s"):format(i,
      id_of(project, pick(SPECS * PER_SPEC)), id_of(project, pick(SPECS * PER_SPEC)))
  end
  lines[#lines + 1] = "\n## Testing Approach\n\n| Test | Tests |\n|---|---|"
  for i = 1, 10 do
    lines[#lines + 1] = ("| Test %d | %s, %s |"):format(i,
      id_of(project, pick(SPECS * PER_SPEC)), id_of(project, pick(SPECS * PER_SPEC)))
  end
  return lines
end

for project = 1, PROJECTS do
  local name = ("team-%02d"):format(project)
  os.execute(("mkdir -p '%s/%s'"):format(folder, name))
  write(name .. "/index.md", { "# Team " .. project, "", "Its requirements:", "", "```records",
    "kind: requirement", "project: " .. name, "columns: id, title, level, category, page", "```" })
  for i = 1, SPECS do write(("%s/spec-%d.md"):format(name, i), spec(project, i)) end
  for i = 1, DESIGNS do write(("%s/design-%d.md"):format(name, i), design(project, i)) end
end
write("quoin.yaml", { "title: Requirements" })
