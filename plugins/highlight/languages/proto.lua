-- SPDX-License-Identifier: MIT
return {
  name = "proto",
  words = {
    ["keyword>type"] = "message enum service extend returns",
    ["keyword>function"] = "rpc",
    keyword = [[edition export extensions group import local map max oneof option optional package
      public repeated required reserved stream syntax to weak]],
    type = [[bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string
      uint32 uint64]],
    constant = "true false inf nan",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { [['(\\.|[^'\\\n])*'?]], "string" },
      { [[-?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true },
      { [[[A-Z]\w*]], "type", words = true },
      { [[\w+]], "", words = true },
    },
  },
}
