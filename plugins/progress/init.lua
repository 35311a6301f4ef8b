-- SPDX-License-Identifier: MIT
-- Progress: checkboxes become tasks, tasks add up from section to spec to project to portal.
local tasks = require "tasks"
local count = require "count"

-- A bar with its text: <progress> needs no style of ours and is read aloud.
local function bar(title, fields)
  return ('<p class="progress-bar"><label>%s <progress value="%d" max="%d"></progress></label> '
    .. "<span>%d of %d tasks done (%d %%)</span></p>\n"):format(quoin.escape(title), fields.done,
    fields.total, fields.done, fields.total, fields.percent)
end

-- The same as a ring with its number: on cards and dashboards. The text says all of it.
local function ring(title, fields)
  return ('<p class="meter"><svg class="ring" viewBox="0 0 36 36" width="40" height="40" aria-hidden="true">'
    .. '<circle cx="18" cy="18" r="15.915"/><circle cx="18" cy="18" r="15.915" '
    .. 'stroke-dasharray="%d 100" transform="rotate(-90 18 18)"/></svg>'
    .. "<span><b>%s %d&nbsp;%%</b> %d of %d tasks done</span></p>\n"):format(fields.percent,
    quoin.escape(title), fields.percent, fields.done, fields.total)
end

local function with_scope(records, scope)
  for _, record in ipairs(records) do
    if record.fields.scope == scope then return record.fields end
  end
  return nil
end

local function project_progress(project)
  return with_scope(project.home:records("progress"), "project")
end

return {
  name = "progress",
  api = 1,
  summary = "Checklists that add up",
  assets = { "progress.css" },
  emits = {
    task = { fields = { state = "string", owner = "string", due = "string", choice = "string" } },
    progress = { fields = { scope = "string", done = "integer", total = "integer",
      percent = "integer" } },
  },
  collect = tasks.collect,
  rollup = count.rollup,

  slots = {
    ["page-head"] = function(page)
      local project = page.project
      if project and project.home == page then
        local fields = project_progress(project)
        return fields and ring("Progress of the project", fields) or nil
      end
      local fields = with_scope(page:records("progress"), "page")
      return fields and bar("Progress", fields) or nil
    end,
    ["project-card"] = function(_, _, _, project)
      local fields = project and project_progress(project)
      return fields and ring("Progress", fields) or nil
    end,
    ["home-head"] = function(_, site)
      local fields = with_scope(site:portal_records("progress"), "portal")
      return fields and ring("Progress of all projects", fields) or nil
    end,
  },
}
