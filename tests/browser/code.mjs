// code.mjs PORTAL BROWSER - coloured code: contrast of every class on every ground, what a reader
// copies, forced colours, a narrow window, and the strict policy.
import { launch, expect, finish, serve, watch, BASE } from "./harness.mjs";

const [folder, program] = process.argv.slice(2);
const CLASSES = "k t s n c f v l o g a p m e r h i b u q ins del x".split(" ");
const GROUNDS = { "a block": "", "a marked line": "hl-line hl-marked",
  "an inserted line": "hl-line hl-ins", "a deleted line": "hl-line hl-del" };
const LEAST = 4.5;

// In the page: contrast of text of each class within a line of the class `ground`.
function measure([classes, ground]) {
  const code = document.querySelector("pre.hl > code");
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function luminance(color) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function groundOf(element) {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "white";
  }
  return classes.map((name) => {
    const line = document.createElement("span"), span = document.createElement("span");
    line.className = ground;
    span.className = `hl-${name}`;
    span.textContent = "text";
    line.append(span);
    code.append(line);
    const one = luminance(getComputedStyle(span).color), other = luminance(groundOf(span));
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    line.remove();
    return { name, ratio };
  });
}

async function contrastIsGood(browser, origin) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme });
    await page.goto(origin);
    for (const [ground, classes] of Object.entries(GROUNDS)) {
      const found = await page.evaluate(measure, [CLASSES, classes]);
      const poor = found.filter(({ ratio }) => !(ratio >= LEAST));
      expect(poor.length === 0, `${colorScheme}: contrast on ${ground}`,
        poor.map(({ name, ratio }) => `hl-${name}: ${ratio.toFixed(2)}`));
      expect(new Set(found.map(({ ratio }) => ratio.toFixed(3))).size > 5,
        `${colorScheme}: ${ground}: the classes have colours`);
    }
    await page.close();
  }
}

// What a selection gives must be the source: without numbers, with each line feed once.
async function selectionIsSource(page) {
  const found = await page.evaluate(() => [...document.querySelectorAll("pre.hl > code")].map((code) => {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return { selected: getSelection().toString().trimEnd(), source: code.textContent.trimEnd() };
  }));
  expect(found.length > 5, "there are blocks to copy");
  const wrong = found.filter(({ selected, source }) => selected !== source);
  expect(wrong.length === 0, "a selected block is its source", wrong.map(({ selected }) => selected));
}

async function titlesAreLabels(page) {
  const figure = page.getByRole("figure").filter({ has: page.locator("pre.hl") }).first();
  expect(await figure.locator("figcaption").innerText() === "deploy/web.yaml", "a title is the caption");
  const numbers = await page.evaluate(() => {
    const line = document.querySelector(".hl-numbers .hl-line");
    return getComputedStyle(line, "::before").content;
  });
  expect(numbers.includes("counter"), "lines are counted by the style sheet", numbers);
}

async function forcedColorsKeepTheDifference(browser, origin) {
  const page = await browser.newPage({ forcedColors: "active" });
  await page.goto(origin);
  const found = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return { keyword: style(".hl .hl-k").fontWeight, plain: style("pre.hl > code").fontWeight,
      marked: style(".hl-marked").borderInlineStartWidth,
      other: style(".hl-line:not(.hl-marked)").borderInlineStartWidth };
  });
  expect(Number(found.keyword) > Number(found.plain), "forced colours: keywords are bold");
  expect(found.marked !== found.other, "forced colours: marked lines have an edge", JSON.stringify(found));
  await page.close();
}

async function narrowWindowDoesNotScroll(browser, origin) {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(origin);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width <= 360, "code scrolls in its block, not the page", width);
  await page.close();
}

const server = await serve(folder);
const browser = await launch(program);
const address = `${server.origin}${BASE}manual/code.html`;
const page = await browser.newPage();
const problems = watch(page, server.origin);
await page.goto(address);
await selectionIsSource(page);
await titlesAreLabels(page);
expect(problems.length === 0, "nothing is refused by the policy", problems);
await contrastIsGood(browser, address);
await forcedColorsKeepTheDifference(browser, address);
await narrowWindowDoesNotScroll(browser, address);
await browser.close();
server.close();
finish();
