-- SPDX-License-Identifier: MIT
-- Open questions: TBD, TODO, ???, [NEEDS CLARIFICATION: ...], <<[UNRESOLVED ...]>>.
local blocks = require "blocks"
local markers = {}

local MAX_TITLE, MAX_TEXT = 120, 400
local MAX_IN_BLOCK = 100 -- questions of one paragraph or cell

local function emit_question(emit, node, marker, title, text, line)
  emit.record("question", { title = title, at = node, line = line,
    fields = { marker = marker, text = text ~= "" and text or nil } })
end

-- What a cell belongs to: the first other cell of its row that says something.
local function row_name(cell)
  for other in cell.parent:children() do
    local text = other ~= cell and blocks.plain(other.text) or ""
    local is_open = text:find("^TB[DA]$") or text:find("^TODO$")
    if text:find("%w") and not is_open then return text end
  end
  return nil
end

-- The sentence around a place.
local function sentence_at(text, first, last)
  local start = 1
  for at in text:sub(1, first):gmatch("[.?!]%s+()%u") do start = at end
  return text:sub(start, (text:find("[.?!]%s", last) or #text))
end

-- What is said behind the marker, else the row's name, the sentence, or the section's title.
local function title_of(flat, word, first, last, rest)
  local block = flat.block
  if #rest > 1 then return blocks.shorten(rest, MAX_TITLE) end
  if flat.type == "table_cell" then
    local name = row_name(block)
    if name then return blocks.shorten(name, MAX_TITLE) end
  end
  local text = blocks.shorten(sentence_at(flat.text, first, last), 400)
  local marker = word:gsub("%p", "%%%0")
  local without = text:gsub(marker .. "[.%])>]*$", ""):gsub("^" .. marker .. "%s", "")
  without = without:gsub("[%s:(%[-]+$", ""):gsub("^[%s:.,-]+", "")
  if without:find("%a") then return blocks.shorten(without, MAX_TITLE) end
  local section = block.section
  return section and section.title or text
end

-- A word of its own: not part of another, of a path or of a name in code.
local function find_word(text, word, at)
  while true do
    local first, last = text:find(word, at, true)
    if not first then return nil end
    local before, after = text:sub(first - 1, first - 1), text:sub(last + 1, last + 1)
    if first == 1 then before = " " end
    if before:find("^[%s%(%[{<>\"'*:/|\1\2-]") and not after:find("^[%w_?-]") then
      return first, last
    end
    at = last + 1
  end
end

-- "decide whether to support it" of "TODO(ann): decide whether to support it. More."; "" when the
-- marker is about what stands before it.
local function rest_of(text, word, first, last)
  local rest = text:sub(last + 1):gsub("^%([%w@._-]+%)", "")
  local is_about_rest = rest:find("^%s*:") or word ~= "TBD" and rest:find("^%s+[%w(\"'\1\2]")
  if not is_about_rest then return "" end
  rest = rest:gsub("^[%s:]+", "")
  if text:sub(1, first - 1):find("%[%s*$") then rest = rest:match("^[^%[%]]*") end
  return rest:match("^(.-[.?!])%s") or rest
end

-- One record a line: a row of five TBD is one question.
local function read_word(page, emit, word, seen)
  local before, flat, count
  local part = word == "???" and "?" or word -- one byte is looked for much faster than three
  for node in page:nodes("text", part) do
    local block = (part == word or node.literal:find(word, 1, true)) and blocks.around(node)
    local line = block and node.line
    if block and block ~= before then before, flat, count = block, nil, 0 end
    if block and count < MAX_IN_BLOCK and seen[line] ~= word
        and find_word(node.literal, word, 1) then
      flat = flat or blocks.flatten(block)
      count = count + 1
      local start = 1
      for _, span in ipairs(flat.spans) do
        if span[2] == node then start = span[1] end
      end
      local first, last = find_word(flat.text, word, start)
      if last then
        seen[line] = word
        local marker = word == "???" and "TBD" or word
        emit_question(emit, node, marker, title_of(flat, word, first, last,
          rest_of(flat.text, word, first, last)), blocks.shorten(flat.text, MAX_TEXT))
      end
    end
  end
end

local function read_clarifications(page, emit)
  local before
  for node in page:nodes("text", "NEEDS CLARIFICATION") do
    local block = blocks.around(node)
    if block and block ~= before then
      before = block
      local flat, count = blocks.flatten(block), 0
      for at, rest in flat.text:gmatch("()%[%s*NEEDS CLARIFICATION%s*:?%s*([^%[%]]*)%]") do
        count = count + 1
        if count > MAX_IN_BLOCK then break end
        local place, line = blocks.place(flat, at)
        local section = block.section
        local title = rest:find("%S") and rest or section and section.title or "Clarification"
        emit_question(emit, place, "clarification", blocks.shorten(title, MAX_TITLE),
          blocks.shorten(flat.text, MAX_TEXT), line)
      end
    end
  end
end

-- --- <<[UNRESOLVED who or what ]>> ... <<[/UNRESOLVED]>> ----------------------------------------

local function plain_line(line)
  line = line:gsub("^[%s>#*-]+", ""):gsub("[*_`]", "")
  return line
end

-- The lines from the marker to its end, at most 40.
local function text_between(page, first)
  local out = {}
  for number = first + 1, math.min(first + 40, page.line_count) do
    local line = page:line(number)
    if line:find("<<[/UNRESOLVED]>>", 1, true) then break end
    if line:find("^%s*```") then break end
    out[#out + 1] = plain_line(line)
  end
  return table.concat(out, " ")
end

local function emit_unresolved(page, emit, node, line, who)
  local text = blocks.shorten(text_between(page, line), MAX_TEXT)
  local title = who:find("%S") and who or text
  local section = node.section
  if not title:find("%S") then title = section and section.title or "Unresolved" end
  emit_question(emit, node, "unresolved", blocks.shorten(title, MAX_TITLE), text, line)
end

local function read_unresolved(page, emit)
  for node in page:nodes("text", "[UNRESOLVED") do
    local line = node.line
    local who = page:line(line):match("<<%[UNRESOLVED%s*([^%]]*)%]>>")
    if who and blocks.around(node) then emit_unresolved(page, emit, node, line, who) end
  end
  for node in page:nodes("code_block", "<<[UNRESOLVED") do
    for number = node.line, node.end_line do
      local who = page:line(number):match("^%s*<<%[UNRESOLVED%s*([^%]]*)%]>>")
      if who then emit_unresolved(page, emit, node, number, who) end
    end
  end
end

-- Nodes with a text that the source lacks are not looked for, so that most pages cost little.
function markers.collect(page, emit, opt)
  local seen = {}
  for _, word in ipairs(opt.words) do
    if type(word) == "string" and word ~= "" then read_word(page, emit, word, seen) end
  end
  read_word(page, emit, "???", seen)
  read_clarifications(page, emit)
  if page:contains("[UNRESOLVED") then read_unresolved(page, emit) end
end

return markers
