// SPDX-License-Identifier: MIT
// Fetches a page of the portal when the pointer rests on a link to it, so that it opens at once.
(function () {
  "use strict";
  var REST = 80; // milliseconds
  var fetched = {};
  var timer;
  var connection = navigator.connection;
  if (!/^http/.test(location.protocol) || (connection && connection.saveData)) return;

  function fetchPage(link) {
    var address = link.origin + link.pathname;
    if (link.origin !== location.origin || fetched[address] || link.pathname === location.pathname
      || !/(\.html|\/)$/.test(link.pathname)) return;
    fetched[address] = true;
    var hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = address;
    document.head.appendChild(hint);
  }

  function onLink(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    window.clearTimeout(timer);
    if (link && link.origin) timer = window.setTimeout(fetchPage, REST, link);
  }

  document.addEventListener("mouseover", onLink);
  document.addEventListener("focusin", onLink);
  document.addEventListener("touchstart", onLink, { passive: true });
})();
