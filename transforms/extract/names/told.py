"""Short names that an article tells: 东江海原材料有限公司(以下简称“海原材料”)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span, find_words

_OPEN, _CLOSE = "“”\"「『‘'《【", "”“\"」』’'》】"
_CUE = (
    r"(?:以下|下文|下称|文中|本文|公司|又|也|亦)?(?:统一|统|均|并)?(?:简称|下称|又称|也称|亦称|简称为|称为)"
    r"|(?:以下|下文|后文|文中|本文)(?:统一|统|均)?称"
)
_TOLD = NAMES.compile(
    rf"[{_CLOSE}]?[(（][^()（）\n]{{0,30}}?(?:{_CUE})[为作：:]?\s?"
    rf"(?P<names>[{_OPEN}]?[^()（），。；\n]{{2,30}}?[{_CLOSE}]?)(?=[)），。；])"
)
_BETWEEN = re.compile(rf"[{_OPEN}{_CLOSE}]?(?:、|或者|或|及|和|/)[{_OPEN}{_CLOSE}]?")
_LONGEST = 20


class ToldNames:
    """Built once; a word that is any body of its kind (公司, 本行, 大会) is no name."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        kinds = [*lookups["organizations"]["endings"].values(), *lookups["events"]["endings"].values()]
        self._generic = frozenset(ending for endings in kinds for ending in endings)
        # 目标公司
        self._generic |= frozenset(lookups["organizations"]["not_organizations"])

    def find(self, text: str, spans: list[Span]) -> list[Span]:
        """Find every use of the short names that the text gives to a span.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            One span per use, with the type and subtype of the name that it stands for, the full name as
            `canonical` and rule `told_name`.
        """
        ending = {span.end: span for span in spans}
        names: dict[str, Span] = {}
        for match in _TOLD.finditer(text):
            full = ending.get(match.start()) or ending.get(match.start() + 1)
            if full is None or full.entity_type == "person":
                continue
            for name in _BETWEEN.split(match["names"].strip(_OPEN + _CLOSE + " ")):
                if 1 < len(name) <= _LONGEST and not self._is_generic(name):
                    canonical = full.canonical or re.sub(r"\s", "", text[full.start : full.end])
                    names.setdefault(
                        name, full.but(rule="told_name", canonical=canonical, confidence=0.9, parent=None)
                    )
        if not names:
            return []
        return [full.but(start=start, end=end) for start, end, full in find_words(names, text)]

    def _is_generic(self, name: str) -> bool:
        return name in self._generic or name[0] in "本该我贵此其"
