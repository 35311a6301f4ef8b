-- SPDX-License-Identifier: MIT
-- What the commands of a git graph do to its history: branches, commits and their parents. Each
-- returns nil, or what is wrong and the cure.
local text = require "text"

local history = {}

-- `main` is the name of the first branch; `order` where it stands among the others.
function history.new(main, order)
  local first = { name = main, label = text.label(main), show = text.display(main), order = 0,
    drawn_order = order, index = 0 }
  return { branches = { first }, by_name = { [main] = first }, commits = {}, by_id = {},
    current = first, main = first }
end

-- A tag without text is none; facts keep it where Mermaid does.
local function tags_of(list)
  local tags = {}
  for i, tag in ipairs(list) do
    tags[i] = { label = text.label(tag), show = text.display(tag) }
  end
  return tags
end

local function add(h, draft)
  local commit = draft
  commit.seq = #h.commits
  commit.raw_id = commit.raw_id or "#" .. commit.seq
  commit.id = commit.raw_id:gsub("\1%w+\2", text.label) -- blanks belong to an id
  commit.show = commit.is_named and text.display(commit.raw_id) or nil
  commit.branch = h.current
  commit.tags = commit.tags or {}
  h.commits[#h.commits + 1], h.by_id[commit.raw_id] = commit, commit
  h.current.head, h.current.is_used = commit, true
  return commit
end

function history.commit(h, o)
  local is_named = o.id and o.id ~= ""
  local is_repeated = is_named and h.by_id[o.id] ~= nil
  add(h, { kind = (o.type or "NORMAL"):lower(), raw_id = is_named and o.id or nil,
    is_named = is_named, message = o.msg and o.msg ~= "" and text.display(o.msg) or nil,
    tags = tags_of(o.tags), parents = { h.current.head }, line = o.line })
  return nil, nil, is_repeated
end

function history.branch(h, name, order)
  if h.by_name[name] then
    return ("there is a branch '%s' already"):format(name),
      ("use another name, or 'checkout %s'"):format(name)
  end
  local branch = { name = name, label = text.label(name), show = text.display(name), order = order,
    drawn_order = order, head = h.current.head, origin = h.current.head, index = #h.branches }
  h.branches[#h.branches + 1], h.by_name[name] = branch, branch
  h.current = branch
end

local function unknown(name)
  return ("there is no branch '%s' here"):format(name), ("write 'branch %s' before"):format(name)
end

function history.checkout(h, name)
  local branch = h.by_name[name]
  if not branch then return unknown(name) end
  h.current = branch
end

function history.merge(h, name, o)
  local current, other = h.current, h.by_name[name]
  if not other then return unknown(name) end
  if current == other then return ("'%s' cannot be merged into itself"):format(name) end
  if not current.head then
    return ("the current branch '%s' has no commits yet"):format(current.name), "commit before"
  end
  if not other.head then return ("the branch '%s' has no commits yet"):format(name) end
  if current.head == other.head or current.head.branch == other then
    return ("there is nothing to merge: '%s' has all of '%s'"):format(name, current.name),
      "commit on the current branch before, or leave this line out"
  end
  local is_named = o.id and o.id ~= ""
  if is_named and h.by_id[o.id] then return ("there is a commit '%s' already"):format(o.id) end
  add(h, { kind = "merge", look = o.type and o.type:lower(), raw_id = is_named and o.id or nil,
    is_named = is_named, tags = tags_of(o.tags), parents = { current.head, other.head },
    merged = other, line = o.line })
end

local function has_parent(commit, id)
  for _, parent in ipairs(commit.parents) do
    if parent.raw_id == id then return true end
  end
end

local function picked_tags(o, source)
  local given = {}
  for _, tag in ipairs(o.tags) do
    if tag ~= "" then given[#given + 1] = tag end
  end
  if #o.tags > 0 then return tags_of(given) end
  local behind = source.kind == "merge" and "|parent:" .. o.parent or ""
  return tags_of { "cherry-pick:" .. source.raw_id .. behind }
end

function history.pick(h, o)
  local source = o.id and h.by_id[o.id]
  if not source then
    return o.id and ("there is no commit '%s' here"):format(o.id)
      or "'cherry-pick' needs the id of a commit", "write 'cherry-pick id: \"…\"' with its id"
  end
  local parent = o.parent ~= "" and o.parent
  if parent and not has_parent(source, parent) then
    return ("'%s' is not a parent of '%s'"):format(parent, o.id)
  end
  if source.kind == "merge" and not parent then
    return ("'%s' is a merge, so this needs one of its parents"):format(o.id),
      "add 'parent: \"…\"'"
  end
  if source.branch == h.current then
    return ("'%s' is on the current branch already"):format(o.id)
  end
  if not h.current.head then
    return ("the current branch '%s' has no commits yet"):format(h.current.name), "commit before"
  end
  add(h, { kind = "cherry-pick", tags = picked_tags(o, source),
    parents = { h.current.head, source }, line = o.line })
end

-- Branches in Mermaid's order: what has none takes "0.<its number>", so the tenth stands beside the
-- first. `key` is "order" for the order of the statements alone, "drawn_order" with the settings.
function history.sorted(h, key)
  local list = {}
  for i, branch in ipairs(h.branches) do
    list[i] = { branch = branch, at = i,
      order = branch[key] or tonumber("0." .. branch.index) }
  end
  table.sort(list, function(a, b)
    if a.order ~= b.order then return a.order < b.order end
    return a.at < b.at
  end)
  for i, item in ipairs(list) do list[i] = item.branch end
  return list
end

return history
