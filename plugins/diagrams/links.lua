-- SPDX-License-Identifier: MIT
-- Links that authors put into diagrams: only those that a page may have. Relative ones are links of
-- the page: resolved and checked like those in its text.
local text = require "text"

local links = {}

local function is_relative(url)
  return not url:find("^%a[%w+.-]*:") and not url:find("^//")
end

-- Gives `part` of the model `m` its address as `href`; an unsafe one becomes a finding. `of` names
-- what is linked.
function links.put(m, part, url, of, line)
  local href = quoin.safe_url(text.display(url))
  of = of:gsub("[\14-\19]", "") -- marks of emphasis
  part.href = href
  if not href then
    m.findings = m.findings or {}
    table.insert(m.findings, { code = "unsafe-link", line = line,
      message = ("the link of '%s' leads to an address that a page must not link to"):format(of),
      hint = "use https, mailto or a relative path" })
  elseif is_relative(href) then
    m.addresses = m.addresses or {}
    table.insert(m.addresses, { part = part, url = href, of = of, line = line })
  end
  return href ~= nil
end

-- Relative addresses in the model, for the page to resolve: {url, of, line} …
function links.relative(m)
  local list = {}
  for i, item in ipairs(m.addresses or {}) do
    list[i] = { url = item.url, of = item.of, line = item.line }
  end
  return list
end

-- Puts what relative addresses lead to in their place; `resolve` (url) -> URL, or nil for a dead
-- end.
function links.resolve(m, resolve)
  for _, item in ipairs(m.addresses or {}) do item.part.href = resolve(item.url) end
end

return links
