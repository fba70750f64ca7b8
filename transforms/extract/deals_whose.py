"""Whose works are that no party is named with: of the firm in their name, of who tells it, of who speaks."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader

_FIRM = re.compile(
    r"(?:公司|集团|股份|医院|大学|学院|中学|小学|学校|合作社|酒庄|农场|银行|[电港药酒茶粮油]业|科技|控股|材料|新材|实业|(?<!水)(?<!处理)(?<!电)厂)$"
)
# 记者从某公司获悉
_LEARNT = re.compile(r"(?:记者)?[^，。；\n]{0,8}?(?:从|自)$")
_HEARD = re.compile(r"(?:[^，。；\n]{0,6}?)(?:获悉|了解到|得知|证实)")
# 如今，公司…，投资4亿元的产线投产
_OPENS = re.compile(r"\s*(?:[\u4e00-\u9fff\d]{1,6}，)?(?P<who>该?公司|该?企业|该?集团|该厂|该院|该校)(?!的)")
# 张三：…
_TURN = re.compile(r"[\s“\"]*(?P<who>[\u4e00-\u9fff·]{1,8})[：:]")
_OF_BODY = re.compile(r"(?P<body>公司|企业|集团|医院|学校|厂|农场)?[^，。；：！？\n]{0,14}$")
_TITLED = re.compile(r"(?:^|[，。；：\n”])(?P<body>公司|企业|集团|医院|学校)[^，。；：\n]{0,12}$")
_SAYS = re.compile(
    r"[^，。；\n]{0,8}?(?:说|介绍|告诉|表示|透露|坦言|坦承|直言|称|算|没有回避|回应|解释|回忆|谈到|谈起)"
)
# 张三…。她所在的某公司, 牟某是某公司的创始人
_BELONGS = re.compile(r"(?:[^。！？\n]{0,30}[。！？][”\"]?\s*[她他]所在的|是|现任|担任)")
# 某公司10月30日发布说明，三期暂缓
_ANNOUNCES = re.compile(r"[^，。；\n]{0,20}?(?:公告|发布说明|发布消息|披露|宣布|公布)")
_DONE = frozenset({"won_bid", "negotiating"})


def add_owners(context: ArticleContext, parties: PartyReader, found: list[Candidate]) -> None:
    """Gives an owner to each work of `found` that has no party, where one can be told."""
    for candidate in found:
        if candidate.hint != "project" or candidate.parties or candidate.rule in _DONE:
            continue
        owner = (
            _in_title(context, candidate)
            or _subject(context, parties, candidate)
            or _speaker(context, parties, candidate)
            or _source(context, candidate)
        )
        if owner is not None and _FIRM.search(owner.text):
            candidate.parties.append(Party(owner.start, owner.end, owner, "owner"))


def _in_title(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """云岭海缆二期, 某县人民医院东院区."""
    if candidate.title is None:
        return None
    begin, end = candidate.title
    return next(
        (m for m in context.mentions_in(begin, end, "organization") if m.start - begin <= 1 and m.end < end),
        None,
    )


def _subject(context: ArticleContext, parties: PartyReader, candidate: Candidate) -> Mention | None:
    start = context.sentences[context.sentence_at(candidate.cue[0])][0]
    opens = _OPENS.match(context.text, start, candidate.cue[0])
    return parties.antecedent(context, opens.start("who")) if opens else None


def _speaker(context: ArticleContext, parties: PartyReader, candidate: Candidate) -> Mention | None:
    """The body of the person whose words tell of the works."""
    text, (begin, end) = context.text, context.paragraph(candidate.cue[0])
    turn = _TURN.match(text, begin, candidate.cue[0])
    if turn:
        name = turn["who"]
    else:
        people = context.mentions_in(begin, end, "person")
        telling = [m for m in people if _SAYS.match(text, m.end)]
        before = [m for m in telling if m.end <= candidate.cue[0]]
        name = (before[-1] if before else telling[0]).text if telling else ""
    for person in context.mentions_in(0, len(text), "person"):
        if name and person.text.endswith(name):
            body = _body_of(context, parties, person)
            if body is not None:
                return body
    return None


def _body_of(context: ArticleContext, parties: PartyReader, person: Mention) -> Mention | None:
    """The body of a person: in front of the title (某医院院长张三, 公司总经理李四), or told next."""
    behind = next(iter(context.mentions_in(person.end, person.end + 80, "organization")), None)
    if behind is not None and _BELONGS.fullmatch(context.text, person.end, behind.start):
        return behind
    bodies = context.mentions_in(max(0, person.start - 40), person.start, "organization")
    floor = bodies[-1].end if bodies else max(0, person.start - 16)
    found = _OF_BODY.match(context.text, floor, person.start)
    if bodies and found and not found["body"]:
        return bodies[-1]
    told = _TITLED.search(context.text, max(0, person.start - 20), person.start)
    return parties.antecedent(context, told.start("body")) if told else None


def _source(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """记者从某公司获悉，…; 某公司公告，…."""
    begin = context.paragraph(candidate.cue[0])[0]
    sentence = context.sentences[context.sentence_at(candidate.cue[0])][0]
    for body in context.mentions_in(begin, candidate.cue[0], "organization"):
        if _LEARNT.search(context.text, begin, body.start) and _HEARD.match(context.text, body.end):
            return body
        if body.start >= sentence and _ANNOUNCES.match(context.text, body.end, candidate.cue[0]):
            return body
    return None
