// SPDX-License-Identifier: MIT
// Opens the search: by its button, "/", Ctrl-K or Cmd-K. The rest is loaded when it is wanted.
(function () {
  "use strict";
  var root = document.documentElement.dataset.root || "";
  var button = document.getElementById("q-search");
  var place = document.getElementById("q-search-page");
  var loading;
  if (!button && !place) return;

  function load(resolve, reject) {
    var script = document.createElement("script");
    script.src = root + "search/search.js";
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  }

  function search(method, argument) {
    loading = loading || new Promise(load);
    loading.then(function () {
      window.quoinSearch[method](argument);
    });
  }

  function isTyping(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      search("open");
    });
  }
  if (place) search("fill", place);
  document.addEventListener("keydown", function (event) {
    var isCommand = event.ctrlKey || event.metaKey;
    if (event.altKey || event.defaultPrevented) return;
    if (event.key === "/" ? isCommand || isTyping(event.target) || document.documentElement.dataset.keys
      : !isCommand || event.key !== "k") return; // data-keys="off": see keys.js
    event.preventDefault();
    search("open");
  });
})();
