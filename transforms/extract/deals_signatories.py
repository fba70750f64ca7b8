"""Who signed for which side, where a clause of its own says so: 甲公司经理张三与乙校校长李四代表双方签字."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_links import is_short_of
from transforms.extract.deals_model import Candidate, Party

# What follows the last of the signing persons. Who witnesses or attends does not sign.
_SIGN = re.compile(
    r"(?:（[^）]*）)?(?:等人?)?(?:分别|共同|先后|则?也)*(?:代表(?:双方|各方|[两三]方|各自[^，。；]{0,4}|[^，。；]{2,16}?))?(?:分别|共同)?"
    r"(?:在[^，。；]{0,12}上)?(?:签字|签约|签署|签订|签名|落笔|签了字)"
)
_CUE = re.compile(r"签字|签约|签署|签订|签名|落笔|签了字")
_DONE = re.compile(r"签字|签名|签了字")
_CLAUSE = re.compile(r"[，。；：！？\n]")


def add_signatories(context: ArticleContext, candidates: Sequence[Candidate]) -> None:
    """Give the parties of signed deals the persons who signed for them.

    Args:
        context: The article.
        candidates: Its deals in order of text; the parties of some are replaced.
    """
    if not candidates or not any(m.entity_type == "person" for m in context.mentions):
        return
    for cue in _CUE.finditer(context.text):
        people = _signing(context, cue.start())
        told = [c for c in candidates if c.start <= cue.start()]
        if not people or not told:
            continue
        paragraph = context.paragraph(cue.start())[0]
        # The deal of the sentence, else the last before it; a paper is what people sign.
        deal = max(told, key=lambda c: (c.start >= paragraph, c.base == "signed", c.start))
        if not any(p.signatory for p in deal.parties):
            deal.parties = _matched(context, deal.parties, people)
        if deal.stage == "proposed" and _DONE.match(context.text, cue.start()):
            # 将在某县建厂，某某与某某在协议上签字
            deal.stage = "signed"


def _signing(context: ArticleContext, cue: int) -> list[tuple[Mention, list[Mention]]]:
    """Persons of the clause that ends in signing, each with the names in front of it."""
    text = context.text
    start = max((m.end() for m in _CLAUSE.finditer(text, max(0, cue - 120), cue)), default=max(0, cue - 120))
    names = context.mentions_in(start, cue, "person", "organization", "place")
    people = [m for m in names if m.entity_type == "person"]
    if not people:
        return []
    signing = _SIGN.match(text, people[-1].end)
    if not signing or not signing.start() <= cue < signing.end():
        return []
    found = []
    for before, person in zip([None, *people], people, strict=False):
        left = before.end if before else start
        found.append((person, [m for m in names if left <= m.start < person.start]))
    return found


def _matched(
    context: ArticleContext, parties: Sequence[Party], people: Sequence[tuple[Mention, list[Mention]]]
) -> list[Party]:
    """The parties with their signatories: by the body in front of the person, else by order."""
    chosen: dict[int, Mention] = {}
    for person, bodies in people:
        for number, party in enumerate(parties):
            if number not in chosen and any(_is_of(context, body, party) for body in bodies):
                chosen[number] = person
                break
    if not chosen and len(people) == len(parties):
        chosen = {number: person for number, (person, _) in enumerate(people)}
    left = [n for n in range(len(parties)) if n not in chosen]
    rest = [person for person, _ in people if person not in chosen.values()]
    if chosen and len(left) == len(rest) == 1:
        chosen[left[0]] = rest[0]
    return [replace(p, signatory=chosen.get(n, p.signatory)) for n, p in enumerate(parties)]


def _is_of(context: ArticleContext, body: Mention, party: Party) -> bool:
    """Whether a body is the party, a short name of it, or a body of the same place."""
    name = party.mention.text if party.mention else context.text[party.start : party.end]
    if body.text in name or name in body.text or (len(body.text) >= 4 and is_short_of(body.text, name)):
        return True
    places = [
        m.text for m in context.nested if party.start <= m.start < party.end and m.entity_type == "place"
    ]
    return any(body.text.startswith(place.rstrip("省市县区州旗")) for place in places)
