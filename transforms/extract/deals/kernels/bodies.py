"""A body of its own as a deal: what kind it is, and how far."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.kinds import LABORATORY
from transforms.extract.deals.kernels.names import joint_verbs
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_NO_NAME = re.compile(r"^(?:[了的和与为在将被把]|一批|多个|本|该|其|这|那|各|首批)|[是了]|仪式")
FIRM = re.compile("(?<!分)公司$")
WITH = re.compile("[与和同跟]")
PLATES = re.compile("[牌揭幕]|成立|诞生|红绸")
# A firm that gets its plate is new; on an exchange it is listed (挂牌).
_NEW_FIRM = re.compile("揭|成立|诞生")
_AT_WORK = re.compile("[接开]诊|启用|运[营行]|投用|投入使用|迎来|开[业张门]|落成|营业")
_SIGNING = re.compile("签[约订署下]")
_TOLD = re.compile("了|的|起")
_SIGNED = re.compile(r"签|协议|约定|商定|敲定|谈定|达成")
FUND = re.compile("基金$")
# What is to be built has owners; what has its plate is a body.
_BUILT = re.compile("(?:基地|园区?|厂)$")
# 共建的某研究院，因经费没有落实，一直没能挂牌
_NOT_DONE = re.compile(
    r"[，,]?(?:[^，。；]{2,24}[，,])?(?:目前|至今|但|却|一直|仍然?|还|迟迟|始终)*(?:没有?能?|未能?|尚未|并未)(?:正式)?"
    r"(?:挂牌|揭牌|成立|运行|运营|开工|动工|落地|启用|投用|建成|启动|开张|开业)"
)


class BodyReader(KernelReader):
    """Makes a deal of the name of a body, a word that tells of it and its sides."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        self._joint = DEALS.compile(f"(?:{any_of([*joint_verbs(words), *words['kernels']['jointly']])})")
        opened = any_of([*words["unveils"], *words["opens"], *words["kernels"]["opened"]])
        self._opened = DEALS.compile(
            f'(?:迎来首[届批]|{opened})(?!大会|活动|以来|[前后]|近?(?:[0-9一二两三四五六七八九十]+多?(?:周?年|个多?月)|半年)多?(?:以?来|间|里)|[0-9一二三四五六七八九十百]+周年|(?:成立)?(?:了?[“"]|了(?=[^，。；]{{3}}))|(?<=成立)于[12][0-9]{{3}}年)'
        )

    def _body(
        self,
        context: ArticleContext,
        item: tuple[int, int],
        cue: tuple[int, int],
        title: tuple[int, int],
        parties: list[Party],
        *,
        is_joint: bool = False,
    ) -> Candidate | None:
        text, words = context.text, context.text[slice(*title)]
        if (
            _NO_NAME.search(words)
            or (FIRM.search(words) and not (is_joint or _NEW_FIRM.search(text, *cue)))
            or self._names.nouns.is_generic(words)
        ):
            return None
        left = clause_start(context, item[0], cue[0])
        at_work = _AT_WORK.search(text, *cue) and not PLATES.search(text, *cue)
        # 达成合作，共同运营某项目: what is agreed on.
        is_agreed = _SIGNED.search(text, item[0], cue[0])
        base = "operating" if at_work and not is_agreed else "unveiled"
        opens = self._opened.search(text, title[1], item[1]) if title[0] >= cue[1] else None
        if opens and _AT_WORK.search(opens[0]) and not unfilled(context, title[1], opens.start()):
            base = "operating"
        stage = self._stages.read(base, context.without_names(left, cue[0]), text[cue[1] : cue[1] + 12])
        if any(self._words[kind].search(text, cue[1], item[1]) for kind in ("ends", "gives_up")):
            stage = "ended"
        elif _NOT_DONE.match(text, title[1], item[1]) or text.startswith("筹", cue[0]):
            stage = "proposed"
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
            min(left, title[0]),
            max(cue[1], title[1]),
            cue,
            stage=stage,
            base=base,
            left=left,
            hint=_kind(words, stage),
            title=title,
            parties=parties,
        )

    @staticmethod
    def _is_signed(context: ArticleContext, item: tuple[int, int], cue: tuple[int, int]) -> bool:
        """Whether an item tells of a paper, or is one of those of a sentence that were signed."""
        if _SIGNED.search(context.text, *item):
            return True
        sentence = context.sentences[context.sentence_at(cue[0])]
        is_told = _TOLD.match(context.text, cue[1])
        return not is_told and _SIGNING.search(context.text, *sentence) is not None


def unquoted(text: str, title: tuple[int, int]) -> tuple[int, int]:
    """A name without the marks around it."""
    return title[0] + (text[title[0]] in '“"《'), title[1] - (text[title[1] - 1] in '”"》')


def _kind(words: str, stage: str) -> str:
    """What is founded, by the end of its name; empty where its words decide."""
    if LABORATORY.search(words):
        return "joint_laboratory"
    if FUND.search(words):
        return "equity_investment"
    return "project" if stage != "unveiled" and _BUILT.search(words) else "institution"
