// SPDX-License-Identifier: MIT
// What readers see of the search: a dialog with a combobox over its results, and the same on a page
// of its own, where the results are a list of links. search-engine.js finds.
(function () {
  "use strict";
  const engine = window.quoinSearch;
  const place = document.documentElement.dataset.root || "";
  const RECENT = "quoin-searches";
  const FILTERS = ["project", "kind", "status", "record"];
  let dialog, panels = 0;

  function set(element, attributes) {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  }

  function make(tag, attributes, ...children) {
    const element = set(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  }

  const title = (name) => (name[0].toUpperCase() + name.slice(1)).replaceAll("-", " ");
  const pages = (count) => count + (count === 1 ? " page" : " pages");
  const marks = (pieces) => pieces.map((piece, i) => i % 2 ? make("mark", {}, piece) : piece);

  function recent(query) {
    try {
      const list = JSON.parse(localStorage.getItem(RECENT)) || [];
      if (!query) return list;
      localStorage.setItem(RECENT,
        JSON.stringify([query, ...list.filter((other) => other !== query)].slice(0, 6)));
    } catch (error) {
      // storage is off, or holds something else
    }
    return [];
  }

  function filter(name, items) {
    const select = make("select", { name, "aria-label": title(name) },
      make("option", { value: "" }, "Any " + name),
      ...items.map(([value, text]) => make("option", { value }, text)));
    select.hidden = items.length < 2;
    return select;
  }

  function say({ count, isPartial, isMore, meant }) {
    if (!count) return "Nothing found.";
    return (isMore ? "More than " : "") + pages(count - isMore) + "." +
      (isPartial ? " None has all words, these have some." : "") +
      (meant.length ? " Also searched for: " + meant.join(", ") + "." : "");
  }

  // The field with its filters and results; a combobox unless it has a page of its own.
  function panel(isPage, names) {
    const id = "q-results-" + ++panels;
    const input = make("input", { type: "text", name: "q", "aria-label": "Search", placeholder: "Search",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
    const selects = FILTERS.map((name) => filter(name,
      name === "record" ? names.record.map((kind) => [kind, title(kind)]) : names[name][0]));
    const status = make("p", { class: "search-status", role: "status" });
    const list = make("div", { class: "search-results" });
    const element = make("form", { role: "search", class: "search" }, input,
      make("div", { class: "search-filters" }, ...selects), status, list);
    let turn = 0, timer, limit, active = -1;
    if (!isPage) {
      set(list, { id, role: "listbox", "aria-label": "Results" });
      set(input, { role: "combobox", "aria-expanded": false, "aria-autocomplete": "list",
        "aria-controls": id });
    }

    const options = () => [...list.querySelectorAll("a")];
    const address = () => {
      const wanted = [["q", input.value.trim()], ...selects.map((select) => [select.name, select.value])];
      return "search.html?" + new URLSearchParams(wanted.filter((pair) => pair[1]));
    };

    function select(index) {
      const all = options();
      active = all.length ? (index + all.length) % all.length : -1;
      all.forEach((option, i) => option.setAttribute("aria-selected", i === active));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", all[active].id);
        all[active].scrollIntoView({ block: "nearest" });
      }
    }

    function link(href, ...children) {
      return make("a", { href }, ...children);
    }

    function draw(groups) {
      list.replaceChildren(...groups);
      active = -1;
      if (isPage) return;
      options().forEach((option, i) => {
        set(option, { id: id + "-" + i, role: "option", tabindex: -1, "aria-selected": false });
      });
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", groups.length > 0);
    }

    function group(page) {
      const first = page.sections.find((section) => !section.heading.join("")); // below the title
      const head = link(page.url, make("strong", {}, ...marks(page.title)),
        make("small", {}, page.names.join(" · ")), ...first ? [make("span", {}, ...marks(first.text))] : []);
      const rest = page.sections.filter((section) => section !== first).map((section) =>
        link(section.url, make("b", {}, ...marks(section.heading)), make("span", {}, ...marks(section.text))));
      return make("div", isPage ? {} : { role: "group", "aria-label": page.title.join("") }, head, ...rest);
    }

    function drawRecent() {
      const queries = isPage ? [] : recent();
      status.textContent = queries.length ? "Recent searches" : "";
      draw(queries.map((query) => {
        const option = link(place + "search.html?q=" + encodeURIComponent(query), query);
        option.dataset.query = query;
        return option;
      }));
    }

    async function update() {
      const mine = ++turn;
      if (isPage) {
        try {
          history.replaceState(null, "", address());
        } catch (error) {
          // not from the disk
        }
      }
      const filters = Object.fromEntries(selects.map((item) => [item.name, item.value]));
      const found = await engine.find(input.value, filters, limit).catch(() => 0);
      if (mine !== turn) return;
      if (found === null) return drawRecent();
      status.textContent = found ? say(found) : "The index of the search cannot be loaded.";
      const groups = found ? found.pages.map(group) : [];
      if (found && found.count > found.pages.length) {
        const more = link(place + address(), "More results");
        more.dataset.more = "";
        groups.push(more);
      }
      draw(groups);
    }

    function start(delay) {
      clearTimeout(timer);
      limit = isPage ? 20 : 8;
      timer = setTimeout(update, delay);
    }

    // Who types is waited for: each beginning of a word would load its own results.
    input.addEventListener("input", ({ inputType }) =>
      start(inputType !== "insertText" ? 0 : input.value.length < 3 ? 250 : 80));
    selects.forEach((item) => item.addEventListener("change", () => start(0)));
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (isPage || event.target !== input || event.isComposing) return;
      if (step) {
        event.preventDefault();
        select(active < 0 && step < 0 ? -1 : active + step);
      } else if (event.key === "Enter") {
        const option = options()[Math.max(active, 0)];
        if (option) option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true,
          ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
      }
    });
    list.addEventListener("click", (event) => {
      const option = event.target.closest("a");
      if (!option) return;
      if (option.dataset.query) {
        event.preventDefault();
        input.value = option.dataset.query;
        input.focus();
        start(0);
      } else if (isPage && "more" in option.dataset) {
        event.preventDefault();
        limit += 30;
        update();
      } else {
        recent(input.value.trim());
        if (dialog && !event.ctrlKey && !event.metaKey) dialog.close();
      }
    });
    return { element, input, selects, start };
  }

  engine.open = async function () {
    if (!dialog) {
      const close = make("button", { type: "button", class: "tool", "aria-label": "Close" }, "✕");
      dialog = make("dialog", { class: "search-dialog", "aria-label": "Search" }, close);
      document.body.append(dialog);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
      dialog.showModal();
      dialog.panel = panel(false, await engine.start(place));
      dialog.prepend(dialog.panel.element);
    }
    if (!dialog.open) dialog.showModal();
    dialog.panel.input.focus();
    dialog.panel.input.select();
    dialog.panel.start(0);
  };

  engine.fill = async function (element) {
    const { element: form, input, selects, start } = panel(true, await engine.start(place));
    const wanted = new URLSearchParams(location.search);
    input.value = wanted.get("q") || "";
    for (const item of selects) item.value = wanted.get(item.name) || "";
    element.replaceChildren(form);
    input.focus();
    start(0);
  };
})();
