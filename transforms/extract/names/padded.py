"""Names with a space behind the surname, of print (华　炜) or damage (江 一鸣), read without it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import polars as pl

RULE = "padded_name"
_LONGEST = 4
# 记者周全 本报通讯员谷雨; 图/文 周全
_NEXT_CREDIT, _ROLE = re.compile("本[报刊台网]"), re.compile("[/／][文图摄]")
# 甲市委 乙省委主要负责同志职务调整: in a line without commas a space is one. A stray one stands beside less.
_PAUSE = re.compile(r"(?<=[\u4e00-\u9fff”）》]{3})[ \u3000](?=[ \u3000]*[\u4e00-\u9fff“《]{3})")
_MARK = re.compile("[，。,、]")


class PaddedNames:
    """Closes the space behind a surname for the engine, and leads what it finds back.

    Args:
        lookups: Parsed seed files by stem; reads `persons`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        surnames = re.escape("".join(sorted(lookups["persons"]["surnames"])))
        self._gap = re.compile(rf"[ \u3000](?<=[{surnames}].)[ \u3000]{{0,3}}(?=[\u4e00-\u9fff])")

    def close(self, text: str) -> str:
        """The text without such spaces; whether a name stands there is for the engine to say.

        Spaces between the clauses of a line without marks, as heads have them, are commas for it.
        """
        if not _has_space(text):
            return text
        closed = self._gap.sub("", text)
        return closed if _MARK.search(closed) else _PAUSE.sub("，", closed)

    def place(self, texts: list[str], spans: pl.DataFrame) -> pl.DataFrame:
        """Spans of closed texts in offsets of the texts as they print.

        Args:
            texts: The texts before `close`.
            spans: What the engine found: `text_index`, `start_char`, `end_char`, `entity_type`, `rule`.

        Returns:
            The spans; a person over a gap has rule `padded_name`.
        """
        gaps = {index: found for index, text in enumerate(texts) if (found := self._gaps(text))}
        if not gaps:
            return spans
        is_moved = pl.col("text_index").is_in(list(gaps))
        moved = []
        for row in spans.filter(is_moved).iter_rows(named=True):
            places, widths = gaps[row["text_index"]]
            start, end = row["start_char"], row["end_char"]
            first, last = bisect_right(places, start), bisect_right(places, end - 1)
            row["start_char"], row["end_char"] = start + widths[first], end + widths[last]
            if last > first and row["entity_type"] == "person" and end - start <= _LONGEST:
                row["rule"] = RULE
                text, gap = texts[row["text_index"]], places[first] + widths[first]
                if _NEXT_CREDIT.match(text, row["end_char"] - 1):
                    row["end_char"] = gap
                elif _ROLE.fullmatch(text, max(0, gap - 2), gap):
                    row["start_char"] = places[first] + widths[first + 1]
            moved.append(row)
        return pl.concat([spans.filter(~is_moved), pl.DataFrame(moved, schema=spans.schema)])

    def _gaps(self, text: str) -> tuple[list[int], list[int]] | None:
        """Where the gaps stand in the closed text, and how wide they are up to each of them."""
        if not _has_space(text) or not (found := list(self._gap.finditer(text))):
            return None
        widths = list(accumulate((m.end() - m.start() for m in found), initial=0))
        return [m.start() - before for m, before in zip(found, widths, strict=False)], widths


def _has_space(text: str) -> bool:
    return " " in text or "\u3000" in text
