-- SPDX-License-Identifier: MIT
-- What begins with "state" or "note" in a state diagram.
local names = require "state.names"

local declare = {}

local MARKS = { fork = true, join = true, choice = true }

-- "A <<fork>>", "A [[choice]]"
local function marked(p)
  local line = p:peek("^[^\n{]*")
  local name, mark, stop = line:match("^(.*)<<(%a+)>>()")
  if not name then name, mark, stop = line:match("^(.*)%[%[(%a+)%]%]()") end
  local kind = mark and mark:lower()
  if not MARKS[kind] then return nil end
  local at = p.at
  local alias = name:match('^".*"%s+[aA][sS]%s+(.-)%s*$')
  if alias then
    p:lenient(at, "a " .. kind .. " has no text", ("write 'state %s <<%s>>'"):format(alias, kind))
  end
  p.at = at + stop - 1
  return { k = "state", id = names.trim(alias or name), kind = kind, at = at }
end

-- The part behind "as": "S1", "S1: more text", "S1:::class".
local function alias_of(p, descr)
  local at = p.at
  local alias = p:take("^([^\n{]*)()")
  local comment = alias:find("%%", 1, true)
  if comment then
    alias = alias:sub(1, comment - 1)
    p:skip_line()
  end
  local state = { k = "state", at = at, descr = { names.trim(descr) } }
  local id, mark, rest = alias:match("^([^:]*)(:+)([^:]*)")
  state.id = names.trim(id or alias)
  if mark == ":::" then
    state.class, state.descr[2] = names.trim(rest), ""
  elseif mark then
    state.descr[2] = names.trim(rest)
  end
  return state
end

-- '"A long text" as A'
local function described(p)
  local at = p.at
  local descr = p:take('^"([^"]*)"()')
  if not descr then return nil, p:problem(at, "this quote is not closed", 'close it with "') end
  if p:skip("^%s*[aA][sS][ \t]+") then
    local state = alias_of(p, descr)
    if state.id == "" then return nil, p:problem(p.at, "a name is missing behind 'as'") end
    return state
  end
  if not descr:find("%S") then return nil, p:problem(at, "the name of a state is missing") end
  p:lenient(at, "a text without a name", ('write \'state "%s" as a_name\''):format(descr))
  return { k = "state", id = names.trim(descr), at = at }
end

-- Plain words: "A", and what others than Mermaid know: "A as B", 'A as "text"'.
local function in_words(p, at, line)
  local id, descr = line:match('^(%S+)%s+[aA][sS]%s+"([^"]*)"$')
  if not id then descr, id = line:match("^(%S+)%s+[aA][sS]%s+(%S+)$") end
  if id then
    p:lenient(at, "the text must stand in quotes and before 'as'",
      ('write \'state "%s" as %s\''):format(descr, id))
    return { k = "state", id = id, descr = { descr }, at = at }
  end
  local name, rest = line:match("^(%S-)%s*:%s*([^:%s].*)$")
  if not name or name == "" then return { k = "state", id = line:match("(%S+)$"), at = at } end
  return { k = "state", id = name, descr = { rest }, at = at, is_silent = true }
end

local function plain(p)
  local at = p.at
  local line = p:take("^([^\n{]*)()")
  local comment = line:find("%%", 1, true)
  if comment then
    line = line:sub(1, comment - 1)
    p:skip_line()
  end
  line = names.trim(line)
  local mark = line:match("<<[^<>]*>>$")
  if mark then
    p:tell(at, { code = "ignored", message = ("'%s' is no kind of state"):format(mark),
      hint = "there are <<choice>>, <<fork>> and <<join>>" })
    return nil
  end
  if line == "" then
    return nil, p:problem(at, "the name of a state is missing", "write 'state A { … }'")
  end
  local id, class = line:match("^([^%s:]+):::([^%s:]+)$")
  if id then return { k = "state", id = id, class = class, at = at, is_silent = true } end
  local state = in_words(p, at, line)
  if not state.descr then state.is_silent = true end
  return state
end

-- The state that "state …" tells of, or nil and a problem. `is_silent`: without "{ … }" behind it,
-- Mermaid takes no notice of it.
function declare.state(p)
  p:skip("^%a+%s+")
  local state = marked(p)
  if state then return state end
  if p:peek('^"') then return described(p) end
  return plain(p)
end

local function block_end(p)
  local start, stop = p.lower:find("\n[ \t]*end[ \t]*note", p.at)
  if start then return start, stop end
  start, stop = p.lower:find("end note", p.at, true)
  while start and start > p.at and p.lower:find("^[ \t]", start - 1) do start = start - 1 end
  return start, stop
end

-- The text behind ":" or up to "end note": as Mermaid has it and as it is meant. Mermaid takes two
-- letters away from the front, thinking of ": ".
local function note_text(p, note_at)
  local at = p.at
  if p:peek("^[ \t]*:[ \t]*[^%s:;]") then
    local raw = p:take("^([^:]*:[^:\n;]*)()")
    local mark = p:peek("^[:;]")
    if mark == ";" then
      p:tell(p.at, { code = "semicolon", message = "the note ends at ';': what follows is read as "
        .. "names of states", hint = "write #59; for it" })
    elseif mark then
      p:lenient(p.at, "a note of one line ends at ':'", "write #58; for it")
      raw = raw .. p:skip_line()
    end
    return names.trim(raw:sub(3)), names.trim((raw:gsub("^%s*:", "")))
  end
  local start, stop = block_end(p)
  if not start then
    return nil, p:problem(note_at, "this note has no end",
      "write 'note right of A : text', or the text in lines of its own and 'end note' behind them")
  end
  local raw = names.trim(p.text:sub(at, start - 1))
  p.at = stop + 1
  return raw, (raw:gsub("^:%s*", ""))
end

-- 'note "text" as N': stands alone; Mermaid reads it and draws nothing.
local function floating(p, at)
  local words, id = p:take('^"([^"]*)"%s*[aA][sS]%s*([^\n]*)()')
  if not words then
    return nil, p:problem(at, "this note belongs to nothing", "write 'note right of A : text'")
  end
  return { k = "note", id = names.trim(id), text = words, at = at }
end

-- "left", "right", or nil. Notes over, above or below a state are other programs' words.
local function side(p)
  local at = p.at
  local word = p:take("^(%a+)[ \t]+[oO][fF]%f[%s]()") or p:take("^([oO][vV][eE][rR])%f[%s]()")
  word = word and word:lower()
  if not word or word == "left" or word == "right" then return word end
  p:lenient(at, ("a note cannot stand '%s' a state"):format(word), "write 'note right of A'")
  return "right"
end

-- A statement with a note, or nil and a problem.
function declare.note(p)
  local at = p.at
  p:skip("^%a+%s+")
  if p:peek('^"') then return floating(p, at) end
  local note = { at = at, side = side(p) }
  p:skip("^%s+")
  local id = note.side and names.id(p)
  if not id then
    return nil, p:problem(at, "a note reads 'note right of A : text' or 'note left of A : text'")
  end
  note.label, note.show = note_text(p, at)
  if not note.label then return nil, note.show end
  return { k = "state", id = id, note = note, at = at }
end

return declare
