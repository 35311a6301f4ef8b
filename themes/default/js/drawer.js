// SPDX-License-Identifier: MIT
// Drawers open and close without a script, being popovers. This moves the focus into them and back
// to their button, lets a touch beside them only close them, and closes them when the focus goes on,
// a section is chosen, or the window becomes so wide that they are no drawers any more.
(function () {
  "use strict";

  function prepare(drawer) {
    const button = document.querySelector("[popovertarget='" + drawer.id + "']");
    let isBeside = false; // the touch or click that goes on
    if (!button || !drawer.showPopover) return;

    function isOpen() { return drawer.matches(":popover-open"); }
    function has(element) { return drawer.contains(element) || button.contains(element); }

    drawer.addEventListener("toggle", function (event) {
      const place = document.activeElement;
      if (event.newState === "open") {
        (drawer.querySelector("[aria-current]") || drawer.querySelector("a, button")).focus();
      } else if (place === document.body || drawer.contains(place)) {
        button.focus();
      }
    });
    drawer.addEventListener("click", function (event) {
      if (isOpen() && event.target.closest("a[href^='#']")) drawer.hidePopover();
    });
    document.addEventListener("focusin", function (event) {
      if (isOpen() && !has(event.target)) drawer.hidePopover();
    });
    document.addEventListener("pointerdown", function (event) {
      isBeside = isOpen() && !has(event.target);
    }, true);
    ["mousedown", "click"].forEach(function (name) {
      document.addEventListener(name, function (event) {
        if (!isBeside) return;
        event.preventDefault(); // what lies below the shade is not meant
        event.stopPropagation();
      }, true);
    });
    window.addEventListener("resize", function () {
      if (isOpen() && !button.offsetParent && getComputedStyle(button).display === "none") {
        drawer.hidePopover();
      }
    });
  }

  document.querySelectorAll(".drawer[popover]").forEach(prepare);
})();
