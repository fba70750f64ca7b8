"""Who speaks: the name that the words around a quote or a verb of speech tie to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.patterns import any_of
from transforms.extract.roles_titles import TitleGrammar

_SENTENCE_STOP = re.compile(r"[。！？!?\n]")
# 听取情况介绍, 的要求: the verb of speech is a noun there.
_NOUN = re.compile(r"(?:情况|工作|有关|相关|的)$|听取[^，。；]{0,24}$")
_CUT_OFF = re.compile(r"\n(?P<lead>[^，。：:“”\"\n]{3,40})。")
_TURN = re.compile(r"(?P<who>(?:本报|本刊)?记者|问|答|主持人)[：:]")
_SPEAKER_TYPES = ("person", "organization")
_WHERE = re.compile(r"(?:在|于|从|到|至|赴)$")
_SETTING_END = re.compile(r"(?:[日时分天晚午年月间后中上下前的“”：:]|随后|期间|此前|近日|日前)$")
_REPORTER = re.compile(r"(?:记者|通讯员|实习生)\s*$")
_GLUED = re.compile(r"\w")
# 强调“……”: a term unless it is as long as a clause.
_CLAUSE_CHARS = 16
_PAUSE = re.compile(r"[，。！？；,!?;]")
_SPACES = re.compile(r"[ \u3000]+")
_SAYS = re.compile(r"\w{1,12}?(?:称|说|表示|指出|强调|宣布|呼吁|要求|警告|谴责)(?!号|为|赞|明)")
_MAX_SPACED_CHARS = 400


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
    """Indirect speech: its speaker and where the words begin."""

    speaker: Speaker
    content_start: int
    is_formal: bool


UNKNOWN = Speaker(None, None, None, "quote_no_speaker", 0.6)


class SpeakerFinder:
    """Compiled once from `lookups["speech_cues"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        cues = lookups["speech_cues"]
        say, indirect = any_of(cues["say"]), any_of(cues["indirect"])
        # 简称“某某”, 下称“某某”: a name is given, nothing is said.
        self._cue_before = re.compile(
            f"(?!(?<=[简下统俗又旧全合并])称)(?P<cue>{say})(?:道|说|了|着|过)?(?P<mark>[：:，,]?)$"
        )
        self._cue = re.compile(f"(?:{say})")
        # 不说, 据说, 小说: negated or another word; 如是说 looks back; 强调指出 is one verb.
        self._indirect = re.compile(
            "(?<![不没未据小传听所再有来虽总难名号])(?<!如是)(?<![这那]样)(?<!这么)"
            f"(?!(?<=[简下统俗又旧全合并])称)(?P<cue>{indirect})(?:道|指出|(?<!说)说)?(?P<mark>[：:，,]?)"
        )
        self._document = re.compile(f"(?P<who>{any_of(cues['documents'])})")
        self._formal = frozenset(cues["formal"])
        self._setting = re.compile(any_of(cues["setting"]))
        self._object = re.compile(f"(?:{any_of(cues['object_prepositions'])})[^，,。]{{0,12}}$")
        self._object_tight = re.compile(f"(?:{any_of(cues['object_prepositions'])})$")
        self._after = re.compile(f"^(?:{any_of(cues['after'])})")
        self._opinion = re.compile(
            f"^这?(?:就)?是(?P<who>.{{0,30}}?)(?:对|的|说|们)[^。]{{0,24}}(?:{any_of(cues['after_opinion'])})"
        )
        self._pronoun = re.compile(f"(?:{any_of(cues['pronouns'])})")
        self._source = re.compile(
            rf"(?P<who>(?:据|有|一位|多位|不少|部分|[一二两三几]名)?[^，。；：“”\"（）()\s]{{0,8}}?(?:{any_of(cues['sources'])})们?)"
            r"(?:一致|普遍|纷纷|[均都也还则]|今天|当天)?$"
        )
        self._titles = TitleGrammar(lookups)
        # “……。”谈到往事，他有些激动
        self._told = re.compile(
            r"(?P<cue>说起|谈起|谈到|提起|提到|讲起|聊起|回忆起|谈及)[^，。；“”\"]{2,20}[，,](?P<who>[他她])"
        )

    def of_quote(self, context: ArticleContext, start: int, end: int) -> Speaker:
        """Speaker of the quoted stretch [start, end), marks included."""
        return self._before(context, start, end) or self._behind(context, start, end) or UNKNOWN

    def indirect(self, context: ArticleContext, start: int, end: int) -> Reported | None:
        """The reported speech of a sentence that opens with its speaker and a verb of speech."""
        text = context.text
        for found in self._indirect.finditer(text, start, min(end, start + 160)):
            cue_start = found.start("cue")
            if found["cue"] == "称" and text[found.end() : found.end() + 1] in set("号呼谓职"):
                continue
            if text[cue_start - 1 : cue_start] in {"“", '"'} or _NOUN.search(text[start:cue_start]):
                continue
            speaker = self._subject(context, start, cue_start, "person", "organization")
            if speaker is None:
                pronoun = self._pronoun.match(text, start)
                told = text[start:cue_start]
                # 公告称 holds its source in the verb.
                source = self._source.match(told) if told else self._document.match(found["cue"])
                if source is None and (pronoun is None or cue_start - pronoun.end() > 14):
                    continue
                who = source["who"].removeprefix("据") if source else pronoun[0] if pronoun else None
                speaker = Speaker(None, who, found["cue"], "indirect_pronoun", 0.75, True)
            else:
                gap = text[speaker.mention.end : cue_start] if speaker.mention else ""
                if not self._plain_gap(context, gap, speaker.mention, cue_start):
                    continue
            if not found["mark"] and not self._opens_clause(text, found.end(), end, found["cue"]):
                continue
            is_formal = found["cue"] in self._formal or bool(self._setting.search(text[start:cue_start]))
            return Reported(replace(speaker, cue=found["cue"], rule="indirect_cue"), found.end(), is_formal)
        return None

    def passages(self, context: ArticleContext, start: int, end: int) -> list[tuple[int, int]]:
        """Parts of a sentence at whose spaces somebody else begins to speak: headlines are set in a row."""
        cuts = [start]
        if end - start <= _MAX_SPACED_CHARS:
            for space in _SPACES.finditer(context.text, start + 1, end):
                if _SAYS.match(context.text, space.end(), end):
                    cuts.append(space.end())
        return list(zip(cuts, [*cuts[1:], end], strict=True))

    def turn(self, context: ArticleContext, start: int, end: int) -> tuple[Speaker, int] | None:
        """Who speaks in a paragraph that opens like a turn of an interview, and where the words begin."""
        limit = min(end, start + 24)
        people = context.mentions_in(start, limit, "person")
        if (
            people
            and people[0].start == start
            and context.text[people[0].end : people[0].end + 1] in {"：", ":"}
        ):
            return Speaker(people[0], people[0].text, None, "turn", 0.9, True), people[0].end + 1
        asked = _TURN.match(context.text, start, end)
        return (Speaker(None, asked["who"], None, "turn", 0.85, True), asked.end()) if asked else None

    def _before(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        text = context.text
        floor = context.paragraph(start)[0]
        stops = [m.end() for m in _SENTENCE_STOP.finditer(text, max(floor, start - 200), start)]
        begin = stops[-1] if stops else max(floor, start - 200)
        lead = text[begin:start].rstrip()
        cue = self._cue_before.search(lead)
        if cue is None:
            # 何某某：“……。”
            people = context.mentions_in(begin, start, *_SPEAKER_TYPES)
            if people and people[0].start == begin and lead[len(people[0].text) :] in {"：", ":"}:
                return Speaker(people[0], people[0].text, None, "turn", 0.9, True)
            # 对此，何某某有些担心：“……。”
            if lead.endswith(("：", ":")) and people and people[-1].entity_type == "person":
                front = context.text[begin : people[-1].start]
                free = not self._object.search(front) and not _REPORTER.search(front)
                if free and len({m.text for m in people if m.entity_type == "person"}) == 1:
                    return Speaker(people[-1], people[-1].text, None, "quote_colon", 0.75)
            return None
        is_clause = end - start >= _CLAUSE_CHARS and _PAUSE.search(context.text, start, end) is not None
        if not cue["mark"] and not is_clause and not lead.endswith(("说", "道", "称")):
            return None
        cue_start = begin + cue.start("cue")
        speaker = self._subject(context, begin, cue_start, *_SPEAKER_TYPES)
        if speaker is None:
            pronoun = self._last_pronoun(text, begin, cue_start)
            return Speaker(None, pronoun, cue["cue"], "quote_cue_before", 0.8, True)
        return replace(speaker, cue=cue["cue"], rule="quote_cue_before", is_tied=True)

    def _behind(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        text = context.text
        limit = context.paragraph(start)[1]
        stop = _SENTENCE_STOP.search(text, end, limit)
        close = stop.start() if stop else limit
        quote_open = re.compile(r"[“\"]").search(text, end, close)
        close = quote_open.start() if quote_open else close
        tail = text[end:close]
        if not tail.strip():
            return self._next_paragraph(context, limit) if end == limit else None
        back = self._after.match(tail)
        if back:
            return self._earlier_subject(context, start, back[0])
        opinion = self._opinion.match(tail)
        if opinion:
            who = context.mentions_in(end, end + opinion.end("who"), *_SPEAKER_TYPES)
            if who:
                return Speaker(who[-1], who[-1].text, opinion[0][-2:], "quote_opinion_behind", 0.88, True)
        ended = text[end - 2 : end - 1] in "。！？，,!?…" or text[end : end + 1] in "，,"
        # 对乙称这是“游戏”，甲反驳说: what is glued to the words before it is no passage of 甲's.
        if not ended or _GLUED.match(text[start - 1 : start]):
            return None
        for cue in self._cue.finditer(text, end, close):
            if text[cue.end() : cue.end() + 1] in {"、", "的", "号", "”"}:
                continue
            speaker = self._subject(context, end, cue.start(), *_SPEAKER_TYPES)
            if speaker is not None:
                return replace(speaker, cue=cue[0], rule="quote_cue_behind", is_tied=True)
            pronoun = self._pronoun.match(text, end + (1 if text[end : end + 1] in "，," else 0))
            if pronoun and cue.start() - pronoun.end() < 14:
                return Speaker(None, pronoun[0], cue[0], "quote_cue_behind", 0.8, True)
        told = self._told.match(text, end, close)
        if told:
            return Speaker(None, told["who"], told["cue"], "quote_cue_behind", 0.75, True)
        title = self._titles.search(text, end, close)
        verb = self._cue.search(text, end, close)
        words = text[end : verb.start()].strip("，, ") if verb else ""
        if title and verb and title.end <= verb.start() and re.fullmatch(r"\w{2,16}", words):
            # 村民某某某告诉记者: a name that was not recognised keeps its words.
            return Speaker(None, words, verb[0], "quote_cue_behind", 0.7, True)
        # 「……。」某某对未来充满信心。: the sentence behind a closed quote opens with its speaker.
        people = context.mentions_in(end, close, "person")
        if people and text[end - 2 : end - 1] in "。！？!?…" and self._opens_with(context, end, people[0]):
            return Speaker(people[0], people[0].text, None, "quote_name_behind", 0.72, True)
        return None

    def _next_paragraph(self, context: ArticleContext, limit: int) -> Speaker | None:
        """A paragraph cut off behind its quote: the next one opens with 甲说。"""
        opened = _CUT_OFF.match(context.text, limit)
        cue = self._cue_before.search(opened["lead"]) if opened else None
        if opened is None or cue is None:
            return None
        position = opened.start("lead") + cue.start("cue")
        speaker = self._subject(context, opened.start("lead"), position, "person")
        return replace(speaker, cue=cue["cue"], rule="quote_cue_behind", is_tied=True) if speaker else None

    def _subject(self, context: ArticleContext, begin: int, cue_start: int, *types: str) -> Speaker | None:
        """The name that is subject of a verb of speech at `cue_start`: a person before a body."""
        names = context.mentions_in(begin, cue_start, *types)
        free = [
            m
            for m in names
            if not self._object_tight.search(context.text[begin : m.start])
            and not _REPORTER.search(context.text, begin, m.start)
        ]
        people = [m for m in free if m.entity_type == "person"]
        clause = max(context.text.rfind(mark, begin, cue_start) for mark in "，,；;")
        near = [m for m in people if m.start > clause]
        if near:
            chosen = near[0] if not _is_list(context, near) else near[-1]
            return Speaker(chosen, chosen.text, None, "subject", 0.93, True)
        if people:
            # 甲感谢乙热情款待，表示: the subject of the clause in front, not who is named last in it.
            clause = max(context.text.rfind(mark, begin, people[-1].start) for mark in "，,；;")
            near = [m for m in people if m.start > clause]
            if not self._opens_its_clause(context, max(begin, clause + 1), near[0]):
                return None
            chosen = near[0] if not _is_list(context, near) else near[-1]
            return Speaker(chosen, chosen.text, None, "subject", 0.85, True)
        bodies = [
            m
            for m in free
            if m.entity_type == "organization"
            and m.end >= cue_start - 12
            and not _WHERE.search(context.text, begin, m.start)
        ]
        if bodies and bodies[-1].start > clause:
            return Speaker(bodies[-1], bodies[-1].text, None, "subject", 0.85, True)
        return None

    def _opens_its_clause(self, context: ArticleContext, start: int, person: Mention) -> bool:
        """Whether only a title, a body or a setting stands in front: 深切体悟甲的重视 has no subject 甲."""
        lead = context.text[start : person.start].strip()
        if not lead or self._titles.match_end(lead) is not None or _SETTING_END.search(lead):
            return True
        return any(m.end == person.start for m in context.mentions_in(start, person.start))

    def _earlier_subject(self, context: ArticleContext, start: int, cue: str) -> Speaker | None:
        """甲……，“……”一番话说完: the one person of the sentence that leads into the quote."""
        floor = context.paragraph(start)[0]
        stops = [m.end() for m in _SENTENCE_STOP.finditer(context.text, floor, start)]
        people = context.mentions_in(stops[-1] if stops else floor, start, "person")
        names = {m.text for m in people}
        if len(names) == 1:
            return Speaker(people[-1], people[-1].text, cue, "quote_cue_behind", 0.85, True)
        return Speaker(None, None, cue, "quote_cue_behind", 0.6, True)

    def resolve(
        self, context: ArticleContext, position: int, spoken: list[tuple[int, int, Mention]]
    ) -> Mention | None:
        """Whom 他 at `position` stands for: the one person whom its paragraph names or lets speak before it.

        Args:
            context: The article.
            position: Offset of the pronoun or its quote.
            spoken: Passages before it with a named speaker: start, end, speaker.
        """
        floor = context.paragraph(position)[0]
        people = [
            m
            for m in context.mentions_in(floor, position, "person")
            if not any(start <= m.start < end for start, end, _ in spoken)
        ]
        names = {m.text for m in people}
        longest = max(names, key=len, default="")
        if people and all(name in longest for name in names):
            return people[-1]
        speakers = [who for start, _, who in spoken if start >= floor]
        if speakers and people and people[-1].text == speakers[-1].text:
            return speakers[-1] if len({who.text for who in speakers}) == 1 else None
        return None

    def _opens_with(self, context: ArticleContext, end: int, person: Mention) -> bool:
        lead = context.text[end : person.start]
        return len(lead) <= 40 and not re.search(r"[，,；;]|对|与|和|由|被|让|向|是|据", lead)

    def _plain_gap(self, context: ArticleContext, gap: str, mention: Mention | None, cue_start: int) -> bool:
        """Between a subject and its verb stand settings and adverbs, not another sentence."""
        if mention is None:
            return False
        if len(gap) > 40 or re.search(r"[“”\"；;]", gap):
            return False
        if mention.entity_type == "organization":
            return len(gap) <= 10 and not re.search(r"[的、，,]", gap)
        comma = re.split(r"[，,]", gap)
        return len(comma) <= 2 or bool(self._setting.search(gap))

    def _opens_clause(self, text: str, position: int, end: int, cue: str) -> bool:
        """Without a mark behind it, only some verbs open reported speech, and only before a clause."""
        rest = text[position:end]
        if cue in {"指出", "表示", "强调", "认为", "透露", "坦言", "说", "称"}:
            return len(rest) > 8 and not re.match(
                r"[的了过着起不到明为之]|欢迎|祝贺|感谢|哀悼|慰问|同意|关注", rest
            )
        return False

    def _last_pronoun(self, text: str, begin: int, end: int) -> str | None:
        # 没招呼她吃饭，问道: an object in its clause speaks no more than a name would.
        found = [
            m
            for m in self._pronoun.finditer(text, begin, end)
            if m.start() == begin or text[m.start() - 1] in "，,；;：:”“可但而 \u3000"
        ]
        return found[-1][0] if found and end - found[-1].end() <= 14 else None


def _is_list(context: ArticleContext, names: list[Mention]) -> bool:
    return len(names) > 1 and context.text[names[0].end : names[1].start] in {"、", "和", "与"}
