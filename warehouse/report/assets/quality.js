// The quality of a run: damage, edits, checks, rejects.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;

  // Each count leads to its rows where the report lists them, else to the first place that it counts.
  function counts(rows, column, href) {
    if (!rows.length) return bc.empty("无", "None");
    return h("ul", { class: "plainlist" }, rows.map(function (row) {
      var name = bc.label(column, row.value), link = href ? h("a", { href: href(row) }, name) : row.page_id ? bc.sourceLink(row, name, { title: t("看第一处", "See the first place") }) : name;
      return h("li", {}, link, h("span", { class: "num count" }, bc.number(row.count))); }));
  }

  // A failing key leads to its characters where the report lists the row.
  function failing(key) {
    var deal = report.deals.find(function (d) { return d.deal_id === key; });
    return deal ? bc.sourceLink(deal, bc.dealTitle(deal)) : bc.entityLink(key, bc.entities.has(key) ? bc.entities.get(key).name : key);
  }

  bc.views.quality = function () {
    var q = report.quality, run = q.runs[0];
    return [
      bc.heading(t("质量", "Quality"), run ? t("最近一次运行 ", "Latest run ") + run.run_id + " · " + bc.label("state", run.state) : null),
      h("div", { class: "thirds" },
        h("section", {}, h("h2", { class: "label" }, t("损坏", "Damage")), counts(q.damage_by_type, "damage_type", function (row) { return "#/quality?damage=" + encodeURIComponent(row.value); })),
        h("section", {}, h("h2", { class: "label" }, t("修订规则", "Edits by rule")), counts(q.edits_by_rule, "rule")),
        h("section", {}, h("h2", { class: "label" }, t("未定之处", "Left open")), counts([
          Object.assign({ value: t("年份未定的日期", "dates without a year") }, q.open_years), Object.assign({ value: t("不明的合作方", "parties that cannot be read") }, q.unnamed_parties),
          { value: t("无出版日的文档", "documents without a day of issue"), count: report.numbers.undated_documents },
          { value: t("仅收摘录的版面", "pages as passages only"), count: report.excerpts.flat().length },
          { value: t("未收入本报告的版面", "pages not in this report"), count: report.pages_left_out }], ""))),
      bc.heading(t("损坏的文字", "Damaged text")),
      q.damage.length ? bc.table({ rows: q.damage, step: 30, name: "damage", keep: true, href: bc.sourceHref,
        filters: [{ key: "damage", label: t("全部类型", "Any type"), value: function (d) { return d.damage_type; }, show: function (v) { return bc.label("damage_type", v); } }], columns: [
        { key: "type", label: t("类型", "Type"), value: function (d) { return bc.label("damage_type", d.damage_type); }, show: function (d) { return bc.label("damage_type", d.damage_type); } },
        { key: "text", label: t("原文", "Text"), value: function (d) { return d.before + d.marked + d.after; }, show: function (d) {
          return bc.sourceLink(d, [h("span", { class: "soft" }, bc.clip(d.before, 99).slice(-18)), h("mark", {}, d.marked), h("span", { class: "soft" }, d.after.slice(0, 18))]); } },
        { key: "suggestion", label: t("建议读法", "Suggestion"), value: function (d) { return d.suggestion; }, show: function (d) { return d.suggestion || ""; } },
      ] }) : bc.empty("没有发现损坏。", "No damage was found."),
      bc.rest(q.damage.length, report.numbers.damage, " 处", " spots"),
      bc.heading(t("检查", "Checks")),
      q.checks.length ? bc.table({ rows: q.checks, step: 20, columns: [
        { key: "ok", label: t("结果", "Result"), value: function (c) { return c.is_success ? t("通过", "passed") : bc.label("severity", c.severity); },
          show: function (c) { return h("span", { class: c.is_success ? "soft" : "failed" }, c.is_success ? t("通过", "passed") : t("未通过 · ", "failed · ") + bc.label("severity", c.severity)); } },
        { key: "table", label: t("表", "Table"), value: function (c) { return c.table_name; }, show: function (c) { return h("a", { href: "dictionary/" + encodeURIComponent(c.table_name) + ".html" }, c.table_name); } },
        { key: "column", label: t("列", "Column"), value: function (c) { return c.column_name; }, show: function (c) { return c.column_name || ""; } },
        { key: "expectation", label: t("检查项", "Check"), value: function (c) { return c.expectation + " " + (c.message || ""); }, show: function (c) {
          return [h("code", {}, bc.clip(c.expectation, 140)), c.message ? h("span", { class: "soft under" }, c.message) : null,
            (c.failing_keys || []).length ? h("span", { class: "soft under" }, t("如 ", "such as "), c.failing_keys.slice(0, 5).map(function (key, i) { return [i ? t("、", ", ") : "", failing(key)]; })) : null]; } },
        { key: "rows", label: t("行数", "Rows"), number: true, value: function (c) { return c.row_count; }, show: function (c) { return bc.number(c.row_count); } },
        { key: "bad", label: t("未通过行", "Failing"), number: true, value: function (c) { return c.unexpected_count; }, show: function (c) { return bc.number(c.unexpected_count); } },
      ] }) : bc.empty("此快照没有检查记录。", "This snapshot records no checks."),
      bc.rest(q.checks.length, report.numbers.checks, " 项", " checks"),
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
})();
