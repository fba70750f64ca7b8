"""Which articles repeat another one."""

from datetime import date

import polars as pl

from transforms.resolve.duplicates import (
    choose_originals,
    digest_sentences,
    follow_originals,
    pair_articles,
    rank_sentences,
)

LONG = ["远山市举行新春招商大会，共签约项目十二个。", "市长在致辞中介绍了营商环境。", "会后客商考察了园区。"]


def duplicates(texts: dict[str, list[str]], days: dict[str, date] | None = None) -> dict[str, str]:
    articles = pl.LazyFrame({"article_id": list(texts), "document_id": list(texts)}).with_columns(
        duplicate_of=pl.lit(None, dtype=pl.String)
    )
    sentences = pl.LazyFrame(
        [{"article_id": a, "document_id": a, "text": t} for a, parts in texts.items() for t in parts],
        schema={"article_id": pl.String, "document_id": pl.String, "text": pl.String},
    )
    issued = [(days or {}).get(a) for a in texts]
    documents = pl.LazyFrame(
        {"document_id": list(texts), "issue_on": issued},
        schema={"document_id": pl.String, "issue_on": pl.Date},
    )
    ranked = rank_sentences(digest_sentences(sentences).lazy(), documents)
    # Digests one at a time, as they come out of buckets.
    pairs = pl.concat([pair_articles(some) for some in ranked.partition_by("words_hash")])
    return dict(follow_originals(choose_originals(pairs), articles.clear()).iter_rows())


def test_the_earlier_issue_is_the_original() -> None:
    days = {"a": date(2023, 3, 2), "b": date(2023, 3, 1)}
    assert duplicates({"a": LONG, "b": LONG}, days) == {"a": "b"}


def test_a_near_copy_and_its_copy_repeat_the_first() -> None:
    near = [*LONG[:2], LONG[2], "编后。"]
    assert duplicates({"a": LONG, "b": near, "c": near}) == {"b": "a", "c": "a"}


def test_other_punctuation_and_spaces_make_no_difference() -> None:
    respaced = [sentence.replace("，", " ,").replace("。", ".") for sentence in LONG]
    assert duplicates({"a": LONG, "b": respaced}) == {"b": "a"}


def test_articles_that_share_one_sentence_stay_apart() -> None:
    other = [LONG[0], "这里说的是另一件完全不同的事情，篇幅也更长一些。", "它还有第三句话，谁也没有说过。"]
    assert duplicates({"a": LONG, "b": other}) == {}


def test_short_briefs_are_never_duplicates() -> None:
    assert duplicates({"a": ["本报讯昨日下雨了。"], "b": ["本报讯昨日下雨了。"]}) == {}
