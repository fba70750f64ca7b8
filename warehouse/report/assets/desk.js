// Language switch and the dictionary's search, shared by all pages. No page asks anything of a server.
(function () {
  "use strict";
  var root = document.documentElement;
  function remembered() {
    // Some browsers refuse storage to a page opened from disk.
    try { return localStorage.getItem("baocang-lang"); } catch (error) { return null; }
  }
  function setLanguage(language) {
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    try { localStorage.setItem("baocang-lang", language); } catch (error) { /* stays for this page only */ }
    document.dispatchEvent(new CustomEvent("language", { detail: language }));
  }
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-switch-language]")) {
      setLanguage(root.dataset.lang === "zh" ? "en" : "zh");
    }
  });
  document.addEventListener("DOMContentLoaded", function () {
    var known = remembered();
    if (known === "zh" || known === "en") setLanguage(known);
    var search = document.querySelector("[data-filter]");
    if (!search) return;
    var rows = Array.from(document.querySelectorAll(search.dataset.filter));
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var count = document.querySelector("[data-filter-count]");
    function filter() {
      var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, i) {
        row.hidden = !words.every(function (word) { return texts[i].includes(word); });
        if (!row.hidden) shown += 1;
      });
      document.querySelectorAll("[data-filter-group]").forEach(function (group) {
        group.hidden = !group.querySelector(search.dataset.filter + ":not([hidden])");
      });
      count.textContent = shown;
    }
    search.addEventListener("input", filter);
    filter();
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
    });
  });
})();
