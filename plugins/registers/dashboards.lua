-- SPDX-License-Identifier: MIT
-- Numbers at a glance: tiles on the home page and on each project's index page, counts in cards.
local cells = require "cells"
local kinds = require "kinds"
local places = require "places"
local rows = require "rows"
local dashboards = {}

-- Which registers have a tile, in what words, and whether any is an alarm.
local TILES = {
  { kind = "task", one = "open item", many = "open items" },
  { kind = "risk", one = "open risk", many = "open risks" },
  { kind = "review", one = "overdue review", many = "overdue reviews", tone = "bad" },
  { kind = "question", one = "unanswered question", many = "unanswered questions" },
  { kind = "approval", one = "pending approval", many = "pending approvals", tone = "care" },
}

local RECENT = 5 -- revisions on the home page

local BY_KIND = {}
for _, register in ipairs(kinds) do BY_KIND[register.kind] = register end

local function open_count(store, register)
  return #rows.open(rows.gather(store, register), register, store.site.today)
end

local function add_tile(out, tile, count, url)
  local tone = tile.tone and count > 0 and tile.tone or "none"
  out:add('<li class="tile" data-tone="', tone, '">')
  if url then out:add('<a href="'):escape(url):add('">') end
  out:add('<span class="number">', count, '</span> <span class="name">')
  out:escape(count == 1 and tile.one or tile.many):add("</span>")
  if url then out:add("</a>") end
  out:add("</li>\n")
end

local function add_tiles(out, store, place, project)
  local count_of_tiles = 0
  for _, tile in ipairs(TILES) do
    local register = BY_KIND[tile.kind]
    if #rows.of_kind(store, tile.kind) > 0 then
      local anchor = project and register.group ~= "none" and rows.project_anchor(project) or nil
      local count = open_count(store, register)
      add_tile(out, tile, count, place.register(register.name, count > 0 and anchor or nil))
      count_of_tiles = count_of_tiles + 1
    end
  end
  return count_of_tiles
end

-- Specs by kind and status: { kinds = { {title, total, by_status} }, statuses, total }.
local function count_specs(pages)
  local sums = { kinds = {}, statuses = {}, by_status = {}, total = 0 }
  local by_kind = {}
  for _, page in ipairs(pages) do
    local kind = not page.is_generated and page.kind
    if kind then
      local status = page.status or "No status"
      if not by_kind[kind] then
        by_kind[kind] = { title = rows.kind_title(page), total = 0, by_status = {} }
        table.insert(sums.kinds, by_kind[kind])
      end
      if not sums.by_status[status] then table.insert(sums.statuses, status) end
      local sum = by_kind[kind]
      sum.total, sums.total = sum.total + 1, sums.total + 1
      sum.by_status[status] = (sum.by_status[status] or 0) + 1
      sums.by_status[status] = (sums.by_status[status] or 0) + 1
    end
  end
  table.sort(sums.kinds, function(a, b) return a.title < b.title end)
  table.sort(sums.statuses)
  return sums
end

local function add_spec_tile(out, sums)
  if sums.total == 0 then return end
  out:add('<li class="tile"><span class="number">', sums.total, '</span> <span class="name">',
    sums.total == 1 and "spec" or "specs", '</span>\n<ul class="states">')
  for _, status in ipairs(sums.statuses) do
    out:add("<li>", sums.by_status[status], " ")
    cells.badge(out, status)
    out:add("</li>")
  end
  out:add("</ul></li>\n")
end

