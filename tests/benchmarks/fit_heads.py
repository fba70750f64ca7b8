"""Count the weights by which heads are parted into kicker, headline and subtitle.

Run: python -m tests.benchmarks.fit_heads [--without NAME...] [--check]

Reads `pages/*.yaml` and `heads.txt`, writes `seeds/lookups/heads.yml`. Headlines are also wrapped by sense at several
widths, since invented pages seldom print them so. `--check` leaves a quarter of the papers out in turn and prints how many
of their heads are parted right.
"""  # noqa: E501

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np
import yaml

from tests.benchmarks.eval_pages import PAGES, bare
from tests.normalizing import NORMALIZER
from transforms.normalize.head_parts import Head
from transforms.normalize.lines import NO_START

EXAMPLES = Path(__file__).parent / "heads.txt"
WEIGHTS = Path("seeds/lookups/heads.yml")
HEADER = "# Log odds by which heads are parted; made by tests/benchmarks/fit_heads.py, not written by hand.\n"
_KEYS = {"kicker": "K", "headline": "H", "subtitle": "S"}
_NO_END = "“‘《（「『【"
_WIDTHS = (8, 9, 10, 11, 12, 13, 14)
_MOST_LINES = 8
_LASSO, _RIDGE, _STEPS, _RATE = 1.5, 0.5, 150, 0.05
_LEAST = 0.05
_EXAMPLE = 8.0


@dataclass
class Case:
    """Lines of heads, how they are parted, and what the case counts."""

    paper: str
    lines: list[Head]
    kinds: str
    weight: float


