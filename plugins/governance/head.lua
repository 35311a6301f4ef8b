-- SPDX-License-Identifier: MIT
-- What the head of a page says, against its kind and its revision history.
local dates = require "dates"
local head = {}

-- The line of the head that has this text; 1 when none has.
local function line_with(page, text)
  local second = page.sections[2]
  local last = math.min(second and second.line or page.line_count, 60)
  for number = 1, last do
    if page:line(number):find(text, 1, true) then return number end
  end
  return 1
end

-- How many letters must change to make `b` of `a`.
local function distance(a, b)
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      diagonal, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, diagonal + cost)
    end
  end
  return row[#b]
end

local function nearest(status, values)
  local best, fewest = nil, math.max(2, #status // 3) + 1
  for _, value in ipairs(values) do
    local count = distance(status:lower(), value:lower())
    if count < fewest then best, fewest = value, count end
  end
  return best
end

local function report_status(page, emit, kind, status, values)
  local near = nearest(status, values)
  local line = line_with(page, status)
  emit.report { code = "unknown-status", line = line,
    message = ("status \"%s\" is none of those of the kind %s"):format(status, kind),
    hint = (near and ("did you mean \"%s\"? "):format(near) or "")
      .. "it may be " .. table.concat(values, ", ") }
end

function head.check_status(page, emit)
  local schema = page.schema
  local status = schema and page.status
  if not status or status == "" or #status > 60 then return end
  local values, known = {}, schema.statuses
  for _, value in ipairs(type(known) == "table" and known or {}) do
    if type(value) == "string" and #value <= 60 then
      if value:lower() == status:lower() then return end
      values[#values + 1] = value
    end
  end
  if #values > 0 then report_status(page, emit, schema.name, status, values) end
end

-- Only for pages with a revision history.
function head.check_date(page, emit)
  local revisions = page:records("revision")
  if #revisions == 0 then return end
  local written = page.meta.date
  local date, near = written and dates.find(tostring(written)), nil
  if not date then return end
  for _, revision in ipairs(revisions) do
    local of = revision.fields.date
    if of == date then return end
    if of and (not near or of > near.fields.date) then near = revision end
  end
  if not near then return end
  emit.report { code = "head-date", severity = "info", line = line_with(page, date),
    message = ("the date %s at the head is that of no revision"):format(date),
    hint = ("line %d: the latest is of %s"):format(near.line, near.fields.date) }
end

return head
