-- SPDX-License-Identifier: MIT
-- Diagrams out of random pieces of a notation: never an error, always well-formed, some drawn.
return function(t, name, head, pieces, count)
  local seed, bad, drawn = 42, nil, 0
  local function random(n)
    seed = (seed * 1103515245 + 12345) % 0x80000000
    return (seed >> 8) % n + 1
  end
  for _ = 1, count do
    local parts = { head }
    for i = 2, 3 + random(25) do parts[i] = pieces[random(#pieces)] end
    local source = table.concat(parts)
    local ok, html = pcall(t.render, source)
    local problem = not ok and html or html and t.xml(html)
    if problem then bad = ("%s in %q"):format(problem, source) end
    if ok and html then drawn = drawn + 1 end
  end
  t.check(not bad, ("%d random diagrams: %s"):format(count, name), bad)
  t.check(drawn > count // 100, "some random diagrams are drawn: " .. name, drawn)
end
