"""Dates, numbers and amounts on the test suites of Recognizers-Text, WeText and cn2an.

Run: python -m tests.benchmarks.eval_recognizers [--failures]

A Recognizers case passes when every expected result is found: same characters (less 从, 在 and spaces at
the ends), and a value that is one of the expected ones. A WeText or cn2an pair passes when both spellings
are read as the same amounts, dates and numbers.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from flows.resources import load_lookups
from tests.evaluation import DATA
from transforms.extract.dates.finder import DateFinder
from transforms.extract.dates.resolver import Resolved
from transforms.extract.numerals import NUMBER, fold_text, parse_number
from transforms.extract.quantities.amounts import Quantity
from transforms.extract.quantities.finder import QuantityFinder

KINDS = (
    "Date",
    "DatePeriod",
    "DateTime",
    "DateTimePeriod",
    "Holiday",
    "Duration",
    "Merged",
    "Time",
    "TimePeriod",
)
DATE_SUITES = ("DateTimeModel", *(kind + part for kind in KINDS for part in ("Extractor", "Parser")))
UNIT_SUITES = ("CurrencyModel", "DimensionModel", "AgeModel", "TemperatureModel")
NO_DATE = {"time", "timerange", "set"}
# Why a whole file of a peer asks for something that the tables do not hold.
OUT_OF_SCOPE_FILES = {
    "time.txt": "clock times", "math.txt": "formulas", "char.txt": "letters", "sport.txt": "scores",
    "license_plate.txt": "licence plates", "train_number.txt": "train numbers",
    "whitelist.txt": "words",
    "preprocessor.txt": "script", "postprocessor.txt": "marks", "normalizer_tag_oov.txt": "foreign script",
}  # fmt: skip


_LUNAR = re.compile(
    r"农历|正月|中秋|春节|端午|大年|[一二三四五六七八九十]月初[一二三四五六七八九十]|十月初一"
)


# Outputs that show how a grammar fails, kept by the suite to notice a change.
_GARBLED = re.compile(r"\d\d-\d(?!\d)|730-40|\d000-\d000|\d0+一个|\d0 \d|\d00\d? ?[九9]周|Wv|O to O|B to B")


@dataclass
class Tally:
    """Passed, in scope and out of scope (by reason) of one suite."""

    passed: int = 0
    total: int = 0
    supported_passed: int = 0
    supported: int = 0

    def add(self, ok: bool, *, supported: bool = True) -> None:
        """Count one case; `supported` is whether the peer's own Python port passes it."""
        self.passed += ok
        self.total += 1
        self.supported_passed += ok and supported
        self.supported += supported


