-- SPDX-License-Identifier: MIT
local words = {
  ["keyword>type"] = "struct enum union",
  keyword = [[auto break case const continue default do else extern for goto if inline register
    restrict return sizeof static switch typedef volatile while alignas alignof asm constexpr
    static_assert thread_local typeof _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert
    _Thread_local __attribute__]],
  type = [[bool char double float int long short signed unsigned void FILE _Bool _Complex va_list
    time_t]],
  constant = "NULL true false nullptr",
}

return {
  name = "c",
  words = words,
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", through = "*/" },
      { [[#[ \t]*(include|import)]], "meta", first = true, push = "include" },
      { [[#[ \t]*define]], "meta>constant", first = true },
      { [[#[ \t]*\w+]], "meta", first = true },
      { [[(L|u|U|u8)?"(\\[\s\S]|[^"\\\n])*"?]], "string" },
      { [[(L|u|U|u8)?'(\\[^\n]|[^'\\\n])+']], "string" },
      { [[\.?\d(\w|'\d|\.\d|[eEpP][+-]\d)*]], "number" },
      { [[[A-Z][A-Z0-9_]+]], "constant", words = true, followed = { ["("] = "function" } },
      { [[\w+_t]], "type" },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    include = {
      { [[<[^>\n]*>]], "string" },
      { [["[^"\n]*"]], "string" },
      { [[/\*]], "comment", through = "*/" },
      { [[//.*]], "comment" },
      { "\n", "", pop = true },
    },
  },
}
