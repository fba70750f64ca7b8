"""How far a deal is by what its sentence, or the clauses behind it, say came of it.

The rules read how far a deal is from the clause that tells it; these words may say that it went further,
came to nothing, or binds nobody yet.
"""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_end, clause_start, unfilled
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.progress import PROGRESS
from transforms.extract.deals.sides import SideReader
from transforms.extract.deals.stage import StageReader

# 拟收购某厂，双方已签署股权收购协议: what shall be done is agreed.
_BY_PAPER = frozenset({"acquisition", "equity_transfer", "equity_investment", "supply_contract", "transfer"})
_SIGNED = re.compile(
    r"(?<!未)(?<!未能)(?<![拟将待])签(?:署|订|定|下)[了的]?[^，。；\n]{0,16}?(?:股权|股份|收购|转让|增资|认购|投资|供货|供应|采购|购销|出口|许可)"
    r"[^，。；\n]{0,8}?(?:协议|合同)"
    r"|双方[^，。；\n]{0,12}?签(?:[署订下了][^，。；\n]{0,8}?(?:合同|协议)|约(?!仪式))"
)
_NOT_SIGNED = re.compile(
    "尚未|暂未|并未|没有|拟|计划|待|意向|框架|准备|筹备|有望|力争|争取|打算|希望|定于|届时|即将|将(?=[于在与和同会签])"
)
# 收购了某厂, 2019年收购某厂, 收购已完成交割: no paper is told any more, the firm has passed.
_PASSED = re.compile(
    r"(?:收购|并购|买[下进]?|盘下|拿下|接手|吃下)了|买了[过下]来|(?:收购|并购|交易|转让)(?:已经?|于[^，。；]{2,8})?完成(?![后之以时前])"
    r"|(?<!尚未)(?<!未)(?:完成|办[完理]了?|做完)了?(?:股权|资产)?(?:交割|交接|过户|(?:工商)?变更)|(?:交割|交接|过户|工商变更(?:登记)?)(?:手续)?(?:已|也|就|便)?(?:于[^，。；]{2,8})?(?:完成|办[完理妥结])"
)
_ROUND = re.compile(
    r"(?:工商)?变更(?:登记)?(?:手续)?(?:已|也)?(?:完成|办[完理妥结])|(?<!将)(?<!拟)(?:完成|获得?|拿到|融到)了?[^，。；]{0,16}?(?:[A-Za-zＡ-Ｚ][+＋]?|天使|种子)轮"
)
_MAX_TO_ROUND = 20
_NOT_PASSED = re.compile(
    "签[署订约定下了]|公告|宣布|披露|拟|将于|尚[需待未]|有待|计划|意向|竞得|摘得|摘牌|成交"
)
# Of bodies what stands behind their name tells how far they are.
_BODIES = frozenset({"institution", "joint_laboratory", "joint_venture"})
_NOT_YET = frozenset({"signed", "unveiled", "landed", "proposed"})
_NO_PLATE = _NOT_YET - {"unveiled"}
PLATE = re.compile("[挂揭][了上]?(?:起了?)?牌|授牌|揭幕")
# 甲与乙共建的某科技小院里，研究生正调试设备
_INSIDE = re.compile(
    '[”"]?(?:[里内][，,]|[，,](?:(?:科研|研究|技术)人员|研究生|专家|师生|学生|学员|工程师|教授|博士|医生)们?[^，。；]{0,6}正)'
)
# 与某大学合办了某中心, 2018年与某大学共建某中心: nobody tells of a plate, and it is there.
_JOINED = re.compile("[共合联]建|[合共联]办|共同建|一起办|建成")
_DONE = re.compile("[了的]")
_SINCE = re.compile(r"[去前]年|[12][0-9]{3}年|[0-9一二两三四五六七八九十]+年前|早在|那一?年")
# 获省科技厅批复: an office in a clause acts on the body.
_APPROVES = re.compile("[厅委部]$")
# 甲与乙共建的某学院，今年秋季将招生
_TO_BE = re.compile("[建办设]的")
_MAX_SHORT_CHARS = 8
_THIS = re.compile("(?:[该这][个家所座]?|新)$")
# How a clause begins that goes on about the same body.
_GOES_ON = re.compile(
    r"(?:现|现已|将|预计|计划|拟|下个?[月周]|年[底内]|已|已经|目前|眼下|如今|但|后来?|随后|并|于|因|由于|近日|日前|该[院校所馆室站]|新公司|公司|中心|实验室|研究[院所]|学院|平台|工作站|孵化器|[0-9]|[去今明次翌同当]年|上个?[周月]|本[周月]"
    r"|先后|累计|至今|迄今|首[批届](?!计划|拟|招)|[0-9一两三四五六七八九十]+[余多]?年[来间])"
)
# 收购一事，因分歧较大，日前宣布终止: what a clause behind says came of it.
_CAME_TO_NOTHING = re.compile(
    r"[^，。；“”：]{0,16}?(?<![未没不无])(?<!没有)(?P<verb>宣[布告](?:终止|取消|告吹|作罢|失败|流产|破裂)|终止(?:了|合作|收购|并购|合资|协议|谈判|建设|实施|(?=[，。；]))"
    r"|作罢|告吹|泡汤|流产|散伙|分手|撕毁|毁约|谈崩|(?:土地|用地|地块)[^，。；]{0,12}?收回|收回[^，。；]{0,8}(?:土地|用地|地块)|没有?谈成|未能?谈成|清退|被取消[^，。；]{0,6}资格|不再续[约签]|不了了之|无疾而终"
    # 提出收购某公司，被对方谢绝; 愿出2000万元买下，他没有答应
    "|(?:被|遭到?)[^，。；]{0,8}?(?:谢绝|婉拒|拒绝|否决)|(?:谢绝|婉拒)了|(?:没有?|并未|未)(?:答应|点头|松口))"
)
_WORKS = frozenset({"project", "institution", "joint_laboratory"})
_IS_NOW = re.compile("已|现|正在|目前|眼下|如今|刚刚|日前|近日|上个?月|昨[日天]")
_OPEN = frozenset({"proposed", "negotiating", "signed", "unveiled", "landed"})
# 谈妥了，合同下个月签; 意向书签了; 正跟某银行谈一笔贷款: nobody is bound yet.
_NOT_BOUND = re.compile(
    r"(?:正式)?(?:合同|协议)(?:书|文本)?(?:还没有?|尚未|尚待|有待|待|将|拟|预计|下个?[月周]|近日|日内|年内|月底前?|年底前?)[^，。；]{0,8}?签(?!了)"
    r"|(?:价格|股比|条款|条件|细节|金额|份额)[^，。；]{0,6}?(?:还没有?|尚未|没有?|未)(?:最后|完全)?(?:谈[拢妥定成]|敲定|确定|商定)|尚无定论"
)
_OF_INTENT = re.compile(r"意向书(?:已经?|也|都|刚刚?)?$")
_IN_TALKS = re.compile(
    r"正?在?(?:与|和|跟|同)[^，。；]{2,24}?(?:谈(?![妥定成好拢判下])|洽谈|磋商|商谈)[^，。；]{0,24}$"
)
_IN_USE = re.compile(
    r"已(?:经)?(?:累计)?(?:引进|入驻|聚集|集聚|吸引|进驻)了?[^，。；]{0,20}?[0-9]+[余多]?[家户]|出租率|入驻率|(?:综合|年|总)产值(?:已|就)?(?:突破|达|超)"
)
# 向某公司发放贷款, 已一次放款; 向某公司交付两艘货轮, 合同履约完毕
_FULFILLED = {
    "financing": re.compile("发放|放款|放贷|放了|放出|放给|投放|到账|已用|(?P<all>贷款结清)"),
    "supply_contract": re.compile(
        "(?P<all>履[约行]完毕|交货完毕|全部交[货付]完)|交付(?![给期]|时间|使用)|交船"
    ),
}
_BY_CONTRACT = re.compile("签|协议|合同(?!总?[价金])|敲定|约定|订[购下了]")
_NOT_THEN = re.compile("(?:[前内起]|可|分[0-9一二三两四五]?[年批]|[年月底])$|本月|春节")
# 花9000万元买下某厂，现在已经出产品了: what came of the paper by now.
_CARRIED_OUT = re.compile(
    r"(?:如今|目前|现在|眼下|现)(?:已经?|已有)?[^，。；]{0,12}(?:交付|出产品|试产|投产|运营|开门|启用|入驻|招生|毕业|投用|建成|用上)"
    r"|已经?(?:全部)?(?:交付|投产|运营|启用|开门|开业|投用|试产|建成)"
)
_BY_SHARES = frozenset({"equity_investment", "equity_transfer", "project", "won_bid"})
# 有意收购某厂，价格仍在谈; 目前正与某会商讨细节: what is planned is talked about already.
_BY_NOW = re.compile(
    r"(?:价格?|价钱|细节|条款|条件|方案|份额|协议|合同)[^，。；]{0,6}[正仍还尚]在?[^，。；]{0,6}(?:谈|磋商|商[讨谈量]|协商|敲定)"
    r"|(?:[正仍还]|目前)在?[与和同跟][^，。；]{2,24}(?:谈(?![及到起判])|磋商|商[讨谈]|协商|接洽|谈判)"
    r"|尽职调查|尽调|正在?(?:磋商|谈判|洽谈|商谈|协商)"
)
# 就投资8亿元的某项目达成意向
_TALKED_OVER = re.compile(
    r"(?:达成|形成)[^，。；]{0,6}意向|(?:进行|开展|展开)[^，。；]{0,8}(?:洽谈|磋商|商谈|对接|探讨|交流)"
)
# 决定终止投资8亿元的某项目
_GIVEN_UP = re.compile("(?<![未没不])(?:终止|取消|放弃|中止|叫停|撤销|撤回)了?(?:建设|实施|推进)?$")
_MAX_GIVEN_UP = 8
# 投产时间推迟, 因故延期交付, 工期滞后: what has been begun is late.
_WORKS_END = "(?:投[产运用]|通车|竣工|完[工成]|交[付工]|建成|启用|并网|通水|通航)"
_LATE = re.compile(
    rf"{_WORKS_END}[^，。；]{{0,12}}?(?:推迟|延期|延后|顺延|延至)"
    rf"|(?:推迟|延期|延后|顺延)[到至]?[^，。；开动]{{0,10}}?{_WORKS_END}"
    rf"|(?:原定|原计划|本应)[^，。；开动]{{2,12}}?{_WORKS_END}[^。；]{{0,40}}?(?:推迟|延期|延后|顺延)"
    r"|(?:工期|进度)[^，。；]{0,10}?(?:延长|滞后|延后|顺延)"
)
# What schools, hospitals and offices do once they are at work.
_AT_WORK = (
    "开学|开课|开班|入学|招生|收治|接收首批|(?:开始|正式)(?:运行|运转|办公|服务)|对外服务|接待|出圃|纳税大户"
    "|迎来[^，。；]{0,6}(?:毕业生|学员|新生|患者)|(?:课题组|团队|学员|学生|新生|研究生|专家|患者)[^，。；]{0,6}(?:入驻|入住|进驻|报到|到岗)"
    "|(?:培养|培训|选育|育成|孵化|接诊|服务|攻克|转化)(?:了|出)?[^，。；]{1,12}?[0-9一二两三四五六七八九十百千万]+[余多]?(?:[名人个项家例]|人次)|运行了?[0-9一二两三四五六七八九十]+[余多]?个?[年月]"
    "|[0-9]+[余多]?[家户个][^，。；]{0,8}(?:入驻|进驻|在孵)|在孵(?:企业|项目)|[出入][租驻]率"
    "|(?:促成|引进|聚集|集聚|承接|吸引)(?:了)?[^，。；]{0,12}?[0-9]+[余多]?[家户项件个宗]"
    "|(?:正式|同步|全面|成功)上线|通过[^，。；]{0,6}(?:认证|认定)|获得?[^，。；]{0,6}(?:认可|资质)|先后(?:开发|研发|培育|培训|承担|服务|引进)"
    "|(?:拿下|申请|申报|取得|获得?)(?:国家|发明|授权)*专利|累计(?:接诊|服务|培训|培养|检测|孵化|引进)"
)


