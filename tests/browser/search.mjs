// search.mjs FOLDER BROWSER - the search of the portal as a reader uses it: by keyboard alone, with
// filters, from the disk, on a page of its own, without scripts, and under a strict
// Content-Security-Policy; axe looks at the dialog.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2]);
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml", ".json": "application/json" };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let passed = 0, failed = 0;
function expect(isGood, what, detail = "") {
  if (isGood) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAIL ${what} ${detail}`);
}

async function serve(request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (path === "/favicon.ico") return response.writeHead(204).end();
  try {
    const bytes = await readFile(join(folder, path.slice("/repo/".length) || "index.html"));
    response.writeHead(200, { "content-security-policy": POLICY, "content-type": TYPES[extname(path)] ?? "text/html" });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

function watch(page) {
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", (request) => problems.push(request.url()));
  return problems;
}

const input = ".search-dialog input";
const settled = (page, words) => page.waitForFunction((text) =>
  document.querySelector(".search-status")?.textContent.match(text), words);
const active = (page) => page.evaluate(() => {
  const id = document.activeElement.getAttribute("aria-activedescendant");
  const option = id && document.getElementById(id);
  return option && { text: option.textContent, href: option.href, selected: option.getAttribute("aria-selected") };
});

async function search(page, words) {
  await page.keyboard.press("/");
  await page.waitForSelector(input);
  await page.keyboard.type(words);
  await settled(page, /page/);
}

// Tests --------------------------------------------------------------------------------------------

async function keyboardAlone(page, base, name) {
  await page.goto(base + "manual/index.html");
  await search(page, "hostile inp");
  expect(await page.evaluate(() => document.querySelector(".search-dialog").matches(":modal")),
    `${name}: the dialog is modal`);
  expect(await page.getAttribute(input, "aria-expanded") === "true", `${name}: the list is announced`);
  expect(await active(page) === null, `${name}: nothing is chosen at first`);
  await page.keyboard.press("ArrowUp");
  const last = await active(page);
  await page.keyboard.press("ArrowDown");
  const first = await active(page);
  expect(first.selected === "true" && last.href !== first.href, `${name}: the arrows go round`);
  expect(/Spec pipeline/.test(first.text), `${name}: the best page comes first`, first.text);
  await page.keyboard.press("ArrowDown");
  const second = await active(page);
  expect(/#req-12-hostile-input$/.test(second.href), `${name}: then its section`, second.href);
  expect(await page.locator(`[aria-selected="true"] mark`).count() >= 2, `${name}: words are marked`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/spec-pipeline\.html#req-12-hostile-input$/);
  expect(true, `${name}: Enter follows`);

  await page.keyboard.press("Control+k");
  await page.waitForSelector(input);
  await page.waitForSelector(".search-results a");
  expect(/hostile inp/.test(await page.textContent(".search-results")), `${name}: recent searches are there`);
  await page.keyboard.press("Enter");
  await settled(page, /page/);
  expect(await page.inputValue(input) === "hostile inp", `${name}: a recent search is repeated`);
  await page.keyboard.press("Escape");
  expect(!await page.locator(".search-dialog").evaluate((dialog) => dialog.open), `${name}: Escape closes`);
  await page.focus("#q-search");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".search-dialog").open);
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => document.activeElement.id) === "q-search", `${name}: the focus comes back`);
}

async function queries(page, base) {
  await page.goto(base + "index.html");
  await search(page, "diagnostcs");
  await settled(page, /Also searched for: diagnostic/);
  expect(/Diagnostics/.test(await page.textContent(".search-results a")), "a misspelt word is understood");
  await page.fill(input, '"the same bytes"');
  await page.waitForFunction(() => /the same bytes/i.test(document.querySelector(".search-results")?.textContent));
  expect(true, "a phrase is found as it stands");
  await page.fill(input, "xyzzyquux");
  await settled(page, /Nothing found/);
  expect(await page.getAttribute(input, "aria-expanded") === "false", "an empty list is not announced");
  await page.fill(input, "gantt xyzzyquux");
  await settled(page, /None has all words/);
  expect(await page.locator(".search-results a").count() > 0, "pages with some words are shown");
}

async function filters(page, base) {
  await page.goto(base + "index.html");
  await search(page, "risk");
  const all = await page.locator(".search-results [role=group]").count();
  await page.keyboard.press("Tab");
  for (let i = 0; i < 4 && await page.evaluate(() => document.activeElement.name) !== "project"; i++) {
    await page.keyboard.press("Tab");
  }
  expect(await page.evaluate(() => document.activeElement.name) === "project", "Tab leads to the filters");
  await page.keyboard.type("Lead");
  await page.waitForFunction((before) => {
    const groups = [...document.querySelectorAll(".search-results [role=group]")];
    return groups.length && groups.every((group) => /Lead dashboard/.test(group.querySelector("small").textContent));
  }, all);
  expect(true, "a filter leaves pages of the project");
  await page.selectOption(".search-dialog [name=record]", "risk");
  await page.waitForTimeout(200);
  const links = await page.locator(".search-results [role=group] a").evaluateAll((list) => list.map((a) => a.href));
  expect(links.some((href) => /risks/.test(href)), "a filter by record leaves sections with such", links.join(" "));
}

async function accessible(page, base, scheme) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(base + "index.html");
    await search(page, "risk lead");
    await page.keyboard.press("ArrowDown");
    await page.evaluate(axeSource);
    for (const place of [".search-dialog", null]) {
      if (!place) await page.goto(base + "search.html?q=risk+lead");
      if (!place) await settled(page, /page/).then(() => page.evaluate(axeSource));
      const { violations } = await page.evaluate((selector) => axe.run(selector ?? document), place);
      expect(violations.length === 0, `axe, ${scheme}, ${width}, ${place ?? "page"}`,
        violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`).join("; "));
    }
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(!isWide, `the search page is not wider than ${width}`);
  }
}

