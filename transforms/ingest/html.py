"""HTML news pages: the article's lines with what the markup says of them, everything else as furniture.

Every visible text of a page becomes a line, in the order of the document, so nothing is lost; the hints
say which lines are the article. The article is the deepest element that holds most of the running text:
sentences that are not links.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from transforms.ingest.decode import TextDecoder
from transforms.ingest.html_blocks import (
    COLLAPSE,
    SENTENCE_END,
    SPACES,
    WORD,
    HtmlBlock,
    Walk,
    check_depth,
    lay_out,
    names_of,
    parse_tree,
)
from transforms.ingest.html_meta import HtmlMeta
from transforms.ingest.metadata import find_date
from transforms.ingest.model import Limits, RawDocument, SourceMeta, UnreadableError

_MAIN_SHARE = 0.75
_NAMED_SHARE = 0.5
_LINK_SHARE = 0.5
_MIN_ARTICLE_CHARS = 40
_BYLINE_CHARS = 120
_CAPTION_CHARS = 30
_NOTICE_CHARS = 30
_HEAD_BLOCKS = 6
"""Short blocks above the text among which an unmarked headline is sought."""


class HtmlReader:
    """Reads HTML pages.

    Args:
        lookups: Parsed lookups; `html` is used.
        decoder: Finds the encoding.
    """

    def __init__(self, lookups: Mapping[str, Any], decoder: TextDecoder) -> None:
        vocabulary = lookups["html"]
        self._decoder = decoder
        self._content_names = set(vocabulary["content_names"])
        self._chrome_names = set(vocabulary["chrome_names"])
        self._title_names = set(vocabulary["title_names"])
        self._chrome = _starts_with(vocabulary["chrome_phrases"])
        self._chrome_words = re.compile(_either(vocabulary["chrome_words"]))
        self._tail = _starts_with(vocabulary["tail_phrases"])
        self._byline = re.compile(rf"(?:{_either(vocabulary['byline_labels'])})\s*[:：\s]|^\S*记者\s*\S")
        self._meta = HtmlMeta(vocabulary)

    def read(
        self,
        data: bytes,
        *,
        uri: str,
        meta: SourceMeta,
        encoding: str | None = None,
        limits: Limits | None = None,
    ) -> RawDocument:
        """Read a page.

        Args:
            data: Bytes of the page.
            uri: Where they came from.
            meta: What is known of the source; what the markup says fills its gaps.
            encoding: Codec named by the caller.
            limits: `html_bytes` and `markup_depth` hold.

        Returns:
            A document of one page. Hints: `headline`, `kicker`, `subtitle`, `byline`, `caption`, `body`,
            `furniture`; none where only the text itself can tell.

        Raises:
            UnreadableError: `file_too_large`, `markup_too_deep`, `no_text`, `undecodable`, `binary_content`.
        """
        limits = limits or Limits()
        if len(data) > limits.html_bytes:
            raise UnreadableError(
                "file_too_large", f"{len(data):,} bytes of HTML, the limit is {limits.html_bytes:,}"
            )
        decoded = self._decoder.decode(data, encoding=encoding)
        check_depth(decoded.text, limits.markup_depth)
        root = parse_tree(decoded.text)
        blocks = list(Walk(root, self._chrome_names, self._is_content).blocks())
        if not blocks:
            raise UnreadableError(
                "no_text", "the page shows no text: it may be filled in by scripts; print it to PDF"
            )
        page_title = _clean("".join(root.xpath("string(//head/title)")))
        title = self._assign_hints(root, blocks, [*self._meta.titles(root), page_title])
        page = lay_out(blocks)
        issue_on, source = meta.issue_on, meta.issue_on_source
        if issue_on is None and (found := self._meta.find_day(root, decoded.text, blocks)):
            issue_on, source = found, "html_meta"
        return RawDocument(
            uri=uri,
            media_type="text/html",
            byte_count=len(data),
            content_sha256=hashlib.sha256(data).hexdigest(),
            pages=(page,),
            encoding=decoded.encoding,
            encoding_evidence=decoded.evidence,
            publication=meta.publication or self._meta.find_publication(root, blocks),
            issue_on=issue_on,
            issue_on_source=source,
            page_label=meta.page_label,
            title=title or _first_segment(page_title) or None,
        )

    # The article

    def _assign_hints(self, root: Any, blocks: list[HtmlBlock], titles: Sequence[str]) -> str | None:
        """Say of each block what it is; returns the headline."""
        several = self._find_articles(blocks)
        inside = _descendants(root if several else self._find_main(root, blocks))
        for block in blocks:
            block.hint = "furniture"
        body = [block for block in blocks if block.element in inside and not self._is_chrome(block)]
        for position, block in enumerate(body):
            if self._tail.match(block.text) and len(block.text) <= 40 and position > 0:
                body = body[:position]
                break
        heads = {block.element.getparent() for block in several}
        styles = Counter(_style(block.element) for block in body if block.prose_chars)
        for block in body:
            is_loose = several and heads.isdisjoint(block.element.iterancestors())
            is_text = len(block.text) > _CAPTION_CHARS and styles[_style(block.element)] >= 2
            may_be_caption = block.after_image and len(block.text) <= 80 and not is_text
            block.hint = None if is_loose or may_be_caption else "body"
            if block.is_caption:
                block.hint = "caption"
        headlines = several or self._find_headline(blocks, body, titles)
        for block in body:
            if headlines and block.ordinal < headlines[0].ordinal and not block.prose_chars:
                block.hint = None  # a folio or a section's name; the text itself will tell
        for headline in headlines:
            headline.hint = "headline"
            self._hint_around(blocks, headline)
        return headlines[0].text.strip() if headlines else None

    def _find_main(self, root: Any, blocks: list[HtmlBlock]) -> Any:
        """The deepest element that holds most of the running text."""
        chars: dict[Any, int] = {}
        for block in blocks:
            if count := block.prose_chars:
                chars[block.element] = chars.get(block.element, 0) + count
        order = list(root.iter())
        for element in reversed(order):
            parent = element.getparent()
            if parent is not None and element in chars:
                chars[parent] = chars.get(parent, 0) + chars[element]
        total = chars.get(root, 0)
        start = root
        for element in order:  # the innermost named element that is large enough
            if chars.get(element, 0) >= _NAMED_SHARE * total > 0 and self._is_content(element):
                start = element
        if start is not root:
            return start
        while True:
            heirs = [child for child in start if chars.get(child, 0) >= _MAIN_SHARE * total > 0]
            if not heirs or heirs[0].tag in ("p", "span") or _prose_children(start, chars) > 1:
                return start
            start = heirs[0]

    def _is_content(self, element: Any) -> bool:
        if element.tag in ("article", "founder-content"):
            return True
        return any(name in self._content_names for name in names_of(element))

    def _is_chrome(self, block: HtmlBlock) -> bool:
        if block.is_chrome:
            return True
        count = len(block.text)
        if block.link_chars > _LINK_SHARE * count and not (block.level and count >= 6):
            return True
        if count <= _NOTICE_CHARS and self._chrome_words.search(block.text):
            return True
        return count <= 60 and self._chrome.match(block.text.strip(SPACES + "【[（(>》·|")) is not None

    def _find_articles(self, blocks: list[HtmlBlock]) -> list[HtmlBlock]:
        """Headlines of a page of several articles: together these hold most of the running text."""
        shown = [block for block in blocks if not self._is_chrome(block)]
        headings = _article_headings(shown)
        containers = {block.element.getparent() for block in headings}
        total = sum(block.prose_chars for block in shown)
        held = sum(b.prose_chars for b in shown if not containers.isdisjoint(b.element.iterancestors()))
        return headings if len(headings) > 1 and held >= _MAIN_SHARE * total else []

    def _find_headline(
        self, blocks: list[HtmlBlock], body: list[HtmlBlock], titles: Sequence[str]
    ) -> list[HtmlBlock]:
        if not body:
            return []
        prose = next((block for block in body if block.prose_chars), body[0])
        before = blocks[: prose.ordinal + 1]
        short = [b for b in before if 4 <= len(b.text.strip()) <= 100 and b.prose_chars <= 40]
        titles = [key for key in map(_key, titles) if key]
        stated = [b for b in short if len(_key(b.text)) >= 4 and any(_key(b.text) in t for t in titles)]
        if stated:  # the longest: the name of the paper often is in the title too
            return [max(stated, key=lambda b: (len(_key(b.text)), bool(b.level), -b.level, b.ordinal))]
        headings = [b for b in short if b.level in (1, 2) and not self._is_chrome(b)]
        if headings:
            return [min(headings, key=lambda b: b.level)]
        # Electronic editions of papers mark their headlines by type size alone.
        nearest: list[HtmlBlock] = []
        for block in reversed(before[:-1]):
            if block.link_chars or block.prose_chars or len(nearest) == _HEAD_BLOCKS:
                break
            if block in short and not self._is_byline(block.text) and not self._is_chrome(block):
                nearest.append(block)
        marked = [block for block in nearest if self._is_emphatic(block.element)]
        return marked[:1] or (nearest if len(nearest) == 1 else [])

    def _is_emphatic(self, element: Any) -> bool:
        if element.find(".//strong") is not None or element.find(".//b") is not None:
            return True
        return any(name in self._title_names for name in names_of(element))

    def _hint_around(self, blocks: list[HtmlBlock], headline: HtmlBlock) -> None:
        """Kicker above, subtitle and byline below: the short lines that touch a headline."""
        position = headline.ordinal
        if position and _is_near((above := blocks[position - 1]).element, headline.element):
            is_short = len(above.text.strip()) <= 40 and not SENTENCE_END.search(above.text)
            if is_short and not above.link_chars and not self._is_byline(above.text) and above.level != 1:
                above.hint = "kicker" if not self._is_chrome(above) else "furniture"
        for above in blocks[max(0, position - 5) : position]:
            is_source = self._meta.names_source(above.text) or find_date(above.text)
            if is_source and self._is_byline(above.text) and _is_near(above.element, headline.element):
                above.hint = "byline"
        for below in blocks[position + 1 : position + 8]:
            text = below.text.strip()
            if below.level and below.hint == "headline":
                return
            if below.is_caption or below.after_image:
                return
            if self._is_byline(text):
                below.hint = "byline"
            elif below.prose_chars >= 40:
                return
            elif len(text) > 40 or SENTENCE_END.search(text) or below.link_chars or self._is_chrome(below):
                continue
            elif text.startswith(("—", "―", "─")) or (
                below.level and _is_near(below.element, headline.element)
            ):
                below.hint = "subtitle"
            elif below.hint == "body":
                below.hint = None

    def _is_byline(self, text: str) -> bool:
        text = text.strip()
        if len(text) > _BYLINE_CHARS or SENTENCE_END.search(text):
            return False
        return self._byline.search(text) is not None or (len(text) <= 40 and find_date(text) is not None)


def _article_headings(blocks: list[HtmlBlock]) -> list[HtmlBlock]:
    """Headings that each open an element with running text of its own: a page of several articles."""
    if not any(block.level in (1, 2) for block in blocks):
        return []
    # A walk in document order sees the blocks of an element one after the other, so a running total
    # at its first block is all that is needed to know what stands before a heading inside it.
    total = 0
    prose: dict[Any, int] = {}
    before: dict[Any, int] = {}
    at_heading: dict[HtmlBlock, int] = {}
    for block in blocks:
        if block.level in (1, 2):
            at_heading[block] = total
        before.setdefault(block.element, total)
        prose[block.element] = prose.get(block.element, 0) + block.prose_chars
        total += block.prose_chars
    root = blocks[0].element.getroottree().getroot()
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element in before:
            prose[parent] = prose.get(parent, 0) + prose[element]
            before[parent] = min(before.get(parent, total), before[element])
    found: dict[Any, HtmlBlock] = {}
    for block, seen in at_heading.items():
        container = block.element.getparent()
        if container is None or container in found or seen != before[container]:
            continue
        if prose[container] >= _MIN_ARTICLE_CHARS:
            found[container] = block
    has_title = any(block.level == 1 for block in blocks)
    if has_title and not any(block.level == 1 for block in found.values()):
        return []  # the title stands outside: these head the sections of one article
    # A container within another's counts once.
    return [b for c, b in found.items() if not any(outer in found for outer in c.iterancestors())]


def _style(element: Any) -> tuple[Any, ...]:
    return (element.tag, *(element.get(name) for name in ("class", "style", "align")))


def _descendants(element: Any) -> set[Any]:
    return set(element.iter()) if element is not None else set()


def _is_near(element: Any, other: Any) -> bool:
    """Whether two elements share a frame no wider than a small table or its like."""
    frames = set(islice(element.iterancestors(), 3)) - {element.getroottree().getroot()}
    return any(frame in frames for frame in islice(other.iterancestors(), 3) if frame.tag != "body")


def _prose_children(element: Any, chars: Mapping[Any, int]) -> int:
    """Paragraphs that are direct children: the element is then the text itself, not a frame around it."""
    return sum(child.tag == "p" and chars.get(child, 0) > 0 for child in element)


def _first_segment(title: str) -> str:
    return re.split(r"\s*[_|]\s*|\s+[-–—]+\s+|[-–—]{1,2}(?=[^-–—]{2,12}$)", title, maxsplit=1)[0].strip()


def _key(text: str) -> str:
    return "".join(WORD.findall(text)).lower()


def _clean(text: str) -> str:
    return COLLAPSE.sub(" ", text).strip(SPACES)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _starts_with(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{_either(words)})")
