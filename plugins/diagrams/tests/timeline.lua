-- SPDX-License-Identifier: MIT
-- Timelines: what is wrong is told where it stands; no text becomes markup.
return function(t)
  t.broken("timeline", {
    { "timeline\n  : event", 2, 3, "no period" },
    { "timeline\nsection A : event", 2, 11, "no period" },
  })
  t.attack("timeline", {
    "timeline\ntitle %s\n2004 : x", "timeline\nsection %s\n2004 : x", "timeline\n%s : x",
    "timeline\n2004 : %s : %s", "timeline TD\nsection %s\n%s : %s", "timeline\n%s",
    "timeline %s\n2004 : x",
  })
  for _, row in ipairs {
    { "timeline\n2004 :x", 2, 6, "colon without a blank" },
    { "timeline\n10:30 : x", 2, 3, "colon in a period" },
    { "timeline\n2004 : a\n:b", 3, 1, "colon without a blank" },
    { "timeline\nC# : x", 2, 2, "comment" },
    { "timeline TB\n2004 : x", 1, 10, "direction 'TB'" },
  } do
    local html, findings = t.render(row[1])
    local f = findings[1]
    t.check(html and f and f.line == row[2] and f.column == row[3]
      and f.message:find(row[4], 1, true), "told: " .. row[1], f and f.column .. " " .. f.message)
  end
  local html = t.render("timeline\n2004 : see https://x.example :b : c")
  t.check(html and html:find("see https://x.example :b</text>", 1, true), "only ': ' parts events")
  local many = { "timeline" }
  for i = 1, 300 do many[#many + 1] = ("section S%d\n%d : a : b"):format(i, i) end
  html = t.render(table.concat(many, "\n"))
  t.check(html and not t.xml(html), "300 sections")
  t.check(not t.xml((t.render("timeline"))), "an empty timeline")
end
