-- SPDX-License-Identifier: MIT
-- Class diagrams: classes with their members, relations between them, namespaces, notes.
local links = require "links"
local parse = require "class.parse"
local words = require "class.words"

-- Addresses that a page may have become `href`; the others are reported.
local function keep_safe_links(m)
  for _, class in ipairs(m.classes) do
    if class.url then
      links.put(m, class, class.url, class.show, class.link_line)
    end
  end
end

local function read(doc)
  local m, problem = parse(doc)
  if not m then return nil, problem end
  m.settings = doc.settings
  keep_safe_links(m)
  return m
end

local function mentions(m)
  local list = {}
  for _, class in ipairs(m.classes) do
    list[#list + 1] = { name = class.show, line = class.line }
    if class.id ~= class.show then list[#list + 1] = { name = class.id, line = class.line } end
  end
  return list
end

return {
  noun = "class diagram",
  parse = read,
  facts = function(m) return m:facts() end,
  draw = function(m, context) return require "class.draw"(m, context) end,
  describe = words.describe,
  words = words.write,
  mentions = mentions,
}
