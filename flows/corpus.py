"""The steps that see the whole corpus, made to look only at what a run changes.

What is computed from all documents is kept where a run finds it again: sentences as digests, names by month
(`warehouse.tables.internal`), counts by month of issue. A run takes the months that it touches, asks the rest
of the corpus through these, and goes on to other months only where an answer there has changed. A first
build, and one by other code, does the same for all months, so both come to the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from transforms.aggregate.deals import (
    count_deal_flows,
    count_sector_activity,
    locate_deals,
    value_deals,
)
from transforms.aggregate.mentions import (
    count_articles,
    count_entities_daily,
    count_entity_pairs,
    count_place_activity,
    countable_mentions,
    name_articles,
    name_places,
    pair_entities,
)
from transforms.aggregate.watch import list_due_deals, list_new_entities
from transforms.resolve.deals import link_same_deals, related_deals
from transforms.resolve.duplicates import (
    articles_to_compare,
    choose_originals,
    digest_sentences,
    follow_originals,
    pair_articles,
    rank_sentences,
)
from transforms.resolve.entities import (
    NAMING,
    EntityLinker,
    count_names,
    decide_names,
    describe_entities,
    follow_names,
    identify,
    names_to_identify,
)
from transforms.resolve.follow import ENTITY_COLUMNS, set_column, set_entities
from transforms.resolve.official import official_names
from warehouse import registry
from warehouse.buckets import Buckets, spread_hashes, spread_ids
from warehouse.draft import Batch, Draft

COMPARED_DOCUMENTS = 16_384
"""Where more documents than this change, all articles are compared: memory then holds few at a time."""

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
    _describe_entities(draft, official_names(lookups))


def aggregate(draft: Draft) -> None:
    """Count what charts need."""
    moved = _months_of_moved_entities(draft)
    entities = draft.scan("entities").select(_PLACED).collect().lazy()
    for months in draft.month_groups(draft.months | moved):
        with (
            Buckets(draft.root, *spread_ids("left_entity_id", "right_entity_id")) as pairs,
            Buckets(draft.root, *spread_ids("entity_id")) as places,
        ):
            articles, located = _spread_batches(draft, months, entities, pairs, places)
            put = {
                "entity_pairs": (count_entity_pairs(some, articles) for some in pairs),
                "place_activity": (count_place_activity(some) for some in places),
                "deal_flows": [count_deal_flows(located)],
                "sector_activity": [count_sector_activity(located)],
            }
            _put_pieces(draft, put, months)
    watched = {
        "new_entities": list_new_entities(draft.scan("entities")),
        "due_deals": list_due_deals(draft.scan("deals"), draft.scan("articles"), draft.scan("documents")),
    }
    draft.put({name: registry.conform(name, frame) for name, frame in watched.items()})


def _spread_batches(
    draft: Draft, months: Sequence[str], entities: pl.LazyFrame, pairs: Buckets, places: Buckets
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Spread pairs and places of some months; return what `count_articles` and `locate_deals` say."""
    located: list[pl.DataFrame] = []

    def named() -> Iterator[pl.DataFrame]:
        for batch in draft.batches(months):

            def scan(table: str, batch: Batch = batch) -> pl.LazyFrame:
                return draft.scan(table, batch=batch)

            countable = _countable(draft, batch)
            valued = value_deals(scan("deals"), scan("quantities"), scan("articles"), scan("documents"))
            places.add(name_places(countable, valued))
            located.append(locate_deals(valued, scan("deal_parties"), scan("mentions"), entities))
            of_articles = name_articles(countable)
            pairs.add(pair_entities(of_articles))
            yield of_articles

    articles = count_articles(named())
    return articles, pl.concat(located).sort("deal_id")


def _countable(draft: Draft, batch: Batch) -> pl.LazyFrame:
    return countable_mentions(*(draft.scan(t, batch=batch) for t in ("mentions", "articles", "documents")))


def _put_pieces(draft: Draft, pieces: Mapping[str, Iterable[pl.DataFrame]], months: Collection[str]) -> None:
    """Put monthly tables in, a frame at a time."""
    for name, frames in pieces.items():
        draft.put({name: (registry.conform(name, frame) for frame in frames)}, months)


def _mark_duplicates(draft: Draft) -> None:
    changed = None if draft.is_whole else draft.touched
    old = draft.scan_base("_sentence_keys", draft.months)
    for batch in draft.batches(documents=changed):
        ids = draft.locations(batch)["document_id"]
        if changed is not None:
            ids = ids.filter(ids.is_in(changed.implode()))
        keys = digest_sentences(draft.scan_documents("sentences", ids, batch))
        draft.put({"_sentence_keys": keys}, documents=ids, batch=batch)
    articles = draft.scan("articles").select("article_id", "document_id", "duplicate_of")
    affected: pl.Series | None = None
    if changed is not None and changed.len() <= COMPARED_DOCUMENTS:
        new = draft.scan_documents("_sentence_keys", changed).collect()
        gone = old.filter(pl.col("document_id").is_in(changed.implode())).select(new.columns).collect()
        affected = articles_to_compare(draft.scan("_sentence_keys"), new, gone, articles, changed)
    found = _find_duplicates(draft, affected)
    asked = articles.select("article_id") if affected is None else affected.to_frame("article_id").lazy()
    originals = asked.join(found.lazy(), on="article_id", how="left")
    _put_column(draft, "articles", originals, "article_id", "duplicate_of")


