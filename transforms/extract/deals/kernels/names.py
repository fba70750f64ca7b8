"""The names of works that a kernel tells of: which nouns they end with, what stands in front of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start, skip_article, unfilled
from transforms.extract.deals.model import Party
from transforms.extract.deals.owners import OwnerReader
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.topic import AREA, BANK
from transforms.extract.deals.works import PLANNED, WorkNouns, bare
from transforms.extract.patterns import any_of

NO_NAME = re.compile(
    r"^(?:鉴于|走[出进过]|离开|告别|穿过|路过|步入|计划(?=[今明后]年|[0-9]|与)|预计|预定|预期|力争|争取|有望|确保|承诺|积极|大力|全力|强力|标志|设(?![计备施])|先期|前期|将|与|和|给|为|它|他|其|我|双方|借用|租用|租赁|租下|利用|向|对|在|从|把|被|使|令|让|新签|签|全[市县区国省]|各|这|以(?!.{0,2}[项工])|作为|带动|通过|多(?=[家个项数次位方种座条只])|目前|前者|后者|下一步|借助|依托|随着|像|盘活|原打算|又|还|并|也|再|正|已|首次|发布)|双方|签订|签署|已经|已于|原?打算|.计划(?=[今明后]年|[0-9])|公司|企业|投入|、|投产了|怎么|什么|使|[是”]$|宣布|是我|^[^“]{2,}”[^“]*$|携手|联手|出了|产业链$|规模|为|进行|^.{0,3}完成|^(?:项目|工程|首[条批期个座]|眼下|一定)|^一批|^[0-9]+[个项]|[放搬迁][进到]了|^两地|^第?[一二三四五六首]期(?:包[括含]|主要|总?投资|占地|建[设0-9一二两])"
)
_BUILT_BY = re.compile(
    r"(?:.{0,40}?(?:投资|建设|开发|实施|承建|总包|代建|打造|运营|出资|援建|兴建|兴办|开办|合办|合资|新建|关心|关注|瞩目|期盼|期待"
    r"|扩建)的)(?=.{4})"
)
# 那是甲公司的某工程, 走进某项目现场
LEADS = re.compile(
    "[^，。；]{0,8}最[^，。；]{1,4}的(?:就|也)?(?:是|要数)"
    "|[^，。；的由]{1,6}的(?:就|也|便|则)?是(?=[^，。；]{4})|[这那它](?:里|儿|边)?(?:就|也|便|正)?(?:都)?是|走进|来到|走入|步入|走访|探访|抵达|赶到|眼前是"
    "|[^，。；的]{2,24}?宣布了?(?=[^，。；]{4})|(?:与之|与其|为其)(?:[^，。；的]{1,4})的|(?P<one>[这那][座处条家栋片])(?=[^，。；的由是]{3})"
)
# 某高速公路控制性工程——某大桥
_KEY = re.compile(
    r".{4,40}?(?:控制性|关键性?|重点|重大|标志性)(?:节点)?(?:工程|项目)(?:(?:——|[“\"之])(?=.{3})|(?=.{5}))"
)
# 省重大项目某某生产线, 该县某某针织某项目, 我国首个某基地, 总投资150亿元某项目
_ITS = re.compile(
    r"(?:国家|[省市县区州])级?(?:重大|重点|标志性|民生|实事)(?:产业|建设|民生|基础设施|技改)*(?:项目|工程)(?:——)?(?=[^，。；的、]{6})"
    r"|[该我本][国省市县区镇乡](?:[^，。；的]{0,4}最[大高长深]的|首[个座条])?(?=.{4})|(?:总?投资)?(?:约|达|近|超)?[0-9.]+[万亿]+元(?=[^的元、，]{4})"
)
# 重点项目集中开工暨某科技园奠基
_BESIDE = re.compile("[^，。；]{2,40}(?:开工|竣工|签约|活动|仪式|大会)暨(?=.{4})")
# 集种植、加工于一体的某基地, 主会场所在的某项目
_KIND = re.compile(
    "集.{4,40}?[于为]?一[体身]的(?=.{3})|以[^，。；的]{2,24}为(?:龙头|核心|主体|重点|主)的(?=.{4})|[主分]会场(?:所在的)?(?=.{4})"
)
# 某产业园二期12栋标准厂房, 某项目举行一期投产仪式
_ITS_PARTS = re.compile(
    r"(?P<whole>[^的]{3,40}(?:[一二三四五六]期|项目|工程|产业园|园区))(?:[0-9]+[栋座幢条]\w{0,4}(?:厂房|楼|线|车间)$|举[行办])"
)
# 记者在某项目施工现场看到
_SITE = re.compile("(?:建设|施工|项目|工程)?(?:现场|工地)|，(?:工程|工人|施工|建设)")
_AT_SITE = re.compile("(?:[^，。；]{0,8}(?:记者|笔者))?(?:走进|来到|在)(?=.{4})")
_TALKS_OF = re.compile("(?:洽谈|商谈|磋商|对接|探讨)(?=.{4})")
# 要把自家的某厂搬到某县
_HANDLED = re.compile(
    r"(?:(?:还|又|也|拟|将|要|计划|打算|准备)*把)?(?:(?:自家|自己|其|原有|现有)的)?(?=.{3})"
)
_OF_WHAT = re.compile(
    r"(?:给|为)[^，。；]{2,12}的(?=.{4})|(?:与[^，。；的]{2,8})?配套(?:建设)?的(?=.{4})|(?:也|还|另)?有?(?:[一二两三四五六七八九十]|[0-9]+)[个座条家处](?=.{4})"
)
# 在某镇建起了某加工厂, 启动某改造: what a verb of building has for its object.
_PUTS_UP = re.compile(
    r".{0,50}?(?:建设|新建|兴建|扩建(?!第?[一二三四五六首]期(?:工程|项目))|投建|建起|建成|盖起|建了|打造|参与|新上|上马|新?开通|新开(?!工)|开辟|增开|合作设立|合办|筹建|启动|(?:组织)?实施|推进|(?<!打算)改(?:造|建|扩建)?[成为作]|打造成|变身[为成]?)"
    r"(?!工程|项目)[了起]{0,2}(?=.{4}|第?[一二三四五六]期$)|.{0,50}?(?:[建办设盖上添]|开设|兴办|引来|迎来|引进|引入|招来|招引)[成起]?了?(?=[一两][座个条家处间所].{3})"
)
# 叫停了某扩建项目
# 批准了某建设方案, 日前核准了某项目
_APPROVED = re.compile(
    "(?:[^，。；的]{0,12}?(?:日前|近日|昨日|已经?|正式))?(?:批复同意|核准|批准|批复|审议通过|审批通过)了?(?:建设|实施|新建)?(?=.{4})"
)
_GIVEN_UP = re.compile(
    "(?:叫停|中止|终止|取消|放弃|撤回|退出)了?(?:原[定本]的?)?(?:[与和同跟][^，。；的]{2,20}的)?(?=.{4})"
)
# 老厂区的酒库改造工程, 同镇的某大桥: where works are
_AT_PLANT = re.compile(
    r"(?:[^，。；的、]{0,10}?(?:老厂区?|新厂区?|厂区|分厂|牧场|矿区|工厂)|[同该本][省市县区镇乡村])的(?=.{3})(?!标准|厂房)"
)
# A noun goes on to the next one unless a word between them begins another thing.
_NO_NOUN = re.compile(
    r"[^\w（）()“”·—-]|[0-9一二两三四五六七八九十]+[个座台条栋幢]|[在由的于将已拟把主首就便分与和及至内里有等是从到被让用向对正再又也还]"
    r"|计划|预计|实现|举[行办]|建成|开工|投产|落户|生产|总部"
)
# 某工程因管网迁改，推迟至9月开工
_WHY = re.compile(
    r"(?:(?:当[年月季]|同[年月]|即)(?:签约|落地|拿地|开工|动工|建设|建成|竣工)[、，]?|[，,]?(?:则|却|也)?(?:因|由于|受)[^，。；]{2,20}?(?=[，,于已被上今去终停暂推缓搁]|延[期后缓]|近日|日前|[0-9])[，,]?"
    r"|(?:开工|投产|开业|竣工|完工)(?:时间|日期)(?:(?:由|从)(?:原定|原计划)?的?)?|通过[^，。；]{0,12}?验收[，,并]?|双向|一次|[0-9]+(?:个|条|座)(?:子项目?|标段|单体)|试|累计|钢结构|盾构|路基|桩基|管片|设备|主体(?:结构|工程|建筑)?|[主边][跨墩塔桥]|地下厂房|大坝|铁塔|锚[碇体]+"
    r"|[一二三四五六0-9]+号(?:锅炉|机组|窑炉?|线)|(?:延期|推迟|延后|顺延|延)[至到]"
    r"|[，,](?=双|三方|各方|经|至今|已|现|去年|今年|最终|目前|一直|仍|历时|久|迟)|招商|双方|[三各]方|现?已经?|均|都|经|友好|协商|一致|同意|最终"
    r"|至今|仍然?|一直|迟迟|始终|久|尚|还|历时[^，。；]{1,6}?(?=仍|未|没|才)|没有?能?|未能?|并未|(?:奠基|开工|启用|通车|开业|落成|签约)(?:仪式|活动))*"
)
# 年产3万吨乳酸、聚乳酸生产项目: one name, of several products
_PRODUCTS = re.compile(
    "[0-9.]+[万亿]?[吨台套件只辆块片个][^、，的]{2,12}(?:、[^、，的]{2,12})+(?=项目|工程|基地|生产线)"
)
# 拟与乙共建的某院
_ONLY_PLANNED = re.compile(r"(?:原|本来|此前|早先)?(?:定|拟|本|打算|计划|准备|想)?")
_WITH = re.compile("[与和跟同]")
_PART_OF = re.compile("[主引边][塔桥墩楼]")
_LISTED = re.compile("、|等")
_NOT_TOLD = re.compile(r"的|[^，。；]{0,6}(?:里程|[一0-9二三四五六七八九十]+周年)")
_RUNS = re.compile(
    r"(?:[0-9年月日]+|在[^，。；]{2,8}?|[，,]?下[周月]|就要|即将|[本上]周|[本上去今][月年]|刚刚?|[昨今]日|日前|近日|已|正式|顺利|建成|全面|一次|主体(?:工程|结构)?|开始)*"
    r"(?:落成|通车|开业|完工|投产|投用|投运|达产|通水|点火|竣工|封顶|打[下完了]|奠基|启用|开工|动工|试生产|试产|试运行|占地|总投资|投资(?=[0-9.]+[万亿]元[，,](?:[去今前]年|[0-9]|占地|用地|总?建筑面积|主要|预计))|因[^，。；]{2,16}(?:停工|停建|搁置|叫停)|由[^，。；]{2,40}?(?:投资|建设|兴建|承建|建成))"
)
# 在某县建设高阶某某二厂, 由某某投资的某厂: of a plant in whose front it is put up the name is that of works.
_PUT_UP = re.compile(
    r"(?:投资|出资|兴建|新建|扩建|建设|建造|建起|建成|建了|盖起|兴办|创办|开办|承建|总包|援建|捐建)(?:建设|兴建)?(?:的|了|一?[座个家间]|一条)*[^，。；的、0-9]{0,8}$"
)
_MAX_BEFORE = 24
_OF_PLANT, _PLANTS = re.compile("的[^，。；：的]*$"), frozenset({"厂区", "厂", "工厂", "牧场", "矿区"})
_NEXT_PHASE = re.compile("[，；]第?[二三四五六]期")
# Of works that nobody is said to own the name must be their own.
_DISTINCT = re.compile(r"[“\"A-Z0-9]|[一二三四五六]期")
_MIN_OWN_CHARS = 2
_MIN_NAME_CHARS, _MAX_NOUN_CHARS, _MIN_TITLE_CHARS = 4, 8, 3
# Offsets of the word that tells of works, and the stage that it tells.
Told = tuple[tuple[int, int], str]


class WorkNames:
    """Compiled once from `lookups["deal_types"]`.

    Attributes:
        nouns: The nouns of works.
    """

    def __init__(self, words: Mapping[str, Any], parties: PartyReader) -> None:
        self.nouns = WorkNouns(words)
        self._parties, self._topic, self._owners = parties, parties.topic, OwnerReader(parties)
        # 甲与乙合股开办的某某: the clause names the sides, so whatever stands behind 的 is what they founded.
        self._joint_of = re.compile(f"(?:{any_of(joint_verbs(words))}) ?的(?=[^，。；：的]{{3,40}}$)")

    def is_name(self, context: ArticleContext, title: tuple[int, int]) -> bool:
        """Whether words name one thing, which may begin like a person's name."""
        words = context.text[title[0] - (context.text[title[0] - 1 : title[0]] == "“") : title[1]]
        is_short = len(words) < _MIN_NAME_CHARS or self.nouns.is_generic(words)
        people = context.mentions_in(*title, "person")
        words = _PRODUCTS.sub(lambda m: m[0].replace("、", ""), words)
        return not (is_short or NO_NAME.search(words) or any(p.start > title[0] for p in people))

    def is_body(self, context: ArticleContext, noun: re.Match[str]) -> bool:
        """Whether a noun of works is the end of a firm, a bank or an office."""
        around = context.mentions_in(max(0, noun.start() - 40), noun.end(), "organization")
        body = next((m for m in around if m.end == noun.end()), None)
        if body is not None and body.text.endswith("厂"):
            # 某某污水处理厂昨日通水, 建设某某三厂: of a plant that is told of as works its name is theirs.
            begin = max(0, body.start - _MAX_BEFORE)
            if _RUNS.match(context.text, body.end) or _PUT_UP.search(context.text, begin, body.start):
                return False
        return body is not None and bool(
            self._topic.is_firm(body) or BANK.search(body.text) or AREA.search(body.text)
        )

    def named(
        self, context: ArticleContext, start: int, heads: list[re.Match[str]]
    ) -> tuple[tuple[int, int], list[Party]]:
        """The name of works that ends with the first noun and those that it goes on with (改造 + 工程)."""
        text, stop = context.text, heads[0].end()
        for following in heads[1:]:
            if not goes_on(text, stop, following.start()) or _PART_OF.fullmatch(text, stop, following.end()):
                break
            stop = following.end()
        left = clause_start(context, start, heads[0].start())
        leads = LEADS.match(text, left, stop)
        title, sides = self._owners.split(context, leads.end() if leads else left, stop)
        return self.own(text, title), sides

    @staticmethod
    def own(text: str, title: tuple[int, int]) -> tuple[int, int]:
        """The name behind what it cost, who built it and when it was planned."""
        title = bare(text, title)
        site = _AT_SITE.match(text, *title) if _SITE.match(text, title[1]) else None
        title = (site.end() if site else title[0], title[1])
        for pattern in (
            _BESIDE,
            _ITS,
            _KIND,
            _BUILT_BY,
            _AT_PLANT,
            PLANNED,
            _PUTS_UP,
            _APPROVED,
            _GIVEN_UP,
            _HANDLED,
            _OF_WHAT,
            _KEY,
            _TALKS_OF,
        ):
            lead = pattern.match(text, *title)
            title = (skip_article(text, lead.end() if lead else title[0]), title[1])
        parts = _ITS_PARTS.match(text, *title)
        return (title[0], parts.end("whole")) if parts else title

    def founded_by(
        self, context: ArticleContext, left: int, end: int
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """甲与乙合作设立的X before a verb, whatever X ends with: X and its founders."""
        found = self._joint_of.search(context.text, left, end)
        if found is None:
            return None
        title = self._parties.trim(context, found.end(), end)
        sides = self._parties.coordination(context, left, found.start())
        parties = [p for p in sides if p.mention or not _ONLY_PLANNED.fullmatch(context.text, p.start, p.end)]
        if not any(p.mention for p in parties):
            return None
        if len(parties) < 2 and not _WITH.fullmatch(context.text, parties[0].start - 1, parties[0].start):
            return None
        return (title, parties) if title[1] - title[0] >= _MIN_TITLE_CHARS else None


def joint_verbs(words: Mapping[str, Any]) -> frozenset[str]:
    """Verbs of founding something together: those listed, and 合股 with 开办 and the like."""
    pairs = (how + verb for how in words["together"] for verb in words["founds"])
    return frozenset([*words["found_together"], *pairs])


def goes_on(text: str, stop: int, start: int) -> bool:
    """Whether a noun that ends at `stop` is one name with the noun at `start` (医院 + 新 + 院区)."""
    return start - stop <= _MAX_NOUN_CHARS and not _NO_NOUN.search(text, stop, start)


def behind_plant(text: str, heads: list[re.Match[str]]) -> list[re.Match[str]]:
    """The nouns of what is built at a plant, of whose own the name is none (某镇老厂区的酒库改造工程)."""
    while len(heads) > 1 and heads[0][0] in _PLANTS and _OF_PLANT.match(text, heads[0].end(), heads[1].end()):
        heads = heads[1:]
    return heads


def has_own(text: str, heads: list[re.Match[str]], first: Told, later: Told) -> bool:
    """Whether a later word tells of works that are named behind the first one (一期投产，二期封顶)."""
    is_phase = _NEXT_PHASE.search(text, first[0][1], later[0][0])
    return is_phase is not None or any(first[0][1] <= h.start() < later[0][0] for h in heads)


def direct(
    context: ArticleContext, heads: list[re.Match[str]], told: Told
) -> tuple[list[re.Match[str]], Told] | None:
    """The nouns of works of which a word tells, with it: nothing but days and adverbs stands between."""
    (position, end), _ = told
    ahead = [h for h in heads if h.end() <= position]
    ahead = [h for h in ahead if not _PART_OF.fullmatch(context.text, h.start() - 1, h.end())] or ahead
    for number in range(len(ahead) - 1, -1, -1):
        stop = ahead[number].end()
        why = _WHY.match(context.text, stop, position)
        if unfilled(context, why.end() if why else stop, position) or _NOT_TOLD.match(context.text, end):
            break
        begin = clause_start(context, 0, stop)
        lead = PLANNED.match(context.text, begin, stop)
        if _LISTED.search(_PRODUCTS.sub("", context.text[lead.end() if lead else begin : stop])):
            break
        first = number
        while first and goes_on(context.text, ahead[first - 1].end(), ahead[first].start()):
            first -= 1
        return ahead[first : number + 1], told
    return None


def is_own_name(context: ArticleContext, title: tuple[int, int], noun: re.Match[str]) -> bool:
    """Whether a name is that of one thing."""
    return bool(
        context.mentions_in(*title, "place", "organization")
        or _DISTINCT.search(context.text, *title)
        or title[1] - title[0] - len(noun[0]) >= _MIN_OWN_CHARS
    )
