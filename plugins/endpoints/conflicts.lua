-- SPDX-License-Identifier: MIT
-- The same method and path, described differently on two pages of a project.

local function plain(text)
  return (text:lower():gsub("%p+", " "):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- Says one what the other says, and more?
local function agree(a, b)
  return a == b or a:sub(1, #b + 1) == b .. " " or b:sub(1, #a + 1) == a .. " "
end

local function short(text)
  if #text <= 80 then return text end
  local cut = utf8.offset(text, 0, 78)
  return text:sub(1, cut - 1) .. "…"
end

return function(site, report, severity)
  local first = {}
  for _, record in ipairs(site:records("endpoint")) do
    local fields, page = record.fields, record.page
    local project = page.project
    if fields.description and not fields.external and not page.is_generated then
      local key = (project and project.id or "") .. "\n" .. fields.method .. " " .. fields.path
      local text, known = plain(fields.description), first[key]
      if not known then
        first[key] = { record = record, text = text }
      elseif known.record.page ~= page and not agree(known.text, text) then
        local other = known.record
        report { code = "conflict", severity = severity, at = record,
          message = ("`%s %s` is described differently at %s:%d"):format(fields.method,
            fields.path, other.page.path, other.line),
          hint = ("there: \"%s\""):format(short(other.fields.description)) }
      end
    end
  end
end
