// The front page, and what a search across the report finds.
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
    // Of the newest, those that say what, with whom and how much; of them first what is done, then plans, the latest before all.
    var firmness = { signed: 0, unveiled: 0, landed: 0, building: 0, operating: 0, unknown: 2, ended: 2 };
    function rank(deal) { return deal.stage in firmness ? firmness[deal.stage] : 1; }
    function richness(deal) {
      return (deal.title ? 2 : 0) + Math.min(2, (deal.parties || []).length) + (bc.amount(deal) ? 2 : (deal.amounts || []).length ? 1 : 0) + (rank(deal) < 2 ? 1 : 0) - (deal.parent_deal_id ? 2 : 0);
    }
    function latest(deal) { return deal.dated_on || (deal.dated_candidates || []).slice(-1)[0] || ""; }
    function late(a, b) { return latest(a) < latest(b) ? 1 : latest(a) > latest(b) ? -1 : 0; }
    var lead = report.deals.slice(0, 40).map(function (deal, i) { return { deal: deal, place: i, worth: richness(deal), rank: rank(deal) }; })
      .sort(function (a, b) { return b.worth - a.worth || a.rank - b.rank || late(a.deal, b.deal) || a.place - b.place; }).slice(0, 7)
      .sort(function (a, b) { return a.rank - b.rank || late(a.deal, b.deal) || a.place - b.place; }).map(function (x) { return x.deal; });
    var items = lead.map(function (deal) {
      var item = h("li", {},
        h("div", { class: "facts" }, bc.stage(deal), h("span", { class: "soft" }, bc.label("deal_type", deal.deal_type)),
          deal.told > 1 ? h("span", { class: "soft" }, t("见于 " + deal.told + " 篇", "told " + deal.told + " times")) : null),
        h("h3", {}, bc.sourceLink(deal, bc.dealTitle(deal))),
        h("p", {}, bc.parties(deal)),
        h("p", { class: "num when" },
          bc.amount(deal) ? h("b", {}, bc.amount(deal)) : null,
          bc.measured(deal).slice(0, 3).map(function (text) { return h("span", {}, text); }),
          bc.datedText(deal) ? h("span", {}, bc.datedText(deal)) : null,
          deal.expected_on ? h("span", {}, t("预期 ", "due ") + bc.day(deal.expected_on)) : null,
          deal.place ? h("span", {}, deal.place) : null));
      ["mouseenter", "focusin"].forEach(function (kind) { item.addEventListener(kind, function () { show(deal, item); }); });
      return item;
    });
    var hasDeals = items.length > 0;
    if (hasDeals) show(lead[0], items[0]);
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
    var words = report.keywords.filter(function (word) { return /\p{Script=Han}/u.test(word.keyword); }).slice(0, 26).map(function (word, i) {
      return h("a", { href: "#/words?q=" + encodeURIComponent(word.keyword), class: "word w" + Math.min(3, Math.floor(i / 7)) }, word.keyword);
    });
    return [
      h("section", { class: "figures", "aria-label": t("数字", "Numbers") },
        figure(bc.number(n.deals), "合作项目", "deals", "#/deals"),
        figure(n.deals_with_cny ? bc.money(n.investment_cny) : "–", "已载投资额", "money stated", "#/deals?money=cny&sort=-money",
          t("其中 " + n.deals_with_cny + " 项载有金额", n.deals_with_cny + (n.deals_with_cny === 1 ? " deal gives one" : " deals give one"))),
        figure(bc.number(n.persons), "人物", "persons", "#/network?type=person"),
        figure(bc.number(n.organizations), "机构", "organizations", "#/network?type=organization"),
        figure(bc.number(n.places), "地点", "places", "#/map"),
        figure(bc.number(n.articles), "文章", "articles", "#/pages",
          n.duplicates ? t("含重复 " + n.duplicates, n.duplicates + " repeats") : null),
        figure(bc.number(n.damage), "损坏处", "damaged spots", "#/quality", t("修订 " + bc.number(n.edits) + " 处", bc.number(n.edits) + " edits")),
        figure(n.checks ? n.checks - n.checks_failed + "/" + n.checks : "0", "检查通过", "checks passed", "#/quality", n.checks_failed ? t("未过 " + n.checks_failed + " 项", n.checks_failed + " failed") : null)),
      h("div", { class: "front" },
        h("section", {}, bc.heading(t("要目", hasDeals ? "Deals" : "Pages"), hasDeals ? null : t("文中未见合作项目", "the texts tell of no deal")),
          items.length ? h("ol", { class: "items" }, items) : bc.empty("仓库中没有版面。", "The warehouse holds no page."),
          hasDeals && report.deal_total > items.length ? h("p", {}, h("a", { href: "#/deals" }, t("全部 " + report.deal_total + " 项", "All " + report.deal_total + " deals"))) : null),
        hasDeals ? h("aside", { class: "rail" }, rail,
          report.due.length ? [h("h2", { class: "label next" }, t("到期", "Due")), bc.dueList(5)] : null,
          report.new.length ? [h("h2", { class: "label next" }, t("新出现", "New")), bc.newList(8)] : null) : null),
      h("div", { class: "thirds" },
        h("section", {}, h("h2", { class: "label" }, t("人物", "Persons")), h("ul", { class: "plainlist" }, ofType("person", 9))),
        h("section", {}, h("h2", { class: "label" }, t("机构", "Organizations")), h("ul", { class: "plainlist" }, ofType("organization", 9))),
        h("section", {}, h("h2", { class: "label" }, t("关键词", "Keywords")), h("p", { class: "words" }, words))),
    ];
  };

  bc.views.find = function (query) {
    var words = query.toLowerCase().split(/\s+/).filter(Boolean);
    function match(text) { text = text.toLowerCase(); return words.every(function (w) { return text.includes(w); }); }
    var entities = report.entities.filter(function (e) { return match([e.name].concat(e.aliases || []).join(" ")); });
    var deals = report.deals.filter(function (d) {
      return match([bc.dealTitle(d), d.place, d.surface_text, d.headline].concat((d.parties || []).map(function (p) { return p.name; })).filter(Boolean).join(" ")); });
    var quotes = report.quotations.filter(function (q) { return match([q.text, q.speaker, q.role].filter(Boolean).join(" ")); });
    var pages = report.documents.filter(function (p) { return match([p.title, p.uri].concat(p.headlines || []).filter(Boolean).join(" ")); });
    return [bc.heading(t("查找：", "Find: ") + query, t("实体、项目与标题", "entities, deals and headlines")),
      h("h2", { class: "label" }, t("实体", "Entities") + " " + entities.length),
      h("ul", { class: "where" }, entities.slice(0, 40).map(function (e) { return h("li", {}, bc.entityLink(e.entity_id, e.name), h("span", { class: "soft" }, " " + bc.label("entity_type", e.entity_type) + " " + e.mention_count)); })),
      h("h2", { class: "label" }, t("项目", "Deals") + " " + deals.length), deals.length ? bc.dealTable(deals) : null,
      quotes.length ? [h("h2", { class: "label" }, t("引语", "Quotations") + " " + quotes.length), bc.quoteList(quotes.slice(0, 40), true)] : null,
      h("h2", { class: "label" }, t("版面", "Pages") + " " + pages.length),
      h("ul", { class: "where" }, pages.slice(0, 40).map(function (p) {
        return h("li", {}, bc.sourceLink({ page_id: p.page_id, raw_start: 0, raw_end: 0 }, (p.headlines || []).filter(Boolean).join(" / ") || p.uri), " ", h("span", { class: "soft num" }, bc.day(p.issue_on))); }))];
  };
})();
