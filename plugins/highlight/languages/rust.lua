-- SPDX-License-Identifier: MIT
return {
  name = "rust",
  words = {
    ["keyword>function"] = "fn",
    ["keyword>type"] = "struct enum union trait type",
    keyword = [[as async await break const continue crate do dyn else extern for if impl in let loop
      macro_rules match mod move mut pub ref return static super unsafe use where while yield box try
      default]],
    variable = "self",
    type = [[bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Self]],
    constant = "true false",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", push = "comment" },
      { [[#!?\[]], "meta", push = "attribute" },
      { [[[bc]?"(\\[\s\S]|[^"\\])*"?]], "string" },
      { [[[bc]?r#*"]], "string", through = [["%1]], capture = "#" },
      { [[b?'(\\(u\{\w*\}|x\w\w|[^\n])|[^'\\\n\u]|\u+)']], "string" },
      { [['[A-Za-z_]\w*]], "attribute" },
      { [[\d(\w|\.\d|[eE][+-]\d)*]], "number" },
      { [[r#\w+]], "" },
      { [[[A-Z][A-Z0-9_]+]], "constant", followed = { ["!("] = "function", ["!["] = "function" } },
      { [[[A-Z]\w*]], "type", words = true },
      { [[\w+]], "", words = true, followed = { ["("] = "function", ["::<"] = "function",
        ["!("] = "function", ["!["] = "function", ["!{"] = "function", ["! {"] = "function" } },
    },
    comment = { "comment", { [[/\*]], push = "comment" }, { [[\*/]], pop = true } },
    attribute = {
      "meta",
      { [["(\\[\s\S]|[^"\\])*"?]], "string" },
      { [[//.*]], "comment" },
      { [[\[]], push = "attribute" },
      { "\\]", pop = true },
    },
  },
}
