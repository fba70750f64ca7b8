"""Articles that repeat another one, exactly or nearly.

Articles are compared by digests of their sentences, so that a run compares what it changes with the whole
corpus without reading its texts.
"""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

_MIN_ARTICLE_CHARS = 20
_MIN_SENTENCE_CHARS = 8
_MAX_SENTENCE_USES = 100
_NEAR_SHARE = 0.8
# Days since 1970 as ten digits, so that they sort as text, and what sorts behind them.
_DAY_ZERO = 5_000_000_000
_UNDATED = "9999999999"


def digest_sentences(sentences: pl.LazyFrame) -> pl.DataFrame:
    """Digests of the sentences that are long enough to tell articles apart, without punctuation.

    Args:
        sentences: `article_id: str`, `document_id: str`, `text: str`.

    Returns:
        The rows of the table `_sentence_keys`: each different sentence of an article once.
    """
    return (
        sentences.select("article_id", "document_id", words=pl.col("text").str.replace_all(r"[\s\p{P}]", ""))
        .with_columns(words_chars=pl.col("words").str.len_chars().cast(pl.Int64))
        .filter(pl.col("words_chars") >= _MIN_SENTENCE_CHARS)
        .with_columns(
            words_hash=pl.col("words").map_batches(_digest, return_dtype=pl.Int64, is_elementwise=True)
        )
        .select("article_id", "document_id", "words_hash", "words_chars")
        .unique(["article_id", "words_hash"])
        .sort("article_id", "words_hash")
        .collect()
    )


def _digest(words: pl.Series) -> pl.Series:
    # The hash of Polars differs between its versions, and the digests are kept.
    digests = [
        int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        for text in words.to_list()
    ]
    return pl.Series(words.name, digests, dtype=pl.Int64)


def articles_to_compare(
    keys: pl.LazyFrame, new: pl.DataFrame, old: pl.DataFrame, articles: pl.LazyFrame, changed: pl.Series
) -> pl.Series:
    """Articles whose original may be another one since some documents changed.

    Args:
        keys: `_sentence_keys` of the corpus as it is now.
        new: Those of the changed documents.
        old: Those of the same documents as they were before.
        articles: `article_id`, `document_id`, `duplicate_of` as found before; null for changed documents.
        changed: The changed documents.

    Returns:
        Their ids: articles that share a telling sentence with a changed document, and the groups of copies
        that these belong to.
    """
    mine = pl.concat([new, old]).select("words_hash").unique()
    shared = keys.join(mine.lazy(), on="words_hash", how="semi").select("article_id", "words_hash").collect()
    uses = shared.group_by("words_hash").agg(now=pl.len().cast(pl.Int64))
    gone = old.group_by("words_hash").agg(gone=pl.len().cast(pl.Int64))
    come = new.group_by("words_hash").agg(come=pl.len().cast(pl.Int64))
    telling = (
        uses.join(gone, on="words_hash", how="left")
        .join(come, on="words_hash", how="left")
        .with_columns(before=pl.col("now") + pl.col("gone").fill_null(0) - pl.col("come").fill_null(0))
        # A sentence that stood and stands in too many articles says nothing of any.
        .filter(pl.min_horizontal("now", "before") <= _MAX_SENTENCE_USES)
    )
    near = shared.join(telling, on="words_hash", how="semi").select("article_id")
    own = articles.filter(pl.col("document_id").is_in(changed.implode())).select("article_id").collect()
    near = pl.concat([near, own]).unique()
    copies = (
        articles.select("article_id", "duplicate_of").filter(pl.col("duplicate_of").is_not_null()).collect()
    )
    roots = pl.concat(
        [
            near["article_id"],
            old["article_id"],
            copies.join(near, on="article_id", how="semi")["duplicate_of"].alias("article_id"),
        ]
    ).unique()
    followers = copies.join(roots.alias("duplicate_of").to_frame(), on="duplicate_of", how="semi")[
        "article_id"
    ]
    return pl.concat([near["article_id"], roots, followers]).unique().sort()


