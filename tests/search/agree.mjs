// agree.mjs PORTAL ENGINE - queries are split by the rules of the index: every word that the browser
// sees in a text, a heading or a title is in the index, with that document.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openSearch } from "./engine.mjs";

const [, , portal, engine] = process.argv;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const ONE_A_PAGE = 4096; // a word in more documents is listed once a page
const { search, root, read } = await openSearch(portal, engine);

function* numbers(text) {
  for (let at = 0, value = 0, scale = 1; at < text.length; at++) {
    const digit = DIGITS.indexOf(text[at]);
    value += (digit & 31) * scale;
    scale *= 32;
    if (digit < 32) {
      yield value;
      value = 0;
      scale = 1;
    }
  }
}

const index = new Map();
const count = (folder) => readdirSync(join(portal, "search", folder)).length;
let before = "";
for (let file = 0; file < count("words"); file++) {
  const items = read("words/" + file).split(" ");
  for (let i = 0, last = ""; i < items.length; i += 2) {
    last = last.slice(0, DIGITS.indexOf(items[i][0])) + items[i].slice(1);
    if (before >= last) console.log(`FAIL ${before} comes before ${last}`);
    before = last;
    const documents = new Set();
    let next = 0;
    for (const number of numbers(items[i + 1])) {
      documents.add(next += number >> 3);
      next++;
    }
    index.set(last, documents);
  }
}
let document = 0, words = 0, failed = 0;
const ofPages = Math.min(ONE_A_PAGE, root.pages.length - 1) / 2;
for (let part = 0; part < count("texts"); part++) {
  for (const [, title, ...sections] of read("texts/" + part)) {
    for (const [, heading, text] of sections) {
      for (const [word] of search.split(heading + "\n" + text)) {
        const documents = index.get(word);
        words++;
        if (documents?.has(document) || documents?.size > ofPages) continue;
        if (failed++ < 10) console.log(`FAIL "${word}" of "${heading}" on "${title}" is not in the index`);
      }
      document++;
    }
  }
}
if (document !== root.pages.at(-1)) failed++;
console.log(`${words} words of ${document} sections are split alike${failed ? `, but ${failed}` : ""}`);
process.exit(failed > 0 || words === 0 ? 1 : 0);
