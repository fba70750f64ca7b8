"""Deals by province and sector: what counts, what is added and what is not."""

import random
from datetime import date

import polars as pl
import pytest

from transforms.aggregate.deals import count_deal_flows, count_sector_activity, locate_deals, value_deals
from transforms.resolve.deals import link_same_deals, related_deals

DOCUMENTS = pl.LazyFrame({"document_id": ["d1", "d2"], "issue_on": [date(2031, 3, 4), date(2031, 3, 9)]})
ARTICLES = pl.LazyFrame(
    {"article_id": ["a1", "a2"], "duplicate_of": [None, None]},
    schema={"article_id": pl.String, "duplicate_of": pl.String},
)
DEALS = pl.LazyFrame(
    {
        "deal_id": ["p1", "p2", "p3", "p4"],
        "article_id": ["a1", "a1", "a1", "a2"],
        "document_id": ["d1", "d1", "d1", "d2"],
        "deal_type": ["project"] * 4,
        "title": ["年产三万吨乳酸项目", "一期乳酸项目", "储能电池项目", "年产三万吨乳酸项目"],
        "stage": ["landed", "landed", "signed", "operating"],
        "sector_code": ["C26", "C26", "C38", "C26"],
        "sector": ["化学", "化学", "电气", "化学"],
        "start_char": [0, 20, 40, 0],
        "place_id": [None, None, "e3", None],
        "parent_deal_id": [None, "p1", None, None],
        "same_as_deal_id": [None, None, None, "p1"],
        "investment_cny": [1.0e9, 2.0e8, None, 9.0e9],
    }
)
PARTIES = pl.LazyFrame(
    {
        "deal_id": ["p1", "p1", "p3", "p4"],
        "article_id": ["a1", "a1", "a1", "a2"],
        "ordinal": [0, 1, 0, 0],
        "entity_id": ["e1", "e2", "e9", "e1"],
        "mention_id": ["m1", "m2", "m3", "m4"],
        "party_role": ["owner", "host", "investor", "owner"],
    }
)
ENTITIES = pl.LazyFrame(
    {
        "entity_id": ["e1", "e2", "e3", "e4"],
        "entity_type": ["organization", "organization", "place", "organization"],
        "entity_subtype": ["company", "company", None, "government"],
        "province": ["南屿", None, "东洲省", "东洲省"],
    }
)
# Names that are parties, and the places in them. m6 is short for m5.
NAMES = [
    ("m2", "e2", None, "government", "青川市科学技术局", 0, None),
    ("n1", None, "m2", "city", "青川市", 0, "东洲省"),
    ("m5", "f1", None, "company", "南屿海纳食品有限公司", 30, None),
    ("n2", None, "m5", "province", "南屿", 30, "南屿"),
    ("m6", "f1", None, "company", "海纳食品", 50, None),
    ("m7", "f2", None, "company", "德国海棠（青川）有限公司", 60, None),
    ("n3", None, "m7", "country", "德国", 60, None),
    ("n4", None, "m7", "city", "青川", 65, "东洲省"),
    ("m10", "f3", None, "company", "中国海棠南屿公司东洲分公司", 70, None),
    ("n5", None, "m10", "country", "中国", 70, None),
    ("n6", None, "m10", "province", "南屿", 74, "南屿"),
    ("n7", None, "m10", "province", "东洲", 78, "东洲省"),
]
MENTIONS = pl.LazyFrame(
    NAMES,
    schema=[
        "mention_id", "entity_id", "parent_mention_id", "entity_subtype", "surface_text", "start_char",
        "province",
    ],
    orient="row",
).with_columns(article_id=pl.lit("a1"))  # fmt: skip
QUANTITIES = pl.LazyFrame(
    {"deal_id": ["p3"], "dimension": ["money"], "currency": ["USD"], "base_value": [5.0e6]},
)


def valued() -> pl.LazyFrame:
    return value_deals(DEALS, QUANTITIES, ARTICLES, DOCUMENTS)


def test_value_deals_leaves_out_phases_and_deals_told_before() -> None:
    frame = valued().sort("deal_id").collect()
    assert frame["deal_id"].to_list() == ["p1", "p3"]
    assert frame["currency"].to_list() == ["CNY", "USD"]
    assert frame["amount"].to_list() == [1.0e9, 5.0e6]


def test_count_deal_flows_goes_from_giver_to_place() -> None:
    rows = count_deal_flows(locate_deals(valued(), PARTIES, MENTIONS, ENTITIES)).rows(named=True)
    flows = {(r["origin"], r["target"], r["stage"], r["currency"], r["investment_value"]) for r in rows}
    assert flows == {
        ("南屿", "东洲省", "landed", "CNY", 1.0e9),
        (None, "东洲省", "signed", "USD", 5.0e6),
    }


