// theme.mjs PORTAL LEDGER ARABIC BROWSER - what the theme promises: no finding of axe on any sort of
// page, room for fingers, a document on paper, right to left, and a theme built upon another.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, finish, launch } from "./harness.mjs";

const [portal, ledger, arabic] = process.argv.slice(2, 5).map((path) => pathToFileURL(resolve(path)).href + "/");
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SPEC = "lead-dashboard/specification.html";
const PAGES = ["index.html", "lead-dashboard/index.html", SPEC, "registers/open-items.html",
  "registers/completeness.html", "registers/decisions.html", "lead-dashboard/architecture.html",
  "manual/writing-specs.html", "lead-dashboard/print.html", "all-pages.html", "search.html"];

async function findings(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map((violation) => `${violation.id}: ` +
      violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 100) + " " + (node.any[0]?.message ?? "")).join(" | "));
  });
}

async function axeIsContent(browser, base, pages, name) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } });
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(base + path);
        const found = await findings(page);
        expect(found.length === 0, `${name}: axe: ${path}, ${colorScheme}, ${width} pixels`, found);
      }
      await context.close();
    }
  }
}

// Buttons and links that stand alone; links within sentences may be as small as their text.
async function fingersHaveRoom(browser) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(portal + SPEC);
  await page.locator(".menu-button").click();
  for (const selector of ["#q-header a, #q-header button", "#q-nav a, #q-nav summary, #q-nav button",
    ".prev-next a", ".page-facts a", ".outline-button"]) {
    const small = await page.evaluate((selector) => [...document.querySelectorAll(selector)]
      .filter((element) => element.offsetParent !== null || element.closest("#q-header"))
      .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 43.9)
      .map((element) => `${element.outerHTML.slice(0, 80)} ${element.getBoundingClientRect().height}`), selector);
    expect(small.length === 0, `phone: ${selector} are 44 pixels high`, small);
  }
  await context.close();
}

async function drawersNeedNoScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(portal + SPEC);
  expect(!(await page.locator("#q-outline").isVisible()), "phone: the outline is folded away");
  await page.locator(".outline-button").click();
  expect(await page.locator("#q-outline a").first().isVisible(), "phone: its button opens it without a script");
  await page.keyboard.press("Escape");
  expect(!(await page.locator("#q-outline").isVisible()), "phone: Escape closes it");
  await page.setViewportSize({ width: 1280, height: 844 });
  expect(await page.locator("#q-outline a").first().isVisible(), "desktop: the outline is beside the text");
  const summary = page.locator("#q-nav summary").first();
  const child = page.locator("#q-nav details a").first();
  expect(await child.isVisible(), "desktop: the branch of the page is open");
  await summary.click();
  expect(!(await child.isVisible()), "desktop: it folds without a script");
  await context.close();
}

async function paperIsADocument(browser) {
  const context = await browser.newContext({ viewport: { width: 794, height: 1123 } });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  await page.goto(portal + "quoin/design-links.html");
  for (const selector of ["#q-header", "#q-nav", ".prev-next", ".site-footer"]) {
    expect(!(await page.locator(selector).first().isVisible()), `paper: no ${selector}`);
  }
  expect(await page.locator("#q-outline a").first().isVisible(), "paper: the outline is the table of contents");
  expect(await page.locator(".sign-off table").isVisible(), "paper: there is room for signatures");
  const number = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element, "::before").content);
  expect((await number(".page > .prose > h2")).startsWith("counter(part)"), "paper: sections have numbers",
    [await number(".page > .prose > h2")]);
  await page.goto(portal + "lead-dashboard/refinement-alerts.html");
  expect(await number(".page > .prose > h2") === "none", "paper: those of the author stay alone");
  await page.goto(portal + "lead-dashboard/print.html");
  expect(await page.locator("h1").count() === 1, "project on paper: one title");
  const problems = await page.evaluate(() => {
    const ids = new Set(), wrong = [];
    for (const element of document.querySelectorAll("[id]")) {
      if (ids.has(element.id)) wrong.push(`twice: ${element.id}`);
      ids.add(element.id);
    }
    for (const link of document.querySelectorAll('main a[href^="#"]')) {
      if (!ids.has(decodeURIComponent(link.hash.slice(1)))) wrong.push(`nowhere: ${link.hash}`);
    }
    return wrong;
  });
  expect(problems.length === 0, "project on paper: every id once, every link inside leads somewhere", problems);
  await context.close();
}

async function rightToLeft(browser) {
  for (const width of [390, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    await page.goto(arabic + SPEC);
    expect(await page.evaluate(() => document.documentElement.dir) === "rtl", "Arabic: right to left");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `Arabic: fits into ${width} pixels`);
    if (width > 1000) {
      const [nav, text] = await page.evaluate(() => ["#q-nav", "main"].map((selector) =>
        document.querySelector(selector).getBoundingClientRect().left));
      expect(nav > text, "Arabic: the navigation is at the right");
    }
    await context.close();
  }
}

async function ledgerIsAnother(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 844 } });
  const page = await context.newPage();
  const looks = () => page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.fontFamily, style.backgroundColor, document.documentElement.dataset.accent];
  });
  await page.goto(portal + SPEC);
  const before = await looks();
  await page.goto(ledger + SPEC);
  const after = await looks();
  expect(before.every((value, at) => value !== after[at]), "ledger: another type, paper and accent", [before, after]);
  expect(after[0].startsWith("Charter"), "ledger: its own type", after);
  expect(await page.locator("#q-outline a").count() > 5, "ledger: the parts are those of its parent");
  await context.close();
  await axeIsContent(browser, ledger, ["index.html", SPEC], "ledger");
}

const browser = await launch(process.argv[5]);
try {
  await axeIsContent(browser, portal, PAGES, "default");
  await fingersHaveRoom(browser);
  await drawersNeedNoScript(browser);
  await paperIsADocument(browser);
  await rightToLeft(browser);
  await ledgerIsAnother(browser);
} finally {
  await browser.close();
}
finish();
