-- SPDX-License-Identifier: MIT
-- Adds a page's sections and gaps up to a score, and pages to projects and the portal.
--
-- The score of a spec is the mean, in per cent and rounded down, over the sections that its kind
-- requires and those optional ones that it has: filled 1, missing or empty 0, partly filled the
-- share of its units that are content.
local names = require "names"
local score = {}

local SUMMED = { "sections", "filled", "partial", "empty", "required", "missing", "placeholders",
  "guidance", "fields" }

local function count_gaps(page, fields)
  for _, record in ipairs(page:records("gap")) do
    local own = record.fields
    if own.gap == "missing" then
      fields.missing = fields.missing + 1
    elseif own.gap == "placeholder" then
      fields.placeholders = fields.placeholders + own.count
    elseif own.gap == "guidance" then
      fields.guidance = fields.guidance + own.count
    elseif own.gap == "field" then
      fields.fields = fields.fields + own.count
    elseif own.gap == "empty" then
      fields.placeholders = fields.placeholders + own.placeholders
    end
  end
end

local function of_page(page, schema)
  local fields, sum, counted = {}, 0, 0
  for _, key in ipairs(SUMMED) do fields[key] = 0 end
  for _, entry in ipairs(names.sections(schema)) do
    fields.sections = fields.sections + 1
    if entry.required then fields.required = fields.required + 1 end
  end
  for _, record in ipairs(page:records("section")) do
    local own = record.fields
    if not own.label then
      fields[own.state] = fields[own.state] + 1
      sum, counted = sum + own.share, counted + 1
    end
  end
  count_gaps(page, fields)
  counted = counted + fields.missing
  if counted == 0 then return nil end
  fields.score = math.floor(100 * sum / counted + 1e-9)
  return fields
end

local function new_mean()
  local mean = { specs = 0, sum = 0, fields = {} }
  for _, key in ipairs(SUMMED) do mean.fields[key] = 0 end
  return mean
end

local function add(mean, fields)
  mean.specs, mean.sum = mean.specs + 1, mean.sum + fields.score
  for _, key in ipairs(SUMMED) do mean.fields[key] = mean.fields[key] + fields[key] end
end

local function emit_mean(emit, scope, title, mean, page)
  if mean.specs == 0 then return end
  local fields = mean.fields
  fields.scope, fields.specs, fields.score = scope, mean.specs, mean.sum // mean.specs
  emit.record("completeness", { title = title, page = page, fields = fields })
end

function score.rollup(site, emit)
  local portal, projects = new_mean(), {}
  for _, page in ipairs(site.pages) do
    local schema = page.schema
    local fields = schema and not page.is_generated and of_page(page, schema)
    if fields then
      local project = page.project
      local id = project and project.id
      add(portal, fields)
      if id then
        projects[id] = projects[id] or new_mean()
        add(projects[id], fields)
      end
      fields.scope = "page"
      emit.record("completeness", { title = page.title, page = page, fields = fields })
    end
  end
  for _, project in ipairs(site.projects) do
    local mean = projects[project.id]
    if mean then emit_mean(emit, "project", project.title, mean, project.home) end
  end
  emit_mean(emit, "portal", site.title, portal)
end

-- The fields of a scope among records, or nil.
function score.of(records, scope)
  for _, record in ipairs(records) do
    if record.fields.scope == scope then return record.fields end
  end
  return nil
end

return score
