-- SPDX-License-Identifier: MIT
-- Plain fences: file trees become lists; box drawings become pictures where the site asks for it.
local fences = {}

local PLAIN = { [""] = true, text = true, txt = true, plain = true, plaintext = true, ascii = true }

local function box_html(node, opt)
  local box = require "box.type"
  local read = #node.literal <= opt.max_bytes and box.read(node.literal)
  if not read then return nil end
  local section = node.section
  return box.html(read, { id = ("dg-%s-l%d"):format(quoin.hash(node.literal):sub(1, 8), node.line),
    heading = section and section.title, text_version = opt.text_version })
end

local function html_of(node, opt)
  local text = node.literal
  local html = opt.file_trees and text:find("[├└|`╰+\\][─%-]") and require("tree").html(text)
  return html or opt.plain_boxes and box_html(node, opt) or nil
end

-- What drawings and trees are made of; "\xE2\x94" begins most characters of boxes.
local MARKS = { "\xE2\x94", "|--", "\xE2\x95", "+--" }

function fences.transform(page, _, opt)
  for i = 1, opt.plain_boxes and 4 or 2 do
    for node in page:nodes("code_block", MARKS[i]) do
      local html = PLAIN[node.language] and html_of(node, opt)
      if html then node:replace { { html = html } } end
    end
  end
end

return fences
