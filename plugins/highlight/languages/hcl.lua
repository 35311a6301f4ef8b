-- SPDX-License-Identifier: MIT
return {
  name = "hcl",
  words = {
    keyword = "for if in else endif endfor",
    type = "any bool list map number object set string tuple",
    constant = "true false null",
  },
  modes = {
    main = {
      { [[#.*|//.*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [["]], "string", push = "string" },
      { [[<<[-~]?[A-Za-z_]\w*]], "string", through_line = "%1", capture = [[\w]], inside = "heredoc" },
      { [[\{]], "", push = "main" },
      { [[\}]], "", pop = true },
      { [[\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Za-z_][\w-]*]], "keyword", first = true,
        followed = { ["="] = "property", ["("] = "function", ["."] = "", [","] = "", ["]"] = "",
          [":"] = "property" } },
      { [[[A-Za-z_][\w-]*]], "", words = true, followed = { ["("] = "function" } },
      { [[\.[A-Za-z_][\w-]*]], "" },
    },
    string = {
      "string",
      { [[\\.]], "escape" },
      { [[[$%]\{]], "", push = "main" },
      { [["|\n]], pop = true },
    },
    heredoc = { "string", { [[[$%]\{]], "", push = "main" } },
  },
}
