"""Firms by their full names, and who sets them up: 甲公司先后在某地创建乙公司、丙公司."""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.bodies import FIRM
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import is_within
from transforms.extract.gated import DEALS

# What sets up the firm whose name stands right behind it.
_SETS_UP = DEALS.compile(
    "(?:(?:独资|全资|投资|注册)?(?:成立|设立|创建|创办|开办|兴办)|注册|[办建]起)了?(?:(?:全资|控股)?子公司)?(?:——)?(?=[^，。；、了]{5})"
)
_NOT_ALONE = re.compile("共同|联合|合资|合作|合伙|一[起同道块]|[与和同跟及由]|各")
# 张三和另外六家合股成立, 两人各出一半
_JOINTLY_BY = re.compile(
    "合[股资伙]|各出|各[占持]|共同出资|一[起同道块]|另外?[0-9一二三四五六七八九十几]+[家位人]"
)
_OF_PERSON = re.compile(r"的?(?:老板|董事长|总经理|经理|厂长|负责人|创始人|社长|会长)")


class FirmKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def firms(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """甲公司先后在某地创建乙公司、丙公司: each firm by its full name, of the one who founds it."""
        text = context.text
        for verb in _SETS_UP.finditer(text, start, end):
            named = context.mentions_in(verb.end(), end, "organization")
            firms = [m for m in named if FIRM.search(m.text) or m.text.endswith("合作社")]
            if not firms or firms[0].start != verb.end() or context.is_inside(verb.start()):
                continue
            left = clause_start(context, start, verb.start())
            ahead = context.without_names(left, verb.start())
            stage = self._stages.read("operating", ahead, "")
            bodies = context.mentions_in(left, verb.start(), "organization")
            parent = bodies[0] if bodies else self._topic.own(context, left, verb.start())
            # 此后公司改造了两条线，又于2019年在某地注册成立某公司
            parent = parent or self._topic.own(context, start, left)
            people = context.mentions_in(start, verb.start(), "person")
            if parent is None and people and context.money_in(start, end):
                # 张三回乡投资600万元，成立了某公司
                parent = people[-1]
            is_joint = len(bodies) > 1 or _NOT_ALONE.search(text, left, verb.end())
            if is_joint and (people or len(bodies) > 1) and not self._words["hopes"].search(ahead):
                # 张三与甲公司各出200万元办起了乙公司; bodies alone are read by `jointly` first.
                return self._of_several(context, start, left, verb, firms[0], stage)
            if parent is None or is_joint or self._words["hopes"].search(ahead):
                continue
            joined = [text[a.end : b.start] in {"、", "和"} for a, b in pairwise(firms)]
            listed = firms[: [*joined, False].index(False) + 1]
            return [
                Candidate(
                    min(left, m.start),
                    m.end,
                    verb.span(),
                    stage=stage,
                    hint="institution",
                    title=(m.start, m.end),
                    parties=[Party.of(parent, "investor")],
                    is_each=len(listed) > 1,
                )
                for m in listed
            ]
        return []

    @staticmethod
    def _of_several(
        context: ArticleContext, start: int, left: int, verb: re.Match[str], firm: Mention, stage: str
    ) -> list[Candidate]:
        """A firm that several set up, each with a share; who has a title counts, not his employer."""
        named = context.mentions_in(start, verb.start(), "person", "organization")
        sides = [m for m in named if not _OF_PERSON.match(context.text, m.end)]
        is_by_all = _JOINTLY_BY.search(context.text, left, verb.end()) is not None
        if not is_by_all or is_within(firm, sides[-1]):
            return []
        parties = [Party.of(m, "partner") for m in {m.text: m for m in sides}.values()]
        return [
            Candidate(
                left,
                firm.end,
                verb.span(),
                stage=stage,
                hint="joint_venture",
                title=(firm.start, firm.end),
                parties=[*parties, Party.of(firm, "target")],
            )
        ]
