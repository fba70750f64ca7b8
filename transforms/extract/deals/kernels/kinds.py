"""What a pact is about: the paper by its name, or what two will found, build or buy by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import BOOK, clause_end, clause_start
from transforms.extract.deals.kinds import NO_ORDERS
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.sides import INVESTMENT, PASSED_ON, SHARES, TECHNOLOGY, SideReader
from transforms.extract.deals.topic import AREA
from transforms.extract.patterns import any_of

_FOUNDED = re.compile(
    r"签约(?:共同)?(?:设立|成立|组建)|共建|合建|合办|联合建|合作建|(?:合作|联合|共同)(?:设立|成立|开办|组建|建立)"
)
_PLANS, _PLAN_CHARS = re.compile("[拟将]|计划|打算|准备"), 16
_FIRM_FOUNDED = re.compile(r"(?:注册)?(?:成立|组建|设立)[^，。；]{2,24}公司")
_JOINT = re.compile("合资|共同|联合|合作|携手|共建|合建|合办")
LABORATORY = re.compile("实验室|联合(?:研究|研发|创新)中心")
_BUILT = re.compile("(?:项目|工程|基地|园区?|厂|线|港|(?<![务作络究验])站|库|房|场|装置)$")
_BARE = re.compile(
    "(?:正式|相关|有关|具体|三方|两方|初步|合作|投资|共建|建设|项目)*(?:协议书?|合同|意向书?|备忘录)?"
)
_SHARED = re.compile("占股|持股|股比|控股|各(?:出资|占)|占[0-9一二三四五六七八九]|注册资本")
_SHARES = re.compile(r"增资|入股|股权投资")
_PAPER_BEFORE = re.compile(
    r"(?:(?:举行|举办|召开|进行)了?)?[的“\"《]?(?P<title>(?!方面|双方|举行|举办)[^，。；、的《》“”在就将已与和]{2,24}(?:协议书?|合同|备忘录|意向书))[”\"》]?(?:正式|成功|集中|在[^，。；]{2,12}|[0-9年月日]|顺利)*"
)
# 签订“订单培养”协议: the quotes stand around a part of the name.
_QUOTED_PAPER = re.compile(
    '[了过下订署立约妥定成]*的?(?P<title>[“"][^，。；“”"]{2,16}[”"][^，。；的“”"]{0,6}?(?:协议书?|合同|备忘录))'
)
# 甲与乙举行某项目签约仪式, 甲与乙就某项目签约
_WORKS_BEFORE = re.compile(
    r"(?:(?:举行|举办|进行)了?|就|关于|围绕)(?P<title>[^，。；、《》“”]{4,40}?(?:项目|工程|基地|产业园|物流园|生产线))"
    r"(?:正式|成功|顺利|举行|进行|现场)*"
)
# 签订投资协议，以3500万元入股某公司; 签了投资协议，对方出资1.2亿元，拿到8%的股份
_PUTS_IN = re.compile(
    r"[，,](?P<other>对方|后者)?(?:将|拟|计划)?(?:以|出资|投资|注资)[^，。；]{2,16}?[，,]?[^，。；]{0,8}?(?:入股|参股|占股|持股|(?:拿[到下]|取得|获得)[^，。；]{0,8}股)"
)
# 签约，双方共同出资2.6亿元成立新公司
_JOINT_FIRM = re.compile(
    r"[，,](?:根据协议[，,])?(?:双方|两家|各方)?(?:将|拟|计划)?(?:共同|合资|联合|各自?)(?:出资|投资)[^，。；]{0,12}?(?:成立|设立|组建|注册)[^，。；]{0,16}?"
    r"(?P<firm>(?:新|合资|合营|项目|平台|运营)*公司)"
)
# 价值2亿元的整机销售合同, 全年30万立方米的原木采购合同
_WORTH = re.compile(r"[^，。；《》“”的]{0,12}?[0-9][^，。；的]{0,10}的(?=[^，。；的]{4})")
# 订单班 is a class of a school, 订单种植协议 a paper of its own.
ONLY_ORDERS = "(?!式?(?:班|培养|教育|农业|种植|养殖)(?![^，。；]{0,6}[大订]单))"
_MAX_TO_BOOK, _VERB_CHARS = 24, 4


class PactKinds:
    """Compiled once from `lookups["deal_types"]`.

    Attributes:
        paper: Matches the words behind a verb of signing up to the end of a paper's name.
        signed_thing: Matches works that stand there instead (签订的某项目).
    """

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        words = lookups["deal_types"]
        self._topic, self._sides = parties.topic, SideReader(lookups)
        papers = f"(?:{any_of(words['papers'])}){ONLY_ORDERS}"
        self.paper = re.compile(
            rf"签?(?:[今明后去]年的)?(?:[了过下署立约换妥定]|订(?!单))*的?(?:一[份项张个])?[《“\"]?(?P<title>[^，。；：《》了]{{0,36}}?(?:(?:{papers})(?:合作)?(?:协议书?|合同|备忘录|意向书)?|合作(?:关系)?(?![\u4e00-\u9fff])))"
        )
        self._thing = re.compile(
            rf"[了的]*[“\"]?(?P<title>[^，。；：]{{2,30}}?(?:{any_of(words['institutions'])}))"
            r"(?:(?![\u4e00-\u9fff])|(?=(?:项目|合作)?签约))"
        )
        things = any_of([*words["institutions"], *words["projects"], *words["works"]])
        # 签订的某项目: works in the place of a paper.
        self.signed_thing = re.compile(
            rf"(?:[署约下妥定成了的]|订(?!单))*+(?!活动|现场|大会|暨|[^，。；、]{{0,10}}仪式)[“\"]?(?P<title>[^，。；、《》“”\"的]{{2,30}}?(?:{any_of(words['projects'])}))[”\"]?(?![\u4e00-\u9fff]*(?:协议|合同))"
        )
        # 签约，双方将在某地建设某中心: what a paper without a name of its own is about.
        self._then = re.compile(
            rf"(?P<verb>(?:合资|共同|联合|合作|携手|注册|出资|投资)*(?:设立|成立|组建|建设|共建|合建|合办|打造|建立|开办|兴办|创办|新建|投建|建(?![设成立起造])|办))"
            rf"(?:了|起|的|一[个家座条所])*(?![了起的个]|一[个家座条所]|新公司)[“\"]?(?P<title>[^，。；：、“”\"]{{2,36}}?(?:{things}|[工造织装束具加品维料]厂|(?:[生产流][产水]?|加工|拆解|分拣|组装|包装|灌装|提取|总装)线|[工业造色能][园谷]|库|港))"
            r"[”\"]?(?![\u4e00-\u9fff])"
        )
        self._lands = re.compile(
            rf"[，,](?P<title>[^，。；、《》“”\"]{{3,30}}?(?:{things}))(?:项目)?(?:将|正式|拟|计划)*(?:落户|落地|落子|入驻)"
        )
        self._builds = re.compile(f"(?:{any_of(words['kernels']['builds'])})(?!者|方|性|保护|促进)")
        # 供汽协议, 供渣协议
        self._goods = re.compile(
            f"{any_of(words['types']['supply_contract'])}|供(?![地需求销暖应])(?:[\u4e00-\u9fff](?:协议|合同)|(?:应|货)?[0-9])"
        )

    def kind(
        self, context: ArticleContext, start: int, end: int, cue: re.Match[str], parties: list[Party]
    ) -> tuple[str, tuple[int, int] | None, list[Party]]:
        """Type, name of the paper or body, and sides of a pact, by the words behind its verb."""
        text = context.text
        right = clause_end(text, cue.end(), end)
        if "合资" in text[start:end] or _FIRM_FOUNDED.match(text, cue.start(), right):
            firm = self._then.search(text, cue.start(), end)
            is_firm = firm and self.thing_kind(text, firm.span("title")) == "joint_venture"
            title = firm.span("title") if firm and is_firm else self.title_of(text, cue.end(), right)
            return "joint_venture", title, parties
        founds = _FOUNDED.search(text, cue.start(), right)
        thing = self._thing.match(text, founds.end(), right) if founds else None
        if founds and thing is not None:
            return self._founds(context, thing, end, parties)
        title = self.title_of(text, cue.end(), right) or self._title_before(text, cue.start(), parties)
        words = text[slice(*title)] if title else ""
        is_bare = not title or _BARE.fullmatch(words)
        firm = _JOINT_FIRM.match(text, right, end) if is_bare and len(parties) > 1 else None
        if firm is not None:
            bodies = context.mentions_in(right, firm.end(), "organization")
            begin = bodies[-1].start if bodies and bodies[-1].end == firm.end() else firm.start("firm")
            return "joint_venture", (begin, firm.end()), parties
        if is_bare and (bought := self._sides.bought(text, right, end, parties)):
            return bought[0], None, bought[1]
        if not title and len(parties) > 1 and (signed := self.signed_thing.match(text, cue.end(), right)):
            return self._founds(context, signed, end, parties)
        behind = max((p.end for p in parties if p.end <= cue.start()), default=cue.start())
        # 就某技术转让达成一致
        about = (
            (behind, cue.start()) if TECHNOLOGY.search(text, behind, cue.start()) else (cue.end(), cue.end())
        )
        named, sides = self.of_paper(context, title or about, right, parties)
        if named == "cooperation_agreement" and "战略" in text[behind : cue.end()]:
            named = "strategic_agreement"
        if named == "project" and is_bare:
            # 签订投资合同，由后者投资9亿元建设某基地: the works are the deal.
            works = self._then.search(text, right, end) or self._planned(context, start, cue.start())
            is_works = works and self.thing_kind(text, works.span("title")) == "project"
            return named, works.span("title") if works and is_works else title, sides
        if named != "cooperation_agreement":
            return named, title, sides
        then = self._then.search(text, cue.start(), end) if is_bare else None
        then = then or (self._lands.match(text, right, end) if is_bare else None)
        then = then or (self._planned(context, start, cue.start()) if is_bare else None)
        if then is not None and len(parties) > 1:
            return self._founds(context, then, end, parties)
        are_firms = [bool(p.mention and self._topic.is_firm(p.mention)) for p in parties]
        areas = [bool(p.mention and AREA.search(p.mention.text)) for p in parties]
        if any(are_firms) and any(areas) and self._builds.search(context.without_names(start, end)):
            roles = ["host" if is_area else "investor" for is_area in areas]
            named_works = title if title and self.thing_kind(text, title) == "project" else None
            return (
                "project",
                named_works,
                [replace(p, role=role) for p, role in zip(parties, roles, strict=True)],
            )
        return "cooperation_agreement", title, parties

    def _planned(self, context: ArticleContext, start: int, cue: int) -> re.Match[str] | None:
        """What a clause in front means to build: 甲拟在某县设立分院，与该县政府签订了协议."""
        thing = self._then.search(context.text, start, clause_start(context, start, cue))
        ahead = context.text[max(start, thing.start() - _PLAN_CHARS) : thing.start()] if thing else ""
        return thing if _PLANS.search(ahead) else None

    def title_of(self, text: str, start: int, right: int) -> tuple[int, int] | None:
        """The name of a paper behind its verb: inside 《》, else the words up to 协议."""
        book = BOOK.search(text, start, right)
        if book is not None and book.start() - start < _MAX_TO_BOOK:
            return book.span(1)
        paper = _QUOTED_PAPER.match(text, start, right) or self.paper.match(text, start, right)
        if paper is None:
            return None
        worth = _WORTH.match(text, *paper.span("title"))
        return worth.end() if worth else paper.start("title"), paper.end("title")

    @staticmethod
    def _title_before(text: str, verb: int, parties: list[Party]) -> tuple[int, int] | None:
        """甲与乙新一轮战略合作协议签约仪式: the name of the paper in front of its verb."""
        behind = max((p.end for p in parties if p.end <= verb), default=verb)
        if text[verb - 1] == "上" and (book := last_match(BOOK, text, behind, verb)):
            # 在《某协议》上签字
            return book.span(1)
        paper = _PAPER_BEFORE.fullmatch(text, behind, verb) or _WORKS_BEFORE.fullmatch(text, behind, verb)
        return paper.span("title") if paper else None

    def of_paper(
        self, context: ArticleContext, title: tuple[int, int], right: int, parties: list[Party]
    ) -> tuple[str, list[Party]]:
        """Type and sides of a paper, by its name."""
        words = context.text[slice(*title)]
        are_two = len(parties) == 2
        if TECHNOLOGY.search(words):
            return "transfer", self._sides.traded(words, parties, context.text) if are_two else parties
        if self._goods.search(NO_ORDERS.sub("", words)):
            if len(parties) == 1:
                return "supply_contract", [self._sides.traded_with(context.text, words, parties[0])]
            return "supply_contract", self._sides.traded(words, parties, context.text) if are_two else parties
        if _SHARES.search(words):
            return "equity_investment", self._sides.funded(context, words, parties) or parties
        if lent := self._sides.lent(context, context.text[title[0] : right], right, parties):
            return "financing", lent
        if LABORATORY.search(words):
            return "joint_laboratory", _as(parties, "builder")
        if INVESTMENT.search(context.text[title[0] : right]):
            shares = _PUTS_IN.match(context.text, right) if are_two else None
            if shares is not None:
                payer = 1 if shares["other"] else 0
                roles = ("investor" if n == payer else "target" for n in range(2))
                return "equity_investment", [replace(p, role=r) for p, r in zip(parties, roles, strict=True)]
            sides = self._sides.invested(context, parties, are_builders="投资" in words)
            sides = self._sides.entered(words, parties) if sides == parties else sides
            if sides != parties:
                return "project", sides
        if are_two and (sides := self._sides.traded(words, parties, context.text)) != parties:
            is_passed_on = PASSED_ON.match(context.text, right)
            kind = "transfer" if is_passed_on else "supply_contract"
            return "acquisition" if SHARES.search(words) else kind, sides
        is_frame = "战略" in words or "框架" in words
        return "strategic_agreement" if is_frame else "cooperation_agreement", parties

    def _founds(
        self, context: ArticleContext, then: re.Match[str], end: int, parties: list[Party]
    ) -> tuple[str, tuple[int, int] | None, list[Party]]:
        """What two agree to found or build: a firm of both, a body, or works that a firm of them pays."""
        title = then.span("title")
        kind = self.thing_kind(context.text, title)
        if "合资" in then[0] or (kind == "joint_venture" and _SHARED.search(context.text, then.end(), end)):
            return "joint_venture", title, parties
        if kind == "equity_investment":
            return kind, title, _as(parties, "investor")
        if kind == "project" and any(p.mention and self._topic.is_firm(p.mention) for p in parties):
            return "project", title, self._sides.invested(context, parties, are_builders=True)
        is_joint = _JOINT.search(context.text, max(0, then.start() - _VERB_CHARS), then.end())
        sides = parties if is_joint else self._sides.invested(context, parties)
        if kind != "joint_laboratory" and any(p.role == "investor" for p in sides):
            return "project", title, sides
        # 甲学院与乙县政府签约，在该县设立某工作站: the county takes in what the school founds.
        builders = [replace(p, role="builder") if p.role == "partner" else p for p in sides]
        return "institution" if kind == "project" else kind, title, builders

    @staticmethod
    def thing_kind(text: str, thing: tuple[int, int]) -> str:
        """Type of what two will found or build, by the end of its name."""
        words = text[slice(*thing)].rstrip('”"》')
        if LABORATORY.search(words):
            return "joint_laboratory"
        if words.endswith(("公司", "基金")):
            return "joint_venture" if words.endswith("公司") else "equity_investment"
        return "project" if _BUILT.search(words) else "institution"


def _as(parties: list[Party], role: str) -> list[Party]:
    return [replace(p, role=role) for p in parties]
