-- SPDX-License-Identifier: MIT
return {
  name = "powershell",
  ignore_case = true,
  words = {
    ["keyword>function"] = "function filter",
    ["keyword>type"] = "class enum",
    keyword = [[begin break catch continue data define do dynamicparam else elseif end exit finally
      for foreach from hidden if in param process return static switch throw trap try until using
      while]],
  },
  modes = {
    main = {
      { [[#.*]], "comment" },
      { [[<#]], "comment", through = "#>" },
      { [[@"]], "string", through = "\n\"@" },
      { [[@']], "string", through = "\n'@" },
      { [["]], "string", push = "string" },
      { [['([^']|'')*'?]], "string" },
      { [[\$(true|false|null)]], "constant" },
      { [[\$[\w:?$^]+|\$\{[^}\n]*\}]], "variable" },
      { [=[\[[A-Za-z][\w.]*(\[\])?\]]=], "type" },
      { "-(eq|ne|gt|ge|lt|le|(not)?(like|match|contains|in)|replace|split|join|and|or|not|xor)",
        "operator" },
      { "-(is(not)?|as|band|bor|f)", "operator" },
      { [[-[A-Za-z]\w*:?]], "attribute" },
      { [[\(]], "", push = "main" },
      { [[\)]], "", pop = true },
      { [[\d(\w|\.\d)*]], "number" },
      { [[[a-z]+-[a-z]\w*]], "function" },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    string = {
      "string",
      { "`[^\\n]", "escape" },
      { [[\$[\w:]+|\$\{[^}\n]*\}]], "variable" },
      { [[\$\(]], "", push = "main" },
      { [["]], pop = true },
    },
  },
}
