-- SPDX-License-Identifier: MIT
-- What every Mermaid diagram type shares: cleans the text, takes front matter, %%{init}%% and
-- comments out (line numbers stay), hides entities from the parsers, and tells the type.
local config = require "config"

local pre = {}

-- Control characters and broken UTF-8 never reach a parser: they have no meaning in a diagram and
-- no place in XML.
function pre.clean(text)
  text = text:gsub("\r\n?", "\n"):gsub("[%z\1-\8\11\12\14-\31\127]", " ")
  if utf8.len(text) then return text end
  local out, at = {}, 1
  while at <= #text do
    local _, bad = utf8.len(text, at)
    if not bad then break end
    out[#out + 1] = text:sub(at, bad - 1) .. "\u{FFFD}"
    at = bad + 1
  end
  out[#out + 1] = text:sub(at)
  return table.concat(out)
end

-- Blanks in such a number mean nothing, but patterns that look for the last ones take a step for
-- each pair of them.
local MOST_BLANKS = 400
local MANY_BLANKS = ("[ \t]"):rep(MOST_BLANKS)
local function fewer_blanks(text)
  return (text:gsub(MANY_BLANKS .. "[ \t]+", (" "):rep(MOST_BLANKS)))
end

local function split(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

-- Reads the front matter and blanks the lines it took.
local function front_matter(lines, doc)
  local first = 1
  while lines[first] and lines[first]:find("^%s*$") do first = first + 1 end
  if not (lines[first] and lines[first]:find("^%s*%-%-%-%s*$")) then return end
  local last
  for i = first + 1, #lines do
    if lines[i]:find("^%s*%-%-%-%s*$") then last = i break end
  end
  if not last then return end
  local indent = lines[last]:match("^%s*")
  if indent ~= lines[first]:match("^%s*") then
    doc.findings[1] = { code = "lenient", severity = "info", line = last, column = #indent + 1,
      message = "works here, fails on GitHub: front matter with an indented end",
      hint = "begin this line with '---'" }
  end
  local title = config.read_yaml(table.move(lines, first + 1, last - 1, 1, {}), doc.settings)
  if title and title ~= "" then doc.title = title end
  for i = first, last do lines[i] = "" end
end

-- Blanks %%{ ... }%% (also over several lines, their settings are read) and lines that are comments.
local function comments(lines, doc)
  local inside
  for i, line in ipairs(lines) do
    if not inside then
      local last = line:match("^.*}%%%%()") or 1 -- behind it no directive ends
      line = line:sub(1, last - 1):gsub("%%%%{(.-)}%%%%", function(directive)
        config.read_init(directive, doc.settings)
        return ""
      end) .. line:sub(last)
      local start = line:find("%%%%{", 1)
      if start then
        inside = { line:sub(start + 3) }
        line = line:sub(1, start - 1)
      elseif line:find("^%s*%%%%") then
        if line:find("^%s*%%%%%s*$") then doc.empty_comment = doc.empty_comment or i end
        line = ""
      end
    else
      local _, stop = line:find("}%%%%")
      inside[#inside + 1] = stop and line:sub(1, stop - 3) or line
      if stop then
        config.read_init(table.concat(inside, "\n"), doc.settings)
        inside = nil
      end
      line = stop and line:sub(stop + 1) or ""
    end
    lines[i] = line
  end
end

-- "#35;" and "#quot;" become \1...\2 of the same length, so that neither "#" nor ";" means anything
-- to a parser and columns stay right. text.lua decodes them.
local function hide_entities(lines)
  for i, line in ipairs(lines) do
    if line:find("#", 1, true) then lines[i] = line:gsub("#(%w+);", "\1%1\2") end
  end
end

-- {lines, first (line of the type word), type (that word), title, settings (see config.lua),
-- empty_comment (line of the first "%%" with nothing behind it, or nil), findings}
function pre.read(source)
  local doc = { lines = split(fewer_blanks(pre.clean(source))), settings = {}, findings = {} }
  front_matter(doc.lines, doc)
  comments(doc.lines, doc)
  hide_entities(doc.lines)
  for i, line in ipairs(doc.lines) do
    local word = line:match("^%s*([%a][%w_-]*)")
    if word then
      doc.first, doc.type = i, word
      break
    elseif line:find("%S") then
      break
    end
  end
  return doc
end

return pre
