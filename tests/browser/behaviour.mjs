// behaviour.mjs QUOIN FOLDER BROWSER - what readers do beyond reading: colours, drawers, the outline,
// previews of links, copying, keys, paper, tables, the whole tree, the way back; from a server below a
// path, from disk, and without scripts. Whatever a console would show is a failure.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { BASE, expect, finish, launch, serve, typesOfPages, watch } from "./harness.mjs";

const [quoin, portal, executable] = [process.argv[2], resolve(process.argv[3]), process.argv[4]];
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDE = { width: 1280, height: 800 }, PHONE = { width: 390, height: 844 };

// A small portal with what the tests need ------------------------------------------------------------

const words = (count) => Array(count).fill("Some words that fill a line of this paragraph.").join(" ");
const paragraphs = (count) => Array(count).fill(words(12)).join("\n\n");

const SITE = {
  "quoin.yaml": "title: Reader\nplugins:\n  registers: true\n  glossary: true\n  requirements: true\n  highlight: true\n",
  "index.md": "# Reader\n\n[The guide](guide/index.md)\n",
  "guide/index.md": "# Guide\n\nWhat there is.\n",
  "guide/one.md": `# One

First a [link to two](two.md), [its second part](two.md#second-part), [a requirement](two.md#req-7-counting),
[a page elsewhere](https://example.org/), [back at the end](#last-words) and a note[^1].
The region is a term. ${words(4)} A [link with a broken escape](#100%).

${paragraphs(4)}

## Überblick über alles

${paragraphs(6)}

\`\`\`c title="src/main.c"
int main(void) { return 0; }
\`\`\`

${paragraphs(5)}

### 日本語 の 見出し

\`\`\`
a block of plain text with one line that is long enough to reach the right end of every block of code, whatever its width
second line
\`\`\`

\`\`\`mermaid
flowchart LR
  a[First] --> b[Second]
\`\`\`

\`\`\`box
┌───────┐     ┌────────┐
│ First │────▶│ Second │
└───────┘     └────────┘
\`\`\`

${paragraphs(6)}

## Later

${paragraphs(2)}

## Nearly last

One line.

## Last words

One more line[^1].

[^1]: A note with \`code\` and [a link](two.md).
`,
  "guide/two.md": `# Two

The second page, in one sentence.

${paragraphs(3)}

## Second part

What the second part says.

### REQ-7 Counting

The system shall count.
`,
  "guide/deep/index.md": "# Deep\n\nA branch.\n",
  "guide/deep/far/index.md": "# Far\n\nA branch of it.\n",
  "guide/deep/far/leaf.md": "# Leaf\n\nA leaf.\n",
  "guide/glossary.md": "# Glossary\n\n| Term | Definition |\n|---|---|\n| Region | North, South or West. |\n",
  "other/index.md": "# Other\n\nAnother project.\n",
  "other/branch/index.md": "# Branch\n\nA closed branch.\n",
  "other/branch/twig.md": "# Twig\n\nA twig.\n",
};

async function makeSite() {
  const folder = await mkdtemp(join(tmpdir(), "quoin-behaviour-"));
  for (const [path, text] of Object.entries(SITE)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await promisify(execFile)(quoin, ["build", "-q", folder, "-o", join(folder, "_site")]).catch(() => {});
  return folder;
}

// Helpers ------------------------------------------------------------------------------------------

let browser;

// Runs `use` on a new page and tells what its console had to say.
async function reader(name, base, options, use) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const problems = watch(page, base);
  try {
    await use(page, context, problems);
  } catch (error) {
    expect(false, `${name}: runs to its end`, error.message.split("\n").slice(0, 4));
  }
  expect(problems.length === 0, `${name}: a quiet console`, problems);
  await context.close();
}

const card = ".preview";
const activeText = (page) => page.evaluate(() => document.activeElement.textContent.trim());
const isCurrent = (page, text) => page.waitForFunction((wanted) =>
  document.querySelector("#q-outline [aria-current]")?.textContent === wanted, text).then(() => true, () => false);
