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


def find_duplicates(
    keys: pl.LazyFrame,
    articles: pl.LazyFrame,
    documents: pl.LazyFrame,
    affected: pl.Series | None = None,
) -> pl.DataFrame:
    """Find articles of which at least four fifths stand in an earlier one, sentence by sentence.

    White space and punctuation do not count. Of two articles the earlier by day of issue, then by id, is
    the original, so the answer does not depend on the order of input; an original is no duplicate itself.
    Articles under 20 characters are never duplicates: two briefs may both say 本报讯 and little more.
    Sentences that stand in more than 100 articles are formulas and say nothing.

    Args:
        keys: `_sentence_keys` of the corpus.
        articles: `article_id: str`, `document_id: str`, `duplicate_of: str` (nullable) as found before.
        documents: `document_id: str`, `issue_on: date` (nullable).
        affected: Articles to find the originals of, as `articles_to_compare` says; all where None. The
            answer for the others is what `articles` holds.

    Returns:
        One row per duplicate article, sorted by `article_id`: `article_id: str`, `duplicate_of: str`.
    """
    if affected is None:
        parts = keys.collect()
        is_asked = pl.lit(True)
    else:
        is_asked = pl.col("article_id").is_in(affected.implode())
        asked = keys.filter(is_asked).select("words_hash").unique().collect()
        parts = keys.join(asked.lazy(), on="words_hash", how="semi").collect()
    involved = parts.select("article_id").unique().lazy()
    order = (
        articles.select("article_id", "document_id", "duplicate_of")
        .join(involved, on="article_id", how="semi")
        .join(documents.select("document_id", "issue_on"), on="document_id")
        .sort("issue_on", "article_id", nulls_last=True)
        .with_row_index("rank")
        .select("article_id", "rank", "duplicate_of")
        .collect()
    )
    ranked = parts.lazy().join(order.lazy().select("article_id", "rank"), on="article_id")
    told = ranked.filter(pl.len().over("words_hash") <= _MAX_SENTENCE_USES)
    totals = ranked.filter(is_asked).group_by("rank").agg(total=pl.col("words_chars").sum())
    pairs = (
        told.filter(is_asked)
        .join(totals.filter(pl.col("total") >= _MIN_ARTICLE_CHARS), on="rank")
        .join(told.select("words_hash", original="rank"), on="words_hash")
        .filter(pl.col("original") < pl.col("rank"))
        .group_by("rank", "original")
        .agg(pl.col("words_chars").sum(), pl.col("total").first())
        .filter(pl.col("words_chars") >= _NEAR_SHARE * pl.col("total"))
        .group_by("rank")
        .agg(pl.col("original").min())
        .sort("rank")
        .collect()
    )
    ids = order["article_id"].to_list()
    first: dict[str, str] = {}
    if affected is not None:
        settled = order.filter(~is_asked & pl.col("duplicate_of").is_not_null())
        first = dict(settled.select("article_id", "duplicate_of").iter_rows())
    found: dict[str, str] = {}
    for rank, original in pairs.iter_rows():
        # A copy of a copy repeats the first of them.
        found[ids[rank]] = first[ids[rank]] = first.get(ids[original], ids[original])
    return pl.DataFrame(
        {"article_id": list(found), "duplicate_of": list(found.values())},
        schema={"article_id": pl.String, "duplicate_of": pl.String},
    ).sort("article_id")
