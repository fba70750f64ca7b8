"""Keywords of an article by jieba: term frequency times the inverse document frequency of its own corpus.

jieba says how rare words are, its Rust port cuts them: the same Han words at ten times the speed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import jieba.analyse
import polars as pl
from rjieba import Jieba

KEYWORD_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "keyword": pl.String(),
    "weight": pl.Float64(),
}


class KeywordExtractor:
    """Built once per process: the dictionary is read then, and knows the words of `words.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups.get("words", {})
        ranker = jieba.analyse.TFIDF()
        self._rarities: dict[str, float] = ranker.idf_freq
        self._usual: float = ranker.median_idf
        self._stop_words = frozenset((*ranker.stop_words, *vocabulary.get("stop_words", ())))
        self._rarity = lru_cache(maxsize=1 << 16)(self._look_up)
        self._tokenizer = Jieba()
        for word in vocabulary.get("user_words", ()):
            self._tokenizer.add_word(word, None, None)

    def extract(self, articles: pl.DataFrame, top: int = 20) -> pl.DataFrame:
        """Rank the words of each article.

        Args:
            articles: One row per article: `article_id: str`, `text: str`.
            top: Most keywords of an article.

        Returns:
            One row per (`article_id`, `keyword`), articles in the given order, heaviest keyword first, equal
            weights by keyword: `weight: f64`, above 0, shares of the article's words, so lengths compare.
        """
        rows: list[tuple[str, str, float]] = []
        for article_id, text in articles.select("article_id", "text").iter_rows():
            counts = Counter(self._tokenizer.cut(text))
            words = [
                (word, n, rare) for word, n in counts.items() if (rare := self._rarity(word)) is not None
            ]
            total = sum(n for _, n, _ in words)
            ranked = sorted((-n * (rare / total), word) for word, n, rare in words)
            named = (pair for pair in ranked if any(map(str.isalpha, pair[1])))
            rows.extend((article_id, word, -weight) for weight, word in islice(named, top))
        return pl.DataFrame(rows, schema=KEYWORD_SCHEMA, orient="row")

    def _look_up(self, word: str) -> float | None:
        """How rare a word is, as jieba has it; null for what it does not count."""
        if len(word.strip()) < 2 or word.lower() in self._stop_words:
            return None
        return self._rarities.get(word, self._usual)
