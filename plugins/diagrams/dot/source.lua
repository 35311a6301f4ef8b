-- SPDX-License-Identifier: MIT
-- DOT text before the dot program reads it: the addresses in it, and the text made harmless.
-- Attributes that make the program open files are renamed, images in HTML-like labels are dropped.
-- Reads DOT by its own tokens, for an attribute's name may be quoted, joined with "+" or broken over
-- lines.
local links = require "links"

local source = {}

local REFUSED = { image = true, imagepath = true, shapefile = true, fontpath = true,
  fontname = true, _background = true, stylesheet = true, labelfontname = true, fontnames = true }

-- The next token at `at`: kind, the text as written, its value (ids only).
local function token(s, at)
  local t = s:match("^%s+", at) or s:match("^//[^\n]*", at)
  if t then return "space", t end
  if s:find("^/%*", at) then
    local _, stop = s:find("*/", at + 2, true)
    return "space", s:sub(at, stop or #s)
  end
  if s:find("^#", at) and (at == 1 or s:sub(at - 1, at - 1) == "\n") then
    return "space", s:match("^[^\n]*", at)
  end
  if s:sub(at, at) == '"' then
    local i = at + 1
    while i <= #s and s:sub(i, i) ~= '"' do
      i = i + (s:sub(i, i) == "\\" and 2 or 1)
    end
    local raw = s:sub(at, i)
    return "id", raw, (raw:sub(2, -2):gsub("\\\n", ""):gsub('\\"', '"'))
  end
  t = s:match("^[%w_\128-\255.]+", at)
  if t then return "id", t, t end
  t = s:match("^%b<>", at)
  if t then return "html", t end
  return "mark", s:sub(at, at)
end

-- Each token as {kind, raw, value, line}; "a" + "b" becomes one token.
local function tokens(s)
  local list, at, line = {}, 1, 1
  while at <= #s do
    local kind, raw, value = token(s, at)
    list[#list + 1] = { kind = kind, raw = raw, value = value, line = line }
    at = at + #raw
    line = line + select(2, raw:gsub("\n", ""))
  end
  return list
end

local function following(list, i)
  i = i + 1
  while list[i] and list[i].kind == "space" do i = i + 1 end
  return list[i], i
end

local function join_strings(list)
  for i, t in ipairs(list) do
    while t.kind == "id" do
      local plus, p = following(list, i)
      local other, o = following(list, p)
      if not (plus and plus.raw == "+" and other and other.kind == "id") then break end
      t.value = t.value .. other.value
      t.raw = '"' .. t.value:gsub('"', '\\"') .. '"'
      for k = i + 1, o do list[k] = { kind = "space", raw = "" } end
    end
  end
end

-- The text without what opens files.
function source.harmless(s)
  local list, out = tokens(s), {}
  join_strings(list)
  for i, t in ipairs(list) do
    local raw = t.raw
    if t.kind == "id" then
      local next_token = following(list, i)
      if next_token and next_token.raw == "=" and REFUSED[t.value:lower()] then raw = "comment" end
    elseif t.kind == "html" then
      raw = raw:gsub("<%s*/?%s*[iI][mM][gG][^>]*>", "")
    end
    out[i] = raw
  end
  return table.concat(out)
end

-- Relative addresses of nodes, edges and groups: {url, of, line} …
function source.addresses(s)
  if not s:find("[hHuU][rR][eElL]") then return {} end
  local list, found = tokens(s), {}
  join_strings(list)
  for i, t in ipairs(list) do
    local name = t.kind == "id" and t.value:lower()
    if name == "url" or name == "href" then
      local equals, at = following(list, i)
      local value = equals and equals.raw == "=" and following(list, at)
      if value and value.kind == "id" then
        links.put(found, {}, value.value, value.value, value.line)
      end
    end
  end
  return links.relative(found)
end

return source
