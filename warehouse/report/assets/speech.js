// Who said what: the list, and what one person said.
(function () {
  "use strict";
  var bc = window.bc, h = bc.h, t = bc.t, report = bc.report;

  function words(q) {
    var text = q.text + (q.is_cut ? "…" : "");
    return q.mode === "direct" ? t("“" + text + "”", "“" + text + "”") : text;
  }
  function speaker(q) { return q.speaker || t("说话人不明", "speaker not told"); }
  function manner(q) { return [q.cue_text, bc.label("mode", q.mode)].filter(Boolean).join(" · "); }

  bc.views.quotes = function () {
    var unknown = report.quotations.filter(function (q) { return !q.speaker; }).length;
    return [bc.heading(t("引语", "Quotations"), unknown ? t("其中 " + bc.number(unknown) + " 段，文中没有写明说话人", bc.number(unknown) + " of a speaker that the text does not name") : null),
      report.quotations.length ? bc.table({
        rows: report.quotations, name: "quotations", keep: true, placeholder: t("按说话人、职务、词语筛选", "Filter by speaker, role, words"), href: bc.sourceHref,
        period: function (q) { return q.issue_on; },
        filters: [
          { key: "speaker", label: t("全部说话人", "Any speaker"), value: function (q) { return q.speaker; } },
          { key: "mode", label: t("直接与间接", "Direct and indirect"), value: function (q) { return q.mode; }, show: function (v) { return bc.label("mode", v); } },
          { key: "paper", label: t("全部报纸", "Any paper"), value: function (q) { return q.publication; } },
        ],
        columns: [
          { key: "speaker", label: t("说话人", "Speaker"), value: function (q) { return q.speaker; }, show: function (q) {
            return q.speaker ? h("strong", {}, bc.entityLink(q.speaker_id, q.speaker)) : h("span", { class: "soft" }, speaker(q)); } },
          { key: "role", label: t("职务", "Role"), value: function (q) { return q.role; }, show: function (q) { return q.role || ""; } },
          { key: "words", label: t("所言", "Words"), value: function (q) { return q.text; }, show: function (q) { return h("span", { class: "said" }, bc.sourceLink(q, words(q))); } },
          { key: "cue", label: t("提示词", "Cue"), value: function (q) { return q.cue_text; }, show: function (q) {
            return [q.cue_text || "", h("span", { class: "soft under" }, bc.label("mode", q.mode))]; } },
          { key: "where", label: t("见于", "Seen in"), value: function (q) { return [q.headline, q.publication, bc.day(q.issue_on)].filter(Boolean).join(" "); }, show: function (q) {
            return [bc.clip(q.headline || t("无题", "untitled"), 20), h("span", { class: "soft under num" }, [q.publication, bc.day(q.issue_on)].filter(Boolean).join(" · "))]; } },
        ] }) : bc.empty("文中没有引语。", "The texts quote nobody."),
      bc.rest(report.quotations.length, report.quotation_total, " 段", " passages")];
  };

  bc.quoteList = function (quotes, named) {
    return h("ul", { class: "where" }, quotes.map(function (q) {
      return h("li", {}, named ? [bc.entityLink(q.speaker_id, speaker(q)), " "] : null, h("span", { class: "said" }, bc.sourceLink(q, words(q))), " ", h("span", { class: "soft" }, manner(q)));
    }));
  };
})();
