-- SPDX-License-Identifier: MIT
-- Where the parts of a git graph stand. `along` runs with time, `across` over the lanes: to the
-- right and down in LR, down and to the right in TB, up and to the right in BT.
local text = require "text"

local layout = { FONT = 13, LINE = 16, STEP = 48, ROW = 34 }

local FIT = 700 -- a picture of this width fits its page; wider ones take slanted labels
local SLANT = math.sqrt(0.5)
local WIDER = 1.12 -- the widest of common fonts against Arial
local HEADER = 430 -- lanes whose names are wider together stand close, and rows name the branches

local function measure(s, limit, size)
  local lines, width = text.wrap(s, size or layout.FONT, limit)
  return { lines = lines, width = math.ceil(width * WIDER), height = #lines * layout.LINE }
end

-- Lines under the dot: id and message, whatever there is.
local function label_of(model, commit)
  if model.showCommitLabel == "false" then return nil end
  if commit.show and commit.message then return commit.show .. "\n" .. commit.message end
  return commit.show or commit.message
end

local function measure_texts(model, limit)
  for _, commit in ipairs(model.commits) do
    local s = label_of(model, commit)
    commit.label = s and measure(s, limit)
    commit.pills = {}
    for _, tag in ipairs(commit.tags) do
      if tag.show ~= "" then
        local pill = measure((tag.show:gsub("\n", " ")), 150, 12)
        pill.width, pill.height = pill.width + 22, pill.height + 4
        commit.pills[#commit.pills + 1] = pill
      end
    end
  end
  for i, branch in ipairs(model.branches) do
    branch.lane, branch.colour = i, (branch.index % 8) + 1
    branch.pill = measure(branch.show, 150)
    branch.pill.width, branch.pill.height = branch.pill.width + 20, branch.pill.height + 8
  end
end

-- The column of each commit: its place in time, or with parallelCommits one behind its parents.
local function set_columns(model)
  local last, columns = {}, 0
  for _, commit in ipairs(model.commits) do
    commit.column = commit.seq
    if model.parallelCommits == "true" then
      commit.column = 0
      for _, parent in ipairs(commit.parents) do
        commit.column = math.max(commit.column, parent.column + 1)
      end
      local before = last[commit.branch]
      if before then commit.column = math.max(commit.column, before.column + 1) end
    end
    local before = last[commit.branch]
    commit.before = before
    if before then before.behind = commit end
    last[commit.branch] = commit
    columns = math.max(columns, commit.column + 1)
  end
  return columns
end

local function by_column(model, columns)
  local list = {}
  for i = 0, columns - 1 do list[i] = {} end
  for _, commit in ipairs(model.commits) do
    table.insert(list[commit.column], commit)
  end
  return list
end

local function tags_width(commit)
  local width = 0
  for _, pill in ipairs(commit.pills) do width = math.max(width, pill.width) end
  return width
end

local function tags_height(commit)
  local height = 0
  for _, pill in ipairs(commit.pills) do height = height + pill.height + 3 end
  return height
end

-- How much room a label takes to each side along its lane.
local function half(label, is_slanted)
  if is_slanted then return label.height / 2 / SLANT + 3 end
  return label.width / 2 + 5
end

-- The least place of `commit` that keeps its texts clear of those before it in its lane.
local function clear_of(texts, commit, x, is_slanted)
  local before, at = texts.labelled[commit.branch], 0
  if commit.label then
    if before then
      at = x[before.column] + half(before.label, is_slanted) + half(commit.label, is_slanted)
    end
    texts.labelled[commit.branch] = commit
  end
  before = texts.tagged[commit.branch]
  if #commit.pills > 0 then
    if before then
      at = math.max(at, x[before.column] + (tags_width(before) + tags_width(commit)) / 2 + 8)
    end
    texts.tagged[commit.branch] = commit
  end
  return at
end

-- Positions of columns so that neither labels nor tags of one lane meet.
local function spread(model, columns, is_slanted)
  local list = by_column(model, columns)
  local x, at = {}, -layout.STEP
  local texts = { labelled = {}, tagged = {} }
  for i = 0, columns - 1 do
    at = at + (columns > 14 and 40 or layout.STEP)
    for _, commit in ipairs(list[i]) do
      at = math.max(at, clear_of(texts, commit, x, is_slanted))
    end
    x[i] = at
  end
  return x
end

-- Slanted labels save width; level ones are read at ease.
local function choose_slant(model, columns, room)
  measure_texts(model, 110)
  local level = spread(model, columns, false)
  local wish = model.rotateCommitLabel
  if wish == "false" or level[columns - 1] == nil or level[columns - 1] + room <= FIT then
    return level, false
  end
  measure_texts(model, 150)
  local slanted = spread(model, columns, true)
  if slanted[columns - 1] < level[columns - 1] - 60 then return slanted, true end
  measure_texts(model, 110)
  return level, false
end

local function below(commit, is_slanted)
  local label = commit.label
  if not label then return 0 end
  if is_slanted then return (label.width + label.height) * SLANT + 8 end
  return label.height + 4
end

local function place_lanes(model, is_slanted)
  local up, down = {}, {}
  for _, branch in ipairs(model.branches) do
    up[branch], down[branch] = branch.pill.height / 2, branch.pill.height / 2
  end
  for _, commit in ipairs(model.commits) do
    local lane = commit.branch
    up[lane] = math.max(up[lane], 12 + tags_height(commit))
    down[lane] = math.max(down[lane], 12 + below(commit, is_slanted))
  end
  local y = 0
  for i, branch in ipairs(model.branches) do
    local above = model.branches[i - 1]
    if above then y = y + math.max(46, down[above] + up[branch] + 8) end
    branch.across = y
    branch.up, branch.down = up[branch], down[branch]
  end
end

-- LR: {x (of columns), columns, is_slanted, is_upright = false, start (where lanes begin)}
local function level(model)
  local columns = set_columns(model)
  local names = 0
  measure_texts(model, 110)
  if model.showBranches ~= "false" then
    for _, branch in ipairs(model.branches) do names = math.max(names, branch.pill.width) end
  end
  local x, is_slanted = choose_slant(model, columns, names + 40)
  place_lanes(model, is_slanted)
  return { at = x, columns = columns, is_slanted = is_slanted, names = names }
end

-- TB and BT: lanes are narrow, all text stands in one column beside them.
local function place_upright_lanes(model, l)
  local x, sum = 0, 0
  for _, branch in ipairs(model.branches) do sum = sum + branch.pill.width + 8 end
  l.is_close = sum > HEADER or model.showBranches == "false"
  l.names_height = 0
  local before
  for _, branch in ipairs(model.branches) do
    local has_lane = branch.is_used or not l.is_close
    if before and has_lane then
      x = x + (l.is_close and 26 or math.max(34, (before.pill.width + branch.pill.width) / 2 + 8))
    end
    branch.across = x
    if has_lane then before = branch end
    l.names_height = math.max(l.names_height, branch.pill.height)
  end
  l.text_x = x + 26
end

-- Branches that a row names, by the row's commit; those before any commit stand under 0.
local function rows_with_names(model)
  local names = { [0] = {} }
  local seen = {}
  for _, commit in ipairs(model.commits) do
    local lane = commit.branch
    names[commit] = names[commit] or {}
    if not seen[lane] then
      seen[lane] = true
      table.insert(names[commit], lane)
    end
  end
  for _, branch in ipairs(model.branches) do
    if not branch.is_used then table.insert(names[branch.origin or 0], branch) end
  end
  return names
end

-- The texts of a row stand below each other; what a commit's text takes, and its middle.
local function place_row(commits, names)
  local height = 0
  for _, commit in ipairs(commits) do
    local own = commit.label and commit.label.height or 0
    for _, pill in ipairs(commit.pills) do own = math.max(own, pill.height) end
    for _, branch in ipairs(names and names[commit] or {}) do
      own = math.max(own, branch.pill.height)
    end
    commit.text_at = height + own / 2
    height = height + own
  end
  for _, commit in ipairs(commits) do commit.text_at = commit.text_at - height / 2 end
  return math.max(layout.ROW, height + 12)
end

local function upright(model)
  local columns = set_columns(model)
  measure_texts(model, 280)
  local l = { at = {}, columns = columns, is_upright = true }
  place_upright_lanes(model, l)
  l.names = l.is_close and model.showBranches ~= "false" and rows_with_names(model) or nil
  local list = by_column(model, columns)
  local y, before = 0, 0
  for i = 0, columns - 1 do
    local height = place_row(list[i], l.names)
    if i > 0 then y = y + (before + height) / 2 end
    l.at[i], before = y, height
    l.first_height, l.last_height = l.first_height or height, height
  end
  return l
end

function layout.of(model)
  return model.direction == "LR" and level(model) or upright(model)
end

return layout
