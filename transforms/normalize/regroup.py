"""Text on the wrong side of a head: a sentence that a head cuts, a lead that stands above its heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from transforms.normalize.blocks import HEADS
from transforms.normalize.characters import CJK
from transforms.normalize.lines import ends_sentence
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary

_LEAD_BODIES = 2
_SHARED_CHARS = 6


def regroup(
    paragraphs: Sequence[Paragraph],
    article_count: int,
    vocabulary: PageVocabulary,
    goes_on: Callable[[str, str], bool],
) -> int:
    """Give text that stands on the wrong side of a head to its article; `article` changes in place.

    Args:
        paragraphs: Typed and grouped, in page order.
        article_count: Articles of the page.
        vocabulary: Of the page.
        goes_on: Whether a sentence goes on from one text in another.

    Returns:
        Number of articles.
    """
    bodies: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.block_type == "body" and paragraph.article is not None:
            bodies.setdefault(paragraph.article, []).append(paragraph)
    for article in range(1, article_count):
        before, own = bodies.get(article - 1, []), bodies.get(article, [])
        moved = _cut_by_head(before, own, vocabulary, goes_on)
        for paragraph in own[:moved]:
            paragraph.article = article - 1
        bodies[article - 1], bodies[article] = before + own[:moved], own[moved:]
    if article_count > 1 and _leads(paragraphs, bodies, vocabulary):
        for paragraph in paragraphs:
            if paragraph.article:
                paragraph.article -= 1
        return article_count - 1
    return article_count


def _cut_by_head(
    before: Sequence[Paragraph],
    own: Sequence[Paragraph],
    vocabulary: PageVocabulary,
    goes_on: Callable[[str, str], bool],
) -> int:
    """How many paragraphs below a head go on with the text above it, which stops inside a sentence."""
    if not before or len(own) < 2:
        return 0
    last, first = before[-1], own[0]
    if last.block_subtype not in (None, "dateline") or first.block_subtype is not None:
        return 0
    if ends_sentence(last.text) or last.text[-1] in "：:；;）)" or "。" not in last.text:
        return 0
    if vocabulary.find_dateline(first.text) or not goes_on(last.text, first.text):
        return 0
    moved = 1
    while moved < len(own) - 1 and vocabulary.anaphor.match(own[moved].text):
        moved += 1
    return moved


def _leads(
    paragraphs: Sequence[Paragraph], bodies: dict[int, list[Paragraph]], vocabulary: PageVocabulary
) -> bool:
    """Whether the page begins with the lead of the story whose heads stand below it.

    The story then has no dateline and names again what the lead has named.
    """
    lead, story = bodies.get(0, []), bodies.get(1, [])
    if not lead or not story or len(lead) > _LEAD_BODIES:
        return False
    first = [p for p in paragraphs if p.article == 0]
    following = next((p for p in paragraphs if p.article == 1), None)
    if first != lead or any(p.block_subtype is not None for p in lead) or following is None:
        return False
    if following.block_type not in HEADS or story[0].block_subtype is not None:
        return False
    if any(p.block_subtype == "continuation" for p in paragraphs):
        return False
    if any(vocabulary.find_dateline(p.text) for p in (*lead, story[0])):
        return False
    named = re.findall(f"(?=([{CJK}]{{{_SHARED_CHARS}}}))", "\n".join(p.text for p in lead))
    told = "\n".join(p.text for p in story)
    return any(name in told for name in named)
