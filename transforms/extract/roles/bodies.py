"""Whose title it is: the body in front of a title."""

from __future__ import annotations

import re

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention
from transforms.extract.roles.antecedents import FIRM_HEADS, GOVERNORS
from transforms.extract.roles.titles import Title, TitleGrammar

_JOINT = re.compile("[和与]")
# 某智库（YJ）
_ASIDE = re.compile(r"(?<=\w)[（(][^（）()]*[）)]$")
FIELD = re.compile(
    r"\w{0,6}(?:公安|组织|宣传|统战|财政|教育|卫生|卫健|民政|司法|审计|统计|水利|水务|交通|农业|农牧|林业|商务|文化|文旅|旅游|体育|住建|建设"
    r"|环保|环境|城管|规划|国土|应急|招商|税务|工信|科技|人社|气象|地震|畜牧|粮食|信访|医保|乡村振兴|市场监管|工商|质监|药监|经贸|外事|安监)"
)
BODY_STEMS = "部局厅处科院所室站台厂店园馆"
_BODY_END = re.compile(
    r"(?:(?<!干)[部局厅处科院所室站台厂店园馆委办会组队社系司署厅团校村镇乡区县市省州国]|中心|公司|集团|大学|学院|医院|银行|协会|联盟|工商联|政协|人大"
    r"|政府|基地|平台|俱乐部|事务所|实验室|研究院|智库|科协|文联|作协|侨联|妇联|残联|社科联|街道|企业|机构|法院|检察院|工作站|合作社|事业部|基金|资本|证券|股份|论坛)$"
)
# How short names of firms end.
_FIRM_END = re.compile(
    r"(?:化工|重工|轻工|精工|建工|实业|控股|科技|能源|新能源?|置业|地产|[药铝纸乳酒奶茶果牧种渔矿鞋泵塑钢]业|林业|制药|食品|电子|电[气力缆机器]"
    r"|钢铁|特钢|机械|机床|装备|重装|材料|新材|物流|港务|航运|航空|汽车|车业|客车|智能|智造|生物|医药|环保|建设|纺织|服饰|针织|陶瓷|水泥|轴承"
    r"|光[电伏学]|传媒|文旅|旅游|商贸|贸易|超市|商城|水产|农业|农牧|[产国城建交农水科创]投|水务|燃气|热力|精密|股份|软件|信息|网络|通信|半导体|农商行"
    r"|制造|机器人|家居|家具|玻璃|包装|服装|咖啡|饮料|医疗|健康|金属|五金|橡胶|塑胶|化学|化纤|光学|照明|电器|门窗|冶金|稀土|模具|仪器|仪表|粮油|酒店|置地|工艺|电缆|阀门)$"
)
_FIRM_WORD = re.compile("(?:集团)?公司|集团")
# 原 that is no part of a word.
_ONCE = re.compile("原(?=.)(?![子油料材产则始野版生创声阳告])")
_PART_END = re.compile(r"(?:[部局处科室所会]|中心|分公司|支行|分行|车间|办公室|分院|学院)$")
_FIRM_TITLES = frozenset({"书记", "负责人", "经理", "总工程师", "总工", "首席科学家", "董事", "总监", "主席"})
_WHOLE_NAMES = ("公司", "集团", "大学", "银行", "学院", "医院")
_PLACE_COMMITTEE = re.compile(r"[省市县区州旗盟]委$")
# 某市市委, 某县县委
_DOUBLED = re.compile(r"([省市县区州旗])\1$")
_GOVERNMENT_PARTY = re.compile(r"政府党[组委]$")
_SISTERS = frozenset({"管委会", "管理委员会", "办事处", "街道办事处", "村委会", "村民委员会", "居委会"})
_ZONE = re.compile(
    "(?:园区|开发区|高新区|经开区|合作区|保税区|示范区|试验区|功能区|集聚区|片区|新区|度假区)$"
)
_PARTY_PARTS = frozenset({"组织部", "宣传部", "统战部", "政法委", "社会工作部"})
_PARTY_BODY = re.compile(r"(?<=.)(?:党工委|党委|工委|党总支|党支部)$")
# 原 behind one of these says former; in 太原 or 平原 it is part of the name.
_BODY_CHARS = frozenset("省市县区镇乡村州旗盟局厅部委会院校所社厂场司团学行站馆处协")
# 第五届会长, 新一届理事长: since when, not of what.
_TERM = re.compile(
    r"(?:新一|新|首|本|上|下一?|第?[一二三四五六七八九十0-9]{1,3})[届任](?:理事会|董事会|监事会|会董会)?"
)
DOES = re.compile("了(?!解)|正[与向]|[已将][^军]|[他她]|担任|宣布")
# 中方主任, 俄方经理
_SIDE = re.compile("(?![对官地东西南北])[\u4e00-\u9fff]{1,3}方")
# 签字人为副校长某某
_SIGNER = re.compile("(?:签[字约署]|带队|主讲|牵头)(?:人|者|代表)?(?:是|为)|(?:签约)?代表(?:是|为)")
# 某会轮值主席某国总统: two offices, the second of the land.
_OFFICE = re.compile("(?:主席|总统|总理|书记|部长|会长|理事长|董事长|主任)国?$|成员国$")
# 某国首都出席某国总统, 某报援引某部发言人: the verb parts two bodies, of which the second has the title.
_PARTS = re.compile(
    "出席|接受|援引|担任|主持|召开|希望|批准|垂询|访问|抵达|会见|率|支持|反对|邀请|任命|要求|呼吁|提名"
)
# 正在某国进行国事访问的国家主席, 某地宣判无罪的某乡农民: a clause about a place, not whose title it is.
_CLAUSE = re.compile("(?:访问|出访|来访|到访|出席|参加|进行|考察|抵达|举行|批准|宣判|成立|因)")
_POSTED = re.compile(r"常?驻$")
_ENVOYS = frozenset(
    {"大使", "公使", "总领事", "领事", "代办", "代表", "常驻代表", "特别代表", "参赞", "武官", "副代表"}
)
# 某法院已经禁止某国前总理
_ADVERBS = frozenset("已将曾正拟就也仍又未不")
# What a clause or a praise says of a body that is not named.
_HELD_NOW = re.compile("(?:现|新|首|时)任")
_PRAISE = re.compile(r"(?:.*的)?(?:全[国省市])?(?:优秀|先进|模范|十佳|最美)|.*的")
_FIRST_FIELD = re.compile("[\u4e00-\u9fff]{2,6}(?<![局厅委会院校办部处所司队组站])[与和]")
_OFFICE_END = re.compile("(?:[部处科系]|学院)$")
_PAIRED = re.compile("(?:[我本该][校院局厂])?(?P<front>[\u4e00-\u9fff]{2,6})[和与][\u4e00-\u9fff]{2,8}")
_PRONOUN = re.compile(
    "[我他她你咱]|记者|对方|双方|其|自己|一行|[\u4e00-\u9fff]*(?:[长员者人]|书记|主任|主席|经理|专家|代表)$"
)
_COUNTED = re.compile(r"[零〇一二三四五六七八九十百0-9]{1,4}号")
_CLOSERS = {"”": "“", '"': '"', "」": "「"}
# Who own what bears a name in quotes.
_OWNERS = frozenset(
    {"老板", "老板娘", "店主", "园主", "庄主", "场主", "农场主", "船东", "摊主", "经营者", "合伙人"}
)
# 某国原子能组织主席, 某国新生党领导人
_UNION = re.compile("..(?:(?<!中央)组织|(?<!执政)(?<!在野)党)$")
_KINDS = frozenset("女男老")
_MAX_QUOTED_NAME = 20
_MAX_OWNER_CHARS, _MAX_PLACE = 4, 8
_MAX_BODY = 60
_MEETS = re.compile(r"\w{0,6}?(?:会见|会晤|拜会|接见|看望|欢迎|祝贺)")
# What glues a body to a name in a running sentence and so starts the body's name.
_LEAD = re.compile(
    r"^.*(?:日前|近日|今天|昨天|当天|当日|上午|下午|晚间?|期间|会上|会后|其中|包括|以及|还有|(?:领导|嘉宾|来宾|人员)有|[0-9]日|[0-9]年|[0-9]月"
    r"|称|说|从|受到|得到|会见|任命|免去|提名|推选|陪同|采访了?|邀请|记者|来自|据|让|请|聆听|听取|看望|慰问|学习|贯彻|落实|传达|应|由|对(?!外)|向|与|和|跟|同(?![心创仁济方德兴庆泰盛达发洲文江安])|在|并|是|以|随|给|把|被|等)"
)


