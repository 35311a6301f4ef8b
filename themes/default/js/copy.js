// SPDX-License-Identifier: MIT
// Copying: a button on blocks of code, and the address of a heading from the sign beside it.
(function () {
  "use strict";
  var status;

  function say(text) {
    if (!status) {
      status = document.createElement("p");
      status.className = "visually-hidden";
      status.setAttribute("role", "status");
      document.body.appendChild(status);
    }
    status.textContent = "";
    window.setTimeout(function () { status.textContent = text; }, 50);
  }

  // For pages from disk, where there is no clipboard interface.
  function copyBySelection(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done;
  }

  function copy(text, done) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () {
        if (copyBySelection(text)) done();
      });
    } else if (copyBySelection(text)) {
      done();
    }
  }

  function addButton(block) {
    var code = block.querySelector("code");
    if (!code) return;
    var button = document.createElement("button");
    var frame = document.createElement("div");
    frame.className = "code-frame";
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      copy(code.textContent.replace(/\n$/, ""), function () {
        button.textContent = "Copied";
        say("Copied");
        window.setTimeout(function () { button.textContent = "Copy"; }, 2000);
      });
    });
    block.parentNode.insertBefore(frame, block);
    frame.appendChild(block);
    frame.appendChild(button);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var main = document.getElementById("q-content");
    if (!main) return;
    Array.prototype.forEach.call(main.querySelectorAll("pre"), addButton);
    main.addEventListener("click", function (event) {
      var anchor = event.target.closest("a.anchor");
      if (anchor) copy(anchor.href, function () { say("Address of the section copied"); });
    });
  });
})();
