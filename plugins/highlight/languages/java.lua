-- SPDX-License-Identifier: MIT
return {
  name = "java",
  words = {
    ["keyword>type"] = "class interface enum record extends implements new throws",
    keyword = [[abstract assert break case catch const continue default do else exports final finally
      for goto if import instanceof module native non-sealed open opens package permits private
      protected provides public requires return sealed static strictfp super switch synchronized
      throw transient try uses var volatile while with yield def]],
    variable = "this",
    type = "boolean byte char double float int long short void",
    constant = "true false null",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [["""]], "string", through = [["""]] },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { [['(\\.|[^'\\\n])*'?]], "string" },
      { [[@interface]], "keyword>type" },
      { [[@[\w.]+]], "meta" },
      { [[\.?\d(\w|\.\d|[eEpP][+-]\d)*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { ["("] = "function" } },
      { [[[A-Z]\w*]], "type", words = true },
      { [[[\w$]+]], "", words = true, followed = { ["("] = "function" } },
    },
  },
}
