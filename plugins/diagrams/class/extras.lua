-- SPDX-License-Identifier: MIT
-- The statements of a class diagram that add to what is there: notes, links, styles. Each takes the
-- cursor behind its first word and the state of class/parse.lua.
local names = require "class.names"
local style = require "style"
local text = require "text"

local extras = {}

function extras.note(c, state)
  local of
  if c:take("for%f[^%w_][ \t]*") then
    of = names.class(c)
    if not of then return c:fail("the class that this note is for is missing") end
  end
  local words = names.quoted(c)
  if not words then return c:fail("a note reads 'note \"text\"' or 'note for Name \"text\"'") end
  state.model:add_note(words, of, state.space and state.space.id)
end

-- "url" "tooltip" _blank
local function web_link(c, class)
  local at = c.at
  local url = names.quoted(c)
  if not url then return c:fail("a link reads 'link Name \"https://…\" \"tooltip\"'") end
  class.url, class.link_line = text.display(url), c:line(at)
  local tooltip = names.quoted(c)
  class.tooltip = tooltip and text.display(tooltip) or class.tooltip
  c:skip_blanks()
  c:take("_%a+")
end

function extras.link(c, state)
  local class = names.known_class(c, state)
  if class then web_link(c, class) end
end

-- Scripts never reach the page; only their tooltip is kept.
local function callback(c, class)
  local tooltip = names.quoted(c)
  class.tooltip = tooltip and text.display(tooltip) or class.tooltip
end

function extras.callback(c, state)
  local class = names.known_class(c, state)
  if not class then return nil end
  if not names.quoted(c) then return c:fail("a callback reads 'callback Name \"function\"'") end
  callback(c, class)
end

function extras.click(c, state)
  local class = names.known_class(c, state)
  if not class then return nil end
  c:skip_blanks()
  if c:take("href%f[^%w_]") or c:sees('"') then return web_link(c, class) end
  if not c:take("call%s+[^(\n]*") then
    return c:fail("a click reads 'click Name href \"https://…\"' or 'click Name call f()'")
  end
  c:take("%([^)]*%)")
  callback(c, class)
end

-- "A,B fill:#f9f,stroke:#333": names and a list of "name:value".
local function styles(c)
  c:skip_blanks()
  local list = c:take("[%w_\128-\255,-]+[ \t]*")
  local ids = {}
  for id in (list or ""):gmatch("[^,%s]+") do ids[#ids + 1] = id end
  return ids, style.split(c:rest_of_line())
end

function extras.style(c, state)
  local ids, list = styles(c)
  if #ids == 0 then return c:fail("a style reads 'style Name fill:#eee,stroke:#333'") end
  for _, id in ipairs(ids) do
    local class = state.model:find(id)
    if class then table.move(list, 1, #list, #class.styles + 1, class.styles) end
  end
end

function extras.classDef(c, state)
  local ids, list = styles(c)
  if #ids == 0 then return c:fail("a style class reads 'classDef name fill:#eee,stroke:#333'") end
  for _, id in ipairs(ids) do
    local defs = state.model.class_defs
    defs[id] = defs[id] or {}
    table.move(list, 1, #list, #defs[id] + 1, defs[id])
  end
end

function extras.cssClass(c, state)
  local ids = names.quoted(c)
  c:skip_blanks()
  local css = ids and c:take("[%w_-]+")
  if not css then return c:fail("this reads 'cssClass \"Name,Other\" style'") end
  for id in ids:gmatch("[^,%s]+") do
    local class = state.model:find(id)
    if class then class.css[#class.css + 1] = css end
  end
end

return extras
