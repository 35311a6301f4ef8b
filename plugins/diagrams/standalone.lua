-- SPDX-License-Identifier: MIT
-- A picture that stands alone, as a file: colours come from the portal's style sheet where that is
-- at hand. Where it is not (a downloaded file), plain attributes make it a drawing in dark lines;
-- any rule of the style sheet is stronger than those.
local FRAME = ' fill="none" stroke="#3b4656" font-family="Arial, Liberation Sans, sans-serif"'
local TEXT = ' fill="#1c2430" stroke="none"'

local function plain_text(tag)
  return not tag:find(' fill="', 1, true) and "<text" .. TEXT .. tag or nil
end

-- `picture` is an <svg> as figure.svg makes it; `kind` a class; `style` the URL of the style sheet
-- or nil.
return function(picture, kind, style)
  local size = picture:match(' width="[%d.]+" height="[%d.]+"')
  local body = picture:gsub("<text([^>]*>)", plain_text)
    :gsub('class="dg%-head"', 'class="dg-head" fill="#3b4656"')
  return (style and ('<?xml-stylesheet type="text/css" href="%s"?>\n'):format(quoin.escape(style))
    or "") .. ('<svg xmlns="http://www.w3.org/2000/svg" class="diagram %s"%s%s>%s</svg>\n'):format(
      kind, size, FRAME, body)
end
