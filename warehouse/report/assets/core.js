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

  function t(zh, en) { return bc.t(zh, en); }
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
  // A number in its base unit, in the unit that a reader thinks in.
  var units = {
    kg: [[1e3, "吨", "t"], [0, "千克", "kg"]], m: [[1e3, "公里", "km"], [0, "米", "m"]], m2: [[1e6, "平方公里", "km²"], [0, "平方米", "m²"]],
    m3: [[0, "立方米", "m³"]], J: [[3.6e6, "千瓦时", "kWh"], [0, "焦", "J"]], W: [[1e3, "千瓦", "kW"], [0, "瓦", "W"]],
    s: [[86400, "天", "days"], [3600, "小时", "h"], [60, "分钟", "min"], [0, "秒", "s"]], byte: [[1e12, "TB", "TB"], [1e9, "GB", "GB"], [0, "字节", "bytes"]],
    year: [[0, "年", "years"]], "1": [[0, "", ""]],
  };
  bc.quantity = function (value, unit) {
    if (unit === "CNY") return bc.money(value);
    var scale = (units[unit] || [[0, unit, unit]]).find(function (u) { return Math.abs(value) >= u[0]; });
    return (bc.number(value / (scale[0] || 1)) + " " + t(scale[1], scale[2])).trim();
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
  // The day of a deal; where the year is open, the day in the words of the text.
  bc.datedText = function (deal) {
    return bc.dated(deal) || (deal.dated_text ? deal.dated_text + t("（年份未定）", " (year open)") : "");
  };
  bc.dateCell = function (deal) {
    if (deal.dated_on) return [h("span", { class: "num" }, bc.dated(deal)), deal.dated_by === "event" ? h("span", { class: "soft under" }, t("活动之日", "day of the event")) : null];
    if (!deal.dated_text) return "";
    return [h("span", { class: "num" }, deal.dated_text), h("span", { class: "soft under", title: bc.candidates(deal.dated_candidates) }, t("年份未定", "year open"))];
  };
  // The days that an open date can be; a year that nothing narrows is written XXXX.
  bc.candidates = function (days) {
    var known = (days || []).filter(function (day) { return !day.startsWith("X"); });
    return known.length ? t("可能是 ", "can be ") + known.join(t("、", ", ")) : t("文中没有可以推断年份的日期", "no date of the text narrows the year");
  };
  // Why a date is open, in Chinese where every part of the sentence is known. find(id): a link to another article.
  var REASONS = {
    "no earlier date to count from": "前文没有可以起算的日期", "the calendar has no such day": "历法中没有这一天",
    "day and month can be read both ways": "日与月两种读法皆可", "no dateline and no issue date": "没有电头，也没有出版日期"
  };
  bc.evidence = function (text, find) {
    if (bc.language() !== "zh") return text;
    if (REASONS[text]) return REASONS[text];
    var left = text.replace(/^the only possible year: /, "唯一可能的年份：").replace(/^no year in the text; /, "文中未写年份；").replace(/^dateline "([^"]*)" has no year; /, "电头“$1”未写年份；")
      .replace(/^(month )?from "([^"]*)" at \d+, itself open$/, function (all, month, words) { return (month ? "月份依“" : "由“") + words + "”推算，其年份未定"; })
      .replace("no other date of the article narrows it", "本文没有其他日期可以限定").replace(' and before the end of "', '，before the end of "');
    var limit = /(after|before the end of) "([^"]*)" at \d+(?: in another article of the page \(article_id (\w+)\))?/g, parts = [], at = 0, found;
    while ((found = limit.exec(left))) {
      parts.push(left.slice(at, found.index), found[1] === "after" ? "不早于" : "不晚于", "“" + found[2] + "”", found[3] ? ["（另文", find(found[3]), "）"] : "（本文）");
      at = limit.lastIndex;
    }
    parts.push(left.slice(at));
    return parts.some(function (part) { return typeof part === "string" && part[0] !== "“" && /[a-z]{3}/.test(part.replace(/“[^”]*”/g, "")); }) ? text : parts;
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
  // A name marked in the words around it, cut to so many characters on either side.
  bc.snippet = function (at, margin) {
    var before = Array.from(at.before || ""), after = Array.from(at.after || "");
    if (margin && before.length > margin + 1) before = ["…"].concat(before.slice(-margin));
    if (margin && after.length > margin + 1) after = after.slice(0, margin).concat("…");
    return [before.join(""), h("mark", {}, at.surface_text), after.join("")];
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
  // The words of a row marked, and the amounts that belong to it.
  bc.excerpt = function (row) {
    var text = Array.from((row.before || "") + (row.marked || "") + (row.after || ""));
    var first = row.raw_start - Array.from(row.before || "").length, end = row.raw_start + Array.from(row.marked || "").length, at = 0;
    var spans = (row.amounts || []).filter(function (a) { return a.raw_end <= row.raw_start || a.raw_start >= end; })
      .map(function (a) { return [a.raw_start - first, a.raw_end - first]; }).concat([[row.raw_start - first, end - first]])
      .filter(function (s) { return s[0] >= 0 && s[1] <= text.length; }).sort(function (a, b) { return a[0] - b[0]; });
    var parts = spans.map(function (s) {
      var part = [text.slice(at, s[0]).join(""), h("mark", {}, text.slice(s[0], s[1]).join(""))];
      at = s[1];
      return part;
    });
    return h("blockquote", { class: "excerpt" }, parts, text.slice(at).join(""));
  };
  bc.parties = function (deal) {
    return (deal.parties || []).map(function (party, i) {
      return [i ? bc.t("、", ", ") : "", bc.entityLink(party.entity_id, party.name),
        party.signatory ? h("span", { class: "soft" }, t("（签署人 ", " (signed by "), bc.entityLink(party.signatory_id, party.signatory), t("）", ")")) : null];
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
  // More of a list, on another view of this report.
  bc.further = function (href, count, zh, en) {
    return count > 0 ? h("p", { class: "soft rest" }, h("a", { href: href }, bc.t("另有 " + bc.number(count) + zh, bc.number(count) + " more" + en))) : null;
  };
  // What a deal measures, as a reader wants it in a line: no spans of time, and of counts only those that say of what.
  bc.measured = function (deal) {
    return (deal.amounts || []).filter(function (a) { return !["money", "duration", "number", "ratio", "rate"].includes(a.dimension) && (a.dimension !== "count" || a.measures); })
      .map(function (a) { return a.surface_text + (a.dimension === "count" ? a.measures : ""); });
  };
  bc.empty = function (zh, en) { return h("p", { class: "soft" }, bc.t(zh, en)); };
  bc.heading = function (text, note) {
    return h("div", { class: "heading" }, h("h2", {}, text), note ? h("span", { class: "soft" }, note) : null);
  };
})();