def test_count_deal_flows_goes_from_a_firm_to_the_government_that_signs_first() -> None:
    signed = (
        PARTIES.clear()
        .collect()
        .vstack(
            pl.DataFrame(
                {
                    "deal_id": ["p1", "p1"],
                    "article_id": ["a1", "a1"],
                    "ordinal": [0, 1],
                    "entity_id": ["e4", "e1"],
                    "mention_id": ["m8", "m9"],
                    "party_role": ["partner", "partner"],
                }
            )
        )
    )
    rows = count_deal_flows(locate_deals(valued(), signed.lazy(), MENTIONS, ENTITIES)).rows(named=True)
    assert ("南屿", "东洲省") in {(r["origin"], r["target"]) for r in rows}


@pytest.mark.parametrize(
    ("place_id", "parties", "expected"),
    [
        # e1: firm of 南屿; e3: place, e4: government of 东洲省; ?: a party that nobody can place.
        ("e3", [("e3", "partner"), ("?", "partner")], (None, "东洲省")),
        ("e3", [("e4", "builder"), ("?", "builder")], (None, "东洲省")),
        (None, [("?", "partner"), ("e4", "partner")], (None, "东洲省")),
        ("e3", [("e5", "partner"), ("?", "partner")], (None, "东洲省")),
        ("e3", [("e5", "partner")], (None, "东洲省")),
        ("e3", [("e5", "partner"), ("e6", "partner")], ("东洲省", "东洲省")),
        ("e3", [("e5", "owner")], ("东洲省", "东洲省")),
        ("e3", [("?", "investor"), ("e5", "owner")], (None, "东洲省")),
        (None, [("?", "investor"), ("e5", "owner")], (None, "东洲省")),
        (None, [("e1", "investor"), ("?", "host")], ("南屿", None)),
        (None, [("e1", "partner"), ("?", "partner")], ("南屿", None)),
        ("e3", [("e1", "partner"), ("?", "partner")], ("南屿", "东洲省")),
        # Money goes from who buys to who sells, whoever is named first; from the bank to who borrows.
        (None, [("e1", "seller"), ("e5", "buyer")], ("东洲省", "南屿")),
        (None, [("e1", "seller")], (None, "南屿")),
        (None, [("e5", "buyer"), ("?", "seller")], ("东洲省", None)),
        (None, [("e1", "investor"), ("e5", "partner")], ("南屿", "东洲省")),
        # Where a paper was signed is not where the firm is that it sells.
        ("e3", [("e5", "buyer"), ("e1", "target")], ("东洲省", "南屿")),
        # Who builds works for somebody else pays nothing.
        (None, [("e5", "contractor"), ("e1", "investor")], ("南屿", None)),
        ("e3", [("e1", "contractor")], ("南屿", "东洲省")),
    ],
)
def test_locate_deals_leaves_a_side_open_that_is_not_known(
    place_id: str | None, parties: list[tuple[str, str]], expected: tuple[str | None, str | None]
) -> None:
    firms = pl.LazyFrame(
        {
            "entity_id": ["e5", "e6", "?"],
            "entity_type": ["organization"] * 3,
            "entity_subtype": ["company"] * 3,
            "province": ["东洲省", "东洲省", None],
        }
    )
    told = pl.LazyFrame(
        {
            "deal_id": ["p1"] * len(parties),
            "article_id": ["a1"] * len(parties),
            "ordinal": range(len(parties)),
            "entity_id": [entity for entity, _ in parties],
            "mention_id": ["m8"] * len(parties),
            "party_role": [role for _, role in parties],
        }
    )
    deals = valued().with_columns(place_id=pl.lit(place_id, dtype=pl.String))
    located = locate_deals(deals, told, MENTIONS, pl.concat([ENTITIES, firms]))
    assert located.filter(deal_id="p1").select("origin", "target").row(0) == expected


@pytest.mark.parametrize(
    ("mention", "entity", "origin"),
    [
        ("m5", "f1", "南屿"),
        ("m6", "f1", "南屿"),
        ("m7", "f2", None),
        ("m10", "f3", "南屿"),
    ],
)
def test_locate_deals_reads_a_province_from_the_name_of_a_firm(
    mention: str, entity: str, origin: str | None
) -> None:
    told = pl.LazyFrame(
        [("p1", "a1", 0, entity, mention, "investor")],
        schema=["deal_id", "article_id", "ordinal", "entity_id", "mention_id", "party_role"],
        orient="row",
    )
    located = locate_deals(valued(), told, MENTIONS, ENTITIES)
    assert located.filter(deal_id="p1")["origin"].item() == origin


