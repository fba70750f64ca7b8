"""The name of works of which a sentence only says 该项目 or 这座园区: the sentence before it tells."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.names import WorkNames
from transforms.extract.deals.model import Candidate, Party

_NOUN = (
    r"(?P<{0}>项目|工程|[^，。；的由该此这]{{0,3}}?(?:基地|产业园|物流园|园区|电站|工厂|冷链港|母港|大桥|隧道|中心"
    r"|公路|高速|铁路|线路|平台|厂|园|港|桥|站|路|场|库|仓))"
)
# 该项目由某公司投资, 这座由某公司兴建的物流园, 项目总投资5亿元
_POINTS = re.compile(
    r"[\s\u3000]*(?:据了解|据悉|据介绍|其中|目前)?[，,]?(?:"
    rf"[该此]{_NOUN.format('it')}|这(?:一?[个座条项处片家]|一)(?:由[^。；]{{2,60}}?的)?{_NOUN.format('this')}"
    rf"|{_NOUN.format('bare')}(?=由|总投资|计划|预计|装机|利用|占地|规划|总?建筑面积|全长|概算|估算"
    r"|设计|采用|主要|分[两二三四2-5]期|于|已|[0-9去今前]))"
)
# 该项目, which points at works that were named.
POINTED = re.compile(r"[\s\u3000]*[该此](?:项目|工程)")
_ANY = frozenset({"项目", "工程"})
# 某园区一期开工。项目分两期建设: the sentence goes on about the whole.
_PHASE, _PHASES = (
    re.compile("[一二三四五六首]期"),
    re.compile(r"分[两二三四五六2-6]期|[，。；]第?[一二三首]期|其中[，,]?第?[一二三首]期"),
)
# 市长某某一行到某工程现场查看, 某银行向某项目放款: who sees the works or lends is no part of their name.
_VISITS = re.compile(
    "[^，。；]{0,30}(?:一行|记者|代表团|调研组|考察团|领导|[市县区省州]长|书记)[^，。；]{0,12}?"
    "(?:来到|走进|深入|前往|赴|到|在|查看|察看|调研|检查|督导|视察)了?(?=.{4})"
    "|[^，。；]{0,24}(?:银行|[分支]行|信用社|联社)[^，。；]{0,8}?[向为给对](?=.{4})"
)
_MAX_BACK, _MAX_BETWEEN_CHARS, _MAX_AHEAD_CHARS = 2, 160, 400


def name_before(
    context: ArticleContext, names: WorkNames, candidate: Candidate
) -> tuple[tuple[int, int] | None, list[Party]]:
    """The name that the sentences before a deal give to the works of which it goes on, and whose they are."""
    points = _POINTS.match(context.text, candidate.start, candidate.end)
    if points is None:
        return None, []
    noun = points[points.lastgroup or 0]
    number, floor = context.sentence_at(candidate.start), candidate.start - _MAX_BETWEEN_CHARS
    for start, end in reversed(context.sentences[max(0, number - _MAX_BACK) : number]):
        named = [
            m for m in context.mentions_in(start, end, "place") if noun not in _ANY and m.text.endswith(noun)
        ]
        if named and len(named[0].text) > len(noun):
            return (named[0].start, named[0].end), []
        heads = [
            h
            for h in names.nouns.work.finditer(context.text, start, end)
            if not context.is_inside(h.end()) and not names.is_body(context, h)
        ]
        for place in range(len(heads)):
            title, sides = names.named(context, start, heads[place:])
            visit = _VISITS.match(context.text, *title)
            title = (visit.end() if visit else title[0], title[1])
            if names.is_name(context, title) and (noun in _ANY or context.text[title[1] - 1] == noun[-1]):
                is_phase = _PHASE.search(context.text, *title) and not _PHASE.search(noun)
                end_of_paragraph = context.paragraph(candidate.start)[1]
                stop = min(end_of_paragraph, candidate.start + _MAX_AHEAD_CHARS)
                if is_phase and _PHASES.search(context.text, candidate.start, stop):
                    return None, []
                return title, sides
        if heads or start < floor or points.lastgroup == "bare":
            break
    return None, []
