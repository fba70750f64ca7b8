"""Whose a body is of which an article tells: 研究院由甲与乙于2020年合办."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.antecedents import name_before
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_KIND = (
    r"(?P<name>研究院|研究所|研究中心|实验室|学院|联盟|中心|平台|加速器|孵化器|工作站"
    r"|基地|产业园|示范园|科技园|园区|示范区)"
)
_WORKS = frozenset({"基地", "产业园", "示范园", "科技园", "园区", "示范区"})
_YEAR = r"(?:[于在]?(?:[12][0-9]{3}年|[去前]年)(?:[0-9]{1,2}月)?)?"
_JOINTLY = "(?:[双两三四多]方)?(?:共同|联合|合作|携手|一起)"
_VERB = r"(?:共建|合建|合办|创办|创建|组建|设立|成立|建立|开办|兴建|建成|办)"
_BY = DEALS.compile(
    # 研究院成立于2020年，由甲与乙合办
    rf"(?:^|(?<=[，。；\n]))(?:该|这[个家所座])?{_KIND}(?:是|(?:成立|创办|组建|创建|建|启用)于)?{_YEAR}(?:[，,]是?)?由(?P<sides>[^。；：由]{{5,60}}?)"
    rf"{_YEAR}{_JOINTLY}?(?:(?:投资|出资)(?:[0-9.]+[亿万]元)?)?{_VERB}(?!后|前|时|的\w)"
    # 研究院是甲与乙2020年一起办的
    rf"|(?:^|(?<=[，。；\n]))(?:该|这[个家所座]){_KIND.replace('<name>', '<named>')}"
    rf"是(?P<of>[^。；：由]{{5,60}}?){_YEAR}{_JOINTLY}{_YEAR}{_VERB}起?来?的(?=[，。；]|$)"
)
_THIS_BY = DEALS.compile(
    # 这家由甲、乙三方出资4800万元成立的研究院
    rf"这[个家所座]由(?P<sides>[^。；：由]{{5,60}}?){_YEAR}{_JOINTLY}?"
    rf"(?:(?:投资|出资)(?:[0-9.]+[亿万]元)?)?{_VERB}的{_KIND}"
)
# 这家由商人某某投资3亿元建立的企业, 这家企业由某某投资2亿元兴建
_SUM = r"(?:于?[12][0-9]{3}年)?(?:投资|斥资|出资)(?:约|超)?[0-9.]+[余多]?[万亿]+元"
_HOUSE = "(?:企业|公司|工厂|厂|农场|酒店|民宿|园区|基地)"
_SET_UP = "(?:建立|创办|创建|兴办|兴建|开办|建设|建起)"
_PAID_BY = DEALS.compile(
    rf"这[家个座](?:由(?P<who>[^，。；]{{2,24}}?){_SUM}{_SET_UP}的{_HOUSE}"
    rf"|{_HOUSE}由(?P<whom>[^，。；]{{2,24}}?){_SUM}{_SET_UP}(?=[，。；]))"
)
# 我们在某地的第一个项目是某水厂, 某公司在华最早的工厂，是1998年建成的某厂
_FIRST_IS = DEALS.compile(
    r"(?:^|(?<=[，。；：\n“”\"]))(?P<who>[^，。；：\n]{0,20}?)在(?P<where>[^，。；的]{1,12}?)(?:投资|投建|建设|布局|投|建|开|设立|开办)*的?"
    r"(?:第[一二三四五六][个家座条处]|首[个家座条处]|最早的|唯一的)(?:海外|境外|投资|生产|制造)*"
    r"(?:项目|工厂|厂子?|基地|水厂|电站|矿山|园区|中心|实验室)[，,]?(?:就|便|也|正|则)?是(?P<what>[^，。；]{3,36})"
)
# 公司与某大学历时四年研发的某平台，今年6月上线
_RESEARCHED = DEALS.compile(
    r"(?:^|(?<=[，。；：\n“”\"]))是?(?P<who>[^，。；：]{2,60}?)(?:合作|联合|共同|携手|联手|一起|历时[^，。；的]{1,6}|[一二两三四五六七八九十0-9]+年)*"
    r"(?:研发|研制|开发|攻关)的(?P<what>[^，。；的]{3,24}?(?:平台|系统|中试线|示范线|大模型))[，,]?(?P<ahead>[^，。；]{0,24}?)"
    r"(?P<verb>上线|投用|启用|投入(?:使用|运行|应用)|试运行)"
)
_SOON, _UNDER_WAY = re.compile("将|拟|计划|预计|明年"), re.compile("在建|开工|动工|施工|封顶|建设中")
_PLANNED = re.compile(r"拟|将|计划|准备|有意|筹")
_TOLD_YEAR = re.compile("[12][0-9]{3}年|[去前]年")
_HOME = re.compile("[该我本]?(?:园区|开发区|高新区|[省市县区校院])(?:的|里的?)?(?=.{4})")
_BOTH = 2


class WhoseKernels(KernelReader):
    """Bodies told by who founded them."""

    def paid(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A plant that an article is about, and who paid for it."""
        found = _PAID_BY.search(context.text, start, end)
        if found is None:
            return None
        span = found.span("who" if found["who"] else "whom")
        payers = context.mentions_in(*span, "person", "organization")
        if not payers or payers[-1].end != span[1]:
            return None
        payer = Party.of(payers[-1], "investor")
        house = self._topic.firm(context, start, [payers[-1]])
        return Candidate(
            found.start(),
            found.end(),
            (span[1], found.end()),
            stage="operating",
            hint="project",
            parties=[payer, Party.of(house, "owner")] if house else [payer],
        )

    def first(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """The works that were a firm's first ones somewhere: 我们在某地的第一个项目是某水厂."""
        text = context.text
        found = _FIRST_IS.search(text, start, end)
        heads = list(self._names.nouns.work.finditer(text, *found.span("what"))) if found else []
        if found is None or not heads or heads[-1].end() != found.end():
            return None
        named = context.mentions_in(*found.span("who"), "organization")
        firm = named[-1] if named else self._topic.own(context, *found.span("who"))
        firm = firm or self._topic.firm(context, found.start())
        title, _ = self._names.named(context, found.start("what"), heads[-1:])
        if not (firm and self._topic.is_house(firm)) and not self._names.is_name(context, title):
            return None
        stage = "building" if _UNDER_WAY.search(text, found.end(), end) else "operating"
        return Candidate(
            found.start(),
            found.end(),
            (heads[-1].start(), found.end()),
            stage="proposed" if _SOON.search(text, found.end(), end) else stage,
            hint="project",
            title=title,
            parties=[Party.of(firm, "investor")] if firm else [],
        )

    def researched(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """What two have worked out together, once it is at work."""
        found = _RESEARCHED.search(context.text, start, end)
        sides = self._parties.coordination(context, *found.span("who")) if found else []
        if found is None or len(sides) < _BOTH or not all(p.mention for p in sides):
            return None
        return Candidate(
            found.start(),
            found.end(),
            found.span("verb"),
            stage=self._stages.read("operating", context.without_names(*found.span("ahead")), ""),
            hint="project",
            title=found.span("what"),
            parties=sides,
        )

    def told(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A body that the article named before, and who founded it together."""
        text = context.text
        found = _BY.search(text, start, end) or _THIS_BY.search(text, start, end)
        if found is None or _PLANNED.search(text, found.start(), found.end()):
            return None
        who = "of" if found.re is _BY.compiled and found["of"] else "sides"
        sides = self._parties.coordination(context, *found.span(who))
        if len(sides) < _BOTH or not any(p.mention for p in sides):
            return None
        name = "named" if who == "of" else "name"
        kind = found[name]
        named = [
            m
            for m in context.mentions
            if m.end <= found.start() and len(m.text) > len(kind) and m.text.endswith(kind)
        ]
        # Without a year it may be what the sentence before unveiled.
        behind = text[found.start() : end]
        is_at_work = found.re is _THIS_BY.compiled or who == "of" or _TOLD_YEAR.search(behind)
        body = Candidate(
            found.start(),
            found.end(),
            (found.end(who), found.end()),
            stage="operating" if is_at_work else "unveiled",
            hint="project" if kind in _WORKS else "institution",
            parties=sides,
            confidence=0.8,
        )
        if named:
            body.title = unprefixed(text, (named[-1].start, named[-1].end))
        else:
            body.title = name_before(context, self._names, body)[0] or found.span(name)
        return body


def unprefixed(text: str, title: tuple[int, int]) -> tuple[int, int]:
    """园区某中心, 该市某院: a name without the word for the place it is in."""
    home = _HOME.match(text, *title)
    return (home.end() if home else title[0], title[1])
