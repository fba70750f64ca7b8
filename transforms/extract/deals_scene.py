"""What a ceremony of signing makes of the plans that its report tells: they were signed there."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals_model import Candidate

_CEREMONY = re.compile(
    r"(?:集中|现场|当场|完成|进行了?|同步|云|线上)签约|签约(?:仪式|环节|活动)|项目签约"
    r"|[0-9一二两三四五六七八九十]+(?:个|项|单)[^。；，]{0,12}?(?:签约|落笔|落槌)"
)
_SIGNS = re.compile(r"(?:在[^。，]{0,8}(?:协议|合同)上签[字约]|代表[^。，]{0,6}签[字约署])")
_SAID = re.compile(r"(?:说|表示|指出|介绍|称|认为|强调|透露|谈到|建议|坦言)[，：,:]|(?:^|[，。：])[“\"]")
_OTHER = re.compile(
    r"(?:根据|按照?)(?:框架)?(?:协议|合同)|此前|早在|去年|前年|前不久|下一步|今后|未来|希望|争取|力争|推迟|暂缓|延期|建议|论证|洽谈|尚未|没有"
)
# 当天共签约项目14个: said behind the deals that it counts.
_SUMMED = re.compile(r"(?:共|累计|合计|现场)?签约(?:合作)?项目[0-9一二三四五六七八九十]+个|签约(?:总)?额达")
# 约定合办 is agreed, not done.
_AGREED = re.compile(r"(?:商定|约定|议定|敲定|达成一致|谈妥)[^，。；]{0,4}$")
_PLANS = frozenset({"of_firm", "invested", "invested_by", "founded_together"})
# A list of what was signed may go on over paragraphs.
_PARAGRAPHS_BACK = 2


def is_signed_there(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether what shall be built or founded is one of the deals of a signing that its paragraph reports.

    6个项目集中签约。甲公司将投资5亿元建设某产业园: 将 says when it will stand, not that nobody has signed.
    """
    is_plan = candidate.rule in _PLANS and candidate.stage in {"unknown", "proposed", "unveiled"}
    lands = candidate.base == "landed" and candidate.stage == "proposed"
    if not (is_plan or lands):
        return False
    text, (begin, end) = context.text, context.paragraph(candidate.cue[0])
    sentence = max(begin, context.sentences[context.sentence_at(candidate.cue[0])][0])
    told = text[sentence : candidate.end]
    if candidate.stage == "unveiled" and _AGREED.search(text, sentence, candidate.cue[0]):
        return True
    if _OTHER.search(told) or _SAID.search(text[sentence : candidate.start]):
        return False
    before = begin
    for _ in range(_PARAGRAPHS_BACK):
        before = text.rfind("\n", 0, max(0, before - 1)) + 1 if before else 0
    return bool(
        _CEREMONY.search(text, before, candidate.end)
        or _SIGNS.search(text, candidate.end, end)
        or _SUMMED.search(text, candidate.end, end)
    )
