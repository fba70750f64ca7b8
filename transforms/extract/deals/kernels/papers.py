"""Papers told without who signs them, each by the two that open it, and bodies that join hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import MAX_CUES, clause_around, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.places_chain import TWO, are_pair
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# What stands between two sides, the country in front of the second one aside.
_JOINT = re.compile(r"\s*(?:[与和同跟]\s*[\u4e00-\u9fff]{0,6}|[—－-]{1,2}|[/／+＋→&])")
_MARKS = "—- \u3000\n0123456789.、．)）（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩◆●▲■★☆□○△▶▷◎：:包括分别是为有"
_OPENS = "的《“：:"
_UNDONE = re.compile("未|没|不|待|将|拟|何时|能否|争取|希望|计划|有望|准备|洽谈|商谈|磋商|协商|谈判")
# In front of 签署《某协议》: plans, and sides that other rules did not read.
_SOMEBODY = re.compile(f"{_UNDONE.pattern}|[与和同跟]|公司|双方")
# What goes on behind the two: the clause ends, or they do something together, which is no show.
_DOES = re.compile(
    r"$|(?:日前|近日|将|共同|联合|合作|一起|携手|正式|成功|开[展通发设拓]|启动|打造|共建|建设|推[出进]|研发|攻关|成立|组建|培养|为|在|面向|深耕|布局|探索|运营|拓展|创建|兴办|发展|种植|上线|实施|试水|进军)"
)
_SHOW = re.compile(r"活动|仪式|大赛|比赛|论坛|晚会|讲座|义诊|慰问|演出|[赛展节会]$")
_TOGETHER = re.compile(
    r"[，,]?(?:双方|两家|校企)?(?:将|拟|计划)?(?P<title>(?:共同|联合|合作|携手|共建)[^，。；]{2,30})"
)


_NAMED = ("协议", "协议书", "合同", "备忘录", "意向书", "合作协定", "框架协定")


class PaperKernels(KernelReader):
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        papers = any_of(words["papers"])
        self._joins = DEALS.compile(f"(?:{any_of(words['joins_hands'])})了?")
        self._item = re.compile(rf'[^、，。；：]{{0,40}}?(?:{papers})(?:协议书?|合同|文本)?(?=[》”"]?)')
        self._booked = DEALS.compile(
            rf"[与和][^，。；《》\n]{{2,40}}《(?P<title>[^《》\n]{{2,80}})》(?:[^，。；《》\n]{{0,8}}?(?:{papers})|签[字约署订])"
        )
        named = rf"[^《》\n]{{2,60}}?(?:{any_of(_NAMED)})"
        self._titled = DEALS.compile(
            rf"(?P<cue>签[署订下])了?《(?P<ahead>{named})》|《(?P<behind>{named})》(?:昨[日天]|今[日天]|日前|近日|正式|成功|顺利|现场|在[^，。；]{{2,16}})*(?P<then>签[署订约])(?!\w)"
        )
        # 甲与乙的协议、丙与丁的协议等在某地签署
        self._then = DEALS.compile(
            rf"(?:{papers})[》”\"）)]*(?:文本)?(?P<gap>[^，。；]{{0,24}}?)(?P<verb>签[署订约成下妥定]|生效|出炉|落定|续签)(?!\w)"
        )

    def named(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """甲与乙《X》共建协议: the verb stands only once in front of the list."""
        found = []
        for paper in islice(self._booked.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, paper.start())
            sides = self._parties.coordination(context, left, paper.start("title") - 1)
            if len(sides) > 1:
                cue = (paper.end("title") + 1, paper.end())
                candidate = self._candidate(context, left, paper.end(), cue, "cooperation_agreement", sides)
                candidate.title = paper.span("title")
                found.append(candidate)
        return found

    def titled(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """会上签署了《鲁港某协议》: nobody is told but those that its name begins with."""
        text = context.text
        paper = self._titled.search(text, start, end)
        left = clause_start(context, start, paper.start()) if paper else start
        if (
            paper is None
            or _SOMEBODY.search(text, left, paper.start())
            or context.mentions_in(left, paper.start())
        ):
            return None
        title = paper.span("ahead" if paper["ahead"] else "behind")
        sides = [
            Party.of(m)
            for pair in pairwise(context.mentions_in(*title, "organization", "place"))
            if pair[0].start == title[0] and _are_two(text, *pair)
            for m in pair
        ]
        cue = paper.span("cue" if paper["cue"] else "then")
        found = self._candidate(context, left, paper.end(), cue, "cooperation_agreement", sides)
        found.title = title
        return found

    def listed(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """甲与乙的协议、丙与丁的协议等在某地签署: each paper with the two sides that open it."""
        then = self._then.search(context.text, start, end)
        if then is None or _UNDONE.search(then["gap"]):
            return []
        found = [
            *self._papers(context, clause_start(context, start, then.start()), then.end(), then.span("verb"))
        ]
        for candidate in found:
            # Papers of one list are many, however alike their names are.
            candidate.is_each = len(found) > 1
        return found

    def of_item(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """甲与乙共建某实验室合作协议: an item of a list that was signed, without a verb."""
        found = self._papers(context, start, end, None)
        return [c for c in found if not context.text[start : c.start].strip(_MARKS)]

    def _papers(
        self, context: ArticleContext, start: int, end: int, verb: tuple[int, int] | None
    ) -> Iterator[Candidate]:
        """Two bodies joined by 与 and the paper that is theirs, of each item of a list."""
        text = context.text
        names = context.mentions_in(start, end, "organization", "place")
        # 乌兹别克斯坦撒马尔罕市: the last of a chain of places is the side.
        names = [
            m
            for n, m in enumerate(names)
            if n + 1 == len(names) or names[n + 1].start > m.end or are_pair(text, m, names[n + 1])
        ]
        for first, second in pairwise(names):
            # 川渝两地合作协议
            both = TWO.match(text, second.end)
            begin = both.end() if both else second.end
            begin += text[begin : begin + 1] in _OPENS
            paper = self._item.match(text, begin, end)
            if paper and _are_two(text, first, second):
                sides = [Party.of(first), Party.of(second)]
                kind, parties = self._kinds.of_paper(
                    context, paper.span(), clause_end(text, paper.end(), end), sides
                )
                yield self._told(
                    context, first, paper.end(), verb or paper.span(), kind, parties, paper.span()
                )

    def joined(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲牵手乙，共同培养…: the other side stands right behind the verb."""
        text = context.text
        for found in islice(self._joins.finditer(text, start, end), MAX_CUES):
            left, right = clause_around(context, start, end, found)
            other = next(iter(context.mentions_in(found.end(), right, "organization")), None)
            if other is None or context.is_inside(found.start()):
                continue
            gap = context.without_names(found.end(), other.start).replace("来自", "").strip(" 的")
            behind = text[other.end : right]
            if (
                gap
                or not _DOES.match(behind)
                or _SHOW.search(behind)
                or self._is_no_deal(context, left, right)
            ):
                continue
            ahead = context.mentions_in(left, found.start(), "organization", "person", "place")
            actor = ahead[-1] if ahead else self._topic.acting(context, left, other)
            if actor is None or actor.entity_type != "organization":
                continue
            what = _TOGETHER.match(text, other.end, end)
            title = what.span("title") if what else None
            parties = [Party.of(actor), Party.of(other)]
            return self._told(context, actor, right, found.span(), "cooperation_agreement", parties, title)
        return None

    def _told(
        self,
        context: ArticleContext,
        first: Mention,
        end: int,
        cue: tuple[int, int],
        kind: str,
        parties: list[Party],
        title: tuple[int, int] | None,
    ) -> Candidate:
        candidate = self._candidate(context, first.start, end, cue, kind, parties)
        candidate.title = title
        return candidate


def _are_two(text: str, first: Mention, second: Mention) -> bool:
    """Whether a paper is of two: 甲与乙, 甲—乙, 鲁港."""
    return _JOINT.fullmatch(text, first.end, second.start) is not None or are_pair(text, first, second)
