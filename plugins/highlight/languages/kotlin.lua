-- SPDX-License-Identifier: MIT
return {
  name = "kotlin",
  words = {
    ["keyword>function"] = "fun",
    ["keyword>type"] = "class interface object typealias",
    keyword = [[abstract actual annotation as break by catch companion const constructor continue
      crossinline data do dynamic else enum expect external final finally for get if import in infix
      init inline inner internal is lateinit noinline open operator out override package private
      protected public reified return sealed set super suspend tailrec throw try typeof val value var
      vararg when where while]],
    variable = "this it field",
    constant = "true false null",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", push = "comment" },
      { [["""]], "string", push = "long" },
      { [["]], "string", push = "string" },
      { [['(\\[^\n]\w*|[^'\\\n]{1,4})']], "string" },
      { [[@[\w.:]+]], "meta" },
      { "`[^`\n]*`?", "" },
      { [[\{]], "", push = "main" },
      { [[\}]], "", pop = true },
      { [[\.?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { ["("] = "function" } },
      { [[[A-Z]\w*]], "type", words = true },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    comment = { "comment", { [[/\*]], push = "comment" }, { [[\*/]], pop = true } },
    string = {
      "string",
      { [[\\.]] },
      { [[\$[A-Za-z_]\w*]], "variable" },
      { [[\$\{]], "", push = "main" },
      { [["|\n]], pop = true },
    },
    long = {
      "string",
      { [[\$[A-Za-z_]\w*]], "variable" },
      { [[\$\{]], "", push = "main" },
      { [["""+]], pop = true },
    },
  },
}
