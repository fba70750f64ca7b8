"""Bodies that are founded together: laboratories, centres, joint ventures; what pushes and names nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import MAX_CUES, clause_start, skip_article
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.owners import ACTS, named_short
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 秦岭学院、北山实验室揭牌: heads of one list.
LIST = re.compile(r"、|以及|及|和")
# What may stand right behind the name of a body: 签约仪式, 占地860亩.
_GOES_ON = r"(?:项目|合作)?签约|占地|总?投资|已|现|目前|位于|[0-9]"
_WITH = re.compile(r"[与和跟同]")
# 随后又与某大学合建: who acts stands in an earlier clause.
OPENS_WITH = re.compile(
    "(?:随后|之后|此后|后来|同年|同时|还|又|也|并|再|则|将|先后|[0-9]+[年月日]|今年|去年|年初|年底)*[与和同跟]"
)
# 甲与乙举行签约暨某工作站揭牌仪式
_HELD = re.compile(r"(?P<sides>[^，。；]{4,40}?)(?:举行|举办|召开)了?(?:[^，。；]{2,20}暨)?(?=[^，。；]{3})")
_GOES_ON_ABOUT = re.compile("[的在将拟签由为于等、，]|合[作建办资]|共[建同]|联[合手办建]|携手")
_MIN_BEHIND = 4
_OF_SHARES = re.compile(r"合[资股伙营]")
_AGREED = re.compile(
    r"(?:已|初步|现|正式|一致|还|共同)*(?:商定|约定|议定|说定|谈妥|敲定|达成(?:一致|共识|约定))"
)
# 甲和乙合作，在某镇成立某大院
_TEAMED = re.compile(r"(?:开展|达成|强强|深度|校[企地])?(?:合作|联合|携手|联手|牵手)")
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
# 开了第一家支公司, 建一所学院
_FIRST_OF = (
    r"(?:[设开建办](?:立|起|办|设)?)(?=了?(?:(?:全[国省市县区])?(?:第[一二三四五]|首)|[一两二三])[个家所座])"
)
_FIRST = re.compile(r"了?(?:(?:全[国省市县区])?(?:第[一二三四五]|首)|[一两二三])[个家所座]")
# 会上宣布成立某联盟
_ANNOUNCED = re.compile(
    r"(?:宣布|宣告|现场|正式|当场|当天|当日|同日|会上|仪式上)(?:还|又|也|已|将|了|正式|同时|同步|共同|[0-9]+家\w{2,6})*$"
)
_UNDER_PAPER = re.compile("协议|合同|备忘录|约定|方案")
_FIRM_OBJECT = re.compile("公司$")
_HOLDS = re.compile(r"[^。；]{0,30}?(?:占股|持股|股比|出资|占[0-9.]+[%％])")
_AD_HOC = re.compile(r"联合体|调查|工作|领导|指挥|专案|专项|筹备|临时|筹委|组委|评审")
_AT_PLACE = re.compile(r"(?:在|于)[^，。；的]{2,16}$")
_EACH_PAYS = re.compile(r"(?:各|分别|共同)(?:出资|占|持股)")
_SIGNED = re.compile(r"(?:项目|合作)?(?P<verb>签约)")
# 共建的某研究院，因经费没有落实，一直没能挂牌
_NOT_DONE = re.compile(
    r"[，,]?(?:[^，。；]{2,24}[，,])?(?:目前|至今|但|却|一直|仍然?|还|迟迟|始终)*(?:没有?能?|未能?|尚未|并未)(?:正式)?"
    r"(?:挂牌|揭牌|成立|运行|运营|开工|动工|落地|启用|投用|建成|启动|开张|开业)"
)
# 我们已经同某公司注册成立了某公司
_WE_WITH = re.compile(r"(?:我们|我司|我公司|我校|我院|本公司)[^，。；]{0,6}[与和同跟](?=[^，。；的]{2,})")
_JOINED = re.compile(r"联合|携手|会同|联手")
# 某县重点项目集中签约 is a sum.
_SUM_OF_WORKS = re.compile(
    r"(?:重点|重大|招商引资|招商)(?:产业|建设)?(?:项目|工程)$|^.{0,6}(?:协作|合作)项目$|仪式|签约项目$"
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
        self._found = DEALS.compile(
            f"(?P<verb>{found_together}|{found_alone}|{_FIRST_OF})(?:了| ?的)?(?P<object>[^，。；：]{{0,60}}?"
            f"(?:(?:{institutions})(?:(?!\\w)|(?={_GOES_ON}))|合资(?:公司|企业|工厂)))"
        )
        self._jointly = DEALS.compile(
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
        yield from self._founded(context, start, end)

    def attributes(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """甲与乙合作成立的X: title X, parties 甲 and 乙; X alone otherwise."""
        found = last_match(self._found.compiled, context.text, left, end)
        listed = found and LIST.match(context.text, found.end())
        if found is not None and (found.end() == end or listed):
            parties = self._parties.coordination(context, left, found.start())
            begin = found.start("object")
            return (begin + (context.text[begin] == "的"), end), parties
        start, _ = self._parties.trim(context, left, end)
        held = _HELD.match(context.text, start, end)
        if held:
            sides = self._parties.coordination(context, *held.span("sides"), is_anchored=False)
            return (held.end(), end), sides if len(sides) > 1 else []
        return self._after_sides(context, start, end) or ((start, end), [])

    def _after_sides(
        self, context: ArticleContext, start: int, end: int
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """甲与乙某联盟, 跟乙的某实验室: the name behind its two sides, or behind the other of who speaks."""
        text = context.text
        names = context.mentions_in(start, end, "organization")
        if len(names) > 1 and names[0].start == start:
            one, other = names[:2]
            is_pair = other.start == one.end + 1 and bool(_WITH.match(text, one.end))
            if is_pair and end - other.end >= _MIN_BEHIND and not _GOES_ON_ABOUT.match(text, other.end):
                return (other.end, end), [Party.of(one), Party.of(other)]
        if names and _WITH.match(text, start) and names[0].start == start + 1:
            other = names[0]
            if text[other.end] == "的" and end - other.end > _MIN_BEHIND:
                actor = self._parties.topic.acting(context, start, other)
                return (other.end + 1, end), [Party.of(m) for m in (actor, other) if m]
        return None

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
            together = found["verb"] in self._together or bool(
                _JOINED.search(before) or _WE_WITH.search(before)
            )
            if self._talking.search(before.rstrip()):  # 洽谈建设X: talks, not works
                continue
            # 甲在某地设立某中心
            alone_verb = not hint and (
                found["verb"] in _ALONE_VERBS or bool(_FIRST.match(text, found.end("verb")))
            )
            alone = alone_verb and bool(_AT_PLACE.search(before))
            announced = alone_verb and bool(_ANNOUNCED.search(before)) and not _AD_HOC.search(found["object"])
            agrees = self._both_agree(context, start, left)
            # 根据协议，双方将设立某学院: what the paper before it holds.
            says_both = (agrees or self._parties.is_both(before)) and (
                together or not _UNDER_PAPER.search(text, start, left)
            )
            if not (together or alone_verb or announced or says_both) and not re.search(
                r"[与和同、](?!.*[的])", before
            ):
                continue
            parties = self._parties.coordination(context, left, found.start(), is_anchored=together)
            if together and len(parties) < 2 and OPENS_WITH.match(before.strip()):
                other = parties[0].mention if parties else None
                subject = self._parties.topic.acting(context, left, other) if other else None
                subject = subject or self._parties.topic.subject(context, start, left)
                if subject:
                    parties.insert(0, Party.of(subject))
            paid = last_match(_EACH_PAYS, text, start, left) if together and not parties else None
            if paid:
                # 甲、乙各出资60%和40%，合资组建某公司
                begin = clause_start(context, start, paid.start())
                parties = self._parties.coordination(context, begin, paid.start(), "investor")
            ahead = self._ahead(context, start, left) if (together or alone_verb) and not parties else None
            if ahead:
                # 甲正与乙商谈，想合办某实验室
                parties = [p for p in self._parties.coordination(context, *ahead) if p.mention]
            acts = ACTS.match(text, left, found.start()) if alone and not parties else None
            short = named_short(context, *acts.span("who")) if acts else None
            if acts and short:
                parties = [Party(*acts.span("who"), short)]
            named = [p for p in parties if p.mention]
            # 我们与某大学合建了某研究中心: who speaks is no name, what was founded has one.
            is_named = found.end("object") - found.start("object") >= _MIN_NAME_CHARS
            speaks = bool(together and named and is_named and _WITH.search(before))
            speaks = speaks or bool(
                together and named and _OF_SHARES.match(found["verb"]) and _WITH.search(before)
            )
            speaks = speaks or bool(ahead and named)
            takes_both = len(parties) < 2 and says_both
            announced = announced and is_named and not parties
            if (
                len(named) < 2
                and not (together and len(parties) > 1)
                and not (takes_both or speaks or announced or (alone and named))
            ):
                continue
            if (
                not hint
                and not any(p.mention and p.mention.entity_type == "organization" for p in parties)
                and not (takes_both or announced)
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
                is_past = text[found.end("verb")] == "了"
                is_talk = ahead and not is_past and _TALKS.fullmatch(text, ahead[1], left - 1)
                is_done = ahead and _TEAMED.fullmatch(text, ahead[1], left - 1)
                stage = "negotiating" if is_talk else stage if is_done or is_past else "signed"
            if stage in {"unveiled", "building"} and _NOT_DONE.match(text, found.end(), end):
                stage = "proposed"
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
                if "合资" in found["verb"]
                or "合资" in found["object"]
                or (together and _FIRM_OBJECT.search(found["object"]) and _HOLDS.match(text, found.end()))
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
        for pattern in (_TALKS, _AGREED, _TEAMED):
            talks = last_match(pattern, context.text, begin, left - 1)
            if talks and talks.end() == left - 1:
                return (begin, talks.start())
        return None

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

    def is_pushing(self, words: str) -> bool:
        """Whether words begin as a wish or with a place to be seen."""
        return self._pushing.match(words) is not None

    def is_generic(self, words: str) -> bool:
        """Whether words name no single thing (一批项目)."""
        return (
            len(words) < 3
            or bool(_SUM_OF_WORKS.search(words))
            or bool(self._generic.search(words))
            or bool(
                re.match(
                    r"^(?:的)?(?:[^的]{0,4}的)?(?:改造|建设|扩建|新建|技改)?(?:项目|工程|平台|中心|基地|园区|公司)$",
                    words,
                )
            )
        )
