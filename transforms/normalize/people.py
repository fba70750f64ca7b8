"""Staff, authors and photographers named on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary, split_names

_BEHIND = ("摄", "供图", "绘", "制图", "图", "文", "整理", "编译", "摄影", "报道", "摄影报道", "翻译")


def read_people(paragraph: Paragraph, vocabulary: PageVocabulary) -> Iterator[tuple[str, str, int, int]]:
    """Role, name and span of the name, for everyone a block credits.

    Args:
        paragraph: A typed block; body text counts with its dateline alone.
        vocabulary: Compiled patterns.
    """
    text = paragraph.text
    if paragraph.block_type == "credit":
        yield from vocabulary.read_credits(text)
    elif paragraph.block_type == "byline" and not vocabulary.author_note.match(text):
        yield from _read_byline(text, 0, vocabulary)
    elif paragraph.block_type == "caption":
        found = vocabulary.photo_credit.search(text)
        if found:
            yield from _read_byline(found.group().rstrip("。"), found.start(), vocabulary)
    elif paragraph.block_type == "body":
        dateline = vocabulary.find_dateline(text)
        if dateline and dateline["paren"] and vocabulary.byline_role.search(dateline["paren"]):
            yield from _read_byline(dateline["paren"], dateline.start("paren"), vocabulary)


def _read_byline(text: str, offset: int, vocabulary: PageVocabulary) -> Iterator[tuple[str, str, int, int]]:
    roles = list(vocabulary.byline_role.finditer(text))
    if not roles:
        for name, start, end in split_names(
            vocabulary.mark.sub(lambda m: " " * len(m.group()), text), offset
        ):
            yield "作者", name, start, end
        return
    role = None
    at = 0
    for index, match in enumerate(roles):
        stretch = text[at : match.start()]
        owner = role if role is not None else (match.group() if match.group() in _BEHIND else None)
        if owner is not None and re.search(r"\w", stretch):
            for name, start, end in split_names(stretch, offset + at):
                yield owner, name, start, end
        role = match.group()
        at = match.end()
        if index + 1 == len(roles):
            for name, start, end in split_names(text[at:], offset + at):
                yield role, name, start, end
