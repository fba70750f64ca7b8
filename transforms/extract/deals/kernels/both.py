"""What 双方, 两地 or 两校 sign, settle or talk about; whom they stand for the sentences before tell."""

from __future__ import annotations

import re
from itertools import islice

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import CLAUSE, MAX_CUES, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing
from transforms.extract.deals.sides import INVESTMENT
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 两市商会签署了备忘录: two bodies of one name.
_TWO_BODIES = re.compile(
    r"两[市地县区州校国省岸](?!公司|企业)[\u4e00-\u9fff]{0,8}?(?:商会|协会|政府|学会|大学|医院|学校|法院|海关|港|局|委|部门|团体|联合会|机构|中心)"
)
# 张三、李四代表双方签署
_FOR_BOTH = re.compile(r"代表(?P<both>[^，。；]{2,10})$")
_GOES_ON = re.compile(r"(?:并|还|也|又|随后|当场|正式|现场|共同)+")
_SETTLES = frozenset({"商定", "约定", "议定", "说定", "敲定", "谈妥", "谈定", "达成一致"})
_TALKS = frozenset({"洽谈", "商谈", "磋商", "协商", "接洽", "会谈"})
# 商定，今年9月在某地设立某办公室: what they settle stands behind a comma, a day and a place.
_SETTLED = (
    r"了?[，,：:]?(?:双方|两家|今后|今明两年|年内|明年|今年|后年|[0-9年月日底前初起春夏秋冬]+|将|拟|于)*"
    r"(?:在[^，。；]{2,20}?)?[，,]?(?:将|拟)?"
)
# 就合资建设某库一事举行了首轮商谈
_ABOUT = re.compile(
    r"(?:就|围绕)(?:在[^，。；]{2,14}?)?(?P<what>[^，。；]{2,40}?)(?:一事|等?事宜|等?事项|问题)?"
    r"(?:继续|正|正在|还在|反复|多次|深入|进行|举行|展开|开展|了|过|首轮|多轮|初步|友好|的|[一二三四五两][轮次])*$"
)
_JOINTLY = re.compile(
    r"(?:合资|合作|共同|联合)?(?:共建|合建|合办|建设|设立|成立|组建|打造|缔结|互设|办)的?(?=[^，。；]{2,30})"
)
# 根据协议，双方将…: what the paper told before holds.
_UNDER = re.compile(
    r"(?:根据|按照?|依据|依照)[^，。；]{0,12}(?:协议|合同|约定|备忘录|方案)|协议(?:约定|明确|规定)"
)
_BY = re.compile("(?:根据|按照?|依据|依照)(?=[两三双四])")
# 收购意向书: the paper of a purchase that was told.
_SHARES = re.compile("收购|股权|股份(?!有限|公司|合作)|增资|转让|投资")
_DO = DEALS.compile(
    "互[派设认换通访](?!问)|(?:联合|合作|共同)(?:培养|举办|申报|开展|推广|编排|拍摄|出版)|(?<![以而])共享(?=[^，。；]{2})"
)
_OFFICE = re.compile("委员会|小组|指挥部|工作组|专班|机制")
_FOUNDS = re.compile("设立|成立|组建")
_MIN_THING_CHARS = 5


