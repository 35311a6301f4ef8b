-- SPDX-License-Identifier: MIT
-- Which languages there are: other names for them, and their rules.
local languages = {}

-- Other names -> the file in languages/.
local ALIASES = {}
local GROUPS = {
  bash = "sh shell zsh ksh dash bats fish envrc",
  c = "h",
  cmake = "cmakelists",
  console = "shell-session shellsession sh-session bash-session terminal pycon-shell sessions",
  cpp = "c++ cc cxx hpp hh hxx h++ cuda cu arduino ino",
  csharp = "cs c#",
  css = "scss less sass",
  diff = "patch udiff",
  dockerfile = "docker containerfile",
  go = "golang",
  graphql = "gql",
  hcl = "terraform tf tfvars opentofu",
  html = "htm xhtml vue svelte astro",
  http = "https rest",
  ini = "properties cfg conf config dosini editorconfig gitconfig systemd desktop env dotenv",
  java = "groovy gradle",
  javascript = "js mjs cjs jsx node es6",
  json = "jsonc json5 jsonl ndjson jsonld json-ld geojson webmanifest",
  kotlin = "kt kts",
  lua = "luau",
  make = "makefile mk mf gnumake",
  markdown = "md mkd mkdown commonmark gfm mdx",
  php = "php3 phtml",
  powershell = "ps1 pwsh ps psm1 psd1",
  proto = "protobuf proto3 proto2",
  python = "py py3 python3 pyi pyw starlark bzl bazel gyp sage",
  ruby = "rb rake gemfile podfile rakefile jruby",
  rust = "rs",
  sql = "mysql postgresql postgres psql plpgsql pgsql sqlite tsql mssql plsql mariadb",
  swift = "swift5",
  text = "txt plain plaintext none nohighlight",
  toml = "cargo-lock",
  typescript = "ts mts cts",
  xml = "svg xsd xsl xslt rss atom plist wsdl xaml csproj pom mathml",
  yaml = "yml eyaml",
}
for name, aliases in pairs(GROUPS) do
  ALIASES[name] = name
  for alias in aliases:gmatch "%S+" do ALIASES[alias] = name end
end

local known = {} -- word -> the name of its language, false for none

-- The language that a word means; nil for none.
function languages.find(word)
  local name = known[word]
  if name == nil then
    name = ALIASES[word] or word
    local base = name:match "^diff%-(.+)$"
    local is_good = name:find "^[a-z0-9_-]+$" and #name <= 40
    if base then
      name = languages.find(base) and "diff-" .. languages.find(base) or "diff"
    elseif not ALIASES[word] and not (is_good and languages.load(name)) then
      name = false
    end
    known[word] = name
  end
  return name or nil
end

-- The rules of a language, by any of its names; nil when there is none.
function languages.load(word)
  word = word:lower()
  local base = word:match "^diff%-(.+)$"
  if base then return require "diffs" (languages.find(base)) end
  local name = ALIASES[word] or word
  if not name:find "^[a-z0-9_-]+$" then return nil end
  local is_there, rules = pcall(require, "languages." .. name)
  if is_there then return rules end
  if tostring(rules):find("there is no module", 1, true) then return nil end
  error(rules, 0)
end

local function is_swapped(a, b)
  if #a ~= #b then return false end
  for i = 1, #a - 1 do
    if a:sub(i, i) ~= b:sub(i, i) then
      return a:sub(i, i + 1) == b:sub(i, i + 1):reverse() and a:sub(i + 2) == b:sub(i + 2)
    end
  end
  return false
end

-- One letter more in `long`.
local function has_one_more(long, short)
  if #long ~= #short + 1 then return false end
  for i = 1, #long do
    if long:sub(1, i - 1) .. long:sub(i + 1) == short then return true end
  end
  return false
end

-- What was probably meant: only words of some length, only one slip.
function languages.near(word)
  local best
  for name in next, ALIASES do -- in no order: the first of the alphabet is taken
    local more = #word - #name
    if #name > 3 and more == 0 and is_swapped(word, name)
      or #name > 5 and (more == 1 and has_one_more(word, name)
        or more == -1 and has_one_more(name, word)) then
      best = (not best or name < best) and name or best
    end
  end
  return best
end

return languages