def ends_part(words: str) -> bool:
    """Whether words end like a part of a body: 面粉分会, 销售部."""
    return _PART_END.search(words) is not None


def stands_alone(words: str) -> bool:
    """Whether the words in front of a title name nobody: 与, 聘任, 新任, 第五届, 中方."""
    return not words or any(pattern.fullmatch(words) for pattern in (_LEAD, _TERM, _SIDE, _SIGNER))


def body_in_front(context: ArticleContext, person: Mention) -> Mention | None:
    """The body that a name with its title behind it follows: 甲大学某某教授, 来自甲大学的某某教授."""
    end = person.start - (context.text[person.start - 1 : person.start] == "的")
    named = context.mentions_in(max(0, end - _MAX_BODY), end, "organization")
    return next((m for m in named if m.end == end and (m.subtype or _BODY_END.search(m.text))), None)


def find_title_start(context: ArticleContext, grammar: TitleGrammar, start: int, title: Title) -> int:
    """Where the title begins: 集团 of 某某集团董事长 belongs to the body that was recognised."""
    first, head = start + title.start, start + title.end - len(title.head)
    if title.committee_chars or _is_former_here(context, first, title):
        return first
    ends = [m.end for m in context.mentions_in(start, head, "organization") if m.start < first < m.end]
    firm = _FIRM_WORD.match(context.text, first, head) if not ends and first - start > 1 else None
    if firm is not None:
        # 航空公司商务总监, behind 某某航空公司; 市政分公司总经理.
        kind = context.text[start : firm.end()]
        named = context.mentions_in(0, start, "organization")
        is_body = context.text[first - 1] in "分子" or any(m.text.endswith(kind) for m in named)
        ends = [firm.end()] if is_body else []
    # What is left must still be a title: 工党 of 某化工党委书记 is no body.
    rest = grammar.match_end(context.text[ends[-1] : start + title.end]) if ends else None
    return ends[-1] if rest and rest.start == 0 else first


