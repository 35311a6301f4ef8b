-- SPDX-License-Identifier: MIT
return {
  name = "swift",
  words = {
    ["keyword>function"] = "func",
    ["keyword>type"] = "class struct enum protocol extension actor typealias associatedtype",
    keyword = [[any as async await break case catch consuming continue convenience default defer deinit
      didSet do dynamic else fallthrough fileprivate final for get guard if import in indirect infix
      init inout internal is isolated lazy let macro mutating nonisolated nonmutating open operator
      optional override package postfix precedencegroup prefix private public repeat required rethrows
      return set some static subscript super switch throw throws try unowned var weak where while
      willSet]],
    variable = "self",
    type = "Self",
    constant = "true false nil",
  },
  modes = {
    main = {
      { [[//.*]], "comment" },
      { [[/\*]], "comment", push = "comment" },
      { [["""]], "string", push = "long" },
      { [["]], "string", push = "string" },
      { [[#+"]], "string", through = [["%1]], capture = "#" },
      { [[#\w+]], "keyword" },
      { [[@\w+]], "meta" },
      { [[\(]], "", push = "main" },
      { [[\)]], "", pop = true },
      { [[\d(\w|\.\d|[eEpP][+-]\d)*]], "number" },
      { [[[A-Z]\w*]], "type", words = true },
      { [[\w+]], "", words = true, followed = { ["("] = "function" } },
    },
    comment = { "comment", { [[/\*]], push = "comment" }, { [[\*/]], pop = true } },
    string = {
      "string",
      { [[\\\(]], "", push = "main" },
      { [[\\.]], "escape" },
      { [["|\n]], pop = true },
    },
    long = {
      "string",
      { [[\\\(]], "", push = "main" },
      { [[\\.]], "escape" },
      { [["""]], pop = true },
    },
  },
}
