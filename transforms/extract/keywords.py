"""Keywords of an article by jieba: term frequency times the inverse document frequency of its own corpus.

jieba ranks the words, its Rust port cuts them: the same Han words at ten times the speed.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        self._tfidf = jieba.analyse.TFIDF()
        self._tfidf.tokenizer = Jieba()
        self._tfidf.stop_words = {*self._tfidf.stop_words, *vocabulary.get("stop_words", ())}
        for word in vocabulary.get("user_words", ()):
            self._tfidf.tokenizer.add_word(word, None, None)

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
            ranked = self._tfidf.extract_tags(text, topK=None, withWeight=True)
            words = ((word, weight) for word, weight in ranked if any(c.isalpha() for c in word))
            rows.extend((article_id, *pair) for pair in sorted(words, key=lambda p: (-p[1], p[0]))[:top])
        return pl.DataFrame(rows, schema=KEYWORD_SCHEMA, orient="row")
