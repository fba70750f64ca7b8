"""Where the clause around a verb begins and ends, and what may stand between a noun and its verb."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention, Span

# A brief opens with one of the last.
_MARKS = frozenset("，。；：！？,;:!?\n\u3000】□•▪●▲△■◆◇★☆◎▷▶►※▼▽")
# 新华社某地6月3日电（记者某某）: the sentence begins behind the bracket.
_BYLINE = re.compile(r"[^（()）]{0,8}(?:记者|通讯员)")
# 1,000吨 is one number.
_THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
_MAX_CLAUSE_CHARS = 240
# A sentence item holds few deals; a text of one word over and over must not cost more than its length.
MAX_CUES = 16
CLAUSE = re.compile(r"[，。；：！？,;:!?\n]")
# 甲回购股份　来源：某网: who printed it is no part of the clause.
_END = re.compile(r"[，。；！？;!?\n]|,(?![0-9])|\s+(?:文章|稿件)?来源\s*[:：]|\s文\s*[|｜丨]")
_ARTICLE = re.compile(
    r"(?:的|了|、|一个|一座|一条|一家|一处|一批|首个|(?:全[国省市县区球]|国内)首[个套条座家台批])*"
)
# How and when something was done: 某工作站在某公司日前正式揭牌.
HOW_AND_WHEN = (
    r"(?:正式|顺利|成功|圆满|隆重|当场|现场|共同|联合|再[次度]|首次|同步|已经?|也|又|还|于"
    r"|近[日期]|日前|昨[日天]|今[日天]|[当同][日天]|[上下]午|[0-9年月日]|\s)"
)
BOOK = re.compile(r"《([^《》\n]{2,80})》")
# 在某地石化产业园: of the zone only its first words may be recognised.
_IN_ZONE = re.compile(
    r"(?:在|于)[\w ]{2,24}?(?:产业园|工业园|科技园|物流园|园区|开发区"
    r"|工业区|片区|新区|高新区|经开区|港区|保税区|自贸区|示范区)"
)
_AT = re.compile(r"(?:在|(?<!终)于)[^，。；的中]{2,16}(?<![中下后时里间前])$")
_FILLER = re.compile(
    r"(?:(?:可研|可行性研究|环评|初步设计|初设|施工图|规划|概算|用地预审)(?:报告书?|方案|文件|设计)?(?=\s*$|获)|(?:洽谈|签约|签订协议|拿地|摘牌|立项|核准|落地|落户)+(?=、)|(?:第[一二三四五六七八九十0-9]+|首|[0-9]{1,2}号)[台辆件批套架根榀](?:桩基?|钢?箱?梁|设备|产品|整?车|(?:发电)?机组)?|[0-9一二三四五六七八九十]{1,2}号(?:(?:发电)?机组|窑炉|主变|炉|泊位|线|厂房|车间|楼)|(?:首批)?[0-9]+[台套根榀片座](?:风电?机组?|机组|设备|钢?箱?梁|桩基?|铁塔|组件)|基本|初步|圆满|胜利|安全|左岸|右岸|[主分]会场|现?已经?|原(?:定|本|先|拟)?|也|正式|近日|日前|今天|今日|昨天|昨日|成功|全面|顺利|全部|全线|均|集中|同时|同步|相继|陆续|先后|分别"
    r"|目前|正在?|即将|将|计划|预计|拟|有望|可|力争|争取|确保|如期|按期|按时|按计划|如约|提前|于|在|上午|下午|举行了?|举办了?|进行了?|实现|开始|启动"
    r"|由[^，。；]{2,14}?(?:牵头|接手|接盘)|刚刚?|双双|主?(?:厂房|塔|桥|楼|墩|车间)(?=主体|结构|[\s0-9]*$|已|全|顺|正|成)|率先|如今|眼下|现在|还在?|(?:建设|施工)(?=$|进展|推进|全面|正式)|[0-9.]+(?:公里|千米|万?平方米|亩)|受[^，。；]{2,12}影响|恢复|累计|截至|当[年月季]|[本上下]周|[去前今]年|上月|这里|此地|被|遭|——|整体搬迁|搬迁|[0-9]+小时(?:连续|满负荷)*|实现"
    r"|凌晨|[零0-9]{1,2}[时点](?:[0-9]{1,2}分)?|双向|一次性|现场|一次(?=$|[\s])|一直|仍然?|完成(?=全部|最后)|自(?=$|[\s0-9])|便|才|是|都|陆续|各|又|再次|重新|就|一起|整体|完全|首批|年内|年底前?|已于|[0-9]+[年月日]|总算|终于|随即"
    r"|主体(?:结构|工程)?|最后一[个座块方根跨台条道][^，。；]{1,8}?(?=送电|合龙|封顶|完成|吊装|浇|$)|全容量"
    r"|[与和同](?:企业|投资方|对方)|通过|进入|转入|宣[告布]|对外|空载|搬[进迁入至]+[^，。；]{0,4}新?(?:址|楼|家)|等?[0-9两三四五六七八九十]+(?:个|家|大|所)\w{0,4}?(?:平台|机构|中心|基地|实验室|单位|院所|项目)|同日|当[日天]|起(?!吊|步|飞)|宣布|最终"
    r"|因[^，。；]{2,16}?(?:而|被)?(?=$)|（[^（）]{0,12}）|\([^()]{0,12}\)|[，,]?现在|[、 ])"
)


def clause_start(context: ArticleContext, start: int, position: int) -> int:
    """Where the clause of a verb begins: after the last mark that is in no name and in no brackets."""
    text = context.text
    floor = max(start, position - _MAX_CLAUSE_CHARS)
    closed = close = 0
    for offset in range(position - 1, floor - 1, -1):
        char = text[offset]
        if char in "）)":
            closed, close = closed + 1, offset
        elif char in "（(":
            closed = max(0, closed - 1)
            if not closed and _BYLINE.match(text, offset + 1):
                return close + 1
        elif not closed and char in _MARKS and not _THOUSANDS.match(text, offset - 1):
            names = context.mentions_in(max(start, offset - 40), position)
            if not any(m.start < offset < m.end for m in names):
                return offset + 1
    return floor


def clause_end(text: str, position: int, end: int) -> int:
    """End of the clause behind a verb."""
    found = _END.search(text, position, end)
    return found.start() if found else end


def clause_around(context: ArticleContext, start: int, end: int, found: re.Match[str]) -> tuple[int, int]:
    """Bounds of the clause of a list item [start, end) in which a pattern was found."""
    return clause_start(context, start, found.start()), clause_end(context.text, found.end(), end)


def skip_article(text: str, position: int) -> int:
    """Offset behind 的, 了, 一个."""
    found = _ARTICLE.match(text, position)
    return found.end() if found else position


def unfilled(context: ArticleContext, start: int, end: int, *, slack: bool = True) -> str:
    """What stands between a noun and its verb but dates, names and adverbs, and with slack one character."""
    if end - start > 60:
        return "too far"
    text = list(context.text[start:end])
    spans: list[Span | Mention] = [
        # 4月中旬开始 is one date, of which 开始 opens the verb.
        *context.dates_in(start, end + 2),
        *context.mentions_in(start, end, "place", "organization"),
    ]
    for span in spans:
        stop = min(span.end, end)
        text[span.start - start : stop - start] = " " * (stop - span.start)
    rest = _FILLER.sub("", _IN_ZONE.sub("", _AT.sub("", "".join(text)))).strip()
    return "" if len(rest) <= slack else rest
