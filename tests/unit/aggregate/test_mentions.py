"""Pairs of entities: what goes together beyond chance, and how sure that is."""

import subprocess
import sys
from datetime import date

import polars as pl

from transforms.aggregate.mentions import count_articles, count_entity_pairs, name_articles, pair_entities


def pairs_of(articles: dict[str, str]) -> pl.DataFrame:
    rows = [
        (f"{article}{n}", article, f"s-{article}", entity)
        for article, entities in articles.items()
        for n, entity in enumerate(entities)
    ]
    columns = ["mention_id", "article_id", "sentence_id", "entity_id"]
    mentions = pl.LazyFrame(rows, schema=columns, orient="row").with_columns(
        issue_on=pl.lit(date(2024, 5, 8))
    )
    half = pl.col("article_id") < "3"
    named = [name_articles(mentions.filter(half)), name_articles(mentions.filter(~half))]
    return count_entity_pairs(pl.concat(map(pair_entities, named)), count_articles(named))


def test_a_pair_named_together_often_is_surer_than_one_named_once() -> None:
    pairs = pairs_of({"1": "ab", "2": "ab", "3": "ab", "4": "cd", "5": "e", "6": "f"})
    by_pair = {(r["left_entity_id"], r["right_entity_id"]): r for r in pairs.iter_rows(named=True)}
    assert by_pair["a", "b"]["npmi"] == by_pair["c", "d"]["npmi"] == 1.0
    assert by_pair["a", "b"]["log_likelihood"] > by_pair["c", "d"]["log_likelihood"] > 0


def test_a_pair_that_avoids_each_other_is_negative() -> None:
    pairs = pairs_of({"1": "ab", "2": "a", "3": "a", "4": "b", "5": "b"})
    assert pairs["log_likelihood"].to_list()[0] < 0


def test_counting_a_month_of_many_entities_never_pairs_them_all() -> None:
    # All pairs of 20,000 entities are 400 million rows; those of the articles take some hundred MB.
    code = """
import resource
from random import Random
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
import polars as pl
from transforms.aggregate.mentions import count_entity_pairs
pick = Random(1).randrange
ids = [(str(pick(20_000)), str(pick(20_000))) for _ in range(400_000)]
pairs = pl.DataFrame(ids, schema=["left_entity_id", "right_entity_id"], orient="row").select(
    pl.lit(None, pl.Date).alias("month_on"),
    pl.all(),
    article_id=pl.lit("a"),
    shared=pl.concat_list(pl.lit("s")),
)
articles = pl.select(
    month_on=pl.lit(None, pl.Date),
    entity_id=pl.int_range(20_001).cast(pl.String).replace("20000", None),
    articles=pl.lit(40, pl.UInt32),
)
print(len(count_entity_pairs(pairs, articles)) == len(set(ids)))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout == "True\n", run.stderr[-500:]
