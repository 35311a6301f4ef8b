// SPDX-License-Identifier: MIT
// The navigation keeps its place from page to page, and shows the whole tree when asked: that is one
// file for all pages, loaded by a script tag so that it also works from disk. A branch is drawn when
// it is opened: a portal may have ten thousand pages.
(function () {
  "use strict";
  const nav = document.getElementById("q-nav");
  const part = nav && nav.querySelector("ul"); // of the tree: what every page has
  if (!part) return;
  const top = new URL(document.documentElement.dataset.root || "./", location.href);
  const here = decodeURI(location.pathname.slice(top.pathname.length)).replace(/(^|\/)$/, "$1index.html");
  const button = document.createElement("button");
  const STORED = "quoin-nav " + top.href; // a host may serve several portals
  let kept = {}; // for this tab: { place, all, open: { url: true or false } }
  let whole = null; // the list of all pages, once there is one

  // The tree --------------------------------------------------------------------------------------

  // `pages` are { title, url, depth } in reading order. Marks this page and those above it.
  function grow(pages) {
    const root = { children: [] };
    const path = [root];
    let current = null;
    pages.forEach(function (page) {
      path.length = Math.max(1, Math.min(page.depth, path.length));
      const parent = path[path.length - 1];
      const node = { title: page.title, url: page.url, children: [], parent: parent };
      parent.children.push(node);
      path.push(node);
      if (decodeURI(page.url) === here) current = node;
    });
    if (current) current.isCurrent = true;
    for (let node = current && current.parent; node; node = node.parent) node.isAncestor = true;
    return root;
  }

  function branch(node) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const name = document.createElement("span");
    const stored = kept.open[node.url];
    name.className = "unseen";
    name.textContent = "Pages in " + node.title;
    summary.append(name);
    details.append(summary);
    function fill() {
      if (details.children.length === 1) details.append(draw(node.children));
    }
    summary.addEventListener("click", function () { // it is about to turn
      kept.open[node.url] = !details.open;
      fill();
    });
    details.open = stored === undefined ? Boolean(node.isAncestor || node.isCurrent) : stored;
    if (details.open) fill();
    return details;
  }

  function draw(nodes) {
    const list = document.createElement("ul");
    nodes.forEach(function (node) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.textContent = node.title;
      link.href = top.href + node.url;
      if (node.isCurrent) link.setAttribute("aria-current", "page");
      if (node.isAncestor) item.className = "ancestor";
      item.append(link);
      if (node.children.length) item.append(branch(node));
      list.append(item);
    });
    return list;
  }

  // Part or whole ---------------------------------------------------------------------------------

  function say() {
    button.textContent = kept.all ? "Show fewer pages" : "Show all pages";
  }

  function swap() {
    if (whole) (kept.all ? part : whole).replaceWith(kept.all ? whole : part);
    say();
  }

  // `then` runs when the tree is there.
  function load(then) {
    const loader = document.createElement("script");
    window.quoin = window.quoin || {};
    window.quoin.nav = function (pages) {
      whole = draw(grow(pages).children);
      then();
    };
    loader.src = top.href + "assets/nav.js";
    loader.addEventListener("error", function () { button.remove(); });
    document.head.append(loader);
  }

  function toggle() {
    kept.all = !kept.all;
    if (whole) swap();
    else load(swap);
  }

  // Its place -------------------------------------------------------------------------------------

  function findPlace() {
    nav.scrollTop = kept.place || 0;
    const current = nav.querySelector("[aria-current='page']");
    if (!current) return;
    const box = nav.getBoundingClientRect();
    const line = current.getBoundingClientRect();
    if (line.top < box.top || line.bottom > box.bottom) {
      nav.scrollTop += line.top - box.top - box.height / 3;
    }
  }

  function keep() {
    kept.place = nav.scrollTop;
    try {
      sessionStorage.setItem(STORED, JSON.stringify(kept));
    } catch (error) {
      return; // storage is off or full: nothing is kept
    }
  }

  try {
    kept = JSON.parse(sessionStorage.getItem(STORED)) || {};
  } catch (error) {
    // storage is off
  }
  kept.open = kept.open || {};
  button.type = "button";
  button.className = "tool nav-all";
  button.addEventListener("click", toggle);
  say();
  part.after(button);
  window.requestAnimationFrame(findPlace);
  if (kept.all) load(function () { swap(); findPlace(); });
  window.addEventListener("pagehide", keep);
})();
