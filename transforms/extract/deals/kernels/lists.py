"""Works of which a list tells one thing: 甲、乙等9个项目集中开工, 建成甲、乙, 开工的有甲、乙, 甲、乙落户某区.

A list is items between marks, then 等, how many there are and of what kind. How far they are stands behind it
(集中开工), in front of it (引进了) or at its head (竣工的有), or the report of what was held says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.items import AND, BODY, MARK, Item, ItemReader, are_two_bodies
from transforms.extract.deals.kernels.works import WorksKernels
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing, stage_of_all
from transforms.extract.numerals import parse_number
from transforms.extract.patterns import any_of

_IS_LIST = re.compile(
    "[、和与及暨等]|[个大][^，。；、]{0,12}(?:项目|工程)|[开动]工[建兴]|启动建|建成|在[其列内名]|其中之一|榜上"
)
_STOPS = re.compile(r"[，。；\n]")
_N = "[0-9]{1,4}|[一两二三四五六七八九十百]{1,3}"
_KIND = "[^，。；、：的个项]{0,12}?(?:项目|工程)"
# 等9个产业项目, 三个项目, 等一批项目, 等重点工程32个, 等8座水库
_TAIL = re.compile(
    rf"等(?:总?投资[^，。；的]{{1,12}}元的)?(?P<listed>{_N})[余多]?(?:[个项条座处所][^，。；]{{0,30}}?(?:项目|工程)|[个项条座处所](?:[^，。；、的]{{0,8}}(?=[，。；]|$))?)(?:建设)?"
    rf"|(?P<count>{_N})(?:个|大){_KIND}(?:建设)?"
    # 等领域, 等企业: lists of nothing that is built.
    r"|等(?P<others>[^，。；、的]{0,10}?(?:领域|行业|产业|方面|板块|类别|门类|环节|业态|企业|公司|单位|部门|机构))(?!园|项目|集群)"
    rf"|等(?:一大?批)?{_KIND}(?:(?P<behind>{_N})[余多]?[个项]|建设)?|等(?=[，。；]|$)"
)
_ALL = (
    "(?:现?均|现?都|全部|同时|现场|集中|相继|先后|陆续|一同|一起|同日|也|如期|同步|实现|基本|当[天日]"
    "|进行了?|完成了?|成功|顺利|已|正式|分别|将|拟|计划|选址|签约|于|在(?:[^，。；、]{1,10}?[上中])?|的|正|年内)*"
)
# Such words tell of all that a list holds.
_TOLD = {
    **dict.fromkeys(["按步推进", "有序推进", "进展顺利", "推进顺利", "开复工"], "building"),
    **dict.fromkeys(["具备竣工条件", "具备投产条件", "具备通车条件"], "building"),
    **dict.fromkeys(["完成备案", "具备开工条件"], "proposed"),
}
# 等项目前期工作加快推进, 等项目前期工作
_EARLY = (
    "(?:的?前期(?:工作|手续)?|(?:谋划|策划)储备)"
    "(?:正|在|也|进展|取得|加快|加速|扎实|有序|稳步|全力|抓紧|积极|新|重要|阶段性)*(?:推进|开展|办理|顺利|谋划|启动|进展|突破|成效)"
)
_ON_PAPER = re.compile("的?前期(?:工作|手续)")
# 签约某基地等14个项目, 计划新开工：甲工程、乙工程: the verb stands in front.
_STAGES = {
    **dict.fromkeys(["引进", "招引", "吸引"], "landed"),
    **dict.fromkeys(
        ["新开工", "新建", "兴建", "继续建设", "实施", "加快推进", "加快", "推动", "推进", "抓好"], "building"
    ),
    **dict.fromkeys(["谋划储备", "策划储备"], "proposed"),
    "完成": "operating",
}
_AHEAD = re.compile(
    "(?P<verb>签约|引进|招引|吸引|落户|开工建设|开工|动工建设|动工兴建|动工|启动建设|继续建设|续建|新开工|新建|兴建|竣工投[产用运]|竣工"
    "|建成(?:投[产用运]|通车|启用|开放|运营|开园)?|投产|投用|投运|实施|完成(?!投资|产值|签约)|加快推进(?=[：:])|[谋策]划储备"
    "|(?:加快|推动|推进|抓好)+(?=[^，。；]{6,}(?:建设|前期(?:工作|手续))(?:[，。；]|$)))了?[：:]?(?!的|项目)(?=[^，。；]{2})"
)
# 加快续建甲水库, 完成甲工程、乙工程等3个项目前期工作: no wish.
_ON = frozenset({"续建", "继续建设", "完成", "加快", "推动", "推进", "抓好", "加快推进"})
# 主要有, 其中包括, 开工的有, 在建的重点项目是: what heads a list.
_HEAD = re.compile(
    r"(?:主要|其中|当中|里|分别|名单上|还|也|，|^|[的约工产建](?:[^，。；：、]{0,10}?(?:项目|工程|企业|公路|铁路|高速|道路|水库))?[中里]?[，,]?)"
    r"(?:主要|就|还|也|分别)?(?:有|包括|包含|涵盖|分别[是为]|[是为](?=[^，。；]{2,40}、))了?[：:]?"
)
_COUNTED = re.compile(
    "[0-9一二两三四五六七八九十]+[余多]?(?:[个项]|项目)|这批|集中|的(?:重点|重大|产业)*(?:项目|工程)?(?:里|中)?[，,]?(?:主要)?(?:有|包括)"
)
# 甲项目、乙大桥都在其中: of the works that the report goes through.
_IN_IT = re.compile(
    r"(?:[都均也便就]|正|全)*(?:在其中|在内|在列|位列其中|榜上有名|是其中之一)(?=[，。；]|$)"
    "|[都均也全]*在名单(?:上|里|之列|中)"
)
# 随着甲、乙的投产, 县长宣布甲、乙开工, 区里共有甲、乙等4个项目投产, 与甲、乙签约: no part of the list.
_MET = re.compile("[^、]{0,16}?(?:分别|^)[与和同]")
_LEAD = re.compile(
    r"(?:随着|[^、]{0,24}?宣[布告]|[^、]{0,8}?[共又还另]有|项目|目前|其中|现已|[主分]会场|还|另外|包括|包含|涵盖)+"
)
# 园区已有甲广场、乙项目等5个项目落地 describes the zone; of 就“某项目”、“某基地”两个项目签约 papers tell.
_HAVE = re.compile('(?:已有|现有|已经?引进|集聚|拥有|吸引)了?|[与和同].{2,40}就[“"]')
_BACK = re.compile("(?:上述|以上|这|该|此|前述)?")
# 甲产业园、乙电站等签约项目: how far they are, their kind tells; who hears of them or goes there is no name.
_INSIDE = re.compile("等?(?P<verb>在建|续建|新开工|新?签约)的?(?:重点|重大|产业|工业|招商)*(?:项目|工程)")
_GOES_TO = re.compile(
    "[^、]{0,30}?(?:听取|察看|查看|调研|考察|走访|参观|观摩|来到|走进|深入|推进|推动|前往)了?"
)
# 全县先后建成, 五年来已建成: of no subject but a town.
_SUBJECT = re.compile(
    "会上|全年|我们|重点|全力|当[天日]|现场|[全我本该][省市县区州镇乡]|先后|陆续|相继|累计|已|[^，。；]{1,6}年[来内]"
)
_BUILDING = re.compile("的?建设$")
_WORKS = re.compile("项目|工程")
_OTHERS = re.compile("[，。；：]")
_MAX_HEAD = 60


@dataclass(slots=True)
class _List:
    """A list in its clause: where its items begin and stop, and what ends it."""

    left: int
    begin: int
    stop: int
    end: int
    tail: re.Match[str] | None = None

    @property
    def number(self) -> int | None:
        """How many things the list is said to hold, or to be some of."""
        told = self.tail and (self.tail["listed"] or self.tail["count"] or self.tail["behind"])
        number = parse_number(told) if told else None
        return int(number.value) if number else None

    @property
    def is_part(self) -> bool:
        """Whether the list goes on with what it does not name."""
        return self.tail is not None and self.tail[0].startswith("等")

    @property
    def is_of_works(self) -> bool:
        """Whether the list says itself that it is one of works: 等5个项目, 等重点工程, 9个."""
        return self.number is not None or (self.tail is not None and _WORKS.search(self.tail[0]) is not None)


# 以建设小水窖、小塘坝等“五小工程”为重点: by what something else is done.
_AS_MEANS = re.compile('[”"]?(?:等[^，。；]{0,10})?为(?:重点|主|抓手|载体|龙头|契机|依托|突破口)')


class ListKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers, works: WorksKernels) -> None:
        super().__init__(readers)
        self._nouns, self._works, self._items = readers.names.nouns, works, ItemReader(readers)
        stages = readers.stages.words("signed", "landed", "building", "operating")
        told = [*readers.lookups["deal_types"]["lands"], *stages, *_TOLD]
        self._all_did = re.compile(f"{_ALL}(?P<verb>{_EARLY}|{any_of(told)})")
        # 竣工的有6个，…，甲项目便是其中之一; 签约项目有
        self._done = re.compile(f"(?P<verb>{any_of([*stages, *_STAGES])})(?:的|(?:重点|重大|产业)*项目)")

    def each(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """One deal for each of the works of a list; for 上述两个项目均落户某区 those told before."""
        found: list[Candidate] = []
        lists = list(self._lists(context, start, end))
        for number, one in enumerate(lists):
            following = lists[number + 1] if number + 1 < len(lists) else None
            found += self._of_list(context, one, following, (start, end), found)
        return found

    def _lists(self, context: ArticleContext, start: int, end: int) -> Iterator[_List]:
        """The lists of every clause."""
        text, position = context.text, start
        while mark := _IS_LIST.search(text, position, end):
            left = begin = clause_start(context, start, mark.start())
            if text.startswith(("：", ":"), left - 1):
                left = clause_start(context, start, left - 1)
            stop = _STOPS.search(text, mark.end(), end)
            right = stop.start() if stop else end
            opens = begin
            for tail in _TAIL.finditer(text, begin, right):
                yield _List(left, begin, tail.start(), tail.end(), tail)
                begin = tail.end() + text.startswith(("、", "和", "及"), tail.end())
            if begin == opens:
                yield _List(left, begin, right, right)
            position = right + 1

    def _of_list(
        self,
        context: ArticleContext,
        one: _List,
        following: _List | None,
        item: tuple[int, int],
        found: list[Candidate],
    ) -> list[Candidate]:
        """The works of one list, each with what is told of all."""
        text = context.text
        is_others = one.tail and one.tail["others"]
        told = None if is_others else self._told(context, one, following, item, found)
        if told is None or told.stage == "unknown":
            return []
        is_said = told.cue != (one.end, one.end)
        lands = told.base == "landed" and told.cue[0] >= one.stop
        items = self._items.split(context, one.begin, one.stop)
        if "签" in text[slice(*told.cue)] and are_two_bodies(context, items):
            return []
        hosts = self._hosts(context, one.stop, told.cue[1], item[1], len(items)) if lands else []
        if one.tail and _BACK.fullmatch(text, one.left, one.stop):
            is_land = bool(hosts) and (one.number or 2) > 1 and not found
            all_of_them = replace(
                told,
                title=one.tail.span("count" if one.tail["count"] else 0),
                parties=hosts,
                rule="all_land",
                about_last=True,
            )
            return [all_of_them] if is_land else []
        is_body = is_said and not one.tail and told.cue[0] >= one.stop
        if one.tail is None:
            items = self._of_their_own(context, told, items)
        elif (
            _HAVE.search(text, one.left, one.stop)
            # 甲、乙及丙备忘录，丁备忘录等: of several clauses nobody knows where the first item begins.
            or "，" in text[one.begin : one.stop]
            or not self._items.are_counted(
                context, items, one.number, is_part=one.is_part, is_of_works=one.is_of_works
            )
        ):
            return []
        return [
            replace(
                told,
                start=begin,
                end=max([stop, told.end, *(p.end for p in hosts)]) if number + 1 == len(items) else stop,
                cue=told.cue if is_said else (stop - 1, stop),
                hint="institution" if joint or (is_body and BODY.search(text, *title)) else "project",
                title=title,
                parties=[*whose, *(hosts[number : number + 1] if len(hosts) > 1 else hosts)],
                is_each=True,
            )
            for number, (begin, stop) in enumerate(items)
            for title, whose, joint in [self._items.named(context, begin, stop)]
        ]

    def _told(
        self,
        context: ArticleContext,
        one: _List,
        following: _List | None,
        item: tuple[int, int],
        found: list[Candidate],
    ) -> Candidate | None:
        """How far the works of a list are and the word that says it; moves its bounds to its items."""
        text, (start, end) = context.text, item
        if _AS_MEANS.match(text, one.end):
            return None
        behind, told_of = self._verb_behind(context, one, end), one
        if behind is None and following and text.startswith(("，", "、", "和", "及", "以及"), one.end):
            # 甲、乙等5个产业项目，丙、丁等3个总部项目集中签约
            is_one = one.tail and following.tail and not _OTHERS.search(text, one.end + 1, following.stop)
            behind = self._verb_behind(context, following, end) if is_one else None
            told_of = following
        mark = MARK.search(text, one.begin, one.stop)
        first = mark.start() if mark else one.stop
        lead = (_MET if behind and behind["verb"] == "签约" else _LEAD).match(text, one.begin, first)
        one.begin = lead.end() if lead else one.begin
        ahead = None if behind else _AHEAD.search(text, one.left, end)
        ahead = ahead if ahead and ahead.end() <= first else None
        inside = _INSIDE.match(text, one.stop, one.end) if one.is_part and not (behind or ahead) else None
        if behind:
            stage, cue = self._how_far(context, told_of, behind), behind.span("verb")
            base = self._base(behind["verb"])
            base = stage if base == "unknown" else base
            if stage == "proposed" and self._stages.is_due({behind["verb"]}, text[start:end]):
                stage = "building"
        elif ahead:
            base = "proposed" if _ON_PAPER.match(text, one.end) else self._base(ahead["verb"])
            if ahead["verb"] not in _ON and self._nouns.is_pushed(text, one.left, ahead.start()):
                return None
            if one.tail is None and not self._is_of_town(context, one.left, ahead):
                return None
            stage = self._stages.read(base, context.without_names(one.left, ahead.start()), "")
            if stage != base and (one.tail is None or ahead["verb"].startswith(("加快", "推", "抓"))):
                return None
            cue, one.begin = ahead.span("verb"), ahead.end()
            if one.tail is None and (ends := _BUILDING.search(text, first, one.stop)):
                one.stop = ends.start()
        elif inside:
            base = stage = "signed" if inside["verb"].endswith("约") else "building"
            goes = _GOES_TO.match(text, one.begin, first)
            cue, one.begin = inside.span("verb"), goes.end() if goes else one.begin
        else:
            base = stage = self._of_report(context, one, item, first, found, lead=lead is not None)
            cue = (one.end, one.end)
        if one.tail is None and self._nouns.is_pushed(text, one.begin, first):
            return None
        return Candidate(
            one.begin,
            max(one.end, behind.end() if behind else cue[1]),
            cue,
            stage=stage,
            base=base,
            hint="project",
            rule="counted" if one.is_part else "kernel",
        )

    def _verb_behind(self, context: ArticleContext, one: _List, end: int) -> re.Match[str] | None:
        """The verb behind a list, which is where a list without an end of its own stops."""
        if one.tail:
            if all_did := self._all_did.match(context.text, one.end, end):
                return all_did
            words = self._works.words(context, one.end, end)[:1]
            return next((v for v in words if not unfilled(context, one.end, v.start(), slack=False)), None)
        for verb in self._works.words(context, one.begin, one.end):
            head = self._nouns.before(context, one.left, verb.start(), self._nouns.work)
            if head is None or not AND.search(context.text, one.begin, head.end()):
                continue
            # 随着甲、乙的相继投产
            behind = head.end() + context.text.startswith("的", head.end())
            if not unfilled(context, behind, verb.start(), slack=False):
                one.stop = one.end = head.end()
                return verb
        return None

    def _how_far(self, context: ArticleContext, one: _List, verb: re.Match[str]) -> str:
        """The stage that the verb behind a list tells."""
        if verb.re is not self._all_did:
            return self._works.how_far(context, one.left, verb)
        before, after = context.text[one.end : verb.start("verb")], context.text[verb.end() : verb.end() + 12]
        return self._stages.read(self._base(verb["verb"]), before, after)

    def _base(self, word: str) -> str:
        """The stage that a word tells by itself."""
        told = "proposed" if "前期" in word or word.endswith("储备") else {**_TOLD, **_STAGES}.get(word)
        return told or self._stages.of_word(word)

    def _is_of_town(self, context: ArticleContext, left: int, verb: re.Match[str]) -> bool:
        """Whether nobody but a town stands in front of a verb of building (全县先后建成)."""
        subjects = [m.end() for m in _SUBJECT.finditer(context.text, left, verb.start())]
        return not (
            unfilled(context, subjects[-1] if subjects else left, verb.start())
            or context.mentions_in(left, verb.start(), "organization", "person")
        )

    def _of_report(
        self,
        context: ArticleContext,
        one: _List,
        item: tuple[int, int],
        first: int,
        found: list[Candidate],
        *,
        lead: bool,
    ) -> str:
        """How far works are of which the list has no verb: its head says it, or what was held.

        项目包括甲、乙等5个产业项目，丙等3个民生项目; 其中有甲、乙; 甲、乙都在其中
        """
        text, start = context.text, item[0]
        if found and one.is_part and text.startswith(("，", "。", "；"), one.end):
            return found[-1].base
        within = None if one.tail else _IN_IT.search(text, one.begin, one.end)
        head = last_match(_HEAD, text, max(start, one.left - _MAX_HEAD), first)
        if within:
            one.stop = one.end = within.start()
        elif head and (one.is_part or _COUNTED.search(text, start, head.end())):
            one.begin = head.end()
        elif not (one.is_part and lead):
            return "unknown"
        if verb := last_match(self._done, text, start, one.begin):
            before = context.without_names(start, verb.start())
            return self._stages.read(self._base(verb["verb"]), before, "")
        return "signed" if is_at_signing(context, *item) else stage_of_all(context, *item)

    def _of_their_own(self, context: ArticleContext, told: Candidate, items: list[Item]) -> list[Item]:
        """The items of a list of which nothing but their names says that they are works."""
        works = self._items.of_their_own(context, items)
        is_ahead, is_all = told.cue[0] < told.start, len(works) == len(items) > 1
        is_all |= len(items) > 1 and works == [(items[0][0], items[-1][1])]
        if is_ahead and not (is_all and len(works) == 1):
            # 建成甲、乙: of whom they are their names say, or those beside them.
            named = self._items.of_a_town(context, works)
            if not is_all and context.text[slice(*told.cue)] == "完成":
                # 完成某站、某站物资补给和人员轮换: what was done at places.
                return []
            return works if is_all and len(works) <= 2 * len(named) else named
        is_of_report = told.cue[0] < items[-1][1] or told.cue[0] == told.cue[1]
        return works if is_ahead or is_of_report or is_all else []

    def _hosts(self, context: ArticleContext, left: int, verb: int, end: int, count: int) -> list[Party]:
        """分别落户甲区、乙区和丙区: one for each of the works; else the one zone for all."""
        text = context.text
        stop = _STOPS.search(text, verb, end)
        parts = AND.split(text[verb : stop.start() if stop else end])
        if "分别" not in text[left:verb] or len(parts) != count:
            return self._works_sides.zone(context, verb, end)
        begin, zones = verb, []
        for part in parts:
            named = context.mentions_in(begin, begin + len(part), "place", "organization")
            zones.append(Party(begin, begin + len(part), named[0] if named else None, "host"))
            begin += len(part) + 1
        return zones
