"""Works for which a ceremony is held: 某县举行甲集团某产业园项目签约仪式."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_VERB = "(?P<verb>开工奠基|奠基开工|破土动工|竣工投产|建成投产|开工|奠基|动工|竣工|投产|封顶|通车|投运|签约)"
# 举行一季度重大项目集中开工暨某某项目奠基活动
_HELD = DEALS.compile(
    r"(?:举行|举办|召开|迎来)了?(?!的)(?:[^，。；]{2,40}?暨)?(?P<title>[^，。；暨]{4,40}?)(?:正式|隆重)?"
    rf"{_VERB}(?:典礼|仪式|活动|动员(?:大)?会|启动会)"
)
# 某项目在某地举行开工仪式
_AT_SITE = DEALS.compile(
    r"(?P<title>[^，。；在]{3,40}?(?:项目|工程|基地|园区?|中心|厂|院|桥|路|站)(?:[一二三四五六]期)?)(?:(?:在|于)[^，。；]{2,30}?)?"
    r"(?:正式|隆重)?举[行办]了?(?:隆重的?|全面|盛大的?|第?[一二三四]期)*"
    rf"{_VERB}(?:建设)?(?:典礼|仪式|活动|动员(?:大)?会)"
)
# 某项目签约仪式在某地举行
_SIGNED_AT = DEALS.compile(
    r"(?P<title>[^，。；]{4,40}?(?:项目|工程|基地|产业园))(?P<verb>签约)(?:仪式|活动)[^，。；]{0,24}?(?:举[行办]|召开)"
)
# 与会领导为甲公司某项目培土奠基
_DUG = DEALS.compile(
    r"(?:一[同道起]|共同|分别|并)*为(?P<title>[^，。；]{4,40}?(?:项目|工程|基地|产业园))(?:开工)?(?P<verb>培土|奠基|铲土|挥锹|动土)"
)
_MANY = re.compile(
    "集中|重大项目|重点项目|招商|推介|季度|批|系列|第[0-9一二三四五六七八九十]+届|[0-9一二三四五六七八九十]+[余多]?[个项]|合作|[“”]"
)
_SIGNED, _MIN_NAME_CHARS = "签约", 4
_PUBLIC = re.compile("(?:政府|委员会|管委会|[局委厅部]|办公室|开发区|园区)$")


class CeremonyKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def held(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """The works in front of the word of a ceremony that is held."""
        text = context.text
        for found in chain.from_iterable(
            p.finditer(text, start, end) for p in (_HELD, _DUG, _AT_SITE, _SIGNED_AT)
        ):
            begin, stop = found.span("title")
            begin = self._parties.trim(context, begin, stop)[0]
            title, sides = self._owner(context, begin, stop)
            words = text[slice(*title)]
            is_works = self._names.nouns.work_end.search(words)
            if found["verb"] == _SIGNED and not is_works:
                continue
            if len(words) < _MIN_NAME_CHARS or _MANY.search(text, begin, stop):
                continue
            if self._names.nouns.is_generic(words) or any(
                m.end == title[1] for m in context.mentions_in(*title, "place") if m.start == title[0]
            ):
                continue
            left = clause_start(context, start, found.start())
            hosts = context.mentions_in(left, found.start(), "place", "organization")
            hosts = [m for m in hosts if m.entity_type == "place" or _PUBLIC.search(m.text)]
            if found["verb"] == _SIGNED:
                sides = [*sides, *(Party.of(m, "host") for m in hosts[-1:])]
            verb = found["verb"]
            base = "signed" if verb == _SIGNED else self._stages.of_word(verb)
            base = "building" if found.re is _DUG.compiled else base
            before = context.without_names(left, found.start())
            return Candidate(
                left,
                found.end(),
                found.span("verb"),
                stage=self._stages.read(base, before, text[found.end() : found.end() + 12]),
                base=base,
                hint="project",
                title=title,
                parties=sides,
            )
        return None

    def _owner(self, context: ArticleContext, begin: int, stop: int) -> tuple[tuple[int, int], list[Party]]:
        heads = list(self._names.nouns.work.finditer(context.text, begin, stop))
        if heads and heads[-1].end() == stop:
            title, sides = self._names.named(context, begin, heads[-1:])
            return title, [replace(p, role="investor") if p.role == "owner" else p for p in sides]
        return self._names.own(context.text, (begin, stop)), []
