"""Pages of the checks of a run: Great Expectations' Data Docs, without anything from outside."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from errno import EEXIST, ENOTEMPTY
from html import escape
from pathlib import Path
from uuid import uuid4

import polars as pl

# A value of a newspaper page may look like markup: nothing that a page names is fetched or run.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0 }
main, header { max-width: 1200px; margin: auto; padding: 0 20px }
header { padding-top: 16px } a { color: #0b57b0 }
table { border-collapse: collapse; margin: 6px 0 } th { text-align: left; background: #f3f4f6 }
th, td { border: 1px solid #d0d7de; padding: 4px 10px; vertical-align: top }
.row { display: flex; flex-wrap: wrap; gap: 0 24px } .row > .col-12, .table-responsive { width: 100% }
main > .container-fluid > .row { flex-wrap: nowrap } main > .container-fluid > .row > .col-md-10 { flex: 1 }
.sticky { position: sticky; top: 8px } .nav { list-style: none; padding: 0 }
h4, h5, h6 { margin: 14px 0 4px } h5 { font-size: 17px } .number { text-align: right }
.alert { border-bottom: 2px solid #d0d7de } .badge { background: #eef1f4; padding: 1px 6px }
.text-success { color: #116329 } .text-danger, .failed { color: #b3261e } .text-warning { color: #7d4e00 }
.fa-check-circle::before { content: "✓" } .fa-times::before { content: "✗" }
.fa-exclamation-triangle::before { content: "!" } i[class^=fa] { font-style: normal; font-weight: 700 }
.collapse, [data-toggle=collapse], .card:has(.btn-group) { display: none }
"""

_OUTSIDE = (
    re.compile(r"<(script|style|footer)\b.*?</\1\s*>", re.DOTALL),
    re.compile(r"<(?:link|img|meta)\b[^>]*>"),
    re.compile(r"\bonclick=\"[^\"]*\""),
    # The bar at the top holds a logo and links into a site of another shape.
    re.compile(r"<nav class=\"navbar navbar-expand.*?</nav>\s*</div>\s*</nav>", re.DOTALL),
)
_ELSEWHERE = re.compile(r"<a href=\"(?:\.\./)+[^\"]*\"[^>]*>(.*?)</a>", re.DOTALL)


def strip_outside(html: str) -> str:
    """What stands in the body of a rendered page, without scripts, styles and pictures."""
    body = html[html.find("<body") :]
    body = body[body.find(">") + 1 :].partition("</body>")[0]
    for pattern in _OUTSIDE:
        body = pattern.sub("", body)
    return _ELSEWHERE.sub(r"\1", body)


def write_docs(folder: Path, pages: Mapping[str, str], checks: pl.DataFrame) -> Path:
    """Write an index and one page per table, in place of those of an earlier run.

    Args:
        folder: Gets `index.html` and `<table>.html`.
        pages: Table to its page as Great Expectations renders it.
        checks: Rows of the table `checks`, of one run.

    Returns:
        The index.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    written = folder.with_name(f".{folder.name}-{uuid4().hex}")
    written.mkdir()
    for name, html in pages.items():
        head = f"<p><a href='index.html'>All tables 全部表</a></p><h1>{name}</h1>"
        (written / f"{name}.html").write_text(_page(name, head, strip_outside(html)), encoding="utf-8")
    (written / "index.html").write_text(_index(checks), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        written.rename(folder)
    except OSError as error:
        shutil.rmtree(written)
        # Another run may have been faster; its pages are of now too.
        if error.errno not in (EEXIST, ENOTEMPTY):
            raise
    return folder / "index.html"


def _index(checks: pl.DataFrame) -> str:
    is_failed = ~pl.col("is_success")
    counted = checks.group_by("table_name", maintain_order=True).agg(
        pl.len(),
        pl.col("row_count").max(),
        (is_failed & (pl.col("severity") == "fail")).sum().alias("failed"),
        (is_failed & (pl.col("severity") == "warn")).sum().alias("warned"),
    )
    lines = [
        f"<tr><td><a href='{name}.html'>{name}</a></td>"
        + "".join(f"<td class='number'>{n:,}</td>" for n in (rows, count))
        + f"<td class='number{' failed' if failed else ''}'>{failed}</td>"
        + f"<td class='number'>{warned}</td></tr>"
        for name, count, rows, failed, warned in counted.rows()
    ]
    names = ("Table 表", "Rows checked 行数", "Checks 检查", "Failed 未通过", "Warnings 警告")
    header = "".join(f"<th>{name}</th>" for name in names)
    run = escape(checks["run_id"][0]) if checks.height else ""
    verdict = "Checks failed 未通过" if counted["failed"].sum() else "All that must hold holds 全部通过"
    head = f"<h1>Checks 数据检查</h1><p>Run {run}. {verdict}.</p>"
    return _page("Checks", head, f"<table><tr>{header}</tr>{''.join(lines)}</table>")


def _page(title: str, head: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title} – baocang</title><style>{_STYLE}</style></head>"
        f"<body><header>{head}</header><main>{body}</main></body></html>\n"
    )
