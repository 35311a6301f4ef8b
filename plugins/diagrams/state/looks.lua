-- SPDX-License-Identifier: MIT
-- How states look and where they lead: "classDef", "class", "style", "click". Collected in p.looks
-- and put onto the states when all are known.
local names = require "state.names"

local looks = {}

function looks.new()
  return { classes = {}, steps = {}, clicks = {} }
end

local function each_id(list)
  return list:gmatch("[^%s,]+")
end

-- "A, B rest": the list and the rest.
local function split(p)
  local line = p:take("^%a+%s+([^\n]*)()"):gsub("%s*,%s*", ",")
  local list, rest = line:match("^(%S+)%s+(.*)$")
  return list or line, names.trim(rest or ""):gsub(";+$", "")
end

-- "classDef important fill:#f00, color:white"
function looks.define(p)
  local list, css = split(p)
  for id in each_id(list) do
    local class = p.looks.classes[id] or {}
    p.looks.classes[id] = class
    class[#class + 1] = css
  end
end

-- "class A, B important"
function looks.apply(p)
  local list, class = split(p)
  for id in each_id(list) do table.insert(p.looks.steps, { id = id, class = class }) end
end

-- "style A, B fill:#f00"
function looks.style(p)
  local list, css = split(p)
  for id in each_id(list) do table.insert(p.looks.steps, { id = id, css = css }) end
end

-- 'click A "https://…" "tip"', 'click A href "https://…"'
function looks.click(p)
  local at = p.at
  p:skip("^%a+%s+")
  local state = names.reference(p)
  local rest = p:skip_line()
  local url, tip = rest:match('^%s*[hHrReEfF]*%s*"([^"]*)"%s*"?([^"]*)')
  if not state then return p:problem(at, "the state that can be clicked is missing") end
  if not url then
    p:tell(at, { code = "unsupported", message = "a page has no functions that 'click' could call",
      hint = 'write \'click A href "https://…"\'' })
    return nil
  end
  table.insert(p.looks.clicks, { id = state.id, url = url, tip = tip, at = at })
end

-- Classes first, then own styles: {css …} of a state with these classes.
function looks.declarations(all, state)
  local list = {}
  local function add(class)
    for _, css in ipairs(all.classes[class] or {}) do list[#list + 1] = css end
  end
  add "default"
  for _, class in ipairs(state.classes) do
    for name in each_id(class) do add(name) end
  end
  for _, css in ipairs(state.styles) do list[#list + 1] = css end
  return table.concat(list, ",")
end

return looks
