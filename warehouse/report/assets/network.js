// The network of persons and organizations, and their table.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report, colour = bc.colour;

  bc.views.network = function () {
    var net = report.network, side = h("div", { class: "side", "aria-live": "polite", tabindex: "0", "aria-label": t("关联", "Ties") });
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
      // The forces push beyond the box: once they rest, the places they found are fitted into it.
      var rested = drawn.getModel().getSeriesByIndex(0).getData();
      var fixed = drawn.getOption().series[0].data.map(function (node, i) { var at = rested.getItemLayout(i); return Object.assign({}, node, { x: at[0], y: at[1] }); });
      drawn.setOption({ series: [{ layout: "none", data: fixed }] });
      drawn.on("click", function (event) { if (event.dataType === "node") show(event.data.id); else if (event.dataType === "edge") { var href = bc.sourceHref(net.edges[event.data.index]); if (href) location.hash = href; } });
    };
    bc.chart(box, { series: [{
      type: "graph", layout: "force", roam: "move", draggable: true, left: 30, right: 110, top: 24, bottom: 24, preserveAspect: "contain",
      force: { repulsion: 420, gravity: 0.24, edgeLength: [50, 150], layoutAnimation: false },
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
      bc.rest(net.edges.length, net.total, " 条关联", " ties"),
      bc.heading(t("名录", "Index")),
      bc.entityTable(["person", "organization"], report.numbers.persons + report.numbers.organizations)];
  };

  bc.entityTable = function (types, total) {
    var rows = report.entities.filter(function (e) { return types.includes(e.entity_type); });
    var columns = [
      { key: "name", label: t("名称", "Name"), value: function (e) { return [e.name].concat(e.aliases || []).join(" "); }, csv: function (e) { return e.name; }, order: function (e) { return e.name; },
        show: function (e) { return [bc.entityLink(e.entity_id, e.name), (e.aliases || []).length ? h("span", { class: "soft under" }, bc.clip(e.aliases.join("、"), 40)) : null]; } },
      types.length > 1 ? { key: "type", label: t("类型", "Type"), value: function (e) { return bc.label("entity_type", e.entity_type); }, show: function (e) { return h("span", { class: "type-" + e.entity_type }, bc.label("entity_type", e.entity_type)); } }
        : { key: "province", label: t("省级区划", "Province"), value: function (e) { return e.province; }, show: function (e) { return e.province || ""; } },
      types.length > 1 ? { key: "title", label: t("职务", "Title"), value: function (e) { return (e.titles || []).map(function (x) { return (x.organization || "") + x.title; }).join(" "); },
        show: function (e) { return (e.titles || []).slice(0, 2).map(function (x, i) { return [i ? "、" : "", bc.sourceLink(x, (x.organization || "") + x.title)]; }); } } : null,
      { key: "where", label: t("见于", "Named in"), value: function (e) { return ((e.where || [])[0] || {}).sentence; }, show: function (e) {
        var at = (e.where || [])[0];
        return at ? bc.sourceLink(at, bc.around(at.sentence, at.surface_text, 22)) : ""; } },
      { key: "articles", label: t("文章", "Articles"), number: true, value: function (e) { return e.article_count; }, show: function (e) { return bc.number(e.article_count); } },
      { key: "mentions", label: t("提及", "Mentions"), number: true, value: function (e) { return e.mention_count; }, show: function (e) { return e.mention_count ? bc.number(e.mention_count) : h("span", { class: "soft" }, t("仅在名称中", "within names")); } },
      { key: "first", label: t("首见", "First"), value: function (e) { return bc.day(e.first_on); }, show: function (e) { return h("span", { class: "num" }, bc.day(e.first_on)); } },
    ].filter(Boolean);
    return [bc.table({ rows: rows, name: types.join("-"), keep: true, columns: columns,
      placeholder: t("按名称、职务筛选", "Filter by name or title"),
      href: function (e) { return "#/entity/" + e.entity_id; },
      filters: [{ key: "type", label: t("人物与机构", "Persons and organizations"), value: function (e) { return e.entity_type; }, show: function (v) { return bc.label("entity_type", v); } }] }),
    bc.rest(rows.length, total, " 个", "")];
  };
})();
