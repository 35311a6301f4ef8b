-- SPDX-License-Identifier: MIT
return {
  name = "php",
  words = {
    ["keyword>function"] = "function fn",
    ["keyword>type"] = "class interface trait enum extends implements new namespace instanceof",
    keyword = [[abstract and as break callable case catch clone const continue declare default do echo
      else elseif enddeclare endfor endforeach endif endswitch endwhile exit final finally for foreach
      from global goto if include include_once insteadof isset list match or print private protected
      public readonly require require_once return static switch throw try unset use var while xor
      yield]],
    type = "array bool float int iterable mixed never object string void self parent",
    constant = "true false null TRUE FALSE NULL __CLASS__ __DIR__ __FILE__ __LINE__ __METHOD__",
  },
  modes = {
    main = {
      { [[<\?(php|=)?]], "meta" },
      { [=[#\[.*\]]=], "meta" },
      { [[\?>]], "meta", before = "<?", language = "html" },
      { [[(//|#)([^\n?]|\?[^>\n])*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [[<<<[ \t]*["']?[A-Za-z_]\w*["']?]], "string", through_line = "%1", capture = [[\w]],
        inside = "text" },
      { [["]], "string", push = "string" },
      { [['(\\[\s\S]|[^'\\])*'?]], "string" },
      { [[\$+\w+]], "variable" },
      { [[\.?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { ["("] = "function" } },
      { [[\\?[A-Z][\w\\]*]], "type", words = true, followed = { ["("] = "function" } },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    string = {
      "string",
      { [=[\\[\s\S]]=], "escape" },
      { [[\$\w+]], "variable" },
      { [[\{\$[^}\n"]*\}]], "variable" },
      { [["]], pop = true },
    },
    text = { "string", { [[\$\w+]], "variable" }, { [[\{\$[^}\n]*\}]], "variable" } },
  },
}
