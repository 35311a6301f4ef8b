-- SPDX-License-Identifier: MIT
local WORD = [[[\w./~+:@%*,?^\u-]+]]
local SUBSTITUTION = {
  { [[\\.]], "escape" },
  { [[\$(\w+|[#?@*!$-])]], "variable" },
  { [[\$\{[^}\n]*\}?]], "variable" },
  { [[\$\(]], ">function", push = "main" },
}

local main = {
  { [[^#!.*]], "meta" },
  { [[^#.*]], "comment" },
  { [=[[ \t;(`]#.*]=], "comment" },
  { [[\\\n[ \t]*]], "" },
  { [[\n[ \t]*]], ">function" },
  { [["]], "string", push = "string" },
  { [['[^']*'?]], "string" },
  { [[\$'(\\[^\n]|[^'\\])*'?]], "string" },
  { [[<<-?[ \t]*["'\\]?[A-Za-z_]\w*["']?]], "string", through_line = "%1", capture = [[\w]],
    body = "string" },
  { [[<<<|&>>?|\d?>>?(&\d)?|\d?<(&\d)?|>\|]], "operator" },
  { [[\|\|?|&&?|;;?&?|\|&]], "operator>function" },
  { [[\(]], ">function", push = "main" },
  { [[\)]], "", pop = true },
  { "`", ">function" },
  { [=[\$[ \t]]=], "meta>function", first = true }, -- a prompt
  { [[\d+]], "" },
  { [[[<>]\(]], ">function", push = "main" },
  { [[[A-Za-z_]\w*(\[[^\]\n]*\])?\+?=]], "variable" },
  { [[--?[A-Za-z]\w*([\w-]*\w)?]], "attribute" },
  { "^" .. WORD, "function", words = true },
  { WORD, "", words = true, followed = { ["()"] = "function" } },
}
table.move(SUBSTITUTION, 1, #SUBSTITUTION, #main + 1, main)
local text = { "string", { [["]], pop = true } }
table.move(SUBSTITUTION, 1, #SUBSTITUTION, #text + 1, text)

return {
  name = "bash",
  words = {
    ["keyword>function"] = "if then elif else while until do function",
    ["function>function"] = "sudo exec env xargs nohup time command",
    keyword = "fi for in case esac done return exit break continue local export readonly",
    constant = "true false",
  },
  modes = { main = main, string = text },
}