def _find_duplicates(draft: Draft, affected: pl.Series | None) -> pl.DataFrame:
    """Articles that repeat another one, of the affected ones or of all."""
    with (
        Buckets(draft.root, *spread_hashes("words_hash")) as sentences,
        Buckets(draft.root, *spread_hashes("rank")) as pairs,
    ):
        for keys, documents in _keys_to_compare(draft, affected):
            sentences.add(rank_sentences(keys, documents, affected))
        for ranked in sentences:
            pairs.add(pair_articles(ranked))
        originals = [choose_originals(some) for some in pairs]
    is_settled = ~pl.col("article_id").is_in(affected.implode()) if affected is not None else pl.lit(False)
    settled = draft.scan("articles").filter(pl.col("duplicate_of").is_not_null() & is_settled)
    return follow_originals(pl.concat(originals), settled)


def _keys_to_compare(draft: Draft, affected: pl.Series | None) -> Iterator[tuple[pl.LazyFrame, pl.LazyFrame]]:
    """Digests of the sentences to compare, and their documents."""
    if affected is None:
        for batch in draft.batches():
            yield draft.scan("_sentence_keys", batch=batch), draft.scan("documents", batch=batch)
        return
    keys = draft.scan("_sentence_keys")
    is_asked = pl.col("article_id").is_in(affected.implode())
    asked = keys.filter(is_asked).select("words_hash").unique().collect()
    yield keys.join(asked.lazy(), on="words_hash", how="semi"), draft.scan("documents")


def _put_column(draft: Draft, table: str, computed: pl.LazyFrame, key: str, column: str) -> None:
    """Put the rows in of which a computed column differs."""
    changed = (
        draft.scan(table)
        .select(key, "document_id", column)
        .join(computed.select(key, pl.col(column).alias("_new")), on=key)
        .filter(pl.col(column).ne_missing(pl.col("_new")))
        .select("document_id", key, pl.col("_new").alias(column))
        .collect(engine="streaming")
    )
    for batch in draft.batches(documents=changed["document_id"]):
        some = changed.join(draft.locations(batch), on="document_id", how="semi")
        rows = draft.scan_documents(table, some["document_id"].unique(), batch)
        draft.put({table: set_column(rows, some, key, column)}, batch=batch)


def _named_mentions(draft: Draft, batch: Batch, linker: EntityLinker) -> pl.DataFrame:
    month = draft.scan("documents", batch=batch).select(
        "document_id", "publication", month_on=pl.col("issue_on").dt.truncate("1mo")
    )
    mentions = draft.scan("mentions", batch=batch).select(
        "mention_id", "document_id", "article_id", "entity_type", "entity_subtype", "surface_text",
        "start_char", "adcode", "province", "parent_mention_id", "canonical_name",
        pl.col("entity_id").alias("old_entity_id"),
    )  # fmt: skip
    return linker.name_mentions(mentions.join(month, on="document_id"))


def _link_mentions(draft: Draft, linker: EntityLinker) -> None:
    changed_months = _identify_names(draft, linker)
    decided = decide_names(draft.scan("_names", changed_months))
    for batch in draft.batches(changed_months):
        linked = follow_names(_named_mentions(draft, batch, linker), decided)
        differs = pl.col("entity_id").ne_missing(pl.col("old_entity_id"))
        documents = (linked if draft.is_whole else linked.filter(differs))["document_id"].unique()
        links = linked.select("mention_id", "entity_id")
        rows = draft.scan_documents("mentions", documents, batch)
        draft.put({"mentions": set_column(rows, links, "mention_id", "entity_id")}, batch=batch)
        for table, columns in ENTITY_COLUMNS.items():
            rows = draft.scan_documents(table, documents, batch)
            draft.put({table: set_entities(rows, links, columns)}, batch=batch)


def _identify_names(draft: Draft, linker: EntityLinker) -> set[str]:
    """Give names their entities; the months in which mentions may have another one."""
    months = draft.months
    fresh = count_names(_named_mentions(draft, batch, linker) for batch in draft.batches(months))
    if draft.is_whole:
        draft.put({"_names": identify(fresh.lazy())})
    else:
        names, months = _changed_names(draft, fresh, months)
        draft.put({"_names": names}, months)
    return months


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
    _put_column(
        draft, "deals", link_same_deals(deals, parties, documents).lazy(), "deal_id", "same_as_deal_id"
    )


def _count_days(draft: Draft) -> None:
    columns = ["entity_id", "issue_on", "mention_id", "article_id", "document_id"]
    for months in draft.month_groups(draft.months):
        with Buckets(draft.root, *spread_ids("entity_id")) as mentions:
            for batch in draft.batches(months):
                mentions.add(_countable(draft, batch).select(columns).collect())
            daily = (count_entities_daily(some.lazy()) for some in mentions)
            _put_pieces(draft, {"entity_daily": daily}, months)


def _describe_entities(draft: Draft, official: Mapping[str, str]) -> None:
    names, daily = draft.scan("_names"), draft.scan("entity_daily")
    if draft.is_whole:
        entities = describe_entities(names, daily, official)
    else:
        counts = ["entity_id", "issue_on", "mention_count", "article_count", "document_count"]
        changed = pl.concat(
            [
                _differing(draft, "_names", [*_KEY, "use_count", "entity_id"]),
                _differing(draft, "entity_daily", counts),
            ]
        ).unique()
        is_changed = pl.col("entity_id").is_in(changed.implode())
        described = describe_entities(names.filter(is_changed), daily.filter(is_changed), official)
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
