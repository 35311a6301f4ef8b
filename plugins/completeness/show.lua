-- SPDX-License-Identifier: MIT
-- The score with its parts under a page's title, on the card of a project and on the home page.
local score = require "score"
local show = {}

local GROUPS = { { "missing", "Missing" }, { "empty", "Empty" }, { "placeholder", "To be filled in" },
  { "guidance", "Guidance to delete" }, { "field", "Without a value" }, { "order", "Out of order" },
  { "extra", "Not in the template" } }
local MAX_IN_GROUP = 20

-- A ring with its number. The text says all of it.
local function ring(title, percent, note)
  return ('<p class="meter"><svg class="ring" viewBox="0 0 36 36" width="40" height="40" aria-hidden="true">'
    .. '<circle cx="18" cy="18" r="15.915"/><circle cx="18" cy="18" r="15.915" '
    .. 'stroke-dasharray="%d 100" transform="rotate(-90 18 18)"/></svg>'
    .. "<span><b>%s %d&nbsp;%%</b> %s</span></p>\n"):format(percent, quoin.escape(title), percent, note)
end

local function mean(title, fields)
  if not fields then return nil end
  return ring(title, fields.score, ("over %d %s"):format(fields.specs,
    fields.specs == 1 and "spec" or "specs"))
end

local function add_gap(out, page, record, is_first)
  local text = record.title
  if not is_first then out:add(", ") end
  if record.anchor ~= "" and record.fields.gap ~= "missing" then
    out:add('<a href="'):escape(page:href(record)):add('">'):escape(text):add("</a>")
  else
    out:escape(text)
  end
end

local function add_group(out, page, title, records)
  out:add("<li>", title, ": ")
  for i = 1, math.min(#records, MAX_IN_GROUP) do add_gap(out, page, records[i], i == 1) end
  if #records > MAX_IN_GROUP then out:add(" and ", #records - MAX_IN_GROUP, " more") end
  out:add("</li>\n")
end

local function of_page(page, fields)
  local groups, out = {}, quoin.buffer()
  local gaps = page:records("gap")
  for _, record in ipairs(gaps) do
    local gap = record.fields.gap
    groups[gap] = groups[gap] or {}
    table.insert(groups[gap], record)
  end
  out:add('<details class="completeness"><summary>Completeness <progress aria-label="Completeness" ',
    'value="', fields.score, '" max="100"></progress> ', fields.score, " %</summary>\n<p>",
    fields.filled, " of ", fields.sections, " sections filled, ", fields.partial, " in part, ",
    fields.empty, " empty, ", fields.missing, " missing.</p>\n")
  if #gaps > 0 then
    out:add("<ul>\n")
    for _, group in ipairs(GROUPS) do
      if groups[group[1]] then add_group(out, page, group[2], groups[group[1]]) end
    end
    out:add("</ul>\n")
  end
  return out:add("</details>\n"):text()
end

show.slots = {
  ["page-head"] = function(page)
    if page.is_generated then return nil end
    local records = page:records("completeness")
    if #records == 0 then return nil end
    local project = mean("Completeness of the project's specs", score.of(records, "project"))
    local own = score.of(records, "page")
    return (project or "") .. (own and of_page(page, own) or "")
  end,
  ["project-card"] = function(_, _, _, project)
    return project and mean("Completeness",
      score.of(project.home:records("completeness"), "project"))
  end,
  ["home-head"] = function(_, site)
    return mean("Completeness of all specs",
      score.of(site:portal_records("completeness"), "portal"))
  end,
}

return show