const scrollTo = (page, y) => page.evaluate((to) => scrollTo({ top: to, behavior: "instant" }), y);
const isAtRest = (page) => page.evaluate(() => new Promise((done) => {
  let before = -1;
  (function look() { // twice the same: no smooth scrolling is under way
    if (before === scrollY) return done();
    before = scrollY;
    setTimeout(look, 200);
  })();
}));
const appears = (page, selector) => page.waitForSelector(selector).then(() => true, () => false);
const goes = (page, selector) => page.waitForSelector(selector, { state: "hidden" }).then(() => true, () => false);
const isInside = (box, size) => box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;

async function axe(page, what) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => (await window.axe.run(document)).violations.map((violation) =>
    `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`));
  expect(found.length === 0, `axe: ${what}`, found);
}

// Tests ----------------------------------------------------------------------------------------------

async function coloursWithoutFlash(base) {
  await reader("colours", base, { colorScheme: "light" }, async (page, context) => {
    await page.goto(base + "guide/one.html");
    await page.locator("#q-theme").click();
    // The first moment at which there is a body, thus before anything can be drawn.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.first = document.documentElement.dataset.theme;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(base + "guide/two.html");
    expect(await page.evaluate(() => window.first) === "dark", "colours: no flash of the system's",
      await page.evaluate(() => `${window.first}, then ${document.documentElement.dataset.theme}`));
    const other = await context.newPage();
    await other.goto(base + "index.html");
    await other.locator("#q-theme").click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
    expect(true, "colours: other tabs follow");
  });
}

async function drawerOnPhone(base) {
  await reader("drawer", base, { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
    const button = page.locator(".menu-button"), nav = page.locator("#q-nav");
    const isOnButton = () => page.waitForFunction(() => document.activeElement.matches(".menu-button"))
      .then(() => true, () => false);
    await page.goto(base + "guide/one.html");
    expect(!(await nav.isVisible()), "drawer: closed at first");
    await button.tap();
    await page.waitForFunction(() => document.querySelector("#q-nav").contains(document.activeElement));
    expect(await activeText(page) === "One", "drawer: the focus is on this page's line", await activeText(page));
    await axe(page, "open drawer");
    await page.keyboard.press("Escape");
    expect(await goes(page, "#q-nav") && await isOnButton(), "drawer: Esc closes, the button has the focus");
    await button.tap();
    await page.waitForSelector("#q-nav:popover-open");
    await page.touchscreen.tap(380, 500);
    expect(await goes(page, "#q-nav") && await isOnButton(), "drawer: a tap beside it closes");
    await button.tap();
    await page.locator("#q-nav .drawer-close").tap();
    expect(await goes(page, "#q-nav") && await isOnButton(), "drawer: its button closes");
    await button.tap();
    await page.locator("#q-nav .nav-all").focus();
    for (let i = 0; i < 30 && await nav.isVisible(); i++) await page.keyboard.press("Tab");
    expect(!(await nav.isVisible()), "drawer: closes when the focus goes on");
    await page.locator(".outline-button").tap();
    await page.locator("#q-outline a", { hasText: "Later" }).tap();
    expect(await goes(page, "#q-outline"), "drawer: a section closes the outline");
    await page.waitForFunction(() => Math.abs(document.getElementById("later").getBoundingClientRect().top - 72) < 40);
    expect(true, "drawer: and is led to");
    await page.locator("a.term").first().tap();
    await page.waitForURL("**/glossary.html*");
    expect(await page.locator(card).count() === 0, "touch: no card");
  });
}

