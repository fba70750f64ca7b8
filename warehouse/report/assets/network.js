// The network of persons and organizations, and their table.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report, colour = bc.colour;

  var FONT = 12, GAP = 4, LINE = 17, MARGIN = 10;
  function labelOf(name) { return bc.clip(name, 12); }
  var pen = document.createElement("canvas").getContext("2d");
  function textWidth(text) {
    pen.font = FONT + "px " + getComputedStyle(document.documentElement).getPropertyValue("--sans");
    return pen.measureText(text).width + 6;
  }
  // Square pixels in which nodes and names can stand apart and still show what is near what.
  function roomFor(nodes) {
    return nodes.reduce(function (sum, n) { return sum + (n.size + GAP + n.width + 12) * (Math.max(n.size, LINE) + 10); }, 0) * 2.6;
  }
  // Scale the nodes into the box, then push any two apart whose node or name overlap, along the shorter way.
  function spread(nodes, width, height) {
    ["x", "y"].forEach(function (axis) {
      var all = nodes.map(function (n) { return n[axis]; }), low = Math.min.apply(null, all), high = Math.max.apply(null, all);
      nodes.forEach(function (n) {
        var space = axis === "x" ? width - n.width - 2 * MARGIN - n.size : height - 2 * MARGIN - LINE;
        n[axis] = MARGIN + LINE / 2 + (high > low ? (n[axis] - low) / (high - low) : 0.5) * space;
      });
    });
    function inside(n) {
      n.x = Math.min(Math.max(n.x, MARGIN + n.size / 2), width - MARGIN - n.size / 2 - GAP - n.width);
      n.y = Math.min(Math.max(n.y, MARGIN + LINE / 2), height - MARGIN - LINE / 2);
    }
    nodes.forEach(inside);
    for (var round = 0, moved = true; moved && round < 600; round += 1) {
      moved = false;
      for (var i = 0; i < nodes.length; i += 1) for (var j = i + 1; j < nodes.length; j += 1) {
        var a = nodes[i], b = nodes[j];
        var across = Math.min(a.x + a.size / 2 + GAP + a.width, b.x + b.size / 2 + GAP + b.width) - Math.max(a.x - a.size / 2, b.x - b.size / 2) + 4;
        var down = Math.max(a.size, LINE) / 2 + Math.max(b.size, LINE) / 2 + 3 - Math.abs(a.y - b.y);
        if (across <= 0 || down <= 0) continue;
        moved = true;
        // At the edge the box pushes back, so every third time the other way is tried.
        if ((down < across) !== (round % 3 === 2)) { var y = (a.y < b.y || (a.y === b.y && i < j) ? 1 : -1) * (down / 2 + 0.5); a.y -= y; b.y += y; }
        else { var x = (a.x < b.x || (a.x === b.x && i < j) ? 1 : -1) * (across / 2 + 0.5); a.x -= x; b.x += x; }
        inside(a);
        inside(b);
      }
    }
  }

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
      // The forces push beyond the box: once they rest, the places they found are fitted into it, names apart.
      var rested = drawn.getModel().getSeriesByIndex(0).getData(), data = drawn.getOption().series[0].data;
      var found = data.map(function (node, i) { return rested.getItemLayout(i); });
      drawn.fit = function () {
        var nodes = data.map(function (node, i) { return { x: found[i][0], y: found[i][1], size: node.symbolSize, width: textWidth(labelOf(node.name)) }; });
        box.style.height = Math.max(box.clientWidth < 600 ? 440 : 640, roomFor(nodes) / box.clientWidth) + "px";
        spread(nodes, box.clientWidth, box.clientHeight);
        var xs = nodes.map(function (n) { return n.x; }), ys = nodes.map(function (n) { return n.y; });
        var left = Math.min.apply(null, xs), top = Math.min.apply(null, ys);
        drawn.resize();
        // The series gets the very box of its nodes, so that a pixel stays a pixel.
        drawn.setOption({ series: [{ layout: "none", left: left, top: top, right: null, bottom: null, width: Math.max.apply(null, xs) - left, height: Math.max.apply(null, ys) - top,
          data: data.map(function (node, i) { return Object.assign({}, node, { x: nodes[i].x, y: nodes[i].y }); }) }] });
      };
      drawn.fit();
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
          itemStyle: { color: colour(x.entity_type) } };
      }),
      links: net.edges.map(function (e, i) { return { index: i, source: e.left, target: e.right, lineStyle: dash[e.tie] }; }),
      label: { show: true, position: "right", distance: GAP, formatter: function (p) { return labelOf(p.name); }, fontSize: FONT, color: colour("ink"), textBorderColor: colour("paper"), textBorderWidth: 3 },
      emphasis: { focus: "adjacency" },
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
      types.length > 1 ? { key: "type", label: t("类型", "Type"), value: function (e) { return bc.label("entity_type", e.entity_type); }, show: function (e) { return h("span", { class: "kind type-" + e.entity_type }, bc.label("entity_type", e.entity_type)); } }
        : { key: "province", label: t("省级区划", "Province"), value: function (e) { return e.province; }, show: function (e) { return e.province || ""; } },
      types.length > 1 ? { key: "title", label: t("职务", "Title"), value: function (e) { return (e.titles || []).map(function (x) { return (x.organization || "") + x.title; }).join(" "); },
        show: function (e) { return (e.titles || []).slice(0, 2).map(function (x, i) { return [i ? "、" : "", bc.sourceLink(x, (x.organization || "") + x.title)]; }); } } : null,
      { key: "where", label: t("见于", "Named in"), value: function (e) { var at = (e.where || [])[0] || {}; return [at.before, at.surface_text, at.after].join(""); }, show: function (e) {
        var at = (e.where || [])[0];
        return at ? bc.sourceLink(at, bc.snippet(at, 22)) : ""; } },
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
