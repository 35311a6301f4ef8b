-- SPDX-License-Identifier: MIT
local SPANS = {
  { [=[\\[!-/:-@\[-`{-~]]=], "escape" },
  { "`+", "string", through = "%1", capture = "`" },
  { [[\*\*[^*\s\n]([^*\n]*[^*\s\n])?\*\*|__[^_\s\n]([^_\n]*[^_\s\n])?__]], "strong" },
  { [[\*[^*\s\n]([^*\n]*[^*\s\n])?\*|_[^_\s\n]([^_\n]*[^_\s\n])?_]], "emphasis" },
  { [[~~[^~\n]+~~]], "deleted" },
  { [=[!?\[[^\]\n]*\]\([^)\n]*\)|!?\[[^\]\n]+\]\[[^\]\n]*\]]=], "link" },
  { [=[<https?://[^>\s]+>|https?://[^\s<>)]*[\w/]]=], "link" },
  { [[<!--]], "comment", through = "-->" },
  { [[</?[A-Za-z][^>\n]*>]], "tag" },
  { [[&#?\w+;]], "escape" },
  { [[\w+]], "" },
}
local main = {
  { [[^#{1,6}[ \t].*]], "heading" },
  { [[^(===+|---+)[ \t]*]], "heading" },
  { [=[^[ \t>*+-]*(```+|~~~+)[ \t]*\{?]=], "meta", through_line = "%1", capture = "`~",
    language = true, body = "string" },
  { [=[([*+-]|\d+[.)])[ \t]]=], "keyword", first = true },
  { [=[([*+-]|\d+[.)])[ \t]+\[[ xX]\][ \t]]=], "keyword", first = true },
  { [[>[> \t]*]], "comment", first = true },
  { [=[\[[^\]\n]+\]:[ \t]]=], "link", first = true },
  { [[^\|?[ \t]*:?--[-:| \t]*]], "meta" },
}

return {
  name = "markdown",
  modes = { main = table.move(SPANS, 1, #SPANS, #main + 1, main) },
}
