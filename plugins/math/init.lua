-- SPDX-License-Identifier: MIT
-- Formulas: $a$, $$a$$ and ```math become MathML, which browsers draw by themselves.
local find = require "find"

local MAX_BYTES = 5000

-- Loaded by the first formula: most portals have none.
local function mathml(source, is_block)
  if #source > MAX_BYTES then return nil, { at = 1, message = "this formula is too long" } end
  return require("tex").mathml(source:match("^%s*(.-)%s*$"), is_block)
end

local function block_html(markup)
  return '<div class="math" tabindex="0" role="group" aria-label="Formula">' .. markup .. "</div>"
end

-- What cannot be read is shown as its author typed it.
local function inline_html(source, is_block)
  local markup = mathml(source, is_block)
  return markup or '<code class="math-source">' .. quoin.escape(source) .. "</code>"
end

-- Line and column of a byte of a formula, which begins at line and column.
local function place_in(source, at, line, column)
  local _, breaks = source:sub(1, at - 1):gsub("\n", "")
  if breaks == 0 then return line, column + at - 1 end
  return line + breaks, at - #source:sub(1, at - 1):match("^.*\n")
end

local function report_formula(emit, source, is_block, line, column)
  local markup, problem = mathml(source, is_block)
  if markup then return end
  local skipped = #source:match("^%s*")
  local at_line, at_column = place_in(source, problem.at + skipped, line, column)
  emit.report { code = "syntax", line = at_line, column = at_column, message = problem.message,
    hint = problem.hint or "the formula is shown as it is written" }
end

local function collect_fences(page, emit)
  for node in page:nodes("code_block") do
    if node.language == "math" then report_formula(emit, node.literal, true, node.line + 1, 1) end
  end
end

local function collect(page, emit)
  if page:contains("```math", "~~~math") then collect_fences(page, emit) end
  if not page:contains("$") then return end
  find.each(page, function(_, found)
    if found.block then
      report_formula(emit, found.block, true, found.line, 3)
    else
      for _, span in ipairs(found.spans) do
        report_formula(emit, span.source, false, span.line, span.column + span.wide)
      end
    end
  end)
end

-- Texts and formulas of one child, in order; nil when the child stays as it is.
local function pieces_of(child, i, spans)
  local text, at, pieces, touched = child.type == "text" and child.literal or "", 1, {}, false
  for _, span in ipairs(spans) do
    if span.first == i then
      if span.from > at then pieces[#pieces + 1] = text:sub(at, span.from - 1) end
      pieces[#pieces + 1] = { html = inline_html(span.source, span.wide == 2) }
      at, touched = #text + 1, true
    end
    if span.last == i then at, touched = span.to + 1, true end
    if span.first < i and span.last > i then return {} end
  end
  if at <= #text then pieces[#pieces + 1] = text:sub(at) end
  return touched and pieces or nil
end

local function replace_inline(found)
  for i, child in ipairs(found.children) do
    local pieces = pieces_of(child, i, found.spans)
    if pieces and #pieces > 0 then
      child:replace(pieces)
    elseif pieces then
      child:remove()
    end
  end
end

local function transform(page)
  if not page:contains("$") then return end
  find.each(page, function(parent, found)
    if not found.block then return replace_inline(found) end
    local markup = mathml(found.block, true)
    if markup then parent:replace { { html = block_html(markup) } } end
  end)
end

-- What is wrong with it was said when the page was read.
local function fence(block)
  local markup = mathml(block.text, true)
  return markup and block_html(markup)
end

return {
  name = "math",
  api = 1,
  summary = "Formulas in TeX's notation as MathML",
  assets = { "math.css" },
  collect = collect,
  transform = transform,
  blocks = { math = fence },
}
