"""Small houses that a couple, brothers or one person open with their own money, by their kernel."""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.clauses import clause_start, skip_article
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

# 夫妻俩凑了480万元办起某维修公司; 拿出积蓄，在镇上开起一家榨油坊
_OPENS = DEALS.compile(
    r"(?:凑了?|凑出|凑足|攒了?|筹了?|筹集|借了?|贷了?|贷款|拿出|掏出|掏了?|投了?|投入|投资|出资|砸下|花了?)[^，。；]{0,10}?(?:[0-9一二三四五六七八九十百]+[余多]?万[余多]?元?|积蓄|家底|存款|贷款)"
    r"[^，。；]{0,6}?[，,]?(?:[在回到][^，。；]{2,14}?)?(?:又|便|就|自己|一起|合伙|独资)*"
    r"(?P<verb>(?:办|开|建|盖)(?:起|成|了)来?了?|创办|开办|兴办|注册|成立)了?(?P<what>[^，。；]{3,24})"
)
_TWO = re.compile(
    "夫妻俩|夫妇俩|夫妻二人|夫妇二人|两口子|[兄姐][弟妹]俩|父子俩|父女俩|母子俩|母女俩|两兄弟|两姐妹|(?<![这那])两人|二人"
)
_KIN = re.compile(
    r"(?:和|与|同|跟|、)(?:其|他的?|她的?)?(?:妻子|丈夫|爱人|老伴|哥哥|弟弟|姐姐|妹妹|儿子|女儿|父亲|堂弟|堂哥|表弟|表哥|同乡|老乡|战友|同学|伙伴)?"
)
_HOUSE = re.compile("(?:公司|厂|店|坊|社|场|馆|园|院|站|民宿|车间|合作社|工作室|农庄|酒楼|饭店)$")
_WISH = re.compile("想|打算|计划|准备|希望|如果|没有?|未|拟|要(?!强)")


class CoupleKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def opened(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm, a plant or a shop that people open with money of their own."""
        text, found = context.text, _OPENS.search(context.text, start, end)
        if found is None or context.is_inside(found.start("verb")):
            return None
        what = found.span("what")
        named = next((m for m in context.mentions_in(*what, "organization") if _HOUSE.search(m.text)), None)
        if named is None and not _HOUSE.search(text, *what):
            return None
        left = clause_start(context, start, found.start())
        if context.mentions_in(start, found.start(), "organization") or _WISH.search(
            text, left, found.start()
        ):
            return None
        people = self._people(context, start, found.start())
        if not people or OFFICE.search(text, *what):
            return None
        title = (named.start, named.end) if named else (skip_article(text, what[0]), what[1])
        parties = [Party.of(m, "investor") for m in people]
        return Candidate(
            left,
            title[1],
            found.span("verb"),
            stage="operating",
            hint="project",
            title=title,
            parties=[*parties, *([Party.of(named, "target")] if named else [])],
        )

    @staticmethod
    def _people(context: ArticleContext, start: int, stop: int) -> list[Mention]:
        """Who 夫妻俩 are: two names that 和 joins, here or before; else who is named here."""
        here = context.mentions_in(start, stop, "person")
        pair = last_match(_TWO, context.text, start, stop)
        if pair is None:
            return here[-1:]
        floor = context.paragraph(start)[0]
        ahead = context.mentions_in(floor, pair.start(), "person")
        for one, other in reversed(list(pairwise(ahead))):
            if one.text != other.text and _KIN.fullmatch(context.text, one.end, other.start):
                return [one, other]
        return ahead[-1:]
