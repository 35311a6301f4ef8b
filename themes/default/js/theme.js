// SPDX-License-Identifier: MIT
// The light/dark switch. Loaded before the page is drawn, so that a stored choice never flashes.
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

  function current() {
    return root.dataset.theme || (dark.matches ? "dark" : "light");
  }

  var choice = stored();
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("q-theme");
    if (!button) return;

    function show() {
      var other = current() === "dark" ? "light" : "dark";
      button.textContent = other === "dark" ? "Dark" : "Light";
      button.setAttribute("aria-label", "Switch to " + other + " colours");
    }

    button.hidden = false;
    show();
    dark.addEventListener("change", show);
    button.addEventListener("click", function () {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      try {
        localStorage.setItem(key, root.dataset.theme);
      } catch (error) {
        // see stored()
      }
      show();
    });
  });
})();
