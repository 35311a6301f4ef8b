// SPDX-License-Identifier: MIT
// The switch for light, dark and the system's colours. Loaded before the page is drawn, so that a
// stored choice never flashes. The choice stands on the root element as data-theme; the system's
// is the absence of one.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "quoin-theme";
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null; // storage is off: the choice lasts for this page
    }
  }

  function choose(choice) {
    if (choice) root.dataset.theme = choice;
    else delete root.dataset.theme;
  }

  // The first click always shows a difference: system, the other one, the system's own, system.
  function next() {
    var own = dark.matches ? "dark" : "light", other = dark.matches ? "light" : "dark";
    if (!root.dataset.theme) return other;
    return root.dataset.theme === other ? own : "";
  }

  var choice = stored();
  if (choice === "light" || choice === "dark") choose(choice);

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("q-theme");
    if (!button) return;

    function show() {
      var text = "Colours: " + (root.dataset.theme || "system") + ". Switch to " + (next() || "system");
      button.setAttribute("aria-label", text);
      button.title = text;
    }

    button.hidden = false;
    show();
    dark.addEventListener("change", show);
    button.addEventListener("click", function () {
      choose(next());
      try {
        if (root.dataset.theme) localStorage.setItem(key, root.dataset.theme);
        else localStorage.removeItem(key);
      } catch (error) {
        // see stored()
      }
      show();
    });
  });
})();
