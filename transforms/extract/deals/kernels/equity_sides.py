"""Who buys, sells or puts money in, and of what, by the construction around the verb."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.actors import ActorReader
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.topic import ANNOUNCES

# 对某县某饲料站的收购: the words name a body by their last one.
_BODY_OF = re.compile(
    r"(?:[^，。；]{0,6}[县市区镇乡省])?(?P<name>[\u4e00-\u9fff]{2,12}(?:厂|站|社|店|公司|集团|矿|场|庄|院|酒店))"
)
# A holder without a name: whoever it is, the firm named with it is the one whose shares move.
_HOLDER = re.compile(
    r"(?:^|公司|[、的])(?:第?[一二三四五六七八九十]*大?股东|控股股东|实际控制人|实控人|高管|董监高|董事长?|监事(?:会主席)?|总裁|总经理|员工持股计划)"
    r"(?:们|及其?一致行动人)?(?:拟|计划|将|已|大笔|密集|抱团|集体|再次|继续|累计|合计|被动|大幅|违规|频繁|大举|，|,)*$"
)
GIVEN_TO = re.compile(r"(?:给|予|至|于)")
_CLAUSE_ENDS = re.compile(r"[，。；（(、,]|$")
_ISSUED_TO = re.compile(r"向(?P<whom>[^，。；]{2,60}?)(?:定向|非公开|以)?发行[^，。；]{0,40}$")
_DONE_OF = re.compile(r"(?:完成|启动|推进|终止|开展)了?对?(?P<what>[^，。；]{2,60}?股[权份])的$")
_PASSIVE = re.compile(
    r"(?:被(?!执行|申请|告)|遭)(?:上市公司|国企|民企|巨头|同行)?(?P<by>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:[（(][^（）()]{1,20}[)）])?(?:全资|以[^，。；]{2,20})?$"
)
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
EQUITY = frozenset({"增资", "注资", "入股", "参股", "认购", "战略投资", "增持", "投资", "投资入股", "买入"})
_SHARES_ONLY = re.compile(r"(?:的)?[0-9.]*[%％]?(?:的)?(?:全部|剩余)?股[权份]")


class ShareSides:
    """Reads with the actors of `ActorReader`."""

    def __init__(self, parties: PartyReader, actors: ActorReader) -> None:
        self._parties, self._actors = parties, actors

    def read(
        self, context: ArticleContext, start: int, left: int, found: re.Match[str], right: int
    ) -> tuple[list[Party], list[Party]]:
        """Who acts and who or what is bought, by the construction around the verb."""
        text, verb = context.text, found["verb"]
        before = text[left : found.start()]
        actor = "seller" if verb in SELLING else "investor" if verb in EQUITY else "buyer"
        passive = re.search(
            r"(?:被(?!执行|申请|告)|遭|获|获得|由(?!于)|接受)(?P<by>[^，。；]{2,40}?)(?:全资|以.{2,20})?$",
            before,
        )
        if passive:
            by = left + passive.start("by")
            agents = self._parties.coordination(context, by, found.start(), actor, is_anchored=False)
            patients = self._actors.targets(context, left, left + passive.start())
            if text[found.end() : found.end() + 1] == "的":
                patients = patients or self._actors.targets(context, found.end(), right)
            bare = None if agents else _PASSIVE.search(before)
            if bare and self._actors.names_firm(bare["by"]):
                agents = [Party(left + bare.start("by"), left + bare.end("by"), None, actor)]
            if agents:
                return agents, patients or self._actors.subject(context, start, left, "target")
        if (holder := _HOLDER.search(before)) and verb in _OWN:
            firm = self._actors.targets(context, left, left + holder.start()) or self._actors.subject(
                context, start, left, "target"
            )
            return [], [replace(party, role="target") for party in firm[-1:]]
        toward = re.search(
            r"(?P<prep>对|向)(?P<whom>[^，。；]{2,60}?)(?:的|进行|实施|发起|完成|开展|提出)*(?:[0-9.约近超过亿万千百]+(?:美|港|欧|日)?元)?$",
            before,
        )
        if toward and not re.search(r"(?:发行|定向)", before):
            whom = left + toward.start("whom")
            targets = (
                self._actors.targets(context, whom, left + toward.end("whom"))
                or self._actors.bare_targets(context, whom, found.start())
                or self._actors.bare_holder(context, whom, left + toward.end("whom"))
            )
            words = _BODY_OF.fullmatch(text, whom, left + toward.end("whom")) if not targets else None
            if words and verb in _BOUGHT_FROM and self._actors.names_firm(words["name"]):
                targets = [Party(*words.span("name"), None, "target")]
            if toward["prep"] == "向" and verb in _BOUGHT_FROM:
                actors = self._actors.actors(context, start, left, left + toward.start(), actor)
                sellers = [replace(t, role="seller") for t in targets]
                return actors + sellers, self._actors.targets(
                    context, found.end(), right
                ) or self._actors.bare_targets(context, found.end(), right)
            if verb in SELLING:
                buyers = [Party(t.start, t.end, t.mention, "buyer") for t in targets]
                return self._actors.actors(
                    context, start, left, left + toward.start(), "seller"
                ) + buyers, self._actors.targets(context, found.end(), right)
            if targets:
                return self._actors.actors(context, start, left, left + toward.start(), actor), targets
        handle = re.search(r"(?:将|把)(?P<what>[^，。；]{2,80})[，,]?$", before)
        if handle and verb in SELLING:
            what = left + handle.start("what")
            receivers = GIVEN_TO.match(text, found.end(), right)
            to = self._receivers(context, receivers.end(), right) if receivers else []
            buyers = [Party(t.start, t.end, t.mention, "buyer") for t in to]
            return self._actors.actors(
                context, start, left, left + handle.start(), "seller"
            ) + buyers, self._actors.targets(context, what, found.start()) or self._actors.bare_targets(
                context, what, found.start()
            )
        if handle and verb in _BOUGHT_FROM and _CLAUSE_ENDS.match(text, found.end()):
            # 将某公司收购: what is bought stands in front.
            what = left + handle.start("what")
            bought = self._actors.targets(context, what, found.start())
            if bought:
                return self._actors.actors(context, start, left, left + handle.start(), actor), bought
        done = _DONE_OF.search(before)
        if done and verb in _BOUGHT_FROM:
            # 完成某公司60%股权的收购: what is bought stands in front.
            what, until = left + done.start("what"), left + done.end("what")
            bought = self._actors.targets(context, what, until) or self._actors.bare_targets(
                context, what, until
            )
            if bought:
                return self._actors.actors(context, start, left, left + done.start(), actor), bought
        issued = _ISSUED_TO.search(before)
        if issued and verb in _BOUGHT_FROM:
            # 甲拟向乙发行股份购买其持有的丙: who gets the shares sells.
            whom, until = left + issued.start("whom"), left + issued.end("whom")
            sellers = self._parties.coordination(context, whom, until, "seller", is_anchored=False)
            if sellers:
                buyers = self._actors.actors(context, start, left, left + issued.start(), actor)
                return buyers + sellers, self._actors.targets(
                    context, found.end(), right
                ) or self._actors.bare_targets(context, found.end(), right)
        source = re.search(r"(?:从|自|由)(?P<who>[^，。；]{2,60}?)(?:手中|手里|处|那里)?$", before)
        if source and verb in _BOUGHT_FROM:
            who = left + source.start("who")
            until = left + source.end("who")
            sellers = self._parties.coordination(context, who, until, "seller", is_anchored=False)
            if sellers:
                buyers = self._actors.actors(context, start, left, left + source.start(), actor)
                return buyers + sellers, self._actors.targets(
                    context, found.end(), right
                ) or self._actors.bare_targets(context, found.end(), right)
        actors = self._actors.actors(context, start, left, found.start(), actor)
        targets = self._actors.targets(context, found.end(), right) or self._actors.bare_targets(
            context, found.end(), right
        )
        held = re.search(
            r"(?P<who>[^，。；]{2,60}?)(?:合计|分别|共同)?(?:持有的?|所持有?的?)", text[found.end() : right]
        )
        if held and verb in _BOUGHT_FROM:
            behind = found.end() + held.end()
            holders = self._parties.coordination(
                context, found.end(), found.end() + held.end("who"), "seller", is_anchored=False
            )
            things = self._actors.targets(context, behind, right) or self._actors.bare_targets(
                context, behind, right
            )
            if things:
                actors, targets = actors + holders, things
            elif holders and _SHARES_ONLY.match(text, behind, right):
                # 完成对某厂的收购，受让其股东甲所持65%股份: of the firm that was told.
                sides = [p.mention for p in (*actors, *holders) if p.mention]
                before_it = [m for m in context.mentions_in(start, left, "organization") if m not in sides]
                owned = before_it[-1] if before_it else self._parties.topic.firm(context, left, sides)
                actors, targets = actors + holders, [Party.of(owned, "target")] if owned else []
        own = _OWN_SHARES.match(text, found.end())
        if own and verb in _OWN and not targets:
            issuer = self._parties.topic.subject(
                context, context.paragraph(start)[0], found.start(), "organization"
            )
            own_words = re.search(r"公司|其|本|该", own[0])
            is_told = issuer and (ANNOUNCES.match(text, issuer.end) or _HAS_HOLDERS.match(text, issuer.end))
            if not own_words and not is_told:
                issuer = None
            if issuer and all(a.mention is None or a.mention.text != issuer.text for a in actors):
                targets = [Party.of(issuer, "target")]
        if verb in _OWN and actors and actors[-1].signatory:
            # 甲股份股东某某减持: who trades is the person, what is traded are shares of the body.
            body, person = actors[-1], actors[-1].signatory
            targets = targets or [Party(body.start, body.end, body.mention, "target")]
            actors = [*actors[:-1], Party.of(person, actor)]
        return actors, targets

    def _receivers(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """转让给乙: bodies, or the words up to the mark where none was recognised."""
        named = self._parties.coordination(context, start, end, is_anchored=False)
        if named or not self._actors.names_firm(context.text[start:end]):
            return named
        return [Party(start, end, None)]
