// SPDX-License-Identifier: MIT
// Copying: a button at each block of code, and the address of a section by the sign at its heading.
(function () {
  "use strict";
  const SHOWN = 2000; // milliseconds for which a success can be seen
  const main = document.getElementById("q-content");
  const status = document.createElement("p");
  if (!main) return;
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  function say(text) {
    status.textContent = ""; // so that the same words are said again
    window.setTimeout(function () { status.textContent = text; }, 50);
  }

  // Where there is no clipboard for scripts: a server without TLS.
  function copyBySelection(text) {
    const place = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    place.focus({ preventScroll: true });
    return isDone;
  }

  function copy(text, done) {
    function otherWay() {
      if (copyBySelection(text)) done();
      else say("Copying is not allowed here");
    }
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, otherWay);
    else otherWay();
  }

  function addButton(block) {
    const code = block.querySelector("code");
    if (!code) return; // the text version of a diagram
    const button = document.createElement("button");
    let frame = block.closest("figure.code, figure.code-block");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      copy(code.textContent.replace(/\n$/, ""), function () {
        button.textContent = "Copied";
        say("Code copied");
        window.setTimeout(function () { button.textContent = "Copy"; }, SHOWN);
      });
    });
    if (!frame) {
      frame = document.createElement("div");
      frame.className = "code";
      block.before(frame);
      frame.append(block);
    }
    frame.append(button);
  }

  main.querySelectorAll("pre").forEach(addButton);
  main.addEventListener("click", function (event) {
    const sign = event.target.closest("a.anchor");
    if (!sign || event.ctrlKey || event.metaKey || event.shiftKey) return;
    copy(sign.href, function () {
      sign.dataset.copied = "";
      say("Link to this section copied");
      window.setTimeout(function () { delete sign.dataset.copied; }, SHOWN);
    });
  });
})();
