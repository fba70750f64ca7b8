"""What two sides agreed on, where the name of their paper does not say: the clauses behind it tell.

甲与乙签约，每年向后者供应红枣800吨: no paper is named, but who supplies whom with what is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, is_short_of
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.same import title_text
from transforms.extract.deals.sides import AMOUNT, SideReader, sold_by
from transforms.extract.patterns import any_of

_OPEN = frozenset({"cooperation_agreement", "supply_contract", "acquisition", "equity_transfer"})
_STAGES = frozenset({"signed", "negotiating"})
_TRADE = frozenset({"seller", "buyer"})
# Who sells is but supposed of a paper that has its name from what the first side does.
_PAPERS = frozenset({"signed", "signed_list"})
_CLAUSE, _ITEM, _SENTENCE = re.compile("[，,：:]"), re.compile("[；;。！？!?\n]"), re.compile("[。！？!?]")
# 根据协议，; 双方将: a sentence that goes on about the paper before it.
_GOES_ON = re.compile(
    r"\s*(?:[根依]据|按照?)(?:该|此|双方)?(?:协议|合同|约定|意向书)|\s*(?:协议|合同)(?:约定|规定|明确)?|\s*(?:双方|前者|后者|甲方|乙方)"
)
_WHO = re.compile(r"(?P<first>前者|甲方)|(?P<second>后者|乙方)|(?P<other>对方)")
# 韩方, of two of which one is of that country
_NATION = re.compile(r"(?<![\u4e00-\u9fff])(?P<of>[\u4e00-\u9fff])方(?![面案向法式位圆])")
_TO = "向为给对从与和同"
# 绿谷公司有意今年采购: words that open a clause and may be the short name of a side.
_SHORT = re.compile(
    r"(?:由|其中)?(?P<who>[\u4e00-\u9fff]{2,10}?)(?:公司|集团)?(?=有意|[将拟每则从在向为以用]|计划|打算|一次|今|明年|首|负责|提供|出资|投资|采购|供应)"
)
_GOODS = re.compile(
    rf"[^，。；]{{0,24}}?(?:{AMOUNT}|[0-9.]+万?[尾吨株羽份]|[0-9.]+[万亿](?:美|欧|港)?元)|[^，。；]{{0,16}}?(?:产品|货源|原料|系统|设备|装备|机组|装置)"
)
_DELIVERED = re.compile("[\u4e00-\u9fff]{2,8}(?=[0-9])")
_LAND = re.compile(r"(?:土地|用地).{0,6}(?:出让|使用权)")
_INVESTS = re.compile("^投资(?:协议|合同|意向)|项目投资(?:协议|合同|意向)")
_ABOUT = re.compile(
    "就(?:共同|合作|在[^，。；]{2,12}?)?(?P<what>[^，。；]{3,40}?)(?:的?(?:事宜|项目|有关事项|达成|签|进行|与|同|初步))"
)
# 鲜奶收购协议, 与43个合作社签订收购协议: goods are bought, no firm.
_BARE_PURCHASE = re.compile("收购(?:框架|意向)?(?:协议|合同)书?")
_GOODS_BOUGHT = re.compile(r"(?P<goods>[\u4e00-\u9fff]{0,8}?)收购(?:合作)?(?:协议|合同)")
_OF_FIRMS = re.compile(r"股|资产|整体|企业|公司|项目|并购")
_GROWERS = re.compile(r"合作社|农户|农民|嘎查|[村乡镇](?!银行)|苏木|牧户|农场|种植|养殖|基地")
_ENTRUSTS = re.compile(r"委托(?:运营|经营|管理|代建)|托管")
# 买断了学校的某某专利技术，转让费850万元
_TAKES_RIGHT = re.compile(
    r"(?:买断|买下|购得|购买|受让|取得|获得|引进)了?(?:对方|后者|前者|其|学校|院方|[\u4e00-\u9fff]{2,10}?)?的?[^，。；]{0,20}?"
    r"(?:专利|技术|成果|品种权|(?:经营|使用|生产|开发)权)(?!服务|支持|培训|人才)"
)
_TAKES = re.compile(
    r"(?:收购|受让|购买|取得|买下)(?P<of>后者|前者|对方|其|该公司)?(?P<held>所?持有的)?[^，。；]{0,20}?股[权份]"
)
_RUNS = re.compile(r"托管|代管|承包经营|(?:负责|承担|统一|整体|委托)[^，。；]{0,8}?(?:运营|经营|管理)")
_MAX_CHARS, _BOTH, _MIN_SHORT = 140, 2, 2
# As many deals stand at most within those characters.
_MAX_NEAR = 40


class ContentReader:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        self._sides = SideReader(lookups)
        words: Mapping[str, Sequence[str]] = lookups["deal_types"]["contents"]
        self._trade = re.compile(
            f"(?:(?P<sells>{any_of(words['sells'])}|交付(?!使用))|(?P<buys>{any_of(words['buys'])}))(?![额价量商方会和、])"
        )
        self._plain = frozenset(words["of_goods_alone"])
        self._no_goods = re.compile(f"[^，。；]{{0,10}}?(?:{any_of(words['no_goods'])})")
        self._builds = re.compile(
            rf"(?:{any_of(words['builds'])})(?!者|方|性|保护|促进)|租[用下]?[^，。；]{{0,16}}?(?:厂房|土地|亩)"
        )

    def add(
        self, context: ArticleContext, found: Sequence[Candidate], type_of: Callable[[Candidate], str]
    ) -> list[Candidate]:
        """Gives papers the type and sides of what they hold.

        Args:
            context: The article.
            found: Its deals in order of text; type and roles of some are changed.
            type_of: The type of a deal as read so far.

        Returns:
            The deals without deliveries that are what a paper holds.
        """
        told: set[int] = set()
        for number, candidate in enumerate(found):
            kind = type_of(candidate)
            if kind == "cooperation_agreement" and candidate.stage == "ended":
                self._given_up(context, candidate)
                continue
            roles = {p.role for p in candidate.parties}
            is_open = roles == {"partner"} or (kind == "supply_contract" and roles == _TRADE)
            if kind not in _OPEN or candidate.stage not in _STAGES or not is_open:
                continue
            near = found[max(0, number - _MAX_NEAR) : number + _MAX_NEAR]
            behind = [c for c in near if c.start > candidate.cue[1]]
            held = [c for c in behind if c.rule == "kernel" and type_of(c) == "supply_contract"]
            stop = min([*(c.start for c in behind if c not in held), candidate.end + _MAX_CHARS])
            read = self._of_name(context, candidate, kind)
            for start, end in self._clauses(context, candidate, stop):
                if read:
                    break
                read = self._of_clause(context, candidate, kind, start, end)
                for other in held if read and read[0] == "supply_contract" else ():
                    if start <= other.cue[0] < end:
                        told.add(id(other))
                        candidate.more.append((other.start, other.end))
                        candidate.title = candidate.title or other.title
            if read is not None:
                candidate.hint, candidate.parties = read
                candidate.title = None if read[0] == "acquisition" else candidate.title
        return [c for c in found if id(c) not in told]

    def _given_up(self, context: ArticleContext, candidate: Candidate) -> None:
        """土地出让合同解除: works that a firm gave up."""
        words = context.text[candidate.title[0] if candidate.title else candidate.start : candidate.end]
        if candidate.hint == "project" or not _LAND.search(words):
            return
        sides = self._sides.invested(context, candidate.parties, are_builders=True)
        candidate.hint, candidate.parties = "project", sides

    def _of_name(
        self, context: ArticleContext, candidate: Candidate, kind: str
    ) -> tuple[str, list[Party]] | None:
        """What the name of the paper says after all: land for works, goods of growers, what is entrusted."""
        text, parties = context.text, candidate.parties
        name = text[slice(*candidate.title)] if candidate.title else ""
        if kind == "cooperation_agreement" and (_LAND.search(name) or _INVESTS.search(name)):
            sides = self._sides.invested(context, parties)
            return ("project", sides) if sides != parties or _LAND.search(name) else None
        if about := self._about(context, candidate, kind):
            return about
        bought = _GOODS_BOUGHT.search(name) if kind == "acquisition" else None
        told = text[candidate.start : candidate.end]
        if bought and not _OF_FIRMS.search(name) and (len(bought["goods"]) > 1 and _GROWERS.search(told)):
            return "supply_contract", [
                replace(p, role="seller" if n else "buyer") for n, p in enumerate(parties)
            ]
        if len(parties) == _BOTH and kind == "cooperation_agreement" and _ENTRUSTS.search(name):
            # 甲文旅集团与某景区管委会签订委托运营协议: what is public is entrusted to the other.
            public = [self._sides.is_public(context, p) for p in parties]
            owner = public.index(True) if sum(public) == 1 else 0
            return kind, [
                replace(p, role="owner" if n == owner else "operator") for n, p in enumerate(parties)
            ]
        return None

    def _about(
        self, context: ArticleContext, candidate: Candidate, kind: str
    ) -> tuple[str, list[Party]] | None:
        """甲就催化剂供应事宜与乙签订意向书: what stands in front of the signature."""
        text, parties = context.text, candidate.parties
        about = _ABOUT.search(text, candidate.start, candidate.cue[0])
        if about is None or kind != "cooperation_agreement" or len(parties) != _BOTH:
            return None
        trade = self._trade.search(text, *about.span("what"))
        if trade and not self._no_goods.search(about["what"]) and not self._builds.search(about["what"]):
            known = self._sides.by_kind(f"{about['what']}购销", parties, text)
            first = 0 if trade["sells"] else 1
            return "supply_contract", sold_by(parties, first if known is None else known)
        return None

    @staticmethod
    def _clauses(context: ArticleContext, candidate: Candidate, stop: int) -> Iterator[tuple[int, int]]:
        """Clauses behind the signature in its item of a list, and in the next sentence if it goes on."""
        text = context.text
        start = max(candidate.cue[1], candidate.title[1] if candidate.title else 0)
        mark = _ITEM.search(text, start, stop)
        end = mark.start() if mark else stop
        stretches = [(start, end)]
        if mark and _SENTENCE.match(mark[0]) and _GOES_ON.match(text, mark.end()):
            following = _ITEM.search(text, mark.end(), stop)
            stretches.append((mark.end(), following.start() if following else stop))
        for begin, until in stretches:
            marks = [m.start() for m in _CLAUSE.finditer(text, begin, until)]
            edges = [begin, *(m + 1 for m in marks)]
            # The first stretch begins within the clause of the signature.
            for left, right in zip(edges, [*marks, until], strict=True):
                if left > start and right - left > _MIN_SHORT:
                    yield left, right

    def _of_clause(
        self, context: ArticleContext, candidate: Candidate, kind: str, start: int, end: int
    ) -> tuple[str, list[Party]] | None:
        text, parties = context.text, candidate.parties
        if kind == "cooperation_agreement" and self._builds.search(text, start, end):
            sides = self._sides.invested(context, parties)
            return ("project", sides) if sides != list(parties) else None
        if len(parties) != _BOTH:
            return None
        # 签订收购协议，收购其51%的股权: a paper without goods may be of shares.
        is_open = kind != "supply_contract" or _BARE_PURCHASE.fullmatch(title_text(context, candidate) or "")
        if is_open and (taken := self._taken(context, parties, start, end)):
            return taken
        if kind == "cooperation_agreement":
            takes = _TAKES_RIGHT.search(text, start, end)
            if takes is not None:
                buyer = self._subject(context, parties, start, takes.start()) or 0
                return "transfer", sold_by(parties, 1 - buyer)
            runs = _RUNS.search(text, start, end)
            subject = self._subject(context, parties, start, runs.start()) if runs else None
            if subject is not None:
                return kind, [
                    replace(p, role="operator" if n == subject else "owner") for n, p in enumerate(parties)
                ]
        return self._traded(context, candidate, kind, start, end)

    def _taken(
        self, context: ArticleContext, parties: Sequence[Party], start: int, end: int
    ) -> tuple[str, list[Party]] | None:
        """以2亿元收购后者70%的股份."""
        takes = _TAKES.search(context.text, start, end)
        if takes is None or not (takes["of"] or takes["held"]):
            return None
        subject = self._subject(context, parties, start, takes.start()) or 0
        other = "seller" if takes["held"] else "target"
        return "acquisition", [
            replace(p, role="buyer" if n == subject else other) for n, p in enumerate(parties)
        ]

    def _traded(
        self, context: ArticleContext, candidate: Candidate, kind: str, start: int, end: int
    ) -> tuple[str, list[Party]] | None:
        """Who supplies whom: as the words beside the verb say, else what the sides are; else the first."""
        text, parties = context.text, [replace(p, role="partner") for p in candidate.parties]
        verb = self._trade.search(text, start, end)
        if verb is None or self._no_goods.match(text, verb.end(), end):
            return None
        is_plain = verb[0] in self._plain or kind == "supply_contract"
        if not is_plain and not _GOODS.match(text, verb.end(), end):
            return None
        subject = self._subject(context, parties, start, verb.start())
        if subject is None:
            name = text[slice(*candidate.title)] if candidate.title else ""
            told = f"{name}{text[verb.start() : end]}购销"
            if verb[0] == "交付" and (goods := _DELIVERED.match(text, verb.end(), end)):
                told = f"{goods[0]}购销合同"
            known = self._sides.by_kind(told, parties, text)
            # 首批年底交付 says of nobody that he does it.
            is_named = verb[0] != "交付" and (kind != "supply_contract" or candidate.rule in _PAPERS)
            if known is None and not is_named:
                return None
            if known is not None:
                return "supply_contract", sold_by(parties, known)
            subject = 0
        return "supply_contract", sold_by(parties, subject if verb["sells"] else 1 - subject)

    def _subject(
        self, context: ArticleContext, parties: Sequence[Party], start: int, verb: int
    ) -> int | None:
        """Which of two sides does what a verb says, as the words of its clause in front of it tell."""
        text = context.text
        for who in _WHO.finditer(text, start, verb):
            side = 0 if who["first"] else 1
            is_object = text[who.start() - 1] in _TO and who.start() > start
            named = context.mentions_in(start, who.start(), "organization") if who["other"] else []
            if named and (number := _which(text, parties, named[0].text)) is not None:
                # 甲将为对方建造: who is named in front, whichever signed first.
                return number
            return 1 - side if is_object else side
        if (nation := _NATION.search(text, start, verb)) is not None:
            there = [n for n, p in enumerate(parties) if text.startswith(nation["of"], p.start)]
            if len(there) == 1:
                return there[0]
        names = context.mentions_in(start, verb, "organization", "place")
        # 某村的药材由某公司收购: who stands behind 由 does it, and not whose goods they are.
        by = [m for m in names if text[m.start - 1] == "由"]
        for name in by or [m for m in names if text[m.end] != "的"]:
            number = _which(text, parties, name.text)
            if number is not None:
                return 1 - number if text[name.start - 1] in _TO and name.start > start else number
        short = _SHORT.match(text, start, verb)
        return _which(text, parties, short["who"]) if short else None


def _name(text: str, party: Party) -> str:
    return party.mention.text if party.mention else text[party.start : party.end]


def _which(text: str, parties: Sequence[Party], name: str) -> int | None:
    """The one side that a name may be short for."""
    names = [_name(text, p) for p in parties]
    fits = [n for n, full in enumerate(names) if is_short_of(name, full) or is_short_of(full, name)]
    return fits[0] if len(fits) == 1 else None
