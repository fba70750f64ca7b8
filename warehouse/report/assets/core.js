// What every view uses: elements, words in two languages, numbers, references, the state in the address.
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
  // What is chosen in a view stands behind the "?" of the address, so that a link keeps it.
  bc.state = function () { return new URLSearchParams((location.hash.split("?")[1] || "")); };
  bc.keep = function (changes) {
    var state = bc.state();
    Object.entries(changes).forEach(function ([key, value]) { if (value) state.set(key, value); else state.delete(key); });
    var query = String(state), path = location.hash.split("?")[0] || "#/";
    history.replaceState(null, "", path + (query ? "?" + query : ""));
  };
  bc.save = function (name, text, type) {
    var link = h("a", { href: URL.createObjectURL(new Blob([text], { type: type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  };
  // A sentence cut to the words around a name in it.
  bc.around = function (sentence, name, margin) {
    var characters = Array.from(sentence || name || ""), at = Array.from((sentence || "").split(name)[0]).length;
    if (at === characters.length) at = 0;
    var first = Math.max(0, at - margin), last = Math.min(characters.length, at + Array.from(name || "").length + margin);
    return (first ? "…" : "") + characters.slice(first, last).join("") + (last < characters.length ? "…" : "");
  };
  bc.copy = function (text, done) {
    // The clipboard is closed to pages of plain http; the old way works there.
    function byHand() {
      var box = h("textarea", { class: "hush" });
      box.value = text;
      document.body.append(box);
      box.select();
      if (document.execCommand("copy")) done();
      box.remove();
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  };
  bc.file = function (uri) { return (uri || "").split("/").slice(-1)[0]; };
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
  bc.rest = function (shown, total, zh, en) {
    if (!(total > shown)) return null;
    return h("p", { class: "soft rest" }, bc.t("另有 " + bc.number(total - shown) + (zh || " 行") + "未收入本报告，可在仓库中查询。",
      bc.number(total - shown) + (en || " rows") + " more are in the warehouse, not in this report."));
  };
  bc.empty = function (zh, en) { return h("p", { class: "soft" }, bc.t(zh, en)); };
  bc.heading = function (text, note) {
    return h("div", { class: "heading" }, h("h2", {}, text), note ? h("span", { class: "soft" }, note) : null);
  };
})();
