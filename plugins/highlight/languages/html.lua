-- SPDX-License-Identifier: MIT
local TAG = {
  { [[/?>]], "tag", pop = true },
  { [["[^"]*"?]], "string" },
  { [['[^']*'?]], "string" },
  { [[=[ \t]*[^\s"'<>=`]+]], "string" },
  { [[[^\s"'<>=/]+]], "attribute" },
}
local function tag(close)
  local rules = { close }
  table.move(TAG, 1, #TAG, 2, rules)
  return rules
end

return {
  name = "html",
  ignore_case = true,
  modes = {
    main = {
      { [[<!--]], "comment", through = "-->" },
      { [[<![a-z][^>]*>?]], "meta" },
      { [[<script]], "tag", push = "script" },
      { [[<style]], "tag", push = "style" },
      { [[</?[a-z][\w:.-]*]], "tag", push = "tag" },
      { [[&#?\w+;]], "escape" },
    },
    tag = TAG,
    script = tag { [[>]], "tag", pop = true, before = "</script", language = "javascript" },
    style = tag { [[>]], "tag", pop = true, before = "</style", language = "css" },
  },
}
