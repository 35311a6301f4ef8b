// portal.mjs FOLDER BROWSER - what a reader of the portal gets: no errors, no requests that fail or
// go elsewhere, nothing that the Content-Security-Policy stops, no page wider than the screen,
// everything reachable without scripts and by keyboard, and no finding of axe on any type of page, in
// light and dark, on desks and phones.
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { BASE, expect, finish, launch, serve, typesOfPages, watch } from "./harness.mjs";

const folder = resolve(process.argv[2]);
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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
    for (const width of [1280, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(base + encodeURI(path), { waitUntil: "load" });
        await page.evaluate(axeSource);
        const found = await page.evaluate(async () => {
          const result = await window.axe.run(document, { resultTypes: ["violations"] });
          return result.violations.map((violation) => `${violation.id}: ${violation.help}: ` +
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

const server = await serve(folder);
const origin = server.origin;
let browser;
try {
  browser = await launch(process.argv[3]);
  const pages = await listPages();
  const spec = await pageWith(pages, "table-wrap", 'class="task', "<figure class=\"diagram") ??
    await pageWith(pages, "table-wrap", 'class="task');
  const chosen = new Set(["404.html", spec, ...await typesOfPages(folder)].filter(Boolean));
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
finish();
