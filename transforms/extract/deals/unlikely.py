"""Rows that a rule reads by its words and that tell no deal: of states, sums, players, funds."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate, Party

# 结为友好城市, 达成共识: the talks are about something that stands afterwards.
_AGREED = re.compile("友好|友城|姊妹|结[为成]|缔结|意向|共识|议定|商定")
_OFFICES = frozenset({"government", "party", "military", "media"})
_OFFICIAL = _OFFICES | {"association"}
_UNION = re.compile("(?:部|委|局|厅|署|盟|约|国|组织|联盟|委员会|议会)$")
# 新线铺轨674公里，投产821公里
_SUM = re.compile(
    "了?(?:面积|里程|新线)?[约近达超]*[0-9.]+[余多]?(?:公里|千米|万?平方米|处|座|台|公顷|万?亩)"
)
# 在6个小区竣工安居工程面积56万平方米
_AREA = re.compile("(?:竣工[^，。；]{0,12}?面积|投产新线)[约近达超]*[0-9]")
# 三名球员与某队签约, 转会费800万
_OF_PLAYERS = re.compile("球员|后卫|守门员|转会(?!议)|年薪[0-9约]")
# 甲集团否认了收购乙公司的消息, 甲集团辟谣：没有收购乙公司
_DENIES, _MAX_TO_DEED = re.compile(r"(?:否认|辟谣)[^，。；]{0,16}$"), 18
_TRADES = frozenset({"", "cooperation_agreement", "supply_contract", "acquisition"})
_TIES = frozenset({"", "cooperation_agreement", "strategic_agreement", "partnership", "institution"})
# 外交部 and 国务院 are a state's, 欧盟 is several.
_OF_STATE = re.compile("国务院|中央.{0,6}|.{1,6}部|.*(?:理事会|议会|(?<!基金)组织)")
_OF_STATES = re.compile("中国.{1,6}部|[欧东非阿]盟(?:委员会)?|北约|.*国家联盟")
# 中亚国家, 波罗的海三国, 两国主管部门; 两国企业 are no states.
_SEVERAL_STATES = re.compile(".*(?:国家|[两三四五六七八九十]国(?:.{0,6}(?:政府|部门|元首|总[统理]|.部))?)")
_COUNTED_STATES = re.compile("[三四五六七八九十]国")
# Who sees others sign does not sign: 两国元首见证下.
_THEIR_HEADS = re.compile(
    "[两三四五六]国(?:元首|领导人|政府|外长|总[统理]|[^，。；]{0,6}(?:部门|部长))(?![^，。；]{0,8}见证)"
)
# 非军事化协议, 反恐怖主义协议: with a state on one side, what nothing tells to be a firm or town is one too.
_TREATY = re.compile("非军事|撤军|裁军|反恐|引渡|宪章|互免签证")
_TRADE_OF_STATES = re.compile("合同|订单|采购|购买|贷款|购机")
# 某公司于2012年4月9日登记成立: what a firm is.
_REGISTERED = re.compile(
    "(?:（[^（）]{1,30}）)?于?(?P<year>(?:19|20)[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[^，。；]{0,24}?(?:登记|注册)?成立"
)
# 获北向资金减持, 12只个股增持占比超0.9%: what funds hold, as the exchange counts it.
_ACTS = frozenset({"buyer", "investor", "seller"})
_SHARES = frozenset({"equity_investment", "equity_transfer", "acquisition"})
_COUNTED = re.compile(
    "北向|陆股通|沪股通|深股通|社保基金|QFII|[0-9]+只个?股|重仓|浮盈|净买入|净卖出|占流通股"
)
_NAME = re.compile("[“《0-9A-Za-z]|(?:项目|工程)$")
_TWO = 2


def is_no_deal(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether states agree, offices only talk, players change clubs, funds are counted, a firm is portrayed.

    Or somebody denies what is said of him.
    """
    kinds = _is_of_states, _is_talk_of_offices, _is_of_players, _is_of_funds, _is_registered
    if any(is_kind(context, candidate) for is_kind in kinds):
        return True
    cue = candidate.cue[0]
    return _DENIES.search(context.text, max(0, cue - _MAX_TO_DEED), cue) is not None


