-- SPDX-License-Identifier: MIT
return {
  name = "lua",
  words = {
    ["keyword>function"] = "function",
    keyword = [[and break do else elseif end for goto if in local not or repeat return then until
      while]],
    variable = "self _G _ENV",
    constant = "true false nil",
  },
  modes = {
    main = {
      { [=[--(\[=*)?([^\[=\n].*)?]=], "comment" },
      { [=[--\[=*\[]=], "comment", through = "]%1]", capture = "=" },
      { [=[\[=*\[]=], "string", through = "]%1]", capture = "=" },
      { [["(\\[\s\S]|[^"\\\n])*"?]], "string" },
      { [['(\\[\s\S]|[^'\\\n])*'?]], "string" },
      { [[^#!.*]], "meta" },
      { [[\d(\w|\.\d|[eEpP][+-]\d)*]], "number" },
      { [[<(const|close)>]], "meta" },
      { [[::\w+::]], "meta" },
      { [[\w+]], "", words = true,
        followed = { ["("] = "function", ['"'] = "function", ["{"] = "function" } },
    },
  },
}
