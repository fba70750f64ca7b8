"""Whether the words right behind a quote show who speaks: who faces whom, how it was said, where."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.quotations.spans import WIRE
from transforms.extract.quotations.subjects import SubjectFinder

SENTENCE_STOP = re.compile(r"[。！？!?\n]")
PAUSE = re.compile(r"[，。！？；,!?;]")
MAX_MANNER = 12
# A day in front of who is met; 为企业授牌 is no place to have said it.
_WHEN = re.compile(r"(?:[0-9]{1,2}月)?[0-9]{1,2}日|[昨今前当]天|[昨今]日|日前|近日|上周|本周|清晨|傍晚")
_HANDS = re.compile(r"等?(?:分别|共同|一行|陪同)?(?:为|主持|宣读|出席|参加|致辞|会见)")
# What a sentence that shows a speaker tells: whom they talk to, how they stand.
_SHOWN = re.compile(r"记者|专访|聊[起到]|[站坐蹲走]在|[\u4e00-\u9fff](?<!随)着|张口|开口|话匣|的是")
# 甲开门见山, 站在车间里，甲: behind a quote, how it was said.
MANNER = re.compile(
    r"开门见山|快人快语|直截了当|讳言|不无\w{2}|感慨|如此|这样(?=[说解回形描])|语重心长|笑[着道了]|乐[了呵得]|信心|自豪|哽咽|激动|满怀"
    r"|有[些点]\w{1,2}|绕弯子|如数家珍|算账|娓娓|说[得了过出道]|叹[了气]|[摆摇][了摆摇]?[手头]"
)
_POSTURE = re.compile(
    r"(?:[坐站蹲走躺靠]在|说起|谈[到起及]|提[到起及]|聊[到起]|[望看指握拿摸捧翻抚](?:摸)?着|回忆|回想|想起|面对|擦)"
)
# “……。”面对县长甲的询问，经理乙拍着胸脯保证。: whom the first clause names listens.
_FACED = re.compile(
    r"(?:面对|听[了完到罢着]|看[着到了]|见到?|望着|当着|对着|握着|拉着|送走|迎来|告别|在(?=[^，,。]{2,30}(?:[面跟]前|身[边旁]|[引陪帮鼓指]\w下)))[^，,。；“”]{2,30}[，,]"
)
# “……”甲说。: the comma behind the words is lost.
_SAYS = re.compile(r"\w{0,6}?(?:说|表示|介绍|告诉记者|回忆|坦言|感慨)[道说]?[。，：,:]")


def behind_listener(context: ArticleContext, subjects: SubjectFinder, end: int, close: int) -> int:
    """Where the clause of the speaker begins behind one that names who listens, else `end`."""
    faced = _FACED.match(context.text, end, close)
    if faced is None:
        return end
    people = context.mentions_in(end, close, "person")
    behind = [m for m in people if m.start >= faced.end()]
    is_led = bool(behind) and subjects.opens_its_clause(context, faced.end(), behind[0])
    return faced.end() if is_led and len(people) > len(behind) else end


def is_unparted(context: ArticleContext, start: int, end: int) -> bool:
    """“……，……”甲说。: clauses in quotes right in front of a name and its verb of speech."""
    people = context.mentions_in(end, end + 1, "person")
    people = people or [m for m in context.mentions_in(end, end + 12, "person") if m.start == end]
    return (
        bool(people)
        and PAUSE.search(context.text, start, end) is not None
        and context.text[start - 1 : start] in "\n。！？"
        and _SAYS.match(context.text, people[0].end) is not None
    )


def is_met(context: ArticleContext, subjects: SubjectFinder, start: int, end: int, person: Mention) -> bool:
    """A report opens with a quote and tells where its speaker is met: “……。”昨天上午，厂长甲在车间里……"""
    text = context.text
    floor = context.paragraph(start)[0]
    if (start > floor and not WIRE.fullmatch(text, floor, start)) or not _WHEN.match(text, end):
        return False
    clause = max(text.rfind(mark, end, person.start) for mark in "，,") + 1
    return not _HANDS.match(text, person.end) and subjects.opens_its_clause(context, max(end, clause), person)


def is_shown(
    context: ArticleContext, subjects: SubjectFinder, start: int, end: int, people: list[Mention]
) -> bool:
    """A paragraph opens with a quote and shows who speaks: “……。”昨天，厂长甲领着记者看车间。"""
    if start != context.paragraph(start)[0] or len({m.text for m in people}) != 1:
        return False
    comma = max(context.text.rfind(mark, end, people[0].start) for mark in "，,")
    begin = max(end, comma + 1)
    lead = context.text[begin : people[0].start]
    is_object = re.search(r"对|与|和|由|被|让|向|据|是(?<!的是)", lead) is not None
    stop = SENTENCE_STOP.search(context.text, end)
    is_shown = _SHOWN.search(context.text, end, stop.start() if stop else len(context.text))
    return bool(is_shown) and not is_object and subjects.opens_its_clause(context, begin, people[0])


def tells(context: ArticleContext, subjects: SubjectFinder, end: int, close: int, person: Mention) -> bool:
    """“……。”坐在办公室里，厂长甲开门见山。: the name opens the last clause, which holds little more."""
    rest = context.text[person.end : close]
    lead = context.text[end : person.start]
    if len(rest) > MAX_MANNER or re.search(r"[，,；;]", rest):
        return False
    if not MANNER.search(rest) and not _POSTURE.match(lead):
        return False
    comma = max(context.text.rfind(mark, end, person.start) for mark in "，,")
    return subjects.opens_its_clause(context, max(end, comma + 1), person)
