-- SPDX-License-Identifier: MIT
-- The subgraphs of a flowchart: their headings, and what stands in them. Open ones are a stack,
-- state.scopes.
local text = require "text"
local bracket = require "flowchart.bracket"
local model = require "flowchart.model"

local groups = {}

local MAX_DEPTH = 40

-- The heading of a subgraph: id and title.
local function read_title(c, scope)
  local from = c.text:match("^[ \t]*()", c.at)
  local markdown, quoted_end = c.text:match('^"`([^`"]*)`"()', from)
  local quoted = markdown
  if not quoted then quoted, quoted_end = c.text:match('^"([^"]*)"()', from) end
  local bare_end = c.text:match("^[^%[\n;]*()", quoted_end or from)
  local name = text.trim((quoted or "") .. c.text:sub(quoted_end or from, bare_end - 1))
  c.at = bare_end
  c:skip_blanks()
  if c:sees("%[") then
    local read, broken = bracket.read(c.text, c.at)
    if broken or not read then
      return c:fail("this title does not end", 'write ["…"]', broken or c.at)
    end
    if read.lenient_at then
      c:lenient(read.what, read.hint, read.lenient_at)
    end
    scope.id, scope.raw, scope.is_markdown = name, read.text, read.is_markdown
    if name == "" then scope.id = nil end
    c.at = read.stop
    return true
  end
  scope.raw, scope.is_markdown = name, markdown ~= nil
  if name ~= "" and not name:find("%s") then scope.id = name end
  local bad = not quoted and name:find("[(){}\"<>|=]")
  if bad then
    c:lenient(("'%s' in a title"):format(name:sub(bad, bad)),
      'quote this title: subgraph id["…"]', from + bad - 1)
  end
  return true
end

function groups.begin(state, at)
  local c, scopes = state.c, state.scopes
  if #scopes >= MAX_DEPTH then return c:fail("subgraphs are nested too deeply here", nil, at) end
  local scope = { members = {}, at = at }
  if not read_title(c, scope) then return nil end
  scopes[#scopes + 1] = scope
  c:skip_blanks()
  scope.class = c:take(":::([%w_-]+)")
  return true
end

function groups.finish(state, at)
  local scope = table.remove(state.scopes)
  if not scope then
    return state.c:fail("this 'end' closes nothing", "remove it, or name a node otherwise", at)
  end
  local id = model.add_group(state.m, scope)
  if scope.class then model.set_class(state.m, id, scope.class) end
  local above = state.scopes[#state.scopes]
  if above then above.members[#above.members + 1] = id end
  return true
end

return groups
