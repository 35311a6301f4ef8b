// screenshots.mjs FOLDER BROWSER OUT - pictures of the portal for people to look at: every sort of page,
// phone, tablet and desktop, light and dark, and paper; and one sheet with all of them.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./harness.mjs";

const [folder, out] = [resolve(process.argv[2]), resolve(process.argv[4])];
const base = pathToFileURL(folder).href + "/";
const PAGES = [
  ["home", "index.html"], ["project", "lead-dashboard/index.html"],
  ["spec", "lead-dashboard/specification.html"], ["register", "registers/open-items.html"],
  ["map", "registers/completeness.html"], ["decisions", "registers/decisions.html"],
  ["diagram", "lead-dashboard/architecture.html#component-diagram"],
  ["manual", "manual/writing-specs.html"], ["search", "search.html?q=links"],
  ["all-pages", "all-pages.html"],
];
const SIZES = [["phone", 390, 844], ["tablet", 820, 1180], ["desktop", 1280, 900], ["wide", 1600, 1000]];

await mkdir(out, { recursive: true });
const browser = await launch(process.argv[3]);
const pictures = [];

async function shoot(page, name) {
  await page.screenshot({ path: join(out, `${name}.png`) });
  pictures.push(name);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [size, width, height] of SIZES) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height }, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const [name, path] of PAGES) {
      await page.goto(base + path, { waitUntil: "load" });
      if (path.includes("?q=")) await page.waitForTimeout(500);
      await shoot(page, `${name}-${size}-${colorScheme}`);
    }
    await context.close();
  }
}

// What opens: the drawer, the outline on a phone.
const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
const page = await phone.newPage();
await page.goto(base + "lead-dashboard/specification.html");
await page.locator(".menu-button").click();
await shoot(page, "drawer-phone-light");
await page.keyboard.press("Escape");
await page.locator(".outline-button").click();
await shoot(page, "outline-phone-light");

// Paper, as it looks on a screen as wide as a sheet.
await page.emulateMedia({ media: "print" });
await page.setViewportSize({ width: 794, height: 1123 });
for (const [name, path] of [["paper-spec", "quoin/design-links.html"], ["paper-project", "lead-dashboard/print.html"]]) {
  await page.goto(base + path);
  await shoot(page, name);
  await page.pdf({ path: join(out, `${name}.pdf`), format: "A4" });
}

// The sheet.
const figures = await Promise.all(pictures.map(async (name) => {
  const bytes = await readFile(join(out, `${name}.png`));
  return `<figure><img src="data:image/png;base64,${bytes.toString("base64")}"><figcaption>${name}</figcaption></figure>`;
}));
await writeFile(join(out, "sheet.html"), `<!doctype html><style>
  body { display: flex; flex-wrap: wrap; gap: 16px; margin: 16px; background: #777; font: 13px sans-serif; }
  figure { margin: 0; } img { height: 420px; display: block; } figcaption { color: #fff; }
  </style>${figures.join("\n")}`);
await page.emulateMedia({ media: "screen" });
await page.setViewportSize({ width: 2400, height: 1200 });
await page.goto(pathToFileURL(join(out, "sheet.html")).href);
await page.screenshot({ path: join(out, "sheet.png"), fullPage: true });
await browser.close();
console.log(`${pictures.length} pictures and sheet.png in ${out}`);
