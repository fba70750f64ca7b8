"""The words that tell how far works are, which every reader of works asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.extract.context import ArticleContext
from transforms.extract.cuts import splits_words
from transforms.extract.deals import progress
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.works import BRACKET
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

TALKED = ("洽谈", "磋商", "商谈", "谈判")
# 因选址争议一度搁置 is over.
_DENIED = re.compile(r"(?:未|没有?|不会?|否认)[^，。；未没不]{0,3}$|(?:一度|曾经?|险些|差点)[^，。；]{0,3}$")
_MAX_BEFORE_END, _TWO = 2, 2
# 某医院取消夜间门诊, 某大桥终止收费: what is given up is told behind, and is not the works in front.
_GIVES_UP = re.compile(
    r"(?:取消|撤销|放弃|终止|中止|废止|解除)了?(?![，。；：、）)”\"》的]|$|\s|建设|施工|实施|推进|投资|合作|运[营行]|执行|开发|招[商标]|落地|原|本|该|这|其|此|[后前时]|一事|以来|在即|通知|公告|决定|合同|协议|合约|租约)"
    r"[^，。；]{2,}"
)
_ANY_PLAN = re.compile("计划|方案|规划|建设|投资")


class WorkWords(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words, stages = readers.lookups["deal_types"], readers.stages
        # What waits or is talked about is told of works only where it stands beside them.
        self._beside = frozenset([*stages.words("proposed"), *words["kernels"]["at_desk"], *TALKED])
        self._ends = frozenset(stages.words("ended"))
        self._progress = dict.fromkeys(words["kernels"]["at_work"], "building")
        self._progress.update(dict.fromkeys(TALKED, "negotiating"))
        self._progress.update(dict.fromkeys(words["kernels"]["at_desk"], "proposed"))
        self._progress.update(dict.fromkeys(words["kernels"]["at_use"], "operating"))
        told = [
            *stages.words("proposed", "landed", "building", "operating", "ended"),
            *self._progress,
            progress.SIGNED,
        ]
        of_works = [
            w for w in told if w in progress.STARTED or w not in readers.lookups["stages"]["not_of_works"]
        ]
        self._works = DEALS.compile(
            progress.guarded(
                f"(?<![的从])(?P<verb>(?P<opened>{progress.OPENED})|(?P<approved>{progress.APPROVED})|(?P<progress>{progress.PROGRESS})|(?P<first>{progress.FIRST_OUT})|(?P<site>(?:建设|施工)?(?:现场|工地))|{any_of(of_works)})"
                f"(?!最[早晚先快慢]的|(?:仪式|活动|大会)(?!{progress.HELD})|(?<=选址)(?:工作|[仍还尚未])|配套|节点|(?<!解除)(?<!终止)(?:合同|协议)|[前率]|条件|手续|许可证?|申请|问题|指标|时间表|一批|(?:投[产用运]|达产|通[车航水气]|并网|使用|运[营行]|启用|开放|营业)?后|(?:[、和]?(?:开工|竣工|投产|签约))*的?(?:重点|重大|产业)*项目(?:[共达有总数0-9]|中)|[^，。；]{{0,8}}?(?:以来|时间)|(?:企业|商户|单位|机构)|了?(?:多年|已久|数年|[0-9一二三四五六七八九十]+[余多]?年)的|[以之][前后])",
                of_works,
                "从首第现工建施迎已经有引吸获通运完拿领核批审",
            )
        )

    def words(self, context: ArticleContext, start: int, end: int) -> list[re.Match[str]]:
        """The words of [start, end) that tell how far works are; neither 并未终止 nor 首航某公司 does."""
        return [
            m
            for m in self._whole(context.text, start, end)
            if not (context.is_inside(m.start() + 1) or progress.is_by_means(context.text, m.start()))
            and not (m["verb"] in self._ends and _DENIED.search(context.text, start, m.start()))
            and not self._is_of_other(context.text, m.start(), end)
            and not (m["site"] and not progress.is_at_work(context.text, start, m.end(), end))
            and not (m["verb"] in progress.STARTED and not progress.is_started(context.text, start, m, end))
            and not (
                progress.CEREMONY.match(context.text, m.end())
                and not self._is_beside(context, start, m.start())
            )
            and not (
                m["verb"] == progress.SIGNED and not self._is_signed(context, start, m.span("verb"), end)
            )
        ]

    def _whole(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """What may tell of works in [start, end); of 陆续建成 建成, and not 续建."""
        while found := self._works.search(text, start, end):
            is_split = len(found["verb"]) == _TWO and splits_words(text, *found.span("verb"))
            start = found.start() + 1 if is_split else found.end()
            if not is_split:
                yield found

    def _is_of_other(self, text: str, start: int, end: int) -> bool:
        """Whether a word of giving up has an object that is no works."""
        gives_up = _GIVES_UP.match(text, start, end)
        behind = gives_up[0] if gives_up else ""
        return bool(behind) and not (_ANY_PLAN.search(behind) or self._names.nouns.work.search(behind))

    def _is_signed(self, context: ArticleContext, start: int, verb: tuple[int, int], end: int) -> bool:
        """Whether works are what is signed (某项目日前签约), and no more is told of them."""
        left = clause_start(context, start, verb[0])
        signed_as = progress.SIGNED_TOGETHER if "、" in context.text[left : verb[0]] else progress.SIGNED_AS
        between = signed_as.search(context.text, left, verb[0])
        stop = between.start() if between else verb[0]
        is_told = not progress.NO_MORE.match(context.text, verb[1], end) or progress.SIGNING.search(
            context.text, start, stop
        )
        return self._is_beside(context, start, stop) and not is_told

    def _is_beside(self, context: ArticleContext, start: int, stop: int) -> bool:
        """Whether a noun of works that is a name of its own ends at `stop`."""
        text, left = context.text, clause_start(context, start, stop)
        bracket = BRACKET.search(text, left, stop)
        stop = bracket.start() if bracket else stop
        is_works = self._names.nouns.work_end.search(text, left, stop)
        # 该县引进的某项目: the name stands behind who brought it.
        begin, stop = self._names.own(text, (left, stop))
        return is_works is not None and not self._names.nouns.is_generic(text[begin:stop])

    def how_far(self, context: ArticleContext, start: int, verb: re.Match[str]) -> str:
        """The stage that a word of an item tells."""
        left = clause_start(context, start, verb.start())
        clause = context.text[left : verb.start()]
        is_aimed = progress.is_aimed(context.text, start, left, clause)
        if is_aimed or context.is_ahead(left, verb.start()) or progress.PUT_OFF.search(clause):
            return "proposed"
        word = verb["verb"]
        if progress.GOES_ON.match(word) and not progress.NOT_YET.search(clause):
            return "building"  # 将加快施工，力争年底完工: it is under way.
        if word in self._ends and not self._stages.is_planned(clause[-_MAX_BEFORE_END:]):
            return "ended"  # 原定落户某区的某项目终止
        return self._stages.read(
            "building"
            if verb["progress"] or verb["site"] or progress.is_shell(word, clause)
            else "operating"
            if verb["first"] or verb["opened"]
            else "proposed"
            if verb["approved"]
            else self._progress.get(word) or self._stages.of_word(word),
            context.without_names(left, verb.start()),
            context.text[verb.end() : verb.end() + 12],
        )
