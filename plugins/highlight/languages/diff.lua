-- SPDX-License-Identifier: MIT
return {
  name = "diff",
  modes = {
    main = {
      { [[^(diff|index|Index|new file|deleted file|old mode|new mode|similarity|rename|copy|Binary) .*]],
        "heading" },
      { [[^(---|\+\+\+) .*]], "heading" },
      { [[^(@@|\*\*\*|===|\\ ).*]], "meta" },
      { [[^[+>].*]], "inserted" },
      { [[^[<-].*]], "deleted" },
    },
  },
}
