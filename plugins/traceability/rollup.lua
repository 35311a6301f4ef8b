-- SPDX-License-Identifier: MIT
-- Tells each page what leads to it and to the records on it: one record of the kind `related`.
local resolve = require "resolve"

local MAX_PER_PAGE = 500

return function(site, emit)
  local cache, lists, order = resolve.new_cache(), {}, {}
  for _, relation in ipairs(site:records("relation")) do
    local fields = relation.fields
    local to = resolve.target(site, relation, fields, cache)
    if to and not to.page.is_generated then
      local list = lists[to.path]
      if not list then
        list = { page = to.page }
        lists[to.path], order[#order + 1] = list, list
      end
      if #list < MAX_PER_PAGE then
        local from = resolve.source(site, relation, fields, cache)
        list[#list + 1] = { type = fields.inverse, forward = fields.type,
          title = resolve.title(from), path = from.path,
          anchor = from.record and from.anchor or relation.anchor, to = to.anchor,
          of = to.record and resolve.title(to) or nil }
      end
    end
  end
  for _, list in ipairs(order) do
    local page = list.page
    list.page = nil
    emit.record("related", { title = page.title, page = page, fields = { links = list } })
  end
end
