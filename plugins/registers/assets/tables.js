// SPDX-License-Identifier: MIT
// Tables of registers: sorting by the headers, a filter by text and by columns. What is chosen stands
// in the address, so that it can be linked and comes back with the page. Without this script tables
// are complete and in a useful order.
(function () {
  "use strict";

  function each(list, use) { Array.prototype.forEach.call(list, use); }
  function text(element) { return element.textContent.replace(/\s+/g, " ").trim(); }

  // What is chosen, in the address: names of filters, and "sort" with a column ("-2" is down) --------

  var state = new URLSearchParams(location.search);

  function keep(name, value) {
    if (value) state.set(name, value);
    else state.delete(name);
    var query = String(state);
    try {
      history.replaceState(history.state, "", location.pathname + (query && "?" + query) + location.hash);
    } catch (error) {
      return; // some browsers do not allow it for files
    }
  }

  function rowsOf(table) {
    return Array.prototype.filter.call(table.querySelectorAll("tbody tr"), function (row) {
      return !row.classList.contains("group");
    });
  }

  // Sorting: within each group of rows, what is empty comes last --------------------------------

  function keyOf(cell) {
    return cell ? cell.getAttribute("data-sort") || text(cell) : "";
  }

  var collator = new Intl.Collator(document.documentElement.lang || undefined,
    { numeric: true, sensitivity: "base" });

  function compare(a, b) {
    if (a === b) return 0;
    if (a !== "" && b !== "" && !isNaN(a) && !isNaN(b)) return a - b;
    return collator.compare(a, b);
  }

  function sortBody(body, column, sign) {
    var rows = Array.prototype.filter.call(body.rows, function (row) {
      return !row.classList.contains("group");
    });
    var entries = rows.map(function (row, place) {
      return { row: row, key: keyOf(row.cells[column]), place: place };
    });
    entries.sort(function (a, b) {
      if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
      return sign * compare(a.key, b.key) || a.place - b.place;
    });
    entries.forEach(function (entry) { body.appendChild(entry.row); });
  }

  function sortBy(table, header, down) {
    each(table.tHead.querySelectorAll("th"), function (other) { other.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    each(table.tBodies, function (body) { sortBody(body, header.cellIndex, down ? -1 : 1); });
  }

  function addSorting(table, prefix) {
    var headers = table.tHead.querySelectorAll("th"), stored = Number(state.get(prefix + "sort"));
    each(headers, function (header) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (header.firstChild) button.appendChild(header.firstChild);
      header.appendChild(button);
      button.addEventListener("click", function () {
        var down = header.getAttribute("aria-sort") === "ascending";
        sortBy(table, header, down);
        keep(prefix + "sort", (down ? "-" : "") + (header.cellIndex + 1));
      });
    });
    if (headers[Math.abs(stored) - 1]) sortBy(table, headers[Math.abs(stored) - 1], stored < 0);
    table.classList.add("sortable");
  }

  // Filters ---------------------------------------------------------------------------------------

  function labelled(name, control) {
    var label = document.createElement("label");
    label.appendChild(document.createTextNode(name));
    label.appendChild(control);
    return label;
  }

  // A list of the values; null when there is nothing to choose.
  function choice(name, values) {
    var seen = {}, list = [];
    values.forEach(function (value) {
      if (value !== "" && !Object.prototype.hasOwnProperty.call(seen, value)) {
        seen[value] = true;
        list.push(value);
      }
    });
    if (list.length < 2 || list.length > 200) return null;
    list.sort(compare);
    var select = document.createElement("select");
    [""].concat(list).forEach(function (value) {
      var option = document.createElement("option");
      option.value = value;
      option.textContent = value === "" ? "All" : value;
      select.appendChild(option);
    });
    return { label: labelled(name, select), select: select };
  }

  function groupOf(row) { return row.parentNode.getAttribute("data-group") || ""; }

  function addFilters(table, prefix) {
    var rows = rowsOf(table), words = rows.map(function (row) { return text(row).toLowerCase(); });
    var tests = [], tools = document.createElement("div"), input = document.createElement("input");
    var status = document.createElement("p");
    tools.className = "table-tools";
    input.type = "search";
    input.autocomplete = "off";
    tools.appendChild(labelled("Filter", input));

    function add(name, valueOf) {
      var made = choice(name, rows.map(valueOf));
      if (!made) return;
      tools.appendChild(made.label);
      tests.push({ select: made.select, valueOf: valueOf, name: prefix + name.toLowerCase() });
    }

    function show() {
      var wanted = input.value.toLowerCase().split(/\s+/), shown = 0;
      rows.forEach(function (row, place) {
        var fits = wanted.every(function (word) { return words[place].indexOf(word) >= 0; }) &&
          tests.every(function (test) {
            return !test.valueOf || test.select.value === "" || test.valueOf(row) === test.select.value;
          });
        row.hidden = !fits;
        if (fits) shown++;
      });
      each(table.querySelectorAll("tr.group"), function (group) {
        group.hidden = !group.parentNode.querySelector("tr:not(.group, [hidden])");
      });
      status.textContent = shown === rows.length ? rows.length + " rows" : shown + " of " +
        rows.length + " rows";
    }

    if (table.getAttribute("data-group") === "Project") add("Project", groupOf);
    each(table.tHead.querySelectorAll("th"), function (header) {
      if (!header.hasAttribute("data-filter")) return;
      add(text(header), function (row) {
        var cell = row.cells[header.cellIndex];
        return cell ? text(cell) : "";
      });
    });
    tests.push({ select: input, valueOf: null, name: prefix + "filter" });
    tests.forEach(function (test) {
      test.select.value = state.get(test.name) || "";
      if (test.select.selectedIndex < 0) test.select.value = ""; // there is no such value any more
      test.select.addEventListener("input", function () {
        keep(test.name, test.select.value);
        show();
      });
    });
    status.setAttribute("role", "status");
    tools.appendChild(status);
    show();
    var wrap = table.parentNode;
    wrap.parentNode.insertBefore(tools, wrap);

    // A link to a line or a group shows it, whatever is filtered.
    function reveal() {
      var target = table.querySelector(":target");
      if (!target || !target.matches("[hidden], tbody:has(> .group[hidden])")) return;
      tests.forEach(function (test) {
        test.select.value = "";
        keep(test.name, "");
      });
      show();
      target.scrollIntoView();
    }

    window.addEventListener("hashchange", reveal);
    window.addEventListener("load", reveal);
  }

  each(document.querySelectorAll("table.register-table"), function (table, place) {
    var prefix = place > 0 ? place + 1 + "." : ""; // names in the address, for several on a page
    var count = rowsOf(table).length;
    if (count < 4) table.removeAttribute("data-tools"); // and the room for them
    if (count < 2) return;
    if (table.hasAttribute("data-tools")) addFilters(table, prefix);
    addSorting(table, prefix);
  });
}());
