"""How far a deal is: the verb says it, words before the verb may turn it into a plan or deny it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from transforms.extract.patterns import any_of

STAGES = (
    "proposed",
    "negotiating",
    "signed",
    "unveiled",
    "landed",
    "building",
    "operating",
    "ended",
    "unknown",
)
_ONE_CHAR_PLANS = frozenset("可应要需如若或待想预")
_PUT_OFF = re.compile(
    r"[约署订]?(?:的)?(?:仪式|活动|时间|工作)?(?:因[^，。；]{2,12}?)?(?:将|已|再次|也|被)*(?:推迟|延期|延后|暂缓|顺延)"
)
# 并未终止 says the contrary.
_ENDS = re.compile(
    r"(?:的)?.{0,20}?(?<![未没不])(?<!没有)(?:终止|告吹|失败|破裂|取消|流产|搁浅|注销|解散|清算|停办|解除(?!限|质|冻|担|后|疑)|解约|作废|废止)"
)
# 放弃收购某公司, 撤回对某公司的收购要约
_GIVES_UP = re.compile(r"(?<![未没不])(?<!没有)(?:终止|放弃|取消|撤回|中止)了?[^，。；后]{0,16}$")
# 将□□收入囊中, 将□□35%的股份转让给: 将 is 把 before what is dealt with, and no future. Names are blanked.
_AS_BA = re.compile(
    r"将(?=(?:其|所|这|该|持有|旗下|自有)|□+$|[^，。；]{1,30}?(?:股权|股份|专利|技术|品种|成果|[营产用售理发]权|(?:合同|订单)$)"
    r"|[^，。；与和同在于向对以为]{2,16}(?:公司|集团|厂|矿|酒店|资产|地块|用地|宗地|车间|厂房|生产线|产线|码头|门店|商铺|大楼|设备)$)"
)
# 正就收购某厂进行尽职调查: what is merely talked of or looked into.
_TALKED = re.compile(
    r"[^，。；]{0,20}?(?:进行|开展|展开|启动|举行)(?:了|着)?[^，。；]{0,8}?(?:尽职调查|尽调|谈判|磋商|洽谈|商谈|协商|接触|论证|评估)(?!会?后|结束|完成)"
    r"|[^，。；]{0,20}?(?:谈|接触)(?:了|过|着)"
)
_ABOUT = re.compile(r"(?:就|围绕|针对)[^，。；]{0,12}$")
# 正在评估选址, 考察选址: nobody has come yet.
_LOOKS_FOR = re.compile(
    r"(?:正在?|拟|多方|先后)[^，。；]{0,2}(?:评估|考察|比选|寻找|物色|商议|论证|办理|进行|开展)[^，。；]{0,6}$|(?:正在?|[仍还尚]在)$"
)
# The words of a paper's title tell nothing of its end.
_TITLE = re.compile(r"《[^》]*》")
# 年底前建成: a date until which it shall be done.
_BY_THEN = re.compile(
    r"(?:(?<![去前])年内|(?:[年月]底|[年月]末|[0-9][日月]|季度|春节|国庆|汛期)之?前)(?:可|能|将|全部|全面|基本|正式)*$"
)
# 将正式启用, 有望于10月1日顺利通车: the word makes no deed of a plan.
_WELL = frozenset({"正式", "成功", "顺利"})
_WILL_BE = re.compile(
    r"(?:将|将会|拟|有望|预计|力争|争取|计划|确保)(?:[于在]?[0-9年月日底初末前后中上下旬半季度今明本左右国庆节春]*)(?:全面)?$"
)
# 拟投资5亿元建厂，预计明年投产: nothing is under way.
_TO_DO = re.compile(
    r"(?:拟|将|要|打算|想|计划|准备|有意|愿意?)(?:(?:在|于)(?![^，。；]{0,6}[年月日底季内])|总?投|斥|出资|新建|建设|兴建|扩建|启动|实施|打造)|意向|规划建设|(?:前期|规划|环评|可研|报批|论证|审批|选址|立项)(?!已)"
)
# 竣工在即, 开工进入倒计时
_NEAR = re.compile("在即|在望|(?:已)?进入倒计时")
# 为5月底通水做准备
_PREPARED = re.compile(r"[^，。；]{0,4}[做作](?:好|足)?[^，。；]{0,4}准备")
# 未能如期投产: it is under way, and late.
_NOT_IN_TIME = re.compile("(?:未能?|没有?能?)(?:如期|按期|按时|按计划|如约)(?:实现|完成)?$")
_BEFORE = {"operating": "building", "building": "proposed", "unveiled": "proposed"}
_DONE_BY_PAPER = frozenset({"signed", "unveiled"})
_INTENT = re.compile(r"意向书?[》”]?$")
_RANK = {stage: rank for rank, stage in enumerate(STAGES)} | {"unknown": -1}


class StageReader:
    """Compiled once from `lookups["stages"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        words: Mapping[str, list[str]] = lookups["stages"]
        self._of: dict[str, str] = {}
        for stage in STAGES[:-1]:
            self._of.update(dict.fromkeys(words.get(stage, []), stage))
        self._plan = re.compile(f"(?:{any_of(words['plan'])})")
        self._deny = re.compile(f"(?:{any_of(words['deny'])})(?:[能会有再]|取得|获得|获|完成|与.{{0,20}})?$")
        self._no_plan = re.compile(any_of(words["no_plan"]))
        self._completes = frozenset(words["completes"])
        self._done = re.compile(f"(?:{any_of(words['done'])})")
        self._expect = re.compile(f"(?:{any_of(words['expect'])})")
        self._unsure = re.compile(r"(?:意向|草签|备选|候选|预中标)")

    def words(self, *stages: str) -> list[str]:
        """The words of some stages."""
        return [word for word, stage in self._of.items() if stage in stages]

    def verbs(self, *stages: str) -> str:
        """Alternation of the words of some stages, longest first."""
        return any_of(self.words(*stages))

    def of_word(self, word: str) -> str:
        """Stage that a word says by itself."""
        return self._of.get(word, "unknown")

    def read(self, base: str, before: str, after: str) -> str:
        """Stage of a deal.

        Args:
            base: What the verb says by itself.
            before: Words between the subject and the verb.
            after: Words behind the verb, up to the end of its clause.
        """
        if base in _BEFORE and _NOT_IN_TIME.search(before):
            return _BEFORE[base]
        if self._deny.search(before.rstrip()):
            return (
                "negotiating"
                if base in _DONE_BY_PAPER and re.search(r"尚未|还没", before)
                else "ended"
                if "未能" in before
                else "proposed"
            )
        before, behind = _AS_BA.sub("把", self._no_plan.sub("", before)), _TITLE.sub("", after)
        if base in _DONE_BY_PAPER and _ABOUT.search(before) and _TALKED.match(behind):
            return "negotiating"
        if base == "landed" and _LOOKS_FOR.search(before):
            return "proposed"
        if base in _BEFORE and (_NEAR.match(after) or _PREPARED.match(after)):
            return _BEFORE[base]
        if base == "signed" and _GIVES_UP.search(before):
            return "ended"
        if base != "ended" and _PUT_OFF.match(after):
            return "proposed"
        if base != "ended" and _ENDS.match(behind):
            return "ended"
        # 可 in front of a blanked name may be the first character of it.
        plan = [
            m.start()
            for m in self._plan.finditer(before)
            if not (m[0] in _ONE_CHAR_PLANS and before[m.end() : m.end() + 1] == "□")
        ]
        done = [
            m.start()
            for m in self._done.finditer(before)
            if not (m[0] in _WELL and _WILL_BE.search(before, 0, m.start()))
        ]
        # 施工图已完成，年内开工: what is done is another thing.
        if _BY_THEN.search(before) and not (done and done[-1] > before.rfind("，")):
            return "proposed"
        if plan and not (done and done[-1] > plan[-1]):
            return "proposed"
        if base == "signed" and (self._unsure.search(after[:12]) or _INTENT.search(after)):
            return "negotiating"
        return base

    @staticmethod
    def is_put_off(after: str) -> bool:
        """Whether words behind a verb put off what it tells (签约仪式推迟)."""
        return _PUT_OFF.match(after) is not None

    def is_due(self, words: Collection[str], told: str) -> bool:
        """Whether works are under way of which it is told by when they shall be done.

        Args:
            words: The words of stages that stand behind the day ahead.
            told: The sentence or item; 拟投资, 环评 and the like in it say that nothing is under way.
        """
        return self._completes.issuperset(words) and _TO_DO.search(told) is None

    def is_planned(self, before: str) -> bool:
        """Whether words before a verb make it a plan (打算, 准备)."""
        return bool(self._plan.search(before))

    def is_expected(self, before: str) -> bool:
        """Whether words before a verb put it into the future (预计于)."""
        return bool(self._expect.search(before))

    @staticmethod
    def later(first: str, second: str) -> str:
        """The stage of a deal told twice: the one that is further on; an end always holds."""
        return first if _RANK[first] >= _RANK[second] else second
