-- SPDX-License-Identifier: MIT
-- A diff of a language: each line has the colours of the language and of its change.
local diff = require "languages.diff"

return function(language)
  if not language or language:find "^diff" then return diff end
  local rules = {
    { "^\\+", "inserted", line = "inserted", before = "\n", language = language },
    { "^-", "deleted", line = "deleted", before = "\n", language = language },
    { "^ ", "", before = "\n", language = language },
  }
  local main = {}
  for _, rule in ipairs(diff.modes.main) do
    if rule[2] == "meta" or rule[2] == "heading" then main[#main + 1] = rule end
  end
  table.move(rules, 1, #rules, #main + 1, main)
  return { name = "diff-" .. language, modes = { main = main } }
end
