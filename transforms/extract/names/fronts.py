"""Short names of firms that the engine takes for places: 云泽 beside 辽宁云泽新材料有限公司."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import starts_of

_FIRM = re.compile("(?:公司|集团|基金|合伙企业|银行|厂|酒店|股份)$")
# A zone or airport that a firm runs stays one where it stands alone: 东湾产业园 of 东湾产业园开发有限公司.
_ZONE = re.compile(
    "[\u4e00-\u9fff（）()]{3,}(?:产业园区?|工业园区?|物流园区?|科技园|科技城|科学城|生态城|康养城|机场|度假区|风景区)$"
)
_BORROWED = ("brand", "shared_front", "bracket", "same_surface")
_SHORTEST_REST, _SHORTEST, _LONGEST = 2, 2, 4
_BEFORE = frozenset("在到于从赴往至经抵离驻")
_SITED = re.compile(
    "[省市县区州镇乡村港湾岛路河湖溪山]|新区|经开区|高新区|开发|工业园|产业园|口岸|机场|大道|街道"
)
_NATURAL, _SITES = ("land", None), frozenset("港园站")


def retype_firms(
    text: str, spans: Sequence[Span], divisions: Divisions, short: Collection[str]
) -> list[Span]:
    """Make bodies of the places of the engine that are nothing but the front of a firm of the text.

    Args:
        text: The article's text.
        spans: Top-level spans, sorted.
        divisions: What is a place wherever it stands.
        short: Short forms of places that the page names in full.

    Returns:
        The spans; those that changed have rule `firm_front`.
    """
    names = {text[s.start : s.end] for s in spans if s.entity_type == "organization"}
    firms = [name for name in names if _FIRM.search(name)]
    told: dict[str, bool] = {}
    changed = []
    for span in spans:
        name = text[span.start : span.end]
        if span.entity_type == "organization" and span.rule in _BORROWED and _ZONE.fullmatch(name):
            changed.append(span.but(entity_type="place", subtype=None, canonical=None, rule="firm_zone"))
            continue
        is_open = span.entity_type == "place" and span.rule == "lac" and _SHORTEST <= len(name) <= _LONGEST
        if is_open and text[span.start - 1 : span.start] not in _BEFORE:
            if name not in told:
                told[name] = name not in short and _is_front(text, name, firms, divisions)
            if told[name]:
                changed.append(span.but(entity_type="organization", subtype=None, rule="firm_front"))
                continue
        changed.append(span)
    return changed


def _is_front(text: str, name: str, firms: Sequence[str], divisions: Divisions) -> bool:
    if divisions.is_place(name) or name in divisions.features or name in divisions.cities:
        return False
    if name[-1] in _SITES or divisions.subtype(name) not in _NATURAL:
        return False
    if any(_SITED.match(text, at + len(name)) for at in starts_of(name, text)):
        return False
    for firm in firms:
        at = firm.find(name)
        fronted = at == 0 or (at > 1 and divisions.is_place(firm[:at]))
        if fronted and len(firm) - at - len(name) >= _SHORTEST_REST:
            return True
    return False
