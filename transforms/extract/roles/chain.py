"""The titles of a stretch in front of a name: 甲市委常委、副市长, 乙局局长、丙中心主任."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention
from transforms.extract.patterns import any_of
from transforms.extract.roles.antecedents import PLACE_WORDS, Antecedents
from transforms.extract.roles.apposition import split_chain
from transforms.extract.roles.bodies import (
    DOES,
    body_before,
    ends_part,
    find_title_start,
    government_of,
    posted_from,
    quoted_body,
    sister_body,
    stands_alone,
    with_field,
)
from transforms.extract.roles.firms import firm_called
from transforms.extract.roles.listed import Run, carried, committee_of, is_governor, place_of
from transforms.extract.roles.titles import Held, Title, TitleGrammar

_ACTING = ("代理", "署理")
_LANDS = re.compile("[两三四五六七八九十]国(?:的|政府)?$")
_LEAGUE = re.compile("团中央")
_OF_MINISTRIES = frozenset({"外交部长", "国防部长"})
_OWN_BODIES = ("国家", "国务委员", "书记处")
# Verbs as often as titles: 代表某某思想.
_VERBLIKE = frozenset({"代表", "领导"})
# 副县长（挂职）: how the office is held.
_NOTE = re.compile(r"[（(][^（）()]{1,8}[)）]$")
_DEPARTMENT = re.compile(r"\w{0,6}(?:[办部科室处队]|车间|办公室|中心)")
# 对方副总裁, 其董事长: of the body that was named last.
_OTHER = re.compile("(?:^|[与和同及向由])(?:对方|后者|其)$")
_OWN_LEVELS = frozenset("省市县区州旗盟镇乡")
_OWN_PLACE = re.compile("(?:^|[与和跟同由对向请让找])(?P<word>村|社区|街道)$")
_GOVERNMENTS = frozenset({"政府", "人民政府"})
_CROWDS = frozenset(
    {"代表", "嘉宾", "负责人", "专家", "学者", "客商", "员工", "职工", "企业家", "干部", "师生"}
)
_GUILD = re.compile("(?:协会|学会|商会|联合会|研究会|联盟|工商联|文联|作协|科协|侨联|政协|人大)$")
# Bodies that have offices: 局 of 局长.
_WHOLES = frozenset("局厅院校委")
_SEATS = frozenset({"常委", "委员", "党组成员"})
_OFFICES = frozenset({"chief", "deputy"})
_HONOURS = frozenset({"人大代表", "政协委员", "院士", "教授", "研究员", "候补委员"})
_PARTY_OFFICE = re.compile("(?:组织部|宣传部|统战部|政法委|纪委)$")
# 总统特使, 校长办公室主任: who serves an officer.
_OF_OFFICERS = frozenset({"特使", "发言人", "主任", "主管", "专员", "代办", "经理"})
_MARKS = re.compile(r"[)）\s]+")
_JOINED = re.compile(r"[)）\s]*(?:以及|[和与及、])?")
_NAME_BEGINS = re.compile("前|原[阳平州]")
_FORMER, _NAME_CHARS = frozenset("原前"), 12
# 甲研究所、乙中心主任某某: an institute has no 主任, a centre no 所长.
_NO_DIRECTOR = re.compile("(?:[所院厂校局厅行]|大学|公司|集团)$")
_OFFICE_OF = {
    "所长": "所",
    "院长": "院",
    "局长": "局",
    "厅长": "厅",
    "校长": "校学",
    "厂长": "厂",
    "行长": "行",
}
_SHORT_VERBS = frozenset({"是", "为", "系", "任", "成为"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """One title of a chain within its bounds."""

    start: int
    end: int
    title: Title
    is_past: bool
    is_posted: bool


class TitleChain:
    """Compiled once from `lookups["titles"]`.

    Args:
        lookups: Parsed seed files by stem; reads `titles`.
        grammar: What ends in a title.
    """

    def __init__(self, lookups: Mapping[str, Any], grammar: TitleGrammar) -> None:
        titles = lookups["titles"]
        holds, held = titles["appoint"]["holds"], titles["appoint"]["held"]
        verbs = any_of([verb for verb in (*holds, *held) if verb not in _SHORT_VERBS])
        # 曾任某职、现任某职的某某: verbs within the apposition.
        self._post = re.compile(f"(?:刚刚?|最近|已)?(?:挂职)?(?P<verb>{verbs})|挂职任")
        self._clause = re.compile(rf"(?:^|[、，,])(?:{self._post.pattern})[^、，,]*的$")
        self._past = frozenset(held)
        self.grammar = grammar
        self._antecedents = Antecedents(lookups)

    def end_of(self, text: str, begin: int, end: int) -> int:
        """Where the titles end: 现任某局局长的某某 has 的 behind them."""
        return end - 1 if self._clause.search(text[begin:end]) else end

    def body_of(self, context: ArticleContext, title: Title, start: int) -> Mention | None:
        """The body of a title that stands alone at `start`, as far as the text before tells."""
        return self._antecedents.named_before(context, title, start)

    def read(self, context: ArticleContext, begin: int, end: int, run: Run = ()) -> list[Held]:
        """Titles of `body+title、title、body+title` that ends at `end`, left to right.

        Args:
            context: The article.
            begin: Offset where the stretch may begin.
            end: Offset behind its last title.
            run: Titles of the persons in front, if a list goes on (甲区委书记某某，区委副书记).
        """
        # 甲国总统某某和总理某某: the joint is of no title.
        lead = (_JOINED if run else _MARKS).match(context.text, begin, end)
        pieces, bodies = self._pieces(context, lead.end() if lead else begin, end)
        held: list[Held] = []
        for piece in pieces:
            item = self._held(context, piece, held, run)
            if item is None:
                continue
            held.append(item)
            if len(held) == 1:
                held.extend(Held(item.title, item.text, m.start, m, m.text) for m in bodies)
        return held

    def _pieces(self, context: ArticleContext, begin: int, end: int) -> tuple[list[_Piece], list[Mention]]:
        """Pieces that end in a title, and the bodies in front that share the first of them."""
        found: list[_Piece] = []
        bodies: list[Mention] = []
        for start, stop in reversed(split_chain(context, self.grammar, begin, end)):
            note = _NOTE.search(context.text, start, stop)
            verb = self._post.match(context.text, start, stop)
            # 当选总统某某 holds no office yet.
            verb = None if verb and verb[0] == "当选" and not context.text.startswith("的", stop) else verb
            last = note.start() if note else stop
            first = verb.end() if verb else start
            title = self.grammar.match_end(context.text[first:last])
            if title is None:
                # 甲研究所、乙中心主任某某: bodies in front that end in no title share the next one.
                whole = [m for m in context.mentions_in(start, stop, "organization") if m.end == stop]
                if found and whole and stop - start - len(whole[-1].text) <= 2:
                    if _may_head(found[-1].title.head, whole[-1].text):
                        bodies.append(whole[-1])
                    continue
                break
            if _LANDS.search(context.text, first, first + title.start):
                # 五国外长、某国副总理某某: the first are others.
                break
            if bodies or (found and self._is_apart(context, stop, found[-1].start, title)):
                break
            is_past = verb is not None and verb["verb"] in self._past
            while (seam := self._seam(context, first, title)) is not None:
                # 党委委员副校长某某, 市委常委组织部部长某某
                behind = replace(title, start=title.start - seam, end=title.end - seam)
                found.append(_Piece(first + seam, last, behind, is_past, verb is not None))
                last = first + seam
                title = self.grammar.match_end(context.text[first:last]) or title
            found.append(_Piece(first, last, title, is_past, verb is not None))
        return found[::-1], bodies

    def _seam(self, context: ArticleContext, first: int, title: Title) -> int | None:
        """How far behind `first` a title of the same person ends in front of another one or its body."""
        front = context.text[first : first + title.start]
        bodies = context.mentions_in(first + 1, first + len(front), "organization")
        seams = [m.start - first for m in bodies if not _opens_with_name(context, m)]
        office = _PARTY_OFFICE.search(front)
        seams += [office.start()] if office else []
        if title.rank in _OFFICES and title.head not in _OF_OFFICERS:
            seams.append(len(front))
        for seam in sorted(seams, reverse=True):
            before = self.grammar.match_end(front[:seam])
            if before is None:
                continue
            # 苏丹总统某某: the country.
            is_office = before.rank in _OFFICES or before.head in _SEATS
            if (is_office or (seam < len(front) and before.head in _HONOURS)) and before.head != "苏丹":
                return seam
        return None

    @staticmethod
    def _is_apart(context: ArticleContext, stop: int, following: int, title: Title) -> bool:
        """企业家代表以及某集团董事长某某: the first are others."""
        joint = context.text[stop:following]
        return joint.startswith("以及") or (joint.startswith("及") and title.head in _CROWDS)

    def _held(self, context: ArticleContext, piece: _Piece, held: list[Held], run: Run) -> Held | None:
        text, start, title = context.text, piece.start, piece.title
        before = held[-1] if held else None
        organization = before.organization if before else None
        body_text = before.organization_text if before else None
        is_former = piece.is_past
        title_end = start + title.end
        title_start = find_title_start(context, self.grammar, start, title)
        title_start = posted_from(context, start, title_start, title)
        quoted = quoted_body(context, title_start, title) if title_start == start else None
        pointed = self._antecedents.pointed(text, start, title_start)
        is_of_body = pointed is not None and not DOES.search(pointed[2])
        if pointed and is_of_body and (not ends_part(pointed[2]) or _DEPARTMENT.fullmatch(pointed[2])):
            # 该公司亚洲区代表, 该公司人事部经理: what stands behind the word is of the title.
            body_start, body_text, _ = pointed
            title_start = body_start + len(body_text)
            organization = self._antecedents.of(context, body_text, body_start)
            return self._made(context, piece, title_start, body_start, organization, body_text, is_former)
        if quoted and quoted[1]:
            organization, body_text, body_start = quoted
        elif title_start > start:
            organization, body_text, body_start = body_before(context, start, title_start, title)
            cut = text[start:body_start]
            if held and body_text and re.fullmatch(r"[^\W原前]{1,6}", cut):
                # Behind 甲局长、 all words up to the title are the next body.
                body_text, body_start = cut + body_text, start
            if body_text in _GOVERNMENTS and is_governor(title):
                # 县委副书记、政府县长
                organization, place = place_of(context, title.head[0], held, run)
                return self._made(
                    context, piece, title_start, body_start, organization, place or body_text, is_former
                )
            # 甲开发区党工委书记某某、管委会主任某某: of the zone as well.
            last = before or (run[-1][-1] if run else None)
            sister = sister_body(body_text, last.organization_text if last else None)
            is_part = organization is None and sister == body_text and _is_part(body_text) and not is_former
            if is_part and before and before.organization:
                # 甲厂副厂长兼销售科科长: a part of the body that the title in front names.
                return self._made(
                    context,
                    piece,
                    body_start,
                    body_start,
                    before.organization,
                    before.organization_text,
                    is_former,
                )
            body_text = sister
            if organization and body_text and not title.committee_chars:
                is_direct = organization.end == title_start
                title_start, body_text, is_past = with_field(
                    context, organization, body_start, body_text, title_start
                )
                is_former = is_former or is_past
                if len(body_text) < 2 and not is_direct:
                    # 意方派出的, 对华合作: one character names nobody unless the title is glued to it.
                    organization, body_text, body_start = None, None, title_start
            is_former = is_former or self._says_former(context, start, title_start)
            is_former = is_former or _was_of(context, organization, start)
        else:
            body_start = title_start
            is_pointed = self._antecedents.match(text, title_start, title_end - len(title.head) + 1)
            if before is None and not is_governor(title) and not is_pointed:
                organization, body_text = carried(self._antecedents, title, text[title_start:title_end], run)
            # 原党组成员、副主席: an office of the same body, left with the one in front.
            is_office = title.rank in ("chief", "deputy") or title.head in _SEATS
            is_left = before is not None and before.title.is_former and is_office and not piece.is_posted
            is_former = is_former or is_left
            if body_text in PLACE_WORDS and organization is None:
                body_text = None
            if before and title.rank == "profession" and body_text and _GUILD.search(body_text):
                # 某协会会员、画家: what one does is of no guild.
                organization, body_text = None, None
            if body_text and len(title.head) == 2 and title.head[0] in _WHOLES:
                # 某局人事处处长、副局长: of the bureau, not of its office.
                whole = body_text[: body_text.rfind(title.head[0]) + 1]
                is_cut = 2 < len(whole) < len(body_text) and _DEPARTMENT.fullmatch(body_text[len(whole) :])
                body_text, organization = (whole, None) if is_cut else (body_text, organization)
            if title.head in _OF_MINISTRIES:
                # 某国副总理兼外交部长
                organization, body_text = None, title.head.removesuffix("长")
            if title.head.startswith(_OWN_BODIES):
                # 某党总书记、国家主席: the second office is of the country, not of the party.
                organization, body_text = None, None
            if title.committee_chars:
                organization, body_text = None, text[start : start + title.committee_chars]
                if (place := place_of(context, body_text[0], held, run)[1]) is not None:
                    body_text = committee_of(place, body_text)
            organization, body_text = government_of(context, title, organization, body_text)
            if organization is None and is_governor(title):
                place_named = place_of(context, title.head[0], held, run)
                organization, body_text = place_named if place_named[1] else (organization, body_text)
        if body_text and is_former and not _begins_name(context, body_start):
            body_text = self.grammar.former_start.sub("", body_text)
        if body_text and body_text.startswith(_ACTING):
            # 甲部部长兼代理乙部部长
            body_text, body_start = body_text[2:], body_start + 2
            organization = organization if organization and organization.start >= body_start else None
        if text[start:body_start].endswith(_ACTING):
            piece = replace(piece, title=replace(title, is_acting=True))
        if organization and self._is_pointed_at(organization.text):
            organization = None
        if organization is None and not title.committee_chars:
            head_start = title_end - len(title.head)
            word = self._antecedents.match(text, title_start, head_start + 1)
            if word and body_text is None:
                title_start, body_text = title_start + len(word), word
            if body_text:
                organization = self._antecedents.of(context, body_text, body_start)
                word = self._antecedents.match(text, body_start, title_start)
                if organization is None and word and _DEPARTMENT.fullmatch(body_text, len(word)):
                    # 企业物流部经理: an office of the firm that the word stands for.
                    organization = self._antecedents.of(context, word, body_start)
                    if organization is not None:
                        title_start, body_text = body_start + len(word), word
            elif _OTHER.search(text[start:title_start]):
                organization = self._antecedents.last_named(context, title, title_start)
                body_text = organization.text if organization else None
            elif stands_alone(text[start:title_start]) and not text.startswith("以", title_start - 1):
                organization = self._antecedents.named_before(context, title, title_start)
                body_text = organization.text if organization else None
        level = _OWN_PLACE.search(text[start:title_start]) if organization is None else None
        if level is not None:
            # 与村党支部书记某某签约: of the village told last.
            organization = self._antecedents.of(context, f"该{level['word']}", start)
            body_text = organization.text if organization else level["word"]
            body_start = title_start - len(level["word"])
        if body_text is None and title.head == "人大代表" and text[title_start - 1] in _OWN_LEVELS:
            # 省人大代表某某, as 省政协委员 is of 省政协
            body_text, body_start = f"{text[title_start - 1]}人大", title_start - 1
        if body_text is None and (called := firm_called(context, text[start:title_start])) is not None:
            organization, body_text = called
            body_start = max(start, text.rfind(body_text[0], start, title_start))
        if body_text is None and text[title_start:title_end] in _VERBLIKE:
            return None
        return self._made(context, piece, title_start, body_start, organization, body_text, is_former)

    def _is_pointed_at(self, name: str) -> bool:
        """Whether a recognised name is 企业 and the like, or an office of it (研究院信息中心)."""
        word = self._antecedents.match(name, 0, len(name) + 1)
        return word is not None and (word == name or _DEPARTMENT.fullmatch(name, len(word)) is not None)

    def _says_former(self, context: ArticleContext, start: int, title_start: int) -> bool:
        words = self.grammar.former_start.match(context.text[start:title_start])
        return words is not None and not _begins_name(context, start)

    def _made(
        self,
        context: ArticleContext,
        piece: _Piece,
        title_start: int,
        body_start: int,
        organization: Mention | None,
        body_text: str | None,
        is_former: bool,
    ) -> Held:
        if organization and body_text and _LEAGUE.match(context.text, organization.start - 1):
            # 团中央书记处书记: not of the party's.
            organization, body_text, body_start = None, f"团{body_text}", body_start - 1
        # 原 of 固原市委, 代 of 现代集团 is of the body's name.
        says, title = title_start <= piece.start + piece.title.start, piece.title
        title = replace(
            title, is_former=(title.is_former and says) or is_former, is_acting=title.is_acting and says
        )
        words = self.grammar.without_state(context.text[title_start : piece.start + piece.title.end])
        return Held(title, words, body_start, organization, body_text)


def _begins_name(context: ArticleContext, start: int) -> bool:
    """Whether a name begins there: 前 of 前进镇; 原 is taken into a name more often than it begins one."""
    if not _NAME_BEGINS.match(context.text, start):
        return False
    return any(m.start == start for m in context.mentions_in(start, start + _NAME_CHARS, *PARTY_TYPES))


def _was_of(context: ArticleContext, organization: Mention | None, start: int) -> bool:
    """据原海门市市长某某回忆: 原 in front of the body, unless it ends another name (太原海门集团)."""
    at = organization.start if organization else 0
    if at <= start or context.text[at - 1] not in _FORMER:
        return False
    return not context.is_inside(at - 1) and not any(
        m.end == at for m in context.mentions_in(max(0, at - _NAME_CHARS), at)
    )


def _opens_with_name(context: ArticleContext, body: Mention) -> bool:
    """Whether a person who was not recognised opens a body's name: 吴启明 of 吴启明东江市剧院."""
    places = (
        m.start - body.start for m in context.nested_from(body.start, body.end) if m.entity_type == "place"
    )
    return any(2 <= offset <= 3 for offset in places) and not body.text.startswith(("中共", "中国"))


def _is_part(words: str | None) -> bool:
    """Whether words name an office of a body and no body: 销售科, 政工室."""
    return words is not None and _DEPARTMENT.fullmatch(words) is not None


def _may_head(head: str, body: str) -> bool:
    """Whether a body that stands in front of another one shares its title."""
    if head.endswith("主任"):
        return not _NO_DIRECTOR.search(body)
    return body[-1] in _OFFICE_OF.get(head[-2:], body[-1])
