-- SPDX-License-Identifier: MIT
-- records.json: every record for other programs.
local export = {}

local function entry(record, home)
  local page, section = record.page, record.section
  local item = { kind = record.kind, id = record.id, title = record.title, fields = record.fields }
  if next(item.fields) == nil then item.fields = nil end
  if page then
    local url = home:href(record)
    if url == "" or url:sub(1, 1) == "#" then url = home.out .. url end
    item.page, item.url = page.path, url
    item.line = record.line > 0 and record.line or nil
    item.anchor = record.anchor ~= "" and record.anchor or nil
    item.section = section and section.title or nil
    local project = page.project
    item.project = project and project.id or nil
  end
  return item
end

function export.text(site)
  local out, home, separator = quoin.buffer(), site.home, "\n"
  out:add('{"version":1,"title":', quoin.json(site.title), ',"records":[')
  for _, record in ipairs(site:records()) do
    out:add(separator, quoin.json(entry(record, home)))
    separator = ",\n"
  end
  out:add("\n]}\n")
  return out:text()
end

return export
