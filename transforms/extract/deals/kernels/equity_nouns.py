"""Where a word of buying, selling or paying in tells no deed: in a noun, a name or a rule, or denied."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext

# Nouns that begin with such a verb, of all verbs and of 投资 (投资公司, 甲投资合计持有).
_NOT_BUY = re.compile(
    r"[约近超]?[0-9.,]+[余多万亿]*(?:吨|公斤|斤|头|只|羽|担|件|箱|立方米)|[”\"](?:的)?评级|的?(?:主要)?(?:目的|原因|初衷|意义|理由)|邀约|提议|意向|(?<=[竞摘拍]得)(?:人(?!民)|单位)|传闻|尽调|尽职|评级|专用|进展|猜测|规则|新规|价款?|贷款?|方(?!面)|要约|报告|粮|标的|对象|额|量|率|者|商(?!业)|环境|款|收益|风险"
    # 参股公司某某, 参股企业达23家; 增持63家: what is counted.
    r"|(?<=参股)(?:子?公司|企业|股东)|(?<=[增减]持)(?:[0-9]+余?[只家](?!子?公司的))"
    # 收购资金将以贷款募集, 迎来增持契机, 未接到增持通知, 代办股份转让系统, 新增持土地
    r"|资金|(?<=转让|购买)股份(?:数量|过户|登记)|契机|机会|窗口|浪潮|热潮|大潮|潮|榜|案(?!件)|主体|营业部|市值|多单|空单|(?<=[增减]持)事项|通知(?=[，。；])|(?<=增持)(?:土地|地块|物业)|系统|平台|类|公告(?=[是，。；])|的?(?:身影|行列|迹象|传言|消息|条件|可能|承诺)(?=[，。；、]|$)|(?<=[增减]持)[”\"]"
    # 大笔减持的利空, 减持动作, 并购重组制度
    r"|(?<=[增减]持)的?(?:利空|利好|动作|行为|力度|态度|名单|逻辑|影响)|(?<=[增减]持)的(?:公司|股东|个股)|义务|权(?!益)|不(?:意味|代表|等于)"
    r"|(?<=[增减]持)(?:金额|数量|规模|比例)大小"
    r"|重组[^，。；]{0,8}(?:制度|规则|政策|市场|委员会|审核|办法|新规|业务|浪潮)"
)
# 北向资金减持某某, 某某获社保基金增持, 三季度减持最多的个股: what crowds and funds buy and sell every day.
CROWD = re.compile(
    "北[上向]资金|南下资金|陆股通|港股通|[沪深]股通|融资资金|融资(?:净)?买入|游资|主力资金|龙虎榜|席位|国家队"
    "|公募|社保基金|养老(?:金|基金)|险资|QFII|基金经理|[0-9]只基金|只个股|等个股|个股方面|重仓股|隐形股|概念股|净买入|净卖出"
    "|[增减]持[^，。；]{0,8}(?:最多|居前|排名|前列)|[0-9]只(?:个股|股票)"
)
DAILY = frozenset({"增持", "减持", "买入", "卖出", "抛售", "售出"})
_NOT_INVEST = re.compile(
    r"[最较、等与将]|董事|总监|顾问|委员会|赞助|总经理|总裁|执行|创始|负责|代表|高管|老总|区|企业|司|处|部|局|额|热|需求|规模|结构|效益|拉动|增长|贸易|公司|集团|控股|有限|基金|管理|促进|建设|发展|人|计划|方案|合计|持有|所持|分别|拟|总额|事项|项目(?!公司)|协议|合伙|中心|银行|机构|购买|收购|认购|减持|增持|受让|转让"
    # 某某投资于3月5日减持: the end of a name.
    r"|(?:于|自|在)?[0-9]{1,4}(?:年|月|日)[^，。；]{0,60}?(?:减持|增持|买入|卖出|转让|受让|收购|认购|抛售|出售|质押)"
)
# 投资14亿元某某材料、15亿元某某升级等32个项目开工: works, no shares.
_OF_A_LIST = re.compile(r"[0-9.]+[万亿]+元[^，。；]{2,60}?等[0-9]+[余多]?个[^，。；]{0,6}项目")
_INVESTS = re.compile("[0-9了于建入]|约|近|超|逾|不超|不低|人民币|[一二两三四五六七八九十百千]+[余多]?[万亿]")
# 质押式回购, 逆回购: a loan.
_PLEDGE = re.compile(r"质押[^，。；]{0,6}$|[逆正]$|延期$")
# 期间内未通过任何方式减持: nothing was done; of shares also 承诺三年内不转让, 不得减持, 并不打算向某集团出售.
_NOT_DONE = re.compile(
    r"(?:尚?未|没有|并未)(?:曾|再|实际|通过[^，。；]{0,8}?(?:方式|系统)?|以任何方式|进行)*$"
)
_DENIED = re.compile(
    r"(?:不(?:得|会|再|予)?|并不|无意|从未|未曾|(?<![^不无])(?:不|没有?|无)(?=打算|准备|考虑|想|计划))"
    r"(?:打算|准备|考虑|计划|想|会|再|曾|主动|参与|继续|以任何(?:方式|形式)|通过[^，。；]{0,12}|[向对从][^，。；]{1,16})*$"
    # 没有以3600万元买下, 劝他去收购
    r"|(?:没有|并未|未能|没能)(?:以|用|花|按)[^，。；]{2,14}$|劝[^，。；]{1,20}$"
)
# 评级上调至“增持”, 共有289笔增持
_COUNTED = re.compile(r"评级[^，。；]{0,12}[“\"]?$|[0-9两三四五六七八九十几多数][笔宗起桩]$|报价$")
# 《上市公司回购股份实施细则》
# 这次收购是受某集团所托: of a deal told elsewhere; 有权在上市时回购股份: of none yet.
_THIS_TIME = re.compile("[这此本该]次$")
_OF_IT = re.compile("[是为的也，。；或将对若能]|主要|案|事项|价格|预计|已|尚|需|仍|并")
_ENTITLED = re.compile(r"(?:有权|享有|可选择)(?:在|以|向|从)?[^，。；]{0,16}$")
_RULES = re.compile(r"[^《》]*(?:细则|规定|办法|指引|规则|准则|条例|法)》")
TRADED = frozenset({"增持", "减持", "回购", "认购", "购买"})
_NOT_SOLD = TRADED | {"出售", "转让", "卖出", "抛售"}
_LOOK_BACK, _LONGEST_TITLE = 24, 60


def is_no_deed(context: ArticleContext, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a word of buying is part of a noun or a name, or something that was not done."""
    text, verb, ahead = context.text, found["verb"], found.start()
    if _NOT_BUY.match(text, found.end()) or (
        verb == "投资" and (_NOT_INVEST.match(text, found.end()) or _OF_A_LIST.match(text, found.end()))
    ):
        return True
    over = [m for m in context.mentions_in(start, end) if m.start < found.end() and ahead < m.end]
    if any(found.end() + 1 < m.end or m.start == ahead for m in over):
        # 某集团出售所 took the verb in with the name; a name that goes on holds no verb.
        return True
    if verb == "投资" and any(m.end == found.end() for m in over):
        # 某某投资向某公司转让: the end of a name, unless what is invested in, or how much, follows.
        is_object = any(m.start == found.end() for m in context.mentions_in(found.end(), end))
        return not (is_object or _INVESTS.match(text, found.end()))
    before = text[max(start, ahead - _LOOK_BACK) : ahead]
    if verb == "回购" and _PLEDGE.search(before):
        return True
    if _THIS_TIME.search(before) and _OF_IT.match(text, found.end()):
        return True
    if (
        _ENTITLED.search(before)
        or _COUNTED.search(before)
        or _DENIED.search(before)
        or _in_rules(text, ahead)
    ):
        return True
    return verb in _NOT_SOLD and _NOT_DONE.search(before) is not None


def _in_rules(text: str, position: int) -> bool:
    """Whether a verb stands in the title of a rule."""
    opened = text.rfind("《", max(0, position - _LONGEST_TITLE), position)
    return opened >= 0 and "》" not in text[opened:position] and bool(_RULES.match(text, position))
