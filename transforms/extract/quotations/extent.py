"""How far reported speech goes on: which sentences behind `甲表示，……。` are still what 甲 said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.patterns import any_of
from transforms.extract.quotations.reported import ReportFinder
from transforms.extract.quotations.spans import touches
from transforms.extract.quotations.subjects import Reported, SubjectFinder

_MAX_LEAD = 20
# 对此某方暂无回应, 根据各方4日达成的协议: the reporter's words.
_UNANSWERED = re.compile(
    r"^根据[^，。]{2,20}(?:此前|日前|[0-9]{1,2}日)[^，。]{0,8}(?:达成|公布|发布|签署)的|"
    r"(?:暂无|没有|未|暂未|尚未|并未|拒绝)(?:就此|对此)?(?:作?出|予以|进行)?(?:任何)?(?:回应|置评|评论)"
)
# 3月28日下午，双方签约: not 10月份物价, which a speaker may tell.
_DATED = re.compile(
    r"[上本]月[0-9]{1,2}日|\w{0,4}(?:当[天日]|次日)[，,]|[今昨][天日](?:（[^（）]{3,8}）)?[，,]?在|(?:[0-9]{4}年)?[0-9]{1,2}(?:日|月(?!份))"
)
# 某国外长当天也表示，: somebody without a name.
_OTHERS_SAY = re.compile(
    r"(?:此外|同时|但|而且)?[，,]?(?!他|她)[^，。；：“”我]{2,24}(?:表示|指出|认为|透露|[说称])[，,：:]"
)
# 他打算明年扩建。“……。”（通讯员）: about the speaker, another passage, who wrote it.
_ASIDE = re.compile(
    r"[他她](?!们)|这[家座](?:企业|公司|工厂|园区|村|镇)|(?:根据|按照?)(?:协议|合同|约定)|[“\"（(]|位于|与[他她]|.*[，,：:]“[^”]*”[。！？]?$"
)
# ……。他说。: the sentence in front is a passage of its own.
_SAID = re.compile(r"[^。！？\n]*[。！？][他她]\w{0,3}[说道]。")
# 双方现场签订了协议, 县长等到会祝贺: what was done, not said.
_DEED = re.compile(
    r"(?:双方|两地|两国|三方|各方|宾主)(?![^，。]{0,8}(?:要|应|可|将|愿|希望|共同努力))[^，。]{0,10}(?:签|商定|约定|达成|见证|互换|交换)"
    r"|[^，。；]{2,60}(?:参加|参加了\w{2,8}|出席|出席\w{2,8}|到会祝贺|陪同|主持|主持\w{2,6}|致\w{0,2}辞|作\w{0,6}(?:报告|演讲|发言|推介|说明))。"
    r"|\w{0,8}(?<!大)会上，|访\w{1,6}期间，|[^。]{2,60}(?:气氛\w{0,2}热烈|一派\w{2,10}景象)"
)
# 多国人士高度评价, 多个国家和国际组织今天也呼吁, 他提出三点倡议
_CROWD = re.compile(
    r"\w{0,8}(?:人士|媒体|舆论|各界|代表们?|嘉宾|网友|群众)(?:普遍|一致|纷纷)?(?:高度|认为|评价|批评|指责|谴责|赞赏|表示)"
    r"|[^，。；]{2,40}(?:国|国家|组织|机构)(?:今天|当天|[0-9]{1,2}日)?[也均都]\w{0,4}(?:呼吁|谴责|敦促|表示)"
)
_ACTS = re.compile(
    "(?:代表[^，。；]{2,12})?(?:还|也|则|随后|首先)?(?:介绍|汇报|通报|表示|致|讲|发言|回应|主持|参加|陪同|作了?|宣读|宣布|感谢|参观)"
)
_HIS = re.compile("[他她](?:还|同时|也|并)?(?:提出|指出|强调|表示|要求|代表|介绍|希望|来到|先后|向|就|对)")
# What a speaker wants and thinks, in the middle of the reporter's paragraph; 中方愿: the speaker's side.
_OPINION = re.compile(
    "我|咱|希望|愿[同与意为]|应[该当]|必须|[^主重需只不]要[^求]|期待|相信|[不没]会|坚[定持决]|两国"
    r"|[\u4e00-\u9fff]方[^，。]{0,8}(?:愿|将|支持|赞赏|重视|欢迎|感谢|祝贺|恪守|高度|始终)|越[^，。]{1,12}越"
)
_WELCOMES = re.compile(
    "表示\\w{0,6}(?:欢迎|感谢|祝贺|肯定|慰问|问候)|致以\\w{0,6}(?:欢迎|感谢|祝贺|问候)|充分肯定|高度评价|致辞|讲话|"
    "介绍了|回顾了|汇报了|通报了|总结了"
)
# A sentence without a subject asks for something: 稳步推进……, 以……为契机.
_URGES = re.compile(
    "(?:(?:稳步|加快|扎实|深入|大力|持续|积极|全力|着力|不断|进一步|充分|切实|坚决|严格|共同|携手|主动|有序|全面|更好|统筹)?"
    "(?:推进|推动|加强|加大|坚持|维护|发挥|用好|落实|抓好|抓实|做好|做优|做强|深化|完善|健全|优化|开展|强化|提升|提高|确保|保障|支持|鼓励|引导|巩固|拓展|增进|发展|把))"
    "|以[^，。]{2,16}为(?:契机|抓手|重点|牵引|引领|导向)|开展"
)
# 在两国元首战略引领下，: no place, in the middle of a speech.
_GUIDED = re.compile("在[^，。]{2,20}(?:引领|领导|指引|推动|支持|努力|带领|关心|帮助|背景|形势|框架)下")
_OURS = re.compile("我们|我[国省市县区州]|[全本](?:省|市|县|区|州)上下")
# 甲说，有人来退货，“那时候才知道什么叫标准”。此后公司改造了两条生产线。: the reporter takes over again.
_QUOTED_END = re.compile("[，,：:]“[^“”]{8,}”。$")
# What a body tells of itself is cut where the reporter explains: 该楼共5层, 根据协议, 工厂占地三十亩.
_EXPLAINS = re.compile(
    r"该|此前|长期以来|近来|根据|按照|对此|为此|同一天|[而另又]?据|[^，。]{2,10}(?:人士|媒体|舆论)|[^，。]{0,12}(?:占地|位于|坐落|毗邻|成立于|始建于|创办于|前身)"
)
_OWN = re.compile(r"[^，。]{0,6}(?:将|愿|要|应|始终|高度|坚)")
# 某公司此前曾: another body's deeds, which a person does not tell.
_BESIDES = re.compile(
    "(?:此前|日前|曾|还[与同和在将]|[也亦]|昨[日天]|当[场天日]|现场|随[即后]|[与同和][^，。]{2,24}(?:签[了订署]|达成))"
)
# 这家公司: the reporter explains whom he names; 这是机遇 may be said.
_THIS_ONE = re.compile("这[家位名座条款里]")
# A figure goes on with the next one: 新增, 其中.
_FIGURES = re.compile("新增|其中|同比|环比|截至|累计|现有|另有")
# What a paragraph opens with that goes on with the demands of the one in front.
_ASKS = re.compile("\\s*(?:[一二三四五六]?是?要(?!求)|必须|务必)")
_SELF = ("总书记", "主席", "总统", "总理", "首相")
_NOTICES = frozenset({"通报", "公布", "发布", "介绍", "预计", "通报称"})


class ExtentFinder:
    """Compiled once from `lookups["speech_cues"]`.

    Args:
        lookups: Parsed seed files by stem; reads `speech_cues`.
        subjects: Who may be the subject of a verb.
        reports: What opens reported speech of its own.
    """

    def __init__(self, lookups: Mapping[str, Any], subjects: SubjectFinder, reports: ReportFinder) -> None:
        cues = lookups["speech_cues"]
        self._subjects = subjects
        self._reports = reports
        self._continues = re.compile(f"(?:{any_of(cues['continues'])})")
        self._narrates = re.compile(f"(?:{any_of(cues['narrates'])})")
        self._reckons = re.compile(f"(?:{any_of(cues['reckons'])})")
        self._recounts = re.compile(f"(?:{any_of(cues['recounts'])})")

    def end(
        self,
        context: ArticleContext,
        number: int,
        begin: int,
        found: Reported,
        direct: list[tuple[int, int]],
    ) -> int:
        """Where the reported speech of sentence `number` ends: with it, or with a later one of its paragraph.

        Args:
            context: The article.
            number: The sentence that holds the verb of speech.
            begin: Where the part of it begins that the speaker opens.
            found: What was found in it.
            direct: Spans of direct speech, sorted.
        """
        stop = context.sentences[number][1]
        limit = context.paragraph(max(0, stop - 1))[1]
        # 总理甲表示，: a paragraph that opens with its speaker is the speaker's.
        opens = begin == context.paragraph(begin)[0]
        is_turn = found.is_spoken or (found.is_straight and opens) or self._is_host(context, begin, found)
        is_turn = is_turn and _QUOTED_END.search(context.text, found.content_start, stop) is None
        for later in range(number + 1, len(context.sentences)):
            start, sentence_end = context.sentences[later]
            sentence = context.text[start:sentence_end].lstrip()
            if start >= limit or touches(direct, start, sentence_end):
                break
            if self._reports.indirect(context, start, sentence_end) is not None:
                break
            first = sentence_end - len(sentence)
            if self._is_another(context, first, sentence_end, found, is_turn):
                break
            if not self._is_still(sentence, found, is_turn):
                break
            stop = sentence_end
        return stop

    def further(
        self, context: ArticleContext, stop: int, found: Reported, direct: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Paragraphs behind `甲强调，……。` that go on without a subject (要抓好落实。)."""
        spans: list[tuple[int, int]] = []
        while context.text[stop : stop + 1] == "\n" and found.is_formal:
            number = context.sentence_at(stop) + 1
            start, end = context.sentences[number] if number < len(context.sentences) else (stop, stop)
            is_own = self._reports.indirect(context, start, end) is not None
            if is_own or _ASKS.match(context.text, start, end) is None or touches(direct, start, end):
                break
            stop = self.end(context, number, start, found, direct)
            spans.append((start, stop))
        return spans

    def _is_host(self, context: ArticleContext, begin: int, found: Reported) -> bool:
        """甲对乙的到来表示欢迎。他说，……: the paragraph of a welcome is all of who speaks it."""
        floor = context.paragraph(begin)[0]
        people = context.mentions_in(floor, found.content_start, "person")
        if (
            not found.is_person
            or not people
            or not _WELCOMES.search(context.text, floor, found.content_start)
        ):
            return False
        is_opener = self._subjects.opens_its_clause(context, floor, people[0])
        return is_opener and found.speaker.text in {"他", "她", people[0].text}

    def _is_another(
        self, context: ArticleContext, start: int, end: int, found: Reported, is_turn: bool
    ) -> bool:
        """Whether a sentence tells of another day, person or body (县长李某来到某村)."""
        text = context.text
        sentence = text[start:end]
        if (
            _UNANSWERED.search(sentence)
            or _DATED.match(sentence)
            or _SAID.match(text, start)
            or _DEED.match(sentence)
            or _CROWD.match(sentence)
            or (found.is_formal and _HIS.match(sentence))
            or self._is_of_speaker(context, sentence, found)
        ):
            return True
        people = context.mentions_in(start, end, "person")
        if people and people[0].start - start <= _MAX_LEAD and not text.startswith("同志", people[0].end):
            clause = max(text.rfind(mark, start, people[0].start) for mark in "，,") + 1
            is_titled = is_turn and self._subjects.titles.match_start(text, people[0].end)
            if is_titled and _ACTS.match(text, is_titled.end):
                # 甲局长介绍了有关情况。
                return True
            if not is_titled and self._subjects.opens_its_clause(context, max(start, clause), people[0]):
                return True
        bodies = context.mentions_in(start, end, "organization") if is_turn else []
        if bodies and bodies[0].start == start:
            is_own = _is_short_for(bodies[0].text, found.speaker.text or "")
            behind = bodies[0].end
            if _BESIDES.match(text, behind) if found.is_person else not (is_own or _OWN.match(text, behind)):
                return True
        # 在青川，又一批项目开工。
        places = context.mentions_in(start + 1, end) if sentence.startswith("在") else []
        return bool(places) and places[0].start == start + 1 and text[places[0].end] in "，,"

    @staticmethod
    def _is_of_speaker(context: ArticleContext, sentence: str, found: Reported) -> bool:
        """某总书记指出，……。总书记的讲话提供了指引。: nobody speaks of themselves by their title."""
        who = found.speaker.mention
        return who is not None and any(
            (sentence.startswith(title) or f"着{title}" in sentence)
            and context.text.startswith(title, who.end)
            for title in _SELF
        )

    def _is_still(self, sentence: str, found: Reported, is_turn: bool) -> bool:
        """Whether a sentence of nobody else is still the speaker's."""
        if _OTHERS_SAY.match(sentence):
            return False
        if found.is_written:
            return sentence.startswith(("要", "必须")) or _URGES.match(sentence) is not None
        if (self._continues.match(sentence) and not _THIS_ONE.match(sentence)) or _URGES.match(sentence):
            return True
        if found.speaker.cue in _NOTICES and _FIGURES.match(sentence):
            return True
        is_plain = not (is_turn or found.is_formal or found.is_straight)
        if is_plain or self._narrates.match(sentence):
            return False
        is_ours = _OURS.search(sentence) is not None
        is_loose = found.is_spoken or not (found.is_straight or (found.is_formal and sentence[0] != "在"))
        if not is_ours and is_loose and self._recounts.match(sentence):
            return False
        if found.is_formal:
            return is_ours or not self._reckons.match(sentence)
        if is_turn:
            return _ASIDE.match(sentence) is None and (found.is_person or _EXPLAINS.match(sentence) is None)
        if not is_ours and self._recounts.match(sentence) and not _GUIDED.match(sentence):
            return False
        is_opinion = not _ASIDE.match(sentence) and (
            sentence.startswith("双方") or _OPINION.search(sentence) is not None
        )
        return is_opinion and (is_ours or not self._reckons.match(sentence))


def _is_short_for(name: str, speaker: str) -> bool:
    """Whether a body may be another form of the one that speaks."""
    return name[:1] == speaker[:1] or name[-4:] in speaker