async function outlineFollows(base) {
  await reader("outline", base, {}, async (page) => {
    await page.goto(base + "guide/one.html");
    expect(await page.locator("#q-outline [aria-current]").count() === 0, "outline: nothing above the first section");
    for (const [id, text] of [["überblick-über-alles", "Überblick über alles"], ["日本語-の-見出し", "日本語 の 見出し"], ["later", "Later"]]) {
      await page.evaluate((name) => document.getElementById(name).scrollIntoView({ behavior: "instant" }), id);
      expect(await isCurrent(page, text), `outline: follows to ${text}`);
    }
    await page.mouse.wheel(0, 100000);
    expect(await isCurrent(page, "Last words"), "outline: the end is the last section");
    await page.locator("#q-outline a", { hasText: "Nearly last" }).click();
    expect(await isCurrent(page, "Nearly last"), "outline: what was chosen stays, too low to reach the top");
    await page.locator("#q-outline a", { hasText: "Überblick" }).click();
    expect(await isCurrent(page, "Überblick über alles"), "outline: leads to letters outside ASCII");
    await page.waitForFunction(() => document.querySelector("h2").getBoundingClientRect().top < 100);
    await isAtRest(page);
    await page.goBack();
    expect(await isCurrent(page, "Nearly last") || await isCurrent(page, "Last words"), "outline: follows the way back");
    await isAtRest(page);
    await page.goForward();
    expect(await isCurrent(page, "Überblick über alles"), "outline: and forward",
      await page.evaluate(() => [location.hash, scrollY, document.querySelector("#q-outline [aria-current]")?.textContent]));
    await page.goto(base + "guide/two.html#second-part");
    expect(await isCurrent(page, "Second part"), "outline: knows where the address leads");
  });
}

async function previewByMouse(base) {
  await reader("preview", base, {}, async (page) => {
    const link = (text) => page.locator("main a", { hasText: text }).first();
    await page.goto(base + "guide/one.html");
    await link("link to two").hover();
    expect(await appears(page, card), "preview: a page");
    const text = await page.locator(card).textContent();
    expect(text.includes("Two") && text.includes("in one sentence"), "preview: with title and summary", text);
    expect(await link("link to two").getAttribute("aria-describedby") === "q-preview", "preview: describes the link");
    await axe(page, "card of a preview");
    await page.locator(card).hover();
    await page.waitForTimeout(500);
    expect(await page.locator(card).isVisible(), "preview: the pointer can reach it");
    await page.keyboard.press("Escape");
    expect(await page.locator(card).count() === 0, "preview: Esc closes");
    expect(await link("link to two").getAttribute("aria-describedby") === null, "preview: and nothing stays");
    for (const [name, wanted] of [["its second part", "What the second part says."], ["a requirement", "REQ-7"],
      ["region", "North, South or West."], ["back at the end", "One more line"]]) {
      await link(name).hover();
      await page.waitForFunction((part) => document.querySelector(".preview")?.textContent.includes(part), wanted)
        .catch(() => {});
      const shown = await page.locator(card).textContent().catch(() => "nothing");
      expect(shown.includes(wanted), `preview: ${name}`, shown);
      if (name === "region") {
        expect(await page.locator("a.term[title]").count() === await page.locator("a.term").count() - 1,
          "preview: the browser's tip does not cover it");
      }
      await page.mouse.move(640, 780);
      expect(await goes(page, card), `preview: ${name}: closes`);
    }
    expect(await page.locator("a.term:not([title])").count() === 0, "preview: tips are given back");
    await page.locator(".footnote-ref a").first().hover();
    expect(await appears(page, `${card} code`), "preview: a footnote with its forms");
    expect(await page.locator(`${card} .footnote-backref`).count() === 0, "preview: without its way back");
    await page.locator(".footnote-backref").first().scrollIntoViewIfNeeded();
    await page.locator(".footnote-backref").first().hover();
    await page.waitForFunction(() => document.querySelector(".preview")?.textContent.startsWith("First a"));
    expect(true, "preview: what refers to a footnote");
    for (const name of ["broken escape", "a page elsewhere"]) {
      await link(name).hover();
      await page.waitForTimeout(700);
      expect(await page.locator(card).count() === 0, `preview: none for ${name}`);
    }
    await link("link to two").hover();
    await appears(page, card);
    await page.evaluate(() => {
      window.flickers = 0;
      new MutationObserver((changes) => { window.flickers += changes.length; }).observe(document.body, { childList: true });
    });
    for (let i = 0; i < 6; i++) {
      await link("link to two").hover({ position: { x: 5 + 8 * i, y: 8 } });
      await page.waitForTimeout(120);
    }
    expect(await page.evaluate(() => window.flickers) === 0, "preview: does not flicker");
  });
}

