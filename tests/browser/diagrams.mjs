// diagrams.mjs FOLDER BROWSER - diagrams as a reader sees them: texts in their shapes with narrow and
// wide fonts, readable on what they stand on in every colour scheme, on paper and with forced
// colours, nothing for axe to find, no wide page, and a Content-Security-Policy without scripts.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, relative, resolve } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2]);
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STRICT = "default-src 'none'; style-src 'self'; img-src 'self'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml", ".json": "application/json", ".png": "image/png" };
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
  const most = Number(process.env.VERBOSE ?? 8);
  for (const detail of details.slice(0, most)) console.log(`    ${detail.slice(0, 300)}`);
  if (details.length > most) console.log(`    and ${details.length - most} more`);
}

// /strict/… with the policy; /dejavu/… with a wider font for diagrams; /plain/… as it is.
async function serve(request, response) {
  const [, mode, ...rest] = decodeURIComponent(new URL(request.url, "http://localhost").pathname).split("/");
  const file = join(folder, rest.join("/") || "index.html");
  if (relative(folder, file).startsWith("..")) return response.writeHead(404).end();
  let bytes;
  try {
    bytes = await readFile(file);
  } catch {
    return response.writeHead(404).end();
  }
  if (mode === "dejavu" && extname(file) === ".css") {
    bytes = `${bytes}\n.diagram { --dg-font: "DejaVu Sans" !important; }\n`;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    ...(mode === "strict" && { "content-security-policy": STRICT }) });
  response.end(bytes);
}

// In the page ----------------------------------------------------------------------------------------

