-- compare.lua WITH WITHOUT NAME - two builds of one site, with and without colours: every block of
-- code must have the same text, and some of them colours.
local with, without, name = arg[1], arg[2], arg[3]

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

local function blocks(path)
  local list = {}
  for text in read(path):gmatch '<pre tabindex="0"[^>]*>(.-)</pre>' do list[#list + 1] = text end
  return list
end

local count, coloured, wrong = 0, 0, 0
local function complain(...)
  wrong = wrong + 1
  if wrong <= 10 then print(...) end
end

for path in io.popen(("cd %q && find . -name '*.html' | sort"):format(with)):lines() do
  local own, other = blocks(with .. "/" .. path), blocks(without .. "/" .. path)
  if #own ~= #other then complain(path, "has another number of blocks") end
  for i = 1, math.min(#own, #other) do
    count = count + 1
    coloured = coloured + (own[i]:find('<span class="hl-', 1, true) and 1 or 0)
    if own[i]:gsub("<[^>]*>", "") ~= other[i]:gsub("<[^>]*>", "") then
      complain(path, "block " .. i .. " has another text")
    end
  end
end
if coloured < count / 4 then complain(name, "few blocks have colours: " .. coloured) end
print(("%s: %d blocks, %d with colours, %d wrong"):format(name, count, coloured, wrong))
os.exit(wrong == 0 and count > 0)
