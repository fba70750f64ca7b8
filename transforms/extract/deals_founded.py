"""Bodies that are unveiled or founded together: laboratories, centres, joint ventures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, Mention, Span, last_match
from transforms.extract.deals_clauses import MAX_CUES, clause_start, skip_article
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.patterns import any_of

_QUOTED = re.compile(r"[“\"《](?P<name>[^“”\"《》\n]{3,40})[”\"》]")
# 秦岭学院、北山实验室揭牌: heads of one list.
_LIST = re.compile(r"、|以及|及|和")
# What may stand right behind the name of a body: 签约仪式, 占地860亩.
_GOES_ON = r"(?:项目|合作)?签约|占地|总?投资|已|现|目前|位于|[0-9]"
_WITH = re.compile(r"[与和跟同]")
_OF_SHARES = re.compile(r"合[资股伙营]")
_TALKS = re.compile(r"(?:在|进行|开始|反复|多次)*(?:商谈|洽谈|接洽|磋商|协商|商量|对接|谈判)(?:过|中)?")
_BOTH_AGREE = re.compile(
    r"(?:会上|当天|同时|此外)*[，,]?(?:双方|两家|三方|两[市县校院地])(?:还|又|同时|并|已|当场|初步|一致)*"
    r"(?:约定|商定|议定|决定|同意|达成一致|敲定)[，,]?$"
)
_NOT_YET = frozenset({"proposed", "negotiating", "unveiled", "building"})
_CAME_TO_NOTHING = re.compile(
    r"(?:停止|终止|中断|中止)了?(?:接触|谈判|洽谈|合作|磋商|商谈)|谈崩|告吹|作罢|不了了之|没(?:有|能)?谈成|谈判破裂|搁浅"
)
_PLANNED = re.compile(r"(?:原|本来|此前|早先)?(?:定|拟|本|打算|计划|准备|想)?")
_MIN_NAME_CHARS = 6
_MIN_TITLE_CHARS = 3
_BUILT = re.compile(r"占地|总?投资")
_ALONE_VERBS = frozenset(["设立", "成立", "组建", "新设", "创办", "出资设立", "投资设立"])
_AT_PLACE = re.compile(r"(?:在|于)[^，。；的]{2,16}$")
_EACH_PAYS = re.compile(r"(?:各|分别|共同)(?:出资|占|持股)")
_GUESTS = re.compile(r"领导|嘉宾|负责人|代表|双方|共同|一同|一起|分别|院士|[市县区校]长")
_SIGNED = re.compile(r"(?:项目|合作)?(?P<verb>签约)")
_ALONE = re.compile(
    r"(?:联盟|研究院|创新中心|研究中心|分会|[分支]行|分公司|办事处|工作站|学院|协会|商会|实验室|联合会|基金会)$"
)
_JOINED = re.compile(r"联合|携手|会同|联手")
_BY = re.compile(
    r"由(?P<who>[^，。；]{2,60}?)(?:联合|共同|合作|携手|牵头|发起|合资|倡议)+(?:打造|共建|建设|成立|运营|组建|设立|发起|创建|建立|举办)?"
    r"|由(?P<who2>[^，。；]{2,60}?)(?:打造|共建|建设|成立|运营|组建|设立|发起|创建|建立)"
)
# 某县重点项目集中签约 is a sum.
_SUM_OF_WORKS = re.compile(
    r"(?:重点|重大|招商引资|招商)(?:产业|建设)?(?:项目|工程)$|^.{0,6}(?:协作|合作)项目$|仪式"
)
# 在某地石化产业园: of the zone only its first words may be recognised.
_IN_ZONE = re.compile(
    r"(?:在|于)[\w ]{2,24}?(?:产业园|工业园|科技园|物流园|园区|开发区"
    r"|工业区|片区|新区|高新区|经开区|港区|保税区|自贸区|示范区)"
)
_AT = re.compile(r"(?:在|于)[^，。；的中]{2,16}(?<![中下后时里间前])$")
_FILLER = re.compile(
    r"(?:现?已经?|原(?:定|本|先|拟)?|也|正式|近日|日前|今天|今日|昨天|昨日|成功|全面|顺利|全部|全线|均|集中|同时|同步|相继|陆续|先后"
    r"|目前|正在?|即将|将|计划|预计|拟|有望|可|力争|争取|确保|如期|提前|于|在|上午|下午|举行|举办|进行|实现|开始|启动"
    r"|现场|又|再次|重新|就|一起|整体|完全|首批|年内|年底前?|已于|[0-9]+[年月日]|总算|终于|随即"
    r"|主体(?:结构|工程)?|最后一[个座块方根跨台条道][^，。；]{1,8}?(?=送电|合龙|封顶|完成|吊装|浇|$)|全容量"
    r"|通过|进入|转入|宣[告布]|对外|空载|(?:第一|首)[台辆件批套架](?:设备|产品|整?车|机组)?|等?[0-9两三四五六七八九十]+(?:个|家|大|所)\w{0,4}?(?:平台|机构|中心|基地|实验室|单位|院所|项目)|同日|当[日天]|起(?!吊|步|飞)|宣布|最终"
    r"|因[^，。；]{2,16}?(?:而|被)?(?=$)|（[^（）]{0,12}）|\([^()]{0,12}\)|[，,]?现在|[、 ])"
)


def joint_verbs(words: Mapping[str, Any]) -> frozenset[str]:
    """Verbs of founding something together: those listed, and 合股 with 开办 and the like."""
    pairs = (how + verb for how in words["together"] for verb in words["founds"])
    return frozenset([*words["found_together"], *pairs])


class FoundingRules:
    """Compiled once from `lookups["deal_types"]` and `lookups["stages"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        words = lookups["deal_types"]
        self._parties, self._stages = parties, stages
        heads, institutions = any_of(words["projects"]), any_of(words["institutions"])
        together = joint_verbs(words)
        found_together, found_alone = any_of(together), any_of(words["found"])
        self._unveil = re.compile(
            f'(?P<head>{institutions})(?:[（(][^（）()]{{1,12}}[)）])?[”"》]?(?P<fill>[^，。；、“”"《》]{{0,14}}?)(?P<verb>揭牌成立|成立揭牌|揭牌|授牌|揭幕|挂牌成立|挂牌|挂[了的]牌|揭了牌|正式成立|成立|启用|落成|开业)'
        )
        self._found = re.compile(
            f"(?P<verb>{found_together}|{found_alone})(?:了| ?的)?(?P<object>[^，。；：]{{0,60}}?"
            f"(?:(?:{institutions})(?:(?!\\w)|(?={_GOES_ON}))|合资(?:公司|企业|工厂)))"
        )
        self._institution_end = re.compile(f"(?:{institutions})$")
        self._jointly = re.compile(
            f"(?P<verb>{found_together})(?:了)?(?P<object>[^，。；：]{{2,40}}?(?:{heads}|港|新区|园|厂))(?![\\w])"
        )
        # 甲与乙合股开办的某某: the clause names the sides, so whatever stands behind 的 is what they founded.
        self._joint_of = re.compile(f"(?:{found_together}) ?的(?=[^，。；：的]{{3,40}}$)")
        # 推动某项目开工 is a wish for it, 参观某园区 is no work on it.
        self._pushing = re.compile(
            f"(?:{any_of(words['pushing'])}|(?<![重主必需只])要"
            f"|(?:{any_of(words['pushing_or_named'])})(?!改造|能力|业|区|站|设施|{heads}))"
        )
        self._together = together
        self._talking = re.compile(f"(?:{stages.verbs('negotiating')})$")
        self._generic = re.compile(
            f"^(?:{any_of(words['generic'])})|(?<![第一二三四五六七八九十])[0-9一二三四五六七八九十百千万两]+(?:余|多)?[个项批座条家][^，。第]{{0,40}}$"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._unveiled(context, start, end)
        yield from self._founded(context, start, end)

    def _unveiled(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in islice(self._unveil.finditer(text, start, end), MAX_CUES):
            if unfilled(context, found.start("fill"), found.end("fill")):
                continue
            if re.match(
                r"[于自]?[0-9一二]|以来|大会|于[0-9]|之初|时间|[0-9]+周年|周年|后",
                text[found.end() : found.end() + 4],
            ):
                continue
            left = clause_start(context, start, found.start())
            quoted = [
                q
                for q in _QUOTED.finditer(text, left, found.end())
                if q.start("name") <= found.start() < q.end()
            ]
            name_end = found.start("fill")
            if quoted:
                title = (quoted[-1].start("name"), quoted[-1].end("name"))
                parties: list[Party] = []
                name_end = title[1]
            else:
                title, parties = self.attributes(
                    context, self._behind_unveilers(context, left, name_end), name_end
                )
                if title[1] - title[0] < 7 and title[0] > left and text[title[0] - 1] == "为":
                    # 为实验室揭牌 points at what the article has named.
                    continue
            plain_found = found["verb"] in {"成立", "正式成立", "启用", "落成", "开业"}
            if plain_found and not quoted and len(parties) < 2:
                # 某某产业联盟正式成立: news only with its day or in so many words.
                days = [s.values.get("start_on") for s in context.dates_in(name_end, found.start("verb"))]
                today = context.issue_on or context.dateline_on
                told = found["verb"] == "正式成立" or re.search(r"宣[告布]|正式", found["fill"])
                is_news = told or any(d and today and d.year == today.year for d in days)
                if not (is_news and _ALONE.search(text, title[0] + 3, name_end)):
                    continue
            titles = [title] if quoted else self._listed(text, title)
            if (len(titles) == 1 and self.is_generic(text[slice(*title)])) or (
                not (quoted or parties) and self._pushing.match(text[slice(*title)])
            ):
                continue
            by = _BY.search(
                text, found.end(), min(len(text), context.paragraph(found.start())[1], found.end() + 160)
            )
            if by and len(parties) < 2 and len(titles) < 2:
                group = "who" if by["who"] else "who2"
                parties = self._parties.coordination(context, by.start(group), by.end(group))
            base = "operating" if found["verb"] in {"启用", "落成", "开业"} else "unveiled"
            stage = self._stages.read(
                base, text[title[1] : found.start("verb")], text[found.end() : found.end() + 12]
            )
            stage = "proposed" if context.is_ahead(name_end, found.start("verb")) else stage
            whole = Candidate(
                start=min([left, *(p.start for p in parties if p.start >= start)]),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base=base,
                stage=stage,
                left=left,
                rule="unveiled",
                title=title,
                parties=parties,
                confidence=0.9 if parties or quoted else 0.78,
                hint="joint_venture" if parties and "合资" in text[left : title[0]] else "",
            )
            yield from (replace(whole, title=part, is_each=len(titles) > 1) for part in titles)

    def _behind_unveilers(self, context: ArticleContext, left: int, end: int) -> int:
        """市长某某为X揭牌: X begins behind 为, where persons stand in front of it."""
        mark = context.text.rfind("为", left, end)
        if mark > 0 and (
            context.mentions_in(left, mark, "person") or _GUESTS.search(context.text, left, mark)
        ):
            return mark + 1
        return left

    def _listed(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲学院、乙实验室: each with a head of its own, else the title as it is."""
        cuts = [title[0]]
        parts: list[tuple[int, int]] = []
        for mark in _LIST.finditer(text, *title):
            parts.append((cuts[-1], mark.start()))
            cuts.append(mark.end())
        parts.append((cuts[-1], title[1]))
        whole = all(b - a >= 4 and self._institution_end.search(text, a, b) for a, b in parts)
        return parts if len(parts) > 1 and whole else [title]

    def attributes(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """甲与乙合作成立的X: title X, parties 甲 and 乙; X alone otherwise."""
        found = last_match(self._found, context.text, left, end)
        listed = found and _LIST.match(context.text, found.end())
        if found is not None and (found.end() == end or listed):
            parties = self._parties.coordination(context, left, found.start())
            begin = found.start("object")
            return (begin + (context.text[begin] == "的"), end), parties
        start, _ = self._parties.trim(context, left, end)
        return (start, end), []

    def _founded(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        verbs = [(f, "unveiled", "") for f in islice(self._found.finditer(text, start, end), MAX_CUES)]
        known = [f.span("object") for f, _, _ in verbs]
        for jointly in islice(self._jointly.finditer(text, start, end), MAX_CUES):
            if not any(a < jointly.end("object") and jointly.start("object") < b for a, b in known):
                verbs.append((jointly, "building", "project"))
        for found, base, hint in verbs:
            left = clause_start(context, start, found.start())
            before = text[left : found.start()]
            together = found["verb"] in self._together or bool(_JOINED.search(before))
            if self._talking.search(before.rstrip()):  # 洽谈建设X: talks, not works
                continue
            # 甲在某地设立某中心
            alone = not hint and found["verb"] in _ALONE_VERBS and bool(_AT_PLACE.search(before))
            if not together and not alone and not re.search(r"[与和同、](?!.*[的])", before):
                continue
            parties = self._parties.coordination(context, left, found.start(), is_anchored=together)
            if together and len(parties) < 2 and re.match(r"(?:与|和|同|并与|还与|将与)", before.strip()):
                subject = self._parties.nearest(context, start, left)
                if subject:
                    parties.insert(0, Party(subject.start, subject.end, subject))
            paid = last_match(_EACH_PAYS, text, start, left) if together and not parties else None
            if paid:
                # 甲、乙各出资60%和40%，合资组建某公司
                begin = clause_start(context, start, paid.start())
                parties = self._parties.coordination(context, begin, paid.start(), "investor")
            ahead = self._ahead(context, start, left) if together and not parties else None
            if ahead:
                # 甲正与乙商谈，想合办某实验室
                parties = [p for p in self._parties.coordination(context, *ahead) if p.mention]
            named = [p for p in parties if p.mention]
            # 我们与某大学合建了某研究中心: who speaks is no name, what was founded has one.
            is_named = found.end("object") - found.start("object") >= _MIN_NAME_CHARS
            speaks = bool(together and named and is_named and _WITH.search(before))
            speaks = speaks or bool(
                together and named and _OF_SHARES.match(found["verb"]) and _WITH.search(before)
            )
            speaks = speaks or bool(ahead and named)
            agrees = self._both_agree(context, start, left)
            says_both = agrees or self._parties.is_both(before)
            takes_both = together and len(parties) < 2 and says_both
            if (
                len(named) < 2
                and not (together and len(parties) > 1)
                and not (takes_both or speaks or (alone and named))
            ):
                continue
            if (
                not hint
                and not any(p.mention and p.mention.entity_type == "organization" for p in parties)
                and not takes_both
            ):
                continue
            if alone and len(parties) == 1:
                parties = [replace(parties[0], role="owner")]
            title = (skip_article(text, found.start("object")), found.end("object"))
            if self.is_generic(text[title[0] : title[1]]) or self._pushing.search(
                text[title[0] : title[1]][:4]
            ):
                continue
            # 甲与乙共建某实验室签约仪式: the ceremony says how far it is.
            signed = _SIGNED.match(text, found.end())
            stage = self._stages.read(
                "signed" if signed else base, before, text[found.end() : found.end() + 12]
            )
            if ahead or (agrees and stage != "ended"):
                stage = "negotiating" if ahead else "signed"
            if stage in _NOT_YET and _CAME_TO_NOTHING.search(text, found.end(), end):
                stage = "ended"
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=found.end(),
                cue=signed.span("verb") if signed else found.span("verb"),
                base=base,
                stage=stage,
                left=left,
                rule="founded_together",
                title=title,
                parties=parties,
                confidence=0.94 if signed else 0.85,
                takes_both=takes_both,
                hint="joint_venture"
                if "合资" in found["verb"] or "合资" in found["object"]
                else "project"
                if _BUILT.match(text, found.end())
                else hint,
            )

    @staticmethod
    def _ahead(context: ArticleContext, start: int, left: int) -> tuple[int, int] | None:
        """甲正与乙商谈，: where the sides of what the next clause wishes to found stand."""
        if left <= start:
            return None
        begin = clause_start(context, start, left - 1)
        talks = last_match(_TALKS, context.text, begin, left - 1)
        return (begin, talks.start()) if talks and talks.end() == left - 1 else None

    @staticmethod
    def _both_agree(context: ArticleContext, start: int, left: int) -> bool:
        """双方还约定，在某地合建: the sides stand a comma earlier."""
        begin = clause_start(context, start, left - 1) if left > start else left
        return bool(_BOTH_AGREE.match(context.text, begin, left))

    def of_sides(
        self, context: ArticleContext, left: int, end: int
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """甲与乙合作设立的X before a verb, whatever X ends with: X and its founders."""
        found = self._joint_of.search(context.text, left, end)
        if found is None:
            return None
        title = self._parties.trim(context, found.end(), end)
        sides = self._parties.coordination(context, left, found.start())
        parties = [p for p in sides if p.mention or not _PLANNED.fullmatch(context.text, p.start, p.end)]
        if not any(p.mention for p in parties):
            return None
        if len(parties) < 2 and not _WITH.fullmatch(context.text, parties[0].start - 1, parties[0].start):
            return None
        return (title, parties) if title[1] - title[0] >= _MIN_TITLE_CHARS else None

    def is_pushed(self, text: str, start: int, stop: int) -> bool:
        """Whether words of [start, stop) make what follows a wish or a place to be seen (推动某项目)."""
        found = self._pushing.search(text, start, stop + 4)
        return found is not None and found.start() < stop

    def is_institution(self, words: str) -> bool:
        """Whether a name ends like that of a body (研究院), not of works."""
        return bool(self._institution_end.search(words))

    def is_generic(self, words: str) -> bool:
        """Whether words name no single thing (一批项目)."""
        return (
            len(words) < 3
            or bool(_SUM_OF_WORKS.search(words))
            or bool(self._generic.search(words))
            or bool(re.match(r"^(?:的)?(?:[^的]{0,4}的)?(?:项目|工程|平台|中心|基地|园区|公司)$", words))
        )


def unfilled(context: ArticleContext, start: int, end: int, *, slack: bool = True) -> str:
    """What stands between a noun and its verb but dates, names and adverbs, and with slack one character."""
    if end - start > 60:
        return "too far"
    text = list(context.text[start:end])
    spans: list[Span | Mention] = [
        *context.dates_in(start, end),
        *context.mentions_in(start, end, "place", "organization"),
    ]
    for span in spans:
        text[span.start - start : span.end - start] = " " * (span.end - span.start)
    rest = _FILLER.sub("", _IN_ZONE.sub("", _AT.sub("", "".join(text)))).strip()
    return "" if len(rest) <= slack else rest
