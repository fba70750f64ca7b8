// The days of issue, the dates that the texts name, and what is due.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report, colour = bc.colour;

  bc.views.dates = function () {
    var issued = report.days.filter(function (d) { return d.articles || d.deals; });
    var years = new Map();
    report.dates.forEach(function (d) {
      var year = d.start_on.slice(0, 4);
      if (!years.has(year)) years.set(year, []);
      years.get(year).push(d);
    });
    function line(d) {
      var span = d.granularity === "day" ? d.start_on.slice(5) : d.granularity === "month" ? d.start_on.slice(5, 7) + t(" 月", "") : d.granularity === "year" ? t("全年", "year") : bc.label("granularity", d.granularity);
      var sentence = [d.before || "", h("b", {}, d.surface_text), d.after || ""];
      return h("li", {}, h("span", { class: "num when" }, span, d.is_inferred ? h("i", { title: t("由参照日推定", "inferred from a reference day") }, "*") : ""), h("span", {}, bc.sourceLink(d, sentence)));
    }
    // Dates without a year, each with the years that remain and why.
    function open(d) {
      var articles = new Map((d.evidence_articles || []).map(function (a) { return [a.article_id, a]; }));
      function find(id) { var a = articles.get(id); return a ? bc.sourceLink(a, "《" + bc.clip(a.headline || t("无题", "untitled"), 24) + "》") : id; }
      return h("li", {}, h("span", { class: "num when" }, d.surface_text), h("span", {}, bc.sourceLink(d, [d.before || "", h("b", {}, d.surface_text), d.after || ""]),
        h("span", { class: "soft under" }, bc.candidates(d.candidates), t("。", ". "), bc.evidence(d.evidence, find))));
    }
    var openDates = report.open_dates.length ? [h("h2", { class: "year" }, t("年份未定", "Year open")),
      h("p", { class: "soft" }, t("来源与文中都没有写明年份，本仓不以当前时间推断；所列是文中其他日期许可的年份。以 --issue-on 给出出版日即可确定。", "Neither source nor text gives the year, and the clock is never asked: these are the years that other dates of the text leave. Tell the day of issue with --issue-on.")),
      h("ol", { class: "chronicle open" }, report.open_dates.map(open)), bc.rest(report.open_dates.length, report.open_years, " 处", " dates")] : null;
    var box = h("div", { class: "bars", role: "img", "aria-label": t("每个出版日的文章与项目数；逐日列于版面与项目两页", "Articles and deals by day of issue; the pages and deals views list them") });
    box.ready = function (drawn) {
      drawn.on("click", function (event) {
        var day = event.data[0];
        location.hash = (event.seriesIndex ? "#/deals" : "#/pages") + "?from=" + day + "&to=" + day;
      });
    };
    if (issued.length > 1) bc.chart(box, {
      grid: { left: 44, right: 10, top: 30, bottom: 26 }, legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, icon: "rect" },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "time", axisLabel: { hideOverlap: true }, splitLine: { show: false } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#dedbd1" } } },
      series: [["articles", t("文章", "Articles"), "#a39e90"], ["deals", t("项目", "Deals"), colour("ink")]].map(function (s) {
        return { type: "bar", name: s[1], data: issued.map(function (d) { return [d.day, d[s[0]] || 0]; }), itemStyle: { color: s[2] }, barMaxWidth: 18, barMinWidth: 4, barGap: "-100%" }; }),
    });
    return [
      bc.heading(t("日程", "Dates"), t("按文中所述日期；* 为推定", "By the dates the texts name; * is inferred")),
      issued.length > 1 ? box : null,
      h("div", { class: "twothirds" },
        h("section", {}, openDates, years.size ? Array.from(years).reverse().map(function (pair) {
          return [h("h2", { class: "year num" }, pair[0]), h("ol", { class: "chronicle" }, pair[1].map(line))]; }) : bc.empty("没有可定年份的日期。", "No date whose year is known."),
          bc.rest(report.dates.length, report.date_total)),
        h("section", {}, h("h2", { class: "label" }, t("到期", "Due")), bc.dueList())),
    ];
  };

  // On the front those whose day is next to the newest day of issue, before or behind it.
  bc.dueList = function (count) {
    function distance(d) { return Math.abs(Date.parse(d.expected_on) - Date.parse(report.numbers.last_on)); }
    var shown = !count ? report.due : report.due.slice().sort(function (a, b) { return distance(a) - distance(b); }).slice(0, count)
      .sort(function (a, b) { return a.expected_on < b.expected_on ? -1 : 1; });
    if (!report.due.length) return bc.empty("没有载明预期完成日的项目。", "No deal says when it is due.");
    return [h("ul", { class: "where" }, shown.map(function (d) {
      return h("li", {}, h("span", { class: "num" }, bc.day(d.expected_on)), " ", bc.sourceLink(d, bc.dealTitle(d)), " ", h("span", { class: "soft" }, bc.label("stage", d.stage), " ", bc.money(d.investment_cny)),
        d.is_overdue ? h("span", { class: "failed" }, t(" 已过预期日", " overdue")) : null); })),
    count ? bc.further("#/dates", report.due_total - shown.length, " 项，见日程", " deals under Dates") : bc.rest(shown.length, report.due_total, " 项", " deals")];
  };
})();
