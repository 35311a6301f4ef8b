-- SPDX-License-Identifier: MIT
-- User journeys: what is wrong is told where it stands; no text becomes markup.
return function(t)
  t.broken("journey", {
    { "journey\n  Make tea", 2, 3, "score of this task is missing" },
    { "journey\nMake tea:", 2, 9, "behind this colon" },
    { "journey\nMake tea # 5: Me", 2, 1, "score of this task is missing" },
  })
  t.attack("journey", {
    "journey\ntitle %s\nTea: 5: Me", "journey\nsection %s\nTea: 5: Me", "journey\n%s: 5: Me",
    "journey\nTea: %s: Me", "journey\nTea: 5: %s", "journey\nTea: 5: %s, %s",
  })
  local html, findings = t.render("journey\nTea: good: Me")
  t.check(html and findings[1].column == 5 and findings[1].message:find("no score", 1, true),
    "a score that is none is told")
  html = t.render("journey\nA: -1e300: Me\nB: 1e300: Me\nC: 0.5: " .. ("Me,"):rep(500))
  t.check(html and not t.xml(html), "scores beyond measure")
  t.check(not t.xml((t.render("journey"))), "an empty journey")
end
