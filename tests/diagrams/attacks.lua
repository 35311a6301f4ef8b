-- SPDX-License-Identifier: MIT
-- attacks.lua QUOIN - hostile texts in every place of every notation: drawn or refused, never an
-- error of the plugin, never anything but well-formed XML of allowed elements and attributes.
-- STRIDE=1 tries every text in every place; more is quicker (default 4).
local here = arg[0]:match("^(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local program = require "program"
local lib = program.lib
local markup = require "markup"
local attacks = require "attack_texts"
local quoin = lib.output("realpath", arg[1]):match("[^\n]+")
local STRIDE = tonumber(os.getenv("STRIDE") or "4")

local function fill(place, text)
  return (place:gsub("%%(.)", function(c) return c == "s" and text or c end))
end

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

-- visit(source, name) for every `stride`-th pair: over all places of a type each text has its turn.
local function pairs_of(places, kind, stride, visit)
  for p, place in ipairs(places) do
    for t, text in ipairs(attacks.texts) do
      if (p + t) % stride == 0 then
        visit(fill(place, text), ("%s, place %d, text %d"):format(kind, p, t))
      end
    end
  end
end

local function all_mermaid(visit, stride)
  for _, kind in ipairs(sorted_keys(attacks.places)) do
    local places = {}
    for i, place in ipairs(attacks.places[kind]) do
      places[i] = attacks.heads[kind] .. "\n" .. place
    end
    pairs_of(places, kind, stride, visit)
  end
  pairs_of(attacks.around, "around", math.min(stride, 2), visit)
end

-- --- blocks on their own -------------------------------------------------------------------------

local function try_blocks(folder)
  local files, names = {}, {}
  local function add(ending)
    return function(source, name)
      files[#files + 1] = ("%s/%05d.%s"):format(folder, #files + 1, ending)
      names[#files] = ("%s\n    %q"):format(name, source:sub(1, 150)):gsub("\\\n", "\\n")
      lib.write(files[#files], source)
    end
  end
  all_mermaid(add "mmd", STRIDE)
  if os.execute("command -v dot >/dev/null 2>&1") then
    pairs_of(attacks.dot, "dot", 4 * STRIDE, add "dot")
  else
    print("skipped: attacks in DOT (the program dot is not there)")
  end
  local drawn = 0
  for _, stage in ipairs { "svg", "text" } do
    for i, answer in ipairs(program.diagram(quoin, stage, files, folder)) do
      local problem = program.problem(answer, stage)
      lib.check(not problem, ("%s: %s (--%s)"):format(names[i], problem or "", stage))
      if stage == "svg" and answer.ok then drawn = drawn + 1 end
    end
  end
  print(("attacks: %d blocks, %d drawn"):format(#files, drawn))
  lib.check(drawn > #files / 3, "few attacks are drawn: the places are wrong")
end

-- --- blocks in pages -----------------------------------------------------------------------------

-- A fence: what stands in it cannot end it, and has no line ends of its own kind.
local function fence(language, source)
  return ("~~~~~~~~%s\n%s\n~~~~~~~~\n\n"):format(language, source:gsub("\r", " "))
end

-- <figure> and lists of files: what the plugin made, each with its tags balanced.
local function parts_of(html)
  local out = {}
  for part in html:gmatch('<figure class="diagram.-</figure>') do out[#out + 1] = part end
  for part in html:gmatch('<div class="file%-tree.-</div>') do out[#out + 1] = part end
  return out
end

local function try_pages(folder)
  local pages, parts = {}, 0
  local function page(kind)
    pages[kind] = pages[kind] or { "# " .. kind .. "\n\n" }
    return pages[kind]
  end
  all_mermaid(function(source, name)
    local list = page(name:match("^%a+"))
    list[#list + 1] = fence("mermaid", source)
  end, 4 * STRIDE)
  for kind, places in pairs(attacks.plain) do
    pairs_of(places, kind, 1, function(source) table.insert(page(kind), fence(kind, source)) end)
  end
  lib.write(folder .. "/quoin.yaml", "title: T\nplugins:\n  diagrams:\n    plain_boxes: true\n")
  for kind, list in pairs(pages) do lib.write(folder .. "/" .. kind .. ".md",
    table.concat(list)) end
  local ok, how, code = os.execute(("timeout 900 '%s' build -q '%s' -o '%s.out' >'%s.log' 2>&1")
    :format(quoin, folder, folder, folder))
  lib.check(ok or how == "exit" and code == 1, "the portal is built: " .. code .. "\n"
    .. lib.read(folder .. ".log"):sub(1, 500))
  for kind in pairs(pages) do
    local seen = {}
    for i, part in ipairs(parts_of(lib.read(folder .. ".out/" .. kind .. ".html") or "")) do
      parts = parts + 1
      local problem, _, ids = markup(part)
      lib.check(not problem, ("page %s, part %d: %s\n    %s"):format(kind, i, problem or "",
        part:sub(1, 200)))
      for id in pairs(ids or {}) do
        lib.check(not seen[id], "an id twice on a page: " .. id)
        seen[id] = true
      end
    end
  end
  print(("attacks in pages: %d figures and lists"):format(parts))
  lib.check(parts > 500 / STRIDE, "few attacks are drawn in pages")
end

try_blocks(lib.folder())
local folder = lib.folder()
os.execute("mkdir '" .. folder .. "/site'")
try_pages(folder .. "/site")
lib.finish()
