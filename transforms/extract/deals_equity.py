"""Deals about ownership and contracts won: acquisitions, investments, transfers, financing, bids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_agreements import MAX_CUES, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import ANNOUNCES, PartyReader
from transforms.extract.deals_stage import StageReader

_BUY = re.compile(
    r"(?P<verb>要约收购|吸收合并|竞购|收购|并购|受让|私有化|买下|购买|竞得|拍得|增资|注资|入股|参股|认购|战略投资|增持|减持|回购|出售|转让|卖出|买入|投资入股|投资)"
)
_NOT_BUY = re.compile(
    r"^(?:价款?|方案|人|方|事项|要约|报告|草案|计划|粮|标的|对象|额|量|率|者|商|总额|环境|基金|公司|管理|集团|控股|有限|促进|建设|款|收益|计划|发展|者)"
)
_SHARES = re.compile(
    r"(?P<share>[0-9.]+[%％](?:的)?(?:股权|股份|股本)?|全部股权|控股权|控制权|股权|股份|资产|[0-9.,]+[万亿]?股)"
)
_CROP = re.compile(r"(?:粮食?|小麦|玉米|稻谷|夏粮|秋粮|农产品|生猪|烟叶|棉花|废品|余粮|大豆|油料)")
_FUND = re.compile(
    r"(?P<verb>完成|宣布完成|获得?|获投|拿到|宣布获得|斩获)(?P<object>[^，。；]{0,60}?(?:融资|投资|增资|注资))"
)
# 完成固定资产投资3.2万亿元 tells what a country spent, not what a firm bought.
_STATISTIC = re.compile(r"(?:固定资产|民间|房地产(?:开发)?|基础设施|基建|技术改造|直接|制造业|完成)(?:投资)")
_LED = re.compile(r"(?:由)?(?P<who>[^，。；：由]{2,60}?)(?P<verb>领投|跟投|独家投资|联合领投|共同投资)")
_BID = re.compile(
    r"(?P<verb>预中标|联合中标|中标|中选|竞得|摘得|中得)(?P<rest>候选人|单位|供应商|人|通知书|金额|价格|价|额|结果|公示|公告|率)?"
)
_OWNER_LETTER = re.compile(
    r"收到(?:了)?(?P<who>[^，。；《]{2,50}?)(?:发出|发来|签发|下发|送达|出具|寄发|发|的|《|“)"
)
_BID_OBJECT = re.compile(
    r"[^，。；]{2,80}?(?:项目|工程|标段|采购|标|包|地块|用地|(?:设备|服务|系统)(?:[^，。；]{0,6}?(?:项目|采购|工程))?)(?:[（(][^（）()]{1,20}[)）])?"
)
# What stands between 收购 and the shares bought, where no name was recognised.
_BARE_TARGET = re.compile(
    r"(?:了|下)?[“\"]?(?P<name>[^，。；、和及与的%％《》“”\"]{2,20}?)[”\"]?(?:持有的|所持有?的?|旗下)?(?:的)?(?:各)?(?:约|剩余|其余|合计)?"
    r"(?:[0-9.]+[%％]|[0-9.,]+[万亿]?股|全部股权|全部股份|部分股权|部分股份|多数股权|少数股权|控股权|控制权|股权|股份(?!有限|公司))"
)
_BARE_ACTOR = re.compile(
    r"(?:^|[，。；：])(?P<name>[^，。；：、和与的了在为是其该此本被对《》“”\"0-9]{2,10}?)"
    r"(?:公告|发布公告|宣布|称|曾|已|正|现|也|又|再|还|将|拟|欲|计划|完成|成功|大幅|分别|继续|开始|合计|突然|宣布|以|[0-9.,]+[万亿]*(?:美|港|欧|日)?元|人民币|的?(?:价格|对价|总价|代价)|斥资|作价|耗资|出资|溢价|通过|获准|意向)*$"
)
_NOT_ACTOR = re.compile(
    r"^(?:晚间|当晚|合计|大幅|不超过|但|共|取得|已|曾|现|正|首次|目前|全资|确定|累计|筹划|用于|近期|股份|不超|所持|子公司|全资子|控股子|专用|公司|上市|标的|目标|交易|股东|控股股东|实际控制人|发行人|本次|同时|此前|通过|根据|由于|如果|随着|关于|并|因|双方|先后|近日|日前|今年|去年|拟|将|计划|以|用于|刚|一|两|这|那|每|各|多|有|据|从|至|其中|部分|相关)|完成|收购|购买|减持|增持|投资者|百分|股份$|股权$|[^\w·]|会$|季度$|操盘$|拟|终止|高管|数量|超过|发行"
)
# A holder without a name: whoever it is, the firm named with it is the one whose shares move.
_HOLDER = re.compile(
    r"(?:^|公司|[、的])(?:第?[一二三四五六七八九十]*大?股东|控股股东|实际控制人|实控人|高管|董监高|董事长?|监事(?:会主席)?|总裁|总经理|员工持股计划)"
    r"(?:们|及其?一致行动人)?(?:拟|计划|将|已|大笔|密集|抱团|集体|再次|继续|累计|合计|被动|大幅|违规|频繁|大举|，|,)*$"
)
# 甲公告, 甲宣布 where the name was not recognised.
_BARE_ANNOUNCER = re.compile(
    r"(?:^|[，。；：日讯】）)])(?P<name>[^，。；：、和与的了在为是其该此本被对《》“”\"0-9（）()]{2,8}?)(?:[（(][^（）()]{1,20}[)）])?"
    r"(?:晚间?|当晚|今日|当日)?(?:发布公告|公告|宣布|披露)(?:称|显示|披露|，|,)"
)
# 交易完成后甲将持有乙51%股权: what a deal leads to names its two sides.
_OUTCOME = re.compile(
    r"(?:收购|交易|转让|增资|认购|重组|划转|并购|受让|变更)(?:事项)?(?:完成|实施|结束)?(?:之)?后|(?:通过|根据)(?:本次|此次|该)(?:收购|交易|转让|增资|认购|重组|划转|并购)"
)
_OUTCOME_HOLDS = re.compile(
    r"(?P<who>[^，。；]{2,40}?)(?P<plan>将)?(?:合计|直接|间接|累计|共|仍)*(?P<verb>持有)(?P<what>[^，。；]{2,40}?)(?:的)?(?:约)?[0-9.]+[%％]"
)
_OUTCOME_BECOMES = re.compile(
    r"(?P<left>[^，。；]{2,40}?)(?P<plan>将)?(?P<verb>成为)(?P<right>[^，。；]{2,40}?)(?:的)?(?:新的?)?"
    r"(?:(?P<holder>(?:第一大|控股|间接控股|单一最大|最大)股东|实际控制人)|(?:全资|控股)(?:子|孙)公司)"
)
_SELLING = frozenset({"出售", "转让", "减持", "卖出"})
# 减持公司股份: the shares of whoever announces it.
_OWN_SHARES = re.compile(
    r"(?:其|所)?(?:持有的?|所持)?(?:本|上市)?(?:公司)?(?:的)?(?:部分|无限售流通|无限售|A股|H股)*(?:股份|股票|不超过|不超|合计|[0-9.,]+[万亿]?股|[0-9.,]+[%％])"
)
_HAS_HOLDERS = re.compile(
    r"(?:[（(][^（）()]{1,24}[)）])*[的]?(?:：|:|(?:第?[一二三]大)?股东|控股股东|董|监|高管|实控人|实际控制人)"
)
_OWN = frozenset({"增持", "减持", "回购", "认购", "卖出", "买入"})
# Verbs that buy goods as well as firms: they need shares in the clause.
_GOODS = frozenset({"购买", "认购", "回购", "出售", "转让", "卖出"})
_LOOSE = _GOODS | {"买入", "受让"}
_BOUGHT_FROM = frozenset({"收购", "并购", "受让", "购买", "买下", "买入", "竞得", "拍得"})
_BY_MEANS = re.compile(r"(?:拟|将|并|已|计划)*(?:以|按|通过|经由|根据)(?!.*子公司)")
_WITH = re.compile(r"(?:拟|将|并|已|还|再次|计划)*(?:与|和|同|跟|联合|携手|会同)")
_MAX_LOOK_BACK = 240
_TRADED = frozenset({"增持", "减持", "回购", "认购"})
_EQUITY = frozenset({"增资", "注资", "入股", "参股", "认购", "战略投资", "增持", "投资", "投资入股", "买入"})


class EquityRules:
    """Rules over verbs of buying, selling, financing and winning bids."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._bids(context, start, end)
        yield from self._financing(context, start, end)
        yield from self._bought(context, start, end)
        yield from self._outcomes(context, start, end)

    def _bought(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in islice(_BUY.finditer(text, start, end), MAX_CUES):
            verb = found["verb"]
            if _NOT_BUY.match(text, found.end()) and _NOT_BUY.match(text[found.end() : found.end() + 4]):
                continue
            if any(m.start < found.end() and found.start() < m.end for m in context.mentions_in(start, end)):
                continue
            if _STATISTIC.search(text, max(start, found.start() - 5), found.end()):
                continue
            left = clause_start(context, start, found.start())
            right = clause_start_behind(text, found.end(), end)
            if verb == "投资" and re.match(r"建设|兴建|新建|建成", text[found.end() : right]):
                continue
            if _CROP.search(text[left:right]):
                continue
            if not context.mentions_in(max(start, left - _MAX_LOOK_BACK), right):
                continue
            before, after = text[left : found.start()], text[found.end() : right]
            buyers, targets = self._roles(context, start, left, found, right)
            shares = _SHARES.search(text, left, right)
            if shares and verb in _LOOSE and not re.search(r"[股权资]", shares[0]):
                shares = None
            if verb in _LOOSE | {"投资", "增持", "减持", "参股"} and not shares:
                firm = [p for p in targets if p.mention and p.mention.entity_type == "organization"]
                if verb in _GOODS or not firm or not buyers:
                    continue
            if not [p for p in buyers + targets if p.mention is not None]:
                continue
            if not targets and (shares is None or not buyers or verb not in _TRADED):
                continue
            stage = self._stages.read("signed", before.replace("将其", "").replace("将所", ""), after)
            if stage == "signed" and re.search(r"完成(?:了|对)?[^，。]{0,30}$", before):
                stage = "operating"
            hint = (
                "equity_investment"
                if verb in _EQUITY
                else "equity_transfer"
                if verb in _SELLING | {"受让", "回购"}
                else "acquisition"
            )
            parties = [*buyers, *targets]
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=max([right, *(p.end for p in parties)]),
                cue=(found.start(), found.end()),
                base="signed",
                stage=stage,
                left=left,
                rule="bought",
                hint=hint,
                title=None,
                parties=parties,
                confidence=0.85 if buyers and targets else 0.7,
            )

    def _roles(
        self, context: ArticleContext, start: int, left: int, found: re.Match[str], right: int
    ) -> tuple[list[Party], list[Party]]:
        """Who acts and who or what is bought, by the construction around the verb."""
        text, verb = context.text, found["verb"]
        before = text[left : found.start()]
        actor = "seller" if verb in _SELLING else "investor" if verb in _EQUITY else "buyer"
        passive = re.search(r"(?:被|遭|获|获得|由|接受)(?P<by>[^，。；]{2,40}?)(?:全资|以.{2,20})?$", before)
        if passive:
            by = left + passive.start("by")
            agents = self._parties.coordination(context, by, found.start(), actor, is_anchored=False)
            patients = self._targets(context, left, left + passive.start())
            if text[found.end() : found.end() + 1] == "的":
                patients = patients or self._targets(context, found.end(), right)
            if agents:
                return agents, patients or self._subject(context, start, left, "target")
        if (holder := _HOLDER.search(before)) and verb in _OWN:
            firm = self._targets(context, left, left + holder.start()) or self._subject(
                context, start, left, "target"
            )
            return [], [replace(party, role="target") for party in firm[-1:]]
        toward = re.search(
            r"(?P<prep>对|向)(?P<whom>[^，。；]{2,60}?)(?:的|进行|实施|发起|完成|开展|提出)*(?:[0-9.约近超过亿万千百]+(?:美|港|欧|日)?元)?$",
            before,
        )
        if toward and not re.search(r"(?:发行|定向)", before):
            whom = left + toward.start("whom")
            targets = self._targets(context, whom, left + toward.end("whom")) or self._bare_target(
                context, whom, found.start()
            )
            if toward["prep"] == "向" and verb in _BOUGHT_FROM:
                actors = self._actors(context, start, left, left + toward.start(), actor)
                sellers = [replace(t, role="seller") for t in targets]
                return actors + sellers, self._targets(context, found.end(), right) or self._bare_target(
                    context, found.end(), right
                )
            if verb in _SELLING:
                buyers = [Party(t.start, t.end, t.mention, "buyer") for t in targets]
                return self._actors(
                    context, start, left, left + toward.start(), "seller"
                ) + buyers, self._targets(context, found.end(), right)
            if targets:
                return self._actors(context, start, left, left + toward.start(), actor), targets
        handle = re.search(r"(?:将|把)(?P<what>[^，。；]{2,80})$", before)
        if handle and verb in _SELLING:
            what = left + handle.start("what")
            receivers = re.compile(r"(?:给|予|至|于)").match(text, found.end(), right)
            to = (
                self._parties.coordination(context, receivers.end(), right, is_anchored=False)
                if receivers
                else []
            )
            buyers = [Party(t.start, t.end, t.mention, "buyer") for t in to]
            return self._actors(
                context, start, left, left + handle.start(), "seller"
            ) + buyers, self._targets(context, what, found.start()) or self._bare_target(
                context, what, found.start()
            )
        source = re.search(r"(?:从|自|由)(?P<who>[^，。；]{2,60}?)(?:手中|手里|处|那里)?$", before)
        if source and verb in _BOUGHT_FROM:
            who = left + source.start("who")
            sellers = self._parties.coordination(context, who, found.start(), "seller", is_anchored=False)
            if sellers:
                buyers = self._actors(context, start, left, left + source.start(), actor)
                return buyers + sellers, self._targets(context, found.end(), right) or self._bare_target(
                    context, found.end(), right
                )
        actors = self._actors(context, start, left, found.start(), actor)
        targets = self._targets(context, found.end(), right) or self._bare_target(context, found.end(), right)
        held = re.search(
            r"(?P<who>[^，。；]{2,60}?)(?:合计|分别|共同)?(?:所)?持有的?", text[found.end() : right]
        )
        if held and verb in _BOUGHT_FROM:
            behind = found.end() + held.end()
            holders = self._parties.coordination(
                context, found.end(), found.end() + held.end("who"), "seller", is_anchored=False
            )
            things = self._targets(context, behind, right) or self._bare_target(context, behind, right)
            if things:
                actors, targets = actors + holders, things
        own = _OWN_SHARES.match(text, found.end())
        if own and verb in _OWN and not targets:
            issuer = self._parties.nearest(
                context, context.paragraph(start)[0], found.start(), "organization"
            )
            own_words = re.search(r"公司|其|本", own[0])
            is_told = issuer and (ANNOUNCES.match(text, issuer.end) or _HAS_HOLDERS.match(text, issuer.end))
            if not own_words and not is_told:
                issuer = None
            if issuer and all(a.mention is None or a.mention.text != issuer.text for a in actors):
                targets = [Party(issuer.start, issuer.end, issuer, "target")]
        if verb in _OWN and actors and actors[-1].signatory:
            # 甲股份股东某某减持: who trades is the person, what is traded are shares of the body.
            body, person = actors[-1], actors[-1].signatory
            targets = targets or [Party(body.start, body.end, body.mention, "target")]
            actors = [*actors[:-1], Party(person.start, person.end, person, actor)]
        return actors, targets

    def _actors(self, context: ArticleContext, start: int, left: int, end: int, role: str) -> list[Party]:
        """Subject of the clause, or of an earlier clause of the sentence."""
        # 甲作为乙收购丙的顾问: who buys stands behind 作为.
        acting_as = context.text.rfind("作为", left, end)
        left = acting_as + 2 if acting_as >= 0 else left
        if _BY_MEANS.match(context.text[left:end]):
            return self._subject(context, start, left, role)
        parties = self._parties.coordination(context, left, end, role, is_anchored=False)
        names = [p for p in parties if p.mention is not None]
        if names:
            if _WITH.match(context.text[left:end].strip()):
                known = {p.mention.text for p in names if p.mention}
                names = [
                    p
                    for p in self._subject(context, start, left, role)
                    if p.mention is None or p.mention.text not in known
                ] + names
            return names
        bare = _BARE_ACTOR.search(context.text[left:end])
        if bare and not _NOT_ACTOR.search(bare["name"]):
            return [Party(left + bare.start("name"), left + bare.end("name"), None, role)]
        return self._subject(context, start, left, role)

    def _subject(self, context: ArticleContext, start: int, left: int, role: str) -> list[Party]:
        subjects = self._parties.subjects(context, start, left)
        if not subjects:
            named = self._parties.nearest(context, start, left, "organization", "person")
            subjects = [named] if named else []
        bare = _BARE_ANNOUNCER.search(context.text, start, left)
        if bare and not _NOT_ACTOR.search(bare["name"]):
            inside = context.mentions_in(start, left, "organization", "person")
            if all(m.end <= bare.start("name") or m.start >= bare.end() for m in inside) and (
                not subjects or subjects[0].start < bare.start("name")
            ):
                return [Party(bare.start("name"), bare.end("name"), None, role)]
        return [Party(m.start, m.end, m, role) for m in subjects]

    def _targets(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """Bodies named in the object, in order; places only if there is no body."""
        names: list[Mention] = context.mentions_in(start, end, "organization")
        return [Party(m.start, m.end, m, "target") for m in names]

    def _bare_target(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """收购某某100%股权: the words in front of the shares, where no body was recognised in them."""
        found = _BARE_TARGET.match(context.text, start, end)
        if found is None or re.match(
            r"(?:其|该|公司|上市公司|标的|目标|本公司|多家|[0-9]+家|部分|全部|相关|前|后|加大)|合计|比例|账户|手中|持有|占|总股本|期间|计划",
            found["name"],
        ):
            return []
        if (
            _NOT_ACTOR.search(found["name"])
            or not re.match(r"[\w“]{2}", found["name"])
            or found["name"][0].isdigit()
        ):
            return []
        return [Party(found.start("name"), found.end("name"), None, "target")]

    def _outcomes(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """交易完成后，甲将持有乙51%股权; 乙成为甲的子公司: two sides, and no stage but what 将 says."""
        text = context.text
        opened = _OUTCOME.search(text, start, end)
        if opened is None:
            return
        for pattern in (_OUTCOME_HOLDS, _OUTCOME_BECOMES):
            for found in islice(pattern.finditer(text, opened.end(), end), MAX_CUES):
                groups = ("who", "what") if pattern is _OUTCOME_HOLDS else ("left", "right")
                sides = [
                    self._parties.coordination(
                        context, found.start(group), found.end(group), is_anchored=False
                    )
                    for group in groups
                ]
                if pattern is _OUTCOME_BECOMES and not found["holder"]:
                    sides.reverse()
                named = [[p for p in side if p.mention] for side in sides]
                if not named[0] or not named[1] or named[0][-1].mention == named[1][-1].mention:
                    continue
                yield Candidate(
                    start=min(p.start for side in named for p in side),
                    end=found.end(),
                    cue=(found.start("verb"), found.end("verb")),
                    base="unknown",
                    stage="unknown" if found["plan"] else "operating",
                    left=found.start(),
                    rule="outcome",
                    hint="acquisition",
                    parties=[
                        replace(named[0][-1], role="buyer"),
                        replace(named[1][-1], role="target"),
                    ],
                    confidence=0.75,
                )

    def _financing(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲完成N亿元B轮融资，由乙领投、丙跟投."""
        text = context.text
        for found in _FUND.finditer(text, start, end):
            words = found["object"]
            if _STATISTIC.search(words):
                continue
            if not re.search(r"轮|[元]|战略|天使|领投|融资$", words) or "项目" in words:
                continue
            left = clause_start(context, start, found.start())
            targets = self._parties.coordination(context, left, found.start(), "target", is_anchored=False)
            if not targets:
                targets = self._subject(context, start, left, "target")
            if not targets or not any(p.mention for p in targets):
                continue
            limit = min(len(text), context.paragraph(found.start())[1], found.end() + 240)
            investors: list[Party] = [
                Party(m.start, m.end, m, "investor")
                for m in context.mentions_in(found.start("object"), found.end(), "organization")
            ]
            for led in _LED.finditer(text, found.end(), limit):
                investors += self._parties.coordination(context, led.start("who"), led.end("who"), "investor")
            stage = self._stages.read(
                "signed", text[left : found.start()], text[found.end() : found.end() + 8]
            )
            yield Candidate(
                start=min([left, *(p.start for p in targets)]),
                end=found.end(),
                cue=(found.start("verb"), found.end()),
                base="signed",
                stage=stage,
                left=left,
                rule="financing",
                hint="financing",
                title=(found.start("object"), found.end("object")),
                parties=targets[:1] + investors,
                confidence=0.85,
            )

    def _bids(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲中标乙的X项目; 甲为X的中标单位; 收到乙发来的中标通知书."""
        text = context.text
        found = _BID.search(text, start, end)
        while found is not None and found["rest"] in {
            "金额",
            "价格",
            "价",
            "额",
            "结果",
            "公示",
            "公告",
            "率",
            "通知书",
        }:
            found = _BID.search(text, found.end(), end)
        if found is None:
            return
        left = clause_start(context, start, found.start())
        right = clause_start_behind(text, found.end(), end)
        letter = _OWNER_LETTER.search(text, start, end)
        owners: list[Party] = []
        if letter:
            owners = self._parties.coordination(
                context, letter.start("who"), letter.end("who"), "owner", is_anchored=False
            )
        noun = found["rest"] in {"候选人", "单位", "供应商", "人"}
        if noun:
            link = re.search(r"(?:成为|为|是)(?!了)", text[left : found.start()])
            object_start, object_end = (left + link.end(), found.start()) if link else (left, found.start())
            contractors = (
                self._actors(context, start, left, left + link.start(), "contractor") if link else []
            )
        else:
            object_start, object_end = found.end(), right
            contractors = self._actors(context, start, left, found.start(), "contractor")
        contractors = [p for p in contractors if p.mention is None or p.mention.entity_type != "place"] or (
            self._subject(context, start, found.start(), "contractor")
        )
        if not contractors:
            return
        thing = _BID_OBJECT.search(text, object_start, object_end)
        if not owners:
            known = {p.mention.text for p in contractors if p.mention}
            names = context.mentions_in(object_start, object_end, "organization", "place")
            owners = [Party(m.start, m.end, m, "owner") for m in names if m.text not in known][:1]
        if not owners and thing is None and not context.quantities_in(found.start(), end):
            return
        base = "negotiating" if found["rest"] == "候选人" or found["verb"] == "预中标" else "signed"
        stage = self._stages.read(base, context.without_names(left, found.start()), "")
        yield Candidate(
            start=min([left, *(p.start for p in contractors)]),
            end=right,
            cue=(found.start(), found.end()),
            base=base,
            stage=stage,
            left=left,
            rule="won_bid",
            hint="won_bid",
            title=(thing.start(), thing.end()) if thing else None,
            parties=[*contractors, *owners],
            confidence=0.85,
        )


def clause_start_behind(text: str, position: int, end: int) -> int:
    """End of the clause behind a verb."""
    found = re.compile(r"[，。；！？;!?\n]|,(?![0-9])").search(text, position, end)
    return found.start() if found else end