class Evaluation:
    """Runs the finders over the suites and keeps the tallies."""

    def __init__(self, *, failures: bool) -> None:
        lookups = load_lookups()
        self.dates, self.quantities = DateFinder(lookups), QuantityFinder(lookups)
        self.failures = failures
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.skipped: dict[str, Counter[str]] = defaultdict(Counter)

    def record(self, suite: str, ok: bool, case: str, got: object, *, supported: bool = True) -> None:
        """Count a case and show it where it failed."""
        self.tallies[suite].add(ok, supported=supported)
        if self.failures and not ok:
            print(f"  {suite}: {case} -> {got}")

    def speed(self) -> str:
        """Characters a second of processor time on news, frames included."""
        paths = sorted((DATA / "news_xinwenlianbo").glob("*.md"))[:20]
        texts = [path.read_text("utf-8") for path in paths]
        texts = [text[i : i + 2000] for text in texts for i in range(0, len(text), 2000)]
        articles = pl.DataFrame({"article_id": map(str, range(len(texts))), "text": texts}).with_columns(
            dateline_on=pl.lit(None, dtype=pl.Date), issue_on=pl.lit(date(2023, 2, 1))
        )
        self.quantities.find(articles[:3])
        started = time.process_time()
        dates = self.dates.find(articles)
        between = time.process_time()
        self.quantities.find(articles, dates)
        ended, size = time.process_time(), sum(map(len, texts))
        rates = size / (between - started), size / (ended - between)
        return f"dates {rates[0]:,.0f}, quantities {rates[1]:,.0f} characters a second"

    def run_dates(self) -> None:
        """`DateTime/Chinese`: surface and days of dates, spans of durations."""
        for name in DATE_SUITES:
            for case in _load(f"peer_recognizers_text/DateTime/Chinese/{name}.json"):
                self._run_date_case(name, case)

    def _run_date_case(self, name: str, case: dict[str, Any]) -> None:
        text = case["Input"]
        wanted = [(r, _type_of(r)) for r in case["Results"]]
        if name.startswith("Time") and not wanted:
            self.skipped["dates"]["clock times alone, sets (每周一)"] += 1
            return
        reason = next((r for r in (_date_scope(text, kind, r) for r, kind in wanted) if r), "")
        if reason:
            self.skipped["dates"][reason] += 1
            return
        reference = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10]
        found = self.dates.resolve(text, issue_on=date.fromisoformat(reference) if reference else None)
        quantities = self.quantities.scan(text)
        ok = bool(wanted) or not found
        for result, kind in wanted:
            if kind == "duration":
                ok = ok and any(_fits_duration(q, text, result) for q in quantities)
            else:
                ok = ok and any(_fits_date(r, text, result) for r in found)
        got = [
            (text[r.expression.start : r.expression.end], str(r.span.start), str(r.span.end)) for r in found
        ]
        supported = "python" not in case.get("NotSupported", "")
        self.record("dates", ok, f"{text} {[_expected(r) for r, _ in wanted]}", got, supported=supported)

    def run_units(self) -> None:
        """`NumberWithUnit` and `PercentModel`: surface and value of amounts."""
        for name in UNIT_SUITES:
            for case in _load(f"peer_recognizers_text/NumberWithUnit/Chinese/{name}.json"):
                self._run_amount_case(name.removesuffix("Model").lower(), case)
        for case in _load("peer_recognizers_text/Number/Chinese/PercentModel.json"):
            self._run_amount_case("percent", case)

    def _run_amount_case(self, suite: str, case: dict[str, Any]) -> None:
        text = case["Input"]
        if any(r["Resolution"].get("value") is None for r in case["Results"]):
            self.skipped[suite]["a unit without a number"] += 1
            return
        found = self.quantities.scan(text)
        ok = all(any(_fits_amount(q, text, r) for q in found) for r in case["Results"])
        ok = ok and (bool(case["Results"]) or not found)
        got = [(text[q.start : q.end], float(q.value), q.unit.name) for q in found]
        supported = "python" not in case.get("NotSupported", "")
        if re.search(r"\d ?[kK]|\d +\d|[百分点點] +|一 百", text):
            self.skipped[suite]["52.5k, spaces inside a numeral"] += 1
            return
        wanted = [(r["Text"], *r["Resolution"].values()) for r in case["Results"]]
        self.record(suite, ok, f"{text} {wanted}", got, supported=supported)

    def run_numbers(self) -> None:
        """`NumberModel` and `cn2an`: the numeral layer, without the question what is counted."""
        for case in _load("peer_recognizers_text/Number/Chinese/NumberModel.json"):
            text, values = case["Input"], [float(r["Resolution"]["value"]) for r in case["Results"]]
            if reason := _number_scope(text, values):
                self.skipped["numbers"][reason] += 1
                continue
            got = _numbers(text)
            self.record("numbers", _covers(got, [abs(v) for v in values]), f"{text} {values}", got)
        groups = json.loads((DATA / "peer_cn2an/cn2an_test.json").read_text("utf-8"))
        for group in ("strict_data_dict", "normal_data_dict", "smart_data_dict"):
            for text, value in groups[group].items():
                got = [abs(q.unit.to_base(q.value)) for q in self.quantities.scan(text)] or _numbers(text)
                self.record("cn2an numerals", _covers(got, [abs(float(value))]), f"{text} {value}", got)
        written = json.loads((DATA / "peer_cn2an/an2cn_test.json").read_text("utf-8"))["input_data"]
        for value, spellings in written.items():
            for text in spellings[:2]:
                got = _numbers(text)
                self.record("cn2an back", _covers(got, [abs(float(value))]), f"{text} {value}", got)

    def run_pairs(self) -> None:
        """WeText and cn2an sentences: the spoken and the written form are read alike."""
        for folder in ("itn", "tn"):
            for path in sorted((DATA / f"peer_wetext/{folder}/chinese/test/data").glob("*.txt")):
                for line in path.read_text("utf-8").splitlines():
                    if " => " in line:
                        self._run_pair(f"wetext {folder}", path.name, *line.split(" => ", 1))
        for group in json.loads((DATA / "peer_cn2an/transform_test.json").read_text("utf-8")).values():
            for left, right in group.items():
                self._run_pair("cn2an sentences", "", left, right)

    def _run_pair(self, suite: str, name: str, left: str, right: str) -> None:
        if name in OUT_OF_SCOPE_FILES:
            self.skipped[suite][OUT_OF_SCOPE_FILES[name]] += 1
            return
        if re.search(
            r"手机|电话|拨打|拨|身份证|尾号|幺|\d{5,}X|a\.m\.|p\.m\.|am\b|登机|点零?[^,]{1,4}分", left + right
        ):
            self.skipped[suite]["codes, telephone numbers, clock times"] += 1
            return
        if _GARBLED.search(right):
            self.skipped[suite]["written forms that no text has (45-6度, 100一个)"] += 1
            return
        first, second = self._signature(left), self._signature(right)
        if all(item[0] == "number" for item in [*first, *second]):
            first, second = _numbers(left), _numbers(right)
            if not second and not first:
                self.skipped[suite]["no number or date"] += 1
                return
        self.record(suite, _same(first, second), f"{left} => {right}", (first, second))

    def _signature(self, text: str) -> list[tuple[Any, ...]]:
        dates = [(r.span.start, r.span.end, r.candidates) for r in self.dates.resolve(text)]
        spans = [(r.expression.start, r.expression.end) for r in self.dates.resolve(text)]
        amounts = [
            (q.unit.dimension, q.unit.to_base(q.value), q.value_max and q.unit.to_base(q.value_max))
            for q in self.quantities.scan(text)
            if not any(q.start < end and start < q.end for start, end in spans)
        ]
        return [*dates, *amounts]


