"""Word evidence: does a break fall inside a word?"""

from __future__ import annotations

import math
from functools import cached_property, lru_cache

_REACH = 4
_SEEN, _FREQUENT = 50, 500
# Characters that are verbs of a headline where they stand as a word, and what makes a name of a verb.
_LONE_VERBS = frozenset(
    "来赴到获签办建拟将把被让给迎变成是有访走看添破增开落进补结谱谋绘聚促抓闯搭育牵留卖买修离驶飞"
)
_NAME_ENDS = frozenset("会园区站厂院所司室")
_VERB_CHARS = 3


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

    def commonness(self, word: str) -> int:
        """0 for an unknown word, 1 for a rare one, 2 from 50 and 3 from 500 occurrences on."""
        count = self.frequency(word)
        return (count > 0) + (count >= _SEEN) + (count >= _FREQUENT)

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

    @cached_property
    def _verbs(self) -> frozenset[str]:
        import jieba

        with jieba.dt.get_dict_file() as file:
            rows = (line.decode("utf-8").split() for line in file)
            return frozenset(row[0] for row in rows if row[-1] == "v" and 1 < len(row[0]) <= _VERB_CHARS)

    def has_verb(self, text: str) -> bool:
        """Whether a head tells what somebody does, as far as the dictionary knows."""
        words = self.segment(text)
        for word, following in zip(words, [*words[1:], ""], strict=True):
            if word in _LONE_VERBS or (word in self._verbs and following not in _NAME_ENDS):
                return True
        return False

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
