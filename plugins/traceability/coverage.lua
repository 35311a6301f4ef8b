-- SPDX-License-Identifier: MIT
-- Which requirements are satisfied and tested by what.
local coverage = {}

local DESIGNS = { ["satisfied by"] = true, ["implemented by"] = true }
local TESTS = { ["tested by"] = true }
-- Said by the requirement itself: "Satisfied by: …" makes a `related` of the other direction.
local OWN_DESIGNS = { ["satisfies"] = true, ["implements"] = true }
local OWN_TESTS = { ["tests"] = true }

local function add(index, key, list, entry)
  local row = index[key]
  if not row then
    row = { designs = {}, tests = {}, seen = {} }
    index[key] = row
  end
  local name = list .. "\n" .. entry.path .. "\n" .. entry.title
  if row.seen[name] then return end
  row.seen[name] = true
  table.insert(row[list], entry)
end

-- From "path#anchor" to {designs, tests}: lists of {title, path, anchor}.
function coverage.index(site)
  local index = {}
  for _, related in ipairs(site:records("related")) do
    local page = related.page
    local path, title = page.path, page.title
    for _, link in ipairs(related.fields.links) do
      local kind = link.type
      if DESIGNS[kind] or TESTS[kind] then
        add(index, path .. "#" .. link.to, DESIGNS[kind] and "designs" or "tests",
          { title = link.title, path = link.path, anchor = link.anchor })
      elseif OWN_DESIGNS[kind] or OWN_TESTS[kind] then
        add(index, link.path .. "#" .. link.anchor, OWN_DESIGNS[kind] and "designs" or "tests",
          { title = link.of or title, path = path, anchor = link.to })
      end
    end
  end
  return index
end

local NOTHING = { designs = {}, tests = {} }

-- {record, designs, tests} of each requirement that has an id; and how many have none.
function coverage.rows(records, index)
  local rows, seen, without = {}, {}, 0
  for _, record in ipairs(records) do
    if not record.id then
      without = without + 1
    else
      local key = record.page.path .. "#" .. record.anchor
      if not seen[key] then
        seen[key] = true
        local found = index[key] or NOTHING
        rows[#rows + 1] = { record = record, designs = found.designs, tests = found.tests }
      end
    end
  end
  return rows, without
end

return coverage