def _load(path: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((DATA / path).read_text("utf-8"))
    return cases


def _type_of(result: dict[str, Any]) -> str:
    return str(result.get("TypeName") or result["Type"]).removeprefix("datetimeV2.")


def _date_scope(text: str, kind: str, result: dict[str, Any]) -> str:
    if kind in NO_DATE:
        return "clock times alone, sets (每周一)"
    if kind == "datetimerange" and re.search(r"分钟|点", text) and not re.search(r"[日号天]", text):
        return "clock times alone, sets (每周一)"
    if (kind == "datetime" and "分钟前" in text) or text.startswith("2点-"):
        return "clock times alone, sets (每周一)"
    surface, pairs = _expected(result)
    if pairs and _LUNAR.search(surface):
        return "lunar days that the suite takes for solar ones"
    if surface == "最近":
        return "最近 names no day"
    if re.fullmatch(r"\d{1,2}[-/]\d{1,2}(?:[-/]\d\d)?", surface):
        return "12/1 and 3-7-07 are fractions or codes as often as dates"
    return ""


def _expected(result: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    value = result.get("Value") or result.get("Resolution") or {}
    pairs: list[tuple[str, str]] = []
    for entry in value.get("values", []):
        if "value" in entry:
            pairs.append((entry["value"][:10], entry["value"][:10]))
        else:
            pairs.append((entry.get("start", "")[:10], entry.get("end", "")[:10]))
    for key in ("FutureResolution", "PastResolution"):
        entry = value.get(key, {})
        start = (
            entry.get("date") or entry.get("dateTime") or entry.get("startDate") or entry.get("startDateTime")
        )
        end = entry.get("date") or entry.get("dateTime") or entry.get("endDate") or entry.get("endDateTime")
        if start:
            pairs.append((start[:10], end[:10]))
    return result["Text"], pairs


def _clean(text: str) -> str:
    text = re.sub(r"\s", "", fold_text(text)).replace(",", "，")
    return re.sub(r"^(?:从|在|大约|= ?)|之?间$", "", text)


def _fits_date(found: Resolved, text: str, result: dict[str, Any]) -> bool:
    surface, pairs = _expected(result)
    if _clean(text[found.expression.start : found.expression.end]) != _clean(surface):
        return False
    return not pairs or any(_same_days(found, start, end) for start, end in pairs)


def _same_days(found: Resolved, start: str, end: str) -> bool:
    if start in ("0001-01-01", "not resolv"):
        return found.span.start is None and not found.candidates
    first, last = found.span.start, found.span.end
    if first is None and last is None:
        return start in found.candidates
    if start and str(first) != start:
        # 5年前 is a year here and a day there.
        return first is not None and last is not None and start == end and str(first) <= start <= str(last)
    if not end or last is None:
        return True
    # Their ends are exclusive, and a range of years or months ends where its last one begins.
    ends = {
        str(last),
        str(last + timedelta(days=1)),
        str(last.replace(day=1)),
        str(last.replace(month=1, day=1)),
    }
    return end in ends or (not start and end <= str(last))


def _fits_duration(q: Quantity, text: str, result: dict[str, Any]) -> bool:
    if q.unit.dimension != "duration" or _clean(text[q.start : q.end]) != _clean(result["Text"]):
        return False
    value = result.get("Value") or result.get("Resolution") or {}
    seconds = [e["value"] for e in value.get("values", [])] or [
        value.get("FutureResolution", {}).get("duration")
    ]
    # Their year has 365 days and their month 30.
    return seconds[0] is None or abs(q.unit.to_base(q.value) / float(seconds[0]) - 1) < 0.02


def _fits_amount(q: Quantity, text: str, result: dict[str, Any]) -> bool:
    if _clean(text[q.start : q.end]) != _clean(result["Text"]):
        return False
    written = result["Resolution"]["value"]
    if written.endswith("%"):
        return abs(q.unit.to_base(q.value) * 100 - float(written[:-1])) < 1e-6 * max(
            1, abs(float(written[:-1]))
        )
    if result["Resolution"].get("isoCurrency") and q.unit.currency != result["Resolution"]["isoCurrency"]:
        return False
    return abs(float(q.value) - float(written)) < 1e-9 * max(1, abs(float(written)))


def _number_scope(text: str, values: list[float]) -> str:
    if re.search(r"[\^eEkM]|^-?\.\d", fold_text(text)):
        return "powers, 40k and .5: not written in newspapers"
    if re.search(r"[\d一-龥] +[\d一-龥]", text):
        return "spaces inside a numeral: the normaliser's work"
    if "打" in text:
        return "dozens (打): a unit here"
    if "/" in fold_text(text) or "又" in text or "分" in text:
        return "fractions: a quantity of dimension share, not a numeral"
    if not values:
        return "numeral characters in words: decided by the unit"
    return ""


def _numbers(text: str) -> list[float]:
    tokens = (parse_number(match.group()) for match in NUMBER.finditer(fold_text(text)))
    return [float(number.value) for number in tokens if number is not None]


def _covers(got: list[float], wanted: list[float]) -> bool:
    return len(got) >= len(wanted) and all(any(abs(g - w) <= 1e-9 * max(1, w) for g in got) for w in wanted)


def _same(first: list[Any], second: list[Any]) -> bool:
    def rounded(items: list[Any]) -> list[str]:
        return sorted(
            str([f"{v:.9g}" if isinstance(v, float) else v for v in (i if isinstance(i, tuple) else (i,))])
            for i in items
        )

    return rounded(first) == rounded(second)


def _lines(evaluation: Evaluation) -> Iterator[str]:
    for suite, tally in evaluation.tallies.items():
        skipped = evaluation.skipped[suite]
        line = f"{suite:16} {tally.passed:4} of {tally.total:4} in scope  {tally.passed / tally.total:.3f}"
        if tally.supported != tally.total:
            line += f"  (cases that their Python port passes: {tally.supported_passed} of {tally.supported})"
        yield line + (f"  out: {dict(skipped)}" if skipped else "")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--failures", action="store_true")
    if not DATA.exists():
        sys.exit("skipped: no evaluation data (BAOCANG_EVAL_DATA)")
    evaluation = Evaluation(failures=parser.parse_args().failures)
    evaluation.run_dates()
    evaluation.run_units()
    evaluation.run_numbers()
    evaluation.run_pairs()
    print("\n".join(_lines(evaluation)))
    print(evaluation.speed())


if __name__ == "__main__":
    main()
