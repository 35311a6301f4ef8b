-- SPDX-License-Identifier: MIT
-- For parsers that read across lines: the whole diagram as one text, and the line and column of any
-- place in it. Statements that GitHub would refuse are noted here too.
local source = {}
source.__index = source

-- From the lines of pre.read's `doc`; the word that names the type becomes blanks.
function source.new(doc)
  local lines = table.move(doc.lines, doc.first, #doc.lines, 1, {})
  local first = lines[1] or ""
  local _, behind = first:find(doc.type or "", 1, true)
  behind = behind or 0
  lines[1] = (" "):rep(behind) .. first:sub(behind + 1)
  local starts, at = {}, 1
  for i, line in ipairs(lines) do starts[i], at = at, at + #line + 1 end
  return setmetatable({ text = table.concat(lines, "\n"), starts = starts, first = doc.first,
    findings = {}, told = {} }, source)
end

local function line_starts(text)
  local starts = { 1 }
  for newline in text:gmatch("()\n") do starts[#starts + 1] = newline + 1 end
  return starts
end

-- Line and column of position `at`, counted from 1.
function source:place(at)
  self.starts = self.starts or line_starts(self.text)
  local low, high = 1, #self.starts
  while low < high do
    local middle = (low + high + 1) // 2
    if self.starts[middle] <= at then low = middle else high = middle - 1 end
  end
  return self.first + low - 1, at - self.starts[low] + 1
end

-- nil and a finding about what stands at `at`.
function source:problem(at, message, hint)
  local line, column = self:place(at)
  return nil, { code = "syntax", line = line, column = column, message = message, hint = hint }
end

-- Notes once a diagram what is drawn here and refused on GitHub.
function source:lenient(at, what, hint)
  if self.told[what] then return end
  self.told[what] = true
  local line, column = self:place(at)
  self.findings[#self.findings + 1] = { code = "lenient", severity = "info", line = line,
    column = column, message = "works here, fails on GitHub: " .. what, hint = hint }
end

return source
