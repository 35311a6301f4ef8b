-- SPDX-License-Identifier: MIT
-- Syntax highlighting: a fenced block with a language becomes spans with classes while the site is
-- built. Languages are tables in languages/, read when a block first needs them.
local info = require "info"
local languages = require "languages"

local function open_tag(options)
  local class = options.numbers and "hl hl-numbers hl-digits-" .. options.digits or "hl"
  return ('<pre tabindex="0" class="%s"><code class="language-%s">'):format(class,
    quoin.escape(options.word))
end

local function report_unknown(b, options)
  if options.near then
    b:report { code = "language", severity = "info", line = 1,
      message = ("the language `%s` is not known: the block stays plain"):format(options.word),
      hint = ("did you mean `%s`?"):format(options.near) }
  end
end

local function draw(b, _, opt)
  local options = info(b.info)
  if options.is_plain then
    report_unknown(b, options)
    return nil
  end
  local text = b.text
  if #text > opt.max_bytes then return nil end
  if options.numbers then
    local _, count = text:gsub("\n", "")
    options.digits = #tostring(count)
  end
  local html = quoin.highlight(text, options.language or "text", languages.load, options.lines)
  if not html then return nil end -- its rules are broken: that was reported
  html = open_tag(options) .. html .. "</code></pre>"
  if not options.title then return html end
  return ('<figure class="code-block"><figcaption>%s</figcaption>%s</figure>'):format(
    quoin.escape(options.title), html)
end

return {
  name = "highlight",
  api = 1,
  summary = "Colours, titles, line numbers and marked lines for code",
  assets = { "highlight.css" },
  options = {
    max_bytes = { type = "integer", default = 200000, help = "Longest block that is coloured." },
  },
  blocks = { ["*"] = draw },
}
