"""Bodies that the words around them or the form of their name tell, whatever the engine sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.quoted import COUNTS
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_LEVELS = "省市县区州旗盟地镇乡"
_BARE_OFFICE = "bare_office"
# 赴|县民政局, 采访了|市民政局, 走进|区民政局; 海州|市民政局 is another's.
_BEFORE_BARE = frozenset("从由据经与及的任为兼向给到是过同跟请找赴了往对让被将把在和抵至")
_OFFICES_ABROAD = ("委员会", "署", "局", "部", "厅", "促进会", "理事会")
_NO_NAMES = frozenset("vpcd")


class DescribedBodies:
    """Built once from `organizations.yml` and `titles.yml`."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        self._divisions = divisions
        self._words = Words()
        vocabulary = lookups["organizations"]
        sector = any_of(vocabulary["office_sectors"])
        offices = any_of(vocabulary["offices"])
        outside = f"{vocabulary['not_inside']}{vocabulary['left_boundary']}"
        office = rf"(?:{sector}){{0,2}}[和与及](?:{sector}){{1,3}}(?:管理|促进|监督)?(?:{offices})"
        level_bodies = any_of([*vocabulary["level_bodies"], *vocabulary["always_venues"]])
        acts = any_of(vocabulary["not_in_sites"])
        level_body = re.compile(
            # One look spares most characters the rest.
            rf"(?=[在与和、省市县区州自])(?:(?:(?<![\u4e00-\u9fff])|(?<=[由被从向据应是跟找让过同原]))(?:[在与和、]?)(?P<name>(?:自治)?[省市县区州]"
            rf"(?:(?:{sector}){{1,2}}{office}|(?![长领民内场值面容域级属])(?:(?!{acts})[^\W\d_省市县区州{outside}]){{0,8}}?(?:{level_bodies})))"
            rf"|(?<=[在与和])(?P<bare>[市县](?:{level_bodies})))"
        )
        # A bare 党委 says the level of nothing.
        committees = [name for name in lookups["titles"]["committee"] if name[0] in _LEVELS]
        committee = re.compile(
            rf"(?<!团)(?:{any_of(committees)})(?=(?:常委|副?书记|秘书长|委员)|[、和][{_LEVELS}]政府)|团[{_LEVELS}]委(?!员|托|派)"
        )
        zone_body = re.compile(
            rf"(?:(?<![\u4e00-\u9fff])|(?<=兼))(?:{any_of(vocabulary['zone_bodies'])})"
            rf"(?=(?:党委|党组)?副?(?:主任|书记|委员|专员|秘书长|政委|司令员|部长|所长|教导员))"
        )
        numerals = "一二三四五六七八九十"
        session = f"[{numerals}]{{1,3}}届"
        # Bodies that the constitution and the statutes of the parties name.
        congress = re.compile(
            rf"(?:中国共产党|中共|中国人民政治协商会议)[^\W\d_{outside}]{{0,12}}?第{session}(?:全国)?(?:中央)?(?:纪律检查)?委员会"
            rf"|政协第{session}[^\W\d_{outside}]{{2,6}}?委员会"
        )
        standing = re.compile(
            rf"[{_LEVELS}](?:(?<![\u4e00-\u9fff].)|(?<=[经据由从].))第?{session}(?:人大常委会|人大|政协)(?!代表|委员)"
        )
        parties = any_of(vocabulary["parties"])
        # 居民建议, 市民进入 hold none of them.
        party_branch = re.compile(
            rf"(?<![居市村农人公国渔牧移平])(?:{parties})(?![议设造言筑入行展步命])"
            rf"(?:[^\W\d_{outside}]{{0,5}}?[{_LEVELS}](?:委员会|委会|委(?!员)|支部|总支)|中央(?:委员会)?)"
        )
        army = re.compile(r"(?:(?:中国人民)?解放军)?[东南西北中]部战区(?:[海空陆]军|火箭军|总医院)?")
        inner_named = rf"(?![{vocabulary['not_in_place_body']}])[^\W\d_{outside}]"
        areas = any_of(vocabulary["bare_areas"])
        area_ends = [*vocabulary["bodies_of_zones"], *vocabulary["bodies_of_areas"]]
        ends = any_of(area_ends)
        area_body = re.compile(
            rf"(?:(?<![\u4e00-\u9fff])|(?<=[与和由从向经给是据为]))(?![与和由从向经给是据为])"
            rf"(?:{inner_named}{{1,6}})?(?:{areas})(?:{ends})(?![省市县区])"
        )
        bare_government = re.compile(
            r"(?:(?<![\u4e00-\u9fff])|(?<=[与和由从向]))[省市县区州旗镇乡]政府(?![\u4e00-\u9fff]{0,2}[部门网])"
        )
        project_office = re.compile(
            rf"(?:(?<![\u4e00-\u9fff])|(?<=[从由据]))[省市县区州旗](?![长领民]){inner_named}{{2,6}}?办(?=副?主任|了解到|获悉|获得)"
        )
        unions = [
            body for body in vocabulary["endings"]["association"] if body[-1] in "协联" and len(body) == 2
        ]
        bare = any_of([*(body for body in vocabulary["bodies_after_place"] if body[-1] in "局委办"), *unions])
        schools = any_of(
            body
            for body in vocabulary["endings"]["school"]
            if body[-1] in "中高专小" and body not in ("高中", "初中")
        )
        departments = any_of(vocabulary["level_departments"])
        ends_of = any_of(vocabulary["ends_of_departments"])
        bare_office = re.compile(
            rf"[省市县区州旗](?:{bare}|(?:{schools})(?!学(?!生|员)|[年级时伙部组区撮])|(?:{departments})(?:{ends_of})"
            rf"|(?:{any_of(vocabulary['offices_of_levels'])})(?:(?<![委府大协]办)|(?=[^\u4e00-\u9fff]|[和与及主副联印发牵在召转督负获会落推组]|$)))(?![{_LEVELS}员属面合盟])"
        )
        # 市重点项目建设指挥部办公室: what they are for may be any words.
        task = rf"(?:(?!{any_of(vocabulary['convened'])})[^\W\d_{vocabulary['not_inside']}由给])"
        seat = r"(?:(?<![\u4e00-\u9fff])|(?<=[由从据经被与和向]))[省市县区州旗]"
        task_force = re.compile(
            rf"{seat}(?![长领民内场值面容域级属直区辖里上两]|城(?![市管乡])|政府|委|人大){task}{{2,18}}?(?:领导小组|指挥部|专班)(?:办公室)?(?![{_LEVELS}员])"
        )
        posted = re.compile(rf"{seat}驻[^\W\d_驻{outside}]{{1,6}}?(?:{any_of(vocabulary['missions'])})")
        inspectors = re.compile(
            rf"(?:{seat}|[\u4e00-\u9fff]{{2,3}}[省市县区州旗]|中央)(?:纪委国家监委|纪委监委|纪委|监委)派?驻"
            r"[^\W\d_]{2,14}?纪检监察组"
        )
        holders = any_of(vocabulary["bare_offices"])
        held_office = re.compile(
            rf"(?<=[、兼和])(?:{holders}|(?:{departments})(?:{ends_of}))"
            r"(?=(?:党委|党组)?(?:常务)?副?(?:书记|局长|主任)|等(?:单位|部门|有关|相关))"
        )
        periodical = re.compile(rf"《[^《》\n]{{1,12}}》(?:{any_of(vocabulary['after_title_marks'])})")
        paper = re.compile(
            r"(?:(?<=[\n【])|^)(?P<name>[\u4e00-\u9fff]{2,6}"
            r"(?:日报|晚报|晨报|早报|时报|商报|都市报|特区报|(?<![本讯])网))"
            r"(?:[\u4e00-\u9fff]{2,3})?(?:[0-9]{1,2}月[0-9]{1,2}日)?(?:讯|消息)(?=[】（( \u3000]|记者|通讯员)"
        )
        # 海原日报·新海原客户端记者, 海原新闻客户端报道
        client = re.compile(
            r"(?:(?<=[·、])[\u4e00-\u9fff]{2,5}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}新闻)客户端"
            r"(?<!手机客户端)(?<!移动客户端)(?=记者|报道|讯|[、，。）])"
        )
        quoted = re.compile(
            rf"(?<=[“\"])[^“”\"，。；\n]{{2,20}}(?:{any_of(vocabulary['quoted_bodies'])})(?=\s?[”\"])"
        )
        # “云禾”食品有限公司, 和平公司; no “独角兽”公司
        kinds = [*vocabulary["trades"], *vocabulary["office_sectors"]]
        forms = "(?:股份|有限责任|有限)?公司|集团(?![军化式内])|厂(?![商区房家长里])"
        branded = re.compile(
            rf"[“\"](?![{COUNTS}])(?!(?:{any_of(vocabulary['kinds_in_quotes'])})[”\"])(?:(?!的)[\u4e00-\u9fffA-Za-z]){{2,8}}[”\"]"
            rf"(?:(?:{any_of(kinds)}){{0,3}}(?:{forms})(?![化债制])|(?![{vocabulary['not_in_place_body']}])[^\W\d_{outside}]{{1,10}}?有限(?:责任)?公司)"
            rf"|(?:(?<![\u4e00-\u9fff])|(?<=[与和由及向对从让据]))(?:{any_of(vocabulary['brand_words'])})(?:公司|集团)(?![化债制军])"
        )
        institutes = any_of(vocabulary["institutes"])
        inner = rf"(?:(?!{any_of(vocabulary['not_in_sites'])})[^\W\d_{outside}])"
        free = rf"(?:(?={any_of(vocabulary['free_starts'])})|(?![{vocabulary['not_in_place_body']}]))"
        founding = any_of(vocabulary["founding"])
        founded = re.compile(
            rf"(?:{founding}|的(?<=[\u4e00-\u9fff]的)(?:{founding})?)(?:(?<!的)(?:[的了起]|起了))?"
            rf"(?P<name>(?!(?:{any_of(vocabulary['generic_institutes'])})*(?:{institutes}))(?![{vocabulary['not_in_place_body']}])"
            rf"{inner}{{2,16}}?(?:{institutes}))"
            rf"(?={any_of(vocabulary['after_institutes'])}|[^\u4e00-\u9fff]|$)"
        )
        missions = any_of(vocabulary["missions"])
        mission = re.compile(
            rf"(?:{any_of(divisions.countries)})驻(?:成都|太原|[^\W\d_驻{outside}]{{1,6}}?)(?:{missions})"
        )
        aid = re.compile(
            r"[\u4e00-\u9fff]{2,3}[省市](?:对口支援|援)[^\W\d_，。、]{1,10}?(?:前方指挥部|前方工作组|前方工作队|工作队|工作组|指挥部)"
        )
        ministry = re.compile(
            rf"(?:{any_of(divisions.countries)})[^\W\d_长理席使统记官员相臣]{{2,6}}(?:[、与和及][^\W\d_长理席使统记官员相臣]{{2,6}}){{1,2}}部"
            r"(?=(?:高级|常务|政务)*(?:副?部长|次长|常任秘书|国务秘书))"
        )
        # 停产的青石瓷厂
        idle = re.compile(
            rf"(?:停产|倒闭|破产|关停|闲置|停工)的(?P<name>[^\W\d_{outside}]{{3,8}}?厂)(?![房区长家子])"
        )
        builder = re.compile(
            rf"中(?:{any_of(vocabulary['state_builders'])})(?:[{numerals}]{{1,3}}|[^\W\d_{outside}]{{2,3}})?[航公]?局"
            rf"(?:(?:集团)?第?[{numerals}](?:工程)?(?:有限)?公司|集团(?:有限公司)?|[{numerals}]{{1,3}}处(?!理|置|于|在))?"
        )
        # 国网东江电力
        grid = re.compile(
            rf"(?:国网|南方电网|南网)[^\W\d_{outside}]{{2,6}}?(?:供电(?:分?公司|局|所)|电力(?:(?:有限)?公司)?|电网公司|综合能源公司?)(?!公司|有限)"
        )
        # 东国苏发努大学
        abroad = re.compile(
            rf"(?:{any_of(divisions.countries)})[{lookups['places']['transliterating']}]{{2,8}}"
            r"(?:国立|理工|联邦|农业|工业|医科|师范|科技)*大学(?!生)"
            # 东国对外贸易委员会
            rf"|(?:{any_of(divisions.countries)})(?:对外|外国|国家|联邦|经济|贸易|投资|工业|商业|出口|发展|促进|旅游|农业|能源|科技|文化|教育|合作){{2,5}}(?:委员会|发展署|署|局|部|厅|促进会|理事会)(?![长员门分面])"
        )
        # 镇属企业海原资产经营公司
        owned = re.compile(
            r"[省市县区州镇乡村街]属(?:国有|集体|重点|骨干)?(?:企业|国企|平台公司)"
            rf"(?P<name>(?!(?:{any_of(vocabulary['generic_firms'])})*(?:公司|集团))(?:(?!{acts}){inner_named}){{2,12}}?(?:公司|集团))"
            r"(?!公司|集团)"
        )
        cooperative = re.compile(
            r"(?:(?<![\u4e00-\u9fff])|(?<=[与和由从向被是给]))村(?:集体)?(?:股份)?(?:经济)?(?:联合社|合作社|合作总社)"
        )
        university = re.compile(
            rf"(?:(?<![\u4e00-\u9fff])|(?<=[由从在与和]))(?:{any_of(vocabulary['founding'])})?(?P<whole>{inner}{{2,10}}(?:大学(?!生)|(?<!科)学院)"
            rf"(?!(?:{any_of(vocabulary['founding'])}))(?:(?:{any_of(vocabulary['subjects'])})[与和])?{inner}{{2,14}}?(?:{institutes})(?:[(（][\u4e00-\u9fff]{{2,4}}[)）])?)"
            rf"(?={any_of(vocabulary['after_institutes'])}|[^\u4e00-\u9fff]|$)"
        )
        # 全国海原研究会, but no 全国行业协会
        national_ends = vocabulary["national_ends"]
        national = re.compile(
            rf"(?=[中全国世])(?:国家超级计算|国家超算)[\u4e00-\u9fff]{{2,3}}中心|(?=[中全国世])(?<![各多本我该])(?:中国|中华|全国|国家|国际|世界)"
            rf"(?!行业协会|行业商会|重点实验室|[性级各首多最第唯])(?:(?!{acts})[^\W\d_{outside}]){{2,18}}?"
            rf"(?:{any_of(national_ends)})(?![员长法级]|会员|建设)"
        )
        heads = any_of([*vocabulary["heads_of_bodies"], "总指挥", "组长", "副组长"])
        titled = re.compile(
            rf"(?:^|[、，。；兼据\n“”：]|免去[他她其]|[曾现时历出担调升转]任)(?P<name>(?!据|着|免去|任命|聘任|受到|得到|收到|感谢|欢迎|邀请|拜访|走访|会见|听取|走进|来到|参观|察看|查看){free}(?:(?!当选|辞去|出任|接任){inner}){{2,12}}?(?:{'|'.join(vocabulary['titled_bodies'])}))"
            rf"(?=(?:原|党委|党组)?(?:常务|执行|第一)?副?(?:{heads}))"
        )
        behind = {head[0] for head in vocabulary["heads_of_bodies"]}.union("副原党常执第总组")
        titled_ends = [
            f"{body.rpartition(')')[2]}{b}" for body in vocabulary["titled_bodies"] for b in behind
        ]
        # Each with words of which a text must hold one, where the gate reads none or fewer off the pattern.
        patterns: list[tuple[re.Pattern[str], str, float, Sequence[str]]] = [
            (level_body, "level_body", 0.6, ()),
            (congress, "statutory_body", 0.7, ("委员会",)),
            (standing, "statutory_body", 0.7, ("人大", "政协")),
            (party_branch, "statutory_body", 0.7, vocabulary["parties"]),
            (army, "statutory_body", 0.7, ("部战区",)),
            (committee, "level_body", 0.6, [*committees, *(f"团{level}委" for level in _LEVELS)]),
            (zone_body, "level_body", 0.6, vocabulary["zone_bodies"]),
            (area_body, "area_body", 0.6, area_ends),
            (bare_government, "level_body", 0.6, ("政府",)),
            (project_office, "level_body", 0.6, ("办主任", "办副主任", "办了解到", "办获悉")),
            (bare_office, _BARE_OFFICE, 0.6, ()),
            (task_force, "level_body", 0.6, ("领导小组", "指挥部", "专班")),
            (posted, "mission", 0.7, ("驻",)),
            (inspectors, "statutory_body", 0.7, ("纪检监察组",)),
            (
                held_office,
                "held_office",
                0.6,
                ("局长", "主任", "书记", "等单位", "等部门", "等有关", "等相关"),
            ),
            (
                branded,
                "branded_firm",
                0.6,
                [
                    *(
                        f"{close}{word}"
                        for close in '”"'
                        for word in [*kinds, "公司", "集团", "股份", "有限"]
                    ),
                    *(f"{word}{form}" for word in vocabulary["brand_words"] for form in ("公司", "集团")),
                ],
            ),
            (client, "periodical", 0.7, ("客户端",)),
            (quoted, "quoted_body", 0.6, vocabulary["quoted_bodies"]),
            (periodical, "periodical", 0.8, ()),
            (
                paper,
                "periodical",
                0.8,
                tuple(word + end for word in ("讯", "消息") for end in (*"（( \u3000】", "记者", "通讯员")),
            ),
            (founded, "founded_body", 0.6, vocabulary["institutes"]),
            (titled, "titled_body", 0.6, titled_ends),
            (aid, "aid", 0.7, ("对口支援", "援疆", "援藏", "援青")),
            (mission, "mission", 0.7, ("驻",)),
            (
                ministry,
                "ministry",
                0.7,
                tuple(f"部{w}" for w in ("高级", "常务", "政务", "部长", "副部长", "次长", "常任", "国务")),
            ),
            (idle, "idle_plant", 0.6, ("产的", "闭的", "停的", "置的", "工的")),
            (builder, "state_builder", 0.7, ()),
            (university, "university_institute", 0.6, ("大学", "学院")),
            (abroad, "abroad_body", 0.7, ("大学", *_OFFICES_ABROAD)),
            (national, "national_body", 0.6, national_ends),
            (
                owned,
                "owned_firm",
                0.5,
                ("属企业", "属国企", "属国有", "属集体", "属重点", "属骨干", "属平台"),
            ),
            (grid, "state_grid", 0.7, ("国网", "南网", "南方电网")),
            (cooperative, "level_body", 0.6, ("合作社", "联合社", "合作总社")),
        ]
        self._patterns = [
            (NAMES.compile(pattern, words), rule, confidence) for pattern, rule, confidence, words in patterns
        ]

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find 县工业和信息化局, quoted laboratories, 政法委 in 、政法委书记, institutes that are founded.

        Args:
            text: The article's text.
            spans: Top-level spans; one that begins with a place and ends with a body's title in front of
                it needs no longer name.

        Returns:
            Organisations, sorted by start; they may overlap.
        """
        found = []
        ending = {span.end: span for span in spans}
        for pattern, rule, confidence in self._patterns:
            for match in pattern.finditer(text):
                group = match.lastgroup or 0
                whole = ending.get(match.end()) if rule == "titled_body" else None
                # A 停产的自行车厂 has no name.
                if rule == "idle_plant" and self._words.frequency(match["name"][:-1]):
                    continue
                if rule == _BARE_OFFICE and not self._is_bare(text, match.start()):
                    continue
                if whole and self._divisions.leading_end(text, whole.start, whole.end) is not None:
                    continue
                found.append(Span(*match.span(group), "organization", rule, confidence))
        return sorted(found, key=lambda span: (span.start, -span.end))

    def _is_bare(self, text: str, start: int) -> bool:
        """Whether the level that a body begins with belongs to no place's name in front of it."""
        before = text[max(0, start - 4) : start]
        if not before or not "\u4e00" <= before[-1] <= "\u9fff" or before[-1] in _BEFORE_BARE:
            return True
        word, kind = tag(before)[-1]
        return len(word) > 1 and kind in _NO_NAMES and not self._divisions.is_place(word + text[start])
