// serve.mjs QUOIN BROWSER - what `quoin serve` promises: edits appear where the reader is, findings
// lie over the page, what is broken does not take the portal away, and nobody else gets in.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [quoin, browserPath] = process.argv.slice(2);
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WAIT = 20000; // for what must happen; nothing is measured here
const work = await mkdtemp(join(tmpdir(), "quoin-serve-"));

let passed = 0, failed = 0;
function expect(isGood, what, details = "") {
  if (isGood) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAIL ${what}`);
  if (details) console.log(`    ${String(details).slice(0, 2000)}`);
}

// The server -------------------------------------------------------------------------------------

function start(folder, ...options) {
  const child = spawn(quoin, ["serve", folder, ...options], { stdio: ["ignore", "ignore", "pipe"] });
  const server = { child, log: "", ended: null };
  server.exit = new Promise((resolve) => child.on("exit", (code, signal) => {
    server.ended = { code, signal };
    resolve(server.ended);
  }));
  child.stderr.on("data", (text) => { server.log += text; });
  return server;
}

async function until(check, what) {
  const end = Date.now() + WAIT;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`nothing came of: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function ready(server) {
  await until(() => server.ended || /Serving /.test(server.log), `serving\n${server.log}`);
  if (server.ended) throw new Error(`it ended: ${server.log}`);
  server.url = /Serving (http:\S+)/.exec(server.log)[1];
  server.port = Number(new URL(server.url).port);
  return server;
}

const builds = (server) => (server.log.match(/^\d+ pages? in /gm) || []).length;

// Nothing has been built for a while.
async function settled(server) {
  for (let last = -1; last !== builds(server);) {
    last = builds(server);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function stop(server, signal = "SIGINT") {
  server.child.kill(signal);
  return server.exit;
}

async function listTree(folder) {
  const names = (await readdir(folder, { recursive: true })).sort();
  const lines = [];
  for (const name of names) {
    const info = await stat(join(folder, name));
    lines.push(`${name} ${info.isDirectory() ? "" : `${info.size} ${info.mtimeMs}`}`);
  }
  return lines.join("\n");
}

// The site ---------------------------------------------------------------------------------------

const paragraphs = (count) => Array.from({ length: count },
  (_, i) => `Paragraph ${i} of a page that is long enough to be scrolled.\n`).join("\n");
const LONG = (word) => `# Long\n\n${paragraphs(60)}\nHere is the ${word} word.\n\n${paragraphs(60)}`;
const PLUGIN = 'return { name = "marks", api = 1, slots = { ["page-foot"] = function() return "<p id=\\"mark\\">mark</p>" end } }\n';

async function makeSite(name) {
  const site = join(work, name);
  await mkdir(join(site, "team"), { recursive: true });
  await writeFile(join(site, "quoin.yaml"), "title: Preview\n");
  await writeFile(join(site, "index.md"), "# Home\n\n[Long](team/long.md)\n");
  await writeFile(join(site, "team/index.md"), "# Team\n");
  await writeFile(join(site, "team/long.md"), LONG("first"));
  await writeFile(join(site, "team/other.md"), "# Other\n\nText.\n\n- [ ] open\n");
  return site;
}

async function open(context, url) {
  const page = await context.newPage();
  page.problems = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(message.text());
  });
  page.on("pageerror", (error) => page.problems.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => document.readyState === "complete");
  await page.evaluate(() => { window.marker = 1; });
  return page;
}

const has = (page, text) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), text,
  { timeout: WAIT, polling: 20 });
const overlay = (page, selector) => page.locator(`#q-live ${selector}`);
const overlayHas = (page, text) => page.waitForFunction((wanted) => {
  const host = document.getElementById("q-live");
  const panel = host && host.shadowRoot.querySelector(".panel");
  return panel && !host.hidden && !panel.hidden && host.shadowRoot.textContent.includes(wanted);
}, text, { timeout: WAIT, polling: 20 });
const overlayGone = (page) => page.waitForFunction(() => {
  const host = document.getElementById("q-live");
  return !host || host.hidden;
}, null, { timeout: WAIT, polling: 20 });

