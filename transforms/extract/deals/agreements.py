"""Deals that are papers and partnerships: signed, reached, proposed, ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import BOOK, CLAUSE, MAX_CUES, clause_start
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.same import with_each
from transforms.extract.deals.sides import INVESTMENT, SHARES, TECHNOLOGY, SideReader
from transforms.extract.deals.signers import SignerReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_MAX_BACK, _SHORT_QUOTE = 400, 5
_SUCH = re.compile(r"的[^，。；、《》]{2,30}?(?:项目|工程|基地|产业园|园区|中心|生产线)")
# Who attends or watches a signing is no party of it: 出席签约仪式并见证签约.
_WITNESSED = re.compile("(?:见证|出席|参加|列席|主持)了?$")
_EVENT_NOUN = re.compile(
    r"^(?:仪式|活动|现场|会|环节|额|金额|率|方|演员|歌手|作家|球员|主播|模特|人|率|总额|总金额)"
)
_CEREMONY = re.compile(
    "仪式|活动|现场|(?:之?[后前时]|当天)[^，。；]{0,8}?(?:对|向|告诉|表示|说|介绍|称|坦言|透露|感慨)"
)
# 项目签约 is read as a project; 集中签约32个项目 is a sum of deals and none of its own.
_BATCH_BEFORE = re.compile(r"(?:项目|工程)(?![^，。]*[与和])|集中$")
_BATCH = re.compile(r"(?:了|的)?(?:一批|一系列|[^，。；]{0,6}?[0-9.]+[余多万]?[个项对家份件])")
_LABORATORY = re.compile(r"实验室|联合(?:研究|研发|创新)(?:中心|院)|工作站$|联合研究[院所]$")
# A paper whose name says nothing of what it is about.
_BARE_PAPER = re.compile(
    r"(?:了|的|相关|有关|正式|具体|两方|三方|四方|多方)*(?:合作|投资|共建|项目)?(?:协议书?|合同)(?![\w])"
)
_FOR_THEM = re.compile(r"代表(?:双方|各方|三方|各自|两地|两校)?(?:进行|现场)?$")
_DENIED = re.compile(r"否认|从未|并未(?!.*但)")
_RECORD = re.compile(r"(?:纪要|声明|宣言|公报|意见|决定|令)$")
# A parliament reviews treaties that were signed long before.
_REVIEWED = re.compile(r"审议|议案|缔结的")
# 为视频签约: how it was signed, told of a deal before.
_MANNER = re.compile(r"(?:为|是|系|以|通过)(?:视频|线上|网上|在线|远程|云|现场|书面)(?:方式|形式)?$")
# 此次签约, 从接触到签约
_AS_NOUN = re.compile(r"(?:[这此本该]次|[从自][^，。；]{2,20}[到至]|随着|自从|以来的?)$")
_UNDOES = re.compile(r"[，,](?:正式|决定|同意|一致)*(?:解除|终止|撤销)")
# 敲定, 谈妥 have many objects: a paper makes a deal of them.
_SETTLES = frozenset(
    {"续上", "敲定", "谈定", "谈妥", "谈成", "签成", "签妥", "签过", "签的", "定了", "订了", "定下", "订下"}
)
_CONTRACT = re.compile(r"(?:协议书?|合同|订单|大单|备忘录|意向书)$")
# 签过意向书，后因分歧不了了之
_FELL_THROUGH = re.compile(
    r"[，,](?:但|却|可|只是|不过|然而|后|后来|最终|最后|随后|结果|此后|如今)[^。；]{0,30}?(?:不了了之|作罢|告吹|终止|没有下文|没了下文|无疾而终|未能(?:履行|落地|执行|实施)|未履行|没(?:有)?履行|搁置|搁浅|流产|黄了|泡汤|取消|解除|作废|放弃)"
)
# 同它签了: who was named before the subject.
_WITH_IT = re.compile(r"(?:与|和|同|跟)(?:它|其|对方|后者|他们|它们)(?!\w{0,3}公司)[^，。；]{0,6}$")
# 两市商会签署了备忘录: two bodies of one name.
TWO_BODIES = re.compile(
    r"两[市地县区州校国省岸](?!公司|企业)[\u4e00-\u9fff]{0,8}?(?:商会|协会|政府|学会|大学|医院|学校|法院|海关|港|局|委|部门|团体|联合会|机构|中心)"
)
_UNDONE = re.compile(
    r"[》”\"]?(?:书)?(?:均|已|现|被|依法|正式|予以|随之|也|遂|即|自动|宣告|双方)*(?:解除|终止|作废|失效|取消|废止|撤销)(?!\w)"
)
# 签约额: a sum of deals.
_SUM_OF = re.compile(r"(?:总)?(?:额|金额|率|数|量)(?![\u4e00-\u9fff]*(?:的|合同))")
# 签约，后者以1200万元取得某公司15%的股权: the purchase is the deal.
_LATTER_TAKES = re.compile(
    r"[，,](?:后者|前者)(?:将|拟|已)?以[^，。；]{2,20}?(?:取得|获得|收购|受让|认购|持有|拿下)[^，。；]{2,30}?股[权份]"
)
# 共建的平台、共建的实验室先后签约: each with its own two.
_EACH_BUILT = re.compile(r"(?:共建|合建|合办|合作建设|联合建设|联合设立|合作设立)的[^，。；]{2,30}")
_ALSO = re.compile(r"(?:并|还|也|随后|当场|正式|现场|共同)+")
_SIGNS = frozenset({"签订", "签署", "签定", "签下", "签了"})
# 后者将投资9.6亿元，新征土地128亩，建设某基地: by what means stands in front of what is built.
_MEANS = (
    r"(?:[，,](?:后者|前者|双方|由后者|由前者)?(?:将|拟|计划)?(?:在[^，。；]{2,14}?)?"
    r"(?:总?投资|(?:各自?|共同|联合|分别)?出资|租用|租赁|征用|征地|新征|占地|用地|流转|利用|以)[^，。；]{2,24}){0,2}"
)


class AgreementRules:
    """Compiled once from `lookups["deal_types"]` and `lookups["stages"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        words = lookups["deal_types"]
        self._signers = SignerReader(parties)
        self._parties, self._stages, self._sides_of = parties, stages, SideReader(lookups)
        papers, bad = any_of(words["papers"]), any_of(words["not_deals"])
        self._sign = DEALS.compile(
            rf"(?P<verb>签署|签订|签定|签下|签约|续签|订立|缔结|达成|签了|签上(?=了)|草签|续上|签过|签成|签妥|敲定|谈定|谈妥|谈成|定了|订了|定下|订下|签的(?=是|[^，。；]{{0,24}}(?:{papers})))(?:了|过|的|是)?"
        )
        # 订单班, 订单农业: no order.
        self._paper = re.compile(
            f"(?:(?:{papers})(?![班式]|农业|培养)|(?:技术|专利|品牌|商标|工艺)(?:使用|实施)?许可)"
        )
        self._told = re.compile(
            f"(?:签署|签订|签下|达成)[^，。；]{{0,30}}?(?:{papers})|(?:{papers})[^，。；]{{0,12}}?(?:签约|签署|签订)|签约仪式"
        )
        self._paper_end = re.compile(f"(?:{papers})(?:[）)])?$")
        self._not_deal = re.compile(f"(?:{bad})")
        things = any_of([*words["projects"], *words["institutions"]])
        self._thing_end = re.compile(f"(?:{things})$")
        self._signed_thing = re.compile(
            f'[“"]?(?P<thing>[^，。；、《》“”"的]{{2,30}}?(?:{any_of(words["projects"])}))[”"]?(?![\\w]*(?:协议|合同))'
        )
        together, alone = any_of(words["found_together"]), any_of(words["found"])
        self._then = re.compile(
            rf"{_MEANS}(?:[，,]|[，,]?并)(?:根据协议[，,]|据协议[，,]|据此[，,])?(?:双方|三方|四方|各方|两地|校企双方|前者|后者)?(?:将|拟|计划|约定|商定|决定|同意|准备|打算)*"
            r"(?:总?投资[^，。；]{0,10}?元[，,]?)?(?:将|拟|计划)*(?:在[^，。；]{2,20}?)?"
            rf"(?:(?P<together>{together})|{alone}|投资|兴办|合建|建)(?:了)?(?:一座|一个|一家|一条)?"
            rf'[“"]?(?P<thing>[^，。；、《》“”"]{{2,40}}?(?:{things}|[工造织装束具品维料]厂|(?:加工|拆解|分拣|组装|包装|灌装|提取|流水|总装)线|[业造色能][园谷]))[”"]?(?![\w])'
        )
        self._jointly_before = re.compile(
            rf"(?:就|关于)?(?P<together>{together})(?P<thing>[^，。；、《》“”\"]{{2,40}}?(?:{things}))(?:项目|事宜)?(?:正式|成功|现场|举行)*$"
        )
        # 签署协议，某某总部将落户某地
        self._lands = re.compile(
            rf"[，,](?P<thing>[^，。；、《》“”\"]{{3,30}}?(?:{things}))(?:项目)?(?:将|正式|拟|计划)*(?:落户|落地|落子|入驻)"
        )
        bodies = [*words["types"]["institution"], *words["types"]["joint_laboratory"]]
        self._institution_end = re.compile(f"(?:{any_of(bodies)})$")
        self._listed = DEALS.compile(
            f"(?P<with>与|和)[^，。；《》\\n]{{2,40}}《[^《》\\n]{{2,80}}》[^，。；《》\\n]{{0,8}}?(?:{papers})"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        claimed: list[tuple[int, int]] = []
        for found in islice(self._sign.finditer(context.text, start, end), MAX_CUES):
            candidate = self._signed(context, start, end, found)
            if candidate is not None:
                claimed.append((candidate.start, candidate.end))
                yield from with_each(context, candidate)
        if not claimed:
            yield from self._from_list(context, start, end)

    def _signed(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Candidate | None:
        text = context.text
        verb = found["verb"]
        left = clause_start(context, start, found.start())
        # 甲与乙签订的某项目: the thing stands where a paper could.
        of_thing = self._signed_thing.match(text, found.end(), end) if found[0].endswith("的") else None
        before = text[left : found.start()]
        if verb == "签约" and not of_thing and _SUCH.match(text, found.end()):
            # 原定签约的某项目因故未签: the noun tells, not the verb.
            return None
        if _EVENT_NOUN.match(text[found.end() : found.end() + 4]) and before.endswith("在"):
            # 在签约仪式上表示: where something is said, not what is done.
            return None
        if _SUM_OF.match(text, found.end()):
            return None
        if _WITNESSED.search(before) or _DENIED.search(before):
            return None
        for_them = _FOR_THEM.search(before)
        if for_them and self._told.search(text, max(0, left - _MAX_BACK), left):
            # 张三与李四代表双方签署协议: who signs the paper that was told.
            return None
        if verb == "签约" and (_MANNER.search(before) or _AS_NOUN.search(before)):
            return None
        if verb == "签约" and _LATTER_TAKES.match(text, found.end(), end):
            return None
        if verb == "签约" and _EACH_BUILT.search(before):
            return None
        right = self._object_end(text, found.end(), end)
        object_text = text[found.end() : right]
        title = of_thing.span("thing") if of_thing else self._title(context, found.end(), right)
        # 甲与乙签订某项目
        signs_thing = not title and verb in _SIGNS and self._thing(text, found.end(), right)
        title = signs_thing or title
        if verb in _SETTLES and not (title and (verb == "签的" or _CONTRACT.search(text, *title))):
            return None
        if verb == "达成" and not re.search(
            r"(?:协议|合同|备忘录|意向|交易|战略合作|订单|合作)$|合作(?:协议|意向)", object_text
        ):
            return None
        if verb in {"签署", "订立", "缔结"} and not title and self._not_deal.search(object_text):
            return None
        if (
            title
            and self._not_deal.search(text[title[1] : right])
            and not self._paper.search(text[title[0] : right])
        ):
            return None
        if (title and _RECORD.search(text[slice(*title)])) or _REVIEWED.search(text[left:right]):
            return None
        if signs_thing and _BATCH.match(object_text):
            return None
        if verb != "签约" and not title and not self._paper.search(object_text):
            return None
        bare = not title or _BARE_PAPER.match(text, *title)
        if bare and _UNDOES.match(text, right):
            # 签订协议，解除双方早先的合同: what ends is the deal.
            return None
        then = (self._then.match(text, right, end) or self._lands.match(text, right, end)) if bare else None
        if verb == "签约" and (_BATCH_BEFORE.search(text[left : found.start()]) or _BATCH.match(object_text)):
            return None
        stage = self._stages.read("signed", context.without_names(left, found.start()), object_text)
        about = None if title else self._jointly_before.search(text, left, found.start())
        if about:
            # 甲与乙共建某实验室签约
            title = signs_thing = about.span("thing")
        parties = self._signers.sides(context, start, left, about.start() if about else found.start())
        if for_them:
            parties = self._parties.coordination(context, left, left + for_them.start(), is_anchored=False)
            if len([p for p in parties if p.signatory]) < 2:
                return None
        parties = self._signers.by_place(context, title, parties)
        two = None if parties else TWO_BODIES.search(text, left, found.start())
        if two:
            parties = [Party(*two.span(), None)]
        takes_both = not parties and self._are_both(text, start, left, found.start())
        if len(parties) == 1 and _WITH_IT.search(text, left, found.start()):
            parties += self._signers.other_before(context, left, parties[0])
        if verb == "签约" and not _EVENT_NOUN.match(object_text):
            parties += self._signers.signed_with(context, found.end(), right)
            title = title or self._thing(text, found.end(), right)
        elif not title or not parties:
            parties += self._signers.after_with(context, found.end(), right)
        parties = [p for p in parties if not of_thing or p.start < of_thing.start()]
        if verb == "签约" and len(parties) < 2 and _CEREMONY.match(object_text):
            # 签约仪式在某地举行, 签约后告诉记者: the event of a deal told elsewhere.
            return None
        if verb in _SETTLES and len(parties) < 2 and not takes_both:
            return None
        if not takes_both and not two and not self._is_enough(text, verb, title, parties, stage):
            return None
        hint, evidence_end = "" if title else "cooperation_agreement", right
        fell = _FELL_THROUGH.match(text, right, end)
        stage, evidence_end = ("ended", fell.end()) if fell else (stage, right)
        if title and _UNDONE.match(text, title[1], right):
            # 签订的投资协议予以解除
            stage = "ended"
        bought = self._sides_of.bought(text, right, end, parties) if bare else None
        lent = self._sides_of.lent(context, text[slice(*title)] if title else "", right, parties)
        thing = title if title and (of_thing or signs_thing or self._is_thing(text, title)) else None
        if then and len(parties) > 1:
            # 甲与乙签署协议，共建某实验室: what a paper without a name is about.
            thing, evidence_end = then.span("thing"), then.end("thing")
        funded = self._sides_of.funded(context, text[slice(*title)] if title else "", parties)
        if bought:
            title = None
            hint, parties, evidence_end = bought
        elif lent:
            hint, parties = "financing", lent
        elif funded:
            hint, parties = "equity_investment", funded
        elif thing:
            title = thing
            hint, parties = self._about_thing(
                context, thing, parties, is_joint=bool(about or (then and then.groupdict().get("together")))
            )
        elif title and INVESTMENT.search(text[title[0] : right]):
            invested = self._sides_of.invested(context, parties, are_builders="投资" in text[slice(*title)])
            invested = (
                invested if invested != parties else self._sides_of.entered(text[slice(*title)], parties)
            )
            hint, parties = "" if invested == parties else "project", invested
        elif title and len(parties) == 1:
            parties = [self._sides_of.traded_with(text, text[slice(*title)], parties[0])]
            hint = "supply_contract" if parties[0].role != "partner" else ""
        elif title and len(parties) == 2:
            sides = self._sides_of.traded(text[slice(*title)], parties, text)
            is_goods = sides != parties and not (
                TECHNOLOGY.search(text, *title) or SHARES.search(text, *title)
            )
            hint, parties = "supply_contract" if is_goods else "", sides
            hint = "transfer" if TECHNOLOGY.search(text, *title) else hint
        return Candidate(
            start=min([left, *(p.start for p in parties if p.start >= start)]),
            end=evidence_end,
            cue=(found.start("verb"), found.end("verb")),
            base=stage,
            stage=stage,
            left=left,
            rule="signed",
            title=title,
            parties=parties,
            confidence=0.93 if len(parties) > 1 else 0.8,
            takes_both=takes_both,
            hint=hint,
        )

    def _are_both(self, text: str, start: int, left: int, verb: int) -> bool:
        """双方签署, or 双方交换了意见，并签署."""
        if self._parties.is_both(text[left:verb]):
            return True
        goes_on = _ALSO.fullmatch(text, left, verb)
        return bool(goes_on) and any(map(self._parties.is_both, CLAUSE.split(text[start:left])))

    def _is_thing(self, text: str, title: tuple[int, int]) -> bool:
        is_paper = self._paper_end.search(text, *title) or text[title[0] - 1 : title[0]] == "《"
        return not is_paper and bool(self._thing_end.search(text, *title))

    def _about_thing(
        self, context: ArticleContext, thing: tuple[int, int], parties: list[Party], *, is_joint: bool
    ) -> tuple[str, list[Party]]:
        """Type and sides of a signature for what is to be built or founded."""
        if context.text[slice(*thing)].endswith("公司") and len(parties) > 1:
            return "joint_venture", parties
        if not self._institution_end.search(context.text, *thing):
            if is_joint and parties and "合资" in context.text[parties[0].start : thing[0]]:
                return "joint_venture", parties
            return "project", self._sides_of.invested(context, parties, are_builders=True)
        if _LABORATORY.search(context.text, *thing):
            return "joint_laboratory", parties
        sides = parties if is_joint else self._sides_of.invested(context, parties)
        return "project" if any(p.role == "investor" for p in sides) else "institution", sides

    def _is_enough(
        self, text: str, verb: str, title: tuple[int, int] | None, parties: list[Party], stage: str
    ) -> bool:
        """Two sides make a deal; one side does if the paper has a name of its own and is no wish."""
        if len(parties) > 1:
            return stage != "proposed" or title is None or title[1] - title[0] > 3 or verb == "签约"
        if not parties or stage == "proposed":
            return False
        known = parties[0].mention is not None and parties[0].mention.entity_type == "organization"
        words = text[slice(*title)] if title else ""
        return known and (
            verb == "签约" or (len(words) > 4 and not re.search(r"[0-9一两三多数]+[余多]?[项份个]", words))
        )

    def _thing(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """甲与乙签约X项目: what a signing without a paper is about."""
        found = re.compile(
            r"(?:了|的|一个|共建|联合打造|合作共建|合作建设)*[“\"]?(?P<thing>[^，。；、《》“”\"]{3,40}(?:项目|工程|基地|产业园|生产线|中心|实验室|研究院|平台|学院|联盟))[”\"]?$"
        ).match(text, start, end)
        return (found.start("thing"), found.end("thing")) if found else None

    def _from_list(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲与乙《X》共建协议: the verb stands only once in front of the list."""
        for found in self._listed.finditer(context.text, start, end):
            book = BOOK.search(context.text, found.start(), end)
            if book is None:
                continue
            left = clause_start(context, start, found.start("with"))
            parties = self._parties.coordination(context, left, book.start())
            if len(parties) < 2:
                continue
            yield Candidate(
                start=left,
                end=self._object_end(context.text, book.end(), end),
                cue=(book.end(), found.end()),
                base="signed",
                stage="signed",
                left=left,
                rule="listed_agreement",
                title=(book.start(1), book.end(1)),
                parties=parties,
                confidence=0.85,
            )

    def _object_end(self, text: str, position: int, end: int) -> int:
        """End of the clause behind a verb; commas inside 《》 do not end it."""
        depth = 0
        for offset in range(position, min(end, position + 160)):
            char = text[offset]
            depth += (char in "《“（(") - (char in "》”）)")
            if depth <= 0 and CLAUSE.match(char):
                return offset
        return min(end, position + 160)

    def _title(self, context: ArticleContext, start: int, end: int) -> tuple[int, int] | None:
        """The paper's name: inside 《》 or quotes, else the words up to 协议, without what joins them."""
        text = context.text
        book = BOOK.search(text, start, end)
        if book:
            return book.start(1), book.end(1)
        quoted = re.compile(r"[“\"]([^“”\"\n]{2,60})[”\"]").search(text, start, end)
        named = quoted and self._paper.search(text, quoted.start(1), min(end, quoted.end() + 8))
        if quoted and named:
            # “订单班”培养协议: the quotes hold but a part of the name.
            is_part = named.start() > quoted.end() and quoted.end(1) - quoted.start(1) <= _SHORT_QUOTE
            return (quoted.start(), named.end()) if is_part else quoted.span(1)
        found = last_match(self._paper, text, start, end)
        if found is None:
            return None
        words = text[start : found.end()]
        skip = re.match(
            r"(?:(?:一项|一份|了|相关|有关|关于|价值|总额|总金额|金额|总价值|首个|首份|首批)|与[^的]{2,40}的)*",
            words,
        )
        begin = start + (skip.end() if skip else 0)
        return (begin, found.end()) if found.end() - begin >= 2 else None
