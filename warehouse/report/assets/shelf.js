// Source pages: which are here, whole or as passages, and how they come from disk.
(function () {
  "use strict";
  var bc = window.bc, report = bc.report;
  var waiting = new Map(), loaded = new Map(), asked = new Set(), files = new Map();
  report.pages.forEach(function (id) { files.set(id, id); });
  report.excerpts.forEach(function (ids, number) { ids.forEach(function (id) { files.set(id, "x" + number); }); });
  bc.hasPage = function (id) { return files.has(id); };

  // Marks come by table, with ids by number and without the words that stand in the article.
  function unpack(page) {
    page.marks = page.marks.flatMap(function (group) {
      return group.rows.map(function (row) {
        var mark = { table: group.table };
        group.columns.forEach(function (name, i) {
          if (row[i] === null) return;
          mark[name] = /_id$/.test(name) ? page.ids[row[i]] : row[i];
        });
        if (mark.article !== undefined) {
          var article = page.articles[mark.article];
          mark.article_id = article.article_id;
          mark.surface_text = bc.cut(article.text, mark.start_char, mark.end_char);
          delete mark.article;
        }
        return mark;
      });
    });
    page.isWhole = page.raw.length === 1 && page.raw[0][0] === 0 && page.raw[0][2].length === page.length;
  }
  // Text comes as [offset, text]; offsets count code points, so a third item holds the characters.
  function spread(parts) { parts.forEach(function (part) { part.push(Array.from(part[1])); }); }
  bc.cut = function (parts, from, to) {
    return parts.map(function (part) { return part[2].slice(Math.max(0, from - part[0]), Math.max(0, to - part[0])).join(""); }).join("");
  };

  window.baocangPages = function (packed) {
    var bytes = Uint8Array.from(atob(packed), function (c) { return c.charCodeAt(0); });
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json().then(function (pages) {
      pages.forEach(function (page) {
        spread(page.raw);
        page.articles.forEach(function (article) { spread(article.text); });
        unpack(page);
        loaded.set(page.page_id, page);
        (waiting.get(page.page_id) || []).forEach(function (ready) { ready(page); });
        waiting.delete(page.page_id);
      });
    });
  };
  bc.loadPage = function (id, ready) {
    if (loaded.has(id)) return ready(loaded.get(id));
    waiting.set(id, (waiting.get(id) || []).concat(ready));
    if (asked.has(files.get(id))) return;
    asked.add(files.get(id));
    // A page opened from disk may not fetch files; a script tag it may.
    document.head.append(bc.h("script", { src: "pages/" + files.get(id) + ".js" }));
  };
})();