// Editing ----------------------------------------------------------------------------------------

async function testEditing(context, site, server) {
  const page = await open(context, `${server.url}team/long.html`);
  // The page is loaded once more by its script, to compare with: until then an edit reloads.
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((entry) =>
    entry.initiatorType === "fetch" && entry.name === location.href && entry.responseEnd > 0));
  await page.evaluate(() => scrollTo(0, 1500));
  const place = await page.evaluate(() => scrollY);
  await writeFile(join(site, "team/long.md"), LONG("second"));
  await has(page, "the second word");
  expect(await page.evaluate(() => window.marker === 1), "edited words are put into the page, without a reload");
  expect(await page.evaluate(() => scrollY) === place, "the place on the page is kept");

  await writeFile(join(site, "team/long.md"), LONG("third").replace("Here is", "New one.\n\nHere is"));
  await has(page, "New one.");
  expect(await page.evaluate(() => window.marker === 1), "a new paragraph is put into the page");

  await writeFile(join(site, "team/long.md"), `${LONG("fourth")}\n## A heading\n\n    code();\n`);
  await has(page, "the fourth word");
  expect(await page.evaluate(() => window.marker === undefined), "what scripts work on comes with a reload");
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 3, place, { timeout: WAIT });
  expect(true, "a reload keeps the place, too");

  const draft = join(site, "team/.long.md.new");
  await writeFile(draft, LONG("fifth"));
  await rename(draft, join(site, "team/long.md"));
  await has(page, "the fifth word");
  expect(true, "a file that an editor moves into place is seen");
  expect(page.problems.length === 0, "no errors in the console", page.problems.join("\n"));
  await page.close();
}

async function testFolders(context, site, server) {
  const page = await open(context, `${server.url}team/deep/down/new.html`);
  expect((await page.evaluate(() => document.body.innerText)).includes("not found"), "page 404 of the theme");
  await mkdir(join(site, "team/deep/down"), { recursive: true });
  await writeFile(join(site, "team/deep/down/new.md"), "# Brand new\n");
  await has(page, "Brand new");
  expect(true, "a page in new folders appears where it was missed");
  await writeFile(join(site, "team/deep/down/new.md"), "# Brand new\n\nand edited\n");
  await has(page, "and edited");
  expect(true, "new folders are watched");
  await rm(join(site, "team/deep"), { recursive: true });
  await has(page, "not found");
  expect(true, "a page that is gone is not found any more");
  await page.close();

  await settled(server);
  const before = builds(server);
  for (const name of [".long.md.swp", "long.md~", "4913", "#long.md#", "x.tmp"]) {
    await writeFile(join(site, "team", name), "x");
    await rm(join(site, "team", name));
  }
  await settled(server);
  expect(builds(server) === before, "what editors write for themselves is no change");
}

async function testTheme(context, site, server) {
  const page = await open(context, `${server.url}team/other.html`);
  const ink = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).outlineStyle);
  await mkdir(join(site, "theme/css"), { recursive: true });
  await writeFile(join(site, "theme/css/prose.css"), "h1 { outline: 2px dotted }\n");
  await page.waitForFunction(() => {
    const title = document.querySelector("h1"); // not while the page is loaded anew
    return title && getComputedStyle(title).outlineStyle === "dotted";
  }, null, { timeout: WAIT });
  expect(await ink() === "dotted", "a style sheet of the site's own theme folder is seen");
  await rm(join(site, "theme"), { recursive: true });
  await page.waitForFunction(() => {
    const title = document.querySelector("h1");
    return title && getComputedStyle(title).outlineStyle !== "dotted";
  }, null, { timeout: WAIT });
  await page.close();
}

// Findings ---------------------------------------------------------------------------------------

