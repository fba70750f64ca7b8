// The frame around the views: navigation by address, keys, language, the masthead.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;
  var main = document.getElementById("main"), nav = document.getElementById("nav");
  var tabs = [["", "要目", "Front"], ["deals", "项目", "Deals"], ["quotes", "引语", "Quotes"], ["map", "地图", "Map"], ["network", "网络", "Network"],
    ["dates", "日程", "Dates"], ["words", "词语", "Words"], ["pages", "版面", "Pages"], ["quality", "质量", "Quality"]];

  function frame(current) {
    var n = report.numbers;
    document.getElementById("about").replaceChildren(
      n.publications ? n.publications.join("、") + (n.publication_count > n.publications.length ? t(" 等 " + n.publication_count + " 种", " and " + (n.publication_count - n.publications.length) + " more") : "") : t("报纸版面入仓", "Newspaper pages in tables"), h("br"),
      h("span", { class: "num" }, n.first_on ? bc.day(n.first_on) + (n.last_on !== n.first_on ? " – " + bc.day(n.last_on) : "") : t("出版日不明", "day of issue unknown"),
        " · ", bc.number(n.documents), t(" 份文档", n.documents === 1 ? " document" : " documents")));
    document.querySelector("#find input").placeholder = t("查人物、机构、项目、标题", "Search names, headlines");
    nav.replaceChildren.apply(nav, tabs.map(function (tab, i) {
      return h("a", { href: "#/" + tab[0], "aria-current": current === (tab[0] || "front") ? "page" : null, title: t("按 ", "press ") + (i + 1) }, t(tab[1], tab[2]));
    }).concat(h("a", { href: "dictionary/index.html" }, t("字典", "Dictionary"))));
    document.getElementById("foot").replaceChildren(
      h("p", { class: "soft" }, t("机器提取，须以原文为准：每一格都可点回所据的字。", "Extracted by machine. The source decides: every cell leads back to its characters."),
        " ", h("span", { class: "noprint" }, t("按键：1–" + tabs.length + " 换页，/ 筛选，↑↓ 走行。", "Keys: 1–" + tabs.length + " views, / filter, ↑↓ rows."), " "), h("a", { href: "assets/NOTICE.txt" }, t("所用材料", "Third-party notices"))));
  }

  // Who goes back comes back to the row that was left; who follows a link begins at the top.
  var last = null, left = new Map(), chosen = false;
  ["click", "keydown", "submit"].forEach(function (kind) {
    addEventListener(kind, function () { chosen = true; setTimeout(function () { chosen = false; }, 200); }, true);
  });
  addEventListener("scroll", function () { if (last !== null) left.set(last, scrollY); }, { passive: true });
  function route() {
    var parts = location.hash.replace(/^#\/?/, "").split("?")[0].split("/").map(function (part) {
      try { return decodeURIComponent(part); } catch (error) { return part; }
    });
    var name = parts[0] || "front";
    bc.charts.forEach(function (drawn) { drawn.dispose(); });
    bc.charts = [];
    var view = Object.prototype.hasOwnProperty.call(bc.views, name) ? bc.views[name] : null;
    frame(name);
    main.className = "view-" + (view ? name : "none");
    main.replaceChildren();
    bc.add(main, [view ? view.apply(null, parts.slice(1)) : bc.empty("没有这个页面。", "There is no such view.")]);
    var tab = tabs.find(function (x) { return (x[0] || "front") === name; });
    document.title = (tab ? t(tab[1], tab[2]) + " · " : "") + t("报仓", "baocang");
    var place = parts.slice(0, 2).join("/");
    if (last !== null && last !== place) { scrollTo(0, chosen ? 0 : left.get(place) || 0); main.focus({ preventScroll: true }); }
    last = place;
  }

  addEventListener("hashchange", route);
  document.addEventListener("language", route);
  addEventListener("resize", function () { bc.charts.forEach(function (drawn) { drawn.resize(); if (drawn.fit) drawn.fit(); }); });
  document.querySelector("[data-skip]").addEventListener("click", function (event) { event.preventDefault(); main.focus(); });
  document.getElementById("find").addEventListener("submit", function (event) {
    event.preventDefault();
    var words = event.target.q.value.trim();
    if (words) location.hash = "#/find/" + encodeURIComponent(words);
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key >= "1" && event.key <= String(tabs.length)) location.hash = "#/" + tabs[event.key - 1][0];
    if (event.key === "/") {
      event.preventDefault();
      (main.querySelector("input[type=search]") || document.querySelector("#find input")).focus();
    }
  });
  route();
})();
