"""Premises that a firm has an eye on, and plain works (新厂房封顶) of the firm told of."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_around, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.kernels.works import SIGNS
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import BANK
from transforms.extract.gated import DEALS

_PLACE = (
    r"(?:地块|土地|用地|工业地|宗地|[0-9一二三四五六七八九十百千]亩地?|厂房|旧厂|老厂|厂区|厂子|砖厂|粮站|粮所|仓库|库房|车间|楼房|写字楼"
    r"|[栋幢层]楼|[0-9一二三四五六七八九十][楼栋幢层]|[0-9]平方?米|校舍|门面|商铺|院子)"
)
# 67亩地已被某公司相中，正在谈价钱; a place that is taken is told with the works it is for.
_EYED = DEALS.compile(r"(?:看中|相中|看上|选中)(?:了|的)?")
_TALKS = re.compile("谈价|价[钱格]|接洽|商[谈量]|洽谈|在谈|正谈|谈着|谈了|没谈|报价|还价|租金|租期")
_ANY_PLACE = re.compile(_PLACE)
# 新厂房封顶, 二期冷库正在打桩
_PLAIN = DEALS.compile(
    r"(?P<what>厂房|车间|厂区|仓库|冷库|冷藏库|气调库|新库|新厂|榨线|新线|加工厂|分厂|新窑)[^，。；：亿]{0,14}?"
    r"(?:(?P<building>进了?设备|上了?设备|打桩|打下?第?一?根?桩|上梁|封顶|封了顶|结顶|打地基|装设备|安装设备|装修)|(?P<operating>试生产|试车|试产|投产|投用|点火|开机|出产品))"
    r"(?!仪式|后|前|的|以来|时)"
)
# 租用两层标准厂房，做防震包装: a firm that takes a plant settles where it is.
_RENTS = DEALS.compile(
    "租[下用赁]了?[^，。；]{0,14}?(?:厂房|车间|仓库|粮[库仓站]|校舍|库房)(?=[^。；]{0,24}?(?:组装|生产|加工|制造|做|研发|从事|安装|改造|改建))"
)
# 从东莞整体搬迁至某县, 搬进了某园: a firm that moves settles where it goes.
_MOVES = DEALS.compile(
    r"(?:[从由自][^，。；从由]{2,16}?)?(?:整体|整厂|全部|全面|正式|顺利|陆续|已|退城入园[，,])*"
    r"(?:搬迁|回迁|迁移|搬|迁) ?(?:到了?|至|入了?|进了?)(?=[^，。；])"
)
# 拟赴越南设厂
_TO_SETTLE = DEALS.compile(
    "(?:拟|将|计划|打算|有意|准备|考虑|筹划|想|要)(?:[今明后]年(?:初|底|[上下]半年)?|下一步|近期)?(?:在|到|赴|去|于)[^，。；]{2,14}?(?:投资|独资|合资)?[建设办开][新分]?厂(?!房)"
)
# 总部由昆山迁至某市: what of the firm is moved.
_MOVED = re.compile(r"[从由自]|把|将|总部|园区?|[县市]|基地|工业区|开发区|新区")
# 盘下停产的县罐头厂, 以8000万元并购了邻县一家奶粉厂: a plant that is told without its name
_TAKES_OVER = DEALS.compile(
    r"(?P<verb>盘下|买下|收购|并购|兼并|购得|接手|接过|吃下|拍得|竞得|拿下)了?(?P<what>(?:[^，。；]{0,12}?(?:停产|停业|停工|停办|停摆|关停|闲置|废弃|破产|倒闭|亏损|濒临..)[^，。；的]{0,6}的"
    r"|(?P<one>[^，。；]{0,8}?(?:[一两][家座个]|[一两三四五六七八九十0-9]+条)))[^，。；、的]{1,14}?(?:厂|公司|企业|矿|砖窑|农场|茶场|林场|牧场|酒店|宾馆|生产线|产线))"
    r"(?=(?:(?:的|全部|整体)*(?:股权|资产|设备|厂房|厂区|产权|地块|土地)[^，。；]{0,8})?(?:[，。；]|$))"
)
# 收购某厂老厂区，改建为某文创园; 把旧粮库改造成中央厨房: what comes of a house that somebody has
_TURNED = DEALS.compile(
    r"(?:(?:[把将]|利用)(?P<old>[^，。；把将]{1,18}[厂楼房库校院站店场地仓村所矿社窑馆园寺祠铺区间屋宅]))?(?:陆续|逐步|整体|全部)*(?P<verb>改(?:造|建|扩建)?[成为作]|(?<=[厂楼房库校院站店场地屋宅间])(?:办|建|开)(?:起来?|成)|变身[为成]|变成)了?(?:(?:如今|现在)的)?(?:一?[座个家处条间])?"
    r"(?P<what>[^，。；]{2,24}?)(?=[，。；（(]|$)"
)
_OF_FIRM = re.compile(
    "的(?P<name>(?:第?[一二三四五六七八九]|[一二三四五六0-9]+号|[^，。；的]{2})[^，。；的]{2,6})"
)
_BRINGS = re.compile("(?:引进|引来|引入|招来|招引|请来)了?$")
_DONE = re.compile("投产|投用|开业|启用|运营|完工|竣工")
_BUYS = re.compile("收|并购|买|盘下|拍|竞|摘|接")
_MONEY = re.compile("投资?|出资|投入")
_HAS_IT = re.compile(
    r"买下|买来|收购|并购|租[下用赁]|盘下|收储|拍[下得]|竞得|摘得|接手|接过|腾出|收回|流转|承包|盘活|利用|投资|出资|投入|[投出](?=[0-9])"
)
# 把自己的酒厂卖给了某集团
_SOLD_TO = DEALS.compile(
    r"[把将](?P<what>[^，。；把将]{2,30}?(?:厂|公司|企业|酒店|宾馆|农场|牧场|矿|店))(?:整体|全部|一并|以[^，。；]{2,12}元(?:的价格)?)*(?P<verb>卖|转手|转让|转|盘|出让)给了?(?P<who>[^，。；]{2,30})"
)
_DENIED = re.compile(r"(?:未|没有?|不|若|如果|一旦|希望|想|能否|不得|禁止)[^，。；]{0,4}$")
_PLANNED = re.compile(r"拟|计划|打算|准备|将(?!近)|有意|想")
_NO_OWNER = re.compile("[园区]$|项目部|建工|建设集团|工程局")
_BY = re.compile("被[^，。；：被]{2,20}$")
_WHO = ("organization", "person", "place")
_UNDER_WAY = re.compile("正在?|着手|开始|加紧|动工")
_MAX_BACK, _MAX_NEAR = 150, 8


class PremisesKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence."""

    def eyed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Land or a plant that a firm has an eye on and whose price is talked of."""
        text = context.text
        deed = _EYED.search(text, start, end)
        if deed is None or not (_ANY_PLACE.search(text, start, end) and _TALKS.search(text, start, end)):
            return None
        found = self._told(context, (start, end), deed, "negotiating", "transfer", "buyer")
        by = _BY.search(text, start, deed.start())
        buyer = self._sides.named(context, by.start() + 1, deed.start(), "buyer") if by and found else None
        if by and found and buyer:
            # 某厂的厂房被某公司看中: who had it stands in front.
            had = [Party.of(m, "seller") for m in context.mentions_in(start, by.start(), "organization")[-1:]]
            found.parties = [buyer, *had]
        return found

    def rented(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A plant that a firm rents to make something in it."""
        rents = _RENTS.search(context.text, start, end)
        return self._told(context, (start, end), rents, "landed", "project", "investor") if rents else None

    def taken(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A plant without a name of its own that a firm or a person takes over."""
        text = context.text
        deed = _TAKES_OVER.search(text, start, end)
        if (
            deed is None
            or context.is_inside(deed.start())
            or (deed["one"] and not context.money_in(start, end))
        ):
            return None
        left, right = clause_around(context, start, end, deed)
        before = text[left : deed.start()]
        if _DENIED.search(before) or self._is_no_deal(context, left, right):
            return None
        ahead = context.mentions_in(start, deed.start(), "organization", "person")
        buyers = [m for m in ahead if m.entity_type == "person" or self._topic.is_firm(m)]
        # 张三透露，公司有意收购某厂: who speaks buys nothing.
        own = self._topic.own(context, left, deed.start())
        actor = (
            Party.of(buyers[-1], "buyer")
            if buyers and not own
            else self._sides.acting(context, start, left, deed.start(), "buyer")
        )
        if actor is None:
            return None
        what = deed.span("what")
        named = next((m for m in context.mentions_in(*what, "organization") if m.end == what[1]), None)
        name = named.start if named else max(what[0], text.rfind("的", *what) + 1)
        return Candidate(
            left,
            right,
            deed.span("verb"),
            stage=self._stages.read("operating", context.without_names(left, deed.start()), ""),
            base="operating",
            hint="acquisition",
            parties=[actor, Party(name, what[1], named, "target")],
            confidence=0.55,
        )

    def sold(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A plant without a name of its own that its owner sells to a firm."""
        text, found = context.text, _SOLD_TO.search(context.text, start, end)
        buyers = context.mentions_in(*found.span("who"), "organization", "person") if found else []
        if found is None or not buyers or context.is_inside(found.start("verb")):
            return None
        left = clause_start(context, start, found.start())
        before = context.without_names(left, found.start())
        if _DENIED.search(before) or self._is_no_deal(context, left, found.end()):
            return None
        what = found.span("what")
        named = next((m for m in context.mentions_in(*what, "organization") if m.end == what[1]), None)
        name = named.start if named else max(what[0], text.rfind("的", *what) + 1)
        sellers = context.mentions_in(left, found.start(), "organization", "person")
        return Candidate(
            left,
            buyers[0].end,
            found.span("verb"),
            stage=self._stages.read("signed", before, ""),
            hint="acquisition",
            parties=[
                *(Party.of(m, "seller") for m in sellers[-1:]),
                Party(name, what[1], named, "target"),
                Party.of(buyers[0], "buyer"),
            ],
            confidence=0.55,
        )

    def turned(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """What a firm or a person makes of a plant, a school or a store that it has taken over."""
        text, found = context.text, _TURNED.search(context.text, start, end)
        if found is None or context.is_inside(found.start("verb")):
            return None
        left = clause_start(context, start, found.start("verb"))
        has = list(_HAS_IT.finditer(text, start, found.start("verb")))
        what = found.span("what")
        if not (has or found["old"]) or not self._names.nouns.work_end.search(found["what"]):
            return None
        ahead = context.mentions_in(start, has[0].start() if has else found.start(), *_WHO)
        houses = [m for m in ahead if not (OFFICE.search(m.text) or (m.entity_type == "place" and has))]
        own = self._topic.own(context, start, found.start())
        actor = own or (houses[-1] if houses else None)
        if actor is None or self._is_no_deal(context, left, found.end()):
            return None
        title, _ = self._names.named(
            context, what[0], list(self._names.nouns.work.finditer(text, *what))[-1:]
        )
        ahead_of = found.start("old") - 1 if found["old"] else found.start("verb")
        stage = self._stages.read("operating", context.without_names(left, ahead_of), "")
        if stage == "proposed" and has and _BUYS.match(has[0][0]):
            # 收购某厂，计划改造为某线: a plan is told with the purchase.
            return None
        if stage == "operating" and SIGNS.search(text, start, left) and not _DONE.search(text, what[1], end):
            stage = "signed"  # 县里与某公司签了协议，由对方出8000万元把老电厂改造成某电站
        if has and _MONEY.fullmatch(has[0][0]) and _PLANNED.search(text, start, has[0].start()):
            stage = "proposed"  # 拟投1.3亿元，将原水泥厂改建为某中心
        return Candidate(
            left,
            what[1],
            found.span("verb"),
            stage="building" if _UNDER_WAY.search(text, left, found.start("verb")) else stage,
            base="signed" if stage == "signed" else "",
            hint="project",
            title=title if self._names.is_name(context, title) else None,
            parties=[Party.of(actor, "investor"), *_brought_by(context, start, actor)],
        )

    def moved(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that moves to a place, with its plant or its seat."""
        moves = _MOVES.search(context.text, start, end)
        if moves is None or not _MOVED.search(context.text, moves.start(), end):
            return None
        found = self._told(context, (start, end), moves, "landed", "project", "investor")
        firm = found.parties[0].mention if found else None
        if found is None or firm is None or not self._topic.is_firm(firm) or BANK.search(firm.text):
            return None
        hosts = [p for p in self._works_sides.zone(context, moves.end(), end) if p.mention]
        found.parties += hosts
        is_zone = any(p.mention and p.mention.text[-1] in "园区" for p in hosts)
        return found if is_zone or moves[0][0] in "从由自" or context.money_in(start, end) else None

    def planned(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that is to have a plant somewhere, of which no more is told."""
        plan = _TO_SETTLE.search(context.text, start, end)
        found = self._told(context, (start, end), plan, "proposed", "project", "investor") if plan else None
        firm = found.parties[0].mention if found else None
        return found if firm and self._topic.is_firm(firm) else None

    def plain(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Works without a name whose progress is told of the firm in front of them."""
        works = _PLAIN.search(context.text, start, end)
        stage = str(works.lastgroup) if works else ""
        found = self._told(context, (start, end), works, stage, "project", "owner") if works else None
        if found and works and found.parties[0].end <= works.start():
            # 某公司的三期车间: a name of its own, by which it is none of the works told behind it.
            name = _OF_FIRM.fullmatch(context.text, found.parties[0].end, works.end("what"))
            found.title = name.span("name") if name else None
        return found

    def _told(
        self,
        context: ArticleContext,
        item: tuple[int, int],
        deed: re.Match[str],
        stage: str,
        hint: str,
        role: str,
    ) -> Candidate | None:
        text, (start, end) = context.text, item
        left, right = clause_around(context, start, end, deed)
        # 厂房尚未封顶, 车间将于明年投产: the word may stand inside, in front of the verb.
        group = deed.lastgroup
        before = text[left : deed.start(group) if group else deed.start()]
        if (
            context.is_inside(deed.start())
            or _DENIED.search(before)
            or self._is_no_deal(context, left, right)
        ):
            return None
        actor = self._sides.acting(context, start, left, deed.start(), role)
        body = actor.mention if actor else None
        if actor is None or body is None or body.entity_type != "organization" or OFFICE.search(body.text):
            return None
        is_far = stage == "negotiating" or deed.re in {_MOVES.compiled, _TO_SETTLE.compiled}
        is_far |= deed.re is _PLAIN.compiled and "分厂" in deed[0]
        far = _MAX_BACK if self._topic.is_firm(body) and is_far else _MAX_NEAR
        floor = context.paragraph(deed.start())[0]
        if _NO_OWNER.search(body.text) or not floor <= actor.start < deed.start() <= actor.end + far:
            return None
        return Candidate(
            left,
            right,
            deed.span(),
            stage="proposed" if _PLANNED.search(before) else stage,
            base=stage,
            hint=hint,
            parties=[actor],
            confidence=0.55,
        )


def _brought_by(context: ArticleContext, start: int, firm: Mention) -> list[Party]:
    """镇政府引进某公司，把旧车间改成某厂: who has brought the firm in."""
    brings = _BRINGS.search(context.text, start, firm.start)
    who = context.mentions_in(start, brings.start(), "organization", "place") if brings else []
    return [Party.of(m, "host") for m in who[-1:]]
