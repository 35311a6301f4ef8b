// SPDX-License-Identifier: MIT
// Marks the section being read in the outline, and keeps that line of a long outline in sight.
(function () {
  "use strict";
  const root = document.documentElement;
  const outline = document.getElementById("q-outline");
  if (!outline) return;
  const entries = [];
  outline.querySelectorAll("a[href^='#']").forEach(function (link) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.push({ link: link, heading: heading });
  });
  let current = null; // an entry
  let chosen = null; // by a link, until the reader scrolls: it may lie too low to come to the top
  let isWaiting = false;

  // Below the header; near the end of the page it moves down, so that the last sections, too, have
  // their turn.
  function lineOfReading() {
    const height = window.innerHeight;
    const line = Math.min(160, height / 4);
    const most = root.scrollHeight - height;
    const rest = most - window.scrollY;
    const end = Math.min(height / 2, most);
    return rest < end ? line + (height - line) * (1 - rest / end) : line;
  }

  function find() {
    const line = lineOfReading();
    let found = null;
    entries.some(function (entry) {
      const isAbove = entry.heading.getBoundingClientRect().top <= line;
      if (isAbove) found = entry;
      return !isAbove;
    });
    return found;
  }

  function keepInSight(link) {
    const box = outline.getBoundingClientRect();
    const line = link.getBoundingClientRect();
    if (line.top < box.top) outline.scrollTop += line.top - box.top - 8;
    if (line.bottom > box.bottom) outline.scrollTop += line.bottom - box.bottom + 8;
  }

  function update() {
    isWaiting = false;
    const found = chosen || find();
    if (found === current) return;
    if (current) current.link.removeAttribute("aria-current");
    current = found;
    if (!current) return;
    current.link.setAttribute("aria-current", "location");
    keepInSight(current.link);
  }

  function later() {
    if (!isWaiting) window.requestAnimationFrame(update);
    isWaiting = true;
  }

  function choose(hash) {
    chosen = entries.find(function (entry) { return entry.link.hash === hash; }) || null;
    later();
  }

  function scrolls() {
    chosen = null;
    later();
  }

  ["wheel", "touchmove", "keydown", "mousedown"].forEach(function (name) {
    window.addEventListener(name, scrolls, { passive: true });
  });
  window.addEventListener("popstate", scrolls);
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='#']");
    if (link) window.setTimeout(choose, 0, link.hash);
  });
  choose(location.hash);
})();
