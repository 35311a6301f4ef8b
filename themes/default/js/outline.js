// SPDX-License-Identifier: MIT
// Marks the section being read in the outline, and keeps that line of a long outline in sight.
(function () {
  "use strict";

  function start() {
    var outline = document.getElementById("q-outline");
    if (!outline) return;
    var entries = [];
    Array.prototype.forEach.call(outline.querySelectorAll("a[href^='#']"), function (link) {
      var heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) entries.push({ link: link, heading: heading });
    });
    if (!entries.length) return;
    var current = null;
    var waiting = false;

    function keepInSight(link) {
      var box = outline.getBoundingClientRect();
      var line = link.getBoundingClientRect();
      if (line.top < box.top) outline.scrollTop += line.top - box.top - 8;
      if (line.bottom > box.bottom) outline.scrollTop += line.bottom - box.bottom + 8;
    }

    // The last heading above a line in the upper part of the window; at the end of the page the last.
    function find() {
      var line = Math.min(160, window.innerHeight / 4);
      var root = document.documentElement;
      if (window.innerHeight + window.scrollY >= root.scrollHeight - 2) {
        return entries[entries.length - 1];
      }
      var found = null;
      entries.some(function (entry) {
        if (entry.heading.getBoundingClientRect().top > line) return true;
        found = entry;
        return false;
      });
      return found;
    }

    function update() {
      waiting = false;
      var found = find();
      if (found === current) return;
      if (current) current.link.removeAttribute("aria-current");
      current = found;
      if (!current) return;
      current.link.setAttribute("aria-current", "location");
      keepInSight(current.link);
    }

    function later() {
      if (!waiting) window.requestAnimationFrame(update);
      waiting = true;
    }

    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    outline.addEventListener("click", function (event) { // a drawer closes when something is chosen
      if (event.target.closest("a") && outline.hidePopover && outline.matches(":popover-open")) {
        outline.hidePopover();
      }
    });
    update();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