async function testOverlay(context, site, server) {
  const page = await open(context, `${server.url}team/other.html`);
  await writeFile(join(site, "team/other.md"), "# Other\n\n[nothing](lnog.md)\n");
  await overlayHas(page, "link.broken");
  const text = await page.evaluate(() => document.getElementById("q-live").shadowRoot.querySelector(".panel").innerText);
  expect(text.includes("team/other.md:3:11"), "the overlay names file, line and column", text);
  expect(text.includes("[nothing](lnog.md)") && /Hint: .*long\.md/.test(text), "and shows the line and a hint", text);
  expect(await overlay(page, "mark").innerText() === "lnog.md", "what is meant is marked in the line");
  expect(await page.evaluate(() => document.activeElement === document.body), "the focus stays where it was");
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => window.axe.run(document.getElementById("q-live")));
    expect(found.violations.length === 0 && found.passes.length > 0, `axe on the overlay, ${scheme}`,
      found.violations.map((violation) => violation.id + violation.nodes[0].html).join("\n"));
  }
  await overlay(page, ".toggle").focus();
  await page.keyboard.press("Escape");
  expect(!await overlay(page, ".panel").isVisible(), "Escape closes the list");
  await writeFile(join(site, "team/other.md"), "# Other\n\nMore. [nothing](lnog.md)\n");
  await has(page, "More.");
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(!await overlay(page, ".panel").isVisible(), "a closed list stays closed while nothing new is wrong");
  await writeFile(join(site, "team/other.md"), "# Other\n\n[nothing](lnog.md) [more](none.md)\n");
  await overlayHas(page, "none.md");
  expect(true, "a new error opens it again");
  await writeFile(join(site, "team/other.md"), "# Other\n\nAll is well.\n");
  await overlayGone(page);
  expect(true, "the overlay goes with the last finding");
  await page.close();
}

async function testBroken(context, site, server) {
  const page = await open(context, `${server.url}team/other.html`);
  await writeFile(join(site, "quoin.yaml"), "title: [\n");
  await overlayHas(page, "yaml.syntax");
  expect((await overlay(page, ".toggle").innerText()).includes("as it was before"), "a broken config is said");
  await writeFile(join(site, "team/other.md"), "# Other\n\nEdited all the same.\n");
  await has(page, "Edited all the same.");
  expect(true, "pages are shown as they are edited while the config is broken");
  const answer = await fetch(`${server.url}team/long.html`);
  expect(answer.status === 200, "other pages are served while the config is broken");
  await writeFile(join(site, "quoin.yaml"), "title: Mended\n");
  await overlayGone(page);
  await has(page, "Mended");
  expect(true, "a mended config is taken up");

  await mkdir(join(site, "plugins/marks"), { recursive: true });
  await writeFile(join(site, "plugins/marks/init.lua"), PLUGIN);
  await writeFile(join(site, "quoin.yaml"), "title: Mended\nplugins:\n  marks: true\n");
  await has(page, "mark");
  await writeFile(join(site, "plugins/marks/init.lua"), "return {{\n");
  await overlayHas(page, "plugin.load");
  expect(await page.locator("#mark").count() === 1, "a plugin that is broken goes on as it was");
  await writeFile(join(site, "plugins/marks/init.lua"), PLUGIN.replace(">mark<", ">better<"));
  await has(page, "better");
  await overlayGone(page);
  await writeFile(join(site, "plugins/marks/init.lua"), PLUGIN.replace("return \"", "error(\"oh\") return \""));
  await overlayHas(page, "plugin.error");
  expect(true, "an error while a page is shown lies over that page");
  await writeFile(join(site, "quoin.yaml"), "title: Preview\n");
  await rm(join(site, "plugins"), { recursive: true });
  await overlayGone(page);
  await page.close();

  await mkdir(join(site, "theme/layouts"), { recursive: true });
  await writeFile(join(site, "theme/layouts/page.html"), "{% if %}\n");
  const second = await open(context, `${server.url}team/long.html`);
  await overlayHas(second, "template.syntax");
  expect((await second.innerText("body")).includes("Paragraph 1"), "a broken layout leaves the page as it was");
  await rm(join(site, "theme"), { recursive: true });
  await overlayGone(second);
  await second.close();
}