async function previewByKeyboard(base) {
  await reader("preview by keyboard", base, { viewport: PHONE }, async (page) => {
    await page.goto(base + "guide/one.html");
    const count = await page.locator("article a[href]:not(.anchor)").count();
    await page.locator("#q-content").focus();
    let shown = 0;
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const kind = await page.evaluate(() => document.activeElement.closest("article p a[href*='.html']:not(.anchor), .footnote-ref a") &&
        !/^https:\/\/example/.test(document.activeElement.href));
      if (!kind) continue;
      const is = await page.waitForSelector(card, { timeout: 3000 }).then(() => true, () => false);
      const box = is && await page.locator(card).boundingBox();
      expect(is && isInside(box, PHONE), "preview: keyboard, inside 390 pixels", JSON.stringify(box), await activeText(page));
      await page.keyboard.press("Escape");
      expect(await page.locator(card).count() === 0, "preview: keyboard, Esc");
      if (++shown === 5) break;
    }
    expect(shown >= 4 && count > 4, "preview: keyboard, links were found", shown);
  });
}

async function copying(base, isServed) {
  const name = isServed ? "copy" : "copy from disk";
  await reader(name, base, {}, async (page, context) => {
    if (isServed) await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(base + "guide/one.html");
    const buttons = page.locator("button.copy");
    expect(await buttons.count() === 2, `${name}: a button for code, none for diagrams`, await buttons.count());
    expect(await page.locator("figure.diagram pre").count() === 1, `${name}: one of which has its source as text`);
    await page.locator("pre").nth(1).focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement.matches("button.copy")), `${name}: the next stop after code`);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent === "Code copied");
    if (isServed) {
      const text = await page.evaluate(() => navigator.clipboard.readText());
      expect(text.startsWith("a block of plain") && text.endsWith("second line"), `${name}: the code`, text);
      const sign = page.locator("h2 .anchor").first();
      await sign.click();
      await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent.includes("Link"));
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link === page.url() && link.includes("guide/one.html#"), `${name}: the link to a section`, link);
    }
    // The letters of the code against the buttons.
    const covered = await page.evaluate(() => [...document.querySelectorAll("button.copy")].filter((button) => {
      const range = document.createRange();
      range.selectNodeContents(button.parentNode.querySelector("code"));
      const edge = button.getBoundingClientRect();
      return [...range.getClientRects()].some((box) => box.right > edge.left && box.left < edge.right &&
        box.bottom - 4 > edge.bottom - 4 && box.top + 4 < edge.bottom - 2);
    }).map((button) => button.parentNode.textContent.slice(0, 60)));
    expect(covered.length === 0, `${name}: no button covers code`, covered);
  });
}

async function copyOnTouch(base) {
  await reader("copy on touch", base, { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
    await page.goto(base + "guide/one.html");
    const opacity = await page.locator("button.copy").first().evaluate((button) => getComputedStyle(button).opacity);
    expect(opacity === "1", "copy: visible without a pointer");
    await page.locator("button.copy").first().scrollIntoViewIfNeeded();
    const size = await page.locator("button.copy").first().evaluate((button) => {
      const own = button.getBoundingClientRect(), more = getComputedStyle(button, "::after");
      return own.height - parseFloat(more.top) - parseFloat(more.bottom);
    });
    expect(size >= 43, "copy: large enough for a finger", size);
  });
}

