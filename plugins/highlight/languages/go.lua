-- SPDX-License-Identifier: MIT
return {
  name = "go",
  words = {
    ["keyword>function"] = "func",
    ["keyword>type"] = "type",
    keyword = [[break case chan const continue default defer else fallthrough for go goto if import
      interface map package range return select struct switch var]],
    type = [[any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32
      int64 rune string uint uint8 uint16 uint32 uint64 uintptr]],
    constant = "true false nil iota",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { "`", "string", through = "`" },
      { [['(\\[^\n][0-9a-fA-F]*|[^'\\\n]{1,4})']], "string" },
      { [[\.?\d(\w|\.\d|[eEpP][+-]\d)*]], "number" },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
  },
}
