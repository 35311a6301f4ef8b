-- SPDX-License-Identifier: MIT
-- Reads a list of targets: ids, [[names]] and links, parted by commas; behind each a fingerprint
-- may stand: REQ-12 <!-- reviewed: 1a2b3c4d -->. What a piece says after its target is ignored.
local targets = {}

local ID = "^(%u[%u%d]+[%u%d%-]*%-%d[%d.]*)"

-- The id that a text starts with, and what follows.
function targets.id_at(text)
  local id = text:match(ID)
  if not id then return nil end
  id = id:gsub("%.+$", "")
  local rest = text:sub(#id + 1)
  if rest:find("^[%w_]") or rest:find("^%-[%w]") then return nil end
  return id, rest
end

-- "reviewed: 1a2b3c4d" of a comment. "?" stands for a fingerprint that is still to come.
function targets.fingerprint(html)
  return html:match("^<!%-%-%s*reviewed: (%x%x%x%x%x%x%x%x)%s*%-%->$") or
    html:match("^<!%-%-%s*reviewed: (%?)%s*%-%->$")
end

local function trim(text)
  return (text:match("^%s*(.-)%s*$"))
end

-- One piece of text at the start of a piece: its target, if it has one.
local function target_at(text)
  local name = text:match("^%[%[([^%[%]|]+)|?[^%[%]]*%]%]")
  if name then return trim(name) end
  return (targets.id_at(text))
end

local AND = { "^and%s+", "^or%s+", "^&%s*" }

local function without_and(piece)
  piece = piece:gsub("^%s+", "")
  for _, pattern in ipairs(AND) do piece = piece:gsub(pattern, "", 1) end
  return piece
end

-- Splits at commas and semicolons outside [[names]], and at "and" before a target.
local function pieces_of(text)
  if not text:find("[,;%[]") and not text:find(" and ", 1, true) then return { text } end
  text = text:gsub("%s+and%s+(%u[%u%d]+%-)", ", %1"):gsub("%s+and%s+(%[%[)", ", %1")
  local list, start, at = {}, 1, 1
  while true do
    local stop = text:find("[,;%[]", at)
    if not stop then break end
    if text:byte(stop) == 91 then -- "[": commas in a name do not part
      local _, close = text:find("^%[%[[^%[%]]*%]%]", stop)
      at = (close or stop) + 1
    else
      list[#list + 1] = text:sub(start, stop - 1)
      start, at = stop + 1, stop + 1
    end
  end
  list[#list + 1] = text:sub(start)
  return list
end

-- Reads inline nodes from `node` on; `first` replaces the literal of the first one. `take` gets
-- {target, at, url}; the table that it got may be given `reviewed` later. Ends with the line, unless that
-- ends in a comma.
function targets.read(node, first)
  local found, is_start, is_open = {}, true, false
  local function take(target, at, url)
    if target and target ~= "" then found[#found + 1] = { target = target, at = at, url = url } end
  end
  while node do
    local kind = node.type
    if kind == "soft_break" or kind == "line_break" then
      if not is_open then break end
    elseif kind == "html" then
      local print, last = targets.fingerprint(trim(node.literal)), found[#found]
      if print and last and not last.reviewed then last.reviewed = print end
    elseif kind == "link" then
      if is_start then take(node.url, node, node.url) end
      is_start, is_open = false, false
    elseif kind == "text" or kind == "strong" or kind == "emphasis" then
      local text = first or (kind == "text" and node.literal or node.text)
      for i, piece in ipairs(pieces_of(text)) do
        if i > 1 then is_start = true end
        piece = without_and(piece)
        if is_start and piece ~= "" then
          take(target_at(piece), node)
          is_start = false
        end
      end
      is_open = text:find("[,;]%s*$") ~= nil
      is_start = is_start or text:find("%f[%a]and%s*$") ~= nil
    elseif kind ~= "footnote_ref" then
      is_start, is_open = false, false
    end
    first, node = nil, node.next
  end
  return found
end

return targets
