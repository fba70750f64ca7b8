"""Whom a sentence is about: who acts in it, whom 公司, 我们 and 他 stand for, and whose firm its news is.

Every rule for deals asks here. A body is returned only where the text leaves one reading; else null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention, is_short_of, last_match
from transforms.extract.deals.protagonist import (
    answer,
    area_before,
    founded_before,
    is_in_head,
    is_other_side,
    most_named,
)
from transforms.extract.deals.subjects import SubjectReader, heads_clause, sentences_before
from transforms.extract.patterns import any_of

WE = re.compile(
    r"(?:我们|咱们)(?:公司|企业|集团|工厂|厂|医院|学校|学院|大学|商会|协会|联谊会|促进会|研究[院所]|合作社|单位)?|我(?:公司|司|厂|社|院|校|集团)"
)
# Whose news it is, and who has no other name in it: 我市与某集团签约, 学校与某公司签约.
HOME = re.compile(r"[我本][省市县区州盟旗镇乡村校院所局行]|[省市县区州盟旗镇乡村][里上]|学校|学院|医院")
_OWN = re.compile(
    rf"(?P<we>{WE.pattern})"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=[此随]后|如今|目前|今年|去年|后来))该?(?:公司|企业|集团)(?!的)"
)
# 研究院把技术转让给某公司: the body told last whose name ends so.
_KIND = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=该))(?:研究[院所]|学院|学校|大学|医院|[协商学总]会|联合会|联谊会|促进会|研究会|基金会|合作社|联社|农场|园区|管委会|集团|中心|实验室)"
    r"(?=[与和同跟把将向从又也就已在拟还去今正以便再则携花]|有意|打算|计划|准备)"
)
BANK = re.compile(
    r"银行|信用社|信用(?:合作)?联社|[分支商]行|信托|农信|信合|[农工建中交]行$|合作联社|(?:租赁|保理|小额贷款|小贷|消费金融|财务)(?:有限|股份)*(?:公司)?$"
)
# 海原市, 东湾区管委会
AREA = re.compile(r"[县区州省镇旗]$|(?<![超门夜集闹])市$|政府$|管委会$")
_THIS_AREA = re.compile(r"[该全我](?P<kind>[市县区州省镇])|(?P<home>[市县区州省镇乡旗村])[里上]")
# 局里, 校里: the body told last whose name ends so.
_IN_HOUSE = re.compile("(?P<of>[局校院厂所社])[里上]")
# 园区与某公司签约: the zone told last.
_THIS_ZONE = re.compile(r"[该本]?(?P<kind>园区|(?:开发|高新|经开|新|综保|保税|片|港|合作|示范|自贸|边合)区)")
_ZONES = re.compile(
    r"(?:园区?|开发区|高新区|经开区|[新片港]区|保税区|综保区|合作区|示范区|产业区|试验区|集中区)(?:管委会|管理委员会)?$"
)
# 该商会, 这家医院
THIS_KIND = re.compile(
    r"(?:该|这家|这所|此)(?:(?P<of>商会|协会|学会|联盟|大学|学院|医院|银行|中心|研究[院所]|合作社|农场|集团|企业|机构|基金|[行院所厂局店社会馆校])|公司)"
)
_OTHER = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=给))(?:则)?对方(?![^，。；]{0,4}的)")
_WITH = re.compile(r"[与和同跟][^，。；：\n]{0,8}$")
# 副市长, 南屿市委常委、副市长: whoever heads an area acts for it.
_HEADS = re.compile(
    r"(?:常务)?副?(?P<kind>[市县区州镇乡旗盟])长$|村(?:(?:党(?:总支|支部?)?|总支|支部?)?副?书记|(?:党)?支书|(?:委会)?(?:主任|主席)|第一书记|长)$"
)
# 我校副校长张三
_OURS_TITLED = re.compile(rf"(?P<home>{HOME.pattern})[^，。；、]{{0,8}}[长书记任理裁]$")
_TITLE_CHARS = 12
# 如今，公司…，投资4亿元的产线投产
_OPENS = re.compile(r"\s*(?:[\u4e00-\u9fff\d]{1,6}，)?(?P<who>该?公司|该?企业|该?集团|该厂|该院|该校)(?!的)")
_CLOSES = re.compile(r"[”\"]")
_SAYS = re.compile(
    r"[^，。；\n]{0,8}?(?:说|介绍|告诉|表示|透露|坦言|坦承|直言|称|道|算|没有回避|回[应忆]|解释|感慨|强调|指出|谈[到起])"
)
# 张三是某公司总经理, 张三…。她所在的某公司
_BELONGS = re.compile(
    r"(?:[^。！？\n]{0,30}[。！？][”\"]?\s*[她他]所在的|是|任|现任|担任|为)[^，。；\n]{0,6}"
)
# 某公司董事长张三; 公司董事长张三 is of the firm that was told.
_TITLE = re.compile(r"[^，。；：！？\n与和]{0,16}$")
_OF_COMPANY = re.compile(r"(?P<body>公司|企业|集团|医院|学校|该?厂|农场)[^，。；：\n与和]{0,12}$")
# 记者从某公司获悉, 某公司10月30日发布说明
_LEARNT = re.compile(r"[^，。；\n]{0,8}?[从自]$")
_HEARD = re.compile(r"[^，。；\n]{0,6}?(?:获悉|了解到|得知|证实)")
_PUBLISHED = re.compile(r"[^，。；\n]{0,20}?(?:公告|发布说明|发布消息|披露|宣布|公布)")
_MAX_BEHIND_QUOTE, _MAX_TO_PERSON = 60, 160
_THIS_FIRM = re.compile("(?:这家|该)(?:公司|企业|集团|厂)")
_FIRM_WORD = re.compile("该?(?:公司|企业|集团|厂)")
# 并与学校共建: the school told last.
_BARE_KIND = re.compile(
    "合作社|法院|法庭|检察院|学校|学院|大学|医院|研究[院所]|[协商学总]会|联合会|联谊会|促进会|研究会|基金会|管委会|代表团|考察团|访问团"
)
_SCHOOL = re.compile("(?:大学|学院|学校|中学|小学|职高|技校)$")
_HOUSE = re.compile("(?:大学|学院|学校|医院)$")
_OFFICES = frozenset({"government", "party", "media", "military"})
_HOUSES = frozenset({"university", "school", "hospital"})


class TopicReader(SubjectReader):
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        self._firm_ends = re.compile(f"(?:{any_of(lookups['deal_types']['firm_ends'])})$")

    def is_firm(self, mention: Mention) -> bool:
        """Whether a body does business and is no bank."""
        is_company = mention.subtype == "company" or self._firm_ends.search(mention.text)
        return bool(is_company) and not BANK.search(mention.text)

    def ends_as_firm(self, words: str) -> bool:
        """Whether words end as the name of a firm does."""
        return self._firm_ends.search(words) is not None

    def firm(self, context: ArticleContext, position: int, but: Collection[Mention] = ()) -> Mention | None:
        """The firm that the words at a position are about, if they name none.

        Args:
            context: The article.
            position: Where the clause begins.
            but: Who else is in it; a name of theirs is not meant.

        Returns:
            Whose news the sentence tells; else the one that the paragraph, or else one not far before it,
            names most, of equals the first.
        """

        def is_meant(mention: Mention) -> bool:
            return self.is_firm(mention) and not any(is_within(mention, other) for other in but)

        told = self.teller(context, position)
        if told is not None and is_meant(told):
            return told
        if answer(context, position):
            told = self._of_head(context)
            if told and is_meant(told):
                return told
        floor = context.paragraph(position)[0]
        if word := last_match(_OWN, context.text, floor, position):
            told = self.meant(context, word.start())
            if told and is_meant(told):
                return told
        headed = self._of_paragraph(context, position)
        return headed if headed and is_meant(headed) else most_named(context, position, is_meant)

    def acting(self, context: ArticleContext, left: int, other: Mention) -> Mention | None:
        """Who deals with a body that a clause names alone: whom 我们 or 公司 means, the subject of an earlier
        clause of the sentence, else the firm told of.
        """
        own = self.own(context, left, other.start)
        if own is not None:
            return None if is_same(own, other) else own
        start = context.sentences[context.sentence_at(left)][0]
        subject = self.subject(context, start, left, "organization") if left > start else None
        ahead = self.teller(context, left), *reversed(self.subjects(context, start, left)), subject
        told = (m for m in ahead if m and m.entity_type == "organization" and not is_same(m, other))
        acts = (m for m in told if self.is_house(m) or BANK.search(m.text))
        return next(acts, None) or self.firm(context, left, [other])

    def own(self, context: ArticleContext, start: int, end: int) -> Mention | None:
        """Whom 我们, 公司 or 学院 in a stretch means.

        Who answers questions without a body told speaks for the firm that the text names first.
        """
        own = _OWN.search(context.text, start, end)
        kind = _KIND.search(context.text, start, end)
        if kind is not None:
            return self._told_last(context, kind.start(), kind[0])
        other = _OTHER.search(context.text, start, end)
        if other is not None:
            # 和某基金签了协议，对方出资1亿元
            floor = context.paragraph(start)[0]
            bodies = context.mentions_in(floor, other.start(), "organization")
            return next((m for m in reversed(bodies) if _WITH.search(context.text, floor, m.start)), None)
        body = self.meant(context, own.start()) if own else None
        if body is None and own and own["we"]:
            firms = context.mentions_in(0, start, "organization")
            body = next((m for m in firms if self.is_firm(m)), None)
        # 张三说，公司已经决定: the firm whose officer he is, as another story says.
        return body or (self.teller(context, own.start()) if own else None)

    def _of_head(self, context: ArticleContext) -> Mention | None:
        """The house that the head of a story names: of whom 对话某公司董事长 tells."""
        houses = (m for m in context.mentions if m.entity_type == "organization" and self.is_house(m))
        return next((m for m in houses if is_in_head(context, m)), None)

    def teller(self, context: ArticleContext, position: int) -> Mention | None:
        """Whose news a sentence tells: of 公司 that opens it, of the officer who tells it, of its source."""
        start = context.sentences[context.sentence_at(position)][0]
        opens = _OPENS.match(context.text, start, position)
        body = self.meant(context, opens.start("who")) if opens else None
        if body is None and (person := self._person(context, position)):
            body = self._body_of(context, person)
        return body or self._source(context, position)

    def meant(self, context: ArticleContext, position: int, *, by_speaker: bool = True) -> Mention | None:
        """The body or area that the word at a position stands for.

        我们 stands for the body of who speaks, 他 for that of the person named last, 它 for the body named
        last; 该市 for the nearest such area, 该商会 and 商会 for the nearest body whose name ends so; 公司
        for the body that its sentence, or else the article, named first, if it is no office.
        """
        text = context.text
        if WE.match(text, position):
            return self._speaking(context, position)
        if text[position : position + 1] in {"他", "她"}:
            people = context.mentions_in(0, position, "person")
            return (
                (self._body_of_one(context, people[-1]) or founded_before(context, position))
                if people
                else None
            )
        if text[position : position + 1] == "它":
            bodies = context.mentions_in(context.paragraph(position)[0], position, "organization")
            return bodies[-1] if bodies else None
        area = _THIS_AREA.match(text, position)
        if area:
            return area_before(context, position, re.compile(f"{area['kind'] or area['home']}$"))
        if zone := _THIS_ZONE.match(text, position):
            kind = zone["kind"]
            return area_before(
                context, position, _ZONES if kind == "园区" else re.compile(f"{kind}(?:管委会)?$")
            )
        this, bare = THIS_KIND.match(text, position), _BARE_KIND.match(text, position)
        this = this or _IN_HOUSE.match(text, position)
        kind = this["of"] if this else bare[0] if bare else None
        if kind and (told_last := self._told_last(context, position, kind)):
            return told_last
        if kind and by_speaker and (body := self._of_speaker(context, position, kind)):
            return body
        sentence = text.rfind("。", 0, position) + 1
        is_firm = _FIRM_WORD.match(text, position)
        named = self.subject(context, sentence, position, "organization")
        if is_firm and (named is None or not self.is_firm(named)):
            named = self._of_paragraph(context, position)
            if named is None and this:
                floor = context.paragraph(position)[0]
                near = [m for m in context.mentions_in(floor, position, "organization") if self.is_firm(m)]
                named = near[-1] if near else None
            named = named or self._heading(context, 0, position)
        named = named or self.subject(context, 0, position, "organization")
        if named and not (is_firm and named.subtype in _OFFICES):
            return named
        if is_firm and (firm := most_named(context, position, self.is_firm)):
            return firm
        # 记者从某集团获悉，该集团…: who tells it is meant.
        bodies = context.mentions_in(sentence, position, "organization")
        return next((m for m in bodies if text[m.start - 1 : m.start] in {"从", "自"}), None)

    def _of_paragraph(self, context: ArticleContext, position: int) -> Mention | None:
        """The firm that one of the sentences before is about, the nearest first."""
        # 甲与乙出资成立这家公司: it goes on about the firm of the sentence before.
        told = (s for s in sentences_before(context, position) if not _THIS_FIRM.search(context.text, *s))
        heads = (self._heading(context, *span) for span in told)
        return next((firm for firm in heads if firm), None)

    def _heading(self, context: ArticleContext, start: int, end: int) -> Mention | None:
        """The first firm of a stretch that is the subject of a clause."""
        firms = [m for m in context.mentions_in(start, end, "organization") if self.is_firm(m)]
        heads = (m for m in firms if heads_clause(context, start, m) and not is_other_side(context, m))
        return next(heads, None)

    @staticmethod
    def _told_last(context: ArticleContext, position: int, kind: str) -> Mention | None:
        """The body told last whose name ends like a kind (商会); 学校 is any school."""
        told = [m for m in (*context.mentions, *context.nested) if m.end <= position]
        bodies = [m for m in told if m.entity_type == "organization"]
        ends = _ends(kind)
        alike = [m for m in bodies if ends.search(m.text)]
        return max(alike, key=lambda m: m.end, default=None)

    def _of_speaker(self, context: ArticleContext, position: int, kind: str) -> Mention | None:
        """The body of who speaks, if its name ends so: “学校与某公司签了约。”某大学校长张三说."""
        person = self._person(context, position)
        body = self._body_of(context, person) if person else None
        return body if body and _ends(kind).search(body.text) else None

    def stands_for(
        self, context: ArticleContext, person: Mention, but: Collection[str] = ()
    ) -> tuple[int, int, Mention | None] | None:
        """For whom a person signs: one's house or government, 我校 of its officer, or the area of a head.

        副市长张三 is of 我市, or else of the one city that the text tells beside those `but` names.
        """
        body = self._body_of(context, person)
        if body is not None and body.subtype != "media":
            return body.start, body.end, body
        same = [m for m in context.mentions if m.entity_type == "person" and m.text == person.text]
        text = context.text
        titles = [(max(0, m.start - _TITLE_CHARS), m.start) for m in same]
        ours = next((found for a, b in titles if (found := _OURS_TITLED.search(text, a, b))), None)
        if ours is not None:
            return *ours.span("home"), None
        heads = next((title for a, b in titles if (title := _HEADS.search(text, a, b))), None)
        if heads is None:
            return None
        named = [m for m in (*context.mentions, *context.nested) if m.entity_type in PARTY_TYPES]
        if not heads["kind"]:
            # 村党支部书记李四: of the village told last.
            villages = (m for m in named if m.end <= person.start and m.text.endswith("村"))
            village = max(villages, key=lambda m: m.end, default=None)
            return (village.start, village.end, village) if village else None
        home = re.compile(f"[我本]{heads['kind']}(?![一-龥]*长)").search(text)
        if home is not None:
            return *home.span(), None
        for ends in (f"{heads['kind']}政府", f"{heads['kind']}人民政府"), heads["kind"]:
            if told := {m.text: m for m in reversed(named) if m.text.endswith(ends) and m.text not in but}:
                return next(((m.start, m.end, m) for m in told.values()), None) if len(told) == 1 else None
        return None

    def _speaking(self, context: ArticleContext, position: int) -> Mention | None:
        """The body in whose name words are spoken.

        That of the person who speaks; else the firm named most, if it is named again.
        """
        person = self._person(context, position)
        if person is None:
            floor = max(context.paragraph(position)[0], position - _MAX_TO_PERSON)
            person = next(reversed(context.mentions_in(floor, position, "person")), None)
        body = self._body_of(context, person) if person else None
        if body is not None:
            return body
        if answer(context, position) and (body := self._of_head(context)):
            return body
        firms = [m for m in context.mentions_in(0, position, "organization") if self.is_house(m)]
        told = Counter(m.text for m in context.mentions if m.entity_type == "organization")
        counts = {
            m.text: sum(n for name, n in told.items() if name in m.text or m.text in name) for m in firms
        }
        again = [m for m in firms if counts[m.text] > 1]
        return max(again, key=lambda m: counts[m.text], default=None)

    def is_house(self, mention: Mention) -> bool:
        """Whether a body is a firm, a school or a hospital."""
        return mention.subtype in _HOUSES or bool(_HOUSE.search(mention.text)) or self.is_firm(mention)

    @staticmethod
    def _person(context: ArticleContext, position: int) -> Mention | None:
        """Who speaks: named behind the closing quote, at the head of the line, or with a verb of saying."""
        text, (start, end) = context.text, context.paragraph(position)
        closing = _CLOSES.search(text, position, end)
        if closing:
            people = context.mentions_in(closing.end(), min(end, closing.end() + _MAX_BEHIND_QUOTE), "person")
            if people and _SAYS.match(text, people[0].end, end):
                return people[0]
        if answered := answer(context, position):
            named = (m for m in context.mentions if m.entity_type == "person" and m.text.endswith(answered))
            if (person := next(named, None)) is not None:
                return person
        telling = [m for m in context.mentions_in(start, end, "person") if _SAYS.match(text, m.end)]
        before = [m for m in telling if m.end <= position]
        return before[-1] if before else telling[0] if telling else None

    def _body_of(self, context: ArticleContext, person: Mention) -> Mention | None:
        """The body of a person, as any of the sentences that name them says."""
        same = [m for m in context.mentions if m.entity_type == "person" and m.text == person.text]
        bodies = (body for m in (person, *same) if (body := self._body_of_one(context, m)))
        return next(bodies, None) or context.officers.get(person.text)

    def _body_of_one(self, context: ArticleContext, person: Mention) -> Mention | None:
        """In front of the title (某医院院长张三, 公司总经理李四), or behind (张三是某公司总经理)."""
        text = context.text
        bodies = context.mentions_in(max(0, person.start - 60), person.start, "organization")
        floor = bodies[-1].end if bodies else max(0, person.start - 20)
        title = _TITLE.match(text, floor, person.start)
        told = _OF_COMPANY.search(text, floor, person.start)
        if bodies and title and not told:
            return bodies[-1]
        behind = next(iter(context.mentions_in(person.end, person.end + 80, "organization")), None)
        if behind is not None and _BELONGS.fullmatch(text, person.end, behind.start):
            return behind
        # Whose body is asked for cannot tell what the word of their own title means.
        return self.meant(context, told.start("body"), by_speaker=False) if told else None

    @staticmethod
    def _source(context: ArticleContext, position: int) -> Mention | None:
        """记者从某公司获悉，…; 某公司公告，…."""
        begin = context.paragraph(position)[0]
        sentence = context.sentences[context.sentence_at(position)][0]
        for body in context.mentions_in(begin, position, "organization"):
            if _HEARD.match(context.text, body.end) and _LEARNT.search(context.text, begin, body.start):
                return body
            if body.start >= sentence and _PUBLISHED.match(context.text, body.end, position):
                return body
        return None


def _ends(kind: str) -> re.Pattern[str]:
    """How a name ends of what is called so; 学校 is any school."""
    return _SCHOOL if kind in {"学校", "校"} else re.compile(f"{kind}$")


def is_within(one: Mention, other: Mention) -> bool:
    """Whether one name holds the other."""
    return one.text in other.text or other.text in one.text


def is_same(one: Mention, other: Mention) -> bool:
    """Whether one name is the other or short for it."""
    return is_short_of(*sorted((one.text, other.text), key=len))
