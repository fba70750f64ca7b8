"""Works and bodies that one verb tells of: 甲中心、乙研究院落户某地."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.works import WorksKernels
from transforms.extract.deals.model import Candidate, Party

# Who comes to settle, and not who founds.
_COMES = re.compile(r"(?:公司|集团|企业|厂|[支分]行|股份|科技)$")
_AND = re.compile("[、和与及]")
_STOPS = re.compile(r"[，。；]|$")
_LIST_MARK = re.compile("、|以及|和(?=[^、]{4,}$)")
_MIN_NAME_CHARS = 3
# A body begins its work, a building is completed.
_BODY = re.compile(
    r"(?:(?:研发|研究|创新|技术|检测|服务|培训|诊疗|运营|转移|结算|协同|科创|仲裁|交流|联合|分)中心|研究[院所]|实验室|学院"
    r"|工作站|联络站|分院|分校|分行|支行|分公司|支公司|营业部|办事处|联盟|总部|中心|平台|院)$"
)


class ListKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once."""

    def __init__(self, readers: Readers, works: WorksKernels) -> None:
        super().__init__(readers)
        self._nouns, self._works = readers.names.nouns, works

    def each(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """One deal for each of the works in front of a verb, of the body whose name opens its own."""
        text = context.text
        found: list[Candidate] = []
        if not _AND.search(text, start, end):
            return found
        for verb in self._works.words(context, start, end):
            left = clause_start(context, start, verb.start())
            head = self._nouns.before(context, left, verb.start(), self._nouns.work)
            if head is None or unfilled(context, head.end(), verb.start(), slack=False):
                continue
            begin = self._parties.trim(context, left, head.end())[0]
            listed = self._nouns.named(text, (begin, head.end()), self._nouns.work)
            listed = listed or self._owned(context, begin, head.end())
            if len(listed) < 2 or self._nouns.is_pushed(text, left, listed[-1][0]):
                continue
            found += self._of_verb(context, listed, verb, (left, end))
        return found

    def _owned(self, context: ArticleContext, begin: int, stop: int) -> list[tuple[int, int]]:
        """甲公司的A项目、乙集团的B项目: items of which each says whose it is."""
        items = list(pieces(context.text, begin, stop))
        owners = [context.mentions_in(*item, "organization")[:1] for item in items]
        are_owned = [
            bool(m and m[0].start == a and context.text[m[0].end] == "的")
            and self._nouns.work_end.search(context.text, a, b) is not None
            for m, (a, b) in zip(owners, items, strict=True)
        ]
        return items if all(are_owned) else []

    def _of_verb(
        self,
        context: ArticleContext,
        listed: list[tuple[int, int]],
        verb: re.Match[str],
        clause: tuple[int, int],
    ) -> list[Candidate]:
        text = context.text
        stage = self._works.how_far(context, clause[0], verb)
        lands = self._stages.of_word(verb["verb"]) == "landed"
        hosts = self._hosts(context, listed[-1][1], verb, clause[1], len(listed)) if lands else []
        found = []
        for number, item in enumerate(listed):
            title = self._names.own(text, item)
            names = [m for m in (*context.mentions_in(*title), *context.nested) if m.start == title[0]]
            bodies = [m for m in names if m.entity_type == "organization" and m.end < title[1]]
            role = "investor" if lands and bodies and _COMES.search(bodies[0].text) else "builder"
            joint = self._names.founded_by(context, *title)
            parties = joint[1] if joint else [Party.of(m, role) for m in bodies[:1]]
            if not joint and bodies and text[bodies[0].end] == "的":
                title, parties = (bodies[0].end + 1, title[1]), [Party.of(bodies[0], "investor")]
            elif not joint and role == "investor" and title[1] - bodies[0].end >= _MIN_NAME_CHARS:
                title = (bodies[0].end, title[1])
            found.append(
                Candidate(
                    item[0],
                    verb.end() if item == listed[-1] else item[1],
                    verb.span("verb"),
                    stage=stage,
                    left=listed[-1][1],
                    hint="institution" if joint or _BODY.search(text, *title) else "project",
                    title=joint[0] if joint else title,
                    parties=parties + (hosts[number : number + 1] if len(hosts) > 1 else hosts),
                    is_each=True,
                )
            )
        return found

    def _hosts(
        self, context: ArticleContext, left: int, verb: re.Match[str], end: int, count: int
    ) -> list[Party]:
        """分别落户甲区、乙区和丙区: one for each of the works; else the one zone for all."""
        text = context.text
        stop = _STOPS.search(text, verb.end(), end)
        parts = _AND.split(text[verb.end() : stop.start() if stop else end])
        if "分别" not in text[left : verb.start()] or len(parts) != count:
            return self._works_sides.zone(context, verb.end(), end)
        begin, zones = verb.end(), []
        for part in parts:
            named = context.mentions_in(begin, begin + len(part), "place", "organization")
            zones.append(Party(begin, begin + len(part), named[0] if named else None, "host"))
            begin += len(part) + 1
        return zones


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list."""
    for mark in [*_LIST_MARK.finditer(text, start, end), None]:
        yield start, mark.start() if mark else end
        start = mark.end() if mark else end
