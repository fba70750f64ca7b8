"""The subject of a verb of speech, and whom a pronoun stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from transforms.extract.context import ArticleContext, Mention, are_joined
from transforms.extract.patterns import any_of
from transforms.extract.quotations.unknown import UnknownNames
from transforms.extract.roles.titles import TitleGrammar

SPEAKER_TYPES = ("person", "organization")
REPORTER = re.compile(r"(?:记者|通讯员|实习生)\s*$")
_CLAUSE_START = re.compile("[，,；;]")
_PROFILE = re.compile("岁|祖籍|土生土长|打工|[回返]乡|创业|创办|学徒|毕业|当过|做过|[省市县镇乡村]人[，。]")
_MAX_UNKNOWN, _OWN_WORDS = 32, 60
_WHERE = re.compile(r"(?:在|于|从|到|至|赴)$")
# 致信某国总统甲，要求: to whom it is written.
_LETTER = re.compile(r"(?:致信|致电|致函|去信|写信给|联名信给)[\w·]{0,14}$")
# At the end of a paragraph, in front of what is said.
_GESTURE = re.compile(
    r"(?:[笑苦]?[着了]?)?(?:伸出|竖起|掰|扳|摆了?摆|摇了?摇|点了?点|挠了?挠|叹了?|笑了|打开了?话匣|拉开了?话匣|算起了?账|扳起|指[着了]|拍[着了]|想了想|顿了顿)[^，。；“”]{0,10}[。：]$"
)
# 甲思想, 以甲同志为核心: a name in the name of something.
_NAMESAKE = re.compile(r"新时代中国|\w{0,4}思想|理论|同志为核心")
# 某某组织下属某某旅28日均称: the part speaks, not the whole.
_WHOLE = re.compile("[）)]?(?:下属|旗下|所属|麾下)")
_PART = re.compile(
    r"[）)]?(?:下属|旗下|所属|麾下)的?(?P<who>[^\W0-9]{2,20}?(?:“\w{1,10}”)?)(?:[0-9]{1,2}日|[今昨当]天|同一天|[均都也还则])*"
)
_NAMED_BEHIND = re.compile("、|会议|大会|座谈会")
# 老张, 小李
_SURNAME = re.compile("[老小阿](?P<surname>[\u4e00-\u9fff])")
# 池书记, 魏区长
_TITLED_SURNAME = re.compile(
    "(?P<surname>[\u4e00-\u9fff])(?:书记|主席|主任|教授|院士|总|总经理|董事长|经理|处长|[省市县区镇乡局厅部校院所会厂行]长)"
)
_GAPS = re.compile("[ \u3000]")
_HIS_DEED = re.compile('[”"][他她](?![们的])[^，。]{2,30}说')
# 31岁的陶艺家甲, 来自青川的摄影师甲
_OF = re.compile(r"(?:^|[，,；;])(?:[0-9]{2}岁的?|来自[^，。的]{2,12}的)[^，。的]{0,8}$")
_SETTING_END = re.compile(r"(?:[日时分天晚午年月间后中上下前的“”：:]|随后|期间|此前|近日|日前)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """The speaker of a passage, as far as the text tells."""

    mention: Mention | None
    text: str | None
    cue: str | None
    rule: str
    confidence: float
    is_tied: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether neither a name nor a pronoun was tied to the passage."""
        return self.mention is None and self.text is None

    def as_continued(self) -> Speaker:
        """The same speaker for the next passage of one breath."""
        return replace(self, rule="quote_continued", confidence=round(self.confidence - 0.05, 2))


@dataclass(frozen=True, slots=True)
class Reported:
    """Indirect speech: its speaker, where the words begin, how far they may reach.

    `is_straight`: the speaker has no more than a title in front and a setting behind (厂长甲日前表示，).
    `is_person`: a named person or 他 speaks, not a body or who speaks for it.
    `is_spoken`: a colon opens words whose quotation marks are lost (甲高兴地说：路修好了。).
    `is_written`: a sentence of a document is quoted (某规划提出，), on which the reporter goes on.
    """

    speaker: Speaker
    content_start: int
    is_formal: bool
    is_straight: bool = False
    is_person: bool = False
    is_written: bool = False
    is_spoken: bool = False


