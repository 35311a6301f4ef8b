-- SPDX-License-Identifier: MIT
-- Pie charts: what is wrong is told where it stands; no text becomes markup.
return function(t)
  t.broken("pie", {
    { "pie\n  \"A\" : -3", 2, 9, "cannot be negative" },
    { "pie\n\"A\" : many", 2, 7, "no number" },
    { "pie\n\"A\" 5", 2, 4, "colon and a value" },
    { "pie\n\"A : 5", 2, 1, "not closed" },
    { "pie\n\"A\" :", 2, 5, "value of this slice is missing" },
    { "pie\nwords", 2, 1, "no statement" },
  })
  t.attack("pie", {
    "pie title %s\n\"A\" : 5", "pie\n\"%s\" : 5", "pie\n%s : 5", "pie\n\"A\" : %s",
    "pie showData\n\"%s\" : 5\n\"%s2\" : 7", "pie\naccTitle: %s\n\"A\" : 5",
  })
  for _, row in ipairs {
    { "pie\nDogs : 5", 2, 1, "without quotes" }, { "pie\n\"A\" : 25%", 2, 7, "as a value" },
    { "pie\n\"A\" : 1\n\"A\" : 2", 3, 1, "second time" },
    { "pie\nshowData\n\"A\" : 1", 2, 1, "line of its own" },
  } do
    local html, findings = t.render(row[1])
    local f = findings[1]
    t.check(html and f and f.line == row[2] and f.column == row[3]
      and f.message:find(row[4], 1, true), "told: " .. row[1], f and f.message)
  end
  for _, source in ipairs { "pie", "pie\n\"A\" : 0", "pie\n\"A\" : 1", "pie\n\"A\" : 9"
    .. ("9"):rep(30) .. "\n\"B\" : 0.0000001" } do
    t.check(not t.xml((t.render(source))), "well formed: " .. source)
  end
end
