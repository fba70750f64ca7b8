"""Pacts by their kernel: two bodies beside each other, a word of a pact, and the paper if it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.kinds import ONLY_ORDERS
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import are_own, himself
from transforms.extract.deals.same import with_each
from transforms.extract.deals.signers import SignerReader, is_bare, is_named, named_behind, spoken_for
from transforms.extract.deals.topic import is_same, is_within
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 省政府与教育部共建的综合性大学: who keeps it.
_KEPT_BY = re.compile(r"共建的?[^，。；、与和]{0,16}?(?:大学|高校|院校)")
# Two bodies beside each other, and the words of a pact.
_BESIDE = re.compile(
    r"[^，。；：]{0,24}?(?:与|和|同|跟|及|暨|携手|牵手|对接|托管|委托|联合|联手|结对|成为)[^，。；：]{0,12}|[—-]"
)
_AT = re.compile(r"[在于赴到][^与和同跟]*$")
# 甲、乙各出资一半: each does, or all of them together.
_EACH = re.compile(r"[^，。；：]{0,12}?(?:各|分别|共同|联合|合资|携手|一起|签约|结[为成]|缔结|互为)")
# 甲、乙两家公司则分别与丙签约
_EACH_WITH = re.compile(
    r"(?:等|[两三四][家所个校][\u4e00-\u9fff]{0,4})?(?:则|也|还|已|日前|近日)*(?:分别|各自)(?:与|和|同|跟)"
)
_PACT = re.compile(
    r"(?<!见证)(?<!出席)签(?=[订署下了定的一完成过]|约(?![”\"]?的?(?:方式|形式)|代表|企业|单位|客商|嘉宾|[双各三]方)|字(?:仪式|活动))|(?<=[议同录书定本件》]上)签(?=[了下]?字)|约定|(?:(?<=协议)|(?<=合同))[写载]明|达成(?!(?<=[未能]达成)一致|(?<=没有达成)一致)|谈妥|谈成|谈定|敲定|商定|议定|共建|合建|合办|合资|合营|联营|托管|联合建|合作建|结对|结亲|联姻|一拍即合|走到了?一起|结为|结成|缔结|共同出资|交换文本|换文(?!的?[方形]式)"
)
# 建立了良好的合作关系 tells how two stand with each other, and no deal.
_TIES = (
    r"(?:(?:结[为成]|缔结|建立|互为)(?![^，。；]{0,8}(?:良好|紧密|密切|深厚|牢固|稳固))[^，。；]{0,12}?(?:友好|友城|姊妹|姐妹|兄弟|对口|帮扶|手拉手|伙伴|合作关系|协作关系)"
    r"|成为[^，。；]{2,24}?的?(?:合作伙伴|战略伙伴|合伙人|供应商))[^，。；、]{0,8}"
)
# 缔结友好城市事宜, of which two talk
_TALKED_OF = re.compile("事宜|一事|事项|意向|可能")
_JOINTLY = re.compile(r"[^，。；]{0,6}?(?:共建|合建|合办|签|续签|结为|结成|缔结|结对|联合|共同)")
# 举行签约仪式和“某实验室”授牌仪式: what is held besides is no side.
_WITH = re.compile(r"(?<!仪式)(?<!活动)(?:与|和|同|跟|向)(?:来自)?[^，。；：]{0,12}?$")
_SHORT = re.compile("[\u4e00-\u9fff]{2,6}(?=[与和同跟])")
_JOINTS = frozenset({"、", "和", "与", "及", "以及"})
_SEAT = frozenset({"county", "city", "province", "township", "village", "park"})
_SEAT_NAME = re.compile("(?:[市县乡镇港]|街道|[新城]区|[0-9一二三四五六七八九十]团)$")
# 与甲、乙等29家企业达成合作, 与甲、乙、丙三家企业签约: what counts those that are named is no sum of deals.
_AND_OTHERS = re.compile(
    "等[^，。；、]{0,6}家[^，。；、]{0,4}企业|[、和与及](?:□{2,24}|[^，。；、]{0,8})[两三四五六七八九十]家[^，。；、]{0,4}企业"
    "|银企(?=[^，。；]{0,6}协议)"
)
# 就某项目进行洽谈，达成建设协议
_REACHED = re.compile("达成了?(?![^，。；]{0,6}(?:意向|初步|框架))[^，。；]{0,6}(?:协议|合同)")
_SIGNED = re.compile("签|续|互?换|交换|结")
# With these a paper is the deal, whatever works or goods it is about.
_SIGNS = re.compile("签|续|换签|达成|敲定|谈[妥定成]|订立")
_ATTENDS = re.compile(
    "(?:见证|出席|参加|列席|主持)了?(?!下)(?:[^，。；、与和下]{0,12}(?:协议|协定|合同|备忘录|项目))?$"
)
_TOLD_OF = re.compile(
    f"{_ATTENDS.pattern}|(?:[这此本该]次|随着|自从)$"
    "|(?:为|是|系|以|通过)(?:视频|线上|网上|在线|远程|云|现场|书面)(?:方式|形式)?$"
)
_EVENT = re.compile(
    r"签[约字](?:暨[^，。；]{0,12})?(?:活动|仪式|大会|会)(?:昨天|今天|日前|近日|[0-9月日上下午]+)*(?:在|于)"
)
# 甲公司A项目、乙公司B项目等12个项目现场签约: each firm signs for its own.
_WORKS_SIGNED = re.compile(
    "(?:项目、[^。；]*?[0-9一二三四五六七八九十]+个[^，。；]{0,8}|、[^。；]*?等(?:[0-9一二三四五六七八九十]+个[^，。；]{0,20}?)?)项目(?:也|在|当[天日]|进行了?|先后|陆续|现场|集中|成功|正式|同时|顺利|分别)*$"
)
# 8家银行与46户企业现场签约: of none of them the name is told.
_COUNTED = re.compile(
    "(?:共有?|当[天日]|现场|首批)*[0-9一二两三四五六七八九十百]+余?[家户名位个所][^，。；与和]{1,10}[与和同跟][0-9一二两三四五六七八九十百]+余?[家户名位个所]"
)
# 就促进某产业发展签署战略协议: what the paper is about wishes nothing.
_ABOUT = re.compile("(?:就|围绕|针对)(?:(?![拟将]|计划|打算|准备|即将)[^，。；]){4,40}$")
_FOR_THEM = re.compile(r"代表(?:双方|各方|三方|各自|两地|两校)?(?:进行|现场)?$")
# 签约，后者以1200万元取得某公司15%的股权: the purchase is the deal.
_LATTER_TAKES = re.compile(
    r"[订署约]*[，,](?:后者|前者)(?:将|拟|已)?以[^，。；]{2,20}?(?:取得|获得|收购|受让|认购|持有|拿下)[^，。；]{2,30}?股[权份]"
)
_CAME = re.compile(r"[^，。；：]{2,30}?(?:来?到|赴|前往|莅临|走进)")
_SIGNS_THERE = re.compile("(?:正式|举行)?签[订署约]")
# 签约结束后，张三与李四共同按下按钮
_AFTER = re.compile("[，。；：\n“”]签约(?:仪式|活动|环节)?(?:结束|完毕|完成)?之?[后前][，,]")
# 甲产业园、乙电站等签约项目 is no paper; 甲公司签约落户乙区 comes there.
_OF_LISTED = re.compile(
    "等(?:新|集中|已)?签约(?:的)?(?:重点|产业|招商)*项目|.签约(?:落户|入驻|进驻|落地)[^，。；协合]{2,20}(?:[，。；]|$)"
)
# 同它签了: who was named before the subject.
_WITH_IT = re.compile(r"(?:与|和|同|跟)(?:它|其|对方|后者|他们|它们)(?!\w{0,3}公司)[^，。；]{0,6}$")
# 由甲与乙合办, 共同出资建设: nothing is named behind.
_BY_TWO = re.compile("(?:出资|建设|建立|成立|组建|设立|运营|管理|打造|开行|投资)*")
_DONE, _NOT = frozenset("了的"), frozenset("未没不")
# 合资设立的企业, 合资办了一家公司
_STANDS = re.compile(
    "(?:合资|合股|共同出资|合作|联合)+(?:设立|成立|组建|创办|开办|兴办|办|建)(?:起?了|起来|的)"
)
_MAX_ADVERBS, _MAX_TOLD, _SIGNED_CHARS = 12, 400, 3
_PAPER_BEHIND = re.compile(r"[》”\"]的?[^，。；\n《“]{0,6}?(?:协议书?|合同|备忘录|意向书|协定)")
_WITH_MARKS, _VENTURE = frozenset("与同和跟"), re.compile("合资(?:公司|企业)")
_ON_PAPER = re.compile(
    "[在于](?:相关|有关|合作|框架|战略)*(?:协议|合同|备忘录|意向书|文本)(?:书|文本|文件)?上$"
)
# 拟与某市结为友好城市 is planned without a paper too.
_TOWNS = re.compile("(?:结[为成]|缔结|建立|互为)[^，。；]{0,6}?(?:友好|友城|姊妹|姐妹)")


class PactKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        self._signers = SignerReader(readers.parties)
        papers = f"(?:{any_of(words['papers'])}){ONLY_ORDERS}"
        self._pact = DEALS.compile(
            rf"{_TIES}|{_PACT.pattern}|(?:注册)?(?:成立|组建|设立)了?(?=[^，。；]{{2,24}}(?:公司|基金))"
            rf"|(?:签|续|换签|互?换|订|敲定|交换|接下|拿下)(?=[^，。；：]{{0,24}}?(?:{papers}))"
        )
        self._signs = re.compile(
            rf"(?:[签续]|互?换|交换)[订署下了约]*[^，。；：]{{0,24}}?(?:{papers})|{_TIES}"
        )
        self._other = re.compile(
            rf"(?:与|和|同|跟)(?P<who>[^，。；：]{{2,20}}?)(?:[0-9年月日]|近日|日前|刚刚?|已|又|再次|正式|当场|现场|把)*"
            rf"(?:签|续签|敲定|订立|订下)[^，。；：]{{0,24}}?(?:{papers})"
        )
        self._no_deal = re.compile(
            rf"[了署订发下]*[^，。；：]{{0,14}}?(?:{any_of(words['not_deals'])})(?![\u4e00-\u9fff])"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Papers that an item says are signed: each with its two sides."""
        for _ in range(MAX_CUES):
            found = self.agreed(context, start, end)
            if not found or not _SIGNS.match(context.text, found[0].cue[0]):
                return
            if not self._tells_of_it(context, start, found[0]):
                for candidate in found:
                    candidate.rule, candidate.confidence = "signed", 0.9
                    yield candidate
            start = max(c.end for c in found)

    def _tells_of_it(self, context: ArticleContext, start: int, paper: Candidate) -> bool:
        """Whether words speak of a signing that is told elsewhere: 出席签约仪式, 代表双方签字."""
        text, verb = context.text, paper.cue[0]
        left = clause_start(context, start, verb)
        told = _FOR_THEM.search(text, left, verb) and self._pact.search(text, max(0, left - _MAX_TOLD), left)
        bodies = {
            p.mention.text for p in paper.parties if p.mention and p.mention.entity_type == "organization"
        }
        if len(bodies) > 1 and all(text.find(name) >= left for name in bodies):
            # 某局局长张三与某公司董事长李四代表双方签订: of whom nothing was told before.
            told = None
        return bool(
            told
            or _TOLD_OF.search(text, left, verb)
            or _LATTER_TAKES.match(text, paper.cue[1], paper.end + 60)
        )

    def agreed(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Pacts of two bodies side by side, of each pair where several are told."""
        whole = self._agreed(context, start, end)
        return self._with_each(context, whole, end) if whole else []

    def _with_each(self, context: ArticleContext, whole: Candidate, end: int) -> list[Candidate]:
        """甲、乙分别与丙、丁签署: the first with the first; 甲与乙、丙与丁签署: each two."""
        stop = max(p.end for p in whole.parties)
        each = _EACH_WITH.match(context.text, stop, end)
        right = clause_end(context.text, stop, end)
        others = context.mentions_in(each.end(), right, "organization", "place") if each else []
        if each is None or not others:
            return [*with_each(context, whole)]
        ones = whole.parties
        if len(others) >= len(ones):
            pairs = list(zip(ones, others, strict=False))
        else:
            pairs = [(one, others[0]) for one in ones]
        return [
            replace(
                whole,
                start=one.start,
                parties=[one, Party.of(m)],
                is_each=True,
            )
            for one, m in pairs
        ]

    def _agreed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        text = context.text
        if not (self._pact.search(text, start, end) or self._words["talks"].search(text, start, end)):
            return None
        signed = self._in_front(context, start, end)
        verb = self._pact.search(text, start, end)
        if verb and _COUNTED.match(text, clause_start(context, start, verb.start()), verb.start()):
            return None
        if verb and not signed and self._signers.are_for_both(context, start, verb.start()):
            return None
        are_bodies = signed and are_own(text, signed)
        behind = [] if signed else named_behind(context, verb, end)
        sides = signed if are_bodies else behind or self._pair(context, start, end) or signed
        sides = self._with_actor(context, start, sides) or self._of_one(context, start, end)
        sides = [himself(context, p) for p in sides]
        if event := _EVENT.search(text, start, end):
            # 项目签约活动在某馆举行: where people met signs nothing.
            sides = [p for p in sides if p.end <= event.start()]
            sides = sides if len(sides) > 1 else []
        # 签约项目座谈会上说甲与乙…: what is told stands behind who does it.
        begin = max(start, sides[0].start) if sides and not behind else start
        # 甲、乙负责人参加签约仪式: who is there signs nothing.
        pacts = (
            c
            for c in self._pact.finditer(text, begin, end)
            if not (
                _ATTENDS.search(text, begin, c.start())
                or _OF_LISTED.match(text, c.start() - 1)
                or _AFTER.match(text, c.start() - 1)
            )
        )
        cue = next(pacts, None) or self._words["talks"].search(text, begin, end)
        if cue and _ON_PAPER.search(text, start, cue.start()):
            # 张三、李四在协议上签字: what they sign was told before.
            sides = [] if self._pact.search(text, max(0, cue.start() - _MAX_TOLD), begin) else sides
        if not sides or cue is None or _WORKS_SIGNED.search(text, sides[0].end, cue.start()):
            return None
        right = clause_end(text, cue.end(), end)
        if _KEPT_BY.match(text, cue.start(), right):
            return None
        sides = self._signers.by_place(context, self._kinds.title_of(text, cue.end(), right), sides)
        if text[sides[0].start - 1 : sides[0].start] == "由" and _BY_TWO.fullmatch(text, cue.end(), right):
            # 该院区由甲与乙合办: who founded what was told.
            return None
        thing = self._kinds.signed_thing.match(text, cue.end(), right)
        # 签署推动某地发展战略合作协议: the name of a paper wishes nothing.
        named = self._kinds.title_of(text, cue.end(), right)
        begin, stop = begin if behind else max(start, sides[0].start), thing.end() if thing else right
        about = _ABOUT.search(text, begin, cue.start())
        ahead = about.start() if about else cue.start()
        words = context.without_names(begin, ahead)
        words = words + context.without_names(cue.start(), named[0]) + text[named[1] : stop] if named else ""
        words = _AND_OTHERS.sub("", words or context.without_names(begin, stop))
        if self._words["hopes"].search(words) or self._words["sums"].search(words):
            return None
        if not named and self._no_deal.match(text, cue.end(), right):
            return None
        left = sides[0].end if sides[0].start >= start else start
        # 甲拟在某县设立分院，与乙签订了协议: what has been signed is no plan.
        if "了" in text[cue.start() : cue.start() + _SIGNED_CHARS]:
            left = max(left, clause_start(context, left, cue.start()))
        stage = self._stages.read("signed", context.without_names(left, max(left, ahead)), "")
        # 洽谈会上签署: talks are over; 签了意向书: of a paper only what it is called counts.
        is_paper = _SIGNED.match(cue[0]) or _REACHED.match(text, cue.start(), right)
        told = (cue.start(), right) if is_paper else (start, end)
        talks = self._words["talks"].finditer(text, *told)
        # 产销对接协议 is signed, 意向协议 is not.
        is_named = (named and named[0] <= t.start() < named[1] and "意向" not in t[0] for t in talks)
        if stage == "signed" and (not all(is_named) or _TALKED_OF.search(cue[0])):
            stage = "negotiating"
        ends = self._words["ends"].search(text, start, end)
        stage = "ended" if ends and text[ends.start() - 1] not in _NOT else stage
        if stage == "negotiating" and self._words["gives_up"].search(text, cue.end(), right):
            # 洽谈合作未果
            stage = "ended"
        is_planned = stage == "proposed" and not (
            _VENTURE.search(text, cue.start(), right) or _TOWNS.match(text, cue.start(), right)
        )
        if is_planned and not self._kinds.paper.search(text, cue.start(), right):
            return None
        if stage == "signed" and self._stages.is_put_off(text[cue.end() : right]):
            stage = "proposed"
        if stage == "signed" and sides[0].start > start and text[sides[0].start - 1] in _WITH_MARKS:
            # 届时将与某集团签署: the plan stands in front of the only side.
            lead = context.without_names(clause_start(context, start, sides[0].start), ahead)
            stage = self._stages.read(stage, lead, "")
        hint, title, parties = self._kinds.kind(context, start, end, cue, sides)
        # 达成共识，将研究设立某港: nothing is signed.
        stage = "proposed" if hint == "project" and "共识" in text[cue.end() : right] else stage
        if stage == "signed" and title and text[slice(*title)].rstrip("》”").endswith("意向书"):
            stage = "negotiating"
        is_firm = stage == "signed" and hint == "joint_venture"
        is_told = title and text[title[0] - 1] in _DONE and text[title[1] - 1] == "司"
        if is_firm and (is_told or (_STANDS.match(text, cue.start(), right) and not _SIGNED.match(cue[0]))):
            stage = "unveiled"
        # 签署《某研究院》共建协议: the paper is part of what is told.
        paper = _PAPER_BEHIND.match(text, title[1], right) if title else None
        told_to = paper.end() if paper else title[1] if title else 0
        return Candidate(
            max(start, sides[0].start),
            max(sides[-1].end, cue.end(), told_to),
            cue.span(),
            stage=stage,
            base="signed",
            left=left,
            hint=hint,
            title=title,
            parties=parties,
        )

    def _with_actor(self, context: ArticleContext, start: int, sides: list[Party]) -> list[Party]:
        """公司将与甲、乙组建合资公司: whom 公司 means is a side too."""
        first = sides[0].start if sides else start
        if first <= start or context.text[first - 1] not in _WITH_MARKS:
            return sides
        actor = self._topic.own(context, clause_start(context, start, first), first - 1)
        is_told = actor is None or any(p.mention and is_same(p.mention, actor) for p in sides)
        return sides if is_told or actor is None else [Party.of(actor), *sides]

    def _in_front(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """Who stands in front of a verb of signing, if there are two."""
        verb = self._pact.search(context.text, start, end)
        if verb is None or not _SIGNS.match(verb[0]) or context.is_inside(verb.start()):
            return []
        left = clause_start(context, start, verb.start())
        sides = self._signers.sides(context, start, left, verb.start())
        if len(sides) == 1 and _WITH_IT.search(context.text, left, verb.start()):
            sides += self._signers.other_before(context, left, sides[0])
        is_known = sides and (sides[0].mention or is_named(context, sides[0]))
        return sides if len(sides) > 1 and is_known else []

    def _of_one(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """A body and with whom it signs a paper, where the other is no recognised name (与一家超市签合同)."""
        other = self._other.search(context.text, start, end)
        if other is None or context.is_inside(other.start()):
            return []
        left = clause_start(context, start, other.start())
        named = context.mentions_in(left, other.start(), "organization")
        who = self._parties.coordination(context, *other.span("who"))
        own = self._topic.own(context, left, other.start())
        actor = named[-1] if named and named[-1].end >= other.start() - _MAX_ADVERBS else own
        if actor is None or not self._topic.is_house(actor):
            return []
        return [Party.of(actor), *(p for p in who if not p.mention)]

    def _pair(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """Bodies side by side with what joins them, or one behind 与 and the firm that the text is about."""
        text = context.text
        named = context.mentions_in(start, end, "organization", "place")
        # 某县某镇: of places that stand in one another the last is the side.
        inner = [m for n, m in enumerate(named) if named[n + 1 : n + 2] == [] or named[n + 1].start > m.end]
        bodies = [
            m
            for m in inner
            if text[m.start - 1 : m.start] != "《"
            and (m.entity_type == "organization" or m.subtype in _SEAT or _SEAT_NAME.search(m.text))
        ]
        for number, (one, other) in enumerate(pairwise(bodies)):
            # 甲县、乙市丙镇: the city stands between them.
            is_list = text[one.end] == "、" and (
                other.start == one.end + 1
                or any((m.start, m.end) == (one.end + 1, other.start) for m in named)
            )
            beside = _BESIDE.fullmatch(text, one.end, other.start) or spoken_for(context, one, other)
            if not beside and _SIGNS_THERE.match(text, other.end):
                # 某公司董事长一行到某学院签订协议
                beside = _CAME.fullmatch(text, one.end, other.start)
                if beside:
                    return [Party.of(one), Party.of(other)]
            if is_within(one, other) or not (is_list or beside):
                continue
            if beside and other.entity_type == "place" and _AT.search(beside[0]):
                continue
            short = _SHORT.match(text, one.end, other.start) if one.entity_type == "place" else None
            # 某市市长张三与某市市长李四; 某市计划与某市缔结
            is_other = short and (
                context.mentions_in(*short.span(), "person") or self._stages.is_planned(short[0])
            )
            if short and not is_other and is_bare(context, one.end, Party(*short.span(), None)):
                # 岭东天狐与某县: a firm of which only the place was recognised.
                return [Party(one.start, short.end(), None), Party.of(other)]
            chain = [one, other]
            for following in bodies[number + 2 :]:
                joint = text[chain[-1].end : following.start]
                if joint not in _JOINTS:
                    break
                is_list = is_list and joint == "、"
                chain.append(following)
            for_both = text[one.start - 2 : one.start] == "代表"
            if is_list and not for_both and not _EACH.match(text, chain[-1].end, end):
                continue
            signs = _JOINTLY.match(text, other.end, end) or self._signs.search(text, other.end, end)
            if signs or any(m.entity_type == "organization" for m in chain):
                return [Party.of(m) for m in chain]
        for other in bodies:
            left = clause_start(context, start, other.start)
            if other.entity_type == "organization" and _WITH.search(text[left : other.start]):
                joined = self._parties.coordination(context, left, other.end)
                if len(joined) > 1 and all(is_named(context, p) or is_bare(context, left, p) for p in joined):
                    return joined
                signs = self._signs.search(text, other.end, clause_end(text, other.end, end))
                actor = self._topic.acting(context, left, other)
                verb = self._pact.search(text, other.end, end)
                others = self._parties.coordination(context, other.start, verb.start()) if verb else []
                others = [p for p in others if p.mention] or [Party.of(other)]
                return [Party.of(actor), *others] if actor else others if signs or len(others) > 1 else []
        return []
