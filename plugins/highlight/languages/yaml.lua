-- SPDX-License-Identifier: MIT
-- A plain text: it ends at ": ", " #" and at what separates a list in brackets.
local CONTINUED = [[([^\s:,\[\]{}]|:[^\s,\[\]{}])*]]
local PLAIN = [[([^\s#:,\[\]{}&*!|>'"%@`?-]|[?-][^\s])]] .. CONTINUED ..
  [[([ \t]+([^\s#:,\[\]{}]|:[^\s,\[\]{}])]] .. CONTINUED .. ")*"
local KEY = { [": "] = "property" }

return {
  name = "yaml",
  modes = {
    main = {
      { [[^#.*]], "comment" },
      { [[[ \t]+#.*]], "comment" },
      { [[^(---|\.\.\.)]], "meta" },
      { [[^%.*]], "meta" },
      { [[true|false|null|yes|no|on|off|True|False|Null|Yes|No|TRUE|FALSE|NULL|~]], "constant",
        followed = KEY },
      { [[[+-]?(\d[\d_]*(\.\d+)?([eE][+-]?\d+)?|0x[0-9a-fA-F]+|0o?[0-7]+|\.inf|\.nan)]], "number",
        followed = KEY },
      { PLAIN, "", followed = KEY },
      { [["(\\[\s\S]|[^"\\])*"?]], "string", followed = KEY },
      { [['([^']|'')*'?]], "string", followed = KEY },
      { [[&[^\s,\[\]{}]+]], "variable" },
      { [[\*[^\s,\[\]{}]+]], "variable" },
      { [[![^\s,\[\]{}]*]], "type" },
      { [[[|>][+0-9-]*]], "operator", indented = true, body = "string" },
    },
  },
}
