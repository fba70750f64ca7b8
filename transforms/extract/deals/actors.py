"""Who acts and what is acted on, around a verb of buying, selling or winning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.bystanders import is_market
from transforms.extract.deals.clauses import clause_start, skip_article
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.topic import WE
from transforms.extract.patterns import any_of

# The shares that are bought; the words in front of them name the firm, recognised or not.
_SHARES = re.compile(
    r"(?:持有的|所持有?的?|旗下)?(?:的)?(?:各)?(?:约|剩余|其余|合计|累计|共计|全部(?=[0-9]))?"
    r"(?:[0-9.]+[%％](?=(?:的)?(?:剩余)?(?:股|权益|控股))|[0-9.,]+[万亿]?股|全部股权|全部股份|部分股权|部分股份|多数股权|少数股权|半数股权|控股权|控制权|股权|股份(?!有限|公司))"
)
# A的40%股权、B的49%股权: another share follows.
_ALSO_SHARES = re.compile(r"(?:的)?(?:股权|股份|权益)?(?:、|和|及|与|以及)")
_OWNED = re.compile(r"[^，。；]{0,30}?(?:的(?!$)|所持有?的?|旗下(?:的)?)(?=[^的]{2,}$)")
_ARTICLE = re.compile(
    r"(?:了|下|对|其|一家|上市公司|标的公司|目标公司|控股子公司|全资子公司|子公司|参股公司|关联方)+"
)
# 印度某制药企业Some Pharma: the name is what stands behind the word for its kind.
_KIND = re.compile(r"[\u4e00-\u9fff]*(?:企业|公司|商|品牌|机构|平台|集团|厂)(?=[A-Z“\"])")
_LATIN_TARGET = re.compile(
    r"[^，。；、]{0,24}?(?:企业|公司|商|品牌|机构|平台|厂)"
    r"(?P<name>[A-Z][A-Za-z0-9.&'\- ]{1,40})(?=$|[，。；（(])"
)
# 收购了县里的老字号“某某乳品”
_QUOTED_TARGET = re.compile(
    r"[^，。；、“”]{0,8}?(?:企业|公司|商|品牌|厂|字号|乳企|酒企)[“\"](?P<name>[\u4e00-\u9fff]{2,10})[”\"](?=$|[，。；])"
)
# 收购了德国机床企业某某
_KIND_TARGET = re.compile(
    r"[^，。；、“”的]{2,12}?(?:品牌|企业|公司|厂商|制造商|老字号)(?P<name>(?!而|等|进行)[\u4e00-\u9fff·]{2,8})(?=$|[，。；])"
)
_ITEM = re.compile(
    r"(?:(?<=[、和及与])|(?<=了)|(?<=持))(?P<name>[\u4e00-\u9fffA-Z]{3,8}?)(?=[（(、和及与]|[0-9.]+[%％]|各|等|$)"
)
_ITEMS_BEFORE = re.compile(
    r"(?P<items>了?(?:[\u4e00-\u9fffA-Z]{3,8}(?:[（(][^（）()]{1,24}[)）])?[、和及与])+)"
)
_ITEMS_BEHIND = re.compile(
    r"(?:[（(][^（）()]{1,24}[)）])?(?:[0-9.]+[%％](?:的)?股[权份])?(?P<items>(?:[、和及与][\u4e00-\u9fffA-Z]{3,8}(?:[（(][^（）()]{1,24}[)）])?(?:[0-9.]+[%％](?:的)?股[权份])?)+)(?=各|等|[0-9，。；]|持|的|$)"
)
_OF_PLACE = re.compile(
    r"(?!.{0,3}(?:企业|公司|资产|项目|市场|银行|地区|粮食?|房产|房屋|土地|地块|当地|股权|业务|品牌|工厂|产品|技术|设备|农产品|旗下|最大|一家))"
    r"[\u4e00-\u9fff]{2,4}?(?=$|[，。；、（(,]|的|等|后|时|股)"
)
_NAME_OF_PLACE = re.compile(
    r"的(?!.{0,3}(?:[房地楼店厂股权一两几那这新旧老高大小多全部业品者商]|企业|公司|资产|项目|市场|产品|技术|设备|团队|平台|机构))(?P<name>[\u4e00-\u9fff]{4})(?=$|[，。；])"
)
_NAME = re.compile(r"[“”\" ]*(?P<name>[^“”\"]+?)[“”\" ]*$")
_TARGET_JOIN = re.compile(r"、|[和及与](?=.{3})(?<=.{4})")
_BARE_ACTOR = re.compile(
    r"(?:^|[，。；：称])(?:在|随着|当)?(?P<name>[^，。；：、和与的了在为是其该此本被对称《》“”\"0-9]{2,10}?)"
    r"(?:公告|发布公告|宣布|称|曾|已|正|现|也|又|再|还|将|拟|欲|计划|完成|成功|大幅|分别|继续|开始|合计|突然|宣布|以|[0-9.,]+[万亿]*(?:美|港|欧|日)?元|人民币|的?(?:价格|对价|总价|代价)|斥资|作价|耗资|出资|溢价|通过|获准|意向|(?:定向|非公开)?发行(?:股份)?)*$"
)
# 甲公告, 甲宣布 where the name was not recognised.
_BARE_ANNOUNCER = re.compile(
    r"(?:^|[，。；：日讯】）)▶▲●◆■丨｜>])(?P<name>[^，。；：、和与的了在为是其该此本被对《》“”\"0-9（）()▶▲●◆■丨｜>]{2,8}?)(?:[（(][^（）()]{1,20}[)）])?(?:于?[0-9]+月[0-9]+日)?"
    r"(?:晚间?|当晚|今日|当日)?(?:发布公告|公告|宣布|披露)(?:称|显示|披露|，|,)"
)
# 甲拟以1亿元收购: the means stand between the subject and the verb.
_MEANS_TAIL = re.compile(
    r"(?:拟|将|已|还|并|计划|另外?|同时|决定|又|也|再)*(?:以|用|按|斥资|作价|耗资|出资|投资|花费?了?|拿出|投入)[^，。；以]{0,30}(?:元|现金|方式|对价|价格|总价|资金)$"
)
_OBJECT_ENDS = re.compile(
    r"获得?[^，。；]{1,14}(?:批准|核准|许可|通过|放行)|遭[^，。；]{1,16}(?:审查|调查|否决|反对|拒绝)|(?:正在?|仍在?)?(?:等待|有待)|(?:已经?|尚需|尚未|需要?|须)(?:由|经|获得?|通过)|(?:已经?|业)获"
)
_IN_BRACKETS = re.compile(r"[（(][^（）()]{0,12}$")
_SUBSIDIARY = re.compile(r"(?:其|旗下|通过|经由)(?:境外|海外|香港)?(?:全资|控股)?(?:子|孙)公司$")
_SPEAKS = re.compile(
    r"[^，。；]{0,10}?(?:坦承|坦言|说|认为|指出|介绍|强调|解释|回应|透露)(?:称|道|说)?[，：]"
)
_NAME_GOES_ON = re.compile(r"(?![所持的全部控多少各合约剩其])[\u4e00-\u9fff]{1,4}(?=(?:约)?[0-9.]+[%％])")
_BY_MEANS = re.compile(r"(?:拟|将|并|已|计划)*(?:以|按|通过|经由|根据)(?!.*子公司)")
_ROLE_NAME = re.compile(
    r"(?:股东(?!大?会)|实际控制人|实控人|一致行动人|子公司|孙公司|下属公司|参股公司|旗下公司|董事长|总经理|总裁|[董监]事(?!会|局)|董秘)"
    r"(?P<name>[\u4e00-\u9fffA-Za-z（）()]{2,24}?)"
    r"(?=[0-9]{1,4}[年月]|[，,]?(?:拟|计划|将|已|通过|以(?!及)|于|在|合计|累计|所持|减持|增持|预?中标|收购|受让|转让|先生|女士|此次|本次))"
)
_LATTER = re.compile(r"[，,\s]*(?P<which>后者|前者)(?=将|拟|已|以|出资|斥资|计划|同意|$|[0-9\u4e00-\u9fff])")
_FUND_NAME = re.compile(r".{2}(?:资本|创投|基金|投资|控股|集团|公司|国投|产投|城投|厂|合作社|酒庄)$")
_BARE_NAME = re.compile("[\u4e00-\u9fff]{4,8}")
_WE_WITH = re.compile(
    r"(?:^|(?<=[，。；：\n本]))(?P<who>公司|我们|集团)(?:[^，。；]{0,10}?)(?:与|和|同|跟)[^，。；]{2,30}?(?:签|达成|订立|约定)[^，。；]*[，,]$"
)
_THROUGH = re.compile("(?:通过|经由|在|于|由)(?:了)?")
_WITH = re.compile(r"(?:拟|将|并|已|还|再次|计划)*(?:与|和|同|跟|联合|携手|会同)")


class ActorReader:
    """Subjects and objects of a verb, recognised or bare; reads `lookups["deal_types"]["not_names"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties = parties
        words = lookups["deal_types"]["not_names"]
        self._not_actor = re.compile(
            f"^(?:{any_of(words['begin'])})|(?:{any_of(words['hold'])})|(?:{any_of(words['end'])})$"
            r"|^[)）]|[^\w·（）() .&-]"
        )
        self._not_target = re.compile(
            f"^(?:{any_of(words['target_begin'])}|[0-9]+家)|(?:{any_of(words['target_hold'])})"
        )
        # A name with the last of these would have been recognised.
        trades = {*lookups["deal_types"]["firm_words"], *lookups["deal_types"]["firm_ends"]}
        ends = any_of(sorted(trades - {"公司", "企业", "厂", "农场", "酒庄", "合作社"}))
        self._firm = re.compile(
            f"(?!设立|成立|组建|新设|发起|新建)(?:(?!的)[\u4e00-\u9fff]){{2,8}}(?:{ends})"
        )

    def actors(self, context: ArticleContext, start: int, left: int, end: int, role: str) -> list[Party]:
        """Subject of the clause, or of an earlier clause of the sentence."""
        return self._with_owner(context, start, self._acting(context, start, left, end, role), role)

    def _acting(self, context: ArticleContext, start: int, left: int, end: int, role: str) -> list[Party]:
        # 甲作为乙收购丙的顾问: who buys stands behind 作为.
        acting_as = context.text.rfind("作为", left, end)
        left = acting_as + 2 if acting_as >= 0 else left
        named = self._by_role(context, left, end, role)
        if named:
            return named
        end = _before_market(context, left, end)
        latter = _LATTER.match(context.text, left, end)
        told = context.mentions_in(start, left, "organization") if latter else []
        if told:
            # 甲与乙签约，后者取得: the last of those told.
            body = told[-1] if latter and latter["which"] == "后者" else told[0]
            return [Party.of(body, role)]
        we = last_match(WE, context.text, left, end)
        if we and not context.mentions_in(we.end(), end, "organization"):
            return [Party(*we.span(), self._parties.topic.meant(context, we.start()), role)]
        if _BY_MEANS.match(context.text[left:end]):
            return self.subject(context, start, left, role)
        means = _MEANS_TAIL.search(context.text[left:end])
        end = left + means.start() if means else end
        parties = self._parties.coordination(context, left, end, role, is_anchored=False)
        # 公司 that stands for an announcer without a recognised name has the words of the announcement.
        names = [
            self._named(self._behind_of(context.text, p), start)
            for p in parties
            if p.mention is not None or p.end <= left or self._is_fund(context.text[p.start : p.end])
        ]
        if names:
            if _WITH.match(context.text[left:end].strip()):
                known = {p.mention.text for p in names if p.mention}
                names = [
                    p
                    for p in self.subject(context, start, left, role)
                    if p.mention is None or p.mention.text not in known
                ] + names
            return names
        bare = _BARE_ACTOR.search(context.text[left:end])
        # 在某开发区买下某厂: where it is bought.
        is_where = bare and context.mentions_in(left + bare.start("name"), left + bare.end("name"), "place")
        if bare and not is_where and not self._not_actor.search(bare["name"]):
            return [Party(left + bare.start("name"), left + bare.end("name"), None, role)]
        return self.subject(context, start, left, role)

    @staticmethod
    def _behind_of(text: str, party: Party) -> Party:
        """某区的某厂: the unrecognised name stands behind the place."""
        of = text.rfind("的", party.start, party.end) + 1
        return replace(party, start=of) if party.mention is None and of > party.start else party

    def _is_fund(self, words: str) -> bool:
        """Whether unrecognised words end as the name of an investor does (某地某某资本)."""
        return bool(_FUND_NAME.search(words)) and self.names_firm(words)

    def _with_owner(self, context: ArticleContext, start: int, actors: list[Party], role: str) -> list[Party]:
        """甲宣布，其全资子公司乙收购: both act."""
        first = actors[0] if len(actors) == 1 else None
        if first is None or not _SUBSIDIARY.search(context.text, start, first.start):
            return actors
        owner = self._parties.topic.subject(context, start, first.start, "organization")
        if owner is None or (first.mention and owner.text == first.mention.text):
            return actors
        return [Party.of(owner, role), first]

    def _by_role(self, context: ArticleContext, start: int, end: int, role: str) -> list[Party]:
        """控股股东某某拟, 子公司某某以: the name behind a word for what its holder is."""
        found = last_match(_ROLE_NAME, context.text, start, end)
        if found is None:
            return []
        begin, stop = found.span("name")
        names = context.mentions_in(start, end, "organization", "person")
        inside = [n for n, m in enumerate(names) if begin <= m.start and m.end <= stop]
        if inside:
            last = names[inside[-1]]
            same = last.end == stop or last.start == begin
            joined = self._parties.topic.joined(context, names, inside[-1]) if same else []
            return [Party.of(m, role) for m in joined]
        return [Party(begin, stop, None, role)] if self.names_firm(found["name"]) else []

    @staticmethod
    def _named(party: Party, start: int) -> Party:
        """公司 of a clause by the name that the sentence gave it before."""
        name = party.mention
        if name is None or party.start <= name.start or name.start < start or party.signatory:
            return party
        return replace(party, start=name.start, end=name.end)

    def subject(self, context: ArticleContext, start: int, left: int, role: str) -> list[Party]:
        """Subject of an earlier clause of the sentence."""
        by_role = self._by_role(context, clause_start(context, start, max(start, left - 1)), left, role)
        if by_role:
            return by_role
        ours = last_match(_WE_WITH, context.text, start, left)
        if ours and (body := self._parties.topic.meant(context, ours.start("who"))):
            # 公司与某集团签署协议，以3.1亿元受让其持有的股权
            return [Party.of(body, role)]
        subjects = self._parties.topic.subjects(context, start, left)
        if not subjects:
            named = self._parties.topic.subject(context, start, left, "organization", "person")
            subjects = [named] if named else []
        bare = _BARE_ANNOUNCER.search(context.text, start, left)
        if bare and not self._not_actor.search(bare["name"]):
            inside = context.mentions_in(start, left, "organization", "person")
            if all(m.end <= bare.start("name") or m.start >= bare.end() for m in inside) and (
                not subjects or subjects[0].start < bare.start("name")
            ):
                return [Party(bare.start("name"), bare.end("name"), None, role)]
        # 某董事长坦言，收购…: who speaks of a deal need not do it.
        subjects = [
            m for m in subjects if m.entity_type != "person" or not _SPEAKS.match(context.text, m.end)
        ]
        return [Party.of(m, role) for m in subjects]

    def targets(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """Bodies named in the object, in order; places only if there is no body."""
        # 收购某公司已经由某委员会核准: the object ends where the next predicate begins.
        over = _OBJECT_ENDS.search(context.text, start, end)
        names: list[Mention] = context.mentions_in(start, over.start() if over else end, "organization")
        # 德国某公司（Some GmbH） is named once.
        names = [m for m in names if not _IN_BRACKETS.search(context.text, start, m.start)]
        parties = [Party.of(m, "target") for m in names]
        if parties:
            more = _NAME_GOES_ON.match(context.text, parties[-1].end, end)
            if more:
                # Of 深圳某某精密51%的股权 only the first words may be recognised.
                parties[-1] = replace(parties[-1], end=more.end())
            parties = self._with_listed(context, start, parties)
        return parties

    def _with_listed(self, context: ArticleContext, start: int, parties: list[Party]) -> list[Party]:
        """Adds the items of a list, joined by marks, of which some were recognised and others not."""
        text, known = context.text, {p.start: p for p in parties}
        listed = []
        before = _ITEMS_BEFORE.fullmatch(text, start, parties[0].start)
        gaps = [before.span("items")] if before else []
        gaps += [(a.end, b.start) for a, b in pairwise(parties)]
        tail = _ITEMS_BEHIND.match(text, parties[-1].end)
        gaps += [tail.span("items")] if tail else []
        for first, last in gaps:
            for item in _ITEM.finditer(text, first, last):
                if self.names_firm(item["name"]) and item.start("name") not in known:
                    listed.append(Party(*item.span("name"), None, "target"))
        return sorted([*parties, *listed], key=lambda p: p.start)

    def bare_targets(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """收购某某100%股权: the words in front of the shares, where no body was recognised in them."""
        text = context.text
        shares = _SHARES.search(text, start, end)
        also = _ALSO_SHARES.match(text, shares.end(), end) if shares else None
        if shares and also:
            return self._bare_in(text, start, shares) + self.bare_targets(context, also.end(), end)
        if shares is None:
            told = _LATIN_TARGET.match(text, start, end) or _QUOTED_TARGET.match(text, start, end)
            if told is None and any(m.start <= start + 1 for m in context.mentions_in(start, end, "place")):
                told = _KIND_TARGET.match(text, start, end)
            if told and self.names_firm(told["name"]):
                return [Party(*told.span("name"), None, "target")]
            return self._of_place(context, start, end)
        return self._bare_in(text, start, shares)

    def bare_firm(
        self, context: ArticleContext, start: int, end: int, *, is_sure: bool = False
    ) -> list[Party]:
        """参股某某锂业: unrecognised words that end as the names of firms do, in a stretch of their own.

        Where the verb has nothing else for its object (`is_sure`: 对某某会展增资) they may end otherwise.
        """
        article = _ARTICLE.match(context.text, start, end)
        begin = article.end() if article else start
        name = context.text[begin:end]
        is_firm = (_BARE_NAME if is_sure else self._firm).fullmatch(name) and self.names_firm(name)
        # 南屿重工 is short for the 南屿重工公司 that was told.
        told = (m for m in context.mentions_in(0, begin, "organization") if is_firm and name in m.text)
        return [Party(begin, end, next(told, None), "target")] if is_firm else []

    def sold(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """Firms whose shares a stretch tells, recognised or not."""
        return self.targets(context, start, end) or self.bare_targets(context, start, end)

    def _of_place(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """收购北京某某后: a place and a short word behind it name a firm, if the word is no common noun."""
        begin = skip_article(context.text, start)
        place = next((m for m in context.mentions_in(begin, end, "place") if m.start == begin), None)
        name = _OF_PLACE.match(context.text, place.end, end) if place else None
        if place and (of := _NAME_OF_PLACE.match(context.text, place.end, end)):
            # 花1.7亿元买下外地的海原镀膜: a trade name and a trade
            return [Party(*of.span("name"), None, "target")] if self.names_firm(of["name"]) else []
        if place is None or name is None or not self.names_firm(context.text[begin : name.end()]):
            return []
        return [Party(begin, name.end(), None, "target")]

    def _bare_in(self, text: str, start: int, shares: re.Match[str]) -> list[Party]:
        begin, stop = start, shares.start()
        if owned := _OWNED.match(text, begin, stop):
            begin = owned.end()
        if article := _ARTICLE.match(text, begin, stop):
            begin = article.end()
        bounds = [(m.start(), m.end()) for m in _TARGET_JOIN.finditer(text[:stop], begin)]
        edges = [begin, *(b for _, b in bounds)], [*(a for a, _ in bounds), stop]
        parties = []
        for first, last in zip(*edges, strict=True):
            kind = _KIND.match(text, first, last)
            name = _NAME.match(text, kind.end() if kind else first, last)
            if name and self.names_firm(name["name"]):
                parties.append(Party(*name.span("name"), None, "target"))
        return parties if len(parties) == len(edges[0]) else []

    def names_firm(self, words: str) -> bool:
        """Whether bare words can be the name of a firm: short, without a verb, a sum or a pronoun."""
        return bool(
            2 <= len(words) <= 20
            and not self._not_target.search(words)
            and not self._not_actor.search(words)
            and re.fullmatch(r"[\w·&.,'’ ()（）\-]+", words)
            and not words[0].isdigit()
        )


def _before_market(context: ArticleContext, left: int, end: int) -> int:
    """Where the words in front of 通过某交易所 end: what sells stands in front of where it sells."""
    market = next((m for m in context.mentions_in(left, end, "organization") if is_market(context, m)), None)
    through = last_match(_THROUGH, context.text, left, market.start) if market else None
    return through.start() if through and market and through.end() == market.start else end
