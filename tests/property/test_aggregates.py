"""The counts are those that plain SQL over the base tables gives, whatever lies in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from transforms.aggregate.deals import count_deal_flows, count_sector_activity, locate_deals, value_deals
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

VIEWS = """
create or replace temp view counted as
    select m.*, d.issue_on, date_trunc('month', d.issue_on)::date as month_on
    from mentions m join articles a using (article_id) join documents d on d.document_id = m.document_id
    where a.duplicate_of is null and m.parent_mention_id is null and m.entity_id is not null;
create or replace temp view foreign_money as
    select deal_id, any_value(currency) as currency, any_value(base_value) as amount from quantities
    where dimension = 'money' and deal_id is not null
    group by deal_id having count(*) = 1 and any_value(currency) <> 'CNY';
create or replace temp view worth as
    select e.*, date_trunc('month', d.issue_on)::date as month_on,
        case when e.investment_cny is not null then 'CNY' else f.currency end as currency,
        coalesce(e.investment_cny, f.amount) as amount
    from deals e join articles a using (article_id) join documents d on d.document_id = e.document_id
        left join foreign_money f on f.deal_id = e.deal_id
    where a.duplicate_of is null and e.same_as_deal_id is null and e.parent_deal_id is null;
"""

RECOUNTS = {
    "entity_daily": """
        select entity_id, issue_on, count(*) as mention_count, count(distinct article_id) as article_count,
            count(distinct document_id) as document_count, list(mention_id order by mention_id) as mention_ids
        from counted group by all""",
    "entity_pairs": """
        with named as (select distinct month_on, article_id, entity_id from counted),
        sizes as (select month_on, count(distinct article_id) as articles from named group by all),
        uses as (select month_on, entity_id, count(*) as articles from named group by all),
        pairs as (select a.month_on, a.entity_id as left_entity_id, b.entity_id as right_entity_id,
                count(*) as article_count, list(a.article_id order by a.article_id) as article_ids
            from named a join named b on a.article_id = b.article_id and a.entity_id < b.entity_id
            group by all),
        close as (select a.month_on, a.entity_id as left_entity_id, b.entity_id as right_entity_id,
                count(distinct a.sentence_id) as sentence_count
            from counted a join counted b on a.article_id = b.article_id and a.sentence_id = b.sentence_id
                and a.entity_id < b.entity_id group by all)
        select p.month_on, p.left_entity_id, p.right_entity_id, article_count,
            coalesce(sentence_count, 0) as sentence_count, article_ids,
            article_count as k, s.articles as n, l.articles as x, r.articles as y,
            case when k < n then greatest(-1, least(1, ln(k * n / (x * y)) / -ln(k / n))) end as npmi,
            2 * (k * ln(k * n / (x * y))
                + case when x > k then (x - k) * ln((x - k) * n / (x * (n - y))) else 0 end
                + case when y > k then (y - k) * ln((y - k) * n / (y * (n - x))) else 0 end
                + case when n > x + y - k then (n - x - y + k) * ln((n - x - y + k) * n / ((n - x) * (n - y)))
                    else 0 end) * case when k * n < x * y then -1 else 1 end as log_likelihood
        from pairs p join sizes s on s.month_on is not distinct from p.month_on
            join uses l on l.month_on is not distinct from p.month_on and l.entity_id = p.left_entity_id
            join uses r on r.month_on is not distinct from p.month_on and r.entity_id = p.right_entity_id
            left join close c on c.month_on is not distinct from p.month_on
                and c.left_entity_id = p.left_entity_id and c.right_entity_id = p.right_entity_id""",
    "place_activity": """
        with named as (select entity_id, month_on, count(*) as mention_count,
                count(distinct article_id) as article_count,
                list(mention_id order by mention_id) as mention_ids
            from counted where entity_type = 'place' group by all),
        done as (select place_id as entity_id, month_on, count(*) as deal_count,
                list(deal_id order by deal_id) as deal_ids
            from worth where place_id is not null group by all)
        select coalesce(n.entity_id, d.entity_id) as entity_id, coalesce(n.month_on, d.month_on) as month_on,
            coalesce(mention_count, 0) as mention_count, coalesce(article_count, 0) as article_count,
            coalesce(deal_count, 0) as deal_count, coalesce(mention_ids, []) as mention_ids,
            coalesce(deal_ids, []) as deal_ids
        from named n full join done d
            on n.entity_id = d.entity_id and n.month_on is not distinct from d.month_on""",
    "sector_activity": """
        select sector_code, sector, stage, month_on, currency, count(*) as deal_count,
            count(distinct article_id) as article_count, count(*) - count(amount) as unknown_amount_count,
            sum(amount) as investment_value, list(deal_id order by deal_id) as deal_ids
        from worth group by all""",
    "deal_flows": """
        with names as (select parent_mention_id as mention_id,
                case when list(coalesce(entity_subtype, '') order by start_char, mention_id)[1] <> 'country'
                    then (list(province order by start_char, mention_id)
                        filter (province is not null))[1] end as name_province
            from mentions where parent_mention_id is not null and surface_text not in ('中国', '中华', '中')
            group by all),
        full_names as (select m.article_id, m.entity_id,
                list(n.name_province order by m.start_char, m.mention_id)[1] as full_province
            from mentions m join names n using (mention_id)
            where m.entity_id is not null and n.name_province is not null group by all),
        located as (select p.deal_id, p.ordinal, p.party_role,
                coalesce(e.province, n.name_province, f.full_province) as province,
                coalesce(e.entity_type = 'place' or e.entity_subtype in ('government', 'park', 'party'),
                    false) as hosts
            from deal_parties p left join entities e using (entity_id)
                left join names n on n.mention_id = p.mention_id
                left join full_names f on f.article_id = p.article_id and f.entity_id = p.entity_id),
        known as (select * from located where province is not null),
        sides as (select deal_id,
                bool_or(party_role in ('investor', 'buyer', 'proposer')) as has_payer,
                bool_or(party_role = 'contractor') as has_contractor,
                bool_or(party_role = 'owner') as has_owner,
                bool_or(party_role = 'partner' and hosts)
                    and bool_or(party_role = 'partner' and not hosts) as is_hosted
            from located group by deal_id),
        firsts as (select deal_id,
                arg_min(province, ordinal) filter (party_role in
                    ('investor', 'buyer', 'proposer')) as payer,
                arg_min(province, ordinal) filter (party_role = 'contractor') as contractor,
                arg_min(province, ordinal) filter (party_role = 'target') as bought,
                arg_min(province, ordinal) filter (party_role = 'seller') as seller,
                arg_min(province, ordinal) filter (party_role = 'host') as host,
                arg_min(province, ordinal) filter (party_role = 'owner') as owner,
                arg_min(province, ordinal) filter (party_role = 'partner' and hosts) as host_partner,
                arg_min(province, ordinal) filter (party_role = 'partner' and not hosts) as guest,
                list(province order by ordinal) filter (party_role = 'partner') as partners
            from known group by deal_id),
        ends as (select w.*,
                case when has_payer then payer when has_contractor then contractor
                    when has_owner then owner when is_hosted then guest
                    when partners[2] is null and partners[1] is not distinct from e.province then null
                    else partners[1] end as origin,
                coalesce(bought, seller, e.province, host,
                    case when has_payer or has_contractor then owner end,
                    case when is_hosted then host_partner when has_payer then partners[1]
                        else partners[2] end) as target
            from worth w left join firsts f on f.deal_id = w.deal_id
                left join sides s on s.deal_id = w.deal_id
                left join entities e on e.entity_id = w.place_id)
        select origin, target, sector_code, sector, stage, month_on, currency, count(*) as deal_count,
            sum(amount) as investment_value, count(*) - count(amount) as unknown_amount_count,
            list(deal_id order by deal_id) as deal_ids
        from ends group by all""",
    "new_entities": """
        select entity_id, first_on, (select max(last_on) from entities) as as_of_on, mention_count
        from entities where first_on > (select max(last_on) from entities) - interval 7 day""",
    "due_deals": """
        select d.deal_id, stage, expected_on, (select max(issue_on) from documents) as as_of_on,
            expected_on < (select max(issue_on) from documents) as is_overdue
        from deals d join articles a using (article_id)
        where expected_on is not null and same_as_deal_id is null and a.duplicate_of is null
            and stage not in ('operating', 'ended') and not exists (select 1 from deals o
                where o.same_as_deal_id = d.deal_id and o.stage in ('operating', 'ended'))""",
}


def recount(connection: duckdb.DuckDBPyConnection, table: str) -> pl.DataFrame:
    """What SQL makes of the base tables of a connection for an aggregate."""
    connection.execute(VIEWS)
    return connection.sql(RECOUNTS[table]).pl().drop("k", "n", "x", "y", strict=False)


def assert_same(made: pl.DataFrame, counted: pl.DataFrame) -> None:
    """The counted columns are those that were made, whatever the order of rows; floats to seven digits."""
    floats = [name for name, dtype in counted.schema.items() if dtype.is_float()]
    keys = [name for name, dtype in counted.schema.items() if name not in floats and not dtype.is_nested()]
    order = [*keys, *(name for name in ("deal_ids", "mention_ids") if name in counted.columns)]
    frames = [
        frame.select(counted.columns)
        .cast(dict.fromkeys(floats, pl.Float64))
        .sort([pl.col(n).list.join(",") if n in {"deal_ids", "mention_ids"} else pl.col(n) for n in order])
        for frame in (made, counted)
    ]
    assert_frame_equal(*frames, check_dtypes=False, rel_tol=1e-7, abs_tol=1e-7)


def aggregate(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    lazy = {name: frame.lazy() for name, frame in tables.items()}
    countable = countable_mentions(lazy["mentions"], lazy["articles"], lazy["documents"])
    valued = value_deals(lazy["deals"], lazy["quantities"], lazy["articles"], lazy["documents"])
    located = locate_deals(valued, lazy["deal_parties"], lazy["mentions"], lazy["entities"]).sort("deal_id")
    named = name_articles(countable)
    return {
        "entity_daily": count_entities_daily(countable),
        "entity_pairs": count_entity_pairs(pair_entities(named), count_articles([named])),
        "place_activity": count_place_activity(name_places(countable, valued)),
        "sector_activity": count_sector_activity(located),
        "deal_flows": count_deal_flows(located),
        "new_entities": list_new_entities(lazy["entities"]),
        "due_deals": list_due_deals(lazy["deals"], lazy["articles"], lazy["documents"]),
    }


DAYS = [date(2031, 3, 4), date(2031, 3, 30), date(2031, 4, 2), None]
ENTITIES = pl.DataFrame(
    {
        "entity_id": [f"e{i}" for i in range(6)],
        "entity_type": ["place", "place", "organization", "organization", "organization", "person"],
        "entity_subtype": [None, None, "company", "government", "park", None],
        "province": ["东洲省", "南屿", "南屿", "东洲省", None, None],
        "first_on": [date(2031, 3, 27), DAYS[2], DAYS[0], None, DAYS[1], DAYS[0]],
        "last_on": [DAYS[2], DAYS[2], DAYS[0], None, DAYS[1], DAYS[2]],
        "mention_count": [3, 1, 2, 1, 4, 2],
    }
)
ROLES = ["investor", "buyer", "seller", "owner", "host", "target", "partner", "contractor", "signatory"]


@st.composite
def corpora(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Base tables of a few articles: duplicates, phases, undated documents, several currencies."""

    def one_of(values: list[Any], *, or_none: bool = False) -> Any:
        return draw(st.sampled_from([*values, None] if or_none else values))

    documents = [{"document_id": f"d{i}", "issue_on": one_of(DAYS)} for i in range(3)]
    articles = [
        {
            "article_id": f"a{i}",
            "document_id": f"d{i % 3}",
            "duplicate_of": one_of(["a0", None, None]) if i else None,
        }
        for i in range(5)
    ]
    mentions = []
    for i in range(draw(st.integers(0, 14))):
        article = one_of(articles)
        entity = one_of(ENTITIES.rows(named=True))
        mentions.append(
            {
                "mention_id": f"m{i:02}",
                "article_id": article["article_id"],
                "document_id": article["document_id"],
                "sentence_id": one_of([article["article_id"] + "s1", article["article_id"] + "s2"]),
                "entity_id": entity["entity_id"],
                "entity_type": entity["entity_type"],
                "parent_mention_id": one_of(["m00", None, None]) if i else None,
                "province": one_of(["东洲省", "西岭省"], or_none=True),
                "entity_subtype": one_of(["country", "province"], or_none=True),
                "surface_text": one_of(["中国", "东洲", "西岭"]),
                "start_char": one_of([0, 4, 9]),
            }
        )
    deals, parties, quantities = [], [], []
    for i in range(draw(st.integers(0, 6))):
        article = one_of(articles)
        sector = one_of([("C26", "化学"), ("C38", "电气")], or_none=True) or (None, None)
        deals.append(
            {
                "deal_id": f"p{i}",
                "article_id": article["article_id"],
                "document_id": article["document_id"],
                "stage": one_of(["signed", "building", "operating", "ended"]),
                "sector_code": sector[0],
                "sector": sector[1],
                "place_id": one_of(["e0", "e1"], or_none=True),
                "parent_deal_id": one_of(["p0", None, None]) if i else None,
                "same_as_deal_id": one_of(["p0", None, None]) if i else None,
                "expected_on": one_of([date(2031, 1, 1), date(2032, 1, 1)], or_none=True),
                "investment_cny": one_of([1.5e9, 2e8, 3.3e7], or_none=True),
            }
        )
        for ordinal in range(draw(st.integers(0, 3))):
            parties.append(
                {
                    "deal_id": f"p{i}",
                    "article_id": article["article_id"],
                    "ordinal": ordinal,
                    "entity_id": one_of(ENTITIES["entity_id"].to_list(), or_none=True),
                    "mention_id": one_of(["m00", "m01"], or_none=True),
                    "party_role": one_of(ROLES),
                }
            )
        for _ in range(draw(st.integers(0, 2))):
            quantities.append(
                {
                    "deal_id": f"p{i}",
                    "dimension": one_of(["money", "area"]),
                    "currency": one_of(["USD", "EUR", "CNY"]),
                    "base_value": one_of([1e6, 2.5e7]),
                }
            )
    return {
        "documents": _frame(documents, issue_on=pl.Date),
        "articles": _frame(articles, duplicate_of=pl.String),
        "mentions": _frame(mentions, **dict.fromkeys(
            ("mention_id", "article_id", "document_id", "sentence_id", "entity_id", "entity_type",
             "parent_mention_id", "province", "entity_subtype", "surface_text"), pl.String),
            start_char=pl.Int64),
        "deals": _frame(deals, **dict.fromkeys(
            ("deal_id", "article_id", "document_id", "stage", "sector_code", "sector", "place_id",
             "parent_deal_id", "same_as_deal_id"), pl.String),
            expected_on=pl.Date, investment_cny=pl.Float64),
        "deal_parties": _frame(parties, deal_id=pl.String, article_id=pl.String, ordinal=pl.Int64,
                               entity_id=pl.String, mention_id=pl.String, party_role=pl.String),
        "quantities": _frame(quantities, deal_id=pl.String, dimension=pl.String, currency=pl.String,
                             base_value=pl.Float64),
        "entities": ENTITIES,
    }  # fmt: skip


