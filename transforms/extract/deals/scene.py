"""What a ceremony of signing makes of the plans that its report tells: they were signed there."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.model import Candidate
from transforms.extract.gated import DEALS

_CEREMONY = DEALS.compile(
    r"(?:集中|现场|当场|完成|进行了?|同步|云|线上|分别|先后|相继|依次)签约|签约(?:仪式|环节|活动|代表|台上|席)|项目签约|签约的?(?:[0-9一二三四五六七八九十]+个)?项目(?:中|里|当中|包括|有|分别)"
    r"|签约的?(?:重点|重大|合作|招商|产业|部分|代表性?)*(?:项目|合同|协议)(?:名单|清单|一览|名录|选登|摘登|简介|[（(]部分)"
    r"|新签约?的?[^，。；]{0,4}项目|(?:同日|同时|一[同并起]|当天|当日)签约|签约的[，,]?(?:还|也|就)?(?:有|包括)"
    r"|(?:是|到|入|启动|迎来)了?签约(?=[。，：])|签约[：:]"
    r"|[0-9一二两三四五六七八九十]+(?:个|项|单)[^。；，]{0,12}?(?:签约|落笔|落槌)"
    r"|签(?:下|订|署|约|成)了?(?:合作|产业|招商|重点)*(?:项目)?[0-9一二两三四五六七八九十]+[个项份单]"
    r"|签(?:下|订|署|约|成|了)了?[^。；，]{0,8}?(?:项目|合同|协议|订单|大单)[0-9一二两三四五六七八九十]+[个项份单]"
    r"|分别(?:与[^。；]{2,40}?)?签(?:订|署|下)了?(?:合同|协议|[^。；，]{0,6}(?:合同|协议))"
)
# 七天落笔六个项目, 一天办成三件事: the article goes through what was signed, however long it is.
_COUNT = "[0-9一二两三四五六七八九十]+[个项单份笔桩件宗]"
_COUNTED = re.compile(
    rf"{_COUNT}[^。；，\n]{{0,12}}?(?:签约|落笔|落槌|敲定|谈成|谈妥|签下|签订|签署|落定)"
    rf"|(?:签约|签下|签订|签署|落笔|敲定|谈成|谈妥|办成)了?[^。；，\n]{{0,6}}?{_COUNT}(?!人|月|小时)"
)
# 4个项目集中开工。其中，甲公司某项目投资9亿元: how far all works are that the report goes through.
_STARTED, _DONE = "开竣工|开工|动工|奠基|破土", "投产|竣工|落成|投用|投运"
_SEVERAL_WORKS = DEALS.compile(
    rf"(?:集中|同日|同时|同步|同批|联动|统一)(?P<together>{_STARTED}|{_DONE})"
    rf"|(?:[0-9一二两三四五六七八九十]+[个批]|批)[^。；，]{{0,12}}?(?:项目|工程)[^。；，]{{0,8}}?(?P<each>{_STARTED}|{_DONE})"
    rf"|(?P<batch>{_STARTED}|{_DONE})一批"
)
# 签约一批、开工一批、投产一批: what is told of last is what the report goes through.
_BATCH = DEALS.compile(f"(?P<batch>签约|{_STARTED}|{_DONE})一批")
# 开工项目中，甲项目总投资9亿元；竣工项目中: which of them the words behind go through.
_AMONG = re.compile(
    r"[\s\u3000]*(?:据(?:介绍|悉|了解)[，,])?(?:其中[，,]?)?(?:在?(?:此次|本次|这次|当[天日])?(?:集中)?)"
    rf"(?P<among>{_STARTED}|{_DONE})的?(?:重点|重大|产业|工业)*项目(?:中|里|包括|有|分别|方面|[，,：:])"
)
# 当日开工的甲项目，总投资9亿元；乙项目，总投资3亿元
_FIRST_OF_ALL = re.compile(
    r"[\s\u3000]*(?:据(?:介绍|悉|了解)[，,])?(?:其中[，,]?)?(?:此次|本次|这次|当[天日]|昨[天日])(?:集中)?"
    rf"(?P<among>{_STARTED}|{_DONE})的(?=[^，。；]{{4,40}}[，,])"
)
# 这批项目有72个: the paragraph goes on about what the one before it tells.
_REFERS = re.compile(
    r"[\s\u3000]*(?:据(?:悉|了解|介绍)[，,])?(?:在?(?:这批|这些|此次|本次|这次|此批|本批|上述|当[天日]|其中|[开竣]工的|投产的)"
    r"|在?(?!签约)\w{2,6}(?:项目|领域)(?:中|方面|里)[，,]"
    r"|(?:集中)?(?:开工|竣工|投产|签约)?的?这?[0-9一二两三四五六七八九十]+[余多]?个(?:重点|重大|产业)*项目)"
)
# 签约项目24个、开工项目33个
_BEGUN = re.compile("[开动竣]工|投产")
_SIGNS = DEALS.compile(
    r"(?:在[^。，]{0,8}(?:协议|合同)(?:文本)?上(?:签[了下]?[字约名]|落了?笔)|代表[^。，]{0,6}签[字约署])"
)
_SAID = re.compile(
    r"(?:说|表示|指出|(?<!据)介绍|称|认为|强调|透露|谈到|建议|坦言)[，：,:]|(?:^|[，。：])[“\"]"
)
_OTHER = DEALS.compile(
    r"(?:根据|按照?)(?:框架)?(?:协议|合同)|此前|早在|去年|前年|前不久|下一步|今后|未来|希望|争取|力争|建议|论证|洽谈|尚未|暂未|没有"
)
_HELD_UP = DEALS.compile("推迟|暂缓|延期|洽谈|尚未|暂未|没有|有意")
# 当天共签约项目14个: said behind the deals that it counts.
_SUMMED = DEALS.compile(
    r"(?:共|累计|合计|现场)?签约(?:合作)?项目[0-9一二三四五六七八九十]+个|签约(?:总)?额达"
)
_TO_SIGN = DEALS.compile("(?:协议|合同|协定|文本)书?(?:将|拟|计划|预计|有望|待|尚待)[^，。；]{0,10}签")
# 达成一致，将于下月签约; 商定，明年签署协议
_THEN_SIGNS = re.compile(
    r"[，,；](?:(?P<sure>预计|计划|[拟将待]|择[日期机]|适时|尽快|尽早|有望|(?<![0-9])年[内底]前?|[明后]年|下[月周]|届时|力争|争取)|双方|两[地市校国院家县区]|[今本同]年|[上中下]旬|[0-9年月日底初前内]|[于在]|正式|再|条件成熟|[^，。；签]{2,10}后)*"
    r"签(?:[约署订字](?!了)|(?:合作)?协议|合同)"
)
_MORE = re.compile("另有|另外|还有|其余|剩余|余下")
_AGREED_ON = frozenset({"signed", "unveiled"})
_PLANS = frozenset({"invested_by", "founded"})
_BUILT = frozenset({"project", "institution", "joint_laboratory", "joint_venture", ""})
_AGREED_TO = frozenset(
    {"acquisition", "equity_transfer", "equity_investment", "financing", "transfer", "supply_contract"}
)
_NOT_DONE = frozenset({"unknown", "proposed", "unveiled"})
# Where works will stand says nothing of how far they are.
_SITED = frozenset({"选址", "落址", "选址在", "选址于"})
# A list of what was signed may go on over paragraphs.
_PARAGRAPHS_BACK = 2
_SENTENCES_BACK, _LEAD_CHARS = 3, 400
# A line of a list, which is told of what stands in front of all its lines.
_LINE = re.compile(r"[\s\u3000]*(?:——|[·●○◎◆◇■□▲△★☆※]|[（(]?[0-9一二三四五六七八九十]{1,2}[）).．、])")


def is_signed_there(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether what shall be built or founded is one of the deals of a signing that its paragraph reports.

    6个项目集中签约。甲公司将投资5亿元建设某产业园: 将 says when it will stand, not that nobody has signed.
    """
    is_plan = candidate.rule in _PLANS and candidate.stage in _NOT_DONE
    is_plan |= candidate.rule == "kernel" and candidate.hint in _BUILT and candidate.stage == "proposed"
    is_plan |= candidate.hint in _AGREED_TO and candidate.stage == "proposed"
    lands = candidate.base == "landed" and candidate.stage == "proposed"
    if not (is_plan or lands or is_sited(context, candidate)):
        return False
    told = min(candidate.cue[0], candidate.title[1]) if candidate.title else candidate.cue[0]
    return is_at_signing(context, candidate.start, candidate.end, told)


