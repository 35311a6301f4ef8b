// SPDX-License-Identifier: MIT
// What a link leads to, shown when the pointer or the focus rests on it: pages, sections and records
// of the portal (from the page's small data file), footnotes and terms (from this page).
(function () {
  "use strict";
  var REST = 350; // milliseconds before it shows
  var LEAVE = 200; // and to reach it with the pointer
  var kept = {};
  var card, owner, tip, timer;

  function paragraph(name, text) {
    var line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    return line;
  }

  function hide() {
    window.clearTimeout(timer);
    if (card) card.remove();
    if (owner) {
      owner.removeAttribute("aria-describedby");
      if (tip) owner.title = tip;
    }
    card = owner = tip = null;
  }

  function place(link) {
    var box = link.getBoundingClientRect();
    var root = document.documentElement;
    var width = card.offsetWidth;
    var left = Math.max(8, Math.min(box.left, root.clientWidth - width - 8));
    var below = box.bottom + 8;
    var fits = below + card.offsetHeight < root.clientHeight;
    card.style.left = left + window.scrollX + "px"; // by script, which the policy for pages allows
    card.style.top = (fits ? below : box.top - card.offsetHeight - 8) + window.scrollY + "px";
  }

  function show(link, parts) {
    hide();
    card = document.createElement("div");
    card.className = "preview";
    card.id = "q-preview";
    card.setAttribute("role", "tooltip");
    parts.forEach(function (part) { card.appendChild(part); });
    document.body.appendChild(card);
    owner = link;
    tip = link.title; // the browser's own tip would stand over the card
    link.removeAttribute("title");
    link.setAttribute("aria-describedby", "q-preview");
    place(link);
    card.addEventListener("mouseenter", function () { window.clearTimeout(timer); });
    card.addEventListener("mouseleave", leave);
  }

  function partsOf(data, anchor) {
    var record = data.records && data.records[anchor];
    var section = data.sections && data.sections[anchor];
    var what = record || section;
    var facts = [record ? record.kind : data.kind, data.status].filter(Boolean).join(" · ");
    var parts = [];
    if (facts) parts.push(paragraph("preview-facts", facts));
    parts.push(paragraph("preview-title", what ? what.title : data.title));
    if (what) parts.push(paragraph("preview-page", data.title));
    var text = what ? what.text : data.summary;
    if (text && text !== (what || data).title) parts.push(paragraph("preview-text", text));
    return parts;
  }

  function fromHere(link) {
    var target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target || !/^fn/.test(target.id)) return null;
    var copy = target.cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll(".footnote-backref"), function (back) {
      back.remove();
    });
    return [paragraph("preview-text", copy.textContent.trim())];
  }

  function load(link) {
    var address = link.pathname.replace(/\/$/, "/index.html").replace(/\.html$/, ".json");
    if (!kept[address]) {
      kept[address] = fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      });
    }
    return kept[address];
  }

  function open(link) {
    var isHere = link.pathname === location.pathname && link.hash;
    var parts = isHere && fromHere(link);
    if (parts) { show(link, parts); return; }
    if (link.origin !== location.origin || !/(\.html|\/)$/.test(link.pathname)
      || !/^http/.test(location.protocol)) return;
    load(link).then(function (data) {
      var anchor = decodeURIComponent(link.hash.slice(1));
      if (link.matches(":hover, :focus-visible")) show(link, partsOf(data, anchor));
    }, function () {}); // a page without data: no card
  }

  function leave() {
    window.clearTimeout(timer);
    timer = window.setTimeout(hide, LEAVE);
  }

  function enter(event) {
    var link = event.target.closest && event.target.closest("#q-content a[href]");
    if (!link || link === owner || link.classList.contains("anchor")) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(open, REST, link);
  }

  document.addEventListener("mouseover", enter);
  document.addEventListener("focusin", enter);
  document.addEventListener("mouseout", function (event) {
    if (event.target.closest && event.target.closest("a[href]")) leave();
  });
  document.addEventListener("focusout", leave);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
})();
