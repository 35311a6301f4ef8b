-- SPDX-License-Identifier: MIT
local COMMAND = { before = "\n", language = "bash" }
local function prompt(pattern)
  return { pattern, "meta", before = COMMAND.before, language = COMMAND.language }
end

return {
  name = "console",
  modes = {
    main = {
      "output",
      { [[^[ \t]*#.*]], "comment" },
      { [[^PS[^>\n]*> ?]], "meta", before = "\n", language = "powershell" },
      prompt [=[^[ \t]*(\[[^\]\n]*\]|(\([\w.-]+\) ?)?[\w.-]+@[^\n$#%]*)?[$%❯➜] ]=],
      prompt [=[^(\[[^\]\n]*\]|[\w.-]+@[^\n$#%]*)# ]=],
      prompt [[^> ]],
    },
  },
}
