"""Mentions of one thing meet in one entity, over the whole corpus.

A name becomes a key: width and brackets folded, short forms of bodies written out, the place that it begins
with replaced by its code, so that 科技局 and 科学技术局 of one city meet. A short name of a firm joins a full
one only on evidence: the full name stands in the same article, or is the only one of its kind in the corpus.
Names that differ in more than that stay apart. A canonical name from a patch stands in for the printed one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from warehouse.schema import hash_id_expr

_FOLD = {"（": "(", "）": ")", "“": "", "”": "", '"': "", "•": "·", "・": "·", "‧": "·"}
_MIN_CORE_CHARS = 3
_BRACKETS = r"\([^()]*\)"


class EntityLinker:
    """Gives every mention its entity.

    Args:
        lookups: Vocabularies by name; uses `aliases`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        aliases = lookups["aliases"]
        self._names: dict[str, str] = aliases["names"]
        # One pass over a name: a short form inside a longer one must not be written out twice.
        parts: dict[str, str] = aliases["parts"]
        longest_first = sorted(parts, key=len, reverse=True)
        self._short, self._full = longest_first, [parts[short] for short in longest_first]
        self._suffix = "(?:" + "|".join(map(re.escape, aliases["suffixes"])) + ")$"

    def link(self, mentions: pl.LazyFrame) -> pl.DataFrame:
        """Link mentions to entities; the answer does not depend on the order of rows.

        Args:
            mentions: One row per mention: `mention_id`, `article_id`, `entity_type`, `surface_text`,
                `start_char`; nullable `adcode`, `parent_mention_id`, `canonical_name`.

        Returns:
            One row per mention, sorted by `mention_id`: `mention_id: str`, `entity_id: str`, `name: str`
            (the surface without white space).
        """
        columns = ["mention_id", "article_id", "entity_type", "surface_text", "start_char", "adcode"]
        keyed = self._add_keys(mentions.select(*columns, "parent_mention_id", "canonical_name")).collect()
        linked = keyed.with_columns(
            key=pl.coalesce(self._full_keys(keyed), "key"),
        )
        identity = pl.when(pl.col("entity_type") == "place").then(pl.coalesce("adcode", "key"))
        identified = linked.with_columns(identity=identity.otherwise(pl.col("key")))
        return (
            _follow_canonical_names(identified)
            .with_columns(entity_id=hash_id_expr("entity", "entity_type", "identity"))
            .select("mention_id", "entity_id", "name")
            .sort("mention_id")
        )

    def _add_keys(self, mentions: pl.LazyFrame) -> pl.LazyFrame:
        """Add `name`, `key` (what equal things share) and `core` (the short name of a full one)."""
        name = pl.col("surface_text").str.replace_all(r"\s", "")
        folded = pl.coalesce("canonical_name", "name").str.replace_many(list(_FOLD), list(_FOLD.values()))
        is_body = pl.col("entity_type") == "organization"
        named = pl.col("key").replace_strict(
            list(self._names), list(self._names.values()), default=pl.col("key"), return_dtype=pl.String
        )
        written_out = self._write_out(named)
        places = (
            mentions.filter(pl.col("adcode").is_not_null() & pl.col("parent_mention_id").is_not_null())
            .select(
                mention_id="parent_mention_id",
                start_char="start_char",
                place_chars=pl.col("surface_text").str.replace_all(r"\s", "").str.len_chars(),
                place_code="adcode",
            )
            .group_by("mention_id", "start_char")
            .agg(pl.all().sort_by("place_chars", "place_code").last())
        )
        rest = pl.col("key").str.slice(pl.col("place_chars"))
        coded = pl.concat_str("place_code", pl.lit("|"), rest)
        is_firm = pl.col("rest").str.contains(self._suffix)
        unsuffixed = pl.col("rest").str.replace(self._suffix, "").str.replace_all(_BRACKETS, "")
        return (
            # What lies inside the words of the page says nothing about the name that a patch gives.
            mentions.with_columns(
                name=name,
                canonical_name=pl.col("canonical_name").str.replace_all(r"\s", ""),
                adcode=pl.when(pl.col("canonical_name").is_null()).then("adcode"),
            )
            .with_columns(key=folded)
            .with_columns(key=pl.when(is_body).then(written_out).otherwise("key"))
            .join(places, on=["mention_id", "start_char"], how="left")
            .with_columns(
                pl.when(pl.col("canonical_name").is_null()).then(pl.col("place_chars", "place_code"))
            )
            .with_columns(
                # A body that is nothing but its place (the 山东 of 山东) has no rest to tell it by.
                rest=pl.when(rest.str.len_chars() >= 2).then(rest).otherwise("key"),
                key=pl.when(is_body & (rest.str.len_chars() >= 2)).then(coded).otherwise("key"),
            )
            .with_columns(core=pl.when(is_body & is_firm).then(unsuffixed).when(is_body).then("rest"))
            .drop("place_chars", "place_code")
        )

    def _write_out(self, text: pl.Expr) -> pl.Expr:
        return text.str.replace_many(self._short, self._full, leftmost=True)

    def _full_keys(self, keyed: pl.DataFrame) -> pl.Series:
        """For each row that is the short name of a firm, the key of the full name; else null."""
        long_enough = pl.col("core").str.len_chars() >= _MIN_CORE_CHARS
        bodies = keyed.lazy().filter(pl.col("core").is_not_null() & long_enough)
        full = bodies.filter(pl.col("core") != pl.col("rest"))
        keys = pl.col("key").unique()
        is_only = pl.col("key").list.len() == 1
        in_article = full.group_by("article_id", "core").agg(keys).filter(is_only)
        in_corpus = full.group_by("core").agg(keys).filter(is_only)
        is_short = pl.col("core") == pl.col("rest")
        found = (
            keyed.lazy()
            .join(
                in_article.select("article_id", "core", article_key=pl.col("key").list.first()),
                on=["article_id", "core"],
                how="left",
                maintain_order="left",
            )
            .join(
                in_corpus.select("core", corpus_key=pl.col("key").list.first()),
                on="core",
                how="left",
                maintain_order="left",
            )
            .select(key=pl.when(is_short).then(pl.coalesce("article_key", "corpus_key")))
            .collect()
        )
        return found["key"]


