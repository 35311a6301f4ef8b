-- SPDX-License-Identifier: MIT
local PREFIX, FORMAT = "([rR][bB]?|[bBuU][rR]?)?", "([fFtT][rR]?|[rR][fFtT])"

local function format(close, pop_at_line_end)
  return {
    "string",
    { [[\{\{|\}\}]], "escape" },
    { [=[\\[\s\S]]=] },
    { [[\{]], "", push = "main" },
    { close, pop = true },
    pop_at_line_end and { "\n", pop = true } or nil,
  }
end

return {
  name = "python",
  words = {
    ["keyword>function"] = "def",
    ["keyword>type"] = "class",
    keyword = [[and as assert async await break continue del elif else except finally for from global
      if import in is lambda nonlocal not or pass raise return try while with yield]],
    variable = "self cls",
    type = [[bool bytearray bytes complex dict float frozenset int list object set str tuple type]],
    constant = "True False None NotImplemented Ellipsis __name__ __file__",
  },
  modes = {
    main = {
      { [[#.*]], "comment" },
      { [[@[\w.]+]], "meta", first = true },
      { [[>>> |\.\.\. ]], "meta", first = true },
      { PREFIX .. [["""]], "string", through = [["""]] },
      { PREFIX .. [[''']], "string", through = [[''']] },
      { PREFIX .. [["(\\[\s\S]|[^"\\\n])*"?]], "string" },
      { PREFIX .. [['(\\[\s\S]|[^'\\\n])*'?]], "string" },
      { FORMAT .. [["""]], "string", push = "long_double" },
      { FORMAT .. [[''']], "string", push = "long_single" },
      { FORMAT .. [["]], "string", push = "double" },
      { FORMAT .. [[']], "string", push = "single" },
      { [[\{]], "", push = "main" },
      { [[\}]], "", pop = true },
      { [[\.?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[case]], "keyword", first = true },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { ["("] = "function" } },
      { [[[A-Z]\w*]], "type", words = true },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    double = format([["]], true),
    single = format([[']], true),
    long_double = format([["""]], false),
    long_single = format([[''']], false),
  },
}
