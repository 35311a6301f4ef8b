// SPDX-License-Identifier: MIT
// Keys: n and p for the next and previous page, t for the outline, h for the home page, ? for this
// list. The search has / and Ctrl-K. Nothing happens while somebody types, and the keys can be
// switched off for those who speak to their computer: data-keys="off" on the root element.
(function () {
  "use strict";
  const STORED = "quoin-keys";
  const root = document.documentElement;
  const button = document.getElementById("q-help");
  let sheet;

  const KEYS = [
    { keys: ["/", "Ctrl K"], says: "Search" },
    { keys: ["n"], says: "Next page", run: function () { follow("a[rel=next]"); } },
    { keys: ["p"], says: "Previous page", run: function () { follow("a[rel=prev]"); } },
    { keys: ["t"], says: "On this page", run: goToOutline },
    { keys: ["h"], says: "Home page", run: function () { follow(".site-title"); } },
    { keys: ["?"], says: "This list", run: showSheet },
    { keys: ["Esc"], says: "Close what is open" }
  ];

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) link.click();
  }

  function goToOutline() {
    const outline = document.getElementById("q-outline");
    const link = outline && (outline.querySelector("[aria-current]") || outline.querySelector("a"));
    if (!link) return;
    if (!link.offsetParent && outline.showPopover) outline.showPopover();
    link.focus();
  }

  function add(parent, name, text) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  }

  function addSwitch(parent) {
    const label = add(parent, "label");
    const box = add(label, "input");
    box.type = "checkbox";
    box.checked = root.dataset.keys !== "off";
    label.append(" Use single keys");
    box.addEventListener("change", function () { turn(box.checked); });
  }

  function turn(isOn) {
    if (isOn) delete root.dataset.keys;
    else root.dataset.keys = "off";
    try {
      if (isOn) localStorage.removeItem(STORED);
      else localStorage.setItem(STORED, "off");
    } catch (error) {
      return; // storage is off: for this page only
    }
  }

  function makeSheet() {
    sheet = document.createElement("dialog");
    sheet.className = "key-sheet";
    sheet.setAttribute("aria-labelledby", "q-keys-title");
    add(sheet, "h2", "Keyboard shortcuts").id = "q-keys-title";
    const list = add(sheet, "dl");
    KEYS.forEach(function (entry) {
      const row = add(list, "div");
      const term = add(row, "dt");
      entry.keys.forEach(function (key) { add(term, "kbd", key); });
      add(row, "dd", entry.says);
    });
    addSwitch(sheet);
    const close = add(sheet, "button", "Close");
    close.type = "button";
    close.className = "tool";
    sheet.addEventListener("click", function (event) {
      if (event.target === close || event.target === sheet) sheet.close(); // or what is around it
    });
    document.body.append(sheet);
  }

  function showSheet() {
    if (!sheet) makeSheet();
    if (!sheet.open) sheet.showModal();
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  try {
    if (localStorage.getItem(STORED) === "off") root.dataset.keys = "off";
  } catch (error) {
    // as above
  }
  if (button) {
    button.hidden = false;
    button.addEventListener("click", showSheet);
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented
      || root.dataset.keys || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const entry = KEYS.find(function (one) { return one.run && one.keys[0] === event.key; });
    if (!entry) return;
    event.preventDefault();
    entry.run();
  });
})();
