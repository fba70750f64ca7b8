"""Which division of GB/T 4754 a deal belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.extract.deals.model import Candidate
from transforms.extract.deals.sides import SCHOLAR
from transforms.extract.patterns import any_of

_RESEARCH, _RESEARCH_CODE = re.compile(r"(?:研究|研发|攻关|课题)[》”]?$"), "M73"
# Papers that only say that two work together: the names of the two tell no sector.
_TOGETHER = frozenset({"cooperation_agreement", "strategic_agreement", "partnership", "proposal"})
# Of shares the firm tells it that they are of, not the fund that pays; of a loan the bank.
_SHARES = frozenset({"acquisition", "equity_transfer", "equity_investment"})
_FINANCE = "J"


class SectorReader:
    """Compiled once from `lookups["sectors"]`."""

    def __init__(self, sectors: Mapping[str, Any]) -> None:
        divisions = sectors["divisions"]
        self.names: dict[str, str] = {code: division["name"] for code, division in divisions.items()}
        self._code_of = {word: code for code, division in divisions.items() for word in division["words"]}
        self._acts = frozenset(sectors["acts"])
        self._words = re.compile(f"(?:{any_of(self._code_of)})")

    def read(self, text: str, candidate: Candidate, deal_type: str) -> str | None:
        """The division by the last word of the title, else by the longest of the evidence, else of the names.

        The last word of a title says what the thing is (风电铸件: castings), those before it for what. What
        universities find out together is research, whatever it is about.
        """
        title = _joined(text[slice(*candidate.title)]) if candidate.title else ""
        scholars = [bool(SCHOLAR.search(text, p.start, p.end)) for p in candidate.parties]
        if scholars and all(scholars) and _RESEARCH.search(title):
            return _RESEARCH_CODE
        told = _joined(text[candidate.start : candidate.end])
        for party in candidate.parties:
            told = told.replace(_joined(text[party.start : party.end]), "□")
        own, about = self._words.findall(title), self._longest_first(told)
        ranked = [*reversed(own), *about, *self._of_names(text, candidate, deal_type)]
        # What is done with a thing (采购) decides only where nothing says what it is.
        things = [word for word in ranked if word not in self._acts]
        return next((self._code_of[word] for word in (*things, *own, *about)), None)

    def _of_names(self, text: str, candidate: Candidate, deal_type: str) -> Iterator[str]:
        """Words of the names of the parties; a university says least, whoever it works with."""
        if deal_type in _TOGETHER:
            return
        teller = "target" if deal_type in _SHARES else "investor" if deal_type == "financing" else None
        parties = [p for p in candidate.parties if deal_type != "financing" or p.role == teller]
        for party in sorted(
            parties, key=lambda p: (p.role != teller, SCHOLAR.search(text, p.start, p.end) is not None)
        ):
            for word in self._longest_first(_joined(text[party.start : party.end])):
                is_payer = deal_type in _SHARES and party.role != teller
                if not (is_payer and self._code_of[word].startswith(_FINANCE)):
                    yield word

    def _longest_first(self, text: str) -> list[str]:
        """Words of a text, the longest first; of two as long the last."""
        words = self._words.findall(text)
        words.sort(key=len)
        return words[::-1]


def _joined(text: str) -> str:
    """Without stray spaces, which may stand inside a word."""
    return re.sub(r"\s", "", text)