def _is_talk_of_offices(context: ArticleContext, candidate: Candidate) -> bool:
    """甲国与乙国就某事进行了磋商: offices and states that talk, with no paper and no works in sight."""
    end = context.sentences[context.sentence_at(candidate.end - 1)][1]
    return (
        candidate.stage == "negotiating"
        and candidate.hint == "cooperation_agreement"
        and candidate.title is None
        and all(_is_office(party) for party in candidate.parties)
        and not _AGREED.search(context.text, candidate.start, end)
    )


def _is_office(party: Party) -> bool:
    if party.mention is None:
        return False
    is_place = party.mention.entity_type == "place"
    return is_place or party.mention.subtype in _OFFICES or _UNION.search(party.mention.text) is not None


def _is_of_states(context: ArticleContext, candidate: Candidate) -> bool:
    """甲国与乙国签署文化交流协定, 两国外长签署备忘录: states, their ministries and unions of them.

    Who signs for one (外长某某) may stand beside it; a firm, a school or a town makes it a deal.
    """
    title = context.text[slice(*candidate.title)] if candidate.title else ""
    if candidate.hint not in _TIES or _TRADE_OF_STATES.search(title):
        return False
    sides = candidate.parties
    states = [party for party in sides if _is_state(context, party)]
    if len(sides) < _TWO:
        # 两国元首签署《甲国和乙国…协定》, 两国主管部门签署…
        told = _THEIR_HEADS.search(context.text, candidate.start, candidate.cue[0])
        return len(states) == len(sides) and told is not None
    named = [p.mention for p in sides if p.mention and p not in states]
    people = [m for m in named if m.entity_type == "person"]
    # 某俱乐部 and 某事业部 end like 外交部.
    offices = [m for m in named if m.subtype in _OFFICIAL and _OF_STATE.fullmatch(m.text)]
    if _TREATY.search(context.text, candidate.start, candidate.end):
        offices = [m for m in named if m.subtype in _OFFICIAL]
        sides = [p for p in sides if p.mention or p in states]
    return bool(states) and len(states) + len(offices) + len(people) == len(sides)


def _is_state(context: ArticleContext, party: Party) -> bool:
    """Whether a side is a country, a union or a number of some, or an office of one that it names."""
    if _SEVERAL_STATES.fullmatch(context.text, party.start, party.end):
        return True
    mention = party.mention
    if mention is None:
        return False
    if mention.entity_type == "place":
        is_counted = _COUNTED_STATES.match(context.text, mention.end) is not None
        return mention.subtype == "country" or (mention.subtype == "region" and is_counted)
    places = [m for m in context.nested if mention.start <= m.start and m.end <= mention.end]
    within = [m.subtype == "country" for m in places if m.entity_type == "place"]
    is_office = mention.subtype in _OFFICES and bool(within) and all(within)
    return is_office or (mention.subtype in _OFFICIAL and _OF_STATES.fullmatch(mention.text) is not None)


def _is_registered(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether a firm is said to have been founded in an earlier year, or in one of a text without a day."""
    if candidate.hint != "institution" or candidate.title is None:
        return False
    told = _REGISTERED.match(context.text, candidate.title[1])
    return told is not None and (context.printed_by is None or int(told["year"]) < context.printed_by.year)


def _is_of_funds(context: ArticleContext, candidate: Candidate) -> bool:
    """某股份等12只个股获北向资金增持: sums of what funds bought and sold, no purchase that somebody made."""
    start, end = context.sentences[context.sentence_at(candidate.start)]
    acts = any(party.role in _ACTS for party in candidate.parties)
    return candidate.hint in _SHARES and not acts and _COUNTED.search(context.text, start, end) is not None


def _is_of_players(context: ArticleContext, candidate: Candidate) -> bool:
    """甲队以800万英镑从乙队买了后卫: persons who are to play for another club."""
    is_trade = candidate.hint in _TRADES
    return is_trade and _OF_PLAYERS.search(context.text, candidate.start, candidate.end) is not None


def is_sum(context: ArticleContext, candidate: Candidate) -> bool:
    """电气化铁路投产980公里: how much of a kind was built, and no works with a name."""
    begin, end = candidate.title or (0, 0)
    if candidate.hint == "project" and candidate.title is None:
        return _AREA.match(context.text, candidate.cue[0]) is not None
    return (
        candidate.hint == "project"
        and _SUM.match(context.text, candidate.cue[1]) is not None
        and candidate.title is not None
        and not context.mentions_in(begin, end)
        and not _NAME.search(context.text[begin:end])
    )
