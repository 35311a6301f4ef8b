// engine.mjs - the search as browsers run it, under node: the very scripts of a built portal, whose
// script elements are read from the disk.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

// { search, loaded }: the object that the scripts make, and the files with their sizes.
export async function openSearch(folder, engine) {
  const loaded = new Map();
  const context = vm.createContext({ Promise, Map, Set, Math, Error, encodeURIComponent });
  context.window = context;
  const run = (script) => {
    const bytes = readFileSync(join(folder, script.src));
    loaded.set(script.src, bytes);
    vm.runInContext(bytes.toString("utf8"), context, { filename: script.src });
    script.onload();
  };
  context.document = {
    createElement: () => ({}),
    head: { append: (script) => setImmediate(run, script) },
  };
  vm.runInContext(readFileSync(engine, "utf8"), context, { filename: engine });
  const root = await context.quoinSearch.start("");
  const read = (name) => { // a part of the index as it is
    let value;
    const quoinSearch = { add: (_, given) => value = given };
    vm.runInNewContext(readFileSync(join(folder, "search", name + ".js"), "utf8"), { quoinSearch });
    return value;
  };
  return { search: context.quoinSearch, root, loaded, read };
}
