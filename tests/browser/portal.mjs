// portal.mjs FOLDER BROWSER - what a reader of the portal gets: no errors, no requests that fail or
// go elsewhere, nothing that the Content-Security-Policy stops, no page wider than the screen,
// everything reachable without scripts and by keyboard, and no serious finding of axe.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, relative, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2]);
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BASE = "/repo/";
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml", ".json": "application/json", ".png": "image/png", ".txt": "text/plain" };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let passed = 0, failed = 0;
function expect(isGood, what, details = []) {
  if (isGood) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAIL ${what}`);
  for (const detail of details.slice(0, 12)) console.log(`    ${detail.slice(0, 400)}`);
}

// The portal ---------------------------------------------------------------------------------------

async function listPages() {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".html")).sort();
}

// The first page whose text has it: the tests do not depend on names of pages.
async function pageWith(pages, ...marks) {
  for (const page of pages) {
    const text = await readFile(join(folder, page), "utf8");
    if (marks.every((mark) => text.includes(mark))) return page;
  }
  return null;
}

async function serve(request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const headers = { "content-security-policy": POLICY, "x-content-type-options": "nosniff" };
  if (path === "/favicon.ico") return response.writeHead(204).end();
  let file = join(folder, path.startsWith(BASE) ? path.slice(BASE.length) || "index.html" : "..");
  let status = 200, bytes;
  try {
    if (relative(folder, file).startsWith("..")) throw new Error("outside");
    bytes = await readFile(file);
  } catch {
    status = 404;
    file = join(folder, "404.html");
    bytes = await readFile(file);
  }
  response.writeHead(status, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  response.end(bytes);
}

// Watching -----------------------------------------------------------------------------------------

function watch(page, allowed) {
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => { // the icon comes last: going to the next page ends it
    const isEnded = request.failure()?.errorText === "net::ERR_ABORTED";
    if (!isEnded || !request.url().endsWith("favicon.svg")) problems.push(`failed: ${request.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(allowed) && !url.startsWith("data:")) problems.push(`elsewhere: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}

const widestElements = () => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5)
    .slice(0, 6)
    .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ` +
      `ends at ${Math.round(element.getBoundingClientRect().right)} of ${width}: ` +
      element.textContent.trim().slice(0, 50));
};

// Tests --------------------------------------------------------------------------------------------

async function everyPageLoads(browser, pages, base, name) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const problems = watch(page, base);
  for (const path of pages) {
    if (path === "404.html") continue; // it is made for the server's answer
    problems.length = 0;
    await page.goto(base + encodeURI(path), { waitUntil: "load" });
    expect(problems.length === 0, `${name}: ${path} loads cleanly`, problems);
    expect(await page.locator("h1").count() === 1 || path === "index.html",
      `${name}: ${path} has one first-level heading`);
  }
  await context.close();
}

async function nothingIsTooWide(browser, pages, base) {
  for (const width of [360, 768, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const path of pages) {
      await page.goto(base + encodeURI(path), { waitUntil: "load" });
      const wide = await page.evaluate(widestElements);
      expect(wide.length === 0, `${path} fits into ${width} pixels`, wide);
    }
    await context.close();
  }
}

async function axeIsContent(browser, pages, base) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(base + encodeURI(path), { waitUntil: "load" });
        await page.evaluate(axeSource);
        const found = await page.evaluate(async () => {
          const result = await window.axe.run(document, { resultTypes: ["violations"] });
          return result.violations
            .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
            .map((violation) => `${violation.id}: ${violation.help}: ` +
              violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 90) + " " +
                (node.any[0]?.message ?? "")).join(" | "));
        });
        expect(found.length === 0, `axe: ${path}, ${colorScheme}, ${width} pixels`, found);
      }
      await context.close();
    }
  }
}

async function worksWithoutScripts(browser, base, spec) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(base + spec);
  const link = page.locator("nav.site-nav a[href]:visible").first();
  expect(await link.count() === 1, "without scripts: the navigation is there");
  const target = new URL(await link.getAttribute("href"), page.url()).href;
  await page.locator(`nav.site-nav li a[href]:visible`).first().click();
  expect(page.url() !== base + spec || target === page.url(), "without scripts: its links lead on");
  expect(await page.locator("#q-theme").isHidden(), "without scripts: no button that does nothing");
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(base + spec);
  expect(!(await page.locator("nav.site-nav li a").first().isVisible()),
    "without scripts, small: the navigation is folded away");
  await page.locator(".menu-button").click();
  expect(await page.locator("nav.site-nav li a").first().isVisible(),
    "without scripts, small: the menu opens");
  await page.locator("nav.site-nav .drawer-close").click();
  expect(!(await page.locator("nav.site-nav li a").first().isVisible()),
    "without scripts, small: the menu closes");
  await context.close();
}

