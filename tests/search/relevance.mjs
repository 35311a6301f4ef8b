// relevance.mjs PORTAL ENGINE TABLE - each query of the table finds its page first. Prints the pages
// that came before those that did not.
import { readFileSync } from "node:fs";
import { openSearch } from "./engine.mjs";

const [, , portal, engine, table] = process.argv;
const rows = readFileSync(table, "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));
const { search } = await openSearch(portal, engine);
let failed = 0;
for (const [query, page, section] of rows) {
  const found = await search.find(query);
  const [first] = found.pages;
  const isGood = first && first.url === page + ".html" &&
    (!section || first.sections[0].url.split("#")[1] === section);
  if (isGood) continue;
  failed++;
  const at = found.pages.findIndex((other) => other.url === page + ".html");
  console.log(`FAIL ${query}\n    wanted ${page}${section ? "#" + section : ""}` +
    (at < 0 ? ", not among the first" : `, is number ${at + 1}`));
  for (const other of found.pages.slice(0, 3)) {
    console.log(`    ${other.sections[0].url} ${other.title.join("")}: ${other.sections[0].heading.join("")}`);
  }
}
console.log(`${table.split("/").pop()}: ${rows.length - failed} of ${rows.length} queries find their page first`);
process.exit(failed > 0 ? 1 : 0);