class BothKernels(KernelReader):
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        self._cue = DEALS.compile(
            rf"{any_of(_SETTLES)}|{any_of(_TALKS)}|(?:续?签|交换|互换|互致|达成)[订署约定下了过]*的?"
        )
        joint = any_of(words["kernels"]["both_do"])
        heads = any_of([*words["institutions"], *words["projects"]])
        self._object = re.compile(
            rf"{_SETTLED}(?P<verb>{joint})了?(?:一[个座家条所])?(?P<title>[“\"《]?[^，。；：]{{2,30}})"
        )
        self._head = re.compile(f'(?:{heads})[”"》]?$')

    def agreed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A clause whose subject is 双方 or the like, and a word of signing, settling or talking."""
        text = context.text
        for cue in islice(self._cue.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, cue.start())
            if context.is_inside(cue.start()) or not self._are_both(context, start, left, cue.start()):
                continue
            right = clause_end(text, cue.end(), end)
            words = context.without_names(left, right)
            if self._words["hopes"].search(words) or _UNDER.search(text, start, cue.start()):
                continue
            if cue[0] in _TALKS:
                found = self._talked(context, left, cue)
            elif cue[0] in _SETTLES:
                found = self._settled(context, left, cue, end)
            else:
                found = self._signed(context, left, cue, end)
            if found is None:
                continue
            two = _TWO_BODIES.search(text, left, cue.start())
            if two is not None:
                # 两市商会: two bodies of one name, whichever towns are meant.
                found.parties, found.takes_both = [Party(*two.span(), None)], False
            return found
        return None

    def listed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲大学与乙学院互派研修生, among the deals of a signing: what two do together, without a paper."""
        for found in islice(_DO.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            sides = self._parties.coordination(context, left, found.start())
            are_two = len(sides) > 1 and all(p.mention and p.mention.entity_type != "person" for p in sides)
            if are_two and not context.is_inside(found.start()) and is_at_signing(context, left, found.end()):
                right = clause_end(context.text, found.end(), end)
                return Candidate(
                    left, right, found.span(), stage="signed", hint="cooperation_agreement", parties=sides
                )
        return None

    def _are_both(self, context: ArticleContext, start: int, left: int, cue: int) -> bool:
        """双方签署, or 双方交换了意见，并签署."""
        text = context.text
        # 按照两县当天签的协议，甲县拿出三层楼
        under = _BY.match(text, left, cue)
        left = under.end() if under else left
        if self._parties.is_both(text[left:cue]):
            named = context.mentions_in(left, cue, "organization")
            return not named or "就" in text[left:cue] or bool(_TWO_BODIES.search(text, left, cue))
        stands = _FOR_BOTH.search(text, left, cue)
        if stands and self._parties.is_both(stands["both"]):
            return True
        goes_on = _GOES_ON.match(text, left, cue)
        return bool(goes_on) and any(map(self._parties.is_both, CLAUSE.split(text[start:left])))

    def _signed(self, context: ArticleContext, left: int, cue: re.Match[str], end: int) -> Candidate | None:
        text = context.text
        right = clause_end(text, cue.end(), end)
        paper = self._kinds.paper.match(text, cue.end(), right)
        if paper is None or (_SHARES.search(paper["title"]) and not INVESTMENT.search(paper["title"])):
            return None
        stage = self._stages.read("signed", context.without_names(left, cue.start()), paper["title"])
        stage = "negotiating" if stage == "signed" and self._words["talks"].search(paper["title"]) else stage
        hint, title, _ = self._kinds.kind(context, left, right, cue, [])
        return _told(left, cue, stage, hint, title)

    def _settled(self, context: ArticleContext, left: int, cue: re.Match[str], end: int) -> Candidate | None:
        text = context.text
        thing = self._object.match(text, cue.end(), end)
        if thing is None:
            return None
        title = thing.span("title")
        if title[1] - title[0] < _MIN_THING_CHARS or _OFFICE.search(text, *title):
            return None
        is_ahead = context.is_ahead(cue.end(), title[1])
        is_thing = self._head.search(text, *title) or _FOUNDS.search(thing["verb"])
        kind = self._kinds.thing_kind(text, title) if is_thing else ""
        return _told(left, cue, "proposed" if is_ahead else "signed", kind or "cooperation_agreement", title)

    def _talked(self, context: ArticleContext, left: int, cue: re.Match[str]) -> Candidate | None:
        text = context.text
        about = _ABOUT.search(text, left, cue.start())
        joint = _JOINTLY.match(text, *about.span("what")) if about else None
        if about is None or joint is None:
            return None
        title = (joint.end(), about.end("what"))
        kind = self._kinds.thing_kind(text, title) if self._head.search(text, *title) else ""
        return _told(left, cue, "negotiating", kind or "cooperation_agreement", title)


def _told(left: int, cue: re.Match[str], stage: str, hint: str, title: tuple[int, int] | None) -> Candidate:
    return Candidate(
        left,
        max(cue.end(), title[1] if title else 0),
        cue.span(),
        stage=stage,
        base="negotiating" if stage == "negotiating" else "signed",
        hint=hint,
        title=title,
        takes_both=True,
    )
