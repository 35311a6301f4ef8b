-- SPDX-License-Identifier: MIT
return {
  name = "ruby",
  words = {
    ["keyword>function"] = "def",
    ["keyword>type"] = "class module",
    keyword = [[BEGIN END alias and begin break case defined? do else elsif end ensure for if in next
      not or redo rescue retry return super then undef unless until when while yield include extend
      require require_relative attr_accessor attr_reader attr_writer private protected public raise
      loop lambda proc]],
    variable = "self",
    constant = "true false nil __FILE__ __LINE__",
  },
  modes = {
    main = {
      { [[#.*]], "comment" },
      { [[^=begin]], "comment", through_line = "=end" },
      { [[<<[~-]?["'`]?[A-Z_][A-Z0-9_]*["'`]?]], "string", through_line = "%1", capture = [[A-Z0-9_]],
        inside = "heredoc" },
      { [["]], "string", push = "string" },
      { "`", "string", push = "command" },
      { [['(\\[\s\S]|[^'\\])*'?]], "string" },
      { [[%[wWiIqQ]?(\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>)]], "string", operand = true },
      { [=[%[wWiIqQ]?\[[^\]\n]*\]]=], "string", operand = true },
      { [[/([^/\\\n \t]|\\.)([^/\\\n]|\\.)*/\w*]], "regexp", operand = true },
      { [[::]], "" },
      { [[:[A-Za-z_]\w*[?!]?]], "constant" },
      { [[:"[^"\n]*"]], "constant" },
      { [[@@?\w+|\$\w+]], "variable" },
      { [[\{]], "", push = "main" },
      { [[\}]], "", pop = true },
      { [[\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Z]\w*::]], "type" },
      { [[[a-z_]\w*[?!]?:]], "constant" },
      { [[\w+::]], "" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true },
      { [[[A-Z]\w*]], "type", words = true, followed = { ["("] = "function" } },
      { [[\w+[?!]?]], "", words = true, followed = { ["("] = "function" } },
    },
    string = {
      "string",
      { [=[\\[\s\S]]=], "escape" },
      { [[#\{]], "", push = "main" },
      { [["]], pop = true },
    },
    command = { "string", { [=[\\[\s\S]]=] }, { [[#\{]], "", push = "main" }, { "`", pop = true } },
    heredoc = { "string", { [[#\{]], "", push = "main" } },
  },
}
