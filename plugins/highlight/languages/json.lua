-- SPDX-License-Identifier: MIT
return {
  name = "json",
  words = { constant = "true false null NaN Infinity undefined" },
  modes = {
    main = {
      { [["(\\[\s\S]|[^"\\\n])*"?]], "string", followed = { [":"] = "property" } },
      { [['(\\[\s\S]|[^'\\\n])*'?]], "string", followed = { [":"] = "property" } },
      { [[[+-]?\.?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[//.*]], "comment" },
      { [[#.*]], "comment", first = true },
      { [[/\*]], "comment", through = "*/" },
      { [[[A-Za-z_$][\w$-]*]], "", words = true, followed = { [":"] = "property" } },
    },
  },
}