async function keys(base) {
  await reader("keys", base, {}, async (page) => {
    const press = (key) => page.keyboard.press(key);
    await page.goto(base + "guide/one.html");
    await press("?");
    expect(await appears(page, ".key-sheet[open]"), "keys: ? shows the list");
    await axe(page, "list of keys");
    await press("n");
    await page.waitForTimeout(300);
    expect(page.url().endsWith("guide/one.html"), "keys: none works below the list");
    await press("Escape");
    expect(await goes(page, ".key-sheet"), "keys: Esc closes it");
    await press("t");
    expect(await page.evaluate(() => document.activeElement.closest("#q-outline") !== null), "keys: t leads to the outline");
    const next = await page.locator("a[rel=next]").getAttribute("href");
    await press("n");
    await page.waitForURL(new URL(next, base + "guide/one.html").href);
    await press("p");
    await page.waitForURL("**/guide/one.html");
    await press("h");
    await page.waitForURL("**/index.html");
    await page.goto(base + "guide/one.html");
    await press("/");
    const field = ".search-dialog input";
    expect(await appears(page, field), "keys: / searches");
    await page.keyboard.type("n?h");
    expect(await page.locator(field).inputValue() === "n?h", "keys: who types writes");
    await page.locator(field).press("Escape");
    await page.keyboard.press("Escape");
    await page.locator("#q-help").click();
    await page.locator(".key-sheet input").uncheck();
    await page.locator(".key-sheet button").click();
    expect(await page.evaluate(() => document.activeElement.id) === "q-help", "keys: the focus returns to the button");
    await page.reload();
    for (const key of ["n", "/", "h", "?"]) await press(key);
    await page.waitForTimeout(300);
    expect(page.url().endsWith("guide/one.html") && await page.locator("dialog[open]").count() === 0,
      "keys: can be switched off");
    await press("Control+k");
    expect(await appears(page, field), "keys: Ctrl-K stays");
  });
}

async function paper(base) {
  await reader("paper", base, {}, async (page) => {
    await page.goto(base + "guide/one.html");
    await page.locator("main a", { hasText: "link to two" }).hover();
    await appears(page, card);
    await page.emulateMedia({ media: "print" });
    for (const selector of [".site-nav", ".site-header", ".site-footer", ".page-foot", ".copy >> nth=0", card,
      ".outline-button", ".nav-all", ".anchor >> nth=0"]) {
      expect(!(await page.locator(selector).isVisible()), `paper: no ${selector}`);
    }
    const after = await page.locator("main a[href^='https']").first().evaluate((link) => getComputedStyle(link, "::after").content);
    expect(after.includes("https://example.org/"), "paper: addresses of links", after);
    const diagram = page.locator("figure.diagram").first();
    expect(await diagram.evaluate((figure) => getComputedStyle(figure).breakInside) === "avoid", "paper: diagrams are not cut");
    await page.setViewportSize({ width: 700, height: 1000 });
    expect(await diagram.evaluate((figure) => figure.querySelector("svg").getBoundingClientRect().right <= innerWidth),
      "paper: diagrams are not wider than it");
    expect((await page.pdf()).length > 10000, "paper: can be printed");
  });
}

