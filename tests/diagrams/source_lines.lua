-- SPDX-License-Identifier: MIT
-- source_lines.lua - Mermaid counts the lines of its errors after it has taken front matter,
-- directives and comments out: from such a line to the line of the text as it was written.

local function split(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do lines[#lines + 1] = { #lines + 1, line } end
  return lines
end

local function drop(lines, first, last)
  table.move(lines, last + 1, #lines + last - first + 1, first)
end

local function front_matter(lines)
  if not lines[1][2]:find("^%-%-%-%s*$") then return end
  for i = 2, #lines do
    if lines[i][2]:find("^%-%-%-%s*$") then
      while lines[i + 1] and not lines[i + 1][2]:find("%S") do i = i + 1 end
      return drop(lines, 1, i)
    end
  end
end

-- What stands behind a directive of several lines is the rest of its first line.
local function directives(lines)
  local i = 1
  while lines[i] do
    local text = lines[i][2]:gsub("%%%%{.-}%%%%", "")
    local open = text:find("%%{", 1, true)
    if open then
      local last = i
      while lines[last] and not lines[last][2]:find("}%%", 1, true) do last = last + 1 end
      if not lines[last] then return end
      lines[last][2] = text:sub(1, open - 1) .. lines[last][2]:match("}%%%%(.*)$")
      drop(lines, i, last - 1)
    else
      lines[i][2] = text
      i = i + 1
    end
  end
end

-- A comment goes with the empty lines in front of it.
local function comments(lines)
  local i = 1
  while lines[i] do
    if lines[i][2]:find("^%s*%%%%[^{\n]") then
      local first = i
      while first > 1 and not lines[first - 1][2]:find("%S") do first = first - 1 end
      drop(lines, first, i)
      i = first
    else
      i = i + 1
    end
  end
end

local function written(text, line)
  local lines = split(text)
  front_matter(lines)
  directives(lines)
  comments(lines)
  while lines[1] and not lines[1][2]:find("%S") do drop(lines, 1, 1) end
  local entry = lines[line] or lines[#lines]
  return entry and entry[1] or line
end

-- The line that an error of Mermaid means, nil when it names none.
return function(text, message)
  local yaml = message:match("implicit key %((%d+):%d+%)")
  if yaml then return tonumber(yaml) + 1 end
  local line = message:match("rror on line (%d+)")
  return line and written(text, tonumber(line))
end
