-- SPDX-License-Identifier: MIT
-- The tokens of an entity-relationship diagram. The first rule that matches wins, as in Mermaid;
-- words count in capitals and small letters alike.
local lexer = {}
lexer.__index = lexer

local END = "%f[^%w_]" -- the end of a word
local NAME = "[%w_*.\128-\255-]+"

local RULES = {
  { '"[^"%%\n\\]+"', "quoted" }, { '"[^"]*"', "words" },
  { "{", "{" }, { ",", "," }, { ":::", ":::" }, { ":", ":" }, { "%[", "[" }, { "%]", "]" },
  { "style" .. END, "style" }, { "classdef" .. END, "classdef" }, { "class" .. END, "class" },
  { "one or zero" .. END, "mark", "ZERO_OR_ONE" }, { "one or more" .. END, "mark", "ONE_OR_MORE" },
  { "one or many" .. END, "mark", "ONE_OR_MORE" }, { "1%+", "mark", "ONE_OR_MORE" },
  { "|o" .. END, "mark", "ZERO_OR_ONE" }, { "zero or one" .. END, "mark", "ZERO_OR_ONE" },
  { "zero or more" .. END, "mark", "ZERO_OR_MORE" },
  { "zero or many" .. END, "mark", "ZERO_OR_MORE" }, { "0%+", "mark", "ZERO_OR_MORE" },
  { "}o" .. END, "mark", "ZERO_OR_MORE" }, { "many%(0%)", "mark", "ZERO_OR_MORE" },
  { "many%(1%)", "mark", "ONE_OR_MORE" }, { "many" .. END, "mark", "ZERO_OR_MORE" },
  { "}|", "mark", "ONE_OR_MORE" }, { "one" .. END, "mark", "ONLY_ONE" },
  { "only one" .. END, "mark", "ONLY_ONE" }, { "%d+%.%d+", "name" },
  { "1%f[%s]%s+%f[%w_\"']", "mark", "ONLY_ONE", 1 }, { "1%f[.-][.-][.-]", "mark", "ONLY_ONE", 1 },
  { "%d+", "name" }, { "||", "mark", "ONLY_ONE" }, { "o|", "mark", "ZERO_OR_ONE" },
  { "o{", "mark", "ZERO_OR_MORE" }, { "|{", "mark", "ONE_OR_MORE" },
  { "u%f[.|-]", "mark", "MD_PARENT" }, { "%.%.", "line", "dotted" }, { "%-%-", "line", "solid" },
  { "to" .. END, "line", "solid" }, { "optionally to" .. END, "line", "dotted" },
  { "%.%-", "line", "dotted" }, { "%-%.", "line", "dotted" }, { NAME, "name" },
}

-- Rules by the first character that they can match, so that few are tried.
local BY_CHARACTER = {}
local function rules_for(c)
  local list = BY_CHARACTER[c]
  if list then return list end
  list = {}
  for _, rule in ipairs(RULES) do
    local first = rule[1]:match("^%%?(.)")
    if first == c or rule[1]:find("^%%d") and c:find("%d") or rule[1] == NAME then
      list[#list + 1] = rule
    end
  end
  BY_CHARACTER[c] = list
  return list
end

function lexer.new(c)
  return setmetatable({ cursor = c, lower = c.text:lower() }, lexer)
end

-- {kind, value, at, stop}; kind is "end" behind the last one, "?" where no rule fits.
local function read(self, at)
  at = self.lower:match("^%s*()", at)
  if at > #self.lower then return { kind = "end", value = "", at = at, stop = at } end
  for _, rule in ipairs(rules_for(self.lower:sub(at, at))) do
    local _, stop = self.lower:find("^" .. rule[1], at)
    if stop then
      if rule[4] then stop = at + rule[4] - 1 end
      return { kind = rule[2], value = rule[3] or self.cursor.text:sub(at, stop), at = at,
        stop = stop + 1 }
    end
  end
  local stop = utf8.offset(self.cursor.text, 2, at) or at + 1
  return { kind = "?", value = self.cursor.text:sub(at, stop - 1), at = at, stop = stop }
end

-- The token at the cursor, which stays where it is.
function lexer:peek()
  local at = self.cursor.at
  if not self.token or self.token_at ~= at then
    self.token, self.token_at = read(self, at), at
  end
  return self.token
end

-- The next token when it is of this kind; moves the cursor behind it.
function lexer:take(kind)
  local token = self:peek()
  if token.kind ~= kind then return nil end
  self.cursor.at = token.stop
  return token
end

-- Whether `token` stands in the line that ends at or behind `at`.
function lexer:is_in_line(token, at)
  return not self.cursor.text:sub(at, token.at - 1):find("\n", 1, true)
end

return lexer
