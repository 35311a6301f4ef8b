-- crawl_test.lua - the crawler finds what it claims to find: `lua5.4 tests/tools/crawl_test.lua`.

local PAGES = {
  ["a.html"] = [[<!doctype html><html><body>
<p id="x">1</p><p id="x">2</p>
<a href="gone.html">1</a><a href="b.html#none">2</a><a href="#none">3</a><a href="/b.html">4</a>
<a href="../../b.html">5</a><a href=" javascript:alert(1)">6</a><a href="sub">7</a>
<p style="color: red" onclick="x()">text</p>
<style>p { color: red }</style><script>1</script>
<script src="https://example.org/x.js"></script><link rel="stylesheet" href="//example.org/x.css">
<p aria-labelledby="nobody">text</p><svg><path marker-end="url(#arrow)"/></svg>
<div><span></div></span>
<img src="none.png" srcset="none2.png 2x" alt="">
<p class="a" class="b">twice</p><div/>
</body></html>]],
  ["b.html"] = [[<html><body><nav>]] .. ("<a href=\"a.html\">a</a>"):rep(2000) .. [[</nav>
<a href="a.html#x">fine</a> <a href="sub/c.html?q=1#d">fine</a> <a href="https://example.org/">fine</a>
<!-- <a href="in-a-comment.html"> --><svg><g><path/></g></svg><br><a name="old" href="#old">fine</a>
<a href="sub/c.html#%C3%BC">fine</a><title><b></title></body></html>]],
  ["404.html"] = [[<html><body><a href="/repo/b.html">fine</a><a href="/repo/gone.html">1</a></body></html>]],
  ["sub/c.html"] = "<html><body><p id=\"d\">x</p><p id=\"\u{FC}\">y</p><a href=\"../b.html\">fine</a></body></html>",
}
local WANTED = {
  "404.html: `/repo/gone.html` leads to nothing",
  "a.html: the id `x` is there twice",
  "a.html: `gone.html` leads to nothing",
  "a.html: b.html has no anchor for `b.html#none`",
  "a.html: a.html has no anchor for `#none`",
  "a.html: `/b.html` starts at the server's root",
  "a.html: `../../b.html` leads out of the portal",
  "a.html: a link runs a script:  javascript:alert(1)",
  "a.html: `sub` leads to nothing",
  "a.html: <p> has an inline style",
  "a.html: <p> has the handler onclick",
  "a.html: there is a <style>",
  "a.html: there is a script without src",
  "a.html: <script> loads https://example.org/x.js",
  "a.html: <link> loads //example.org/x.css",
  "a.html: an attribute refers to the id `nobody`",
  "a.html: an attribute refers to the id `arrow`",
  "a.html: </div> where <span> is open",
  "a.html: </span> where <body> is open",
  "a.html: `none.png` leads to nothing",
  "a.html: `none2.png` leads to nothing",
  "a.html: <p> has class twice",
  "a.html: <div/> does not close itself",
  "a.html: </body> where <div> is open",
  "b.html: the navigation takes 44005 bytes",
}

local folder = os.tmpname()
os.remove(folder)
os.execute("mkdir -p " .. folder .. "/sub")
for path, text in pairs(PAGES) do
  local file = assert(io.open(folder .. "/" .. path, "wb"))
  file:write(text)
  file:close()
end
local crawler = arg[0]:gsub("tools/crawl_test%.lua$", "crawl.lua")
local pipe = assert(io.popen("lua5.4 " .. crawler .. " " .. folder))
local found, last = {}, ""
for line in pipe:lines() do
  found[line] = true
  last = line
end
pipe:close()
os.execute("rm -r " .. folder)

local passed, failed = 0, 0
local function expect(is_good, what)
  passed, failed = passed + (is_good and 1 or 0), failed + (is_good and 0 or 1)
  if not is_good then print("FAIL: " .. what) end
end
for _, line in ipairs(WANTED) do
  expect(found[line], "not found: " .. line)
  found[line] = nil
end
expect(last:find("^4 pages, %d+ links, " .. #WANTED .. " problems$"), "closing line: " .. last)
found[last] = nil
for line in pairs(found) do expect(false, "too much: " .. line) end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
