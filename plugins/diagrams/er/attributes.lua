-- SPDX-License-Identifier: MIT
-- The attributes of an entity, between { and }: "string name PK, FK "comment"".
local attributes = {}

local KEYS = { pk = "PK", fk = "FK", uk = "UK" }

local function key(c)
  local word = c.text:match("^%a%a%f[^%w_]", c.at)
  return word and KEYS[word:lower()]
end

-- A type or a name. With "~" in it, it goes up to the last "~" of the line and what clings to that.
local function word(c)
  local with_tilde = c.text:match("^%S*~[^\n]*~%S*", c.at)
  if with_tilde and with_tilde:find("^[^%s~]*~") then
    c.at = c.at + #with_tilde
    return with_tilde
  end
  return c:take("[%a_*\128-\255][%w_*%[%]()\128-\255-]*")
end

-- The end of a word up to a blank outside of brackets: "enum('a', 'b')" is one.
local function free_end(text, at)
  local may_close = true
  while true do
    local stop = text:find('[%s}"(]', at)
    if not stop or text:sub(stop, stop) ~= "(" then return stop or #text + 1 end
    local close = may_close and text:find("[)\n]", stop)
    may_close = close and text:sub(close, close) == ")"
    at = may_close and close + 1 or stop + 1
  end
end

-- What GitHub does not read as a type or a name: "decimal(10,2)", "public.users", "text?".
local function free_word(c, at)
  local stop = free_end(c.text, at)
  if stop == at then return nil end
  c.at = stop
  c:lenient("a type or name of an attribute with ',', '.' or other marks in it",
    "use letters, digits, '_', '-', '[]' and '()'", at)
  return (c.text:sub(at, stop - 1):gsub(",$", ""))
end

local function one_word(c)
  if key(c) and c:sees("%a%a%s+[%a_*]") then
    c:lenient("a type or name that is the word of a key", "rename it")
    return c:take("%a%a")
  end
  if key(c) then return nil end
  local at = c.at
  local plain = word(c)
  if plain and (c:is_done() or c:sees("[%s}\"]")) then return plain end
  return free_word(c, at)
end

local function keys(c)
  local list = {}
  while true do
    local found = key(c)
    if not found then break end
    list[#list + 1] = c:take("%a%a"):upper()
    local at = c.at
    c:take("%s*")
    if not c:take(",%s*") then
      if not key(c) or c.text:sub(at, c.at):find("\n") then break end
      c:lenient("keys without ',' between them", "write 'PK, FK'")
    end
  end
  return #list > 0 and list or nil
end

local function one(c)
  local at = c.at
  local attribute = { type = one_word(c) }
  c:take("%s*")
  attribute.name = attribute.type and one_word(c)
  if not attribute.name then
    return c:fail("an attribute reads 'type name', then keys and a comment",
      "give it a type and a name", at)
  end
  c:take("%s*")
  attribute.keys = keys(c)
  c:take("%s*")
  local comment_at = c.at
  if c:sees('"') then
    attribute.comment = c:take('"([^"]*)"')
    if not attribute.comment then
      return c:fail("this comment is not closed", "close it with '\"'", comment_at)
    end
  end
  return attribute
end

-- Reads up to the "}"; the cursor stands behind the "{" that is at `start`.
function attributes.read(c, model, entity, start)
  while not c.problem do
    c:take("%s*")
    if c:take("}") then return end
    if c:is_done() then
      return c:fail(("the attributes of '%s' are not closed"):format(entity.show),
        "add a line with '}'", start)
    end
    local attribute = one(c)
    if attribute then model.add_attribute(entity, attribute) end
  end
end

return attributes
