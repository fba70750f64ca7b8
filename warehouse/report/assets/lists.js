// Views made of words: front page, deals, words, pages, quality, one entity, and what a search finds.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;

  function figure(value, zh, en, href, note) {
    var content = [h("b", { class: "num" }, value), h("span", {}, t(zh, en)), note ? h("small", {}, note) : null];
    return href ? h("a", { href: href }, content) : h("div", {}, content);
  }

  bc.views.front = function () {
    var n = report.numbers, rail = h("div", { class: "follows", "aria-live": "polite" });
    function show(deal, item) {
      var current = item.parentNode && item.parentNode.querySelector(".current");
      if (current) current.classList.remove("current");
      item.classList.add("current");
      rail.replaceChildren(
        h("h2", { class: "label" }, t("出处", "Where it says so")),
        bc.excerpt(deal),
        h("p", { class: "soft" }, [deal.publication, bc.day(deal.issue_on), bc.clip(deal.headline, 30)].filter(Boolean).join(" · ")),
        h("p", {}, bc.sourceLink(deal, t("打开版面", "Open the page")))
      );
    }
    var items = report.deals.slice(0, 7).map(function (deal) {
      var item = h("li", {},
        h("div", { class: "facts" }, bc.stage(deal), h("span", { class: "soft" }, bc.label("deal_type", deal.deal_type)),
          deal.told > 1 ? h("span", { class: "soft" }, t("见于 " + deal.told + " 篇", "told " + deal.told + " times")) : null),
        h("h3", {}, bc.sourceLink(deal, bc.dealTitle(deal))),
        h("p", {}, bc.parties(deal)),
        h("p", { class: "num when" },
          bc.amount(deal) ? h("b", {}, bc.amount(deal)) : null,
          (deal.amounts || []).filter(function (a) { return a.dimension !== "money"; }).slice(0, 3).map(function (a) { return h("span", {}, a.surface_text); }),
          deal.dated_on ? h("span", {}, bc.dated(deal)) : null,
          deal.expected_on ? h("span", {}, t("预期 ", "due ") + bc.day(deal.expected_on)) : null,
          deal.place ? h("span", {}, deal.place) : null));
      ["mouseenter", "focusin"].forEach(function (kind) { item.addEventListener(kind, function () { show(deal, item); }); });
      return item;
    });
    var hasDeals = items.length > 0;
    if (hasDeals) show(report.deals[0], items[0]);
    else items = report.documents.slice(0, 6).map(function (page) {
      return h("li", {}, h("h3", {}, bc.sourceLink({ page_id: page.page_id, raw_start: 0, raw_end: 0 }, (page.headlines || []).filter(Boolean)[0] || page.uri)),
        h("p", { class: "soft" }, (page.headlines || []).filter(Boolean).slice(1, 4).join(" / ")),
        h("p", { class: "num when" }, [page.publication, bc.day(page.issue_on), page.page_label].filter(Boolean).join(" · ")));
    });
    function ofType(type, count) {
      return report.entities.filter(function (e) { return e.entity_type === type; }).slice(0, count).map(function (entity) {
        var title = (entity.titles || [])[0];
        return h("li", {}, bc.entityLink(entity.entity_id, entity.name),
          title ? h("span", { class: "soft" }, " " + [title.organization, title.title].filter(Boolean).join("")) : null,
          h("span", { class: "num soft count" }, bc.number(entity.mention_count)));
      });
    }
    var words = report.keywords.slice(0, 26).map(function (word, i) {
      return h("a", { href: "#/words", class: "word w" + Math.min(3, Math.floor(i / 7)) }, word.keyword);
    });
    return [
      h("section", { class: "figures", "aria-label": t("数字", "Numbers") },
        figure(bc.number(n.deals), "合作项目", "deals", "#/deals"),
        figure(n.deals_with_cny ? bc.money(n.investment_cny) : "–", "已载投资额", "money stated", "#/deals",
          t("其中 " + n.deals_with_cny + " 项载有金额", n.deals_with_cny + " deals give one")),
        figure(bc.number(n.persons), "人物", "persons", "#/network"),
        figure(bc.number(n.organizations), "机构", "organizations", "#/network"),
        figure(bc.number(n.places), "地点", "places", "#/map"),
        figure(bc.number(n.articles), "文章", "articles", "#/pages",
          n.duplicates ? t("含重复 " + n.duplicates, n.duplicates + " repeats") : null),
        figure(bc.number(n.damage), "损坏处", "damaged spots", "#/quality", t("修订 " + bc.number(n.edits) + " 处", bc.number(n.edits) + " edits")),
        figure(n.checks ? n.checks - n.checks_failed + "/" + n.checks : "0", "检查通过", "checks passed", "#/quality")),
      h("div", { class: "front" },
        h("section", {}, bc.heading(t("要目", hasDeals ? "Deals" : "Pages"), hasDeals ? null : t("文中未见合作项目", "the texts tell of no deal")),
          items.length ? h("ol", { class: "items" }, items) : bc.empty("仓库中没有版面。", "The warehouse holds no page."),
          hasDeals && report.deal_total > items.length ? h("p", {}, h("a", { href: "#/deals" }, t("全部 " + report.deal_total + " 项", "All " + report.deal_total + " deals"))) : null),
        hasDeals ? h("aside", { class: "rail" }, rail) : null),
      h("div", { class: "thirds" },
        h("section", {}, h("h2", { class: "label" }, t("人物", "Persons")), h("ul", { class: "plainlist" }, ofType("person", 9))),
        h("section", {}, h("h2", { class: "label" }, t("机构", "Organizations")), h("ul", { class: "plainlist" }, ofType("organization", 9))),
        h("section", {}, h("h2", { class: "label" }, t("关键词", "Keywords")), h("p", { class: "words" }, words))),
    ];
  };

  bc.dealTable = function (deals) {
    return bc.table({
      rows: deals, placeholder: t("按名称、各方、地点筛选", "Filter by title, party, place"), href: bc.sourceHref,
      filters: [
        { label: t("全部阶段", "Any stage"), value: function (d) { return d.stage; }, show: function (v) { return bc.label("stage", v); } },
        { label: t("全部类型", "Any type"), value: function (d) { return d.deal_type; }, show: function (v) { return bc.label("deal_type", v); } },
      ],
      columns: [
        { key: "title", label: t("项目", "Deal"), value: bc.dealTitle, show: function (d) {
          return [h("strong", {}, bc.sourceLink(d, bc.dealTitle(d))), h("span", { class: "soft under" }, bc.label("deal_type", d.deal_type))]; } },
        { key: "stage", label: t("阶段", "Stage"), value: function (d) { return bc.label("stage", d.stage); }, show: bc.stage },
        { key: "parties", label: t("各方", "Parties"), value: function (d) { return (d.parties || []).map(function (p) { return p.name + " " + p.surface_text; }).join(" "); },
          show: bc.parties },
        { key: "money", label: t("金额", "Money"), number: true, value: bc.amount, order: function (d) { return d.investment_cny; }, show: function (d) { return bc.amount(d); } },
        { key: "dated", label: t("日期", "Date"), value: function (d) { return bc.day(d.dated_on || d.issue_on); },
          show: function (d) { return h("span", { class: "num" }, bc.dated(d)); }, order: function (d) { return d.dated_on; } },
        { key: "due", label: t("预期", "Due"), value: function (d) { return bc.day(d.expected_on); }, show: function (d) { return h("span", { class: "num" }, bc.day(d.expected_on)); } },
        { key: "place", label: t("地点", "Place"), value: function (d) { return (d.place || "") + " " + (d.sector || ""); }, show: function (d) {
          return [d.place || "", d.sector ? h("span", { class: "soft under" }, d.sector) : null]; } },
      ],
    });
  };

  bc.views.deals = function () {
    return [bc.heading(t("合作项目", "Deals"), t("点击一行，看原文所载之处", "A click on a row opens the characters it was read from")),
      bc.dealTable(report.deals), bc.rest(report.deals.length, report.deal_total)];
  };

  bc.views.words = function () {
    var top = report.keywords.length ? report.keywords[0].weight : 1;
    var first = report.numbers.first_on, last = report.numbers.last_on;
    var spans = first && last && Date.parse(last) - Date.parse(first) > 7 * 864e5;
    var since = last && new Date(Date.parse(last) - 6 * 864e5).toISOString().slice(0, 10);
    var fresh = spans ? report.entities.filter(function (e) { return e.first_on >= since; }).slice(0, 60) : [];
    return h("div", { class: "twothirds" },
      h("section", {}, bc.heading(t("关键词", "Keywords"), t("jieba TF-IDF 权重", "TF-IDF weight by jieba")), bc.table({
        rows: report.keywords, step: 60,
        columns: [
          { key: "keyword", label: t("词", "Word"), value: function (w) { return w.keyword; }, show: function (w) { return bc.sourceLink(w.where[0], w.keyword); } },
          { key: "weight", label: t("权重", "Weight"), number: true, value: function (w) { return w.weight; }, show: function (w) {
            return h("meter", { min: 0, max: top, value: w.weight, title: w.weight.toFixed(2), "aria-label": w.weight.toFixed(2) }); } },
          { key: "articles", label: t("文章", "Articles"), number: true, value: function (w) { return w.articles; }, show: function (w) { return bc.number(w.articles); } },
          { key: "now", label: t("近七日", "Last 7 days"), number: true, value: function (w) { return w.now; }, show: function (w) { return bc.number(w.now); } },
          { key: "where", label: t("见于", "Seen in"), value: function (w) { return w.where.map(function (x) { return x.headline || ""; }).join(" "); },
            show: function (w) { return w.where.map(function (x, i) { return [i ? " / " : "", bc.sourceLink(x, bc.clip(x.headline || t("无题", "untitled"), 16))]; }); } },
        ] })),
      h("section", {}, bc.heading(t("新出现", "New"), spans ? t(since + " 起", "since " + since) : null),
        spans ? (fresh.length ? h("ul", { class: "plainlist" }, fresh.map(function (e) {
          return h("li", {}, bc.entityLink(e.entity_id, e.name), h("span", { class: "soft" }, " " + bc.label("entity_type", e.entity_type)),
            h("span", { class: "num soft count" }, e.first_on.slice(5))); })) : bc.empty("近七日没有新出现的实体。", "Nobody and nothing new in the last seven days."))
          : bc.empty(last ? "全部出版日在七天之内，无从比较新旧。" : "来源没有出版日，无从判断新旧。",
            last ? "All days of issue lie within seven days: there is no before to compare with." : "The sources carry no day of issue, so nothing can be called new.")));
  };

  bc.views.pages = function () {
    return [bc.heading(t("版面", "Pages")), bc.table({
      rows: report.documents,
      href: function (p) { return bc.sourceHref({ page_id: p.page_id, raw_start: 0, raw_end: 0 }); },
      columns: [
        { key: "headlines", label: t("标题", "Headlines"), value: function (p) { return (p.headlines || []).join(" ") + " " + (p.title || ""); }, show: function (p) {
          var text = (p.headlines || []).filter(Boolean).map(function (x) { return bc.clip(x, 32); }).join(" / ") || p.title || t("无题", "untitled");
          return bc.sourceLink({ page_id: p.page_id, raw_start: 0, raw_end: 0 }, text); } },
        { key: "publication", label: t("报纸", "Paper"), value: function (p) { return [p.publication, p.page_label].filter(Boolean).join(" "); }, show: function (p) { return [p.publication, p.page_label].filter(Boolean).join(" "); } },
        { key: "issue", label: t("出版日", "Issued"), value: function (p) { return bc.day(p.issue_on); }, show: function (p) { return h("span", { class: "num" }, bc.day(p.issue_on)); } },
        { key: "articles", label: t("文章", "Articles"), number: true, value: function (p) { return p.articles; }, show: function (p) { return bc.number(p.articles); } },
        { key: "deals", label: t("项目", "Deals"), number: true, value: function (p) { return p.deals; }, show: function (p) { return bc.number(p.deals); } },
        { key: "damage", label: t("损坏", "Damage"), number: true, value: function (p) { return p.damage; }, show: function (p) { return bc.number(p.damage); } },
        { key: "uri", label: t("来源", "Source"), value: function (p) { return p.uri; }, show: function (p) { return h("span", { class: "soft uri" }, p.uri, p.page_number > 1 ? " p." + p.page_number : ""); } },
      ] }), bc.rest(report.documents.length, report.page_total)];
  };

  function counts(pairs, column) {
    if (!pairs.length) return bc.empty("无", "None");
    return h("ul", { class: "plainlist" }, pairs.map(function (pair) {
      return h("li", {}, bc.label(column, pair[0]), h("span", { class: "num count" }, bc.number(pair[1]))); }));
  }

  bc.views.quality = function () {
    var q = report.quality, run = q.runs[0];
    return [
      bc.heading(t("质量", "Quality"), run ? t("最近一次运行 ", "Latest run ") + run.run_id + " · " + bc.label("state", run.state) : null),
      h("div", { class: "thirds" },
        h("section", {}, h("h2", { class: "label" }, t("损坏", "Damage")), counts(q.damage_by_type, "damage_type")),
        h("section", {}, h("h2", { class: "label" }, t("修订规则", "Edits by rule")), counts(q.edits_by_rule, "rule")),
        h("section", {}, h("h2", { class: "label" }, t("未定之处", "Left open")), counts([
          [t("年份未定的日期", "dates without a year"), q.open_years], [t("不明的合作方", "parties that cannot be read"), q.unnamed_parties],
          [t("无出版日的文档", "documents without a day of issue"), report.numbers.undated_documents],
          [t("未收入本报告的版面", "pages not in this report"), report.pages_left_out]], ""))),
      bc.heading(t("损坏的文字", "Damaged text")),
      q.damage.length ? bc.table({ rows: q.damage, step: 30, href: bc.sourceHref, columns: [
        { key: "type", label: t("类型", "Type"), value: function (d) { return bc.label("damage_type", d.damage_type); }, show: function (d) { return bc.label("damage_type", d.damage_type); } },
        { key: "text", label: t("原文", "Text"), value: function (d) { return d.before + d.marked + d.after; }, show: function (d) {
          return bc.sourceLink(d, [h("span", { class: "soft" }, bc.clip(d.before, 99).slice(-18)), h("mark", {}, d.marked), h("span", { class: "soft" }, d.after.slice(0, 18))]); } },
        { key: "suggestion", label: t("建议读法", "Suggestion"), value: function (d) { return d.suggestion; }, show: function (d) { return d.suggestion || ""; } },
      ] }) : bc.empty("没有发现损坏。", "No damage was found."),
      bc.heading(t("检查", "Checks")),
      q.checks.length ? bc.table({ rows: q.checks, step: 20, columns: [
        { key: "ok", label: t("结果", "Result"), value: function (c) { return c.is_success ? t("通过", "passed") : bc.label("severity", c.severity); },
          show: function (c) { return h("span", { class: c.is_success ? "soft" : "failed" }, c.is_success ? t("通过", "passed") : t("未通过 · ", "failed · ") + bc.label("severity", c.severity)); } },
        { key: "table", label: t("表", "Table"), value: function (c) { return c.table_name; }, show: function (c) { return h("a", { href: "dictionary/" + encodeURIComponent(c.table_name) + ".html" }, c.table_name); } },
        { key: "column", label: t("列", "Column"), value: function (c) { return c.column_name; }, show: function (c) { return c.column_name || ""; } },
        { key: "expectation", label: t("检查项", "Check"), value: function (c) { return c.expectation + " " + (c.message || ""); }, show: function (c) {
          return [h("code", {}, bc.clip(c.expectation, 140)), c.message ? h("span", { class: "soft under" }, c.message) : null]; } },
        { key: "rows", label: t("行数", "Rows"), number: true, value: function (c) { return c.row_count; }, show: function (c) { return bc.number(c.row_count); } },
        { key: "bad", label: t("未通过行", "Failing"), number: true, value: function (c) { return c.unexpected_count; }, show: function (c) { return bc.number(c.unexpected_count); } },
      ] }) : bc.empty("此快照没有检查记录。", "This snapshot records no checks."),
      bc.rest(q.checks.length, report.numbers.checks),
      bc.heading(t("拒收", "Rejects")),
      q.rejects.length ? bc.table({ rows: q.rejects, step: 20, columns: [
        { key: "reason", label: t("原因", "Reason"), value: function (r) { return bc.label("reason_code", r.reason_code); }, show: function (r) { return bc.label("reason_code", r.reason_code); } },
        { key: "uri", label: t("来源", "Source"), value: function (r) { return r.uri; }, show: function (r) { return h("span", { class: "uri" }, r.uri, r.line_number ? ":" + r.line_number : ""); } },
        { key: "message", label: t("说明", "Message"), value: function (r) { return r.message; }, show: function (r) { return r.message; } },
      ] }) : bc.empty("没有拒收的输入。", "Nothing was refused."),
      bc.rest(q.rejects.length, report.numbers.rejects),
      bc.heading(t("运行", "Runs")),
      bc.table({ rows: q.runs, columns: [
        { key: "run", label: t("运行", "Run"), value: function (r) { return r.run_id; }, show: function (r) { return h("code", {}, r.run_id); } },
        { key: "state", label: t("状态", "State"), value: function (r) { return r.state; }, show: function (r) { return bc.label("state", r.state); } },
        { key: "start", label: t("开始", "Started"), value: function (r) { return r.started_at; }, show: function (r) { return h("span", { class: "num" }, r.started_at.slice(0, 19).replace("T", " ") + " UTC"); } },
        { key: "docs", label: t("文档", "Documents"), number: true, value: function (r) { return r.document_count; }, show: function (r) { return bc.number(r.document_count); } },
        { key: "rejects", label: t("拒收", "Rejects"), number: true, value: function (r) { return r.reject_count; }, show: function (r) { return bc.number(r.reject_count); } },
      ] }),
    ];
  };

  function whereList(rows) {
    return h("ul", { class: "where" }, rows.map(function (w) {
      return h("li", {}, bc.sourceLink(w, bc.clip(w.sentence || w.surface_text, 90)));
    }));
  }

  bc.views.entity = function (id) {
    var entity = bc.entities.get(id);
    if (!entity) return bc.empty("此实体不在本报告中。", "This entity is not in the report.");
    var deals = report.deals.filter(function (d) { return (d.parties || []).some(function (p) { return p.entity_id === id; }); });
    var nodes = new Map(report.network.nodes.map(function (n) { return [n.entity_id, n]; }));
    var ties = report.network.edges.filter(function (e) { return e.left === id || e.right === id; });
    return [
      h("div", { class: "entity" }, h("p", { class: "label type-" + entity.entity_type }, bc.label("entity_type", entity.entity_type),
        entity.entity_subtype ? " · " + bc.label("entity_subtype", entity.entity_subtype) : ""),
        h("h1", {}, entity.name),
        (entity.aliases || []).length ? h("p", { class: "soft" }, t("又作 ", "also "), entity.aliases.join(t("、", ", "))) : null,
        h("p", { class: "num" }, t("提及 ", "mentions "), bc.number(entity.mention_count), " · ", t("文章 ", "articles "), bc.number(entity.article_count),
          entity.first_on ? " · " + bc.day(entity.first_on) + " – " + bc.day(entity.last_on) : "", entity.province ? " · " + entity.province : "")),
      entity.titles ? [bc.heading(t("职务", "Titles")), h("ul", { class: "where" }, entity.titles.map(function (x) {
        return h("li", {}, bc.sourceLink(x, [x.organization || "", h("strong", {}, x.title)]), x.is_former ? t("（曾任）", " (former)") : ""); }))] : null,
      deals.length ? [bc.heading(t("合作项目", "Deals")), bc.dealTable(deals)] : null,
      bc.heading(t("提及之处", "Where it is named")), whereList(entity.where || []),
      bc.rest((entity.where || []).length, entity.mention_count),
      ties.length ? [bc.heading(t("关联", "Ties")), bc.tieList(ties, nodes, id)] : null,
    ];
  };

  bc.tieList = function (ties, nodes, id) {
    return h("ul", { class: "where" }, ties.slice(0, 40).map(function (edge) {
      var other = nodes.get(edge.left === id ? edge.right : edge.left);
      return h("li", {}, bc.entityLink(other.entity_id, other.name), " ",
        bc.sourceLink(edge, { deal: t("同一项目", "in one deal"), role: t("任职", "title"), sentence: t("同句 ", "in one sentence, ") + edge.weight + t(" 次", "×") }[edge.tie], { class: "soft" }));
    }));
  };

  bc.views.find = function (query) {
    var words = query.toLowerCase().split(/\s+/).filter(Boolean);
    function match(text) { text = text.toLowerCase(); return words.every(function (w) { return text.includes(w); }); }
    var entities = report.entities.filter(function (e) { return match([e.name].concat(e.aliases || []).join(" ")); });
    var deals = report.deals.filter(function (d) {
      return match([bc.dealTitle(d), d.place, d.surface_text, d.headline].concat((d.parties || []).map(function (p) { return p.name; })).filter(Boolean).join(" ")); });
    var pages = report.documents.filter(function (p) { return match([p.title, p.uri].concat(p.headlines || []).filter(Boolean).join(" ")); });
    return [bc.heading(t("查找：", "Find: ") + query, t("实体、项目与标题", "entities, deals and headlines")),
      h("h2", { class: "label" }, t("实体", "Entities") + " " + entities.length),
      h("ul", { class: "where" }, entities.slice(0, 40).map(function (e) { return h("li", {}, bc.entityLink(e.entity_id, e.name), h("span", { class: "soft" }, " " + bc.label("entity_type", e.entity_type) + " " + e.mention_count)); })),
      h("h2", { class: "label" }, t("项目", "Deals") + " " + deals.length), deals.length ? bc.dealTable(deals) : null,
      h("h2", { class: "label" }, t("版面", "Pages") + " " + pages.length),
      h("ul", { class: "where" }, pages.slice(0, 40).map(function (p) {
        return h("li", {}, bc.sourceLink({ page_id: p.page_id, raw_start: 0, raw_end: 0 }, (p.headlines || []).filter(Boolean).join(" / ") || p.uri), " ", h("span", { class: "soft num" }, bc.day(p.issue_on))); }))];
  };
})();
