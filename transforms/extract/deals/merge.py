"""Deals of one article that are told more than once: one row each, with what every telling adds."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.antecedents import POINTED, name_before
from transforms.extract.deals.kernels.names import WorkNames
from transforms.extract.deals.links import LinkReader
from transforms.extract.deals.met import TWO_TOWNS, who_met
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.same import (
    FIRST_PHASE,
    PHASE_NUMBER,
    is_its_office,
    is_same,
    is_short_for,
    share_name,
    title_text,
)
from transforms.extract.deals.scene import is_sited
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works_told import built_by, goes_on, is_work, summed_up, told_before
from transforms.extract.numerals import parse_number

# 某产业园一期: the phase in a title, with the name of the whole in front of it.
_PHASE_TITLE = re.compile(r"(?P<whole>.{4,}?)(?P<phase>第?[一二三四五六首]期)")
# What 项目 means behind a phase that was told: the whole, if its phases are counted next.
_PHASED = re.compile(r"分[两二三四五六]期|其中[，,]?第?[一首]期|[，。；]第?[一首]期(?:已|于|去年|今年|[0-9])")
# A paper about shares is the deal that the same sentence tells next (以2860万元受让…60%股权).
_PAPER_OF_SHARES = re.compile(
    r"[《“]?.{0,8}(?:股权|股份|股票|资产|产权|收购|增资|认购|转让)[^《》]{0,8}?(?:协议|合同)(?:书)?[》”]?$"
)
_OF_SHARES, _LATTER, _TWO = frozenset({"equity_investment", "acquisition"}), re.compile("[前后]者"), 2
_BOUGHT_UNDER_PAPER = frozenset({"buyer", "investor"})
_AGREED = frozenset({"signed", "negotiating"})
# An article tells a deal again within so many deals.
_MEMORY, _MIN_NAME_CHARS = 60, 4
# 双方 may stand this far behind the two that it means, and 该项目 behind its project.
_LOOK_BACK_CHARS = 400
_TWO_HOUSES = re.compile(r"两(?:院|校|家(?:企业|公司|医院|单位|机构)?|企)")
# What only towns sign, and what is merely looked at.
_OF_TOWNS = re.compile("友好[市州县区城]|友城|姊妹城|姐妹城|结好")
_OWN_PAPER = re.compile(
    r"(?:友好|友城|交流|互访|结好|帮扶|对口|协作)[^，。；]{0,8}(?:协议书?|备忘录|意向书)$"
)
_SEES = re.compile("(?:参观|走访|考察|走进|到|访问|来到|了解)了?$")
_PAPERS = frozenset({"signed"})
# What joins the two that 双方 stands for.
_JOINS = frozenset({"与", "和", "同", "跟", "及", "引进", "引入", "牵手", "携手", "联手", "邀请", "邀"})


class DealMerger:
    """Adds candidates of one item to those of the article; a deal told again updates the first."""

    def __init__(self, stages: StageReader, links: LinkReader, names: WorkNames) -> None:
        self._stages, self._links, self._names = stages, links, names

    def add(self, context: ArticleContext, known: list[Candidate], new: list[Candidate]) -> list[Candidate]:
        """The deals known after one more item of the article."""
        for candidate in sorted(new, key=lambda c: c.cue[0]):
            if candidate.about_last and self._adds_to_last(context, known, candidate):
                continue
            built = built_by(context, known, candidate)
            if works := built or goes_on(context, known, candidate):
                # Who does what in 该项目由甲投资，乙承建, `add_hands` reads.
                works.parties += candidate.parties if built else []
                works.stage = works.stage if built else self._stages.later(works.stage, candidate.stage)
                works.more.append((candidate.start, candidate.end))
                continue
            if candidate.title is None and candidate.hint == "project":
                candidate.title, whose = name_before(context, self._names, candidate)
                if all(p.role in {"contractor", "host"} for p in candidate.parties):
                    candidate.parties += whose
            candidate.title = _full_title(context, known, candidate)
            if candidate.is_phase:
                candidate.whole = self._whole(context, known, candidate)
                if candidate.rule == "phase" and candidate.whole is None and not candidate.is_alone:
                    continue
                if candidate.whole is not None and _is_phase_of(context, candidate, candidate.whole):
                    # 某港一期工程投运，其中一期投资4亿元: the phase that was told.
                    phase = candidate.whole
                    phase.stage = self._stages.later(phase.stage, candidate.stage)
                    phase.more.append((candidate.start, candidate.end))
                    continue
                if candidate.whole is not None and candidate.whole.stage == "unknown":
                    candidate.whole.stage = candidate.stage
                    if FIRST_PHASE.match(title_text(context, candidate) or ""):
                        # 某园区分两期建设。一期投产: how far the works are is told of their first phase.
                        candidate.whole.more.append((candidate.start, candidate.end))
                        continue
                if candidate.whole is not None and _names_phase(context, candidate.whole):
                    # 一期投产。二期…: two phases of a whole that has no row of its own.
                    candidate.parties = candidate.parties or list(candidate.whole.parties)
                    candidate.whole = None
            if candidate.takes_both:
                parties, told_at = _named_before(context, known, candidate)
                met, met_at = who_met(context, candidate.start)
                if met and (len(parties) < 2 or (met_at > told_at and _is_near(context, met_at, candidate))):
                    parties = met
                if len(parties) < 2:
                    parties = _other_town(context, candidate) or parties
                own = [p for p in candidate.parties if p.role != "partner"]
                if not (parties or own) and candidate.rule != "costs" and not _has_book(context, candidate):
                    continue
                bought = _paper_of(context, known, candidate)
                if bought is not None:
                    bought.more.append((candidate.start, candidate.end))
                    continue
                candidate.parties = parties + own
            if candidate.rule == "bought" and _fills_paper(context, known, candidate):
                continue
            if _is_of_latter(context, known, candidate):
                known[-1].more.append((max(known[-1].end, candidate.start), candidate.end))
                continue
            twin = next((k for k in known[: -_MEMORY - 1 : -1] if is_same(context, k, candidate)), None)
            if twin is None and is_work(candidate):
                longer = [k for k in known if is_short_for(context, k, candidate)]
                twin = longer[0] if len(longer) == 1 else None
            if twin is None and (twin := summed_up(context, known, candidate)):
                twin.more.append((candidate.start, candidate.end))
            if twin is None:
                known.append(candidate)
                continue
            if candidate.stage == "ended":
                twin.stage = "ended"
            elif not (
                twin.stage in _AGREED and (candidate.expected_only or _says_where(context, twin, candidate))
            ):
                # 签约。项目选址城东，预计明年投产: neither says how far it is.
                twin.stage = self._stages.later(twin.stage, candidate.stage)
            names = {p.mention.text for p in twin.parties if p.mention}
            told = {context.text[p.start : p.end] for p in twin.parties} | names
            twin.parties += [
                p
                for p in candidate.parties
                if (p.mention or p.role == "target")
                and not (p.mention and is_its_office(p.mention.text, names))
                and not share_name({p.mention.text if p.mention else context.text[p.start : p.end]}, told)
            ]
            if candidate.is_phase:
                twin.more.append((candidate.start, candidate.end))
            twin.title = twin.title or candidate.title
        return known

    def one_per_span(self, context: ArticleContext, found: list[Candidate]) -> list[Candidate]:
        """Deals of one span, type and title are one deal with the parties of all."""
        kept: dict[tuple[int, int, str, str | None], Candidate] = {}
        for candidate in found:
            kind = self._links.deal_type(candidate, context.text)
            key = (candidate.start, candidate.end, kind, title_text(context, candidate))
            if key in kept:
                kept[key].parties += candidate.parties
            else:
                kept[key] = candidate
        return list(kept.values())

    def _adds_to_last(self, context: ArticleContext, known: list[Candidate], candidate: Candidate) -> bool:
        """Whether 该项目由某公司投资 adds to a project told before, or says nothing that makes a deal."""
        if candidate.rule == "all_land":
            _land_all(context, known, candidate)
            return True
        last = told_before(context, known, candidate)
        if candidate.rule == "how_far":
            whole = _whole_of_phase(context, last, candidate) if last and not last.whole else None
            if last and whole:
                last.is_phase, last.whole = True, whole
                whole.parties = list(last.parties)
                known.append(whole)
            elif (
                last is not None
                and candidate.stage != "proposed"
                and not (last.stage in _AGREED and _says_where(context, last, candidate))
            ):
                later = self._stages.later(last.stage, candidate.stage)
                last.stage = "ended" if candidate.stage == "ended" else later
            if last is None and POINTED.match(context.text, candidate.start):
                # 某银行向某某项目发放贷款。该项目去年开工: the works were named beside the loan.
                candidate.title, candidate.parties = name_before(context, self._names, candidate)
                candidate.about_last = False
                return candidate.title is None
            return True
        if last is None and candidate.rule == "runs":
            return True
        if last is None:
            # 项目由某公司建设 goes on about what the article does not hold: only the firm is known.
            firms = [p for p in candidate.parties if p.mention and p.mention.entity_type == "organization"]
            if not firms or candidate.cue[0] - firms[-1].end > 1:
                return True
            # The firm is known, the title is not.
            candidate.about_last = False
            return False
        whole = None if last.whole else _whole_of_phase(context, last, candidate)
        if whole is not None:
            last.is_phase, last.whole = True, whole
            last.parties = last.parties or list(whole.parties)
            known.append(whole)
            return True
        named = {p.mention.text for p in candidate.parties if p.mention}
        last.parties = [p for p in last.parties if p.role != "owner" or p.mention or not named]
        told = {p.mention.text for p in last.parties if p.mention}
        last.parties += [p for p in candidate.parties if not (p.mention and p.mention.text in told)]
        last.more.append((candidate.start, candidate.end))
        return True

    def _whole(
        self, context: ArticleContext, known: list[Candidate], candidate: Candidate
    ) -> Candidate | None:
        """The project of a phase: told before in the paragraph, or else the one project of the article."""
        if candidate.rule == "phase":
            told = told_before(context, known, candidate)
            if told is None and candidate.stage != "unknown":
                works = {id(k.whole or k): k.whole or k for k in known if is_work(k)}
                told = next(iter(works.values())) if len(works) == 1 else None
            return told.whole or told if told else None
        # A paper may be told between a project and its 二期工程.
        told_ones = [k for k in known if not k.is_phase and (k.hint == "project" or k.rule not in _PAPERS)]
        whole = told_ones[-1] if told_ones else None
        return whole if whole and self._links.deal_type(whole, context.text) == "project" else None


def _full_title(
    context: ArticleContext, known: list[Candidate], candidate: Candidate
) -> tuple[int, int] | None:
    """某创新平台揭牌。平台由甲与乙共建: the name that the paragraph gave before what a bare noun names."""
    noun = context.text[slice(*candidate.title)] if candidate.title else ""
    if not 0 < len(noun) < _MIN_NAME_CHARS or candidate.is_phase:
        return candidate.title
    floor = context.paragraph(candidate.start)[0]
    told = (k.title for k in reversed(known) if k.title and floor <= k.start and k.title[0] < candidate.start)
    longer = (t for t in told if context.text.endswith(noun, *t) and t[1] - t[0] > len(noun))
    return next(longer, candidate.title)


def _says_where(context: ArticleContext, twin: Candidate, candidate: Candidate) -> bool:
    """Whether no more is told again than where works will stand: 就某项目签约，计划投资3亿元，落户某港."""
    is_with = context.sentence_at(candidate.cue[0]) == context.sentence_at(twin.cue[0])
    return is_sited(context, candidate) or (
        candidate.stage == "landed" and is_with and twin.cue < candidate.cue
    )


def _whole_of_phase(context: ArticleContext, last: Candidate, about: Candidate) -> Candidate | None:
    """某产业园一期开工。项目由某公司投资，其中一期…: the whole that the first sentence names in passing."""
    titled = _PHASE_TITLE.match(title_text(context, last) or "")
    limit = context.paragraph(about.end)[1]
    if titled is None or last.title is None or not _PHASED.search(context.text, about.end, limit):
        return None
    return replace(
        about,
        title=(last.title[0], last.title[0] + titled.end("whole")),
        stage="building" if last.stage == "operating" else last.stage,
        about_last=False,
    )


def _is_of_latter(context: ArticleContext, known: list[Candidate], bought: Candidate) -> bool:
    """甲与乙签署增资协议，出资1.5亿元认购后者4.8%的股份: what the paper of the two is about."""
    paper = known[-1] if known and bought.hint in _OF_SHARES else None
    if paper is None or paper.rule != "signed" or len(paper.parties) != _TWO:
        return False
    is_one = context.sentence_at(paper.cue[0]) == context.sentence_at(bought.cue[0])
    is_told = paper.hint == bought.hint or _LATTER.search(context.text, paper.cue[1], bought.end)
    if not (is_one and paper.title and is_told):
        return False
    names = {p.mention.text for p in paper.parties if p.mention}
    told = [p.mention.text for p in bought.parties if p.mention]
    return bool(told) and all(share_name({name}, names) for name in told)


def _fills_paper(context: ArticleContext, known: list[Candidate], bought: Candidate) -> bool:
    """甲与乙签署股权转让协议，以N元受让…60%股权: one deal; the other side of the paper sells."""
    paper = known[-1] if known else None
    if paper is None or paper.rule != "signed" or len(paper.parties) < 2:
        return False
    # 根据协议，甲以N元收购…: the sentence behind that of the paper, in one paragraph.
    number = context.sentence_at(bought.cue[0]) - 1
    floor = max(context.sentences[max(0, number)][0], context.paragraph(bought.cue[0])[0])
    if paper.start < floor or not _PAPER_OF_SHARES.match(title_text(context, paper) or ""):
        return False
    named = {p.mention.text for p in bought.parties if p.mention}
    others = [p for p in paper.parties if not p.mention or not share_name({p.mention.text}, named)]
    if len(others) == len(paper.parties) or not any(p.role == "target" for p in bought.parties):
        return False
    buys = any(p.role in _BOUGHT_UNDER_PAPER for p in bought.parties)
    has_seller = any(p.role == "seller" for p in bought.parties)
    other_role = "partner" if bought.hint == "equity_investment" or (buys and has_seller) else "seller"
    if all(p.role == "partner" for p in paper.parties):
        paper.parties = bought.parties + [replace(p, role=other_role if buys else "buyer") for p in others]
    paper.hint, paper.title = bought.hint, bought.title or paper.title
    paper.stage = bought.stage if paper.stage == "signed" else paper.stage
    paper.end = max(paper.end, bought.end)
    return True


def _named_before(
    context: ArticleContext, known: list[Candidate], candidate: Candidate
) -> tuple[list[Party], int]:
    """The two that 双方 stands for: those of the deal told last, else 甲与乙 in this paragraph; and where."""
    floor = max(0, candidate.start - _LOOK_BACK_CHARS)
    are_towns = _OF_TOWNS.search(context.text, candidate.start, candidate.end)
    for earlier in known[: -_MEMORY - 1 : -1]:
        named = [p for p in earlier.parties if p.mention and p.role not in {"contractor", "proposer"}]
        if are_towns and not all(p.mention and p.mention.entity_type == "place" for p in named):
            continue
        if floor <= earlier.start <= candidate.start and len(named) >= 2:
            return [replace(p, role="partner") for p in named], max(p.end for p in named)
    names = context.mentions_in(floor, candidate.cue[0], "organization", "place")
    for left, right in zip(names[::-1][1:], names[::-1], strict=False):
        is_seen = _SEES.search(context.text, max(0, left.start - 4), left.start)
        if context.text[left.end : right.start] in _JOINS and not is_seen:
            # 某国某市: the last of a chain is meant.
            chain = [right]
            chain += [m for m in names if m.start == chain[-1].end]
            return [Party.of(m) for m in (left, chain[-1])], chain[-1].end
    if _TWO_HOUSES.search(context.text, candidate.start, candidate.cue[0]):
        return last_two(context, candidate)
    return [], 0


def last_two(context: ArticleContext, candidate: Candidate) -> tuple[list[Party], int]:
    """Whom 两院 or 两家企业 means where nothing joins them: the two bodies that were named last."""
    floor = max(context.paragraph(candidate.start)[0], candidate.start - _LOOK_BACK_CHARS)
    last: list[Mention] = []
    for body in reversed(context.mentions_in(floor, candidate.start, "organization")):
        if not any(share_name({body.text}, {m.text}) for m in last):
            last.append(body)
    return [Party.of(m) for m in last[1::-1]] if len(last) > 1 else [], last[0].end if last else 0


def _has_book(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether what was signed has a name of its own: in 《》 or 友好交流备忘录."""
    begin, end = candidate.title or (0, 0)
    is_own = context.text[begin - 1] == "《" or _OWN_PAPER.search(context.text, begin, end)
    # 双方共建的“某某研究院”揭牌: whoever they are, it stands.
    stands = context.text[begin - 1] == "“" and candidate.base in {"unveiled", "operating"}
    return end > begin and bool(is_own or stands)