def rank_sentences(
    keys: pl.LazyFrame, documents: pl.LazyFrame, affected: pl.Series | None = None
) -> pl.DataFrame:
    """Sentences with the place of their article in the order of originals.

    Of two articles the earlier by day of issue, then by id, is the original, so the answer does not depend
    on the order of input.

    Args:
        keys: `_sentence_keys` of whole articles; of articles that are not `affected`, those that matter.
        documents: `document_id: str`, `issue_on: date` (nullable) of these articles.
        affected: Articles to find the originals of, as `articles_to_compare` says; all where None.

    Returns:
        `words_hash: i64`, `words_chars: i64`, `rank: str` (sorts as the articles do and ends with
        `article_id`), `total: i64` (characters of the article's sentences), `is_asked: bool`.
    """
    day = pl.col("issue_on").to_physical().cast(pl.Int64) + _DAY_ZERO
    is_asked = pl.lit(True) if affected is None else pl.col("article_id").is_in(affected.implode())
    return (
        keys.join(documents.select("document_id", "issue_on"), on="document_id")
        .with_columns(rank=pl.concat_str(day.cast(pl.String).fill_null(_UNDATED), "article_id"))
        .select(
            "words_hash",
            "words_chars",
            "rank",
            total=pl.col("words_chars").sum().over("article_id"),
            is_asked=is_asked,
        )
        .collect()
    )


def pair_articles(ranked: pl.DataFrame) -> pl.DataFrame:
    """What an article has in common with each earlier one.

    Sentences that stand in more than 100 articles are formulas and say nothing. Articles under 20
    characters are never duplicates: two briefs may both say 本报讯 and little more.

    Args:
        ranked: As `rank_sentences` returns, all rows of some digests.

    Returns:
        `rank`, `original` (the earlier article's rank), `words_chars` in common, `total`.
    """
    told = ranked.lazy().filter(pl.len().over("words_hash") <= _MAX_SENTENCE_USES)
    return (
        told.filter(pl.col("is_asked") & (pl.col("total") >= _MIN_ARTICLE_CHARS))
        .join(told.select("words_hash", original="rank"), on="words_hash")
        .filter(pl.col("original") < pl.col("rank"))
        .group_by("rank", "original")
        .agg(pl.col("words_chars").sum(), pl.col("total").first())
        .collect()
    )


def choose_originals(pairs: pl.DataFrame) -> pl.DataFrame:
    """The first article of which at least four fifths of another are a part, sentence by sentence.

    Args:
        pairs: As `pair_articles` returns, all rows of some ranks.

    Returns:
        `rank`, `original`; one row per article that has one.
    """
    return (
        pairs.group_by("rank", "original")
        .agg(pl.col("words_chars").sum(), pl.col("total").first())
        .filter(pl.col("words_chars") >= _NEAR_SHARE * pl.col("total"))
        .group_by("rank")
        .agg(pl.col("original").min())
    )


def follow_originals(originals: pl.DataFrame, settled: pl.LazyFrame) -> pl.DataFrame:
    """Duplicates with the article that they repeat, which is no duplicate itself.

    Args:
        originals: As `choose_originals` returns.
        settled: `article_id`, `duplicate_of` of duplicates that were not asked for.

    Returns:
        One row per duplicate asked for, sorted by `article_id`: `article_id: str`, `duplicate_of: str`.
    """
    copies = originals.select(
        article_id=pl.col("rank").str.slice(len(_UNDATED)),
        duplicate_of=pl.col("original").str.slice(len(_UNDATED)),
    )
    known = settled.join(copies.lazy().select(article_id="duplicate_of"), on="article_id", how="semi")
    first = known.select("article_id", "duplicate_of").collect()
    while True:
        # A copy of a copy repeats the first of them.
        steps = pl.concat([copies, first]).select(duplicate_of="article_id", first="duplicate_of")
        followed = copies.join(steps, on="duplicate_of", how="left")
        if followed["first"].null_count() == followed.height:
            return copies.sort("article_id")
        copies = followed.select("article_id", duplicate_of=pl.coalesce("first", "duplicate_of"))
