"""Word evidence: does a break fall inside a word?"""

from __future__ import annotations

import math
from functools import lru_cache

_REACH = 4


class Words:
    """jieba's dictionary as word frequencies, loaded on first use.

    Source: jieba 0.42.1 dict.txt (MIT).
    """

    def __init__(self) -> None:
        self._frequency: dict[str, int] | None = None
        self._total = 1.0
        self.crossing = lru_cache(maxsize=65_536)(self._crossing)

    def frequency(self, word: str) -> int:
        """Occurrences in jieba's corpus; 0 for an unknown word."""
        if self._frequency is None:
            import jieba

            jieba.setLogLevel(30)
            jieba.dt.initialize()
            self._frequency = jieba.dt.FREQ
            self._total = float(jieba.dt.total)
        return self._frequency.get(word, 0)

    def cut_evidence(self, left: str, right: str) -> float:
        """Log odds that a word spans the break between `left` and `right`; 0 without any evidence."""
        return self.crossing(left[-_REACH:], right[:_REACH])

    def _crossing(self, left: str, right: str) -> float:
        best = None
        for back in range(1, len(left) + 1):
            for ahead in range(1, len(right) + 1):
                word = left[-back:] + right[:ahead]
                if self.frequency(word):
                    score = (
                        self._best(left[:-back])
                        + math.log(self.frequency(word) / self._total)
                        + self._best(right[ahead:])
                    )
                    best = score if best is None else max(best, score)
        return 0.0 if best is None else best - self._best(left) - self._best(right)

    def segment(self, text: str) -> list[str]:
        """Most probable words of a short text."""
        self.frequency("")
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            best.append(
                max(
                    (
                        best[start][0] + math.log((self.frequency(text[start:end]) or 0.5) / self._total),
                        start,
                    )
                    for start in range(max(0, end - 8), end)
                    if end - start == 1 or self.frequency(text[start:end])
                )
            )
        words: list[str] = []
        end = len(text)
        while end:
            start = best[end][1]
            words.append(text[start:end])
            end = start
        return words[::-1]

    def _best(self, text: str) -> float:
        """Log probability of the best segmentation."""
        scores = [0.0]
        for end in range(1, len(text) + 1):
            scores.append(
                max(
                    scores[start] + math.log((self.frequency(text[start:end]) or 0.5) / self._total)
                    for start in range(end)
                    if end - start == 1 or self.frequency(text[start:end])
                )
            )
        return scores[-1]