def wrapped(text: str, width: int) -> list[str]:
    """Lines of a head wrapped between words, all about as long."""
    count = -(-len(text) // width)
    size = -(-len(text) // count)
    lines = [""]
    for word in jieba.cut(text):
        line = lines[-1]
        is_mark = word[0] in NO_START or (line and line[-1] in _NO_END)
        is_full = len(line) >= size - 1 or len(line) + len(word) > width
        if not word.strip() and 2 * len(line) >= size and len(lines) < count:
            lines.append("")
        elif line and not is_mark and is_full and len(line) + len(word) > size:
            lines.append(word)
        else:
            lines[-1] += word
    return [line.strip() for line in lines if line.strip()]


def cases_of_pages(without: Sequence[str]) -> Iterator[tuple[str, list[Head], str]]:
    """Heads of the pages as they are printed; those of which a line holds two are left out."""
    for file in sorted(PAGES.glob("*.yaml")):
        if file.name.startswith(tuple(without)):
            continue
        gold = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        raw = NORMALIZER.repair(file.with_suffix(".txt").read_bytes().decode("utf-8", "ignore")).working.text
        lines = [line.strip() for line in raw.split("\n")]
        for article in gold.get("articles") or []:
            parts = [(kind, bare(article.get(key))) for key, kind in _KEYS.items() if article.get(key)]
            if found := _printed(lines, parts):
                yield re.match("[a-z]*", file.name)[0], *found  # type: ignore[index]


def _printed(lines: Sequence[str], parts: Sequence[tuple[str, str]]) -> tuple[list[Head], str] | None:
    whole = "".join(text for _, text in parts)
    marks = "".join(kind * len(text) for kind, text in parts)
    for start, line in enumerate(lines):
        if not bare(line) or not whole.startswith(bare(line)) or "H" not in marks:
            continue
        heads: list[Head] = []
        kinds, read, is_apart = "", 0, False
        for text in lines[start:]:
            if not text:
                is_apart = bool(heads)
                continue
            end = read + len(bare(text))
            if bare(text) != whole[read:end] or len(set(marks[read:end])) != 1:
                break
            heads.append((text, is_apart))
            kinds, read, is_apart = kinds + marks[read], end, False
            if read == len(whole):
                return heads, kinds
    return None


def examples() -> Iterator[tuple[list[Head], str]]:
    """Heads of `heads.txt`."""
    for block in re.split(r"\n\s*\n", re.sub("^#.*\n", "", EXAMPLES.read_text("utf-8"), flags=re.M)):
        heads: list[Head] = []
        kinds = ""
        for line in block.strip().split("\n"):
            for number, text in enumerate(line[2:].lstrip("¶").split("/")):
                heads.append((text, number == 0 and line[2] == "¶"))
                kinds += line[0]
        yield heads, kinds


def read_cases(without: Sequence[str]) -> list[Case]:
    """All cases, each headline wrapped besides."""
    printed = [(*found, 2.0) for found in cases_of_pages(without)]
    printed += [("", heads, kinds, _EXAMPLE) for heads, kinds in examples()]
    cases = []
    for number, (paper, heads, kinds, weight) in enumerate(printed):
        if len(heads) > 1:
            cases.append(Case(paper, heads, kinds, weight))
        if len(set(kinds)) < len(kinds):
            continue
        for turn in range(2):
            width = _WIDTHS[(3 * number + 2 * turn) % len(_WIDTHS)]
            more: list[Head] = []
            spread = ""
            for (text, is_apart), kind in zip(heads, kinds, strict=True):
                # Beside a wrapped headline kicker and subtitle are smaller: mostly on one line.
                room = (
                    width
                    if kind == "H" or (number + turn) % 5 == 0
                    else (99, int(1.6 * width))[number % 3 == 0]
                )
                rows = wrapped(text, room)
                more += [(row, is_apart and i == 0) for i, row in enumerate(rows)]
                spread += kind * len(rows)
            if len(heads) < len(more) <= _MOST_LINES:
                cases.append(Case(paper, more, spread, 0.7 if paper else 1.0))
    return cases


class Fit:
    """Features of cases, and weights that fit them."""

    def __init__(self, cases: Sequence[Case]) -> None:
        parts = NORMALIZER.structure.heads.parts
        self.cases = cases
        self.names: dict[str, int] = {}
        self.ways: list[list[str]] = []
        rows: list[Counter[str]] = []
        for case in cases:
            ways = list(parts.features(case.lines))
            self.ways.append([kinds for kinds, _ in ways])
            rows += [features for _, features in ways]
        for row in rows:
            for name in row:
                self.names.setdefault(name, len(self.names))
        self.matrix = np.zeros((len(rows), len(self.names)), dtype=np.float32)
        for number, row in enumerate(rows):
            for name, count in row.items():
                self.matrix[number, self.names[name]] = count
        self.starts = np.cumsum([0, *map(len, self.ways)])

    def train(self, chosen: Sequence[int]) -> np.ndarray:
        """Weights of the chosen cases: a penalty on their sum leaves most of them at 0."""
        chosen = [i for i in chosen if self.cases[i].kinds in self.ways[i]]
        sizes = [len(self.ways[i]) for i in chosen]
        rows = np.concatenate([np.arange(self.starts[i], self.starts[i + 1]) for i in chosen])
        x, starts = self.matrix[rows], np.cumsum([0, *sizes])[:-1]
        share = np.repeat([self.cases[i].weight for i in chosen], sizes)
        right = starts + [self.ways[i].index(self.cases[i].kinds) for i in chosen]
        gold = (x[right] * share[right][:, None]).sum(0)
        w, mean, square = (np.zeros(x.shape[1]) for _ in range(3))
        for step in range(1, _STEPS + 1):
            z = x @ w
            p = np.exp(z - np.repeat(np.maximum.reduceat(z, starts), sizes))
            p *= share / np.repeat(np.add.reduceat(p, starts), sizes)
            slope = gold - p @ x - _RIDGE * w
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            rate = _RATE / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            w += rate * mean / (1 - 0.9**step)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * _LASSO, 0)
        return w

    def right(self, case: int, weights: np.ndarray) -> bool:
        """Whether a case is parted right."""
        scores = self.matrix[self.starts[case] : self.starts[case + 1]] @ weights
        return self.ways[case][int(np.argmax(scores))] == self.cases[case].kinds

    def check(self) -> None:
        """Print how many cases are right of papers that were left out."""
        papers = sorted({case.paper for case in self.cases})
        fold = {paper: number % 4 for number, paper in enumerate(papers)}
        folds = [fold[c.paper] if c.paper else n % 4 for n, c in enumerate(self.cases)]
        counts: dict[float, list[int]] = defaultdict(lambda: [0, 0])
        for left in range(4):
            weights = self.train([i for i, f in enumerate(folds) if f != left])
            for case in (i for i, f in enumerate(folds) if f == left):
                count = counts[self.cases[case].weight]
                count[0] += self.right(case, weights)
                count[1] += 1
        names = {2.0: "printed", 0.7: "wrapped", _EXAMPLE: "examples", 1.0: "examples wrapped"}
        for weight, (right, count) in counts.items():
            print(f"{names[weight]:18} {right}/{count} {right / count:.3f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the weights, write them or check them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without", nargs="*", default=[], help="beginnings of names of pages left out")
    parser.add_argument("--check", action="store_true", help="only print how well other papers are read")
    options = parser.parse_args(arguments)
    fit = Fit(read_cases(options.without or ["-"]))
    if options.check:
        fit.check()
        return 0
    weights = fit.train(range(len(fit.cases)))
    told = {
        name: round(float(weights[i]), 2)
        for name, i in sorted(fit.names.items())
        if abs(weights[i]) >= _LEAST
    }
    WEIGHTS.write_text(HEADER + yaml.safe_dump({"weights": told}, allow_unicode=True), encoding="utf-8")
    right = sum(fit.right(i, weights) for i in range(len(fit.cases)))
    print(f"{right}/{len(fit.cases)} right, {len(told)} weights")
    for i, case in enumerate(fit.cases):
        if case.weight == _EXAMPLE and not fit.right(i, weights):
            print("  ", case.kinds, " / ".join(text for text, _ in case.lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
