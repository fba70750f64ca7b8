// What every view uses: elements, words in two languages, numbers, references, the sortable table.
(function () {
  "use strict";
  var report = window.baocang;
  var bc = (window.bc = { report: report, views: {}, entities: new Map() });
  report.entities.forEach(function (entity) { bc.entities.set(entity.entity_id, entity); });

  // Text goes in as text nodes only: nothing that a source says can become markup.
  bc.h = function (tag, properties) {
    var element = document.createElement(tag);
    Object.entries(properties || {}).forEach(function ([name, value]) {
      if (value === null || value === undefined || value === false) return;
      if (name === "class") element.className = value;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    });
    bc.add(element, Array.prototype.slice.call(arguments, 2));
    return element;
  };
  bc.add = function (element, children) {
    [children].flat(9).forEach(function (child) {
      if (child === null || child === undefined || child === false) return;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    });
    return element;
  };
  var h = bc.h;

  bc.language = function () { return document.documentElement.dataset.lang; };
  bc.t = function (zh, en) { return bc.language() === "zh" ? zh : en; };
  bc.label = function (column, value) {
    if (value === undefined || value === null) return "";
    var known = report.labels.values[column];
    return bc.t(known && Object.hasOwn(known, value) ? known[value] : value, String(value).replace(/_/g, " "));
  };
  bc.tableName = function (name) { return bc.t(report.labels.tables[name] || name, name); };

  bc.number = function (value) { return value === undefined || value === null ? "" : Number(value).toLocaleString("en-US"); };
  function short(value) { return String(Number(value.toPrecision(4))); }
  bc.money = function (value) {
    if (value === undefined || value === null) return "";
    if (bc.language() === "zh") {
      if (value >= 1e12) return short(value / 1e12) + "万亿元";
      if (value >= 1e8) return short(value / 1e8) + "亿元";
      if (value >= 1e4) return short(value / 1e4) + "万元";
      return short(value) + "元";
    }
    if (value >= 1e9) return "CNY " + short(value / 1e9) + " bn";
    if (value >= 1e6) return "CNY " + short(value / 1e6) + " m";
    return "CNY " + bc.number(value);
  };
  bc.day = function (iso) { return iso ? iso.slice(0, 10) : ""; };
  // A whole year or month is written as one; any other period as its two ends.
  bc.dated = function (deal) {
    var from = deal.dated_on, to = deal.dated_end_on || from;
    if (!from || from === to) return from || "";
    if (from.slice(0, 4) === to.slice(0, 4) && from.endsWith("-01-01") && to.endsWith("-12-31")) return from.slice(0, 4);
    var lastOfMonth = new Date(Date.parse(to) + 864e5).getUTCDate() === 1;
    if (from.slice(0, 7) === to.slice(0, 7) && from.endsWith("-01") && lastOfMonth) return from.slice(0, 7);
    return from + " – " + to;
  };
  bc.clip = function (text, length) {
    var characters = Array.from(text || "");
    return characters.length > length ? characters.slice(0, length).join("") + "…" : text || "";
  };

  // A reference leads to the characters of a row. Pages that did not fit are named, not linked.
  bc.sourceHref = function (row) {
    return row && row.page_id && bc.hasPage(row.page_id)
      ? "#/source/" + row.page_id + "/" + row.raw_start + "-" + row.raw_end : null;
  };
  bc.sourceLink = function (row, content, properties) {
    var href = bc.sourceHref(row);
    if (href) return h("a", Object.assign({ href: href }, properties), content);
    return h("span", Object.assign({ title: bc.t("此版面未收入本报告", "This page is not in this report") }, properties), content);
  };
  bc.entityLink = function (id, name) {
    return bc.entities.has(id) ? h("a", { href: "#/entity/" + id }, name) : h("span", {}, name);
  };
  bc.excerpt = function (row) {
    return h("blockquote", { class: "excerpt" }, row.before || "", h("mark", {}, row.marked || ""), row.after || "");
  };
  bc.parties = function (deal) {
    return (deal.parties || []).map(function (party, i) {
      return [i ? bc.t("、", ", ") : "", bc.entityLink(party.entity_id, party.name)];
    });
  };
  bc.dealTitle = function (deal) { return deal.title || bc.clip(deal.surface_text, 40); };
  bc.stage = function (deal) { return h("span", { class: "stage stage-" + deal.stage }, bc.label("stage", deal.stage)); };
  bc.amount = function (deal) {
    // Money in yuan is a column; any other currency stays in the words of its quantity.
    if (deal.investment_cny) return bc.money(deal.investment_cny);
    var other = (deal.amounts || []).find(function (a) { return a.dimension === "money"; });
    return other ? other.surface_text : "";
  };
  bc.rest = function (shown, total) {
    if (!(total > shown)) return null;
    return h("p", { class: "soft rest" }, bc.t("另有 " + bc.number(total - shown) + " 行，请在仓库中查询。",
      bc.number(total - shown) + " more rows are in the warehouse."));
  };
  bc.empty = function (zh, en) { return h("p", { class: "soft" }, bc.t(zh, en)); };
  bc.heading = function (text, note) {
    return h("div", { class: "heading" }, h("h2", {}, text), note ? h("span", { class: "soft" }, note) : null);
  };

  var tables = 0;
  // columns: {key, label, value(row) for search and sort, show(row), number}. One step of rows at a time.
  bc.table = function (options) {
    var step = options.step || 50, shown = step, words = [], sort = options.sort || null;
    var search = h("input", { class: "field", type: "search", autocomplete: "off", "aria-controls": "table" + (++tables),
      placeholder: options.placeholder || bc.t("筛选", "Filter"), "aria-label": options.placeholder || bc.t("筛选", "Filter") });
    var count = h("span", { class: "soft num", "aria-live": "polite" });
    var body = h("tbody"), head = h("tr"), more = h("button", { class: "more" });
    var texts = options.rows.map(function (row) {
      return options.columns.map(function (c) { return c.value(row); }).join(" ").toLowerCase();
    });
    var extra = options.filters ? options.filters.map(function (filter) {
      var values = Array.from(new Set(options.rows.map(filter.value).filter(Boolean)));
      var select = h("select", { class: "field", "aria-label": filter.label, onchange: reset },
        h("option", { value: "" }, filter.label), values.map(function (v) { return h("option", { value: v }, filter.show(v)); }));
      return { select: select, value: filter.value };
    }) : [];
    options.columns.forEach(function (column) {
      var button = h("button", { class: "sorter", onclick: function () {
        sort = sort && sort.key === column.key ? { key: column.key, down: !sort.down } : { key: column.key, down: !!column.number };
        reset();
      } }, column.label);
      head.append(h("th", { scope: "col", "data-key": column.key, class: column.number ? "right" : null }, button));
    });
    function compare(a, b) {
      var empty = function (v) { return v === undefined || v === null || v === ""; };
      if (empty(a) || empty(b)) return empty(a) - empty(b);
      var order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
      return sort.down ? -order : order;
    }
    function draw() {
      var rows = options.rows.filter(function (row, i) {
        return words.every(function (word) { return texts[i].includes(word); }) &&
          extra.every(function (f) { return !f.select.value || f.value(row) === f.select.value; });
      });
      if (sort) {
        var column = options.columns.find(function (c) { return c.key === sort.key; });
        var order = column.order || column.value;
        rows = rows.map(function (row, i) { return [order(row), i, row]; })
          .sort(function (a, b) { return compare(a[0], b[0]) || a[1] - b[1]; }).map(function (x) { return x[2]; });
      }
      head.querySelectorAll("th").forEach(function (th) {
        if (sort && th.dataset.key === sort.key) th.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      });
      body.replaceChildren.apply(body, rows.slice(0, shown).map(function (row) {
        var href = options.href ? options.href(row) : null;
        var line = h("tr", { class: href ? "opens" : null }, options.columns.map(function (column) {
          var cell = h("div", {}, column.show(row));
          return h("td", { class: (column.number ? "right num" : "") + (cell.textContent || cell.children.length ? "" : " void"), "data-label": column.label }, cell);
        }));
        if (href) line.addEventListener("click", function (event) {
          if (!event.target.closest("a, button") && !String(getSelection())) location.hash = href;
        });
        return line;
      }));
      count.textContent = bc.number(rows.length) + " " + bc.t("行", rows.length === 1 ? "row" : "rows");
      more.hidden = rows.length <= shown;
      more.textContent = bc.t("再显示 ", "Show ") + Math.min(step, rows.length - shown) + bc.t(" 行", " more");
    }
    function reset() { shown = step; draw(); }
    search.addEventListener("input", function () {
      words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      reset();
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
      h("div", { class: "tools noprint" }, search, extra.map(function (f) { return f.select; }), count),
      h("div", { class: "scroll" }, h("table", { id: "table" + tables, class: "stacks" }, h("thead", {}, head), body)), more);
  };
})();
