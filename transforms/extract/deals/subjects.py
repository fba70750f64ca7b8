"""Who is the subject of a clause or sentence, and which sentences stand before one."""

from __future__ import annotations

import re

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention

ANNOUNCES = re.compile(
    r"(?:[（(][^）)]{1,24}[)）])*[^，。；]{0,14}?(?:(?<![本该])公告(?![日之])|公布|宣布|披露(?!之日)|称|表示|透露|发布)"
)
# Words in front of the name that opens a clause, and no part of it.
TRIM_HEAD = re.compile(
    r"^(?:[（(][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.．](?![0-9])|[\s“”\"'，,、：:;；·—\-]|包括|其中|此外|另外|同时|随后|接着|会上|会议期间|会后|会前|大会上|活动现场|活动中|活动上|现场|期间|当天|当日|前日|近日|近期|最近|"
    r"今天|今日|昨天|昨日|目前|截至目前|据悉|据了解|据介绍|据报道|此前|分别|并|且|还|也|则|又|而|但|由|在此期间|仪式上|论坛上|签约仪式上|上午|下午|晚间?|"
    r"公告称|通知|确认|确定|约定|商定|继|称|表示|宣布|披露|显示|获悉|了解到|透露|见证下?|推动|促成|助力|支持|协助|组织|代表(?!团)|[0-9]+[日月年时]|(?:上|下|去|今|明|本|同|当)[年月周])+"
)
# A news agency in front of 讯 or 报道 is nobody's party.
AGENCY = re.compile(
    r"[^，。；]{0,12}?[丨｜]|[^，。；]{0,8}?(?:讯|电(?![力气子网])|(?<![来出])消息|报道|获悉|记者|快讯|观察)"
)
_OBLIQUE, _AT = frozenset("向对给"), frozenset("在于")
_REPORTER = re.compile(r"(?:记者|文/|通讯员)\s?$")
_CLAUSE_MARK = re.compile(r"[，；：;:。]|,(?![0-9])")
BRACKET = re.compile(r"^[（(][^（）()\n]{1,16}[)）]")
# Where the subject of a clause ends: adverbs, prepositions and verbs that follow it.
_PREDICATE = re.compile(
    r"自|于|在|拟|计划|将|已|曾|通过|以|从|收到|因|基于|对|向|与|公告|公布|宣布|称|表示|披露|发布|决定|成功|完成|持有|组成|成为|承诺|作为|为|是|及其"
)
# 董事长甲、副总裁乙计划: names of one list with what each of them is.
_ALSO = re.compile(
    r"(?:先生|女士)?(?:、|和|及|与|以及|及其|和其)(?:其)?(?:一致行动人)?"
    r"(?:\w{0,12}(?:董事长?|总裁|经理|监事|董秘|秘书|股东|总监|代表人|高管|一致行动人))?"
)
_DESCRIBED = re.compile("(?:[^与和对向把将由被为]{1,10}的|(?:走进|来到|走访|探访|踏进|步入|在)了?)?")


class SubjectReader:
    """Subjects of clauses, told by position and by the words behind a name."""

    def subject(self, context: ArticleContext, start: int, position: int, *types: str) -> Mention | None:
        """Who acts in a clause that names no subject: the name that announces or opens an earlier clause."""
        found = context.mentions_in(start, position, *(types or PARTY_TYPES))
        names = [
            m
            for m in found
            if not (AGENCY.match(context.text, m.end) or m.text.endswith("讯"))
            and context.text[max(0, m.start - 1) : m.start] not in _OBLIQUE
            and not (m.entity_type == "place" and context.text[max(0, m.start - 1) : m.start] in _AT)
            and context.text[max(0, m.start - 3) : m.start - 1] != "来源"
            and not _REPORTER.search(context.text[max(0, m.start - 4) : m.start])
        ]
        bodies = [m for m in names if m.entity_type == "organization"]
        telling = [m for m in bodies if ANNOUNCES.match(context.text, m.end)]
        leading = [m for m in bodies or names if _opens_clause(context, start, m)]
        return next(iter(telling or leading or bodies or names), None)

    def subjects(self, context: ArticleContext, start: int, position: int) -> list[Mention]:
        """The bodies or persons that an earlier clause has for its subject, the nearest clause first.

        Who merely announces (甲公告称) is left to `subject`: the deed may be a subsidiary's.
        """
        text = context.text
        marks = [m.start() for m in _CLAUSE_MARK.finditer(text, start, position)]
        bounds = [start, *(mark + 1 for mark in marks)]
        ends = [*marks, position]
        for begin, stop in zip(reversed(bounds), reversed(ends), strict=True):
            names = context.mentions_in(begin, stop, "organization", "person")
            if not names:
                continue
            inside = _PREDICATE.finditer(text, begin, stop)
            verb = next(
                (
                    v.start()
                    for v in inside
                    if not any(m.start < v.end() and v.start() < m.end for m in names)
                ),
                stop,
            )
            ahead = [m for m in names if m.end <= verb]
            if not ahead or len(BRACKET.sub("", text[ahead[-1].end : verb]).strip()) > 2:
                continue
            if not ANNOUNCES.match(text, ahead[-1].end) and not AGENCY.match(text, ahead[-1].end):
                return self.joined(context, names, len(ahead) - 1)
        return []

    @staticmethod
    def joined(context: ArticleContext, names: list[Mention], number: int) -> list[Mention]:
        """A name with those that 和 or 及其一致行动人 join to it, in order of text."""
        text, first, last = context.text, number, number
        while first and _ALSO.fullmatch(text, names[first - 1].end, names[first].start):
            first -= 1
        while last + 1 < len(names) and _ALSO.fullmatch(text, names[last].end, names[last + 1].start):
            if text[names[last].end] == "与":
                # 甲与乙签署: who stands behind 与 is the other side.
                break
            last += 1
        return names[first : last + 1]


def sentences_before(context: ArticleContext, position: int) -> list[tuple[int, int]]:
    """The sentences of the paragraph before that of a position, the nearest first."""
    number, floor = context.sentence_at(position), context.paragraph(position)[0]
    return [span for span in reversed(context.sentences[:number]) if span[0] >= floor]


def _ahead_in_clause(context: ArticleContext, start: int, mention: Mention) -> str:
    head = context.text[max(start, mention.start - 12) : mention.start]
    clause = re.split(r"[，。；：,;:！？\n]", head)[-1]
    return TRIM_HEAD.sub("", clause)


def _opens_clause(context: ArticleContext, start: int, mention: Mention) -> bool:
    return not _ahead_in_clause(context, start, mention)


def heads_clause(context: ArticleContext, start: int, mention: Mention) -> bool:
    """甲公司, 隔壁的甲公司: whether a clause has a body for its subject."""
    return _DESCRIBED.fullmatch(_ahead_in_clause(context, start, mention)) is not None
