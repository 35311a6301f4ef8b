-- SPDX-License-Identifier: MIT
-- The text of a state diagram and where the parser stands in it: statements need not end with a
-- line, and one line may hold several.
local source = require "source"

local scan = {}
scan.__index = scan

local MAX_FINDINGS = 20

-- Quotes in HTML tags become apostrophes (a quote begins a name); wide spaces are spaces.
local function normalise(s)
  s = s:gsub("\u{A0}", "  "):gsub("\u{3000}", "   ")
  local stop = s:match("^.*()>")
  if not stop then return s end
  local tags = s:sub(1, stop):gsub("(<[%w_]+)([^>]*)>", function(tag, attributes)
    return tag .. attributes:gsub('="([^"]*)"', "='%1'") .. ">"
  end)
  return tags .. s:sub(stop + 1)
end

function scan.new(doc)
  local src = source.new(doc)
  local all = normalise(src.text)
  return setmetatable({ source = src, text = all, lower = all:lower(), at = 1,
    findings = src.findings }, scan)
end

-- What stops the parser, as a finding.
function scan:problem(at, message, hint)
  local _, problem = self.source:problem(at, message, hint)
  return problem
end

function scan:line(at)
  return (self.source:place(at))
end

function scan:tell(at, finding)
  if #self.findings >= MAX_FINDINGS then return end
  finding.line, finding.column = self.source:place(at)
  finding.severity = finding.severity or "info"
  self.findings[#self.findings + 1] = finding
end

-- What is drawn here though GitHub refuses it.
function scan:lenient(at, what, hint)
  self.source:lenient(at, what, hint)
end

-- The captures of a pattern that begins with "^", or nil; does not move.
function scan:peek(pattern)
  return self.text:match(pattern, self.at)
end

-- Like `peek`; moves behind the match. The pattern must end with "()".
function scan:take(pattern)
  local found = table.pack(self.text:match(pattern, self.at))
  if found.n == 0 or found[1] == nil then return nil end
  self.at = found[found.n]
  return table.unpack(found, 1, found.n - 1)
end

-- Moves behind the match of a pattern without captures; true when there was one.
function scan:skip(pattern)
  local _, stop = self.text:find(pattern, self.at)
  if not stop then return false end
  self.at = stop + 1
  return true
end

-- White space, line ends and comments between statements.
function scan:skip_space()
  repeat
    self:skip("^%s+")
  until not (self:skip("^#[^\n]*") or self:skip("^%%%%[^\n]*"))
end

function scan:skip_line()
  return self:take("^([^\n]*)()")
end

function scan:is_done()
  return self.at > #self.text
end

return scan
