-- SPDX-License-Identifier: MIT
local VARIABLES = {
  { [=[\$[@<^+?*%$|]]=], "variable" },
  { [=[\$\([\w.-]+[ \t]]=], "function", push = "call" },
  { [=[\$[({][^)}\s:]*[)}]?]=], "variable" },
  { [=[\$[({][^)}\s:]*:[^)}\n]*[)}]?]=], "variable" },
  { [[\$\w]], "variable" },
}
local function with(rules)
  return table.move(VARIABLES, 1, #VARIABLES, #rules + 1, rules)
end

return {
  name = "make",
  modes = {
    main = with {
      { [[#.*]], "comment" },
      { "^\t[@+-]*", "", push = "recipe" },
      { [[-?include|ifn?eq|ifn?def|else|endif|define|endef|export|unexport|override|private|vpath]],
        "keyword", first = true },
      { [=[[^\s#:=?+!$][^\s#:=?+!()]*]=], "", first = true,
        followed = { [":"] = "function", ["="] = "property", [":="] = "property",
          ["::="] = "property", ["?="] = "property", ["+="] = "property", ["!="] = "property" } },
      { [[\$[({]\w+[)}][^:=?+!#\n]*]], "variable", first = true, followed = { [":"] = "function" } },
    },
    recipe = with {
      { "\n", "", pop = true },
      { "\\\\\n", "" },
      { [[#.*]], "comment" },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { [['[^'\n]*'?]], "string" },
      { [[\$\$\w+|\$\$\{[^}\n]*\}]], "variable" },
      { [[\|\|?|&&|;|>>?]], "operator" },
      { [[if|then|else|fi|for|do|done|while|case|esac]], "keyword" },
      { [=[[\w./-]+]=], "" },
    },
    call = with {
      "function",
      { [[\)]], pop = true },
      { [[[^()$\n]+]], "" },
      { [[\(]], "", push = "parentheses" },
      { "\n", "", pop = true },
    },
    parentheses = with { { [[\)]], "", pop = true }, { [[\(]], "", push = "parentheses" } },
  },
}
