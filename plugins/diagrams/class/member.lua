-- SPDX-License-Identifier: MIT
-- One line of a class: "+setPoints(List~int~ points) bool$". Reads it as Mermaid does.
local generics = require "generics"
local text = require "text"

local member = {}

local function one_blank(s)
  return (s:find("^%s") and " " or "") .. text.trim(s)
end

local function read_attribute(raw)
  local visibility, name = raw:match("^([#+~-]?)(.*)$")
  local mark = name:match("[$*]$")
  return { visibility = visibility, name = one_blank(mark and name:sub(1, -2) or name),
    mark = mark }
end

-- The parameters stand between the last "(" that has a ")" behind it and the last ")".
local function read_method(raw)
  local close = raw:match("^.*()%)")
  local open = raw:sub(1, close):match("^.+()%(")
  if not open then return nil end
  local head, parameters, behind = raw:sub(1, open - 1), raw:sub(open + 1, close - 1),
    raw:sub(close + 1)
  local visibility, name = head:match("^([#+~-])(.+)$")
  local mark, result = behind:match("^([%s$*]?)(.*)$")
  mark, result = text.trim(mark), text.trim(result)
  if mark == "" and result:find("[$*]$") then
    mark, result = result:sub(-1), result:sub(1, -2)
  end
  return { visibility = visibility or "", name = one_blank(name or head),
    parameters = text.trim(parameters), result = result, mark = mark ~= "" and mark or nil,
    is_method = true }
end

local function facts_of(m)
  local function clean(s) return generics.read(text.label(s)) end
  local all = m.visibility .. (m.name:find("^%s") and " " or "") .. clean(m.name)
  if m.is_method then
    all = all .. "(" .. clean(m.parameters) .. ")"
    if m.result ~= "" then all = all .. " : " .. clean(m.result) end
  end
  return text.trim(all)
end

local function shown(m)
  local function clean(s) return generics.show(text.display(s)):gsub("\n", " ") end
  local all = clean(m.name)
  if m.is_method then
    local result = m.result:gsub("^:%s*", "")
    all = all .. "(" .. clean(m.parameters) .. ")"
    if result ~= "" then all = all .. ": " .. clean(result) end
  end
  return text.trim(all)
end

-- {visibility, is_method, is_static, is_abstract, label (of facts), show (without the visibility)}
function member.read(raw)
  raw = text.trim(raw)
  local m = (raw:find(")", 2, true) and read_method(raw)) or read_attribute(raw)
  m.label, m.show = facts_of(m), shown(m)
  m.is_static, m.is_abstract = m.mark == "$" or nil, m.mark == "*" or nil
  return m
end

return member