// Lines of text that leave their shape or their picture, in pixels of the picture.
const textsOutside = () => {
  const found = [];
  let count = 0;
  const SHAPES = "rect, circle, ellipse, path, polygon";
  const linesOf = (text) => {
    const spans = [...text.children].filter((child) => child.localName === "tspan" &&
      (child.hasAttribute("x") || text.firstElementChild === child));
    return spans.some((span) => span.hasAttribute("x")) ? spans : [text];
  };
  const boxOf = (line) => {
    const chars = line.getNumberOfChars();
    if (chars === 0 || line.textContent.trim() === "") return null;
    let left = Infinity, right = -Infinity, y = 0;
    for (let i = 0; i < chars; i++) {
      const box = line.getExtentOfChar(i);
      if (box.width === 0 || line.textContent[i] === " ") continue;
      left = Math.min(left, box.x);
      right = Math.max(right, box.x + box.width);
      y = line.getStartPositionOfChar(i).y;
    }
    const size = parseFloat(getComputedStyle(line).fontSize);
    return left < right ? { left, right, top: y - size * 0.72, bottom: y + size * 0.2 } : null;
  };
  // A box of an element in the coordinates of its picture.
  const inPicture = (box, element, svg) => {
    const matrix = svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
    const corners = [[box.left, box.top], [box.right, box.top], [box.left, box.bottom], [box.right, box.bottom]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
    return { left: Math.min(...corners.map((p) => p.x)), right: Math.max(...corners.map((p) => p.x)),
      top: Math.min(...corners.map((p) => p.y)), bottom: Math.max(...corners.map((p) => p.y)) };
  };
  const boundsOf = (shape, svg) => {
    const b = shape.getBBox();
    return inPicture({ left: b.x, right: b.x + b.width, top: b.y, bottom: b.y + b.height }, shape, svg);
  };
  for (const svg of document.querySelectorAll("figure.diagram svg")) {
    const view = svg.viewBox.baseVal;
    const name = svg.closest("figure").previousElementSibling?.textContent ?? "?";
    for (const text of svg.querySelectorAll("text")) {
      const node = text.closest(".dg-node, .dg-note, .dg-chip, .dg-leaf, .dg-core, .dg-number");
      const shapes = node ? [...node.querySelectorAll(SHAPES)].filter((shape) =>
        shape.closest(".dg-node, .dg-note, .dg-chip, .dg-leaf, .dg-core, .dg-number") === node) : [];
      for (const line of linesOf(text)) {
        const own = boxOf(line), box = own && inPicture(own, line, svg);
        if (!box) continue;
        count++;
        const words = `${name}: "${line.textContent.trim().slice(0, 50)}"`;
        const over = Math.max(view.x - box.left, box.right - view.x - view.width,
          view.y - box.top, box.bottom - view.y - view.height);
        if (over > 0.5) found.push(`${words} leaves the picture by ${over.toFixed(1)}`);
        if (shapes.length === 0) continue;
        const bounds = shapes.map((shape) => boundsOf(shape, svg));
        const left = Math.min(...bounds.map((b) => b.left)), top = Math.min(...bounds.map((b) => b.top));
        const right = Math.max(...bounds.map((b) => b.right));
        const bottom = Math.max(...bounds.map((b) => b.bottom));
        // The name below a figure of a person, or beside a circle, stands outside on purpose.
        const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
        if (x < left || x > right || y < top || y > bottom) continue;
        const out = Math.max(left - box.left, box.right - right, top - box.top, box.bottom - bottom);
        if (out > 0.5) found.push(`${words} leaves its shape by ${out.toFixed(1)}`);
      }
    }
  }
  return { found, count };
};

// Texts whose colour has less than 4.5:1 against the fills below them.
const unreadable = () => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colourOf = (css) => {
    if (!known.has(css)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(css, { r, g, b, a: a / 255 });
    }
    return known.get(css);
  };
  const over = (top, alpha, below) => ({ r: top.r * alpha + below.r * (1 - alpha),
    g: top.g * alpha + below.g * (1 - alpha), b: top.b * alpha + below.b * (1 - alpha) });
  const linear = (n) => n / 255 <= 0.03928 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4;
  const light = (c) => 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const pageGround = (element) => {
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(colourOf(getComputedStyle(at).backgroundColor));
    const start = matchMedia("(prefers-color-scheme: dark)").matches &&
      !matchMedia("print").matches ? { r: 18, g: 18, b: 18 } : { r: 255, g: 255, b: 255 };
    return chain.reduce((ground, c) => over(c, c.a, ground), start);
  };
  const found = [];
  let count = 0;
  for (const svg of document.querySelectorAll("figure.diagram svg")) {
    const ground = pageGround(svg.parentElement);
    const name = svg.closest("figure").previousElementSibling?.textContent ?? "?";
    const painted = [];
    for (const element of svg.querySelectorAll("rect, circle, ellipse, path, polygon, text")) {
      const style = getComputedStyle(element);
      if (element.localName !== "text") {
        const fill = style.fill === "none" ? null : colourOf(style.fill);
        const alpha = fill ? fill.a * parseFloat(style.fillOpacity) * parseFloat(style.opacity) : 0;
        if (alpha > 0) painted.push({ element, fill, alpha, inverse: element.getScreenCTM().inverse() });
        continue;
      }
      if (element.textContent.trim() === "" || element.getNumberOfChars() === 0) continue;
      const box = element.getBBox(), matrix = element.getScreenCTM();
      let worst = 99, on = null;
      count++;
      for (const share of [0.1, 0.5, 0.9]) {
        const point = new DOMPoint(box.x + box.width * share, box.y + box.height / 2).matrixTransform(matrix);
        let below = ground;
        for (const shape of painted) {
          if (shape.element.isPointInFill(point.matrixTransform(shape.inverse))) below = over(shape.fill, shape.alpha, below);
        }
        const ink = colourOf(style.fill);
        const seen = contrast(over(ink, ink.a * parseFloat(style.fillOpacity), below), below);
        if (seen < worst) [worst, on] = [seen, below];
      }
      if (worst < 4.5) {
        found.push(`${name}: "${element.textContent.trim().slice(0, 40)}" ${worst.toFixed(2)}:1, ${style.fill} on ` +
          `rgb(${[on.r, on.g, on.b].map(Math.round)})`);
      }
    }
  }
  return { found, count };
};

const tooWide = () => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth <= width ? [] :
    [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > width + 0.5 &&
      !e.closest(".dg-scroll > *")).map((e) => `<${e.localName} class="${e.getAttribute("class")}">`);
};