async function tables(base) {
  const rows = "table.register-table tbody tr:not(.group):not([hidden])";
  await reader("tables", base, {}, async (page) => {
    const page_ = base + "registers/requirements.html";
    await page.goto(page_);
    const all = await page.locator(rows).count();
    const select = page.locator(".table-tools select", { has: page.locator("option[value=shall]") });
    const value = "shall";
    await select.selectOption(value);
    const some = await page.locator(rows).count();
    expect(some > 0 && some < all, "tables: a column filters", `${some} of ${all}`);
    expect((await page.locator(".table-tools [role=status]").textContent()).startsWith(`${some} of`), "tables: and says so");
    await page.locator(".table-tools input").fill("no such words");
    expect(await page.locator(rows).count() === 0 && await page.locator("tr.group:visible").count() === 0,
      "tables: nothing fits, no groups");
    await page.locator(".table-tools input").fill("");
    const header = page.locator("th .sort", { hasText: "Requirement" });
    const column = () => page.locator("tbody").first().locator("tr:not(.group):not([hidden]) td:nth-child(2)").allTextContents();
    await header.click();
    const up = await column();
    await header.click();
    const down = await column();
    expect(up.length > 1 && up.join() === [...down].reverse().join() && up.join() !== down.join(), "tables: sort both ways");
    const address = page.url();
    expect(address.includes("sort=-2"), "tables: the address knows", address);
    await page.locator("main td a:visible").first().click();
    await page.goBack();
    await page.waitForSelector(".table-tools");
    expect(page.url() === address && (await column()).join() === down.join(), "tables: and brings it back");
    expect(await page.locator(rows).count() === some, "tables: with the filter");
    const group = await page.locator("tbody[id]").last().getAttribute("id");
    await page.goto(`${page_}?filter=zzzz#${group}`);
    await page.waitForFunction((id) => !document.querySelector(`#${id} > .group`).hidden, group);
    expect(await page.locator(rows).count() === all, "tables: a link to a group takes the filter away");
  });
}

async function rowsOfTables(base) {
  await reader("rows", base, {}, async (page) => {
    await page.goto(base + "registers/people.html");
    const id = await page.locator("tr[id]").last().getAttribute("id");
    await page.goto(`${base}registers/people.html?filter=zzzz&sort=-1#${id}`);
    const row = page.locator(`tr#${id}`);
    await row.waitFor();
    await page.waitForFunction(() => document.querySelector(":target").getBoundingClientRect().top < innerHeight);
    const colour = () => row.evaluate((line) => getComputedStyle(line.cells[0]).backgroundColor);
    const plain = await page.locator("tr[id]:not(:target)").first().evaluate((line) => getComputedStyle(line.cells[0]).backgroundColor);
    expect(await row.evaluate((line) => line.matches(":target")), "rows: the target is one, filtered and sorted");
    expect(await colour() !== plain, "rows: its line is marked", await colour(), plain);
    await page.locator("th .sort").first().click();
    expect(await row.evaluate((line) => line.matches(":target")) && await colour() !== plain, "rows: sorting keeps the mark");
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect(await row.evaluate((line) => getComputedStyle(line.cells[0]).animationName) === "none",
      "rows: nothing moves for who wants that");
  });
}

async function wholeTree(base, name) {
  await reader(`tree, ${name}`, base, {}, async (page) => {
    const nav = page.locator("#q-nav"), twig = nav.getByRole("link", { name: "Twig" });
    await page.goto(base + "guide/one.html");
    expect(await twig.count() === 0, `${name}: a page has its part of the tree`);
    await nav.locator(".nav-all").click();
    await page.waitForSelector("#q-nav a:has-text('Other')");
    await nav.getByText("Pages in Other").locator("..").click();
    await nav.getByText("Pages in Branch").locator("..").click();
    expect(await twig.isVisible(), `${name}: every page can be reached`);
    expect(await nav.locator("[aria-current=page]").textContent() === "One", `${name}: this page is marked`);
    await nav.getByRole("link", { name: "Two", exact: true }).click();
    await page.waitForURL("**/two.html");
    expect(await twig.waitFor().then(() => true, () => false), `${name}: open branches stay open`);
    await twig.click();
    await page.waitForURL("**/twig.html");
    await nav.locator(".nav-all").click();
    expect(await nav.getByRole("link", { name: "Leaf" }).count() === 0, `${name}: and away`);
    await page.goto(base + "guide/one.html");
    expect(await nav.getByRole("link", { name: "Twig" }).count() === 0, `${name}: which stays, too`);
  });
}

