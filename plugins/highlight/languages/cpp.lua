-- SPDX-License-Identifier: MIT
local c = require "languages.c"

local words = {
  ["keyword>type"] = c.words["keyword>type"] .. " class concept typename namespace",
  keyword = c.words.keyword .. [[ and and_eq bitand bitor catch co_await co_return co_yield compl
    const_cast consteval constinit decltype delete dynamic_cast explicit export final friend import
    module mutable new noexcept not not_eq operator or or_eq override private protected public
    reinterpret_cast requires static_cast template this throw try using virtual xor xor_eq]],
  type = c.words.type .. [[ char8_t char16_t char32_t wchar_t string string_view vector map set
    unordered_map unordered_set optional variant unique_ptr shared_ptr pair tuple array]],
  constant = c.words.constant,
}
local main = {
  { [[(L|u|U|u8)?R"[^"() ]*\(]], "string", through = [[)%1"]], capture = [[^"()]] },
  { [=[\[\[[^\]\n]*\]\]]=], "meta" },
  { [[[A-Z]\w*]], "type", words = true, followed = { ["("] = "function" } },
}
-- Names in capitals stay constants: where two rules match the same, the first one counts.
for i = #c.modes.main, 1, -1 do table.insert(main, 1, c.modes.main[i]) end

return { name = "cpp", words = words, modes = { main = main, include = c.modes.include } }