// Tests ----------------------------------------------------------------------------------------------

async function textsFit(browser, base, pages) {
  for (const [mode, font] of [["plain", "Arial's metrics"], ["dejavu", "DejaVu Sans"]]) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let all = 0;
    const outside = [];
    for (const path of pages) {
      await page.goto(`${base}/${mode}/${path}`);
      await page.evaluate(() => document.fonts.ready);
      const { found, count } = await page.evaluate(textsOutside);
      all += count;
      outside.push(...found);
    }
    console.log(`texts with ${font}: ${all} lines, ${outside.length} outside`);
    expect(all > 100 && outside.length === 0, `texts stay in their shapes with ${font}`, outside);
    await page.close();
  }
}

async function textsAreReadable(browser, base, pages) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  for (const path of pages) {
    await page.goto(`${base}/plain/${path}`);
    for (const media of ["screen", "print"]) {
      for (const colorScheme of ["light", "dark"]) {
        for (const forcedColors of media === "screen" ? ["none", "active"] : ["none"]) {
          await page.emulateMedia({ media, colorScheme, forcedColors });
          const { found, count } = await page.evaluate(unreadable);
          expect(count > 0 && found.length === 0,
            `${path}: texts have 4.5:1 (${media}, ${colorScheme}, forced colours: ${forcedColors})`, found);
        }
      }
    }
  }
  await page.close();
}

async function axeFindsNothing(browser, base, pages) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 844 } });
      for (const path of pages) {
        await page.goto(`${base}/plain/${path}`);
        await page.evaluate(axeSource);
        const found = await page.evaluate(async () => {
          const result = await window.axe.run("main", { resultTypes: ["violations"] });
          return result.violations.map((v) => `${v.id} (${v.impact}): ${v.help}: ` +
            v.nodes.slice(0, 3).map((node) => node.html.slice(0, 100)).join(" | "));
        });
        expect(found.length === 0, `axe: ${path}, ${colorScheme}, ${width} pixels`, found);
        const wide = await page.evaluate(tooWide);
        expect(wide.length === 0, `${path} fits into ${width} pixels`, wide);
      }
      await page.close();
    }
  }
}

async function strictPolicyHolds(browser, base, pages) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  const isIcon = (address) => new URL(address).pathname === "/favicon.ico";
  page.on("response", (r) => r.status() >= 400 && !isIcon(r.url()) && problems.push(`${r.status()}: ${r.url()}`));
  for (const path of pages) {
    problems.length = 0;
    await page.goto(`${base}/strict/${path}`, { waitUntil: "load" });
    expect(problems.length === 0, `${path} keeps the policy "${STRICT}"`, [...problems]);
    const figure = page.locator("figure.diagram").first();
    expect(await figure.locator("svg").isVisible(), `${path}: the picture is there without scripts`);
    await figure.locator("summary").click();
    expect(await figure.locator("details > :not(summary)").first().isVisible(),
      `${path}: the text version opens without scripts`);
    const [alone] = await figure.locator(".dg-open a").all();
    if (alone) {
      const response = await page.goto(new URL(await alone.getAttribute("href"), page.url()).href);
      expect(response.status() === 200 && await page.locator("svg text").first().isVisible(),
        `${path}: the picture alone opens`);
      expect(problems.length === 0, `${path}: the picture alone keeps the policy`, [...problems]);
    }
  }
  await context.close();
}

const server = createServer((request, response) => {
  serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}`;
let browser;
try {
  browser = await chromium.launch({ executablePath: process.argv[3], headless: true, args: FLAGS });
  const pages = (await readdir(folder)).filter((name) => /^(page\d+|colours)\.html$/.test(name)).sort();
  await textsFit(browser, base, pages);
  await textsAreReadable(browser, base, pages);
  await strictPolicyHolds(browser, base, pages);
  await axeFindsNothing(browser, base, pages);
} finally {
  await browser?.close();
  server.close();
}
console.log(`diagrams: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
