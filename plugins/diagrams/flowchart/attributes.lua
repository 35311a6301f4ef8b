-- SPDX-License-Identifier: MIT
-- What stands in "@{ … }" behind a node or an edge: "shape: cyl, label: \"Store\"" on one line, or
-- a "key: value" a line. Only plain keys and values are read.
local attributes = {}

local ESCAPES = { n = "\n", t = " ", ["\\"] = "\\", ['"'] = '"', ["/"] = "/" }

-- The place of the "}" that ends what begins behind "@{" at `at`; quoted texts may hold one.
function attributes.find_end(s, at)
  while true do
    local found = s:find('["}]', at)
    if not found then return nil end
    if s:byte(found) == 125 then return found end
    local closing = found
    repeat
      closing = s:find('"', closing + 1, true)
    until not closing or s:byte(closing - 1) ~= 92
    if not closing then return nil end
    at = closing + 1
  end
end

local function quoted(raw)
  raw = raw:gsub("\\u(%x%x%x%x)", function(hex)
    local code = tonumber(hex, 16)
    return (code < 0xD800 or code > 0xDFFF) and code > 31 and utf8.char(code) or nil
  end)
  return (raw:gsub("\\(.)", function(c) return ESCAPES[c] end))
end

-- "|" or ">" and indented lines: a text over lines.
local function folded_at(s, at)
  local mark, lines, behind = s:match("^([|>])[+-]?[ \t]*(\n[ \t]+[^\n]*)()", at)
  if not mark then return nil end
  local indent = #lines:match("^\n([ \t]+)")
  while true do
    local line, stop = s:match("^(\n[ \t]+[^\n]*)()", behind)
    if not line or #line:match("^\n([ \t]+)") < indent then break end
    lines, behind = lines .. line, stop
  end
  return lines:gsub("\n%s+", mark == "|" and "\n" or " "):sub(2), behind
end

local function value_at(s, at, is_block)
  local folded, folded_end = folded_at(s, at)
  if folded then return folded, folded_end end
  local quote = s:match("^[\"']", at)
  if quote == '"' then
    local stop = at
    repeat
      stop = s:find('"', stop + 1, true)
    until not stop or s:byte(stop - 1) ~= 92
    if stop then return quoted(s:sub(at + 1, stop - 1)), stop + 1 end
  elseif quote then
    local stop = s:find("'", at + 1, true)
    if stop then return s:sub(at + 1, stop - 1), stop + 1 end
  end
  local raw, stop = s:match(is_block and "^([^\n]*)()" or "^([^,\n]*)()", at)
  raw = raw:gsub("%s+#.*$", ""):match("^%s*(.-)%s*$")
  if is_block then raw = raw:gsub(",$", "") end
  return raw, stop
end

-- Pairs of texts, and the place of what is no pair (nil when all is well).
function attributes.read(s)
  local out, at = {}, 1
  local is_block = s:gsub('"[^"]*"', ""):find("\n") ~= nil
  while true do
    at = s:match("^[%s,]*()", at)
    if at > #s then return out end
    local key, value_from = s:match("^[\"']?([%w_-]+)[\"']?%s*:[ \t]*()", at)
    if not key then return out, at end
    out[key], at = value_at(s, value_from, is_block)
  end
end

return attributes