async function prefetching(base) {
  await reader("prefetch", base, {}, async (page, context) => {
    const hints = () => page.locator("link[rel=prefetch]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    await page.goto(base + "guide/one.html");
    const request = page.waitForRequest((one) => one.url().endsWith("guide/two.html"));
    await page.locator("main a", { hasText: "link to two" }).hover();
    await request;
    await page.locator("main a", { hasText: "its second part" }).hover();
    await page.waitForTimeout(250);
    await page.locator("main a", { hasText: "a page elsewhere" }).hover();
    await page.waitForTimeout(250);
    expect((await hints()).join() === base + "guide/two.html", "prefetch: once, and only the portal", await hints());
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }));
    await page.reload();
    await page.locator("main a", { hasText: "link to two" }).hover();
    await page.waitForTimeout(250);
    expect((await hints()).length === 0, "prefetch: nobody's data that are to be saved");
  });
}

async function wayBack(base) {
  await reader("way back", base, {}, async (page) => {
    await page.goto(base + "guide/one.html");
    await scrollTo(page, 1500);
    await page.waitForTimeout(300);
    await page.evaluate(() => document.querySelector("a[rel=next]").click());
    await page.waitForURL((url) => !url.pathname.endsWith("one.html"));
    expect(await page.evaluate(() => scrollY) === 0, "way back: the next page starts at its top");
    await page.goBack();
    await page.waitForFunction(() => scrollY === 1500).catch(() => {});
    expect(await page.evaluate(() => scrollY) === 1500, "way back: where it was left", await page.evaluate(() => scrollY));
  });
}

// What scripts add has its room before they come, however late that is.
async function nothingJumps(base, pages) {
  for (const path of pages) {
    await reader(`late scripts: ${path}`, base, { viewport: { width: 1350, height: 900 } }, async (page) => {
      await page.route("**/site.js", async (route) => {
        await new Promise((done) => setTimeout(done, 500));
        await route.continue();
      });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push({ value: entry.value,
          of: entry.sources.map((one) => `${one.node?.nodeName}.${one.node?.className} ${one.previousRect.y} ${one.currentRect.y}`) })))
          .observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(base + path);
      await page.waitForSelector("#q-help:not([hidden])", { state: "attached" });
      await page.waitForTimeout(200);
      const shifts = await page.evaluate(() => window.shifts);
      expect(shifts.reduce((sum, shift) => sum + shift.value, 0) < 0.1, `late scripts: ${path}: nothing jumps`,
        shifts.map((shift) => `${shift.value} ${shift.of}`));
    });
  }
}

// From disk no data can be fetched: no card, no complaint; what stands on the page is there.
async function fromDisk(base) {
  await reader("disk", base, {}, async (page) => {
    await page.goto(base + "guide/one.html");
    await page.locator("main a", { hasText: "link to two" }).hover();
    await page.waitForTimeout(700);
    expect(await page.locator(card).count() === 0, "disk: no card of another page");
    await page.locator("a.term").first().hover();
    expect(await appears(page, card), "disk: a term has one");
    await page.mouse.move(640, 780);
    await goes(page, card);
    await page.locator(".footnote-ref a").first().hover();
    expect(await appears(page, card), "disk: a footnote has one");
    expect(await page.locator("link[rel=prefetch]").count() === 0, "disk: nothing is fetched before");
    await page.locator("#q-theme").click();
    const choice = await page.evaluate(() => document.documentElement.dataset.theme);
    await page.goto(base + "guide/two.html");
    expect(await page.evaluate(() => document.documentElement.dataset.theme) === choice, "disk: colours stay");
  });
}

