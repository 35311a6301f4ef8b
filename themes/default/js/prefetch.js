// SPDX-License-Identifier: MIT
// Fetches a page of the portal when the pointer rests on a link to it, so that it opens at once.
(function () {
  "use strict";
  const REST = 80; // milliseconds
  const MOST = 20; // pages
  const connection = navigator.connection || {};
  const top = new URL(document.documentElement.dataset.root || "./", location.href).href;
  const fetched = new Set([location.pathname]);
  let timer;
  if (!/^http/.test(location.protocol) || connection.saveData
    || /2g/.test(connection.effectiveType)) return;

  function fetchPage(link) {
    if (fetched.has(link.pathname) || fetched.size > MOST || !link.href.startsWith(top)
      || !/(\.html|\/)$/.test(link.pathname)) return;
    fetched.add(link.pathname);
    const hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = link.href.split("#")[0];
    document.head.append(hint);
  }

  function onLink(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    window.clearTimeout(timer);
    if (link) timer = window.setTimeout(fetchPage, REST, link);
  }

  ["pointerover", "focusin", "touchstart"].forEach(function (name) {
    document.addEventListener(name, onLink, { passive: true });
  });
})();
