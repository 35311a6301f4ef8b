-- SPDX-License-Identifier: MIT
return {
  name = "graphql",
  words = {
    ["keyword>type"] = "type input interface union enum scalar implements on extend",
    ["keyword>function"] = "query mutation subscription fragment directive",
    keyword = "schema repeatable",
    type = "Int Float String Boolean ID",
    constant = "true false null",
  },
  modes = {
    main = {
      { [[#.*]], "comment" },
      { [["""]], "string", through = [["""]] },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { [[@\w+]], "meta" },
      { [[\$\w+]], "variable" },
      { [[-?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { [":"] = "property" } },
      { [[[A-Z]\w*]], "type", words = true },
      { [[\w+]], "", words = true, followed = { [":"] = "property" } },
    },
  },
}
