-- SPDX-License-Identifier: MIT
-- File trees (├──, └──, also |-- and `--) as nested lists. The lines of the tree stay in the text,
-- hidden from screen readers, so that what a reader copies is what the author wrote.
local pre = require "pre"
local svg = require "svg"

local tree = {}

local LONGEST = 20000 -- bytes

-- Starts of branches, longest first; each may be followed by spaces before the name.
local BRANCHES = { "├───", "└───", "├──", "└──", "├─", "└─", "├", "└", "╰──", "╰─", "|--", "+--",
  "`--", "\\--" }
local UPRIGHT = { "│", "┃", "|" }

local function starts(line, at, list)
  for _, mark in ipairs(list) do
    if line:sub(at, at + #mark - 1) == mark then return at + #mark end
  end
end

-- {prefix, depth (columns in front of the branch), name, note} or nil for a line without a branch.
local function read_branch(line)
  local at, columns = 1, 0
  while true do
    local behind = starts(line, at, BRANCHES)
    if behind then
      local name_at = line:match("^[─%-]*%s*()", behind)
      return { prefix = line:sub(1, name_at - 1), depth = columns, name = line:sub(name_at) }
    end
    local upright = starts(line, at, UPRIGHT)
    if not upright and not line:find("^[ \t]", at) and line:sub(at, at + 1) ~= "\u{A0}" then
      return nil
    end
    at = upright or line:sub(at, at + 1) == "\u{A0}" and at + 2 or at + 1
    columns = columns + 1
    if at > #line then return nil end
  end
end

-- Uprights and blanks in front of nothing, or of a note that goes on from the line above:
-- prefix and note; nil for other lines.
local function read_spacer(line)
  local at = 1
  while at <= #line do
    at = starts(line, at, UPRIGHT) or line:match("^%s()", at) or line:match("^\u{A0}()", at)
      or (line:find("^[#(/]", at) and at > 1 and at) or nil
    if not at then return nil end
    if line:find("^[#(/]", at) then return line:sub(1, at - 1), line:sub(at) end
  end
  return line, nil
end

-- "models.go   # Domain models" -> name, note
local function split_note(s)
  local name, note = s:match("^(.-%S)(%s+#%s.*)$")
  if not name then name, note = s:match("^(.-%S)(%s+//%s.*)$") end
  if not name then name, note = s:match("^(.-%S)(%s%s+[(←<%-–—].*)$") end
  return name or s, note
end

-- One word, perhaps with a note behind it: what a tree grows from.
local function is_root(line)
  return line:find("^%S+%s*$") or line:find("^%S+%s+[#(/←]")
end

local function read_line(line)
  local branch = read_branch(line)
  if branch then return branch end
  local prefix, note = read_spacer(line)
  if prefix then return { prefix = prefix, note = note, is_spacer = true } end
  return is_root(line) and { prefix = "", depth = -1, name = line } or nil
end

-- The items of a tree with their depth, in order; nil when the text is no tree.
function tree.read(text)
  if #text > LONGEST then return nil end
  text = pre.clean(text)
  local items, branches = {}, 0
  for line in (text:gsub("%s+$", "") .. "\n"):gmatch("([^\n]*)\n") do
    local item = read_line(line)
    if not item then return nil end
    if item.depth and item.depth >= 0 then branches = branches + 1 end
    if #items > 0 or not item.is_spacer then items[#items + 1] = item end
  end
  return branches >= 2 and items or nil
end

-- The branches are for the eye, and for those who copy the tree.
local function line_mark(out, s)
  if s ~= "" then out:leaf("span", { "class", "ft-line", "aria-hidden", "true" }, s) end
end

local function leaf_line(out, item, has_children)
  line_mark(out, item.prefix)
  local name, note = split_note(item.name)
  local is_folder = has_children or name:find("/$")
  out:leaf("span", { "class", is_folder and "ft-folder" or "ft-file" }, name)
  if note then out:leaf("span", { "class", "ft-note" }, note) end
end

local function next_item(items, i)
  repeat i = i + 1 until not items[i] or not items[i].is_spacer
  return items[i]
end

-- Lists nest where a line stands deeper than the one before. Spacers belong to the item above.
local function write(out, items)
  local open = {} -- depths of open lists
  for i, item in ipairs(items) do
    if item.is_spacer then
      line_mark(out, "\n" .. item.prefix)
      if item.note then out:leaf("span", { "class", "ft-note" }, item.note) end
    else
      while #open > 0 and open[#open] > item.depth do
        out:close():close()
        open[#open] = nil
      end
      if #open > 0 and open[#open] == item.depth then
        out:close()
      else
        open[#open + 1] = item.depth
        out:open("ul", {})
      end
      out:open("li", {})
      local after = next_item(items, i)
      leaf_line(out, item, after and after.depth > item.depth)
    end
  end
  for _ = 1, #open do out:close():close() end
end

-- HTML, or nil when the text is no file tree.
function tree.html(text)
  local items = tree.read(text)
  if not items then return nil end
  local out = svg.new()
  out:open("div", { "class", "file-tree", "tabindex", "0", "role", "group", "aria-label",
    "File tree" })
  write(out, items)
  return out:close():result()
end

-- The items as nested lists, without branches.
function tree.words(out, items)
  local bare = {}
  for _, item in ipairs(items) do
    if not item.is_spacer then
      bare[#bare + 1] = { prefix = "", depth = item.depth, name = item.name }
    end
  end
  write(out, bare)
end

return tree
