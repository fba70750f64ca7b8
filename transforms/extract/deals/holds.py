"""A paper and the works or the trade that it holds: one deal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.same import share_name, title_text
from transforms.extract.deals.sides import SideReader

# Papers with no name but that of their kind: 入园协议, 项目投资合同; 意向书.
PAPER_OF_WORKS = re.compile(
    r"(?:正式|项目|投资|合作|入园|进园|入驻|落户|建设|框架|战略|土地)*(?:协议书?|合同书?|意向书?|备忘录)?"
)
_BARE_PAPER = re.compile(r"(?:正式|相关|框架|初步|合作|共建|采购|购销)*(?:协议书?|合同书?|意向书?|备忘录)?")
# 根据协议，某公司将投资2亿元建设某基地
_BY_PAPER = re.compile(r"\s*(?:根据|按照?|依照)(?:[双三]方)?[^，。；]{0,16}?(?:协议|合同|约定|备忘录)")
_PAPERS = frozenset({"cooperation_agreement", "strategic_agreement", "project"})
_BEFORE_WORK = frozenset({"unknown", "proposed", "negotiating", "signed", "landed"})
_FOUNDS = frozenset({"institution", "joint_venture"})
# 投资方某公司已在县里注册某公司: who pays for the works of the sentence before, and whose they will be.
_PAYER = re.compile(r"[\s“]*(?:项目|工程)?(?:的)?投资(?:方|人|商|主体)(?:是|为|[，,])?")
# 将建5000吨级泊位2个: what works consist of
_SO_MANY = re.compile("[0-9一二两三四五六七八九十]+(?:余|多)?[个座条栋台口孔幢]")
_IS_TO_BUILD = re.compile("(?:将|拟|计划|主要|新)(?:新)?(?:建设|建)$")


def adds_to(
    context: ArticleContext, candidate: Candidate, kind: str, last: Candidate, last_kind: str
) -> bool:
    """Whether a candidate tells who pays for the works told last, or what they consist of; they take it."""
    text = context.text
    begin = context.sentences[context.sentence_at(candidate.start)][0]
    is_here = last.start >= begin or any(start >= begin for start, _ in last.more)
    if last_kind == "project" and kind in _FOUNDS and _PAYER.match(text, begin):
        floor = context.sentences[max(0, context.sentence_at(candidate.start) - 1)][0]
        if last.title and last.start >= floor:
            roles = {"target": "owner", "partner": "investor", "builder": "investor"}
            told = names_of(last)
            firms = context.mentions_in(*candidate.title, "organization") if candidate.title else []
            told |= {m.text for m in firms}
            last.parties += [Party.of(m, "owner") for m in firms if m.text not in names_of(last)]
            last.parties += [
                replace(p, role=roles.get(p.role, p.role))
                for p in candidate.parties
                if p.mention and p.mention.text not in told
            ]
            last.more.append((candidate.start, candidate.end))
            return True
    if kind == "project" and is_here and candidate.title and candidate.start >= last.end:
        is_part = bool(
            _IS_TO_BUILD.search(text, begin, candidate.title[0]) and _SO_MANY.match(text, candidate.title[1])
        )
        own = names_of(candidate)
        is_part = is_part and last_kind == "project" and last.title is not None
        targets = {p.mention.text for p in last.parties if p.mention and p.role == "target"}
        targets |= {title_text(context, last) or ""}
        # 设立某公司，建设某生产线: what the firm is for
        is_of_firm = last_kind == "joint_venture" and last.stage == "signed" and bool(own) and own <= targets
        if is_part or is_of_firm:
            last.more.append((candidate.start, candidate.end))
            return True
    return False


def paper_that_holds(
    context: ArticleContext,
    candidate: Candidate,
    kind: str,
    kept: list[Candidate],
    type_of: Callable[[Candidate], str],
) -> Candidate | None:
    """The paper told right before whose works or trade a candidate only goes on about.

    甲与某管委会签订入园协议，甲投资3亿元新建某生产线: one deal. A paper of the same two sides with no name of
    its own is the deal that stands beside it.
    """
    paper = kept[-1] if kept else None
    if paper is None or paper.base != "signed" or paper.is_each or candidate.is_each:
        return None
    title = title_text(context, paper) or ""
    floor = context.sentences[max(0, context.sentence_at(candidate.cue[0]) - 1)][0]
    if paper.start < floor or context.paragraph(candidate.start)[0] > paper.start:
        return None
    of_paper, of_works = names_of(paper), names_of(candidate)
    if kind == "project" and type_of(paper) == "project" and PAPER_OF_WORKS.fullmatch(title):
        brings = {p.mention.text for p in paper.parties if p.mention and p.role == "investor"}
        is_ahead = candidate.base in _BEFORE_WORK
        return paper if is_ahead and brings and of_works and share_name(brings, of_works) else None
    is_ahead = kind == "project" and candidate.base in _BEFORE_WORK
    # 三方签约。甲与乙各出资一半，设立某公司
    is_ahead |= kind == "joint_venture" and candidate.stage == "signed" and candidate.rule != "signed"
    if is_ahead and _is_held(context, paper, type_of(paper), candidate):
        return paper
    is_bare = _BARE_PAPER.fullmatch(title) and type_of(paper) == "cooperation_agreement"
    is_bare = is_bare and candidate.stage != "unveiled"
    is_next = context.sentence_at(candidate.cue[0]) == context.sentence_at(paper.cue[0])
    return paper if is_bare and is_next and len(of_works) > 1 and of_works == of_paper else None


def _is_held(context: ArticleContext, paper: Candidate, kind: str, works: Candidate) -> bool:
    """Whether works that nobody has begun are what a paper is about: its sentence or 根据协议 goes on so."""
    title = title_text(context, paper) or ""
    is_of_works = kind == "project" or (title and _BARE_PAPER.fullmatch(title)) or "项目" in title
    begin = context.sentences[context.sentence_at(works.cue[0])][0]
    told = names_of(works)
    by_paper = _BY_PAPER.match(context.text, begin)
    if not title and paper.end <= begin:
        # 甲与乙签约。按照协议，乙的某项目落户某园; 甲与乙签约。乙将投资2亿元建设某项目
        called = {context.text[p.start : p.end] for p in works.parties} | told
        is_of_works = share_name(names_of(paper), called) if called else bool(by_paper)
        told = called
    if paper.rule != "signed" or works.rule == "signed" or kind not in _PAPERS or not is_of_works:
        return False
    is_here = begin <= paper.cue[0] or by_paper or not title
    return bool(is_here) and (not told or share_name(names_of(paper), told))


def hold(context: ArticleContext, paper: Candidate, held: Candidate) -> None:
    """Gives a paper the type and sides of what it holds, and its name if the paper has none of its own."""
    told = names_of(paper)
    if held.parties and all(p.role == "partner" for p in paper.parties):
        # 甲县政府与乙公司签订框架协议，后者将投资…: who takes the works in is in the paper alone.
        others = [p for p in paper.parties if p.mention and not share_name({p.mention.text}, names_of(held))]
        brought = held.hint == "joint_venture" or any(p.role == "investor" for p in held.parties)
        public = [replace(p, role="host") for p in others if brought and SideReader.is_public(context, p)]
        paper.parties = [*(p for p in held.parties if not (public and p.role == "host")), *public]
    else:
        paper.parties += [p for p in held.parties if p.mention and not share_name({p.mention.text}, told)]
    title = title_text(context, paper) or ""
    is_bare = PAPER_OF_WORKS.fullmatch(title) or _BARE_PAPER.fullmatch(title)
    paper.hint, paper.title = held.hint, (held.title or paper.title) if is_bare else paper.title
    paper.stage = paper.stage if held.stage in _BEFORE_WORK else held.stage
    paper.more.append((held.start, held.end))


def names_of(candidate: Candidate) -> set[str]:
    """The recognised names of the parties of a deal."""
    return {p.mention.text for p in candidate.parties if p.mention}
