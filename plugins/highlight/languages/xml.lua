-- SPDX-License-Identifier: MIT
return {
  name = "xml",
  modes = {
    main = {
      { [[<!--]], "comment", through = "-->" },
      { [=[<!\[CDATA\[]=], "string", through = "]]>" },
      { [[<\?[\w-]+]], "meta", through = "?>" },
      { [[<![A-Z][^>\[]*]], "meta" },
      { [[</?[\w:.-]+]], "tag", push = "tag" },
      { [[&#?\w+;]], "escape" },
    },
    tag = {
      { [[/?>]], "tag", pop = true },
      { [["[^"]*"?]], "string" },
      { [['[^']*'?]], "string" },
      { [[[\w:.-]+]], "attribute" },
    },
  },
}
