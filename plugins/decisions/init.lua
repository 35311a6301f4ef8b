-- SPDX-License-Identifier: MIT
-- Decisions: one record for each ADR, RFC or enhancement, with status, date, deciders, number, and
-- what supersedes what.
local fields = require "fields"
local recognise = require "recognise"
local chain = require "chain"

-- {Datum = "date"} -> {date = {"datum"}}: metadata keys in lower case with "-".
local function own_keys(map)
  local own = {}
  for key, field in pairs(map) do
    if type(field) == "string" then
      own[field] = own[field] or {}
      table.insert(own[field], (key:lower():gsub("[%s_]+", "-")))
    end
  end
  return own
end

-- What stands behind a colon, a dash or the like. Dashes have three bytes, so they are no part of a
-- set of characters.
local function behind_separators(text)
  local at = text:match("^%s*()")
  while true do
    local behind = text:match("^[:.)%-]+()", at) or text:match("^\xE2\x80[\x93\x94]()", at)
    if not behind then return text:match("^%s*(.*)$", at) end
    at = behind
  end
end

-- "ADR-0007: Queue" -> "ADR-0007", "Queue"
local function split_title(title)
  local id, rest = title:match("^%s*(%u[%u%d]+[%u%d%-]*%-%d+)%f[^%w%-](.*)$")
  rest = rest and behind_separators(rest)
  if id and rest ~= "" then return id, rest end
  return id, title
end

-- The id in the title, else in the file name; "ADR-0007" for adr/0007-queue.md.
local function id_of(page, name, title, opt)
  local id, rest = split_title(title)
  if id then return id, rest end
  id = name:match("^(%u[%u%d]+[%u%d-]*%-%d+)%f[^%w]")
  if not id then
    local prefix, number = recognise.folder(page, opt), name:match("^(%d%d%d+)[-_]")
    id = prefix and prefix ~= "" and number and prefix .. "-" .. number or nil
  end
  return id, title
end

local function first_heading(page)
  local heading = page:nodes("heading")()
  return heading and heading.level == 1 and heading or nil
end

local function filled(list)
  return #list > 0 and list or nil
end

return {
  name = "decisions",
  api = 1,
  summary = "Decisions, RFCs and enhancements: status, date, and what supersedes what",
  emits = {
    decision = { fields = { status = "string", date = "string", deciders = "string",
      number = "integer", supersedes = "list", superseded_by = "list" } },
  },
  options = {
    folders = { type = "list", default = {},
      help = "Further names of folders with decisions, in lower case." },
    kinds = { type = "list", default = {}, help = "Further kinds of page that are decisions." },
    fields = { type = "map", default = {},
      help = "Further metadata keys: {Datum: date, Entscheider: deciders}; also status, "
        .. "supersedes and superseded_by." },
    one_sided = { type = "string", default = "info",
      choices = { "info", "warning", "error", "off" },
      help = "How loudly it is reported when only one of two decisions knows of the other." },
  },

  collect = function(page, emit, opt)
    local meta = recognise.decision(page, opt)
    if not meta then return end
    local own = own_keys(opt.fields)
    local found = fields.read(page, meta, own)
    local name, whole = fields.name(page), page.title
    local id, title = id_of(page, name, whole, opt)
    title = title:match("^%d+[.:]%s+(.+)$") or title
    local heading = first_heading(page)
    emit.record("decision", { id = id, title = title, at = heading, line = not heading and 1 or nil,
      fields = { status = found.status, date = found.date, deciders = found.deciders,
        number = fields.number(meta, name, whole), supersedes = filled(found.supersedes),
        superseded_by = filled(found.superseded_by) } })
  end,

  check = function(site, report, opt)
    chain.check(site, report, opt.one_sided)
  end,
}
