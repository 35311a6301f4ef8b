// harness.mjs - what tests in the browser share: a server with the strict Content-Security-Policy that
// every portal must bear, a browser with a fresh profile, a watch for problems, and the count.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const BASE = "/repo/"; // a portal seldom has a host of its own
export const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml", ".json": "application/json", ".png": "image/png", ".txt": "text/plain",
  ".md": "text/plain; charset=utf-8", ".xml": "application/xml" };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = (executablePath) =>
  chromium.launch({ executablePath, headless: true, args: FLAGS });

// Counting -----------------------------------------------------------------------------------------

let passed = 0, failed = 0;

export function expect(isGood, what, ...details) {
  if (isGood) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAIL ${what}`);
  for (const detail of details.flat().slice(0, 12)) console.log(`    ${String(detail).slice(0, 400)}`);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

// The portal ---------------------------------------------------------------------------------------

// One page of every layout, and of what Markdown and plugins put into pages. A project in one document
// has of everything, and only stands for its own layout.
export async function typesOfPages(folder) {
  const marks = ["class=\"home", "with-nav wide", "with-nav document", "q-search-page", "sitemap", "table-wrap",
    "class=\"task", "<figure class=\"diagram", "alert alert-", "<math", "class=\"hl", "footnotes", "timeline",
    "class=\"term", "class=\"matrix", "class=\"meter", "placeholder"];
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.html$/.test(name) && name !== "404.html").sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  const found = new Set(["index.html"]);
  for (const mark of marks) {
    const place = texts.findIndex((text, at) => text.includes(mark) &&
      (mark === "with-nav document" || !names[at].endsWith("print.html")));
    if (place >= 0) found.add(names[place]);
  }
  return [...found];
}

// The server ---------------------------------------------------------------------------------------

async function fileOf(folder, path) {
  const file = join(folder, path.startsWith(BASE) ? path.slice(BASE.length) || "index.html" : "..");
  if (relative(folder, file).startsWith("..")) throw new Error("outside");
  return { file, status: 200, bytes: await readFile(file) };
}

const withMeta = (text) => text.replace("<meta charset=\"utf-8\">",
  `$&<meta http-equiv="content-security-policy" content="${POLICY}">`);

// Serves `folder` below BASE. `isMeta`: the policy stands in each page instead of the header.
export async function serve(folder, { isMeta = false, isPacked = false } = {}) {
  async function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path === "/favicon.ico") return response.writeHead(204).end();
    const missing = { file: join(folder, "404.html"), status: 404 };
    const found = await fileOf(folder, path).catch(() => missing);
    let bytes = found.bytes ?? await readFile(found.file);
    const headers = { "content-type": TYPES[extname(found.file)] ?? "application/octet-stream",
      "x-content-type-options": "nosniff" };
    if (!isMeta) headers["content-security-policy"] = POLICY;
    else if (extname(found.file) === ".html") bytes = Buffer.from(withMeta(bytes.toString()));
    if (isPacked) {
      headers["content-encoding"] = "gzip";
      headers["cache-control"] = "max-age=600";
      bytes = gzipSync(bytes);
    }
    response.writeHead(found.status, headers).end(bytes);
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// Watching -----------------------------------------------------------------------------------------

// A list that fills with whatever a reader's console would show, and with requests to other places.
export function watch(page, allowed) {
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") problems.push(`failed: ${request.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(allowed)) problems.push(`elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}
