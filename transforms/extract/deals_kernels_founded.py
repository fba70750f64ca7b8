"""Bodies that are founded, by their kernel: a noun and a word of the deed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_clauses import clause_start, skip_article, unfilled
from transforms.extract.deals_founded import FoundingRules, joint_verbs
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import is_within
from transforms.extract.deals_works import bare
from transforms.extract.patterns import any_of, patterns_of

# 某中心由甲与乙共建
_BUILT_BY = re.compile(r"(?P<name>[^，。；：由]{4,40}?)[”\"]?[，,]?(?:则|将)?由")
_OPENS_NAME = re.compile(r"(?:了|起|一[个家所座]|首[个家]|[“\"])*")
_OPENING_QUOTE = re.compile(r"[“\"《]")
_OF = re.compile("的")
_NO_NAME = re.compile(r"^(?:[了的和与为在将被把]|一批|多个|本|该|其|这|那|各|首批)|[是了]|仪式|公司$")
_WITH = re.compile("[与和同跟]")
_TWO = re.compile("[与、为]")
_LIST = re.compile("、|和|与|以及")
_SIGNED = re.compile(r"签|协议|约定|商定|敲定|谈定|达成")
_MIN_NAME_CHARS, _MAX_SIDES = 6, 3


class FoundedKernels:
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(
        self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader, founding: FoundingRules
    ) -> None:
        words = lookups["deal_types"]
        kernels = words["kernels"]
        self._topic, self._words = parties.topic, patterns_of(kernels)
        self._parties, self._stages, self._founding = parties, stages, founding
        heads = any_of(words["institutions"])
        opened = any_of([*words["unveils"], *words["opens"], *kernels["opened"]])
        self._at_work = frozenset(words["opens"])
        self._joint = re.compile(f"(?:{any_of([*joint_verbs(words), *kernels['jointly']])})")
        self._object = re.compile(f"(?P<name>[^，。；：、]{{2,40}}(?:{heads}))")
        self._found = re.compile(f'(?:{any_of([*words["found"], "设", "办"])})(?=了|起|一[个家所座]|[“"])')
        self._body_end = re.compile(f'(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?[”"》]?')
        self._opened = re.compile(f"(?:{opened})(?!仪式|大会|活动|以来|[前后])")

    def jointly(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two bodies, a word of founding together and what they found."""
        text = context.text
        verb = self._joint.search(text, start, end) or self._found.search(text, start, end)
        if verb is None or self._words["hopes"].search(text, start, end):
            return None
        left, floor, ceiling = clause_start(context, start, verb.start()), start, verb.start()
        opens = _OPENS_NAME.match(text, skip_article(text, verb.end()), end)
        found = self._object.match(text, opens.end(), end) if opens else None
        if found is None:
            found = _BUILT_BY.match(text, left, verb.start())
            floor = found.end() if found else start
        if found is None:
            return None
        named = context.mentions_in(floor, ceiling, "organization")
        sides = [m for n, m in enumerate(named) if not any(is_within(m, o) for o in named[:n])][-_MAX_SIDES:]
        firm = self._topic.firm(context, left, sides) if len(sides) == 1 else None
        is_joint = verb.re is self._joint
        sides = [firm, *sides] if firm and is_joint else sides
        both = len(sides) < 2 and self._parties.is_both(text[left : verb.start()])
        if (len(sides) < 2 and not both) or not (is_joint or both or _WITH.search(text, left, verb.start())):
            return None
        builders = [Party.of(m, "builder") for m in sides]
        body = self._body(context, (start, end), verb.span(), found.span("name"), builders)
        if body and both:
            body.parties, body.takes_both = [], True
        return body

    def opened(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Bodies with names of their own that get their plates or begin their work."""
        text = context.text
        for verb in self._opened.finditer(text, start, end):
            left = clause_start(context, start, verb.start())
            heads = self._body_end.finditer(text, left, verb.start())
            stops = [h.end() for h in heads if not unfilled(context, h.end(), verb.start())]
            stop = stops[-1] if stops else left
            if not stops or _TWO.search(text, stop, verb.start()) or context.is_inside(verb.start()):
                continue
            title, parties = self._founding.attributes(context, left, stop)
            bodies = [self._named(context, left, part, parties) for part in self._listed(text, title)]
            found = [
                body
                for name in bodies
                if name and (body := self._body(context, (start, end), verb.span(), *name))
            ]
            if found:
                return found
        return []

    def _listed(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲研究院、乙中心: each body of a list that names nothing else."""
        cuts = [title[0], *(m.end() for m in _LIST.finditer(text, *title)), title[1] + 1]
        parts = [(a, b - 1) for a, b in pairwise(cuts)]
        ends = [any(h.end() == b for h in self._body_end.finditer(text, a, b)) for a, b in parts]
        return parts if all(ends) and len(parts) > 1 else [title]

    @staticmethod
    def _named(
        context: ArticleContext, left: int, title: tuple[int, int], parties: list[Party]
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """The name of a body and who founds it; none where it is no name of its own."""
        text = context.text
        title = bare(text, title)
        quote = last_match(_OPENING_QUOTE, text, *title)
        if quote:
            title = (quote.end(), title[1] - (text[title[1] - 1] in '”"》'))
        elif of := last_match(_OF, text, *title):
            title = (of.end(), title[1])
        sides = parties or [
            Party.of(m, "builder") for m in context.mentions_in(left, title[0], "organization")
        ]
        is_own = quote or sides or context.mentions_in(left, title[1], "place", "organization")
        is_name = title[1] - title[0] >= _MIN_NAME_CHARS and not _TWO.search(text, *title)
        return (title, sides) if is_own and is_name else None

    def _body(
        self,
        context: ArticleContext,
        item: tuple[int, int],
        cue: tuple[int, int],
        title: tuple[int, int],
        parties: list[Party],
    ) -> Candidate | None:
        text, words = context.text, context.text[slice(*title)]
        if _NO_NAME.search(words) or self._founding.is_generic(words):
            return None
        left = clause_start(context, item[0], cue[0])
        base = "operating" if text[slice(*cue)] in self._at_work else "unveiled"
        stage = self._stages.read(base, context.without_names(left, cue[0]), text[cue[1] : cue[1] + 12])
        if self._words["ends"].search(text, cue[1], item[1]):
            stage = "ended"
        elif self._words["talks"].search(text, *item):
            stage = "negotiating"
        elif stage == "unveiled" and _SIGNED.search(text, *item) and not self._opened.search(text, *item):
            stage = "signed"
        elif context.is_ahead(left, cue[0]):
            stage = "proposed"
        return Candidate(
            start=min(left, title[0]),
            end=max(cue[1], title[1]),
            cue=cue,
            base=base,
            stage=stage,
            left=left,
            rule="kernel",
            title=title,
            parties=parties,
            confidence=0.6,
        )
