"""Who buys, sells or puts money in, and of what, by the construction around the verb."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.actors import ActorReader
from transforms.extract.deals.clauses import clause_end, clause_start
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.subjects import ANNOUNCES

# 对某县某饲料站的收购: the words name a body by their last one.
_BODY_OF = re.compile(
    r"(?:[^，。；]{0,6}[县市区镇乡省])?(?P<name>[\u4e00-\u9fff]{2,12}(?:厂|站|社|店|公司|集团|矿|场|庄|院|酒店))"
)
# A holder without a name: whoever it is, the firm named with it is the one whose shares move.
_HOLDER = re.compile(
    r"(?:^|公司|[、的和名位在其：:)）两三]|[0-9][%％](?:以上)?)(?:重要|主要|部分|多名|原)?(?:第?[一二三四五六七八九十]*大?股东|控股股东|实际控制人|实控人|高管|高级管理人员|管理层|董监高|董事长?|监事(?:会主席)?|总裁|总经理|员工持股计划)"
    r"(?:们|及其?一致行动人)?(?:拟|计划|将|已|也|又|均|都|接连|先后|陆续|大笔|密集|抱团|集体|再次|继续|累计|合计|被动|大幅|违规|频繁|大举|以自有资金|，|,)*$"
)
# 某公司公告，本次减持计划过半: whose shares they are, and not who sells.
_NO_OBJECT = re.compile(r"的?(?:公司)?(?:股份|股票)?(?:计划|公告|事项|的|$)")
_IS_HOLDER, _HOLDER_CHARS = re.compile("股东[^，。；]{0,40}$"), 48
GIVEN_TO = re.compile(r"(?:给|予|至|于)")
_CLAUSE_ENDS = re.compile(r"[，。；（(、,]|$")
# 甲拟向乙发行股份购买其持有的丙: who gets the shares sells, as does who stands behind 从.
_OF_WHOM = (
    re.compile(
        r"向(?P<who>[^，。；]{2,60}?)(?:定向|非公开|以)*(?:发行|增发|发股)[^，。；]{0,40}(?:[，,](?:用以|用于|以|并|来)*)?$"
    ),
    re.compile(r"(?:从|自|由)(?P<who>[^，。；]{2,60}?)(?:手中|手里|处|那里)?$"),
)
# 发行股份，用以购买
_MEANS_ONLY = re.compile("(?:用以|用于|以|并|来)*")
_DONE_OF = re.compile(r"(?:完成|启动|推进|终止|开展)了?对?(?P<what>[^，。；]{2,60}?股[权份])的$")
_DONE_BY = re.compile(
    r"(?:被(?!执行|申请|告)|遭|获|获得|由(?!于)|接受)(?P<by>[^，。；]{2,40}?)(?:全资|以.{2,20})?$"
)
_BARE_BY = re.compile(
    r"(?:被(?!执行|申请|告)|遭)(?:上市公司|国企|民企|巨头|同行)?(?P<by>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:[（(][^（）()]{1,20}[)）])?(?:全资|以[^，。；]{2,20})?$"
)
ONLY_WHEN = re.compile(
    r"(?:[0-9年月日]+|[去今前当同][年月日]|[本上]月|[年月]?[初底末]|日前|近日|后来|随后|最终|现|已|将|拟|则|均|也|全部|整体|全资|再次|其|该?(?:公司|企业|厂|集团))*"
)
_TOWARDS = re.compile(
    r"(?P<prep>对|向)(?P<whom>[^，。；]{2,60}?)(?:(?:的|进行|实施|发起|完成|开展|提出)了?(?:股权|股份|全资|整体|资产|战略|要约)?)*(?:[0-9.约近超过亿万千百]+(?:美|港|欧|日)?元)?$"
)
_ISSUES = re.compile("发行|定向")
_HANDLED = re.compile(r"(?:将|把)(?P<what>[^，。；]{2,80})[，,]?$")
_SHARES_MOVED = re.compile(
    r"(?P<whose>[^，。；将把]{2,40}?)(?:的|全部|[0-9.]+[%％])+(?:的)?(?:国有)?股[权份](?:已经?|全部|正式|成功|拟|将|被|公开|挂牌|协议|一并|近日|日前|[去今前]年[初底中末]?|[上本]个?月|年[初底中末]|[0-9]+[年月日]|以[^，。；以]{2,20}?元(?:的(?:总|最终)?(?:价格?|对价))?|作价[^，。；]{2,16}?元)*"
)
_HELD_BY = re.compile(
    r"(?P<who>[^，。；]{2,60}?)(?:合计|分别|共同|原先?|此前|目前)?(?:持有的?|所持有?的?|名下的|手[里中上]的?)"
)

_NO_NAME_HOLDER = re.compile("(?:的)?(?:原|大|小|控股|[一二三两四五][名位家])*股东(?=[拟已将把]|所持)")
_SHARES_BEHIND = re.compile("股[权份]")
_OF_ITSELF = re.compile(r"公司|其|本|该")
SELLING = frozenset({"出售", "售出", "抛售", "转让", "出让", "减持", "卖出"})
# 减持公司股份: the shares of whoever announces it.
_OWN_SHARES = re.compile(
    r"了?(?:[0-9.]+[%％](?:的)?)?(?:其|所)?(?:持有的?|所持)?(?:本公司|上市公司|公司|该公司|该行|该股|本行)?(?:A股)?(?:的)?(?:部分|无限售流通|无限售|A股|H股)*(?:股份|股票|不超过|不超|合计|[0-9.,]+[万亿]?股|[0-9.,]+[%％])"
)
_HAS_HOLDERS = re.compile(
    r"(?:[（(][^（）()]{1,24}[)）])*[的]?(?:：|:|(?:第?[一二三]大)?股东|控股股东|董|监|高管|实控人|实际控制人)"
)
_OWN = frozenset({"增持", "减持", "回购", "认购", "卖出", "买入", "购买"})
_BOUGHT_FROM = frozenset({
    "收购", "并购", "受让", "购买", "买下", "买入", "竞得", "拍得",
    "摘得", "拿下", "拿到", "盘下", "接盘", "收入囊中", "纳入麾下", "收归旗下",
    "收下",
})  # fmt: skip
EQUITY = frozenset(
    {
        "增资",
        "注资",
        "入股",
        "参股",
        "认购",
        "战略投资",
        "增持",
        "投资",
        "投资入股",
        "买入",
        "追加出资",
        "追加注资",
        "追加投资",
    }
)
# 收购某某铝业的交易获得批准
_DEED_ITSELF = re.compile("(?:的(?:交易|计划|申请|请求|议案|方案|事宜|事项|谈判)|一[事案])")
# Verbs that have a firm for their object, and no goods.
_PAYS_INTO = frozenset({"增资", "注资"})
_INTO = _PAYS_INTO | frozenset({"入股", "参股", "收购", "并购", "买下", "吸收合并", "战略投资", "投资入股"})
_SHARES_ONLY = re.compile(
    r"(?:的)?(?:上市公司|标的公司|本公司|公司)?[0-9.]*[%％]?(?:的)?(?:全部|剩余)?股[权份]"
)
_OF_TARGET = re.compile(r"(?:的)?(?:目标公司|标的资产|标的股权|多家公司)")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of buying, selling or paying in, and the clause [left, right) in which it stands.

    Attributes:
        start: Offset of the list item of the clause.
        found: The verb, a group of that name.
    """

    context: ArticleContext
    start: int
    left: int
    found: re.Match[str]
    right: int

    @property
    def verb(self) -> str:
        """The verb itself."""
        return self.found["verb"]

    @property
    def before(self) -> str:
        """The words of the clause in front of the verb."""
        return self.context.text[self.left : self.found.start()]

    @property
    def role(self) -> str:
        """What who acts is."""
        return "seller" if self.verb in SELLING else "investor" if self.verb in EQUITY else "buyer"


