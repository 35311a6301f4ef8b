// SPDX-License-Identifier: MIT
// The browser's side of `quoin serve`; pages that were built do not have it. Shows edits as they are
// saved and keeps the place on the page; lists errors and warnings in a corner.
(function () {
  "use strict";
  var own = document.currentScript;
  var version = own.dataset.version;
  var PLACE = "quoin-live-place", CLOSED = "quoin-live-closed";
  // What the page's scripts add something to when it is loaded: new ones need a reload.
  var ENHANCED = "pre, table, h1, h2, h3, h4, h5, h6, button, form, dialog, script, [popover]";
  var source; // the page as the server sent it, parsed
  var events;

  function store(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch (error) {
      return; // storage is off: the page opens at its top
    }
  }

  function stored(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  // --- showing a change ----------------------------------------------------------------------

  function parse(text) {
    return new DOMParser().parseFromString(text, "text/html");
  }

  function versionOf(page) {
    var script = page.querySelector("script[data-version]");
    return script ? script.dataset.version : "";
  }

  function isSameTag(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName &&
      (a.nodeType !== 1 || a.cloneNode(false).isEqualNode(b.cloneNode(false)));
  }

  function needsScripts(node) {
    return node.nodeType === 1 && (node.matches(ENHANCED) || node.querySelector(ENHANCED) !== null);
  }

  // `live` is `before` with what scripts did to it. False when the difference cannot be put into it
  // without losing that: then the page is loaded again.
  function patch(before, after, live) {
    if (before.isEqualNode(after)) return true;
    if (!live || live.nodeName !== before.nodeName) return false;
    if (before.nodeType === 3 && after.nodeType === 3) {
      if (live.data !== before.data) return false;
      live.data = after.data;
      return true;
    }
    if (before.nodeType === 1 && isSameTag(before, after)) return patchChildren(before, after, live);
    if (!live.isEqualNode(before) || needsScripts(after)) return false;
    live.replaceWith(document.importNode(after, true));
    return true;
  }

  // What scripts appended behind the page's own nodes stays there.
  function patchChildren(before, after, live) {
    var a = before.childNodes, b = after.childNodes, c = live.childNodes;
    var start = 0, end = 0, i, anchor, old;
    if (c.length < a.length) return false;
    while (start < a.length && start < b.length && a[start].isEqualNode(b[start])) start++;
    while (end < a.length - start && end < b.length - start &&
      a[a.length - 1 - end].isEqualNode(b[b.length - 1 - end])) end++;
    if (a.length === b.length) {
      for (i = start; i < a.length - end; i++) {
        if (!patch(a[i], b[i], c[i])) return false;
      }
      return true;
    }
    old = Array.prototype.slice.call(c, start, a.length - end);
    anchor = c[a.length - end] || null;
    for (i = 0; i < old.length; i++) {
      if (!old[i].isEqualNode(a[start + i])) return false;
    }
    for (i = start; i < b.length - end; i++) {
      if (needsScripts(b[i])) return false;
    }
    old.forEach(function (node) { node.remove(); });
    for (i = start; i < b.length - end; i++) {
      live.insertBefore(document.importNode(b[i], true), anchor);
    }
    return true;
  }

  // Scripts and styles; the rest of the head is of no interest to who reads the page.
  function headOf(page) {
    return Array.prototype.map.call(page.head.querySelectorAll("script, link"), function (node) {
      return node === own || node.dataset.version ? "" : node.outerHTML;
    }).join("\n");
  }

  function swap(after) {
    if (!source || versionOf(source) !== version || headOf(source) !== headOf(after) ||
        !isSameTag(source.body, after.body) ||
        !patchChildren(source.body, after.body, document.body)) {
      return false;
    }
    document.title = after.title;
    source = after;
    version = versionOf(after);
    return true;
  }

  function reload() {
    store(PLACE, { path: location.pathname, x: scrollX, y: scrollY });
    location.reload();
  }

  function announce(detail) {
    document.dispatchEvent(new CustomEvent("quoin:changed", { detail: detail }));
  }

  function load() {
    return fetch(location.pathname + location.search, { cache: "no-cache" }).then(function (answer) {
      return answer.text();
    }).then(parse);
  }

  function change(message) {
    var detail = JSON.parse(message.data);
    var start = performance.now();
    if (detail.version === version) return;
    load().then(function (after) {
      detail.fetched = performance.now() - start;
      if (!swap(after)) return reload();
      detail.swapped = performance.now() - start;
      announce(detail);
    }, reload);
  }

  // A reload must not lose the place; a new style sheet needs no reload, but most often comes
  // with something else.
  function restorePlace() {
    var place = stored(PLACE);
    store(PLACE, null);
    if (place && place.path === location.pathname) scrollTo(place.x, place.y);
  }

  // --- the overlay ---------------------------------------------------------------------------

  var host, shadow, toggle, panel, list, status, shown = "";

  function element(name, className, text) {
    var node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function plural(count, one, many) {
    return count + " " + (count === 1 ? one : many);
  }

  function setOpen(isOpen) {
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  }

  function close() {
    var hadFocus = panel.contains(shadow.activeElement);
    setOpen(false);
    store(CLOSED, shown);
    if (hadFocus) toggle.focus();
  }

  function makeOverlay() {
    var style = element("link"), head = element("header"), button = element("button", "close", "Close");
    host = element("div");
    host.id = "q-live";
    shadow = host.attachShadow({ mode: "open" });
    style.rel = "stylesheet";
    style.href = own.dataset.style;
    toggle = element("button", "toggle");
    toggle.type = button.type = "button";
    toggle.setAttribute("aria-controls", "panel");
    panel = element("section", "panel");
    panel.id = "panel";
    panel.setAttribute("aria-labelledby", "title");
    list = element("ol");
    list.tabIndex = 0; // it scrolls
    list.setAttribute("aria-labelledby", "title");
    status = element("p", "status");
    status.setAttribute("role", "status");
    head.appendChild(element("h2", "", "Findings")).id = "title";
    head.appendChild(button);
    panel.append(head, list);
    shadow.append(style, panel, toggle, status);
    toggle.addEventListener("click", function () {
      if (panel.hidden) setOpen(true);
      else close();
    });
    button.addEventListener("click", close);
    shadow.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || panel.hidden) return;
      event.stopPropagation();
      close();
    });
    setOpen(false);
    document.body.appendChild(host);
  }

  function placeOf(finding) {
    if (!finding.file) return "";
    return finding.file + (finding.line ? ":" + finding.line : "") +
      (finding.line && finding.column ? ":" + finding.column : "");
  }

  function quote(finding) {
    var line = element("pre"), code = element("code");
    var from = finding.from === undefined ? 0 : finding.from, to = finding.to || 0;
    code.append(finding.source.slice(0, from));
    if (to > from) code.appendChild(element("mark", "", finding.source.slice(from, to)));
    code.append(finding.source.slice(to > from ? to : from));
    line.append(element("span", "number", String(finding.line)), code);
    return line;
  }

  // Names stand between backquotes, as in the terminal.
  function addText(node, text) {
    text.split("`").forEach(function (part, index) {
      node.append(index % 2 ? element("code", "name", part) : part);
    });
    return node;
  }

  function addFinding(finding) {
    var item = element("li", finding.severity);
    var text = element("p", "message");
    text.append(element("strong", "", finding.severity + ":"), " ");
    addText(text, finding.message).append(" ", element("code", "", finding.code));
    item.append(text);
    if (finding.file) item.append(element("p", "place", placeOf(finding)));
    if (finding.source) item.append(quote(finding));
    if (finding.hint) item.append(addText(element("p", "hint"), "Hint: " + finding.hint));
    if (finding.note) item.append(element("p", "hint", finding.note + ": " + finding.note_file));
    list.appendChild(item);
  }

  // What decides whether a closed panel opens again: other errors, not other places of them.
  function errorsOf(report) {
    return report.state + report.findings.filter(function (finding) {
      return finding.severity === "error";
    }).map(function (finding) { return finding.code + finding.file + finding.message; }).join("\n");
  }

  function showFindings(message) {
    var report = JSON.parse(message.data);
    var count = report.errors + report.warnings;
    var words = [];
    if (!host) makeOverlay();
    if (report.errors) words.push(plural(report.errors, "error", "errors"));
    if (report.warnings) words.push(plural(report.warnings, "warning", "warnings"));
    if (report.state === "broken") words.unshift("Shown as it was before");
    toggle.textContent = words.join(", ");
    toggle.className = "toggle" + (report.errors ? " error" : "");
    host.hidden = count === 0;
    status.textContent = count === 0 ? "No errors or warnings" : toggle.textContent;
    list.textContent = "";
    report.findings.forEach(addFinding);
    if (count > report.findings.length) {
      list.appendChild(addText(element("li", "more"), (count - report.findings.length) +
        " more: `quoin check` lists all of them."));
    }
    shown = errorsOf(report);
    if (!report.errors) setOpen(false);
    else if (stored(CLOSED) !== shown) setOpen(true);
  }

  // --- the connection ------------------------------------------------------------------------

  function connect() {
    if (events) return;
    events = new EventSource("/_quoin/events?path=" + encodeURIComponent(location.pathname) +
      "&version=" + encodeURIComponent(version));
    events.addEventListener("change", change);
    events.addEventListener("assets", reload);
    events.addEventListener("findings", showFindings);
  }

  // Browsers open only six connections to a server: pages that nobody sees do without.
  function disconnect() {
    if (events) events.close();
    events = null;
  }

  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) disconnect();
    else connect();
  });
  addEventListener("load", function () {
    restorePlace();
    load().then(function (page) { source = page; }, function () { source = null; });
  });
  if (!document.hidden) connect();
})();
