"""Lists of what was signed: 当天签约的五个项目是：…；…。 The head says what holds for each item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_model import Candidate
from transforms.extract.deals_parties import PartyReader
from transforms.extract.patterns import any_of

_HEAD = re.compile(
    r"(?:签约|签订|签署)(?!仪式上)[^。；;：:“”\n]{0,40}?"
    r"(?:(?:项目|协议|合同|合作|备忘录|订单)[^。；;：:“”\n]{0,24}?[：:]|(?:包括|分别是|分别为)[：:]?)(?![“\"])"
)
_SPEECH = re.compile(r"(?:说|表示|指出|称|道|介绍|认为|强调|透露)[：:]$")
_NUMBERED = re.compile(
    r"[ \u3000]*(?:[0-9]{1,2}[.、．)）]|[（(]?[一二三四五六七八九十]{1,2}[）)、]|[①-⑳]|包括|分别是|分别为)"
)


class ListRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        words = lookups["deal_types"]
        self._parties = parties
        self._paper = re.compile(f"(?:{any_of(words['papers'])})$")
        self._named = re.compile(
            rf"(?P<sides>[^，。；;：:《》\n]{{4,60}}?)的(?P<title>[^，。；;：:《》的\n]{{2,40}}?"
            rf"(?:{any_of([*words['papers'], *words['projects']])}))(?=[，。；;（(]|$)"
        )

    def ranges(self, context: ArticleContext) -> list[tuple[int, int]]:
        """Where items of signed lists stand: behind the head, and the numbered sentences after it."""
        found = []
        for number, (start, end) in enumerate(context.sentences):
            head = _HEAD.search(context.text, start, end)
            if head is None or _SPEECH.search(head[0]):
                continue
            following = takewhile(
                lambda s: _NUMBERED.match(context.text, s[0], s[1]), context.sentences[number + 1 :]
            )
            found.append((head.end(), max([end, *(stop for _, stop in following)])))
        return found

    def read(
        self, context: ArticleContext, start: int, end: int, candidates: list[Candidate]
    ) -> list[Candidate]:
        """The candidates of one item of a signed list, signed where nothing else is said of them."""
        for candidate in candidates:
            if candidate.stage == "unknown":
                candidate.base = candidate.stage = "signed"
        if candidates:
            return candidates
        mark = _NUMBERED.match(context.text, start, end)
        named = self._named.match(context.text, mark.end() if mark else start, end)
        parties = self._parties.coordination(context, *named.span("sides")) if named else []
        if named is None or len(parties) < 2 or not any(p.mention for p in parties):
            return []
        return [
            Candidate(
                start=named.start(),
                end=named.end(),
                cue=named.span("title"),
                base="signed",
                stage="signed",
                left=named.start(),
                rule="signed_list",
                title=named.span("title"),
                hint="cooperation_agreement" if self._paper.search(named["title"]) else "",
                parties=parties,
                confidence=0.8,
            )
        ]
