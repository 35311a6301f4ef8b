-- api.lua - the plugin API as Markdown, from its one description:
--
--   lua5.4 api.lua core/lua/meta/quoin.lua
--
-- Reads the annotations of the Lua language server that the file uses: classes with fields, their
-- functions with parameters, aliases. Prints one section for each class in the file's order.

local CLOSING = { ["("] = ")", ["{"] = "}", ["<"] = ">", ["["] = "]" }

-- "fun(a: b): string? The rest." -> the type, "The rest.". A type goes on behind a comma or colon.
local function split_type(text)
  local open, at = {}, 1
  while at <= #text do
    local c = text:sub(at, at)
    if c == '"' then
      at = text:find('"', at + 1, true) or #text
    elseif CLOSING[c] then
      open[#open + 1] = CLOSING[c]
    elseif c == open[#open] then
      open[#open] = nil
    elseif c == " " and #open == 0 and not text:sub(1, at - 1):find("[,:]$") then
      return text:sub(1, at - 1), text:sub(at + 1)
    end
    at = at + 1
  end
  return text, ""
end

-- Outside of code: what could be markup is escaped, and what looks like an id becomes code, since
-- it is an example and no mention.
local function prose(text)
  local out = {}
  for plain, code in (text .. "``"):gmatch("([^`]*)(`[^`]*`)") do
    plain = plain:gsub("[<*]", "\\%0"):gsub("%f[%w]%u[%u%d]+%-%d[%d-]*", "`%0`")
    out[#out + 1] = plain
    out[#out + 1] = code ~= "``" and code or ""
  end
  return table.concat(out)
end

local function cell(text) return (text:gsub("|", "\\|")) end

-- Reading -----------------------------------------------------------------------------------

local sections, by_name, aliases = {}, {}, {}

local function add_section(name, doc)
  local section = { name = name, doc = doc, fields = {}, functions = {} }
  sections[#sections + 1] = section
  by_name[name] = section
  return section
end

local function read_field(section, text)
  local name, rest = text:match("^([%w_]+%??) (.*)$")
  local kind, help = split_type(rest)
  section.fields[#section.fields + 1] = { name = name, kind = kind, help = help }
end

local doc, params, returns, current = {}, {}, nil, nil
local function take_doc()
  local text = table.concat(doc, " ")
  doc = {}
  return text
end

local function read_annotation(tag, text)
  if tag == "class" then
    current = add_section(text, take_doc())
  elseif tag == "field" then
    read_field(current, text)
  elseif tag == "param" then
    local name, rest = text:match("^([%w_.]+%??) (.*)$")
    local kind, help = split_type(rest)
    params[#params + 1] = { name = name, kind = kind, help = help }
  elseif tag == "return" then
    local kind, help = split_type(text)
    returns = { kind = kind, help = help }
  elseif tag == "alias" then
    local name, kind = text:match("^(%S+) (.*)$")
    aliases[#aliases + 1] = { name = name, kind = kind }
  elseif tag ~= "meta" and tag ~= "generic" then
    error("an annotation that is not known: @" .. tag)
  end
end

local function read_function(class, separator, name, arguments)
  local section = assert(by_name[class], "a function of the unknown class " .. class)
  section.functions[#section.functions + 1] = {
    call = class:sub(1, 1):lower() .. class:sub(2) .. separator .. name .. "(" .. arguments .. ")",
    doc = take_doc(), params = params, returns = returns,
  }
  params, returns = {}, nil
end

for line in io.lines(arg[1]) do
  local tag, text = line:match("^%-%-%-@(%w+) ?(.*)$")
  local class, separator, name, arguments = line:match("^function (%w+)([.:])([%w_]+)%((.*)%) end$")
  local comment = line:match("^%-%-%-(.*)$")
  local variable, value = line:match("^quoin%.(%w+) = (.*)$")
  if tag then
    read_annotation(tag, text)
  elseif class then
    read_function(class, separator, name, arguments)
  elseif comment then
    doc[#doc + 1] = comment
  elseif variable then
    local kind = value:find('^"') and "string" or "number"
    current.fields[#current.fields + 1] = { name = variable, kind = kind, help = take_doc() }
  elseif line == "quoin = {}" then
    current = add_section("quoin", take_doc())
  end
end

-- Writing -----------------------------------------------------------------------------------

local out = {}
local function add(...) out[#out + 1] = table.concat { ... } end

local function name_of(entry)
  local name, mark = entry.name:match("^(.-)(%??)$")
  return "`" .. name .. "`" .. (mark == "?" and " (optional)" or "")
end

local function add_fields(fields)
  if #fields == 0 then return end
  add("| Field | Type | Meaning |\n|---|---|---|")
  for _, field in ipairs(fields) do
    add("| ", name_of(field), " | `", cell(field.kind), "` | ", cell(prose(field.help)), " |")
  end
  add("")
end

local function add_function(entry)
  add("### `", entry.call, "`\n")
  if entry.doc ~= "" then add(prose(entry.doc), "\n") end
  for _, param in ipairs(entry.params) do
    add("- ", name_of(param), ": `", param.kind, "`", param.help ~= "" and " – " or "", prose(param.help))
  end
  if entry.returns then
    local help = entry.returns.help
    add("- returns `", entry.returns.kind, "`", help ~= "" and " – " or "", prose(help))
  end
  if #entry.params > 0 or entry.returns then add("") end
end

for _, section in ipairs(sections) do
  add("## ", section.name, "\n")
  if section.doc ~= "" then add(prose(section.doc), "\n") end
  add_fields(section.fields)
  for _, entry in ipairs(section.functions) do add_function(entry) end
end
if #aliases > 0 then
  add("## Types of fields\n")
  for _, alias in ipairs(aliases) do
    add("`", alias.name, "` is one of `", (alias.kind:gsub("|", "`, `")), "`.\n")
  end
end
local text = table.concat(out, "\n"):gsub("\n+$", "")
print(text)