def test_count_sector_activity_counts_unknown_amounts() -> None:
    unknown = DEALS.with_columns(investment_cny=pl.lit(None, dtype=pl.Float64))
    values = value_deals(unknown, QUANTITIES.clear(), ARTICLES, DOCUMENTS)
    frame = count_sector_activity(locate_deals(values, PARTIES, MENTIONS, ENTITIES))
    assert frame["unknown_amount_count"].to_list() == [1, 1]
    assert frame["investment_value"].to_list() == [None, None]
    assert frame["month_on"].to_list() == [date(2031, 3, 1)] * 2


def test_link_same_deals_names_the_first_article() -> None:
    linked = dict(link_same_deals(DEALS.drop("same_as_deal_id"), PARTIES, DOCUMENTS).iter_rows())
    assert linked == {"p1": None, "p2": None, "p3": None, "p4": "p1"}


def test_link_same_deals_knows_works_with_a_short_name_by_their_place() -> None:
    named = [("p1", "a1", "青川大桥", "e3"), ("p2", "a2", "青川大桥", "e3"), ("p3", "a2", "青川大桥", "e4")]
    named += [("p4", "a1", "冷库项目", "e3"), ("p5", "a2", "冷库项目", "e3")]
    deals = pl.LazyFrame(named, schema=["deal_id", "article_id", "title", "place_id"], orient="row")
    deals = deals.with_columns(
        document_id=pl.col("article_id").str.replace("a", "d"), deal_type=pl.lit("project"), start_char=0
    )
    linked = dict(link_same_deals(deals, PARTIES.clear(), DOCUMENTS).iter_rows())
    assert linked == {"p1": None, "p2": "p1", "p3": None, "p4": None, "p5": None}


def test_related_deals_are_those_that_a_changed_document_can_link() -> None:
    deals = DEALS.with_columns(document_id=pl.Series(["d1", "d1", "d1", "d2"]))
    gone = pl.DataFrame(schema={"deal_id": pl.String, "same_as_deal_id": pl.String})
    found = related_deals(deals, PARTIES, pl.Series("document_id", ["d2"]), gone)
    assert found.to_list() == ["p1", "p4"]
    was = pl.DataFrame({"deal_id": ["x"], "same_as_deal_id": ["p1"]})
    assert related_deals(deals, PARTIES, pl.Series("document_id", ["d9"]), was).to_list() == ["p1", "p4"]


def test_link_same_deals_finds_what_comparing_each_with_each_finds() -> None:
    pick = random.Random(1)
    for _ in range(60):
        count = pick.randint(2, 14)
        rows = [
            {
                "deal_id": f"p{n:02d}",
                "article_id": f"a{pick.randint(0, 5)}",
                "deal_type": pick.choice(["project", "agreement"]),
                "title": pick.choice(["年产三万吨乳酸项目", "远山大道东延工程", "战略合作协议", None]),
                "start_char": pick.randint(0, 9),
            }
            for n in range(count)
        ]
        deals = pl.DataFrame(rows, schema_overrides={"title": pl.String}).with_columns(
            document_id="article_id", place_id=pl.lit(None, dtype=pl.String)
        )
        days = [date(2031, 3, pick.randint(1, 3)) if pick.random() < 0.8 else None for _ in range(6)]
        documents = pl.DataFrame({"document_id": [f"a{n}" for n in range(6)], "issue_on": days})
        named = {row["deal_id"]: set(pick.choices("ABCD", k=pick.randint(0, 3))) for row in rows}
        parties = pl.DataFrame(
            [(deal, entity) for deal, names in named.items() for entity in sorted(names)],
            schema={"deal_id": pl.String, "entity_id": pl.String},
            orient="row",
        )
        linked = link_same_deals(deals.lazy(), parties.lazy(), documents.lazy())
        assert dict(linked.iter_rows()) == each_with_each(deals, named, documents)


def each_with_each(
    deals: pl.DataFrame, named: dict[str, set[str]], documents: pl.DataFrame
) -> dict[str, str | None]:
    order = ["issue_on", "article_id", "start_char", "deal_id"]
    rows = deals.join(documents, on="document_id").sort(order, nulls_last=True).rows(named=True)
    first: dict[str, str | None] = {}
    for index, new in enumerate(rows):
        first[new["deal_id"]] = None
        for old in rows[:index]:
            ours, theirs = named[new["deal_id"]], named[old["deal_id"]]
            titles = {t for t in (new["title"], old["title"]) if t and t != "战略合作协议"}
            own = [t for t in (new["title"], old["title"]) if t in titles]
            by_title = len(own) == 2 and own[0] == own[1] and (not ours or not theirs or bool(ours & theirs))
            by_names = len(ours & theirs) >= 2 and len(own) < 2 and new["deal_type"] == old["deal_type"]
            if new["article_id"] != old["article_id"] and (by_title or by_names):
                first[new["deal_id"]] = first[old["deal_id"]] or old["deal_id"]
                break
    return first