-- The newest revisions that the specs tell of themselves.
local function newest_revisions(site)
  local list = {}
  for _, record in ipairs(site:records("revision")) do
    local days = quoin.days(record.fields.date or "")
    if days and record.page then list[#list + 1] = { record = record, days = days, at = #list } end
  end
  table.sort(list, function(a, b)
    if a.days ~= b.days then return a.days > b.days end
    return a.at < b.at
  end)
  return { table.unpack(list, 1, RECENT) }
end

local function add_recent(out, place, revisions)
  out:add('<section class="recent" aria-labelledby="q-recent">\n<h2 id="q-recent">Recent changes</h2>\n<ul>\n')
  for _, revision in ipairs(revisions) do
    local record = revision.record
    local fields = record.fields
    out:add('<li><time datetime="', quoin.date(revision.days), '">', quoin.date(revision.days), "</time> <span>")
    cells.add_link(out, place.to(record), record.page.title)
    if fields.version then out:add(" "):escape(fields.version) end
    if fields.description then out:add(": "):escape(fields.description) end
    out:add("</span></li>\n")
  end
  out:add("</ul>\n</section>\n")
end

function dashboards.home(page, site)
  local store, out = rows.store(site), quoin.buffer()
  local sums = count_specs(site.pages)
  local place = places.on_page(page, site)
  out:add('<section class="glance" aria-label="At a glance">\n<ul class="tiles">\n')
  add_spec_tile(out, sums)
  local count = add_tiles(out, store, place)
  out:add("</ul>\n</section>\n")
  if sums.total == 0 and count == 0 then out = quoin.buffer() end
  local revisions = newest_revisions(site)
  if #revisions > 0 then add_recent(out, place, revisions) end
  local html = out:text()
  return html ~= "" and html or nil
end

local function add_matrix(out, sums)
  out:add('<div class="table-wrap" tabindex="0" role="region" aria-label="Specs by status">\n',
    '<table class="matrix">\n<thead><tr><th scope="col">Specs</th>')
  for _, status in ipairs(sums.statuses) do
    out:add('<th scope="col">'):escape(status):add("</th>")
  end
  out:add('<th scope="col">All</th></tr></thead>\n<tbody>\n')
  for _, kind in ipairs(sums.kinds) do
    out:add('<tr><th scope="row">'):escape(kind.title):add("</th>")
    for _, status in ipairs(sums.statuses) do
      out:add("<td>", kind.by_status[status] or "–", "</td>")
    end
    out:add("<td>", kind.total, "</td></tr>\n")
  end
  out:add("</tbody>\n</table>\n</div>\n")
end

-- All registers in which the project has rows.
local function add_counts(out, store, place, project)
  local is_open = false
  for _, register in ipairs(kinds) do
    local url = place.register(register.name, register.group ~= "none" and register.group ~= "letter"
      and rows.project_anchor(project) or nil)
    local count = url and #rows.gather(store, register) or 0
    if count > 0 then
      if not is_open then out:add('<ul class="subjects">\n') end
      is_open = true
      out:add("<li>")
      cells.add_link(out, url, register.title)
      out:add(' <span class="count">', count, "</span></li>\n")
    end
  end
  if is_open then out:add("</ul>\n") end
  return is_open
end

function dashboards.project(page, site, project)
  local store, out = rows.store(site, project), quoin.buffer()
  local place, sums = places.on_page(page, site), count_specs(project.pages)
  local counts = quoin.buffer()
  local has_counts = add_counts(counts, store, place, project)
  if sums.total == 0 and not has_counts then return nil end
  out:add('<section class="prose glance" aria-labelledby="q-glance">\n',
    '<h2 id="q-glance">At a glance</h2>\n')
  local tiles = quoin.buffer()
  if add_tiles(tiles, store, place, project) > 0 then
    out:add('<ul class="tiles">\n', tiles:text(), "</ul>\n")
  end
  if sums.total > 0 then add_matrix(out, sums) end
  out:add(counts:text(), "</section>\n")
  return out:text()
end

-- Registers that other plugins have put into the same folder, on the page of all registers.
function dashboards.others(page, site)
  local out, any = quoin.buffer(), false
  for _, other in ipairs(site.pages) do
    if other.is_generated and other.generated_by ~= "registers"
      and other.path:match("^registers/[^/]+%.md$") then
      if not any then
        out:add('<section class="prose" aria-labelledby="q-more">\n<h2 id="q-more">More</h2>\n',
          '<ul class="subjects">\n')
      end
      any = true
      out:add("<li>")
      cells.add_link(out, page:href(other), other.title)
      out:add("</li>\n")
    end
  end
  return any and out:add("</ul>\n</section>\n"):text() or nil
end

-- In the card of a project: only what wants attention.
function dashboards.card(page, site, project)
  local store, place, out = rows.store(site, project), places.on_page(page, site), quoin.buffer()
  local any = false
  for _, tile in ipairs(TILES) do
    local register = BY_KIND[tile.kind]
    local count = tile.kind ~= "task" and open_count(store, register) or 0
    local url = count > 0 and place.register(register.name, register.group ~= "none"
      and rows.project_anchor(project) or nil)
    if url then
      out:add(any and " " or '<p class="card-facts">', "<span>")
      cells.add_link(out, url, count .. " " .. (count == 1 and tile.one or tile.many))
      out:add("</span>")
      any = true
    end
  end
  return any and out:add("</p>\n"):text() or nil
end

return dashboards