class Aftermath:
    """Compiled once from the words of stages."""

    def __init__(self, stages: StageReader) -> None:
        self._stages = stages
        self._works_go = re.compile(
            f"(?P<verb>{stages.verbs('building', 'operating')})(?![的前后率者时]|仪式|以来)|{PROGRESS}"
        )
        self._told = re.compile(
            f"(?P<verb>{PLATE.pattern}|{stages.verbs('operating', 'ended')}|{_AT_WORK})(?![的前后率者]|仪式)"
        )

    def tell(self, context: ArticleContext, deal: Candidate, kind: str, stop: int) -> None:
        """Changes the stage of a deal, and where words behind it are dated its cue.

        Args:
            context: The article.
            deal: One of its deals.
            kind: Its type.
            stop: Where the next deal begins.
        """
        if kind in _BODIES and deal.title:
            self._later(context, deal, stop)
            _stand(context, deal)
        elif kind == "project" and deal.stage in {"proposed", "unknown"}:
            if deal.stage == "unknown" and _TALKED_OVER.match(context.text, deal.end):
                deal.stage = "negotiating"
            elif deal.stage == "unknown" and _GIVEN_UP.search(
                context.text[max(0, deal.start - _MAX_GIVEN_UP) : deal.start]
            ):
                deal.stage = "ended"
            _run_late(context, deal)
        elif kind == "project" and deal.stage == "building":
            self._in_use(context, deal, stop)
        elif kind in _BY_PAPER and deal.stage == "proposed":
            _sign(context, deal)
        elif kind in {"acquisition", "transfer"} and deal.stage == "signed":
            _pass(context, deal, by_year=kind == "acquisition")
        elif kind == "equity_investment" and deal.stage == "signed":
            _close(context, deal)
        elif kind in _FULFILLED and deal.stage == "signed":
            self._fulfil(context, deal, kind, stop)
        if kind in _WORKS and deal.stage == deal.base and deal.stage in {"signed", "unknown"}:
            self._go_on(context, deal, stop)
        if kind not in {"project", "won_bid"} and deal.stage == "signed":
            _unbind(context, deal, stop)
        if deal.stage == "proposed":
            _talk(context, deal, stop)
        elif deal.stage == "signed" and kind not in _BY_SHARES:
            _carry_out(context, deal, stop)
        if deal.stage in _OPEN or (kind == "project" and deal.stage == "building"):
            _fall_through(context, deal, stop)

    def _go_on(self, context: ArticleContext, signed: Candidate, stop: int) -> None:
        """签约的某项目已于3月动工, 签约建设某中心，目前正在装修: works are further on than their paper."""
        text, end = context.text, min(stop, context.sentences[context.sentence_at(signed.end - 1)][1])
        left = signed.end
        while left < end:
            right = clause_end(text, left, end)
            is_own = (
                left == signed.end or _GOES_ON.match(text, left, right) or _IS_NOW.search(text, left, right)
            )
            verb = self._works_go.search(text, left, right) if is_own else None
            if verb and (left == signed.end or _IS_NOW.search(text, left, right)):
                if context.mentions_in(left, right, "organization") or context.is_ahead(left, verb.start()):
                    return
                base = self._stages.of_word(verb["verb"] or "在建")
                stage = self._stages.read(
                    base, context.without_names(left, verb.start()), text[verb.end() : right]
                )
                if stage in {"building", "operating"}:
                    signed.stage, signed.end = stage, max(signed.end, verb.end())
                    if context.dates_in(left, verb.start()):
                        signed.cue = verb.span()
                return
            left = right + 1

    def _in_use(self, context: ArticleContext, works: Candidate, stop: int) -> None:
        """某园2019年由某公司投资兴建，已入驻企业43家: works whose start is not told as news run by now."""
        if self._stages.of_word(context.text[slice(*works.cue)]) == "building":
            return
        number = context.sentence_at(works.end - 1) + 1
        behind = context.sentences[min(number, len(context.sentences) - 1)][1]
        end = min(stop, behind, context.paragraph(works.end)[1])
        if _IN_USE.search(context.text, works.end, max(end, works.end)):
            works.stage = "operating"

    def _fulfil(self, context: ArticleContext, deal: Candidate, kind: str, stop: int) -> None:
        """Marks as carried out a loan that is paid out, or goods handed over, of which no paper is told."""
        text, (start, end) = context.text, context.sentences[context.sentence_at(deal.cue[0])]
        end = min(end, max(stop, deal.end))
        end = (text.find("；", deal.end, end) + 1 or end + 1) - 1
        done = _FULFILLED[kind].search(text, deal.start, end)
        if done is None or (_BY_CONTRACT.search(text, deal.start, end) and not done["all"]):
            return
        left = clause_start(context, start, done.start())
        before = context.without_names(left, done.start())
        if not (_NOT_THEN.search(before) or self._stages.is_planned(before) or context.is_ahead(left, end)):
            deal.stage = "operating"

    def _later(self, context: ArticleContext, candidate: Candidate, stop: int) -> None:
        """How far a body is by the words behind its name, up to the next deal of the paragraph."""
        text, end = context.text, candidate.title[1] if candidate.title else candidate.end
        if candidate.stage == "unveiled" and _INSIDE.match(text, end):
            candidate.stage = "operating"
        number = context.sentence_at(end - 1)
        stop = min(stop, context.paragraph(end)[1])
        own = min(stop, context.sentences[number][1])
        # 某园由甲与乙合作建设，已引进企业34家: behind those who founded it.
        left = end = max(end, candidate.cue[1]) if candidate.rule == "founded" else end
        while left < own and candidate.stage in _NOT_YET:
            right = min(own, clause_end(text, left, own))
            others = context.mentions_in(left, right, "organization")
            if not all(
                SideReader.is_public(context, Party.of(m)) or _APPROVES.search(m.text) for m in others
            ):
                break
            is_own = left == end or _GOES_ON.match(text, left, right)
            for verb in self._told.finditer(text, left, right) if is_own else ():
                self._take(context, candidate, left, verb, right)
            left = own if text[right : right + 1] in ";；" else right + 1
        # 今年8月，分中心通过验收: a sentence behind it may say so of what it is called for short.
        for start, right in context.sentences[number + 1 : number + 3]:
            told = self._told.search(text, start, right) if right <= stop else None
            left = clause_start(context, start, told.start()) if told else 0
            if told and _is_named_again(context, candidate, start, left, told.start()):
                self._take(context, candidate, left, told, clause_end(text, told.end(), right))

    def _take(
        self, context: ArticleContext, body: Candidate, left: int, verb: re.Match[str], right: int
    ) -> None:
        """Takes over what a verb in a clause [left, right) says of a body, and its day."""
        base = "unveiled" if PLATE.match(verb["verb"]) else self._stages.of_word(verb["verb"])
        stage = self._stages.read(
            "operating" if base == "unknown" else base,
            context.without_names(left, verb.start()),
            context.text[verb.end() : right],
        )
        is_ahead = stage == "proposed" or context.is_ahead(left, verb.start())
        is_later = stage in {"operating", "ended"} or (stage == "unveiled" and body.stage in _NO_PLATE)
        if is_ahead and body.stage == "unveiled" and _TO_BE.match(context.text, body.cue[1] - 1):
            body.stage = "signed" if "签约" in context.text[body.cue[1] : verb.start()] else "proposed"
        elif is_later and body.stage in _NOT_YET and not is_ahead:
            body.stage, body.end = stage, max(body.end, verb.end())
            if context.dates_in(left, verb.start()):
                # 2023年12月签订协议，次年9月正式招生: it is dated by what it is told of last.
                body.cue = verb.span("verb")


