-- SPDX-License-Identifier: MIT
-- A builder like svg.lua's that writes plain text: paragraphs and (nested, numbered) lists. What
-- writes the text version of a diagram into a page writes it into a terminal with this.
local plain = {}
plain.__index = plain

function plain.new()
  return setmetatable({ parts = {}, stack = {} }, plain)
end

local LISTS = { ul = true, ol = true }

local function add(self, s)
  self.parts[#self.parts + 1] = s
end

local function start_line(self)
  local last = self.parts[#self.parts]
  if last and last:sub(-1) ~= "\n" then add(self, "\n") end
end

function plain:open(name)
  local depth, list = 0, nil
  for _, level in ipairs(self.stack) do
    if LISTS[level.name] then depth, list = depth + 1, level end
  end
  if name == "li" and list then
    start_line(self)
    list.count = list.count + 1
    add(self, ("  "):rep(depth - 1) .. (list.name == "ol" and list.count .. ". " or "- "))
  elseif name == "p" or LISTS[name] or name == "tr" or name == "table" then
    start_line(self)
  end
  self.stack[#self.stack + 1] = { name = name, count = 0 }
  return self
end

function plain:close()
  local level = table.remove(self.stack)
  if level.name == "p" or level.name == "tr" then start_line(self) end
  if level.name == "td" or level.name == "th" then add(self, "  ") end
  return self
end

-- Control characters are marks of emphasis (label.lua) at best.
function plain:text(s)
  add(self, (s:gsub("[%z\1-\8\11\12\14-\31\127]", "")))
  return self
end

function plain:leaf(name, _, s)
  return self:open(name):text(s):close()
end

function plain:element()
  return self
end

function plain:result()
  start_line(self)
  return table.concat(self.parts)
end

return plain