def _is_former_here(context: ArticleContext, title_start: int, title: Title) -> bool:
    return title.is_former and context.text[title_start - 1 : title_start] in _BODY_CHARS


def posted_from(context: ArticleContext, start: int, title_start: int, title: Title) -> int:
    """Where the title of an envoy begins: 驻某国 of 某国驻某国大使 is of the title, not of the body."""
    if title.head not in _ENVOYS:
        return title_start
    for place in context.mentions_in(start, title_start, *PARTY_TYPES):
        posted = _POSTED.search(context.text, start, place.start)
        if posted and title_start - place.end <= len("第一"):
            return posted.start()
    return title_start


def quoted_body(
    context: ArticleContext, title_start: int, title: Title
) -> tuple[Mention | None, str | None, int]:
    """The body in front of a title whose name stands in quotes (“某某”总裁)."""
    closer = context.text[title_start - 1 : title_start]
    if closer not in _CLOSERS or not (title.rank in {"chief", "deputy"} or title.head in _OWNERS):
        return None, None, title_start
    floor = max(0, title_start - 2 - _MAX_QUOTED_NAME)
    opened = context.text.rfind(_CLOSERS[closer], floor, title_start - 1)
    name = context.text[opened + 1 : title_start - 1]
    if opened < 0 or not re.fullmatch(r"[\w·\-]{2,}", name):
        return None, None, title_start
    inside = context.mentions_in(opened, title_start, "organization")
    return (inside[-1] if inside else None), name, opened


