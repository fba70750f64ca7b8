// The source page view: raw text with a cell's characters marked, the repaired article beside it.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;
  var layers = { person: true, organization: true, place: true, work: true, event: true, quantity: true, date: true, edits: true, damage: true };

  // Cut [from, to) of a part at every boundary of the spans; a piece carries all the spans over it.
  function pieces(part, spans, from, to) {
    var opens = new Map(), closes = new Map(), cuts = new Set([from, to]);
    spans.forEach(function (span) {
      var start = Math.max(span.start, from), end = Math.min(span.end, to);
      if (start >= end) return;
      cuts.add(start).add(end);
      if (!opens.has(start)) opens.set(start, []);
      opens.get(start).push(span);
      if (!closes.has(end)) closes.set(end, []);
      closes.get(end).push(span);
    });
    var order = Array.from(cuts).sort(function (a, b) { return a - b; }), active = new Set(), result = [];
    for (var i = 0; i < order.length - 1; i += 1) {
      (closes.get(order[i]) || []).forEach(function (span) { active.delete(span); });
      (opens.get(order[i]) || []).forEach(function (span) { active.add(span); });
      result.push({ text: part[2].slice(order[i] - part[0], order[i + 1] - part[0]).join(""), start: order[i], spans: Array.from(active) });
    }
    return result;
  }

  function classOf(mark) {
    if (mark.table === "mentions") return "m-" + mark.entity_type;
    if (mark.table === "quantities") return "m-quantity";
    if (mark.table === "dates") return "m-date";
    return "m-" + mark.table;
  }

  bc.views.source = function (id, range) {
    var target = (range || "0-0").split("-").map(Number);
    var holder = h("div", {}, h("p", { class: "soft" }, t("正在打开版面…", "Opening the page…")));
    if (!bc.hasPage(id)) return bc.empty("此版面未收入本报告。", "This page is not in this report.");
    if (typeof DecompressionStream === "undefined") return bc.empty("此浏览器过旧，无法打开版面（需 2023 年以后的版本）。", "This browser is too old to open pages (it needs a version of 2023 or later).");
    bc.loadPage(id, function (page) { draw(holder, page, target[0], target[1] || target[0]); });
    return holder;
  };

  function draw(holder, page, from, to) {
    var marks = page.marks.filter(function (m) { return m.table !== "deals" && m.table !== "deal_parties" && m.table !== "quotations" && m.table !== "roles"; });
    // The amounts of the deal that is shown are marked with it.
    var shown = new Set(page.marks.filter(function (m) { return m.table === "deals" && m.raw_start === from && m.raw_end === to; }).map(function (m) { return m.deal_id; }));
    var linked = page.marks.filter(function (m) { return m.table === "quantities" && shown.has(m.deal_id); });
    var rawSpans = [{ start: from, end: to, class: "target" }]
      .concat(linked.map(function (m) { return { start: m.raw_start, end: m.raw_end, class: "linked" }; }))
      .concat(page.blocks.map(function (b) { return { start: b[0], end: b[1], class: "block-" + b[2] }; }))
      .concat(page.edits.map(function (e) { return { start: e[0], end: e[1], class: "edit" + (e[2] ? " swap" : ""), edit: e }; }))
      .concat(page.damage.map(function (d) { return { start: d.raw_start, end: d.raw_end, class: "damaged", damage: d }; }))
      .concat(marks.map(function (m) { return { start: m.raw_start, end: m.raw_end, class: classOf(m), mark: m }; }));
    // An insertion replaces no character: it shows on the one before it.
    page.edits.forEach(function (e) { if (e[0] === e[1]) rawSpans.push({ start: Math.max(0, e[0] - 1), end: Math.max(1, e[0]), class: "swap", edit: e }); });

    function piece(p) {
      if (!p.spans.length) return document.createTextNode(p.text);
      var classes = p.spans.map(function (s) { return s.class; }).join(" ");
      var edit = p.spans.map(function (s) { return s.edit; }).find(Boolean);
      var isBlank = edit && !p.text.trim();
      return h("span", { class: classes + (isBlank ? " blank" : ""), "data-at": p.start,
        "data-new": edit && edit[2] ? edit[2] : null, title: notes(p.spans) }, p.text);
    }
    function notes(spans) {
      return spans.map(function (s) {
        if (s.edit) return t("修订：", "edit: ") + bc.label("rule", s.edit[3]);
        if (s.damage) return t("损坏：", "damage: ") + bc.label("damage_type", s.damage.damage_type) + (s.damage.suggestion ? " → " + s.damage.suggestion : "");
        if (s.mark && s.mark.table === "mentions") return bc.label("entity_type", s.mark.entity_type);
        return null;
      }).filter(Boolean).join("\n") || null;
    }
    function gap(count) { return count > 0 ? h("span", { class: "gap" }, t("（略去 " + bc.number(count) + " 字）", "(" + bc.number(count) + " characters left out)")) : null; }
    var raw = h("div", { class: "raw", lang: "zh", tabindex: "0", "aria-label": t("原文", "Raw text") },
      page.raw.map(function (part, i) {
        var before = page.raw[i - 1], start = part[0], end = start + part[2].length;
        return [gap(start - (before ? before[0] + before[2].length : 0)), pieces(part, rawSpans, start, end).map(piece), i === page.raw.length - 1 ? gap(page.length - end) : null];
      }));

    var articles = page.articles.map(function (article) {
      var start = Infinity, end = -1;
      article.alignments.forEach(function (run) {
        var a = Math.max(from, run[2]), b = Math.min(to, run[2] + run[1] - run[0]);
        if (a < b) { start = Math.min(start, run[0] + a - run[2]); end = Math.max(end, run[0] + b - run[2]); }
      });
      var spans = marks.filter(function (m) { return m.article_id === article.article_id && m.start_char !== undefined; })
        .map(function (m) { return { start: m.start_char, end: m.end_char, class: classOf(m), mark: m }; });
      linked.forEach(function (m) { if (m.article_id === article.article_id) spans.push({ start: m.start_char, end: m.end_char, class: "linked" }); });
      if (end >= 0) spans.push({ start: start, end: end, class: "target" });
      var body = article.text.map(function (part, i) {
        var at = part[0];
        return [i ? h("p", { class: "gap" }, "……") : null, part[1].split("\n").map(function (paragraph) {
          var length = Array.from(paragraph).length, first = at;
          at += length + 1;
          return h("p", {}, pieces(part, spans, first, first + length).map(piece));
        })];
      });
      return h("article", { class: end >= 0 ? "holds" : null, lang: "zh" },
        article.kicker ? h("p", { class: "kicker" }, article.kicker) : null,
        article.headline ? h("h3", {}, article.headline) : null,
        article.subtitle ? h("p", { class: "kicker" }, article.subtitle) : null,
        h("p", { class: "soft" }, [article.byline, article.dateline_on || article.published_on, article.duplicate_of ? t("重复文章", "repeats another article") : null].filter(Boolean).join(" · ")),
        body);
    });

    var card = h("div", { class: "card", "aria-live": "polite" });
    function showCard(start, end) {
      var here = page.marks.filter(function (m) { return m.raw_start < end && m.raw_end > start; });
      var exact = here.filter(function (m) { return m.raw_start === start && m.raw_end === end; });
      var ids = new Set(exact.filter(function (m) { return m.table === "deals"; }).map(function (m) { return m.deal_id; }));
      var own = page.marks.filter(function (m) { return (m.table === "deal_parties" || m.table === "quantities") && ids.has(m.deal_id); });
      // A deal is read as what, who, how much.
      var rank = { deals: 0, deal_parties: 1, quantities: 2 };
      var list = exact.concat(own.filter(function (m) { return !exact.includes(m); }))
        .sort(function (a, b) { return (a.table in rank ? rank[a.table] : 3) - (b.table in rank ? rank[b.table] : 3); });
      if (!list.length) list = here.slice(0, 8);
      var damage = page.damage.filter(function (d) { return d.raw_start < end && d.raw_end > start; });
      card.replaceChildren.apply(card, list.map(row).concat(damage.map(function (d) {
        return h("dl", {}, h("dt", {}, bc.tableName("damage")), h("dd", {}, d.surface_text), fact("damage_type", bc.label("damage_type", d.damage_type)), fact("suggestion", d.suggestion)); })));
      card.hidden = !card.children.length;
    }
    function factName(name) {
      if (name === "base_value") return t("折合", "equals");
      return t((report.labels.columns[name] || name).replace(/标识$/, ""), name.replace(/_id$/, "").replace(/_/g, " "));
    }
    function fact(name, value) {
      if (value === undefined || value === null || value === "") return null;
      return h("span", { class: "fact" }, h("small", {}, factName(name)), " ", value);
    }
    var hidden = ["table", "article_id", "surface_text", "start_char", "end_char", "raw_start", "raw_end", "deal_id", "base_unit"];
    // The report knows names of a deal that are too rare to be among its entities.
    function listed(m) { return report.deals.find(function (d) { return d.deal_id === m.deal_id; }) || {}; }
    function entityFact(m, k, name) {
      var entity = bc.entities.get(m[k]), shown = entity ? entity.name : name;
      return shown && !(k === "entity_id" && shown === m.surface_text) ? fact(k === "entity_id" ? "name" : k, bc.entityLink(m[k], shown)) : null;
    }
    function wholeFact(m) {
      var whole = page.marks.find(function (x) { return x.table === "deals" && x.deal_id === m.parent_deal_id; }), deal = listed(m);
      if (whole) return fact("parent_deal_id", bc.sourceLink(Object.assign({ page_id: page.page_id }, whole), whole.title || bc.clip(whole.surface_text, 40)));
      return deal.parent_title ? fact("parent_deal_id", bc.sourceLink({ page_id: deal.parent_page_id, raw_start: deal.parent_raw_start, raw_end: deal.parent_raw_end }, deal.parent_title)) : null;
    }
    function article(id) {
      var found = page.articles.find(function (a) { return a.article_id === id; });
      return found ? bc.sourceLink(Object.assign({ page_id: page.page_id }, found), "《" + bc.clip(found.headline || t("无题", "untitled"), 24) + "》") : id;
    }
    function value(m, k) {
      var v = m[k];
      if (k === "investment_cny") return bc.money(v);
      if (k === "base_value") return bc.quantity(v, m.base_unit);
      if (k === "evidence" && m.table === "dates") return bc.evidence(v, article);
      if (k === "candidates" && Array.isArray(v) && v.length) return bc.candidates(v);
      if (typeof v === "number") return bc.number(v);
      if (Array.isArray(v)) return v.join(t("、", ", "));
      return typeof v === "string" ? bc.label(k, v) : v;
    }
    function row(m) {
      var isDeal = m.table === "deals", deal = isDeal || m.table === "deal_parties" ? listed(m) : {};
      var party = (deal.parties || []).find(function (p) { return p.raw_start === m.raw_start && p.raw_end === m.raw_end; }) || {};
      var keys = Object.keys(m).filter(function (k) { return !hidden.includes(k) && !(k === "dated_end_on" && m[k] === m.dated_on); });
      if (isDeal && !m.dated_on && deal.dated_text) keys.splice(keys.indexOf("stage") + 1, 0, "dated_on");
      if (isDeal && deal.place && !m.place_id) keys.push("place_id");
      if (m.table === "deal_parties" && party.signatory && !m.signatory_id) keys.push("signatory_id");
      return h("dl", {}, h("dt", {}, bc.tableName(m.table)),
        h("dd", {}, h("a", { href: "#/source/" + page.page_id + "/" + m.raw_start + "-" + m.raw_end }, bc.clip(m.surface_text, 60))),
        keys.map(function (k) {
          if (k === "parent_deal_id") return wholeFact(m);
          if (/_id$/.test(k)) return entityFact(m, k, { place_id: deal.place, signatory_id: party.signatory }[k]);
          if (k === "dated_on" && !m.dated_on) return fact(k, bc.datedText(deal));
          return fact(isDeal && k === "title" ? "name" : k, value(m, k));
        }), h("span", { class: "fact soft num" }, m.raw_start + "–" + m.raw_end));
    }
    holder.addEventListener("click", function (event) {
      var element = event.target.closest(".raw span, article span");
      if (!element || String(getSelection())) return;
      var inRaw = element.closest(".raw"), at = Number(element.dataset.at);
      var hit = page.marks.filter(function (m) { return inRaw ? m.raw_start <= at && at < m.raw_end : m.start_char <= at && at < m.end_char; })
        .filter(function (m) { return inRaw || element.closest("article").contains(element) && page.articles[articles.indexOf(element.closest("article"))].article_id === m.article_id; })
        .sort(function (a, b) { return a.raw_end - a.raw_start - (b.raw_end - b.raw_start); })[0];
      if (hit) location.replace("#/source/" + page.page_id + "/" + hit.raw_start + "-" + hit.raw_end);
    });

    var names = { quantity: t("数量", "quantities"), date: t("日期", "dates"), edits: t("修订", "edits") + " " + page.edits.length, damage: t("损坏", "damage") + " " + page.damage.length };
    var toggles = h("fieldset", { class: "toggles noprint" }, h("legend", { class: "hush" }, t("显示", "Show")), Object.keys(layers).map(function (name) {
      return h("label", { class: "t-" + name }, h("input", { type: "checkbox", checked: layers[name], onchange: function (event) { layers[name] = event.target.checked; apply(); } }), " ", names[name] || bc.label("entity_type", name));
    }));
    var sheet = h("div", { class: "sheets" + (page.lines.length && report.images.includes(page.page_id) ? " pictured" : "") });
    function apply() { Object.keys(layers).forEach(function (name) { sheet.classList.toggle("no-" + name, !layers[name]); }); }
    apply();
    bc.add(sheet, [picture(page, from, to),
      h("section", {}, h("h2", { class: "label" }, t("原文", "As it came")), raw),
      h("section", {}, h("h2", { class: "label" }, t("整理后", "Repaired")), articles.length ? articles : bc.empty("此页没有文章。", "This page has no article."))]);
    var facts = [page.publication, page.page_label, bc.day(page.issue_on) || t("出版日不明", "day of issue unknown"), bc.label("method", page.method), page.encoding].filter(Boolean).join(" · ");
    bc.add((holder.replaceChildren(), holder), [
      h("div", { class: "sourcehead" }, h("p", { class: "soft" }, facts, h("br"), h("span", { class: "uri", title: page.uri }, bc.file(page.uri), page.page_number > 1 ? " p." + page.page_number : "")), toggles),
      page.isWhole ? null : h("p", { class: "soft" }, t("本报告只收此版的摘录；全文在仓库中：", "This report holds only passages of this page; the whole of it is in the warehouse: "), h("code", {}, "baocang show pages")),
      card, to > from ? cite(page, from, to) : null, sheet]);
    if (to > from) showCard(from, to); else card.hidden = true;
    var marked = Array.from(holder.querySelectorAll(".target"));
    // A page that was read before is drawn before it stands in the document.
    requestAnimationFrame(function () {
      [raw.querySelector(".target"), holder.querySelector("article .target"), holder.querySelector(".boxes .on")].forEach(function (element) {
        if (element) scrollInside(element);
      });
    });
    if (marked.length) raw.setAttribute("aria-description", t("已标出 ", "marked: ") + bc.cut(page.raw, from, to));
  }

  // What a writer puts into a footnote: the words, and where they stand.
  function cite(page, from, to) {
    var article = page.articles.find(function (a) { return a.raw_start <= from && from < a.raw_end; });
    var words = bc.clip(bc.cut(page.raw, from, to).replace(/\s+/g, ""), 200), headline = article && article.headline;
    var day = bc.day(page.issue_on).split("-").map(Number), label = page.page_label, file = bc.file(page.uri);
    var zh = ["“" + words + "”", [headline && "《" + headline + "》", page.publication && "《" + page.publication + "》" + (day[0] ? day[0] + "年" + day[1] + "月" + day[2] + "日" : "") + (label ? "第" + label + "版" : ""), !page.publication && day[0] && day[0] + "年" + day[1] + "月" + day[2] + "日"].filter(Boolean).join("，"), file + "，第" + page.page_number + "页，字符 " + from + "–" + to];
    var en = ["“" + words + "”", [headline, page.publication, bc.day(page.issue_on), label && "p. " + label].filter(Boolean).join(", "), file + ", page " + page.page_number + ", characters " + from + "–" + to];
    var text = t(zh.filter(Boolean).join("。") + "。", en.filter(Boolean).join(". ") + ".");
    var done = h("span", { class: "soft", role: "status" });
    return h("p", { class: "cite noprint" }, h("button", { class: "plain", title: text, onclick: function () {
      bc.copy(text, function () { done.textContent = t("已复制", "Copied"); });
    } }, t("复制引文", "Copy citation")), h("button", { class: "plain", onclick: function () {
      bc.copy(location.href, function () { done.textContent = t("已复制链接", "Link copied"); });
    } }, t("复制链接", "Copy link")), done);
  }

  // Each sheet scrolls by itself, the page stays where it is; on a small screen the sheets do not scroll.
  function scrollInside(element) {
    var box = element.closest(".raw, .repaired, section");
    while (box && box.scrollHeight <= box.clientHeight + 4) box = box.parentElement && box.parentElement.closest("section, .sheets");
    if (box && box.classList.contains("sheets")) box = null;
    if (box) box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    else if (element.closest(".raw")) element.scrollIntoView({ block: "center" });
  }

  function picture(page, from, to) {
    if (!report.images.includes(page.page_id) || !page.width) return null;
    return h("section", { class: "picture" }, h("h2", { class: "label" }, t("版面图", "The page")), h("div", { class: "boxes" },
      h("img", { src: "pages/" + page.page_id + ".webp", alt: t("版面图像", "Picture of the page") }),
      page.lines.filter(function (l) { return l[2] !== null; }).map(function (l) {
        return h("a", { class: l[0] < to && l[1] > from ? "on" : null, href: "#/source/" + page.page_id + "/" + l[0] + "-" + l[1], tabindex: "-1", "aria-hidden": "true",
          style: "left:" + 100 * l[2] / page.width + "%;top:" + 100 * l[3] / page.height + "%;width:" + 100 * (l[4] - l[2]) / page.width + "%;height:" + 100 * (l[5] - l[3]) / page.height + "%" });
      })));
  }
})();
