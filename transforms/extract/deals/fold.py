"""Rows that tell no deal of their own: parts of works, works by a short name, a signing without a paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.holds import PAPER_OF_WORKS, adds_to, hold, paper_that_holds
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.purchases import PURCHASES, fill_paper, is_of_purchase
from transforms.extract.deals.same import FIRST_PHASE, is_among, is_its_office, share_name, title_text
from transforms.extract.deals.sides import SideReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works import PART

_WORKS = frozenset({"project", "institution", "joint_laboratory", "joint_venture"})
# 第一条生产线, 主体工程: parts besides those that works are read without.
_ALSO_PART = re.compile(
    r"(?:[上下]半年|[0-9]{1,2}月(?:份|底)?|年[底初])?(?:主体(?:结构|大?楼)|第一[条台批座栋](?:生产线|产线|机组|厂房|展厅|车间))"
)
# 整个产业园, 产业园: works that were named in full before.
_SHORT = re.compile(
    r"(?:整个|新|该|总投资[^，。；的]{1,12}的)?(?P<noun>产业园|园区|基地|生产基地|工厂|新工厂|厂区|研究院|学院|中心|实验室|项目)"
)
# 该工程总投资4.8亿元, 园区由某公司投资, 项目预计8月进场
_GOES_ON = re.compile(
    r"(?:[该此这](?:一?[座个条项家])?)?(?P<noun>项目|工程|产业园|园区|基地|工厂|厂|库|线|中心|电站|桥|路|院)"
    r"(?=由|总投资|计划|预计|将|已|占地|拟)|其?[一首]期[^，。；]{0,24}，由"
)
# 该项目计划投资2亿元，建设某中心: what works consist of are none of their own.
_CONSISTS = re.compile(
    r"\s*(?:[该此这]个?)?(?:项目|工程|基地|产业园|园区)(?:由[^。；]{4,60}?[，,])?(?:计划|预计|拟|将)*(?:总?投资|总?占地|用地)[^。；]{1,30}?[，,]"
    r"(?:将|主要|拟|计划)*(?:建设|新建|建)(?![成在])"
)
# 项目分两期建设，一期建设某冷库: what the first phase consists of.
_OF_FIRST_PHASE = re.compile(
    r"(?:其中)?[，,]?(?:项目|工程)?第?[一首]期(?:项目|工程)?(?:主要|计划|拟|将|先)*(?:建|新建|建设)(?![成在])"
)
_BUILDS_IT = re.compile("(?:并|后|负责)?(?:承建|施工|建设|实施|承揽)")
_BARE = frozenset({"协议", "协议书", "协定", "合同", "文本"})
_BUILDS = frozenset({"building", "operating"})
_BEFORE_WORK = frozenset({"unknown", "proposed", "negotiating", "signed", "landed"})
_PACTS = frozenset({"cooperation_agreement", "project"})
_SIGNED = frozenset({"cooperation_agreement", "strategic_agreement", "project"})
_MIN_KIND = 5
_IS_THAT = re.compile("[，,]?(?:这|此)也?是(?!与|和|由)")
_REACH_CHARS, _NEXT_CHARS, _MAX_BACK, _BOTH = 500, 200, 8, 2
_PAPERS = frozenset({"signed"})
# A paper that is known by its kind alone: 战略合作框架协议, 校企合作协议书.
_KIND_OF_PAPER = re.compile(
    r"(?:[“《])?(?:(?:新一轮|全面|深化|战略|合作|框架|伙伴|正式|项目|投资|意向|友好|共建|办学|[校市县区银政院企地村产学研]{2,3})*"
    r"(?:协议书?|合同书?|备忘录|意向书|协定)?)?(?:[”》])?"
)
# Of whom there are no shares: 某企业与某区政府签署协议，投资2亿元 is a paper.
_AREA = re.compile(r"(?:政府|管委会|[省市县区镇乡])$")


_MIN_SAME_CHARS = 8


def fold(
    context: ArticleContext,
    found: list[Candidate],
    stages: StageReader,
    type_of: Callable[[Candidate], str],
) -> list[Candidate]:
    """The deals of an article without rows that only go on about another one, which takes what they add."""
    kept: list[Candidate] = []
    for number, candidate in enumerate(found):
        kind = type_of(candidate)
        if kind in _WORKS and not candidate.is_phase:
            works = [
                k
                for k in kept
                if type_of(k) in _WORKS and not k.is_phase and candidate.start - k.end < _REACH_CHARS
            ]
            whole = _works_meant(context, candidate, works) or _same_name(context, candidate, works)
            if (
                whole is None
                and works
                and _OF_FIRST_PHASE.match(context.text, candidate.start, candidate.end)
            ):
                works[-1].more.append((candidate.start, candidate.end))
                for later in found[number + 1 :]:
                    later.whole = works[-1] if later.whole is candidate else later.whole
                continue
            if whole is None and works and _is_in(context, candidate, works[-1]):
                works[-1].more.append((candidate.start, candidate.end))
                continue
            if whole is not None:
                _add(context, whole, candidate, stages)
                continue
        if (
            candidate.rule == "phase"
            and candidate.whole in kept
            and FIRST_PHASE.match(title_text(context, candidate) or "")
            and "投资" not in context.text[candidate.start : candidate.end]
        ):
            # 分两期实施，其中一期去年投产, or is to be by next year: how far the works are.
            candidate.whole.more.append((candidate.start, candidate.end))
            continue
        if kind == "won_bid" and (built := _built_by(context, candidate, kept, type_of)):
            told = _names(built)
            built.parties += [p for p in candidate.parties if p.mention and p.mention.text not in told]
            built.more.append((candidate.start, candidate.end))
            continue
        last = kept[-1] if kept else None
        if last and adds_to(context, candidate, kind, last, type_of(last)):
            continue
        if kind == "project" and last and _is_same_end(context, last, candidate):
            last.title, last.hint = last.title or candidate.title, "project"
            last.more.append((candidate.start, candidate.end))
            continue
        if last and {kind, type_of(last)} <= PURCHASES and fill_paper(context, last, candidate):
            continue
        is_bought = kind in PURCHASES and last is not None and type_of(last) == kind
        if last and is_bought and is_of_purchase(context, last, candidate):
            # 甲与乙商谈收购股权。双方仅签署了收购意向书; 甲、乙与丙签署转让协议，以2亿元转让…
            _add(context, last, candidate, stages)
            continue
        if last and candidate.rule in _PAPERS and _IS_THAT.match(context.text, candidate.start):
            # …签订投资协议，这也是此行签下的最大一个项目
            last.more.append((candidate.start, candidate.end))
            continue
        if (
            last
            and candidate.hint == "joint_venture"
            and _firm_founded(context, last, [candidate]) is candidate
        ):
            # 某公司完成注册。该公司由甲与乙共同出资组建: its landing, told first.
            candidate.more += [(last.start, last.end), *last.more]
            kept.pop()
        if kind == "project" and (firm := _firm_founded(context, candidate, kept)):
            firm.more.append((candidate.start, candidate.end))
            continue
        if (paper := paper_that_holds(context, candidate, kind, kept, type_of)) is not None:
            hold(context, paper, candidate)
            continue
        targets = [p for p in candidate.parties if p.role == "target"]
        is_share = candidate.hint == "equity_investment"
        if is_share and targets and all(p.mention and _AREA.search(p.mention.text) for p in targets):
            continue
        if kind in _PACTS and (taken := _signed_for(context, candidate, kept, type_of)) is not None:
            taken.more.append((candidate.start, candidate.end))
            continue
        signed = next((k for k in reversed(kept[-3:]) if _is_told_again(context, candidate, k)), None)
        if signed is None and kind in _SIGNED:
            # A bank and its borrower sign for a loan: they must be named.
            papers = (k for k in reversed(kept) if type_of(k) in _SIGNED or _names(k) & _names(candidate))
            signed = next((k for k in papers if _is_signing_of(context, candidate, k)), None)
            if signed is not None and candidate.title and signed.hint != "project":
                is_titled = signed.title is not None
                is_longer = len(title_text(context, candidate) or "") > len(title_text(context, signed) or "")
                if is_longer:
                    signed.title, signed.hint = candidate.title, candidate.hint
                    if (signed.is_each or not is_titled) and len(candidate.parties) == _BOTH:
                        signed.parties = candidate.parties
        if signed is not None:
            signed.more.append((candidate.start, candidate.end))
            continue
        kept.append(candidate)
    return kept


def _is_in(context: ArticleContext, works: Candidate, whole: Candidate) -> bool:
    """Whether works are told as what the works of the sentence before consist of."""
    begin = context.sentences[context.sentence_at(works.start)][0]
    consists = _CONSISTS.match(context.text, begin, works.end) if begin >= whole.end else None
    is_near = begin - whole.end < _REACH_CHARS and works.base in _BEFORE_WORK | _BUILDS
    return consists is not None and is_near and whole.hint == "project"


def _is_same_end(context: ArticleContext, end: Candidate, works: Candidate) -> bool:
    """甲与乙签署终止协议，原定投资30亿元的某项目不再实施: one end, told twice."""
    is_here = context.sentence_at(end.cue[0]) == context.sentence_at(works.cue[0])
    are_ended = end.stage == works.stage == "ended"
    return is_here and are_ended and end.title is None and _names(works) <= _names(end)


def _same_name(context: ArticleContext, candidate: Candidate, works: list[Candidate]) -> Candidate | None:
    """Works told before by the same long name, whoever is told to pay for them there."""
    name = context.text[slice(*candidate.title)] if candidate.title else ""
    # Two firms may each build 年产20万吨某项目.
    if len(name) < _MIN_SAME_CHARS or name[0] in "年0123456789":
        return None
    return next((k for k in works if k.title and context.text[slice(*k.title)] == name), None)


def _built_by(
    context: ArticleContext, bid: Candidate, kept: list[Candidate], type_of: Callable[[Candidate], str]
) -> Candidate | None:
    """The works of an earlier sentence that 该工程由某公司中标承建 goes on about."""
    floor, begin = context.paragraph(bid.start)[0], context.sentences[context.sentence_at(bid.cue[0])][0]
    if bid.title or not _BUILDS_IT.match(context.text, bid.cue[1]):
        return None
    works = (k for k in reversed(kept[-3:]) if floor <= k.start < begin and type_of(k) == "project")
    return next(works, None)


def _firm_founded(context: ArticleContext, landing: Candidate, kept: list[Candidate]) -> Candidate | None:
    """The founding, told before, of the firm that settles or gets its licence: 合资组建的某公司领到执照."""
    names = [p.mention.text for p in landing.parties if p.mention and p.role in {"investor", "owner"}]
    if landing.title or landing.base != "landed" or len(names) != 1:
        return None
    for told in reversed(kept[-3:]):
        founded = {p.mention.text for p in told.parties if p.mention and p.role == "target"}
        founded |= {title_text(context, told) or ""} - {""}
        is_near = max(landing.start - told.end, told.start - landing.end) < _NEXT_CHARS
        if told.hint == "joint_venture" and is_near and share_name(founded, set(names)):
            return told
    return None


def _names(candidate: Candidate) -> set[str]:
    return {p.mention.text for p in candidate.parties if p.mention}


def _is_part(title: str) -> bool:
    """主体厂房, 第一条生产线: how far it is says how far the works are."""
    return bool(PART.fullmatch(title) or _ALSO_PART.fullmatch(title))


def _works_meant(context: ArticleContext, part: Candidate, works: list[Candidate]) -> Candidate | None:
    """The works, told before, that a part or a short name is of."""
    title = title_text(context, part)
    if not works:
        return None
    if title and _is_part(title):
        # 某公司的三期车间已经开机: whose it is stands beside it.
        own = _names(replace(part, parties=[p for p in part.parties if _is_own(p, part)]))
        owners = _names(works[-1])
        return None if own and owners and not share_name(own, owners) else works[-1]
    short = _SHORT.fullmatch(title) if title else _GOES_ON.match(context.text, part.start)
    if short is None:
        return None
    is_near = context.text[part.start] in "该此这" and part.start - works[-1].end < _NEXT_CHARS
    # 该工程 may open the next paragraph, 园区 goes on within one.
    if not title and not is_near and context.paragraph(part.start)[0] > works[-1].end + 1:
        return None
    noun = short["noun"]
    if not noun or noun in {"项目", "工程"}:
        return works[-1]
    names = [(w, title_text(context, w) or "") for w in works]
    return next((w for w, name in reversed(names) if name.endswith(noun) and name != title), None)


def _is_own(party: Party, part: Candidate) -> bool:
    return party.start >= part.start and party.role in {"owner", "investor"}


def _signed_for(
    context: ArticleContext,
    signing: Candidate,
    kept: list[Candidate],
    type_of: Callable[[Candidate], str],
) -> Candidate | None:
    """The works told before for which a district and their investor sign a paper without a name.

    甲公司投资9亿元的某项目落户某区；…。某区区长代表区政府与甲公司董事长签约: the district takes the works in.
    """
    is_bare = signing.rule in _PAPERS and PAPER_OF_WORKS.fullmatch(title_text(context, signing) or "")
    if not is_bare or signing.base != "signed" or len(signing.parties) != _BOTH or signing.is_each:
        return None
    for works in reversed(kept[-_MAX_BACK:]):
        if type_of(works) != "project" or not works.title or works.stage not in _BEFORE_WORK:
            continue
        brings = {p.mention.text for p in works.parties if p.mention and p.role == "investor"}
        others = [p for p in signing.parties if p.mention and not share_name({p.mention.text}, brings)]
        if brings and len(others) == 1 and SideReader.is_public(context, others[0]):
            if all(p.role != "host" for p in works.parties):
                works.parties.append(replace(others[0], role="host"))
            works.stage = "signed" if works.stage in {"unknown", "proposed"} else works.stage
            return works
    return None


def _is_told_again(context: ArticleContext, candidate: Candidate, before: Candidate) -> bool:
    """张三、李四分别代表甲、乙签署协议: who signed the paper of the same two that was told right before."""
    sides = _names(candidate)
    is_bare = candidate.rule in _PAPERS and (title_text(context, candidate) or "协议") in _BARE
    return (
        is_bare
        and before.base == "signed"
        and before.end <= candidate.start < before.end + _NEXT_CHARS
        and len(sides) == len(candidate.parties) > 1
        and all(is_among(context, side, before.parties) for side in candidate.parties)
    )


def _is_signing_of(context: ArticleContext, candidate: Candidate, before: Candidate) -> bool:
    """张三代表市政府与乙公司副总李四签署协议: the paper that the article opened with, told again.

    Either persons sign it, or the same sides do and no day of its own is told.
    """
    if before.base != "signed" or candidate.base != "signed":
        return False
    begin, end = context.sentences[context.sentence_at(candidate.start)]
    told = {_called(context, p) for p in before.parties}
    is_each = before.is_each or candidate.is_each
    titles = [title_text(context, c) or "" for c in (before, candidate)]
    is_kind = all(_KIND_OF_PAPER.fullmatch(title) for title in titles)
    # 战略合作协议 may be told by its whole name later on.
    is_kind |= (is_each or len(titles[0]) > _MIN_KIND) and titles[1].rstrip("书").endswith(titles[0])
    # 甲与乙举行签约仪式。…甲与乙签订了《…》
    is_kind |= not titles[0] and before.rule in _PAPERS and len(_names(candidate)) == _BOTH
    if not (is_kind or titles[1] in _BARE or titles[0] == titles[1]) or len(before.parties) < _BOTH:
        return False
    people = context.mentions_in(begin, candidate.cue[0], "person")
    sides = [p for p in candidate.parties if not (p.mention and p.mention.entity_type == "person")]
    others = [p for p in sides if not is_among(context, p, before.parties)]
    if not people:
        return not others and len(sides) >= _BOTH and not context.dates_in(begin, end)
    # 我县, 某市某县: it is the county government that signs.
    is_office = len(others) == 1 and is_its_office(_called(context, others[0]), told)
    return bool(candidate.parties) and (not others or is_office)


def _called(context: ArticleContext, party: Party) -> str:
    return party.mention.text if party.mention else context.text[party.start : party.end]


def _add(context: ArticleContext, whole: Candidate, part: Candidate, stages: StageReader) -> None:
    title = title_text(context, part) or ""
    if part.stage in _BUILDS and _is_part(title):
        whole.stage = "building" if whole.stage in _BEFORE_WORK else whole.stage
    elif part.stage in _BUILDS:
        whole.stage = stages.later(whole.stage, part.stage)
    told = {context.text[p.start : p.end] for p in whole.parties}
    whole.parties += [
        p for p in part.parties if p.role != "target" and p.mention and not share_name({p.mention.text}, told)
    ]
    whole.more.append((part.start, part.end))
