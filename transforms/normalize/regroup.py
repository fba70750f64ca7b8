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
_LEAD_CHARS = 16
_OPENING_CHARS, _NAME_CHARS = 10, 3


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
    article_count -= _join_reports(paragraphs, vocabulary)
    article_count -= _join_names(paragraphs, vocabulary)
    bodies = _bodies(paragraphs)
    heads = {p.article: p.text for p in paragraphs if p.block_type == "headline"}
    for article in range(1, article_count):
        before, own = bodies.get(article - 1, []), bodies.get(article, [])
        is_named = bool(own) and _names_again(heads.get(article, ""), own[0].text)
        moved = 0 if is_named else _cut_by_head(before, own, vocabulary, goes_on)
        for paragraph in own[:moved]:
            paragraph.article = article - 1
        bodies[article - 1], bodies[article] = before + own[:moved], own[moved:]
    if article_count > 1 and _leads(paragraphs, bodies, vocabulary):
        for paragraph in paragraphs:
            if paragraph.article:
                paragraph.article -= 1
        return article_count - 1
    return article_count


def _bodies(paragraphs: Sequence[Paragraph]) -> dict[int, list[Paragraph]]:
    bodies: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.block_type == "body" and paragraph.article is not None:
            bodies.setdefault(paragraph.article, []).append(paragraph)
    return bodies


def _join_reports(paragraphs: Sequence[Paragraph], vocabulary: PageVocabulary) -> int:
    """Give a report that seems to have no head the one above it, which only cuts a sentence; their number."""
    headed = {p.article for p in paragraphs if p.block_type in HEADS}
    for above, head, rest, report in zip(
        paragraphs, paragraphs[1:], paragraphs[2:], paragraphs[3:], strict=False
    ):
        is_last = head.block_subtype == "subhead" and above.article == rest.article != report.article
        is_headless = report.article not in headed and vocabulary.opens_report(report.text)
        if is_last and is_headless and _stops_inside(above, rest, vocabulary):
            head.block_type, head.block_subtype, head.article = "headline", None, report.article
            headed.add(report.article)
            rest.continues = above.is_cut = True
    bodies = _bodies(paragraphs)
    joined = []
    for article in sorted(bodies):
        before, own, after = (bodies.get(article + step, []) for step in (-1, 0, 1))
        is_cut = len(own) == 1 and article in headed and bool(before) and bool(after)
        if not is_cut or article + 1 in headed or not vocabulary.opens_report(after[0].text):
            continue
        if _stops_inside(before[-1], own[0], vocabulary):
            own[0].article = article - 1
            own[0].continues = before[-1].is_cut = True
            joined.append(article)
    for paragraph in paragraphs:
        if paragraph.article is not None:
            paragraph.article -= sum(article < paragraph.article for article in joined)
    return len(joined)


def _join_names(paragraphs: Sequence[Paragraph], vocabulary: PageVocabulary) -> int:
    """Free sentences of heads inside them, which are kickers of the stories below; their number.

    Below the head stands nothing but the rest of the sentence, then other heads.
    """
    bodies = _bodies(paragraphs)
    headed = {p.article for p in paragraphs if p.block_type in HEADS}
    joined = []
    for article in sorted(bodies):
        before, own = bodies.get(article - 1, []), bodies[article]
        if len(own) != 1 or not before or not {article, article + 1} <= headed or own[0].row is not None:
            continue
        opens = vocabulary.paragraph_opener.match(own[0].text) or vocabulary.lead_time.match(
            own[0].text[:_LEAD_CHARS]
        )
        if opens or not _stops_inside(before[-1], own[0], vocabulary) or not ends_sentence(own[0].text):
            continue
        own[0].article, own[0].continues, before[-1].is_cut = article - 1, True, True
        joined.append(article)
    for paragraph in paragraphs:
        if paragraph.article in joined and paragraph.block_type in HEADS:
            paragraph.block_type = "kicker"
        if paragraph.article is not None:
            paragraph.article -= sum(article < paragraph.article for article in joined)
    return len(joined)


def _stops_inside(last: Paragraph, first: Paragraph, vocabulary: PageVocabulary) -> bool:
    """Whether a text stops inside a sentence, and the next is no list, note or report of its own."""
    if last.block_subtype not in (None, "dateline") or first.block_subtype is not None:
        return False
    if ends_sentence(last.text) or last.text[-1] in "：:；;）)" or vocabulary.list_item.match(last.text):
        return False
    return last.block_type == first.block_type == "body" and vocabulary.find_dateline(first.text) is None


def _names_again(head: str, text: str) -> bool:
    """Whether a text opens with a name that its head has: it is that head's, whatever stops above it."""
    start = text[:_OPENING_CHARS]
    return any(start[i : i + _NAME_CHARS] in head for i in range(len(start) - _NAME_CHARS + 1))


def _cut_by_head(
    before: Sequence[Paragraph],
    own: Sequence[Paragraph],
    vocabulary: PageVocabulary,
    goes_on: Callable[[str, str], bool],
) -> int:
    """How many paragraphs below a head go on with the text above it, which stops inside a sentence."""
    if not before or len(own) < 2 or not _stops_inside(before[-1], own[0], vocabulary):
        return 0
    if not goes_on(before[-1].text, own[0].text):
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
