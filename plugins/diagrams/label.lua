-- SPDX-License-Identifier: MIT
-- Labels of shapes and edges: wrapped, measured once, drawn centred. Emphasis (<b>, <i>, <code>,
-- and in Markdown labels **, * and `) stands in the text as pairs of control characters, which have
-- no width and which svg.lua never lets through; label.new turns them into runs.
local text = require "text"

local label = { FONT = 14, LINE = 18 }

local BOLD_WIDER = 1.09 -- bold text against regular, about
local BOLD_MORE = 0.053 -- what a bold letter is wider by, in em, at most
local CODE_ADVANCE = 0.602 -- of a monospaced letter, in em

local ON = { b = "\14", strong = "\14", i = "\16", em = "\16", code = "\18", kbd = "\18" }
local OFF = { b = "\15", strong = "\15", i = "\17", em = "\17", code = "\19", kbd = "\19" }
local STATES = { ["\14"] = { "bold", true }, ["\15"] = { "bold", false },
  ["\16"] = { "italic", true }, ["\17"] = { "italic", false },
  ["\18"] = { "code", true }, ["\19"] = { "code", false } }

-- text.display, but emphasis by tags stays (as control characters).
function label.display(raw)
  local marked = raw:gsub("<(/?)(%a+)>", function(slash, tag)
    return (slash == "/" and OFF or ON)[tag:lower()]
  end)
  return text.display(marked)
end

local LONGEST_MARKDOWN = 4000 -- bytes; emphasis is not looked for in longer texts

-- **bold**, __bold__, *italic*, _italic_ and `code`.
function label.markdown(s)
  if #s > LONGEST_MARKDOWN then return s end
  s = s:gsub("`([^`\n]+)`", "\18%1\19")
  s = s:gsub("%*%*([^%s*][^\n]-)%*%*", "\14%1\15")
  s = s:gsub("%f[%w_]__([^%s_][^\n]-)__%f[^%w_]", "\14%1\15")
  s = s:gsub("%*([^%s*][^*\n]*)%*", "\16%1\17")
  return (s:gsub("%f[%w_]_([^%s_][^_\n]*)_%f[^%w_]", "\16%1\17"))
end

function label.plain(s)
  return (s:gsub("[\14-\19]", ""))
end

local function run_width(run, size)
  if run.code then return utf8.len(run.text) * CODE_ADVANCE * (size - 1) end
  local more = run.bold and utf8.len(run.text) * BOLD_MORE * size or 0
  return text.width(run.text, size) + more
end

-- Splits one wrapped line at its marks; `state` lives on over the lines of a label.
local function runs_of(line, state, size)
  local runs, width, at = {}, 0, 1
  while at <= #line do
    local mark = line:find("[\14-\19]", at)
    local piece = line:sub(at, (mark or #line + 1) - 1)
    if piece ~= "" then
      local run = { text = piece, bold = state.bold, italic = state.italic, code = state.code }
      runs[#runs + 1] = run
      width = width + run_width(run, size)
    end
    if not mark then break end
    local change = STATES[line:sub(mark, mark)]
    state[change[1]] = change[2] or nil
    at = mark + 1
  end
  return runs, width
end

local function rich_lines(s, size, limit)
  local lines = text.wrap(s, size, limit / BOLD_WIDER)
  local widest, state = 0, {}
  for i, line in ipairs(lines) do
    local runs, width = runs_of(line, state, size)
    widest = math.max(widest, width)
    local only = runs[1]
    local is_plain = #runs < 2 and not (only and (only.bold or only.italic or only.code))
    lines[i] = is_plain and (only and only.text or "") or runs
  end
  return lines, widest
end

-- `s` is shown text (text.display or label.display); `limit` the wished width in pixels (default
-- 200). `how` {markdown = bool, is_bold = bool, size = pixels, exact = never wider than limit}.
-- {lines, width, height, plain, size, line}; a line is a text or a list of runs.
function label.new(s, limit, how)
  s, limit = s or "", limit or 200
  local size = how and how.size or label.FONT
  if how and how.markdown then s = label.markdown(s) end
  if how and how.is_bold and s ~= "" then s = "\14" .. s end
  if how and how.exact then limit = limit / 1.15 end
  local lines, width
  if s:find("[\14-\19]") then
    lines, width = rich_lines(s, size, limit)
  else
    lines, width = text.wrap(s, size, limit)
  end
  local line = size == label.FONT and label.LINE or math.ceil(size * 1.28)
  return { lines = lines, width = math.ceil(width), height = #lines * line, plain = label.plain(s),
    size = size, line = line }
end

-- Width of one of its lines.
function label.line_width(l, i)
  local line = l.lines[i]
  if type(line) == "string" then return text.width(line, l.size) end
  local width = 0
  for _, run in ipairs(line) do width = width + run_width(run, l.size) end
  return width
end

-- Around the middle x, y. `attributes` as in svg.lua.
function label.draw(out, l, x, y, attributes)
  out:lines(l.lines, x, y - (#l.lines - 1) * l.line / 2, l.line, attributes or {}, l.size)
end

return label
