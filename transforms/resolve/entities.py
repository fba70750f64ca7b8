"""Mentions of one thing meet in one entity, over the whole corpus.

A name becomes a key: width and brackets folded, short forms of bodies written out, the place that it begins
with replaced by its code, so that 科技局 and 科学技术局 of one city meet. A short name of a firm and a
surname (杜兰 of 皮埃尔·杜兰) join a full one only on evidence: the full name stands in the same article, or
is the only one of its kind in the corpus.
A place that the divisions table does not know joins the town of its name (青石 and 青石镇) on the same page,
a body or event the one that its article names in more words.
Names that differ in more than that stay apart. A canonical name from a patch stands in for the printed one.

What an article says of a mention is its way of naming (`NAMING`); the corpus decides by these alone, so a run
looks at the mentions of few documents and at the different names of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from transforms.counts import add_up
from transforms.resolve.fronts import cut_fronts
from transforms.resolve.fuller import fuller_bodies, fuller_events, fuller_persons, printed_bodies
from transforms.resolve.official import place_aliases
from warehouse.schema import hash_id_expr

_FOLD = {"（": "(", "）": ")", "“": "", "”": "", '"': "", "•": "·", "・": "·", "‧": "·"}
_MIN_CORE_CHARS = 3
_OF_LEVEL = "[省市县区州旗镇乡](?:[^省市县区州旗镇乡]|市场|城市|城乡|乡村|社区){1,18}|自治[区州县旗].{1,14}"
# 青石镇 is called 青石, but 青石山乡 is not 青石山.
_TOWN = "^(?:(.{2,})[市县区州旗]|(.+[^山河江湖海岭])[镇乡村])$"
# 杜兰 of 皮埃尔·杜兰; 阿木 of 苏·阿木 is anybody's.
_SURNAME = "(?:[^·]{2}·([^·]{2,})|·([^·]{3,}))$"
# 海州集团（有限）公司 and 海州(集团)有限公司 are 海州集团.
_GROUP = r"\(?集团\)?(?:有限责任公司|有限公司|总公司|公司)$"
_BRACKETS = r"\([^()]*\)"

NAMING = (
    "entity_type", "entity_subtype", "name", "canonical_name", "adcode", "province", "identity", "full_core",
    "short_core",
)  # fmt: skip
"""What an article says of a mention: one row of `_names` for each different one in a month."""

_HELPERS = (
    "key", "full_key", "printed_key", "written", "own_adcode", "rest", "core", "town_short",
    "town_key", "event_key", "body_key", "body_core", "given_key",
)  # fmt: skip
_DECIDING = ("entity_type", "identity", "short_core", "canonical_name")


class EntityLinker:
    """Gives every mention its entity.

    Args:
        lookups: Vocabularies by name; uses `aliases`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        aliases = lookups["aliases"]
        self._names: dict[str, str] = aliases["names"]
        self._places = place_aliases(lookups)
        # One pass over a name: a short form inside a longer one must not be written out twice.
        parts: dict[str, str] = aliases["parts"]
        longest_first = sorted(parts, key=len, reverse=True)
        self._short, self._full = longest_first, [parts[short] for short in longest_first]
        zones, bodies, schools = ("|".join(aliases["bare"][key]) for key in ("zones", "bodies", "schools"))
        self._bare = f"^(?:{_OF_LEVEL}|(?:{zones})?(?:{bodies})|(?:{schools})学院)$"
        self._suffix = "(?:" + "|".join(map(re.escape, aliases["suffixes"])) + ")$"

    def name_mentions(self, mentions: pl.LazyFrame) -> pl.DataFrame:
        """What its article says of each mention; the answer does not depend on the order of rows.

        Args:
            mentions: One row per mention of whole articles: `mention_id`, `article_id`, `entity_type`,
                `surface_text`, `start_char`; nullable `entity_subtype`, `adcode`, `province`,
                `parent_mention_id`, `canonical_name`. Further columns are kept.

        Returns:
            The rows with the columns of `NAMING`; `name` is the surface without white space.
        """
        is_short = pl.col("core") == pl.col("rest")
        is_person = pl.col("entity_type") == "person"
        is_telling = pl.col("core").str.len_chars() >= pl.when(is_person).then(2).otherwise(_MIN_CORE_CHARS)
        # Five frames below read them: one small plan each instead of one that holds all of it five times.
        named = self._add_keys(mentions).with_columns(
            full_core=pl.when(is_telling & ~is_short).then("core"),
            short_core=pl.when(is_telling & is_short).then("core"),
        )
        keyed = named.collect().lazy()
        in_article = (
            keyed.filter(pl.col("full_core").is_not_null())
            .group_by("article_id", "entity_type", short_core="full_core")
            .agg(pl.col("key").unique())
            .filter(pl.col("key").list.len() == 1)
            .with_columns(full_key=pl.col("key").list.first())
            .drop("key")
        )
        is_bare = (pl.col("entity_type") == "organization") & pl.col("canonical_name").is_null()
        is_unknown = (pl.col("entity_type") == "place") & pl.col("own_adcode").is_null()
        # 市政府 of a city that nothing tells is one of its paper, else of its article: not of every city.
        columns = mentions.collect_schema().names()
        paper = pl.coalesce(
            *(name for name in ("publication", "document_id", "article_id") if name in columns)
        )
        page = "document_id" if "document_id" in columns else "article_id"
        towns = (
            keyed.filter(is_unknown & pl.col("key").str.contains(_TOWN))
            .group_by(page, town_short=pl.col("key").str.replace(_TOWN, "${1}${2}"))
            .agg(pl.col("key").unique())
            .filter(pl.col("key").list.len() == 1)
            .with_columns(town_key=pl.col("key").list.first())
            .drop("key")
        )
        # 南屿茶业 beside 东洲南屿茶业, which is short for a firm that another article names.
        cores = (
            keyed.filter(pl.col("short_core").is_not_null())
            .group_by("article_id", "entity_type", body_key="key")
            .agg(body_core=pl.col("short_core").min())
        )
        identity = (
            pl.when(pl.col("entity_type") == "place")
            .then(pl.coalesce("own_adcode", "key"))
            .when(is_bare & pl.col("key").str.contains(self._bare))
            .then(pl.concat_str("key", pl.lit("|"), paper))
        )
        return (
            keyed.join(in_article, on=["article_id", "entity_type", "short_core"], how="left")
            .join(printed_bodies(keyed), on=["article_id", "entity_type", "written"], how="left")
            .with_columns(
                key=pl.when(pl.col("canonical_name").is_null())
                .then(pl.coalesce("full_key", "key"))
                .otherwise(pl.coalesce("full_key", "printed_key", "key")),
                short_core=pl.when(pl.col("full_key").is_null()).then("short_core"),
            )
            .with_columns(town_short=pl.when(is_unknown).then("key"))
            .join(towns, on=[page, "town_short"], how="left")
            .join(fuller_events(keyed), on=["article_id", "entity_type", "key"], how="left")
            .join(fuller_bodies(keyed, self._suffix), on=["article_id", "entity_type", "key"], how="left")
            .join(cores, on=["article_id", "entity_type", "body_key"], how="left")
            .join(fuller_persons(keyed), on=["article_id", "entity_type", "key"], how="left")
            .with_columns(
                key=pl.coalesce("town_key", "event_key", "body_key", "given_key", "key"),
                short_core=pl.when(pl.col("given_key").is_null()).then(
                    pl.when(pl.col("body_key").is_null()).then("short_core").otherwise("body_core")
                ),
            )
            .with_columns(identity=identity.otherwise(pl.col("key")))
            .drop(_HELPERS)
            .collect()
        )

    def link(self, mentions: pl.LazyFrame) -> pl.DataFrame:
        """Link all mentions of a corpus to entities.

        Args:
            mentions: As of `name_mentions`, with `mention_id`.

        Returns:
            The rows of `name_mentions` with `entity_id: str`, sorted by `mention_id`.
        """
        named = self.name_mentions(mentions)
        names = count_names([named.with_columns(month_on=pl.lit(None, dtype=pl.Date))])
        return follow_names(named, decide_names(identify(names.lazy()))).sort("mention_id")

    def _add_keys(self, mentions: pl.LazyFrame) -> pl.LazyFrame:
        """Add `name`, `key` (what equal things share) and `core` (the short name of a full one)."""
        canonical = pl.col("canonical_name").str.replace_all(r"\s", "")
        # 人社局 of 县财政局、人社局 is one more 县人社局 of its paper.
        is_level = canonical.str.contains(self._bare) & (pl.col("entity_type") == "organization")
        name = pl.when(is_level).then(canonical).otherwise(pl.col("surface_text").str.replace_all(r"\s", ""))
        folded = pl.coalesce("canonical_name", "name").str.replace_many(list(_FOLD), list(_FOLD.values()))
        is_body = pl.col("entity_type") == "organization"
        is_place, is_person = (pl.col("entity_type") == kind for kind in ("place", "person"))
        place = pl.col("key").replace_strict(
            list(self._places), list(self._places.values()), default=pl.col("key"), return_dtype=pl.String
        )
        named = pl.col("key").replace_strict(
            list(self._names), list(self._names.values()), default=pl.col("key"), return_dtype=pl.String
        )
        written_out = self._write_out(named).str.replace(_GROUP, "集团")
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
        letters = mentions.filter(
            pl.col("canonical_name").is_not_null()
            & pl.col("parent_mention_id").is_not_null()
            & (pl.col("surface_text").str.len_chars() == 1)
        ).select(mention_id="parent_mention_id", start_char="start_char", country="canonical_name")
        is_lettered = is_body & pl.col("country").is_not_null() & (pl.col("key").str.len_chars() > 2)
        in_full = pl.concat_str("country", pl.col("key").str.slice(1))
        rest = pl.col("key").str.slice(pl.col("place_chars"))
        coded = pl.concat_str("place_code", pl.lit("|"), rest)
        is_firm = pl.col("rest").str.contains(self._suffix)
        unsuffixed = pl.col("rest").str.replace(self._suffix, "").str.replace_all(_BRACKETS, "")
        return (
            # What lies inside the words of the page says nothing about the name that a patch gives.
            mentions.with_columns(
                name=name,
                canonical_name=pl.when(is_level).then(None).otherwise(canonical),
                own_adcode=pl.when(pl.col("canonical_name").is_null()).then("adcode"),
            )
            .with_columns(key=folded)
            .pipe(cut_fronts)
            .join(letters.unique(["mention_id", "start_char"]), on=["mention_id", "start_char"], how="left")
            # 俄外交部 and 俄罗斯外交部.
            .with_columns(key=pl.when(is_lettered).then(in_full).otherwise("key"))
            .with_columns(key=pl.when(is_body).then(written_out).when(is_place).then(place).otherwise("key"))
            .with_columns(written="key")
            .join(places.rename({"start_char": "place_at"}), on=["mention_id", "place_at"], how="left")
            .with_columns(
                pl.when(pl.col("canonical_name").is_null()).then(pl.col("place_chars", "place_code"))
            )
            .with_columns(
                # A body that is nothing but its place (the 山东 of 山东) has no rest to tell it by.
                rest=pl.when(rest.str.len_chars() >= 2).then(rest).otherwise("key"),
                key=pl.when(is_body & (rest.str.len_chars() >= 2)).then(coded).otherwise("key"),
            )
            .with_columns(
                core=pl.when(is_body & is_firm)
                .then(unsuffixed)
                .when(is_body)
                .then("rest")
                .when(is_person)
                .then(pl.coalesce(*(pl.col("key").str.extract(_SURNAME, n) for n in (1, 2)), "key"))
            )
            .drop("place_chars", "place_code", "country", "place_at")
        )

    def _write_out(self, text: pl.Expr) -> pl.Expr:
        return text.str.replace_many(self._short, self._full, leftmost=True)


