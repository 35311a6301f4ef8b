-- SPDX-License-Identifier: MIT
local function with(rules)
  local common = {
    { [=[^[ \t]*#.*]=], "comment" },
    { [["(\\[\s\S]|[^"\\\n])*"?]], "string" },
    { [['[^'\n]*'?]], "string" },
    { [[\$\{[^}\n]*\}?|\$\w+]], "variable" },
    { [[--[a-z][a-z-]*]], "attribute" },
    { [[\\[ \t]*\n]], "" },
    { [=[[\w./:@-]+]=], "", words = "inside" },
    { [[\|\|?|&&|;]], "operator" },
  }
  return table.move(common, 1, #common, #rules + 1, rules)
end

return {
  name = "dockerfile",
  ignore_case = true,
  words = {
    keyword = [[add arg cmd copy entrypoint env expose from healthcheck label maintainer onbuild run
      shell stopsignal user volume workdir]],
    inside = { keyword = "as" },
  },
  modes = {
    main = {
      { [=[^[ \t]*#.*]=], "comment" },
      { [[[a-z]+]], "", first = true, words = true, push = "arguments" },
    },
    arguments = with {
      { [[<<-?["']?[a-z_]\w*["']?]], "string", through_line = "%1", capture = [[\w]] },
      { [[[A-Za-z_]\w*=]], "property" },
      { [[onbuild]], "keyword" },
      { "\n", "", pop = true },
    },
  },
}
