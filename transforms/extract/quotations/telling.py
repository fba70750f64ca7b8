"""Reported speech that no verb of speech opens: 甲并不讳言：, 算了一笔账：, 按甲的说法，"""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.quotations.subjects import Reported, Speaker, SubjectFinder

# 并不讳言：, 算了一笔账：: somebody tells without a verb of speech.
_TELLS = re.compile(
    r"(?:算[了过起]?\w{0,5}账|(?:讳言|避讳|回避|掩饰|隐瞒|坦[言承])[^，。：]{0,8}|提出\w{0,3}(?:议案|建议|提案|倡议|意见|主张|希望|构想|设想)|打[了个]\w{0,2}比方|交[了底]\w{0,2}|\w{0,3}(?:看法|打算|顾虑|担忧|担心|疑虑|感触|感慨|信心|底气)"
    r"|发出\w{0,2}(?:邀请|号召|倡议|呼吁)|算给\w{1,4}听|报[了过]?\w{0,3}账|[答算讲]得\w{1,4}|坦率|干脆|爽快|实在|风趣|摇头|摆手|点头|不讳)[：:]"
    r"|[用以拿][^，。：]{2,8}(?:开场|作答|收尾|结尾)[：:]|[接抢]过?\w{0,2}话[头茬筒]?[：:]|(?:话锋一转|脱口而出|一语道破|快言快语|心直口快|直截了当|开宗明义|单刀直入|打趣|调侃)[：:]"
    r"|[定立]\w{0,5}(?:规矩|军令状|调子)[：:]|[给送让]\w{1,7}定心丸[：:]|[爱常总]?[讲说]\w{0,4}账[：:]|[道说讲]出[^，。：]{2,8}[：:]|[亮摆掏]\w{0,3}(?:底牌|态度|家底|心里话)[：:]|表[了明]\w{0,3}(?:态|决心)[：:]"
    r"|支了?\w{0,2}招[：:]|[提开]\w{0,4}(?:要求|建议|条件|药方|方子)[：:]|下了?\w{0,3}(?:结论|断言)[：:]|[许撂放][下出][^，。：]{1,8}[：:]|给出\w{0,5}(?:答案|理由|解释|回答|答复|说法)[：:]"
    r"|有\w{0,5}(?:心愿|愿望|梦想|要求|念头|口头禅|想法|期待|原则|说法)[：:]|总结\w{0,4}(?:经验|教训|体会|原因)[：:]"
    r"|就?是?一句(?:玩笑|实话|大实话|俏皮话)[：:]|算了(?:一下|一算)[，,：:]|讳言，|(?:[掰扳屈数]着?(?:手)?指头?\w{0,4}|算[了过起]\w{0,5}账|打[了个]\w{0,2}比方|盘算着?|念叨着?|嘀咕着?|嘟囔着?|合计着?)[，,：:]"
    r"|(?:介绍|通报|汇报|讲述|回顾|分析|列举)了[^，,。；：:]{2,20}[：:]"
)
# 甲在座谈会上算了笔账：
_SET = re.compile(r"在[^，。；：]{2,16}[上中时后里]")
# One look spares most sentences the longer one.
MAY_TELL = re.compile(
    "[：:]|讳言|指头|比方|算[了过起着]|念叨|嘀咕|嘟囔|合计|的(?:说法|介绍|测算|估算|估计)[，,]"
)
_BY_WORDS = re.compile("的(?:说法|介绍|测算|估算|估计)[，,]")
_BY = ("按", "照", "据")
# 甲没有许愿，只把三件事记下来，末了说，
THEN = frozenset(
    {"末了", "临了", "最后", "末尾", "接着", "随后", "转头", "回头", "转身", "完了", "临走", "临别", "开口"}
)
# 说：, 笑道：, 给记者打了个比方：
SPOKEN_MARK = re.compile(
    r"[笑说问答][着]?道[，,]$|(?:[说讲喊问道]|念叨着?|嘟囔着?|嘀咕着?|比方|玩笑|实话|俏皮话)[：:]$"
)


def told_plainly(context: ArticleContext, start: int, end: int, subjects: SubjectFinder) -> Reported | None:
    """甲并不讳言：……: a person, how it is told, a colon, and no quote."""
    limit = min(end, start + 80)
    if not MAY_TELL.search(context.text, start, limit):
        return None
    if (words := _BY_WORDS.search(context.text, start, limit)) is not None:
        # 按总经理江雁的说法，……
        people = context.mentions_in(start, words.start(), "person")
        is_said = len(people) == 1 and people[0].end == words.start()
        by = context.text.startswith(_BY, start)
        speaker = Speaker(people[0], people[0].text, None, "indirect_cue", 0.75, True) if is_said else None
        return Reported(speaker, words.end(), False) if speaker and by else None
    found = _TELLS.search(context.text, start, limit)
    if found is None or context.text[found.end() : found.end() + 1] in {"“", '"'} or end - found.end() < 8:
        return None
    people = context.mentions_in(start, found.start(), "person")
    pronoun = subjects.last_pronoun(context.text, start, found.start())
    gap = context.text[people[-1].end : found.start()] if people else ""
    is_near = len(gap) <= 8 or _SET.fullmatch(gap) is not None or gap[gap.rfind("，") + 1 :] in THEN
    if len({m.text for m in people}) == 1 and is_near:
        speaker = Speaker(people[-1], people[-1].text, None, "indirect_colon", 0.7, True)
    elif pronoun and (not people or people[-1].end <= context.text.rfind(pronoun, start, found.start())):
        speaker = Speaker(None, pronoun, None, "indirect_colon", 0.7, True)
    else:
        bodies = context.mentions_in(start, found.start(), "organization")
        name = subjects.unnamed(context, start, found.start(), bodies)
        if name is None or people:
            return None
        speaker = Speaker(None, name, None, "indirect_colon", 0.6, True)
    is_spoken = SPOKEN_MARK.search(context.text, found.start(), found.end()) is not None
    return Reported(speaker, found.end(), False, is_person=True, is_spoken=is_spoken)