def _stand(context: ArticleContext, body: Candidate) -> None:
    """Marks as at work a body that two have built together, or did in a year that has passed."""
    if body.rule != "founded" or body.stage != "unveiled" or not _JOINED.search(context.text, *body.cue):
        return
    start = context.sentences[context.sentence_at(body.cue[0])][0]
    is_past = _DONE.search(context.text, body.cue[0], body.cue[1] + 1)
    if is_past or _SINCE.search(context.text, start, body.cue[0]):
        body.stage = "operating"


def _is_named_again(context: ArticleContext, body: Candidate, start: int, left: int, verb: int) -> bool:
    """Whether a sentence opens with the last word of a name and goes on to its verb."""
    if not body.title or (left > start and unfilled(context, start, left - 1, slack=False)):
        return False
    name, words = context.text[slice(*body.title)].rstrip("”"), context.text[left:verb]
    for size in range(min(len(name), _MAX_SHORT_CHARS), 1, -1):
        at = words.find(name[-size:])
        if at >= 0:
            stop = left + len(_THIS.sub("", words[:at]))
            is_first = not unfilled(context, left, stop, slack=False)
            return is_first and not unfilled(context, left + at + size, verb, slack=False)
    return False


def _sign(context: ArticleContext, deal: Candidate) -> None:
    """Marks a planned deal as signed where its sentence, or the next one, tells of its paper."""
    text, number = context.text, context.sentence_at(deal.cue[0])
    floor, ceiling = context.sentences[number][0], context.paragraph(deal.cue[0])[1]
    behind = [end for _, end in context.sentences[number : number + 2]]
    for paper in _SIGNED.finditer(text, floor, min(ceiling, max(behind))):
        left = clause_start(context, floor, paper.start())
        if not _NOT_SIGNED.search(text, left, paper.end()):
            deal.stage = "signed"


