-- hostile.lua LANGUAGES OUT - a page for each language, with what opens something again and again.
local PIECES = { '"', "'", "`", "/*", "<!--", '${"', "{", "}", "(", "<a ", "<script>", "```js\n",
  "<<X\n", 'r#"', "[[", "[=[", "$(", '"""', '#{"', "\\", "key: |\n  ", "- ", "x\n", "^ ", "/a", "a:",
  "<?php ?>", "\t", "+a\n", "$ a\n", "a=", "@", "%", "é", "[a](", "**a", "_a", "~x\n", "|", "&",
  "\r\n", 'f"{', "`${", "\\(", '@"', "<#", "=begin\n", "--[[", "#[[", "[a]:", "## ", '"$(', "$'",
  "<<~A", ": ", "?? ", "a b c ", "0x", "1.", "!", " ", "###\"", "<?", "]]>", "'''", "%w[" }
local LENGTH = 3000
local FENCE = "~~~~~~~~"

local names = {}
for path in io.popen(("ls %q"):format(arg[1])):lines() do
  names[#names + 1] = path:match "^([%w_-]+)%.lua$"
end
names[#names + 1] = "diff-rust"
assert(#names > 30, "the languages are not there")
for _, name in ipairs(names) do
  local out = assert(io.open(("%s/%s.md"):format(arg[2], name), "w"))
  out:write("# ", name, "\n\n")
  for _, piece in ipairs(PIECES) do
    out:write(FENCE, name, "\n", piece:rep(LENGTH // #piece), "\n", FENCE, "\n\n")
  end
  out:close()
end
