// The table of the lists: search, filters, sort, one step of rows at a time, and the shown rows as CSV.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, tables = 0;

  function isEmpty(v) { return v === undefined || v === null || v === ""; }
  function cell(value) {
    var text = isEmpty(value) ? "" : String(value);
    // A spreadsheet would compute such a cell; baocang export does the same.
    if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  // columns: {key, label, value(row) for search and sort, show(row), number, order(row), csv(row)}.
  // filters: {key, label, value(row), show(value)}; period: the day of a row. keep: the address holds the choice.
  bc.table = function (options) {
    var step = options.step || 50, id = "table" + (++tables);
    var kept = options.keep ? bc.state() : new URLSearchParams();
    var sort = options.sort || null, shown = Math.max(step, Number(kept.get("rows")) || 0);
    if (kept.get("sort")) sort = { key: kept.get("sort").replace(/^-/, ""), down: kept.get("sort")[0] === "-" };
    if (sort && !options.columns.some(function (c) { return c.key === sort.key; })) sort = null;
    var search = h("input", { class: "field", type: "search", autocomplete: "off", "aria-controls": id, value: kept.get("q"),
      placeholder: options.placeholder || t("筛选", "Filter"), "aria-label": options.placeholder || t("筛选", "Filter") });
    var count = h("span", { class: "soft num", "aria-live": "polite" });
    var body = h("tbody"), head = h("tr"), more = h("button", { class: "more noprint" });
    var texts = options.rows.map(function (row) {
      return options.columns.map(function (c) { return c.value(row); }).join(" ").toLowerCase();
    });

    var controls = [];
    (options.filters || []).forEach(function (filter) {
      var values = Array.from(new Set(options.rows.map(filter.value).filter(Boolean)));
      if (values.length < 2 && !kept.get(filter.key)) return;
      var chosen = kept.get(filter.key) || "";
      if (chosen && !values.includes(chosen)) values.push(chosen);
      var select = h("select", { class: "field", "aria-label": filter.label, onchange: reset }, h("option", { value: "" }, filter.label),
        values.map(function (v) { return h("option", { value: v, selected: v === chosen }, filter.show ? filter.show(v) : v); }));
      controls.push({ key: filter.key, element: select, input: select, passes: function (row) { return !select.value || filter.value(row) === select.value; } });
    });
    if (options.period && new Set(options.rows.map(options.period).filter(Boolean)).size > 1) [["from", t("出版日自", "Issued from")], ["to", t("至", "to")]].forEach(function (end) {
      var input = h("input", { class: "field", type: "date", "aria-label": end[1], value: kept.get(end[0]), onchange: reset });
      controls.push({ key: end[0], element: h("label", { class: "soft period" }, end[1], input), input: input, passes: function (row) {
        var day = options.period(row) || "";
        return !input.value || (day && (end[0] === "from" ? day >= input.value : day <= input.value));
      } });
    });
    options.columns.forEach(function (column) {
      var button = h("button", { class: "sorter", onclick: function () {
        sort = sort && sort.key === column.key ? { key: column.key, down: !sort.down } : { key: column.key, down: !!column.number };
        reset();
      } }, column.label);
      head.append(h("th", { scope: "col", "data-key": column.key, class: column.number ? "right" : null }, button));
    });

    function compare(a, b) {
      if (isEmpty(a) || isEmpty(b)) return isEmpty(a) - isEmpty(b);
      var order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
      return sort.down ? -order : order;
    }
    function found() {
      var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      var rows = options.rows.filter(function (row, i) {
        return words.every(function (word) { return texts[i].includes(word); }) && controls.every(function (c) { return c.passes(row); });
      });
      if (!sort) return rows;
      var column = options.columns.find(function (c) { return c.key === sort.key; });
      var order = column.order || column.value;
      return rows.map(function (row, i) { return [order(row), i, row]; })
        .sort(function (a, b) { return compare(a[0], b[0]) || a[1] - b[1]; }).map(function (x) { return x[2]; });
    }
    function draw() {
      var rows = found();
      head.querySelectorAll("th").forEach(function (th) {
        if (sort && th.dataset.key === sort.key) th.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      });
      body.replaceChildren.apply(body, rows.slice(0, shown).map(function (row) {
        var href = options.href ? options.href(row) : null;
        var line = h("tr", { class: href ? "opens" : null }, options.columns.map(function (column) {
          var box = h("div", {}, column.show(row));
          return h("td", { class: (column.number ? "right num" : "") + (box.textContent || box.querySelector(".bar") ? "" : " void"), "data-label": column.label, "data-key": column.key }, box);
        }));
        if (href) line.addEventListener("click", function (event) {
          if (!event.target.closest("a, button") && !String(getSelection())) location.hash = href;
        });
        return line;
      }));
      count.textContent = bc.number(rows.length) + " " + t("行", rows.length === 1 ? "row" : "rows");
      more.hidden = rows.length <= shown;
      more.textContent = t("再显示 ", "Show ") + Math.min(step, rows.length - shown) + t(" 行", " more");
      if (options.keep) {
        var changes = { q: search.value.trim(), sort: sort ? (sort.down ? "-" : "") + sort.key : "" };
        changes.rows = shown > step ? String(shown) : "";
        controls.forEach(function (c) { changes[c.key] = c.input.value; });
        bc.keep(changes);
      }
    }
    function reset() { shown = step; draw(); }
    function save() {
      // The rows as they are found, each with its words and where they stand.
      var places = [["page_id", "page_id"], ["raw_start", "raw_start"], ["raw_end", "raw_end"]];
      var lines = [options.columns.map(function (c) { return c.label; }).concat(t("原文", "source text"), places.map(function (p) { return p[0]; }))];
      found().forEach(function (row) {
        var at = row.page_id ? row : (row.where || [])[0] || {};
        lines.push(options.columns.map(function (c) { return (c.csv || c.value)(row); })
          .concat(row.marked || row.text || row.surface_text || (at.surface_text ? [at.before, at.surface_text, at.after].join("") : at.headline), places.map(function (p) { return at[p[1]]; })));
      });
      bc.save("baocang-" + (options.name || "rows") + ".csv", "\ufeff" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n", "text/csv;charset=utf-8");
    }
    search.addEventListener("input", reset);
    search.addEventListener("keydown", function (event) {
      var link = event.key === "ArrowDown" && body.querySelector("a");
      if (link) { event.preventDefault(); link.focus(); }
    });
    more.addEventListener("click", function () { shown += step; draw(); });
    // Down and up walk the rows from link to link.
    body.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      var row = event.target.closest("tr");
      var next = row && (event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling);
      var link = next && next.querySelector("a");
      if (link) { event.preventDefault(); link.focus(); }
    });
    draw();
    return h("div", { class: "listing" },
      h("div", { class: "tools noprint" }, search, controls.map(function (c) { return c.element; }), count,
        h("button", { class: "plain save", onclick: save, title: t("下载筛选出的各行", "Download the rows that are found") }, t("下载 CSV", "Download CSV"))),
      h("div", { class: "scroll" }, h("table", { id: id, class: "stacks" }, h("thead", {}, head), body)), more);
  };
})();
