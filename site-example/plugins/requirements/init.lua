-- One page that lists all requirements by project, with the pages that rely on them. The ids
-- themselves are found by the plugin crosslinks: plugins meet in records.

local function plain(text) -- every mark of punctuation stands for itself
  return (text:gsub("%p", "\\%0"))
end

local function is_wanted(id, prefixes)
  for _, prefix in ipairs(prefixes) do
    if id:match("^(.*)%-%d+$") == prefix then return true end
  end
  return #prefixes == 0
end

-- From an id to the pages that link to it or mention it, each once, its own page left out.
local function readers(site)
  local by_id, seen = {}, {}
  for _, page in ipairs(site.pages) do
    for _, link in ipairs(page.links) do
      local record = link.record
      if record and record.id and record.page ~= page and not seen[record.id .. page.path] then
        seen[record.id .. page.path] = true
        by_id[record.id] = by_id[record.id] or {}
        table.insert(by_id[record.id], ("[%s](<%s>)"):format(plain(page.title), page.path))
      end
    end
  end
  return by_id
end

local function add_table(text, records, by_id)
  text:add("| Id | Requirement | Defined on | Relied on by |\n|---|---|---|---|\n")
  for _, record in ipairs(records) do
    text:add("| [", plain(record.id), "](<", record.page.path, "#", record.anchor, ">) | ",
      plain(record.title), " | ", plain(record.page.title), " | ",
      table.concat(by_id[record.id] or {}, ", "), " |\n")
  end
  text:add("\n")
end

return {
  name = "requirements", api = 1,
  summary = "A page that lists all requirements.",
  options = {
    prefixes = { type = "list", default = {},
      help = "Which ids count, e.g. [REQ, NFR]. Empty: all." },
    title = { type = "string", default = "Requirements", help = "Title of the page." },
  },

  pages = function(site, add, opt)
    local text, by_id = quoin.buffer(), readers(site)
    for _, project in ipairs(site.projects) do
      local wanted = {}
      for _, record in ipairs(project:records("id")) do
        if is_wanted(record.id, opt.prefixes) then wanted[#wanted + 1] = record end
      end
      if #wanted > 0 then
        text:add("## ", plain(project.title), "\n\n")
        add_table(text, wanted, by_id)
      end
    end
    add { path = "requirements.md", title = opt.title, markdown = text:text(), layout = "register" }
  end,
}
