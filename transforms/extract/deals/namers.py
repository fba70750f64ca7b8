"""Who founded a body, where the clause that unveils it does not say: its own name, or the words behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.topic import is_within
from transforms.extract.patterns import any_of

_BODIES = frozenset({"institution", "joint_laboratory"})
_BASES = frozenset({"unveiled", "operating", "landed"})
# 云岭大学东湾产业研究院, 东湾市驻云岭招商中心: whose body it is.
_OPENS = re.compile(
    r"(?![与和跟同由在])(?P<who>(?:协和|[^，。；：、“”\"—与和]){2,20}(?:大学(?![生城])|学院|学校|中学|小学|医院|集团|公司|科学院|[农林社]科院|研究院|研究所|协会|商会|联合会|银行|交大|科大|理工|师大|农大))"
    r"(?!附属|直属|第[一二三四五六七八九十])"
)
_SENT_TO = re.compile(r"(?P<who>[^，。；：、“”\"—与和驻]{2,12})驻(?=[^，。；]{4})")
_TWO = re.compile("[与和]|举行")
_MIN_REST = 3
# 该园由学校和某集团共建; 中心由甲与乙联合运营; 该基金由甲局主导，乙联合丙组建
_BY = re.compile(
    r"(?:[，,]|[。，；]?(?:该|这[家所个])?(?P<what>[\u4e00-\u9fff]{0,16}))由(?:[^，。；]{2,20}(?:主导|指导|引导)，)?(?=[^，。；]{2})"
)
_FOUNDS = re.compile(
    r"(?:各自?|分别|共同|联合|合作|携手|一起)*(?:共建|合建|共办|合办|联办|共管|创办|兴办|建设|组建|设立|发起|牵头|成立|打造|运营|管理|出资|投资)"
)
_CLAUSE = re.compile("[，。；]")
_MAX_BEHIND = 60


class NamerReader:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties = parties
        self._body_end = re.compile(
            f'(?:医院|{any_of(lookups["deal_types"]["institutions"])})(?:[（(][^（）()]{{1,12}}[)）])?[”"]?$'
        )

    def add(self, context: ArticleContext, found: list[Candidate], kinds: Sequence[str]) -> None:
        """Gives bodies that were founded or opened, and name fewer than two founders, those of the text.

        Args:
            context: The article.
            found: Its deals.
            kinds: The type of each.
        """
        starts = [c.start for c in found]
        for candidate, kind in zip(found, kinds, strict=True):
            if candidate.title is None or candidate.base not in _BASES or len(candidate.parties) > 1:
                continue
            is_fund = kind == "equity_investment" and context.text.endswith("基金", *candidate.title)
            is_body = kind in _BODIES and self._body_end.search(context.text, *candidate.title)
            if not (is_fund or is_body):
                continue
            stop = min([s for s in starts if s > candidate.start] + [context.paragraph(candidate.end)[1]])
            role = "investor" if is_fund else "builder"
            whose = [] if is_fund else self._in_name(context, candidate)
            for party in [*self._behind(context, candidate, stop, role), *whose]:
                if not any(_is_same(context, party, known) for known in candidate.parties):
                    candidate.parties.append(party)

    def _behind(self, context: ArticleContext, candidate: Candidate, stop: int, role: str) -> list[Party]:
        by = _BY.search(context.text, candidate.end, min(stop, candidate.end + _MAX_BEHIND * 2))
        if by is None or by.start() - candidate.end > _MAX_BEHIND:
            return []
        # 由某产业投资集团联合某公司发起: no verb within a name.
        verbs = _FOUNDS.finditer(context.text, by.end() + 2, min(stop, by.end() + _MAX_BEHIND))
        verb = next((v for v in verbs if not context.is_inside(v.end() - 1)), None)
        if verb is None or _CLAUSE.search(context.text, by.end(), verb.start()):
            return []
        assert candidate.title is not None
        title = context.text[slice(*candidate.title)].strip('”"')
        # 。大桥由乙建设: what another sentence tells of another thing.
        if by["what"] and not title.endswith(by["what"][-1]) and by["what"] not in title:
            return []
        sides = self._parties.coordination(context, by.end(), verb.start(), role)
        return [p for p in sides if p.mention is None or p.mention.entity_type != "person"]

    @staticmethod
    def _in_name(context: ArticleContext, candidate: Candidate) -> list[Party]:
        assert candidate.title is not None
        begin, end = candidate.title
        begin += context.text[begin] in '“"'
        inside = [m for m in (*context.mentions_in(begin, end), *context.nested) if m.start == begin]
        bodies = [m for m in inside if m.entity_type == "organization" and end - m.end >= _MIN_REST]
        if bodies and not _TWO.search(context.text, max(m.end for m in bodies), end):
            return [Party.of(max(bodies, key=lambda m: m.end), "builder")]
        for pattern in (_OPENS, _SENT_TO):
            opens = pattern.match(context.text, begin, end - _MIN_REST)
            if opens and not _TWO.search(context.text, opens.end(), end):
                who = opens.span("who")
                return [Party(*who, _named(context, *who), "builder")]
        return []


def _named(context: ArticleContext, start: int, end: int) -> Mention | None:
    """The name at a stretch, or the body that it is short for or is called so elsewhere."""
    names = [*context.mentions, *context.nested]
    words = context.text[start:end]
    own = next((m for m in names if (m.start, m.end) == (start, end)), None)
    return own or next((m for m in names if m.text == words), None)


def _is_same(context: ArticleContext, party: Party, known: Party) -> bool:
    if party.mention and known.mention:
        return is_within(party.mention, known.mention)
    one, other = context.text[party.start : party.end], context.text[known.start : known.end]
    return one in other or other in one
