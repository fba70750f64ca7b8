"""Lists of what was signed: 当天签约的五个项目是：…；…。 The head says what holds for each item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.kernels.items import ItemReader
from transforms.extract.deals.kernels.papers import PaperKernels
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.sides import SideReader
from transforms.extract.gated import DEALS
from transforms.extract.numerals import parse_number
from transforms.extract.patterns import any_of

_HEAD = DEALS.compile(
    r"(?P<verb>签约|签订|签署|引进|招引|开工|动工|奠基|竣工|投产)”?(?!仪式上)[^。；;：:“”\n]{0,40}?"
    r"(?:(?:项目|协议|合同|合作|备忘录|订单)[^。；;：:“”\n]{0,24}?[：:]|(?:项目|的)有(?![^：]{0,6}[0-9一二三四五六七八九十两])[：:]|项目有(?![^：]{0,6}[0-9一二三四五六七八九十两])|(?:包括|分别是|分别为)[：:]?)(?![“\"])"
)
# A line of its own above the items: 部分签约项目, 签约项目一览.
_LINE = DEALS.compile(
    r"(?m)^[ \u3000]*[^，。；：\n]{0,16}?(?P<verb>签约|签订|开工|竣工|投产)的?"
    r"(?:重点|重大|主要|部分|合作)*(?:项目|协议)(?:一览表?|名单|清单|简介|选登|摘登|展示)?"
    r"(?:[ \u3000]*[：:]?$|(?=[1①一][.、．)）]))"
)
# 六个项目签约，名单如下：
_BELOW = DEALS.compile(
    r"(?:名单|清单|项目|协议|具体|情况|内容)?如下[：:]|(?:名单|清单)[：:]|[^，。；：\n]{0,12}项目[：:]$"
)
_SIGNED_ABOVE = re.compile(r"(?P<verb>签约|签署|签订|签下|落笔|谈成)")
_SPEECH = re.compile(r"(?:说|表示|指出|称|道|介绍|认为|强调|透露)[：:]$")
_NUMBERED = re.compile(
    r"[ \u3000]*(?:[0-9]{1,2}[.、．)）]|[（(]?[一二三四五六七八九十]{1,2}[）)、]|[①-⑳◆●▲■★☆□○△▶▷◎◇]|——?|--?"
    r"|包括|分别是|分别为)"
)

# Where an item of a list may begin: 甲公司A项目、乙公司B项目.
_OPENS_ITEM = re.compile(
    r"(?:[、，：:；—-]|以及|及|和|[0-9一二三四五六七八九十][.、．)）]|包括|分别[是为]|^)\s*$"
)

# 集中开工的项目有三个：…: how far the items of a list are, if its head tells of works.
_STAGES = {
    **dict.fromkeys(["引进", "招引"], "landed"),
    **dict.fromkeys(["开工", "动工", "奠基"], "building"),
    "竣工": "operating",
    "投产": "operating",
}
# 当天签约的7个项目包括
_COUNTED = re.compile("(?P<count>[0-9一二两三四五六七八九十]{1,3})[个项]")
_LIST_ENDS = re.compile("，|等(?=[，。；]|$|[0-9]+[余多]?[个项])|[。；]")
_LOOK_BACK_CHARS, _SIGNED_BACK_CHARS = 400, 60


def _line(context: ArticleContext, start: int, end: int) -> re.Match[str] | None:
    """A head that is a line, or glued to its first item."""
    head = _LINE.match(context.text, start, end)
    return head if head and context.paragraph(start)[0] == start else None


def _below(context: ArticleContext, start: int, end: int) -> re.Match[str] | None:
    """A head that says that a list follows, of what the words in front of it signed."""
    head = _BELOW.search(context.text, start, end)
    left = max(0, start - _SIGNED_BACK_CHARS)
    return head if head and _SIGNED_ABOVE.search(context.text, left, head.start()) else None


def _stage(context: ArticleContext, start: int) -> str:
    """How far the items of a list are, by its head."""
    left = max(0, start - _LOOK_BACK_CHARS)
    head = last_match(_HEAD, context.text, left, start) or last_match(_LINE, context.text, left, start)
    return _STAGES.get(head["verb"], "signed") if head else "signed"


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


class ListRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(
        self, lookups: Mapping[str, Any], parties: PartyReader, papers: PaperKernels, items: ItemReader
    ) -> None:
        words = lookups["deal_types"]
        self._parties, self._papers, self._items = parties, papers, items
        self._paper = re.compile(f"(?:{any_of(words['papers'])})$")
        self._named = re.compile(
            rf"(?P<sides>[^，。；;：:《》\n]{{4,60}}?)的(?P<title>[^，。；;：:《》的\n]{{2,40}}?"
            rf"(?:{any_of([*words['papers'], *words['projects']])}))(?=[，。；;（(]|$)"
        )

        # 某县 某项目，投资方某公司; 某项目，由甲投资建设; 某项目，由甲与乙签约
        self._presented = re.compile(
            r"[ \u3000]*(?:(?P<host>[^，。；：、\n \u3000]{2,12})[ \u3000]+)?"
            rf"(?P<title>[^，。；：\n]{{3,40}}?(?:{any_of(words['projects'])})(?:[一二三四五六]期)?(?:项目)?)[，,]"
            r"(?:由(?P<by>[^，。；]{4,60}?)(?:增资|独资|合资|共同|联合|负责)*(?:投资|建设|实施|承建|签约|开发|打造)"
            r"|(?:投资|建设|引进|合作)(?:方|商|主体|单位|企业)(?:为|是|：|:)?(?P<side>[^，。；]{4,60}))"
        )
        self._thing = re.compile(
            r"[：:]?(?:拟?投资?[^，。；的]{1,12}元)?的?(?P<title>(?!等)[^，。；：、的“”]{3,30}?"
            rf"(?:{any_of(words['projects'])}))(?:[一二三四五六]期)?(?=[，。；、（(和与及]|等|$)"
        )

    def ranges(self, context: ArticleContext) -> list[tuple[int, int]]:
        """Where items of signed lists stand: behind the head, and the numbered sentences after it."""
        found = []
        for number, (start, end) in enumerate(context.sentences):
            head = _HEAD.search(context.text, start, end) or _line(context, start, end)
            head = head or _below(context, start, end)
            if head is None or _SPEECH.search(head[0]):
                continue
            stop = end
            for begin, until in context.sentences[number + 1 :]:
                # 1.某项目。总投资9亿元: what is told of an item stands in its paragraph.
                opens = context.paragraph(begin)[0] if head.re is _BELOW.compiled else begin
                if not _NUMBERED.match(context.text, opens, until):
                    break
                stop = until
            found.append((head.end(), stop))
        return found

    def _of_firms(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """某公司年产8万吨某项目，投资2亿元: an item of a firm and what it signed for, without a verb."""
        stage = _stage(context, start)
        found = []
        for firm in context.mentions_in(start, end, "organization"):
            thing = self._thing.match(context.text, firm.end, end)
            opens = firm.start == start or _OPENS_ITEM.search(context.text, start, firm.start)
            if thing is None or not opens:
                continue
            found.append(
                Candidate(
                    firm.start,
                    thing.end(),
                    thing.span("title"),
                    stage=stage,
                    hint="project",
                    title=thing.span("title"),
                    parties=[Party.of(firm, "investor")],
                    rule="signed_list",
                    confidence=0.8,
                )
            )
        for candidate in found:
            candidate.is_each = len(found) > 1
        return found

    def _of_works(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """某项目，由某公司投资: an item that begins with the works and names their sides behind it."""
        found = self._presented.match(context.text, start, end)
        if found is None:
            return None
        group = "by" if found["by"] else "side"
        sides = self._parties.coordination(context, *found.span(group))
        if not any(p.mention for p in sides):
            return None
        hosts = [
            Party.of(m, "host")
            for m in context.mentions_in(*found.span("host"), "place", "organization")
            if found["host"] and m.start == found.start("host")
        ]
        parties = [replace(p, role="host" if SideReader.is_public(context, p) else "investor") for p in sides]
        stage = _stage(context, start)
        return Candidate(
            start,
            found.end(),
            found.span("title"),
            stage=stage,
            hint="project",
            title=found.span("title"),
            parties=[*parties, *hosts[:1]],
            rule="signed_list",
            confidence=0.85,
        )

    def _of_nobody(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """分别为：某县某产业园项目；…: an item that is no more than the names of works."""
        text, sentence = context.text, context.sentences[context.sentence_at(start)][0]
        stops = _LIST_ENDS.search(text, start, end)
        stop = stops.start() if stops else end
        items = self._items.split(context, start, stop) if "、" in text[start:stop] else [(start, stop)]
        counted = _COUNTED.search(text, sentence, start)
        number = parse_number(counted["count"]) if counted else None
        is_whole = number is not None and len(items) == number.value
        if not is_whole and len(self._items.of_their_own(context, items)) < len(items):
            return []
        # 某公司有意收购某厂, 某县 某公司某项目: more than a name.
        is_one = len(items) == 1
        if is_one and (" " in text[start:stop] or self._items.named(context, *items[0])[1]):
            return []
        # The sum behind the last one is that of all if no other has its own.
        is_each = not is_one or "投资" not in text[max(sentence, start - _LOOK_BACK_CHARS) : start]
        return [
            Candidate(
                begin,
                stop,
                title,
                stage=_stage(context, start),
                hint="project",
                title=title,
                parties=whose,
                rule="signed_list",
                confidence=0.7,
                is_each=is_each,
            )
            for begin, stop in items
            for title, whose, _ in [self._items.named(context, begin, stop)]
        ]

    def read(
        self, context: ArticleContext, start: int, end: int, candidates: list[Candidate]
    ) -> list[Candidate]:
        """The candidates of one item of a signed list, signed where nothing else is said of them."""
        mark = _NUMBERED.match(context.text, start, end)
        presented = self._of_works(context, mark.end() if mark else start, end)
        if presented is not None:
            return [presented]
        is_paper = _stage(context, start) == "signed"
        for candidate in candidates:
            if is_paper and candidate.stage == "unknown":
                candidate.base = candidate.stage = "signed"
        firms = self._of_firms(context, start, end)
        works = [] if candidates else self._of_nobody(context, mark.end() if mark else start, end)
        if len(works) > max(1, len(firms)):
            return works
        told = [c for c in firms if not any(_overlap(c, k) for k in candidates)]
        if candidates or told:
            return [*candidates, *told]
        if works:
            return works
        if not is_paper:
            return []
        named = self._named.match(context.text, mark.end() if mark else start, end)
        parties = self._parties.coordination(context, *named.span("sides")) if named else []
        if named is None or len(parties) < 2 or not any(p.mention for p in parties):
            return self._papers.of_item(context, start, end)
        return [
            Candidate(
                named.start(),
                named.end(),
                named.span("title"),
                stage="signed",
                hint="cooperation_agreement" if self._paper.search(named["title"]) else "",
                title=named.span("title"),
                parties=parties,
                rule="signed_list",
                confidence=0.8,
            )
        ]