def body_before(
    context: ArticleContext, start: int, title_start: int, title: Title
) -> tuple[Mention | None, str | None, int]:
    """The body in front of a title: mention, words and offset of the first of them."""
    title_end = title_start + title.end - title.start
    name_end = title_start + title.committee_chars
    inside = [
        m
        for m in context.mentions_in(start, title_end)
        if m.entity_type in PARTY_TYPES
        and m.start < title_start
        and not (m.end > title_start and _is_former_here(context, title_start, title))
        and not name_end < m.end <= title_end - len(title.head)
        and not (m.end == title_end and m.entity_type == "organization")
    ]
    if not inside:
        words = context.text[start:title_start]
        lead = None if _is_paired(context, start, words) else _LEAD.match(words)
        body = words[lead.end() :] if lead else words
        body = re.sub(
            r"^(?:原(?![子油料材始野版])|前|时任|新任|后任|正如|就有|又?来到|上任不久的?|通过了|过去曾担任过|实行|一位|了|[村镇乡县厂校店]里的|当地的?|附近的?|新?当选的)|的$|(?<=.)(?:新|首|现)任$",
            "",
            body,
        )
        if words.endswith("的") and (lead or len(body) > _MAX_OWNER_CHARS):
            # 从城市返乡的村支书: a clause, not a body.
            return None, None, title_start
        if (clause := _PRAISE.match(body)) is not None:
            # 前来授课的全国优秀乡镇党委书记: which kind of body, not which one.
            body = body[clause.end() :]
            if len(body) < 2 and not title.committee_chars:
                return None, None, title_start
            body = body if len(body) > 1 else ""
        if _TERM.fullmatch(body):
            return None, None, title_start
        if title.committee_chars and len(body) > _MAX_PLACE:
            # 组团来考察|市委常委: the end of a sentence is lost, which names no city.
            body = ""
        name = body + context.text[title_start:name_end]
        is_firm = FIRM_HEADS.search(title.head) or title.head in _FIRM_TITLES
        if FIELD.fullmatch(name) and len(title.head) == 2 and title.head[0] in BODY_STEMS:
            # 市公安局长, 组织部长: the first character of the head is the last of the body.
            return None, name + title.head[0], title_start - len(body)
        shown = _ASIDE.sub("", name)
        ended = _BODY_END.search(shown) or (is_firm and _FIRM_END.search(shown))
        if not re.fullmatch(r"[\w()（）·\-]{2,24}", name) or not ended:
            return None, None, title_start
        return None, name, title_start - len(body)
    chained = [inside[-1]]
    for mention in reversed(inside[:-1]):
        gap = context.text[mention.end : chained[0].start]
        is_clause = (
            (_LEAD.match(gap) and not gap.startswith("驻")) or _OFFICE.search(gap) or _PARTS.search(gap)
        )
        if gap and (len(gap) > 8 or "的" in gap or gap[0] in _ADVERBS or gap[-1] == "籍" or is_clause):
            break
        chained.insert(0, mention)
    first, last = chained[0], chained[-1]
    tail = context.text[last.end : title_start]
    # 财政部长: the first character of the head is the last of the body.
    is_stem = tail and not tail.endswith("的") and len(title.head) == 2 and title.head[0] in BODY_STEMS
    stem = title.head[0] if is_stem else ""
    if len(tail) > 16 or tail in {"方", "籍"} or (_LEAD.match(tail) and not _BODY_END.search(tail + stem)):
        return None, None, title_start
    if _CLAUSE.match(tail):
        return None, None, title_start
    best = next((m for m in reversed(chained) if m.entity_type == "organization"), last)
    if stem and title.start + 2 == title.end and not tail.endswith(stem):
        name_end = title_start + 1
    if _HELD_NOW.match(tail):
        # 某村现任村党支部书记
        name_end = last.end
    if "的" in tail and not title.committee_chars and not _BODY_END.search(tail + stem):
        # 某国负责安全问题的总理顾问: what stands between says more than a name.
        name_end = last.end
    name = context.text[first.start : max(name_end, last.end)].removesuffix("的")
    field = context.text[start : first.start]
    if (
        _FIRST_FIELD.fullmatch(field)
        and _OFFICE_END.search(name)
        and _is_paired(context, start, field + name)
    ):
        # 安全环保与应急管理部 of which the second half was recognised.
        return None, field + name, start
    cut = _wrong_front(context, name) if best is first or _JOINT.search(name) else 0
    return (None if best.start < first.start + cut else best), name[cut:], first.start + cut


