"""What an HTML page says of itself: its day, its paper or source, its titles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from transforms.ingest.html_blocks import HtmlBlock
from transforms.ingest.metadata import find_date, find_publication_name, parse_date

_WECHAT_TIME = re.compile(r"""\bvar\s+(?:ct|publish_time|oriCreateTime)\s*=\s*["'](\d{10})["']""")
_SCRIPT_DATE = re.compile(
    r'"(?:datePublished|pubDate|publishTime|publish_time|pubtime)"\s*:\s*"([^"]{8,40})"', re.I
)
_CHINA_OFFSET = timedelta(hours=8)
# Founder's publishing system writes what it knows of an article of an electronic paper into a comment.
_FOUNDER_DATE = re.compile(
    r"<!--\s*enpproperty\b[^>]{0,200}(?:>[^>]{0,2000}){0,40}?<date>([^<]{8,40})</date>"
)
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_MASTHEAD_CHARS = 60


class HtmlMeta:
    """Finds day, source and titles.

    Args:
        vocabulary: The lookup `html`.
    """

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        labels = "|".join(map(re.escape, sorted(vocabulary["source_labels"], key=len, reverse=True)))
        self._source = re.compile(rf"(?:{labels})\s*[:：]\s*([^\s|,，;；()（）【】]{{2,30}})")
        self._vocabulary = vocabulary

    def titles(self, root: Any) -> list[str]:
        """Titles of the article in `<meta>` elements."""
        return self._pick(root, "meta_titles")

    def names_source(self, text: str) -> bool:
        """Whether a line names the source of the article with a label."""
        return self._source.search(text) is not None

    def find_day(self, root: Any, text: str, blocks: Sequence[HtmlBlock]) -> date | None:
        """The day of the article.

        Looked for in `<meta>` and `<time>`, comments and scripts that sites fill in, the bylines, and last in
        the line of the paper's name, day and weekday over the article.
        """
        for value in self._pick(root, "meta_dates"):
            if found := parse_date(value):
                return found
        for element in root.iter("time"):
            if found := parse_date(element.get("datetime", "")):
                return found
        if (match := _FOUNDER_DATE.search(text)) and (found := parse_date(match.group(1))):
            return found
        for element in root.iter("script"):
            script = element.text or ""
            if match := _WECHAT_TIME.search(script):
                return (datetime.fromtimestamp(int(match.group(1)), UTC) + _CHINA_OFFSET).date()
            if (match := _SCRIPT_DATE.search(script)) and (found := parse_date(match.group(1))):
                return found
        for block in blocks:
            if block.hint == "byline" and (found := find_date(block.text)):
                return found
        for block in blocks:
            if block.hint == "headline":
                break
            is_masthead = len(block.text) <= _MASTHEAD_CHARS and _WEEKDAY.search(block.text)
            if is_masthead and (found := find_date(block.text)):
                return found
        return None

    def find_publication(self, root: Any, blocks: Sequence[HtmlBlock]) -> str | None:
        """The paper or source that the article is from."""
        bylines = [block.text for block in blocks if block.hint == "byline"]
        for text in bylines:
            if match := self._source.search(text):
                return match.group(1)
        for value in self._pick(root, "meta_publications"):
            name = value.rsplit("：", 1)[-1].strip()  # some sites write the label into the element
            if 2 <= len(name) <= 30 and not name.isdigit():
                return name
        for text in bylines:
            if paper := find_publication_name(text):
                return paper
        short = [b.text for b in blocks if b.hint != "furniture" and len(b.text) <= _MASTHEAD_CHARS]
        return next((match.group(1) for text in short if (match := self._source.search(text))), None)

    def _pick(self, root: Any, names: str) -> list[str]:
        metas: dict[str, str] = {}
        for element in root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if name and element.get("content"):
                metas.setdefault(name.strip().lower(), element.get("content").strip())
        return [metas[name] for name in self._vocabulary[names] if name in metas]
