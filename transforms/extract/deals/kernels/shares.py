"""Shares and firms by their kernel: a word of the deed, a sum or a share, and who stands around it."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Span, last_match
from transforms.extract.deals.clauses import clause_around, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.equity_sides import ONLY_WHEN
from transforms.extract.deals.kernels.funds import of_round, payers
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.kernels.trade import RIGHTS
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import is_same, is_within
from transforms.extract.gated import DEALS

_SHARE = DEALS.compile(
    r"(?<![可未能])(?:投资入股|战略入股|增资入股|增资扩股|入股|参股|增资(?!建设|扩产|项目)|注资|领投|跟投(?!比例|机制)|(?:[A-F天使]|战略|首)\+?轮(?:融资)?"
    r"|以股权(?:形式|方式)投入?|投给了?|投[了入给进]?[^，。；]{0,14}?(?=占[股了公]|持股|[，,]占[0-9]|[，,](?:[换拿占得获][走取得到下来]?了?)[^，。；]{0,6}?(?:[0-9.]+[%％]|[一二两三四五六七八九]成)[^，。；]{0,4}?股)"
    r"|(?<=[元的])(?:股权|战略|风险|财务)投资(?!者|方|人|机构)|(?:战略|财务|基石|新的?|外部)投资(?:者|方|人)(?=[^，。；]{0,20}?(?:$|[，。；称—]))"
    r"|认购(?=[^，。；]{0,40}?(?:股权|股份(?!有限|公司|合作)|新增|基金份额|[0-9.]+[千万亿]*(?:美|港|欧|日)?元))"
    r"|(?:拿[走到]|换[走取得来]|得到)了?(?=[^，。；]{0,36}?(?:股权|股份(?!有限|公司|合作)))"
    r"|(?<=元)投资(?=[，。；]|$)|(?:(?<=[，,])|(?<=由此|从而))(?:占股?|持股)了?(?=[^，。；]{0,14}?(?:[0-9.]+[%％]|[一二三四五六七八九]成)))"
)
# Whose clause names who is given money.
_ROUND = re.compile("(?:融资|轮|投资|投资[者方人])$")
# 完成新一轮增资扩股，由甲、乙共同出资
_COMPLETES = re.compile(r"完成了?[^，。；对]{0,8}$")
_TAKES_IN = re.compile("引[入进]|迎来")
_INVESTOR_IS = re.compile("(?:投资方|领投方|投资者|出资方|投资人|投资机构)(?:为|是)$")
_TOLD = re.compile(
    "合资|合股|设立|组建|成立|注册|合建|入股|参股|增资|注资|收购|受让|认购|股权|股份(?!有限|公司|合作)|投资"
)
# 掏了6000万元，占三成股份
_PAID = re.compile(
    r"(?:掏|拿出|出|投入|投|注入|注入资金|支付)了?[^，。；]{0,20}?[0-9.]+[千万亿]*(?:美|欧|港|日)?元"
)
_TOWARDS = re.compile("[向对给为]")
_LEADS = re.compile(r"[^，。；]{0,8}?(?:[领跟参]投|(?:共同|联合|独家)(?:出资|投资))")
# 完成2亿元B轮融资，由甲领投: a round is told without a sum too, and its lead may have no recognised name.
_HIM = re.compile("[投给向对](?:给|了)?(?P<who>[他她])")
# 投给了开在某镇的“某某”直播基地
_QUOTED = re.compile("[^，。；“]{0,14}(?P<name>“[^”]{1,12}”[^，。；的]{0,8})(?=[，。；]|$)")
_ROUND_DONE = re.compile(r"(?:完成|获得?|拿到|斩获)了?(?P<title>[^，。；]{0,30}?轮\+?融资)")
_LED = re.compile(r"[，,]由?(?P<who>[^，。；：由]{2,24}?)(?:独家|联合)?领投")
_OF_FUND = re.compile(r"[^，。；]{0,8}?的[^，。；]{0,12}$")
_TAKES = DEALS.compile(
    r"(?:收购|并购|兼并|买下|盘下|接手|接盘|吃下|买断|入主|整体接管|全资控股|(?<=方式)(?:成功|正式|战略)*控股(?!股东|子公司|集团|公司|有限|权)|收入囊中|纳入囊中|揽入怀(?:中|里)?|[揽收纳招]入[麾旗]下|收归[旗名]下|接过了?(?:这个|这副|烂)?(?:盘子|摊子)|并入(?![^，。；]{2,24}?[旗麾名]下)"
    r"|(?<=股权)买了?(?:下来|过来)|(?<=股份)买了?(?:下来|过来)|(?<=资产)买了?(?:下来|过来)"
    r"|(?:收下|拿下|吃进|购下|受让|取得|入手|摘得|摘下|竞得|拍得|拍下|买走|购得|(?<!净)买[进入]|买来|购买|接过|接下|获得)(?=[^，。；]{0,40}?(?:股权|股份(?!有限|公司|合作)|全部资产|资产(?!管理|经营)|产权|厂房|产线)))"
    r"(?!贷款|[约近超]?[0-9.,]+[余多万亿]*(?:吨|公斤|斤|头|只|羽|担)|基金|价格?|站|粮|量|款|的(?!厂)|后|方|[^，。；]{0,4}目的)"
)
# 把某厂的股权买下, 对某厂的收购; 被某集团收购
_OBJECT = re.compile(r"(?:把|将|对)[^，。；]{0,16}$")
_TAKES_IT = re.compile("[把将](?:其|它|该)[^，。；]{0,8}$")
# 从某公司手里接过, 某公司持有的某厂股权
_HOLDS = re.compile("所?持有的|所持|手[里中上]|旗下的?(?!公司|企业|基金)")
_OBJECT_BARE = re.compile(r"对(?P<who>[^，。；]{3,20}?)的(?:收购|并购|兼并)")
_BY = re.compile(r"[被由](?:[^，。；]{0,10}的)?$")
_GETS = re.compile(r"(?:获得?|拿到|得到|引入|引进|引来|迎来)了?(?:来自)?(?:的)?")
_GOT = re.compile(r"(?:获得?|拿到|得到)了?[^，。；]{2,24}?元(?:的)?$")
_FALLS = DEALS.compile(
    r"(?:花落|(?P<whole>易主|易手|转手)[，,]?(?:接盘|接手|买主|买家|买方|新东家|新主人|受让)(?:的|方|者|人)?(?:是|为|系))(?P<who>[^，。；：]{2,24})"
    r"|(?P<sold>卖给|转手给|出让给|让给|嫁给)了?(?P<to>[^，。；：]{2,24})"
    r"|(?P<joins>归入|并入|纳入|划归)了?(?P<group>[^，。；：]{2,24}?)(?:[旗麾名]下|(?<=集团)|(?<=公司)|(?<=厂)|(?<=学院))(?=[，。；]|$)"
)
_ITS_OWN = re.compile("[把将](?:其|所|旗下|手中|手里)*(?:持有?|控股|拥有)?的?$")
# 完成对某公司的股权交割, 完成某公司51%股权的过户
_CLOSED = DEALS.compile(
    r"(?:完成|办结|办理完毕)了?(?:对)?(?P<whom>[^，。；]{2,40}?)(?:的)?(?:[0-9.]+[%％])?(?:的)?(?:全部|部分|国有)?(?:股权|股份|产权)(?:的)?(?:(?:无偿)?(?:划转|转让|收购|受让))?(?:至(?P<to>[^，。；]{2,20}?))?"
    r"(?:事项)?(?:的)?(?:交割|过户|交接|(?:工商)?变更登记|登记(?:手续)?)"
)
_LED_BY, _LED_WORDS = re.compile("由[^，。；]{2,24}领投"), frozenset({"领投", "跟投"})
_FOLLOWS = re.compile(r"[，,、](?P<who>[^，。；：、由]{2,24}?)跟投")
# What stands between a firm and the word of its sale at most.
_SOLD_AS = re.compile(
    r"(?:[（(][^（）()]{1,20}[)）]|(?:整体|最终|也|已|被|再次|正式|日前|近日|后来|[去今前同当]年|[0-9年月]+)|经过?[^，。；]{2,10}[，,]|以[^，。；]{2,16}|作价[^，。；]{2,12})*"
)
# 注资3亿元，成为某公司第二大股东
_BECOMES_HOLDER = re.compile(
    r"[，,](?:从而|并|一举|由此)?成为(?P<whom>[^，。；：]{2,30}?)的?(?:第?[一二三四五]?大|战略|新|控股|重要)*股东"
)
# 收购完成后甲将持有乙51%股权, 乙成为甲的子公司: what a deal leads to names its two sides.
_LEADS_TO = DEALS.compile(
    r"(?:收购|交易|转让|增资|认购|重组|划转|并购|受让|变更)(?:事项)?(?:完成|实施|结束)?之?后|(?:通过|根据)[本此该]次?(?:收购|交易|转让|增资|认购|重组|划转|并购)"
)
_OWNS = re.compile(
    r"持有(?=[^，。；]{2,40}?[0-9.]+[%％])|成为(?=[^，。；]{2,40}?(?:股东|实际控制人|(?P<owned>子公司|孙公司)))"
)
_SWEEPING = ("囊中", "怀", "怀中", "怀里", "旗下", "麾下", "拿下")
_LOT = re.compile("标段|[一二三四五六七八九0-9]标|订单|大单|合同|项目(?!公司)")
_WHOLE = re.compile("整体|全盘|全资|盘子|摊子")
# 卖给某公司一套设备
_GOODS = re.compile("[0-9一二两三四五六七八九十百千]")
_OF_SHARES = re.compile("股权|股份(?!有限|公司|合作)|产权")


class ShareKernels(KernelReader):
    """Each method gives the first deal of its kind, `shared` each of a list of investors."""

    def shared(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Words of shares with money or a share: who takes it, and of whom; each of a list of investors."""
        text = context.text
        found: list[Candidate] = []
        for cue in _SHARE.finditer(text, start, end):
            left, right = clause_around(context, start, end, cue)
            is_told = cue[0] in _LED_WORDS and _ROUND_DONE.search(text, right, end)
            if is_told or (found and left < found[-1].end):
                continue
            amounts = self._amounts(context, left, min(end, right + 24)) or self._amounts(
                context, clause_start(context, start, max(start, left - 1)), left
            )
            done, gets = _ROUND_DONE.search(text, left, cue.end()), _TAKES_IN.search(text, left, right)
            if (
                "债" in text[left:right]
                or not (amounts or done or (gets and "投资" in cue[0]))
                or context.is_inside(cue.start())
                or self._is_no_deal(context, left, right)
            ):
                continue
            is_behind = cue[0].startswith(("占", "持股"))
            paid = _PAID.search(text, clause_start(context, start, max(start, left - 1)), left)
            whom = context.mentions_in(*paid.span(), "organization") if paid and is_behind else []
            floor = context.sentences[context.sentence_at(start)][0]
            told = context.without_names(start, left) if whom else text[floor:left]
            if is_behind and (not paid or _TOLD.search(told)):
                # 甲、乙合资组建某公司，甲出资6000万元，持股60%; 增资1亿元，持股8%: told by another word.
                continue
            is_given = _ROUND.search(cue[0]) or _GOT.search(text, left, cue.start())
            is_given = is_given or _COMPLETES.search(text, left, cue.start())
            # 拟增资扩股引入战略投资者: who puts money in is not known yet.
            is_open = gets and cue[0] == "增资扩股"
            read = self._funded if is_given or is_open else self._put_in
            parties = read(context, start, left, cue, right, end)
            if paid and whom:
                # 甲投了乙3000万元，占股18%
                actor = self._sides.acting(context, start, left, paid.start(), "investor", whom[-1:])
                parties = [actor, Party.of(whom[-1], "target")] if actor else parties
            if found and payers(parties) <= payers(found[-1].parties):
                # 以1.1亿元增资入股，拿走18%的股权: the same, told on.
                continue
            if parties and cue[0] in _LED_WORDS:
                parties = of_round(context, start, left, parties)
                if found:
                    found[-1].parties += [p for p in parties if not payers([p]) <= payers(found[-1].parties)]
                    continue
            if parties:
                stop = max([right, *(q.end for q in amounts[:1])])
                found.append(self._candidate(context, left, stop, cue.span(), "equity_investment", parties))
                found[-1].title = done.span("title") if done else None
        return found

    @staticmethod
    def _amounts(context: ArticleContext, start: int, end: int) -> list[Span]:
        """Sums of money, or else shares in percent."""
        shares = (q for q in context.quantities_in(start, end) if "%" in q.text or "％" in q.text)
        return context.money_in(start, end) or [*shares]

    def _funded(
        self, context: ArticleContext, start: int, left: int, cue: re.Match[str], right: int, end: int
    ) -> list[Party]:
        """甲完成B轮融资，由乙领投，丙跟投; 公司获得乙5000万元的A轮投资; 甲引入战略投资者乙."""
        text = context.text
        # 由甲领投，乙跟投，丙完成B轮融资: they may stand in the clauses before.
        first = _LED_BY.search(text, start, left)
        bodies = context.mentions_in(first.start() if first else left, end, "organization")
        leads = [
            m
            for m in bodies
            if _INVESTOR_IS.search(text, left, m.start)
            # 甲完成由乙领投的融资: whoever stands right in front leads.
            or (
                (led := _LEADS.match(text, m.end, m.end + 12))
                and not context.mentions_in(m.end, led.end(), "organization")
            )
        ]
        gets = last_match(_GETS, text, left, right)
        if gets is not None:
            leads += [m for m in bodies if gets.end() <= m.start < right and m not in leads]
        elif not leads:
            # 某基金的3亿元A轮: whose money it is stands in front.
            leads = [m for m in bodies if m.end <= cue.start() and _OF_FUND.match(text, m.end, cue.start())]
        leads = [
            *dict.fromkeys(j for m in leads for j in self._topic.joined(context, bodies, bodies.index(m)))
        ]
        investors = [Party.of(m, "investor") for m in leads]
        if not investors:
            sums = context.money_in(gets.end(), right) if gets else []
            fund = (
                self._sides.named(context, gets.end(), sums[0].start, "investor")
                if gets and sums
                else None
                if _COMPLETES.search(text, left, cue.start())
                else self._sides.bare(context, left, cue.start(), "investor")
            )
            led = _LED.search(text, cue.end(), end)
            fund = fund or (self._sides.named(context, *led.span("who"), "investor") if led else None)
            investors = [fund] if fund else []
        if investors and (more := _FOLLOWS.search(text, cue.end(), end)):
            follower = self._sides.named(context, *more.span("who"), "investor")
            investors += [follower] if follower and follower.mention not in leads else []
        ahead = [m for m in bodies if m.end <= (gets.start() if gets else cue.start()) and m not in leads]
        funded = Party.of(ahead[-1], "target") if ahead else None
        funded = funded or self._sides.acting(context, start, left, left, "target", leads)
        is_told = investors or (ahead and re.search("^增资扩股|轮|融资", cue[0]))
        return [*investors, funded] if funded and is_told else []

    def _put_in(
        self, context: ArticleContext, start: int, left: int, cue: re.Match[str], right: int, end: int
    ) -> list[Party]:
        """甲以3亿元入股乙, 甲向乙增资: of whom the shares are stands behind, or is the firm told of."""
        text = context.text
        towards = last_match(_TOWARDS, text, left, cue.start())
        behind = context.mentions_in(cue.end(), right, "organization")
        behind = context.mentions_in(towards.end(), cue.start(), "organization") if towards else behind
        if not behind and (him := _HIM.search(text, left, right)):
            # 投他600万元，换18%的股份
            firm = self._topic.meant(context, him.start("who"))
            behind = [firm] if firm and firm.entity_type == "organization" else []
        if not behind and (holder := _BECOMES_HOLDER.match(text, right, end)):
            behind = context.mentions_in(*holder.span("whom"), "organization")
        investor = self._sides.acting(context, start, left, cue.start(), "investor", behind[:1])
        if investor is None:
            return []
        known = [investor.mention] if investor.mention else []
        if behind:
            return [investor, Party.of(behind[0], "target")]
        if bare := self._sides.actors.sold(context, cue.end(), right):
            return [investor, *bare]
        if cue[0].startswith("投给") and (quoted := _QUOTED.match(text, cue.end(), right)):
            return [investor, Party(*quoted.span("name"), None, "target")]
        target = self._sides.firm(context, start, known) or self._sides.firm(context, left, known)
        if target is None or any(is_within(target, m) or is_same(m, target) for m in known):
            return []
        return [investor, Party.of(target, "target")]

    def taken_over(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two firms around a word of taking over, or the firm that the text is about and another."""
        text = context.text
        for found in _TAKES.finditer(text, start, end):
            left, right = clause_around(context, start, end, found)
            named = context.mentions_in(left, right, "organization")
            if found[0].endswith(_SWEEPING) and _LOT.search(text, left, found.start()):
                # 塔筒标段被某公司收入囊中: a bid.
                continue
            if context.is_inside(found.start()) or RIGHTS.search(text, found.end(), right):
                continue
            if self._words["hopes"].search(context.without_names(left, right)):
                continue
            # 某法院拍卖的厂房, 由区园林局接手: neither is bought or buys a firm.
            named = [m for m in named if not (OFFICE.search(m.text) or m.text.endswith("法院"))]
            held = [m for m in named if _HOLDS.match(text, m.end) and m.start < right]
            named = [m for m in named if m not in held]
            behind = [m for m in named if m.start >= found.end()]
            ahead = [m for m in named if m.end <= found.start()]
            over = [m for m in ahead if _OBJECT.search(text, left, m.start)]
            if found[0] == "并入" and not (over or _TAKES_IT.search(text, left, found.start())):
                # 某厂并入某集团: see `fallen`.
                continue
            if not behind and over:
                # 完成了对某厂的收购, 把某厂的股权买了下来
                ahead, behind = [m for m in ahead if m not in over], over
            of_bare = None if behind or over else last_match(_OBJECT_BARE, text, left, found.end())
            over_bare = of_bare and self._sides.named(context, *of_bare.span("who"), "target")
            by = next((m for m in ahead if _BY.search(text, left, m.start)), None)
            if by is not None and not behind:
                # 某厂被某集团收购
                target = next((m for m in ahead if m.end <= by.start), None)
                given = _BY.search(text, left, by.start)
                is_of_goods = given and not ONLY_WHEN.fullmatch(text, left, given.start())
                if target is None and is_of_goods and "由" in text[left : by.start]:
                    # 今年的猕猴桃全部由某公司收购
                    continue
                target = target or self._sides.firm(context, left, [by])
            else:
                target = behind[0] if behind else ahead[-1] if len(ahead) > 1 else None
                if target is None and ahead and _WHOLE.search(text, left, found.end()):
                    # 某厂改制完成，某集团整体买断
                    target = self._sides.firm(context, left, ahead)
                by = None
            known = [target, *held] if target else held
            buyer = Party.of(by, "buyer") if by else None
            cue = of_bare.start() if over_bare and of_bare else found.start()
            buyer = buyer or self._sides.acting(context, start, left, cue, "buyer", known)
            bare = (
                [over_bare]
                if over_bare
                else []
                if target
                else self._sides.actors.sold(context, found.end(), right)
            )
            if buyer is None or not (target or bare):
                continue
            parties = [buyer, Party.of(target, "target")] if target else [buyer, *bare]
            parties += [Party.of(m, "seller") for m in held if m != buyer.mention]
            return self._candidate(context, left, right, found.span(), "acquisition", parties)
        return None

    def closed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲完成对乙的股权交割, 甲完成乙股权划转的工商变更登记: whose shares they are now."""
        for found in _CLOSED.finditer(context.text, start, end):
            left, right = clause_around(context, start, end, found)
            named = context.mentions_in(*found.span("whom"), "organization")
            to = [
                m
                for m in named
                if m.start >= found.start("whom") and found["to"] and m.end == found.end("to")
            ]
            targets = [m for m in named if m not in to]
            buyer = to[-1] if to else None
            if buyer is None and (
                actor := self._sides.acting(context, start, left, found.start(), "buyer", targets)
            ):
                buyer = actor.mention
            if buyer is None or not targets or is_within(buyer, targets[-1]):
                continue
            parties = [Party.of(buyer, "buyer"), Party.of(targets[-1], "target")]
            closed = self._candidate(context, left, right, found.span(), "equity_transfer", parties)
            closed.stage = "operating" if closed.stage == "signed" else closed.stage
            return closed
        return None

    def fallen(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """某厂易主，接盘的是甲; 某厂51%股权花落甲."""
        text = context.text
        for found in _FALLS.finditer(text, start, end):
            left, right = clause_around(context, start, end, found)
            shares = _OF_SHARES.search(text, left, found.start())
            # 某厂经过重组，并入某集团
            ahead = context.mentions_in(start if found["joins"] else left, found.start(), "organization")
            is_whole = found["whole"] or (
                ahead
                and (found["sold"] or found["joins"])
                and _SOLD_AS.fullmatch(text, ahead[-1].end, found.start())
            )
            if not ahead or not (shares or is_whole) or self._is_no_deal(context, left, right):
                continue
            who = next(name for name in ("who", "to", "group") if found[name])
            buyer = self._sides.named(context, *found.span(who), "buyer")
            if buyer is None or (buyer.mention and is_within(buyer.mention, ahead[-1])):
                continue
            if found["sold"] and _GOODS.match(text, buyer.end, right) is not None:
                continue
            parties = [buyer, Party.of(ahead[-1], "target")]
            # 甲把所持乙30%股权卖给了丙
            is_held = found["sold"] and _ITS_OWN.search(text, ahead[0].end, ahead[-1].start)
            if is_held:
                parties.insert(0, Party.of(ahead[0], "seller"))
            hint = "equity_transfer" if is_held and shares else "acquisition"
            return self._candidate(context, left, right, found.span(), hint, parties)
        return None

    def led_to(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """本次收购完成后，甲将持有乙51%的股权: no stage but what 将 says."""
        text = context.text
        opened = _LEADS_TO.search(text, start, end)
        for owns in _OWNS.finditer(text, opened.end(), end) if opened else ():
            left, right = clause_around(context, start, end, owns)
            sides = [
                self._parties.coordination(context, *span, is_anchored=False)
                for span in ((left, owns.start()), (owns.end(), right))
            ]
            named = [[p for p in side if p.mention] for side in sides]
            buyer, target = reversed(named) if owns["owned"] else named
            if buyer and target and buyer[-1].mention != target[-1].mention:
                parties = [replace(buyer[-1], role="buyer"), replace(target[-1], role="target")]
                found = self._candidate(context, left, right, owns.span(), "acquisition", parties)
                found.rule = "outcome"
                found.stage = "unknown" if "将" in text[left : owns.start()] else "operating"
                return found
        return None
