// Views made of lists: deals, words, pages, one entity.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;

  // The sum on the front page is that of the first kind: a phase repeats the money of its project.
  bc.moneyKind = function (deal) { return deal.investment_cny && !deal.parent_deal_id ? "cny" : bc.amount(deal) ? "other" : "none"; };

  function parent(deal) {
    return bc.sourceLink({ page_id: deal.parent_page_id, raw_start: deal.parent_raw_start, raw_end: deal.parent_raw_end }, bc.clip(deal.parent_title, 24));
  }

  bc.dealTable = function (deals, keep) {
    return bc.table({
      rows: deals, name: "deals", keep: keep, placeholder: t("按名称、各方、地点筛选", "Filter by title, party, place"), href: bc.sourceHref,
      period: function (d) { return d.issue_on; },
      filters: [
        { key: "stage", label: t("全部阶段", "Any stage"), value: function (d) { return d.stage; }, show: function (v) { return bc.label("stage", v); } },
        { key: "type", label: t("全部类型", "Any type"), value: function (d) { return d.deal_type; }, show: function (v) { return bc.label("deal_type", v); } },
        { key: "sector", label: t("全部行业", "Any sector"), value: function (d) { return d.sector; } },
        { key: "paper", label: t("全部报纸", "Any paper"), value: function (d) { return d.publication; } },
        { key: "money", label: t("金额不限", "Any money"), value: bc.moneyKind, show: function (v) {
          return { cny: t("载有人民币金额", "money in yuan"), other: t("其他币种或分期金额", "other currency, or a phase"), none: t("未载金额", "no money") }[v]; } },
      ],
      columns: [
        { key: "title", label: t("项目", "Deal"), value: bc.dealTitle, show: function (d) {
          return [h("strong", {}, bc.sourceLink(d, bc.dealTitle(d))), h("span", { class: "soft under" }, bc.label("deal_type", d.deal_type)),
            d.parent_deal_id ? h("span", { class: "soft under" }, t("所属项目 ", "part of "), parent(d)) : null]; } },
        { key: "stage", label: t("阶段", "Stage"), value: function (d) { return [bc.label("stage", d.stage), bc.label("mode", d.mode)].filter(Boolean).join(" "); },
          show: function (d) { return [bc.stage(d), d.mode ? h("span", { class: "soft under" }, bc.label("mode", d.mode)) : null]; } },
        { key: "parties", label: t("各方", "Parties"), value: function (d) { return (d.parties || []).map(function (p) { return [p.name, p.surface_text, p.signatory].filter(Boolean).join(" "); }).join(" "); },
          show: bc.parties },
        { key: "money", label: t("金额", "Money"), number: true, value: bc.amount, order: function (d) { return d.investment_cny; }, csv: function (d) { return d.investment_cny || bc.amount(d); }, show: function (d) { return bc.amount(d); } },
        { key: "dated", label: t("日期", "Date"), value: bc.datedText,
          show: bc.dateCell, order: function (d) { return d.dated_on; } },
        { key: "due", label: t("预期", "Due"), value: function (d) { return bc.day(d.expected_on); }, show: function (d) { return h("span", { class: "num" }, bc.day(d.expected_on)); } },
        { key: "place", label: t("地点", "Place"), value: function (d) { return d.place; }, show: function (d) { return d.place || ""; } },
        { key: "sector", label: t("行业", "Sector"), value: function (d) { return d.sector; }, show: function (d) { return h("span", { class: "soft" }, d.sector || ""); } },
      ],
    });
  };

  bc.views.deals = function () {
    return [bc.heading(t("合作项目", "Deals"), t("点击一行，看原文所载之处", "A click on a row opens the characters it was read from")),
      bc.dealTable(report.deals, true), bc.rest(report.deals.length, report.deal_total, " 项", " deals")];
  };

  bc.views.words = function () {
    var top = report.keywords.length ? report.keywords[0].weight : 1;
    return h("div", { class: "twothirds" },
      h("section", {}, bc.heading(t("关键词", "Keywords"), t("jieba TF-IDF 权重", "TF-IDF weight by jieba")), bc.table({
        rows: report.keywords, step: 60, name: "keywords", keep: true, href: function (w) { return bc.sourceHref(w.where[0]); },
        columns: [
          { key: "keyword", label: t("词", "Word"), value: function (w) { return w.keyword; }, show: function (w) { return bc.sourceLink(w.where[0], w.keyword); } },
          { key: "weight", label: t("权重", "Weight"), number: true, value: function (w) { return w.weight; }, show: function (w) {
            return h("span", { class: "bar", title: w.weight.toFixed(2) }, h("i", { style: "width:" + 100 * w.weight / top + "%" })); } },
          { key: "articles", label: t("文章", "Articles"), number: true, value: function (w) { return w.articles; }, show: function (w) { return bc.number(w.articles); } },
          { key: "now", label: t("近七日", "Last 7 days"), number: true, value: function (w) { return w.now; }, show: function (w) { return bc.number(w.now); } },
          { key: "where", label: t("见于", "Seen in"), value: function (w) { return w.where.map(function (x) { return x.headline || ""; }).join(" "); },
            show: function (w) { return w.where.map(function (x, i) { return [i ? " / " : "", bc.sourceLink(x, bc.clip(x.headline || t("无题", "untitled"), 16))]; }); } },
        ] })),
      h("section", {}, bc.heading(t("新出现", "New"), report.new.length ? t("最近七天首见", "first seen in the newest week of issue") : null), bc.newList()));
  };

  bc.newList = function (count) {
    var first = report.numbers.first_on, last = report.numbers.last_on;
    if (!last) return bc.empty("来源没有出版日，无从判断新旧。", "The sources carry no day of issue, so nothing can be called new.");
    if (Date.parse(last) - Date.parse(first) < 7 * 864e5) return bc.empty("全部出版日在七天之内，无从比较新旧。", "All days of issue lie within seven days: there is no before to compare with.");
    if (!report.new.length) return bc.empty("近七日没有新出现的名称。", "Nobody and nothing new in the last seven days.");
    var shown = count ? report.new.slice(0, count) : report.new;
    return [h("ul", { class: "plainlist" }, shown.map(function (e) {
      return h("li", {}, h("span", {}, bc.sourceLink(e, e.name), h("span", { class: "tag type-" + e.entity_type }, " " + bc.label("entity_type", e.entity_type))),
        h("span", { class: "num soft count" }, e.first_on.slice(5))); })),
    count ? bc.further("#/words", report.new_total - shown.length, " 个，见词语", " under Words") : bc.rest(shown.length, report.new_total, " 个", "")];
  };

  bc.views.pages = function () {
    return [bc.heading(t("版面", "Pages")), bc.table({
      rows: report.documents, name: "pages", keep: true, placeholder: t("按标题、文件名筛选", "Filter by headline or file"),
      period: function (p) { return p.issue_on; },
      filters: [{ key: "paper", label: t("全部报纸", "Any paper"), value: function (p) { return p.publication; } }],
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
        { key: "uri", label: t("来源", "Source"), value: function (p) { return p.uri; }, show: function (p) { return h("span", { class: "soft uri", title: p.uri }, bc.file(p.uri), p.page_number > 1 ? " p." + p.page_number : ""); } },
      ] }), bc.rest(report.documents.length, report.page_total, " 版", " pages")];
  };

  function whereList(rows) {
    return h("ul", { class: "where" }, rows.map(function (w) {
      return h("li", {}, bc.sourceLink(w, bc.snippet(w)), w.is_nested ? h("span", { class: "soft" }, t(" 在其他名称之中", " within another name")) : null);
    }));
  }

  bc.views.entity = function (id) {
    var entity = bc.entities.get(id);
    if (!entity) return bc.empty("此实体不在本报告中。", "This entity is not in the report.");
    var deals = report.deals.filter(function (d) { return (d.parties || []).some(function (p) { return p.entity_id === id; }); });
    var nodes = new Map(report.network.nodes.map(function (n) { return [n.entity_id, n]; }));
    var quotes = report.quotations.filter(function (q) { return q.speaker_id === id; }), where = entity.where || [];
    var ties = report.network.edges.filter(function (e) { return e.left === id || e.right === id; });
    return [
      h("div", { class: "entity" }, h("p", { class: "label type-" + entity.entity_type }, bc.label("entity_type", entity.entity_type),
        entity.entity_subtype ? " · " + bc.label("entity_subtype", entity.entity_subtype) : ""),
        h("h1", {}, entity.name),
        (entity.aliases || []).length ? h("p", { class: "soft" }, t("又作 ", "also "), entity.aliases.join(t("、", ", "))) : null,
        h("p", { class: "num" }, t("提及 ", "mentions "), entity.mention_count ? bc.number(entity.mention_count) : t("仅在其他名称之中", "only within other names"), " · ", t("文章 ", "articles "), bc.number(entity.article_count),
          entity.first_on ? " · " + bc.day(entity.first_on) + " – " + bc.day(entity.last_on) : "", entity.province ? " · " + entity.province : "")),
      entity.titles ? [bc.heading(t("职务", "Titles")), h("ul", { class: "where" }, entity.titles.map(function (x) {
        return h("li", {}, bc.sourceLink(x, [x.organization || "", h("strong", {}, x.title)]), x.is_former ? t("（曾任）", " (former)") : ""); }))] : null,
      deals.length ? [bc.heading(t("合作项目", "Deals")), bc.dealTable(deals)] : null,
      quotes.length ? [bc.heading(t("所言", "What was said"), report.quotation_total > report.quotations.length ? t("最近的 " + bc.number(report.quotations.length) + " 段引语之内", "among the newest " + bc.number(report.quotations.length) + " quotations") : null), bc.quoteList(quotes)] : null,
      bc.heading(t("提及之处", "Where it is named")), whereList(where),
      bc.rest(where.filter(function (w) { return !w.is_nested; }).length, entity.mention_count, " 处", " mentions"),
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
})();
