// SPDX-License-Identifier: MIT
// Finds sections in the index that core/pass/search.h describes. Loads only the parts that a query
// needs, by script tags, so that it works from the disk too. Draws nothing: see search.js.
(function () {
  "use strict";
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const WEIGHTS = [1, 1.6, 2.2, 2.8, 4, 5, 9, 10]; // of the ranks: text, headings, title, definition
  const HEADING = 4, TITLE = 9;
  const NEARNESS = 0.5; // of words in one section
  const ENOUGH = 0.65; // of the rarities of all words
  const PAGES = 8; // shown at first
  const values = {}, parts = {}, VALUES = new Uint8Array(128);
  let base = "", root;
  [...DIGITS].forEach((digit, i) => VALUES[digit.charCodeAt()] = i);
  const valueOf = (text, at) => VALUES[text.charCodeAt(at)];

  // Loading -----------------------------------------------------------------------------------

  function load(name, parse) {
    return parts[name] ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = base + "search/" + name + ".js";
      script.onload = () => resolve(parse ? parse(values[name]) : values[name]);
      script.onerror = () => {
        delete parts[name]; // another try may do
        reject(new Error(script.src));
      };
      document.head.append(script);
    });
  }

  function numbers(text) {
    const list = [];
    for (let at = 0, value = 0, shift = 0; at < text.length; at++) {
      const digit = valueOf(text, at);
      value |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        list.push(value);
        value = shift = 0;
      }
    }
    return list;
  }

  // Where each of the counted runs begins, and the end of the last.
  function starts(counts) {
    let sum = 0;
    return [0, ...counts.map((count) => sum += count)];
  }

  function readRoot(value) {
    for (const name of ["project", "kind", "status"]) value[name][1] = numbers(value[name][1]);
    value.pages = starts(numbers(value.sections));
    value.texts = starts(numbers(value.texts));
    value.words = value.words.split(" ");
    value.typos = value.typos.split(" ");
    value.pageOf = new Uint32Array(value.pages.at(-1));
    value.pages.forEach((first, page, all) => value.pageOf.fill(page, first, all[page + 1]));
    return root = value;
  }

  // Words in order, each without what it shares with the one before, and what is known of it.
  function readWords(value) {
    const list = [], items = value.split(" ");
    for (let i = 0, last = ""; i < items.length; i += 2) {
      last = last.slice(0, valueOf(items[i], 0)) + items[i].slice(1);
      list.push([last, items[i + 1]]);
    }
    return list;
  }

  // Index of the last item that is not greater.
  function lastBelow(list, value) {
    let low = 0, high = list.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (list[middle] > value) high = middle;
      else low = middle;
    }
    return low;
  }

  // The files of name with the words that start with prefix, at most limit.
  function filesOf(name, prefix, limit) {
    const first = lastBelow(root[name], prefix), files = [load(name + "/" + first, readWords)];
    for (let i = first + 1; files.length < limit && (root[name][i] || "").startsWith(prefix); i++) {
      files.push(load(name + "/" + i, readWords));
    }
    return Promise.all(files).then((lists) => lists.flat());
  }

  // Words: the same rules as core/text/words.h -------------------------------------------------

  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007" +
    "\\u3040-\\u30ff\\u3130-\\u318f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af" +
    "\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  const LETTERS = "(?:(?![" + UNSPACED + "])[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}])+";
  const RUN = new RegExp("([" + UNSPACED + "]+)|" + LETTERS + "(?:[-.'’]" + LETTERS + ")*", "gu");
  const PART = /[^-.'’_]+?(?=[-.'’_]|$|(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?!s(?![a-z]))[a-z])/gu;
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };

  function fold(text) {
    text = text.toLowerCase();
    return /^[ -~]*$/.test(text) ? text : text
      .replace(/[\u00c0-\u052f\u1e00-\u1fff]/g, (c) => PLAIN[c] || c.normalize("NFD")[0])
      .replace(/[\uff10-\uff5a]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "");
  }

  function singular(word) {
    return word.length < 4 ? word
      : /..ies$/.test(word) ? word.slice(0, -3) + "y"
      : /(ss|x)es$/.test(word) ? word.slice(0, -2)
      : word.replace(/([^sui])s$/, "$1");
  }

  // [word, start, end, as typed]; a compound's whole comes after its parts and has their number.
  function split(text) {
    const words = [];
    for (const run of text.matchAll(RUN)) {
      const letters = run[1] ? [...run[1]] : [];
      let at = run.index, whole = "", count = 0;
      letters.forEach((letter, i) => {
        const pair = letter + (letters[i + 1] || "");
        if (i === 0 || pair !== letter) words.push([pair, at, at + pair.length, pair]);
        at += letter.length;
      });
      for (const part of run[1] ? [] : run[0].matchAll(PART)) {
        let word = fold(part[0]);
        if (word.length > 24) word = [...word].slice(0, 24).join("");
        if (!word || (/['’]/.test(run[0][part.index - 1]) && word.length < 3)) continue;
        const start = run.index + part.index;
        words.push([singular(word), start, start + part[0].length, word]);
        whole += word;
        count++;
      }
      if (count > 1 && [...whole].length <= 24) {
        words.push([singular(whole), run.index, run.index + run[0].length, whole, count]);
      }
    }
    return words;
  }

  // Queries ------------------------------------------------------------------------------------

  // Slots: what must be found, each in one of several forms. Phrases: words in a row.
  function parse(query) {
    let slots = [];
    const phrases = [];
    query.split('"').forEach((text, i, all) => {
      const words = split(text), own = [];
      words.forEach(([word, , , typed, count]) => {
        if (count) {
          const parts = own.slice(-count);
          parts.forEach((slot) => slot.whole = [word, typed]);
          slots = slots.filter((slot) => !slot.isExtra || !parts.includes(slot.parts[0]));
          slots.push({ word, isExtra: true, isWhole: true, parts });
        } else {
          const before = own.at(-1), slot = { word, typed };
          own.push(slot);
          if (before) slots.push({ word: before.word + word, isExtra: true, parts: [before, slot] });
        }
      });
      if (i % 2) phrases.push(own.map((slot) => slot.word));
      else if (i === all.length - 1 && own.length && !/\s$/.test(text)) own.at(-1).open = true;
      slots.push(...own);
    });
    return { slots, phrases };
  }

  // Puts the documents of a word into the slot; a document keeps its best weight.
  function take(slot, [word, documents], factor) {
    let at = 0;
    slot.forms.add(word);
    for (const number of numbers(documents)) {
      const weight = WEIGHTS[number & 7] * factor;
      at += number >> 3;
      slot.weights[at] = Math.max(slot.weights[at], weight);
      slot.best = Math.max(slot.best, weight);
      slot.pages.add(root.pageOf[at]);
      at++;
    }
  }

  async function takeWord(slot, word, factor) {
    const words = await filesOf("words", word, 1);
    const found = words[lastBelow(words.map((item) => item[0]), word)];
    if (found && found[0] === word) take(slot, found, factor);
  }

  async function takeStarting(slot, prefix, factor) {
    slot.prefixes.push(prefix);
    for (const item of await filesOf("words", prefix, prefix.length > 2 ? 3 : 1)) {
      if (item[0].startsWith(prefix) && !slot.forms.has(item[0])) {
        take(slot, item, factor * (0.3 + 0.5 * prefix.length / item[0].length));
      }
    }
  }

  // Letters to add, drop, change or swap with the next.
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return 9;
    let before, last, row = [...b, 0].map((_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      [before, last, row] = [last, row, [i]];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > limit) return 9;
    }
    return row[b.length];
  }

  // What was meant when next to nothing is called so: the first letter, or the second, is right.
  async function takeMeant(slot) {
    const word = slot.word, limit = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!limit || /\d/.test(word)) return;
    const lists = await Promise.all([...word.slice(0, 2)].map((letter) => filesOf("typos", letter, 4)));
    const near = new Map();
    for (const [other, size] of lists.flat()) {
      const far = other === word ? 9 : distance(word, other, limit);
      if (far <= limit) near.set(other, valueOf(size, 0) - far * 20 + (other[0] === word[0]) * 4);
    }
    const best = [...near].sort((a, b) => b[1] - a[1]).slice(0, 3);
    if (best.length) slot.meant = best[0][0];
    await Promise.all(best.map(([other], i) => takeWord(slot, other, 0.6 - 0.1 * i)));
  }

  async function fill(slot) {
    Object.assign(slot, { weights: new Float32Array(root.pageOf.length), pages: new Set(), best: 0,
      forms: new Set(), prefixes: [] });
    await takeWord(slot, slot.word, 1);
    if (slot.whole) await takeWord(slot, slot.whole[0], 1);
    if (slot.open) {
      await takeStarting(slot, slot.typed, 1);
      if (slot.whole) await takeStarting(slot, slot.whole[1], 1);
    }
    const few = slot.best < HEADING && !slot.isExtra ? slot.pages.size : 99;
    if (few < 9 && slot.word.length > 7) await takeStarting(slot, slot.word.slice(0, -2), 0.6);
    if (few < 3) await takeMeant(slot);
    slot.rarity = Math.log(1 + root.pages.length / (slot.pages.size + 0.5));
    return slot;
  }

  // A compound says more than its parts; neighbours say no more than both.
  function weigh(slot) {
    if (!slot.isExtra) return;
    const sum = slot.parts.reduce((all, part) => all + part.rarity, 0);
    if (!slot.isWhole) slot.rarity = Math.min(slot.rarity, sum);
    else if (slot.pages.size) {
      slot.rarity *= 1.5;
      for (const part of slot.parts) part.rarity /= 2;
    }
  }

  // Ranking ------------------------------------------------------------------------------------

  // What a page is worth: each slot by its best place and how often it comes again; more when
  // they stand together, and when they make up the title. Its sections: the best first, by what the
  // title does not say of all of them.
  function judge(page, slots, needed, share, record) {
    const sections = [], first = root.pages[page];
    const totals = slots.map(({ weights }) => ({ best: 0, sum: 0, isTitle: weights[first] >= TITLE * 0.6 }));
    let score = 0, titled = 0;
    for (let i = first; i < root.pages[page + 1]; i++) {
      let worth = 0, here = 0, any = 0;
      for (let k = 0; k < slots.length; k++) {
        const { weights, rarity, isExtra } = slots[k], weight = weights[i], total = totals[k];
        total.best = Math.max(total.best, weight);
        total.sum += weight;
        any += weight;
        worth += rarity * (total.isTitle ? 2.7 + weight / 10 : weight);
        if (!isExtra && (weight || total.isTitle)) here++;
      }
      if (any && (!record || record[i])) {
        sections.push({ document: i, worth: worth * (here / needed) ** 2, here });
      }
    }
    slots.forEach(({ rarity, isExtra }, k) => {
      const { best, sum, isTitle } = totals[k];
      if (!best) return;
      if (!isExtra) titled += isTitle;
      score += rarity * (best + Math.log(1 + (sum - best) / 2));
    });
    if (!sections.length) return null;
    sections.sort((a, b) => b.worth - a.worth || a.document - b.document);
    const title = valueOf(root.titles, page);
    score += sections[0].worth * NEARNESS;
    score *= 1 + titled / needed * Math.min(1, titled / title) / 2;
    return { page, score: score * share ** 2, sections };
  }

  function allows(page, filters) {
    return ["project", "kind", "status"].every((name) => !filters[name] ||
      root[name][1][page] === root[name][0].findIndex((item) => item[0] === filters[name]) + 1);
  }

  // Pages with all words, or next to all when what they lack is common; else those with some.
  function rank(slots, filters, record) {
    const needed = slots.filter((slot) => !slot.isExtra);
    const all = needed.reduce((sum, slot) => sum + slot.rarity, 0);
    let isPartial = true;
    const found = [];
    for (const page of new Set(needed.flatMap((slot) => [...slot.pages]))) {
      const met = needed.filter((slot) => slot.pages.has(page));
      const share = met.reduce((sum, slot) => sum + slot.rarity, 0) / all;
      if (met.length === needed.length) isPartial = false;
      found.push({ page, share });
    }
    const list = found.filter((hit) => (isPartial || hit.share > ENOUGH) && allows(hit.page, filters))
      .map(({ page, share }) => judge(page, slots, needed.length, share, record)).filter(Boolean);
    return { list: list.sort((a, b) => b.score - a.score || a.page - b.page), isPartial };
  }

  // Texts --------------------------------------------------------------------------------------

  // [address, page's title, anchor, heading, text] of a document.
  async function textOf(document) {
    const part = lastBelow(root.texts, document);
    let at = root.texts[part];
    for (const [url, title, ...sections] of await load("texts/" + part)) {
      if (document < at + sections.length) return [url, title, ...sections[document - at]];
      at += sections.length;
    }
  }

  const rowOf = (text) => split(text).filter((word) => !word[4]).map((word) => word[0]);

  function hasPhrase(row, phrase) {
    return row.some((_, i) => phrase.every((word, k) => row[i + k] === word));
  }

  // Keeps the sections in which every phrase stands, page by page until enough are found.
  async function verify(list, phrases, enough) {
    const kept = [];
    for (let from = 0; from < list.length && from < 80 && kept.length < enough; from += 8) {
      for (const hit of await Promise.all(list.slice(from, from + 8).map(async (hit) => {
        const sections = await Promise.all(hit.sections.slice(0, 12).map(async (section) => {
          const rows = (await textOf(section.document)).slice(1).map(rowOf);
          return phrases.every((phrase) => rows.some((row) => hasPhrase(row, phrase))) && section;
        }));
        return { ...hit, sections: sections.filter(Boolean) };
      }))) {
        if (hit.sections.length) kept.push(hit);
      }
    }
    return kept;
  }

  function isMeant(slot, [word, , , typed]) {
    return slot.forms.has(word) || slot.prefixes.some((prefix) => typed.startsWith(prefix));
  }

  // The text from from to to in pieces; every second one is a word that was looked for.
  function mark(text, words, from, to) {
    const pieces = [];
    let at = from;
    for (const [, start, end] of words) {
      if (start < at || end > to) continue;
      pieces.push(text.slice(at, start), text.slice(start, end));
      at = end;
    }
    return [...pieces, text.slice(at, to)];
  }

  // About 160 characters around the place where most of what was looked for stands together.
  function excerpt(text, slots) {
    const words = [];
    for (const word of split(text)) {
      const slot = slots.findIndex((item) => isMeant(item, word));
      if (slot >= 0) words.push([slot, word[1], word[2]]);
    }
    let from = 0, best = 0;
    words.forEach(([, start], i) => {
      const near = words.slice(i, i + 20).filter((word) => word[2] < start + 130);
      const worth = new Set(near.map((word) => word[0])).size * 5 + Math.min(near.length, 4);
      if (worth > best) {
        best = worth;
        from = start;
      }
    });
    from = Math.max(0, from - 40);
    if (from) from = text.indexOf(" ", from) + 1;
    let to = text.length <= from + 170 ? text.length : text.lastIndexOf(" ", from + 170);
    if (to <= from) to = Math.min(text.length, from + 170);
    const pieces = mark(text, words, from, to);
    if (from) pieces[0] = "… " + pieces[0];
    if (to < text.length) pieces[pieces.length - 1] += " …";
    return pieces.map((piece) => piece.replaceAll("\n", " · ")); // blocks
  }

  function marked(text, slots) {
    return mark(text, split(text).filter((word) => slots.some((slot) => isMeant(slot, word))),
      0, text.length);
  }

  async function show(hit, slots) {
    const first = hit.sections[0].here;
    const sections = hit.sections.filter((section, i) => !i || section.here >= first).slice(0, 3);
    const texts = await Promise.all(sections.map((section) => textOf(section.document)));
    return {
      url: base + texts[0][0],
      title: marked(texts[0][1], slots),
      names: ["project", "kind", "status"].map((name) =>
        (root[name][0][root[name][1][hit.page] - 1] || [])[1]).filter(Boolean),
      sections: texts.map(([url, , anchor, heading, text]) => ({
        url: base + url + (anchor && "#" + encodeURIComponent(anchor)),
        heading: marked(heading, slots),
        text: excerpt(text, slots),
      })),
    };
  }

  window.quoinSearch = {
    split,
    add(name, value) {
      values[name] = value;
    },
    // Where the portal's root is; gives the root of the index with the names of the filters.
    start(address) {
      base = address;
      return load("root", readRoot);
    },
    // { pages: the first limit, count: of all, isPartial: no page has all words, isMore: there
    // may be more, meant: words that were taken for others }
    async find(query, filters = {}, limit = PAGES) {
      await load("root", readRoot);
      const { slots, phrases } = parse(query);
      if (!slots.length) return null;
      await Promise.all(slots.map(fill));
      slots.forEach(weigh);
      const record = filters.record && await fill({ word: ":" + filters.record });
      let { list, isPartial } = rank(slots, filters, record && record.weights);
      const isChecked = phrases.some((phrase) => phrase.length > 1);
      if (isChecked) list = isPartial ? [] : await verify(list, phrases, limit + 1);
      return {
        pages: await Promise.all(list.slice(0, limit).map((hit) => show(hit, slots))),
        count: list.length,
        isPartial: isPartial && list.length > 0,
        isMore: isChecked && list.length > limit,
        meant: slots.map((slot) => slot.meant).filter(Boolean),
      };
    },
  };
})();
