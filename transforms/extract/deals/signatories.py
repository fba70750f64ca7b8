"""Who signed for which side, where a clause of its own says so: 甲公司经理张三与乙校校长李四代表双方签字."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention, is_short_of
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.sides import SideReader

# What follows the last of the signing persons. Who witnesses or attends does not sign.
_SIGN = re.compile(
    r"(?:（[^）]*）)?(?:等人?)?(?:出席[^，。；]{0,6}并)?(?:作为[^，。；]{1,6}代表)?(?:昨[日天]|今[日天]|当[天日]|[0-9]+日)?"
    r"(?:分 ?别|共同|先后|则?也|是)*"
    r"(?:代表(?:双方|各方|[两三]方|各自[^，。；]{0,4}|[^，。；]{2,16}?)，?|，各自)?(?:分 ?别|共同)?"
    r"(?:(?:通过|以|在)[^，。；]{2,10}?|隔着屏幕|远程|线上)?"
    r"(?:在(?:[^，。；《]{0,6}《[^》\n]{2,40}》|[^，。；]{0,20})上)?(?:完成)?"
    r"(?:签字|签约|签署|签订|签名|落了?笔|签了字|签完字|签下(?:了)?(?:自己的)?名|交换了?)(?![后前])"
)
# 代表双方签字的，是某某和某某
_SIGNED_BY = re.compile(
    r"(?:签字|签约|签署|签名)(?:双方)?(?:人|者|的|代表)[，,]?(?:分别)?(?:是|为|有)[^，。；\n]{2,80}"
)
_CUE = re.compile(
    r"签字|签约|签署|签订|签名|落了?笔|签[了完]字|签下(?:了)?(?:自己的)?名|交换了?[^，。；]{0,8}(?:文本|协议|备忘录|合同)"
)
_ITS_PAPER = re.compile(r"(?:该|此|相关|投资|合作|采购|购销)*(?:协议|合同|备忘录|意向书)由")
# 某某代表甲地、某某代表乙地签字
_STANDS_FOR = re.compile(r"(?:分别|共同)?(?:代表(?!团)[^，。；]{2,16})?")
_SIGNS_WITH = re.compile(r"代表(?!团)[^，。；]{2,16}?，?[与和同][^，。；]{2,40}")
# 张三代表甲与乙公司李四签约: what stands behind 代表 is of him in front.
_FOR = re.compile(r"代表(?!团|双方|各方|[两三]方)[^，。；、与和同]{2,16}")
_BOTH = 2
_WORKS = frozenset({"building", "operating"})
# Bodies of one province are not therefore one side.
_WIDE = frozenset({"province", "country", "region"})
_TITLE_CHARS = 16
_NAME_CHARS, _AREA_CHARS = 4, 3
_AND_SIGNED = re.compile(r"，并(?:共同|现场|当场|分别|正式)?$")
_HEAD = re.compile(r"(?:^|[、副和与])(?P<of>[省市县区州镇乡旗])长$")
_OF_HEAD = {of: re.compile(f"{of}(?:人民)?(?:政府)?$") for of in "省市县区州镇乡旗"}
_CLAUSE = re.compile(r"[，。；：！？\n]")
# 协议由公司总经理张三签署
_OF_FIRM, _IS_FIRM = (
    re.compile(r"[^，。；]{0,4}?由?[该其]?(?:公司|集团|企业)"),
    re.compile(r"(?:公司|集团|企业|股份|厂)$"),
)


def add_signatories(context: ArticleContext, candidates: Sequence[Candidate]) -> None:
    """Give the parties of signed deals the persons who signed for them.

    Args:
        context: The article.
        candidates: Its deals in order of text; the parties of some are replaced.
    """
    if not candidates or not any(m.entity_type == "person" for m in context.mentions):
        return
    _sign_papers(context, candidates)
    for deal in candidates:
        # Who builds or runs works has a man, but he signs nothing.
        signs = deal.stage not in _WORKS
        deal.parties = [
            replace(p, signatory=_full_name(context, p.signatory) if signs else None) if p.signatory else p
            for p in deal.parties
        ]


def _full_name(context: ArticleContext, person: Mention) -> Mention:
    """A short foreign name that was told in full before: 阿诺德 of 弗朗茨·阿诺德."""
    ends = tuple(f"{dot}{person.text}" for dot in "·•．")
    return next((m for m in context.mentions if m.entity_type == "person" and m.text.endswith(ends)), person)


def _sign_papers(context: ArticleContext, candidates: Sequence[Candidate]) -> None:
    for cue in _CUE.finditer(context.text):
        told = [c for c in candidates if c.start <= cue.end()]
        people = _signing(context, cue.start())
        if not people:
            met = _met(context, cue.start())
            people = met if len(met) == _BOTH and any(_sides(context, c, met) == _BOTH for c in told) else []
        if not people or not told:
            continue
        paragraph = context.paragraph(cue.start())[0]
        if _ITS_PAPER.match(context.text, _clause_start(context.text, cue.start())):
            # 某公司将建某厂，协议由其总经理与某主任签署: the paper of what the item told.
            item = _item_start(context, cue.start())
            told = [c for c in told if c.start >= item] or told
        # The deal whose sides sign, else that of the sentence, else the last before it; a paper is signed.
        deal = max(
            told,
            key=lambda c: (_sides(context, c, people), c.start >= paragraph, c.base == "signed", c.start),
        )
        if not all(p.signatory for p in deal.parties):
            deal.parties = _matched(context, deal.parties, people)
            if deal.hint == "project":
                deal.parties = [*deal.parties, *_hosts(context, deal.parties, people)]


def _sides(context: ArticleContext, deal: Candidate, people: Sequence[tuple[Mention, list[Mention]]]) -> int:
    """How many persons are of a party of the deal."""
    return sum(
        any(_is_of(context, b, party) for b in bodies for party in deal.parties) for _, bodies in people
    )


def _clause_start(text: str, position: int) -> int:
    floor = max(0, position - 120)
    return max((m.end() for m in _CLAUSE.finditer(text, floor, position)), default=floor)


def _item_start(context: ArticleContext, position: int) -> int:
    """Where the item of a list begins in which a position stands."""
    start = context.sentences[context.sentence_at(position)][0]
    return max(start, context.text.rfind("；", start, position) + 1)


def _signing(context: ArticleContext, cue: int) -> list[tuple[Mention, list[Mention]]]:
    """Persons of the clause that ends in signing, each with the names in front of it."""
    text = context.text
    behind = _SIGNED_BY.match(text, cue)
    if behind:
        return _with_bodies(context, behind.start(), behind.end())
    start = _clause_start(text, cue)
    while start and text[start - 1] == "，":
        # 甲区副区长张三，乙市副市长李四代表两地签字; 张三代表甲区，与乙市签约
        begin = _clause_start(text, start - 1)
        before = context.mentions_in(begin, start, "person")
        if not before or not _STANDS_FOR.fullmatch(text, before[-1].end, start - 1):
            break
        start = begin
    people = context.mentions_in(start, cue, "person")
    signing = _SIGN.match(text, people[-1].end) if people else None
    if people and not (signing and signing.start() <= cue < signing.end()):
        signing = _SIGNS_WITH.fullmatch(text, people[-1].end, cue)
    if not signing:
        return []
    found = _with_bodies(context, start, cue)
    # 张三、李四分别代表甲、乙签字
    stood_for = context.mentions_in(found[-1][0].end, cue, "organization", "place")
    if len(stood_for) == len(found) > 1:
        return [(person, [*bodies, body]) for (person, bodies), body in zip(found, stood_for, strict=True)]
    return found


def _met(context: ArticleContext, cue: int) -> list[tuple[Mention, list[Mention]]]:
    """甲市市长张三、乙市市长李四在线上会谈，并签署: the two who met are those who sign."""
    text = context.text
    joined = _AND_SIGNED.search(text, max(0, cue - _TITLE_CHARS), cue)
    if joined is None:
        return []
    met = _with_bodies(context, _clause_start(text, joined.start()), joined.start())
    return met if met and joined.start() - met[-1][0].end <= _TITLE_CHARS else []


def _with_bodies(context: ArticleContext, start: int, end: int) -> list[tuple[Mention, list[Mention]]]:
    """Persons of a stretch, each with the names in front of it."""
    names = context.mentions_in(start, end, "person", "organization", "place")
    people = [m for m in names if m.entity_type == "person"]
    found, taken = [], 0
    for before, person in zip([None, *people], people, strict=False):
        left = before.end if before else start
        stands_for = _FOR.match(context.text, person.end, end)
        behind = range(person.end, stands_for.end()) if stands_for else ()
        left = max(left, taken)
        found.append((person, [m for m in names if left <= m.start < person.start or m.start in behind]))
        taken = stands_for.end() if stands_for else 0
    return found


def _matched(
    context: ArticleContext, parties: Sequence[Party], people: Sequence[tuple[Mention, list[Mention]]]
) -> list[Party]:
    """The parties with their signatories: by the body in front of the person, else by order."""
    chosen = {number: p.signatory for number, p in enumerate(parties) if p.signatory}
    people = [(person, bodies) for person, bodies in people if person not in chosen.values()]
    is_first = not chosen
    for person, bodies in people:
        for number, party in enumerate(parties):
            if number not in chosen and any(_is_of(context, body, party) for body in bodies):
                chosen[number] = person
                break
    for person, _ in people:
        # 书院校长, 区长: no name of a body, but a word that one side alone goes by.
        if person in chosen.values():
            continue
        fits = [n for n, party in enumerate(parties) if _is_called(context, person, party)]
        if len(fits) == 1 and fits[0] not in chosen:
            chosen[fits[0]] = person
    if is_first and not chosen and len(people) == len(parties):
        chosen = {number: person for number, (person, _) in enumerate(people)}
    left = [n for n in range(len(parties)) if n not in chosen]
    rest = [person for person, _ in people if person not in chosen.values()]
    if chosen and len(left) == len(rest) == 1:
        chosen[left[0]] = rest[0]
    return [replace(p, signatory=chosen.get(n, p.signatory)) for n, p in enumerate(parties)]


def _is_called(context: ArticleContext, person: Mention, party: Party) -> bool:
    """Whether the title in front of a person holds the last word of a party, or is that of its head."""
    name = party.mention.text if party.mention else context.text[party.start : party.end]
    title = _CLAUSE.split(context.text[max(0, person.start - _TITLE_CHARS) : person.start])[-1]
    head = _HEAD.search(title)
    is_firms = _OF_FIRM.match(title) and _IS_FIRM.search(name)
    return name[-_BOTH:] in title or bool(is_firms or (head and _OF_HEAD[head["of"]].search(name)))


def _hosts(
    context: ArticleContext, parties: Sequence[Party], people: Sequence[tuple[Mention, list[Mention]]]
) -> list[Party]:
    """The office whose head signs with an investor that alone was named: it takes the works in."""
    if len(people) != _BOTH or [p.role for p in parties] != ["investor"]:
        return []
    hosts = [
        Party(body.start, body.end, body, "host", person)
        for person, bodies in people
        for body in bodies[-1:]
        if all(p.signatory != person for p in parties)
    ]
    return [p for p in hosts if SideReader.is_public(context, p)]


def _is_of(context: ArticleContext, body: Mention, party: Party) -> bool:
    """Whether a body is the party, a short name of it, or a body of the same place."""
    name = party.mention.text if party.mention else context.text[party.start : party.end]
    # 楚雄州 of 楚雄彝族自治州
    is_short = len(body.text) >= (_AREA_CHARS if body.entity_type == "place" else _NAME_CHARS)
    if body.text in name or name in body.text or (is_short and is_short_of(body.text, name)):
        return True
    places = [
        m.text
        for m in context.nested_from(party.start, party.end)
        if m.entity_type == "place" and m.subtype not in _WIDE
    ]
    return any(body.text.startswith(place.rstrip("省市县区州旗")) for place in places)
