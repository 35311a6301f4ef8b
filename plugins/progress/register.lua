-- SPDX-License-Identifier: MIT
-- The page "Open items": every open task of the portal, by project and spec.

local function plain(text) -- every mark of punctuation stands for itself
  return (text:gsub("%p", "\\%0"))
end

-- Destinations in angle brackets; what would end them is encoded.
local function destination(path, anchor)
  local url = (path:gsub("[%%<>#?\\\n]", function(c) return ("%%%02X"):format(c:byte()) end))
  return "<" .. url .. (anchor ~= "" and "#" .. anchor or "") .. ">"
end

-- Open tasks of a page in order; a choose-one group without a choice is one.
local function open_tasks(page)
  local list, groups = {}, {}
  for _, record in ipairs(page:records("task")) do
    local fields = record.fields
    local choice = fields.choice
    if choice then
      if not groups[choice] then
        groups[choice] = { record = record, names = {}, is_choice = true }
        list[#list + 1] = groups[choice]
      end
      local group = groups[choice]
      group.names[#group.names + 1] = record.title
      group.is_done = group.is_done or fields.state == "done"
    elseif fields.state == "open" then
      list[#list + 1] = { record = record }
    end
  end
  local open = {}
  for _, entry in ipairs(list) do
    if not entry.is_done then open[#open + 1] = entry end
  end
  return open
end

local function title_of(entry)
  if entry.is_choice then return "Choose one: " .. plain(table.concat(entry.names, ", ")) end
  return plain(entry.record.title)
end

local function add_row(out, page, entry)
  local record = entry.record
  local section, fields = record.section, record.fields
  out:add("| ", title_of(entry), " | [", plain(section and section.title or page.title), "](",
    destination(page.path, record.anchor), ") | ", plain(fields.owner or ""), " | ",
    fields.due or "", " |\n")
end

local function add_page(out, page, open, with_rows)
  out:add("### [", plain(page.title), "](", destination(page.path, ""), ")\n\n")
  out:add(#open, #open == 1 and " open item.\n\n" or " open items.\n\n")
  if not with_rows then return end
  out:add("| Item | Section | Owner | Due |\n|---|---|---|---|\n")
  for _, entry in ipairs(open) do add_row(out, page, entry) end
  out:add("\n")
end

-- Pages without a project, as if they were one.
local function other_pages(site)
  local pages = {}
  for _, page in ipairs(site.pages) do
    if not page.project and not page.is_generated then pages[#pages + 1] = page end
  end
  return { title = "Other pages", pages = pages }
end

-- Projects in their order, each with its pages that have open items.
local function group_pages(site)
  local groups, total, has_tasks = {}, 0, false
  local sources = { table.unpack(site.projects) }
  sources[#sources + 1] = other_pages(site)
  for _, source in ipairs(sources) do
    local group = { title = source.title, pages = {} }
    groups[#groups + 1] = group
    for _, page in ipairs(source.pages) do
      has_tasks = has_tasks or #page:records("task") > 0
      local open = open_tasks(page)
      if #open > 0 then
        group.pages[#group.pages + 1] = { page, open }
        total = total + #open
      end
    end
  end
  return groups, total, has_tasks
end

return function(site, add, max_items)
  local groups, total, has_tasks = group_pages(site)
  if not has_tasks then return end
  local out = quoin.buffer()
  if total == 0 then out:add("Nothing is open: every task is done or does not apply.\n") end
  if total > max_items then
    out:add(total, " items are open: too many to list them one by one.\n\n")
  end
  for _, group in ipairs(groups) do
    if #group.pages > 0 then
      out:add("## ", plain(group.title), "\n\n")
      for _, entry in ipairs(group.pages) do
        add_page(out, entry[1], entry[2], total <= max_items)
      end
    end
  end
  add { path = "open-items.md", title = "Open items", markdown = out:text(), layout = "register",
    order = 900 }
end
