// SPDX-License-Identifier: MIT
// Loads what shows where links lead (card.js) when a pointer or the focus first comes to one: many
// pages are read without that.
(function () {
  "use strict";
  const NAMES = ["pointerover", "focusin"];

  function load(event) {
    const link = event.target.closest && event.target.closest("#q-content a[href]");
    if (!link || event.pointerType === "touch") return;
    NAMES.forEach(function (name) { document.removeEventListener(name, load); });
    const script = document.createElement("script");
    script.src = (document.documentElement.dataset.root || "") + "assets/theme/js/card.js";
    document.head.append(script);
  }

  NAMES.forEach(function (name) { document.addEventListener(name, load, { passive: true }); });
})();
