-- SPDX-License-Identifier: MIT
-- Tests of git graphs: histories, what goes wrong in them, attacks, hostile sizes.
local random = require "random"

local BROKEN = {
  { "gitGraph\ncommit\ncommt", 3, 1, "no command" },
  { "gitGraph\n  checkout dev", 2, 12, "branch dev" },
  { "gitGraph\ncommit\nbranch a\nbranch a", 4, 8, "checkout a" },
  { "gitGraph\ncommit\nbranch a\nmerge a", 4, 7, "into itself" },
  { "gitGraph\ncommit\nbranch a\ncheckout main\nmerge a", 5, 7, "nothing to merge" },
  { "gitGraph\nbranch a\nmerge main", 3, 7, "no commits" },
  { "gitGraph\ncommit id: \"a", 2, 12, "quotes" },
  { "gitGraph\ncommit 'a", 2, 8, "not closed" },
  { "gitGraph\ncommit type: BIG", 2, 14, "HIGHLIGHT" },
  { "gitGraph\ncommit size:\"x\"", 2, 8, "'id:'" },
  { "gitGraph\ncommit\nbranch", 3, 7, "name of a branch" },
  { "gitGraph\ncommit\nbranch a order: x", 3, 17, "whole number" },
  { "gitGraph\ncommit\ncherry-pick tag:\"x\"", 3, 1, "needs the id" },
  { "gitGraph\ncommit\ncherry-pick id:\"q\"", 3, 1, "no commit 'q'" },
  { "gitGraph\ncommit id:\"a\"\ncherry-pick id:\"a\"", 3, 1, "on the current branch" },
  { "gitGraph\ncommit id:\"a\"\nbranch b\ncommit\ncheckout main\nmerge b id:\"m\"\nbranch c\n"
    .. "cherry-pick id:\"m\"", 8, 1, "parent" },
  { "gitGraph\ncommit id:\"a\"\nbranch b\ncommit id:\"b\"\ncheckout main\n"
    .. "cherry-pick id:\"b\" parent:\"x\"", 6, 1, "not a parent" },
}

local TEMPLATES = { "gitGraph\ncommit id:\"%s\" tag:\"%s\"", "gitGraph\ncommit msg:'%s'",
  "gitGraph\ncommit\nbranch \"%s\"\ncommit", "gitGraph TB:\ncommit id:%s\nbranch %s\ncommit",
  "gitGraph BT:\ntitle %s\ncommit", "gitGraph\n%s", "---\ntitle: %s\n---\ngitGraph\ncommit",
  "---\nconfig:\n  gitGraph:\n    mainBranchName: '%s'\n    mainBranchOrder: %s\n---\ngitGraph\ncommit" }

local PIECES = { "commit\n", "commit id:\"x\"\n", "branch a\n", "branch b order: 2\n", "checkout a\n",
  "checkout main\n", "switch b\n", "merge a\n", "merge b tag:\"t\" type: REVERSE\n", "merge main\n",
  "cherry-pick id:\"x\"\n", "\"", "'", "\n", ":", "id:", "tag:", "commit type: HIGHLIGHT\n", "%%",
  "\xff", "#35;", "order:", "msg:\"a<br>b\"", " ", "TB", "title x\n", "accDescr {", "}" }

local function model_of(source)
  local read = require("mermaid").read(source, {})
  return read and read.model
end

local function histories(t)
  local m = model_of("gitGraph:\ncommit id:\"a\"\nbranch x\ncommit\nswitch main\ncommit\n"
    .. "merge x id:\"m\"\nbranch y\ncommit\ncheckout x\ncherry-pick id:\"m\" parent:\"a\"")
  t.check(not m, "a parent must be an immediate one")
  m = model_of("gitGraph:\ncommit id:\"a\"\nbranch x\ncommit\nswitch main\ncommit id:\"b\"\n"
    .. "merge x id:\"m\"\nbranch y\ncommit\ncheckout x\ncherry-pick id:\"m\" parent:\"b\"")
  t.equal("the tag of a picked merge", m.commits[#m.commits].tags[1].label,
    "cherry-pick:m|parent:b")
  m = model_of("---\nconfig:\n  gitGraph:\n    mainBranchName: trunk\n    mainBranchOrder: 3\n"
    .. "---\ngitGraph\ncommit\nbranch a\ncheckout trunk\nbranch b order: 1")
  t.equal("the main branch has its place", m.branches[3].show, "trunk")
  m = model_of("gitGraph TB: commit \"words\"\ncommit 'x' id: 'two\nlines' %% comment")
  t.equal("a string over two lines", m.commits[2].id, "two\nlines")
  t.equal("a message", m.commits[1].message, "words")
end

local function findings(t)
  local _, list = t.render("gitGraph TB\ncommit id: a\nbranch x/#1\n")
  t.equal("three things fail elsewhere", #list, 3)
  t.equal("the direction's colon", list[1].column, 12)
  t.equal("the id's quotes", list[2].line .. ":" .. list[2].column, "2:12")
  _, list = t.render("gitGraph\ncommit id:\"a\"\ncommit id:\"a\"")
  t.equal("an id twice is told", list[1].code, "duplicate-id")
end

-- No line between two commits may run through a third: what stands between has its own lane.
local function pictures(t)
  local source = "gitGraph%s\ncommit\nbranch a\ncommit\nbranch b\ncommit\ncheckout main\ncommit\n"
    .. "checkout b\nmerge main tag:\"v1\"\ncheckout a\ncommit id:\"x\"\ncheckout main\nmerge b\n"
    .. "cherry-pick id:\"x\"\nbranch empty"
  for _, direction in ipairs { "", " TB:", " BT:" } do
    local html = t.render(source:format(direction))
    t.check(html and not t.xml(html), "drawn" .. direction)
    local _, count = html:gsub("dg%-git%-dot", "")
    t.equal("every commit has its dot" .. direction, count, 6)
    t.check(html:find("empty", 1, true), "a branch without commits is shown" .. direction)
  end
  local many = { "gitGraph" }
  for i = 1, 1001 do many[#many + 1] = "commit id:\"" .. i .. "\"" end
  local html, list = t.render(table.concat(many, "\n"))
  t.check(not html and list[1].code == "too-large", "too many commits are refused")
  many[#many] = nil
  many[1] = "---\nconfig:\n  gitGraph:\n    parallelCommits: true\n---\ngitGraph BT:"
  t.check(t.bounded("a thousand commits", 60, t.render, table.concat(many, "\n")),
    "a thousand commits are drawn")
end

-- Lines keep to the lane of a commit until they are past its label.
local function clearance(t)
  local html = t.render("gitGraph\ncommit id: \"a rather long id\"\nbranch b\ncommit")
  local x = html:match('dg%-lane [^>]*d="M0 0L(%d+)')
  t.check(tonumber(x or 0) >= 24, "a line leaves behind the label", x)
  html = t.render("gitGraph\ncommit\nbranch b\ncommit tag: \"v1.2.3-beta\"\ncheckout main\nmerge b")
  t.check(html:find('dg%-lane [^>]*d="M0 0C[^"]*L'), "and arrives in front of a tag")
end

return function(t)
  clearance(t)
  t.broken("gitGraph", BROKEN)
  histories(t)
  findings(t)
  pictures(t)
  t.attack("gitGraph", TEMPLATES)
  random(t, "gitGraph", "gitGraph\n", PIECES, 2000)
end
