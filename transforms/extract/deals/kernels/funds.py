"""Funds that are set up, with their sums.

某产业基金正式启动，规模20亿元; 由甲与乙发起设立的某合伙企业; 设立规模5亿元的某基金
"""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_NAME = r"(?P<name>[^，。；：、的了“”]{3,28}?(?:基金|合伙企业))[”\"]?"
_FUND = DEALS.compile(
    # 某基金在某园正式启动, 某基金近日完成备案
    rf"{_NAME}(?:[（(][^（）()]{{1,12}}[)）])?"
    r"(?:在[^，。；]{2,16}?|日前|近日|[本上去今前][年月周]底?|年[初底]|[0-9年月日]|[今昨][天日]|现已|已|正式|成功|顺利)*"
    r"(?P<starts>揭牌成立|揭牌|启动运营|启动|设立|成立|组建|签约落地|签约|落地"
    r"|完成了?(?:工商)?(?:备案|注册|登记|募集|签约))(?!后|以来|的|仪式|大会)"
    # 由甲与乙联合发起设立的某合伙企业
    r"|由(?P<who>[^，。；]{4,60}?)(?:共同|联合)*(?:出资|发起)*(?:设立|组建|成立|出资|发起)的"
    rf"{_NAME.replace('<name>', '<named>')}"
    # 设立规模为5亿元的某基金
    r"|(?:发起(?:设立|组建|成立)?|设立|组建|成立|筹[备建组设]|募集|(?<=拟)设)了?(?:一[只支])?(?:总?规模|首期|总额)*(?:为|达|约|超)*"
    r"[0-9.]+[万亿]+元的?"
    rf"{_NAME.replace('<name>', '<what>')}"
)
# 凑了一支2亿元的基金，由某公司做管理人: nobody says who pays, and who runs it is told.
_POOLED = DEALS.compile(
    r"(?:凑|集|筹|募|设|成立|组建|拿)(?:资|集|立)?(?:成立|设立|组建|起|出|了)*了?(?P<title>(?:一?[支只个])?[0-9.]+[万亿]+元的[^，。；：、的]{0,12}?基金)[，,](?:交?由)?(?P<who>[^，。；]{2,30}?)(?:来|做|当|任|担任|作为|负责|统一)*(?P<runs>管理|运营|打理)"
)
_PAYS_SUM = re.compile(r"(?:出资|投资|投入|认购|领投)[^，。；]{0,6}?[0-9.]+[千万亿]*(?:美|欧|港|日)?元")
_BY = re.compile(
    r"由(?P<who>[^，。；]{3,60}?)(?:共同|联合)*(?:出资|发起|组建|设立|管理|运营|担任|作为)(?!有限|集团|公司|中心)"
)
_OTHER = re.compile("慈善|救助|公益|助学|奖学|教育基金|公积|社保|养老|医保|维修|专项资金|母婴")
_TO_COME = re.compile("筹[备建组设]|募集")
_JOINT = re.compile("(?:则|也|还|将|日前|近日)*(?:、|和|与|及|同|联合|联手|携手|会同)")
_SIGNED = frozenset({"签约", "签约落地", "完成签约", "完成了签约"})


class FundKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def set_up(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A fund with its sum, who set it up or runs it."""
        text = context.text
        for found in _FUND.finditer(text, start, end):
            group = next(g for g in ("name", "named", "what") if found[g])
            title = self._names.own(text, self._parties.trim(context, *found.span(group)))
            sentence = context.sentences[context.sentence_at(found.start())]
            if _OTHER.search(found[group]) or not context.money_in(*sentence):
                continue
            if self._names.nouns.is_generic(text[slice(*title)]):
                continue
            left, sides = clause_start(context, start, found.start()), []
            if group == "what":
                bodies = context.mentions_in(left, found.start(), "organization", "place")
                joined = [b for a, b in pairwise(bodies) if _JOINT.fullmatch(text, a.end, b.start)]
                sides = [Party.of(m, "investor") for m in [*bodies[:1], *joined]]
            if group != "what" or not sides:
                by = found if found["who"] else _BY.search(text, title[1], sentence[1])
                sides = self._parties.coordination(context, *by.span("who"), "investor") if by else []
                sides = [p for p in sides if p.mention]
            if group == "what" and not sides:
                # 某集团总裁张三表示，将牵头组建20亿元的某基金
                told = self._topic.own(context, left, found.start()) or self._topic.teller(context, left)
                sides = [Party.of(told, "investor")] if told else []
            if group == "what" and not sides:
                continue
            base = (
                "proposed"
                if _TO_COME.match(found[0])
                else "signed"
                if found["starts"] in _SIGNED
                else "operating"
                if found["who"]
                else "unveiled"
            )
            ahead = context.without_names(left, found.start(group) if group != "what" else title[0])
            return Candidate(
                left,
                max(found.end(), clause_end(text, found.end(), end)),
                (found.end() - 1, found.end()),
                stage=self._stages.read(base, ahead, ""),
                base=base,
                hint="equity_investment",
                title=title,
                parties=sides,
                confidence=0.7,
            )
        return self._pooled(context, start, end)

    def _pooled(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        found = _POOLED.search(context.text, start, end)
        runs = self._sides.named(context, *found.span("who"), "operator") if found else None
        if found is None or runs is None or runs.mention is None or _OTHER.search(found["title"]):
            return None
        left = clause_start(context, start, found.start())
        return Candidate(
            left,
            clause_end(context.text, found.end(), end),
            found.span("title"),
            stage=self._stages.read("operating", context.without_names(left, found.start()), ""),
            base="operating",
            hint="institution",
            title=found.span("title"),
            parties=[runs],
            confidence=0.6,
        )


def payers(parties: list[Party]) -> set[str]:
    """Names of those who invest."""
    return {p.mention.text for p in parties if p.role == "investor" and p.mention}


def of_round(context: ArticleContext, start: int, left: int, parties: list[Party]) -> list[Party]:
    """甲出资2亿元，乙跟投1亿元: who pays in the clauses before is of the round too."""
    bodies = context.mentions_in(start, left, "organization")
    ahead = [Party.of(m, "investor") for m in bodies if _PAYS_SUM.match(context.text, m.end, left)]
    return [*(p for p in ahead if not payers([p]) <= payers(parties)), *parties]
