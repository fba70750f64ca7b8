"""Bodies that are founded, by their kernel: a noun and a word of the deed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.clauses import CLAUSE, clause_start, skip_article, unfilled
from transforms.extract.deals.founded import OPENS_WITH, FoundingRules, joint_verbs
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.topic import is_within
from transforms.extract.deals.works import bare
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of, patterns_of

# 某中心由甲与乙共建
_BUILT_BY = re.compile(r"(?P<name>[^，。；：由]{4,40}?)[”\"]?[，,]?(?:则|将)?由")
_OPENS_NAME = re.compile(r"(?:了|起|一[个家所座]|首[个家]|[“\"])*")
_OPENING_QUOTE = re.compile(r"[“\"《]")
_OF = re.compile("的")
_NO_NAME = re.compile(r"^(?:[了的和与为在将被把]|一批|多个|本|该|其|这|那|各|首批)|[是了]|仪式|公司$")
_WITH = re.compile("[与和同跟]")
# 甲和乙合作，在某镇成立某大院
_TEAMED = re.compile("(?:合作|联合|携手|联手|牵手)[，,]$")
_TWO = re.compile("[与、为]")
_LIST = re.compile("、|和|与|以及")
# 举行签约暨某工作站揭牌仪式; 某中心揭牌仪式在某地举行
_CEREMONY = re.compile("仪式")
_HELD = re.compile("(?:举行|举办|召开)了?(?:[^，。；]{2,20}暨)?")
_IS_HELD = re.compile("仪式(?:[^，。；]{0,20}(?:举行|举办)|[。；]|$)")
# 为“某种质资源圃”揭牌
_PLATE = re.compile(r"为[“\"](?P<name>[^“”\"，。；]{4,30})[”\"]$")
# 当天，某研究院也同步成立: news of a body without any name in its own.
_IS_NEWS = re.compile(
    r"(?:当天|当日|同日|会上|会后|现场|仪式上|活动中|开幕式上|昨|今)|[^，。；]*(?:宣[告布]|正式|同步|同时|当场|现场|注册)"
)
_SIGNING = re.compile("签[约订署下]")
_TOLD = re.compile("了|的|起")
_SIGNED = re.compile(r"签|协议|约定|商定|敲定|谈定|达成")
_LABORATORY = re.compile("实验室|联合(?:研究|研发|创新)中心")
_FUND = re.compile("基金$")
# What is to be built has owners; what has its plate is a body.
_BUILT = re.compile("(?:基地|园区?|厂)$")
# In whose name what is founded stands somewhere; offices of a state are no deals.
_AT = re.compile(r"(?:在|于)[^，。；在]{2,20}?$")
# 设一个“某实验室”，由甲与乙共建
_BY_OTHERS = re.compile(r"[，,]由[^，。；]{4,40}?(?:共建|合建|合办|共同|联合)")
_PLANS = re.compile("拟|将|有意|计划|准备|打算|还要|要")
_OFFICE = re.compile("委员会|小组|指挥部|工作组|专班")
_FOUNDERS = frozenset({"university", "school", "hospital", "research", "association", "bank", "company"})
_AHEAD = frozenset({"proposed", "negotiating", "signed"})
_MIN_NAME_CHARS, _MIN_BRANCH_CHARS, _MAX_SIDES = 6, 3, 3


class FoundedKernels:
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(
        self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader, founding: FoundingRules
    ) -> None:
        words = lookups["deal_types"]
        kernels = words["kernels"]
        self._topic, self._words = parties.topic, patterns_of(kernels)
        self._parties, self._stages, self._founding = parties, stages, founding
        heads = any_of(words["institutions"])
        opened = any_of([*words["unveils"], *words["opens"], *kernels["opened"]])
        self._at_work = frozenset(words["opens"])
        self._joint = DEALS.compile(f"(?:{any_of([*joint_verbs(words), *kernels['jointly']])})")
        self._object = re.compile(
            # 合办的某学院在某地成立: the name ends where it says where.
            rf"(?P<name>[^，。；：、]{{2,40}}?(?:{heads})(?=在[^线])|[^，。；：、]{{2,40}}(?:{heads}))"
        )
        self._found_alone = DEALS.compile("设立|成立|组建|建立|开设|创办|开办|设|开[了办]")
        self._found = DEALS.compile(f'(?:{any_of([*words["found"], "设", "办"])})(?=了|起|一[个家所座]|[“"])')
        founds = any_of(set(words["found"]) - {"打造", "建设", "发起"})
        # 甲联合乙组建某中心
        self._with_other = re.compile(
            rf"(?:联合|携手|联手|会同|牵手)(?P<other>[^，。；的]{{2,24}}?)(?:共同)?(?:{founds})(?![\u4e00-\u9fff]{{0,2}}[，。；])"
        )
        self._body_end = re.compile(f'(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?[”"》]?')
        self._opened = DEALS.compile(f'(?:{opened})(?!大会|活动|以来|[前后]|了?[“"]|成立了)')
        self._alone = re.compile(
            rf"(?P<who>[^，。；：]*?)(?P<how>(?:正式|注册|揭牌|挂牌|率先|首次|先后|已经?|去年|今年|又|还|也|便|就|刚刚?|[0-9年月日])*)"
            rf"(?P<verb>设立|成立|组建|建立|开设|创办|开办|设|开(?![区发工展]))(?P<done>了|起)?(?:全[国省市]首[个家]|一[个所家])?"
            rf"(?P<name>[“\"]?[^，。；：、“”\"]{{2,40}}?(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?[”\"]?)(?![\u4e00-\u9fff])"
        )

    def jointly(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two bodies, a word of founding together and what they found."""
        text = context.text
        verb = self._joint.search(text, start, end) or self._with_other.search(text, start, end)
        verb = verb or self._found.search(text, start, end)
        if verb is None or self._words["hopes"].search(text, start, end):
            return None
        left, floor, ceiling = clause_start(context, start, verb.start()), start, verb.start()
        is_joint = verb.re is not self._found.compiled or _TEAMED.search(text, start, left) is not None
        if verb.re is self._with_other:
            ceiling = verb.end("other")
        opens = _OPENS_NAME.match(text, skip_article(text, verb.end()), end)
        found = self._object.match(text, opens.end(), end) if opens else None
        if found is None:
            found = _BUILT_BY.match(text, left, verb.start())
            floor = found.end() if found else start
        if found is None:
            return None
        sides = self._sides(context, left, (floor, ceiling), is_joint=is_joint)
        both = len(sides) < 2 and self._parties.is_both(text[left : verb.start()])
        if (len(sides) < 2 and not both) or not (is_joint or both or _WITH.search(text, left, verb.start())):
            return None
        role = "investor" if _FUND.search(found["name"]) else "builder"
        builders = [replace(p, role=role) for p in sides]
        body = self._body(context, (start, end), verb.span(), found.span("name"), builders)
        if body and both:
            body.parties, body.takes_both = [], True
        return body

    def _sides(
        self, context: ArticleContext, left: int, within: tuple[int, int], *, is_joint: bool
    ) -> list[Party]:
        """Who founds: those that the clause joins, else the bodies in front and the firm told of."""
        begin = max(left, within[0])
        joined = self._parties.coordination(context, begin, within[1], is_anchored=False)
        if len(joined) > 1 and all(p.mention for p in joined):
            return joined
        named = context.mentions_in(*within, "organization")
        sides = [m for n, m in enumerate(named) if not any(is_within(m, o) for o in named[:n])][-_MAX_SIDES:]
        here = [m for m in sides if m.start >= begin]
        opens = bool(here) and OPENS_WITH.match(context.text, begin, here[0].start)
        if is_joint and (len(sides) == 1 or (len(here) == 1 and opens)):
            # 公司获得某基金的投资，又与某大学共建某实验室: who did it stands in an earlier clause.
            other = here[0] if here else sides[0]
            clause = clause_start(context, 0, other.start)
            actor = self._topic.acting(context, clause, other) or self._topic.firm(context, left, sides)
            sides = [actor, other] if actor else [other]
        return [Party.of(m) for m in sides]

    def opened(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Bodies with names of their own that get their plates or begin their work."""
        text = context.text
        for verb in self._opened.finditer(text, start, end):
            left = clause_start(context, start, verb.start())
            held = _HELD.search(text, left, verb.start()) if _CEREMONY.match(text, verb.end()) else None
            if _CEREMONY.match(text, verb.end()) and not (held or _IS_HELD.match(text, verb.end())):
                continue
            quoted = _PLATE.search(text, left, verb.start())
            for_whom = quoted or held
            sides = self._unveilers(context, left, for_whom.start()) if for_whom else []
            left = held.end() if held else left
            if quoted:
                body = self._body(context, (start, end), verb.span(), quoted.span("name"), sides)
                if body:
                    return [body]
            heads = self._body_end.finditer(text, left, verb.start())
            stops = [h.end() for h in heads if not unfilled(context, h.end(), verb.start())]
            # 甲中心、乙院三个平台揭牌: what counts them is no name.
            sure = (e for e in stops if not unfilled(context, e, verb.start(), slack=False))
            stop = next(sure, stops[-1]) if stops else left
            if not stops or _TWO.search(text, stop, verb.start()) or context.is_inside(verb.start()):
                continue
            title, parties = self._founding.attributes(context, left, stop)
            parties = parties or sides
            is_news = bool(_CEREMONY.match(text, verb.end()) or _IS_NEWS.match(text, start, verb.end()))
            parts = self._listed(text, title)
            bodies = [self._named(context, left, part, parties, is_news=is_news) for part in parts]
            found = [
                body
                for name in bodies
                if name and (body := self._body(context, (start, end), verb.span(), *name))
            ]
            if found:
                return found
        return []

    def _unveilers(self, context: ArticleContext, left: int, stop: int) -> list[Party]:
        """甲与乙在会上为“某园”揭牌: both, if they are bodies."""
        sides = self._parties.coordination(context, left, stop, "builder", is_anchored=False)
        is_two = len(sides) > 1 and all(p.mention and p.mention.entity_type == "organization" for p in sides)
        return sides if is_two else []

    def alone(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A school, firm, society or bank in front of a verb of founding, and what it founds somewhere."""
        text = context.text
        if not self._found_alone.search(text, start, end):
            return None
        for left, right in _clauses(text, start, end):
            found = self._alone.match(text, left, right)
            name = bare(text, found.span("name")) if found else (0, 0)
            if found is None or _OFFICE.search(text, *name):
                continue
            at = _AT.search(text, *found.span("who"))
            if name[1] - name[0] < (_MIN_BRANCH_CHARS if at else _MIN_NAME_CHARS):
                continue
            is_told = (
                found["done"] or found["how"].endswith("牌") or _PLANS.search(found["who"] + found["how"])
            )
            if not (at or is_told) or self._words["hopes"].search(text, left, right):
                continue
            stop = at.start() if at else found.end("who")
            actor = self._founder(context, left, stop)
            if actor is None and not _BY_OTHERS.match(text, right, end):
                continue
            places = context.mentions_in(at.start(), found.end("who"), "place", "organization") if at else []
            sides = [Party.of(m, "host") for m in places[-1:]]
            sides = [Party.of(actor, "builder"), *sides] if actor else []
            body = self._body(context, (start, end), found.span("verb"), name, sides)
            if body is not None:
                return body
        return None

    def _founder(self, context: ArticleContext, left: int, stop: int) -> Mention | None:
        """The body in front, with nothing but adverbs behind it, or whom 公司 or 总会 stands for."""
        named = context.mentions_in(left, stop, "organization")
        if named:
            is_near = not unfilled(context, named[-1].end, stop) or _PLANS.search(
                context.text, named[-1].end, stop
            )
            is_founder = named[-1].subtype in _FOUNDERS or self._topic.is_house(named[-1])
            return named[-1] if is_near and is_founder else None
        return self._topic.own(context, left, stop)

    def _listed(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲研究院、乙中心: each body of a list that names nothing else."""
        cuts = [title[0], *(m.end() for m in _LIST.finditer(text, *title)), title[1] + 1]
        parts = [(a, b - 1) for a, b in pairwise(cuts)]
        ends = [
            not _OF.search(text, a, b) and any(h.end() == b for h in self._body_end.finditer(text, a, b))
            for a, b in parts
        ]
        return parts if all(ends) and len(parts) > 1 else [title]

    @staticmethod
    def _named(
        context: ArticleContext, left: int, title: tuple[int, int], parties: list[Party], *, is_news: bool
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """The name of a body and who founds it; none where it is no name of its own."""
        text = context.text
        title = bare(text, title)
        quote = last_match(_OPENING_QUOTE, text, *title)
        if quote:
            title = (quote.end(), title[1] - (text[title[1] - 1] in '”"》'))
        elif of := last_match(_OF, text, *title):
            title = (of.end(), title[1])
        sides = parties or [
            Party.of(m, "builder") for m in context.mentions_in(left, title[0], "organization")
        ]
        is_own = quote or sides or is_news or context.mentions_in(left, title[1], "place", "organization")
        min_chars = _MIN_NAME_CHARS - (len(sides) > 1)
        is_name = title[1] - title[0] >= min_chars and not _TWO.search(text, *title)
        return (title, sides) if is_own and is_name else None

    def _body(
        self,
        context: ArticleContext,
        item: tuple[int, int],
        cue: tuple[int, int],
        title: tuple[int, int],
        parties: list[Party],
    ) -> Candidate | None:
        text, words = context.text, context.text[slice(*title)]
        if _NO_NAME.search(words) or self._founding.is_generic(words):
            return None
        left = clause_start(context, item[0], cue[0])
        base = "operating" if text[slice(*cue)] in self._at_work else "unveiled"
        stage = self._stages.read(base, context.without_names(left, cue[0]), text[cue[1] : cue[1] + 12])
        if self._words["ends"].search(text, cue[1], item[1]):
            stage = "ended"
        elif self._words["talks"].search(text, *item):
            stage = "negotiating"
        elif (
            stage == "unveiled"
            and not self._opened.search(text, *item)
            and self._is_signed(context, item, cue)
        ):
            stage = "signed"
        elif context.is_ahead(left, cue[0]):
            stage = "proposed"
        return Candidate(
            start=min(left, title[0]),
            end=max(cue[1], title[1]),
            cue=cue,
            base=base,
            stage=stage,
            left=left,
            rule="kernel",
            hint=_kind(words, stage),
            title=title,
            parties=parties,
            confidence=0.6,
        )

    @staticmethod
    def _is_signed(context: ArticleContext, item: tuple[int, int], cue: tuple[int, int]) -> bool:
        """Whether an item tells of a paper, or is one of those of a sentence that were signed."""
        if _SIGNED.search(context.text, *item):
            return True
        sentence = context.sentences[context.sentence_at(cue[0])]
        is_told = _TOLD.match(context.text, cue[1])
        return not is_told and _SIGNING.search(context.text, *sentence) is not None


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = [m.start() for m in CLAUSE.finditer(text, start, end)]
    yield from zip([start, *(m + 1 for m in marks)], [*marks, end], strict=True)


def _kind(words: str, stage: str) -> str:
    """What is founded, by the end of its name; empty where its words decide."""
    if _LABORATORY.search(words):
        return "joint_laboratory"
    if _FUND.search(words):
        return "equity_investment"
    return "project" if stage in _AHEAD and _BUILT.search(words) else "institution"
