-- SPDX-License-Identifier: MIT
return {
  name = "csharp",
  words = {
    ["keyword>type"] = "class struct interface enum record new namespace",
    keyword = [[abstract add alias as ascending async await base break by case catch checked const
      continue default delegate descending do else equals event explicit extern file finally fixed
      for foreach from get global goto group if implicit in init internal into is join let lock
      managed nameof notnull not on and or operator orderby out override params partial private
      protected public readonly ref remove required return scoped sealed select set sizeof stackalloc
      static switch this throw try typeof unchecked unmanaged unsafe using value var virtual volatile
      when where while with yield]],
    type = [[bool byte char decimal double dynamic float int long nint nuint object sbyte short string
      uint ulong ushort void]],
    constant = "true false null",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [[#[ \t]*\w+.*]], "meta", first = true },
      { [=[\[[A-Z]\w*[^\]\n]*\]]=], "meta", first = true },
      { [["""+]], "string", through = "%1", capture = [["]] },
      { [[\$+"""+]], "string", through = "%1", capture = [["]] },
      { [[@"([^"]|"")*"?]], "string" },
      { [[(\$@|@\$)"]], "string", push = "verbatim" },
      { [[\$"]], "string", push = "string" },
      { [["(\\.|[^"\\\n])*"?]], "string" },
      { [['(\\[^\n]\w*|[^'\\\n]{1,4})']], "string" },
      { [[\{]], "", push = "main" },
      { [[\}]], "", pop = true },
      { [[\.?\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[[A-Z]\w*]], "type", words = true,
        followed = { ["("] = "function", ["."] = "type", [";"] = "", ["="] = "", [")"] = "",
          [","] = "" } },
      { [[@?\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    string = {
      "string",
      { [[\{\{|\}\}|\\.]], "escape" },
      { [[\{]], "", push = "main" },
      { [["|\n]], pop = true },
    },
    verbatim = {
      "string",
      { [[\{\{|\}\}|""]], "escape" },
      { [[\{]], "", push = "main" },
      { [["]], pop = true },
    },
  },
}
