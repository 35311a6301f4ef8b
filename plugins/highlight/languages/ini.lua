-- SPDX-License-Identifier: MIT
local KEY = { ["="] = "property", [":"] = "property" }

return {
  name = "ini",
  words = { constant = "true false yes no on off null none" },
  modes = {
    main = {
      { [=[[;#!].*]=], "comment", first = true },
      { [[[ \t][;#] .*]], "comment" },
      { [=[\[[^\]\n]*\]?]=], "heading", first = true },
      { [[export]], "keyword", first = true },
      { [[[\w.$@/*"'<>~+-]+([ \t]+[\w.$@/*"'<>+-]+)*]], "", first = true, followed = KEY },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { [['[^'\n]*'?]], "string" },
      { [[\$\{[^}\n]*\}?|%[\w]+%|\$\w+|%\([\w]+\)s]], "variable" },
      { [[[+-]?\d[\d.]*]], "number" },
      { [[[\w./@-]+]], "", words = true },
    },
  },
}