def _pass(context: ArticleContext, deal: Candidate, *, by_year: bool) -> None:
    """Marks a purchase as carried out where it is told as past, and not by its paper or its announcement.

    What changed hands in a year that has passed (`by_year`) need not be told as past.
    """
    number = context.sentence_at(deal.cue[0])
    start, end = context.sentences[number]
    if _NOT_PASSED.search(context.text, start, end):
        return
    behind = context.sentences[min(number + 1, len(context.sentences) - 1)][1]
    behind = min(behind, context.paragraph(deal.cue[0])[1])
    today = context.issue_on or context.dateline_on
    days = (span.values.get("end_on") for span in context.dates_in(start, deal.end))
    is_past = by_year and today is not None and any(day is not None and day.year < today.year for day in days)
    if is_past or _PASSED.search(context.text, start, behind):
        deal.stage = "operating"


def _run_late(context: ArticleContext, works: Candidate) -> None:
    """Marks works whose end is put off as under way: it is their beginning that is not told as late."""
    start, end = context.sentences[context.sentence_at(works.cue[0])]
    if _LATE.search(context.text, start, end):
        # By the day that it was to be done nothing happened.
        works.stage, works.base = "building", "proposed"


def _unbind(context: ArticleContext, deal: Candidate, stop: int) -> None:
    """Marks as talked about what nobody has signed yet: 谈妥了，合同下个月签."""
    text, (start, end) = context.text, context.sentences[context.sentence_at(deal.cue[0])]
    left = clause_start(context, start, deal.cue[0])
    is_told = _OF_INTENT.search(text, left, deal.cue[0]) or _IN_TALKS.search(text, left, deal.cue[0])
    is_signed = text.startswith("签", deal.cue[0])
    if is_told or (not is_signed and _NOT_BOUND.search(text, deal.cue[1], max(deal.end, min(stop, end)))):
        deal.stage = "negotiating"