def _is_paired(context: ArticleContext, start: int, words: str) -> bool:
    """Whether 和 or 与 stands in a body's name: 数学与统计学院, 文化和旅游局."""
    joint = _PAIRED.fullmatch(words)
    if joint is None or context.mentions_in(start, start + joint.end("front"), "person"):
        return False
    return _LEAD.match(joint["front"]) is None and _PRONOUN.match(joint["front"]) is None


def _wrong_front(context: ArticleContext, name: str) -> int:
    """Characters that were taken for the front of a body's name: a verb of meeting, or a person and 和."""
    met = _MEETS.match(name)
    if met:
        return met.end()
    people = {m.text for m in context.mentions if m.entity_type == "person"} if _JOINT.search(name) else ()
    ends = [j.end() for j in _JOINT.finditer(name) if any(name[: j.start()].endswith(p) for p in people)]
    return ends[-1] if ends else 0


def sister_body(body_text: str | None, before: str | None) -> str | None:
    """某开发区党工委副书记、管委会主任: the second body is of the place that the first one names.

    某市委常委、组织部部长: or of the committee.
    """
    if before is not None and body_text in _PARTY_PARTS and _PLACE_COMMITTEE.search(before):
        return before + body_text
    if body_text not in _SISTERS or before is None:
        return body_text
    zone = _PARTY_BODY.sub("", before)
    return zone + body_text if zone != before or _ZONE.search(before) else body_text


def with_field(
    context: ArticleContext, organization: Mention, body_start: int, body_text: str, title_start: int
) -> tuple[int, str, bool]:
    """某国国防大臣, 某集团华东总经理: words behind a body that end no body are the title's.

    Returns:
        Where the title begins, the body's words, and whether 原 stands between them (某厂原车间主任).
    """
    tail = context.text[organization.end : title_start]
    if _ONCE.match(tail):
        return organization.end + 1, context.text[body_start : organization.end], True
    if (
        not tail
        or len(tail) > 8
        or _BODY_END.search(body_text)
        or _UNION.search(tail)
        or not re.fullmatch(r"\w+", tail)
    ):
        return title_start, body_text, False
    if DOES.search(tail):
        # 某公司拿到了某国客商某某的订单, 该公司已与自然人某某签约: whom a firm deals with is not of it.
        return title_start, "", False
    # 某某十七号航天员: the number is of the name; 某地的领导人: 的 is of neither.
    if tail in _KINDS:
        # 某小学女教师, 某国老画家
        return title_start, context.text[body_start : organization.end], False
    number = _COUNTED.match(tail)
    end = organization.end + (number.end() if number else 0)
    if len(tail) > 2 and tail.endswith("的"):
        # 甲方派出的总监: a clause says whose, and is no part of the title.
        return title_start, context.text[body_start:end], False
    is_whole = organization.subtype == "country" or organization.text.endswith(_WHOLE_NAMES)
    if not is_whole and tail != "的" and (len(tail) == 1 or _FIRM_END.search(tail)):
        # 某某控股, 某某酒: the rest of a short name that was not recognised as one.
        return title_start, context.text[body_start:title_start], False
    start = end + 1 if context.text[end : end + 1] == "的" else end
    return start, context.text[body_start:end], False


def government_of(
    context: ArticleContext, title: Title, organization: Mention | None, body_text: str | None
) -> tuple[Mention | None, str | None]:
    """某市委常委、副市长: the second title is of the place, not of its party committee."""
    if body_text is None or title.head not in GOVERNORS:
        return organization, body_text
    if _GOVERNMENT_PARTY.search(body_text):
        # 某市政府党组书记、市长: of the government, not of its party group.
        government = body_text[:-2]
        return (organization, government) if len(government) > len("市政府") else (None, None)
    if not _PLACE_COMMITTEE.search(body_text):
        return organization, body_text
    place = _DOUBLED.sub(r"\1", body_text.removeprefix("中共").removesuffix("委"))
    if len(place) < 2:
        return None, None
    if organization is None or organization.entity_type == "place":
        return organization, place
    inside = context.nested_from(organization.start, organization.end)
    inner = [m for m in inside if m.entity_type == "place" and place.endswith(m.text)]
    return (inner[-1] if inner else organization), place
