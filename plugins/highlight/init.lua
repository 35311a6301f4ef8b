-- SPDX-License-Identifier: MIT
-- Syntax highlighting: a fenced block with a language becomes spans with classes while the site is
-- built. Languages are tables in languages/, read when a block first needs them.
local info = require "info"
local languages = require "languages"

local function report_unknown(b, options)
  if options.near then
    b:report { code = "language", severity = "info", line = 1,
      message = ("the language `%s` is not known: the block stays plain"):format(options.word),
      hint = ("did you mean `%s`?"):format(options.near) }
  end
end

-- The form of all blocks with this info string.
local function form(b, _, opt)
  local options = info(b.info)
  report_unknown(b, options)
  if options.is_plain then return {} end
  local before = ('<pre tabindex="0" class="%s"><code class="language-%s">'):format(
    options.numbers and "hl hl-numbers" or "hl", quoin.escape(options.word))
  local after = "</code></pre>"
  if options.title then
    before = ('<figure class="code"><figcaption>%s</figcaption>%s'):format(
      quoin.escape(options.title), before)
    after = after .. "</figure>"
  end
  return { language = options.language or "text", load = languages.load, before = before,
    after = after, lines = options.lines, marked = options.marked, max_bytes = opt.max_bytes }
end

return {
  name = "highlight",
  api = 1,
  summary = "Colours, titles, line numbers and marked lines for code",
  assets = { "highlight.css" },
  options = {
    max_bytes = { type = "integer", default = 200000, help = "Longest block that is coloured." },
  },
  blocks = { ["*"] = form },
}
