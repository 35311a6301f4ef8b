-- SPDX-License-Identifier: MIT
-- The plain facts of a git graph: what tools compare. They are those of the statements alone, so
-- settings do not change the order of branches here.
local history = require "gitGraph.history"

local function commit_facts(commit)
  local fact = { id = commit.id, branch = commit.branch.label, type = commit.kind, tags = {},
    parents = {} }
  for i, tag in ipairs(commit.tags) do fact.tags[i] = tag.label end
  for _, parent in ipairs(commit.parents) do fact.parents[#fact.parents + 1] = parent.id end
  return fact
end

return function(model)
  local facts = { dir = model.direction, title = model.title, accTitle = model.accTitle,
    accDescr = model.accDescr, branches = {}, commits = {} }
  for i, branch in ipairs(history.sorted(model.history, "order")) do
    facts.branches[i] = branch.label
  end
  for _, commit in ipairs(model.commits) do
    -- Of commits with the same id the last one counts.
    if model.history.by_id[commit.raw_id] == commit then
      facts.commits[#facts.commits + 1] = commit_facts(commit)
    end
  end
  return facts
end