Sides = tuple[list[Party], list[Party]]


class ShareSides:
    """Reads with the actors of `ActorReader`: who deals, and of whom the shares are."""

    def __init__(self, parties: PartyReader, actors: ActorReader) -> None:
        self._parties, self._actors = parties, actors

    def read(self, deed: Deed) -> Sides:
        """Who acts and who or what is bought, by the construction around the verb."""
        for construction in (
            self._done_by,
            self._of_holder,
            self._towards,
            self._handled,
            self._passed,
            self._completed,
            self._of_whom,
        ):
            sides = construction(deed)
            if sides is not None:
                return sides
        return self._plain(deed)

    def _who(self, deed: Deed, stop: int) -> list[Party]:
        """Who acts, in front of offset `stop` of the words before the verb."""
        return self._actors.actors(deed.context, deed.start, deed.left, deed.left + stop, deed.role)

    def _behind(self, deed: Deed) -> list[Party]:
        """What stands behind the verb."""
        context, end, right = deed.context, deed.found.end(), deed.right
        sold = self._actors.sold(context, end, right)
        about = _DEED_ITSELF.search(context.text, end, right)
        right = about.start() if about else right
        return sold or (self._actors.bare_firm(context, end, right) if deed.verb in _INTO else [])

    def _done_by(self, deed: Deed) -> Sides | None:
        """某厂被某集团收购."""
        by = _DONE_BY.search(deed.before)
        if by is None:
            return None
        context, left, end = deed.context, deed.left, deed.found.end()
        agents = self._parties.coordination(
            context, left + by.start("by"), deed.found.start(), deed.role, is_anchored=False
        )
        bare = None if agents else _BARE_BY.search(deed.before)
        if bare and self._actors.names_firm(bare["by"]):
            agents = [Party(left + bare.start("by"), left + bare.end("by"), None, deed.role)]
        if not agents:
            return None
        patients = self._actors.targets(context, left, left + by.start())
        if not patients and context.text.startswith("的", end):
            patients = self._actors.targets(context, end, deed.right)
        if not patients and by[0].startswith("由") and not ONLY_WHEN.fullmatch(deed.before[: by.start()]):
            # 今年的猕猴桃全部由某公司收购: what is bought stands in front, and is no firm.
            return (agents, []) if deed.verb == "收购" else None
        if not patients and (held := _HELD_BY.match(context.text, deed.start, left)):
            # 甲所持乙51%股权被拍卖，由丙竞得
            of = clause_end(context.text, held.end(), left)
            sellers = self._parties.coordination(context, *held.span("who"), "seller", is_anchored=False)
            if _SHARES_BEHIND.search(context.text, held.end(), of):
                return [*agents, *sellers], self._actors.sold(context, held.end(), of)
        if not patients:
            told = self._actors.subject(context, deed.start, left, "target")
            buyers = {p.mention.text for p in agents if p.mention}
            # 公司与村支书张三签下订单，药材由公司收购: nobody buys a person, or himself.
            patients = [
                p
                for p in told
                if p.mention and p.mention.entity_type != "person" and p.mention.text not in buyers
            ]
        return agents, patients

    def _of_holder(self, deed: Deed) -> Sides | None:
        """某公司大股东减持."""
        holder = _HOLDER.search(deed.before)
        if deed.verb not in _OWN:
            return None
        if holder is None:
            # 某某股份高管集体增持: no word of the kind 公司 stands between.
            names = deed.context.mentions_in(deed.left, deed.found.start(), "organization")
            holder = _HOLDER.search(deed.before[names[-1].end - deed.left :]) if len(names) == 1 else None
            return ([], [Party.of(names[0], "target")]) if holder and not holder.start() else None
        firm = self._actors.targets(deed.context, deed.left, deed.left + holder.start())
        firm = firm or self._actors.subject(deed.context, deed.start, deed.left, "target")
        return [], [replace(party, role="target") for party in firm[-1:]]

    def _towards(self, deed: Deed) -> Sides | None:
        """甲向乙收购丙, 甲对乙增资, 甲向乙转让丙."""
        towards = _TOWARDS.search(deed.before)
        if towards is None or _ISSUES.search(deed.before):
            return None
        context, verb = deed.context, deed.verb
        begin, end = deed.left + towards.start("whom"), deed.left + towards.end("whom")
        is_sure = towards["prep"] == "对" and verb in _PAYS_INTO
        whom = self._actors.sold(context, begin, end)
        whom = whom or self._actors.bare_firm(context, begin, end, is_sure=is_sure)
        words = None if whom else _BODY_OF.fullmatch(context.text, begin, end)
        if words and verb in _BOUGHT_FROM and self._actors.names_firm(words["name"]):
            whom = [Party(*words.span("name"), None, "target")]
        if towards["prep"] == "向" and verb in _BOUGHT_FROM:
            sellers = [replace(t, role="seller") for t in whom]
            return self._who(deed, towards.start()) + sellers, self._behind(deed)
        if verb in SELLING and towards["prep"] == "对" and whom:
            # 对某股进行了减持
            return self._who(deed, towards.start()), whom
        if verb in SELLING and (whom or verb != "减持"):
            buyers = [Party(t.start, t.end, t.mention, "buyer") for t in whom]
            sold = self._actors.targets(context, deed.found.end(), deed.right)
            return self._who(deed, towards.start()) + buyers, sold
        return (self._who(deed, towards.start()), whom) if whom else None

    def _handled(self, deed: Deed) -> Sides | None:
        """甲将乙转让给丙, 甲将乙收购: what is sold or bought stands in front."""
        handled = _HANDLED.search(deed.before)
        if handled is None:
            return None
        context, end = deed.context, deed.found.end()
        what = deed.left + handled.start("what"), deed.found.start()
        if deed.verb in SELLING:
            given = GIVEN_TO.match(context.text, end, deed.right)
            to = self._receivers(context, given.end(), deed.right) if given else []
            buyers = [Party(t.start, t.end, t.mention, "buyer") for t in to]
            who, sold = self._who(deed, handled.start()), self._actors.sold(context, *what)
            if len(who) == 1 and not sold and _NO_NAME_HOLDER.match(context.text, who[0].end):
                # 某公司股东将所持80%股权转让给乙: its shares move, whoever held them.
                return buyers, [replace(who[0], role="target")]
            return who + buyers, sold
        if deed.verb in _BOUGHT_FROM and _CLAUSE_ENDS.match(context.text, end):
            bought = self._actors.targets(context, *what)
            return (self._who(deed, handled.start()), bought) if bought else None
        return None

    def _passed(self, deed: Deed) -> Sides | None:
        """乙60%的股权转让给丙: whose shares they are stands in front, who sells is not told."""
        given = GIVEN_TO.match(deed.context.text, deed.found.end(), deed.right)
        moved = _SHARES_MOVED.fullmatch(deed.before) if given and deed.verb in SELLING else None
        if given is None or moved is None:
            return None
        context = deed.context
        held = _HELD_BY.match(context.text, deed.left, deed.left + moved.end("whose"))
        begin = held.end() if held else deed.left
        sellers = self._parties.coordination(context, *held.span("who"), "seller") if held else []
        sold = self._actors.targets(context, begin, deed.left + moved.end("whose"))
        buyers = [replace(t, role="buyer") for t in self._receivers(context, given.end(), deed.right)]
        return ([*sellers, *buyers], sold) if sold and buyers else None

    def _completed(self, deed: Deed) -> Sides | None:
        """完成某公司60%股权的收购: what is bought stands in front."""
        done = _DONE_OF.search(deed.before)
        if done is None or deed.verb not in _BOUGHT_FROM:
            return None
        what = deed.left + done.start("what"), deed.left + done.end("what")
        bought = self._actors.sold(deed.context, *what)
        return (self._who(deed, done.start()), bought) if bought else None

    def _of_whom(self, deed: Deed) -> Sides | None:
        """甲从乙手中收购丙, 甲向乙发行股份，购买丙."""
        context, left = deed.context, deed.left
        if _MEANS_ONLY.fullmatch(deed.before) and left > deed.start:
            left = clause_start(context, deed.start, left - 1)
        before = context.text[left : deed.found.start()]
        for pattern in _OF_WHOM if deed.verb in _BOUGHT_FROM else ():
            if (of := pattern.search(before)) is not None:
                who = left + of.start("who"), left + of.end("who")
                sellers = self._parties.coordination(context, *who, "seller", is_anchored=False)
                if sellers:
                    buyers = self._actors.actors(context, deed.start, left, left + of.start(), deed.role)
                    known = {p.mention.text for p in sellers if p.mention}
                    acting, targets = self._held_by(deed, buyers, self._behind(deed))
                    held = [p for p in acting[len(buyers) :] if p.mention and p.mention.text not in known]
                    return buyers + sellers + held, targets
        return None

    def _plain(self, deed: Deed) -> Sides:
        """甲收购乙, 甲收购乙持有的丙, 甲减持公司股份, 甲股东某某减持."""
        actors, targets = self._who(deed, len(deed.before)), self._behind(deed)
        if deed.verb in _BOUGHT_FROM:
            actors, targets = self._held_by(deed, actors, targets)
        if deed.verb not in _OWN:
            return actors, targets
        targets = targets or self._own(deed, actors)
        if not targets and _is_issuer(deed, actors):
            return [], [replace(actors[0], role="target")]
        if actors and actors[-1].signatory:
            # 甲股份股东某某减持: who trades is the person, what is traded are shares of the body.
            body, person = actors[-1], actors[-1].signatory
            targets = targets or [Party(body.start, body.end, body.mention, "target")]
            actors = [*actors[:-1], Party.of(person, deed.role)]
        return actors, targets

    def _held_by(self, deed: Deed, actors: list[Party], targets: list[Party]) -> Sides:
        """甲收购乙持有的丙: who holds the shares sells them."""
        context, end = deed.context, deed.found.end()
        held = _HELD_BY.search(context.text[end : deed.right])
        if held is None:
            return actors, targets
        behind = end + held.end()
        holders = self._parties.coordination(context, end, end + held.end("who"), "seller", is_anchored=False)
        if things := self._actors.sold(context, behind, deed.right):
            return actors + holders, things
        if holders and _OF_TARGET.match(context.text, behind, deed.right):
            # 收购某集团持有的目标公司51%股权: the firm is not named here.
            return actors + holders, []
        if not holders or not _SHARES_ONLY.match(context.text, behind, deed.right):
            return actors, targets
        # 完成对某厂的收购，受让其股东甲所持65%股份: of the firm that was told.
        sides = [p.mention for p in (*actors, *holders) if p.mention]
        told = [m for m in context.mentions_in(deed.start, deed.left, "organization") if m not in sides]
        owned = told[-1] if told else self._parties.topic.firm(context, deed.left, sides)
        return actors + holders, [Party.of(owned, "target")] if owned else []

    def _own(self, deed: Deed, actors: list[Party]) -> list[Party]:
        """甲公告，股东某某减持公司股份: the shares are of who announces it."""
        context, start = deed.context, deed.start
        own = _OWN_SHARES.match(context.text, deed.found.end())
        floor = context.paragraph(start)[0]
        issuer = (
            self._parties.topic.subject(context, floor, deed.found.start(), "organization") if own else None
        )
        if own is None or issuer is None:
            return []
        behind = ANNOUNCES.match(context.text, issuer.end) or _HAS_HOLDERS.match(context.text, issuer.end)
        is_other = all(a.mention is None or a.mention.text != issuer.text for a in actors)
        return [Party.of(issuer, "target")] if (_OF_ITSELF.search(own[0]) or behind) and is_other else []

    def _receivers(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """转让给乙: bodies, or the words up to the mark where none was recognised."""
        named = self._parties.coordination(context, start, end, is_anchored=False)
        other = self._parties.topic.own(context, start, end) if context.text[start:end] == "对方" else None
        if other is not None:
            return [Party.of(other)]
        if named or not self._actors.names_firm(context.text[start:end]):
            return named
        return [Party(start, end, None)]


def _is_issuer(deed: Deed, actors: list[Party]) -> bool:
    """Whether who is read as seller announces that holders of its shares sell them."""
    named = [p.mention for p in actors if p.mention and p.mention.entity_type == "organization"]
    if deed.verb != "减持" or len(actors) != 1 or not named or actors[0].signatory:
        return False
    text, name = deed.context.text, named[0]
    tells = ANNOUNCES.match(text, name.end) or _HAS_HOLDERS.match(text, name.end)
    is_holder = _IS_HOLDER.search(text, max(0, name.start - _HOLDER_CHARS), name.start)
    if tells is None or is_holder or tells[0].count("（") > tells[0].count("）"):
        # 第二大股东某公司（以下简称甲）减持
        return False
    return _NO_OBJECT.match(text, deed.found.end(), deed.right) is not None
