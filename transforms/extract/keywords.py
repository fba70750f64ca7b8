"""Keywords of an article by jieba: term frequency times the inverse document frequency of its own corpus.

jieba says how rare words are, its Rust port cuts them: the same Han words at ten times the speed. A
recognised name is one word, as rare as its parts are on average.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import jieba.analyse
import polars as pl
from rjieba import Jieba

from transforms.extract.frames import frame_of
from transforms.extract.patterns import any_of

KEYWORD_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "keyword": pl.String(),
    "weight": pl.Float64(),
}


class KeywordExtractor:
    """Built once per process: the dictionary is read then, and knows the words of `words.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups.get("words", {})
        counted = any_of(vocabulary.get("counted", ("个",)))
        self._filler = re.compile(rf"[一二两三四五六七八九十百千万亿几数半每]{{1,4}}[多余来]?(?:{counted})")
        ranker = jieba.analyse.TFIDF()
        self._rarities: dict[str, float] = ranker.idf_freq
        self._usual: float = ranker.median_idf
        self._stop_words = frozenset((*ranker.stop_words, *vocabulary.get("stop_words", ())))
        self._rarity = lru_cache(maxsize=1 << 16)(self._look_up)
        self._rarity_of_name = lru_cache(maxsize=1 << 14)(self._look_up_name)
        self._tokenizer = Jieba()
        for word in vocabulary.get("user_words", ()):
            self._tokenizer.add_word(word, None, None)

    def extract(
        self, articles: pl.DataFrame, mentions: pl.DataFrame | None = None, top: int = 20
    ) -> pl.DataFrame:
        """Rank the words of each article.

        Args:
            articles: One row per article: `article_id: str`, `text: str`.
            mentions: Its names: `article_id: str`, `parent_index: u32` (null for the outermost, which count),
                `entity_type: str`, `start_char`, `end_char: u32`, sorted; none without them.
            top: Most keywords of an article.

        Returns:
            One row per (`article_id`, `keyword`), articles in the given order, heaviest keyword first, equal
            weights by keyword: `weight: f64`, above 0, shares of the article's words, so lengths compare.
        """
        rows: list[tuple[str, str, float]] = []
        named = _spans_by_article(mentions)
        for article_id, text in articles.select("article_id", "text").iter_rows():
            spans = named.get(article_id, ())
            names = Counter("".join(text[start:end].split()) for start, end in spans)
            # A line end parts words, so that one call cuts what stands between all names.
            ends, starts = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
            between = "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))
            counts = Counter(self._tokenizer.cut(between))
            # Words of one character do not count.
            words = [
                (word, n, rare)
                for word, n in counts.items()
                if len(word) > 1 and word not in names and (rare := self._rarity(word)) is not None
            ]
            words += [
                (name, n + counts[name], rare)
                for name, n in names.items()
                if (rare := self._rarity_of_name(name)) is not None
            ]
            total = sum(n for _, n, _ in words)
            ranked = sorted((-n * (rare / total), word) for word, n, rare in words)
            told = (pair for pair in ranked if any(map(str.isalpha, pair[1])))
            rows.extend((article_id, word, -weight) for weight, word in islice(told, top))
        return frame_of(rows, KEYWORD_SCHEMA)

    def _look_up(self, word: str) -> float | None:
        """How rare a word is, as jieba has it; null for what it does not count."""
        if (
            len(word.strip()) < 2
            or word.lower() in self._stop_words
            or self._filler.fullmatch(word) is not None
        ):
            return None
        return self._rarities.get(word, self._usual)

    def _look_up_name(self, name: str) -> float | None:
        """How rare a name is: as its words are on average, so that names do not outweigh all words."""
        if len(name) < 2 or name in self._stop_words:
            return None
        if (known := self._rarities.get(name)) is not None:
            return known
        parts = [rare for word in self._tokenizer.cut(name) if (rare := self._rarity(word)) is not None]
        return sum(parts) / len(parts) if parts else self._usual


def _spans_by_article(mentions: pl.DataFrame | None) -> dict[str, list[tuple[int, int]]]:
    """Where the outermost names of each article stand; no titles of works and events, which are phrases."""
    spans: dict[str, list[tuple[int, int]]] = {}
    if mentions is not None:
        outermost = mentions.filter(
            pl.col("parent_index").is_null()
            & pl.col("entity_type").is_in(("person", "organization", "place"))
        )
        for article_id, start, end in outermost.select("article_id", "start_char", "end_char").iter_rows():
            spans.setdefault(article_id, []).append((start, end))
    return spans
