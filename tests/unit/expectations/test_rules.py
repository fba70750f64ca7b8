"""Every rule accepts the seed page and rejects a frame that breaks it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import great_expectations as gx
import polars as pl
import pytest

from expectations.derive import Expectation, Rule, Staged, could_refuse, rules_of
from expectations.rules import RULES
from expectations.runner import run_checks
from flows import work
from flows.discovery import discover
from flows.recognition import Recognition
from flows.resources import load_lookups
from flows.sources import read_source
from transforms.aggregate.deals import value_deals
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
from transforms.resolve.entities import EntityLinker, describe_entities
from warehouse import registry

ROOT = Path(__file__).parents[3]
Tables = dict[str, pl.DataFrame]
Break = Callable[[Tables], pl.DataFrame]


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("seed")
    [source], _ = discover([ROOT / "seeds/pages"])
    work.write_parts(read_source(source), folder / "ingest", 10**7)
    part = folder / "ingest" / "part-00000"
    work.normalize_part(part, folder / "n", simplify=False)
    work.extract_part(folder / "n", folder / "x", Recognition())
    staged = {
        path.stem: pl.read_parquet(path) for f in (part, folder / "n", folder / "x") for path in f.iterdir()
    }
    tables = {n: staged.get(n, registry.empty_frame(n)) for n in registry.TABLES}
    tables["documents"] = tables["documents"].with_columns(first_run_id=pl.lit("0" * 16))
    named = EntityLinker(load_lookups()).link(tables["mentions"].lazy().drop("entity_id"))
    ids = dict(named.select("mention_id", "entity_id").iter_rows())
    tables["mentions"] = tables["mentions"].with_columns(
        entity_id=pl.col("mention_id").replace_strict(ids, return_dtype=pl.String)
    )
    lazy = {name: frame.lazy() for name, frame in tables.items()}
    countable = countable_mentions(lazy["mentions"], lazy["articles"], lazy["documents"])
    daily = tables["entity_daily"] = count_entities_daily(countable)
    names = named.with_columns(use_count=pl.lit(1, dtype=pl.Int64))
    tables["entities"] = describe_entities(names.lazy(), daily.lazy(), {})
    of_articles = name_articles(countable)
    tables["entity_pairs"] = count_entity_pairs(pair_entities(of_articles), count_articles([of_articles]))
    valued = value_deals(lazy["deals"], lazy["quantities"], lazy["articles"], lazy["documents"])
    tables["place_activity"] = count_place_activity(name_places(countable, valued))
    return {
        name: registry.conform(name, frame) if registry.table(name).layer != "meta" else frame
        for name, frame in tables.items()
    }


def staged(tables: Tables) -> Staged:
    def scan(name: str) -> pl.LazyFrame:
        return tables[name].lazy()

    return Staged(scan, scan, scan)


def change(table: str, **values: pl.Expr | object) -> Break:
    """The first row of a table, changed; the others as they are."""

    def broken(tables: Tables) -> pl.DataFrame:
        frame = tables[table]
        if frame.is_empty():
            frame = _one_row(table)
            if "page_id" in frame.columns:
                frame = frame.with_columns(page_id=tables["pages"]["page_id"].head(1))
        expressions = {k: v if isinstance(v, pl.Expr) else pl.lit(v) for k, v in values.items()}
        first = frame.head(1).with_columns(
            e.cast(frame.schema[k], strict=False).alias(k) for k, e in expressions.items()
        )
        return pl.concat([first, frame.slice(1)])

    return broken


def _one_row(table: str) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(registry.polars_schema(table))]).cast(
        dict(registry.polars_schema(table))
    )


def slow_days(tables: Tables) -> Tables:
    """Eight days of issue with ten articles and one with a single one."""
    days = [*(date(2023, 2, day) for day in range(1, 9)), date(2023, 2, 9)]
    documents = pl.concat(
        tables["documents"].head(1).with_columns(document_id=pl.lit(f"{i:016x}"), issue_on=pl.lit(day))
        for i, day in enumerate(days)
    )
    articles = pl.concat(
        tables["articles"]
        .head(1)
        .with_columns(document_id=pl.lit(f"{i:016x}"), article_id=pl.lit(f"{i * 100 + n:016x}"))
        for i in range(9)
        for n in range(1 if i == 8 else 10)
    )
    return {**tables, "documents": documents, "articles": articles}


def silent_document(tables: Tables) -> Tables:
    """A document as long as the others with next to no mention, beside two that have theirs."""
    copies = []
    for number in range(3):
        copy = pl.lit(f"{number:016x}").alias("document_id")
        mentions = tables["mentions"] if number else tables["mentions"].head(1)
        copies.append(
            {
                "documents": tables["documents"].with_columns(copy),
                "sentences": tables["sentences"].with_columns(copy),
                "mentions": mentions.with_columns(copy),
            }
        )
    return {**tables, **{name: pl.concat(copy[name] for copy in copies) for name in copies[0]}}


BREAKS: dict[tuple[str, str], Break] = {
    ("sentences", "text_slices_back"): change("sentences", text="something else"),
    ("blocks", "blocks_tile_page"): change("blocks", raw_end=pl.col("raw_end") + 1),
    ("edits", "original_is_raw"): change("edits", original="x"),
    ("edits", "edits_do_not_overlap"): change("edits", raw_end=10**6),
    ("dates", "dates_plausible"): change("dates", start_on=date(2999, 1, 1), end_on=date(2999, 1, 1)),
    ("dates", "dates_in_order"): change("dates", start_on=date(2023, 1, 2), end_on=date(2023, 1, 1)),
    ("quantities", "money_has_currency"): change("quantities", dimension="money", currency=None),
    ("mentions", "nested_inside_parent"): lambda t: t["mentions"].with_columns(
        parent_mention_id=pl.lit(t["mentions"]["mention_id"][0]),
        start_char=pl.lit(10**6, dtype=pl.Int64),
    ),
    ("pages", "page_has_article"): lambda t: pl.concat(
        [t["pages"], t["pages"].with_columns(page_id=pl.lit("f" * 16))]
    ),
    ("deals", "deal_has_party"): lambda t: (
        t["deals"]
        .head(1)
        .with_columns(
            deal_id=pl.lit("f" * 16),
            parent_deal_id=pl.lit(None, dtype=pl.String),
            deal_type=pl.lit("partnership"),
        )
    ),
    ("deals", "expected_on_not_before_dated_on"): change(
        "deals", dated_on=date(2023, 5, 1), expected_on=date(2020, 5, 1)
    ),
    ("deals", "deal_is_not_its_own_parent"): change("deals", parent_deal_id=pl.col("deal_id")),
    ("entities", "mention_count_adds_up"): change("entities", mention_count=999),
    ("entities", "first_on_not_after_last_on"): change(
        "entities", first_on=date(2023, 5, 1), last_on=date(2020, 5, 1)
    ),
}
WHOLE: dict[tuple[str, str], Callable[[Tables], Tables]] = {
    ("documents", "document_reads_like_others"): silent_document,
    ("documents", "day_has_usual_articles"): slow_days,
}


def _break_by_form(rule: Rule) -> Break | None:
    """Rules made for many tables are broken in the same way in each."""
    match rule.name:
        case "surface_text_slices_back":
            return change(rule.table, surface_text="something else", start_char=0, end_char=3)
        case "raw_end_inside_page":
            return change(rule.table, raw_end=10**9)
        case name if "_counts_" in name:
            count, keys = name.split("_counts_")
            return change(rule.table, **{count: 99, keys: pl.lit(pl.Series([["a"]]))})
    return None


def every_rule() -> Iterator[Rule]:
    yield from RULES
    for table in registry.TABLES.values():
        if table.layer != "meta":
            yield from rules_of(table)


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: f"{rule.table}.{rule.name}")
def test_rule_accepts_the_seed_page(rule: Rule, seed: Tables) -> None:
    assert rule.violations(staged(seed)).collect().is_empty()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.table}.{rule.name}")
def test_rule_rejects_what_breaks_it(rule: Rule, seed: Tables) -> None:
    key = (rule.table, rule.name)
    if key in WHOLE:
        broken = WHOLE[key](seed)
    else:
        breaking = BREAKS.get(key) or _break_by_form(rule)
        assert breaking, f"no frame breaks {key}: add one"
        broken = {**seed, rule.table: breaking(seed)}
    assert rule.violations(staged(broken)).collect().height > 0


DERIVED = [rule for rule in every_rule() if rule not in RULES]


@pytest.mark.parametrize("rule", DERIVED, ids=lambda rule: f"{rule.table}.{rule.name}")
def test_derived_rule_rejects_what_breaks_it(rule: Rule, seed: Tables) -> None:
    frame = seed[rule.table] if seed[rule.table].height else _one_row(rule.table)
    if rule.name == "key_is_unique":
        broken = pl.concat([frame, frame])
    elif "_is_in_" in rule.name:
        column = rule.name.split("_is_in_")[0]
        broken = frame.with_columns(pl.lit("no such id").alias(column))
    else:
        start, end = rule.name.split("_not_after_")
        broken = frame.with_columns(pl.lit(9).cast(frame.schema[start]).alias(start), pl.lit(1).alias(end))
    assert rule.violations(staged({**seed, rule.table: broken})).collect().height > 0


def test_run_checks_names_the_failing_rows(seed: Tables) -> None:
    broken = {**seed, "mentions": change("mentions", entity_type="vegetable", raw_start=-1)(seed)}
    checks = run_checks(staged(broken), ["mentions"], run_id="0" * 16)
    failed = checks.filter(~pl.col("is_success"))
    assert set(failed["column_name"].drop_nulls()) == {"entity_type", "raw_start"}
    assert all(broken["mentions"]["mention_id"][0] in keys for keys in failed["failing_keys"])
    assert failed["unexpected_count"].to_list() == [1] * failed.height


def test_a_span_that_ends_before_it_starts_is_reported(seed: Tables) -> None:
    broken = {**seed, "mentions": change("mentions", start_char=5, end_char=2)(seed)}
    checks = run_checks(staged(broken), ["mentions"], run_id="0" * 16)
    failed = set(checks.filter(~pl.col("is_success"))["expectation"])
    assert {"start_char_not_after_end_char", "surface_text_slices_back"} <= failed


def test_more_failing_rows_than_are_handed_over_are_counted(
    seed: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("expectations.runner.SUSPECT_ROWS", 3)
    broken = {**seed, "mentions": seed["mentions"].with_columns(entity_type=pl.lit("vegetable"))}
    [failed] = (
        run_checks(staged(broken), ["mentions"], run_id="0" * 16)
        .filter(~pl.col("is_success"))
        .rows(named=True)
    )
    assert failed["unexpected_count"] == seed["mentions"].height
    assert len(failed["failing_keys"]) == 3


def test_a_missing_column_fails_what_is_expected_of_it(seed: Tables) -> None:
    broken = {**seed, "keywords": seed["keywords"].drop("weight")}
    failed = run_checks(staged(broken), ["keywords"], run_id="0" * 16).filter(~pl.col("is_success"))
    assert set(failed["column_name"]) == {None, "weight"}


@pytest.mark.parametrize("value", ["person", "vegetable", "", None, "person\n"])
@pytest.mark.parametrize(
    "expectation",
    [
        Expectation("ExpectColumnValuesToNotBeNull", {"column": "x"}),
        Expectation("ExpectColumnValuesToBeInSet", {"column": "x", "value_set": ["person"]}),
        Expectation("ExpectColumnValuesToMatchRegex", {"column": "x", "regex": "^[a-z]{6}$"}),
    ],
    ids=lambda expectation: expectation.type,
)
def test_what_great_expectations_refuses_is_never_cleared(
    expectation: Expectation, value: str | None
) -> None:
    assert_not_cleared(expectation, pl.DataFrame({"x": [value]}, schema={"x": pl.String}))


@pytest.mark.parametrize("value", [0.0, 1.0, -0.1, 1.1, float("inf"), float("nan"), None])
@pytest.mark.parametrize("bounds", [(0, 1), (0, None), (None, 1)])
def test_numbers_that_great_expectations_refuses_are_never_cleared(
    value: float | None, bounds: tuple[int | None, int | None]
) -> None:
    kwargs = {"column": "x", "min_value": bounds[0], "max_value": bounds[1]}
    frame = pl.DataFrame({"x": [value]}, schema={"x": pl.Float64})
    assert_not_cleared(Expectation("ExpectColumnValuesToBeBetween", kwargs), frame)


def assert_not_cleared(expectation: Expectation, frame: pl.DataFrame) -> None:
    batch = (
        gx.get_context(mode="ephemeral")
        .data_sources.add_pandas("one")
        .add_dataframe_asset("one")
        .add_batch_definition_whole_dataframe("one")
        .get_batch(batch_parameters={"dataframe": frame.to_pandas()})
    )
    is_refused = not batch.validate(getattr(gx.expectations, expectation.type)(**expectation.kwargs)).success
    assert not is_refused or frame.select(could_refuse(expectation))["x"].item()
