-- SPDX-License-Identifier: MIT
return {
  name = "cmake",
  words = {
    keyword = [[if elseif else endif foreach endforeach while endwhile function endfunction macro
      endmacro return break continue block endblock include AND OR NOT STREQUAL EQUAL MATCHES LESS
      GREATER EXISTS DEFINED TARGET VERSION_LESS VERSION_GREATER VERSION_EQUAL
      VERSION_GREATER_EQUAL]],
    constant = "ON OFF TRUE FALSE YES NO",
  },
  modes = {
    main = {
      { [=[#(\[=*)?([^\[=\n].*)?]=], "comment" },
      { [=[#\[=*\[]=], "comment", through = "]%1]", capture = "=" },
      { [=[\[=+\[]=], "string", through = "]%1]", capture = "=" },
      { [["]], "string", push = "string" },
      { [[\$(ENV)?\{]], "variable", push = "variable" },
      { [[\$<]], "variable" },
      { [[\d[\w.]*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { ["("] = "function" } },
      { [[[\w./+-]+]], "", words = true, followed = { ["("] = "function" } },
    },
    string = {
      "string",
      { [=[\\[\s\S]]=], "escape" },
      { [[\$(ENV)?\{]], "variable", push = "variable" },
      { [["]], pop = true },
    },
    variable = {
      "variable",
      { [[\$(ENV)?\{]], push = "variable" },
      { [[\}|\n]], pop = true },
    },
  },
}
