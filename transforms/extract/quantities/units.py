"""Units and currencies as one compiled lexicon: what stands beside a number and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from transforms.extract.firsts import begun
from transforms.extract.numerals import fold_text
from transforms.extract.patterns import any_of


@dataclass(frozen=True)
class Unit:
    """What a number beside it is an amount of.

    Attributes:
        name: As written, folded.
        dimension: Closed vocabulary, see `DIMENSIONS`.
        base_unit: Unit of `base_value`; the currency code for money.
        factor: What one unit is in base units.
        offset: Added after multiplying, for temperatures.
        currency: ISO 4217 code, `None` unless money.
        is_bare: A 元 or 块 that names no country.
    """

    name: str
    dimension: str
    base_unit: str
    factor: float = 1.0
    offset: float = 0.0
    currency: str | None = None
    is_bare: bool = False

    def to_base(self, value: Decimal) -> float:
        """The value in base units, freed of binary rounding (0.1 t is 100 kg, not 100.00000000000001)."""
        return float(f"{float(value) * self.factor + self.offset:.12g}")

    def per(self, other: Unit) -> Unit:
        """This unit for each one of another: 元/亩."""
        name, base_unit = f"{self.name}/{other.name}", f"{self.base_unit}/{other.base_unit}"
        return Unit(name, "rate", base_unit, self.factor / other.factor, currency=self.currency)


class UnitLexicon:
    """The units of `units.yml` and `currencies.yml`, found beside a number in folded text."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        units, currencies = lookups["units"], lookups["currencies"]
        self.units: dict[str, Unit] = {}
        for unit in _read_counts(units["count"]):
            self.units[unit.name] = unit
        for dimension, entry in units["dimensions"].items():
            for name, factor in entry["units"].items():
                scale, offset = factor if isinstance(factor, list) else (factor, 0.0)
                folded = fold_text(name)
                self.units[folded] = Unit(folded, dimension, entry["base"], float(scale), float(offset))
        self.fractions: dict[str, float] = currencies["bare"]["fractions"]
        for unit in _read_currencies(currencies):
            self.units[unit.name] = unit
        not_before = units["not_before"] | currencies["bare"]["not_before"]
        self._after = begun(_unit_pattern(self.units, not_before))
        self.named_after = re.compile(any_of(currencies["bare"]["named_after"]))
        self.prefixes = {
            fold_text(name): Unit(fold_text(name), "money", code, currency=code)
            for code, names in currencies["prefixes"].items()
            for name in names
        }
        self._before = re.compile(rf"(?<![A-Za-z])({any_of(self.prefixes)}) ?$")
        self._before_ends = frozenset(name[-1] for name in self.prefixes).union(" ")
        self.arabic_only = frozenset(fold_text(name) for name in units["arabic_only"])
        self.only_before = {name: re.compile(any_of(nouns)) for name, nouns in units["only_before"].items()}
        self.prefix_chars = max(map(len, self.prefixes)) + 1
        self.period_units: dict[str, str] = units["period_units"]
        self._per = re.compile(rf"[/每](?:({any_of(self.period_units)})(?![A-Za-z])|)")

    def match_after(self, text: str, position: int) -> tuple[Unit, int] | None:
        """The unit that starts at `position` (a space may stand before it) and where it ends."""
        match = self._after.match(text, position)
        if match is None:
            return None
        return self.units[match["unit"]], match.end()

    def match_before(self, text: str, position: int) -> tuple[Unit, int] | None:
        """The currency written before the number at `position` and where it starts."""
        # Most numbers follow a character that ends no currency.
        if text[position - 1 : position] not in self._before_ends:
            return None
        match = self._before.search(text[max(0, position - self.prefix_chars - 1) : position])
        if match is None:
            return None
        return self.prefixes[match[1]], position - len(match[0])

    def match_per(self, text: str, position: int) -> tuple[Unit | None, str | None, int] | None:
        """What follows a unit after `/` or 每: another unit (元/吨) or a period (万吨/年), and the end."""
        match = self._per.match(text, position)
        if match is None:
            return None
        if match[1]:
            return None, self.period_units[match[1]], match.end()
        unit = self.match_after(text, match.end())
        return None if unit is None else (unit[0], None, unit[1])


def _read_counts(groups: list[list[str]]) -> Iterable[Unit]:
    for group in groups:
        for name in group:
            yield Unit(fold_text(name), "count", "1")


def _read_currencies(currencies: Mapping[str, Any]) -> Iterable[Unit]:
    code = currencies["bare"]["code"]
    for name in currencies["bare"]["names"]:
        yield Unit(fold_text(name), "money", code, currency=code, is_bare=True)
    for code, names in currencies["names"].items():
        for name in [fold_text(name) for name in names]:
            yield Unit(name, "money", code, currency=code)
    for name, (code, factor) in currencies["subunits"].items():
        yield Unit(name, "money", code, factor, currency=code)
    for code in currencies["suffixes"]:
        yield Unit(code, "money", "CNY" if code == "RMB" else code, currency="CNY" if code == "RMB" else code)


def _unit_pattern(units: Mapping[str, Unit], not_before: Mapping[str, list[str]]) -> str:
    # Units of one first character share it, as in `any_of`.
    parts: dict[str, list[str]] = {}
    for name in sorted(units, key=lambda n: (-len(n), n)):
        part = re.escape(name[1:])
        if name[-1].isascii() and name[-1].isalpha():
            part += "(?![A-Za-z])"
        if name in not_before:
            # 人以 is no unit, 2000人以上 holds one.
            part += f"(?!{any_of(not_before[name])})|{part}(?=以[上下内外])"
        parts.setdefault(re.escape(name[0]), []).append(part)
    shared = "|".join(f"{first}(?:{'|'.join(group)})" for first, group in parts.items())
    return rf" ?(?P<unit>{shared})"
