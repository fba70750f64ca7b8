"""What decoding knows of characters: how improbable each is in Chinese, and the planes of EUC-TW."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

REPLACEMENT = "\ufffd"
UNLISTED_IDEOGRAPH_NATS = 13.0
_REPLACEMENT_NATS = 30.0
_ASCII_NATS = 3.5


class CharacterCost(dict[str, float]):
    """Cost in nats of a character; classes are filled in as they are met."""

    def __init__(self, frequent: str) -> None:
        # Fitted to the counts behind the order: 4.4 nats for the commonest, 7.8 at rank 500, 12.6 at 5,000.
        super().__init__(
            (char, 4.4 + 1.35 * math.log1p(rank / 50) + rank / 2500) for rank, char in enumerate(frequent)
        )

    def __missing__(self, char: str) -> float:
        cost = self[char] = _class_cost(char)
        return cost


_RANGE_NATS = (
    (0x20, 0x7E, _ASCII_NATS),
    (0xE0, 0xFF, 7.0),  # accented small letters of Western texts
    (0xA0, 0xDF, 11.0),
    (0x2010, 0x2027, 4.5),  # dashes, quotation marks, ellipsis
    (0x3000, 0x3020, 4.5),
    (0x3041, 0x30FF, 7.0),
    (0xAC00, 0xD7A3, 8.5),
    (0x3400, 0x4DBF, 17.0),
    (0x4E00, 0x9FFF, UNLISTED_IDEOGRAPH_NATS),
    (0xE000, 0xF8FF, 20.0),
    (0xFF01, 0xFF0F, 4.5),
    (0xFF10, 0xFF5E, 5.5),
    (0xFF61, 0xFF9F, 13.0),  # half-width kana: any two bytes of GB18030 give them in Shift JIS
)


def _class_cost(char: str) -> float:
    if char in "\n\r\t":
        return _ASCII_NATS
    if char == REPLACEMENT:
        return _REPLACEMENT_NATS
    code = ord(char)
    for first, last, nats in _RANGE_NATS:
        if first <= code <= last:
            return nats
    category = unicodedata.category(char)
    if category in ("Cc", "Cn", "Cs", "Co"):
        return 25.0
    return 12.0 if code < 0x3000 else 17.0


_EUC_TW_UNIT = re.compile(rb"[\x00-\x7f]+|\x8e[\xa1-\xb0][\xa1-\xfe]{2}|[\xa1-\xfe]{2}|.", re.S)


def decode_euc_tw(data: bytes, table: Mapping[bytes, str]) -> str:
    """Decode by the table of `cns_table`; what it lacks becomes U+FFFD."""
    return "".join(
        unit.decode("ascii") if unit[0] < 0x80 else table.get(unit, REPLACEMENT)
        for unit in _EUC_TW_UNIT.findall(data)
    )


def cns_table(vocabulary: Mapping[str, Any]) -> dict[bytes, str]:
    """EUC-TW byte sequences of CNS 11643 planes 1 and 2, from Big5 and the places where they differ."""
    table: dict[bytes, str] = {}
    for row, cells in enumerate(vocabulary["symbol_rows"], start=0xA1):
        for cell, char in enumerate(cells, start=0xA1):
            if char != " ":
                table[bytes((row, cell))] = char
    for plane, first_row, order in (
        (1, 0xC4, _big5_order(0xA440, 0xC67E)),
        (2, 0xA1, _big5_order(0xC940, 0xF9D5)),
    ):
        moved, absent = vocabulary[f"plane_{plane}_moved"], vocabulary[f"plane_{plane}_absent"]
        chars = [char for char in order if char not in moved and char not in absent]
        for char, place in sorted(moved.items(), key=lambda pair: pair[1]):
            chars.insert(place, char)
        for place, char in enumerate(chars):
            pair = bytes((first_row + place // 94, 0xA1 + place % 94))
            if plane == 1:
                table[pair] = char
            table[bytes((0x8E, 0xA0 + plane)) + pair] = char
    return table


def _big5_order(first: int, last: int) -> list[str]:
    chars = []
    for lead in range(first >> 8, (last >> 8) + 1):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            if first <= lead << 8 | trail <= last:
                chars.append(bytes((lead, trail)).decode("cp950"))
    return chars