def count_names(named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The different ways of naming of each month, with how many mentions have them.

    Args:
        named: As `EntityLinker.name_mentions` returns, with `month_on: date` (nullable), some articles at
            a time.

    Returns:
        `month_on`, the columns of `NAMING`, `use_count: i64`; sorted.
    """
    keys = ["month_on", *NAMING]
    counts = (some.group_by(keys).agg(use_count=pl.len().cast(pl.Int64)) for some in named)
    return add_up(counts, keys, "use_count").sort(keys, nulls_last=True)


def identify(names: pl.LazyFrame) -> pl.LazyFrame:
    """The entity that each way of naming means.

    Args:
        names: The columns of `NAMING`. Of a part of a corpus the answer is right for the rows that
            `names_to_identify` gave it for.

    Returns:
        The rows with `entity_id: str`, never null.
    """
    only = (
        names.filter(pl.col("full_core").is_not_null())
        .group_by("entity_type", short_core="full_core")
        .agg(pl.col("identity").unique())
        .filter(pl.col("identity").list.len() == 1)
        .select("entity_type", "short_core", full_identity=pl.col("identity").list.first())
    )
    whole = names.join(only, on=["entity_type", "short_core"], how="left").with_columns(
        meant=pl.coalesce("full_identity", "identity")
    )
    # A mention with a canonical name is what mentions that are written like it are, where there are any.
    written = (
        whole.filter(pl.col("canonical_name").is_null())
        .group_by("entity_type", canonical_name="name")
        .agg(written=pl.col("meant").min())
    )
    meant = whole.join(written, on=["entity_type", "canonical_name"], how="left").with_columns(
        meant=pl.coalesce("written", "meant")
    )
    ids = (
        meant.select("entity_type", "meant")
        .unique()
        .with_columns(entity_id=hash_id_expr("entity", "entity_type", "meant"))
    )
    return meant.join(ids, on=["entity_type", "meant"], how="left").drop("full_identity", "written", "meant")


def names_to_identify(added: pl.DataFrame, removed: pl.DataFrame, kept: pl.LazyFrame) -> pl.DataFrame:
    """Of the names that stay, those that decide what added ones mean or whose meaning may change.

    Args:
        added: Rows of `_names` that came, without an entity.
        removed: Rows that went.
        kept: All others.

    Returns:
        Rows of `kept`; `identify` on them and `added` together is right for all of these.
    """
    canonical = pl.concat(
        [
            added.select("entity_type", name="canonical_name"),
            kept.filter(pl.col("canonical_name").is_not_null())
            .select("entity_type", name="canonical_name")
            .collect(),
        ]
    )
    canonical = canonical.drop_nulls().unique()
    is_patched = pl.col("canonical_name").is_not_null()
    is_written = pl.struct("entity_type", "name").is_in(canonical.to_struct().implode())
    is_either = is_patched | is_written if canonical.height else is_patched
    patched = kept.filter(is_either).collect()
    cores = pl.concat(
        [
            frame[column]
            for frame, columns in (
                (added, ("short_core", "full_core")),
                (removed, ("full_core",)),
                (patched, ("short_core",)),
            )
            for column in columns
        ]
    )
    cores = cores.drop_nulls().unique().implode()
    return kept.filter(
        is_either | pl.col("short_core").is_in(cores) | pl.col("full_core").is_in(cores)
    ).collect()


def decide_names(names: pl.LazyFrame) -> pl.DataFrame:
    """What decides the entity of a mention, each once.

    Args:
        names: The columns of `NAMING` and `entity_id`.

    Returns:
        What `follow_names` looks entities up in.
    """
    return names.select(*_DECIDING, "entity_id").unique().collect(engine="streaming")


def follow_names(named: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Mentions with the entities of their ways of naming.

    Args:
        named: As `EntityLinker.name_mentions` returns.
        decided: As `decide_names` returns.

    Returns:
        `named` with `entity_id`.
    """
    return named.join(decided, on=list(_DECIDING), how="left", nulls_equal=True, maintain_order="left")


def describe_entities(names: pl.LazyFrame, daily: pl.LazyFrame, official: Mapping[str, str]) -> pl.DataFrame:
    """One row per entity with its names and how often and when it is named.

    A name that a patch gives comes first, then the official one of a division (株洲市 wherever it is called
    株洲), of a country and of a body that the lookups write out. Else a body has its longest name, anything
    else the most frequent one; the longer and then the first by code point where two are equal. Mentions in
    duplicate articles and within a longer name do not count; an entity that only they name counts 0.

    Args:
        names: Rows of `_names`, all of each entity.
        daily: Rows of `entity_daily` of the same entities.
        official: Names by code and by other name, as `official_names` gives them.

    Returns:
        The rows of the table `entities`, sorted by `entity_id`.
    """
    rows = names.collect()
    is_body = pl.col("entity_type") == "organization"
    chars = pl.col("name").str.len_chars()
    spelled = (
        rows.group_by("entity_id", "entity_type", "name")
        .agg(pl.col("use_count").sum())
        .sort(
            # A place is not named after its one-character short form (鲁), however often that is used.
            ["entity_id", chars == 1, pl.when(is_body).then(chars), "use_count", chars, "name"],
            descending=[False, False, True, True, True, False],
        )
        .group_by("entity_id", maintain_order=True)
        .agg("entity_type", names="name")
        .with_columns(pl.col("entity_type").list.first())
    )
    counted = daily.group_by("entity_id").agg(
        pl.col("mention_count", "article_count", "document_count").sum(),
        first_on=pl.col("issue_on").min(),
        last_on=pl.col("issue_on").max(),
    )
    counted = counted.collect(engine="streaming").lazy()
    for column in ("canonical_name", "entity_subtype", "adcode", "province"):
        spelled = spelled.join(_most_frequent(rows, column), on="entity_id", how="left")
    division = pl.when(pl.col("entity_type") == "place").then(
        pl.col("adcode").replace_strict(official, default=None, return_dtype=pl.String)
    )
    shared = pl.col("names").list.eval(
        pl.element().replace_strict(official, default=None, return_dtype=pl.String).drop_nulls()
    )
    shared = pl.when(pl.col("entity_type").is_in(["place", "organization"])).then(shared.list.first())
    name = pl.coalesce("canonical_name", division, shared, pl.col("names").list.first())
    return (
        spelled.lazy()
        .join(counted, on="entity_id", how="left")
        .with_columns(
            pl.col("mention_count", "article_count", "document_count").fill_null(0),
            name=name,
            aliases=pl.col("names").list.set_difference(pl.concat_list(name)).list.sort(),
        )
        .drop("names", "canonical_name")
        .sort("entity_id")
        .collect()
    )


def _most_frequent(names: pl.DataFrame, column: str) -> pl.DataFrame:
    """The most frequent value of each entity; the smallest of those where several are."""
    return (
        names.filter(pl.col(column).is_not_null())
        .group_by("entity_id", column)
        .agg(pl.col("use_count").sum())
        .sort("entity_id", "use_count", column, descending=[False, True, False])
        .unique("entity_id", keep="first", maintain_order=True)
        .select("entity_id", column)
    )
