// SPDX-License-Identifier: MIT
// What a link leads to, shown when the pointer or the focus rests on it: pages, sections and records
// of the portal (from the small file beside each page), terms (from their tip), and what stands on
// this page: footnotes, places that refer to one, other sections. Not for fingers: a touch follows.
// Loaded by preview.js when it is first wanted.
(function () {
  "use strict";
  const REST = 350; // milliseconds before it shows
  const LEAVE = 250; // and to reach it with the pointer
  const ROOM = 8; // pixels from the link and from the edges of the window
  const LENGTH = 200; // characters
  const page = document.documentElement;
  const main = document.getElementById("q-content");
  const top = new URL(page.dataset.root || "./", location.href).href;
  const isServed = /^http/.test(location.protocol) && page.dataset.previews !== "off";
  const kept = {}; // data of pages by address
  const card = document.createElement("div");
  const tips = new WeakMap(); // titles of links: the browser's own tip would cover the card
  let owner = null; // the link whose card is shown
  let wanted = null; // the link whose card comes next
  let opening, closing, pointerY;
  if (!main) return;
  card.className = "preview";
  card.id = "q-preview";
  card.setAttribute("role", "tooltip");

  // What is shown --------------------------------------------------------------------------------

  function line(name, text) {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  }

  function excerpt(text) {
    const all = text.replace(/\s+/g, " ").trim();
    return all.length > LENGTH ? all.slice(0, LENGTH).replace(/\S*$/, "") + "…" : all;
  }

  function partsOf(data, anchor) {
    const record = data.records && data.records[anchor];
    const what = record || data.sections && data.sections[anchor];
    const shown = what || data;
    const text = what ? what.text : data.summary;
    const facts = [record ? record.kind : data.kind, data.status].filter(Boolean).join(" · ");
    const parts = [];
    if (facts) parts.push(line("preview-facts", facts));
    parts.push(line("preview-title", shown.title || data.title));
    if (text && text !== shown.title) parts.push(line("preview-text", text));
    if (shown.title !== data.title) parts.push(line("preview-page", data.title));
    return parts;
  }

  function partsOfSection(heading) {
    const parts = [line("preview-title", excerpt(heading.textContent))];
    let next = heading.nextElementSibling;
    if (next && /^H[1-6]$/.test(next.tagName)) next = null;
    if (next) parts.push(line("preview-text", excerpt(next.textContent)));
    return parts;
  }

  function footnote(target) {
    const copy = document.createElement("div");
    copy.className = "preview-text";
    copy.append.apply(copy, target.cloneNode(true).childNodes);
    copy.querySelectorAll(".footnote-backref").forEach(function (back) { back.remove(); });
    copy.querySelectorAll("[id]").forEach(function (part) { part.removeAttribute("id"); });
    copy.querySelectorAll("a, [tabindex]").forEach(function (part) { part.tabIndex = -1; });
    return [copy];
  }

  function anchorOf(link) {
    try {
      return decodeURIComponent(link.hash.slice(1));
    } catch (error) {
      return ""; // "#100%"
    }
  }

  // What this page itself has; nothing for what can be seen anyway.
  function partsFromHere(link) {
    const target = document.getElementById(anchorOf(link));
    if (!target || !main.contains(target)) return null;
    if (target.closest(".footnotes li") === target) return footnote(target);
    const block = target.closest("p, li, td, th, dd, tr, h1, h2, h3, h4, h5, h6") || target;
    const box = block.getBoundingClientRect();
    if (box.top >= 0 && box.bottom <= window.innerHeight) return null;
    if (/^H[1-6]$/.test(block.tagName)) return partsOfSection(block);
    const cells = block.cells ? Array.from(block.cells) : [block];
    const text = cells.map(function (cell) { return cell.textContent.trim(); });
    return [line("preview-text", excerpt(text.filter(Boolean).join(" · ")))];
  }

  // The card -------------------------------------------------------------------------------------

  function place(link) {
    const boxes = Array.from(link.getClientRects()); // one for each line of text
    const box = boxes.find(function (one) {
      return pointerY >= one.top && pointerY <= one.bottom;
    }) || boxes[0] || link.getBoundingClientRect();
    const above = box.top - 2 * ROOM;
    const below = page.clientHeight - box.bottom - 2 * ROOM;
    const isBelow = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = Math.max(isBelow ? below : above, 48) + "px";
    const left = Math.min(box.left, page.clientWidth - card.offsetWidth - ROOM);
    const y = isBelow ? box.bottom + ROOM : box.top - ROOM - card.offsetHeight;
    card.style.left = Math.max(left, ROOM) + window.scrollX + "px";
    card.style.top = Math.max(y, ROOM) + window.scrollY + "px";
  }

  function takeTip(link) {
    if (!link.title) return;
    tips.set(link, link.title);
    link.removeAttribute("title");
  }

  function giveTip(link) {
    if (tips.has(link)) link.title = tips.get(link);
    tips.delete(link);
  }

  function forget() {
    window.clearTimeout(opening);
    if (wanted) giveTip(wanted);
    wanted = null;
  }

  function close() {
    window.clearTimeout(closing);
    if (!owner) return;
    card.remove();
    owner.removeAttribute("aria-describedby");
    giveTip(owner);
    owner = null;
  }

  function hide() {
    forget();
    close();
  }

  function show(link, parts) {
    close();
    takeTip(link);
    card.replaceChildren.apply(card, parts);
    card.style.maxHeight = card.style.left = card.style.top = "";
    main.append(card);
    owner = link;
    wanted = null;
    link.setAttribute("aria-describedby", card.id);
    place(link);
  }

  // From a link to its card ----------------------------------------------------------------------

  function isOfPortal(link) {
    return isServed && link.href.startsWith(top) && /(\.html|\/)$/.test(link.pathname)
      && !/\/(print|search|404)\.html$/.test(link.pathname); // they have no data
  }

  function load(link) {
    const file = link.pathname.replace(/\/$/, "/index.html").replace(/html$/, "json");
    kept[file] = kept[file] || fetch(file).then(function (answer) {
      return answer.ok ? answer.json() : null;
    });
    return kept[file];
  }

  function showPage(link) {
    takeTip(link);
    load(link).then(function (data) {
      if (wanted !== link) return;
      if (data && data.title) show(link, partsOf(data, anchorOf(link)));
      else hide();
    }).catch(hide); // no answer, or not ours
  }

  function open(link) {
    const isHere = link.href.split("#")[0] === location.href.split("#")[0];
    const isTerm = link.classList.contains("term") && link.title;
    if (isTerm) {
      show(link, [line("preview-title", link.textContent), line("preview-text", link.title)]);
    } else if (isHere) {
      const parts = partsFromHere(link);
      if (parts) show(link, parts);
      else hide();
    } else if (isOfPortal(link)) {
      showPage(link);
    } else {
      hide();
    }
  }

  function want(link) {
    window.clearTimeout(closing);
    if (link === owner) {
      forget();
    } else if (link !== wanted) {
      leave();
      wanted = link;
      opening = window.setTimeout(open, REST, link);
    }
  }

  function leave() {
    forget();
    window.clearTimeout(closing);
    if (owner) closing = window.setTimeout(close, LEAVE);
  }

  // Not where the link stands beside what it leads to, or is the whole of a card.
  function linkAt(element) {
    const link = element.closest && element.closest("a[href]");
    return link && main.contains(link) && !link.closest("nav, .card, .tile, .diagram, .anchor, .preview") && link;
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    pointerY = event.clientY;
    if (link) want(link);
    else if (card.contains(event.target)) want(owner);
    else leave();
  });
  page.addEventListener("pointerleave", leave);
  document.addEventListener("focusin", function (event) {
    const link = linkAt(event.target);
    pointerY = NaN;
    if (link && link.matches(":focus-visible")) want(link);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("click", function (event) {
    if (!card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("scroll", function (event) {
    if (event.target !== document && !card.contains(event.target)) hide();
  }, { capture: true, passive: true });

  const first = main.querySelector("a:hover, a:focus-visible"); // while this was loaded
  if (first && linkAt(first)) want(first);
})();
