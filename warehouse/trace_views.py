"""A trace as lines for a terminal and as a page for a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

from rich.text import Text

from warehouse.labels import column_label, table_label
from warehouse.trace import Passage, Trace

_MARK_STYLE = "bold reverse"
_PAGE_CHARS = 2000
_LIST_ITEMS = 5
_EDITS_SHOWN = 10
_BLANKS = {" ": "␣", "\n": "⏎", "\u3000": "□"}
_HIDDEN = ("_id", "_ids", "_start", "_end", "_char", "_fingerprint", "_sha256", "_ns")
# The rows themselves, or the marked characters, say it.
_SHOWN_BELOW = {
    "checks": ("failing_keys",),
    "pages": ("raw_text",),
    "rejects": ("excerpt",),
    "runs": ("source_uris",),
}


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
    if trace.quoted:
        yield _marked_line(f"{indent}  ", "", trace.quoted, "", is_terminal)
    for child in trace.children:
        yield from _text_lines(child, indent + "  ", is_terminal)
    if trace.omitted:
        yield Text(f"{indent}  and {trace.omitted} more (--limit)")


def _passage_lines(passage: Passage, indent: str, is_terminal: bool) -> Iterator[Text]:
    if passage.headline:
        yield Text(f"{indent}article: {passage.headline}")
    yield Text(f"{indent}{_place(passage)}")
    yield _marked_line(indent, passage.before, passage.marked, passage.after, is_terminal)
    for repair in _repairs(passage):
        yield Text(f"{indent}{repair}")


def _marked_line(indent: str, before: str, marked: str, after: str, is_terminal: bool) -> Text:
    opening, closing = ("", "") if is_terminal else ("【", "】")
    # Characters of several lines stand below each other.
    lines = _cut(marked).replace("\n", f"\n{indent}> ")
    return Text.assemble(f"{indent}> ", before, opening, Text(lines, style=_MARK_STYLE), closing, after)


def _repairs(passage: Passage) -> Iterator[str]:
    """A line for each kind of repair, those of one kind counted."""
    counted = Counter(passage.edits)
    for (original, replacement, rule), times in list(counted.items())[:_EDITS_SHOWN]:
        again = f", {times} times" if times > 1 else ""
        yield f"repaired: {_visible(original)} → {_visible(replacement)} ({rule}{again})"
    if len(counted) > _EDITS_SHOWN:
        yield f"and {len(counted) - _EDITS_SHOWN} more kinds of repairs"


def _visible(text: str) -> str:
    """Characters of an edit; blanks and line ends as escapes, nothing as ∅."""
    return (
        "".join(c if c.isprintable() and not c.isspace() else _BLANKS.get(c, repr(c)[1:-1]) for c in text)
        or "∅"
    )


def _place(passage: Passage) -> str:
    issue = f", issue of {passage.issue_on}" if passage.issue_on else ""
    span = f"characters {passage.raw_start} to {passage.raw_end}"
    return f"{passage.uri}{issue}, page {passage.page_number}, line {passage.line_number}, {span}"


def _shown(trace: Trace) -> Iterator[tuple[str, str]]:
    """Columns that a reader wants to see: no empty ones, names for the ids of entities, lists shortened."""
    for name, value in trace.row.items():
        if name in trace.names:
            yield name.removesuffix("_id"), trace.names[name]
        if (
            value is None
            or value in ([], "")
            or name.endswith(_HIDDEN)
            or name in _SHOWN_BELOW.get(trace.table, ())
        ):
            continue
        yield name, _short(value)


def _short(value: Any) -> str:
    if isinstance(value, list):
        more = f" and {len(value) - _LIST_ITEMS} more" if len(value) > _LIST_ITEMS else ""
        return ", ".join(map(str, value[:_LIST_ITEMS])) + more
    text = f"{value:.4g}" if isinstance(value, float) and abs(value) < 1 else str(value).replace("\n", " ")
    return text if len(text) <= 120 else f"{text[:120]}…"


def _cut(text: str) -> str:
    if len(text) <= _PAGE_CHARS:
        return text
    return f"{text[:_PAGE_CHARS]}… ({len(text)} characters)"


_STYLE = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
section { border-left: 3px solid #c9c9c9; margin: 1rem 0; padding-left: 1rem; }
h1, h2 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1rem; } small { color: #777; font-weight: normal; }
code { overflow-wrap: anywhere; }
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
        f"<body>{_html(trace, 'h1')}</body></html>\n"
    )


def _html(trace: Trace, heading: str = "h2") -> str:
    name = _both(trace.table, table_label(trace.table))
    parts = [f"<{heading}>{name} <code>{escape(trace.key)}</code></{heading}>"]
    shown = "".join(
        f"<dt>{_both(column, _label(column))}</dt><dd>{escape(value)}</dd>" for column, value in _shown(trace)
    )
    if shown:
        parts.append(f"<dl>{shown}</dl>")
    if trace.passage:
        parts.append(_passage_html(trace.passage))
    if trace.note:
        parts.append(f'<p class="place">{escape(trace.note)}</p>')
    if trace.quoted:
        parts.append(f"<blockquote><mark>{escape(_cut(trace.quoted))}</mark></blockquote>")
    parts += [_html(child) for child in trace.children]
    if trace.omitted:
        parts.append(f'<p class="note">and {trace.omitted} more</p>')
    return f"<section>{''.join(parts)}</section>"


def _label(column: str) -> str:
    label = column_label(column)
    # The name of an entity stands for its key.
    return label if label != column else column_label(f"{column}_id").removesuffix("标识")


def _both(name: str, label: str) -> str:
    """A name as the tables have it, behind its Chinese label."""
    return escape(name) if label == name else f"{escape(label)} <small>{escape(name)}</small>"


def _passage_html(passage: Passage) -> str:
    headline = f"<p>{escape(passage.headline)}</p>" if passage.headline else ""
    edits = "".join(f'<p class="note">{escape(repair)}</p>' for repair in _repairs(passage))
    return (
        f'{headline}<p class="place">{escape(_place(passage))}</p><blockquote>{escape(passage.before)}'
        f"<mark>{escape(_cut(passage.marked))}</mark>{escape(passage.after)}</blockquote>{edits}"
    )
