"""Weights of features, for vocabularies that are counted on pages with a reader's rows.

scipy keeps the features sparse: of some ten thousand a case has a few hundred.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

_FEWEST, _FEWEST_OF_CLASS = 6, 25
_STEPS, _LASSO, _LEAST = 300, 3.0, 0.05
Floats = np.ndarray[Any, np.dtype[np.float32]]


class Fit:
    """A logistic regression of several classes; a penalty on the sum of its weights leaves most at 0.

    Args:
        features: Of every case.
        classes: Which classes every case is of.
        shares: What every case counts; 1 by default.
        lasso: The penalty.
        ridge: A penalty on the squares of the weights, halved: many small ones share what they tell.
        fewest: In how many cases a feature must be.
    """

    def __init__(
        self,
        features: Sequence[set[str]],
        classes: Sequence[set[str]],
        shares: Sequence[float] = (),
        *,
        lasso: float = _LASSO,
        ridge: float = 0.0,
        fewest: int = _FEWEST,
    ) -> None:
        self.lasso, self.ridge = lasso, ridge
        counts = Counter(name for held in features for name in held)
        self.names = {name: n for n, name in enumerate(sorted(n for n, c in counts.items() if c >= fewest))}
        told = Counter(min(names) for names in classes if names)
        self.classes = sorted(name for name, count in told.items() if count >= _FEWEST_OF_CLASS)
        self.gold = np.array([[name in names for name in self.classes] for names in classes], np.float32)
        self.shares = np.array(shares or [1.0] * len(classes), np.float32)
        self.matrix = self.rows(features)

    def rows(self, features: Sequence[set[str]]) -> csr_array:
        """A row for every case, 1 where it has a feature, and the constant."""
        held = [[self.names[n] for n in names if n in self.names] + [len(self.names)] for names in features]
        starts, columns = np.cumsum([0, *map(len, held)]), np.concatenate(held)
        shape = len(held), len(self.names) + 1
        return csr_array((np.ones(len(columns), np.float32), columns, starts), shape=shape)

    def train(self) -> Floats:
        """Weights `[features + 1, classes]`, by accelerated proximal steps."""
        x, share = self.matrix, self.shares[:, None]
        turn = np.ones((x.shape[1], 1), np.float32)
        for _ in range(20):
            turn = x.T @ (share * (x @ (turn / np.linalg.norm(turn))))
        rate = 1 / (np.linalg.norm(turn) / 4 + self.ridge)
        w = ahead = np.zeros((x.shape[1], len(self.classes)), np.float32)
        pace = 1.0
        for _ in range(_STEPS):
            p = 1 / (1 + np.exp(-(x @ ahead)))
            new = ahead + rate * (x.T @ ((self.gold - p) * share))
            new[:-1] -= rate * self.ridge * ahead[:-1]
            new[:-1] = np.sign(new[:-1]) * np.maximum(np.abs(new[:-1]) - rate * self.lasso, 0)
            following = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
            w, ahead, pace = new, new + (pace - 1) / following * (new - w), following
        return w

    def told(self) -> dict[str, dict[str, float]]:
        """The weights by class and name, the constant without one."""
        names = [*self.names, ""]
        return {
            kind: {
                n: round(float(w), 2)
                for n, w in zip(names, of_kind, strict=True)
                if abs(w) >= _LEAST or not n
            }
            for kind, of_kind in zip(self.classes, self.train().T, strict=True)
        }


def options_of(description: str | None, arguments: Sequence[str] | None) -> argparse.Namespace:
    """What a command that counts weights is told: `house`, `without`, `check`."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("house", type=Path, help="warehouse of the pages")
    parser.add_argument("--without", nargs="*", default=[], help="beginnings of names of pages left out")
    parser.add_argument("--check", action="store_true", help="only print how other hands' pages are read")
    return parser.parse_args(arguments)
