"""The steps that see the whole corpus, made to look only at what a run changes.

What is computed from all documents is kept where a run finds it again: sentences as digests, names by month
(`warehouse.tables.internal`), counts by month of issue. A run takes the months that it touches, asks the rest
of the corpus through these, and goes on to other months only where an answer there has changed. A first
build, and one by other code, does the same for all months, so both come to the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from transforms.aggregate.deals import count_deal_flows, count_sector_activity, value_deals
from transforms.aggregate.mentions import (
    count_entities_daily,
    count_entity_pairs,
    count_place_activity,
    countable_mentions,
)
from transforms.aggregate.watch import list_due_deals, list_new_entities
from transforms.resolve.deals import link_same_deals, related_deals
from transforms.resolve.duplicates import articles_to_compare, digest_sentences, find_duplicates
from transforms.resolve.entities import (
    NAMING,
    EntityLinker,
    count_names,
    describe_entities,
    follow_names,
    identify,
    names_to_identify,
)
from transforms.resolve.follow import ENTITY_COLUMNS, set_column, set_entities
from warehouse import registry
from warehouse.draft import Draft

_KEY = ["month_on", *NAMING]
# What flows of deals ask of an entity.
_PLACED = ["entity_id", "entity_type", "entity_subtype", "province"]


def resolve(draft: Draft, lookups: Mapping[str, Any]) -> None:
    """Let mentions of one thing meet in one entity, and repeated articles and deals point to the first.

    Writes `duplicate_of`, all entity columns, `same_as_deal_id`, `entity_daily` (which the counts of
    `entities` are the sums of) and `entities`.
    """
    _mark_duplicates(draft)
    _link_mentions(draft, EntityLinker(lookups))
    _link_deals(draft)
    _count_days(draft)
    _describe_entities(draft)


def aggregate(draft: Draft) -> None:
    """Count what charts need."""
    moved = _months_of_moved_entities(draft)
    entities = draft.scan("entities").select(_PLACED).collect().lazy()
    for months in draft.batches(draft.months | moved):

        def scan(table: str, months: set[str] = months) -> pl.LazyFrame:
            return draft.scan(table, months)

        countable = countable_mentions(scan("mentions"), scan("articles"), scan("documents"))
        valued = value_deals(scan("deals"), scan("quantities"), scan("articles"), scan("documents"))
        frames = {
            "entity_pairs": count_entity_pairs(countable),
            "place_activity": count_place_activity(countable, scan("deals"), scan("documents")),
            "deal_flows": count_deal_flows(valued, scan("deal_parties"), scan("mentions"), entities),
            "sector_activity": count_sector_activity(valued),
        }
        draft.put({name: registry.conform(name, frame) for name, frame in frames.items()}, months)
    watched = {
        "new_entities": list_new_entities(draft.scan("entities")),
        "due_deals": list_due_deals(draft.scan("deals"), draft.scan("documents")),
    }
    draft.put({name: registry.conform(name, frame) for name, frame in watched.items()})


def _mark_duplicates(draft: Draft) -> None:
    affected: pl.Series | None = None
    articles = draft.scan("articles").select("article_id", "document_id", "duplicate_of")
    if draft.is_whole:
        for months in draft.batches(draft.months):
            keys = digest_sentences(draft.scan("sentences", months))
            draft.put({"_sentence_keys": keys}, documents=draft.documents_of(months))
    else:
        changed = draft.touched
        new = digest_sentences(draft.scan_documents("sentences", changed))
        draft.put({"_sentence_keys": new}, documents=draft.held(changed))
        old = draft.scan_base("_sentence_keys", draft.months)
        old_keys = old.filter(pl.col("document_id").is_in(changed.implode())).collect()
        affected = articles_to_compare(
            draft.scan("_sentence_keys"), new, old_keys.select(new.columns), articles, changed
        )
    found = find_duplicates(draft.scan("_sentence_keys"), articles, draft.scan("documents"), affected)
    asked = articles.select("article_id").collect() if affected is None else affected.to_frame("article_id")
    _put_column(
        draft, "articles", asked.join(found, on="article_id", how="left"), "article_id", "duplicate_of"
    )


def _put_column(draft: Draft, table: str, computed: pl.DataFrame, key: str, column: str) -> None:
    """Put the rows in of which a computed column differs."""
    light = draft.scan(table).select(key, "document_id", column)
    documents = (
        light.join(computed.lazy().select(key, pl.col(column).alias("_new")), on=key)
        .filter(pl.col(column).ne_missing(pl.col("_new")))
        .select(pl.col("document_id").unique())
        .collect()["document_id"]
    )
    for months in draft.batches(draft.months_of(documents)):
        some = documents.to_frame().lazy()
        rows = draft.scan(table, months).join(some, on="document_id", how="semi")
        draft.put({table: set_column(rows, computed, key, column)})


def _named_mentions(draft: Draft, months: set[str], linker: EntityLinker) -> pl.DataFrame:
    month = draft.scan("documents", months).select(
        "document_id", month_on=pl.col("issue_on").dt.truncate("1mo")
    )
    mentions = draft.scan("mentions", months).select(
        "mention_id", "document_id", "article_id", "entity_type", "entity_subtype", "surface_text",
        "start_char", "adcode", "province", "parent_mention_id", "canonical_name",
        pl.col("entity_id").alias("old_entity_id"),
    )  # fmt: skip
    return linker.name_mentions(mentions.join(month, on="document_id"))


def _link_mentions(draft: Draft, linker: EntityLinker) -> None:
    touched = draft.months
    counted = [count_names(_named_mentions(draft, m, linker)) for m in draft.batches(touched)]
    fresh = pl.concat([_no_names(draft).drop("entity_id"), *counted])
    if draft.is_whole:
        names = identify(fresh.lazy()).collect()
        draft.put({"_names": names})
        changed_months = touched
    else:
        names, changed_months = _changed_names(draft, fresh, touched)
        draft.put({"_names": names}, changed_months)
    for months in draft.batches(changed_months):
        linked = follow_names(_named_mentions(draft, months, linker), names)
        differs = pl.col("entity_id").ne_missing(pl.col("old_entity_id"))
        documents = (linked if draft.is_whole else linked.filter(differs))["document_id"].unique()
        links = linked.select("mention_id", "entity_id")
        rows = set_column(draft.scan_documents("mentions", documents), links, "mention_id", "entity_id")
        draft.put({"mentions": rows})
        for table, columns in ENTITY_COLUMNS.items():
            draft.put({table: set_entities(draft.scan_documents(table, documents), links, columns)})


def _no_names(draft: Draft) -> pl.DataFrame:
    return pl.DataFrame(schema=draft.formats["_names"].schema).select(*_KEY, "use_count", "entity_id")


def _changed_names(draft: Draft, fresh: pl.DataFrame, touched: set[str]) -> tuple[pl.DataFrame, set[str]]:
    """Names with their entities, of the months touched and of those where an entity became another one."""
    columns = [*_KEY, "use_count", "entity_id"]
    stale = draft.scan("_names", touched).select(columns).collect()
    known = fresh.join(stale.select(*_KEY, "entity_id"), on=_KEY, how="left", nulls_equal=True)
    added = known.filter(pl.col("entity_id").is_null()).drop("entity_id")
    staying = known.filter(pl.col("entity_id").is_not_null()).select(columns)
    removed = stale.join(fresh, on=_KEY, how="anti", nulls_equal=True)
    others = draft.scan("_names", draft.known_months("_names") - touched).select(columns)
    asked = names_to_identify(added, removed, pl.concat([others, staying.lazy()]))
    decided = identify(pl.concat([added, asked.drop("entity_id")]).lazy()).select(columns).collect()
    moved = decided.join(asked, on=columns, how="anti", nulls_equal=True)
    month = draft.formats["_names"].month
    elsewhere = set(moved.select(month.alias("m"))["m"]) - touched
    rows = pl.concat([staying, draft.scan("_names", elsewhere).select(columns).collect()])
    answers = decided.select(*_KEY, pl.col("entity_id").alias("answer"))
    rows = rows.join(answers, on=_KEY, how="left", nulls_equal=True).with_columns(
        entity_id=pl.coalesce("answer", "entity_id")
    )
    new = decided.join(added, on=_KEY, how="semi", nulls_equal=True)
    return pl.concat([rows.select(columns), new.select(columns)]), touched | elsewhere


def _link_deals(draft: Draft) -> None:
    deals, parties, documents = draft.scan("deals"), draft.scan("deal_parties"), draft.scan("documents")
    if not draft.is_whole:
        changed = draft.touched
        old = draft.scan_base("deals", draft.months).select("deal_id", "document_id", "same_as_deal_id")
        gone = old.filter(pl.col("document_id").is_in(changed.implode())).collect()
        ids = related_deals(deals, parties, changed, gone).to_frame().lazy()
        deals = deals.join(ids, on="deal_id", how="semi")
        parties = parties.join(ids, on="deal_id", how="semi")
    _put_column(draft, "deals", link_same_deals(deals, parties, documents), "deal_id", "same_as_deal_id")


def _count_days(draft: Draft) -> None:
    for months in draft.batches(draft.months):
        countable = countable_mentions(
            *(draft.scan(t, months) for t in ("mentions", "articles", "documents"))
        )
        daily = registry.conform("entity_daily", count_entities_daily(countable))
        draft.put({"entity_daily": daily}, months)


def _describe_entities(draft: Draft) -> None:
    names, daily = draft.scan("_names"), draft.scan("entity_daily")
    if draft.is_whole:
        entities = describe_entities(names, daily)
    else:
        counts = ["entity_id", "issue_on", "mention_count", "article_count", "document_count"]
        changed = pl.concat(
            [
                _differing(draft, "_names", [*_KEY, "use_count", "entity_id"]),
                _differing(draft, "entity_daily", counts),
            ]
        ).unique()
        is_changed = pl.col("entity_id").is_in(changed.implode())
        described = describe_entities(names.filter(is_changed), daily.filter(is_changed))
        described = registry.conform("entities", described)
        entities = pl.concat([draft.scan("entities").filter(~is_changed).collect(), described])
    draft.put({"entities": registry.conform("entities", entities)})


def _differing(draft: Draft, table: str, columns: list[str]) -> pl.Series:
    """Entities of which a row of a monthly table differs from the base."""
    months = draft.months
    old = draft.scan_base(table, months).select(columns).collect()
    new = draft.scan(table, months).select(columns).collect()
    gone = old.join(new, on=columns, how="anti", nulls_equal=True)
    come = new.join(old, on=columns, how="anti", nulls_equal=True)
    return pl.concat([gone, come])["entity_id"].unique()


def _months_of_moved_entities(draft: Draft) -> set[str]:
    """Months with deals of entities that are of another kind or province than before."""
    if draft.is_whole:
        return set()
    old = draft.scan_base("entities").select(_PLACED)
    new = draft.scan("entities").select(_PLACED)
    moved = old.join(new, on=_PLACED, how="anti", nulls_equal=True).collect()["entity_id"].implode()
    if not moved.explode().drop_nulls().len():
        return set()
    documents = pl.concat(
        [
            draft.scan("deal_parties").filter(pl.col("entity_id").is_in(moved)).select("document_id"),
            draft.scan("deals").filter(pl.col("place_id").is_in(moved)).select("document_id"),
        ]
    )
    return draft.months_of(documents.unique().collect()["document_id"])