UNKNOWN = Speaker(None, None, None, "quote_no_speaker", 0.6)


class SubjectFinder:
    """Compiled once from `lookups["speech_cues"]` and the surnames of `lookups["persons"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        cues = lookups["speech_cues"]
        self.titles = TitleGrammar(lookups)
        self.unknown = UnknownNames(lookups, self.titles)
        """Reads names that were not recognised."""
        # 顾问甲 is no object of 问.
        self._object_tight = re.compile(f"(?<!顾)(?:{any_of(cues['object_prepositions'])})$")
        self.pronoun = re.compile(
            f"(?:{any_of(cues['pronouns'])}|老人家?|这位[^，。的地们在从]{{1,6}}?(?=肯定|直言|只是|面带)|这位[^，。的地们在从]{{1,6}})"
        )
        self._official = re.compile(rf"(?!方面)\w{{0,10}}?(?:{any_of(cues['officials'])})")
        # 甲的儿子乙, 甲元帅长子乙: not 甲.
        self._kin = re.compile(f"的|[\u4e00-\u9fff]{{0,3}}?(?:{any_of(cues['relatives'])})")
        self._kin_end = re.compile(f"(?:{any_of(cues['relatives'])})$")
        # 与会专家, 一位老主顾: who is not named.
        words = r"[^，。；：“”\"（）()\s向]"
        surnames = lookups["persons"]["surnames"]
        # 居民老汤, 家长王女士
        honored = rf"(?:(?<![那这一])[老小][{surnames}]|[{surnames}](?:{any_of(cues['addresses'])}))"
        known = (
            r"(?:据|有|一位|多位|不少|部分|[一二两三几]名)?(?![他她我]|当(?![地天事]))"
            rf"(?:{words}{{0,14}}?(?:{any_of(cues['sources'])})们?|(?:{words}{{2,12}}?)?{honored})"
        )
        self.source = re.compile(
            rf"(?:此外|另外|同时|随后|不过|但)?[，,]?(?P<who>{known}|(?:据)?[^\W地前后东西南北大四八远药处配秘]方|(?:[一二两三四五几多][位名]|有位){words}{{2,18}}?)"
            r"(?:一致|普遍|纷纷|齐声|异口同声|[均都也还则]|(?:[0-9]{1,2}月)?[0-9]{1,2}日|今天|当天|昨[日天]|日前|近日|当[即场]|随[即后]|此前|同一天)?(?:（[^（）]{2,8}）)?"
            r"(?:报道|(?:深有感触|语重心长|意味深长|(?:[很颇]是|十分|非常)?[\u4e00-\u9fff]{2})地)?"
            r"(?:[向对](?:本报)?(?:记者|笔者|媒体|读者))?[ \u3000]*$"
        )

    def subject(self, context: ArticleContext, begin: int, cue_start: int, *types: str) -> Speaker | None:
        """The name that is subject of a verb of speech at `cue_start`: a person before a body."""
        names = context.mentions_in(begin, cue_start, *types)
        if names and (part := _PART.fullmatch(context.text, names[-1].end, cue_start)) is not None:
            return Speaker(None, part["who"], None, "subject", 0.7, True)
        free = [
            m
            for m in names
            if not self._object_tight.search(context.text[begin : m.start])
            and not REPORTER.search(context.text, begin, m.start)
            and not _WHOLE.match(context.text, m.end)
            and not _LETTER.search(context.text[begin : m.start])
        ]
        people = [m for m in free if m.entity_type == "person"]
        clause = max(context.text.rfind(mark, begin, cue_start) for mark in "，,；;")
        near = [m for m in people if m.start > clause]
        # 甲的儿子、总经理乙说: whose son he is, not who speaks.
        near = [m for m in near if m is near[-1] or not self._kin.match(context.text, m.end)]
        if near:
            chosen = near[0] if not are_joined(context.text, near) else near[-1]
            return Speaker(chosen, chosen.text, None, "subject", 0.93, True)
        if people:
            # 甲感谢乙热情款待，表示: the subject of the clause in front, not who is named last in it.
            clause = max(context.text.rfind(mark, begin, people[-1].start) for mark in "，,；;")
            near = [m for m in people if m.start > clause]
            near = [m for m in near if m is near[-1] or not self._kin.match(context.text, m.end)]
            if not self.opens_its_clause(context, max(begin, clause + 1), near[0]):
                return None
            chosen = near[0] if not are_joined(context.text, near) else near[-1]
            return Speaker(chosen, chosen.text, None, "subject", 0.85, True)
        bodies = [
            m
            for m in free
            if m.entity_type == "organization" and not _WHERE.search(context.text, begin, m.start)
        ]
        if bodies and bodies[-1].start > clause and bodies[-1].end >= cue_start - _MAX_UNKNOWN:
            name = self.unknown.behind_title(context.text, bodies[-1].end, cue_start)
            if name:
                return Speaker(None, name, None, "subject", 0.7, True)
            office = self._office_end(context.text, bodies[-1].end, cue_start)
            if office is not None:
                # 某局负责人说, 某局副局长说: who is not named speaks, not the body.
                return Speaker(None, context.text[bodies[-1].start : office], None, "subject", 0.8, True)
            if bodies[-1].end < cue_start - 12:
                return None
            if context.text.startswith("会议", cue_start - 2):
                # 全国海关关长会议强调
                return Speaker(None, context.text[bodies[-1].start : cue_start], None, "subject", 0.75, True)
            return Speaker(bodies[-1], bodies[-1].text, None, "subject", 0.85, True)
        return None

    def unnamed(self, context: ArticleContext, start: int, end: int, bodies: list[Mention]) -> str | None:
        """A name that was not recognised behind a body, or the office that speaks for one (某局负责人)."""
        if not bodies:
            source = self.source.match(context.text, start, end)
            return source["who"] if source else None
        office = self._official.fullmatch(context.text, bodies[-1].end, end)
        if office:
            return context.text[bodies[-1].start : end]
        return self.unknown.behind_title(context.text, bodies[-1].end, end)

    def _office_end(self, text: str, start: int, end: int) -> int | None:
        """Where 负责人 or a title ends that stands right behind a body and has no name behind it."""
        office = self._official.match(text, start, end)
        title = None if office else self.titles.match_start(text, start)
        stop = office.end() if office else title.end if title else end
        found = office is not None or title is not None
        return stop if found and stop <= end and not _NAMED_BEHIND.search(text, stop, end) else None

    def opens_its_clause(self, context: ArticleContext, start: int, person: Mention) -> bool:
        """Whether only a title, a body or a setting stands in front: 深切体悟甲的重视 has no subject 甲."""
        lead = context.text[start : person.start].strip()
        if not lead or _SETTING_END.search(lead) or _OF.search(lead) or self._kin_end.search(lead):
            return True
        if self.titles.match_end(lead) is not None:
            return True
        return any(m.end == person.start for m in context.mentions_in(start, person.start))

    @staticmethod
    def by_surname(context: ArticleContext, name: str) -> Mention | None:
        """老张 is the one person of the article whose name begins with 张."""
        found = _SURNAME.fullmatch(name) or _TITLED_SURNAME.fullmatch(name)
        if found is None:
            return None
        people = [m for m in context.mentions if m.entity_type == "person" and m.text[0] == found["surname"]]
        people = [m for m in people if len(m.text) > 1 and m.text != name]
        return people[0] if len({_GAPS.sub("", m.text) for m in people}) == 1 else None

    @staticmethod
    def objects(context: ArticleContext, end: int) -> set[str]:
        """Who is named behind “……。”他拍着甲的肩膀说: none of them is 他."""
        behind = _HIS_DEED.match(context.text, end)
        return {m.text for m in context.mentions_in(end, behind.end(), "person")} if behind else set()

    def resolve(
        self,
        context: ArticleContext,
        position: int,
        spoken: list[tuple[int, int, Mention]],
        others: Collection[str] = (),
    ) -> Mention | None:
        """Whom 他 at `position` stands for: the one person whom its paragraph names or lets speak before it.

        Args:
            context: The article.
            position: Offset of the pronoun or its quote.
            spoken: Passages before it with a named speaker: start, end, speaker.
            others: Names of whom the pronoun cannot mean.
        """
        floor = context.paragraph(position)[0]
        at = context.sentence_at(position)
        while at > 0 and context.sentences[at][0] == position and position > floor:
            # 甲作了总结。他介绍了乙的指示。他表示，: the second 他 is the first one.
            if context.text[context.sentences[at - 1][0]] != context.text[position]:
                break
            at, position = at - 1, context.sentences[at - 1][0]
        if position == floor and spoken and floor - 3 <= spoken[-1][1] <= floor:
            # A paragraph that ends with what 甲 said, and the next one: 他表示，
            return spoken[-1][2]
        number = context.sentence_at(position)
        # The sentence of the pronoun and the one in front say it best, then the paragraph, then the last one.
        near = context.sentences[max(0, number - 1)][0] if number >= 0 else floor
        above = context.paragraph(max(0, floor - 1))[0]
        for start in (max(near, floor), floor, above, 0):
            people = [
                m
                for m in context.mentions_in(start, position, "person")
                if not any(begin <= m.start < end for begin, end, _ in spoken)
                and not REPORTER.search(context.text[max(0, m.start - 8) : m.start])
                and not _NAMESAKE.match(context.text, m.end)
                and m.text not in others
            ]
            if not people:
                said = [who for begin, end, who in spoken if begin >= min(start, floor) and end >= start]
                if said:
                    return said[-1] if len({who.text for who in said}) == 1 else None
                continue
            longest = max((m.text for m in people), key=len)
            if all(m.text in longest for m in people):
                # Further back only whom the article is about.
                return people[-1] if start or len(people) > 1 or above == 0 else None
            if context.text.startswith("这位", position):
                return None
            subject = self._subject_before(context, floor, number, people)
            if subject is not None:
                return subject
            speakers = [who for begin, _, who in spoken if begin >= start]
            if start < min(floor, above):
                return None
            if speakers and people[-1].text == speakers[-1].text:
                # 甲说，……。乙表示，……。他补充：: who spoke last and was named last.
                is_next = start >= near or len({who.text for who in speakers}) == 1
                return speakers[-1] if is_next else None
            return None
        return None

    def opener_before(self, context: ArticleContext, start: int) -> Mention | None:
        """Who opens the sentence in front of one that has no subject, in the same paragraph."""
        number = context.sentence_at(start)
        begin = context.sentences[number - 1][0] if number > 0 else start
        people = context.mentions_in(begin, start, "person")
        if not people or begin < context.paragraph(start)[0]:
            return None
        clause = max(context.text.rfind(mark, begin, people[0].start) for mark in "，,") + 1
        return people[0] if self.opens_its_clause(context, max(clause, begin), people[0]) else None

    def opener(self, context: ArticleContext, start: int, end: int) -> Mention | None:
        """甲向乙表示感谢，他希望……: who opens the sentence of a later 他, if nobody else does."""
        people = context.mentions_in(start, end, "person")
        comma = context.text.find("，", start, end)
        if not people or comma < 0 or not self.opens_its_clause(context, start, people[0]):
            return None
        others = [m for m in people if m.text != people[0].text]
        return people[0] if others and all(m.end <= comma for m in others) else None

    def _subject_before(
        self, context: ArticleContext, floor: int, number: int, people: list[Mention]
    ) -> Mention | None:
        """甲对乙的来访表示感谢。他说: the one person of the sentence in front who opens a clause of it."""
        if number < 1 or context.sentences[number - 1][0] < floor:
            return None
        start, end = context.sentences[number - 1]
        if any(m.start >= end for m in people):
            return None
        opens: list[Mention] = []
        told = start
        for person in (m for m in people if m.start >= start):
            clause = max(context.text.rfind(mark, start, person.start) for mark in "，,；;") + 1
            if told <= max(clause, start) and self.opens_its_clause(context, max(clause, start), person):
                opens.append(person)
            told = person.end
        behind = [m for m in people if opens and m.start >= opens[-1].end]
        if len({m.text for m in opens}) != 1 or (behind and are_joined(context.text, [opens[-1], *behind])):
            return None
        return opens[-1]

    def told_of(self, context: ArticleContext, quote: int) -> Mention | None:
        """甲一向谨慎。……他退了回去。“……。”: whom alone the paragraph tells of up to a lone quote."""
        floor = context.paragraph(quote)[0]
        if quote == floor:
            return self._gestures(context, floor) or self._told_above(context, floor)
        if context.text[quote - 1] not in "。！？，":
            return None
        people = [m for m in context.mentions if m.entity_type == "person" and m.start < quote]
        people = [m for m in people if not REPORTER.search(context.text, max(0, m.start - 8), m.start)]
        named = [m for m in people if m.start >= floor or context.text.find(m.text, floor, quote) >= 0]
        if len({m.text for m in named or people}) != 1:
            return None
        who = (named or people)[-1]
        start = max(floor, max(context.text.rfind(mark, floor, quote - 1) for mark in "。！？") + 1)
        start += context.text[start] in '”"'
        opened = [start, *(found.end() for found in _CLAUSE_START.finditer(context.text, start, quote))]
        if people[0].start >= floor and _PROFILE.search(context.text, floor, quote) is not None:
            # 刚满20岁的甲，某地人，……。每周两天上课，“……。”: the first whom the article names.
            opened, who = [*opened, floor], people[0]
        is_told = (not named and "我" in context.text[quote : quote + _OWN_WORDS]) or any(
            context.text[position] in "他她"
            or context.text.startswith(who.text, position)
            or (position <= who.start and self.opens_its_clause(context, position, who))
            for position in opened
        )
        return who if is_told else None

    def _told_above(self, context: ArticleContext, floor: int) -> Mention | None:
        """甲忘不了那个冬天。 in front of a paragraph that is a quote: of whom alone the sentence tells."""
        above, end = context.paragraph(max(0, floor - 1))
        number = context.sentence_at(max(above, end - 1))
        start = max(above, context.sentences[number][0]) if number >= 0 else above
        people = context.mentions_in(start, end, "person")
        # The line of who wrote the story is no sentence.
        if end >= floor or len({m.text for m in people}) != 1 or context.text[end - 1] not in "。！？…：”』":
            return None
        return people[0] if self.opens_its_clause(context, start, people[0]) else None

    @staticmethod
    def _gestures(context: ArticleContext, floor: int) -> Mention | None:
        """经理甲伸出三个指头。 in front of a paragraph that is a quote: 甲 answers."""
        end = floor - 1
        gesture = _GESTURE.search(context.text, max(0, end - _MAX_UNKNOWN), max(0, end))
        people = context.mentions_in(max(0, end - _MAX_UNKNOWN), end, "person")
        is_his = gesture is not None and bool(people) and people[-1].end == gesture.start()
        return people[-1] if is_his else None

    def last_pronoun(self, text: str, begin: int, end: int) -> str | None:
        """The last 他 or the like that opens a clause of [begin, end) and may be its subject."""
        # 没招呼她吃饭，问道: an object in its clause speaks no more than a name would.
        found = [
            m
            for m in self.pronoun.finditer(text, begin, end)
            if m.start() == begin or text[m.start() - 1] in "，,；;：:”“可但而据在 \u3000"
        ]
        return found[-1][0] if found and end - found[-1].end() <= 14 else None
