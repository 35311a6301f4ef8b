-- SPDX-License-Identifier: MIT
-- What JavaScript, TypeScript and their forms with tags in them share.
local words = {
  ["keyword>function"] = "function",
  ["keyword>type"] = "class extends new",
  keyword = [[async await break case catch const continue debugger default delete do else export
    finally for from get if import in instanceof let of return set static super switch throw try
    typeof var void while with yield]],
  variable = "this arguments globalThis",
  constant = "true false null undefined NaN Infinity",
}
local CALL = { ["("] = "function" }
local REGEXP = [[/([^/*\\\n\[]|\\.|\[([^\]\\\n]|\\.)*\])([^/\\\n\[]|\\.|\[([^\]\\\n]|\\.)*\])*/\w*]]

local function main(with_jsx, more)
  local rules = {
    { [[//.*]], "comment" },
    { [[^#!.*]], "meta" },
    { [[/\*]], "comment", through = "*/" },
    { [["(\\[\s\S]|[^"\\\n])*"?]], "string" },
    { [['(\\[\s\S]|[^'\\\n])*'?]], "string" },
    { "`", "string", push = "template" },
    { REGEXP, "regexp", operand = true },
    { [[\{]], "", push = "main" },
    { [[\}]], "", pop = true },
    { [[\.?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
    { [[@[\w$.]+]], "meta" },
    { [[=>]], "keyword" },
    { [[\.[\w$]+]], "", followed = CALL },
    { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = CALL },
    { [[[A-Z][\w$]*]], "type", words = true },
    { [[[\w$]+]], "", words = true, followed = CALL },
  }
  if with_jsx then
    rules[#rules + 1] = { [[<[A-Za-z][\w.:-]*]], "tag", operand = true, push = "jsx_tag" }
    rules[#rules + 1] = { [[<>]], "tag", operand = true, push = "jsx" }
  end
  for _, rule in ipairs(more or {}) do table.insert(rules, 1, rule) end
  return rules
end

local function modes(with_jsx, more)
  return {
    main = main(with_jsx, more),
    template = { "string", { [=[\\[\s\S]]=] }, { "`", pop = true }, { [[\$\{]], "", push = "main" } },
    jsx_tag = {
      { [[/>]], "tag", pop = true },
      { [[>]], "tag", pop = true, push = "jsx" },
      { [["[^"]*"?]], "string" },
      { [['[^']*'?]], "string" },
      { [[\{]], "", push = "main" },
      { [[/\*]], "comment", through = "*/" },
      { [[[\w.:$-]+]], "attribute" },
    },
    jsx = {
      { [[<[A-Za-z][\w.:-]*]], "tag", push = "jsx_tag" },
      { [[<>]], "tag", push = "jsx" },
      { [[</[\w.:-]*>]], "tag", pop = true },
      { [[\{]], "", push = "main" },
      { [[&#?\w+;]], "escape" },
    },
  }
end

return { words = words, modes = modes }
