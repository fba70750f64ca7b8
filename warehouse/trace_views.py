"""A trace as lines for a terminal and as a page for a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from rich.text import Text

from warehouse.trace import Passage, Trace

_MARK_STYLE = "bold reverse"
_PAGE_CHARS = 2000
_LIST_ITEMS = 5
_EDITS_SHOWN = 10


def render_text(trace: Trace, *, is_terminal: bool) -> Text:
    """The trace as text; the source's characters in reverse, or in 【】 where there is no terminal."""
    lines = list(_text_lines(trace, "", is_terminal))
    return Text("\n").join(lines)


def _text_lines(trace: Trace, indent: str, is_terminal: bool) -> Iterator[Text]:
    yield Text(f"{indent}{trace.table} {trace.key}")
    for name, value in _shown(trace):
        yield Text(f"{indent}  {name}: {value}")
    if trace.passage:
        yield from _passage_lines(trace.passage, indent + "  ", is_terminal)
    if trace.note:
        yield Text(f"{indent}  {trace.note}")
    for child in trace.children:
        yield from _text_lines(child, indent + "  ", is_terminal)
    if trace.omitted:
        yield Text(f"{indent}  and {trace.omitted} more (--limit)")


def _passage_lines(passage: Passage, indent: str, is_terminal: bool) -> Iterator[Text]:
    if passage.headline:
        yield Text(f"{indent}article: {passage.headline}")
    yield Text(f"{indent}{_place(passage)}")
    marked = Text(_cut(passage.marked), style=_MARK_STYLE)
    opening, closing = ("", "") if is_terminal else ("【", "】")
    yield Text.assemble(f"{indent}> ", passage.before, opening, marked, closing, passage.after)
    for original, replacement, rule in passage.edits[:_EDITS_SHOWN]:
        yield Text(f"{indent}repaired: {original!r} -> {replacement!r} ({rule})")
    if len(passage.edits) > _EDITS_SHOWN:
        yield Text(f"{indent}and {len(passage.edits) - _EDITS_SHOWN} more repairs")


def _place(passage: Passage) -> str:
    issue = f", issue of {passage.issue_on}" if passage.issue_on else ""
    span = f"characters {passage.raw_start} to {passage.raw_end}"
    return f"{passage.uri}{issue}, page {passage.page_number}, line {passage.line_number}, {span}"


def _shown(trace: Trace) -> Iterator[tuple[str, str]]:
    """Columns that a reader wants to see: no empty ones, no ids but in the key, lists shortened."""
    for name, value in trace.row.items():
        if value is None or value in ([], "") or name.endswith(("_id", "_start", "_end", "_char")):
            continue
        yield name, _short(value)


def _short(value: Any) -> str:
    if isinstance(value, list):
        more = f" and {len(value) - _LIST_ITEMS} more" if len(value) > _LIST_ITEMS else ""
        return ", ".join(map(str, value[:_LIST_ITEMS])) + more
    text = str(value).replace("\n", " ")
    return text if len(text) <= 120 else f"{text[:120]}…"


def _cut(text: str) -> str:
    if len(text) <= _PAGE_CHARS:
        return text
    return f"{text[:_PAGE_CHARS]}… ({len(text)} characters)"


_STYLE = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
section { border-left: 3px solid #c9c9c9; margin: 1rem 0; padding-left: 1rem; }
h2 { font-size: 1rem; margin: 0; } code { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .4rem 0; }
dt { color: #555; } dd { margin: 0; } .place, .note { color: #555; font-size: .9rem; margin: .2rem 0; }
blockquote { margin: .4rem 0; padding: .5rem 1rem; background: #f5f5f2; white-space: pre-wrap; }
mark { background: #ffdf5d; color: inherit; padding: .1em 0; }
"""


def render_html(trace: Trace) -> str:
    """The trace as one page that needs nothing from elsewhere."""
    title = escape(f"{trace.table} {trace.key}")
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1>\n{_html(trace)}\n</body></html>\n"
    )


def _html(trace: Trace) -> str:
    parts = [f"<h2>{escape(trace.table)} <code>{escape(trace.key)}</code></h2>"]
    shown = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in _shown(trace))
    if shown:
        parts.append(f"<dl>{shown}</dl>")
    if trace.passage:
        parts.append(_passage_html(trace.passage))
    if trace.note:
        parts.append(f'<p class="note">{escape(trace.note)}</p>')
    parts += [_html(child) for child in trace.children]
    if trace.omitted:
        parts.append(f'<p class="note">and {trace.omitted} more</p>')
    return f"<section>{''.join(parts)}</section>"


def _passage_html(passage: Passage) -> str:
    headline = f"<p>{escape(passage.headline)}</p>" if passage.headline else ""
    edits = "".join(
        f'<p class="note">repaired: <code>{escape(repr(original))}</code> → '
        f"<code>{escape(repr(replacement))}</code> ({escape(rule)})</p>"
        for original, replacement, rule in passage.edits[:_EDITS_SHOWN]
    )
    return (
        f'{headline}<p class="place">{escape(_place(passage))}</p><blockquote>{escape(passage.before)}'
        f"<mark>{escape(_cut(passage.marked))}</mark>{escape(passage.after)}</blockquote>{edits}"
    )
