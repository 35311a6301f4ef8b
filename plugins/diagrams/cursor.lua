-- SPDX-License-Identifier: MIT
-- A place in the text of a diagram that moves on: for hand-written parsers over source.lua. The
-- first problem is kept and stops the parser; nothing is raised.
local source = require "source"
local text = require "text"

local cursor = {}
cursor.__index = cursor

-- Quotation marks of attributes (<a href="…">) must not end a quoted text.
local function single_quotes(tag)
  return (tag:gsub('="([^"]*)"', "='%1'"))
end

-- Blanks beyond ASCII, which separate words like any other: no-break and ideographic space, BOM.
local BLANKS = { "\u{A0}", "\u{3000}", "\u{FEFF}" }

function cursor.new(doc)
  local src = source.new(doc)
  local all = src.text:gsub("<%w+[^<>]*>", single_quotes)
  for _, blank in ipairs(BLANKS) do all = all:gsub(blank, (" "):rep(#blank)) end
  return setmetatable({ source = src, text = all, at = 1, findings = src.findings }, cursor)
end

-- What `pattern` matches here (its first two captures, or the whole), and moves behind it.
function cursor:take(pattern)
  local from, to, first, second = self.text:find("^" .. pattern, self.at)
  if not from then return nil end
  self.at = to + 1
  return first or self.text:sub(from, to), second
end

function cursor:sees(pattern)
  return self.text:find("^" .. pattern, self.at) ~= nil
end

function cursor:is_done()
  return self.at > #self.text
end

-- Blanks of this line.
function cursor:skip_blanks()
  self.at = self.text:match("^[ \t]*()", self.at)
end

function cursor:rest_of_line()
  return text.trim(self:take("[^\n]*"))
end

-- Notes what is wrong at `at`, or here; gives nil.
function cursor:fail(message, hint, at)
  if not self.problem then
    local _, problem = self.source:problem(math.min(at or self.at, #self.text + 1), message, hint)
    self.problem = problem
  end
  return nil
end

-- What means something else than it seems to, here as on GitHub.
function cursor:doubt(message, hint, at, severity)
  local line, column = self.source:place(at or self.at)
  self.findings[#self.findings + 1] = { code = "doubtful", severity = severity or "info", line = line,
    column = column, message = message, hint = hint }
end

-- What GitHub refuses at `at` or here; the diagram is drawn.
function cursor:lenient(what, hint, at)
  self.source:lenient(at or self.at, what, hint)
end

-- The line that is read now.
function cursor:line(at)
  return (self.source:place(at or self.at))
end

return cursor