def _follow_canonical_names(identified: pl.DataFrame) -> pl.DataFrame:
    """A mention with a canonical name is what mentions that are written like it are, where there are any."""
    written = (
        identified.lazy()
        .filter(pl.col("canonical_name").is_null())
        .group_by("entity_type", canonical_name="name")
        .agg(written_identity=pl.col("identity").min())
    )
    return (
        identified.lazy()
        .join(written, on=["entity_type", "canonical_name"], how="left")
        .with_columns(identity=pl.coalesce("written_identity", "identity"))
        .collect()
    )


def describe_entities(
    mentions: pl.LazyFrame, articles: pl.LazyFrame, documents: pl.LazyFrame, links: pl.DataFrame
) -> pl.DataFrame:
    """One row per entity with its names and how often and when it is named.

    A name that a patch gives comes first. Else a body has its longest name, anything else the most frequent
    one; the longer and then the first by code point where two are equal. Mentions in duplicate articles and
    within a longer name do not count; an entity that only they name counts 0.

    Args:
        mentions: `mention_id`, `article_id`, `document_id`, `entity_type`, `entity_subtype`, `adcode`,
            `province`, `parent_mention_id`, `canonical_name`.
        articles: `article_id`, `duplicate_of`.
        documents: `document_id`, `issue_on`.
        links: As `EntityLinker.link` returns.

    Returns:
        The rows of the table `entities`, sorted by `entity_id`.
    """
    joined = (
        mentions.join(links.lazy(), on="mention_id")
        .join(articles.select("article_id", "duplicate_of"), on="article_id")
        .join(documents.select("document_id", "issue_on"), on="document_id")
        .with_columns(counts=pl.col("duplicate_of").is_null() & pl.col("parent_mention_id").is_null())
    )
    is_body = pl.col("entity_type") == "organization"
    chars = pl.col("name").str.len_chars()
    canonical = joined.group_by("entity_id").agg(pl.col("canonical_name").drop_nulls().mode().min())
    names = (
        joined.group_by("entity_id", "entity_type", "name")
        .agg(pl.len().alias("uses"))
        .sort(
            # A place is not named after its one-character short form (鲁), however often that is used.
            ["entity_id", chars == 1, pl.when(is_body).then(chars), "uses", chars, "name"],
            descending=[False, False, True, True, True, False],
        )
        .group_by("entity_id", maintain_order=True)
        .agg("name")
        .join(canonical, on="entity_id", how="left")
        .with_columns(name=pl.coalesce("canonical_name", pl.col("name").list.first()), names="name")
        .select(
            "entity_id",
            "name",
            aliases=pl.col("names").list.set_difference(pl.concat_list("name")).list.sort(),
        )
    )
    counted = pl.col("counts")
    return (
        joined.sort("mention_id")
        .group_by("entity_id")
        .agg(
            pl.col("entity_type").first(),
            *(
                # The most frequent value; the smallest of those where several are.
                pl.col(column).drop_nulls().mode().min().alias(column)
                for column in ("entity_subtype", "adcode", "province")
            ),
            mention_count=counted.sum().cast(pl.Int64),
            article_count=pl.col("article_id").filter(counted).n_unique().cast(pl.Int64),
            document_count=pl.col("document_id").filter(counted).n_unique().cast(pl.Int64),
            first_on=pl.col("issue_on").filter(counted).min(),
            last_on=pl.col("issue_on").filter(counted).max(),
        )
        .join(names, on="entity_id")
        .sort("entity_id")
        .collect()
    )
