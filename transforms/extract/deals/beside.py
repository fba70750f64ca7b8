"""When works are due that one article of a page names and another, an interview say, tells more of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from transforms.extract.context import ArticleContext, Span, is_short_of
from transforms.extract.deals.due import DueReader

_OPEN = frozenset({"signed", "proposed", "landed", "building"})
_BUILT = frozenset({"project", "institution", "joint_laboratory", "joint_venture"})
# 年产600万条轮胎项目 is 轮胎项目 in the interview: so many last characters of a title know it where a body of
# the deal is named, so many alone.
_KNOWN_CHARS, _SURE_CHARS = 4, 8
_PAPER = re.compile(r"(?:投资|合作|框架|共建|建设)*(?:协议|合同|意向书|备忘录)?[》”]*$")
_PROJECT = re.compile("(?:项目|工程)$")


def add_days_beside(
    contexts: Sequence[ArticleContext],
    deals: Sequence[dict[str, Any]],
    parties: Sequence[Mapping[str, Any]],
    due: DueReader,
) -> None:
    """Give works without a due day that which another article of their page tells of them.

    That article has the end of the title in the day's sentence or the one before, and names a body of the
    deal before the day or has more of the title; no other deal of the first article is known by the same
    words, and no deal of other bodies is due that day.
    """
    of_article, by_page = defaultdict(list), defaultdict(list)
    for deal in deals:
        of_article[deal["article_id"]].append(deal)
    for context in contexts:
        if context.page is not None:
            by_page[context.page].append(context)
    bodies: defaultdict[int, list[str]] = defaultdict(list)
    for party in parties:
        if party["party_role"] != "host":
            bodies[party["deal_index"]].append(party["surface_text"])

    def is_of_others(deal: Mapping[str, Any], article_id: str, last: date) -> bool:
        then = [d["deal_index"] for d in of_article[article_id] if d["expected_on"] == last]
        others = [bodies[index] for index in then if bodies[index]]
        return bool(others) and not any(_share(bodies[deal["deal_index"]], names) for names in others)

    for page in by_page.values():
        if len(page) == 1 or not any(of_article[context.article_id] for context in page):
            continue
        days = [(context, span, last) for context in page for span, last in due.ends(context)]
        for own in (of_article[context.article_id] for context in page if days):
            counts = Counter(end for deal in own for end in _ends(deal, _KNOWN_CHARS))
            for deal in filter(_is_open, own):
                if any(counts[end] > 1 for end in _ends(deal, _KNOWN_CHARS)):
                    continue
                beside = [day for day in days if day[0].article_id != deal["article_id"]]
                deal["expected_on"] = next(
                    (
                        last
                        for context, span, last in beside
                        if _tells_of(context, span, deal, bodies[deal["deal_index"]])
                        and not is_of_others(deal, context.article_id, last)
                    ),
                    None,
                )


def _is_open(deal: Mapping[str, Any]) -> bool:
    return deal["stage"] in _OPEN and deal["deal_type"] in _BUILT and deal["expected_on"] is None


def _share(names: Sequence[str], others: Iterable[str]) -> bool:
    return any(is_short_of(*sorted((name, other), key=len)) for other in others for name in names)


def _ends(deal: Mapping[str, Any], chars: int) -> set[str]:
    """The last characters of a title, with and without the word for works."""
    title = _PAPER.sub("", deal["title"] or "")
    ends = {title[-chars:], _PROJECT.sub("", title)[-chars:]}
    return {end for end in ends if len(end) == chars}


def _tells_of(context: ArticleContext, span: Span, deal: Mapping[str, Any], bodies: Sequence[str]) -> bool:
    number = context.sentence_at(span.start)
    start = max(context.paragraph(span.start)[0], context.sentences[max(0, number - 1)][0])
    text = context.text[start : span.start]
    if any(end in text for end in _ends(deal, _SURE_CHARS)):
        return True
    named = {m.text for m in context.mentions_in(0, span.start, "organization")}
    return _share(bodies, named) and any(end in text for end in _ends(deal, _KNOWN_CHARS))
