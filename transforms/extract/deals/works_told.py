"""The works told before of which a passage goes on: 该项目由某公司投资, 大桥由某公司承建, 一期投产."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.links import is_about, opens_with_this
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.same import PHASE_NUMBER, share_name, title_text

_HANDS, _FOUNDED = frozenset({"invested_by", "runs"}), frozenset({"institution", "joint_laboratory"})
_PAPERS = frozenset({"signed"})
# 该项目 may stand this far behind its project.
_LOOK_BACK_CHARS = 400
# 项目总投资6亿元，由某公司承建: the works of the article.
_THE_WORKS = re.compile(r"\s*(?:据[介悉了][绍解]?，)?[该此本]?(?:[一二三]期)?(?:项目|工程)(?!单位|负责|经理)")
_WORKS = re.compile("项目|工程")
_THIS_WORK = re.compile("[\\s]*[该此](?:项目|工程|路段|[^，。；的由该此这]{1,3}(?=由|总投资|全长|占地))")
_COMMA = re.compile("[，；]")
# 这也是该市首个…基地
_THIS_IS = re.compile(r"[\s“]*这(?:[也就更还又]|同时)?是")
_BUILDS_WON = re.compile("中标(?:后)?(?:承建|施工|代建|(?:施工|EPC|工程)*总承包)")


def told_before(context: ArticleContext, known: list[Candidate], candidate: Candidate) -> Candidate | None:
    """The work that 该项目 or 一期 means: told in this paragraph, or before one that opens with 该项目."""
    floor = context.paragraph(candidate.start)[0]
    if opens_with_this(context.text, floor):
        floor = max(0, floor - _LOOK_BACK_CHARS)
    is_built = candidate.rule in _HANDS
    works = [
        k
        for k in reversed(known[-4:])
        if k.start >= floor and (is_work(k) or (is_built and k.hint in _FOUNDED))
    ]
    if not works and candidate.rule in _HANDS:
        return _works_of_article(context, known, candidate)
    if not works and candidate.rule == "phase":
        # 某创新中心揭牌。二期将落户某区: bodies have phases too.
        works = [k for k in reversed(known[-4:]) if k.start >= floor and k.hint in _FOUNDED]
    number = PHASE_NUMBER.match(context.text, candidate.start)
    if candidate.about_last and number:
        of_phase = re.compile(f"{number['number']}期")
        named = next((k for k in works if of_phase.search(title_text(context, k) or "")), None)
        if named or candidate.rule != "how_far" or candidate.stage != "building":
            return named
    return next((k for k in works if not k.is_phase), next(iter(works), None))


def goes_on(context: ArticleContext, known: list[Candidate], candidate: Candidate) -> Candidate | None:
    """The works of which 该路段由某公司投资，拟建6个泊位，去年开工 goes on: no others begin there."""
    begin = context.sentences[context.sentence_at(candidate.start)][0]
    is_theirs = candidate.title is None or context.text[candidate.title[0]].isdigit()
    if candidate.hint != "project" or candidate.is_phase or not is_theirs:
        return None
    if not _THIS_WORK.match(context.text, begin):
        return None
    floor = context.paragraph(begin)[0]
    near = [k for k in known if is_work(k) and k.title and floor <= k.start < begin]
    return near[-1] if near else _works_of_article(context, known, candidate)


def summed_up(context: ArticleContext, known: list[Candidate], candidate: Candidate) -> Candidate | None:
    """What the sentence before tells and 这也是我国首个…工程，总投资83亿元 tells once more.

    Later clauses may tell another deal, and so does one of other sides: 这是甲与丙签的第一份合同.
    """
    number = context.sentence_at(candidate.start)
    begin = context.sentences[number][0]
    opens = _THIS_IS.match(context.text, begin)
    if number == 0 or opens is None or _COMMA.search(context.text, begin, candidate.start):
        return None
    before = max(context.sentences[number - 1][0], context.paragraph(candidate.start)[0])
    told = next((k for k in reversed(known) if before <= k.start < begin), None)
    names = [{p.mention.text for p in c.parties if p.mention} for c in (told, candidate) if c]
    return told if told and (not all(names) or share_name(*names)) else None


def built_by(context: ArticleContext, known: list[Candidate], won: Candidate) -> Candidate | None:
    """The works of the paragraph that who has won them builds: 大桥由甲投资建设，乙公司中标承建."""
    if won.rule != "won_bid" or {p.role for p in won.parties} != {"contractor"}:
        return None
    # 去年以3亿元中标: what has a sum or a day of its own is told by itself.
    if _BUILDS_WON.fullmatch(context.text, won.parties[-1].end, won.end) is None:
        return None
    floor = context.paragraph(won.start)[0]
    told = [k for k in known if is_work(k) and max(k.end, *(b for _, b in k.more), 0) >= floor]
    return told[-1] if told else _works_of_article(context, known, won)


def _works_of_article(
    context: ArticleContext, known: list[Candidate], candidate: Candidate
) -> Candidate | None:
    """The works told in an earlier paragraph: 大桥由某公司建设 of the bridge, 工程由… of the only works."""
    told = [k for k in known if is_work(k) and k.title and not k.whole]
    begin = context.sentences[context.sentence_at(candidate.start)][0]
    if _THE_WORKS.match(context.text, begin) is None:
        return next((k for k in reversed(told) if is_about(context.text, k, begin)), None)
    # 在开工的项目中，某厂二期引人关注。该项目…: works that were told and not read.
    others = _WORKS.search(context.text, context.paragraph(begin)[0], begin)
    return told[0] if len(told) == 1 and not others else None


def is_work(candidate: Candidate) -> bool:
    """Whether a candidate is works, or may be."""
    return candidate.hint == "project" or (not candidate.hint and candidate.rule not in _PAPERS)
