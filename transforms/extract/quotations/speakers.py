"""Who speaks: the name that the words around a quote or a verb of speech tie to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.patterns import any_of, one_of_firsts
from transforms.extract.quotations.shown import (
    MANNER,
    MAX_MANNER,
    PAUSE,
    SENTENCE_STOP,
    behind_listener,
    is_met,
    is_shown,
    is_unparted,
    tells,
)
from transforms.extract.quotations.spans import CHATTY, NOT_NAMED
from transforms.extract.quotations.subjects import (
    REPORTER,
    SPEAKER_TYPES,
    UNKNOWN,
    Speaker,
    SubjectFinder,
)

# Not the mark of a name: 某集团（以下简称“某某”）董事长甲说, 某市“迎老乡”推介会上
_OPENS_QUOTE = re.compile(r"(?<!简称)(?<!下称)[“\"](?!(?<=\w.)[^”\"\n]{1,16}[”\"]\w)")
_CUT_OFF = re.compile(r"\n(?P<lead>[^，。：:“”\"\n]{3,40})。")
# 他拍着某局局长甲的肩膀说: 甲 does not speak.
_HIMSELF = re.compile(r"[，,]?[他她](?![的们])[^，,；;。]{0,40}")
_GLUED = re.compile(r"\w")
# 强调“……”: a term unless it is as long as a clause.
_CLAUSE_CHARS = 16
# 甲的开场白引来掌声: behind a quote, whose words it holds.
_WORDS_OF = re.compile(
    r"的(?:[这一]?[一这]?[番句]?(?:开场白|感慨)|这?一?番话|一席话|话(?![题语音筒剧费])|开场白|发言(?!人)|讲话|回答|感言|感慨|解释|说法|这句话)|(?:所[说讲指言]|口中|嘴里|[说提]到)的"
)
_TALK_OF = re.compile("的(?:[这一]?[番席]?话(?![题语音筒剧费])|[这一]?[句番]?开场白)")
# What somebody gave is told by the quote.
_ANSWER = re.compile(
    r"(?:^|[，,；;])[^，,；;]{2,40}?(?:一句话|一条短信|[两三四五六七八九十0-9]+个字|答案|回答|答复|回复|回应|理由|说法|解释|态度|表态|意见|体会|结论|要求|条件)"
    r"(?:[是为]|[很也]\w{2,4}|只有\w{1,6}|[：:])?[：:]$"
)
# 甲用“……”形容: words of 甲 inside the reporter's sentence.
_WITH_WORDS = re.compile(r"(?:用|以|拿)(?:一句|这句|这样一句|一句话)?[：:]?$")
_DESCRIBES = re.compile(r"(?:这?[句番]?话?)?来?(?:形容|概括|评价|总结|描述|比喻|作答|回应|表达|勉励|寄语)")
_MAX_LEAD = 60
_NAME_GAP = re.compile(r"[\u4e00-\u9fff]{1,2}[ \u3000][\u4e00-\u9fff]{1,2}")
_UNTITLED = re.compile(r"\w{0,16}")
_MAX_SAID = 60
# 高兴地, 一边领着记者参观，一边
_MANNERLY = re.compile(r"[^，。“”]{0,6}地|[对向]\w{2,6}|笑着|接着|[也又还]")
_BIDS = re.compile("(?:邀请|欢迎|感谢|鼓励|祝愿|祝福|致谢|婉拒|婉谢)[^“”]{2,30}[，,]$")
_TALKS = re.compile("记者|专访|聊[起到]|开口|话匣")
# “钱嘛，慢慢来。”他耸耸肩。 and “也有没谈成的，”她并不避讳，“……”; whoever listens is not meant.
_ACTS = re.compile(
    r"(?:\w{1,8}的)?(?P<who>[他她])(?![们的]|\w{0,3}(?:愣|怔|听|没想到|接到|收到|看到|想到|心里|被|才知道|明白了))"
    r"[^，。；：“”\"\n]{1,16}(?:[。！]|[，,](?=[“\"]))"
)
# Where or how somebody speaks, in front of the clause that names them.
_SCENE = re.compile(
    r"(?:(?:[望看指握拿摸捧翻抚]摸?着|说[起到]|谈[到起及]|提[到起及]|聊[到起]|回忆|回想|想起|面对|说这话|说话间)[^，,。；对与和]{0,24}"
    r"|(?!随后|会|此|之|其|目前|日前|最后|当)[^，,。；对与和据]{2,24}(?:[里下旁边内外]|(?<![会式动坛])上|[间房厂校馆店]中|门口|[地田]头|(?<![之此以目日会])前))[，,]"
)
# 说起某队队长甲，人人称赞：“……”
_TOPIC = re.compile(r"(?:说|谈|提|讲|聊)[起到及][^，。；]*$")
# 甲提议大家许个愿，有人喊道：“……”
_SOMEBODY = re.compile(r"[，,；;](?P<who>有人|有的人?|众人|大家|人们|旁人)\w{0,6}$")
_TOGETHER = re.compile("(?:纷纷|普遍|一致|齐声|[都也])$")
_DEMANDS = frozenset({"要求", "提出", "建议", "强调", "指出"})
# “……。”这句话，甲常对徒弟讲。
_OWN_WORDS = re.compile("[，,]|是")
# “……。”在大会上，某报采访了校长甲。
_ASKED = re.compile("(?:采访|对话|专访)了?[^，。；]{0,24}$")


class SpeakerFinder:
    """Compiled once from `lookups["speech_cues"]`."""

    def __init__(self, lookups: Mapping[str, Any], subjects: SubjectFinder) -> None:
        cues = lookups["speech_cues"]
        say = any_of(cues["say"])
        self._subjects = subjects
        loud = f"(?<![演宣])(?:{any_of(cues['say_before'])})(?=[道了着]?[：:]$)"
        begins = one_of_firsts([*cues["say"], *cues["say_before"]])
        self._cue_before = re.compile(
            f"{begins}{NOT_NAMED}(?P<cue>{say}|{loud})(?:道|说|了|着|过)?(?P<mark>[：:，,；]?)$"
        )
        self._cue = re.compile(f"{NOT_NAMED}(?:{say})")
        self._object = re.compile(f"(?:{any_of(cues['object_prepositions'])})[^，,。]{{0,12}}$")
        self._after = re.compile(f"^(?:{any_of(cues['after'])})")
        self._opinion = re.compile(
            f"^这?(?:就)?是(?P<who>.{{0,30}}?)(?:对|的|说|们)[^。]{{0,24}}(?:{any_of(cues['after_opinion'])})"
        )
        self._said = re.compile(rf"(?:{say})(?:道|说|了)?[。]$")
        # “……。”谈到往事，他有些激动
        self._told = re.compile(
            r"(?P<cue>说起|谈起|谈到|提起|提到|讲起|聊起|回忆起|谈及)[^，。；“”\"]{2,20}[，,](?P<who>[他她])"
        )

    def of_quote(self, context: ArticleContext, start: int, end: int) -> Speaker:
        """Speaker of the quoted stretch [start, end), marks included."""
        return self._before(context, start, end) or self._behind(context, start, end) or UNKNOWN

    def _before(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        text = context.text
        floor = context.paragraph(start)[0]
        if start == floor and text[max(0, start - 2) : start] in {"：\n", ":\n"}:
            # 甲对乙说：, and the quote in a paragraph of its own.
            start, floor = start - 1, context.paragraph(start - 1)[0]
        stops = [m.end() for m in SENTENCE_STOP.finditer(text, max(floor, start - 200), start)]
        begin = stops[-1] if stops else max(floor, start - 200)
        lead = text[begin:start].rstrip()
        cue = self._cue_before.search(lead)
        if cue is None:
            # 何某某：“……。”
            people = context.mentions_in(begin, start, *SPEAKER_TYPES)
            if people and people[0].start == begin and lead[len(people[0].text) :] in {"：", ":"}:
                return Speaker(people[0], people[0].text, None, "turn", 0.9, True)
            worded = _ANSWER.search(lead)
            named = [m for m in people if worded and m.start >= begin + worded.start()]
            if named and not self._object.search(text[begin : named[0].start]):
                # 某公司只留下一句话：“……。”
                return Speaker(named[0], named[0].text, None, "quote_colon", 0.75, True)
            # 对此，何某某有些担心：“……。”
            if lead.endswith(("：", ":")) and people and people[-1].entity_type == "person":
                front = context.text[begin : people[-1].start]
                free = not (self._object.search(front) or REPORTER.search(front) or _TOPIC.search(front))
                if free and len({m.text for m in people if m.entity_type == "person"}) == 1:
                    return Speaker(people[-1], people[-1].text, None, "quote_colon", 0.75)
            return self._quiet(context, begin, start, end)
        is_clause = end - start >= _CLAUSE_CHARS and PAUSE.search(context.text, start, end) is not None
        if not cue["mark"] and not is_clause and not lead.endswith(("说", "道", "称")):
            return None
        cue_start = begin + cue.start("cue")
        some = _SOMEBODY.search(text, begin, cue_start)
        if some:
            return Speaker(None, some["who"], cue["cue"], "quote_cue_before", 0.7, True)
        speaker = self._subjects.subject(context, begin, cue_start, *SPEAKER_TYPES)
        if speaker is None:
            source = self._subjects.source.match(text[begin:cue_start])
            who = source["who"] if source else self._subjects.last_pronoun(text, begin, cue_start)
            return Speaker(None, who, cue["cue"], "quote_cue_before", 0.8, True)
        return replace(speaker, cue=cue["cue"], rule="quote_cue_before", is_tied=True)

    def _quiet(self, context: ArticleContext, begin: int, start: int, end: int) -> Speaker | None:
        """A quote without a verb of speech in front: 甲用“……”形容, 她有些担心：“……。”, 甲投了票，“……。”"""
        text = context.text
        lead = text[begin:start].rstrip()
        people = context.mentions_in(begin, start, "person")
        is_one = len({m.text for m in people}) == 1 and not self._object.search(text[begin : people[0].start])
        is_clause = PAUSE.search(text, start, end) is not None
        if _WITH_WORDS.search(lead) and _DESCRIBES.match(text, end) and is_one and is_clause:
            return Speaker(people[-1], people[-1].text, None, "quote_described", 0.8, True)
        if lead.endswith(("：", ":")) and not people:
            pronoun = self._subjects.last_pronoun(text, begin, start)
            return Speaker(None, pronoun, None, "quote_colon", 0.7, True) if pronoun in {"他", "她"} else None
        ended = text[end - 2 : end - 1] in "。！？!?…" and PAUSE.search(text, start, end - 2) is not None
        # 甲已租下厂房，“快的话，明年就能出货”。
        ended = ended or (
            text[end : end + 1] in "。！？" and is_clause and CHATTY.search(text, start, end) is not None
        )
        # 甲邀请师生明年来访，“大门始终敞开”。
        ended = ended or (text[end : end + 1] in "。！？" and _BIDS.search(lead) is not None)
        is_told = bool(people) and self._cue.search(text, people[-1].end, start) is not None
        is_act = ended and lead.endswith(("，", ",")) and is_one and not is_told
        # 甲的儿子在外地，“……。”: not 甲's words.
        clause = max(text.rfind(mark, begin, people[0].start) for mark in "，,") + 1 if is_act else 0
        if (
            is_act
            and text[people[0].end] != "的"
            and self._subjects.opens_its_clause(context, max(begin, clause), people[0])
        ):
            return Speaker(people[0], people[0].text, None, "quote_behind_act", 0.7, True)
        return None

    def _behind(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        text = context.text
        limit = context.paragraph(start)[1]
        stop = SENTENCE_STOP.search(text, end, limit)
        close = stop.start() if stop else limit
        quote_open = _OPENS_QUOTE.search(text, end, close)
        close = quote_open.start() if quote_open else close
        tail = text[end:close]
        if not tail.strip():
            return self._next_paragraph(context, limit) if end == limit else None
        back = self._after.match(tail)
        if back and back[0] == "的话" and PAUSE.search(text, start, end) is None:
            # 想保住“乌纱”的话: an if.
            return None
        if back:
            told = _OWN_WORDS.match(text, end + back.end())
            who = context.mentions_in(end + back.end(), close, "person") if told else []
            if told and who and who[0].start == told.end():
                return Speaker(who[0], who[0].text, back[0], "quote_cue_behind", 0.8, True)
            return self._earlier_subject(context, start, back[0])
        opinion = self._opinion.match(tail)
        if opinion:
            who = context.mentions_in(end, end + opinion.end("who"), *SPEAKER_TYPES)
            if who:
                return Speaker(who[-1], who[-1].text, opinion[0][-2:], "quote_opinion_behind", 0.88, True)
        if text[start - 1 : start] in {"：", ":"} and text[start - 2 : start - 1] not in {"）", ")"}:
            # 歹徒狂叫：“……！”甲冲了上去。: whoever speaks stands in front.
            return None
        owner = _WORDS_OF.search(text, behind_listener(context, self._subjects, end, close), close)
        if owner and not _GLUED.match(text[start - 1 : start]):
            whose = context.mentions_in(end, owner.start(), "person")
            if whose and whose[-1].end == owner.start():
                return Speaker(
                    whose[-1], whose[-1].text, owner[0].removeprefix("的"), "quote_cue_behind", 0.85, True
                )
            if text[owner.start() - 1] in "他她" and owner.start() - 1 == end:
                return Speaker(None, text[end], owner[0].removeprefix("的"), "quote_cue_behind", 0.75, True)
        ended = text[end - 2 : end - 1] in "。！？，,!?…" or text[end : end + 1] in "，,"
        ended = ended or is_unparted(context, start, end)
        # 对乙称这是“游戏”，甲反驳说: what is glued to the words before it is no passage of 甲's.
        if not ended or _GLUED.match(text[start - 1 : start]):
            return None
        closed, end = end, behind_listener(context, self._subjects, end, close)
        for cue in self._cue.finditer(text, end, close):
            if text[cue.end() : cue.end() + 1] in {"、", "的", "号", "”"}:
                continue
            opens = start == context.paragraph(start)[0] and any(
                m.start == end for m in context.mentions_in(end, cue.start(), "person")
            )
            if cue[0] in _DEMANDS and text[cue.end() : cue.end() + 1] in "，," and not opens:
                # “……。”甲要求，……: what follows is 甲's, the quote is not.
                return None
            speaker = self._subjects.subject(context, end, cue.start(), *SPEAKER_TYPES)
            if speaker is not None and not _HIMSELF.fullmatch(text, end, cue.start()):
                return replace(speaker, cue=cue[0], rule="quote_cue_behind", is_tied=True)
            pronoun = self._subjects.pronoun.match(text, end + (1 if text[end : end + 1] in "，," else 0))
            if pronoun and (cue.start() - pronoun.end() < 14 or pronoun[0] in {"他", "她"}):
                return Speaker(None, pronoun[0], cue[0], "quote_cue_behind", 0.8, True)
        told = self._told.match(text, end, close)
        if told:
            return Speaker(None, told["who"], told["cue"], "quote_cue_behind", 0.75, True)
        acts = _ACTS.match(text, end)
        if acts:
            return Speaker(None, acts["who"], None, "quote_name_behind", 0.7, True)
        people = context.mentions_in(end, close, "person")
        if quote_open and len(people) == 1 and text[closed - 2] in "，," and text[close - 1] in "，,":
            # “年底交货，”厂长甲拍着扳手，“一天也不拖。”
            is_first = not re.search(r"[，,；;：:]", text[end : people[0].start])
            if is_first and self._subjects.opens_its_clause(context, end, people[0]):
                return Speaker(people[0], people[0].text, None, "quote_name_behind", 0.75, True)
        title = self._subjects.titles.search(text, end, close)
        verb = self._cue.search(text, end, close)
        words = _TOGETHER.sub("", text[end : verb.start()].strip("，, ")) if verb else ""
        name = _NAME_GAP.fullmatch(text, title.end, verb.start()) if title and verb else None
        if title and verb and name and _UNTITLED.fullmatch(text, end, title.start):
            # 公司总经理段 某林介绍说: a name of which the type setter parted the letters.
            return Speaker(None, name[0], verb[0], "quote_cue_behind", 0.7, True)
        if title and verb and title.end <= verb.start() and re.fullmatch(r"\w{2,16}", words):
            # 村民某某某告诉记者: a name that was not recognised keeps its words.
            return Speaker(None, words, verb[0], "quote_cue_behind", 0.7, True)
        source = self._subjects.source.match(text[end : verb.start()]) if verb else None
        if source and verb and len(source["who"]) > 2:
            return Speaker(None, source["who"], verb[0], "quote_cue_behind", 0.7, True)
        unknown = self._subjects.unknown.alone(text, end, verb.start()) if verb and ended else None
        if unknown:
            return Speaker(None, unknown, verb[0] if verb else None, "quote_cue_behind", 0.65, True)
        # 「……。」某某对未来充满信心。: the sentence behind a closed quote opens with its speaker.
        if ended and len(people) == 1 and tells(context, self._subjects, end, close, people[0]):
            return Speaker(people[0], people[0].text, None, "quote_name_behind", 0.72, True)
        is_behind = bool(people) and text[closed - 2 : closed - 1] in "。！？!?…"
        if is_behind and is_met(context, self._subjects, start, end, people[0]):
            return Speaker(people[0], people[0].text, None, "quote_name_behind", 0.68, True)
        if is_behind and (
            self._opens_with(context, end, people[0]) or is_shown(context, self._subjects, start, end, people)
        ):
            return Speaker(people[0], people[0].text, None, "quote_name_behind", 0.72, True)
        return None

    def _next_paragraph(self, context: ArticleContext, limit: int) -> Speaker | None:
        """A paragraph cut off behind its quote: the next one opens with 甲说。"""
        talk = _TALK_OF.search(context.text, limit, limit + 32)
        people = context.mentions_in(limit, talk.start(), "person") if talk else []
        if people and people[-1].start == limit + 1:
            # “……。”, and the next paragraph: 甲的开场白赢得掌声。
            return Speaker(people[-1], people[-1].text, None, "quote_cue_behind", 0.8, True)
        if talk and context.text[limit + 1] in "他她":
            return Speaker(None, context.text[limit + 1], None, "quote_cue_behind", 0.7, True)
        opened = _CUT_OFF.match(context.text, limit)
        cue = self._cue_before.search(opened["lead"]) if opened else None
        if opened is None or cue is None:
            return self._opener_below(context, limit)
        position = opened.start("lead") + cue.start("cue")
        speaker = self._subjects.subject(context, opened.start("lead"), position, "person")
        return replace(speaker, cue=cue["cue"], rule="quote_cue_behind", is_tied=True) if speaker else None

    def _opener_below(self, context: ArticleContext, limit: int) -> Speaker | None:
        """“……。” ends a paragraph that names nobody else, and 厂长甲告诉记者，…… opens the next one."""
        text, begin = context.text, limit + 1
        stop = SENTENCE_STOP.search(text, begin)
        close = min(begin + _MAX_LEAD, stop.start() if stop else len(text))
        people = context.mentions_in(begin, close, "person")
        if text[begin : begin + 1] in {"他", "她"} and text[begin + 1 : begin + 2] not in {"们", "的"}:
            cue = self._cue.search(text, begin + 1, min(close, begin + MAX_MANNER))
            return Speaker(None, text[begin], cue[0], "quote_cue_behind", 0.65) if cue else None
        above = context.mentions_in(context.paragraph(limit)[0], limit, "person")
        if not people or any(m.text != people[0].text for m in above):
            return None
        cue = self._cue.search(text, people[0].end, min(close, people[0].end + MAX_MANNER))
        clause = max(text.rfind(mark, begin, people[0].start) for mark in "，,") + 1
        if (cue or _TALKS.search(text, people[0].end, close)) and self._subjects.opens_its_clause(
            context, max(begin, clause), people[0]
        ):
            return Speaker(people[0], people[0].text, cue[0] if cue else None, "quote_cue_behind", 0.65)
        return None

    def _earlier_subject(self, context: ArticleContext, start: int, cue: str) -> Speaker | None:
        """甲……，“……”一番话说完: the one person of the sentence that leads into the quote."""
        floor = context.paragraph(start)[0]
        stops = [m.end() for m in SENTENCE_STOP.finditer(context.text, floor, start)]
        people = context.mentions_in(stops[-1] if stops else floor, start, "person")
        names = {m.text for m in people}
        if len(names) == 1:
            return Speaker(people[-1], people[-1].text, cue, "quote_cue_behind", 0.85, True)
        return Speaker(None, None, cue, "quote_cue_behind", 0.6, True)

    def said(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        """The speaker of a sentence that only says who spoke (他说。)."""
        cue = self._said.search(context.text, start, end)
        if cue is None or end - start > _MAX_SAID or context.text[end - 2 : end] not in {"说。", "道。"}:
            return None
        people = context.mentions_in(start, cue.start(), "person")
        if people and people[-1].end == cue.start():
            return Speaker(people[-1], people[-1].text, cue[0][:-1], "short_cue", 0.7, True)
        if context.text[start] in "他她" and context.text[start + 1] not in "们的":
            return Speaker(None, context.text[start], cue[0][:-1], "short_cue", 0.7, True)
        if people and _MANNERLY.fullmatch(context.text, people[-1].end, cue.start()):
            # 厂长甲高兴地说。
            return Speaker(people[-1], people[-1].text, cue[0][:-1], "short_cue", 0.7, True)
        return None

    def worded(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        """Whose words a sentence behind them is about (厂长甲的话里透着期待。)."""
        owner = _TALK_OF.search(context.text, start, end)
        people = context.mentions_in(start, owner.start(), "person") if owner else []
        if owner is None or not people or people[-1].end != owner.start():
            return None
        is_first = self._subjects.opens_its_clause(context, start, people[-1])
        return Speaker(people[-1], people[-1].text, None, "short_cue", 0.7, True) if is_first else None

    def shown(self, context: ArticleContext, start: int, end: int) -> Speaker | None:
        """Who opens a sentence that tells how they spoke (甲没有绕弯子。, 甲眼眶有些红，)."""
        people = context.mentions_in(start, end, "person")
        if not people or not self._subjects.opens_its_clause(context, start, people[0]):
            return None
        shown = MANNER.search(context.text, people[0].end, min(end, people[0].end + MAX_MANNER))
        return Speaker(people[0], people[0].text, None, "short_cue", 0.65, True) if shown else None

    def _opens_with(self, context: ArticleContext, end: int, person: Mention) -> bool:
        lead = context.text[end : person.start]
        scene = _SCENE.match(lead)
        if _ASKED.search(lead) or (
            scene and self._subjects.opens_its_clause(context, end + scene.end(), person)
        ):
            # “……。”在仓库里，甲摸着新下线的机器。
            return True
        return len(lead) <= 40 and not re.search(r"[，,；;]|对|与|和|由|被|让|向|是|(?<!数)据", lead)
