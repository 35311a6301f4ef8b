// SPDX-License-Identifier: MIT
// Keys: n and p for the next and previous page, t for the outline, h for the home page, ? for this
// list. The search has / and Ctrl-K. Nothing happens while somebody types.
(function () {
  "use strict";
  var sheet;

  var KEYS = [
    { keys: ["/", "Ctrl K"], says: "Search" },
    { keys: ["n"], says: "Next page", run: function () { follow("a[rel=next]"); } },
    { keys: ["p"], says: "Previous page", run: function () { follow("a[rel=prev]"); } },
    { keys: ["t"], says: "On this page", run: goToOutline },
    { keys: ["h"], says: "Home page", run: function () { follow(".site-title"); } },
    { keys: ["?"], says: "This list", run: showSheet },
    { keys: ["Esc"], says: "Close what is open" }
  ];

  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) link.click();
  }

  function goToOutline() {
    var outline = document.getElementById("q-outline");
    var link = outline && (outline.querySelector("[aria-current]") || outline.querySelector("a"));
    if (!link) return;
    if (!link.offsetParent && outline.showPopover) outline.showPopover();
    link.focus();
  }

  function addRow(list, entry) {
    var term = document.createElement("dt");
    var meaning = document.createElement("dd");
    entry.keys.forEach(function (key) {
      var name = document.createElement("kbd");
      name.textContent = key;
      term.appendChild(name);
      term.appendChild(document.createTextNode(" "));
    });
    meaning.textContent = entry.says;
    list.appendChild(term);
    list.appendChild(meaning);
  }

  function makeSheet() {
    var title = document.createElement("h2");
    var list = document.createElement("dl");
    var close = document.createElement("button");
    sheet = document.createElement("dialog");
    sheet.className = "key-sheet";
    sheet.setAttribute("aria-labelledby", "q-keys-title");
    title.id = "q-keys-title";
    title.textContent = "Keys";
    close.type = "button";
    close.className = "tool";
    close.textContent = "Close";
    close.addEventListener("click", function () { sheet.close(); });
    KEYS.forEach(function (entry) { addRow(list, entry); });
    sheet.appendChild(title);
    sheet.appendChild(list);
    sheet.appendChild(close);
    document.body.appendChild(sheet);
  }

  function showSheet() {
    if (!sheet) makeSheet();
    if (!sheet.open) sheet.showModal();
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented
      || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    KEYS.forEach(function (entry) {
      if (entry.run && entry.keys.indexOf(event.key) >= 0) {
        event.preventDefault();
        entry.run();
      }
    });
  });
})();