def _talk(context: ArticleContext, plan: Candidate, stop: int) -> None:
    """Marks a plan as talked about where its item of a sentence says with whom, or of what."""
    text, (start, end) = context.text, context.sentences[context.sentence_at(plan.cue[0])]
    start = max(start, text.rfind("；", start, plan.start) + 1)
    end = (text.find("；", plan.end, end) + 1 or end + 1) - 1
    if _BY_NOW.search(text, start, max(plan.end, min(stop, end))):
        plan.stage = "negotiating"


def _carry_out(context: ArticleContext, deal: Candidate, stop: int) -> None:
    """Marks what was signed as carried out where a clause behind it in its item says what runs by now."""
    text, end = context.text, context.sentences[context.sentence_at(deal.end - 1)][1]
    end = min(stop, (text.find("；", deal.end, end) + 1 or end + 1) - 1)
    done = _CARRIED_OUT.search(text, deal.end, max(deal.end, end))
    left = clause_start(context, deal.end, done.start()) if done else 0
    is_part = done is not None and "首" in text[left : done.end()]
    is_others = done is not None and context.mentions_in(left, done.end(), "organization")
    if done and not (is_part or is_others or context.is_ahead(left, done.end())):
        deal.stage = "operating"


def _fall_through(context: ArticleContext, deal: Candidate, stop: int) -> None:
    """Marks a deal as ended where a clause behind it in its sentence says so."""
    text, end = context.text, min(stop, context.sentences[context.sentence_at(deal.end - 1)][1])
    # The evidence of a bid takes in its clause.
    left = max(deal.cue[1], deal.title[1] if deal.title else 0) if deal.rule == "won_bid" else deal.end
    while left < end:
        right = clause_end(text, left, end)
        others = context.mentions_in(left, right, "organization")
        is_own = all(SideReader.is_public(context, Party.of(m)) for m in others)
        came = _CAME_TO_NOTHING.match(text, left, right) if is_own else None
        if came is not None:
            deal.stage = "ended"
            if context.dates_in(left, came.end()):
                deal.cue, deal.end = came.span("verb"), max(deal.end, came.end())
            return
        left = right + 1


def _close(context: ArticleContext, deal: Candidate) -> None:
    """完成A轮融资: the money is there."""
    start, end = context.sentences[context.sentence_at(deal.cue[0])]
    start, end = max(start, deal.start - _MAX_TO_ROUND), min(end, deal.end + _MAX_TO_ROUND)
    if _ROUND.search(context.text, start, end):
        deal.stage = "operating"
