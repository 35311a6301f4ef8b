-- SPDX-License-Identifier: MIT
-- Git graphs in words: every branch, and every commit with its id, message, tags and parents.
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

local function branch_names(model)
  local names = {}
  for i, branch in ipairs(model.branches) do names[i] = flat(branch.show) end
  return table.concat(names, ", ")
end

function words.describe(model)
  return ("%s on %s: %s."):format(plural(#model.commits, "commit", "commits"),
    plural(#model.branches, "branch", "branches"), branch_names(model))
end

-- How other commits speak of this one: by its id, else by its number in the list.
local function name(commit)
  return commit.show and flat(commit.show) or ("commit %d"):format(commit.seq + 1)
end

local KINDS = { reverse = "reverse commit", highlight = "highlighted commit", normal = "commit" }

local function kind(commit)
  if commit.kind == "merge" then
    local look = commit.look and KINDS[commit.look] .. ", " or ""
    return look .. "merge of " .. flat(commit.merged.show)
  end
  if commit.kind == "cherry-pick" then return "cherry-pick of " .. name(commit.parents[2]) end
  return KINDS[commit.kind]
end

-- Parents are told where they are not just the commit before on the same branch.
local function line(commit, before)
  local parts = { ("%s: %s"):format(flat(commit.branch.show), kind(commit)) }
  if commit.show then parts[1] = parts[1] .. " " .. flat(commit.show) end
  if commit.message then parts[#parts + 1] = "“" .. flat(commit.message) .. "”" end
  for _, tag in ipairs(commit.tags) do
    if tag.show ~= "" then parts[#parts + 1] = "tag " .. flat(tag.show) end
  end
  local parents = {}
  for i, parent in ipairs(commit.parents) do parents[i] = name(parent) end
  if #parents > 0 and (#parents > 1 or commit.parents[1] ~= before) then
    parts[#parts + 1] = "after " .. table.concat(parents, " and ")
  end
  return table.concat(parts, ", ")
end

function words.write(out, model)
  if model.title then out:leaf("p", {}, flat(model.title)) end
  out:leaf("p", {}, "Branches: " .. branch_names(model))
  if #model.commits == 0 then return end
  local last = {}
  out:open("ol")
  for _, commit in ipairs(model.commits) do
    out:leaf("li", {}, line(commit, last[commit.branch]))
    last[commit.branch] = commit
  end
  out:close()
end

return words