async function ownPage(page, base, name) {
  await page.goto(base + "search.html?q=front+matter&project=manual");
  await settled(page, /pages?/);
  expect(await page.inputValue("#q-search-page input") === "front matter", `${name}: the words are taken from the address`);
  expect(await page.inputValue("#q-search-page [name=project]") === "manual", `${name}: the filter too`);
  const first = page.locator("#q-search-page .search-results a").first();
  expect(/manual\/writing-specs\.html/.test(await first.getAttribute("href")), `${name}: the page finds`, await first.getAttribute("href"));
  expect(await page.locator("#q-search-page [role=option]").count() === 0, `${name}: results are links`);
  await page.fill("#q-search-page input", "registers");
  await page.waitForFunction(() => /registers/.test(document.querySelector("#q-search-page a")?.href));
  if (base.startsWith("http")) expect(/q=registers/.test(page.url()), `${name}: the address follows`, page.url());
}

async function withoutScripts(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(base + "search.html");
  expect(/needs JavaScript/.test(await page.textContent("#q-search-page")), "without scripts: says so");
  expect(await page.locator("#q-search-page a[href='all-pages.html']").count() === 1, "without scripts: leads on");
  await page.goto(base + "index.html");
  expect(!await page.isVisible("#q-search"), "without scripts: no button that does nothing");
  await context.close();
}

async function withoutIndex(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("**/search/words/*", (route) => route.abort());
  await page.goto(base + "index.html");
  await page.keyboard.press("/");
  await page.waitForSelector(input);
  await page.keyboard.type("risk");
  await settled(page, /cannot be loaded/);
  expect(true, "an index that does not come is said");
  await context.close();
}

const server = createServer(serve).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const web = `http://127.0.0.1:${server.address().port}/repo/`;
const disk = pathToFileURL(folder).href + "/";
const browser = await chromium.launch({ executablePath: process.argv[3], args: FLAGS });
for (const [base, name] of [[web, "served"], [disk, "from the disk"]]) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const problems = watch(page);
  await keyboardAlone(page, base, name);
  await ownPage(page, base, name);
  if (base === web) {
    await queries(page, base);
    await filters(page, base);
  }
  expect(problems.length === 0, `${name}: no errors`, problems.join("; "));
  await context.close();
}
const context = await browser.newContext({ bypassCSP: true });
for (const scheme of ["light", "dark"]) await accessible(await context.newPage(), web, scheme);
await withoutScripts(browser, web);
await withoutIndex(browser, web);
await browser.close();
server.close();
console.log(`search: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