def is_to_be_signed(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether the sentence says that the paper of what two agreed on is still to come: 协议将在年内签订."""
    text, (_, stop) = context.text, context.sentences[context.sentence_at(candidate.cue[0])]
    if candidate.stage in _AGREED_ON and "签" not in text[candidate.start : candidate.end]:
        then = _THEN_SIGNS.search(text, candidate.end, stop)
        if then and (then["sure"] or context.is_ahead(*then.span())):
            return True
    paper = _TO_SIGN.search(text, candidate.end, stop) if candidate.stage in _AGREED_ON else None
    # 已交付20辆，另有80辆的合同预计月底签: that paper is of more goods.
    return paper is not None and not _MORE.search(text, candidate.end, paper.start())


def is_sited(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether no more is told of works than where they will stand (选址)."""
    return candidate.stage == "landed" and context.text[slice(*candidate.cue)] in _SITED


def stage_of_all(context: ArticleContext, start: int, end: int) -> str:
    """How far the works of a ceremony are that [start, end) goes through: `unknown` where none is told."""
    text, begin = context.text, context.paragraph(end - 1)[0]
    among = _among(context, start)
    if among:
        return "building" if among in _STARTED.split("|") else "operating"
    if begin and _REFERS.match(text, begin):
        begin = context.paragraph(begin - 1)[0]
    sentence = context.sentence_at(end - 1)
    floor = max(begin, context.sentences[max(0, sentence - _SENTENCES_BACK)][0])
    told = last_match(_SEVERAL_WORKS, text, floor, end)
    if told is None or _OTHER.search(text, told.end(), end) or _SAID.search(text, told.end(), start):
        return "unknown"
    verb = told["together"] or told["each"] or told["batch"]
    return "building" if verb in _STARTED.split("|") else "operating"


def is_at_signing(context: ArticleContext, start: int, end: int, told: int | None = None) -> bool:
    """Whether what [start, end) tells is one of the deals of a signing that its paragraphs report.

    `told` is where it has been told what: that which is hoped for behind it (力争明年投产) is no matter.
    """
    text, (begin, stop) = context.text, context.paragraph(end - 1)
    sentence = max(begin, context.sentences[context.sentence_at(end - 1)][0])
    sentence = max(sentence, text.rfind("；", sentence, start) + 1)
    batch = last_match(_BATCH, text, begin, start)
    if batch is not None:
        return batch["batch"] == "签约"
    if _among(context, start):
        return False
    is_other = _OTHER.search(text, sentence, end if told is None else told) or _HELD_UP.search(
        text, sentence, end
    )
    if is_other or _SAID.search(text[sentence:start]):
        return False
    before = begin
    while before and _LINE.match(text, before):
        before = text.rfind("\n", 0, before - 1) + 1
    for _ in range(_PARAGRAPHS_BACK):
        before = text.rfind("\n", 0, max(0, before - 1)) + 1 if before else 0
    lead = min(context.paragraph(0)[1], _LEAD_CHARS)
    if _COUNTED.search(context.head) or _COUNTED.search(text, 0, lead):
        return True
    return bool(
        _CEREMONY.search(text, before, end)
        or _SIGNS.search(text, end, stop)
        or _SUMMED.search(text, end, stop)
    )


def is_only_signed(context: ArticleContext, start: int, end: int, told: int) -> bool:
    """Whether an item stands in the report of a signing at which no works were begun or done as well."""
    is_mixed = _BEGUN.search(context.text, context.paragraph(start)[0], start)
    return not is_mixed and is_at_signing(context, start, end, told)


def _among(context: ArticleContext, position: int) -> str | None:
    """Which works of a gathering a sentence or its paragraph goes through: 开工 of 开工项目中."""
    sentence = context.sentences[context.sentence_at(position)][0]
    found = (
        _AMONG.match(context.text, sentence)
        or _FIRST_OF_ALL.match(context.text, sentence)
        or _AMONG.match(context.text, context.paragraph(position)[0])
    )
    return found["among"] if found else None
