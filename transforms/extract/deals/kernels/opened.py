"""Bodies that get their plates or begin their work, by their kernel: a name and a word of opening."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.kernels.base import Readers
from transforms.extract.deals.kernels.bodies import PLATES, WITH, BodyReader, unquoted
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.works import bare
from transforms.extract.patterns import any_of

# 战略合作签约暨某基地揭牌
_SIGNING_AND = re.compile("签约(?:仪式)?暨")
_OPENING_QUOTE = re.compile(r"[“\"《]")
_OF = re.compile("的")
_GOES_ON_ABOUT = re.compile(
    "[的在将拟签由为于等、，]|合[作建办资]|共[建同]|联(?:[手办建]|合(?!实验|研[究发]|创新))|携手"
)
_TWO = re.compile("[与、为]")
_LIST = re.compile("、|和|与|以及")
# 举行签约暨某工作站揭牌仪式; 某中心揭牌仪式在某地举行
_CEREMONY = re.compile("仪式")
_HELD = re.compile("(?:举行|举办|召开)了?(?:[^，。；]{2,20}暨)?")
_IS_HELD = re.compile("仪式(?:[^，。；]{0,20}(?:举行|举办)|[。；]|$)")
_AT = re.compile(r"(?:在|于)[^，。；在于]{2,24}$")
# 为“某种质资源圃”“某工作站”揭牌; 张三、李四共同为某校某技术转移中心揭牌
_PLATE = re.compile(r"为(?P<names>(?:[“\"][^“”\"，。；]{4,30}[”\"](?:、|和|与|及|以及)?)+)$")
_QUOTED = re.compile(r"[“\"](?P<name>[^“”\"]+)[”\"]")
_PLATE_OF = re.compile(r"为(?=[^“”\"，。；为]{6,60}$)")
_GUESTS = re.compile("(?:领导|嘉宾|代表|负责人|双方|[三各]方)(?:共同|一[起同道])?$")
# Who does it is who did what was told before.
_BOTH_DO = re.compile(r"(?:并|还|随后|双方|[两三]方|两校|共同|联合|一[起道同]|现场|当场|同时)+")
# 当天，某研究院也同步成立: news of a body without any name in its own.
_BESIDE = re.compile('[^，。；]*?[”"]?(?:、|(?<=[”"])[和与及])[^，。；]*')
_IS_NEWS = re.compile(
    r"(?:当天|当日|同日|会上|会后|现场|仪式上|活动中|开幕式上|昨|今)|[^，。；]*(?:宣[告布]|正式|同步|同时|当场|现场|注册)"
)
_OFFICES = frozenset({"government", "party"})
_SET_UP = re.compile(r"(?:在|于|驻)[^，。；]{2,12}?(?:设立|开设|新设|筹建|开办|设|开)的$")
# 某县牵头组建的某联盟: a town may found it.
_LEADS = re.compile("(?:牵头|发起|主导)(?:组建|成立|设立|筹建|建立|打造)?的?$")
_MIN_NAME_CHARS, _MIN_BRANCH_CHARS, _MIN_BEHIND = 6, 3, 4


class OpenedKernels(BodyReader):
    """Compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        heads = any_of(readers.lookups["deal_types"]["institutions"])
        self._body_end = re.compile(f'(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?[”"》]?')

    def opened(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Bodies with names of their own that get their plates or begin their work."""
        text = context.text
        for verb in self._opened.finditer(text, start, end):
            left = clause_start(context, start, verb.start())
            joint = self._names.founded_by(context, left, verb.start())
            if joint and len(joint[1]) > 1:
                body = self._body(context, (start, end), verb.span(), *joint)
                if body:
                    return [body]
            held = _HELD.search(text, left, verb.start()) if _CEREMONY.match(text, verb.end()) else None
            if _CEREMONY.match(text, verb.end()) and not (held or _IS_HELD.match(text, verb.end())):
                continue
            if held and held.end() == verb.start():
                if body := self._in_front(context, (start, end), verb, left, held.start()):
                    return [body]
                continue
            quoted = _PLATE.search(text, left, verb.start())
            plate = quoted or _PLATE_OF.search(text, left, verb.start())
            who = plate and (
                context.mentions_in(left, plate.start(), "person")
                or _GUESTS.search(text, left, plate.start())
            )
            plate = plate if quoted or who else None
            for_whom = plate or held
            sides = self._unveilers(context, left, for_whom.start()) if for_whom else []
            do_both = plate and _BOTH_DO.fullmatch(text, left, plate.start())
            left = for_whom.end() if for_whom and not quoted else left
            if quoted:
                plates = (m.span("name") for m in _QUOTED.finditer(text, *quoted.span("names")))
                told = (self._body(context, (start, end), verb.span(), name, [*sides]) for name in plates)
                unveiled = [replace(body, takes_both=bool(do_both)) for body in told if body]
                if unveiled:
                    return unveiled
            heads = self._body_end.finditer(text, left, verb.start())
            # 某公司总部大楼启用: it is the house that opens.
            ends = [h.end() for h in heads if not text.startswith(("大楼", "楼"), h.end())]
            stops = [end for end in ends if not unfilled(context, end, verb.start())]
            # 甲中心、乙院三个平台揭牌: what counts them is no name.
            sure = (e for e in stops if not unfilled(context, e, verb.start(), slack=False))
            stop = next(sure, stops[-1]) if stops else left
            if not stops or _TWO.search(text, stop, verb.start()) or context.is_inside(verb.start()):
                continue
            title, parties = self._told_of(context, left, stop)
            parties = parties or sides
            is_news = bool(
                PLATES.search(verb[0])
                or _CEREMONY.match(text, verb.end())
                or _IS_NEWS.match(text, start, verb.end())
            )
            parts = self._listed(text, title)
            bodies = [self._named(context, left, part, parties, is_news=is_news) for part in parts]
            found = [
                body
                for name in bodies
                if name and (body := self._body(context, (start, end), verb.span(), *name))
            ]
            if found:
                return found
        return []

    def _in_front(
        self, context: ArticleContext, item: tuple[int, int], verb: re.Match[str], left: int, stop: int
    ) -> Candidate | None:
        """某研究院在某地举行揭牌仪式: the body in front of where its ceremony is."""
        at = _AT.search(context.text, left, stop)
        stop = at.start() if at else stop
        if not any(h.end() == stop for h in self._body_end.finditer(context.text, left, stop)):
            return None
        title, sides = self._told_of(context, left, stop)
        name = self._named(context, left, title, sides, is_news=True)
        return self._body(context, item, verb.span(), *name) if name else None

    def _told_of(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """The name of a body behind two that found it, or alone."""
        start, _ = self._parties.trim(context, left, end)
        return self._after_sides(context, start, end) or ((start, end), [])

    def _after_sides(
        self, context: ArticleContext, start: int, end: int
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """甲与乙某联盟, 跟乙的某实验室: the name behind its two sides, or behind the other of who speaks."""
        text = context.text
        names = context.mentions_in(start, end, "organization")
        if len(names) > 1 and names[0].start == start:
            one, other = names[:2]
            is_pair = other.start == one.end + 1 and bool(WITH.match(text, one.end))
            if is_pair and end - other.end >= _MIN_BEHIND and not _GOES_ON_ABOUT.match(text, other.end):
                return (other.end, end), [Party.of(one), Party.of(other)]
        if names and WITH.match(text, start) and names[0].start == start + 1:
            other = names[0]
            if text[other.end] == "的" and end - other.end > _MIN_BEHIND:
                actor = self._topic.acting(context, start, other)
                return (other.end + 1, end), [Party.of(m) for m in (actor, other) if m]
        return None

    def _unveilers(self, context: ArticleContext, left: int, stop: int) -> list[Party]:
        """甲与乙在会上为“某园”揭牌: both, if they are bodies; leaders found nothing."""
        sides = self._parties.coordination(context, left, stop, "builder", is_anchored=False)
        is_two = len(sides) > 1 and all(
            p.mention
            and p.mention.entity_type == "organization"
            and not (p.signatory and p.mention.subtype in _OFFICES)
            for p in sides
        )
        return sides if is_two else []

    def _listed(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲研究院、乙中心: each body of a list that names nothing else."""
        cuts = [title[0], *(m.end() for m in _LIST.finditer(text, *title)), title[1] + 1]
        parts = [(a, b - 1) for a, b in pairwise(cuts)]
        ends = [
            not _OF.search(text, a, b) and any(h.end() == b for h in self._body_end.finditer(text, a, b))
            for a, b in parts
        ]
        return parts if all(ends) and len(parts) > 1 else [title]

    def _named(
        self,
        context: ArticleContext,
        left: int,
        title: tuple[int, int],
        parties: list[Party],
        *,
        is_news: bool,
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """The name of a body and who founds it; none where it is no name of its own."""
        text = context.text
        title = bare(text, title)
        quote = last_match(_OPENING_QUOTE, text, *title)
        # “云岭”公司牵头组建的某联盟: the quotes are of who founds it.
        is_quoted = quote and all(
            m.start != quote.start() for m in context.mentions_in(*title, "organization")
        )
        if quote and is_quoted:
            title = unquoted(text, (quote.start(), title[1]))
        elif of := last_match(_OF, text, *title) or last_match(self._joint.compiled, text, *title):
            title = (of.end(), title[1])
        if signing := last_match(_SIGNING_AND, text, *title):
            title = (signing.end(), title[1])
        ahead = [] if parties else context.mentions_in(left, title[0], "organization")
        ahead = ahead or [
            m for m in context.mentions_in(left, title[0], "place") if _LEADS.match(text, m.end, title[0])
        ]
        # “甲中心”和“乙院”揭牌: neither founded the other.
        sides = parties or [
            Party.of(m, "builder") for m in ahead if not _BESIDE.fullmatch(text, m.end, title[0])
        ]
        is_own = is_quoted or sides or is_news or context.mentions_in(left, title[1], "place", "organization")
        min_chars = _MIN_NAME_CHARS - (len(sides) > 1)
        # 某银行在某地设立的代表处开业
        if sides and _SET_UP.search(text, left, title[0]):
            min_chars = _MIN_BRANCH_CHARS
        is_name = title[1] - title[0] >= min_chars and not _TWO.search(text, *title)
        return (title, sides) if is_own and is_name else None
