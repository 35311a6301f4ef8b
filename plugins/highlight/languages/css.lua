-- SPDX-License-Identifier: MIT
local COMMON = {
  { [[/\*]], "comment", through = "*/" },
  { [[//.*]], "comment" },
  { [["(\\[\s\S]|[^"\\\n])*"?]], "string" },
  { [['(\\[\s\S]|[^'\\\n])*'?]], "string" },
  { [[@[\w-]+]], "keyword" },
  { [[\$[\w-]+|--[\w-]+]], "variable", followed = { [":"] = "property" } },
  { [[url\([^)"'\n]*\)]], "string" },
  { [[[+-]?(\d+|\d*\.\d+)([eE][+-]?\d+)?([A-Za-z]+|%)?]], "number" },
  { [[\{]], "", push = "block" },
}
local function with(rules)
  return table.move(COMMON, 1, #COMMON, #rules + 1, rules)
end

return {
  name = "css",
  words = { keyword = "and or not only from to screen print all" },
  modes = {
    main = with {
      { [[[#.][A-Za-z_-][\w-]*]], "attribute" },
      { [[::?[A-Za-z-][\w-]*]], "function" },
      { [=[\[[\w|-]+]=], "attribute" },
      { [[\(]], "", push = "parentheses" },
      { [[[A-Za-z][\w-]*]], "tag", words = true },
    },
    parentheses = with {
      { [[[A-Za-z-][\w-]*]], "", words = true, followed = { [":"] = "property" } },
      { [[[#.][A-Za-z_-][\w-]*]], "attribute" },
      { [[::?[A-Za-z-][\w-]*]], "" },
      { [[\(]], "", push = "parentheses" },
      { [[\)]], "", pop = true },
    },
    block = with {
      { [[\}]], "", pop = true },
      { [[#[0-9A-Fa-f]{3,8}]], "number" },
      { [[!important]], "keyword" },
      { [[&[\w-]*|\.[A-Za-z_-][\w-]*]], "attribute" },
      { [[[A-Za-z-][\w-]*]], "", followed = { [":"] = "property", ["("] = "function" } },
    },
  },
}
