"""An HTML page as blocks: every visible text in document order, with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from transforms.ingest.model import RawLine, RawPage, UnreadableError

_INVISIBLE = {
    "script", "style", "noscript", "template", "title", "select", "datalist", "svg", "math", "iframe",
    "object", "video", "audio", "canvas", "map", "textarea",
}  # fmt: skip
_BLOCKS = {
    "html", "head", "address", "article", "aside", "blockquote", "body", "button", "caption", "center",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "founder-content", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_CHROME_TAGS = {"nav", "footer", "aside", "form", "button", "menu"}
_BARS = {"header", "footer", "nav", "menu"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
SPACES = " \t\n\r\f\v\xa0\u200b\ufeff"
COLLAPSE = re.compile(r"[ \t\n\r\f\v]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
WORD = re.compile(r"[a-z0-9\u4e00-\u9fff]+", re.I)
_PUNCTUATION = re.compile(r"[，。；：！？、”,.;!?]")
SENTENCE_END = re.compile(r"[。！？…!?][”’」』）)\"']*$|[：:]$")
_INDENT = re.compile(r"^(?:\u3000|\xa0{2}|&nbsp;)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_UNNESTED = {
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "br", "img", "meta", "link", "input", "hr",
    "col", "area", "base", "embed", "param", "source", "track", "wbr", "html", "body", "head",
}  # fmt: skip
_CHROME_SHARE = 0.6
"""An element named like chrome that holds this share of the running text is none."""
_MIN_PROSE_CHARS = 15


@dataclass(slots=True, eq=False)
class HtmlBlock:
    """A run of text between two block boundaries."""

    ordinal: int
    text: str
    link_chars: int
    element: Any
    level: int
    is_chrome: bool
    is_caption: bool
    after_image: bool
    after_break: bool
    hint: str | None = None

    @property
    def prose_chars(self) -> int:
        """Characters of running text; none in links, labels and chrome."""
        count = len(self.text)
        if self.is_chrome or self.level or count < _MIN_PROSE_CHARS or self.link_chars > 0.4 * count:
            return 0
        return count if _PUNCTUATION.search(self.text) else 0


class Walk:
    """Turns the tree into blocks without recursion: a hostile tree is as deep as the limit allows."""

    def __init__(self, root: Any, chrome_names: set[str], is_content: Callable[[Any], bool]) -> None:
        self._root = root
        self._is_content = is_content
        self._chrome_names = chrome_names
        self._parts: list[str] = []
        self._link_chars = 0
        self._after_image = False
        self._after_break = False
        self._sizes = _text_sizes(root)
        self._count = 0

    def blocks(self) -> Iterator[HtmlBlock]:
        """Walk the tree once."""
        stack: list[tuple[Any, Any, bool, int, bool, bool, bool]] = []
        start = self._root  # not <body>: elements that the parser does not know may be left in <head>
        # element, nearest block, chrome, heading level, caption, in link, in pre; None marks the way out
        stack.append((start, start, False, 0, False, False, False))
        leaving: list[Any] = []
        while stack:
            element, owner, chrome, level, caption, link, pre = stack.pop()
            if element is None:
                inner, outer_state = leaving.pop()
                if inner.tag in _BLOCKS:
                    yield from self._flush(*outer_state[1])
                self._add(inner.tail, outer_state[0][1], outer_state[0][2])
                continue
            if not isinstance(element.tag, str) or element.tag in _INVISIBLE or self._is_hidden(element):
                if element is not start:
                    self._add(element.tail, link, pre)
                continue
            outer = ((owner, link, pre), (owner, chrome, level, caption))
            tag = element.tag
            if tag == "br":
                yield from self._flush(owner, chrome, level, caption)
                self._after_break = True
                self._add(element.tail, link, pre)
                continue
            if tag == "img":
                yield from self._flush(owner, chrome, level, caption)
                self._after_image = True
                self._add(element.tail, link, pre)
                continue
            if tag in _BLOCKS:
                yield from self._flush(owner, chrome, level, caption)
                self._after_break = False
                owner = element
                level = _HEADINGS.get(tag, 0)
                caption = caption or tag == "figcaption"
                chrome = chrome or tag in _CHROME_TAGS or self._is_named_chrome(element)
                pre = pre or tag == "pre"
            elif element is not start and element.getparent().tag in _BARS:
                self._parts.append(" ")  # set apart by the style sheet
            link = link or (tag == "a" and element.get("href") is not None)
            state = (owner, chrome, level, caption)
            if element is not start:
                leaving.append((element, (outer[0], state)))
                stack.append((None, owner, chrome, level, caption, link, pre))
            self._add(element.text, link, pre)
            for child in reversed(element):
                stack.append((child, owner, chrome, level, caption, link, pre))
        yield from self._flush(start, False, 0, False)

    def _is_hidden(self, element: Any) -> bool:
        style = element.get("style")
        if element.get("hidden") is None and not (style and _HIDDEN_STYLE.search(style)):
            return False
        return not self._is_content(element)  # some sites hide the article until a script shows it

    def _is_named_chrome(self, element: Any) -> bool:
        if not any(name in self._chrome_names for name in names_of(element)):
            return False
        return self._sizes.get(element, 0) < _CHROME_SHARE * self._sizes.get(self._root, 1)

    def _add(self, text: str | None, link: bool, pre: bool) -> None:
        if text:
            text = text if pre else COLLAPSE.sub(" ", text)
            self._parts.append(text)
            if link:
                self._link_chars += len(text.strip())

    def _flush(self, owner: Any, chrome: bool, level: int, caption: bool) -> Iterator[HtmlBlock]:
        text = COLLAPSE.sub(" ", "".join(self._parts)) if owner.tag != "pre" else "".join(self._parts)
        link_chars, self._parts, self._link_chars = self._link_chars, [], 0
        pieces = text.split("\n") if owner.tag == "pre" else [text]
        for piece in pieces:
            if not piece.strip(SPACES + "\u3000"):
                continue
            indent = "\u3000\u3000" if _INDENT.match(piece.strip(" ")) else ""
            shown = piece.strip(SPACES + "\u3000")
            yield HtmlBlock(
                self._count,
                indent + shown,
                link_chars,
                owner,
                level,
                chrome,
                caption,
                self._after_image,
                self._after_break,
            )
            self._count += 1
            self._after_image = self._after_break = False


def lay_out(blocks: list[HtmlBlock]) -> RawPage:
    """Blocks as lines of a page; lines that a `<br>` cuts inside a sentence stay in one block."""
    parts: list[str] = []
    lines: list[RawLine] = []
    length = ordinal = 0
    previous: HtmlBlock | None = None
    for block in blocks:
        if previous is not None:
            goes_on = (
                block.after_break
                and block.element is previous.element
                and block.hint == previous.hint
                and not SENTENCE_END.search(previous.text)
                and not block.text.startswith("\u3000")
            )
            separator = "\n" if goes_on else "\n\n"
            ordinal += not goes_on
            parts.append(separator)
            length += len(separator)
        parts.append(block.text)
        lines.append(RawLine(length, length + len(block.text), ordinal, block.hint))
        length += len(block.text)
        previous = block
    return RawPage(page_number=1, raw_text="".join(parts), method="html", lines=tuple(lines))


def _text_sizes(root: Any) -> dict[Any, int]:
    sizes: dict[Any, int] = {}
    for element in reversed(list(root.iter())):
        own = (
            len(element.text or "")
            if element.tag not in ("script", "style") and isinstance(element.tag, str)
            else 0
        )
        sizes[element] = sizes.get(element, 0) + own
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + sizes[element] + len((element.tail or "").strip())
    return sizes


def parse_tree(text: str) -> Any:
    """The root element; raises `UnreadableError` `no_text` where there is none."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        if any(error.type_name == "ERR_NO_MEMORY" for error in parser.error_log):
            raise MemoryError
        raise UnreadableError("no_text", "the page holds no element: check what it really is")
    return root


def check_depth(text: str, limit: int) -> None:
    """Refuse deep nesting before a tree is built; elements that close themselves do not count."""
    depth = 0
    for match in _TAG.finditer(text):
        name = match.group(2).lower()
        if name in _UNNESTED or match.group().endswith("/>"):
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > limit:
            raise UnreadableError("markup_too_deep", f"more than {limit} elements within each other")


def names_of(element: Any) -> Iterator[str]:
    """Id and classes of an element, whole and in their parts."""
    for attribute in ("id", "class"):
        value = element.get(attribute)
        if value:
            for name in value.lower().split()[:20]:
                yield name
                yield from WORD.findall(name)