def _is_near(context: ArticleContext, position: int, candidate: Candidate) -> bool:
    """Whether a candidate stands in the sentence of a position or in the next."""
    return context.sentence_at(candidate.start) - context.sentence_at(position) <= 1


def _paper_of(context: ArticleContext, known: list[Candidate], paper: Candidate) -> Candidate | None:
    """The purchase told before of which 双方签订股权转让合同 is the paper."""
    if not _PAPER_OF_SHARES.match(title_text(context, paper) or "") or not known:
        return None
    near = known[-1].rule == "bought" and paper.start - known[-1].start < _LOOK_BACK_CHARS
    return known[-1] if near else None


def _other_town(context: ArticleContext, candidate: Candidate) -> list[Party]:
    """Whom a delegation met before 两市签署《…》: the nearest town in front."""
    titled = candidate.title and context.text[candidate.title[0] - 1] == "《"
    both = TWO_TOWNS.search(context.text, candidate.start, candidate.cue[0]) if titled else None
    if both is None:
        return []
    floor = context.paragraph(candidate.start)[0]
    places = [m for m in (*context.mentions, *context.nested) if m.entity_type == "place"]
    told = [m for m in places if floor <= m.start < candidate.start and m.text.endswith(both["kind"])]
    nearest = max(told, key=lambda m: m.start, default=None)
    return [Party.of(nearest)] if nearest else []


def _land_all(context: ArticleContext, known: list[Candidate], landing: Candidate) -> None:
    """三个项目均落户某区: the zone takes in each of the works told last, if the paragraph tells so many."""
    count = parse_number(context.text[slice(*landing.title)]) if landing.title else None
    floor = context.paragraph(landing.start)[0]
    works = [k for k in known if k.start >= floor and is_work(k)]
    if count is None or len(works) < count.value:
        return
    for work in works[-int(count.value) :]:
        work.parties += [p for p in landing.parties if all(o.role != "host" for o in work.parties)]


def _names_phase(context: ArticleContext, candidate: Candidate) -> bool:
    return bool(_PHASE_TITLE.match(title_text(context, candidate) or ""))


def _is_phase_of(context: ArticleContext, phase: Candidate, told: Candidate) -> bool:
    """Whether a phase has the number of the one that the title of a work ends with."""
    titled = _PHASE_TITLE.match(title_text(context, told) or "")
    number = PHASE_NUMBER.match(title_text(context, phase) or "")
    if titled is None or number is None:
        return False
    return number["number"] in {*titled["phase"]} | ({"一"} if "首" in titled["phase"] else set())
