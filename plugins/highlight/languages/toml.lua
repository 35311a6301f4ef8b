-- SPDX-License-Identifier: MIT
return {
  name = "toml",
  modes = {
    main = {
      { [[#.*]], "comment" },
      { [=[\[\[?[ \t]*\w[\w. \t"'-]*\]\]?]=], "heading", first = true },
      { [["""]], "string", through = [["""]] },
      { [[''']], "string", through = [[''']] },
      { [["(\\.|[^"\\\n])*"?]], "string", followed = { ["="] = "property" } },
      { [['[^'\n]*'?]], "string", followed = { ["="] = "property" } },
      { [[[+-]?\d[\w:.+-]*|[+-]?(inf|nan)]], "number", followed = { ["="] = "property" } },
      { [[true|false]], "constant", followed = { ["="] = "property" } },
      { [[[\w.-]+]], "", followed = { ["="] = "property", ["."] = "property" } },
    },
  },
}
