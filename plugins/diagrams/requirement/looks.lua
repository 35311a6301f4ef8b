-- SPDX-License-Identifier: MIT
-- "style", "classDef", "class" and ":::" of a requirement diagram. What they name may stand further
-- down, so they are kept and put onto the boxes in the end.
local looks = {}
looks.__index = looks

function looks.new()
  return setmetatable({ classes = {}, steps = {} }, looks)
end

-- 'a, "b c",d' -> {"a", "b c", "d"}
function looks.split(list)
  local out = {}
  for item in (list .. ","):gmatch("%s*([^,]-)%s*,") do
    item = item:gsub('^"(.*)"$', "%1"):gsub(";+$", "")
    if item ~= "" then out[#out + 1] = item end
  end
  return out
end

-- "a, b rest" -> {"a", "b"}, "rest"
local function list_and_rest(c)
  local line = c:take("%a+%s+([^\n]*)"):gsub("[ \t]*,[ \t]*", ",")
  local list, rest = line:match('^("[^"]*")%s+(.*)$')
  if not list then list, rest = line:match("^(%S+)%s*(.*)$") end
  return looks.split(list or ""), rest or ""
end

function looks:apply(names, classes)
  for _, name in ipairs(names) do
    for _, class in ipairs(classes) do
      self.steps[#self.steps + 1] = { name = name, class = class }
    end
  end
end

function looks.style(c, m)
  local names, css = list_and_rest(c)
  for _, name in ipairs(names) do table.insert(m.looks.steps, { name = name, css = css }) end
  return true
end

function looks.define(c, m)
  local names, css = list_and_rest(c)
  local classes = m.looks.classes
  for _, name in ipairs(names) do
    classes[name] = classes[name] and classes[name] .. "," .. css or css
  end
  return true
end

function looks.apply_statement(c, m)
  local names, classes = list_and_rest(c)
  m.looks:apply(names, looks.split(classes))
  return true
end

-- All declarations of a box as one text; later ones win.
function looks:declarations(box)
  local parts = { self.classes.default }
  for _, class in ipairs(box.classes) do parts[#parts + 1] = self.classes[class] end
  for _, step in ipairs(self.steps) do
    if step.name == box.name then parts[#parts + 1] = step.css or self.classes[step.class] end
  end
  return table.concat(parts, ",")
end

return looks
