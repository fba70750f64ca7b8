"""Indirect speech: a sentence that opens with its speaker and a verb of speech."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.gated import needed_words
from transforms.extract.patterns import WordSets, any_of, one_of_firsts
from transforms.extract.quotations.spans import NOT_NAMED, WIRE
from transforms.extract.quotations.subjects import SPEAKER_TYPES, Reported, Speaker, SubjectFinder
from transforms.extract.quotations.telling import MAY_TELL, SPOKEN_MARK, THEN, told_plainly
from transforms.extract.roles.antecedents import Antecedents

# 听取情况介绍, 的要求: the verb of speech is a noun there; not in 听取汇报后指出.
_NOUN = re.compile(
    r"(?:情况|工作|有关|相关|的)$|(?:给予|予以|[作做]出)了?[^，。；]{0,12}$|听取[^，。；]{0,24}(?<![后时中])$|(?:受到?|遭到?|招致|引[起发]|[获得]到?)了?[^，。；]{0,10}(?:的|历史|舆论|社会)$"
)
# 《通知》指出，
_PAPER = re.compile("(?P<who>《[^《》]{2,40}》)[还也则]?")
_PAPER_SAYS = frozenset({"指出", "强调", "要求", "认为", "说"})
# 因为甲说过: within what somebody else says.
_CITES = re.compile("(?:因为|正如|就像|如同|记得|我|你)")
# 甲作出重要指示强调，
_ORDERS = re.compile("(?:指示|批示|讲话|谈话|声明)$")
# 落实县长甲要求, 违背所作承诺
_ALSO_NOUNS = frozenset(
    {
        "要求",
        "承诺",
        "建议",
        "希望",
        "期待",
        "期望",
        "期盼",
        "指示",
        "呼吁",
        "回应",
        "提醒",
        "预计",
        "估计",
        "提议",
        "号召",
    }
)
# 甲思想的科学体系、实践要求
_MODIFIES = re.compile("[的、]")
_OBEYS = re.compile(
    "(?:落实|按照?|根据|响应|违背|违反|履行|兑现|贯彻|遵照|遵循|依照|满足|符合|不负|回应|对照|围绕|驳回|拒绝|不顾)[^，,。；]{0,24}$|所[作提做]$|[对就各条项份为]$"
)
# 提醒游客注意: what is asked, not who is told.
_ORDER = "注意|要|不|应|务必|谨|防|加强|做好|提高"
# 对于乙称此事“不实”，甲反驳说: what is answered, not what is said.
_ANSWERS = re.compile(
    "(?:对于|针对|面对|在?(?:谈到|谈及|谈起|提到|回答))(?![^，,。；;]*[时后])[^，,。；;]{2,30}$"
)
# 经厂长甲介绍，他进了厂: nobody speaks.
_THROUGH = re.compile("(?:^|[^，,；;。]*[，,；;])(?:经|通过|由)[^，,；;。]{2,20}$")
_THIS = re.compile(
    r"(?:^|[，,；;])(?P<who>[该本]\w{1,5}?(?:公司|企业|集团|局|厅|委|校|院|行|所|会|中心|方|社|厂))\w{0,10}$"
    r"|^(?P<own>公司|集团|学校|医院|协会|商会)(?:方面|日前|近日|[0-9]{1,2}日|[昨今]日|[当今昨]天|此前|同时|[还也则均亦])*$"
)
_SOME = re.compile(
    r"^[^，,；;]{1,24}[，,](?=[也还]?有|[一多几]位|不少|部分|多[名家]|[一两三几]名|许多|很多|与会|参会|代表们|委员们|专家们)"
)
_AND = re.compile(
    r"(?:[，,](?:并|也|还|同时|随[即后]|当[即场]|接着|最后|末了|现场|一再|反复|再三|特别|明确|郑重|殷切){0,2}(?:[\u4e00-\u9fff]{2,4}地)?|在?\w{0,6}(?:讲话|致辞|发言|总结|推介|座谈)[中时](?:还|也|则)?|会上)$"
)
# 据江雁介绍，……
_TELL_US = frozenset({"介绍", "透露", "分析", "回忆", "估算", "解释", "讲", "说", "称"})
_WHOSE = re.compile(r"的(?!话)\w{2,6}(?<![地时中后日])")
# 某国军方29日发表声明
_DEED = re.compile(
    r"(?<=\w{2})(?:[0-9]{1,2}日|当天|[今昨]天)?(?:发表|发布)(?:联合)?(?:声明|公报|公告|通报|报告)$"
)
# 从另一方面讲
_ASPECT = re.compile("从|[一两各]方面$")
_HE = ("他", "她")
# 不过她也坦承, 随后他又透露: what joins a sentence of his to the one in front.
_JOINS = re.compile(
    "(?:不过|但是?|然而|可是?|而且?|同时|此外|另外|随[后即]|接着|后来|最后|末了|当然|其实|因此|所以|为此|对此|会[上后]|席间|期间"
    "|采访[中时]|临别时?)[，,]?(?=[他她](?![们的]))"
)
_MEETS = re.compile(r"在?(?:会见|接见|看望|陪同|考察|与|同)[^，,。；]{2,30}[时后中]$")
_ISSUED = re.compile("(?:发布|发出|披露|发表|刊登|公布)[^，。]{0,8}(?:公告|声明|通报|报告|公报)|公告[称，]")
_FORECASTS = frozenset({"预计", "估计", "估算", "预测"})
# 提出要打造某地
_PLANS = frozenset({"提出", "谈到", "讲到"})
_GAPS = re.compile(r"[ \u3000]")
# 甲集团（简称“甲”）日前公告称
_ASIDES = re.compile("[（(][^（）()]{1,30}[)）]")
_TO = re.compile("[对向跟同与][^，,；;。]{1,40}")
# Somebody else in a later clause of the sentence.
_OTHERS = re.compile(r"[“”\"；;：:]|[，,](?:双方|各方|对方|与会|大家|记者|这|该|其中|他们|她们)")
_PAUSED = re.compile("[，,；;]")
_TERMS = re.compile("“[^“”，。]{1,12}”")
_ALSO = re.compile("(?:并|同时|还)")
_MAX_DEEDS = 90
_FEW_CHARS = 6
_MAX_WHOM, _FEW_DAYS = 20, 12
# 甲热烈欢迎乙来访，表示……
_GREETS = re.compile(
    "(?:由衷|热烈|衷心|诚挚)?(?:祝贺|感谢|欢迎|高度评价|赞赏|请|转达|介绍|回顾)[^。；“”]{2,80}，(?:并|还)?(?:表示|强调|指出|说)[，,]?"
)
# A report that opens with a leader's words and tells no occasion goes on about something else.
_LEADER = re.compile(r"[\w·]{2,12}(?:总书记|主席)")
# 某国总理甲还表示，
_TITLED = re.compile(r"[\w·]{0,24}")
_STRAIGHT = re.compile(r"(?:\w|（[^（）]{1,12}）){1,24}[，,：:]?")
# 某大报告提出, 在新年贺词中指出
_WRITTEN = re.compile(
    r"[^，。]{0,30}(?:(?:党的|大会|工作)\w{0,6}报告|规划|纲要|意见|条例|方案|贺词|公报)[中里]?(?:明确|还)?"
)


def told_by(person: Mention, text: str, start: int) -> bool:
    """Whether a sentence opens with the name of a person of the article (印出江　雁, later 江雁)."""
    return len(person.text) > 1 and text.startswith(_GAPS.sub("", person.text), start)


class ReportFinder:
    """Compiled once from `lookups["speech_cues"]`.

    Args:
        lookups: Parsed seed files by stem; reads `speech_cues` and `titles`.
        subjects: Who may be the subject of a verb.
    """

    def __init__(self, lookups: Mapping[str, Any], subjects: SubjectFinder) -> None:
        cues = lookups["speech_cues"]
        indirect = any_of(cues["indirect"])
        self._subjects = subjects
        # 不说, 据说, 小说: negated or another word; 如是说 looks back; 强调指出 is one verb.
        whom = rf"(?!{_ORDER}|记者|笔者|[说称道])(?:(?!{_ORDER})[\w \u3000]){{1,{_MAX_WHOM}}}"
        verbs = [*cues["addressed"], *cues["indirect"]]
        self._indirect = re.compile(
            one_of_firsts(verbs) + "(?<!严格)(?!(?<=确)认为)"
            "(?<![不没未据小传听所再有来虽总难演主宣误被])(?<!名[说讲])(?<!如是)(?<![这那]样)(?<!这么)(?<!好话)(?!\\w{2,3}(?:姓名|身份|名字)的)"
            f"(?!说(?:这[番句话席]|完|罢|服|教|客|[，,]?一?边|(?<=[会了着]说)“[^“”，。]{{1,8}}”)){NOT_NAMED}"
            rf"(?:(?!劝和)(?P<asked>{any_of(cues['addressed'])})(?P<whom>{whom})(?=[：:，,])"
            f"|(?P<cue>{indirect})(?:道|(?<!指示)指出|过(?=[，：])|(?<!说)说)?)(?P<mark>[：:，,]?)"
        )
        self._verbs = WordSets(verbs)
        self._may_report = WordSets([*verbs, *(needed_words(MAY_TELL.pattern) or ())])
        self._document = re.compile(f"(?P<who>{any_of(cues['documents'])})")
        self._formal = frozenset(cues["formal"])
        self._setting = re.compile(any_of(cues["setting"]))
        self._wishes = frozenset(cues["wishes"])
        self._bare = frozenset(cues["bare"])
        self._antecedents = Antecedents(lookups)

    def may_report(self, text: str) -> bool:
        """Whether a sentence holds a word without which nobody speaks in it: spares most the rest."""
        return bool(self._may_report.held(text))

    def indirect(self, context: ArticleContext, start: int, end: int) -> Reported | None:
        """The reported speech of a sentence that opens with its speaker and a verb of speech."""
        text = context.text
        wire = WIRE.match(text, start, end)
        if wire:
            start = wire.end()
        joins = _JOINS.match(text, start, end)
        if joins:
            start = joins.end()
        limit = min(end, start + 160)
        may_report = self._verbs.held(text[start:limit])
        for found in self._indirect.finditer(text, start, limit) if may_report else ():
            verb = found["cue"] or found["asked"]
            cue_start = found.start("cue") if found["cue"] else found.start("asked")
            if verb == "称" and text[found.end() : found.end() + 1] in set("号呼谓职赞他她它其"):
                continue
            if found["asked"] and not self._is_told(context, *found.span("whom")):
                continue
            is_noun = _NOUN.search(text[start:cue_start]) and not (
                verb in self._formal and _ORDERS.search(text, start, cue_start)
            )
            if text[cue_start - 1 : cue_start] in {"“", '"'} or is_noun:
                continue
            is_through = verb == "介绍" and _THROUGH.match(text, start, cue_start)
            if is_through or _ANSWERS.match(text, start, cue_start):
                continue
            if verb in _ALSO_NOUNS and _OBEYS.search(text[start:cue_start]):
                continue
            speaker = self._reporting(context, start, cue_start, verb)
            if speaker is None:
                continue
            is_past = text.startswith("过", found.end() - len(found["mark"] or "") - 1)
            if is_past and (_CITES.match(text, start) or speaker.mention is None):
                continue
            gap = text[speaker.mention.end : cue_start] if speaker.mention else None
            if gap is None and speaker.text in _HE and text.startswith(speaker.text, start):
                gap = text[start + 1 : cue_start]
            if verb in _ALSO_NOUNS and gap and not _AND.search(gap) and _MODIFIES.search(gap):
                continue
            is_marked = bool(found["mark"])
            if not is_marked and not self._opens_clause(text, found.end(), end, verb, speaker, gap):
                continue
            is_formal = verb in self._formal or bool(self._setting.search(text[start:cue_start]))
            cue = verb + (found["whom"] or "")
            who = speaker.mention
            is_person = who is not None and who.entity_type == "person"
            return Reported(
                replace(speaker, cue=cue, rule="indirect_cue"),
                found.end(),
                is_formal,
                self._is_straight(text, start, cue_start, found.end(), speaker),
                is_person or speaker.text in _HE,
                _WRITTEN.fullmatch(text, start, cue_start) is not None
                or (wire is not None and _LEADER.fullmatch(text, start, cue_start) is not None),
                SPOKEN_MARK.search(text, cue_start, found.end()) is not None,
            )
        return told_plainly(context, start, end, self._subjects)

    def is_reporting(self, text: str, name_end: int, end: int) -> bool:
        """Whether a verb of speech follows a name and its title: 甲总经理则表示，"""
        title = self._subjects.titles.match_start(text, name_end)
        verb = title.end if title else name_end
        said = self._indirect.match(text, verb + (text[verb : verb + 1] in set("则也还")), end)
        return said is not None and (bool(said["mark"]) or said["cue"] in self._bare)

    @staticmethod
    def _is_told(context: ArticleContext, start: int, end: int) -> bool:
        """叮嘱随行的局长甲，: who is told in more than a few words is a person with a name."""
        people = context.mentions_in(start, end, "person") if end - start > _FEW_CHARS else []
        return end - start <= _FEW_CHARS or any(m.end == end for m in people)

    @staticmethod
    def _is_straight(text: str, start: int, cue_start: int, end: int, speaker: Speaker) -> bool:
        """Whether little more than the speaker and a verb of speech opens the sentence."""
        who = speaker.mention
        if who is None:
            first = text.find(speaker.text or "\n", start, cue_start)
            name_end = first + len(speaker.text or "")
        else:
            first, name_end = who.start, who.end
        is_person = who is not None and who.entity_type == "person"
        return (
            first >= 0
            and _TITLED.fullmatch(text, start, first) is not None
            and (
                _STRAIGHT.fullmatch(text, name_end, end) is not None
                or (is_person and _GREETS.fullmatch(text, name_end, end) is not None)
            )
        )

    def _reporting(self, context: ArticleContext, start: int, cue_start: int, verb: str) -> Speaker | None:
        """The name, the word for a body or a person, or the source that a verb of reported speech has."""
        text = context.text
        if text[start : start + 1] == "据" and verb in _TELL_US:
            if text.startswith("其", start + 1) and start + 2 == cue_start:
                # 据其介绍，
                return Speaker(None, "其", verb, "indirect_pronoun", 0.7, True)
            people = context.mentions_in(start, cue_start, "person")
            if people and people[-1].end == cue_start:
                return Speaker(people[-1], people[-1].text, verb, "subject", 0.85, True)
        if (also := _ALSO.match(text, start, cue_start)) and also.end() == cue_start:
            # 甲给予高度评价。并表示，……
            opener = self._subjects.opener_before(context, start)
            return Speaker(opener, opener.text, verb, "subject", 0.75, True) if opener else None
        is_his = text[start : start + 1] in _HE and text[start + 1] not in "们的"
        if is_his and self._goes_on(context, start + 1, cue_start):
            # 他介绍了情况，表示……
            return Speaker(None, text[start], verb, "indirect_pronoun", 0.75, True)
        if text[start : start + 1] in _HE and (
            _MEETS.match(text, start + 1, cue_start) or _TO.fullmatch(text, start + 1, cue_start)
        ):
            # 她在会见院长江雁一行时表示, 她对陪同的院长江雁说: whom she meets does not speak.
            return Speaker(None, text[start], verb, "indirect_pronoun", 0.75, True)
        speaker = self._subjects.subject(context, start, cue_start, *SPEAKER_TYPES)
        if speaker is not None and speaker.mention is None:
            return speaker
        if speaker is not None and speaker.mention is not None:
            gap = text[speaker.mention.end : cue_start]
            if verb in _FORECASTS and gap.endswith(("，", ",")):
                # 由甲捐建的教学楼封顶，预计8月交付: nobody says it.
                return None
            if _WHOSE.fullmatch(gap):
                # 甲的儿子说
                return Speaker(None, speaker.mention.text + gap, verb, "subject", 0.7, True)
            if self._plain_gap(context, gap, speaker.mention, cue_start):
                return speaker
            if speaker.mention.entity_type == "person":
                # 甲感谢学校的邀请，也感谢来宾，他希望……
                is_he = text[cue_start - 1] in _HE and text[cue_start - 2] in "，,；;"
                he = Speaker(None, text[cue_start - 1], verb, "indirect_pronoun", 0.75, True)
                return he if is_he else None
        known = next(
            (m for m in context.mentions if m.entity_type == "person" and told_by(m, text, start)), None
        )
        name = _GAPS.sub("", known.text) if known else ""
        gap = text[start + len(name) : cue_start]
        if known is not None and self._plain_gap(context, gap, known, cue_start):
            # 江山在发言中说: a name that is a word as well was recognised further on or before.
            return Speaker(known, name, verb, "subject", 0.8, True)
        told = text[start:cue_start]
        paper = _PAPER.fullmatch(told) if verb in _PAPER_SAYS else None
        if paper:
            return Speaker(None, paper["who"], verb, "indirect_pronoun", 0.75, True)
        body = _THIS.search(told)
        named = (body["who"] or body["own"]) if body else None
        meant = self._antecedents.of(context, named, start) if named else None
        if meant:
            return Speaker(meant, named, verb, "subject", 0.75, True)
        # 公告称 holds its source in the verb.
        source = self._subjects.source.match(told) if told else self._document.match(verb)
        if source is not None and self._document.fullmatch(source["who"]):
            issuer = self._issuer(context, start)
            return Speaker(issuer, source["who"], verb, "indirect_pronoun", 0.75, True)
        if source is None and (aside := _SOME.search(told)):
            # 会后，有客商反映: behind when or where it was said.
            source = self._subjects.source.match(told, aside.end())
        pronoun = None if source else self._subjects.last_pronoun(text, start, cue_start)
        who = _DEED.sub("", source["who"].removeprefix("据")) if source else pronoun
        if who and verb == "看来":
            who = who[who.rfind("在") + 1 :]
        if source and _ASPECT.search(source["who"]):
            return None
        return Speaker(None, who, verb, "indirect_pronoun", 0.75, True) if who else None

    @staticmethod
    def _issuer(context: ArticleContext, start: int) -> Mention | None:
        """Whose 公告 it is: of the body that the sentences before say has issued one."""
        issued = [*_ISSUED.finditer(context.text, context.paragraph(max(0, start - 2))[0], start)]
        if not issued:
            return None
        begin = issued[-1].start()
        named = context.mentions_in(max(0, begin - _MAX_DEEDS), begin, "organization")
        return named[-1] if named and named[-1].end + _FEW_DAYS >= begin else None

    @staticmethod
    def _goes_on(context: ArticleContext, start: int, cue_start: int) -> bool:
        """Whether clauses of one subject lead to the verb of speech: 走进车间，察看生产，要求……"""
        gap = context.text[start:cue_start]
        is_others = _OTHERS.search(_TERMS.sub("", gap)) is not None
        is_plain = len(gap) <= _MAX_DEEDS and _AND.search(gap) is not None and not is_others
        # 甲对乙的到来表示欢迎，希望……: whom the first clause names is met.
        comma = min(at for at in (gap.find("，"), gap.find(","), len(gap)) if at >= 0)
        return is_plain and not context.mentions_in(start + comma, cue_start, "person")

    def _plain_gap(self, context: ArticleContext, gap: str, mention: Mention | None, cue_start: int) -> bool:
        """Between a subject and its verb stand settings and adverbs, not another sentence."""
        if mention is None:
            return False
        if mention.entity_type == "person" and self._goes_on(context, mention.end, cue_start):
            return True
        gap = _ASIDES.sub("", gap)
        # 在回答有关“加税”的提问时表示
        gap = gap if _PAUSED.search(gap) else _TERMS.sub("", gap)
        if len(gap) > 40 or re.search(r"[“”\"；;]", gap):
            return False
        if mention.entity_type == "organization":
            return len(gap) <= 10 and not re.search(r"[的、，,]", gap)
        clauses = re.split(r"[，,]", gap)
        return len(clauses) <= 2 or bool(self._setting.search(gap)) or clauses[-1] in THEN

    def _opens_clause(
        self, text: str, position: int, end: int, cue: str, speaker: Speaker, gap: str | None
    ) -> bool:
        """Without a mark behind it, only some verbs open reported speech, and only before a clause."""
        # 甲代表市政府签字，并希望: the verb goes on with the subject of its sentence.
        is_near = gap is not None and (len(gap) <= 2 or _AND.search(gap) is not None)
        is_person = speaker.mention is not None and speaker.mention.entity_type == "person"
        if speaker.mention is None and speaker.text in _HE:
            is_person = is_near = is_near or text.startswith(speaker.text, position - len(cue) - 1)
        rest = text[position:end]
        is_wish = cue in self._wishes and is_near and is_person
        is_plan = cue in _PLANS and rest[:1] in {"要", "应", "将"}
        if cue in self._bare or is_wish or is_plan:
            return len(rest) > (5 if is_wish else 8) and not re.match(
                r"[的了过着起不到为之；]|明(?![年天后晚春日])|(?:热烈|衷心|诚挚|由衷|深切|真诚|崇高|亲切|高度|良好|强烈|深深)?的?"
                r"(?:欢迎|祝贺|感谢|谢意|敬意|赞赏|肯定|认可|认同|赞同|支持|满意|敬佩|钦佩|关切|赞许|赞扬|惋惜|哀悼|吊唁|慰问|同意|关注|问候|祝愿|祝福|歉意|不满|抗议)"
                r"|(?:十分|非常|很|颇)?(?:看好|理解|遗憾|惋惜|惊讶|惊喜|吃惊|震撼|羡慕|乐观|同感|感动|佩服|心动|[有感]?兴趣|有?信心)[，。；]",
                rest,
            )
        return False
