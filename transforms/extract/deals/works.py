"""The nouns of works: of which one a verb tells, in its clause or earlier ones, and lists of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.patterns import any_of

# 原定今年开工的某项目已取消: the old plan is not the title.
PLANNED = re.compile(
    # 业主单位为甲局、施工单位为乙公司的某改造
    r"(?:(?:业主|建设|施工|承建|设计|监理|投资|运营)(?:单位|方)?[为是][^，。；的、]{2,24}[、，和]?)+的|"
    r"(?:(?:历时|历经)[^，。；的、]{1,8}、)?(?:[这那该此][处座个条家栋块片间所])?(?:(?:原定|原计划|原拟|此前|原来|原先|当初)[^，。；]{0,20}?|(?:停工|停建|搁置)[^，。；的]{0,8}|(?:两地|双方|三方|校企|政企|政校)(?:联合|共同|合作|携手)*(?:共建|合建|建设|打造)|(?:位于|选址[在于]?|坐落[在于]|地处)[^，。；的]{2,20}|因[^，。；的]{2,30}|(?:横跨|连接|贯穿|穿越|途经)[^，。；的]{2,20}|[^，。；的]{2,20}之一|作为[^，。；]{2,24}之一|总?装机(?:容量)?[^，。；的]{1,12}(?:千瓦|兆瓦)|(?:全长|总长|长)[^，。；的]{1,10}(?:公里|千米|米)|(?:(?:计划|规划|总)*投资[^，。；的]{1,12}|[0-9.]+[万亿])[元亿]|(?:(?:总?投资|占地|(?:总)?建筑面积|总?面积)[^，。；的、]{1,12}(?:元|亩|平方米|公顷|㎡)、?)+(?:年(?:产|处理|加工)[^，。；的、]{1,12})?|[^，。；的]{1,8}最[大长高早先][^，。；的]{0,3}|[^，。；的]{1,12}(?:亩|平方米|公顷|㎡)"
    r"|(?:去年|同年|前年|当年|年初|[0-9]{2,4}年|当[日天]|[昨今][日天]|[此本这]次|新|刚)?(?:[0-9]{1,2}月)?(?:曾经?|已经?)?(?:集中)?(?:签约|签订|签下|引进|落户|招标|公示|开工|动工|奠基|(?:建成)?(?:竣工|投产)|在建|续建))的"
    r"|(?:投资)?(?:建设|新建|兴建)(?=年产|一[座个条]|[0-9])|(?:计划|拟|将)?在[^，。；的]{2,20}?(?:投资)?(?:建设|新建|兴建|[建盖][起成]了?)(?:一[座个条])?(?=[^，。；]{4})"
    r"|(?:总?投资|占地|用地|总?装机|总?建筑面积)[^，。；的、]{1,12}(?:元|亩|平方米|公顷|千瓦)、(?=由[^，。；的、]{4,30}的)"
)
# 某产业园位于城北，占地500亩，总投资30亿元，昨日开工: what is told of the works before their verb.
_DESCRIBED = re.compile(
    r"(?:位于|坐落|地处|选址|建在|选在|设在|(?:计划|预计|估算|概算)?总?投资|概算|占地|用地|规划|设计|全长|长|宽|高|建筑面积|总建筑面积|总面积|面积|分[两二三四2-5]期|原?由|系|是由|年产|日产|日处理|总装机|装机|以|历时|历经|耗时|涵盖|包括|集|共|总|设有|建有|线路|主桥|桥长|是(?:我|全|省|国|[^，。；]{1,8}?(?:首|第|最|又|重点)))"
    r"(?![^，。；]{0,12}?(?:完成|建成|竣工|落地|开工|签约))"
)
_DESCRIBES = re.compile(
    r"(?:因|由于|经)[^，。；]{2,}|(?:该|其|计划|预计|项目|工程|其中|共|可|建成后|达产后|前期|一期|主要|于?[0-9去今前同年月日]+)*"
    r"(?:位于|坐落|地处|选址|总?投资|概算|占地|用地|规划|设计|全长|长|宽|高|建筑面积|总建筑面积|总面积|面积|分[两二三四2-5]期|原?由|年产|日产|日处理|总装机|装机|容量|工期|建设|开工|动工|设|涵盖|包括|集|建有|拥有|线路|主桥|桥长|施工图|初步设计|可研|环评|征地|拆迁|土地|手续|前期|正在?做?规划|已?完成(?:注册|环评|立项|备案|土地|可研|征地|勘察|勘测|规划|设计|拆迁|选址|招标)|是(?:我|全|省|国|[^，。；]{1,8}?(?:首|第|最|又|重点)))"
)
_MAX_DESCRIPTIONS = 4
# 目前1号、2号厂房: parts of the works that the article tells of.
PART = re.compile(
    r"(?:目前|现|其中|预计|计划|力争|[0-9]+(?:年|月份?)|[今明]年(?:[上下]半年)?|年?底前?)*(?:(?:[0-9一二两三四五六七八九十百]+(?:号|栋|座|幢|个)[、和]?)+|(?:首|第一)[条台批座栋个家间]|最后一[条台座栋]|新)[^，。、]{0,4}"
    r"(?:厂房|楼|泊位|机组|车间|生产线|产线|装置|牛舍|标段|展厅|工厂)"
    r"|(?:第?[一二三四五六首]期)?(?:(?:主体?|附属|配套|标准)?(?:厂房|车间|工程|建筑)|工厂|主楼|裙楼|塔楼|门诊楼|住院楼|病房楼|教学楼|宿舍楼|办公楼|实验楼|科研楼|综合楼|主桥|引桥|主塔|主体)"
)
# 某项目在某产业园开工: the second noun is where.
_LOCATED = re.compile(r"(?:[0-9年月日上下午今昨]|正式|近日|日前)*(?:在|于)[^，。；]{2,24}$")
WHY = re.compile(
    r"[ 　]*(?:(?:则|却|也)?(?:因|由于)|受|截至|自|通过|经|停工|停建|搁置"
    r"|停滞|中断|暂停|历时|历经|耗时|取得|获得|拿到)[^，。；]{2,24}[，,]?$|[，,]$"
    r"|(?:同期|近日|昨日|日前|今日|也|再)*(?:传来(?:了|好|新)*(?:消息|捷报|喜讯|进展|音讯)"
    r"|(?:有了?|迎来|取得|传来)新?(?:的)?进展)[：:，,]$"
)
_AND = re.compile(r"[、和与及]")
_LIST_MARK = re.compile("、")
# 甲项目（某镇）
BRACKET = re.compile(r"[（(][^（）()]{2,12}[镇县区市乡][）)]$")
_NOT_LISTED = re.compile(r"[的等]|代表性")
# 甲与乙共建的某室, 投资8亿元的某项目, as an item of a list
_FOUNDED_OF = re.compile(
    "(?:共建|合建|合办|合作建设|联合建设|共同建设|投资|建设)的|(?:投资|占地)[^，。；的、]{1,12}(?:元|亩|平方米)的"
)
_MIN_NAME_CHARS, _MIN_LISTED_CHARS = 3, 4
# 某县重点项目集中签约 is a sum.
_SUM_OF_WORKS = re.compile(
    r"(?:重点|重大|招商引资|招商)(?:产业|建设)?(?:项目|工程)$|^.{0,6}(?:协作|合作)(?:产业|重点|招商)*项目$|仪式"
    r"|(?:签约|开工|竣工|投产|复工|续建|落户|引进|招引|在建)的?(?:重点|重大|产业|工业|亿元|制造业|建设|招商)*(?:项目|工程)$"
    # 基础设施类项目, 文旅项目: all of a field
    r"|类(?:重点|重大|产业|建设|工业)*(?:项目|工程)$"
    r"|^(?:产业|工业|农业|制造业|服务业|社会事业|文化旅游|文旅|交通|水利|城建|市政|基础设施|民生|实事|乡村振兴|建设)+(?:项目|工程)$"
    # 全市第二座大型水库
    r"|(?:[省市县区州国]|[全我本]\w)第[一二三四五六七八九十]+[座条个家](?:大型|中型|小型)?[^的]{2,8}$"
)
_BARE_NOUN = re.compile(
    r"^(?:的)?(?:[^的]{0,4}的)?(?:改造|建设|扩建|新建|技改)?(?:项目|工程|平台|中心|基地|园区|公司)$"
)


def bare(text: str, title: tuple[int, int]) -> tuple[int, int]:
    """全县最大的仓储项目——某粮食产业园: the name stands behind the dash, 本报讯 and 引进了."""
    dateline = _DATELINE.match(text, *title)
    title = (dateline.end(), title[1]) if dateline else title
    brought = _BROUGHT.match(text, *title)
    title = (brought.end(), title[1]) if brought else title
    dash = text.rfind("——", *title)
    return (dash + 2, title[1]) if title[1] - dash >= _MIN_LISTED_CHARS + 2 and dash >= 0 else title


_DATELINE = re.compile(r"本报[^，。；]{0,12}?[讯电](?![子信力器机])[ \u3000]*")
# 园区还引进了某种质库, 记者看到某工程, 航拍某大桥, 眼下一期工厂
_BROUGHT = re.compile(
    r"(?:[^，。；的]{0,8}?(?:引进|引入|招引|引来|迎来)了|[^，。；的]{0,8}?(?:看[到见]|见到|目睹)|这?标志着|[更还也又另]有|航拍|俯瞰|鸟瞰|图为|眼下|如今|现在|启动(?=[0-9年]))(?=[^，。；]{4})"
)


class WorkNouns:
    """Compiled once from `lookups["deal_types"]`.

    Attributes:
        head: A noun that is works by itself, with its phase.
        work: The same or a noun that is works before a verb of works only.
        head_end: The first at the end of a title; `work_end` likewise.
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        heads, works = any_of(words["projects"]), any_of([*words["projects"], *words["works"]])
        self.head, self.work = (
            re.compile(
                f"(?!(?<=[全上下])线|港[澳股商资籍府]|缆车间)(?:{nouns})(?:[（(][^（）()]{{1,12}}[)）])?(?:[一二三四五六]期)?"
                "(?:[A-Z0-9一二三四五六七八九十]+号机组)?(?!(?!进入|转入|已进)\\w{0,4}阶段)(?:[\u4e00-\u9fff]{2,6}至[\u4e00-\u9fff]{2,8}?段|[\u4e00-\u9fff]{2,4}?段(?!\\w*[路桥]|\\w{0,4}(?<!全)线))?"
                "|(?<=[\\w”])(?:[一二三四五六]期)(?:项目|工程)?"
            )
            for nouns in (heads, works)
        )
        self.head_end, self.work_end = re.compile(f"(?:{heads})$"), re.compile(f"(?:{works})(?:建设)?$")
        # 推动某项目开工 is a wish for it, 参观某园区 is no work on it.
        self._pushing = re.compile(
            f"(?:{any_of(words['pushing'])}|(?<![重主必需只])要"
            f"|(?:{any_of(words['pushing_or_named'])})(?!改造|能力|业|区|站|设施|{heads}))"
        )
        self._generic = re.compile(
            f"^(?:{any_of(words['generic'])})|(?<![第一二三四五六七八九十])[0-9一二三四五六七八九十百千万两]+(?:余|多)?[个项批座条家][^，。第]{{0,40}}$|^[0-9一二三四五六七八九十两]+(?:台套|[台套栋])(?![0-9])[^，。第]{{0,40}}$"
        )

    def is_pushed(self, text: str, start: int, stop: int) -> bool:
        """Whether words of [start, stop) make what follows a wish or a place to be seen (推动某项目)."""
        found = self._pushing.search(text, start, stop + 4)
        return found is not None and found.start() < stop

    def is_pushing(self, words: str) -> bool:
        """Whether words begin as a wish or with a place to be seen."""
        return self._pushing.match(words) is not None

    def is_generic(self, words: str) -> bool:
        """Whether words name no single thing (一批项目)."""
        return (
            len(words) < _MIN_NAME_CHARS
            or bool(_SUM_OF_WORKS.search(words))
            or bool(self._generic.search(words))
            or bool(_BARE_NOUN.match(words))
        )

    def named(self, text: str, title: tuple[int, int], nouns: re.Pattern[str]) -> list[tuple[int, int]]:
        """The items of a list of which every one ends with a noun of its own; none otherwise."""
        # Of 甲与乙共建的某室、丙院 only the mark of a list divides.
        joint = _FOUNDED_OF.search(text, *title)
        marks = (_LIST_MARK if joint else _AND).finditer(text, *title)
        cuts = [title[0], *(m.end() for m in marks), title[1] + 1]
        parts = [(a + (text[a] == "“"), b - 1 - (text[b - 2] == "”")) for a, b in pairwise(cuts)]
        if len(parts) < 2:
            return []
        ends = self.work_end if nouns is self.work else self.head_end
        parts = [(a, (m.start() if (m := BRACKET.search(text, a, b)) else b)) for a, b in parts]
        whole = all(
            b - a >= _MIN_LISTED_CHARS
            and ends.search(text, a, b)
            and not _NOT_LISTED.search(_FOUNDED_OF.sub("", text[a:b]))
            and not self.is_generic(text[a:b])
            for a, b in parts
        )
        return parts if whole else []

    def before(
        self, context: ArticleContext, left: int, end: int, nouns: re.Pattern[str]
    ) -> re.Match[str] | None:
        """The noun that a verb tells of: of 某项目在某产业园 the first, the other one says where."""
        # 桥 of 石桥镇 is no bridge.
        heads = [
            h
            for h in nouns.finditer(context.text, left, end)
            if h.end() == end or not context.is_inside(h.end())
        ]
        for first in heads[:-1]:
            if _LOCATED.match(context.text, first.end(), heads[-1].start()):
                return first
        return heads[-1] if heads else None

    def earlier(
        self, context: ArticleContext, start: int, left: int, nouns: re.Pattern[str]
    ) -> tuple[re.Match[str] | None, int]:
        """甲与乙合作的某项目，因资金未到位，已经终止: the noun stands a comma or two earlier."""
        for _ in range(2):
            stop, left = left, clause_start(context, start, left - 1)
            head = last_match(nouns, context.text, left, stop)
            if head is not None:
                return (head if WHY.match(context.text, head.end(), stop) else None), left
            if left <= start or not WHY.match(context.text, left, stop):
                break
        return None, left

    def described(
        self, context: ArticleContext, start: int, own: int, verb: int
    ) -> tuple[re.Match[str] | None, int]:
        """某园位于城北，占地500亩，昨日开工: the works that the clauses before the verb describe."""
        left = own
        if unfilled(context, own, verb, slack=False):
            return None, own
        for _ in range(_MAX_DESCRIPTIONS):
            if left <= start:
                break
            stop, left = left, clause_start(context, start, left - 1)
            planned = PLANNED.match(context.text, left, stop)
            describes = not planned and _DESCRIBES.match(context.text, left, stop)
            for head in self.work.finditer(context.text, planned.end() if planned else left, stop):
                if describes:
                    break
                is_last = head.end() == stop - 1 and stop < own
                if (is_last or _DESCRIBED.match(context.text, head.end(), stop)) and not context.is_inside(
                    head.end()
                ):
                    return head, left
            if not describes:
                break
        return None, own
