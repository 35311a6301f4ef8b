-- SPDX-License-Identifier: MIT
-- The frame of every diagram: <figure>, <svg> with a name and a description, links, text version.
local svg = require "svg"

local figure = {}

-- The least width on a narrow screen is 60 % of the natural one, in steps that the style sheet
-- knows: below that the figure scrolls, never the page.
local function size_class(width)
  return ("dg-min-%d"):format(math.max(1, math.min(20, math.floor(width * 0.6 / 100 + 0.5))))
end

local function links(out, list)
  if #list == 0 then return end
  out:open("ul", { "class", "dg-links" })
  for _, link in ipairs(list) do
    out:open("li"):text(link.of .. ": ")
    out:leaf(link.href and "a" or "span", { "href", link.href or false }, link.label):close()
  end
  out:close()
end

-- Writes the <svg> into `out`; `about` {id, title, description}.
function figure.svg(out, picture, about)
  local name, description = about.id .. "-t", about.id .. "-d"
  out:open("svg", { "xmlns", "http://www.w3.org/2000/svg", "class", size_class(picture.width),
    "role", picture.has_links and "group" or "img", "aria-labelledby", name .. " " .. description,
    "width", picture.width, "height", picture.height, "viewBox", ("%s %s %s %s"):format(
      svg.number(picture.x), svg.number(picture.y), svg.number(picture.width),
      svg.number(picture.height)), "font-size", "14", "text-anchor", "middle" })
  out:leaf("title", { "id", name }, about.title)
  out:leaf("desc", { "id", description }, about.description)
  out:add(picture.body):close()
end

-- `picture` is what a drawer returns; `about` {kind, id, title, description, links, words, file}.
-- `about.words` is a function that writes the text version, or nil; `about.file` the address of the
-- picture alone, or nil.
function figure.__call(_, picture, about)
  local out = svg.new()
  out:open("figure", { "class", "diagram dg-" .. about.kind, "id", about.id })
  out:open("div", { "class", "dg-scroll", "tabindex", "0", "role", "group", "aria-label",
    about.title })
  figure.svg(out, picture, about)
  out:close()
  links(out, about.links or {})
  if about.file then
    out:open("p", { "class", "dg-open" }):leaf("a", { "href", about.file, "aria-label",
      "Open diagram: " .. about.title }, "Open diagram"):close()
  end
  if about.words then
    out:open("details", { "class", "dg-words" }):leaf("summary", {}, "Text version")
    about.words(out)
    out:close()
  end
  return out:close():result()
end

return setmetatable(figure, figure)
