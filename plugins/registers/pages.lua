-- SPDX-License-Identifier: MIT
-- The register pages and the page that lists them.
local cells = require "cells"
local concepts = require "concepts"
local decisions = require "decisions"
local html_table = require "html_table"
local kinds = require "kinds"
local people = require "people"
local places = require "places"
local rows = require "rows"
local pages = {}

local SHELVES = { "To do", "Decisions and risks", "What is built", "People and words" }

local function counted(count, one, many)
  return count .. " " .. (count == 1 and one or many)
end

local function distinct(list, key)
  local seen, count = {}, 0
  for _, row in ipairs(list) do
    local value = key(row)
    if value and not seen[value] then
      seen[value] = true
      count = count + 1
    end
  end
  return count
end

local function add_lead(out, intro, list, one, many)
  local on_pages = distinct(list, function(row) return row.page.path end)
  local projects = distinct(list, function(row) return row.project and row.project.id end)
  out:add('<p class="register-lead">'):escape(intro, " ", counted(#list, one, many))
  out:escape(" on ", counted(on_pages, "page", "pages"))
  if projects > 1 then out:escape(" of ", projects, " projects") end
  out:add(".</p>\n")
end

-- Rows beyond the limit are counted, not shown.
local function cut(list, max_rows)
  if #list <= max_rows then return list, 0 end
  return table.move(list, 1, max_rows, 1, {}), #list - max_rows
end

local function initial(row)
  local title = rows.value(row, "title") or ""
  local letter = title:match("^%a")
  return letter and letter:upper() or title:match("^[\xC2-\xF4][\x80-\xBF]+") or "#"
end

local function by_letter(list)
  local groups, by_name = {}, {}
  for _, row in ipairs(list) do
    local letter = initial(row)
    if not by_name[letter] then
      by_name[letter] = { title = letter, id = "letter-" .. quoin.slug(letter), rows = {} }
      if letter == "#" then by_name[letter].id = "letter-other" end
      groups[#groups + 1] = by_name[letter]
    end
    table.insert(by_name[letter].rows, row)
  end
  return groups
end

local function groups_of(register, list, site)
  if register.group == "letter" then return by_letter(list), "Letter" end
  if register.group == "none" then return { { rows = list } }, nil end
  local groups = rows.by_project(site, list)
  if #groups == 1 then groups[1].title = nil end
  return groups, "Project"
end

local function add_letters(out, groups)
  out:add('<nav class="letters" aria-label="Letters"><ul>')
  for _, group in ipairs(groups) do
    out:add('<li><a href="#'):escape(group.id):add('">'):escape(group.title):add("</a></li>")
  end
  out:add("</ul></nav>\n")
end

local function add_files(out, register)
  if register.kind ~= "review" then return end
  out:add('<p>The dates as a calendar: <a href="reviews.ics">reviews.ics</a></p>\n')
end

local function register_html(register, list, view, opt)
  local out = quoin.buffer()
  if #list == 0 then
    return out:add("<p>"):escape(register.empty):add("</p>\n"):text()
  end
  rows.sort(list, register.sort)
  add_lead(out, register.intro, list, register.one, register.many)
  add_files(out, register)
  local shown, left_out = cut(list, opt.max_rows)
  local groups, group_name = groups_of(register, shown, view.site)
  if register.group == "letter" then add_letters(out, groups) end
  if register.kind == "decision" then
    decisions.add_timeline(out, shown, view)
    decisions.add_chains(out, shown, view)
    out:add('<h2 id="all">All decisions</h2>\n')
  end
  html_table.add(out, { label = register.title, columns = register.columns, groups = groups,
    group_name = group_name, has_tools = true }, view)
  if left_out > 0 then
    out:add("<p>", left_out, " more are left out: this page lists at most ", opt.max_rows,
      " (option <code>max_rows</code>).</p>\n")
  end
  return out:text()
end

local function people_html(list, view, opt)
  local out = quoin.buffer()
  local shown, left_out = cut(list, opt.max_rows)
  out:add('<p class="register-lead">', "Who owns, approves and decides, and who has open items. ",
    counted(#list, "name", "names"), ", gathered from all pages.</p>\n")
  people.add_table(out, shown, view)
  if left_out > 0 then out:add("<p>", left_out, " more are left out.</p>\n") end
  return out:text()
end

-- Entries of the index: { shelf, name, title, count, open, open_word, intro }.
local function add_card(out, entry)
  out:add('<li class="card"><h3><a href="'):escape(entry.name, ".html"):add('">')
  out:escape(entry.title):add("</a></h3>\n<p>"):escape(entry.intro):add('</p>\n<p class="card-facts">')
  out:add("<span>"):escape(entry.facts):add("</span>")
  if entry.alarm then
    out:add(' <span class="badge" data-tone="bad">'):escape(entry.alarm):add("</span>")
  end
  out:add("</p></li>\n")
end

local function index_html(entries, views)
  local out = quoin.buffer()
  out:add('<p class="register-lead">What all specs of this portal say, by the sort of fact. ',
    "Each row leads to the line where it is written.</p>\n")
  for _, shelf in ipairs(SHELVES) do
    local is_open = false
    for _, entry in ipairs(entries) do
      if entry.shelf == shelf then
        if not is_open then
          out:add("<h2>"):escape(shelf):add('</h2>\n<ul class="cards">\n')
        end
        is_open = true
        add_card(out, entry)
      end
    end
    if is_open then out:add("</ul>\n") end
  end
  if #views > 0 then
    out:add('<h2 id="subjects">By subject</h2>\n',
      "<p>The chapters of all specs on one subject, side by side.</p>\n",
      '<ul class="subjects">\n')
    for _, concept in ipairs(views) do
      out:add("<li>")
      cells.add_link(out, "concept-" .. concept.name .. ".html", concept.title)
      out:add(' <span class="count">', #concept.rows, "</span></li>\n")
    end
    out:add("</ul>\n")
  end
  return out:text()
end

local function alarm_of(register, list, today)
  if register.kind == "review" then
    local overdue = #rows.open(list, register, today)
    return overdue > 0 and overdue .. " overdue" or nil
  end
  if register.kind == "approval" then
    local pending = #rows.open(list, register, today)
    return pending > 0 and pending .. " pending" or nil
  end
end

local function wanted(register, list, store)
  if register.kind == "task" then return #rows.of_kind(store, "task") > 0 end
  return #list > 0
end

local function is_on(opt, name)
  for _, hidden in ipairs(opt.hide) do
    if hidden == name then return false end
  end
  return true
end

-- Which registers there will be: links between them need to know.
local function plan(store, opt)
  local found, made = {}, {}
  for _, register in ipairs(kinds) do
    local list = rows.gather(store, register)
    if is_on(opt, register.name) and wanted(register, list, store) then
      found[#found + 1] = { register = register, list = list }
      made[register.name] = true
    end
  end
  local directory = people.gather(store)
  made.people = #directory.list > 0 and is_on(opt, "people") or nil
  return found, made, directory
end

local function add_registers(add, found, view, opt)
  local entries = {}
  for order, item in ipairs(found) do
    local register, list = item.register, item.list
    entries[#entries + 1] = { shelf = register.shelf, name = register.name,
      title = register.title, intro = register.intro,
      facts = counted(#list, register.one, register.many),
      alarm = alarm_of(register, list, view.today) }
    add { path = places.FOLDER .. "/" .. register.name .. ".md", title = register.title,
      html = register_html(register, list, view, opt), layout = "register", order = order }
  end
  return entries
end

function pages.make(site, add, opt)
  local store = rows.store(site)
  local found, made, directory = plan(store, opt)
  local view = { site = site, today = site.today, people = directory,
    place = places.on_register(site, made),
    decisions = decisions.index(rows.of_kind(store, "decision")) }
  local entries = add_registers(add, found, view, opt)
  if made.people then
    entries[#entries + 1] = { shelf = "People and words", name = "people", title = "People",
      intro = "Who owns, approves and decides.",
      facts = counted(#directory.list, "name", "names") }
    add { path = places.FOLDER .. "/people.md", title = "People", layout = "register",
      html = people_html(directory.list, view, opt), order = 100 }
  end
  local views = concepts.views(store, opt)
  for order, concept in ipairs(views) do
    add { path = places.FOLDER .. "/concept-" .. concept.name .. ".md",
      title = concept.title .. " in all specs", html = concepts.html(concept, view),
      layout = "register", order = 200 + order, nav = false }
  end
  if #entries > 0 or #views > 0 then
    add { path = places.FOLDER .. "/index.md", title = "Registers",
      html = index_html(entries, views), layout = "register", order = 900 }
  end
end

return pages