async function testBrokenFromTheStart(context) {
  const site = await makeSite("late");
  await writeFile(join(site, "quoin.yaml"), "title: [\n");
  const server = await ready(start(site, "--port", "0"));
  expect((await fetch(server.url)).status === 503, "without a config that works there is nothing to show");
  const page = await open(context, server.url);
  await overlayHas(page, "yaml.syntax");
  await writeFile(join(site, "quoin.yaml"), "title: Late\n");
  await has(page, "Home");
  expect(true, "the portal appears when its config is mended");
  await page.close();
  await stop(server);
}

async function testEndless(context) {
  const site = await makeSite("endless");
  await mkdir(join(site, "plugins/marks"), { recursive: true });
  await writeFile(join(site, "quoin.yaml"), "title: Preview\nlimits:\n  hook_seconds: 1\nplugins:\n  marks: true\n");
  await writeFile(join(site, "plugins/marks/init.lua"), PLUGIN.replace("return \"", "while true do end return \""));
  const server = await ready(start(site, "--port", "0"));
  const page = await open(context, `${server.url}team/other.html`);
  await overlayHas(page, "plugin.limit");
  expect((await fetch(server.url)).status === 500, "a plugin that never ends is ended, and said so");
  await writeFile(join(site, "plugins/marks/init.lua"), PLUGIN);
  await has(page, "mark");
  await overlayGone(page);
  await page.close();
  await stop(server);
}

// Addresses --------------------------------------------------------------------------------------

async function testAddresses() {
  const site = await makeSite("addresses");
  await writeFile(join(site, "quoin.yaml"), "title: Preview\nurl: https://example.org/repo/\n");
  const server = await ready(start(site, "--port", "0"));
  const get = (path) => fetch(server.url + path);
  const missing = await get("none/at/all.html");
  const text = await missing.text();
  expect(missing.status === 404 && text.includes("/repo/assets/site.css"), "page 404 is that of the portal", text);
  for (const [path, type] of [["repo/assets/site.css", "text/css"], ["repo/team/long.html", "text/html"],
    ["team/long.md", "text/markdown"], ["team/long.json", "application/json"], ["sitemap.xml", "application/xml"]]) {
    const answer = await get(path);
    expect(answer.status === 200 && answer.headers.get("content-type").startsWith(type), `${path} is served`);
  }
  await writeFile(join(site, "team/other.md"), "# Other\n\n## Fresh heading\n\nText.\n");
  await until(async () => (await (await get("team/other.json")).text()).includes("Fresh heading"), "a fresh preview");
  expect(true, "files beside a page follow its edits");
  await stop(server);
}

// Other people -----------------------------------------------------------------------------------

function exchange(port, bytes, milliseconds = 5000) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => { answer += data; });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    socket.setTimeout(milliseconds, () => socket.destroy());
    socket.write(bytes);
  });
}

const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

