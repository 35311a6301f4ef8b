// search.mjs PORTAL BROWSER QUERY... - bytes (gzip) and files that each query loads, and milliseconds
// from the words to the results on the screen: cold, best and middle of seven, served and from disk.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const { chromium } = createRequire(new URL("../browser/package.json", import.meta.url))("playwright-core");
const folder = resolve(process.argv[2]);
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript" };
const packed = new Map(); // as a host has it: compressed once
let bytes = 0, files = 0;

async function serve(request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  try {
    if (!packed.has(path)) packed.set(path, gzipSync(await readFile(join(folder, path))));
    bytes += packed.get(path).length;
    files++;
    response.writeHead(200, { "content-type": TYPES[path.split(".").pop()] ?? "text/plain", "content-encoding": "gzip" });
    response.end(packed.get(path));
  } catch {
    response.writeHead(404).end();
  }
}

async function query(words) {
  const frame = () => new Promise(requestAnimationFrame);
  document.getElementById("q-search").click();
  let input;
  while (!(input = document.querySelector(".search-dialog input"))) await frame();
  const start = performance.now();
  input.value = words;
  input.dispatchEvent(new Event("input"));
  while (!/page|Nothing/.test(document.querySelector(".search-status").textContent)) await frame();
  await frame();
  return performance.now() - start;
}

const server = createServer(serve).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const browser = await chromium.launch({ executablePath: process.argv[3], args: FLAGS });
for (const root of [`http://127.0.0.1:${server.address().port}/`, pathToFileURL(folder).href + "/"]) {
  for (const words of process.argv.slice(4)) {
    const times = [];
    for (let i = 0; i < 7; i++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(root + "index.html", { waitUntil: "networkidle" });
      bytes = files = 0;
      times.push(await page.evaluate(query, words));
      await context.close();
    }
    times.sort((a, b) => a - b);
    console.log(`${root.slice(0, 4)}  ${words.padEnd(26)} ${times[0].toFixed(0).padStart(4)} ${times[3].toFixed(0).padStart(4)} ms` +
      (files ? `  ${bytes} bytes in ${files} files` : ""));
  }
}
await browser.close();
server.close();
