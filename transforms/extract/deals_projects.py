"""Deals that are things being built or founded: projects, laboratories, centres, joint ventures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention, Span, last_match
from transforms.extract.deals_agreements import MAX_CUES, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.roles_titles import any_of

_QUOTED = re.compile(r"[“\"《](?P<name>[^“”\"《》\n]{3,40})[”\"》]")
_BUILD = re.compile(r"建设|新建|兴建|打造|建立|投建|扩建|用于")
# 通车里程, 投产后: the word tells of something else.
_NO_DEED = re.compile(r"前|后|以来|期|典礼上|率|的(?!是)|里程|总里程|[0-9.]+[万亿]?多?公里|超[0-9]|突破")
# 原定今年开工的某项目已取消: the old plan is not the title.
_PLANNED = re.compile(r"(?:(?:原定|原计划|原拟|此前)[^，。；]{0,20}?|位于[^，。；的]{2,20})的")
# 某项目在某产业园开工: the second noun is where.
_LOCATED = re.compile(r"(?:在|于)[^，。；]{2,24}$")
# 秦岭学院、北山实验室揭牌: heads of one list.
_LIST = re.compile(r"、|以及|及|和")
# 一期 of a project told before, with what is said of it.
_PHASE_OF = re.compile(
    r"(?:^|[，。；,;（(]|其中)(?:项目)?(?P<title>(?:第?[一二三四五六]|首)期)(?:项目|工程)?"
    r"(?=已|于|计划|预计|将|拟|总?投资|规划|建设|占地|正|年产|达产|建成|投产|竣工|开工)"
)
_SHARE_DONE = re.compile(
    r"(?:现?已|目前)?(?:累计)?(?P<verb>完成)(?:总工程量|工程量|总量|投资|总投资|形象进度)?(?:的)?(?:约|逾|超)?[0-9.]+[%％]"
)
_JOINED = re.compile(r"联合|携手|会同|联手")
_AND_SO_ON = re.compile(r"等[^，。；、等]{0,10}(?:项目|工程)$")
_AND_SO_ON_MARK = re.compile(r"、|等")
_THIS = re.compile(r"(?:该|此|这一|这个)?(?:项目|工程|基地|产业园|电站)$")
_ARTICLE = re.compile(r"(?:的|了|、|一个|一座|一批|首个|全国首个)*")
_PHASE = re.compile(r"^(?:其中[，,]?)?(?:[一二三四五六]期|首期|第[一二三四五六]期|二期)")
_FILLER = re.compile(
    r"(?:现?已经?|也|正式|近日|日前|今天|今日|昨天|昨日|成功|全面|顺利|全部|全线|均|集中|同时|同步|相继|陆续|先后"
    r"|目前|正在?|即将|将|计划|预计|拟|有望|可|力争|争取|确保|如期|提前|于|在|上午|下午|举行|举办|进行|实现|开始|启动"
    r"|现场|又|再次|就|一起|整体|完全|首批|年内|年底前?|已于|[0-9]+[年月日]"
    r"|因[^，。；]{2,16}?(?:而|被)?(?=$)|（[^（）]{0,12}）|\([^()]{0,12}\)|[，,]?现在|[、 ])"
)
_PUSHING = re.compile(
    r"(?:推动|推进|加快|促进|支持|争取|力争|确保|助力|吸引|引导|鼓励|希望|让|促成|催生|保障|服务|围绕|聚焦|带动|抓好|抓紧|谋划|实施|参与|提升|帮助|打造|参观|考察|调研|走进|来到|位于|作为|推出|见证|关于|随着|是|进入|举行|举办|为(?:实验室|中心|研究院|学院|公司|基地|平台)|要|把|一定|为工程|为项目|主办|承办|正在|等工程|期间|标志)"
)
_FIRM_NAME = r"(?!有限|集团|公司|控股|股份|投资|银行|管理|基金|工程|总公司|开发|区|发展)"
_INVEST_BY = re.compile(
    r"由(?P<who>[^，。；]{2,60}?)(?:全资|独资|共同|联合|合资|出资|负责|牵头)*"
    rf"(?:投资建设|投资兴建|投资|承建|建设|运营|开发|打造|共建|引进){_FIRM_NAME}"
)
_BY = re.compile(
    r"由(?P<who>[^，。；]{2,60}?)(?:联合|共同|合作|携手|牵头|发起|合资|倡议)+(?:打造|共建|建设|成立|运营|组建|设立|发起|创建|建立|举办)?"
    r"|由(?P<who2>[^，。；]{2,60}?)(?:打造|共建|建设|成立|运营|组建|设立|发起|创建|建立)"
)
# A firm that was not recognised still owns the project that its name opens.
_FIRM = re.compile(r"[\w()（）]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司)")


class ProjectRules:
    """Compiled once from `lookups["deal_types"]` and `lookups["stages"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        words = lookups["deal_types"]
        self._parties, self._stages = parties, stages
        stage_verbs = stages.verbs("landed", "building", "operating")
        heads, institutions = any_of(words["projects"]), any_of(words["institutions"])
        found_together, found_alone = any_of(words["found_together"]), any_of(words["found"])
        self._head = re.compile(
            f"(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?(?:[一二三四五六]期)?(?:[A-Z0-9一二三四五六七八九十]+号机组)?"
        )
        self._stage_verb = re.compile(
            f"(?P<verb>{stage_verbs}|签约|揭牌|揭幕|取消|搁置|停建|叫停|流产|终止|暂缓|推迟|延期|流标|废标|搁浅)(?P<rest>仪式|活动)?"
        )
        self._unveil = re.compile(
            f'(?P<head>{institutions})(?:[（(][^（）()]{{1,12}}[)）])?[”"》]?(?P<fill>[^，。；、“”"《》]{{0,14}}?)(?P<verb>揭牌成立|成立揭牌|揭牌|授牌|揭幕|挂牌成立|挂牌|正式成立|成立|启用|落成)'
        )
        self._found = re.compile(
            f"(?P<verb>{found_together}|{found_alone})(?:了|的)?(?P<object>[^，。；：]{{0,60}}?(?:(?:{institutions})(?![\\w])|合资(?:公司|企业|工厂)))"
        )
        self._institution_end = re.compile(f"(?:{institutions})$")
        self._jointly = re.compile(
            f"(?P<verb>{found_together})(?:了)?(?P<object>[^，。；：]{{2,40}}?(?:{heads}|陆港|水港|新区|园))(?![\\w])"
        )
        self._together = frozenset(words["found_together"])
        self._generic = re.compile(
            f"^(?:{any_of(words['generic'])})|[0-9一二三四五六七八九十百千两]+(?:余|多)?[个项批座条家][^，。第]{{0,40}}$"
        )
        self._invest = re.compile(
            f"(?P<verb>投资建设|投资兴建|投资新建|投资|斥资|出资|兴建|投建|新建)(?P<object>[^，。；：]{{0,60}}?(?:{heads}))(?![\\w])"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._unveiled(context, start, end)
        yield from self._founded(context, start, end)
        yield from self._projects(context, start, end)
        yield from self._invested(context, start, end)
        yield from self._phases(context, start, end)

    def _unveiled(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in islice(self._unveil.finditer(text, start, end), MAX_CUES):
            if _strip(context, found.start("fill"), found.end("fill")):
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
                title, parties = self._attributes(
                    context, self._behind_unveilers(context, left, name_end), name_end
                )
                if title[1] - title[0] < 7 and title[0] > left and text[title[0] - 1] == "为":
                    # 为实验室揭牌 points at what the article has named.
                    continue
            plain_found = found["verb"] in {"成立", "正式成立", "启用", "落成"}
            if plain_found and not quoted and len(parties) < 2:
                continue
            if self._is_generic(text[title[0] : title[1]]):
                continue
            by = _BY.search(
                text, found.end(), min(len(text), context.paragraph(found.start())[1], found.end() + 160)
            )
            if by and len(parties) < 2:
                group = "who" if by["who"] else "who2"
                parties = self._parties.coordination(context, by.start(group), by.end(group))
            base = "unveiled" if "启用" not in found["verb"] and "落成" not in found["verb"] else "operating"
            stage = self._stages.read(
                base, text[title[1] : found.start("verb")], text[found.end() : found.end() + 12]
            )
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
                hint="",
            )
            titles = [title] if quoted else self._listed(text, title)
            yield from (replace(whole, title=part, is_each=len(titles) > 1) for part in titles)

    def _listed_works(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲电站、乙水库等重大项目: each work with a name of its own, else the title as it is."""
        if "、" not in text[slice(*title)] or not _AND_SO_ON.search(text[slice(*title)]):
            return [title]
        parts, position = [], title[0]
        for mark in _AND_SO_ON_MARK.finditer(text, *title):
            head = last_match(self._head, text, position, mark.start())
            if head is not None and head.end() == mark.start() and mark.start() - position >= 5:
                parts.append((position, mark.start()))
            position = mark.end()
        return parts

    def _behind_unveilers(self, context: ArticleContext, left: int, end: int) -> int:
        """市长某某为X揭牌: X begins behind 为, where persons stand in front of it."""
        mark = context.text.rfind("为", left, end)
        return mark + 1 if mark > 0 and context.mentions_in(left, mark, "person") else left

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

    def _attributes(
        self, context: ArticleContext, left: int, end: int
    ) -> tuple[tuple[int, int], list[Party]]:
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
            if not together and not re.search(r"[与和同、](?!.*[的])", before):
                continue
            parties = self._parties.coordination(context, left, found.start(), is_anchored=together)
            if together and len(parties) < 2 and re.match(r"(?:与|和|同|并与|还与|将与)", before.strip()):
                subject = self._parties.nearest(context, start, left)
                if subject:
                    parties.insert(0, Party(subject.start, subject.end, subject))
            named = [p for p in parties if p.mention]
            takes_both = together and len(parties) < 2 and self._parties.is_both(before)
            if (len(named) < 2 and not (together and len(parties) > 1)) and not takes_both:
                continue
            if (
                not hint
                and not any(p.mention and p.mention.entity_type == "organization" for p in parties)
                and not takes_both
            ):
                continue
            title = (_skip(text, found.start("object")), found.end("object"))
            if self._is_generic(text[title[0] : title[1]]) or _PUSHING.search(text[title[0] : title[1]][:4]):
                continue
            stage = self._stages.read(base, before, text[found.end() : found.end() + 12])
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base=base,
                stage=stage,
                left=left,
                rule="founded_together",
                title=title,
                parties=parties,
                confidence=0.85,
                takes_both=takes_both,
                hint="joint_venture" if "合资" in found["verb"] or "合资" in found["object"] else hint,
            )

    def _head_before(self, text: str, left: int, end: int) -> re.Match[str] | None:
        """The noun that a verb tells of: of 某项目在某产业园 the first, the other one says where."""
        heads = list(self._head.finditer(text, left, end))
        for first, second in pairwise(heads):
            if second is heads[-1] and _LOCATED.match(text, first.end(), second.start()):
                return first
        return heads[-1] if heads else None

    def _phases(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """其中一期投资30亿元，计划2027年3月建成投产: a phase of the project told before it."""
        text = context.text
        phases = list(islice(_PHASE_OF.finditer(text, start, end), MAX_CUES))
        for phase, following in zip(phases, [*phases[1:], None], strict=False):
            stop = following.start() if following else end
            title = phase.span("title")
            verb = self._stage_verb.search(text, phase.end(), stop)
            cue = verb.span("verb") if verb else title
            before = text[phase.end() : cue[0]]
            base = self._stages.of_word(verb["verb"]) if verb else "unknown"
            stage = self._stages.read(base, before, text[cue[1] : cue[1] + 12])
            yield Candidate(
                start=title[0],
                end=max(phase.end(), cue[1]),
                cue=cue,
                base=base,
                stage=stage,
                left=phase.end(),
                rule="phase",
                title=title,
                confidence=0.78,
                hint="project",
                is_phase=True,
                expected_only=stage == "proposed" and self._stages.is_expected(before),
            )

    def _projects(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for verb in islice(self._stage_verb.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, verb.start())
            head = self._head_before(text, left, verb.start())
            if head is None or _strip(context, head.end(), verb.start()):
                continue
            if _NO_DEED.match(text, verb.end()):
                continue
            title, parties = self._owner(context, left, head.end())
            planned = _PLANNED.match(text, title[0], title[1])
            title = (planned.end(), title[1]) if planned else title
            words = text[title[0] : title[1]]
            if context.mentions_in(title[0], title[1], "person"):
                continue
            pushed = _PUSHING.search(text, planned.end() if planned else left, head.start())
            if self._is_generic(words) or pushed or len(words) < 4:
                continue
            if not re.match(r"[\w“\"《]", words):
                continue
            host = [
                m
                for m in context.mentions_in(head.end(), verb.start())
                if m.entity_type in {"organization", "place"}
            ]
            parties += [Party(m.start, m.end, m, "host") for m in host if m.entity_type == "organization"][:1]
            by = _INVEST_BY.search(text, verb.end(), end)
            if by:
                parties += self._parties.coordination(context, by.start("who"), by.end("who"), "investor")
            between = text[head.end() : verb.start()]
            base = self._stages.of_word(verb["verb"])
            stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12])
            expected = (
                base in {"operating", "building"}
                and stage == "proposed"
                and self._stages.is_expected(between)
            )
            whole = Candidate(
                start=left,
                end=verb.end(),
                cue=(verb.start("verb"), verb.end("verb")),
                base=base,
                stage=stage,
                left=head.end(),
                rule="project_stage",
                title=title,
                parties=parties,
                confidence=0.88 if parties else 0.8,
                hint="project",
                is_phase=bool(_PHASE.match(words)),
                expected_only=expected,
            )
            titles = self._listed_works(text, title)
            yield from (replace(whole, title=part, is_each=len(titles) > 1) for part in titles)
        for share in _SHARE_DONE.finditer(text, start, end):
            left = clause_start(context, start, share.start())
            head = self._head_before(text, left, share.start())
            if head is None or head.end() != share.start():
                continue
            title, parties = self._owner(context, left, head.end())
            if self._is_generic(text[slice(*title)]) or title[1] - title[0] < 4:
                continue
            yield Candidate(
                start=left,
                end=share.end(),
                cue=share.span("verb"),
                base="building",
                stage="building",
                left=head.end(),
                rule="share_done",
                title=title,
                parties=parties,
                confidence=0.8,
                hint="project",
            )
        for by in _INVEST_BY.finditer(text, start, end):
            left = clause_start(context, start, by.start())
            head = last_match(self._head, text, left, by.start())
            if head is None or head.end() != by.start():
                continue
            title, parties = self._owner(context, left, head.end())
            about_last = bool(_THIS.match(text[left : head.end()].strip()))
            if not about_last and (
                self._is_generic(text[title[0] : title[1]]) or _PUSHING.search(text[left : head.start()])
            ):
                continue
            investors = self._parties.coordination(context, by.start("who"), by.end("who"), "investor")
            if not investors:
                continue
            yield Candidate(
                start=left,
                end=by.end(),
                cue=(by.end("who"), by.end()),
                base="unknown",
                stage="unknown",
                left=by.end("who"),
                rule="invested_by",
                title=title,
                parties=parties + investors,
                about_last=about_last,
                confidence=0.85,
                hint="project",
            )

    def _owner(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """Splits 某公司年产三万吨X项目 into its owner and its title."""
        text = context.text
        start, _ = self._parties.trim(context, left, end)
        names = [m for m in context.mentions_in(start, end - 1, "organization") if m.start <= start + 1]
        if not names:
            firm = _FIRM.match(text, start, end)
            if firm and end - firm.end() >= 4:
                return (firm.end(), end), [Party(start, firm.end(), None, "owner")]
            by = re.compile(
                r"由(?P<who>[^，。；]{2,60}?)(?:投资建设|投资兴建|投资|承建|建设|开发|打造|实施|负责建设)的"
            ).match(text, start, end)
            if by:
                return (by.end(), end), self._parties.coordination(
                    context, by.start("who"), by.end("who"), "investor"
                )
            return (start, end), []
        owner = names[0]
        rest = re.compile(r"(?:的|投资[^的，]{0,20}的|承建的|建设的|位于[^的，]{2,20}的)?").match(
            text, owner.end
        )
        begin = rest.end() if rest else owner.end
        if end - begin < 5:
            return (start, end), []
        return (begin, end), [Party(owner.start, owner.end, owner, "owner")]

    def _invested(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲投资N亿元在某地建设X项目."""
        text = context.text
        for found in islice(self._invest.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            before = text[left : found.start()]
            if before.rstrip().endswith(("总", "由", "完成", "固定资产", "的")) or "由" in before[:1]:
                continue
            parties = self._parties.coordination(context, left, found.start(), "investor", is_anchored=False)
            parties = [p for p in parties if p.mention and p.mention.entity_type == "organization"]
            if not parties:
                continue
            object_start = found.start("object")
            amounts = context.quantities_in(object_start, found.end())
            build = last_match(_BUILD, text, object_start, found.end())
            begin = build.end() if build else (amounts[-1].end if amounts else object_start)
            begin = _skip(text, begin)
            if self._is_generic(text[begin : found.end()]) or found.end() - begin < 4:
                continue
            stage = self._stages.read("building", before, text[found.end() : found.end() + 12])
            yield Candidate(
                start=min(left, parties[0].start),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="building",
                stage="unknown" if stage == "building" else stage,
                left=left,
                rule="invested",
                title=(begin, found.end()),
                parties=parties,
                confidence=0.78,
                hint="project",
            )

    def _is_generic(self, words: str) -> bool:
        return (
            len(words) < 3
            or bool(self._generic.search(words))
            or bool(re.match(r"^(?:的)?(?:[^的]{0,4}的)?(?:项目|工程|平台|中心|基地|园区|公司)$", words))
        )


def _skip(text: str, position: int) -> int:
    found = _ARTICLE.match(text, position)
    return found.end() if found else position


def _strip(context: ArticleContext, start: int, end: int) -> str:
    """What stands between a noun and its verb apart from dates, names and adverbs."""
    if end - start > 60:
        return "too far"
    text = list(context.text[start:end])
    spans: list[Span | Mention] = [
        *context.dates_in(start, end),
        *context.mentions_in(start, end, "place", "organization"),
    ]
    for span in spans:
        text[span.start - start : span.end - start] = " " * (span.end - span.start)
    rest = _FILLER.sub("", "".join(text)).strip()
    return "" if len(rest) <= 1 else rest