async function testHostile(site, server) {
  const get = (path, host = `127.0.0.1:${server.port}`) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  const rows = [
    [get("/"), 200], [get("/team/long.html"), 200], [get("/team/long"), 200], [get("/team/"), 200],
    [get("/team"), 301], [get("/none.html"), 404], [get("/quoin.yaml"), 404], [get("/team/long.md"), [200, 404]],
    [get("/../quoin.yaml"), 400], [get("/%2e%2e/quoin.yaml"), 400], [get("/team/..%2f..%2fquoin.yaml"), 400],
    [get("/%252e%252e/quoin.yaml"), 404], [get("/team\\..\\quoin.yaml"), 400], [get("/%5c..%5cquoin.yaml"), 400],
    [get("//etc/passwd"), 400], [get("/etc/passwd"), 404], [get("/index.html%00.png"), 400], [get("/%zz"), 400],
    [get("/", "evil.example"), 403], [get("/", "127.0.0.1.evil.example"), 403], [get("/", "localhost:1"), 200],
    [get("/", "[::1]:80"), 200], [get("/", "localhost:x"), 403], [get("/", "192.168.1.5"), 403],
    ["GET / HTTP/1.1\r\n\r\n", 400], ["GET / HTTP/1.0\r\n\r\n", 200], ["GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400],
    ["GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    [`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello`, 405],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 413],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413],
    ["DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405], ["OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
    [`GET /${"a".repeat(70000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    [`GET / HTTP/1.1\r\nHost: localhost\r\n${"X-A: b\r\n".repeat(9000)}\r\n`, 431],
    ["\x16\x03\x01\x02\x00\x01\x00", 400], ["\r\n\r\n", 400], ["GET /\r\n\r\n", 400], ["GET / HTTP/1.1\r\nbroken\r\n\r\n", 400],
    [`HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 200],
  ];
  for (const [bytes, wanted] of rows) {
    const status = statusOf(await exchange(server.port, bytes));
    expect([wanted].flat().includes(status), `${JSON.stringify(bytes.slice(0, 60))} gives ${wanted}`, `it gave ${status}`);
  }
  const head = await exchange(server.port, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  expect(head.endsWith("\r\n\r\n") && /Content-Length: [1-9]/.test(head), "HEAD has a length and no body");
  const two = await exchange(server.port, "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3) + get("/"));
  expect((two.match(/^HTTP\/1\.1 /gm) || []).length === 4, "requests in one piece are answered one after the other");
  expect(/default-src 'self'; script-src 'self'; style-src 'self'/.test(head), "a strict policy is sent");

  const page = await fetch(server.url);
  const again = await fetch(server.url, { headers: { "If-None-Match": page.headers.get("etag") } });
  expect(again.status === 304, "a page that has not changed is not sent again");
  const sockets = Array.from({ length: 400 }, () => connect(server.port, "127.0.0.1").on("error", () => {}));
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const socket of sockets) socket.destroy();
  await until(async () => (await fetch(server.url).catch(() => ({ status: 0 }))).status === 200, "serving after a crowd");
  expect(true, "a crowd of connections leaves it serving");
  for (let i = 0; i < 150; i++) {
    const junk = Buffer.from(Array.from({ length: 200 }, (_, k) => (i * 31 + k * 17 + ((i * k) % 7) * 41) % 256));
    const socket = connect(server.port, "127.0.0.1").on("error", () => {});
    socket.end(junk);
  }
  expect((await fetch(server.url)).status === 200, "so does junk");
}

// As a build -------------------------------------------------------------------------------------

async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
}

async function differences(server, built, names) {
  const others = [];
  for (const name of names) {
    const answer = await fetch(server.url + name.split("/").map(encodeURIComponent).join("/"));
    let bytes = Buffer.from(await answer.arrayBuffer());
    if (name.endsWith(".html")) {
      bytes = Buffer.from(bytes.toString().replace(/<script src="\/_quoin\/live\.js[^>]*><\/script>\n/, ""));
    }
    if (!bytes.equals(await readFile(join(built, name)))) others.push(`${answer.status} ${name}`);
  }
  return others;
}

async function testSameBytes() {
  const example = join(work, "example"), built = join(work, "built");
  await cp(fileURLToPath(new URL("../../site-example", import.meta.url)), example,
    { recursive: true, filter: (path) => !path.endsWith("_site") });
  const build = spawn(quoin, ["build", "-q", example, "-o", built], { stdio: "ignore" });
  await new Promise((resolve) => build.on("exit", resolve));
  const server = await ready(start(example, "--port", "0"));
  const names = (await listFiles(built)).filter((name) => !name.startsWith(".quoin/"));
  const others = await differences(server, built, names);
  expect(names.length > 100 && others.length === 0, `all ${names.length} files are those of a build`, others.join("\n"));
  // Saved again without a change: each page is read into the portal at hand, and must not differ.
  // Pages without a file of their own follow when all are linked anew.
  const pages = (await listFiles(example)).filter((name) => name.endsWith(".md"));
  const own = names.filter((name) => pages.includes(name.replace(/\.html$/, ".md")));
  for (let round = 0; round < 3; round++) {
    for (const page of pages) await writeFile(join(example, page), await readFile(join(example, page)));
    await new Promise((resolve) => setTimeout(resolve, 60));
    const changed = await differences(server, built, own);
    expect(own.length > 50 && changed.length === 0, `a page that is read again is the same, round ${round}`, changed.join("\n"));
  }
  await settled(server);
  const rest = await differences(server, built, names);
  expect(rest.length === 0, "in the end all files are the same again", rest.join("\n"));
  await stop(server);
}

// The command ------------------------------------------------------------------------------------

async function testCommand(site, server) {
  const other = await ready(start(site, "--port", String(server.port)));
  expect(other.port === server.port + 1 && /is taken/.test(other.log), "a port that is taken: the next one", other.log);
  const ended = await stop(other, "SIGTERM");
  expect(ended.code === 0, "SIGTERM ends it with exit code 0", JSON.stringify(ended));
  const wide = await ready(start(site, "--port", "0", "--host", "0.0.0.0"));
  expect(/warning: --host/.test(wide.log), "another address than this machine's warns");
  const answer = await exchange(wide.port, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  expect(statusOf(answer) === 403, "foreign names are refused there, too");
  await stop(wide);
  const bin = join(work, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "xdg-open"), `#!/bin/sh\necho "$1" >"${work}/opened"\n`, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = `${bin}:${path}`;
  const opening = await ready(start(site, "--port", "0", "--open"));
  process.env.PATH = path;
  const opened = await until(() => readFile(join(work, "opened"), "utf8").catch(() => ""), "a browser");
  expect(opened.trim() === opening.url, "--open opens the address", opened);
  await stop(opening);
  const none = start(join(work, "none"));
  expect((await none.exit).code === 2, "no folder: exit code 2");
  const busy = start(site, "--port", "0");
  await new Promise((resolve) => setTimeout(resolve, 30));
  busy.child.kill("SIGINT");
  const early = await busy.exit;
  expect(early.code === 0 || early.signal === "SIGINT", "Ctrl-C while it begins", JSON.stringify(early));
}

async function testLooking(context) {
  const site = await makeSite("looked");
  const server = await ready(start(site, "--port", "0", "--poll"));
  const page = await open(context, `${server.url}team/other.html`);
  await writeFile(join(site, "team/other.md"), "# Other\n\nSeen by looking.\n");
  await has(page, "Seen by looking.");
  await writeFile(join(site, "team/fresh.md"), "# Fresh\n");
  await until(async () => (await fetch(`${server.url}team/fresh.html`)).status === 200, "a new file, by looking");
  expect(true, "--poll sees edits and new files");
  await page.close();
  await stop(server);
}

// --------------------------------------------------------------------------------------------------

const browser = await chromium.launch({ executablePath: browserPath, args: FLAGS });
const context = await browser.newContext();
const site = await makeSite("site");
const tree = await listTree(site);
const server = await ready(start(site, "--port", "4321"));
try {
  expect((await fetch(`${server.url}team/long.html`)).status === 200, "pages are served");
  expect(await listTree(site) === tree, "nothing is written");
  await testEditing(context, site, server);
  await testFolders(context, site, server);
  await testTheme(context, site, server);
  await testOverlay(context, site, server);
  await testBroken(context, site, server);
  await testBrokenFromTheStart(context);
  await testEndless(context);
  await testAddresses();
  await testHostile(site, server);
  await testSameBytes();
  await testCommand(site, server);
  await testLooking(context);
} catch (error) {
  expect(false, String(error), `${error.stack}\n${server.log.slice(-1500)}`);
}
const ended = await stop(server);
expect(ended.code === 0, "Ctrl-C ends it with exit code 0", JSON.stringify(ended));
await browser.close();
await rm(work, { recursive: true, force: true });
console.log(`serve: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