// Every type of page says the same without scripts, and all of the portal can be reached.
async function withoutScripts(base, pages) {
  const textOf = () => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll(".table-tools, .copy, #q-search-page").forEach((part) => part.remove());
    return main.textContent.replace(/\s+/g, "");
  };
  for (const path of pages) {
    const texts = [];
    for (const javaScriptEnabled of [true, false]) {
      await reader(`without scripts: ${path}`, base, { javaScriptEnabled }, async (page) => {
        await page.goto(base + path);
        texts.push(await page.evaluate(textOf));
        if (javaScriptEnabled) return;
        const links = await page.locator("nav.site-nav a[href]:visible, .site-footer a[href]:visible").count();
        expect(links > 0, `without scripts: ${path}: there is a way on`);
        expect(await page.locator("button:visible:not([popovertarget])").count() === 0,
          `without scripts: ${path}: no button that does nothing`);
        const wrong = await page.locator("main details:not([open])").evaluateAll((all) =>
          all.filter((one) => !one.querySelector("summary")).length);
        expect(wrong === 0, `without scripts: ${path}: what is folded can be opened`);
      });
    }
    expect(texts[0] === texts[1] && texts[0].length > 5, `without scripts: ${path}: the text is complete`);
  }
  await reader("without scripts: map", base, { javaScriptEnabled: false }, async (page) => {
    await page.goto(base + "index.html");
    await page.locator(".site-footer a", { hasText: "All pages" }).click();
    const count = await page.locator("main a[href$='.html']").count();
    const all = (await readdir(portal, { recursive: true })).filter((name) => /\.html$/.test(name) && !/(^|\/)(404|search|print|all-pages)\.html$/.test(name));
    expect(count >= all.length - 1, "without scripts: one page lists them all", `${count} of ${all.length}`);
  });
}

async function policyAsMeta(folder, pages) {
  const server = await serve(folder, { isMeta: true });
  const base = server.origin + BASE;
  for (const path of pages) {
    await reader(`policy in the page: ${path}`, base, {}, async (page) => {
      await page.goto(base + path, { waitUntil: "load" });
      expect(await page.evaluate(() => getComputedStyle(document.querySelector("main")).display !== "inline"
        && !document.querySelector("#q-theme").hidden), `policy in the page: ${path}: styles and scripts run`);
    });
  }
  server.close();
}

async function weight(folder) {
  let sum = 0;
  for (const file of ["assets/site.js", "assets/theme/js/theme.js"]) {
    sum += gzipSync(await readFile(join(folder, file)), { level: 6 }).length;
  }
  expect(sum <= 12 * 1024, "scripts of a page weigh at most 12 KB", sum);
}

// -----------------------------------------------------------------------------------------------------

const folder = await makeSite(), small = join(folder, "_site");
const [server, own] = [await serve(portal), await serve(small)];
try {
  browser = await launch(executable);
  const [base, ownBase] = [server.origin + BASE, own.origin + BASE];
  const disk = pathToFileURL(small).href + "/";
  const pages = (await typesOfPages(portal)).map(encodeURI);
  expect(pages.length >= 8, "the portal has pages of every type", pages);
  await coloursWithoutFlash(ownBase);
  await drawerOnPhone(ownBase);
  await outlineFollows(ownBase);
  await outlineFollows(disk);
  await previewByMouse(ownBase);
  await previewByKeyboard(ownBase);
  await copying(ownBase, true);
  await copying(disk, false);
  await copyOnTouch(ownBase);
  await keys(ownBase);
  await paper(ownBase);
  for (const place of [base, pathToFileURL(portal).href + "/"]) {
    await tables(place);
    await rowsOfTables(place);
  }
  await wholeTree(ownBase, "served");
  await wholeTree(disk, "disk");
  await prefetching(ownBase);
  await wayBack(ownBase);
  await fromDisk(disk);
  await withoutScripts(base, pages);
  await policyAsMeta(portal, pages);
  await nothingJumps(base, ["registers/requirements.html", "registers/people.html", "lead-dashboard/specification.html"]);
  await weight(portal);
} finally {
  await browser?.close();
  server.close();
  own.close();
  await rm(folder, { recursive: true });
}
finish();
