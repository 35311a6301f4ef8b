-- SPDX-License-Identifier: MIT
-- The list "Referenced by" at the foot of a page: pages that link to it, with the sentences.
local SHOWN_PAGES = 20
local HIDDEN_PAGES = 30 -- more of them, folded away; others are only counted
local SHOWN_SENTENCES = 3

-- Links from other written pages, grouped by page in the order of the site.
local function group(page)
  local groups, by_path = {}, {}
  for _, link in ipairs(page.backlinks) do
    local from = link.from
    if from ~= page and not from.is_generated then
      local entry = by_path[from.path]
      if not entry then
        entry = { page = from, links = {} }
        by_path[from.path] = entry
        groups[#groups + 1] = entry
      end
      entry.links[#entry.links + 1] = link
    end
  end
  return groups
end

-- "See [[Design|the design]]." reads "See the design."
local function without_brackets(sentence)
  return (sentence:gsub("%[%[[^%[%]|]*|([^%[%]]+)%]%]", "%1"):gsub("%[%[#?([^%[%]]+)%]%]", "%1"))
end

-- Each sentence once, under the section that it stands in.
local function add_sentences(out, page, links)
  local seen, count = {}, 0
  for _, link in ipairs(links) do
    local sentence = without_brackets(link.sentence ~= "" and link.sentence or link.text)
    local place = link.form == "label" and " shown in a diagram" or ""
    if count < SHOWN_SENTENCES and sentence ~= "" and not seen[sentence] then
      seen[sentence] = true
      count = count + 1
      local section = link.section
      out:add('<li><a href="'):escape(page:href(section or link.from)):add('">')
      out:escape(section and section.title or link.from.title):add("</a> <q>")
      out:escape(sentence):add("</q>", place, "</li>")
    end
  end
end

local function add_groups(out, page, groups, first, last)
  out:add("<ul>")
  for i = first, last do
    local entry = groups[i]
    out:add('<li><a href="'):escape(page:href(entry.page)):add('">')
    out:escape(entry.page.title):add("</a><ul>")
    add_sentences(out, page, entry.links)
    out:add("</ul></li>")
  end
  out:add("</ul>")
end

return function(page)
  local groups = group(page)
  if #groups == 0 then return nil end
  local out = quoin.buffer()
  out:add('<section class="backlinks" aria-label="Referenced by"><h2>Referenced by</h2>')
  add_groups(out, page, groups, 1, math.min(#groups, SHOWN_PAGES))
  local last = math.min(#groups, SHOWN_PAGES + HIDDEN_PAGES)
  if last > SHOWN_PAGES then
    local rest = last - SHOWN_PAGES
    out:add("<details><summary>", rest, rest == 1 and " more page" or " more pages", "</summary>")
    add_groups(out, page, groups, SHOWN_PAGES + 1, last)
    out:add("</details>")
  end
  if #groups > last then
    local rest = #groups - last
    out:add("<p>", rest, rest == 1 and " further page refers" or " further pages refer",
      " to this one.</p>")
  end
  return out:add("</section>\n"):text()
end
