"""Who stands around a deed: in its clause, in a clause before it, or as the firm that the text is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.actors import ActorReader
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.signers import is_bare
from transforms.extract.deals.subjects import AGENCY, heads_clause
from transforms.extract.deals.topic import is_same, is_within
from transforms.extract.patterns import any_of

# 与某集团签订, 向某厂采购, 从某厂买的: who stands here is no subject.
_OBLIQUE = re.compile(r"[与和同跟向对给从为由被把将](?:[^，。；：]{0,12}的)?$")
# 县里的某厂, 新加坡的某超市: the name is what stands behind.
_OF = re.compile(
    r"(?:[^，。；：]{1,12}(?:的|一家(?:企业|公司|超市|药企|酒企)?))?[“\"]?(?P<name>[^，。；：的“”\"]{2,12})[”\"]?"
)
# Who is present or reports, and does no business.
OFFICE = re.compile("(?:局|厅|委|政府|委员会|管委会|海关|办公室|交易所)$")
_GOODS = re.compile("[一二两三四五六七八九十百千万几][艘台套架辆条座批笔份张吨年个]")
_WORKS = frozenset({"项目", "工程", "合同"})
_MARK, _AT = re.compile("[，。；：]"), frozenset("在于到")
# 公司董事长当场表示，要把某线迁来: who says it stands in the clause before.
_SAYS = re.compile(
    r"(?:当场|当即|随即|现场|明确|也|还|则|[0-9月日]|近日|日前|昨日)*(?:表示|表态|说|讲|称|透露|介绍|宣布|拍板|决定|公告|告诉[^，。；]{2,4})[，：,:][“\"]?$"
)
_OFFICER = re.compile("(?:经理|副总|董事长|厂长|场长|总裁|老板|负责人|创始人)$")
_LEGAL = re.compile(r"(?:股份|控股|集团|[（(][^（）()]*[)）]|有限|责任|公司|科技|实业|发展|投资|产业)+$")
_MAX_NEAR, _MIN_BARE, _MIN_TOLD, _PART, _SUM_CHARS = 2, 2, 3, 3, 16
_OTHER_SIDE = frozenset({"对方", "后者"})
_THIS_FUND = re.compile("(?:该|这只|这支|此)基金")
_SUBSIDIARY = re.compile("(?:子公司|孙公司)$")
_FUND = re.compile(
    r"(?:^|[，。；：的了、“])(?P<name>(?:(?!的|旗下)[\u4e00-\u9fff]){2,8}?(?:基金|资本|创投))(?=[^的、和与]{0,12}$)"
)
_ALONE = re.compile(
    r"[\s“]*(?P<name>[\u4e00-\u9fffA-Za-z]{2,8}?(?<!方))(?:公司)?(?:又|也|还|已|再|就|才|刚刚?|正|则|[0-9年月日]|以[^，。；]{2,14})*"
)


class DeedSides:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self.topic, self._parties = parties.topic, parties
        self.actors = ActorReader(lookups, parties)
        self._nobody = re.compile(f"(?:{any_of(lookups['deal_types']['kernels']['nobody'])})|^第|[年月日]$")

    def acting(
        self,
        context: ArticleContext,
        start: int,
        left: int,
        cue: int,
        role: str = "partner",
        but: Collection[Mention] = (),
    ) -> Party | None:
        """The body that does what a verb at `cue` says, in the clause that begins at `left`.

        Args:
            context: The article.
            start: Offset of the list item of the clause.
            left: Offset of the clause.
            cue: Offset of the verb.
            role: The role it gets.
            but: Who else is in it; a name of theirs is not meant.

        Returns:
            Who stands in front of the verb; else whom 我们 or 公司 means; else the subject of a clause of the
            item before; else the firm that the text is about.
        """

        def is_meant(body: Mention | None) -> bool:
            return body is not None and not any(is_within(body, other) for other in but)

        ahead = context.mentions_in(left, cue, "organization")
        ahead = [m for m in ahead if not OFFICE.search(m.text)]
        subjects = [m for m in ahead if not _OBLIQUE.search(context.text, left, m.start)]
        subjects = [m for m in subjects if is_meant(m)]
        near = subjects and not _MARK.search(context.text, subjects[-1].end, cue)
        # 在某厅见证下某公司与某厂签订: who stands right in front.
        body = subjects[-1 if near and cue - subjects[-1].end <= _MAX_NEAR else 0] if subjects else None
        if body is None and (bare := self.bare(context, left, cue, role)):
            return bare
        this = None if body else _THIS_FUND.search(context.text, left, cue)
        body = body or (self._fund_before(context, left) if this else self.topic.own(context, left, cue))
        if not is_meant(body):
            earlier = self.topic.subjects(context, start, left)
            body = next((m for m in earlier if m.entity_type == "organization" and is_meant(m)), None)
        if body is None:
            # 甲创投派人来看，决定投他600万元: who opens a clause before acts.
            opens = (
                m
                for m in reversed(context.mentions_in(start, left, "organization"))
                if heads_clause(context, start, m)
                and not (OFFICE.search(m.text) or m.text.endswith("办") or AGENCY.match(context.text, m.end))
            )
            body = next((m for m in opens if is_meant(m)), None)
        body = body or self._subsidiary(context, start, left) or self.firm(context, left, but)
        return Party.of(body, role) if body and is_meant(body) else None

    def firm(self, context: ArticleContext, position: int, but: Collection[Mention] = ()) -> Mention | None:
        """The firm that a position is about.

        Whose officer or source tells it; else that of the whole text, which names it more than twice as
        often as any other; else the nearest.
        """
        told = self.topic.teller(context, position)
        if told is not None and self.topic.is_firm(told) and not any(is_within(told, m) for m in but):
            return told
        firms = [m for m in context.mentions if m.entity_type == "organization" and self.topic.is_firm(m)]
        counts = {m.text: _times(context, m.text) for m in firms}
        first = next((m for m in firms if m.end <= position and counts[m.text] >= _MIN_TOLD), None)
        is_free = first and not any(
            is_within(first, m) or is_same(first, m) or _is_like(first.text, m.text) for m in but
        )
        if first is not None and is_free:
            rest = [n for name, n in counts.items() if not _is_like(first.text, name)]
            if all(counts[first.text] > 2 * n for n in rest):
                return first
        return self.topic.firm(context, position, but)

    def speaker(
        self, context: ArticleContext, start: int, left: int, *, is_person: bool = False
    ) -> Mention | None:
        """Who says in the clause before what a clause tells: a firm, that of an officer, or the officer."""
        says = _SAYS.search(context.text, start, left)
        if says is None:
            return None
        begin = clause_start(context, start, says.start())
        who = context.mentions_in(begin, says.start(), "organization", "person")
        if not who or who[-1].end != says.start():
            return None
        if who[-1].entity_type == "organization":
            return who[-1] if self.topic.is_house(who[-1]) else None
        body = self.topic.teller(context, left)
        if body is None and _OFFICER.search(context.text, begin, who[-1].start):
            # 某公司刚拿到投资，总经理张三说: of the firm that the sentence is about.
            body = self.topic.subject(context, start, begin, "organization") if begin > start else None
            body = body or self.topic.firm(context, left)
        return body if body and self.topic.is_house(body) else who[-1] if is_person else None

    @staticmethod
    def _subsidiary(context: ArticleContext, start: int, left: int) -> Mention | None:
        """通过全资子公司某某有限公司，花4亿元."""
        told = reversed(context.mentions_in(start, left, "organization"))
        return next((m for m in told if _SUBSIDIARY.search(context.text, start, m.start)), None)

    def bare(self, context: ArticleContext, left: int, cue: int, role: str) -> Party | None:
        """A name that was not recognised: 某某资本 in front of the verb, or all that the clause has there."""
        name = last_match(_FUND, context.text, max(0, left - 1), cue)
        begin, stop = self._parties.trim(context, left, cue)
        name = name or _ALONE.fullmatch(context.text, begin, stop)
        of = None if name else _OF.fullmatch(context.text, begin, stop)
        name = of if of and self.topic.ends_as_firm(of["name"]) else name
        if name is None or not self._is_name(name["name"]) or context.mentions_in(left, cue, "person"):
            return None
        longer = (m for m in context.mentions_in(left, cue, "organization") if m.start == name.start("name"))
        if whole := next((m for m in longer if m.end > name.end("name")), None):
            return Party.of(whole, role)  # 某某环保公司 is recognised, of which only 某某环保 was looked for.
        body = _full_name(context, name["name"])
        return Party(*name.span("name"), body, role) if body or len(name["name"]) > _MIN_BARE else None

    def payer(self, context: ArticleContext, start: int, stop: int) -> list[Party]:
        """Who invests a sum where the name was not recognised: all that stands in front of the verb."""
        left = clause_start(context, start, stop)
        bare = self.bare(context, left, stop, "investor")
        is_paid = context.money_in(stop, stop + _SUM_CHARS)
        return [bare] if bare and is_paid and is_bare(context, left, bare) else []

    def _is_name(self, words: str) -> bool:
        is_free = (
            "的" not in words
            and words[0] not in _AT
            and words not in _WORKS
            and not self._nobody.search(words)
            and not _GOODS.search(words)
        )
        return is_free and self.actors.names_firm(words)

    @staticmethod
    def _fund_before(context: ArticleContext, position: int) -> Mention | None:
        funds = [m for m in context.mentions_in(0, position, "organization") if m.text.endswith("基金")]
        return funds[-1] if funds else None

    def named(self, context: ArticleContext, start: int, end: int, role: str) -> Party | None:
        """The body of a place in a sentence where only a body can stand, recognised or not."""
        bodies = context.mentions_in(start, end, "organization")
        if bodies:
            return Party.of(bodies[-1], role)
        if context.text[start:end] in _OTHER_SIDE:
            # 将车间以2360万元转让给对方
            other = self.topic.own(context, start, end)
            return Party.of(other, role) if other else None
        of = _OF.fullmatch(context.text, start, end)
        if of is None or not self._is_name(of["name"]):
            told_as = self._parties.coordination(context, start, end, role)
            is_body = told_as and not (told_as[-1].mention and told_as[-1].mention.entity_type == "place")
            words = context.text[told_as[-1].start : told_as[-1].end] if told_as else ""
            return told_as[-1] if is_body and self.topic.ends_as_firm(words) else None
        return Party(*of.span("name"), _full_name(context, of["name"]), role)


def _full_name(context: ArticleContext, words: str) -> Mention | None:
    """The body of the text that the words are a part of the name of."""
    told = (m for m in context.mentions if m.entity_type == "organization" and words in m.text)
    return next(told, None)


def _parts(name: str) -> set[str]:
    """Every three characters of a name in a row, without what all firms are called."""
    core = _LEGAL.sub("", name)
    return {core[n : n + _PART] for n in range(len(core) - _PART + 1)}


def _times(context: ArticleContext, name: str) -> int:
    """How often a text names a firm, in short or in full."""
    return max(map(context.count, _parts(name)), default=0)


def _is_like(one: str, other: str) -> bool:
    """Whether two names may be of one firm."""
    return bool(_parts(one) & _parts(other))
