"""Works that a list names and counts: 甲、乙等9个项目集中开工, 甲、乙两个项目均落户某区."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.lists import pieces
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing, stage_of_all
from transforms.extract.gated import DEALS
from transforms.extract.numerals import parse_number
from transforms.extract.patterns import any_of

# 甲、乙、丙三个项目均落户某区, 上述两个项目
_SEVERAL = DEALS.compile(
    r"(?:(?<=等)(?:总?投资[^，。；的]{1,12}元的)?(?P<listed>[0-9]{1,4}|[两二三四五六七八九十]{1,3})[余多]?[个项条座处][^，。；]{0,30}?|(?P<count>[0-9]{1,2}|[两二三四五六七八九十]{1,2})(?:个|大)"
    r"|(?<=等)一大?批|(?<=等))[^，。；、的个项]{0,12}?"
    r"(?:项目|工程)(?:[0-9]{1,4}[余多]?[个项]|建设)?"
)
_ALL = (
    "(?:现?均|现?都|全部|同时|现场|集中|相继|先后|陆续|一同|一起|同日"
    "|也|如期|同步|实现|基本|陆续|当[天日]|进行了?|完成了?|成功|顺利|已|正式|分别|将|拟|计划|选址|签约|于|在)*"
)
# Such words tell of all that a list counts.
_TOLD = {
    "按步推进": "building",
    "有序推进": "building",
    "进展顺利": "building",
    "完成备案": "proposed",
    "推进顺利": "building",
    "开复工": "building",
    "具备竣工条件": "building",
    "具备投产条件": "building",
    "具备通车条件": "building",
    "具备开工条件": "proposed",
}
# 等项目前期工作加快推进
_EARLY = (
    "(?:的?前期(?:工作|手续)?|(?:谋划|策划)储备)"
    "(?:正|在|也|进展|取得|加快|加速|扎实|有序|稳步|全力|抓紧|积极|新|重要|阶段性)*(?:推进|开展|办理|顺利|谋划|启动|进展|突破|成效)"
)
_BACK = re.compile("(?:上述|以上|这|该|此|前述)?")
_IS_PHASE = re.compile("[一二三四五1-5]期$")
# 园区已有甲广场、乙项目等5个项目落地 describes the zone.
_HAVE = re.compile("(?:已有|现有|已经?引进|集聚|拥有|吸引)了?")
# 甲与乙就“某项目”、“某基地”两个项目签约: told by the paper.
_TALKS_OF = re.compile('[与和同].{2,40}就[“"]')
_INCLUDES = re.compile(
    "(?:项目|其中|目前|还|另外)?(?:其中|目前|现已|[主分]会场)?(?:包括|包含|涵盖|有|(?:吸引|招引|引进|推动)了?)?"
)
# 签约某基地等14个项目, 计划新开工：甲工程、乙工程等17个项目: the verb stands in front.
_AHEAD = re.compile(
    "(?P<verb>签约|引进|招引|吸引|落户|开工建设|开工|动工建设|动工|续建|新建|兴建|建成投[产用运]|建成通车|建成启用|建成|竣工投[产用运]|竣工|投产|投用|投运|实施"
    "|加快推进(?=[：:]))了?[：:]?(?=[^，。；]{4})"
)
_STAGES = {
    **dict.fromkeys(["引进", "招引", "吸引"], "landed"),
    **dict.fromkeys(["新建", "兴建", "实施", "加快推进"], "building"),
}
# What stands between two lists that one verb tells of is no other clause.
_OTHERS = re.compile("[，。；：]")
_STOPS = ("，", "。", "；")
_COLON = frozenset("：:")
_ALONE, _MANY, _MIN_NAME_CHARS, _MAX_BETWEEN = 1, 100, 3, 16


class CountedKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        of_stages = readers.stages.words("signed", "landed", "building", "operating")
        told = [*readers.lookups["deal_types"]["lands"], *of_stages, *_TOLD]
        self._lands = re.compile(f"{_ALL}(?P<verb>{_EARLY}|{any_of(told)})")

    def several(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """甲、乙两个项目均落户某区: one deal each; 两个项目均落户某区: where those told before are."""
        text = context.text
        found: list[Candidate] = []
        for told in _SEVERAL.finditer(text, start, end):
            counted = told["count"] or told["listed"]
            number = parse_number(counted) if counted else None
            count = number.value if number else _MANY
            is_part = text[told.start() - 1] == "等"
            left = clause_start(context, start, told.start())
            if text[left - 1 : left] in _COLON:
                left = clause_start(context, start, left - 1)
            behind = self._lands.match(text, told.end(), end)
            if behind is None and (following := self._following(text, told.end(), end)):
                # 甲、乙等5个产业项目，丙、丁等3个总部项目集中签约
                behind = self._lands.match(text, following.end(), end)
            ahead = _AHEAD.search(text, left, told.start()) if is_part and not behind else None
            verb = behind or ahead
            if ahead and self._names.nouns.is_pushed(text, left, ahead.start()):
                continue
            if verb is None:
                base = stage = (
                    self._unsaid(context, (start, end), told, left, found) if is_part else "unknown"
                )
                cue = told.span()
            else:
                base, cue = self._base(verb["verb"]), verb.span("verb")
                between = context.without_names(left, verb.start())
                between = (
                    text[max(told.end(), verb.start() - _MAX_BETWEEN) : verb.start()] if behind else between
                )
                stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12] if behind else "")
            if base == "unknown":
                continue
            left = ahead.end() if ahead else left
            host = self._works_sides.zone(context, behind.end(), end) if behind and base == "landed" else []
            items = list(pieces(text, left, told.start() - is_part))
            ends = self._names.nouns.work_end
            all_of_them = Candidate(
                left,
                max([verb.end() if verb else told.end(), *(p.end for p in host)]),
                cue,
                stage=stage,
                base=base,
                hint="project",
                title=told.span("count") if told["count"] else told.span(),
                parties=host,
                rule="all_land",
                about_last=True,
            )
            if _BACK.fullmatch(text, left, told.start()):
                return found or ([all_of_them] if host and count > 1 else [])
            if is_part:
                lead = _INCLUDES.match(text, *items[0])
                begin = lead.end() if lead else items[0][0]
                items = [(self._parties.trim(context, begin, items[0][1])[0], items[0][1]), *items[1:]]
                named = [
                    i
                    for i in items
                    if _IS_PHASE.search(text, *i)
                    or ends.search(text, *i)
                    or (i[1] - i[0] > _MIN_NAME_CHARS and context.mentions_in(*i, "organization", "place"))
                ]
                are_named = len(named) * 2 >= len(items)
                if (
                    len(items) > count
                    or (len(items) == _ALONE and not ends.search(text, *items[0]))
                    or not (are_named or len(items) == count)
                    or _HAVE.search(text, left, told.start())
                ):
                    continue
            elif len(items) != count or _TALKS_OF.search(text, *items[0]):
                continue
            for begin, stop in items:
                firms = [m for m in context.mentions_in(begin, stop, "organization") if m.start == begin]
                is_works = _IS_PHASE.search(text, begin, stop) or ends.search(text, begin, stop)
                is_firm = not firms and not is_works
                # 某污水处理厂 is what is built.
                is_itself = bool(firms and is_works and firms[0].end == stop)
                whose = [Party.of(firms[0], "investor")] if firms and not is_itself else []
                whose = [Party(begin, stop, None, "investor")] if is_firm and not is_part else whose
                opens = firms[0].end if firms and stop - firms[0].end >= _MIN_NAME_CHARS else begin
                title = self._names.own(text, (opens, stop))
                found.append(
                    replace(
                        all_of_them,
                        start=begin,
                        end=max(stop, all_of_them.end) if (begin, stop) == items[-1] else stop,
                        rule="counted" if is_part else "kernel",
                        title=title,
                        parties=[*whose, *host],
                        about_last=False,
                        is_each=True,
                    )
                )
        return found

    def _base(self, word: str) -> str:
        """The stage that a word tells by itself."""
        told = "proposed" if "前期" in word else {**_TOLD, **_STAGES}.get(word)
        return told or self._stages.of_word(word)

    @staticmethod
    def _unsaid(
        context: ArticleContext,
        item: tuple[int, int],
        told: re.Match[str],
        left: int,
        found: list[Candidate],
    ) -> str:
        """How far works are of which a list has no verb: 项目包括甲、乙等5个产业项目，丙等3个民生项目."""
        if found and context.text.startswith(_STOPS, told.end()):
            return found[-1].base
        lead = _INCLUDES.match(context.text, left, told.start())
        if lead is None or lead.end() == left:
            return "unknown"
        return "signed" if is_at_signing(context, *item) else stage_of_all(context, *item)

    @staticmethod
    def _following(text: str, start: int, end: int) -> re.Match[str] | None:
        """The number of the list behind one that is told of together with it."""
        if not text.startswith(("，", "、", "和", "及", "以及"), start):
            return None
        found = _SEVERAL.search(text, start, end)
        return found if found and not _OTHERS.search(text, start + 1, found.start()) else None