def _frame(rows: list[dict[str, Any]], **dtypes: Any) -> pl.DataFrame:
    if not rows:
        return pl.DataFrame(schema=dtypes)
    return pl.DataFrame(rows, schema_overrides=dtypes)


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_aggregates_are_what_sql_counts(tables: dict[str, pl.DataFrame]) -> None:
    connection = duckdb.connect()
    for name, frame in tables.items():
        connection.register(name, frame.to_arrow())
    for name, made in aggregate(tables).items():
        assert_same(made, recount(connection, name))


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_money_and_keys_add_up(tables: dict[str, pl.DataFrame]) -> None:
    made = aggregate(tables)
    amounts = {}
    for deal in tables["deals"].iter_rows(named=True):
        amounts[deal["deal_id"]] = deal["investment_cny"]
    for table in ("deal_flows", "sector_activity"):
        listed = [key for keys in made[table]["deal_ids"] for key in keys]
        assert len(listed) == len(set(listed)) == made[table]["deal_count"].sum()
        for row in made[table].iter_rows(named=True):
            assert (row["currency"] is None) == (row["unknown_amount_count"] == row["deal_count"])
            if row["currency"] == "CNY":
                assert row["investment_value"] == sum(amounts[key] for key in row["deal_ids"])
            if row["currency"] is None:
                assert row["investment_value"] is None
