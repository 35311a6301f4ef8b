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

  function restore() {
    var choice = stored();
    choose(choice === "light" || choice === "dark" ? choice : "");
  }

  restore();

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("q-theme");
    if (!button) return;

    function show() {
      var text = "Colours: " + (root.dataset.theme || "system") + ". Switch to " + (next() || "system");
      button.setAttribute("aria-label", text);
      button.title = text;
    }

    // The choice was made on another page: in another tab, or before the way back to this one.
    function follow() {
      restore();
      show();
    }

    button.hidden = false;
    show();
    dark.addEventListener("change", show);
    window.addEventListener("storage", follow);
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) follow();
    });
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
