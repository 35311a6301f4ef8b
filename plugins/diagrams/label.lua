-- SPDX-License-Identifier: MIT
-- Labels of shapes and edges: wrapped, measured once, drawn centred.
local text = require "text"

local label = { FONT = 14, LINE = 18 }

-- `s` is shown text (text.display); `limit` the wished width in pixels (default 200).
-- {lines, width, height, plain}
function label.new(s, limit)
  local lines, width = text.wrap(s or "", label.FONT, limit or 200)
  return { lines = lines, width = math.ceil(width), height = #lines * label.LINE, plain = s or "" }
end

-- Around the middle x, y. `attributes` as in svg.lua.
function label.draw(out, l, x, y, attributes)
  out:lines(l.lines, x, y - (#l.lines - 1) * label.LINE / 2, label.LINE, attributes or {})
end

return label
