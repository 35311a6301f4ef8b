// SPDX-License-Identifier: MIT
// The navigation keeps its place from page to page, and shows the whole tree when asked: that is one
// file for all pages, loaded by a script tag so that it also works from disk.
(function () {
  "use strict";
  var KEY = "quoin-nav-scroll";

  function keepPlace(nav) {
    try {
      var place = sessionStorage.getItem(KEY);
      if (place) nav.scrollTop = Number(place);
    } catch (error) {
      return; // storage is off
    }
    var current = nav.querySelector("[aria-current='page']");
    if (current) {
      var box = nav.getBoundingClientRect();
      var line = current.getBoundingClientRect();
      if (line.top < box.top || line.bottom > box.bottom) {
        nav.scrollTop += line.top - box.top - box.height / 3;
      }
    }
    window.addEventListener("pagehide", function () {
      sessionStorage.setItem(KEY, String(nav.scrollTop));
    });
  }

  // `pages` are {title, url, depth} in reading order; `root` leads to the top of the site.
  function draw(nav, pages, root) {
    var top = document.createElement("ul");
    var lists = [top];
    pages.forEach(function (page) {
      while (lists.length > page.depth) lists.pop();
      while (lists.length < page.depth) {
        var last = lists[lists.length - 1].lastElementChild;
        var list = document.createElement("ul");
        if (!last) break;
        last.appendChild(list);
        lists.push(list);
      }
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.textContent = page.title;
      link.href = root + page.url;
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      item.appendChild(link);
      lists[lists.length - 1].appendChild(item);
    });
    top.className = "nav-tree";
    nav.appendChild(top);
  }

  function addButton(nav) {
    var script = document.querySelector("script[src*='assets/site.js']");
    if (!script) return;
    var root = script.getAttribute("src").replace(/assets\/site\.js.*$/, "");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tool nav-all";
    button.textContent = "Show all pages";
    button.addEventListener("click", function () {
      var loader = document.createElement("script");
      window.quoin = window.quoin || {};
      window.quoin.nav = function (pages) {
        Array.prototype.forEach.call(nav.querySelectorAll("ul"), function (list) { list.remove(); });
        button.remove();
        draw(nav, pages, root);
        var current = nav.querySelector("[aria-current='page']") || nav.querySelector("a");
        if (current) current.focus();
      };
      loader.src = root + "assets/nav.js";
      loader.addEventListener("error", function () { button.remove(); });
      document.head.appendChild(loader);
    });
    nav.appendChild(button);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var nav = document.getElementById("q-nav");
    if (!nav) return;
    addButton(nav);
    keepPlace(nav);
  });
})();
