// SPDX-License-Identifier: MIT
// Tables of registers: sorting by the headers, a filter by text and by columns. Without this script
// they are complete and in a useful order.
(function () {
  "use strict";

  function each(list, use) { Array.prototype.forEach.call(list, use); }
  function text(element) { return element.textContent.replace(/\s+/g, " ").trim(); }

  function rowsOf(table) {
    return Array.prototype.filter.call(table.querySelectorAll("tbody tr"), function (row) {
      return !row.classList.contains("group");
    });
  }

  // Sorting: within each group of rows, what is empty comes last --------------------------------

  function keyOf(cell) {
    return cell ? cell.getAttribute("data-sort") || text(cell) : "";
  }

  function compare(a, b) {
    if (a === b) return 0;
    if (a !== "" && b !== "" && !isNaN(a) && !isNaN(b)) return a - b;
    return a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" });
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

  function sortBy(table, header) {
    var down = header.getAttribute("aria-sort") === "ascending";
    each(table.tHead.querySelectorAll("th"), function (other) { other.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    each(table.tBodies, function (body) { sortBody(body, header.cellIndex, down ? -1 : 1); });
  }

  function addSorting(table) {
    each(table.tHead.querySelectorAll("th"), function (header) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (header.firstChild) button.appendChild(header.firstChild);
      header.appendChild(button);
      button.addEventListener("click", function () { sortBy(table, header); });
    });
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

  function addFilters(table) {
    var rows = rowsOf(table), words = rows.map(function (row) { return text(row).toLowerCase(); });
    var tests = [], tools = document.createElement("div"), input = document.createElement("input");
    var status = document.createElement("p");
    tools.className = "table-tools";
    input.type = "search";
    input.autocomplete = "off";
    tools.appendChild(labelled("Filter", input));

    function add(name, valueOf) {
      var made = choice(name, rows.map(valueOf).sort(compare));
      if (!made) return;
      tools.appendChild(made.label);
      tests.push({ select: made.select, valueOf: valueOf });
      made.select.addEventListener("change", show);
    }

    function show() {
      var wanted = input.value.toLowerCase().split(/\s+/), shown = 0;
      rows.forEach(function (row, place) {
        var fits = wanted.every(function (word) { return words[place].indexOf(word) >= 0; }) &&
          tests.every(function (test) {
            return test.select.value === "" || test.valueOf(row) === test.select.value;
          });
        row.hidden = !fits;
        if (fits) shown++;
      });
      each(table.querySelectorAll("tr.group"), function (group) {
        group.hidden = !rowsOf(table).some(function (row) {
          return row.parentNode === group.parentNode && !row.hidden;
        });
      });
      status.textContent = shown === rows.length ? rows.length + " rows" : shown + " of " +
        rows.length + " rows";
    }

    if (table.getAttribute("data-group") === "Project") add("Project", groupOf);
    each(table.tHead.querySelectorAll("th"), function (header, column) {
      if (!header.hasAttribute("data-filter")) return;
      add(text(header), function (row) {
        var cell = row.cells[header.cellIndex];
        return cell ? text(cell) : "";
      });
    });
    input.addEventListener("input", show);
    status.setAttribute("role", "status");
    tools.appendChild(status);
    show();
    var wrap = table.parentNode;
    wrap.parentNode.insertBefore(tools, wrap);
  }

  each(document.querySelectorAll("table.register-table"), function (table) {
    if (rowsOf(table).length < 2) return;
    if (table.hasAttribute("data-tools") && rowsOf(table).length > 3) addFilters(table);
    addSorting(table);
  });
}());