async function worksByKeyboard(browser, base, spec) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(base + spec);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return { className: document.activeElement.className, isSeen: box.top >= 0 && box.left >= 0 && box.width > 1 };
  });
  expect(skip.className === "skip" && skip.isSeen, "keyboard: the first stop is a visible skip link");
  await page.keyboard.press("Enter");
  expect(new URL(page.url()).hash === "#q-content", "keyboard: the skip link leads to the text");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)),
    "keyboard: the next stop is in the text");
  await page.goto(base + spec);
  const unseen = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement, style = getComputedStyle(element);
      const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
      return { html: element.outerHTML.slice(0, 90), isSeen: hasOutline || style.boxShadow !== "none",
        isBody: element === document.body };
    });
    if (stop.isBody) break;
    if (!stop.isSeen) unseen.push(stop.html);
  }
  expect(unseen.length === 0, "keyboard: the focus can be seen at every stop", unseen);
  await context.close();
}

async function colourChoiceStays(browser, base, spec) {
  for (const colorScheme of ["light", "dark"]) {
    const other = colorScheme === "light" ? "dark" : "light";
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(base + "index.html");
    const before = await background();
    await page.locator("#q-theme").click();
    const after = await background();
    expect(before !== after, `colours: the switch changes ${colorScheme}`, [before, after]);
    await page.goto(base + spec);
    expect(await background() === after, `colours: ${other} stays on the next page`, [await background()]);
    expect(await page.evaluate(() => document.documentElement.dataset.theme) === other,
      `colours: the page says that it is ${other}`);
    await page.locator("#q-theme").click();
    await page.reload();
    expect(await background() === before, `colours: and back to ${colorScheme}`, [await background(), before]);
    await page.locator("#q-theme").click();
    expect(await page.evaluate(() => !("theme" in document.documentElement.dataset)),
      "colours: the third choice is the system's");
    await page.emulateMedia({ colorScheme: other });
    expect(await background() === after, `colours: which may become ${other}`, [await background(), after]);
    await context.close();
  }
}

async function unknownAddress(browser, origin) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const problems = watch(page, origin + BASE);
  const address = `${origin}${BASE}no/such/page.html`;
  const response = await page.goto(address);
  const own = problems.filter((problem) => !problem.includes("404"));
  expect(response.status() === 404 && own.length === 0, "404: loads cleanly at any depth", own);
  const areStyled = await page.evaluate(() => {
    try {
      return document.styleSheets.length > 0 &&
        [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0);
    } catch {
      return false; // a sheet from elsewhere, or none
    }
  });
  expect(areStyled, "404: has its style sheets");
  await page.locator("main a[href]").first().click();
  expect(page.url() === `${origin}${BASE}index.html`, "404: leads home", [page.url()]);
  await context.close();
}

// -----------------------------------------------------------------------------------------------------

const server = createServer((request, response) => {
  serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;
let browser;
try {
  // A fresh profile: Playwright makes one and removes it.
  browser = await chromium.launch({ executablePath: process.argv[3], headless: true, args: FLAGS });
  const pages = await listPages();
  const spec = await pageWith(pages, "table-wrap", 'class="task', "<figure class=\"diagram") ??
    await pageWith(pages, "table-wrap", 'class="task');
  const chosen = new Set(["index.html", "404.html", "all-pages.html", spec,
    await pageWith(pages, "<figure class=\"diagram"), await pageWith(pages, "table-wrap", "alert alert-"),
    await pageWith(pages, "with-nav wide")].filter(Boolean));
  expect(pages.length > 10 && spec !== null, "the portal has pages with tables and tasks");
  expect(await pageWith(pages, "with-nav wide") !== null, "the portal has a register");
  expect(await pageWith(pages, "<figure class=\"diagram") !== null, "the portal has a diagram");
  await everyPageLoads(browser, pages, pathToFileURL(folder).href + "/", "disk");
  await everyPageLoads(browser, pages, origin + BASE, "server");
  await nothingIsTooWide(browser, pages, origin + BASE);
  await axeIsContent(browser, chosen, origin + BASE);
  await worksWithoutScripts(browser, origin + BASE, spec);
  await worksByKeyboard(browser, origin + BASE, spec);
  await colourChoiceStays(browser, origin + BASE, spec);
  await colourChoiceStays(browser, pathToFileURL(folder).href + "/", spec);
  await unknownAddress(browser, origin);
} finally {
  await browser?.close();
  server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
