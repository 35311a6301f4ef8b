-- SPDX-License-Identifier: MIT
-- Links that authors put into diagrams: only those that a page may have.
local text = require "text"

local links = {}

-- The address, or nil; then `findings` gets what is wrong. `of` names what is linked.
function links.safe(url, of, line, findings)
  local href = quoin.safe_url(text.display(url))
  if href then return href end
  findings[#findings + 1] = { code = "unsafe-link", line = line,
    message = ("the link of '%s' leads to an address that a page must not link to"):format(of),
    hint = "use https, mailto or a relative path" }
  return nil
end

return links
