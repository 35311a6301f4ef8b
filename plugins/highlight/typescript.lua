-- SPDX-License-Identifier: MIT
-- What TypeScript adds to JavaScript.
local shared = require "javascript"

local words = {
  ["keyword>function"] = shared.words["keyword>function"],
  ["keyword>type"] = shared.words["keyword>type"] .. " interface enum implements namespace type",
  keyword = shared.words.keyword .. [[ abstract as asserts declare infer is keyof module override
    private protected public readonly satisfies unique]],
  variable = shared.words.variable,
  type = "any bigint boolean never number object string symbol unknown",
  constant = shared.words.constant,
}

return function(name, with_tags)
  return { name = name, words = words, modes = shared.modes(with_tags) }
end
